/* changes.c - judges what is about to be committed. Reads the index and the object database only; writes nothing. */
#include "hooks/changes.h"

#include "checks/cli.h"

int changes_judge(const char *hook_name)
{
	static const struct check *const checks[] = { &justification_check, &trivyignore_check,
		                                      &license_check, NULL };
	static const struct source_spec staged = { .kind = SOURCE_STAGED, .dir = "." };
	const struct cli_program program = {
		.name = hook_name,
		.about = "Judge what is about to be committed.",
		.checks = checks,
	};

	return cli_hook(&program, &staged);
}
