/* test_limits.c - how much of a push is looked at, as a server's configuration says. */
#include "checks/push-check/limits.h"
#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdio.h>

static const struct row {
	const char *name, *value; /* of warrant.maxBytes */
	enum pol_status status;
	uint64_t bytes;
} rows[] = {
	{ "not set", NULL, POL_OK, UINT64_C(4) << 30 },
	{ "a number", "17", POL_OK, 17 },
	{ "none", "0", POL_OK, 0 },
	{ "thousands", "3k", POL_OK, 3 * 1024 },
	{ "millions", "3M", POL_OK, 3 * 1024 * 1024 },
	{ "thousands of millions", "3g", POL_OK, UINT64_C(3) << 30 },
	{ "a word", "many", POL_ECONFIG, 0 },
	{ "a negative number", "-1", POL_ECONFIG, 0 },
	{ "a unit that is none", "3x", POL_ECONFIG, 0 },
	{ "more than a number", "3k3", POL_ECONFIG, 0 },
	{ "too many digits", "99999999999999999999999", POL_ECONFIG, 0 },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(repo) struct repo *repo = NULL;
	struct push_limits limits = { 0 };
	struct gitrepo scratch;
	char script[128];

	gitrepo_open(&scratch, "");
	(void)snprintf(script, sizeof(script), "git config warrant.maxBytes %s",
	               row->value ? row->value : "");
	if (row->value)
		gitrepo_sh(&scratch, script);
	assert_int_equal(repo_open(scratch.path, &repo, NULL), POL_OK);
	assert_int_equal(push_limits_read(repo, &limits, NULL), row->status);
	if (row->status == POL_OK) {
		assert_int_equal(limits.bytes, row->bytes);
		assert_true(limits.refs > 0 && limits.commits > 0 && limits.changes > 0 && limits.file > 0 &&
		            limits.seconds > 0);
	}
	gitrepo_close(&scratch);
}

int main(void)
{
	return ROWS_RUN("limits", rows, check);
}
