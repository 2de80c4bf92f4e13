/* lexer_comment.c - the text of the comment on a line, without its marks. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum {
	SPANS_MAX = 256,  /* of one line that are looked at, from its end */
	BLANKS_MAX = 4096 /* a longer part of a line counts as not blank */
};

static bool begins_with(const struct mark *mark, struct slice text)
{
	bool comment = mark->kind == MARK_LINE || mark->kind == MARK_BLOCK ||
	               (mark->kind == MARK_LEVELLED && mark->open[0] != '[');

	return comment && ((mark->flags & MARK_NOCASE) ? slice_starts_nocase(text, mark->open)
	                                               : slice_starts(text, mark->open));
}

static const struct mark *longest_mark(const struct mark *marks, struct slice text)
{
	const struct mark *found = NULL;

	for (const struct mark *mark = marks; mark->open; mark++)
		if (begins_with(mark, text) && (!found || strlen(mark->open) > strlen(found->open)))
			found = mark;
	return found;
}

const struct mark *comment_mark_of(const struct language *language, struct slice text)
{
	const struct mark *found = longest_mark(language->marks, text);

	for (const struct mark *mark = language->marks; !found && mark->open; mark++)
		if (mark->kind == MARK_EMBED || mark->kind == MARK_LEAVE)
			found = longest_mark(languages[mark->embedded].marks, text);
	return found;
}

static struct slice skip_all(struct slice text, const char *bytes)
{
	size_t size = 0;

	while (size < text.size && size < BLANKS_MAX && text.data[size] &&
	       strchr(bytes, text.data[size]) != NULL)
		size++;
	return slice_from(text, size);
}

/* Without the mark that opens the comment and what decorates it: ##, ///, ;;; */
static struct slice strip_open(const struct mark *mark, struct slice text)
{
	char again[3] = { 0 };

	text = slice_from(text, strlen(mark->open));
	if (mark->kind == MARK_LEVELLED)
		return slice_from(skip_all(text, "="), 1);
	if (strchr("#/*;%-!", mark->open[strlen(mark->open) - 1]) == NULL)
		return text;
	again[0] = mark->open[strlen(mark->open) - 1];
	again[1] = again[0] == '/' ? '!' : '\0';
	return skip_all(text, again);
}

static struct slice cut_close(struct slice text, const char *close)
{
	if (!slice_ends(text, close))
		return text;
	text.size -= strlen(close);
	/* "*" of a doc comment; "*" "/ -" of a template's */
	while ((close[0] == '*' || close[0] == '}') && text.size > 0 &&
	       strchr("*/- ", text.data[text.size - 1]) != NULL)
		text.size--;
	return text;
}

/* Without the mark that closes a block; mark opened it, NULL = on a line before. */
static struct slice strip_close(const struct language *language, const struct mark *mark, struct slice text)
{
	size_t size = text.size;

	if (mark && mark->kind == MARK_LEVELLED) {
		text = cut_close(text, "]");
		while (slice_ends(text, "="))
			text.size--;
		return cut_close(text, "]");
	}
	if (mark)
		return mark->kind == MARK_BLOCK && mark->close[0] != '\n' ? cut_close(text, mark->close)
		                                                          : text;
	for (mark = language->marks; mark->open && text.size == size; mark++) {
		if (mark->kind == MARK_BLOCK && mark->close[0] != '\n')
			text = cut_close(text, mark->close);
		else if (mark->kind == MARK_EMBED)
			text = cut_close(text, "*/");
		else if (mark->kind == MARK_LEAVE)
			text = cut_close(text, "-->");
		else if (mark->kind == MARK_LEVELLED)
			text = cut_close(text, "]]");
	}
	return text;
}

/* The part of a comment that lies on one line: begins and ends say whether the comment's own ends do too. */
struct part {
	struct slice text;
	bool begins, ends;
};

static struct slice strip_part(const struct language *language, struct part part)
{
	struct slice text = slice_trim(part.text);
	const struct mark *mark = part.begins ? comment_mark_of(language, text) : NULL;

	if (part.ends)
		text = strip_close(language, mark, text);
	if (mark && text.size >= strlen(mark->open))
		text = strip_open(mark, text);
	else if (!mark && slice_starts(text, "//"))
		text = skip_all(text, "/");
	else if (!mark)
		text = skip_all(text, "*");
	return slice_trim(text);
}

/* The part of span index that lies on the line from start to end. */
static struct part part_of(const struct lexed *lexed, size_t index, size_t start, size_t end)
{
	size_t from = lexed->spans[index].start;
	size_t to = index + 1 < lexed->span_count ? lexed->spans[index + 1].start : lexed->text.size;
	struct part part = { .begins = from >= start, .ends = to <= end };

	from = from > start ? from : start;
	to = to < end ? to : end;
	part.text = slice_sub(lexed->text, from, to - from);
	return part;
}

/* A line without text within a block comment is an empty comment line. */
static bool is_blank_in_block(const struct lexed *lexed, uint32_t line)
{
	size_t start = lexed->lines[line - 1];
	enum span_kind kind;
	struct slice span = lexed_span_at(lexed, start, &kind);

	return kind == SPAN_COMMENT && span.data < lexed->text.data + start;
}

/* JSX holds its comments in braces. */
static bool is_jsx_brace(const struct lexed *lexed, struct slice code, const char *brace)
{
	return lexed->language->marks == javascript_marks && slice_equal(slice_trim(code), slice_of(brace));
}

bool lexed_comment_on(const struct lexed *lexed, uint32_t line, struct slice *ret_text, bool *ret_whole)
{
	struct slice whole = lexed_line(lexed, line);
	size_t start, end, looked_at = 0, braces = 0;
	bool found = false, behind = true;

	*ret_whole = true;
	*ret_text = (struct slice){ "", 0 };
	if (line == 0 || line > lexed->line_count)
		return false;
	if (slice_trim(whole).size == 0)
		return is_blank_in_block(lexed, line);
	start = lexed->lines[line - 1];
	end = start + whole.size;
	for (size_t i = lexed_span_index(lexed, end - 1); looked_at++ < SPANS_MAX; i--) {
		struct part part = part_of(lexed, i, start, end);
		bool blank = part.text.size <= BLANKS_MAX && slice_trim(part.text).size == 0;

		/* Of several comments the last one that only blanks separate from the line end; else the last one. */
		if (lexed->spans[i].kind == SPAN_COMMENT && !blank && (!found || behind)) {
			struct slice text = strip_part(lexed->language, part);

			if (found)
				text.size = (size_t)(ret_text->data + ret_text->size - text.data);
			*ret_text = text;
			found = true;
		} else if (lexed->spans[i].kind != SPAN_COMMENT && !blank) {
			bool brace = is_jsx_brace(lexed, part.text, found ? "{" : "}");

			braces += brace;
			*ret_whole = *ret_whole && brace;
			behind = false;
		}
		if (i == 0 || lexed->spans[i].start <= start)
			break;
	}
	*ret_whole = *ret_whole && found && braces != 1;
	return found;
}
