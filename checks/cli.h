/* cli.h - the command line that all programs share (README, "Command line"). */
#ifndef CHECKS_CLI_H
#define CHECKS_CLI_H

#include "checks/run.h"

struct options; /* options.h */

/* What a program judges. */
enum cli_input {
	INPUT_SOURCE, /* content, which options name */
	INPUT_PUSH,   /* a push, which lines on standard input describe */
	INPUT_COUNT
};

struct cli_program {
	const char *name;
	const char *about;                 /* one line */
	const struct check *const *checks; /* ends with NULL */
	enum cli_input input;
	/* Judges, writes the reports (cli_report), returns the exit status; NULL = runs checks over the source. */
	int (*run)(const struct cli_program *program, const struct options *options, uint64_t start_ms);
};

/* The whole of a check program: parses, runs, writes, returns the exit status. */
int cli_main(const struct cli_program *program, int argc, char **argv);

/* Writes a finished report where options say; source may be NULL. Returns the exit status. */
int cli_report(const struct cli_program *program, const struct options *options, const struct report *report,
               const struct source *source, uint64_t start_ms);

/* For hooks: runs checks on a source with no options but the environment's (for SOURCE_PATHS, a message, by the policy that is
 * staged), writes text to stderr (hooks' stdout is
 * often swallowed), returns the exit status. */
int cli_hook(const struct cli_program *program, const struct source_spec *source);

/* "name: path:line: message" to stderr, escaped; returns VERDICT_UNKNOWN. */
int cli_fail(const char *program, const struct pol_error *err);

#endif
