/* both_backends.h - the same checks of a repository once with libgit2 and once with the git program. */
#ifndef TESTS_SUPPORT_BOTH_BACKENDS_H
#define TESTS_SUPPORT_BOTH_BACKENDS_H

#include "policy/source/backend.h"

#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

typedef enum pol_status (*opener)(const char *dir, struct repo **ret_repo, struct pol_error *err);

static inline struct repo *open_with(opener open, const struct gitrepo *scratch)
{
	struct repo *repo = NULL;
	struct pol_error err = { 0 };

	if (open(scratch->path, &repo, &err) != POL_OK)
		fail_msg("%s", err.message);
	return repo;
}

static inline struct oid oid_of(const struct gitrepo *scratch, const char *script)
{
	CLEANUP(buf) struct buf hex = { 0 };
	struct oid oid = { 0 };

	gitrepo_capture(scratch, script, &hex);
	assert_true(hex.size > 0 && oid_parse((struct slice){ hex.data, hex.size - 1 }, &oid));
	return oid;
}

static inline void assert_oid(const struct oid *got, const struct oid *wanted)
{
	char got_hex[OID_MAX_HEX], wanted_hex[OID_MAX_HEX];

	oid_format(got, got_hex);
	oid_format(wanted, wanted_hex);
	assert_string_equal(got_hex, wanted_hex);
}

/* one - two - three (main, v1, v1-again)     one - side     alone */
#define BOTH_BACKENDS_HISTORY                                                                                \
	"c() { t=$((t + 60)); GIT_COMMITTER_DATE=\"$((1767225600 + t)) +0000\" git commit -q --allow-empty " \
	"-m \"$1\"; }; t=0; "                                                                                \
	"echo 1 >f; git add .; c one; git branch one; echo 2 >f; git add .; c two; git branch two; c "       \
	"three; "                                                                                            \
	"git tag -a -m v1 v1; git tag -a -m again v1-again v1; git tag blob $(git rev-parse HEAD:f); "       \
	"git checkout -qb side one; c side; git checkout -q --orphan alone; c alone; git checkout -q main; " \
	"git update-ref refs/remotes/origin/main two; git symbolic-ref refs/remotes/origin/HEAD "            \
	"refs/remotes/origin/main"

struct both_backends_row {
	const char *name;
	void (*check)(opener open);
};

static inline void with_libgit2(void **state)
{
	const struct both_backends_row *row = *state;

	row->check(repo_open);
}

static inline void with_git(void **state)
{
	const struct both_backends_row *row = *state;

	row->check(repo_open_git);
}

#endif
