/* lexer_key_yaml.c - keys by indentation: what stands further left and above holds what stands further right. */
#include "policy/rules/lexer_key.h"

#include <string.h>

/* A line of YAML: "  - - key: value". */
struct yaml_line {
	struct slice key;  /* empty = none */
	size_t column;     /* of the key, or of whatever stands behind the dashes */
	size_t dash;       /* column of the first dash, SIZE_MAX = none */
	bool opens_scalar; /* the value is | or > */
};

/* The line without a comment at its end. */
static struct slice line_code(const struct lexed *lexed, uint32_t line)
{
	struct slice text = lexed_line(lexed, line), span;
	enum span_kind kind;

	if (text.size == 0)
		return text;
	span = lexed_span_at(lexed, (size_t)(text.data - lexed->text.data) + text.size - 1, &kind);
	if (kind == SPAN_COMMENT)
		text.size = span.data > text.data ? (size_t)(span.data - text.data) : 0;
	return text;
}

/* Offset of the colon that ends a key at the start of text, SIZE_MAX = no key. */
static size_t key_end(struct slice text)
{
	char quote = text.size > 0 && (text.data[0] == '"' || text.data[0] == '\'') ? text.data[0] : '\0';
	size_t i = 0;

	if (slice_starts(text, "{{"))
		return SIZE_MAX;
	if (quote) {
		for (i = 1; i < text.size && text.data[i] != quote; i++)
			if (text.data[i] == '\\' && quote == '"')
				i++;
		i++;
	}
	for (; i < text.size; i++) {
		char next = i + 1 < text.size ? text.data[i + 1] : ' ';

		if (text.data[i] == ':' && (next == ' ' || next == '\t'))
			return i;
		if (quote && text.data[i] != ' ')
			break;
	}
	return SIZE_MAX;
}

static bool ends_with_scalar(struct slice value)
{
	value = slice_trim(value);
	while (value.size > 1 && strchr("+-0123456789", value.data[value.size - 1]) != NULL)
		value.size--;
	return value.size > 0 && (value.data[value.size - 1] == '|' || value.data[value.size - 1] == '>') &&
	       (value.size == 1 || value.data[value.size - 2] == ' ');
}

/* False for blank and comment lines. */
static bool read_line(struct slice text, struct yaml_line *ret)
{
	size_t at = 0, colon;

	*ret = (struct yaml_line){ .dash = SIZE_MAX };
	for (; at < text.size; at++) {
		bool dash = text.data[at] == '-' && (at + 1 == text.size || text.data[at + 1] == ' ');

		if (dash && ret->dash == SIZE_MAX)
			ret->dash = at;
		else if (!dash && text.data[at] != ' ' && text.data[at] != '\t')
			break;
	}
	ret->column = at;
	colon = key_end(slice_from(text, at));
	if (colon != SIZE_MAX) {
		ret->key = key_unquote(slice_sub(text, at, colon));
		ret->opens_scalar = ends_with_scalar(slice_from(text, at + colon + 1));
	}
	return slice_trim(text).size > 0;
}

void keys_yaml(const struct lexed *lexed, size_t offset, struct key_list *list)
{
	uint32_t line = lexed_line_at(lexed, offset);
	size_t floor = key_floor(lexed, offset), limit;
	struct yaml_line at;

	(void)read_line(line_code(lexed, line), &at);
	limit = at.dash != SIZE_MAX ? at.dash + 1 : at.column;
	while (--line > 0 && limit > 0 && lexed->lines[line - 1] >= floor) {
		struct slice text = line_code(lexed, line);

		if (slice_starts(text, "---") || slice_starts(text, "..."))
			return;
		if (!read_line(text, &at))
			continue;
		if (at.column < limit) {
			/* What looks like keys within a block scalar is text. */
			if (at.opens_scalar)
				list->count = 0;
			key_add(list, at.key);
			limit = at.column;
		}
		if (at.dash < limit)
			limit = at.dash + 1;
	}
}
