/* encoding.c - converts to UTF-8 with the C library's iconv. The name comes from a commit, that is from anybody: only encodings
 * that people have written messages in are handed on. */
#include "checks/commit-message-check/encoding.h"

#include <iconv.h>

enum { MAX_NAME = 32 };

/* What the names of such encodings begin with; digits, letters and - _ follow. */
static const char *const known[] = { "ISO-8859-",   "ISO8859-",  "ISO_8859-", "LATIN",     "WINDOWS-12",
	                             "CP12",        "CP437",     "CP85",      "CP86",      "CP93",
	                             "CP94",        "KOI8-",     "SHIFT_JIS", "SHIFT-JIS", "SJIS",
	                             "EUC-",        "GB18030",   "GB2312",    "GBK",       "BIG5",
	                             "ISO-2022-JP", "MACINTOSH", "TIS-620",   NULL };

/* The name for iconv; false for what is not to be converted. */
static bool is_convertible(struct slice name, char ret_name[MAX_NAME + 1])
{
	const char *const *prefix = known;

	while (*prefix && !slice_starts_nocase(name, *prefix))
		prefix++;
	if (!*prefix || name.size > MAX_NAME)
		return false;
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		                c == '-' || c == '_';

		if (!is_plain)
			return false;
		ret_name[i] = c;
	}
	ret_name[name.size] = '\0';
	return true;
}

/* No character of these encodings takes more than four bytes of UTF-8, and none less than one byte itself. */
static enum pol_status convert(iconv_t converter, struct arena *arena, struct slice text,
                               struct slice *ret_text)
{
	size_t left = text.size, room = text.size * 4;
	char *out = arena_alloc(arena, room + 1, 1), *end = out;
	char *in = (char *)(uintptr_t)text.data; /* iconv only reads it */

	if (!out)
		return POL_ENOMEM;
	if (iconv(converter, &in, &left, &end, &room) != (size_t)-1 && left == 0)
		*ret_text = (struct slice){ out, (size_t)(end - out) };
	return POL_OK;
}

enum pol_status encoding_to_utf8(struct arena *arena, struct slice text, struct slice name,
                                 struct slice *ret_text)
{
	char encoding[MAX_NAME + 1];
	iconv_t converter;
	enum pol_status status;

	*ret_text = text;
	if (text.size == 0 || text.size > SIZE_MAX / 8 || !is_convertible(name, encoding))
		return POL_OK;
	if (slice_equal_nocase(name, SLICE("latin1")) || slice_equal_nocase(name, SLICE("latin-1")))
		converter = iconv_open("UTF-8", "ISO-8859-1"); /* as git reads them */
	else
		converter = iconv_open("UTF-8", encoding);
	if (converter == (iconv_t)-1)
		return POL_OK;
	status = convert(converter, arena, text, ret_text);
	(void)iconv_close(converter);
	return status;
}
