/* lexer_region.c - parts of a file with their own rules: heredocs, YAML's block scalars, languages within languages. */
#include "policy/rules/lexer_state.h"

#include <string.h>

/* Reads the word of a heredoc at pos: WORD, 'WORD', "WORD" or \WORD. False when there is none. */
static bool read_word(const struct lexer *lexer, size_t pos, struct slice *ret_word, size_t *ret_end)
{
	const char *data = lexer->text.data;
	char quote = pos < lexer->limit && strchr("'\"`\\", data[pos]) != NULL && data[pos] ? data[pos]
	                                                                                    : '\0';
	size_t start = quote ? pos + 1 : pos, end = start;

	while (end < lexer->limit &&
	       (is_word(data[end]) || (quote && quote != '\\' && strchr("-.: ", data[end]))) &&
	       data[end] != '\0')
		end++;
	if (end == start || (!quote && data[start] >= '0' && data[start] <= '9'))
		return false;
	*ret_word = slice_sub(lexer->text, start, end - start);
	if (quote && quote != '\\') {
		if (end >= lexer->limit || data[end] != quote)
			return false;
		end++;
	}
	*ret_end = end;
	return true;
}

/* Where the line that closes the heredoc ends (its line end excluded), when the body begins at pos; SIZE_MAX = nowhere. */
static size_t find_close(const struct lexer *lexer, const struct pending_heredoc *heredoc, size_t pos,
                         bool php)
{
	while (pos < lexer->limit) {
		size_t end = line_end_from(lexer->text, pos), at = pos;

		while ((heredoc->indented || php) && at < end && is_blank(lexer->text.data[at]))
			at++;
		if (lexer_has(lexer, at, heredoc->word.data, heredoc->word.size)) {
			at += heredoc->word.size;
			if (php ? at >= lexer->limit || !is_word(lexer->text.data[at]) : at == end)
				return php ? at : end;
		}
		pos = end + (lexer_has(lexer, end, "\r\n", 2) ? 2 : 1);
	}
	return SIZE_MAX;
}

static bool is_php(const struct mark *mark)
{
	return mark->open[2] == '<';
}

size_t scan_heredoc(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	struct pending_heredoc heredoc = { .is_code = (mark->flags & MARK_CODE_BODY) != 0 };
	size_t at = pos + strlen(mark->open), end;

	if (!is_php(mark) && lexer_has(lexer, at, "<", 1))
		return at + 1; /* a here string */
	if (at < lexer->limit && (lexer->text.data[at] == '-' || lexer->text.data[at] == '~')) {
		heredoc.indented = true;
		at++;
	}
	while (!(mark->flags & MARK_TIGHT) && at < lexer->limit && is_blank(lexer->text.data[at]))
		at++;
	if (lexer->pending_count == PENDING_MAX || !read_word(lexer, at, &heredoc.word, &end))
		return pos;
	if (mark->flags & MARK_TIGHT) {
		if (lexer->misses >= MISSES_MAX)
			return pos;
		if (find_close(lexer, &heredoc, line_end_from(lexer->text, end), false) == SIZE_MAX) {
			lexer->misses++;
			return pos;
		}
	}
	lexer->pending[lexer->pending_count++] = heredoc;
	return end;
}

/* In code within data or text, whether the # at pos begins a comment: at a line's start, or behind a blank when no quote
 * is open on the line. */
static size_t find_hash(struct slice line)
{
	bool quoted[2] = { false, false };

	for (size_t i = 0; i < line.size; i++) {
		char c = line.data[i];

		if (c == '\\')
			i++;
		else if (c == '"' && !quoted[1])
			quoted[0] = !quoted[0];
		else if (c == '\'' && !quoted[0])
			quoted[1] = !quoted[1];
		else if (c == '#' && !quoted[0] && !quoted[1] && (i == 0 || is_blank(line.data[i - 1])))
			return i;
	}
	return SIZE_MAX;
}

static void emit_hashes(struct lexer *lexer, size_t line, size_t end)
{
	size_t hash = find_hash(slice_sub(lexer->text, line, end - line));

	if (hash != SIZE_MAX)
		lexer_emit(lexer, line + hash, end, SPAN_COMMENT);
}

static size_t next_line(const struct lexer *lexer, size_t pos)
{
	const char *end = pos < lexer->limit ? memchr(lexer->text.data + pos, '\n', lexer->limit - pos)
	                                     : NULL;

	return end ? (size_t)(end - lexer->text.data) + 1 : lexer->limit;
}

size_t heredoc_bodies(struct lexer *lexer, size_t pos)
{
	bool php = lexer->language == &languages[LANG_PHP];

	for (size_t i = 0; i < lexer->pending_count; i++) {
		const struct pending_heredoc *heredoc = &lexer->pending[i];
		size_t end = find_close(lexer, heredoc, pos, php);

		end = end == SIZE_MAX ? lexer->limit : end;
		if (!heredoc->is_code)
			lexer_emit(lexer, pos, end, SPAN_STRING);
		for (size_t line = pos; heredoc->is_code && line < end; line = next_line(lexer, line))
			emit_hashes(lexer, line, line_end_from(lexer->text, line));
		pos = php || i + 1 == lexer->pending_count ? end : next_line(lexer, end);
	}
	lexer->pending_count = 0;
	return pos;
}

/* Spaces at the start of the line that begins at pos; SIZE_MAX for a blank line. */
static size_t indent_of(const struct lexer *lexer, size_t pos)
{
	size_t at = pos;

	while (at < lexer->limit && lexer->text.data[at] == ' ')
		at++;
	return at >= lexer->limit || strchr("\r\n", lexer->text.data[at]) != NULL ? SIZE_MAX : at - pos;
}

/* Behind | or >: only indicators, blanks and a comment up to the line end. */
static bool is_scalar_header(const struct lexer *lexer, size_t pos)
{
	const char *data = lexer->text.data;
	size_t at = pos;

	while (at < lexer->limit && at - pos < 3 && data[at] && strchr("+-0123456789", data[at]) != NULL)
		at++;
	while (at < lexer->limit && is_blank(data[at]))
		at++;
	return at == lexer->limit || data[at] == '#' || data[at] == '\n' || data[at] == '\r';
}

/* Whether the key whose value begins at pos names text for people. */
static bool is_description(struct slice text, size_t line, size_t pos)
{
	static const char *const keys[] = { "description", "summary",          "documentation",   "help",
		                            "notes",       "long_description", "longDescription", "synopsis",
		                            "abstract",    "examples",         "changelog",       NULL };
	struct slice key = slice_trim(slice_sub(text, line, pos - line));

	if (!slice_ends(key, ":"))
		return false;
	key.size--;
	while (key.size > 0 && (key.data[0] == '-' || is_blank(key.data[0])))
		key = slice_from(key, 1);
	return slice_is_one_of(key, keys);
}

size_t scan_scalar(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t line, parent, body = SIZE_MAX, start;
	bool document, prose;

	(void)mark;
	if (!is_scalar_header(lexer, pos + 1))
		return pos;
	line = text_line_start(lexer->text, pos);
	parent = indent_of(lexer, line);
	document = lexer_has(lexer, line, "---", 3);
	prose = is_description(lexer->text, line, pos);
	emit_hashes(lexer, pos + 1, line_end_from(lexer->text, pos));
	start = pos = next_line(lexer, pos);
	for (; pos < lexer->limit; pos = next_line(lexer, pos)) {
		size_t indent = indent_of(lexer, pos);

		if (indent == SIZE_MAX)
			continue;
		if (body == SIZE_MAX && (document || indent > parent))
			body = indent;
		if (body == SIZE_MAX || indent < body)
			break;
		if (!prose)
			emit_hashes(lexer, pos, line_end_from(lexer->text, pos));
	}
	pos = pos < lexer->limit ? pos : lexer->limit;
	if (prose)
		lexer_emit(lexer, start, pos, SPAN_PROSE);
	return pos;
}

size_t scan_embed(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	const struct language *around = lexer->language;
	size_t at = pos + strlen(mark->open), close;

	if (at < lexer->limit && is_word(lexer->text.data[at]))
		return pos;
	while (at < lexer->limit && lexer->text.data[at] != '>')
		at++;
	if (at < lexer->limit && lexer->text.data[at - 1] == '/')
		return at + 1; /* an empty element */
	close = slice_find_nocase(slice_from(lexer->text, at), mark->close);
	lexer_enter(lexer, &languages[mark->embedded]);
	lexer->around = around;
	lexer->limit = close == SIZE_MAX ? lexer->text.size : at + close;
	return at < lexer->limit ? at + 1 : lexer->limit;
}

size_t scan_enter(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t end = pos + strlen(mark->open);

	if (lexer_has(lexer, end, "xml", 3))
		return pos;
	lexer_enter(lexer, &languages[mark->embedded]);
	return end;
}

size_t scan_leave(struct lexer *lexer, const struct mark *mark, size_t pos)
{
	lexer_enter(lexer, &languages[mark->embedded]);
	return pos + strlen(mark->open);
}
