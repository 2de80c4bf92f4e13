/* license-check - judge the licences of dependencies. Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &license_check, NULL };
	static const struct cli_program program = {
		.name = "license-check",
		.about =
			"Refuse dependencies that are neither allowed by licence nor approved in the ledger.",
		.checks = checks,
	};

	return cli_main(&program, argc, argv);
}
