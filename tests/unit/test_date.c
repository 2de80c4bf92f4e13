/* test_date.c - dates as written, as numbers, and back. */
#include "policy/base/date.h"

#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name;
	const char *text;
	int32_t day; /* DATE_NONE = refused */
} rows[] = {
	{ "first day", "1970-01-01", 0 },
	{ "second day", "1970-01-02", 1 },
	{ "leap day", "2024-02-29", 19782 },
	{ "leap day of a century", "2000-02-29", 11016 },
	{ "day after a leap day", "2024-03-01", 19783 },
	{ "end of a year", "2026-12-31", 20818 },
	{ "day after a year", "2027-01-01", 20819 },
	{ "last day", "9999-12-31", 2932896 },
	{ "no leap year", "2026-02-29", DATE_NONE },
	{ "century without leap day", "2100-02-29", DATE_NONE },
	{ "30 February", "2026-02-30", DATE_NONE },
	{ "31 April", "2026-04-31", DATE_NONE },
	{ "32nd", "2026-01-32", DATE_NONE },
	{ "day 0", "2026-01-00", DATE_NONE },
	{ "month 0", "2026-00-10", DATE_NONE },
	{ "month 13", "2026-13-10", DATE_NONE },
	{ "before 1970", "1969-12-31", DATE_NONE },
	{ "short month", "2026-2-03", DATE_NONE },
	{ "short day", "2026-02-3", DATE_NONE },
	{ "five-digit year", "12026-02-03", DATE_NONE },
	{ "two-digit year", "26-02-03", DATE_NONE },
	{ "slashes", "2026/02/03", DATE_NONE },
	{ "day first", "03-02-2026", DATE_NONE },
	{ "blank before", " 2026-02-03", DATE_NONE },
	{ "blank behind", "2026-02-03 ", DATE_NONE },
	{ "text behind", "2026-02-03T00:00", DATE_NONE },
	{ "sign", "+026-02-03", DATE_NONE },
	{ "minus in month", "2026--2-03", DATE_NONE },
	{ "letters", "2026-Fe-03", DATE_NONE },
	{ "other digits", "２０26-02-03", DATE_NONE },
	{ "word", "never", DATE_NONE },
	{ "nothing", "", DATE_NONE },
};

static void check(void **state)
{
	const struct row *row = *state;
	int32_t day = -7;
	char text[DATE_TEXT_SIZE];

	if (row->day == DATE_NONE) {
		assert_false(date_parse(slice_of(row->text), &day));
		assert_int_equal(day, -7);
		return;
	}
	assert_true(date_parse(slice_of(row->text), &day));
	assert_int_equal(day, row->day);
	date_format(day, text);
	assert_string_equal(text, row->text);
}

static void every_day_has_one_text(void **state)
{
	char text[DATE_TEXT_SIZE];
	char before[DATE_TEXT_SIZE] = "";

	(void)state;
	for (int32_t day = 0; day <= 2932896; day += day < 60000 ? 1 : 97) {
		int32_t again = -1;

		date_format(day, text);
		assert_true(date_parse(slice_of(text), &again));
		assert_int_equal(again, day);
		assert_true(strcmp(before, text) < 0);
		memcpy(before, text, sizeof(text));
	}
}

static void today_is_a_day_of_this_age(void **state)
{
	int32_t start = 0;
	int32_t end = 0;

	(void)state;
	assert_true(date_parse(SLICE("2024-01-01"), &start));
	assert_true(date_parse(SLICE("9999-12-31"), &end));
	assert_in_range(date_today(), start, end);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_has_one_text),
		cmocka_unit_test(today_is_a_day_of_this_age),
	};

	return ROWS_RUN("date", rows, check) + cmocka_run_group_tests_name("days", tests, NULL, NULL);
}
