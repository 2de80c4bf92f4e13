/* lexer_registration.c - code that gives a constant its name in another language or in a table, and so stands beside its
 * own name: REGISTER_LONG_CONSTANT("VERIFY_NONE", SSL_VERIFY_NONE, 0), NODE_DEFINE_CONSTANT(target, SSL_VERIFY_NONE). */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { NAME_MIN = 4 };

/* Takes "INT2NUM(" off the start of text. */
static struct slice without_call(struct slice text)
{
	struct slice word = first_word(slice_trim(text));

	text = slice_from(slice_trim(text), word.size);
	return word.size > 0 && slice_starts(text, "(") ? slice_trim(slice_from(text, 1))
	                                                : (struct slice){ 0 };
}

/* Takes the same off the end of text. */
static struct slice before_call(struct slice text)
{
	text = slice_trim(text);
	if (!slice_ends(text, "("))
		return text;
	text = slice_trim(slice_sub(text, 0, text.size - 1));
	text.size -= last_word(text).size;
	return slice_trim(text);
}

/* Whether name is what constant is called, or the end of it: VERIFY_NONE and SSL_VERIFY_NONE. */
static bool names(struct slice name, struct slice constant)
{
	if (name.size < NAME_MIN || name.size > constant.size || first_word(name).size < name.size)
		return false;
	return slice_equal_nocase(slice_from(constant, constant.size - name.size), name);
}

/* Whether text ends in the string that names constant, and a comma. */
static bool ends_in_name(struct slice text, struct slice constant)
{
	size_t open;

	if (!slice_ends(text, ","))
		return false;
	text = slice_trim(slice_sub(text, 0, text.size - 1));
	if (!slice_ends(text, "\""))
		return false;
	text.size--;
	open = slice_find_last_char(text, '"');
	return open != SIZE_MAX && names(slice_from(text, open + 1), constant);
}

/* Whether the call that text begins is one that makes constants known. */
static bool defines_constants(struct slice text)
{
	size_t open = slice_find_char(text, '(');

	text = slice_sub(text, 0, open == SIZE_MAX ? 0 : open);
	return slice_find_nocase(text, "define_const") != SIZE_MAX || slice_ends(text, "_CONSTANT");
}

/* Whether the string at start holds the name of the constant behind it. */
static bool names_what_follows(const struct lexed *lexed, size_t start)
{
	enum span_kind kind;
	struct slice string = lexed_span_at(lexed, start, &kind), behind;
	size_t end = lexed->spans[lexed_span_index(lexed, start)].start + string.size;

	string = slice_trim(string);
	string = slice_sub(string, 1, string.size < 2 ? 0 : string.size - 2);
	behind = slice_trim(line_behind(lexed, end));
	if (!slice_starts(behind, ","))
		return false;
	behind = slice_trim(slice_from(behind, 1));
	return names(string, first_word(behind)) || names(string, first_word(without_call(behind)));
}

bool lexed_is_registered(const struct lexed *lexed, size_t start)
{
	struct slice text = lexed->text, before, constant;

	if (lexed->language->flags & LANGUAGE_IS_DATA)
		return false;
	if (lexed_kind_at(lexed, start) == SPAN_STRING)
		return names_what_follows(lexed, start);
	while (start < text.size && !is_word(text.data[start]) && text.data[start] != '\n')
		start++;
	before = slice_trim(line_before(lexed, start));
	constant = first_word(slice_from(text, start));
	return defines_constants(before) || ends_in_name(before, constant) ||
	       ends_in_name(before_call(before), constant);
}
