/* test_commit_object.c - commit objects, where new history leaves what is known, what commits change, remotes by their URL; each with
 * libgit2 and with the git program. */
#include "policy/source/commit_object.h"
#include "policy/source/source.h"
#include "tests/support/both_backends.h"

/* Commit ids of revisions, separated by blanks. */
static size_t ids_of(const struct gitrepo *scratch, const char *revisions, struct oid *ids)
{
	CLEANUP(buf) struct buf script = { 0 };
	CLEANUP(buf) struct buf out = { 0 };
	struct slice rest, line;
	size_t count = 0;

	if (!*revisions)
		return 0;
	buf_printf(&script, "git rev-parse %s", revisions);
	gitrepo_capture(scratch, script.data, &out);
	rest = (struct slice){ out.data, out.size };
	while (slice_next_line(&rest, &line))
		assert_true(oid_parse(line, &ids[count++]));
	return count;
}

static void reads_commits(opener open)
{
	struct gitrepo scratch;
	CLEANUP(repo) struct repo *repo = NULL;
	CLEANUP(commit_object) struct commit_object commit = { 0 };
	struct oid oid, tree, parents[4];

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY "; git merge -q -m merge side");
	repo = open_with(open, &scratch);
	oid = oid_of(&scratch, "git rev-parse HEAD");
	tree = oid_of(&scratch, "git rev-parse 'HEAD^{tree}'");
	assert_int_equal(ids_of(&scratch, "HEAD^1 HEAD^2", parents), 2);
	assert_int_equal(commit_object_read(repo, &oid, &commit, NULL), POL_OK);
	assert_oid(&commit.tree, &tree);
	assert_int_equal(commit.parents.count, 2);
	assert_oid(&commit.parents.items[0], &parents[0]);
	assert_oid(&commit.parents.items[1], &parents[1]);
	assert_int_equal(commit_object_read(repo, &tree, &commit, NULL), POL_EGIT);
	assert_true(repo_has(repo, &oid) && repo_has(repo, &tree));
	oid.bytes[3] ^= 1;
	assert_false(repo_has(repo, &oid));
	assert_int_equal(commit_object_read(repo, &oid, &commit, NULL), POL_EGIT);
	gitrepo_close(&scratch);
}

static void finds_fork_points(opener open)
{
	static const struct {
		const char *tip, *known, *base; /* "" = none */
	} cases[] = {
		{ "main", "two", "two" },
		{ "main", "one", "one" },
		{ "main", "one two", "two" },
		{ "main", "main", "main" },
		{ "main", "", "" },
		{ "main", "alone", "" },
		{ "side", "main", "one" },
		{ "side", "main alone", "one" },
		{ "merged", "main", "main" },
		{ "merged", "side one", "side" },
		{ "one", "main side", "one" },
	};
	struct gitrepo scratch;
	CLEANUP(repo) struct repo *repo = NULL;
	struct oid base, ids[8], over;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY
	           "; git checkout -q -b merged main; git merge -q -m merge side; git checkout -q main");
	repo = open_with(open, &scratch);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const size_t count = ids_of(&scratch, cases[i].known, ids + 1);

		assert_int_equal(ids_of(&scratch, cases[i].tip, ids), 1);
		assert_int_equal(commit_fork_point(repo, ids, ids + 1, count, 0, &base, NULL), POL_OK);
		assert_int_equal(base.size > 0, *cases[i].base != '\0');
		if (*cases[i].base && ids_of(&scratch, cases[i].base, &over) == 1)
			assert_oid(&base, &over);
	}
	assert_int_equal(ids_of(&scratch, "main", ids), 1);
	assert_int_equal(commit_fork_point(repo, ids, NULL, 0, 2, &base, NULL), POL_ELIMIT);
	gitrepo_close(&scratch);
}

static void knows_remotes(opener open)
{
	static const struct {
		const char *url, *name;
	} cases[] = {
		{ "https://host/a.git", "first" },
		{ "ssh://host/b.git", "a.dotted/name" },
		{ "https://host/a", "" },
		{ "HTTPS://HOST/A.GIT", "" },
		{ "", "" },
	};
	struct gitrepo scratch;
	CLEANUP(repo) struct repo *repo = NULL;
	CLEANUP(buf) struct buf name = { 0 };

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch,
	           "git config remote.first.url https://host/a.git; git config remote.a.dotted/name.url x; "
	           "git config remote.a.dotted/name.pushurl ssh://host/b.git");
	repo = open_with(open, &scratch);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(repo_remote_of(repo, cases[i].url, &name, NULL), POL_OK);
		assert_string_equal(name.data ? name.data : "", cases[i].name);
	}
	gitrepo_close(&scratch);
}

static void peels_refs(opener open)
{
	struct gitrepo scratch;
	CLEANUP(repo) struct repo *repo = NULL;
	struct oid oid, peeled, wanted;
	enum object_type type;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY "; git tag -a -m tree treetag 'HEAD^{tree}'");
	repo = open_with(open, &scratch);
	oid = oid_of(&scratch, "git rev-parse treetag");
	wanted = oid_of(&scratch, "git rev-parse 'HEAD^{tree}'");
	assert_int_equal(repo_peel(repo, &oid, &peeled, &type, NULL), POL_OK);
	assert_int_equal(type, OBJECT_TREE);
	assert_oid(&peeled, &wanted);
	oid = oid_of(&scratch, "git rev-parse blob");
	assert_int_equal(repo_peel(repo, &oid, &peeled, &type, NULL), POL_OK);
	assert_int_equal(type, OBJECT_BLOB);
	oid = oid_of(&scratch, "git rev-parse v1-again");
	wanted = oid_of(&scratch, "git rev-parse main");
	assert_int_equal(repo_peel(repo, &oid, &peeled, &type, NULL), POL_OK);
	assert_int_equal(type, OBJECT_COMMIT);
	assert_oid(&peeled, &wanted);
	gitrepo_close(&scratch);
}

static const struct both_backends_row rows[] = {
	{ "commits", reads_commits },
	{ "fork points", finds_fork_points },
	{ "remotes by URL", knows_remotes },
	{ "peeled objects", peels_refs },
};

/* ---- what commits change ---------------------------------------------------------------------------------------------- */

static void lists_changes(void **state)
{
	static const char *const wanted[] = { "tip a", "tip d", "way a", "way b", "way a", "way merge" };
	CLEANUP(source) struct source *source = NULL;
	struct gitrepo scratch;
	struct source_spec spec = { .kind = SOURCE_RANGE, .revision = "base..main", .every_commit = true };
	size_t seen = 0;

	(void)state;
	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, "c() { git add -A; git commit -q -m \"$1\"; }; echo 0 >a; c base; git branch "
	                     "base; echo 1 >a; echo 1 >b; c 1; "
	                     "echo 2 >a; git rm -q b; c 2; echo 1 >d; c 3; git checkout -q -b side base; "
	                     "echo 1 >e; c side; "
	                     "git checkout -q main; git merge -q --no-commit side; echo 1 >merge; git rm -q "
	                     "-f e; c merged; "
	                     "git rm -q merge; c last");
	spec.dir = scratch.path;
	assert_int_equal(source_open(&spec, &source, NULL), POL_OK);
	for (size_t i = 0; i < source_count(source); i++) {
		const struct source_file *file = source_at(source, i);
		CLEANUP(buf) struct buf line = { 0 };

		if (!file->in_new || strcmp(file->path, "e") == 0)
			continue;
		buf_printf(&line, "%s %s", file->is_on_the_way ? "way" : "tip", file->path);
		assert_true(seen < sizeof(wanted) / sizeof(wanted[0]));
		assert_string_equal(line.data, wanted[seen++]);
		/* a changes twice, d once: only d is the whole's and one commit's */
		assert_int_equal(file->commit != NULL, strcmp(line.data, "tip a") != 0);
	}
	assert_int_equal(seen, sizeof(wanted) / sizeof(wanted[0]));
	source_free(source);
	source = NULL;
	spec.limits.commits = 2;
	assert_int_equal(source_open(&spec, &source, NULL), POL_ELIMIT);
	spec.limits = (struct source_limits){ .changes = 3 };
	assert_int_equal(source_open(&spec, &source, NULL), POL_ELIMIT);
	gitrepo_close(&scratch);
}

int main(void)
{
	const struct CMUnitTest single[] = { cmocka_unit_test(lists_changes) };
	int failed = ROWS_RUN("commit with libgit2", rows, with_libgit2);

	failed += ROWS_RUN("commit with git", rows, with_git);
	return failed + cmocka_run_group_tests_name("changes of commits", single, NULL, NULL);
}
