/* options.h - the command line of a check program, taken apart. Part of cli.c. */
#ifndef CHECKS_OPTIONS_H
#define CHECKS_OPTIONS_H

#include "checks/cli.h"

enum cli_action {
	ACTION_RUN,
	ACTION_HELP,
	ACTION_VERSION,
	ACTION_LIST_RULES,
	ACTION_EXPLAIN,
	ACTION_LIST_PROBLEMS,
	ACTION_PRINT_POLICY,
	ACTION_COUNT
};
enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER, COLOR_COUNT };

/* Where one report goes, and in which format. */
struct output {
	enum report_format format;
	const char *path; /* NULL = standard output */
};

enum { MAX_OUTPUTS = 16 };

/* Everything lives in arena. Names of files are relative to the folder the program was started in, whatever -C says:
 * options_parse has put DIR before --policy and --format FILE; those of PATH are left to the source, which starts at
 * source.dir. */
struct options {
	struct arena arena;
	enum cli_action action;
	const char *rule; /* --explain */
	struct source_spec source;
	const char *policy_path; /* NULL = .warrant.yaml of the source */
	struct output outputs[MAX_OUTPUTS];
	size_t output_count; /* at least 1 */
	int32_t today;       /* DATE_NONE = not given; cli_main puts the day there that it is */
	int32_t max_days;    /* -1 = not given */
	enum color_choice color;
	int verbosity; /* as in struct report_context */
};

void options_free(struct options *options);
CLEANUP_DEFINE_STACK(struct options, options, options_free)

/* Fills *ret_options, which the caller frees in any case; with INPUT_PUSH source.paths are REMOTE and URL, NULL = not given.
 * POL_EUSAGE says in one sentence what is wrong; POL_ENOMEM. */
enum pol_status options_parse(enum cli_input input, int argc, char **argv, struct options *ret_options,
                              struct pol_error *err) POL_MUST_CHECK;

/* One row of the table, for manual pages and completions. */
struct option_row {
	const char *section;  /* "Judging:" */
	const char *name;     /* "range", NULL = it has a letter alone */
	char letter;          /* 'C', '\0' = none */
	const char *argument; /* "A..B", NULL = it takes none */
	const char *help;
};

/* The index-th option as --help lists them; false behind the last. */
bool options_at(enum cli_input input, size_t index, struct option_row *ret_row);

/* What stands behind the program's name: "[SOURCE] [OPTIONS]". */
extern const char *const options_synopsis[INPUT_COUNT];

/* What exit statuses mean, as --help says it. */
extern const char options_exit_status[];

/* --help, from the same table. POL_ENOMEM; look at ferror(out) after. */
enum pol_status options_write_help(const struct cli_program *program, FILE *out) POL_MUST_CHECK;

#endif
