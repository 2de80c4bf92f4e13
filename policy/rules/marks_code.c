/* marks_code.c - comments and strings of compiled languages, as data; lexer_*.c read them. */
#include "policy/rules/syntax.h"

const struct mark c_marks[] = {
	{ "//", NULL, MARK_LINE, MARK_CONTINUED, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "R\"", NULL, MARK_RAW, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_NOT_IN_NUMBER, '\\', NULL, 0 },
	{ 0 },
};

const struct mark d_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "/+", "+/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "r\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark java_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark groovy_marks[] = {
	{ "#!", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "${", 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', "${", 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark kotlin_marks[] = {
	{ "#!", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, "${", 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', "${", 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark go_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark csharp_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "$@\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "@$\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "@\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark razor_marks[] = {
	{ "@*", "*@", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark vb_marks[] = {
	{ "'", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "rem ", NULL, MARK_LINE, MARK_LINE_START | MARK_NOCASE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark fsharp_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "(*", "*)", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "@\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark dart_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "r'", "'", MARK_STRING, MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ "r\"", "\"", MARK_STRING, MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "${", 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, '\\', "${", 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', "${", 0 },
	{ "'", "'", MARK_STRING, 0, '\\', "${", 0 },
	{ 0 },
};

const struct mark rust_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "r#", "\"", MARK_HASHED, 0, 0, NULL, 0 },
	{ "r\"", "\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark swift_marks[] = {
	{ "#!", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "#", "\"", MARK_HASHED, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "\\(", 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', "\\(", 0 },
	{ 0 },
};

const struct mark scala_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark sql_marks[] = {
	{ "--", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark haskell_marks[] = {
	{ "{-", "-}", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "--", NULL, MARK_LINE, MARK_DASHES, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark ocaml_marks[] = {
	{ "(*", "*)", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark pascal_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "(*", "*)", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{", "}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark ada_marks[] = {
	{ "--", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ 0 },
};

const struct mark vhdl_marks[] = {
	{ "--", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ 0 },
};

const struct mark verilog_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark fortran_marks[] = {
	{ "!", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark fortran_fixed_marks[] = {
	{ "c ", NULL, MARK_LINE, MARK_COLUMN_ONE | MARK_NOCASE, 0, NULL, 0 },
	{ "*", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "!", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark nim_marks[] = {
	{ "##[", "]##", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "#[", "]#", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "r\"", "\"", MARK_STRING, MARK_DOUBLED | MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark zig_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\\\\", "\n", MARK_STRING, MARK_LINE_START, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark julia_marks[] = {
	{ "#=", "=#", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "$(", 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "$(", 0 },
	{ "'", "'", MARK_CHAR, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ 0 },
};

const struct mark assembly_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};
