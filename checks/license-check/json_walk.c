/* json_walk.c - reads JSON front to back. */
#include "checks/license-check/json_walk.h"

#include <string.h>

enum { MAX_DEPTH = 64 };

static bool refuse(struct json_walk *walk, const char *problem)
{
	if (!walk->problem)
		walk->problem = problem;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void skip_blanks(struct json_walk *walk)
{
	while (walk->offset < walk->text.size && is_blank(walk->text.data[walk->offset]))
		walk->offset++;
}

char json_walk_peek(struct json_walk *walk)
{
	skip_blanks(walk);
	return walk->offset < walk->text.size && !walk->problem ? walk->text.data[walk->offset] : '\0';
}

static bool take(struct json_walk *walk, char c)
{
	if (json_walk_peek(walk) != c)
		return false;
	walk->offset++;
	return true;
}

/* ---- strings ---------------------------------------------------------------------------------------------------------*/

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits at offset, -1 when they are none. */
static int32_t read_unit(struct slice text, size_t offset)
{
	int32_t unit = 0;

	if (offset > text.size || text.size - offset < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		int value = hex_value(text.data[offset + i]);

		if (value < 0)
			return -1;
		unit = unit * 16 + value;
	}
	return unit;
}

/* The code point of \uXXXX at offset, with the second half of a pair where it needs one; -1 for what is none, or NUL.
 * *ret_size are the bytes that it takes. */
static int32_t read_code_point(struct slice text, size_t offset, size_t *ret_size)
{
	int32_t first = read_unit(text, offset + 2), second;

	*ret_size = 6;
	if (first < 0xd800 || first > 0xdfff)
		return first > 0 ? first : -1;
	if (first > 0xdbff || !slice_starts(slice_from(text, offset + 6), "\\u"))
		return -1;
	second = read_unit(text, offset + 8);
	if (second < 0xdc00 || second > 0xdfff)
		return -1;
	*ret_size = 12;
	return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

/* Bytes of the escape at offset, 0 when it is none. */
static size_t escape_size(struct slice text, size_t offset)
{
	size_t size;

	if (offset + 1 >= text.size)
		return 0;
	if (text.data[offset + 1] == 'u')
		return read_code_point(text, offset, &size) > 0 ? size : 0;
	return text.data[offset + 1] != '\0' && strchr("\"\\/bfnrt", text.data[offset + 1]) ? 2 : 0;
}

bool json_walk_string(struct json_walk *walk, struct slice *ret_raw)
{
	const struct slice text = walk->text;
	size_t start, at;
	bool plain = true;

	if (!take(walk, '"'))
		return refuse(walk, "a string is missing");
	start = walk->offset;
	for (at = start; at < text.size && text.data[at] != '"';) {
		unsigned char c = (unsigned char)text.data[at];
		size_t size = c == '\\' ? escape_size(text, at) : 1;

		walk->offset = at;
		if (size == 0)
			return refuse(walk, "an escape that JSON does not know, or a NUL");
		if (c < ' ')
			return refuse(walk, "a control character in a string");
		plain = plain && c < 0x80;
		at += size;
	}
	*ret_raw = slice_sub(text, start, at - start);
	if (at >= text.size)
		return refuse(walk, "a string is not closed");
	if (!plain && !text_is_utf8(*ret_raw))
		return refuse(walk, "a string that is no UTF-8");
	walk->offset = at + 1;
	return true;
}

static size_t write_utf8(char *to, int32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Writes what the escape at offset stands for; *ret_taken are the bytes that it takes. */
static size_t unescape(char *to, struct slice raw, size_t offset, size_t *ret_taken)
{
	static const char letters[] = "bfnrt", values[] = "\b\f\n\r\t";
	char c = raw.data[offset + 1];
	const char *letter = strchr(letters, c);

	*ret_taken = 2;
	if (c == 'u')
		return write_utf8(to, read_code_point(raw, offset, ret_taken));
	*to = letter ? values[letter - letters] : c;
	return 1;
}

struct slice json_walk_text(struct arena *arena, struct slice raw)
{
	char *copy;
	size_t size = 0, taken;

	if (slice_find_char(raw, '\\') == SIZE_MAX)
		return raw;
	/* No escape is shorter than what it stands for. */
	copy = arena_alloc(arena, raw.size + 1, 1);
	for (size_t i = 0; copy && i < raw.size; i += taken) {
		if (raw.data[i] == '\\') {
			size += unescape(copy + size, raw, i, &taken);
		} else {
			copy[size++] = raw.data[i];
			taken = 1;
		}
	}
	return (struct slice){ copy, size };
}

/* ---- numbers and names -----------------------------------------------------------------------------------------------*/

static bool skip_digits(struct json_walk *walk)
{
	size_t start = walk->offset;

	while (walk->offset < walk->text.size && walk->text.data[walk->offset] >= '0' &&
	       walk->text.data[walk->offset] <= '9')
		walk->offset++;
	return walk->offset > start;
}

static bool skip_one_of(struct json_walk *walk, const char *set)
{
	if (walk->offset >= walk->text.size || walk->text.data[walk->offset] == '\0' ||
	    !strchr(set, walk->text.data[walk->offset]))
		return false;
	walk->offset++;
	return true;
}

static bool skip_number(struct json_walk *walk)
{
	bool good;

	(void)skip_one_of(walk, "-");
	good = skip_one_of(walk, "0") || skip_digits(walk);
	if (good && skip_one_of(walk, "."))
		good = skip_digits(walk);
	if (good && skip_one_of(walk, "eE")) {
		(void)skip_one_of(walk, "+-");
		good = skip_digits(walk);
	}
	return good || refuse(walk, "a value is missing");
}

static bool skip_scalar(struct json_walk *walk)
{
	static const char *const names[] = { "true", "false", "null" };
	struct slice raw;

	if (json_walk_peek(walk) == '"')
		return json_walk_string(walk, &raw);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (slice_starts(slice_from(walk->text, walk->offset), names[i])) {
			walk->offset += strlen(names[i]);
			return true;
		}
	}
	return skip_number(walk);
}

/* ---- objects and arrays ----------------------------------------------------------------------------------------------*/

bool json_walk_enter(struct json_walk *walk, char open)
{
	return take(walk, open) || refuse(walk, open == '{' ? "an object is missing" : "an array is missing");
}

/* Behind the comma, or at the first member; false behind the end. */
static bool next(struct json_walk *walk, struct json_items *items, char close)
{
	bool first = !items->started;

	items->started = true;
	if (walk->problem || take(walk, close))
		return false;
	return first || take(walk, ',') || refuse(walk, "a comma or the end of a list is missing");
}

bool json_walk_next_key(struct json_walk *walk, struct json_items *items, struct slice *ret_key)
{
	if (!next(walk, items, '}') || !json_walk_string(walk, ret_key))
		return false;
	return take(walk, ':') || refuse(walk, "a colon is missing");
}

bool json_walk_next_item(struct json_walk *walk, struct json_items *items)
{
	return next(walk, items, ']');
}

/* Goes on to the next value of the innermost of depth open objects and arrays, leaving those that end; false when none is
 * left, or on failure. */
static bool next_value(struct json_walk *walk, uint64_t is_object, struct json_items *items, unsigned *depth)
{
	struct slice key;

	for (; *depth > 0; --*depth) {
		struct json_items *innermost = &items[*depth - 1];

		if (is_object >> (*depth - 1) & 1 ? json_walk_next_key(walk, innermost, &key)
		                                  : json_walk_next_item(walk, innermost))
			return true;
		if (walk->problem)
			return false;
	}
	return false;
}

bool json_walk_skip(struct json_walk *walk)
{
	struct json_items items[MAX_DEPTH];
	uint64_t is_object = 0; /* a bit per level */
	unsigned depth = 0;

	do {
		char open = json_walk_peek(walk);

		if (open != '{' && open != '[') {
			if (!skip_scalar(walk))
				return false;
			continue;
		}
		if (depth == MAX_DEPTH)
			return refuse(walk, "nested more than 64 deep");
		walk->offset++;
		is_object = (is_object & ~(UINT64_C(1) << depth)) | (uint64_t)(open == '{') << depth;
		items[depth++] = (struct json_items){ false };
	} while (next_value(walk, is_object, items, &depth));
	return !walk->problem;
}

bool json_walk_ends(struct json_walk *walk)
{
	return json_walk_peek(walk) == '\0' && !walk->problem && walk->offset == walk->text.size;
}
