/* test_push.c - git's lines about a push. */
#include "checks/push-check/push.h"
#include "tests/support/rows.h"

#include <string.h>

#define A         "1111111111111111111111111111111111111111"
#define ZERO      "0000000000000000000000000000000000000000"
#define LONG_ZERO ZERO "000000000000000000000000"
#define LONG_A    A "111111111111111111111111"

static const struct row {
	const char *name, *input;
	bool accepted;
	size_t count;
	const char *local, *remote; /* of the last line */
	bool deletes, creates;
} rows[] = {
	{ "nothing", "", true, 0, NULL, NULL, false, false },
	{ "an update", "refs/heads/a " A " refs/heads/b " A "\n", true, 1, "refs/heads/a", "refs/heads/b",
	  false, false },
	{ "a new branch", "refs/heads/a " A " refs/heads/a " ZERO "\n", true, 1, "refs/heads/a",
	  "refs/heads/a", false, true },
	{ "a deletion", "(delete) " ZERO " refs/heads/a " A "\n", true, 1, "(delete)", "refs/heads/a", true,
	  false },
	{ "SHA-256", "refs/heads/a " LONG_A " refs/heads/a " LONG_ZERO "\n", true, 1, "refs/heads/a",
	  "refs/heads/a", false, true },
	{ "free text", "HEAD @{1 day ago} " A " refs/heads/a " A "\n", true, 1, "HEAD @{1 day ago}",
	  "refs/heads/a", false, false },
	{ "several", "a " A " refs/heads/a " A "\nb " A " refs/heads/b " A "\n", true, 2, "b", "refs/heads/b",
	  false, false },
	{ "too few words", "refs/heads/a " A "\n", false, 0, NULL, NULL, false, false },
	{ "no object", "refs/heads/a xyz refs/heads/a " A "\n", false, 0, NULL, NULL, false, false },
	{ "an empty line", "\n", false, 0, NULL, NULL, false, false },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct pol_error err = { 0 };
	struct push push = { .remote_name = "origin" };
	enum pol_status status = push_read(&arena, slice_of(row->input), 0, &push, &err);

	assert_int_equal(status, row->accepted ? POL_OK : POL_EUSAGE);
	if (!row->accepted)
		return;
	assert_int_equal(push.count, row->count);
	if (row->count == 0)
		return;
	assert_string_equal(push.refs[row->count - 1].local, row->local);
	assert_string_equal(push.refs[row->count - 1].remote, row->remote);
	assert_int_equal(push.refs[row->count - 1].deletes, row->deletes);
	assert_int_equal(push.refs[row->count - 1].creates, row->creates);
}

int main(void)
{
	return ROWS_RUN("push", rows, check);
}
