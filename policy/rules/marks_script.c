/* marks_script.c - comments and strings of scripting and build languages, as data; lexer_*.c read them. */
#include "policy/rules/syntax.h"

const struct mark javascript_marks[] = {
	{ "#!", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_MULTILINE, '\\', "${", 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark coffee_marks[] = {
	{ "###", "###", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark python_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark ruby_marks[] = {
	{ "=begin", "\n=end", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "__END__", NULL, MARK_REST, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "<<", NULL, MARK_HEREDOC, MARK_TIGHT, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "`", "`", MARK_STRING, 0, '\\', "#{", 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark perl_marks[] = {
	{ "=pod", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=head", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=over", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=item", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=begin", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=for", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "=encoding", "\n=cut", MARK_BLOCK, MARK_COLUMN_ONE | MARK_CLOSE_LINE, 0, NULL, 0 },
	{ "__END__", NULL, MARK_REST, MARK_COLUMN_ONE | MARK_PROSE, 0, NULL, 0 },
	{ "__DATA__", NULL, MARK_REST, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "<<", NULL, MARK_HEREDOC, MARK_TIGHT, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE | MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ "s/", NULL, MARK_REPLACE, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ "tr/", NULL, MARK_REPLACE, MARK_NOT_AFTER_WORD, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark php_marks[] = {
	{ "?>", NULL, MARK_LEAVE, 0, 0, NULL, LANG_PHP_OUTER },
	{ "//", NULL, MARK_LINE, MARK_LEAVES, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LEAVES | MARK_NOT_ATTRIBUTE, 0, NULL, 0 },
	{ "<<<", NULL, MARK_HEREDOC, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark php_outer_marks[] = {
	{ "<?", NULL, MARK_ENTER, 0, 0, NULL, LANG_PHP },
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{{--", "--}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ 0 },
};

const struct mark lua_marks[] = {
	{ "--[", NULL, MARK_LEVELLED, 0, 0, NULL, 0 }, { "--", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "[", NULL, MARK_LEVELLED, 0, 0, NULL, 0 },   { "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },   { 0 },
};

const struct mark r_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark shell_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "<<", NULL, MARK_HEREDOC, 0, 0, NULL, 0 },
	{ "$'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "$(", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ 0 },
};

const struct mark fish_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "$(", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark powershell_marks[] = {
	{ "<#", "#>", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "@\"", "\n\"@", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "@'", "\n'@", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, '`', "$(", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark batch_marks[] = {
	{ "rem ", NULL, MARK_LINE, MARK_LINE_START | MARK_NOCASE, 0, NULL, 0 },
	{ "@rem ", NULL, MARK_LINE, MARK_LINE_START | MARK_NOCASE, 0, NULL, 0 },
	{ "::", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark elixir_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ 0 },
};

const struct mark crystal_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "<<", NULL, MARK_HEREDOC, MARK_TIGHT, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "#{", 0 },
	{ "'", "'", MARK_CHAR, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark erlang_marks[] = {
	{ "%", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark lisp_marks[] = {
	{ "#|", "|#", MARK_BLOCK, MARK_NESTED, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark rego_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "`", "`", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark puppet_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark nix_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "''", "''", MARK_STRING, MARK_MULTILINE, 0, "${", 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', "${", 0 },
	{ 0 },
};

const struct mark meson_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark cmake_marks[] = {
	{ "#[", NULL, MARK_LEVELLED, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "[", NULL, MARK_LEVELLED, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark makefile_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START | MARK_CONTINUED, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_QUOTE_START, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_QUOTE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark tcl_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_LINE_START | MARK_CONTINUED, 0, NULL, 0 },
	{ ";#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_QUOTE_START | MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

const struct mark awk_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "/", "/", MARK_REGEX, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark vim_marks[] = {
	{ "\"", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_QUOTE_START | MARK_DOUBLED, 0, NULL, 0 },
	{ 0 },
};

const struct mark m4_marks[] = {
	{ "dnl ", NULL, MARK_LINE, MARK_NOT_AFTER_WORD, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ 0 },
};
