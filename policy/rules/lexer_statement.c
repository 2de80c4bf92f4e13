/* lexer_statement.c - where a statement begins that goes over several lines: by brackets, operators and continuation. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum {
	LINES_BACK = 200,
	BYTES_BACK = 16 * 1024, /* read in all, however lines are joined */
	HEAD_MAX = 512          /* bytes of a line before a brace that are looked at */
};

/* How lines are joined in a language. */
static bool joins_by_brackets(const struct language *language)
{
	bool data = (language->flags & LANGUAGE_IS_DATA) != 0;

	return (!data || language->keys == KEYS_HCL || language->keys == KEYS_TOML) &&
	       language->marks != lisp_marks;
}

static bool joins_by_operators(const struct language *language)
{
	return (language->flags & (LANGUAGE_IS_DATA | LANGUAGE_IS_PROSE | LANGUAGE_IS_UNKNOWN)) == 0 &&
	       language->marks != css_marks && language->marks != scss_marks && language->marks != lisp_marks;
}

/* Code of a shell, where single signs are no operators. */
static bool is_shell(const struct language *language)
{
	return language->code_escape != '\0';
}

/* Offset of the last byte of the line that is neither blank nor comment; SIZE_MAX = none. */
static size_t last_code(const struct lexed *lexed, uint32_t line)
{
	struct slice text = lexed_line(lexed, line);
	size_t start = (size_t)(text.data - lexed->text.data), end = start + text.size;

	while (end > start) {
		enum span_kind kind;
		struct slice span = lexed_span_at(lexed, end - 1, &kind);

		if (kind == SPAN_COMMENT)
			end = (size_t)(span.data - lexed->text.data) > start
			              ? (size_t)(span.data - lexed->text.data)
			              : start;
		else if (is_blank(lexed->text.data[end - 1]))
			end--;
		else
			return end - 1;
	}
	return SIZE_MAX;
}

static bool ends_with_operator(const struct lexed *lexed, uint32_t line)
{
	size_t at = last_code(lexed, line);
	char c, before;

	if (at == SIZE_MAX || lexed_kind_at(lexed, at) != SPAN_CODE)
		return false;
	c = lexed->text.data[at];
	before = at > 0 ? lexed->text.data[at - 1] : ' ';
	if ((c == '|' || c == '&') && before == c)
		return true;
	if (is_shell(lexed->language))
		return c == '|';
	/* Without a blank before it the sign belongs to the word: empty?, i++, |x| */
	return c != '\0' && strchr("+-*%^=?|", c) != NULL &&
	       (is_blank(before) || (c == '=' && strchr("+-*/%|&:", before)));
}

static bool is_continued(const struct lexed *lexed, uint32_t line)
{
	char mark = lexed->language->continuation;
	struct slice text = lexed_line(lexed, line);
	size_t at;

	if (!mark || text.size == 0 || text.data[text.size - 1] != mark)
		return false;
	at = (size_t)(text.data - lexed->text.data) + text.size - 1;
	if (mark == '_' && text.size > 1 && !is_blank(text.data[text.size - 2]))
		return false;
	return lexed_kind_at(lexed, at) != SPAN_COMMENT;
}

/* .method(), ->method(), ?.member, && more */
static bool begins_with_chain(const struct lexed *lexed, uint32_t line)
{
	struct slice text = slice_trim(lexed_line(lexed, line));
	char next = text.size > 1 ? text.data[1] : ' ';

	if (is_shell(lexed->language))
		return false;
	if (slice_starts(text, "."))
		return is_word(next);
	return slice_starts(text, "->") || slice_starts(text, "?.") || slice_starts(text, "&&") ||
	       slice_starts(text, "||") || slice_starts(text, "|>");
}

/* @Deprecated, @app.route("/"), #[test] */
static bool is_annotation(const struct lexed *lexed, uint32_t line)
{
	struct slice text = slice_trim(lexed_line(lexed, line));

	return (lexed->language->flags & LANGUAGE_IS_ANNOTATED) &&
	       (slice_starts(text, "#[") ||
	        (slice_starts(text, "@") && text.size > 1 && is_word(text.data[1])));
}

/* The line above that is not all comment; 0 = none, or it is blank. */
static uint32_t line_above(const struct lexed *lexed, uint32_t line, uint32_t floor)
{
	struct slice text;
	bool whole = true;

	while (--line >= floor && lexed_comment_on(lexed, line, &text, &whole) && whole)
		;
	return line >= floor && slice_trim(lexed_line(lexed, line)).size > 0 ? line : 0;
}

static bool has_word(struct slice text, const char *const *words)
{
	for (size_t i = 0; i < text.size; i++) {
		size_t size = 0;

		while (i + size < text.size && is_word(text.data[i + size]))
			size++;
		for (const char *const *word = words; size > 0 && *word; word++)
			if (slice_equal(slice_sub(text, i, size), slice_of(*word)))
				return true;
		i += size;
	}
	return false;
}

/* Offset behind the sign of an assignment in text, SIZE_MAX = none. */
static size_t find_assignment(struct slice text)
{
	for (size_t i = 1; i < text.size; i++) {
		char before = text.data[i - 1], after = i + 1 < text.size ? text.data[i + 1] : ' ';

		if (text.data[i] == '=' && after != '=' && after != '>' && after != '~' &&
		    strchr("=!<>~", before) == NULL)
			return i + 1;
	}
	return SIZE_MAX;
}

/* Whether the { at pos opens a literal and not a block. */
static bool opens_literal(const struct lexed *lexed, size_t pos)
{
	static const char *const block_words[] = { "if",     "else",  "do",        "try",    "for",
		                                   "while",  "loop",  "match",     "switch", "unsafe",
		                                   "async",  "class", "func",      "fn",     "function",
		                                   "struct", "enum",  "interface", "begin",  "when",
		                                   NULL };
	size_t line = text_line_start(lexed->text, pos), at;
	struct slice head;
	char c;

	line = pos - line > HEAD_MAX ? pos - HEAD_MAX : line;
	head = slice_trim(slice_sub(lexed->text, line, pos - line));
	if (head.size == 0)
		return false;
	c = head.data[head.size - 1];
	if (c == ')' || slice_ends(head, "=>") || slice_ends(head, "->"))
		return false;
	if (c != '\0' && strchr("=(,:[?&", c) != NULL)
		return true;
	if (slice_ends(head, "return") && (head.size == 6 || !is_word(head.data[head.size - 7])))
		return true;
	at = find_assignment(head);
	return at != SIZE_MAX && !has_word(slice_from(head, at), block_words);
}

/* How far back may be read. */
struct reach {
	uint32_t floor; /* the first line */
	size_t budget;  /* bytes */
};

/* The first line of what is open in brackets where line begins; line itself when nothing is. */
static uint32_t open_bracket_line(const struct lexed *lexed, uint32_t line, struct reach *reach)
{
	size_t start = lexed->lines[line - 1], stop = lexed->lines[reach->floor - 1], depth = 0;

	for (size_t pos = start; pos > stop && reach->budget > 0; pos--, reach->budget--) {
		char c = lexed->text.data[pos - 1];

		if (c == '\0' || strchr("()[]{}", c) == NULL || lexed_kind_at(lexed, pos - 1) != SPAN_CODE)
			continue;
		if (c == ')' || c == ']' || c == '}') {
			depth++;
		} else if (depth > 0) {
			depth--;
		} else if (c == '{' && !opens_literal(lexed, pos - 1)) {
			break;
		} else {
			line = lexed_line_at(lexed, pos - 1);
		}
	}
	return line;
}

/* XML: the line of the tag that is open where line begins. */
static uint32_t open_tag_line(const struct lexed *lexed, uint32_t line, struct reach *reach)
{
	size_t stop = lexed->lines[reach->floor - 1];

	for (size_t pos = lexed->lines[line - 1]; pos > stop && reach->budget > 0; pos--, reach->budget--) {
		char c = lexed->text.data[pos - 1];

		if ((c == '<' || c == '>') && lexed_kind_at(lexed, pos - 1) != SPAN_COMMENT)
			return c == '<' ? lexed_line_at(lexed, pos - 1) : line;
	}
	return line;
}

/* The line of a string that goes on where line begins. */
static uint32_t open_string_line(const struct lexed *lexed, uint32_t line)
{
	enum span_kind kind;
	struct slice span = lexed_span_at(lexed, lexed->lines[line - 1], &kind);

	return kind == SPAN_STRING ? lexed_line_at(lexed, (size_t)(span.data - lexed->text.data)) : line;
}

/* One step back, or line itself. */
static uint32_t joined_line(const struct lexed *lexed, uint32_t line, struct reach *reach)
{
	uint32_t above = line, first = open_string_line(lexed, line);

	if (first < line)
		return first;
	if (line > 1 && is_continued(lexed, line - 1))
		return line - 1;
	if (lexed->language->keys == KEYS_XML)
		return open_tag_line(lexed, line, reach);
	if (joins_by_brackets(lexed->language))
		first = open_bracket_line(lexed, line, reach);
	if (first < line || !joins_by_operators(lexed->language))
		return first;
	above = line_above(lexed, line, reach->floor);
	if (above > 0 && (ends_with_operator(lexed, above) || begins_with_chain(lexed, line) ||
	                  is_annotation(lexed, above)))
		return above;
	return line;
}

uint32_t lexed_statement_line(const struct lexed *lexed, uint32_t line)
{
	struct reach reach = { .floor = line > LINES_BACK ? line - LINES_BACK : 1, .budget = BYTES_BACK };

	if (line == 0 || line > lexed->line_count || (lexed->language->flags & LANGUAGE_IS_PROSE))
		return line;
	while (line > reach.floor && reach.budget > 0) {
		uint32_t above = joined_line(lexed, line, &reach);

		if (above >= line || above < reach.floor)
			break;
		line = above;
	}
	return line;
}

size_t statement_start_near(const struct lexed *lexed, size_t pos)
{
	size_t start = lexed->lines[lexed_statement_line(lexed, lexed_line_at(lexed, pos)) - 1];

	return pos - start > STATEMENT_REACH ? pos - STATEMENT_REACH : start;
}
