/* fuzz_lexer.c - whatever the text, in whatever language: spans and lines cover it in order, what is said of a line lies
 * on that line, statements begin above, keys are bounded. The first byte chooses the language. */
#include "policy/rules/lexer.h"
#include "policy/rules/syntax.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINES_TRIED = 200, STATEMENT_LINES = 200 };

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_spans(const struct lexed *lexed)
{
	bool is_data = (lexed->language->flags & LANGUAGE_IS_DATA) != 0;
	bool has_embedded = false;

	for (const struct mark *mark = lexed->language->marks; mark->open; mark++)
		has_embedded = has_embedded || mark->kind == MARK_EMBED || mark->kind == MARK_ENTER;
	demand((lexed->span_count > 0) == (lexed->text.size > 0));
	for (size_t i = 0; i < lexed->span_count; i++) {
		const struct span *span = &lexed->spans[i];

		demand(i == 0 ? span->start == 0
		              : span->start > span[-1].start && span->kind != span[-1].kind);
		demand(span->start < lexed->text.size);
		demand(span->kind != SPAN_STRING || !is_data || has_embedded);
		demand(lexed_kind_at(lexed, span->start) == span->kind);
	}
}

static void check_line(struct arena *arena, const struct lexed *lexed, uint32_t line)
{
	struct slice whole = lexed_line(lexed, line), comment;
	size_t start = lexed->lines[line - 1];
	const char *path = NULL;
	bool alone;
	uint32_t first = lexed_statement_line(lexed, line);

	demand(first >= 1 && first <= line && line - first <= STATEMENT_LINES);
	demand(lexed_line_at(lexed, start) == line && memchr(whole.data, '\n', whole.size) == NULL);
	if (lexed_comment_on(lexed, line, &comment, &alone) && comment.size > 0)
		demand(comment.data >= whole.data && comment.data + comment.size <= whole.data + whole.size);
	demand(lexed_key_path(arena, lexed, start + whole.size / 2, &path) == POL_OK && path);
	demand(lexed->language->keys != KEYS_NONE || *path == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { (const char *)data + 1, size - 1 };
	struct lexed lexed;

	if (size == 0)
		return 0;
	demand(lexer_run(&arena, &languages[data[0] % LANG_COUNT], text, &lexed) == POL_OK);
	check_spans(&lexed);
	for (uint32_t line = 1; line <= lexed.line_count && line <= LINES_TRIED; line++)
		check_line(&arena, &lexed, line);
	return 0;
}
