/* lexer_mark.c - where marks may stand, and the comments they begin. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { WORD_MAX = 12 }; /* the longest keyword */

size_t line_end_from(struct slice text, size_t pos)
{
	const char *end = pos < text.size ? memchr(text.data + pos, '\n', text.size - pos) : NULL;
	size_t at = end ? (size_t)(end - text.data) : text.size;

	return end && at > pos && text.data[at - 1] == '\r' ? at - 1 : at;
}

/* Only blanks before pos on its line. */
static bool at_line_start(struct slice text, size_t pos)
{
	while (pos > 0 && is_blank(text.data[pos - 1]))
		pos--;
	return pos == 0 || text.data[pos - 1] == '\n';
}

static bool is_after(struct slice text, size_t pos, const char *bytes)
{
	char c = pos > 0 ? text.data[pos - 1] : '\n';

	return is_blank(c) || c == '\n' || c == '\r' || (c != '\0' && strchr(bytes, c) != NULL);
}

bool keyword_before(struct slice text, size_t pos)
{
	static const char *const keywords[] = {
		"and",    "await",  "case",  "default", "delete", "do",    "else",       "elsif",
		"export", "from",   "grep",  "if",      "import", "in",    "instanceof", "new",
		"not",    "of",     "or",    "print",   "return", "split", "then",       "throw",
		"typeof", "unless", "until", "void",    "when",   "while", "yield"
	};
	size_t start = pos;

	while (start > 0 && pos - start <= WORD_MAX && is_word(text.data[start - 1]))
		start--;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (slice_equal(slice_sub(text, start, pos - start), slice_of(keywords[i])))
			return true;
	return false;
}

/* Within 1'000 or 0xff'ff. */
static bool in_number(struct slice text, size_t pos)
{
	size_t start = pos;

	while (start > 0 && pos - start < WORD_MAX &&
	       (is_word(text.data[start - 1]) || text.data[start - 1] == '\''))
		start--;
	return start < pos && text.data[start] >= '0' && text.data[start] <= '9';
}

/* YAML: behind "key: ", "- ", an opening bracket, a comma, a tag or an anchor, or at the start of the line. */
static bool at_value_start(struct slice text, size_t pos)
{
	size_t at = pos, start;

	while (at > 0 && is_blank(text.data[at - 1]))
		at--;
	if (at == 0 || strchr("\n[{,(", text.data[at - 1] ? text.data[at - 1] : '.') != NULL)
		return true;
	if (at == pos)
		return false;
	if (text.data[at - 1] == ':' || text.data[at - 1] == '?')
		return true;
	while (at > 0 && (is_blank(text.data[at - 1]) || text.data[at - 1] == '-'))
		at--;
	if (at == 0 || text.data[at - 1] == '\n')
		return true;
	for (start = at;
	     start > 0 && at - start < 64 && !is_blank(text.data[start - 1]) && text.data[start - 1] != '\n';)
		start--;
	return text.data[start] == '!' || text.data[start] == '&';
}

/* reStructuredText: ".. name:: x", ".. _target:", ".. [1] note", ".. |name| x" are no comments. */
static bool is_label(struct slice text, size_t pos)
{
	struct slice line = slice_sub(text, pos, line_end_from(text, pos) - pos);
	struct slice rest = slice_trim(slice_from(line, 2));

	return slice_find(line, "::") != SIZE_MAX || (rest.size > 0 && strchr("_[|", rest.data[0]) != NULL);
}

static bool is_symbol(struct slice text, size_t pos)
{
	return pos < text.size && text.data[pos] && strchr("!#$%&*+./<=>?@\\^|~:", text.data[pos]) != NULL;
}

/* Haskell: dashes with another sign at either end, such as -->, are an operator. */
static bool is_operator_dash(struct slice text, size_t pos)
{
	size_t end = pos;

	while (end < text.size && text.data[end] == '-')
		end++;
	return (pos > 0 && is_symbol(text, pos - 1)) || is_symbol(text, end);
}

bool mark_allowed(const struct lexer *lexer, const struct mark *mark, size_t pos)
{
	struct slice text = lexer->text;
	uint32_t flags = mark->flags;
	char before = pos > 0 ? text.data[pos - 1] : '\n';

	if (flags == 0)
		return true;
	return !((flags & MARK_LINE_START) && !at_line_start(text, pos)) &&
	       !((flags & MARK_COLUMN_ONE) && before != '\n') &&
	       !((flags & MARK_AFTER_BLANK) && !is_after(text, pos, "")) &&
	       !((flags & MARK_WORD_START) && !is_after(text, pos, ";&|(){},`")) &&
	       !((flags & MARK_QUOTE_START) && !is_after(text, pos, ";&|()=,:[{<>@")) &&
	       !((flags & MARK_VALUE_START) && !at_value_start(text, pos)) &&
	       !((flags & MARK_NOT_AFTER_COLON) && before == ':') &&
	       !((flags & MARK_NOT_AFTER_WORD) && is_word(before) && !keyword_before(text, pos)) &&
	       !((flags & MARK_NOT_IN_NUMBER) && in_number(text, pos)) &&
	       !((flags & MARK_DASHES) && is_operator_dash(text, pos)) &&
	       !((flags & MARK_LABEL) && is_label(text, pos)) &&
	       !((flags & MARK_NOT_ATTRIBUTE) && lexer_has(lexer, pos, "#[", 2));
}

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t scan_line(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t end = min_size(line_end_from(lexer->text, pos), lexer->limit);

	while ((mark->flags & MARK_CONTINUED) && end > pos && lexer->text.data[end - 1] == '\\' &&
	       end < lexer->limit) {
		size_t next = end + (lexer->text.data[end] == '\r' ? 2 : 1);

		end = min_size(line_end_from(lexer->text, next), lexer->limit);
	}
	if (mark->flags & MARK_LEAVES) {
		size_t leave = slice_find(slice_sub(lexer->text, pos, end - pos), "?>");

		end = leave == SIZE_MAX ? end : pos + leave;
	}
	lexer_emit(lexer, pos, end, SPAN_COMMENT);
	return end;
}

size_t scan_block(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t open = strlen(mark->open), close = strlen(mark->close);
	size_t at = pos + open, depth = 1;

	while (at < lexer->limit && depth > 0) {
		if (lexer_has(lexer, at, mark->close, close)) {
			depth--;
			at += close;
		} else if ((mark->flags & MARK_NESTED) && lexer_has(lexer, at, mark->open, open)) {
			depth++;
			at += open;
		} else {
			at++;
		}
	}
	if (mark->flags & MARK_CLOSE_LINE)
		at = line_end_from(lexer->text, at);
	at = min_size(at, lexer->limit);
	lexer_emit(lexer, pos, at, SPAN_COMMENT);
	return at;
}

size_t scan_rest(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t end = pos + strlen(mark->open);

	if (line_end_from(lexer->text, pos) != end)
		return pos;
	lexer_emit(lexer, pos, lexer->limit, mark->flags & MARK_PROSE ? SPAN_PROSE : SPAN_STRING);
	return lexer->limit;
}
