/* text.c - slices, lines, UTF-8 and escaping. Nothing here asks the locale. */
#include "policy/base/text.h"

#include <string.h>

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

static unsigned char lower(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool same_nocase(const char *a, const char *b, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

/* ---- slices ----------------------------------------------------------------------------------------------------- */

struct slice slice_of(const char *string)
{
	return (struct slice){ string, string ? strlen(string) : 0 };
}

struct slice slice_of_buf(const struct buf *buf)
{
	return (struct slice){ buf->data ? buf->data : "", buf->size };
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	return a.size == b.size && same_nocase(a.data, b.data, a.size);
}

bool slice_starts(struct slice text, const char *prefix)
{
	size_t size = strlen(prefix);

	return size <= text.size && (size == 0 || memcmp(text.data, prefix, size) == 0);
}

bool slice_starts_nocase(struct slice text, const char *prefix)
{
	size_t size = strlen(prefix);

	return size <= text.size && same_nocase(text.data, prefix, size);
}

bool slice_ends(struct slice text, const char *suffix)
{
	size_t size = strlen(suffix);

	return size <= text.size && (size == 0 || memcmp(text.data + text.size - size, suffix, size) == 0);
}

bool slice_is_one_of(struct slice text, const char *const *words)
{
	while (*words && !slice_equal(text, slice_of(*words)))
		words++;
	return *words != NULL;
}

bool slice_ends_in_one_of(struct slice text, const char *const *suffixes)
{
	while (*suffixes && !slice_ends(text, *suffixes))
		suffixes++;
	return *suffixes != NULL;
}

struct slice slice_trim(struct slice text)
{
	while (text.size > 0 && is_blank(text.data[text.size - 1]))
		text.size--;
	while (text.size > 0 && is_blank(text.data[0])) {
		text.data++;
		text.size--;
	}
	return text;
}

struct slice slice_from(struct slice text, size_t offset)
{
	if (offset > text.size)
		offset = text.size;
	if (offset > 0) /* data may be NULL when the text is empty */
		text.data += offset;
	text.size -= offset;
	return text;
}

struct slice slice_sub(struct slice text, size_t offset, size_t size)
{
	text = slice_from(text, offset);
	if (size < text.size)
		text.size = size;
	return text;
}

size_t slice_find(struct slice text, const char *needle)
{
	size_t size = strlen(needle);
	const char *found;

	if (size == 0)
		return 0;
	if (size > text.size)
		return SIZE_MAX;
	found = memmem(text.data, text.size, needle, size);
	return found ? (size_t)(found - text.data) : SIZE_MAX;
}

size_t slice_find_nocase(struct slice text, const char *needle)
{
	size_t size = strlen(needle);

	for (size_t i = 0; size <= text.size && i <= text.size - size; i++)
		if (same_nocase(text.data + i, needle, size))
			return i;
	return SIZE_MAX;
}

size_t slice_find_char(struct slice text, char c)
{
	const char *found = text.size > 0 ? memchr(text.data, c, text.size) : NULL;

	return found ? (size_t)(found - text.data) : SIZE_MAX;
}

size_t slice_find_last_char(struct slice text, char c)
{
#ifdef __GLIBC__
	const char *found = text.size > 0 ? memrchr(text.data, c, text.size) : NULL;

	return found ? (size_t)(found - text.data) : SIZE_MAX;
#else
	size_t at = text.size;

	while (at > 0 && text.data[at - 1] != c)
		at--;
	return at - 1;
#endif
}

bool slice_next_line(struct slice *rest, struct slice *ret_line)
{
	size_t end;

	if (rest->size == 0)
		return false;
	end = slice_find_char(*rest, '\n');
	*ret_line = slice_sub(*rest, 0, end);
	*rest = slice_from(*rest, end == SIZE_MAX ? end : end + 1);
	if (end != SIZE_MAX && slice_ends(*ret_line, "\r"))
		ret_line->size--;
	return true;
}

size_t slice_count_words(struct slice text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		if (!is_blank(text.data[i]) && (i == 0 || is_blank(text.data[i - 1])))
			count++;
	return count;
}

/* ---- lines and columns -------------------------------------------------------------------------------------------- */

size_t text_line_start(struct slice text, size_t offset)
{
	/* Nowhere, SIZE_MAX, makes 0. */
	return slice_find_last_char(slice_sub(text, 0, offset), '\n') + 1;
}

struct slice text_line_at(struct slice text, size_t offset)
{
	struct slice rest = slice_from(text, text_line_start(text, offset));
	struct slice line = { 0 };

	return slice_next_line(&rest, &line) ? line : rest;
}

void text_position(struct slice text, size_t offset, uint32_t *ret_line, uint32_t *ret_column)
{
	struct slice rest = slice_sub(text, 0, offset);
	uint32_t line = 1;
	size_t end;

	while ((end = slice_find_char(rest, '\n')) != SIZE_MAX) {
		rest = slice_from(rest, end + 1);
		line++;
	}
	*ret_line = line;
	*ret_column = (uint32_t)rest.size + 1;
}

/* ---- UTF-8 -------------------------------------------------------------------------------------------------------- */

/* How many bytes a sequence with this first byte has, 0 = none can start with it. */
static size_t sequence_size(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Decodes the code point at the start of text; 0 when it is invalid, else its bytes. text is not empty. */
static size_t decode(struct slice text, uint32_t *ret_point)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)text.data[0];
	size_t size = sequence_size(first);
	uint32_t point = size == 1 ? first : first & (0xffU >> (size + 1));

	if (size == 0 || size > text.size)
		return 0;
	for (size_t i = 1; i < size; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if ((byte & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (byte & 0x3f);
	}
	if (point < smallest[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*ret_point = point;
	return size;
}

/* How many bytes at the start of text are ASCII, eight at a time as far as that goes. */
static size_t ascii_prefix(struct slice text)
{
	size_t i = 0;
	uint64_t word;

	for (; text.size - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, text.data + i, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < text.size && (unsigned char)text.data[i] < 0x80)
		i++;
	return i;
}

bool text_is_utf8(struct slice text)
{
	uint32_t point;

	for (;;) {
		size_t size = text.size > 0 ? ascii_prefix(text) : 0;

		text = slice_from(text, size);
		if (text.size == 0)
			return true;
		size = decode(text, &point);
		if (size == 0)
			return false;
		text = slice_from(text, size);
	}
}

size_t text_count_chars(struct slice text)
{
	size_t count = 0;
	uint32_t point;

	while (text.size > 0) {
		size_t size = decode(text, &point);

		text = slice_from(text, size > 0 ? size : 1);
		count++;
	}
	return count;
}

/* ---- escaping ----------------------------------------------------------------------------------------------------- */

/* Code points that move the cursor, change its direction or mean something to a terminal. */
static bool is_unsafe(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },     { 0x7f, 0x9f },
		{ 0x61c, 0x61c }, /* C0, DEL and C1; Arabic letter mark */
		{ 0x200e, 0x200f }, { 0x202a, 0x202e },
		{ 0x2066, 0x2069 }, /* marks, embeddings, isolates */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

static void add_hex(struct buf *buf, struct slice bytes)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.size; i++) {
		unsigned char byte = (unsigned char)bytes.data[i];
		const char escape[] = { '\\', 'x', digits[byte >> 4], digits[byte & 0xf] };

		buf_add(buf, escape, sizeof(escape));
	}
}

void text_add_escaped(struct buf *buf, struct slice text, bool keep_tab)
{
	while (text.size > 0) {
		uint32_t point = 0;
		size_t size = decode(text, &point);
		struct slice bytes = slice_sub(text, 0, size > 0 ? size : 1);

		if (size == 1 && point == '\t')
			buf_add_char(buf, keep_tab ? '\t' : ' ');
		else if (size == 0 || is_unsafe(point))
			add_hex(buf, bytes);
		else
			buf_add(buf, bytes.data, bytes.size);
		text = slice_from(text, bytes.size);
	}
}

void text_add_utf8(struct buf *buf, struct slice text)
{
	while (text.size > 0) {
		uint32_t point;
		size_t plain = ascii_prefix(text);
		size_t size;

		buf_add(buf, text.data, plain);
		text = slice_from(text, plain);
		if (text.size == 0)
			return;
		size = decode(text, &point);
		if (size > 0)
			buf_add(buf, text.data, size);
		else
			add_hex(buf, slice_sub(text, 0, 1));
		text = slice_from(text, size > 0 ? size : 1);
	}
}

/* ---- hash --------------------------------------------------------------------------------------------------------- */

uint64_t text_hash(uint64_t hash, struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
	return hash;
}
