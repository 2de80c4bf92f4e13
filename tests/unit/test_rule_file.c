/* test_rule_file.c - rules as read from YAML: every key, the defaults, and what is refused. */
#include "policy/config/rule_file.h"

#include "policy/rules/literal.h"
#include "tests/support/rows.h"

#include <string.h>

/* Rows replace or add lines of this entry: each line of a change takes the place of the line with the same key. */
static const char *const base[] = {
	"id: base-rule",      "code: TST01",     "kind: setting",
	"severity: high",     "title: A title",  "fix: do something else",
	"literals: [verify]", "pattern: verify", "match: [verify, verify 2]",
	"no_match: [a, b]",
};

static size_t key_size(const char *line)
{
	return strcspn(line, ":") + 1;
}

/* The base entry with the lines of changes put in; "key:!" takes the key out. */
static void build(struct buf *out, const char *changes)
{
	const char *change = changes;

	buf_add_string(out, "-\n");
	for (size_t i = 0; i < sizeof(base) / sizeof(base[0]); i++) {
		bool is_changed = false;

		for (change = changes; *change; change += strcspn(change, "\n") + 1)
			is_changed = is_changed || strncmp(change, base[i], key_size(base[i])) == 0;
		if (!is_changed)
			buf_printf(out, "  %s\n", base[i]);
	}
	for (change = changes; *change; change += strcspn(change, "\n") + 1)
		if (change[key_size(change)] != '!')
			buf_printf(out, "  %.*s\n", (int)strcspn(change, "\n"), change);
}

static enum pol_status read(struct arena *arena, const char *changes, bool strict, struct rule **ret_rule,
                            struct pol_error *err)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct yaml_node *root;
	size_t count = 0;
	enum pol_status status;

	build(&text, changes);
	assert_int_equal(yaml_parse(arena, (struct slice){ text.data, text.size }, "pack.yaml", &root, err),
	                 POL_OK);
	status = rules_read(arena, root, "pack.yaml", strict, ret_rule, &count, err);
	if (status == POL_OK)
		assert_int_equal(count, 1);
	return status;
}

/* ---- refusals ----------------------------------------------------------------------------------------------------- */

enum answer { READ_BY_ALL, REFUSED_FOR_PACKS, REFUSED_FOR_ALL };

static const struct row {
	const char *name;
	const char *changes; /* lines, each with its line end */
	enum answer answer;
	const char *says;
} rows[] = {
	{ "as it is", "", READ_BY_ALL, NULL },
	{ "id missing", "id:!\n", REFUSED_FOR_ALL, "'id' is missing" },
	{ "id in capitals", "id: Base\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id with blank", "id: a b\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id with two hyphens", "id: a--b\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id with hyphen at the end", "id: a-\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id with hyphen at the start", "id: -a\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id empty", "id: ''\n", REFUSED_FOR_ALL, "kebab-case" },
	{ "id with digits", "id: md5-2\n", READ_BY_ALL, NULL },
	{ "code missing", "code:!\n", REFUSED_FOR_PACKS, "needs a code" },
	{ "code without number", "code: TLS\n", REFUSED_FOR_PACKS, "needs a code" },
	{ "code without letters", "code: '01'\n", REFUSED_FOR_PACKS, "needs a code" },
	{ "code with text behind", "code: TLS01a\n", REFUSED_FOR_PACKS, "needs a code" },
	{ "kind missing", "kind:!\n", REFUSED_FOR_ALL, "'kind' is missing" },
	{ "kind of checks", "kind: ignore\n", REFUSED_FOR_ALL, "one of setting, suppression" },
	{ "severity unknown", "severity: critical\n", REFUSED_FOR_ALL, "one of low, medium, high" },
	{ "title empty", "title: ''\n", REFUSED_FOR_ALL, "a title and a fix" },
	{ "fix missing", "fix:!\n", REFUSED_FOR_ALL, "'fix' is missing" },
	{ "fix with full stop", "fix: do it.\n", REFUSED_FOR_PACKS, "full stop" },
	{ "cwe out of range", "cwe: 0\n", REFUSED_FOR_ALL, "'cwe' must be a whole number" },
	{ "span out of range", "span: 21\n", REFUSED_FOR_ALL, "'span' must be a whole number from 0 to 20" },
	{ "where unknown", "where: [code, tests]\n", REFUSED_FOR_ALL, "not 'tests'" },
	{ "scope unknown", "scope: page\n", REFUSED_FOR_ALL, "'scope' must be one of line, next-line" },
	{ "place unknown", "place: left\n", REFUSED_FOR_ALL,
	  "'place' must be one of trailing, above, below" },
	{ "key unknown", "patern: x\n", REFUSED_FOR_ALL, "did you mean 'pattern'?" },
	{ "literals missing", "literals:!\n", REFUSED_FOR_ALL, "'literals' is missing" },
	{ "literals empty", "literals: []\n", REFUSED_FOR_ALL, "at least one literal" },
	{ "literal of two bytes", "literals: [ab]\n", REFUSED_FOR_ALL, "shorter than 3" },
	{ "literal of three letters", "literals: [abc]\n", REFUSED_FOR_PACKS, "shorter than 4" },
	{ "literal of three with a blank", "literals: ['-k ']\n", READ_BY_ALL, NULL },
	{ "literal of one sign and blanks", "literals: ['  =  ']\n", REFUSED_FOR_ALL, "shorter than 3" },
	{ "literal of three with a sign inside", "literals: ['a=0']\n", READ_BY_ALL, NULL },
	{ "literal of blanks", "literals: ['        ']\n", REFUSED_FOR_ALL, "shorter than 3" },
	{ "literal on two lines", "literals: [\"ab\\ncd\"]\n", REFUSED_FOR_ALL, "line end" },
	{ "literal too common", "literals: [Verify, TRUE]\n", REFUSED_FOR_PACKS,
	  "'true' stands on very many lines" },
	{ "literal with its neighbour", "literals: ['exec(']\n", READ_BY_ALL, NULL },
	{ "pattern missing", "pattern:!\n", REFUSED_FOR_ALL, "'pattern' is missing" },
	{ "pattern empty", "pattern: ''\n", REFUSED_FOR_ALL, "1 to 10000 bytes" },
	{ "pattern list empty", "pattern: []\n", REFUSED_FOR_ALL, "needs a pattern" },
	{ "one example", "match: [verify]\n", REFUSED_FOR_PACKS, "at least 2 examples" },
	{ "no counterexamples", "no_match:!\n", REFUSED_FOR_PACKS, "at least 2 examples" },
	{ "examples are no list", "match: verify\n", REFUSED_FOR_ALL, "must be a list" },
	{ "example without text", "match: [{file: a.py}, b]\n", REFUSED_FOR_ALL, "'text' is missing" },
	{ "example that the rule does not read", "files: '*.py'\nmatch: [{file: a.c, text: x}, b]\n",
	  REFUSED_FOR_PACKS, "does not read its example's file 'a.c'" },
	{ "example left out by not_files", "files: '*.py'\nnot_files: 'ex*'\n", REFUSED_FOR_PACKS,
	  "'example.py'" },
};

static void check(void **state)
{
	const struct row *row = *state;

	for (int strict = 0; strict <= 1; strict++) {
		CLEANUP(arena) struct arena arena = { 0 };
		struct rule *rule = NULL;
		struct pol_error err = { 0 };
		bool is_read = row->answer == READ_BY_ALL || (row->answer == REFUSED_FOR_PACKS && !strict);
		enum pol_status status = read(&arena, row->changes, strict, &rule, &err);

		assert_int_equal(status, is_read ? POL_OK : POL_ECONFIG);
		if (is_read)
			continue;
		assert_null(rule);
		assert_string_equal(err.path, "pack.yaml");
		assert_in_range(err.line, 1, 20);
		if (!strstr(err.message, row->says))
			fail_msg("'%s' does not say '%s'", err.message, row->says);
	}
}

/* ---- names of examples -------------------------------------------------------------------------------------------- */

static const struct file_row {
	const char *name;
	const char *files; /* line of the entry, "" = none */
	const char *file;
} file_rows[] = {
	{ "none", "", "example.code" },
	{ "extension", "files: ['*.py', '*.pyi']\n", "example.py" },
	{ "name with star behind", "files: 'Dockerfile*'\n", "Dockerfile" },
	{ "name with star inside", "files: 'docker-compose*.yml'\n", "docker-compose.yml" },
	{ "name with star in front", "files: '*Dockerfile'\n", "Dockerfile" },
	{ "anywhere below", "files: '**/.github/workflows/*.yml'\n", ".github/workflows/example.yml" },
	{ "anchored", "files: '/.travis.yml'\n", ".travis.yml" },
	{ "folder", "files: 'k8s/'\n", "k8s/example.code" },
	{ "everything below", "files: 'k8s/**'\n", "k8s/example.code" },
	{ "any folder", "files: 'charts/*/values.yaml'\n", "charts/example/values.yaml" },
	{ "set", "files: '*.[ch]'\n", "example.c" },
	{ "question mark", "files: 'a?.c'\n", "ax.c" },
	{ "escape", "files: 'a\\*.c'\n", "a*.c" },
};

static void check_file(void **state)
{
	const struct file_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;
	struct pol_error err = { 0 };

	assert_int_equal(read(&arena, row->files, true, &rule, &err), POL_OK);
	assert_string_equal(rule->match[0].file, row->file);
	assert_string_equal(rule->no_match[1].file, row->file);
}

/* ---- what is read ------------------------------------------------------------------------------------------------- */

static void defaults_of_a_setting(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;

	(void)state;
	assert_int_equal(read(&arena, "", true, &rule, NULL), POL_OK);
	assert_string_equal(rule->message, "A title");
	assert_string_equal(rule->why, "");
	assert_int_equal(rule->where, WHERE_CODE);
	assert_int_equal(rule->place, PLACE_TRAILING);
	assert_int_equal(rule->scope, SCOPE_LINE);
	assert_int_equal(rule->severity, SEVERITY_HIGH);
	assert_int_equal(rule->cwe, 0);
	assert_false(rule->off);
	assert_null(rule->files);
	assert_null(rule->native);
	assert_null(rule->requires_);
	assert_string_equal(rule->pattern, "verify");
	assert_string_equal(rule->match[1].text, "verify 2");
	assert_null(rule->match[2].file);
}

static void defaults_of_a_suppression(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;

	(void)state;
	assert_int_equal(read(&arena, "kind: suppression\n", true, &rule, NULL), POL_OK);
	assert_int_equal(rule->kind, KIND_SUPPRESSION);
	assert_int_equal(rule->where, WHERE_COMMENT);
	assert_int_equal(rule->place, PLACE_ABOVE);
}

static void every_key_arrives(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;
	struct pol_error err = { 0 };

	(void)state;
	assert_int_equal(read(&arena,
	                      "cwe: 295\nmessage: m\nwhy: w\nfiles: ['*.a']\nnot_files: b.a\n"
	                      "where: [code, string]\nspan: 3\npath: '**.x'\nrequires: r\nunless: u\n"
	                      "unless_line: ul\nrequires_near: rn\nunless_near: un\nscope: next-line\n"
	                      "place: below\nnative: '//x'\ndefault: off\nreferences: [R1, R2]\n"
	                      "literals: [VeriFY, 'Zwölf']\n",
	                      true, &rule, &err),
	                 POL_OK);
	assert_int_equal(rule->cwe, 295);
	assert_string_equal(rule->message, "m");
	assert_string_equal(rule->why, "w");
	assert_string_equal(rule->files[0], "*.a");
	assert_string_equal(rule->not_files[0], "b.a");
	assert_int_equal(rule->where, WHERE_CODE | WHERE_STRING);
	assert_int_equal(rule->span, 3);
	assert_string_equal(rule->path, "**.x");
	assert_string_equal(rule->requires_, "r");
	assert_string_equal(rule->unless, "u");
	assert_string_equal(rule->unless_line, "ul");
	assert_string_equal(rule->requires_near, "rn");
	assert_string_equal(rule->unless_near, "un");
	assert_int_equal(rule->scope, SCOPE_NEXT_LINE);
	assert_int_equal(rule->place, PLACE_BELOW);
	assert_string_equal(rule->native, "//x");
	assert_true(rule->off);
	assert_string_equal(rule->references[1], "R2");
	assert_string_equal(rule->literals[0], "verify");
	assert_string_equal(rule->literals[1], "zwölf");
	assert_null(rule->literals[2]);
}

static void alternatives_are_joined(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;

	(void)state;
	assert_int_equal(read(&arena, "pattern: ['a|b', 'c']\n", true, &rule, NULL), POL_OK);
	assert_string_equal(rule->pattern, "(?:a|b)|(?:c)");
	assert_int_equal(read(&arena, "pattern: ['a|b']\n", true, &rule, NULL), POL_OK);
	assert_string_equal(rule->pattern, "a|b");
}

static void users_rules_need_no_examples(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule *rule;

	(void)state;
	assert_int_equal(read(&arena, "code:!\nmatch:!\nno_match:!\n", false, &rule, NULL), POL_OK);
	assert_string_equal(rule->code, "");
	assert_non_null(rule->match);
	assert_null(rule->match[0].file);
	assert_null(rule->no_match[0].file);
}

static enum pol_status read_text(struct arena *arena, const char *text, struct pol_error *err)
{
	struct yaml_node *root;
	struct rule *rules;
	size_t count;
	enum pol_status status = yaml_parse(arena, slice_of(text), "x.yaml", &root, err);

	return status < 0 ? status : rules_read(arena, root, "x.yaml", false, &rules, &count, err);
}

static void lists_are_checked_as_a_whole(void **state)
{
	static const char rule[] =
		"- {id: a, kind: setting, severity: low, title: t, fix: f, literals: [abcd], pattern: p}\n";
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct pol_error err = { 0 };

	(void)state;
	buf_printf(&text, "%s%s", rule, rule);
	assert_int_equal(read_text(&arena, text.data, &err), POL_ECONFIG);
	assert_non_null(strstr(err.message, "id a stands above already"));
	assert_int_equal(err.line, 2);
	assert_int_equal(read_text(&arena, "a: b\n", &err), POL_ECONFIG);
	assert_non_null(strstr(err.message, "expected a list of rules, not a mapping"));
	assert_int_equal(read_text(&arena, "", &err), POL_OK);
	assert_int_equal(read_text(&arena, "- text\n", &err), POL_ECONFIG);
	buf_clear(&text);
	for (int i = 0; i < 2001; i++)
		buf_add_string(&text, "-\n");
	assert_int_equal(read_text(&arena, text.data, &err), POL_ECONFIG);
	assert_non_null(strstr(err.message, "more than 2000"));
}

static void long_literals_are_refused(void **state)
{
	char literal[LITERAL_MAX + 1];

	(void)state;
	memset(literal, 'x', sizeof(literal));
	assert_null(literal_weakness((struct slice){ literal, LITERAL_MAX }, true));
	assert_non_null(literal_weakness((struct slice){ literal, LITERAL_MAX + 1 }, false));
}

static void every_missing_allocation_is_told(void **state)
{
	CLEANUP(arena) struct arena tree = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct yaml_node *root;
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	build(&text, "pattern: [a, b]\nmatch: [{file: a.c, text: x}, b]\n");
	assert_int_equal(yaml_parse(&tree, (struct slice){ text.data, text.size }, "", &root, NULL), POL_OK);
	while (status != POL_OK) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct rule *rules;
		size_t count;

		status = rules_read(&arena, root, "", true, &rules, &count, NULL);
		assert_true(status == POL_OK || status == POL_ENOMEM);
	}
	assert_in_range(fail_at, 10, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_of_a_setting),
		cmocka_unit_test(defaults_of_a_suppression),
		cmocka_unit_test(every_key_arrives),
		cmocka_unit_test(alternatives_are_joined),
		cmocka_unit_test(users_rules_need_no_examples),
		cmocka_unit_test(lists_are_checked_as_a_whole),
		cmocka_unit_test(long_literals_are_refused),
		cmocka_unit_test(every_missing_allocation_is_told),
	};

	return ROWS_RUN("rule file", rows, check) + ROWS_RUN("rule file: examples", file_rows, check_file) +
	       cmocka_run_group_tests_name("rule file: keys", tests, NULL, NULL);
}
