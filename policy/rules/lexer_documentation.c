/* lexer_documentation.c - tells strings that are text for people from strings that a program uses: docstrings, and what
 * Ansible's modules show as their documentation. */
#include "policy/rules/lexer_state.h"

#include <string.h>

/* Names whose value is documentation, as Ansible reads it. */
static bool is_documentation_name(struct slice name)
{
	return slice_equal(name, SLICE("DOCUMENTATION")) || slice_equal(name, SLICE("EXAMPLES")) ||
	       slice_equal(name, SLICE("RETURN")) || slice_equal(name, SLICE("__doc__"));
}

/* Whether what ends before pos, the start of a line, is a whole statement: no bracket, comma or operator at its end. A
 * comment there does not matter much: its last byte is looked at. */
static bool statement_ended(struct slice text, size_t pos)
{
	while (pos > 0 && strchr(" \t\r\n", text.data[pos - 1]) && text.data[pos - 1])
		pos--;
	return pos == 0 || !text.data[pos - 1] || !strchr("([{,=+%\\|&", text.data[pos - 1]);
}

bool lexed_is_documentation(const struct lexed *lexed, size_t offset)
{
	struct slice text = lexed->text, before;
	size_t quote, line, name = 0;

	if (lexed->language != &languages[LANG_PYTHON] || lexed_kind_at(lexed, offset) != SPAN_STRING)
		return false;
	quote = lexed->spans[lexed_span_index(lexed, offset)].start;
	line = text_line_start(text, quote);
	while (quote < text.size && text.data[quote] && strchr("rRuUbB", text.data[quote]))
		quote++;
	if (text.size - quote < 3 ||
	    (memcmp(text.data + quote, "\"\"\"", 3) != 0 && memcmp(text.data + quote, "'''", 3) != 0))
		return false;
	before = slice_sub(text, line, quote - line);
	while (name < before.size && is_word(before.data[name]))
		name++;
	if (is_documentation_name(slice_sub(before, 0, name)) &&
	    slice_starts(slice_trim(slice_from(before, name)), "="))
		return true;
	while (before.size > 0 && before.data[before.size - 1] &&
	       strchr("rRuUbB", before.data[before.size - 1]))
		before.size--;
	return slice_trim(before).size == 0 && statement_ended(text, line);
}
