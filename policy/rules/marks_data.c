/* marks_data.c - comments and strings of data, configuration and markup, as data; lexer_*.c read them. */
#include "policy/rules/syntax.h"

const struct mark text_marks[] = {
	{ "<!--", "-->", MARK_BLOCK, MARK_LINE_START, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "--", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark no_marks[] = { { 0 } };

const struct mark proto_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark graphql_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "\"\"\"", "\"\"\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark hcl_marks[] = {
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<<", NULL, MARK_HEREDOC, MARK_TIGHT | MARK_CODE_BODY, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', "${", 0 },
	{ 0 },
};

const struct mark bicep_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "'''", "'''", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', "${", 0 },
	{ 0 },
};

const struct mark jsonnet_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "|||", "|||", MARK_STRING, MARK_MULTILINE, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_MULTILINE, '\\', NULL, 0 },
	{ 0 },
};

/* # and quotes where words begin: nginx, Caddyfile, .env */
const struct mark words_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_WORD_START, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_QUOTE_START, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_QUOTE_START, '\\', NULL, 0 },
	{ 0 },
};

const struct mark yaml_marks[] = {
	{ "{{/*", "}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{{- /*", "}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_VALUE_START | MARK_MULTILINE, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, MARK_VALUE_START | MARK_MULTILINE | MARK_DOUBLED, 0, NULL, 0 },
	{ "|", NULL, MARK_SCALAR, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ ">", NULL, MARK_SCALAR, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ 0 },
};

const struct mark json_marks[] = {
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark jsonc_marks[] = {
	{ "//", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark ini_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, MARK_QUOTE_START, '\\', NULL, 0 },
	{ 0 },
};

const struct mark systemd_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark properties_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ "!", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ ";", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 }, /* of programs with readers of their own */
	{ 0 },
};

const struct mark hash_line_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark hash_blank_marks[] = {
	{ "#", NULL, MARK_LINE, MARK_AFTER_BLANK, 0, NULL, 0 },
	{ 0 },
};

const struct mark xml_marks[] = {
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ 0 },
};

const struct mark html_marks[] = {
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<%--", "--%>", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<script", "</script", MARK_EMBED, MARK_NOCASE, 0, NULL, LANG_JAVASCRIPT },
	{ "<style", "</style", MARK_EMBED, MARK_NOCASE, 0, NULL, LANG_CSS },
	{ 0 },
};

const struct mark component_marks[] = {
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<script", "</script", MARK_EMBED, MARK_NOCASE, 0, NULL, LANG_TYPESCRIPT },
	{ "<style", "</style", MARK_EMBED, MARK_NOCASE, 0, NULL, LANG_SCSS },
	{ 0 },
};

const struct mark erb_marks[] = {
	{ "<%#", "%>", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark handlebars_marks[] = {
	{ "{{!--", "--}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{{!", "}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{{/*", "}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "{{- /*", "}}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark jinja_marks[] = {
	{ "{#", "#}", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "#", NULL, MARK_LINE, MARK_LINE_START, 0, NULL, 0 },
	{ 0 },
};

const struct mark css_marks[] = {
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark scss_marks[] = {
	{ "//", NULL, MARK_LINE, MARK_NOT_AFTER_COLON, 0, NULL, 0 },
	{ "/*", "*/", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "\"", "\"", MARK_STRING, 0, '\\', NULL, 0 },
	{ "'", "'", MARK_STRING, 0, '\\', NULL, 0 },
	{ 0 },
};

const struct mark markdown_marks[] = {
	{ "<!--", "-->", MARK_BLOCK, 0, 0, NULL, 0 },
	{ "[//]: #", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ 0 },
};

const struct mark rst_marks[] = {
	{ ".. ", NULL, MARK_LINE, MARK_LINE_START | MARK_LABEL, 0, NULL, 0 },
	{ 0 },
};

const struct mark asciidoc_marks[] = {
	{ "////", "\n////", MARK_BLOCK, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ "//", NULL, MARK_LINE, MARK_COLUMN_ONE, 0, NULL, 0 },
	{ 0 },
};

const struct mark tex_marks[] = {
	{ "%", NULL, MARK_LINE, 0, 0, NULL, 0 },
	{ 0 },
};
