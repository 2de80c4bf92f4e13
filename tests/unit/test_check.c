/* test_check.c - where an exception stands, and what a report shows of its line. */
#include "checks/check.h"
#include "tests/support/rows.h"

#include <string.h>

enum { LONG = 1000 };

/* The line is before, the place "here", and after; each repeated as often as said. */
static const struct row {
	const char *name;
	const char *before;
	unsigned before_times;
	const char *after;
	unsigned after_times;
	uint32_t column, text_column;
	size_t size; /* of what is shown */
} rows[] = {
	{ "a short line is shown whole", "x = ", 1, ";", 1, 5, 1, 9 },
	{ "the place alone", "", 0, "", 0, 1, 1, 4 },
	{ "200 bytes are shown whole", "x", 100, "y", 96, 101, 1, 200 },
	{ "201 bytes are cut before", "x", 101, "y", 96, 102, 36, 166 },
	{ "and after", "x", 10, "y", 187, 11, 1, 200 },
	{ "in the middle of much", "x", LONG, "y", LONG, LONG + 1, LONG + 1 - 66, 200 },
	{ "at the end of much", "x", LONG, "", 0, LONG + 1, LONG + 1 - 66, 70 },
	{ "characters of two bytes", "\xC3\xA9", LONG, "\xC3\xA9", LONG, 2 * LONG + 1, 2 * LONG + 1 - 66,
	  200 },
	{ "a cut through one goes before it", "\xE2\x82\xAC", LONG, "", 0, 3 * LONG + 1, 3 * LONG + 1 - 66,
	  70 },
	{ "characters of four bytes", "\xF0\x9F\x98\x80", LONG, "\xF0\x9F\x98\x80", LONG, 4 * LONG + 1,
	  4 * LONG + 1 - 68, 200 },
	{ "three bytes behind", "x", LONG, "\xE2\x82\xAC", LONG, LONG + 1, LONG + 1 - 66, 199 },
	{ "bytes that are no characters", "\x80", LONG, "\x80", LONG, LONG + 1, LONG + 1 - 66, 200 },
};

static void add_times(struct buf *buf, const char *text, unsigned times)
{
	for (unsigned i = 0; i < times; i++)
		buf_add_string(buf, text);
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct exception exception = { 0 };
	struct slice line, place;
	size_t offset;

	add_times(&text, row->before, row->before_times);
	offset = text.size;
	buf_add_string(&text, "here");
	add_times(&text, row->after, row->after_times);
	line = (struct slice){ text.data, text.size };
	place = slice_sub(line, offset, strlen("here"));
	assert_int_equal(check_locate(&arena, line, 7, place, &exception), POL_OK);
	assert_int_equal(exception.line, 7);
	assert_int_equal(exception.column, row->column);
	assert_int_equal(exception.end_line, 7);
	assert_int_equal(exception.end_column, row->column + 4);
	assert_int_equal(exception.text_column, row->text_column);
	assert_int_equal(strlen(exception.text), row->size);
	assert_memory_equal(exception.text + (row->column - row->text_column), "here", 4);
}

static void check_lines(void **state)
{
	static const char text[] = "a = [\n  x,\n]";
	CLEANUP(arena) struct arena arena = { 0 };
	struct exception exception = { 0 };
	struct slice line = { text, 5 }, place = { text + 4, sizeof(text) - 5 };

	(void)state;
	assert_int_equal(check_locate(&arena, line, 3, place, &exception), POL_OK);
	assert_int_equal(exception.column, 5);
	assert_int_equal(exception.end_line, 5);
	assert_int_equal(exception.end_column, 2);
	assert_string_equal(exception.text, "a = [");
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(check_lines) };

	return ROWS_RUN("check", rows, check) +
	       cmocka_run_group_tests_name("check lines", others, NULL, NULL);
}
