/* What the scanner finds, file by file: the table is the specification. */
#include "tests/support/scan_rules.h"

#include <stdio.h>
#include <string.h>

static const struct rule verify = { .literals = LIST("verify"), .pattern = "verify\\s*=\\s*False\\b" };
static const struct rule verify_python = { .literals = LIST("verify"),
	                                   .pattern = "verify=False",
	                                   .files = LIST("*.py", "src/**/*.pyw"),
	                                   .not_files = LIST("test_*") };
static const struct rule nosec = {
	.kind = KIND_SUPPRESSION,
	.where = WHERE_COMMENT,
	.literals = LIST("nosec"),
	.pattern = "#\\s*nosec(?::?\\s+(?<id>B\\d+))?(?:\\s+--\\s+(?<reason>.+))?"
};
static const struct rule in_code = { .where = WHERE_CODE, .literals = LIST("danger"), .pattern = "danger" };
static const struct rule in_string = { .where = WHERE_STRING,
	                               .literals = LIST("danger"),
	                               .pattern = "danger" };
static const struct rule any_case = { .literals = LIST("danger"), .pattern = "(?i)danger" };
static const struct rule two_spellings = { .literals = LIST("danger"), .pattern = "danger|DANGER" };
static const struct rule one_spelling = { .literals = LIST("danger"), .pattern = "x?DaNGeR" };
static const struct rule whole_line = { .literals = LIST("danger"), .pattern = "^danger$" };
static const struct rule at_group = { .literals = LIST("verify"), .pattern = "get\\(.*?(?<at>verify=False)" };
static const struct rule spanning = { .span = 3,
	                              .literals = LIST("verify"),
	                              .pattern = "get\\([^)]*?(?<at>verify=False)" };
static const struct rule two_lines = { .span = 1, .literals = LIST("begin"), .pattern = "begin\nend$" };
static const struct rule requiring = { .literals = LIST("verify"),
	                               .pattern = "verify=False",
	                               .requires_ = "^import requests$" };
static const struct rule unless = { .literals = LIST("verify"), .pattern = "verify=False", .unless = "jwt" };
static const struct rule unless_line = { .literals = LIST("verify"),
	                                 .pattern = "verify=False",
	                                 .unless_line = "localhost" };
static const struct rule near = { .literals = LIST("verify"),
	                          .pattern = "verify=False",
	                          .requires_near = "^get" };
static const struct rule not_near = { .literals = LIST("verify"),
	                              .pattern = "verify=False",
	                              .unless_near = "^get" };
static const struct rule key_path = { .literals = LIST("privileged"),
	                              .pattern = "privileged:\\s*true",
	                              .path = "**.securityContext" };
static const struct rule off = { .off = true, .literals = LIST("danger"), .pattern = "danger" };
static const struct rule empty_match = { .literals = LIST("danger"), .pattern = "(?=danger)|x*" };
static const struct rule long_literal = { .literals = LIST("insecureskipverifyandmore"),
	                                  .pattern = "InsecureSkipVerifyAndMore" };
static const struct rule look_behind = { .literals = LIST("danger"), .pattern = "(?<!no )danger" };

static const struct rule assigned = {
	.kind = KIND_SETTING, .where = WHERE_CODE, .literals = LIST("verify"), .pattern = "verify=False"
};
static const struct rule setting = { .kind = KIND_SETTING,
	                             .where = WHERE_CODE | WHERE_STRING,
	                             .literals = LIST("danger"),
	                             .pattern = "danger" };
static const struct rule setting_of_pages = { .kind = KIND_SETTING,
	                                      .where = WHERE_CODE | WHERE_STRING,
	                                      .files = LIST("*.js", "*.html"),
	                                      .literals = LIST("danger"),
	                                      .pattern = "danger" };

#define LINES_12 "\n\n\n\n\n\n\n\n\n\n\n\n"

static const struct row {
	const char *name;
	const struct rule *rule;
	const char *path;
	const char *text;
	const char *want; /* "line:column length" of each match, joined by blanks */
} rows[] = {
	{ "one match", &verify, "a.py", "x\nget(verify = False)\n", "2:5 14" },
	{ "several on a line", &verify, "a.py", "verify=False, verify=False", "1:1 12 1:15 12" },
	{ "the same on two lines", &verify, "a.py", "verify=False\nverify=False\n", "1:1 12 2:1 12" },
	{ "literal without match", &verify, "a.py", "verify=True", "" },
	{ "no literal", &verify, "a.py", "x = 1\n", "" },
	{ "empty text", &verify, "a.py", "", "" },
	{ "only the literal", &in_code, "a.py", "danger", "1:1 6" },
	{ "no line break is crossed", &verify, "a.py", "verify\n=False", "" },
	{ "glob fits", &verify_python, "lib/a.py", "verify=False", "1:1 12" },
	{ "glob with folders fits", &verify_python, "src/x/y/a.pyw", "verify=False", "1:1 12" },
	{ "glob leaves out", &verify_python, "lib/a.rb", "verify=False", "" },
	{ "not_files leaves out", &verify_python, "lib/test_a.py", "verify=False", "" },
	{ "prose is not read without files", &verify, "README.md", "verify=False", "" },
	{ "comment in a comment", &nosec, "a.py", "x = 1  # nosec\n", "1:8 7" },
	{ "comment in a string", &nosec, "a.py", "x = '# nosec'\n", "" },
	{ "comment that quotes the marker", &nosec, "a.py", "# write '# nosec' there\n", "" },
	{ "comment after a back quote", &nosec, "a.py", "# write `# nosec` there\n", "" },
	{ "code in code", &in_code, "a.c", "danger();\n", "1:1 6" },
	{ "code in a comment", &in_code, "a.c", "/* danger */\n", "" },
	{ "code in a string", &in_code, "a.c", "f(\"danger\");\n", "" },
	{ "string in a string", &in_string, "a.c", "f(\"danger\");\n", "1:4 6" },
	{ "string in code", &in_string, "a.c", "danger();\n", "" },
	{ "strings are code in data files", &in_code, "a.yaml", "x: \"danger\"\n", "1:5 6" },
	{ "setting in a message", &setting, "a.c", "f(\"the danger is over\");\n", "" },
	{ "setting in a string", &setting, "a.c", "f(\"-x danger\");\n", "1:7 6" },
	{ "setting in a page", &setting, "a.html", "<p>danger</p>\n", "" },
	{ "setting for pages", &setting_of_pages, "a.html", "<p>danger</p>\n", "1:4 6" },
	{ "completion", &setting, "x/completion/bash/tool", "complete danger\n", "" },
	{ "completion by its name", &setting, "bash_completion", "opts=danger\n", "" },
	{ "stubs of PHP", &setting, "a.stub.php", "<?php f(danger);\n", "" },
	{ "how to install", &setting, "INSTALL.OSX", "danger\n", "" },
	{ "documentation of an interface", &setting, "doc/api/cli.json", "[\"danger\"]\n", "" },
	{ "completion of fish", &setting, "completions/tool.fish", "complete -l danger\n", "" },
	{ "taken away by a patch", &setting, "a.patch", "-danger\n", "" },
	{ "added by a patch", &setting, "a.patch", "+danger\n", "1:2 6" },
	{ "comment that a patch adds", &setting, "a.diff", "+\t// danger\n", "" },
	{ "item of a list", &setting, "a.yaml", "-danger\n", "1:2 6" },
	{ "shown by a page", &setting, "a.zzz", "+ <code>a danger</code>\n", "" },
	{ "behind what a page shows", &setting, "a.zzz", "<code>a</code> danger\n", "1:16 6" },
	{ "a tag in a program", &setting, "a.c", "f(\"<code>\"); danger\n", "1:14 6" },
	{ "control bytes hide nothing", &setting, "a.zzz", "a\x12 danger\n\a danger\n", "1:4 6 2:3 6" },
	{ "code in a folder named so", &setting, "completion/a.c", "danger\n", "1:1 6" },
	{ "default of a parameter", &assigned, "a.py", "def f(verify=False):\n    g(verify=False)\n",
	  "2:7 12" },
	{ "what a mock was called with", &assigned, "a.py", "m.assert_called_with(verify=False)\n", "" },
	{ "declarations of types", &setting, "a.d.ts", "danger\n", "" },
	{ "any case", &any_case, "a.c", "dAnGeR\n", "1:1 6" },
	{ "two spellings", &two_spellings, "a.c", "DANGER danger Danger\n", "1:1 6 1:8 6" },
	{ "one spelling", &one_spelling, "a.c", "danger DaNGeR DANGER\n", "1:8 6" },
	{ "line ends: LF", &whole_line, "a.c", "x\ndanger\ny", "2:1 6" },
	{ "line ends: CRLF", &whole_line, "a.c", "x\r\ndanger\r\ny", "2:1 6" },
	{ "line ends: none at the end", &whole_line, "a.c", "x\ndanger", "2:1 6" },
	{ "group at", &at_group, "a.py", "get(url, verify=False)", "1:10 12" },
	{ "span: call over lines", &spanning, "a.py", "get(\n  url,\n  verify=False)\n", "3:3 12" },
	{ "span: CRLF", &spanning, "a.py", "get(\r\n  url,\r\n  verify=False)\r\n", "3:3 12" },
	{ "span: too far", &spanning, "a.py", "get(\n\n\n\n  verify=False)\n", "" },
	{ "span: one report for two literals", &spanning, "a.py", "get(verify,\n verify=False)", "2:2 12" },
	{ "span: other match nearby", &spanning, "a.py", "get(verify=False)\nget(verify=False)\n",
	  "1:5 12 2:5 12" },
	{ "span: LF between lines", &two_lines, "a.c", "begin\nend\n", "1:1 9" },
	{ "span: CRLF between lines counts as LF", &two_lines, "a.c", "begin\r\nend\r\n", "1:1 10" },
	{ "requires holds", &requiring, "a.py", "import requests\nverify=False", "2:1 12" },
	{ "requires fails", &requiring, "a.py", "import jwt\nverify=False", "" },
	{ "unless holds", &unless, "a.py", "import x\nverify=False", "2:1 12" },
	{ "unless fails", &unless, "a.py", "verify=False\nimport jwt\nverify=False", "" },
	{ "unless_line", &unless_line, "a.py", "verify=False\nlocalhost verify=False", "1:1 12" },
	{ "requires_near within twelve lines", &near, "a.py", "get" LINES_12 "verify=False", "13:1 12" },
	{ "requires_near beyond", &near, "a.py", "get" LINES_12 "\nverify=False", "" },
	{ "requires_near below", &near, "a.py", "verify=False" LINES_12 "get", "1:1 12" },
	{ "unless_near within twelve lines", &not_near, "a.py", "get" LINES_12 "verify=False", "" },
	{ "unless_near beyond", &not_near, "a.py", "get" LINES_12 "\nverify=False", "14:1 12" },
	{ "key path fits", &key_path, "a.yaml", "a:\n  securityContext:\n    privileged: true\n", "3:5 16" },
	{ "key path does not fit", &key_path, "a.yaml", "a:\n  other:\n    privileged: true\n", "" },
	{ "rules that are off", &off, "a.c", "danger\n", "" },
	{ "empty matches do not count", &empty_match, "a.c", "danger xx", "1:8 2" },
	{ "long literal", &long_literal, "a.c", "a.InsecureSkipVerifyAndMore = 1", "1:3 25" },
	{ "part of a long literal", &long_literal, "a.c", "SkipVerify InsecureSkipVerify", "" },
	{ "long literal cut off by the end", &long_literal, "a.c", "InsecureSkipVerifyAndMor", "" },
	{ "long literal cut off by the start", &long_literal, "a.c", "nsecureSkipVerifyAndMore", "" },
	{ "look-behind", &look_behind, "a.c", "no danger, danger", "1:12 6" },
};

static void list_matches(struct slice text, const struct matches *matches, struct buf *out)
{
	for (size_t i = 0; i < matches->count; i++) {
		const struct match *match = &matches->items[i];
		uint32_t line, column;

		text_position(text, match->start, &line, &column);
		buf_printf(out, "%s%u:%u %zu", i > 0 ? " " : "", line, column, match->end - match->start);
	}
}

static void check_row(void **state)
{
	const struct row *row = *state;
	struct rule rule = complete(row->rule);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	CLEANUP(buf) struct buf found = { 0 };
	struct matches matches;

	assert_int_equal(scanner_run(scanner, &arena, row->path, slice_of(row->text), &matches, NULL),
	                 POL_OK);
	assert_null(matches.unjudged);
	list_matches(slice_of(row->text), &matches, &found);
	assert_string_equal(found.data ? found.data : "", row->want);
	if (matches.count > 0)
		assert_ptr_equal(matches.lexed.text.data, row->text);
}

/* ---- beyond one row ---------------------------------------------------------------------------------------------------- */

static void test_groups(void **state)
{
	static const char text[] = "x = 1  # nosec B101 -- only in tests\r\n";
	struct rule rule = complete(&nosec);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	assert_int_equal(scanner_run(scanner, &arena, "a.py", slice_of(text), &matches, NULL), POL_OK);
	assert_int_equal(matches.count, 1);
	assert_true(slice_equal(matches.items[0].id, SLICE("B101")));
	assert_true(slice_equal(matches.items[0].reason, SLICE("only in tests")));
	assert_true(slice_equal(matches.items[0].whole, SLICE("# nosec B101 -- only in tests")));
	assert_null(matches.items[0].until.data);
	assert_null(matches.items[0].owner.data);
}

static void test_order_of_matches(void **state)
{
	struct rule rules[2] = { complete(&in_code), complete(&any_case) };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = NULL;
	struct matches matches;

	(void)state;
	rules[0].id = "b-rule";
	scanner = open_scanner(&arena, rules, 2);
	assert_int_equal(scanner_run(scanner, &arena, "a.c", SLICE("danger\ndanger"), &matches, NULL),
	                 POL_OK);
	assert_int_equal(matches.count, 4);
	assert_string_equal(matches.items[0].rule->id, "a-rule");
	assert_string_equal(matches.items[1].rule->id, "b-rule");
	assert_int_equal(matches.items[2].start, 7);
}

/* What one file taught the scanner must not reach the next. */
static void test_files_do_not_mix(void **state)
{
	static const struct {
		const char *path, *text;
		size_t count;
	} files[] = { { "a.py", "import requests\nverify=False", 1 },
		      { "b.py", "verify=False", 0 },
		      { "b.py", "import requests\nverify=False", 1 },
		      { "c.md", "import requests\nverify=False", 0 },
		      { "c.py", "import requests\nverify=False", 1 } };
	struct rule rule = complete(&requiring);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct matches matches;

		assert_int_equal(
			scanner_run(scanner, &arena, files[i].path, slice_of(files[i].text), &matches, NULL),
			POL_OK);
		assert_int_equal(matches.count, files[i].count);
	}
}

static bool only_any_case(const struct rule *rule, const void *data)
{
	return strcmp(rule->id, data) == 0;
}

static void test_enabled_is_asked(void **state)
{
	struct rule rules[2] = { complete(&in_code), complete(&off) };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = NULL;
	struct ruleset *set;
	const struct ruleset *sets[1];
	struct matches matches;

	(void)state;
	rules[1].id = "wanted";
	assert_int_equal(ruleset_build(&arena, rules, 2, &set, NULL), POL_OK);
	sets[0] = set;
	assert_int_equal(scanner_open(sets, 1, only_any_case, "wanted", &scanner, NULL), POL_OK);
	assert_int_equal(scanner_run(scanner, &arena, "a.c", SLICE("danger"), &matches, NULL), POL_OK);
	assert_int_equal(matches.count, 1);
	assert_string_equal(matches.items[0].rule->id, "wanted");
}

static void test_patterns_of_users_are_tried_first(void **state)
{
	struct rule rule = complete(&in_code);
	const struct ruleset *sets[1];
	CLEANUP(arena) struct arena arena = { 0 };
	struct scanner *scanner = NULL;
	struct ruleset *set;
	struct pol_error err = { 0 };

	(void)state;
	rule.unless = "(unclosed";
	assert_int_equal(ruleset_build(&arena, &rule, 1, &set, NULL), POL_OK);
	sets[0] = set;
	assert_int_equal(scanner_open(sets, 1, NULL, NULL, &scanner, &err), POL_ECONFIG);
	assert_null(scanner);
	assert_non_null(strstr(err.message, "a-rule"));
	assert_non_null(strstr(err.message, "unless"));
}

static void test_two_sets(void **state)
{
	struct rule rules[2] = { complete(&in_code), complete(&verify) };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = NULL;
	struct ruleset *first, *second;
	struct matches matches;

	(void)state;
	assert_int_equal(ruleset_build(&arena, &rules[0], 1, &first, NULL), POL_OK);
	assert_int_equal(ruleset_build(&arena, &rules[1], 1, &second, NULL), POL_OK);
	assert_int_equal(
		scanner_open((const struct ruleset *const[]){ first, second }, 2, NULL, NULL, &scanner, NULL),
		POL_OK);
	assert_int_equal(scanner_run(scanner, &arena, "a.c", SLICE("verify=False danger"), &matches, NULL),
	                 POL_OK);
	assert_int_equal(matches.count, 2);
	assert_ptr_equal(matches.items[0].rule, &rules[1]);
	assert_ptr_equal(matches.items[1].rule, &rules[0]);
}

/* Places at the seams of chunks and lanes are found once, wherever they lie. */
static void test_seams(void **state)
{
	const size_t size = 600 * 1024;
	char *text = malloc(size);
	struct rule rule = complete(&in_code);
	size_t places[64], count = 0;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', size);
	for (size_t seam = 64 * 1024; seam < size - 64; seam += 64 * 1024)
		for (size_t shift = 0; shift < 7; shift += 6)
			places[count++] = seam - 6 + shift + seam / (64 * 1024) % 6 * (shift == 0);
	for (size_t i = 0; i < count; i++)
		if (i % 2 == 0)
			memcpy(text + places[i], "danger", 6);
	assert_int_equal(scanner_run(scanner, &arena, "a.c", (struct slice){ text, size }, &matches, NULL),
	                 POL_OK);
	assert_int_equal(matches.count, (count + 1) / 2);
	for (size_t i = 0; i < matches.count; i++)
		assert_int_equal(matches.items[i].start, places[2 * i]);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_order_of_matches),
		cmocka_unit_test(test_files_do_not_mix),
		cmocka_unit_test(test_enabled_is_asked),
		cmocka_unit_test(test_patterns_of_users_are_tried_first),
		cmocka_unit_test(test_two_sets),
		cmocka_unit_test(test_seams),
	};
	int failed = ROWS_RUN("scanner", rows, check_row);

	return failed + cmocka_run_group_tests_name("scanner, beyond one row", tests, NULL, NULL);
}
