/* commit-message-check - judge commit messages. Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &commit_message_check, NULL };
	static const struct cli_program program = {
		.name = "commit-message-check",
		.about = "Judge commit messages: PATH names message files, --range every commit of a range.",
		.checks = checks,
	};

	return cli_main(&program, argc, argv);
}
