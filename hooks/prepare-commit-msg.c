/* prepare-commit-msg - writes the trailers that name a commit's exceptions into its message, where the policy asks for them
 * (message: exceptions). It is a help and no judge: commit-msg judges what comes of it. So what goes wrong here is said, and stops
 * nobody; also because git offers no way past this hook, and runs it in the middle of a rebase. Exit status: 0, that of an earlier
 * hook which failed, or 2 when it was not called as git calls it. */
#include "checks/cli.h"
#include "checks/commit-message-check/prepare.h"
#include "hooks/chain.h"

#include <stdio.h>
#include <string.h>

/* Git says where the message comes from. Those of merges and squashes it has put together from others. */
static bool is_prepared(const char *origin)
{
	return !origin || (strcmp(origin, "merge") != 0 && strcmp(origin, "squash") != 0);
}

int main(int argc, char **argv)
{
	struct pol_error err = { 0 };
	int status = chain_run(argv, (struct slice){ NULL, 0 });

	if (status != 0)
		return status;
	if (argc < 2 || argc > 4) {
		(void)fprintf(stderr,
		              "prepare-commit-msg: expected the path of a message file, as git gives it\n");
		return VERDICT_UNKNOWN;
	}
	if (is_prepared(argc > 2 ? argv[2] : NULL) && prepare_message(argv[1], &err) < 0)
		(void)cli_fail("prepare-commit-msg", &err);
	return VERDICT_ALLOWED;
}
