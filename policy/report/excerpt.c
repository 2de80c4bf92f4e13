/* excerpt.c - the line at fault with carets below the place, for the text format. Everything is escaped before its width is
 * taken, so that the carets stand right whatever the line holds. */
#include "policy/report/writers.h"

#include <string.h>

enum { EXCERPT_BYTES = 200, WIDE = 2 };

struct width_range {
	uint32_t first, last;
	uint8_t width;
};

/* Characters that do not take one column of a terminal; sorted. */
static const struct width_range widths[] = {
	{ 0x0300, 0x036F, 0 },      { 0x1100, 0x115F, WIDE },   { 0x200B, 0x200D, 0 },
	{ 0x20D0, 0x20FF, 0 },      { 0x2E80, 0x303E, WIDE },   { 0x3041, 0x4DBF, WIDE },
	{ 0x4E00, 0xA4CF, WIDE },   { 0xAC00, 0xD7A3, WIDE },   { 0xF900, 0xFAFF, WIDE },
	{ 0xFE00, 0xFE0F, 0 },      { 0xFE30, 0xFE6F, WIDE },   { 0xFF00, 0xFF60, WIDE },
	{ 0xFFE0, 0xFFE6, WIDE },   { 0x1F300, 0x1F64F, WIDE }, { 0x1F680, 0x1F6FF, WIDE },
	{ 0x1F900, 0x1F9FF, WIDE }, { 0x20000, 0x3FFFD, WIDE },
};

static size_t char_width(uint32_t c)
{
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]) && widths[i].first <= c; i++) {
		if (c <= widths[i].last)
			return widths[i].width;
	}
	return 1;
}

/* The next character of valid UTF-8. */
static uint32_t next_char(const char **text)
{
	const unsigned char *byte = (const unsigned char *)*text;
	size_t size = *byte < 0x80 ? 1 : *byte < 0xE0 ? 2 : *byte < 0xF0 ? 3 : 4;
	uint32_t c = size == 1 ? *byte : *byte & (0xFFU >> (size + 1));

	for (size_t i = 1; i < size && byte[i]; i++)
		c = c << 6 | (byte[i] & 0x3FU);
	*text += strnlen(*text, size);
	return c;
}

/* Appends a part of the line and returns the columns that it takes. */
static size_t add_part(struct buf *buf, struct slice part)
{
	size_t before = buf->size, width = 0;
	const char *text;

	text_add_escaped(buf, part, false);
	if (buf_failed(buf) || !buf->data)
		return 0;
	for (text = buf->data + before; *text;)
		width += char_width(next_char(&text));
	return width;
}

static void add_repeated(struct buf *buf, char c, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_add_char(buf, c);
}

/* The place as offsets into the text shown. */
struct place {
	size_t start, end;
	bool visible;
};

static struct place place_of(const struct finding *finding, size_t size)
{
	uint32_t origin = finding->text_column > 0 ? finding->text_column : 1;
	struct place place = { 0, 0, finding->column >= origin && finding->column - origin <= size };

	if (!place.visible)
		return place;
	place.start = finding->column - origin;
	place.end = finding->end_line > finding->line ? size : place.start + 1;
	if (finding->end_line == finding->line && finding->end_column > finding->column)
		place.end = finding->end_column - origin;
	if (place.end > size)
		place.end = size;
	return place;
}

/* The part of the line that is shown: lines are cut by those who found them; one that is not begins near the place. */
static struct slice window_of(const struct finding *finding, size_t *ret_cut)
{
	struct slice text = slice_of(finding->text);
	struct place place = place_of(finding, text.size);

	*ret_cut = text.size > EXCERPT_BYTES && place.start > EXCERPT_BYTES / 3
	                   ? place.start - EXCERPT_BYTES / 3
	                   : 0;
	return slice_sub(text, *ret_cut, EXCERPT_BYTES);
}

void excerpt_add(struct buf *buf, const struct finding *finding, const char *mark, const char *reset)
{
	size_t cut, before, marked, gutter = buf->size;
	struct finding shown = *finding;
	struct slice text;
	struct place place;

	if (!finding->text || finding->line == 0)
		return;
	text = window_of(finding, &cut);
	shown.text_column = (finding->text_column > 0 ? finding->text_column : 1) + (uint32_t)cut;
	place = place_of(&shown, text.size);
	buf_printf(buf, "    %u", finding->line);
	gutter = buf->size - gutter;
	buf_add_string(buf, " | ");
	if (shown.text_column > 1)
		buf_add_string(buf, "…");
	before = add_part(buf, slice_sub(text, 0, place.start)) + (shown.text_column > 1);
	marked = add_part(buf, slice_sub(text, place.start, place.end - place.start));
	(void)add_part(buf, slice_from(text, place.end));
	buf_add_char(buf, '\n');
	if (!place.visible)
		return;
	add_repeated(buf, ' ', gutter);
	buf_add_string(buf, " | ");
	add_repeated(buf, ' ', before);
	buf_add_string(buf, mark);
	buf_add_char(buf, '^');
	add_repeated(buf, '~', marked > 1 ? marked - 1 : 0);
	buf_add_string(buf, reset);
	buf_add_char(buf, '\n');
}
