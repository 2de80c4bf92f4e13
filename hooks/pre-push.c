/* pre-push - judges every ref of a push: protected branches, what the new commits add, their messages. So what was let past
 * the other hooks (--no-verify, cherry-pick, am) is found before it leaves the machine. Exit status: 0 allowed, 1 refused,
 * 2 could not tell. */
#include "checks/cli.h"
#include "checks/push-check/push_run.h"
#include "hooks/chain.h"

int main(int argc, char **argv)
{
	CLEANUP(buf) struct buf input = { 0 };
	struct push_request request = { .remote_name = argc > 1 ? argv[1] : "origin" };
	struct skip skip;
	struct pol_error err = { 0 };
	int status;

	if (skip_from_environment(&skip, &err) < 0 || push_read_input(&input, &err) < 0)
		return cli_fail("pre-push", &err);
	request.skip = skip.names ? &skip : NULL;
	request.input = slice_of_buf(&input);
	status = chain_run(argv, request.input);
	return status != 0 ? status : push_run_hook("pre-push", &request);
}
