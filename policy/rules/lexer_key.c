/* lexer_key.c - the path of keys that leads to a place in a data file. */
#include "policy/rules/lexer_key.h"

#include "policy/rules/lexer_state.h"

#include <string.h>

static key_reader *const readers[] = {
	[KEYS_YAML] = keys_yaml,    [KEYS_JSON] = keys_json,   [KEYS_HCL] = keys_hcl,
	[KEYS_TOML] = keys_section, [KEYS_INI] = keys_section, [KEYS_XML] = keys_xml,
};

void key_add(struct key_list *list, struct slice key)
{
	if (list->count < KEY_DEPTH_MAX && key.size > 0)
		list->keys[list->count++] = key;
}

struct slice key_unquote(struct slice key)
{
	key = slice_trim(key);
	if (key.size >= 2 && (key.data[0] == '"' || key.data[0] == '\'') &&
	    key.data[key.size - 1] == key.data[0])
		return slice_sub(key, 1, key.size - 2);
	return key;
}

/* Offset of the last dot outside quotes, SIZE_MAX = none. */
static size_t last_dot(struct slice key)
{
	size_t found = SIZE_MAX;
	char quote = '\0';

	for (size_t i = 0; i < key.size; i++) {
		char c = key.data[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '.')
			found = i;
	}
	return found;
}

void key_add_dotted(struct key_list *list, struct slice key)
{
	while (key.size > 0 && list->count < KEY_DEPTH_MAX) {
		size_t dot = last_dot(key);

		key_add(list, key_unquote(dot == SIZE_MAX ? key : slice_from(key, dot + 1)));
		key.size = dot == SIZE_MAX ? 0 : dot;
	}
}

size_t key_floor(const struct lexed *lexed, size_t offset)
{
	uint32_t line = lexed_line_at(lexed, offset);
	size_t first = line > KEY_LINES_MAX ? lexed->lines[line - KEY_LINES_MAX] : 0;
	size_t bytes = offset > KEY_BYTES_MAX ? offset - KEY_BYTES_MAX : 0;

	return first > bytes ? first : bytes;
}

/* Whether a quote at pos is protected by an odd number of backslashes. */
static bool is_escaped(const struct lexed *lexed, size_t pos)
{
	size_t count = 0;

	while (pos > count && lexed->text.data[pos - count - 1] == '\\')
		count++;
	return count % 2 == 1;
}

void key_cursor_init(struct key_cursor *cursor, const struct lexed *lexed, size_t offset)
{
	size_t floor = key_floor(lexed, offset), line = text_line_start(lexed->text, offset);

	*cursor = (struct key_cursor){
		.lexed = lexed, .pos = offset, .floor = floor, .span = lexed_span_index(lexed, offset)
	};
	for (size_t i = line > floor ? line : floor; i < offset; i++)
		if (lexed->text.data[i] == '"' && !is_escaped(lexed, i))
			cursor->quoted = !cursor->quoted;
}

char key_cursor_back(struct key_cursor *cursor)
{
	const struct lexed *lexed = cursor->lexed;

	while (cursor->pos > cursor->floor) {
		char c;

		cursor->pos--;
		while (cursor->span > 0 && lexed->spans[cursor->span].start > cursor->pos)
			cursor->span--;
		if (lexed->spans[cursor->span].kind == SPAN_COMMENT) {
			cursor->pos = lexed->spans[cursor->span].start;
			continue;
		}
		c = lexed->text.data[cursor->pos];
		if (c == '\n')
			cursor->quoted = false;
		else if (c == '"' && !is_escaped(lexed, cursor->pos))
			cursor->quoted = !cursor->quoted;
		else if (!cursor->quoted && c != '\0')
			return c;
	}
	return '\0';
}

char key_cursor_outward(struct key_cursor *cursor)
{
	size_t depth = 0;
	char c;

	while ((c = key_cursor_back(cursor)) != '\0') {
		if (c == '}' || c == ']' || c == ')')
			depth++;
		else if ((c == '{' || c == '[' || c == '(') && depth-- == 0)
			return c;
	}
	return '\0';
}

enum pol_status lexed_key_path(struct arena *arena, const struct lexed *lexed, size_t offset,
                               const char **ret_path)
{
	struct key_list list = { .count = 0 };
	enum key_style style = lexed->language->keys;
	size_t size = 0, used = 0;
	char *path;

	if (style != KEYS_NONE && lexed->span_count > 0 && offset < lexed->text.size)
		readers[style](lexed, offset, &list);
	for (size_t i = 0; i < list.count; i++)
		size += list.keys[i].size + 1;
	path = arena_alloc(arena, size + 1, 1);
	if (!path)
		return POL_ENOMEM;
	for (size_t i = list.count; i > 0; i--) {
		struct slice key = list.keys[i - 1];

		memcpy(path + used, key.data, key.size);
		used += key.size;
		path[used++] = i > 1 ? '.' : '\0';
	}
	*ret_path = path;
	return POL_OK;
}
