/* lexer_key_section.c - keys by [section] and dotted names in TOML and INI, by elements in XML. */
#include "policy/rules/lexer_key.h"

#include "policy/rules/lexer_state.h"

#include <string.h>

/* The name in "[name]" or "[[name]]"; false when the line is no such head. */
static bool section_of(struct slice line, struct slice *ret_name)
{
	size_t open, close;

	line = slice_trim(line);
	open = slice_starts(line, "[[") ? 2 : slice_starts(line, "[");
	if (open == 0)
		return false;
	close = slice_find_char(line, ']');
	if (close == SIZE_MAX || slice_find_char(slice_sub(line, 0, close), ',') != SIZE_MAX)
		return false;
	*ret_name = slice_trim(slice_sub(line, open, close - open));
	line = slice_trim(slice_from(line, close + open));
	return line.size == 0 || line.data[0] == '#' || line.data[0] == ';';
}

/* The key before = or : on a line, empty when there is none. */
static struct slice key_of(struct slice line, bool toml)
{
	size_t equals = slice_find_char(line, '='), colon = toml ? SIZE_MAX : slice_find_char(line, ':');
	size_t end = equals < colon ? equals : colon;

	return slice_trim(slice_sub(line, 0, end == SIZE_MAX ? 0 : end));
}

static void add_parents(struct key_list *list, struct slice key)
{
	while (key.size > 0 && key.data[key.size - 1] != '.')
		key.size--;
	if (key.size > 0)
		key_add_dotted(list, slice_sub(key, 0, key.size - 1));
}

/* The key whose array or table is open at offset, over lines. Returns the line that it stands on. */
static uint32_t add_open(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	struct key_cursor cursor;
	uint32_t line = lexed_line_at(lexed, offset);

	key_cursor_init(&cursor, lexed, lexed->lines[line - 1]);
	while (key_cursor_outward(&cursor) != '\0') {
		uint32_t at = lexed_line_at(lexed, cursor.pos);
		struct slice key = key_of(lexed_line(lexed, at), true);

		if (key.size > 0 && at < line) {
			key_add_dotted(list, key);
			line = at;
		}
	}
	return line;
}

void keys_section(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	bool toml = lexed->language->keys == KEYS_TOML;
	size_t floor = key_floor(lexed, offset);
	uint32_t line = lexed_line_at(lexed, offset);
	struct slice name;

	if (section_of(lexed_line(lexed, line), &name))
		return;
	add_parents(list, key_of(lexed_line(lexed, line), toml));
	if (toml)
		line = add_open(lexed, offset, list);
	while (--line > 0 && lexed->lines[line - 1] >= floor) {
		if (!section_of(lexed_line(lexed, line), &name))
			continue;
		if (toml)
			key_add_dotted(list, name);
		else
			key_add(list, name);
		return;
	}
}

static struct slice element_name(struct slice text)
{
	size_t size = 0;

	while (size < text.size &&
	       (is_word(text.data[size]) || (text.data[size] && strchr("-.:", text.data[size]))))
		size++;
	return slice_sub(text, 0, size);
}

/* Elements that are open where the line begins; a tag that is open itself counts. */
void keys_xml(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	size_t start = text_line_start(lexed->text, offset), floor = key_floor(lexed, offset);
	size_t depth = 0, tag_end = SIZE_MAX;

	for (size_t pos = start; pos > floor; pos--) {
		char c = lexed->text.data[pos - 1];
		struct slice rest = slice_from(lexed->text, pos);
		bool empty = tag_end != SIZE_MAX && lexed->text.data[tag_end - 1] == '/';

		if (c == '>')
			tag_end = pos - 1;
		if (c != '<' || lexed_kind_at(lexed, pos - 1) == SPAN_COMMENT)
			continue;
		if (rest.size > 0 && rest.data[0] == '/')
			depth++;
		else if (element_name(rest).size > 0 && !empty && depth > 0)
			depth--;
		else if (element_name(rest).size > 0 && !empty)
			key_add(list, element_name(rest));
		tag_end = SIZE_MAX;
	}
}
