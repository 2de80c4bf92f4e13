/* test_yaml.c - strict YAML: what is read, what is refused and where, and that hostile input ends soon. */
#include "policy/config/yaml.h"

#include "policy/base/date.h"
#include "tests/support/rows.h"

#include <string.h>

/* ---- trees -------------------------------------------------------------------------------------------------------- */

/* Writes node as {key: value, …}, [item, …], 'quoted', plain or ~. Depth is bounded by the reader under test. */
static void dump(struct buf *out, const struct yaml_node *node)
{
	bool is_mapping = node->type == YAML_MAPPING;

	if (node->type == YAML_NULL)
		buf_add_string(out, "~");
	if (node->type == YAML_SCALAR)
		buf_printf(out, node->quoted ? "'%s'" : "%s", node->scalar);
	if (node->type == YAML_SCALAR || node->type == YAML_NULL)
		return;
	buf_add_char(out, is_mapping ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		if (i > 0)
			buf_add_string(out, ", ");
		if (is_mapping) {
			dump(out, node->keys[i]);
			buf_add_string(out, ": ");
		}
		dump(out, node->items[i]);
	}
	buf_add_char(out, is_mapping ? '}' : ']');
}

static const struct row {
	const char *name;
	const char *text;
	const char *tree; /* NULL = refused */
	uint32_t line;    /* where it is refused */
	const char *says; /* part of the message */
} rows[] = {
	/* read */
	{ "empty", "", "~", 0, NULL },
	{ "comment only", "# nothing\n", "~", 0, NULL },
	{ "document marks", "---\na: b\n...\n", "{a: b}", 0, NULL },
	{ "byte order mark",
	  "\xef\xbb\xbf"
	  "a: b\n",
	  "{a: b}", 0, NULL },
	{ "CRLF", "a: b\r\nc: d\r\n", "{a: b, c: d}", 0, NULL },
	{ "no final line end", "a: b", "{a: b}", 0, NULL },
	{ "nested", "a:\n  - b\n  - c: d\n    e: [f, g]\n", "{a: [b, {c: d, e: [f, g]}]}", 0, NULL },
	{ "list at its key's indentation", "a:\n- b\n- c\n", "{a: [b, c]}", 0, NULL },
	{ "list of lists", "- [a]\n- []\n", "[[a], []]", 0, NULL },
	{ "quoted", "a: 'b: c'\nd: \"e\\n\"\n", "{a: 'b: c', d: 'e\n'}", 0, NULL },
	{ "literal block", "a: |\n  b\n   c\n\nd: e\n", "{a: 'b\n c\n', d: e}", 0, NULL },
	{ "literal block with CRLF", "a: |\r\n  b\r\n  c\r\n", "{a: 'b\nc\n'}", 0, NULL },
	{ "folded block", "a: >-\n  b\n  c\n", "{a: 'b c'}", 0, NULL },
	{ "comments", "a: b # c\n# d\ne: f#g\n", "{a: b, e: f#g}", 0, NULL },
	{ "nothing as value", "a:\nb: ~\nc: null\nd: ''\n", "{a: ~, b: ~, c: ~, d: ''}", 0, NULL },
	{ "quoted null is a text", "a: 'null'\n", "{a: 'null'}", 0, NULL },
	{ "null as key is a text", "null: a\n", "{null: a}", 0, NULL },
	{ "booleans stay texts", "a: yes\non: off\n", "{a: yes, on: off}", 0, NULL },
	{ "UTF-8", "a: \xc3\xa4\n", "{a: \xc3\xa4}", 0, NULL },
	{ "16 levels", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 0, NULL },
	/* refused */
	{ "17 levels", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", NULL, 1, "deeper than 16" },
	{ "duplicate key", "a: b\nc: d\na: e\n", NULL, 3, "'a' stands here a second time, first on line 1" },
	{ "duplicate key below", "x:\n  a: b\n  'a': e\n", NULL, 3, "second time" },
	{ "duplicate key in flow", "{a: 1, b: 2, a: 3}\n", NULL, 1, "second time" },
	{ "anchor", "a: &x b\n", NULL, 1, "anchors (&x)" },
	{ "anchor on a list", "a: b\nc: &x [d]\n", NULL, 2, "anchors" },
	{ "anchor on a mapping", "&x {a: b}\n", NULL, 1, "anchors" },
	{ "alias", "a: b\nc: *x\n", NULL, 2, "aliases (*x)" },
	{ "tag", "a: !!str b\n", NULL, 1, "tags (tag:yaml.org,2002:str)" },
	{ "own tag", "a: !include b\n", NULL, 1, "tags (!include)" },
	{ "tag on a list", "a: !!set [b]\n", NULL, 1, "tags" },
	{ "tag on a mapping", "--- !!omap\na: b\n", NULL, 1, "tags" },
	{ "merge key", "a: b\n<<: {c: d}\n", NULL, 2, "merge keys" },
	{ "list as key", "? [a]\n: b\n", NULL, 1, "a key must be plain text, not a list" },
	{ "mapping as key", "{a: b}: c\n", NULL, 1, "a key must be plain text, not a mapping" },
	{ "no key", "a: b\n?\n: d\n", NULL, 2, "a key is missing" },
	{ "two documents", "a: b\n---\nc: d\n", NULL, 2, "second document" },
	{ "@ at the start", "a: b\nowner: @platform\n", NULL, 2, "put the value in quotes" },
	{ "tab as indentation", "a:\n\tb: c\n", NULL, 2, "tab" },
	{ "colon in a value", "a: b: c\n", NULL, 1, "': '" },
	{ "open list", "a: [b, c\nd: e\n", NULL, 2, "not closed" },
	{ "open quote", "a: 'b\n", NULL, 1, "not closed" },
	{ "key without value", "a: b\nc\n", NULL, 2, "key: value" },
	{ "list item in a mapping", "a: b\n- c\n", NULL, 2, "indentation" },
	{ "wrong indentation", "a:\n   b: c\n  d: e\n", NULL, 3, "indentation" },
	{ "bad escape", "a: \"\\d\"\n", NULL, 1, "single quotes" },
	{ "escaped NUL", "a: b\nc: \"d\\0e\"\n", NULL, 2, "NUL" },
	{ "escaped NUL in a key", "\"d\\0e\": a\n", NULL, 1, "NUL" },
	{ "control character", "a: b\nc: \x01\n", NULL, 2, "control character" },
	{ "invalid UTF-8", "a: b\nc: \xff\n", NULL, 2, "not valid UTF-8" },
	{ "overlong UTF-8", "a: b\n\nc: \xc0\xaf\n", NULL, 3, "not valid UTF-8" },
	{ "Latin 1 in a comment", "# caf\xe9\na: b\n", NULL, 1, "not valid UTF-8" },
	{ "UTF-16",
	  "\xff\xfe"
	  "a",
	  NULL, 1, "not valid UTF-8" },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf tree = { 0 };
	struct yaml_node *root = NULL;
	struct pol_error err = { 0 };
	enum pol_status status = yaml_parse(&arena, slice_of(row->text), "x.yaml", &root, &err);

	if (row->tree) {
		assert_int_equal(status, POL_OK);
		dump(&tree, root);
		assert_string_equal(tree.data, row->tree);
		return;
	}
	assert_int_equal(status, POL_ECONFIG);
	assert_null(root);
	assert_string_equal(err.path, "x.yaml");
	if (!strstr(err.message, row->says))
		fail_msg("'%s' does not say '%s'", err.message, row->says);
	assert_int_equal(err.line, row->line);
}

static void nodes_know_their_place(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct yaml_node *root;
	const struct yaml_node *list;

	(void)state;
	assert_int_equal(yaml_parse(&arena, SLICE("# c\na: b\nlist:\n  - x\n  -  y\n"), "", &root, NULL),
	                 POL_OK);
	list = yaml_get(root, "list");
	assert_non_null(list);
	assert_int_equal(root->keys[1]->line, 3);
	assert_int_equal(list->line, 4);
	assert_int_equal(list->items[1]->line, 5);
	assert_int_equal(list->items[1]->column, 6);
	assert_null(yaml_get(root, "other"));
	assert_null(yaml_get(list, "a"));
	assert_null(yaml_get(NULL, "a"));
}

/* ---- bounds ------------------------------------------------------------------------------------------------------- */

/* A unit repeated, with a number in place of a % in it. */
static const struct flood_row {
	const char *name;
	const char *unit;
	int count;
	bool is_read;
} flood_rows[] = {
	{ "200 kB of [", "[", 200000, false },
	{ "200 kB of {", "{", 200000, false },
	{ "200 kB of - ", "- ", 100000, false },
	{ "200 kB of ? ", "? ", 100000, false },
	{ "200 kB of [{", "[{", 100000, false },
	{ "200 kB of quotes", "'", 200001, false },
	{ "200 kB of !", "!", 200000, false },
	{ "200 kB of &a ", "&a ", 66000, false },
	{ "200 kB of blanks", " ", 200000, true },
	{ "200 kB of #", "#", 200000, true },
	{ "40,000 keys", "k%: v\n", 40000, true },
	{ "60,000 keys are over 100,000 nodes", "k%: v\n", 60000, false },
	{ "40,000 times one key", "k: v\n", 40000, false },
	{ "99,999 items", "- v\n", 99999, true },
	{ "100,000 items and their list", "- v\n", 100000, false },
	{ "5 MiB", "#################################################\n", 110000, false },
};

static void check_flood(void **state)
{
	const struct flood_row *row = *state;
	const char *number = strchr(row->unit, '%');
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct yaml_node *root = NULL;
	struct pol_error err = { 0 };
	enum pol_status status;

	for (int i = 0; i < row->count; i++) {
		buf_add(&text, row->unit, number ? (size_t)(number - row->unit) : strlen(row->unit));
		if (number)
			buf_printf(&text, "%d%s", i, number + 1);
	}
	assert_false(buf_failed(&text));
	status = yaml_parse(&arena, (struct slice){ text.data, text.size }, "x.yaml", &root, &err);
	assert_int_equal(status, row->is_read ? POL_OK : POL_ECONFIG);
}

static void every_missing_allocation_is_told(void **state)
{
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	while (status != POL_OK) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct yaml_node *root = NULL;

		status = yaml_parse(&arena, SLICE("a: [b, c]\nd: {e: f}\n"), "", &root, NULL);
		assert_true(status == POL_OK || status == POL_ENOMEM);
		assert_true((status == POL_OK) == (root != NULL));
	}
	assert_in_range(fail_at, 10, 100);
}

/* ---- schemas ------------------------------------------------------------------------------------------------------ */

struct object {
	const char *name;
	bool flag;
	int choice;
	int32_t number;
	int kind;
	int32_t day;
	const char *const *list;
	const struct yaml_node *node;
	uint32_t line;
};

static const char *const kinds[] = { "apple", "pear", "plum", NULL };

static const struct yaml_field fields[] = {
	{ "name", YAML_FIELD_STRING, .offset = offsetof(struct object, name), .required = true },
	{ "flag", YAML_FIELD_BOOL, .offset = offsetof(struct object, flag) },
	{ "choice", YAML_FIELD_SWITCH, .offset = offsetof(struct object, choice) },
	{ "number", YAML_FIELD_INT, .offset = offsetof(struct object, number), .min = -5, .max = 300,
	  .line_offset = offsetof(struct object, line) },
	{ "kind", YAML_FIELD_ENUM, .offset = offsetof(struct object, kind), .names = kinds },
	{ "first_kinds", YAML_FIELD_ENUM, .offset = offsetof(struct object, kind), .names = kinds, .max = 2 },
	{ "day", YAML_FIELD_DATE, .offset = offsetof(struct object, day) },
	{ "list", YAML_FIELD_STRINGS, .offset = offsetof(struct object, list) },
	{ "node", YAML_FIELD_NODE, .offset = offsetof(struct object, node) },
	{ 0 },
};

static const struct field_row {
	const char *name;
	const char *text;
	const char *read; /* the object as written by show, NULL = refused */
	uint32_t line;
	const char *says;
} field_rows[] = {
	{ "only what must be", "name: x", "x 0 -1 7 -1 none", 0, NULL },
	{ "everything",
	  "name: 'x y'\nflag: yes\nchoice: off\nnumber: 300\nkind: plum\nday: 2026-01-02\nlist: [a, 'b']\n",
	  "x y 1 0 300 2 2026-01-02 a b", 0, NULL },
	{ "a number as text", "name: 12", "12 0 -1 7 -1 none", 0, NULL },
	{ "a text as list", "name: x\nlist: a", "x 0 -1 7 -1 none a", 0, NULL },
	{ "an empty list", "name: x\nlist:\n", "x 0 -1 7 -1 none", 0, NULL },
	{ "words for yes", "name: x\nflag: On\nchoice: TRUE\n", "x 1 1 7 -1 none", 0, NULL },
	{ "negative", "name: x\nnumber: -5\n", "x 0 -1 -5 -1 none", 0, NULL },
	{ "some of the names", "name: x\nfirst_kinds: pear\n", "x 0 -1 7 1 none", 0, NULL },
	{ "missing", "flag: yes\n", NULL, 1, "'name' is missing" },
	{ "missing in nothing", "", NULL, 1, "'name' is missing" },
	{ "unknown, near", "name: x\nnubmer: 1\n", NULL, 2, "unknown key 'nubmer', did you mean 'number'?" },
	{ "unknown, one letter off", "name: x\nflags: 1\n", NULL, 2, "did you mean 'flag'?" },
	{ "unknown, far", "name: x\nzzzzzz: 1\n", NULL, 2, "the keys here are name, flag, choice, number" },
	{ "key in capitals", "NAME: x\n", NULL, 1, "unknown key 'NAME'" },
	{ "no mapping", "- name: x\n", NULL, 1, "expected keys with values here, not a list" },
	{ "text instead of keys", "name\n", NULL, 1, "expected keys with values here, not a single value" },
	{ "list for a text", "name: [x]\n", NULL, 1, "'name' must be a text, not a list" },
	{ "nothing for a text", "name:\n", NULL, 1, "'name' must be a text, not nothing" },
	{ "no bool", "name: x\nflag: 1\n", NULL, 2, "'flag' must be yes or no, not '1'" },
	{ "quoted bool", "name: x\nflag: 'yes'\n", NULL, 2, "'flag' must be yes or no" },
	{ "nothing for a bool", "name: x\nflag:\n", NULL, 2, "'flag' must be yes or no, not nothing" },
	{ "too large", "name: x\nnumber: 301\n", NULL, 2, "a whole number from -5 to 300, not '301'" },
	{ "too small", "name: x\nnumber: -6\n", NULL, 2, "a whole number" },
	{ "huge", "name: x\nnumber: 99999999999999999999999\n", NULL, 2, "a whole number" },
	{ "wraps around in 32 bits", "name: x\nnumber: 4294967296\n", NULL, 2, "a whole number" },
	{ "no number", "name: x\nnumber: 1.5\n", NULL, 2, "a whole number" },
	{ "sign alone", "name: x\nnumber: '-'\n", NULL, 2, "a whole number" },
	{ "quoted number", "name: x\nnumber: '1'\n", NULL, 2, "a whole number" },
	{ "no such name", "name: x\nkind: fig\n", NULL, 2,
	  "'kind' must be one of apple, pear, plum, not 'fig'" },
	{ "name over the count", "name: x\nfirst_kinds: plum\n", NULL, 2, "one of apple, pear, not" },
	{ "no such day", "name: x\nday: 2026-02-30\n", NULL, 2, "a day of the calendar" },
	{ "mapping for a list", "name: x\nlist: {a: b}\n", NULL, 2,
	  "a text or a list of texts, not a mapping" },
	{ "list in a list", "name: x\nlist:\n- a\n- [b]\n", NULL, 4, "a list of texts, not a list" },
};

static void show(struct buf *out, const struct object *object)
{
	char day[DATE_TEXT_SIZE] = "none";

	if (object->day != DATE_NONE)
		date_format(object->day, day);
	buf_printf(out, "%s %d %d %d %d %s", object->name, object->flag, object->choice, (int)object->number,
	           object->kind, day);
	for (const char *const *item = object->list; item && *item; item++)
		buf_printf(out, " %s", *item);
}

static void check_fields(void **state)
{
	const struct field_row *row = *state;
	struct object object = { .choice = -1, .number = 7, .kind = -1, .day = DATE_NONE };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf shown = { 0 };
	struct yaml_node *root;
	struct pol_error err = { 0 };
	enum pol_status status;

	assert_int_equal(yaml_parse(&arena, slice_of(row->text), "x.yaml", &root, &err), POL_OK);
	status = yaml_read_fields(&arena, root, "x.yaml", fields, &object, &err);
	if (row->read) {
		assert_int_equal(status, POL_OK);
		show(&shown, &object);
		assert_string_equal(shown.data, row->read);
		return;
	}
	assert_int_equal(status, POL_ECONFIG);
	if (!strstr(err.message, row->says))
		fail_msg("'%s' does not say '%s'", err.message, row->says);
	assert_int_equal(err.line, row->line);
}

static void nodes_and_lines_are_handed_on(void **state)
{
	struct object object = { 0 };
	CLEANUP(arena) struct arena arena = { 0 };
	struct yaml_node *root;

	(void)state;
	assert_int_equal(
		yaml_parse(&arena, SLICE("name: x\nnode: {a: b}\n\nnumber:\n  3\n"), "", &root, NULL),
		POL_OK);
	assert_int_equal(yaml_read_fields(&arena, root, "", fields, &object, NULL), POL_OK);
	assert_ptr_equal(object.node, yaml_get(root, "node"));
	assert_int_equal(object.line, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_know_their_place),
		cmocka_unit_test(every_missing_allocation_is_told),
		cmocka_unit_test(nodes_and_lines_are_handed_on),
	};

	return ROWS_RUN("yaml", rows, check) + ROWS_RUN("yaml floods", flood_rows, check_flood) +
	       ROWS_RUN("yaml fields", field_rows, check_fields) +
	       cmocka_run_group_tests_name("yaml nodes", tests, NULL, NULL);
}
