/* trivyignore-check - judge Trivy's ignore files. Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &trivyignore_check, NULL };
	static const struct cli_program program = {
		.name = "trivyignore-check",
		.about = "Refuse entries of Trivy ignore files without a reason and a last day.",
		.checks = checks,
	};

	return cli_main(&program, argc, argv);
}
