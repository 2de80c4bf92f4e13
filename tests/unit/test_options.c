/* test_options.c - command lines taken apart, and what is said of wrong ones. */
#include "checks/explain.h"
#include "checks/options.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

enum { MAX_ARGS = 8 };

static int count_args(char *const *args)
{
	int count = 0;

	while (count < MAX_ARGS && args[count])
		count++;
	return count;
}

/* Parses args behind a program's name. */
static enum pol_status parse(const char *const *args, struct options *options, struct pol_error *err)
{
	char *argv[MAX_ARGS + 2] = { (char *)(uintptr_t) "justification-check" };

	for (int i = 0; i < MAX_ARGS && args[i]; i++)
		argv[i + 1] = (char *)(uintptr_t)args[i];
	return options_parse(INPUT_SOURCE, count_args(argv), argv, options, err);
}

/* ---- good ones -------------------------------------------------------------------------------------------------------*/

static const struct good_row {
	const char *name;
	const char *args[MAX_ARGS];
	const char *summary;
} good_rows[] = {
	{ "nothing", { NULL }, "run all . - - text - auto 0" },
	{ "staged", { "--staged" }, "run staged . - - text - auto 0" },
	{ "range", { "--range", "main..HEAD" }, "run range . main..HEAD - text - auto 0" },
	{ "tree", { "--tree=v1.0" }, "run tree . v1.0 - text - auto 0" },
	{ "all", { "--all" }, "run all . - - text - auto 0" },
	{ "paths", { "a", "b c" }, "run paths . [a][b c] - text - auto 0" },
	{ "options between paths", { "a", "-q", "b" }, "run paths . [a][b] - text - auto -1" },
	{ "paths behind --", { "--", "--all", "-q" }, "run paths . [--all][-q] - text - auto 0" },
	{ "a folder to start in", { "-C", "sub dir", "--staged" }, "run staged sub dir - - text - auto 0" },
	{ "files are taken from there",
	  { "--policy", "p.yaml", "-C", "sub", "--format", "json=out/r.json" },
	  "run all sub - sub/p.yaml json=sub/out/r.json - auto 0" },
	{ "absolute files are not",
	  { "--policy", "/p.yaml", "-C", "sub", "--format=sarif=/r" },
	  "run all sub - /p.yaml sarif=/r - auto 0" },
	{ "several formats",
	  { "--format", "github", "--format", "junit=j.xml" },
	  "run all . - - github,junit=j.xml - auto 0" },
	{ "a file name with an equals sign", { "--format", "text=a=b" }, "run all . - - text=a=b - auto 0" },
	{ "a day", { "--today", "2026-11-23" }, "run all . - - text 2026-11-23 auto 0" },
	{ "a cap", { "--max-days", "30" }, "run all . - - text - auto 0 30" },
	{ "no cap", { "--max-days=0" }, "run all . - - text - auto 0 0" },
	{ "colour", { "--color", "always", "-v" }, "run all . - - text - always 1" },
	{ "no colour", { "--color=never" }, "run all . - - text - never 0" },
	{ "help", { "--help" }, "help all . - - text - auto 0" },
	{ "explain", { "--explain", "TLS01" }, "explain:TLS01 all . - - text - auto 0" },
	{ "list rules", { "--list-rules", "--format", "json" }, "list-rules all . - - json - auto 0" },
	{ "list problems", { "--list-problems" }, "list-problems all . - - text - auto 0" },
	{ "print policy", { "--print-policy" }, "print-policy all . - - text - auto 0" },
	{ "version", { "--version" }, "version all . - - text - auto 0" },
};

static void add_source(struct buf *buf, const struct options *options)
{
	const char *const *path = options->source.paths;

	buf_printf(buf, " %s %s ", source_kind_names[options->source.kind], options->source.dir);
	for (; path && *path; path++)
		buf_printf(buf, "[%s]", *path);
	if (!options->source.paths)
		buf_add_string(buf, options->source.revision ? options->source.revision : "-");
}

static void add_outputs(struct buf *buf, const struct options *options)
{
	for (size_t i = 0; i < options->output_count; i++) {
		const struct output *output = &options->outputs[i];

		buf_printf(buf, "%s%s%s%s", i ? "," : "", report_format_names[output->format],
		           output->path ? "=" : "", output->path ? output->path : "");
	}
}

static void summarise(struct buf *buf, const struct options *options)
{
	static const char *const actions[ACTION_COUNT] = { "run",         "help",    "version",
		                                           "list-rules",  "explain", "list-problems",
		                                           "print-policy" };
	static const char *const colors[COLOR_COUNT] = { "auto", "always", "never" };
	char today[DATE_TEXT_SIZE] = "-";

	if (options->today != DATE_NONE)
		date_format(options->today, today);
	buf_add_string(buf, actions[options->action]);
	if (options->rule)
		buf_printf(buf, ":%s", options->rule);
	add_source(buf, options);
	buf_printf(buf, " %s ", options->policy_path ? options->policy_path : "-");
	add_outputs(buf, options);
	buf_printf(buf, " %s %s %d", today, colors[options->color], options->verbosity);
	if (options->max_days >= 0)
		buf_printf(buf, " %d", options->max_days);
}

static void check_good(void **state)
{
	const struct good_row *row = *state;
	CLEANUP(options) struct options options;
	CLEANUP(buf) struct buf buf = { 0 };
	struct pol_error err = { 0 };

	if (parse(row->args, &options, &err) < 0)
		fail_msg("%s", err.message);
	summarise(&buf, &options);
	assert_string_equal(buf.data, row->summary);
}

/* A push comes on standard input: its words are a remote and an address, and no option names a source. */
static void test_push(void **state)
{
	char *good[] = { (char *)(uintptr_t) "push-check", (char *)(uintptr_t) "-q",
		         (char *)(uintptr_t) "origin",     (char *)(uintptr_t) "url",
		         (char *)(uintptr_t) "more",       NULL };
	char *wrong[] = { (char *)(uintptr_t) "push-check", (char *)(uintptr_t) "--staged", NULL };
	CLEANUP(options) struct options options;
	CLEANUP(options) struct options refused;
	CLEANUP(options) struct options unknown;
	struct pol_error err = { 0 };

	(void)state;
	assert_int_equal(options_parse(INPUT_PUSH, 4, good, &options, &err), POL_OK);
	assert_string_equal(options.source.paths[0], "origin");
	assert_string_equal(options.source.paths[1], "url");
	assert_null(options.source.paths[2]);
	assert_int_equal(options_parse(INPUT_PUSH, 5, good, &refused, &err), POL_EUSAGE);
	assert_string_equal(err.message, "expected [OPTIONS] [REMOTE [URL]] < LINES");
	assert_int_equal(options_parse(INPUT_PUSH, 2, wrong, &unknown, &err), POL_EUSAGE);
	assert_string_equal(err.message, "unknown option --staged; --help lists them");
}

/* ---- wrong ones ------------------------------------------------------------------------------------------------------*/

static const struct wrong_row {
	const char *name;
	const char *args[MAX_ARGS];
	const char *message;
} wrong_rows[] = {
	{ "unknown option", { "--stagged" }, "unknown option --stagged; --help lists them" },
	{ "unknown letter", { "-x" }, "unknown option -x; --help lists them" },
	{ "two sources", { "--staged", "--all" }, "--staged and --all do not go together: give one source" },
	{ "one source twice",
	  { "--range", "a..b", "--range", "c..d" },
	  "--range and --range do not go together: give one source" },
	{ "source and path", { "x", "--staged" }, "--staged and PATH do not go together: give one source" },
	{ "range without dots", { "--range", "main" }, "--range wants A..B, not \"main\"" },
	{ "range without a value", { "--range" }, "--range wants a value" },
	{ "empty revision", { "--tree", "" }, "--tree wants a revision" },
	{ "empty path", { "a", "" }, "a PATH is empty" },
	{ "empty folder", { "-C", "" }, "-C wants a folder" },
	{ "empty policy", { "--policy=" }, "--policy wants a file" },
	{ "unknown format",
	  { "--format", "xml" },
	  "--format wants text, json, sarif, github, gitlab or junit, alone or with =FILE, not \"xml\"" },
	{ "format with an empty file",
	  { "--format", "json=" },
	  "--format wants text, json, sarif, github, gitlab or junit, alone or with =FILE, not \"json=\"" },
	{ "two formats on one stream",
	  { "--format", "json", "--format", "text" },
	  "two formats for standard output: give all but one a file, --format F=FILE" },
	{ "a day that does not exist",
	  { "--today", "2026-02-30" },
	  "--today wants a day that exists, as YYYY-MM-DD, not \"2026-02-30\"" },
	{ "a number that is none",
	  { "--max-days", "3x" },
	  "--max-days wants a number from 0 to 36500, not \"3x\"" },
	{ "no number at all", { "--max-days", "" }, "--max-days wants a number from 0 to 36500, not \"\"" },
	{ "a negative number", { "--max-days=-1" }, "--max-days wants a number from 0 to 36500, not \"-1\"" },
	{ "a number beyond all",
	  { "--max-days", "99999999999999999999" },
	  "--max-days wants a number from 0 to 36500, not \"99999999999999999999\"" },
	{ "colour", { "--color", "yes" }, "--color wants auto, always or never, not \"yes\"" },
	{ "quiet and verbose", { "-q", "-v" }, "-q and -v do not go together" },
};

static void check_wrong(void **state)
{
	const struct wrong_row *row = *state;
	CLEANUP(options) struct options options;
	struct pol_error err = { 0 };

	assert_int_equal(parse(row->args, &options, &err), POL_EUSAGE);
	assert_int_equal(err.status, POL_EUSAGE);
	assert_string_equal(err.message, row->message);
}

/* ---- what programs tell of themselves --------------------------------------------------------------------------------*/

static const struct rule own_rule = {
	.id = "own-rule",
	.code = "OWN01",
	.title = "A title | with a bar",
	.message = "it is off",
	.why = "",
	.fix = "switch it on",
	.kind = KIND_SETTING,
	.severity = SEVERITY_HIGH,
	.cwe = 295,
	.pattern = "",
};
static const struct rule *const own_rules[] = { &own_rule, NULL };
static const struct check own_check = { .name = "own-check", .about = "Checks its own.", .rules = own_rules };
static const struct check *const own_checks[] = { &own_check, NULL };
static const struct cli_program program = { .name = "own-check",
	                                    .about = "Checks its own.",
	                                    .checks = own_checks };

/* What a writer writes, to free. */
static char *capture(enum pol_status (*write)(const struct cli_program *, const struct options *, FILE *,
                                              struct pol_error *),
                     const char *const *args)
{
	CLEANUP(options) struct options options;
	struct pol_error err = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(parse(args, &options, &err), POL_OK);
	if (write(&program, &options, out, &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void test_rules_table(void **state)
{
	const char *const args[MAX_ARGS] = { "--list-rules", "-C", "/" };
	char *text = capture(explain_rules, args);

	(void)state;
	assert_string_equal(text, "| code | id | kind | severity | title |\n|---|---|---|---|---|\n"
	                          "| OWN01 | own-rule | setting | high | A title \\| with a bar |\n");
	free(text);
}

static void test_rules_json(void **state)
{
	const char *const args[MAX_ARGS] = { "--list-rules", "--format=json", "-C", "/" };
	char *text = capture(explain_rules, args);

	(void)state;
	assert_string_equal(
		text, "[\n    {\"id\":\"own-rule\",\"code\":\"OWN01\",\"kind\":\"setting\",\"severity\":"
		      "\"high\",\"cwe\":295,\"title\":\"A title | with a bar\",\"files\":[],\"on\":true,"
		      "\"message\":\"it is off\",\"fix\":\"switch it on\"}\n]\n");
	free(text);
}

static void test_explain(void **state)
{
	const char *const args[MAX_ARGS] = { "--explain", "OWN01", "-C", "/", "--today", "2026-11-23" };
	char *text = capture(explain_rule, args);

	(void)state;
	assert_string_equal(text,
	                    "OWN01  own-rule\nA title | with a bar\n\nkind:      setting\nseverity:  high\n"
	                    "weakness:  CWE-295, https://cwe.mitre.org/data/definitions/295.html\n"
	                    "\nFix\n    switch it on\n"
	                    "\nJustify\n    on the line above:\n"
	                    "        # reason: <why this is acceptable here>\n"
	                    "        # until: <at most 2027-02-21>\n"
	                    "    or at the end of the line itself\n");
	free(text);
}

static const struct unknown_row {
	const char *name, *message;
} unknown_rows[] = {
	{ "OWN99", "there is no rule \"OWN99\"; did you mean own-rule (OWN01)" },
	{ "onw-rule", "there is no rule \"onw-rule\"; did you mean own-rule (OWN01)" },
	{ "policychanged", "there is no rule \"policychanged\"; did you mean policy-changed (POL01)" },
	{ "protected-branch-push",
	  "there is no rule \"protected-branch-push\"; --list-rules lists ids and codes" },
	{ "nothing like any of them",
	  "there is no rule \"nothing like any of them\"; --list-rules lists ids and codes" },
	{ "", "there is no rule \"\"; --list-rules lists ids and codes" },
};

static void check_unknown(void **state)
{
	const struct unknown_row *row = *state;
	const char *const args[MAX_ARGS] = { "--explain", row->name, "-C", "/" };
	CLEANUP(options) struct options options;
	struct pol_error err = { 0 };

	assert_int_equal(parse(args, &options, &err), POL_OK);
	assert_int_equal(explain_rule(&program, &options, stdout, &err), POL_EUSAGE);
	assert_string_equal(err.message, row->message);
}

static enum pol_status write_help(const struct cli_program *asked, const struct options *options, FILE *out,
                                  struct pol_error *err)
{
	(void)options;
	(void)err;
	return options_write_help(asked, out);
}

static void test_help_names_everything(void **state)
{
	static const char *const named[] = { "own-check - Checks its own.",
		                             "--staged",
		                             "--range=A..B",
		                             "--tree=REV",
		                             "--all",
		                             "PATH",
		                             "-C",
		                             "--policy",
		                             "--format",
		                             "--today",
		                             "--max-days",
		                             "--color",
		                             "-q",
		                             "-v",
		                             "--help",
		                             "--version",
		                             "--list-rules",
		                             "--explain",
		                             "--list-problems",
		                             "--print-policy",
		                             "Exit status",
		                             "0  allowed",
		                             "1  refused",
		                             "2  could not tell" };
	const char *const args[MAX_ARGS] = { "--help" };
	char *text = capture(write_help, args);

	(void)state;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (!strstr(text, named[i]))
			fail_msg("--help does not name %s", named[i]);
	}
	free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_push),
		cmocka_unit_test(test_rules_table),
		cmocka_unit_test(test_rules_json),
		cmocka_unit_test(test_explain),
		cmocka_unit_test(test_help_names_everything),
	};

	return ROWS_RUN("options: good", good_rows, check_good) +
	       ROWS_RUN("options: wrong", wrong_rows, check_wrong) +
	       ROWS_RUN("options: unknown rules", unknown_rows, check_unknown) +
	       cmocka_run_group_tests_name("options: about", tests, NULL, NULL);
}
