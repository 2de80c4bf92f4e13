/* encoding.c - reads where characters begin in the encodings that people have written messages in. */
#include "checks/commit-message-check/encoding.h"

/* How many bytes the character at text takes, at least 1; text is not empty. mode is kept from character to character, 0 at first;
 * what only changes it has no width. */
struct character {
	size_t size;
	bool has_width;
};
typedef struct character (*character_reader)(struct slice text, unsigned *mode);

static const struct character one = { 1, true };

static unsigned byte_at(struct slice text, size_t i)
{
	return i < text.size ? (unsigned char)text.data[i] : 0;
}

/* A line end, or the end of the text, is no second byte: then the first is broken, and stands alone. */
static struct character two_if(bool is_lead, struct slice text)
{
	return (struct character){ is_lead && byte_at(text, 1) >= 0x30 ? 2 : 1, true };
}

static struct character read_single(struct slice text, unsigned *mode)
{
	(void)text;
	(void)mode;
	return one;
}

/* EUC, GBK, Big5 */
static struct character read_double(struct slice text, unsigned *mode)
{
	(void)mode;
	return two_if(byte_at(text, 0) > 0x80, text);
}

/* 8F leads to a third byte. */
static struct character read_euc_jp(struct slice text, unsigned *mode)
{
	if (byte_at(text, 0) == 0x8f && byte_at(text, 1) > 0x80 && byte_at(text, 2) > 0x80)
		return (struct character){ 3, true };
	return read_double(text, mode);
}

/* A0 to DF are kana of one byte. */
static struct character read_shift_jis(struct slice text, unsigned *mode)
{
	unsigned lead = byte_at(text, 0);

	(void)mode;
	return two_if((lead > 0x80 && lead < 0xa0) || lead > 0xdf, text);
}

/* A digit as the second byte leads to two more. */
static struct character read_gb18030(struct slice text, unsigned *mode)
{
	unsigned second = byte_at(text, 1);

	if (byte_at(text, 0) > 0x80 && second >= 0x30 && second <= 0x39 && byte_at(text, 2) > 0x80 &&
	    byte_at(text, 3) >= 0x30)
		return (struct character){ 4, true };
	return read_double(text, mode);
}

/* ESC $ B and ESC $ @ begin characters of two bytes, ESC ( ends them; so does a line end. */
static struct character read_iso_2022(struct slice text, unsigned *mode)
{
	if (byte_at(text, 0) == 0x1b && byte_at(text, 2) > ' ') {
		*mode = byte_at(text, 1) == '$';
		return (struct character){ 3, false };
	}
	if (byte_at(text, 0) < ' ')
		*mode = 0;
	return (struct character){ *mode && byte_at(text, 1) > ' ' ? 2 : 1, true };
}

/* By what the names begin with; the first that fits counts. */
static const struct encoding {
	const char *prefix;
	character_reader read; /* NULL: Latin-1 */
} encodings[] = {
	{ "ISO-8859-15", read_single },
	{ "ISO-8859-16", read_single },
	{ "ISO-8859-14", read_single },
	{ "ISO-8859-13", read_single },
	{ "ISO-8859-11", read_single },
	{ "ISO-8859-10", read_single },
	{ "ISO-8859-1", NULL },
	{ "ISO8859-15", read_single },
	{ "ISO8859-1", NULL },
	{ "LATIN1", NULL },
	{ "LATIN-1", NULL },
	{ "ISO-8859-", read_single },
	{ "ISO8859-", read_single },
	{ "LATIN", read_single },
	{ "WINDOWS-125", read_single },
	{ "CP125", read_single },
	{ "CP437", read_single },
	{ "CP85", read_single },
	{ "CP86", read_single },
	{ "KOI8-", read_single },
	{ "MACINTOSH", read_single },
	{ "TIS-620", read_single },
	{ "EUC-JP", read_euc_jp },
	{ "EUCJP", read_euc_jp },
	{ "EUC", read_double },
	{ "GB18030", read_gb18030 },
	{ "GB", read_double },
	{ "BIG5", read_double },
	{ "CP936", read_double },
	{ "CP949", read_double },
	{ "CP950", read_double },
	{ "SHIFT_JIS", read_shift_jis },
	{ "SHIFT-JIS", read_shift_jis },
	{ "SJIS", read_shift_jis },
	{ "CP932", read_shift_jis },
	{ "ISO-2022-", read_iso_2022 },
};

static const struct encoding *find(struct slice name)
{
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
		if (slice_starts_nocase(name, encodings[i].prefix))
			return &encodings[i];
	}
	return NULL;
}

/* Two bytes of UTF-8 for each beyond ASCII. */
static void convert_latin(struct slice text, struct buf *out)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned byte = (unsigned char)text.data[i];

		if (byte >= 0x80)
			buf_add_char(out, (char)(0xc0 | byte >> 6));
		buf_add_char(out, (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3f)));
	}
}

static void convert(character_reader read, struct slice text, struct buf *out)
{
	unsigned mode = 0;

	while (text.size > 0) {
		struct character character = read(text, &mode);
		bool is_ascii = character.size == 1 && byte_at(text, 0) < 0x80;

		if (character.has_width && is_ascii)
			buf_add_char(out, text.data[0]);
		else if (character.has_width)
			buf_add_string(out, "\xef\xbf\xbd");
		text = slice_from(text, character.size);
	}
}

enum pol_status encoding_to_utf8(struct arena *arena, struct slice text, struct slice name,
                                 struct slice *ret_text)
{
	const struct encoding *encoding = find(name);
	CLEANUP(buf) struct buf out = { 0 };
	char *copy;

	*ret_text = text;
	if (!encoding || text.size == 0)
		return POL_OK;
	if (encoding->read)
		convert(encoding->read, text, &out);
	else
		convert_latin(text, &out);
	copy = buf_failed(&out) ? NULL : arena_copy(arena, out.data ? out.data : "", out.size);
	if (!copy)
		return POL_ENOMEM;
	*ret_text = (struct slice){ copy, out.size };
	return POL_OK;
}
