/* justification-check - judge insecure settings and suppression markers. CI runs it on every pull request, so that what
 * was committed with --no-verify is still found. Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &justification_check, NULL };
	static const struct cli_program program = {
		.name = "justification-check",
		.about = "Refuse insecure settings and suppression markers that nobody has justified.",
		.checks = checks,
	};

	return cli_main(&program, argc, argv);
}
