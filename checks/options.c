/* options.c - the options of all check programs: one table gives parser and help. */
#include "checks/options.h"

#include <popt.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_DAYS_LIMIT = 36500,
	MAX_PUSH_WORDS = 2, /* REMOTE URL */
};

enum option {
	OPTION_STAGED = 1,
	OPTION_RANGE,
	OPTION_EVERY_COMMIT,
	OPTION_TREE,
	OPTION_ALL,
	OPTION_DIR,
	OPTION_POLICY,
	OPTION_FORMAT,
	OPTION_TODAY,
	OPTION_MAX_DAYS,
	OPTION_COLOR,
	OPTION_QUIET,
	OPTION_VERBOSE,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_LIST_RULES,
	OPTION_EXPLAIN,
	OPTION_LIST_PROBLEMS,
	OPTION_PRINT_POLICY,
	OPTION_COUNT
};

/* name, letter, kind, no variable, what the parser returns, help, argument */
static const struct poptOption source_table[] = {
	{ "staged", '\0', POPT_ARG_NONE, NULL, OPTION_STAGED, "what `git commit` would record, against HEAD",
	  NULL },
	{ "range", '\0', POPT_ARG_STRING, NULL, OPTION_RANGE, "what B adds since merge-base(A, B)", "A..B" },
	{ "every-commit", '\0', POPT_ARG_NONE, NULL, OPTION_EVERY_COMMIT,
	  "with --range: also what its commits add one by one, and take out again", NULL },
	{ "tree", '\0', POPT_ARG_STRING, NULL, OPTION_TREE, "the whole tree of a revision", "REV" },
	{ "all", '\0', POPT_ARG_NONE, NULL, OPTION_ALL, "every tracked file, as in the work tree (default)",
	  NULL },
	POPT_TABLEEND
};

static const struct poptOption judging_table[] = {
	{ NULL, 'C', POPT_ARG_STRING, NULL, OPTION_DIR,
	  "run as if started in DIR; PATH and FILE are taken from there too", "DIR" },
	{ "policy", '\0', POPT_ARG_STRING, NULL, OPTION_POLICY,
	  "the policy; default: .warrant.yaml at the top of the repository, else the built-in one", "FILE" },
	{ "today", '\0', POPT_ARG_STRING, NULL, OPTION_TODAY, "judge as of this day (YYYY-MM-DD)", "DATE" },
	{ "max-days", '\0', POPT_ARG_STRING, NULL, OPTION_MAX_DAYS,
	  "how far ahead `until` may lie, instead of what the policy says; 0: any day", "N" },
	POPT_TABLEEND
};

static const struct poptOption output_table[] = {
	{ "format", '\0', POPT_ARG_STRING, NULL, OPTION_FORMAT,
	  "text (default), json, sarif, github, gitlab or junit, on standard output or to FILE; may be "
	  "repeated",
	  "F[=FILE]" },
	{ "color", '\0', POPT_ARG_STRING, NULL, OPTION_COLOR,
	  "auto (default), always or never; auto honours NO_COLOR and TERM=dumb", "WHEN" },
	{ "quiet", 'q', POPT_ARG_NONE, NULL, OPTION_QUIET, "write nothing when all is allowed", NULL },
	{ "verbose", 'v', POPT_ARG_NONE, NULL, OPTION_VERBOSE,
	  "also list accepted exceptions and findings that do not block", NULL },
	POPT_TABLEEND
};

static const struct poptOption about_table[] = {
	{ "help", '\0', POPT_ARG_NONE, NULL, OPTION_HELP, "this text", NULL },
	{ "version", '\0', POPT_ARG_NONE, NULL, OPTION_VERSION, "name and version", NULL },
	{ "list-rules", '\0', POPT_ARG_NONE, NULL, OPTION_LIST_RULES,
	  "all rules as a table; with --format json as an array", NULL },
	{ "explain", '\0', POPT_ARG_STRING, NULL, OPTION_EXPLAIN,
	  "what a rule looks for, why, and how to justify it; by id or code", "RULE" },
	{ "list-problems", '\0', POPT_ARG_NONE, NULL, OPTION_LIST_PROBLEMS, "what can be wrong, as a table",
	  NULL },
	{ "print-policy", '\0', POPT_ARG_NONE, NULL, OPTION_PRINT_POLICY,
	  "the built-in policy, to start from", NULL },
	POPT_TABLEEND
};

#define SECTION(table, title)                                                                                \
	{                                                                                                    \
		NULL, '\0', POPT_ARG_INCLUDE_TABLE, (void *)(table), 0, (title), NULL                        \
	}
static const struct poptOption source_options[] = {
	SECTION(source_table, "Source, one of these or PATH... (files and folders, judged whole):"),
	SECTION(judging_table, "Judging:"), SECTION(output_table, "Output:"), SECTION(about_table, "About:"),
	POPT_TABLEEND
};
static const struct poptOption push_options[] = { SECTION(judging_table, "Judging:"),
	                                          SECTION(output_table, "Output:"),
	                                          SECTION(about_table, "About:"), POPT_TABLEEND };
#undef SECTION

static const struct poptOption *const tables[INPUT_COUNT] = {
	[INPUT_SOURCE] = source_options,
	[INPUT_PUSH] = push_options,
};

const char *const options_synopsis[INPUT_COUNT] = {
	[INPUT_SOURCE] = "[SOURCE] [OPTIONS]",
	[INPUT_PUSH] = "[OPTIONS] [REMOTE [URL]] < LINES",
};

CLEANUP_DEFINE(poptContext, popt_context, (void)poptFreeContext)

void options_free(struct options *options)
{
	arena_free(&options->arena);
}

/* ---- one option ------------------------------------------------------------------------------------------------------*/

/* What handlers work on. */
struct parse {
	struct options *options;
	enum option option;
	const char *value;  /* in the arena; NULL for options without one */
	const char *source; /* the option that chose the source, NULL = none yet */
	size_t path_count, path_capacity;
	const char **paths;
	struct pol_error *err;
};

static enum pol_status misuse(const struct parse *parse, const char *expected)
{
	return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "%s, not \"%.200s\"", expected, parse->value);
}

static enum pol_status take_source(struct parse *parse)
{
	static const struct {
		enum source_kind kind;
		const char *name;
	} sources[] = {
		[OPTION_STAGED] = { SOURCE_STAGED, "--staged" },
		[OPTION_RANGE] = { SOURCE_RANGE, "--range" },
		[OPTION_TREE] = { SOURCE_TREE, "--tree" },
		[OPTION_ALL] = { SOURCE_ALL, "--all" },
	};
	const char *name = sources[parse->option].name;

	if (parse->source)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0,
		                "%s and %s do not go together: give one source", parse->source, name);
	if (parse->option == OPTION_RANGE && !strstr(parse->value, ".."))
		return misuse(parse, "--range wants A..B");
	if (parse->value && !*parse->value)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "%s wants a revision", name);
	parse->source = name;
	parse->options->source.kind = sources[parse->option].kind;
	parse->options->source.revision = parse->value;
	return POL_OK;
}

static enum pol_status take_every_commit(struct parse *parse)
{
	parse->options->source.every_commit = true;
	return POL_OK;
}

static enum pol_status take_dir(struct parse *parse)
{
	if (!*parse->value)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "-C wants a folder");
	parse->options->source.dir = parse->value;
	return POL_OK;
}

static enum pol_status take_policy(struct parse *parse)
{
	if (!*parse->value)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "--policy wants a file");
	parse->options->policy_path = parse->value;
	return POL_OK;
}

static enum pol_status take_format(struct parse *parse)
{
	struct options *options = parse->options;
	struct slice name = slice_of(parse->value);
	size_t equals = slice_find_char(name, '=');
	struct output output = { 0 };
	int format;

	if (options->output_count == MAX_OUTPUTS)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "--format is given more than %d times",
		                MAX_OUTPUTS);
	if (equals != SIZE_MAX) {
		output.path = parse->value + equals + 1;
		name = slice_sub(name, 0, equals);
	}
	format = rule_name_index(report_format_names, FORMAT_COUNT, name);
	if (format < 0 || (output.path && !*output.path))
		return misuse(
			parse,
			"--format wants text, json, sarif, github, gitlab or junit, alone or with =FILE");
	output.format = (enum report_format)format;
	options->outputs[options->output_count++] = output;
	return POL_OK;
}

static enum pol_status take_today(struct parse *parse)
{
	if (!date_parse(slice_of(parse->value), &parse->options->today))
		return misuse(parse, "--today wants a day that exists, as YYYY-MM-DD");
	return POL_OK;
}

static enum pol_status take_max_days(struct parse *parse)
{
	const char *digits = parse->value;
	int32_t days = 0;

	while (*digits >= '0' && *digits <= '9' && days <= MAX_DAYS_LIMIT)
		days = days * 10 + (*digits++ - '0');
	if (*digits || digits == parse->value || days > MAX_DAYS_LIMIT)
		return misuse(parse, "--max-days wants a number from 0 to 36500");
	parse->options->max_days = days;
	return POL_OK;
}

static enum pol_status take_color(struct parse *parse)
{
	static const char *const names[COLOR_COUNT] = { "auto", "always", "never" };
	int choice = rule_name_index(names, COLOR_COUNT, slice_of(parse->value));

	if (choice < 0)
		return misuse(parse, "--color wants auto, always or never");
	parse->options->color = (enum color_choice)choice;
	return POL_OK;
}

static enum pol_status take_verbosity(struct parse *parse)
{
	int wanted = parse->option == OPTION_QUIET ? -1 : 1;

	if (parse->options->verbosity == -wanted)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "-q and -v do not go together");
	parse->options->verbosity = wanted;
	return POL_OK;
}

static enum pol_status take_action(struct parse *parse)
{
	static const enum cli_action actions[] = {
		[OPTION_HELP] = ACTION_HELP,
		[OPTION_VERSION] = ACTION_VERSION,
		[OPTION_LIST_RULES] = ACTION_LIST_RULES,
		[OPTION_EXPLAIN] = ACTION_EXPLAIN,
		[OPTION_LIST_PROBLEMS] = ACTION_LIST_PROBLEMS,
		[OPTION_PRINT_POLICY] = ACTION_PRINT_POLICY,
	};

	/* The first one is done. */
	if (parse->options->action != ACTION_RUN)
		return POL_OK;
	parse->options->action = actions[parse->option];
	parse->options->rule = parse->value;
	return POL_OK;
}

static enum pol_status (*const handlers[OPTION_COUNT])(struct parse *parse) = {
	[OPTION_STAGED] = take_source,
	[OPTION_RANGE] = take_source,
	[OPTION_EVERY_COMMIT] = take_every_commit,
	[OPTION_TREE] = take_source,
	[OPTION_ALL] = take_source,
	[OPTION_DIR] = take_dir,
	[OPTION_POLICY] = take_policy,
	[OPTION_FORMAT] = take_format,
	[OPTION_TODAY] = take_today,
	[OPTION_MAX_DAYS] = take_max_days,
	[OPTION_COLOR] = take_color,
	[OPTION_QUIET] = take_verbosity,
	[OPTION_VERBOSE] = take_verbosity,
	[OPTION_HELP] = take_action,
	[OPTION_VERSION] = take_action,
	[OPTION_LIST_RULES] = take_action,
	[OPTION_EXPLAIN] = take_action,
	[OPTION_LIST_PROBLEMS] = take_action,
	[OPTION_PRINT_POLICY] = take_action,
};

/* ---- all of them -----------------------------------------------------------------------------------------------------*/

/* Hands the value of the option just met over to the arena. */
static enum pol_status take_value(struct parse *parse, poptContext context)
{
	char *value = poptGetOptArg(context);

	parse->value = NULL;
	if (!value)
		return POL_OK;
	parse->value = arena_string(&parse->options->arena, value);
	free(value);
	return parse->value ? POL_OK : pol_fail_memory(parse->err);
}

static enum pol_status take_path(struct parse *parse, const char *path)
{
	struct arena *arena = &parse->options->arena;
	const char **grown = arena_grow(arena, parse->paths, parse->path_count, &parse->path_capacity,
	                                sizeof(*grown));
	const char *copy = arena_string(arena, path);

	if (parse->source)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0,
		                "%s and PATH do not go together: give one source", parse->source);
	if (!*path)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "a PATH is empty");
	if (!grown || !copy)
		return pol_fail_memory(parse->err);
	parse->paths = grown;
	parse->paths[parse->path_count++] = copy;
	return POL_OK;
}

static enum pol_status fail_popt(const struct parse *parse, poptContext context, int code)
{
	const char *given = poptBadOption(context, POPT_BADOPTION_NOALIAS);

	if (code == POPT_ERROR_BADOPT)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "unknown option %.200s; --help lists them",
		                given);
	if (code == POPT_ERROR_NOARG)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "%.200s wants a value", given);
	if (code == POPT_ERROR_MALLOC)
		return pol_fail_memory(parse->err);
	return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "%.200s: %s", given, poptStrerror(code));
}

static enum pol_status parse_all(struct parse *parse, poptContext context)
{
	const char *path;
	int code;

	while ((code = poptGetNextOpt(context)) > 0) {
		enum pol_status status = take_value(parse, context);

		parse->option = (enum option)code;
		if (status == POL_OK)
			status = handlers[code](parse);
		if (status < 0)
			return status;
	}
	if (code < -1)
		return fail_popt(parse, context, code);
	while ((path = poptGetArg(context))) {
		enum pol_status status = take_path(parse, path);

		if (status < 0)
			return status;
	}
	return POL_OK;
}

/* ---- what belongs together -------------------------------------------------------------------------------------------*/

static enum pol_status finish_paths(struct parse *parse, enum cli_input input)
{
	struct options *options = parse->options;
	const char **grown;

	if (parse->path_count == 0)
		return POL_OK;
	if (input == INPUT_PUSH && parse->path_count > MAX_PUSH_WORDS)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0, "expected %s", options_synopsis[input]);
	grown = arena_grow(&options->arena, parse->paths, parse->path_count, &parse->path_capacity,
	                   sizeof(*grown));
	if (!grown)
		return pol_fail_memory(parse->err);
	grown[parse->path_count] = NULL;
	options->source.kind = SOURCE_PATHS;
	options->source.paths = grown;
	return POL_OK;
}

/* A file named on the command line, as it is reached from where the program runs. */
static enum pol_status place_file(struct parse *parse, const char **path)
{
	struct options *options = parse->options;

	if (!*path || **path == '/' || strcmp(options->source.dir, ".") == 0)
		return POL_OK;
	*path = arena_printf(&options->arena, "%s/%s", options->source.dir, *path);
	return *path ? POL_OK : pol_fail_memory(parse->err);
}

static enum pol_status finish_outputs(struct parse *parse)
{
	struct options *options = parse->options;
	enum pol_status status = POL_OK;
	size_t to_stdout = 0;

	if (options->output_count == 0)
		options->outputs[options->output_count++] = (struct output){ FORMAT_TEXT, NULL };
	for (size_t i = 0; i < options->output_count && status == POL_OK; i++) {
		to_stdout += !options->outputs[i].path;
		status = place_file(parse, &options->outputs[i].path);
	}
	if (status == POL_OK && to_stdout > 1)
		return pol_fail(parse->err, POL_EUSAGE, NULL, 0,
		                "two formats for standard output: give all but one a file, --format F=FILE");
	return status;
}

enum pol_status options_parse(enum cli_input input, int argc, char **argv, struct options *ret_options,
                              struct pol_error *err)
{
	CLEANUP(popt_context)
	poptContext context = poptGetContext(NULL, argc, (const char **)(void *)argv, tables[input], 0);
	struct parse parse = { .options = ret_options, .err = err };
	enum pol_status status;

	*ret_options = (struct options){ .today = DATE_NONE, .max_days = -1 };
	ret_options->source.kind = SOURCE_ALL;
	ret_options->source.dir = ".";
	if (!context)
		return pol_fail_memory(err);
	status = parse_all(&parse, context);
	if (status == POL_OK && ret_options->source.every_commit && ret_options->source.kind != SOURCE_RANGE)
		status = pol_fail(err, POL_EUSAGE, NULL, 0, "--every-commit goes with --range A..B");
	if (status == POL_OK)
		status = finish_paths(&parse, input);
	if (status == POL_OK)
		status = finish_outputs(&parse);
	if (status == POL_OK)
		status = place_file(&parse, &ret_options->policy_path);
	return status;
}

const char options_exit_status[] =
	"  0  allowed: nothing objectionable, or nothing that blocks\n"
	"  1  refused: at least one exception is not justified as the policy asks\n"
	"  2  could not tell: misuse, an unreadable repository, a broken policy, out of memory, a\n"
	"     report that could not be written; blocks like 1\n";

bool options_at(enum cli_input input, size_t index, struct option_row *ret_row)
{
	for (const struct poptOption *section = tables[input]; section->argInfo != 0; section++) {
		const struct poptOption *option = section->arg;

		for (; option->longName || option->shortName; option++) {
			if (index-- > 0)
				continue;
			*ret_row = (struct option_row){ .section = section->descrip,
				                        .name = option->longName,
				                        .letter = option->shortName,
				                        .argument = option->argDescrip,
				                        .help = option->descrip };
			return true;
		}
	}
	return false;
}

enum pol_status options_write_help(const struct cli_program *program, FILE *out)
{
	const char *argv[] = { program->name, NULL };
	CLEANUP(popt_context) poptContext context = poptGetContext(NULL, 1, argv, tables[program->input], 0);

	if (!context)
		return POL_ENOMEM;
	poptSetOtherOptionHelp(context, options_synopsis[program->input]);
	(void)fprintf(out, "%s - %s\n\n", program->name, program->about);
	poptPrintHelp(context, out, 0);
	for (const struct check *const *check = program->checks; *check; check++) {
		if (program->checks[1])
			(void)fprintf(out, "%s%s: %s\n", check == program->checks ? "\nChecks:\n  " : "  ",
			              (*check)->name, (*check)->about);
	}
	(void)fprintf(out, "\nExit status:\n%s", options_exit_status);
	return POL_OK;
}
