/* test_text.c - slices, lines, UTF-8 and escaping. */
#include "policy/base/text.h"

#include "tests/support/rows.h"

#include <string.h>

/* ---- UTF-8 and escaping ------------------------------------------------------------------------------------------- */

/* A text, whether it is UTF-8, its characters, and what becomes of it on a terminal and in JSON. */
static const struct row {
	const char *name;
	const char *text;
	bool is_utf8;
	size_t chars;
	const char *escaped, *utf8;
} rows[] = {
	{ "empty", "", true, 0, "", "" },
	{ "ascii", "abc d", true, 5, "abc d", "abc d" },
	{ "umlaut", "\xc3\xa4", true, 1, "\xc3\xa4", "\xc3\xa4" },
	{ "euro", "\xe2\x82\xac", true, 1, "\xe2\x82\xac", "\xe2\x82\xac" },
	{ "emoji", "\xf0\x9f\x98\x80", true, 1, "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
	{ "last code point", "\xf4\x8f\xbf\xbf", true, 1, "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf" },
	{ "late byte after ascii", "0123456789abcde\xff", false, 16, "0123456789abcde\\xff",
	  "0123456789abcde\\xff" },
	{ "lone continuation", "a\x80z", false, 3, "a\\x80z", "a\\x80z" },
	{ "cut short", "\xe2\x82", false, 2, "\\xe2\\x82", "\\xe2\\x82" },
	{ "cut by ascii", "\xe2\x82z", false, 3, "\\xe2\\x82z", "\\xe2\\x82z" },
	{ "overlong slash", "\xc0\xaf", false, 2, "\\xc0\\xaf", "\\xc0\\xaf" },
	{ "overlong of three", "\xe0\x80\xaf", false, 3, "\\xe0\\x80\\xaf", "\\xe0\\x80\\xaf" },
	{ "overlong of four", "\xf0\x80\x80\xaf", false, 4, "\\xf0\\x80\\x80\\xaf", "\\xf0\\x80\\x80\\xaf" },
	{ "surrogate", "\xed\xa0\x80", false, 3, "\\xed\\xa0\\x80", "\\xed\\xa0\\x80" },
	{ "over 10FFFF", "\xf4\x90\x80\x80", false, 4, "\\xf4\\x90\\x80\\x80", "\\xf4\\x90\\x80\\x80" },
	{ "five bytes", "\xf8\x88\x80\x80\x80", false, 5, "\\xf8\\x88\\x80\\x80\\x80",
	  "\\xf8\\x88\\x80\\x80\\x80" },
	{ "latin 1", "caf\xe9", false, 4, "caf\\xe9", "caf\\xe9" },
	{ "escape sequence", "\x1b[2J", true, 4, "\\x1b[2J", "\x1b[2J" },
	{ "line ends", "a\r\nb", true, 4, "a\\x0d\\x0ab", "a\r\nb" },
	{ "delete", "\x7f", true, 1, "\\x7f", "\x7f" },
	{ "C1 control", "\xc2\x9b", true, 1, "\\xc2\\x9b", "\xc2\x9b" },
	{ "no-break space is text", "\xc2\xa0", true, 1, "\xc2\xa0", "\xc2\xa0" },
	{ "override", "\xe2\x80\xae", true, 1, "\\xe2\\x80\\xae", "\xe2\x80\xae" },
	{ "isolate", "\xe2\x81\xa6", true, 1, "\\xe2\\x81\\xa6", "\xe2\x81\xa6" },
	{ "right-to-left mark", "\xe2\x80\x8f", true, 1, "\\xe2\\x80\\x8f", "\xe2\x80\x8f" },
	{ "Arabic letter mark", "\xd8\x9c", true, 1, "\\xd8\\x9c", "\xd8\x9c" },
	{ "joiner is text", "\xe2\x80\x8d", true, 1, "\xe2\x80\x8d", "\xe2\x80\x8d" },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(buf) struct buf escaped = { 0 };
	CLEANUP(buf) struct buf utf8 = { 0 };
	struct slice text = slice_of(row->text);

	assert_int_equal(text_is_utf8(text), row->is_utf8);
	assert_int_equal(text_count_chars(text), row->chars);
	text_add_escaped(&escaped, text, false);
	assert_string_equal(escaped.data ? escaped.data : "", row->escaped);
	text_add_utf8(&utf8, text);
	assert_string_equal(utf8.data ? utf8.data : "", row->utf8);
}

static void nul_is_a_control_byte(void **state)
{
	CLEANUP(buf) struct buf escaped = { 0 };
	CLEANUP(buf) struct buf utf8 = { 0 };
	struct slice text = { "a\0b", 3 };

	(void)state;
	assert_true(text_is_utf8(text));
	text_add_escaped(&escaped, text, false);
	text_add_utf8(&utf8, text);
	assert_string_equal(escaped.data, "a\\x00b");
	assert_int_equal(utf8.size, 3);
	assert_memory_equal(utf8.data, "a\0b", 4);
}

static void tabs_are_kept_on_demand(void **state)
{
	CLEANUP(buf) struct buf kept = { 0 };
	CLEANUP(buf) struct buf blank = { 0 };

	(void)state;
	text_add_escaped(&kept, SLICE("a\tb"), true);
	text_add_escaped(&blank, SLICE("a\tb"), false);
	assert_string_equal(kept.data, "a\tb");
	assert_string_equal(blank.data, "a b");
}

/* ---- slices ------------------------------------------------------------------------------------------------------- */

static void comparisons(void **state)
{
	const struct slice none = { 0 };

	(void)state;
	assert_true(slice_equal(none, slice_of("")));
	assert_true(slice_equal(slice_of(NULL), none));
	assert_false(slice_equal(SLICE("a"), SLICE("ab")));
	assert_false(slice_equal(SLICE("A"), SLICE("a")));
	assert_true(slice_equal_nocase(SLICE("AbZ["), SLICE("aBz[")));
	assert_false(slice_equal_nocase(SLICE("@"), SLICE("`"))); /* 0x40 and 0x60 are no letters */
	assert_false(slice_equal_nocase(SLICE("\xc4"), SLICE("\xe4")));
	assert_true(slice_starts(SLICE("nosec B101"), "nosec"));
	assert_false(slice_starts(SLICE("nose"), "nosec"));
	assert_true(slice_starts(none, ""));
	assert_true(slice_starts_nocase(SLICE("NOSEC"), "nosec"));
	assert_true(slice_ends(SLICE("a.py"), ".py"));
	assert_false(slice_ends(SLICE("py"), ".py"));
	assert_true(slice_ends(none, ""));
}

static void cuts_stay_inside(void **state)
{
	struct slice text = SLICE("abcdef");
	const struct slice none = { 0 };

	(void)state;
	assert_true(slice_equal(slice_from(text, 4), SLICE("ef")));
	assert_int_equal(slice_from(text, 7).size, 0);
	assert_int_equal(slice_from(none, 3).size, 0);
	assert_true(slice_equal(slice_sub(text, 1, 2), SLICE("bc")));
	assert_true(slice_equal(slice_sub(text, 4, 9), SLICE("ef")));
	assert_true(slice_equal(slice_sub(text, 2, SIZE_MAX), SLICE("cdef")));
	assert_int_equal(slice_sub(text, SIZE_MAX, SIZE_MAX).size, 0);
	assert_true(slice_equal(slice_trim(SLICE(" \t\r\n\v\fa b\n ")), SLICE("a b")));
	assert_int_equal(slice_trim(SLICE(" \n ")).size, 0);
	assert_int_equal(slice_trim(none).size, 0);
}

static void searches(void **state)
{
	const struct slice none = { 0 };

	(void)state;
	assert_int_equal(slice_find(SLICE("aab"), "ab"), 1);
	assert_int_equal(slice_find((struct slice){ "a\0b", 3 }, "b"), 2);
	assert_true(slice_find(SLICE("aab"), "abc") == SIZE_MAX);
	assert_int_equal(slice_find(SLICE("x"), ""), 0);
	assert_true(slice_find(none, "a") == SIZE_MAX);
	assert_int_equal(slice_find_nocase(SLICE("# NoSec"), "nosec"), 2);
	assert_true(slice_find_nocase(SLICE("nose"), "nosec") == SIZE_MAX);
	assert_int_equal(slice_find_char(SLICE("a:b:c"), ':'), 1);
	assert_true(slice_find_char(SLICE("abc"), ':') == SIZE_MAX);
	assert_true(slice_find_char(none, ':') == SIZE_MAX);
	assert_int_equal(slice_count_words(SLICE("  two\twords\n")), 2);
	assert_int_equal(slice_count_words(SLICE("")), 0);
}

/* ---- lines -------------------------------------------------------------------------------------------------------- */

static const struct line_row {
	const char *name;
	const char *text;
	const char *lines; /* joined by | */
} line_rows[] = {
	{ "none", "", "" },
	{ "no end", "a", "a|" },
	{ "one", "a\n", "a|" },
	{ "two", "a\nb\n", "a|b|" },
	{ "blank lines", "\n\na", "||a|" },
	{ "CRLF", "a\r\nb\r\n", "a|b|" },
	{ "mixed", "a\r\nb\nc", "a|b|c|" },
	{ "CR inside stays", "a\rb\n", "a\rb|" },
	{ "only one CR goes", "a\r\r\n", "a\r|" },
	{ "CR without LF stays", "a\r", "a\r|" },
};

static void check_lines(void **state)
{
	const struct line_row *row = *state;
	struct slice rest = slice_of(row->text);
	struct slice line;
	CLEANUP(buf) struct buf joined = { 0 };

	buf_add(&joined, "", 0);
	while (slice_next_line(&rest, &line)) {
		buf_add(&joined, line.data, line.size);
		buf_add_char(&joined, '|');
	}
	assert_string_equal(joined.data, row->lines);
}

static void positions(void **state)
{
	static const struct {
		size_t offset;
		uint32_t line, column;
		const char *text;
	} places[] = { { 0, 1, 1, "ab" }, { 1, 1, 2, "ab" }, { 2, 1, 3, "ab" },
		       { 3, 2, 1, "" },   { 4, 3, 1, "cd" }, { 6, 3, 3, "cd" },
		       { 8, 4, 1, "e" },  { 9, 4, 2, "e" },  { 99, 4, 2, "e" } };
	struct slice text = SLICE("ab\n\ncd\r\ne");

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		uint32_t line, column;

		text_position(text, places[i].offset, &line, &column);
		assert_int_equal(line, places[i].line);
		assert_int_equal(column, places[i].column);
		assert_true(slice_equal(text_line_at(text, places[i].offset), slice_of(places[i].text)));
	}
	assert_int_equal(text_line_start(text, 5), 4);
	assert_int_equal(text_line_start(text, 99), 8);
}

/* ---- hash --------------------------------------------------------------------------------------------------------- */

static void hash_is_fnv_1a(void **state)
{
	(void)state;
	assert_true(text_hash(TEXT_HASH_START, SLICE("")) == TEXT_HASH_START);
	assert_true(text_hash(TEXT_HASH_START, SLICE("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(text_hash(TEXT_HASH_START, SLICE("foobar")) == UINT64_C(0x85944171f73967e8));
	assert_true(text_hash(text_hash(TEXT_HASH_START, SLICE("foo")), SLICE("bar")) ==
	            text_hash(TEXT_HASH_START, SLICE("foobar")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nul_is_a_control_byte),
		cmocka_unit_test(tabs_are_kept_on_demand),
		cmocka_unit_test(comparisons),
		cmocka_unit_test(cuts_stay_inside),
		cmocka_unit_test(searches),
		cmocka_unit_test(positions),
		cmocka_unit_test(hash_is_fnv_1a),
	};

	return ROWS_RUN("utf-8", rows, check) + ROWS_RUN("lines", line_rows, check_lines) +
	       cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
