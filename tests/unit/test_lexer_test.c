/* Text that names a setting without making it: titles of tests, expected output, a program's own flags, documents. Each
 * row asks one question about X. */
#include "policy/rules/lexer.h"
#include "tests/support/rows.h"

#include <string.h>

typedef bool question(const struct lexed *lexed, size_t offset);

static bool flag_of_usage(const struct lexed *lexed, size_t offset)
{
	return lexed_is_usage(lexed, offset - 2, offset + 1);
}

static const struct row {
	const char *title;
	question *ask;
	const char *path;
	const char *text;
	bool want;
} rows[] = {
	{ "title in a shell", lexed_is_title, "t.sh", "test_expect_success 'a X' '\n\ttrue\n'\n", true },
	{ "title behind a prerequisite", lexed_is_title, "t.sh", "test_expect_success GPG 'a X' '\n'\n",
	  true },
	{ "body of a case", lexed_is_title, "t.sh", "test_expect_success 'a' '\n\tgit X\n'\n", false },
	{ "body on the title's line", lexed_is_title, "t.sh", "test_expect_success 'a' 'git X'\n", false },
	{ "title in JavaScript", lexed_is_title, "a.js", "  it('does X', () => {\n", true },
	{ "title in Ruby", lexed_is_title, "a.rb", "  context \"with X\" do\n", true },
	{ "title of bats", lexed_is_title, "a.bats", "@test \"with X\" {\n", true },
	{ "method of a regular expression", lexed_is_title, "a.js", "exec('X')\n", false },
	{ "word that ends so", lexed_is_title, "a.rb", "  commit 'X'\n", false },
	{ "data", lexed_is_title, "a.yaml", "it('X')\n", false },
	{ "expected output", lexed_is_expected_output, "t.sh", "cat >expect <<-EOF\na\nX\nEOF\n", true },
	{ "expected output in a body", lexed_is_expected_output, "t.sh",
	  "test_expect_success 'a' '\n\tcat >expected <<-\\EOF &&\n\tX\n\tEOF\n'\n", true },
	{ "compared at once", lexed_is_expected_output, "t.sh", "diff -u out - <<'END'\nX\nEND\n", true },
	{ "file that is written", lexed_is_expected_output, "t.sh", "cat >a.conf <<EOF\nX\nEOF\n", false },
	{ "behind the end", lexed_is_expected_output, "t.sh", "a '\ncat >expect <<EOF\na\nEOF\ngit X\n'\n",
	  false },
	{ "another here-document", lexed_is_expected_output, "t.sh",
	  "cat >expect <<EOF\na\nEOF\ncat >conf <<EOF\nX\nEOF\n", false },
	{ "own flag", lexed_is_own_flag, "a.py", "p.add_argument('-n', '-X', action='store_true')\n", true },
	{ "own flag over lines", lexed_is_own_flag, "a.py", "p.add_option(\n    \"-n\",\n    \"-X\",\n)\n",
	  true },
	{ "flag of a command", lexed_is_own_flag, "a.py", "run(['curl', '-X'])\n", false },
	{ "flag that is added", lexed_is_own_flag, "a.py", "args.append('-X')\n", false },
	{ "name beside its constant", lexed_is_registered, "a.c", "REG(\"XABC\", XABC);\n", true },
	{ "constant beside its name", lexed_is_registered, "a.c", "def(m, \"None_a\", INT(XS_NONE_A));\n",
	  true },
	{ "constant that is defined", lexed_is_registered, "a.cc", "NODE_DEFINE_CONSTANT(target, X);\n",
	  true },
	{ "constant beside another name", lexed_is_registered, "a.c", "set(m, \"mode\", X_NONE);\n", false },
	{ "option and its value", lexed_is_registered, "a.py", "set(\"verify\", X)\n", false },
	{ "left out", lexed_is_dead, "a.c", "#if 0\na();\nX();\n#endif\n", true },
	{ "left out with a condition within", lexed_is_dead, "a.c",
	  "#if 0\n#ifdef A\n#else\n#endif\nX();\n#endif\n", true },
	{ "otherwise of what is left out", lexed_is_dead, "a.c", "#if 0\na();\n#else\nX();\n#endif\n",
	  false },
	{ "otherwise of what is taken", lexed_is_dead, "a.c", "#if 1\na();\n#else\nX();\n#endif\n", true },
	{ "behind what is left out", lexed_is_dead, "a.c", "#if 0\na();\n#endif\nX();\n", false },
	{ "condition", lexed_is_dead, "a.c", "#if A\nX();\n#endif\n", false },
	{ "symbol that is looked up", lexed_is_compared, "a.cpp", "p = library->resolve(\"X\");\n", true },
	{ "docbook", lexed_is_xml_document, "a.xml", "<para>Use <option>X</option></para>\n", true },
	{ "listing", lexed_is_xml_document, "a.xml", "<a><programlisting>\nX\n</programlisting></a>\n",
	  true },
	{ "root of a document", lexed_is_xml_document, "a.xml",
	  "<?xml?>\n<!-- a -->\n<doc t=\"a\">\n<v>X</v>\n</doc>\n", true },
	{ "shown text", lexed_is_xml_document, "a.xml",
	  "<r>\n<string name=\"hint\">Mit X anders</string>\n</r>\n", true },
	{ "configuration", lexed_is_xml_document, "a.xml", "<a><b>X</b></a>\n", false },
	{ "comment with markup", lexed_is_xml_document, "a.xml", "<!-- <p>a</p> -->\n<a>X</a>\n", false },
	{ "page", lexed_is_xml_document, "a.html", "<p>X</p>\n", false },
	{ "help", lexed_is_help, "a.py", "add('-n', help='like curl X')\n", true },
	{ "help in pieces", lexed_is_help, "a.py", "add('-n', help='a '\n    'like curl X')\n", true },
	{ "option in an object", lexed_is_help, "a.js", "f({ description: 'X' })\n", true },
	{ "another argument", lexed_is_help, "a.py", "add('X', help='a')\n", false },
	{ "command", lexed_is_help, "a.py", "run(command='X')\n", false },
	{ "schema", lexed_is_help, "a.json", "{\"description\": \"a 'b' X\"}\n", true },
	{ "quotes in a schema", lexed_is_help, "a.json", "{\"documentation\":\"a \\\"b\\\" X\"}\n", true },
	{ "another key", lexed_is_help, "a.json", "{\"description\": \"a\", \"run\": \"X\"}\n", false },
	{ "key of YAML", lexed_is_help, "a.yaml", "- description: a X\n", true },
	{ "words of a command", lexed_is_help, "a.yaml", "run: |\n  echo \"the message: X\"\n", false },
	{ "run of YAML", lexed_is_help, "a.yaml", "- run: a X\n", false },
	{ "usage", flag_of_usage, "a.sh", "cat <<E\n  -k, --X   does not check it\nE\n", true },
	{ "usage in a string", flag_of_usage, "a.sh", "printf \"  --X   Do not check the files\"\n", true },
	{ "words behind one blank", flag_of_usage, "a.sh", "run \"--X some other thing\"\n", false },
	{ "usage below", flag_of_usage, "a.pl", "print <<E;\n  -k, --X\n      Do not check it\nE\n", true },
	{ "command over lines", flag_of_usage, "a.sh", "cat <<E\n  --X\n  do not check it\nE\n", false },
	{ "command line", flag_of_usage, "a.sh", "cat <<E\n  --X https://a/b\nE\n", false },
	{ "case", flag_of_usage, "a.sh", "case $1 in\n--X)\n\ta ;;\nesac\n", true },
	{ "case of two", flag_of_usage, "a.sh", "case $1 in\n-k|--X)\n\ta ;;\nesac\n", true },
	{ "end of a substitution", flag_of_usage, "a.sh", "a=$(curl a \\\n  --X)\n", false },
	{ "flag of a call", flag_of_usage, "a.sh", "curl --X\n", false },
	{ "pod", lexed_is_pod_markup, "a.in", "=item C<X>\n", true },
	{ "comparison", lexed_is_pod_markup, "a.in", "if a <X\n", false },
	{ "template of C++", lexed_is_pod_markup, "a.cc", "C<X> c;\n", false },
};

static void check(void **state)
{
	const struct row *row = *state;
	struct slice text = slice_of(row->text);
	size_t at = slice_find_char(text, 'X');
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;

	if (row->ask == lexed_is_own_flag)
		at--; /* at the dash */
	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(row->ask(&lexed, at), row->want);
}

/* YAML: text for people is prose, a script is code. */
static void check_description(void **state)
{
	static const char *const texts[] = { "description: |\n  X\nb: 1\n", "- summary: >-\n    X\n",
		                             "script: |\n  X\n", "description: X\n" };
	static const enum span_kind want[] = { SPAN_PROSE, SPAN_PROSE, SPAN_CODE, SPAN_CODE };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct slice text = slice_of(texts[i]);
		CLEANUP(arena) struct arena arena = { 0 };
		struct lexed lexed;

		assert_int_equal(lexer_run(&arena, language_of("a.yaml", text), text, &lexed), POL_OK);
		assert_int_equal(lexed_kind_at(&lexed, slice_find_char(text, 'X')), want[i]);
	}
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(check_description) };
	int failed = ROWS_RUN("lexer test", rows, check);

	return failed + cmocka_run_group_tests_name("descriptions", others, NULL, NULL);
}
