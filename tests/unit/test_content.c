/* test_content.c - what counts as text, and UTF-16 made UTF-8. */
#include "policy/source/content.h"

#include "tests/support/rows.h"

#include <string.h>

#define BYTES(literal)                                                                                       \
	{                                                                                                    \
		literal, sizeof(literal) - 1                                                                 \
	}

static const struct kind_row {
	const char *name;
	struct slice content;
	enum content_kind kind;
} kinds[] = {
	{ "empty", BYTES(""), CONTENT_TEXT },
	{ "ASCII", BYTES("int main(void);\n"), CONTENT_TEXT },
	{ "UTF-8 with its mark", BYTES("\xef\xbb\xbfhello"), CONTENT_TEXT },
	{ "invalid UTF-8", BYTES("caf\xe9\n"), CONTENT_TEXT },
	{ "a NUL", BYTES("PK\3\4\0\0"), CONTENT_BINARY },
	{ "a NUL at the start", BYTES("\0"), CONTENT_BINARY },
	{ "UTF-16, little end first", BYTES("\xff\xfeh\0i\0"), CONTENT_UTF16 },
	{ "UTF-16, big end first", BYTES("\xfe\xff\0h\0i"), CONTENT_UTF16 },
	{ "UTF-16, only the mark", BYTES("\xff\xfe"), CONTENT_UTF16 },
	{ "UTF-32 is not UTF-16", BYTES("\xff\xfe\0\0h\0\0\0"), CONTENT_BINARY },
	{ "UTF-16 without a mark", BYTES("h\0i\0"), CONTENT_BINARY },
	{ "a Git LFS pointer",
	  BYTES("version https://git-lfs.github.com/spec/v1\noid "
	        "sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24"
	        "d17e2393\nsize 12345\n"),
	  CONTENT_POINTER },
	{ "talk about Git LFS",
	  BYTES("version https://git-lfs.github.com/spec/v1\nis how a pointer begins\n"), CONTENT_TEXT },
};

static void kind_row(void **state)
{
	const struct kind_row *row = *state;

	assert_int_equal(content_kind(row->content), row->kind);
}

static void window(void **state)
{
	char text[8002];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[8000] = '\0';
	assert_int_equal(content_kind((struct slice){ text, sizeof(text) }), CONTENT_TEXT);
	text[7999] = '\0';
	assert_int_equal(content_kind((struct slice){ text, sizeof(text) }), CONTENT_BINARY);
}

static void long_pointer(void **state)
{
	static const char start[] = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n";
	char text[2000];

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(text, start, sizeof(start) - 1);
	assert_int_equal(content_kind((struct slice){ text, 1023 }), CONTENT_POINTER);
	assert_int_equal(content_kind((struct slice){ text, 1024 }), CONTENT_TEXT);
}

static const struct decode_row {
	const char *name;
	struct slice utf16;
	const char *utf8;
} decodes[] = {
	{ "little end first", BYTES("\xff\xfeh\0i\0\n\0"), "hi\n" },
	{ "big end first", BYTES("\xfe\xff\0h\0i\0\n"), "hi\n" },
	{ "only the mark", BYTES("\xff\xfe"), "" },
	{ "two and three bytes", BYTES("\xff\xfe\xe9\0\xac\x20"), "\xc3\xa9\xe2\x82\xac" },
	{ "a surrogate pair", BYTES("\xff\xfe\x3d\xd8\x00\xde"), "\xf0\x9f\x98\x80" },
	{ "a high surrogate at the end", BYTES("\xff\xfe\x3d\xd8"), "\xef\xbf\xbd" },
	{ "a high surrogate before a letter", BYTES("\xff\xfe\x3d\xd8x\0"), "\xef\xbf\xbdx" },
	{ "a low surrogate alone", BYTES("\xfe\xff\xde\x00\0x"), "\xef\xbf\xbdx" },
	{ "half a unit at the end", BYTES("\xff\xfex\0y"), "x\xef\xbf\xbd" },
	{ "the last code point", BYTES("\xff\xfe\xff\xdb\xff\xdf"), "\xf4\x8f\xbf\xbf" },
};

static void decode_row(void **state)
{
	const struct decode_row *row = *state;
	CLEANUP(buf) struct buf utf8 = { 0 };

	buf_add_string(&utf8, "what was there before");
	content_decode(row->utf16, &utf8);
	assert_int_equal(utf8.size, strlen(row->utf8));
	assert_string_equal(utf8.data, row->utf8);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(window), cmocka_unit_test(long_pointer) };
	int failed = ROWS_RUN("content_kind", kinds, kind_row);

	failed += ROWS_RUN("content_decode", decodes, decode_row);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
