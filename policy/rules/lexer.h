/* lexer.h - tells code, comments, strings and prose of a file apart, as far as rules and justifications need it. It is
 * no parser: it never fails on broken input, reads every byte once, and its memory is bounded by the size of the text. */
#ifndef POLICY_RULES_LEXER_H
#define POLICY_RULES_LEXER_H

#include "policy/base/arena.h"
#include "policy/rules/language.h"

enum span_kind {
	SPAN_CODE,
	SPAN_COMMENT, /* with its marks */
	SPAN_STRING,  /* with its quotes; docstrings and heredoc bodies too. In data files strings are code */
	SPAN_PROSE,   /* text for people: Markdown outside its comments, what follows Perl's __END__ */
};

struct span {
	uint32_t start; /* offset; reaches to the start of the next span */
	enum span_kind kind;
};

/* A file taken apart. spans[0].start is 0; lines[i] is the offset of line i + 1. */
struct lexed {
	const struct language *language;
	struct slice text;
	const struct span *spans;
	size_t span_count;
	const uint32_t *lines;
	size_t line_count; /* 0 for an empty text; a final line end does not open another line */
};

/* Takes text (under 4 GiB) apart; memory from arena, text is referenced. POL_ENOMEM. */
enum pol_status lexer_run(struct arena *arena, const struct language *language, struct slice text,
                          struct lexed *ret_lexed) POL_MUST_CHECK;

enum span_kind lexed_kind_at(const struct lexed *lexed, size_t offset);
/* Whether offset lies in a string that is text for people: a docstring of Python, or what an Ansible module assigns to
 * DOCUMENTATION, EXAMPLES or RETURN. */
bool lexed_is_documentation(const struct lexed *lexed, size_t offset);
/* Whether [start, end) lies in a sentence: the words around it on its line, within its string, are those of text for
 * people, as in messages, usage texts and descriptions. Only strings, data and text of unknown kind are read so; what
 * stands in other code is never a sentence. */
bool lexed_is_sentence(const struct lexed *lexed, size_t start, size_t end);
/* Whether [start, end) is the default of a switch among the parameters of a function that is being declared: "def get(url, verify=False)". */
bool lexed_is_parameter(const struct lexed *lexed, size_t start, size_t end);
/* Whether offset lies in what a test expects: of a mock's calls, as an argument of an assertion of equality, or to be
 * refused. */
bool lexed_is_expectation(const struct lexed *lexed, size_t offset);
/* Whether offset lies in a string that something is compared with or looked for in: name == "x", args.includes("x"). */
bool lexed_is_compared(const struct lexed *lexed, size_t offset);
/* Whether [start, end) only names a constant or a function: where it is declared or imported, is a member of an
 * enumeration, stands in a row of a table or beside its own name, or is compared with something. */
bool lexed_is_named_only(const struct lexed *lexed, size_t start, size_t end);
/* Whether offset lies in what the preprocessor of C leaves out: between #if 0 and #endif. */
bool lexed_is_dead(const struct lexed *lexed, size_t offset);
/* Whether the constant at start stands beside its own name, which it is made known by: REGISTER_CONSTANT("X", X). */
bool lexed_is_registered(const struct lexed *lexed, size_t start);
/* Whether offset lies in a string that declares a flag of the program itself: add_argument("--insecure"). */
bool lexed_is_own_flag(const struct lexed *lexed, size_t offset);
/* Whether offset lies in the title of a test's case: it('…'), test_expect_success '…'. */
bool lexed_is_title(const struct lexed *lexed, size_t offset);
/* Whether offset lies in a here-document of a shell that holds what the output should be: cat >expect <<EOF. */
bool lexed_is_expected_output(const struct lexed *lexed, size_t offset);
/* Whether offset lies in the value of a help text or a description: help="…", "description": "…". */
bool lexed_is_help(const struct lexed *lexed, size_t offset);
/* Whether the flag at [start, end) is explained in a usage text or is the label of a shell's case: "  -k, --insecure  do
 * not check anything", "--insecure)". */
bool lexed_is_usage(const struct lexed *lexed, size_t start, size_t end);
/* Whether offset lies between paragraphs of a document in XML (DocBook, xdocs), or in a text that Android shows. */
bool lexed_is_xml_document(const struct lexed *lexed, size_t offset);
/* Whether what begins at offset is marked up as in Perl's documentation: C<--insecure>. */
bool lexed_is_pod_markup(const struct lexed *lexed, size_t offset);
/* The span that offset lies in, as a view of the text. */
struct slice lexed_span_at(const struct lexed *lexed, size_t offset, enum span_kind *ret_kind);
uint32_t lexed_line_at(const struct lexed *lexed, size_t offset); /* 1-based */
struct slice lexed_line(const struct lexed *lexed,
                        uint32_t line); /* without its line end; empty when out of range */
/* The line that offset lies on; of a very long one only what is near offset. */
struct slice lexed_line_near(const struct lexed *lexed, size_t offset);

/* The comment on a line, without marks and blanks around: a whole-line comment, a trailing one, or the part of a block
 * comment that lies on the line (without a leading * or //). ret_whole says whether nothing but comment stands on the
 * line. False when the line holds no comment. */
bool lexed_comment_on(const struct lexed *lexed, uint32_t line, struct slice *ret_text, bool *ret_whole);

/* The line where the statement begins that the given line is part of: lines joined by open ( [ or a { of a literal, by
 * a trailing backslash or operator, or by a method chain (a line that starts with . or ->). The line itself when
 * nothing is joined. Looks back at most 200 lines. */
uint32_t lexed_statement_line(const struct lexed *lexed, uint32_t line);

/* The keys above the given offset, joined by dots, outermost first, without the key on the line itself: by indentation
 * in YAML, by braces in JSON and HCL (block labels are keys), by [section] and dotted keys in TOML and INI, by elements
 * in XML. "" at top level or for languages without keys. List items add nothing. Memory from arena. POL_ENOMEM. */
enum pol_status lexed_key_path(struct arena *arena, const struct lexed *lexed, size_t offset,
                               const char **ret_path) POL_MUST_CHECK;

#endif
