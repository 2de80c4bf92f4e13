/* cli.h - the command line that all programs share (README, "Command line"). */
#ifndef CHECKS_CLI_H
#define CHECKS_CLI_H

#include "checks/run.h"

struct cli_program {
	const char *name;
	const char *about;                 /* one line */
	const struct check *const *checks; /* ends with NULL */
};

/* The whole of a check program: parses, runs, writes, returns the exit status. */
int cli_main(const struct cli_program *program, int argc, char **argv);

/* For hooks: runs checks on a source with no options but the environment's (for SOURCE_PATHS, a message, by the policy that is
 * staged), writes text to stderr (hooks' stdout is
 * often swallowed), returns the exit status. */
int cli_hook(const struct cli_program *program, const struct source_spec *source);

/* "name: path:line: message" to stderr, escaped; returns VERDICT_UNKNOWN. */
int cli_fail(const char *program, const struct pol_error *err);

#endif
