/* lexer_state.h - a lexer at work: shared by lexer.c and lexer_*.c only. */
#ifndef POLICY_RULES_LEXER_STATE_H
#define POLICY_RULES_LEXER_STATE_H

#include "policy/rules/lexer.h"
#include "policy/rules/syntax.h"

enum {
	OPEN_MAX = 32,   /* strings within code within strings */
	PENDING_MAX = 4, /* heredocs begun on one line */
	MISSES_MAX = 16  /* heredocs without an end that are looked for */
};

/* A string left for the code within it: "${…}". */
struct open_string {
	const struct mark *mark;
	char opens, closes; /* the brackets that are counted */
	uint32_t depth;
};

struct pending_heredoc {
	struct slice word;
	bool indented; /* the closing word may be indented */
	bool is_code;
};

struct lexer {
	struct arena *arena;
	const struct language *language; /* the one in force here */
	const struct language *around;   /* goes on after limit; NULL = limit is the end */
	struct slice text;
	size_t limit; /* end of the part in this language */
	struct span *spans;
	size_t count, capacity;
	bool failed;   /* out of memory */
	bool hot[256]; /* bytes that may begin a mark or mean something outside of one */
	struct open_string open[OPEN_MAX];
	size_t open_count;
	struct pending_heredoc pending[PENDING_MAX];
	size_t pending_count;
	size_t misses;
	size_t regex_steps; /* bytes read for regular expressions that were none */
};

/* From start to end stands kind, behind it code (or prose). Calls come in order of start. */
void lexer_emit(struct lexer *lexer, size_t start, size_t end, enum span_kind kind);
/* Makes language the one in force. */
void lexer_enter(struct lexer *lexer, const struct language *language);

static inline bool lexer_has(const struct lexer *lexer, size_t pos, const char *what, size_t size)
{
	return pos + size <= lexer->limit && __builtin_memcmp(lexer->text.data + pos, what, size) == 0;
}

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Scanners: text at pos begins with mark->open, where mark's flags allow it. They emit what they find and return where it
 * ends, or return pos: it is not this mark. */
typedef size_t scan_function(struct lexer *lexer, const struct mark *mark, size_t pos);
scan_function scan_line, scan_block, scan_rest; /* lexer_mark.c */
scan_function scan_string, scan_char, scan_regex, scan_replace, scan_hashed, scan_raw,
	scan_levelled;                                                       /* lexer_string.c */
scan_function scan_heredoc, scan_scalar, scan_embed, scan_enter, scan_leave; /* lexer_region.c */

/* Goes on in a string from pos; what is read so far begins at start. */
size_t string_resume(struct lexer *lexer, const struct mark *mark, size_t start, size_t pos);
/* Takes the bodies of pending heredocs, which begin at pos, the start of a line. Returns where they end. */
size_t heredoc_bodies(struct lexer *lexer, size_t pos);
/* Whether mark may stand at pos. */
bool mark_allowed(const struct lexer *lexer, const struct mark *mark, size_t pos);

/* Whether the word that ends before pos is one behind which a value begins: return, case, … */
bool keyword_before(struct slice text, size_t pos);

/* lexer_line.c: Takes a cast off the end of text: "v > (int)". */
struct slice without_cast(struct slice text);
/* Takes the classes off the end of text: "int A::B::". */
struct slice without_scope(struct slice text);
/* Whether text, which ends in "flags &", begins a condition: if (flags &, while (!(flags &, ok && (flags & */
bool opens_condition(struct slice text);
/* #if defined(X), #ifndef X */
bool is_preprocessor_condition(struct slice line);
/* Whether the name that a line begins with at start is that of a function of C whose type stands on the line above: its
 * body follows. */
bool opens_definition(const struct lexed *lexed, size_t start);

/* Index of the span that holds offset; there is at least one span. */
size_t lexed_span_index(const struct lexed *lexed, size_t offset);
/* Whether the name at [start, end) is declared by a script there, or gets its number: "class X(", "X: 3". */
bool lexed_is_declared_in_script(const struct lexed *lexed, size_t start, size_t end);
/* Offset just behind the end of the line that holds pos, its line end excluded. */
size_t line_end_from(struct slice text, size_t pos);

/* What is asked about a place is asked of so many bytes around it: nobody reads a longer line or statement, and a file of
 * one line with a hundred thousand places would take a day. */
enum { LINE_REACH = 4096, STATEMENT_REACH = 16384 };

/* Where the line that holds pos begins, and ends; or where the reach does. */
size_t line_start_near(struct slice text, size_t pos);
size_t line_end_near(struct slice text, size_t pos);
/* What stands before pos on its line, and from pos to the line's end, as far as the reach goes. */
struct slice line_before(const struct lexed *lexed, size_t pos);
struct slice line_behind(const struct lexed *lexed, size_t pos);
/* The letters, digits and _ that text begins with, or ends in; may be empty. */
struct slice first_word(struct slice text);
struct slice last_word(struct slice text);
/* Where the statement that holds pos begins, or the reach does. */
size_t statement_start_near(const struct lexed *lexed, size_t pos);

#endif
