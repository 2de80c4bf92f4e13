/* lexer_key_brace.c - keys by brackets: JSON's members, HCL's blocks and maps. */
#include "policy/rules/lexer_key.h"

#include "policy/rules/lexer_state.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The member name in front of a bracket: "name" : { */
static struct slice member_before(struct slice text)
{
	size_t end, start;

	while (text.size > 0 && is_space(text.data[text.size - 1]))
		text.size--;
	if (text.size == 0 || text.data[text.size - 1] != ':')
		return (struct slice){ "", 0 };
	text = slice_trim(slice_sub(text, text.size > 4096 ? text.size - 4096 : 0,
	                            text.size > 4096 ? 4095 : text.size - 1));
	end = start = text.size;
	if (end > 0 && (text.data[end - 1] == '"' || text.data[end - 1] == '\'')) {
		for (start = end - 1; start > 0; start--)
			if (text.data[start - 1] == text.data[end - 1] &&
			    (start < 2 || text.data[start - 2] != '\\'))
				break;
		return start > 0 ? slice_sub(text, start, end - 1 - start) : (struct slice){ "", 0 };
	}
	while (start > 0 && (is_word(text.data[start - 1]) || text.data[start - 1] == '$'))
		start--;
	return slice_sub(text, start, end - start);
}

void keys_json(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	struct key_cursor cursor;

	key_cursor_init(&cursor, lexed, offset);
	while (key_cursor_outward(&cursor) != '\0')
		key_add(list, member_before(slice_sub(lexed->text, 0, cursor.pos)));
}

/* The words and quoted labels of a block's head, the last one first. */
static void add_labels(struct key_list *list, struct slice head)
{
	while (head.size > 0) {
		size_t end = head.size, start = end;
		char c = head.data[end - 1];

		if (c == '"') {
			for (start = end - 1; start > 0 && head.data[start - 1] != '"';)
				start--;
			key_add(list, slice_sub(head, start, start < end ? end - 1 - start : 0));
			start -= start > 0;
		} else if (is_word(c) || c == '-' || c == '.') {
			while (start > 0 && (is_word(head.data[start - 1]) || head.data[start - 1] == '-' ||
			                     head.data[start - 1] == '.'))
				start--;
			key_add(list, slice_sub(head, start, end - start));
		} else {
			start--;
		}
		head.size = start;
	}
}

/* What stands before a bracket on its line: `resource "type" "name" {`, `key = {`, `key = f([`, `"key" : [`. */
static void add_head(struct key_list *list, struct slice head)
{
	size_t equals = slice_find_char(head, '='), colon = slice_find_char(head, ':');
	size_t value = equals < colon ? equals : colon;

	head = slice_trim(slice_sub(head, 0, value == SIZE_MAX ? head.size : value));
	if (value != SIZE_MAX)
		key_add(list, key_unquote(head));
	else
		add_labels(list, head);
}

void keys_hcl(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	struct key_cursor cursor;

	key_cursor_init(&cursor, lexed, offset);
	while (key_cursor_outward(&cursor) != '\0') {
		size_t line = text_line_start(lexed->text, cursor.pos);

		add_head(list, slice_sub(lexed->text, line, cursor.pos - line));
		/* The head counts once, however many brackets it opens. */
		while (cursor.pos > line && key_cursor_back(&cursor) != '\0')
			;
	}
}
