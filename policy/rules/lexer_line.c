/* lexer_line.c - what stands around a place on its line; and what a line of C or of a language like it says by its form
 * alone: that it is a condition, a condition of the preprocessor, or the head of a function; and what the preprocessor
 * leaves out. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { DEAD_LINES_BACK = 500 }; /* lines that are looked back for the condition around one */

size_t line_start_near(struct slice text, size_t pos)
{
	size_t floor = pos > LINE_REACH ? pos - LINE_REACH : 0;

	return floor + text_line_start(slice_from(text, floor), pos - floor);
}

size_t line_end_near(struct slice text, size_t pos)
{
	return line_end_from(text.size > pos + LINE_REACH ? slice_sub(text, 0, pos + LINE_REACH) : text, pos);
}

struct slice line_before(const struct lexed *lexed, size_t pos)
{
	size_t start = line_start_near(lexed->text, pos);

	return slice_sub(lexed->text, start, pos - start);
}

struct slice line_behind(const struct lexed *lexed, size_t pos)
{
	return slice_sub(lexed->text, pos, line_end_near(lexed->text, pos) - pos);
}

struct slice first_word(struct slice text)
{
	size_t size = 0;

	while (size < text.size && is_word(text.data[size]))
		size++;
	return slice_sub(text, 0, size);
}

struct slice last_word(struct slice text)
{
	size_t start = text.size;

	while (start > 0 && is_word(text.data[start - 1]))
		start--;
	return slice_from(text, start);
}

struct slice without_cast(struct slice text)
{
	size_t open = slice_find_last_char(text, '(');

	if (!slice_ends(text, ")") || open == SIZE_MAX || open + 2 >= text.size)
		return text;
	for (size_t i = open + 1; i + 1 < text.size; i++)
		if (!is_word(text.data[i]) && text.data[i] != '.' && text.data[i] != ':')
			return text;
	return slice_trim(slice_sub(text, 0, open));
}

struct slice without_scope(struct slice text)
{
	while (slice_ends(text, "::")) {
		text.size -= 2;
		text.size -= last_word(text).size;
	}
	return text;
}

bool opens_condition(struct slice text)
{
	static const char *const ends[] = { "if", "while", "!", "&&", "||", NULL };
	size_t open = slice_find_last_char(text, '(');

	if (open == SIZE_MAX)
		return false;
	text = slice_trim(slice_sub(text, 0, open));
	while (slice_ends(text, "("))
		text = slice_trim(slice_sub(text, 0, text.size - 1));
	return slice_ends_in_one_of(text, ends);
}

/* The word of a line for the preprocessor, and what stands behind it; empty for other lines. */
static struct slice directive(struct slice line, struct slice *ret_rest)
{
	struct slice word;

	line = slice_trim(line);
	*ret_rest = (struct slice){ 0 };
	if (!slice_starts(line, "#"))
		return *ret_rest;
	line = slice_trim(slice_from(line, 1));
	word = first_word(line);
	*ret_rest = slice_trim(slice_from(line, word.size));
	return word;
}

bool is_preprocessor_condition(struct slice line)
{
	static const char *const words[] = { "if", "ifdef", "ifndef", "elif", "undef", NULL };
	struct slice rest;

	return slice_is_one_of(directive(line, &rest), words);
}

/* Whether rest, behind an if, is this number alone. */
static bool is_number(struct slice rest, char number)
{
	return rest.size > 0 && rest.data[0] == number && (rest.size == 1 || !is_word(rest.data[1]));
}

bool lexed_is_dead(const struct lexed *lexed, size_t offset)
{
	uint32_t line = lexed_line_at(lexed, offset),
		 stop = line > DEAD_LINES_BACK ? line - DEAD_LINES_BACK : 1;
	bool is_otherwise = false; /* behind an else of the condition around */
	uint32_t depth = 0;

	if (lexed->language != &languages[LANG_C] && lexed->language != &languages[LANG_CPP] &&
	    lexed->language != &languages[LANG_OBJC])
		return false;
	while (line-- > stop) {
		struct slice rest, word = directive(lexed_line(lexed, line), &rest);

		if (slice_equal(word, SLICE("endif"))) {
			depth++;
		} else if (slice_starts(word, "el") && depth == 0) {
			is_otherwise = true;
		} else if (slice_starts(word, "if") && depth > 0) {
			depth--;
		} else if (slice_starts(word, "if")) {
			if (word.size == 2 && is_number(rest, is_otherwise ? '1' : '0'))
				return true;
			is_otherwise = false;
		}
	}
	return false;
}

bool opens_definition(const struct lexed *lexed, size_t start)
{
	uint32_t line = lexed_line_at(lexed, start);

	return line_start_near(lexed->text, start) == start &&
	       slice_ends(slice_trim(lexed_line(lexed, line)), ")") &&
	       slice_starts(lexed_line(lexed, line + 1), "{");
}
