/* lexer_string.c - strings, characters and regular expressions of many languages. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum {
	REGEX_MAX = 2048,              /* longer ones are taken for divisions */
	REGEX_STEPS_MAX = 1024 * 1024, /* in vain, in one file: then slashes are divisions */
	CHAR_MAX = 12,                 /* bytes between the quotes of a character: \u{10FFFF} */
	DELIMITER_MAX = 16,            /* C++ allows 16 between R" and ( */
	BLANKS_MAX = 4096              /* looked over backwards for the token before a slash */
};

/* Leaves the string for the code within it, which begins at pos. Returns false when strings are nested too deep: then the
 * code counts as string. */
static bool push(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	char opens = lexer->text.data[pos - 1];

	if (lexer->open_count == OPEN_MAX)
		return false;
	lexer->open[lexer->open_count++] =
		(struct open_string){ .mark = mark, .opens = opens, .closes = opens == '(' ? ')' : '}' };
	return true;
}

/* Behind an escape: the byte it protects, both of CR LF. */
static size_t skip_escape(const struct lexer *lexer, size_t pos)
{
	size_t next = pos + (lexer_has(lexer, pos + 1, "\r\n", 2) ? 3 : 2);

	return next < lexer->limit ? next : lexer->limit;
}

/* An unterminated string ends before the line end. */
static size_t cut_at_line(struct lexer *lexer, size_t start, size_t pos)
{
	size_t end = pos > start + 1 && lexer->text.data[pos - 1] == '\r' ? pos - 1 : pos;

	lexer_emit(lexer, start, end, SPAN_STRING);
	return end;
}

size_t string_resume(struct lexer *lexer, const struct mark *mark, size_t start, size_t pos)
{
	size_t close = strlen(mark->close), enter = mark->interpolation ? strlen(mark->interpolation) : 0;

	while (pos < lexer->limit) {
		char c = lexer->text.data[pos];

		if (enter > 0 && lexer_has(lexer, pos, mark->interpolation, enter) &&
		    push(lexer, mark, pos + enter)) {
			lexer_emit(lexer, start, pos + enter, SPAN_STRING);
			return pos + enter;
		}
		if (c == mark->escape && c != '\0') {
			pos = skip_escape(lexer, pos);
		} else if (c == mark->close[0] && lexer_has(lexer, pos, mark->close, close)) {
			bool doubled = (mark->flags & MARK_DOUBLED) &&
			               lexer_has(lexer, pos + close, mark->close, close);

			pos += close;
			if (!doubled) {
				lexer_emit(lexer, start, pos, SPAN_STRING);
				return pos;
			}
			pos += close;
		} else if (c == '\n' && !(mark->flags & MARK_MULTILINE)) {
			return cut_at_line(lexer, start, pos);
		} else {
			pos++;
		}
	}
	lexer_emit(lexer, start, lexer->limit, SPAN_STRING);
	return lexer->limit;
}

size_t scan_string(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	return string_resume(lexer, mark, pos, pos + strlen(mark->open));
}

/* Bytes of the UTF-8 character that begins with c, as far as c tells. */
static size_t char_size(char c)
{
	unsigned char u = (unsigned char)c;

	return u < 0xc0 ? 1 : u < 0xe0 ? 2 : u < 0xf0 ? 3 : 4;
}

size_t scan_char(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	const char *data = lexer->text.data;
	size_t at = pos + 1;

	if (at >= lexer->limit || data[at] == '\n')
		return pos;
	if (data[at] == mark->escape && mark->escape) {
		for (at += 2;
		     at < lexer->limit && at - pos < CHAR_MAX && data[at] != '\'' && data[at] != '\n';)
			at++;
	} else {
		at += char_size(data[at]);
	}
	if (at >= lexer->limit || data[at] != '\'')
		return pos;
	lexer_emit(lexer, pos, at + 1, SPAN_STRING);
	return at + 1;
}

/* Offset of the byte before pos that is neither blank nor comment; SIZE_MAX = none near. */
static size_t token_before(const struct lexer *lexer, size_t pos)
{
	size_t stop = pos > BLANKS_MAX ? pos - BLANKS_MAX : 0, index = lexer->count;

	for (;;) {
		size_t start = index > 0 ? lexer->spans[index - 1].start : 0;

		while (pos > stop && pos > start && strchr(" \t\r\n", lexer->text.data[pos - 1]) != NULL &&
		       lexer->text.data[pos - 1] != '\0')
			pos--;
		if (pos <= stop)
			return SIZE_MAX;
		if (pos > start || index < 3 || lexer->spans[index - 2].kind != SPAN_COMMENT)
			return pos - 1;
		pos = lexer->spans[index - 2].start;
		index -= 2;
	}
}

static bool regex_may_begin(const struct lexer *lexer, size_t pos)
{
	size_t at = token_before(lexer, pos);
	char c;

	if (at == SIZE_MAX)
		return true;
	c = lexer->text.data[at];
	if (is_word(c) || (unsigned char)c >= 0x80)
		return keyword_before(lexer->text, at + 1);
	if ((c == '+' || c == '-') && at > 0 && lexer->text.data[at - 1] == c)
		return false;
	return c != '\0' && strchr(")]}\"'`<$.", c) == NULL;
}

size_t scan_regex(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t stop = lexer->limit - pos > REGEX_MAX ? pos + REGEX_MAX : lexer->limit, at;
	bool in_class = false;

	if (lexer->regex_steps > REGEX_STEPS_MAX || !regex_may_begin(lexer, pos))
		return pos;
	for (at = pos + 1; at < stop && lexer->text.data[at] != '\n'; at++) {
		char c = lexer->text.data[at];

		if (c == mark->escape) {
			at++;
		} else if (c == '[' || c == ']') {
			in_class = c == '[';
		} else if (c == '/' && !in_class) {
			lexer_emit(lexer, pos, at + 1, SPAN_STRING);
			return at + 1;
		}
	}
	lexer->regex_steps += at - pos;
	return pos;
}

size_t scan_replace(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t at = pos + strlen(mark->open), end = line_end_from(lexer->text, pos);
	char sign = lexer->text.data[at - 1], before = pos > 0 ? lexer->text.data[pos - 1] : '\n';
	int left = 2;

	if ((before && strchr("$@%&>", before)) || end - pos > REGEX_MAX ||
	    lexer->regex_steps > REGEX_STEPS_MAX)
		return pos; /* a variable or a method of that name */
	for (; at < end && at < lexer->limit && left > 0; at++) {
		if (lexer->text.data[at] == mark->escape)
			at++;
		else if (lexer->text.data[at] == sign)
			left--;
	}
	if (left > 0) {
		lexer->regex_steps += at - pos;
		return pos;
	}
	lexer_emit(lexer, pos, at, SPAN_STRING);
	return at;
}

static size_t run_of(const struct lexer *lexer, size_t pos, char c)
{
	size_t end = pos;

	while (end < lexer->limit && lexer->text.data[end] == c)
		end++;
	return end - pos;
}

/* mark->open ends with the first #. */
size_t scan_hashed(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t first = pos + strlen(mark->open) - 1;
	size_t hashes = run_of(lexer, first, '#'), at = first + hashes;

	if (at >= lexer->limit || lexer->text.data[at] != '"')
		return at; /* r#name, #if */
	while (++at < lexer->limit) {
		if (lexer->text.data[at] == '"' && run_of(lexer, at + 1, '#') >= hashes) {
			lexer_emit(lexer, pos, at + 1 + hashes, SPAN_STRING);
			return at + 1 + hashes;
		}
	}
	lexer_emit(lexer, pos, lexer->limit, SPAN_STRING);
	return lexer->limit;
}

size_t scan_raw(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t word = pos + strlen(mark->open), size = 0, at;
	char before = pos > 0 ? lexer->text.data[pos - 1] : ' ';

	if (is_word(before) && strchr("uUL8", before) == NULL)
		return pos;
	while (size <= DELIMITER_MAX && word + size < lexer->limit &&
	       strchr("(\" \n", lexer->text.data[word + size]) == NULL)
		size++;
	if (!lexer_has(lexer, word + size, "(", 1))
		return pos;
	for (at = word + size; at < lexer->limit; at++)
		if (lexer->text.data[at] == ')' && lexer_has(lexer, at + 1, lexer->text.data + word, size) &&
		    lexer_has(lexer, at + 1 + size, "\"", 1))
			break;
	at = at < lexer->limit ? at + size + 2 : at;
	lexer_emit(lexer, pos, at, SPAN_STRING);
	return at;
}

/* mark->open ends with the first bracket; with more before it, it is a comment. */
size_t scan_levelled(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t level = run_of(lexer, pos + strlen(mark->open), '=');
	size_t at = pos + strlen(mark->open) + level;

	if (!lexer_has(lexer, at, "[", 1))
		return pos;
	for (; at < lexer->limit; at++)
		if (lexer->text.data[at] == ']' && run_of(lexer, at + 1, '=') == level &&
		    lexer_has(lexer, at + 1 + level, "]", 1))
			break;
	at = at < lexer->limit ? at + level + 2 : at;
	lexer_emit(lexer, pos, at, mark->open[0] == '[' ? SPAN_STRING : SPAN_COMMENT);
	return at;
}
