/* test_codeowners.c - the owners that a CODEOWNERS file names, and whether an owner is one of them. */
#include "policy/config/codeowners.h"

#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name;
	const char *text;
	const char *owners; /* joined by a blank */
} rows[] = {
	{ "empty", "", "" },
	{ "user", "* @alice\n", "@alice" },
	{ "team", "*.c @org/core-team\n", "@org/core-team" },
	{ "nested group", "*.c @org/sub/team\n", "@org/sub/team" },
	{ "mail address", "*.c bob@example.com\n", "bob@example.com" },
	{ "role", "*.c @@developer\n", "@@developer" },
	{ "several, sorted, once", "a @carol @alice\nb @bob @alice\n", "@alice @bob @carol" },
	{ "case does not make two", "a @Alice\nb @alice\n", "@Alice" },
	{ "pattern alone", "/build/\n", "" },
	{ "pattern with @", "@types/ @alice\n", "@alice" },
	{ "comment", "# @nobody owns this\n", "" },
	{ "comment after blanks", "   # @nobody\n", "" },
	{ "inline comment", "*.c @alice # not @bob\n", "@alice" },
	{ "escaped hash in the pattern", "\\#a @alice\n", "@alice" },
	{ "hash inside the pattern", "a#b @alice\n", "@alice" },
	{ "escaped blank in the pattern", "path\\ with\\ @blanks/ @alice\n", "@alice" },
	{ "backslash at the end", "a\\", "" },
	{ "tabs", "\t*.c\t\t@alice\t@bob\t\n", "@alice @bob" },
	{ "CRLF", "*.c @alice\r\n*.h @bob\r\n", "@alice @bob" },
	{ "byte order mark", "\xef\xbb\xbf* @alice\n", "@alice" },
	{ "no final line end", "* @alice", "@alice" },
	{ "words that own nothing", "* alice @ org/team x@\n", "" },
	{ "negated pattern", "!*.md\n*.c @alice\n", "@alice" },
	{ "section", "[Docs]\n*.md @alice\n", "@alice" },
	{ "section with owners", "[Docs] @dora @org/docs\n*.md\n", "@dora @org/docs" },
	{ "section with approvals", "[Docs][2] @dora\n", "@dora" },
	{ "optional section", "^[Docs team] @dora\n", "@dora" },
	{ "section of an owner's name", "[@fake name] @dora\n", "@dora" },
	{ "set in a pattern", "[ab]/x @alice\n", "@alice" },
	{ "bracket never closed", "[ab @alice\n", "@alice" },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf joined = { 0 };
	const char *const *owners;

	assert_int_equal(codeowners_read(&arena, slice_of(row->text), &owners), POL_OK);
	buf_add(&joined, "", 0);
	for (const char *const *owner = owners; *owner; owner++)
		buf_printf(&joined, "%s%s", joined.size > 0 ? " " : "", *owner);
	assert_string_equal(joined.data, row->owners);
}

static const struct known_row {
	const char *name;
	const char *owner;
	bool is_known;
} known_rows[] = {
	{ "user", "@alice", true },
	{ "other case", "@ALICE", true },
	{ "without @", "alice", true },
	{ "team", "@org/core", true },
	{ "mail address", "Bob@Example.com", true },
	{ "role", "@@developer", true },
	{ "role as user", "@developer", false },
	{ "named without @ in the list", "@ops", true },
	{ "two", "@alice, @org/core", true },
	{ "two with blanks", " @alice  bob@example.com ", true },
	{ "one of two unknown", "@alice,@mallory", false },
	{ "unknown", "@mallory", false },
	{ "part of a name", "@ali", false },
	{ "more than a name", "@alice2", false },
	{ "organisation alone", "@org", false },
	{ "nothing", "", false },
	{ "only separators", " , ", false },
};

static void check_known(void **state)
{
	static const char *const owners[] = { "@org/core", "bob@example.com", "@alice",
		                              "ops",       "@@developer",     NULL };
	const struct known_row *row = *state;

	assert_int_equal(owners_known(owners, row->owner), row->is_known);
	assert_false(owners_known(NULL, row->owner));
}

static void size_is_bounded(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	const char *const *owners;
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 60000; i++)
		buf_printf(&text, "* @owner%d\n", i);
	assert_int_equal(codeowners_read(&arena, (struct slice){ text.data, text.size }, &owners), POL_OK);
	while (owners[count])
		count++;
	assert_int_equal(count, 50000);
	while (text.size < 3000000)
		buf_add_string(&text, "* @a\n");
	assert_int_equal(codeowners_read(&arena, (struct slice){ text.data, text.size }, &owners), POL_OK);
	assert_null(owners[0]);
}

static void every_missing_allocation_is_told(void **state)
{
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	while (status != POL_OK) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		const char *const *owners;

		status = codeowners_read(&arena, SLICE("* @a @b\n"), &owners);
		assert_true(status == POL_OK || status == POL_ENOMEM);
	}
	assert_int_equal(fail_at, 4);
}

static void paths_end(void **state)
{
	size_t count = 0;

	(void)state;
	while (codeowners_paths[count])
		count++;
	assert_int_equal(count, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(size_is_bounded),
		cmocka_unit_test(every_missing_allocation_is_told),
		cmocka_unit_test(paths_end),
	};

	return ROWS_RUN("codeowners", rows, check) + ROWS_RUN("owners", known_rows, check_known) +
	       cmocka_run_group_tests_name("codeowners bounds", tests, NULL, NULL);
}
