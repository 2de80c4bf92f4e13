/* Where a statement begins: each row is a text, a line, and the line that its statement begins on. */
#include "policy/rules/lexer.h"
#include "tests/support/rows.h"

static const struct row {
	const char *name, *path, *text;
	uint32_t line, want;
} rows[] = {
	{ "single line", "a.py", "a\nb\n", 2, 2 },
	{ "line zero", "a.py", "a\n", 0, 0 },
	{ "behind the end", "a.py", "a\n", 9, 9 },
	{ "call over lines", "a.py", "x\nf(\n  a,\n  b=1,\n)\n", 4, 2 },
	{ "closing bracket", "a.py", "x\nf(\n  a\n)\n", 4, 2 },
	{ "after a call", "a.py", "f(\n  a\n)\nb\n", 4, 4 },
	{ "nested calls", "a.py", "f(\n  g(\n    a,\n  ),\n  h(\n    b\n", 6, 1 },
	{ "list", "a.py", "x = [\n  a,\n  b,\n", 3, 1 },
	{ "dictionary", "a.py", "x = {\n  'a': 1,\n  'b': {\n    'c': 2\n", 4, 1 },
	{ "bracket in string", "a.py", "x = '('\ny\n", 2, 2 },
	{ "bracket in comment", "a.py", "# (\ny\n", 2, 2 },
	{ "backslash", "a.py", "a = b + \\\n  c\n", 2, 1 },
	{ "python backslashes", "a.sh", "curl \\\n  -k \\\n  x\n", 3, 1 },
	{ "backslash in a comment joins nothing", "a.sh", "# a \\\nb\n", 2, 2 },
	{ "trailing operator", "a.js", "x = a +\n  b\n", 2, 1 },
	{ "trailing comma joins nothing", "a.js", "a,\nb\n", 2, 2 },
	{ "trailing pipe in shell", "a.sh", "a |\n  b\n", 2, 1 },
	{ "trailing equals in shell", "a.sh", "a =\nb\n", 2, 2 },
	{ "block parameter", "a.rb", "a.each do |x|\n  b\n", 2, 2 },
	{ "increment", "a.c", "i++\nb;\n", 2, 2 },
	{ "method chain", "a.js", "a\n  .b()\n  .c()\n", 3, 1 },
	{ "method chain with a comment", "a.js", "a\n  // x\n  .b()\n", 3, 1 },
	{ "arrow chain", "a.php", "<?php\n$a\n  ->b()\n", 3, 2 },
	{ "spread is no chain", "a.js", "a\n...b\n", 2, 2 },
	{ "class selector is no chain", "a.css", "a\n.b {}\n", 2, 2 },
	{ "function body", "a.js", "function f() {\n  a\n", 2, 2 },
	{ "arrow body", "a.js", "const f = () => {\n  a\n", 2, 2 },
	{ "body within a call", "a.js", "it('x', function () {\n  a\n", 2, 2 },
	{ "else body", "a.c", "else {\n  a\n", 2, 2 },
	{ "literal of a call", "a.js", "f({\n  a: 1,\n", 2, 1 },
	{ "literal after return", "a.js", "return {\n  a: 1,\n", 2, 1 },
	{ "go composite", "a.go", "c := &tls.Config{\n\tA: true,\n", 2, 1 },
	{ "go function value", "a.go", "f := func() {\n\ta\n", 2, 2 },
	{ "rust condition", "a.rs", "let a = if b {\n  c\n", 2, 2 },
	{ "struct initialiser", "a.c", "struct s a = {\n\t.b = 1,\n\t.c = 2,\n", 3, 1 },
	{ "struct declaration", "a.c", "struct s {\n\tint b;\n", 2, 2 },
	{ "comparison is no assignment", "a.c", "while (a == b) {\n\tc\n", 2, 2 },
	{ "string over lines", "a.py", "x = \"\"\"\na\nb\"\"\"\n", 3, 1 },
	{ "terraform map", "a.tf", "resource \"a\" \"b\" {\n  c = {\n    d = 1\n", 3, 2 },
	{ "terraform block", "a.tf", "resource \"a\" \"b\" {\n  d = 1\n", 2, 2 },
	{ "toml array", "a.toml", "a = [\n  'b',\n  'c',\n", 3, 1 },
	{ "json is not joined", "tsconfig.json", "{\n  \"a\": {\n    \"b\": 1\n", 3, 3 },
	{ "yaml is not joined", "a.yaml", "a: (\nb: c\n", 2, 2 },
	{ "yaml script", "a.yaml", "run: |\n  curl \\\n    -k\n", 3, 2 },
	{ "dockerfile", "Dockerfile", "RUN a && \\\n  b\n", 2, 1 },
	{ "xml tag", "a.xml", "<a>\n<b\n  c=\"d\"\n", 3, 2 },
	{ "xml after a tag", "a.xml", "<a>\nb\n", 2, 2 },
	{ "prose", "a.md", "a (\nb\n", 2, 2 },
	{ "powershell", "a.ps1", "curl `\n  -k\n", 2, 1 },
	{ "annotation", "a.java", "@Override\n@A(\"b\")\nvoid f() {\n", 3, 1 },
	{ "decorator", "a.py", "x\n@a.b\ndef f():\n\ty\n", 3, 2 },
	{ "body below an annotation", "a.py", "@a\ndef f():\n\ty\n", 3, 3 },
	{ "rust attribute", "a.rs", "#[test]\nfn f() {\n", 2, 1 },
	{ "ruby variable", "a.rb", "@a\nb\n", 2, 2 },
	{ "crlf", "a.sh", "curl \\\r\n  -k\r\n", 2, 1 },
};

static void check(void **state)
{
	const struct row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(lexed_statement_line(&lexed, row->line), row->want);
}

/* Looks back 200 lines, no more. */
static void bound(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct lexed lexed;

	(void)state;
	buf_add_string(&text, "f(\n");
	for (int i = 0; i < 300; i++)
		buf_add_string(&text, "a\n");
	assert_false(buf_failed(&text));
	assert_int_equal(lexer_run(&arena, language_of("a.py", (struct slice){ 0 }),
	                           (struct slice){ text.data, text.size }, &lexed),
	                 POL_OK);
	assert_int_equal(lexed_statement_line(&lexed, 150), 1);
	assert_int_equal(lexed_statement_line(&lexed, 290), 290);
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(bound) };
	int failed = ROWS_RUN("statement", rows, check);

	return failed + cmocka_run_group_tests_name("statement bounds", others, NULL, NULL);
}
