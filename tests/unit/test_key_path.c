/* Key paths: each row is a text with a @ in front of the place that is asked for, and the keys above it. */
#include "policy/rules/lexer.h"
#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name, *path, *text, *want;
} rows[] = {
	{ "yaml top level", "a.yaml", "@a: 1\n", "" },
	{ "yaml nesting", "a.yaml", "a:\n  b:\n    @c: 1\n", "a.b" },
	{ "yaml siblings", "a.yaml", "a:\n  x: 1\n  b:\n    y: 2\n    @c: 1\n", "a.b" },
	{ "yaml list items", "a.yaml",
	  "jobs:\n  a:\n    steps:\n      - run: x\n      - uses: y\n        @env: z\n", "jobs.a.steps" },
	{ "yaml list at the key's column", "a.yaml", "a:\n- b: 1\n  @c: 2\n", "a" },
	{ "yaml item line", "a.yaml", "a:\n- x: 1\n- @b: 1\n", "a" },
	{ "yaml plain item", "a.yaml", "caps:\n  add:\n    - @ALL\n", "caps.add" },
	{ "yaml key of an item", "a.yaml", "a:\n  - b:\n      @c: 1\n", "a.b" },
	{ "yaml list of lists", "a.yaml", "a:\n  - - b: 1\n      @c: 2\n", "a" },
	{ "yaml key after a nested list", "a.yaml", "a:\n  b:\n    - x\n    - y\n  @c: 1\n", "a" },
	{ "yaml quoted keys", "a.yaml", "\"a b\":\n  'c: d':\n    @e: 1\n", "a b.c: d" },
	{ "yaml key with dots", "a.yaml", "x.y/z:\n  @e: 1\n", "x.y/z" },
	{ "yaml comments and blanks", "a.yaml", "a: # x: y\n\n# b:\n  @c: 1\n", "a" },
	{ "yaml block scalar", "a.yaml", "run: |\n  if x:\n    @curl -k\n", "run" },
	{ "yaml documents", "a.yaml", "a:\n---\n  @c: 1\n", "" },
	{ "yaml url is no key", "a.yaml", "a:\n  - http://x\n  - @b\n", "a" },
	{ "yaml template lines", "a.yaml", "a:\n  {{- if .x }}\n  b:\n    @c: 1\n", "a.b" },
	{ "yaml crlf", "a.yaml", "a:\r\n  b:\r\n    @c: 1\r\n", "a.b" },
	{ "json", "a.json", "{\n \"a\": {\n  \"x\": {},\n  \"b\": [\n   { @\"c\": 1 }\n", "a.b" },
	{ "json on one line", "a.json", "{\"a\": {\"b\": {@\"c\": true}}}\n", "a.b" },
	{ "json brackets in strings", "a.json", "{\"a\": {\"x\": \"}\\\"}\", \"y\": \"{\", @\"c\": 1}}",
	  "a" },
	{ "json place within a string", "a.json", "{\"a\": {\"c\": \"x @y\"}}", "a" },
	{ "json with comments", "a.json5", "{ // }\n a: { /* } */\n  'b': {\n   @c: 1\n", "a.b" },
	{ "hcl block", "a.tf", "resource \"aws_s3_bucket\" \"x\" {\n  @acl = 1\n",
	  "resource.aws_s3_bucket.x" },
	{ "hcl nested", "a.tf",
	  "resource \"a\" \"b\" {\n  dynamic \"ingress\" {\n    content {\n      @x = 1\n",
	  "resource.a.b.dynamic.ingress.content" },
	{ "hcl map", "a.tf", "module \"m\" {\n  a = 1\n  tags = {\n    @x = 1\n", "module.m.tags" },
	{ "hcl call", "a.tf", "locals {\n  p = jsonencode({\n    S = [{\n      @E = 1\n", "locals.p.S" },
	{ "hcl closed blocks", "a.tf", "a \"b\" {\n  c {\n  }\n  @d = 1\n", "a.b" },
	{ "hcl interpolation", "a.tf", "a {\n  b = \"${c[\"d\"]}\"\n  @d = 1\n", "a" },
	{ "hcl comment", "a.tf", "# x {\na {\n  @d = 1\n", "a" },
	{ "toml section", "a.toml", "[a.b]\n@c = 1\n", "a.b" },
	{ "toml array of tables", "a.toml", "[x]\n[[a.b]] # y\nd = 2\n@c = 1\n", "a.b" },
	{ "toml dotted key", "a.toml", "[a]\n@b.c.d = 1\n", "a.b.c" },
	{ "toml quoted section", "a.toml", "[a.\"b.c\"]\n@d = 1\n", "a.b.c" },
	{ "toml array", "a.toml", "[advisories]\nignore = [\n  \"x\",\n  { @id = \"y\" },\n",
	  "advisories.ignore" },
	{ "toml section head", "a.toml", "[a]\n[@b]\n", "" },
	{ "ini section", "a.ini", "[a b]\nx = 1\n@c = 1\n", "a b" },
	{ "ini without section", "a.ini", "@c = 1\n", "" },
	{ "properties", "a.properties", "@a.b.c=1\n", "a.b" },
	{ "xml", "a.xml", "<?xml version=\"1.0\"?>\n<a>\n <x/>\n <y>1</y>\n <b c=\"d\">\n  @<e>1</e>\n",
	  "a.b" },
	{ "xml attribute on its own line", "a.xml", "<a>\n<n:b\n  @c=\"d\"\n", "a.n:b" },
	{ "xml comment", "a.xml", "<a>\n<!-- <b> -->\n@c\n", "a" },
	{ "no keys", "a.py", "a = {\n  @b: 1\n", "" },
	{ "empty text", "a.yaml", "@", "" },
};

static const char *path_of(struct arena *arena, const char *file, const char *marked)
{
	const char *at = strchr(marked, '@');
	size_t offset = (size_t)(at - marked), size = strlen(marked) - 1;
	char *text = arena_alloc(arena, size + 1, 1);
	const char *path = NULL;
	struct lexed lexed;
	struct slice slice;

	assert_non_null(text);
	memcpy(text, marked, offset);
	memcpy(text + offset, at + 1, size - offset);
	slice = (struct slice){ text, size };
	assert_int_equal(lexer_run(arena, language_of(file, slice), slice, &lexed), POL_OK);
	assert_int_equal(lexed_key_path(arena, &lexed, offset, &path), POL_OK);
	return path;
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };

	assert_string_equal(path_of(&arena, row->path, row->text), row->want);
}

/* A path holds 64 keys at most, the inner ones. */
static void depth(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	const char *path;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_add_string(&text, "{\"a\":");
	buf_add_string(&text, "@1");
	assert_false(buf_failed(&text));
	path = path_of(&arena, "a.json", text.data);
	assert_int_equal(strlen(path), 64 * 2 - 1);
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(depth) };
	int failed = ROWS_RUN("key path", rows, check);

	return failed + cmocka_run_group_tests_name("key path bounds", others, NULL, NULL);
}
