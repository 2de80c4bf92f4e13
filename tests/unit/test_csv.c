/* test_csv.c - what is a CSV record, where it stands, and what is refused. */
#include "checks/license-check/csv.h"
#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name;
	const char *text;
	const char *records; /* "LINE:field|field" each, with a blank between; what precedes a failure too */
	uint32_t error_line; /* 0 = none */
	const char *error;
} rows[] = {
	{ "nothing", "", "", 0, NULL },
	{ "an empty field alone is an empty line", "\n \n\t\r\n", "", 0, NULL },
	{ "one record", "a,b\n", "1:a|b", 0, NULL },
	{ "no line end at the end", "a,b", "1:a|b", 0, NULL },
	{ "an empty field at the end", "a,", "1:a|", 0, NULL },
	{ "empty fields", ",,\n", "1:||", 0, NULL },
	{ "blanks around fields", "  a ,\tb\t\n", "1:a|b", 0, NULL },
	{ "line ends of Windows", "a,b\r\nc,d\r\n", "1:a|b 2:c|d", 0, NULL },
	{ "a byte order mark",
	  "\xEF\xBB\xBF"
	  "a,b",
	  "1:a|b", 0, NULL },
	{ "comments and empty lines count as lines", "# a,\"b\n\na,b\n  # c\nd,e\n", "3:a|b 5:d|e", 0, NULL },
	{ "a number sign within a line is none", "a,#b", "1:a|#b", 0, NULL },
	{ "a quoted comma", "\"a,b\",c", "1:a,b|c", 0, NULL },
	{ "a doubled quote", "\"say \"\"a\"\"\",c", "1:say \"a\"|c", 0, NULL },
	{ "only doubled quotes", "\"\"\"\"\"\",c", "1:\"\"|c", 0, NULL },
	{ "an empty quoted field", "\"\",c", "1:|c", 0, NULL },
	{ "blanks around quotes", " \"a\" , \"b\" \r\n", "1:a|b", 0, NULL },
	{ "a quoted line end is part of the field, and counts", "a,\"b\nc\"\nd\n", "1:a|b\nc 3:d", 0, NULL },
	{ "a quoted number sign at the start", "\"#a\",b", "1:#a|b", 0, NULL },
	{ "an open quote", "a,b\nc,\"d\ne,f\n", "1:a|b", 2, "not closed" },
	{ "an open quote at the end", "\"", "", 1, "not closed" },
	{ "a doubled quote does not close", "\"a\"\"", "", 1, "not closed" },
	{ "text behind a quote", "\"a\"b,c", "", 1, "behind a quoted field" },
	{ "text behind a quote, lines later", "\"a\n\nb\"c", "", 3, "behind a quoted field" },
	{ "a quote in a plain field", "x\na\"b,c\"d\n", "1:x", 2, "does not begin with one" },
	{ "32 fields", ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "1:|||||||||||||||||||||||||||||||", 0, NULL },
	{ "33 fields", ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "", 1, "more than 32" },
};

static void add_record(struct buf *all, const struct csv_record *record)
{
	buf_printf(all, "%s%u:", all->size > 0 ? " " : "", (unsigned)record->line);
	for (size_t i = 0; i < record->count; i++)
		buf_printf(all, "%s%s", i > 0 ? "|" : "", record->fields[i]);
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf all = { 0 };
	const struct slice text = slice_of(row->text);
	struct csv csv = csv_open(&arena, "the.csv", text);
	struct pol_error err = { 0 };
	struct csv_record record;
	enum pol_status status;

	while ((status = csv_next(&csv, &record, &err)) == POL_OK) {
		assert_in_range(record.offset, 0, text.size);
		assert_true(record.offset == 0 || record.offset == 3 || text.data[record.offset - 1] == '\n');
		add_record(&all, &record);
	}
	assert_string_equal(all.data ? all.data : "", row->records);
	assert_int_equal(err.line, row->error_line);
	if (!row->error) {
		assert_int_equal(status, POL_ENOTFOUND);
		return;
	}
	assert_int_equal(status, POL_ECONFIG);
	assert_string_equal(err.path, "the.csv");
	assert_non_null(strstr(err.message, row->error));
}

static void check_nul(void **state)
{
	const struct slice texts[] = { SLICE("x\na\0b,c"), SLICE("x\n\"a\0b\",c") };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP(arena) struct arena arena = { 0 };
		struct csv csv = csv_open(&arena, "the.csv", texts[i]);
		struct pol_error err = { 0 };
		struct csv_record record;

		assert_int_equal(csv_next(&csv, &record, &err), POL_OK);
		assert_int_equal(csv_next(&csv, &record, &err), POL_ECONFIG);
		assert_int_equal(err.line, 2);
	}
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(check_nul) };

	return ROWS_RUN("csv", rows, check) + cmocka_run_group_tests_name("csv bytes", others, NULL, NULL);
}
