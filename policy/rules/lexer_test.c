/* lexer_test.c - text of tests that names a setting without making it: titles of cases, and here-documents that hold what
 * the output should be. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { TITLE_BACK = 256, EXPECTED_BACK = 8 * 1024 };

/* What opens a case of a test; its first string is the title. */
static const char *const openers[] = { "it",
	                               "It",
	                               "test",
	                               "describe",
	                               "Describe",
	                               "context",
	                               "Context",
	                               "specify",
	                               "suite",
	                               "should",
	                               "scenario",
	                               "@test",
	                               "test_expect_success",
	                               "test_expect_failure",
	                               NULL };

/* Cuts a prerequisite off: "test_expect_success GPG,SYMLINKS". */
static struct slice without_prerequisite(struct slice before)
{
	size_t first = slice_find_char(before, ' ');

	if (first != SIZE_MAX && slice_starts(before, "test_expect_"))
		before.size = first;
	return before;
}

bool lexed_is_title(const struct lexed *lexed, size_t offset)
{
	size_t start = lexed->spans[lexed_span_index(lexed, offset)].start;
	size_t line = line_start_near(lexed->text, start);
	struct slice before;

	if (lexed_kind_at(lexed, offset) != SPAN_STRING || (lexed->language->flags & LANGUAGE_IS_DATA) ||
	    start - line > TITLE_BACK)
		return false;
	before = slice_trim(slice_sub(lexed->text, line, start - line));
	/* What stands behind the title is run: a body in quotes too, which may go over lines. */
	if (line_end_near(lexed->text, start) < offset || slice_find_char(before, '\'') != SIZE_MAX ||
	    slice_find_char(before, '"') != SIZE_MAX)
		return false;
	if (before.size > 0 && before.data[before.size - 1] == '(')
		before = slice_trim(slice_sub(before, 0, before.size - 1));
	return slice_is_one_of(without_prerequisite(before), openers);
}

/* The word that ends the here-document which line opens; empty when it opens none. */
static struct slice end_word(struct slice line)
{
	size_t at = slice_find(line, "<<"), size = 0;

	if (at == SIZE_MAX)
		return (struct slice){ 0 };
	line = slice_from(line, at + 2);
	while (line.size > 0 && line.data[0] && strchr(" -~\\'\"", line.data[0]))
		line = slice_from(line, 1);
	while (size < line.size && is_word(line.data[size]))
		size++;
	return slice_sub(line, 0, size);
}

/* Whether a line that opens a here-document writes what is expected, or compares it at once. */
static bool expects_output(struct slice line)
{
	struct slice word = slice_trim(line);

	return slice_find_nocase(line, "expect") != SIZE_MAX || slice_starts(word, "diff ") ||
	       slice_starts(word, "cmp ") || slice_starts(word, "test_cmp ");
}

/* Whether one of the lines of text is word alone. */
static bool ends_within(struct slice text, struct slice word)
{
	while (text.size > 0) {
		size_t end = slice_find_char(text, '\n');

		if (end == SIZE_MAX)
			return false;
		if (slice_equal(slice_trim(slice_sub(text, 0, end)), word))
			return true;
		text = slice_from(text, end + 1);
	}
	return false;
}

bool lexed_is_expected_output(const struct lexed *lexed, size_t offset)
{
	size_t line = line_start_near(lexed->text, offset), below = line;

	if (lexed->language != &languages[LANG_SHELL] || lexed_kind_at(lexed, offset) != SPAN_STRING)
		return false;
	while (below > 0 && line - below < EXPECTED_BACK) {
		size_t above = line_start_near(lexed->text, below - 1);
		struct slice opener = slice_sub(lexed->text, above, below - 1 - above);
		struct slice word = end_word(opener);

		/* The first that is still open decides. */
		if (word.size > 0 && !ends_within(slice_sub(lexed->text, below, line - below), word))
			return expects_output(opener);
		below = above;
	}
	return false;
}
