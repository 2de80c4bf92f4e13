/* lexer_line.c - what a line of C or of a language like it says by its form alone: that it is a condition, a condition of
 * the preprocessor, or the head of a function. */
#include "policy/rules/lexer_state.h"

#include <string.h>

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

bool is_preprocessor_condition(struct slice line)
{
	static const char *const words[] = { "if", "ifdef", "ifndef", "elif", "undef", NULL };
	size_t size = 0;

	line = slice_trim(line);
	if (!slice_starts(line, "#"))
		return false;
	line = slice_trim(slice_from(line, 1));
	while (size < line.size && is_word(line.data[size]))
		size++;
	return slice_is_one_of(slice_sub(line, 0, size), words);
}

bool opens_definition(const struct lexed *lexed, size_t start)
{
	uint32_t line = lexed_line_at(lexed, start);

	return line_start_near(lexed->text, start) == start &&
	       slice_ends(slice_trim(lexed_line(lexed, line)), ")") &&
	       slice_starts(lexed_line(lexed, line + 1), "{");
}
