/* test_ledger.c - the list of approved dependencies: columns, lines that are refused, look-up, and memory. */
#include "checks/license-check/ledger.h"
#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name;
	const char *text;
	const char *lines; /* "LINE:name=license/reason/until/owner" each, sorted by name; "" on failure */
	uint32_t error_line;
	const char *error; /* NULL = it is read */
} rows[] = {
	{ "two columns", "Name,License\nb,MIT\na,ISC\n", "3:a=ISC/// 2:b=MIT///", 0, NULL },
	{ "all columns, in another order and case",
	  "OWNER,license,NAME,until,Reason\n@x,MIT,a,2026-12-31,why\n", "2:a=MIT/why/2026-12-31/@x", 0,
	  NULL },
	{ "a header alone", "Name,License\n", "", 0, NULL },
	{ "comments before the header", "# approved\n\nName,License\na,MIT\n", "4:a=MIT///", 0, NULL },
	{ "missing optional fields", "Name,License,reason,owner\na,MIT\nb,MIT,why\n",
	  "2:a=MIT/// 3:b=MIT/why//", 0, NULL },
	{ "a licence with a comma", "Name,License\na,\"BSD, the 3-clause one\"\n",
	  "2:a=BSD, the 3-clause one///", 0, NULL },
	{ "names differ by case", "Name,License\na,MIT\nA,MIT\n", "3:A=MIT/// 2:a=MIT///", 0, NULL },
	{ "a reason over two lines", "Name,License,reason\na,MIT,\"one\ntwo\"\nb,MIT\n",
	  "2:a=MIT/one\ntwo// 4:b=MIT///", 0, NULL },
	{ "nothing", "", "", 1, "is empty" },
	{ "comments alone", "# nothing\n", "", 1, "is empty" },
	{ "no licence column", "Name,reason\na,b\n", "", 1, "must be Name,License" },
	{ "no name column", "License\nMIT\n", "", 1, "must be Name,License" },
	{ "an unknown column", "# x\nName,License,version\n", "", 2, "unknown column \"version\"" },
	{ "a repeated column", "Name,License,NAME\n", "", 1, "repeated column \"NAME\"" },
	{ "no header", "a,MIT\n", "", 1, "unknown column \"a\"" },
	{ "no name", "Name,License\na,MIT\n,MIT\n", "", 3, "needs a name and a licence" },
	{ "no licence", "Name,License\na\n", "", 2, "needs a name and a licence" },
	{ "a licence of blanks", "Name,License\na,\"  \"\n", "", 2, "needs a name and a licence" },
	{ "too many fields", "Name,License\na,BSD, 3-clause\n", "", 2, "more fields" },
	{ "the same name twice", "Name,License\nb,MIT\na,MIT\nb,ISC\n", "", 4, "b already stands in line 2" },
	{ "a day that is none", "Name,License,until\na,MIT,2026-02-30\n", "", 2, "\"2026-02-30\"" },
	{ "a day in words", "Name,License,until\na,MIT,tomorrow\n", "", 2, "YYYY-MM-DD" },
	{ "no CSV", "Name,License\na,\"MIT\n", "", 2, "not closed" },
};

static void add_line(struct buf *all, const struct ledger_line *line)
{
	buf_printf(all, "%s%u:%s=%s/%s/%s/%s", all->size > 0 ? " " : "", (unsigned)line->line, line->name,
	           line->license, line->reason, line->until_text, line->owner);
	assert_int_equal(line->until == DATE_NONE, *line->until_text == '\0');
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf all = { 0 };
	struct pol_error err = { 0 };
	struct ledger ledger = { 0 };
	enum pol_status status = ledger_read(&arena, slice_of(row->text), "l.csv", &ledger, &err);

	assert_int_equal(status, row->error ? POL_ECONFIG : POL_OK);
	for (size_t i = 0; i < ledger.count; i++) {
		add_line(&all, &ledger.lines[i]);
		assert_ptr_equal(ledger_find(&ledger, ledger.lines[i].name), &ledger.lines[i]);
	}
	assert_null(ledger_find(&ledger, "nobody"));
	assert_null(ledger_find(&ledger, ""));
	assert_string_equal(all.data ? all.data : "", row->lines);
	if (row->error) {
		assert_string_equal(err.path, "l.csv");
		assert_int_equal(err.line, row->error_line);
		assert_non_null(strstr(err.message, row->error));
	}
}

static void check_memory(void **state)
{
	const struct slice text = SLICE("Name,License,reason\n\"a\",MIT,\"x\"\"y\"\nb,ISC\nc,MIT\nd,MIT\n");
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	while (status != POL_OK && fail_at < 100) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct ledger ledger = { 0 };

		status = ledger_read(&arena, text, "l.csv", &ledger, NULL);
		assert_true(status == POL_OK || status == POL_ENOMEM);
		assert_int_equal(ledger.count, status == POL_OK ? 4 : 0);
	}
	assert_in_range(fail_at, 15, 30);
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(check_memory) };

	return ROWS_RUN("ledger", rows, check) +
	       cmocka_run_group_tests_name("ledger memory", others, NULL, NULL);
}
