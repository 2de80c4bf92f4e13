/* push-check - judge a push as git's pre-push hook does, for other hook managers and servers.
 *
 *     push-check [REMOTE [URL]] < LINES      lines as githooks(5) gives them to pre-push
 *
 * Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"
#include "checks/push-check/push_run.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
	"usage: push-check [REMOTE [URL]] < LINES\n\n"
	"Refuse direct pushes to protected branches, and everything that a push may not add. Reads the lines "
	"that git\n"
	"gives to its pre-push hook: <local ref> <local oid> <remote ref> <remote oid>.\n\n"
	"Exit status: 0 allowed, 1 refused, 2 could not tell.\n";

int main(int argc, char **argv)
{
	CLEANUP(buf) struct buf input = { 0 };
	struct push_request request = { .name = "push-check" };
	struct pol_error err = { 0 };

	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "--version") == 0)) {
		(void)printf("%s",
		             strcmp(argv[1], "--help") == 0 ? usage : "push-check " WARRANT_VERSION "\n");
		return fflush(stdout) == 0 ? VERDICT_ALLOWED : VERDICT_UNKNOWN;
	}
	if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
		(void)pol_fail(&err, POL_EUSAGE, NULL, 0, "expected [REMOTE [URL]]; see --help");
		return cli_fail("push-check", &err);
	}
	if (push_read_input(&input, &err) < 0)
		return cli_fail("push-check", &err);
	request.remote_name = argc > 1 ? argv[1] : "origin";
	request.input = slice_of_buf(&input);
	return push_run(&request);
}
