/* content.c - what kind of content a file holds, and UTF-16 made readable. */
#include "policy/source/content.h"

#include <string.h>

enum { BINARY_WINDOW = 8000, POINTER_MAX = 1024 };

static bool has_utf16_mark(struct slice content)
{
	return slice_starts(content, "\xff\xfe") || slice_starts(content, "\xfe\xff");
}

/* What Git LFS leaves in place of a file: a few keyed lines, the first of them this one. */
static bool is_pointer(struct slice content)
{
	return content.size < POINTER_MAX &&
	       slice_starts(content, "version https://git-lfs.github.com/spec/v1\n") &&
	       slice_find(content, "\noid sha256:") < content.size &&
	       slice_find(content, "\nsize ") < content.size;
}

enum content_kind content_kind(struct slice content)
{
	const size_t window = content.size < BINARY_WINDOW ? content.size : BINARY_WINDOW;

	if (has_utf16_mark(content) &&
	    !slice_equal(slice_sub(content, 0, 4), (struct slice){ "\xff\xfe\0\0", 4 }))
		return CONTENT_UTF16;
	if (window > 0 && memchr(content.data, '\0', window))
		return CONTENT_BINARY;
	return is_pointer(content) ? CONTENT_POINTER : CONTENT_TEXT;
}

/* ---- UTF-16 ------------------------------------------------------------------------------------------------------ */

enum { REPLACEMENT = 0xfffd };

static void add_char(struct buf *utf8, uint32_t c)
{
	char bytes[4];
	size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = size; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)(lead[size] | c);
	buf_add(utf8, bytes, size);
}

static uint32_t unit_at(struct slice text, size_t offset, bool is_big)
{
	const uint8_t a = (uint8_t)text.data[offset], b = (uint8_t)text.data[offset + 1];

	return is_big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

static bool is_high(uint32_t unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

void content_decode(struct slice utf16, struct buf *utf8)
{
	const bool is_big = slice_starts(utf16, "\xfe\xff");
	size_t offset = has_utf16_mark(utf16) ? 2 : 0;

	buf_clear(utf8);
	while (utf16.size - offset >= 2) {
		uint32_t c = unit_at(utf16, offset, is_big);
		uint32_t low = utf16.size - offset >= 4 ? unit_at(utf16, offset + 2, is_big) : 0;

		offset += 2;
		if (is_high(c) && is_low(low)) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			offset += 2;
		} else if (is_high(c) || is_low(c)) {
			c = REPLACEMENT;
		}
		add_char(utf8, c);
	}
	if (offset < utf16.size)
		add_char(utf8, REPLACEMENT);
}
