/* lexer.c - one pass over a text, from mark to mark, as the language's table says; and the questions asked of the result. */
#include "policy/rules/lexer.h"

#include "policy/rules/lexer_state.h"

#include <string.h>

static scan_function *const scanners[MARK_KIND_COUNT] = {
	[MARK_LINE] = scan_line,         [MARK_BLOCK] = scan_block,   [MARK_REST] = scan_rest,
	[MARK_STRING] = scan_string,     [MARK_CHAR] = scan_char,     [MARK_REGEX] = scan_regex,
	[MARK_HEREDOC] = scan_heredoc,   [MARK_HASHED] = scan_hashed, [MARK_RAW] = scan_raw,
	[MARK_LEVELLED] = scan_levelled, [MARK_SCALAR] = scan_scalar, [MARK_EMBED] = scan_embed,
	[MARK_ENTER] = scan_enter,       [MARK_LEAVE] = scan_leave,   [MARK_REPLACE] = scan_replace,
};

static enum span_kind base_kind(const struct lexer *lexer)
{
	return language_is_prose(lexer->language) ? SPAN_PROSE : SPAN_CODE;
}

/* From offset on stands kind. */
static void put(struct lexer *lexer, size_t offset, enum span_kind kind)
{
	struct span *last = lexer->count > 0 ? &lexer->spans[lexer->count - 1] : NULL;
	struct span *grown;

	if (offset >= lexer->text.size || (last && last->start < offset && last->kind == kind))
		return;
	if (last && last->start == offset) {
		last->kind = kind;
		if (lexer->count > 1 && last[-1].kind == kind)
			lexer->count--;
		return;
	}
	grown = arena_grow(lexer->arena, lexer->spans, lexer->count, &lexer->capacity, sizeof(*grown));
	if (!grown) {
		lexer->failed = true;
		return;
	}
	lexer->spans = grown;
	lexer->spans[lexer->count++] = (struct span){ (uint32_t)offset, kind };
}

void lexer_emit(struct lexer *lexer, size_t start, size_t end, enum span_kind kind)
{
	bool data = (lexer->language->flags & LANGUAGE_IS_DATA) != 0;

	if (start >= end || lexer->failed)
		return;
	put(lexer, start, kind == SPAN_STRING && data ? SPAN_CODE : kind);
	put(lexer, end, base_kind(lexer));
}

void lexer_enter(struct lexer *lexer, const struct language *language)
{
	lexer->language = language;
	lexer->open_count = 0;
	lexer->pending_count = 0;
	memset(lexer->hot, 0, sizeof(lexer->hot));
	lexer->hot['\n'] = true;
	if (language->code_escape)
		lexer->hot[(unsigned char)language->code_escape] = true;
	for (const struct mark *mark = language->marks; mark->open; mark++) {
		char c = mark->open[0];

		lexer->hot[(unsigned char)c] = true;
		if ((mark->flags & MARK_NOCASE) && c >= 'a' && c <= 'z')
			lexer->hot[c - 'a' + 'A'] = true;
		for (const char *bracket = mark->interpolation ? "{}()" : ""; *bracket; bracket++)
			lexer->hot[(unsigned char)*bracket] = true;
	}
}

static bool mark_matches(const struct lexer *lexer, const struct mark *mark, size_t pos)
{
	size_t size;

	if (!(mark->flags & MARK_NOCASE) && mark->open[0] != lexer->text.data[pos])
		return false;
	size = strlen(mark->open);
	if (mark->flags & MARK_NOCASE)
		return pos + size <= lexer->limit &&
		       slice_starts_nocase(slice_from(lexer->text, pos), mark->open);
	return lexer_has(lexer, pos, mark->open, size);
}

/* Counts brackets of the code within a string; the last one leads back into the string. */
static size_t at_bracket(struct lexer *lexer, size_t pos)
{
	struct open_string *open = &lexer->open[lexer->open_count - 1];
	char c = lexer->text.data[pos];

	if (c == open->opens)
		open->depth++;
	if (c != open->closes)
		return pos + 1;
	if (open->depth > 0) {
		open->depth--;
		return pos + 1;
	}
	lexer->open_count--;
	return string_resume(lexer, open->mark, pos, pos + 1);
}

static size_t at_line_end(struct lexer *lexer, size_t pos)
{
	/* A string that cannot go on over lines was left open. */
	while (lexer->open_count > 0 && !(lexer->open[lexer->open_count - 1].mark->flags & MARK_MULTILINE))
		lexer->open_count--;
	return lexer->pending_count > 0 ? heredoc_bodies(lexer, pos + 1) : pos + 1;
}

/* Reads what begins with the hot byte at pos; returns where to go on, behind pos. */
static size_t step(struct lexer *lexer, size_t pos)
{
	char c = lexer->text.data[pos];

	if (c == '\n')
		return at_line_end(lexer, pos);
	if (c == lexer->language->code_escape && pos + 1 < lexer->limit)
		return lexer->text.data[pos + 1] == '\n' || lexer->text.data[pos + 1] == '\r' ? pos + 1
		                                                                              : pos + 2;
	for (const struct mark *mark = lexer->language->marks; mark->open; mark++) {
		size_t end;

		if (!mark_matches(lexer, mark, pos) || !mark_allowed(lexer, mark, pos))
			continue;
		end = scanners[mark->kind](lexer, mark, pos);
		if (end > pos)
			return end;
	}
	return lexer->open_count > 0 ? at_bracket(lexer, pos) : pos + 1;
}

static void run(struct lexer *lexer)
{
	size_t pos = 0;

	put(lexer, 0, base_kind(lexer));
	while (!lexer->failed) {
		while (pos < lexer->limit && !lexer->hot[(unsigned char)lexer->text.data[pos]])
			pos++;
		if (pos < lexer->limit) {
			pos = step(lexer, pos);
			continue;
		}
		if (!lexer->around)
			return;
		lexer_enter(lexer, lexer->around);
		lexer->around = NULL;
		lexer->limit = lexer->text.size;
	}
}

static size_t count_lines(struct slice text)
{
	size_t count = 0;

	for (size_t pos = 0; pos < text.size; count++) {
		const char *end = memchr(text.data + pos, '\n', text.size - pos);

		pos = end ? (size_t)(end - text.data) + 1 : text.size;
	}
	return count;
}

static const uint32_t *find_lines(struct arena *arena, struct slice text, size_t count)
{
	uint32_t *lines = arena_alloc(arena, count, sizeof(*lines));
	size_t pos = 0;

	for (size_t i = 0; lines && i < count; i++) {
		const char *end = memchr(text.data + pos, '\n', text.size - pos);

		lines[i] = (uint32_t)pos;
		pos = end ? (size_t)(end - text.data) + 1 : text.size;
	}
	return lines;
}

enum pol_status lexer_run(struct arena *arena, const struct language *language, struct slice text,
                          struct lexed *ret_lexed)
{
	struct lexer lexer = { .arena = arena, .text = text, .limit = text.size };
	bool outside = (language->flags & LANGUAGE_IS_EMBEDDED) && slice_find(text, "<?") != SIZE_MAX;
	size_t line_count;
	const uint32_t *lines;

	if (text.size >= UINT32_MAX)
		return POL_ELIMIT;
	line_count = count_lines(text);
	lines = find_lines(arena, text, line_count);
	lexer_enter(&lexer, outside ? &languages[language->outer] : language);
	run(&lexer);
	if (!lines || lexer.failed)
		return POL_ENOMEM;
	*ret_lexed = (struct lexed){ .language = language,
		                     .text = text,
		                     .spans = lexer.spans,
		                     .span_count = lexer.count,
		                     .lines = lines,
		                     .line_count = line_count };
	return POL_OK;
}

size_t lexed_span_index(const struct lexed *lexed, size_t offset)
{
	size_t low = 0, high = lexed->span_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lexed->spans[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

enum span_kind lexed_kind_at(const struct lexed *lexed, size_t offset)
{
	return lexed->span_count > 0 ? lexed->spans[lexed_span_index(lexed, offset)].kind : SPAN_CODE;
}

struct slice lexed_span_at(const struct lexed *lexed, size_t offset, enum span_kind *ret_kind)
{
	size_t i = lexed->span_count > 0 ? lexed_span_index(lexed, offset) : 0;
	size_t end;

	*ret_kind = lexed_kind_at(lexed, offset);
	if (lexed->span_count == 0)
		return lexed->text;
	end = i + 1 < lexed->span_count ? lexed->spans[i + 1].start : lexed->text.size;
	return slice_sub(lexed->text, lexed->spans[i].start, end - lexed->spans[i].start);
}

uint32_t lexed_line_at(const struct lexed *lexed, size_t offset)
{
	size_t low = 0, high = lexed->line_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lexed->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)(low + 1);
}

struct slice lexed_line_near(const struct lexed *lexed, size_t offset)
{
	size_t start = line_start_near(lexed->text, offset);

	return slice_sub(lexed->text, start, line_end_near(lexed->text, offset) - start);
}

struct slice lexed_line(const struct lexed *lexed, uint32_t line)
{
	size_t start, end;

	if (line == 0 || line > lexed->line_count)
		return (struct slice){ "", 0 };
	start = lexed->lines[line - 1];
	end = line < lexed->line_count ? lexed->lines[line] : lexed->text.size;
	if (end > start && lexed->text.data[end - 1] == '\n')
		end--;
	if (end > start && lexed->text.data[end - 1] == '\r' && end < lexed->text.size)
		end--;
	return slice_sub(lexed->text, start, end - start);
}
