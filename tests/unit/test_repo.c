/* test_repo.c - opening repositories and reading objects and revisions, with both backends. */
#include "tests/support/both_backends.h"

/* ---- revisions --------------------------------------------------------------------------------------------------- */

static const struct revision {
	const char *name, *same; /* as git rev-parse knows it; NULL = not found */
} revisions[] = {
	{ "HEAD", "main" },
	{ "main", "main" },
	{ "v1", "main" },
	{ "v1-again", "main" },
	{ "HEAD~2", "one" },
	{ "side^", "one" },
	{ "refs/heads/two", "two" },
	{ "origin/main", "two" },
	{ "origin", "two" },
	{ "v1^{commit}", "main" },
	{ ":/three", "main" },
	{ "@", "main" },
	{ "nope", NULL },
	{ "HEAD~9", NULL },
	{ "blob", NULL },
	{ "", NULL },
	{ "-v", NULL },
	{ "--all", NULL },
	{ "HEAD\n", NULL },
	{ "main..two", NULL },
	{ "0000000000000000000000000000000000000000", NULL },
};

static void check_resolve(opener open)
{
	struct gitrepo scratch;
	struct repo *repo;

	gitrepo_open(&scratch, "");
	repo = open_with(open, &scratch);
	{
		struct oid oid;

		assert_int_equal(repo_resolve(repo, "HEAD", &oid, NULL), POL_ENOTFOUND);
	}
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	for (size_t i = 0; i < sizeof(revisions) / sizeof(revisions[0]); i++) {
		struct oid got, wanted;
		enum pol_status status = repo_resolve(repo, revisions[i].name, &got, NULL);
		char script[128];

		if (status != (revisions[i].same ? POL_OK : POL_ENOTFOUND))
			fail_msg("'%s' gives %d", revisions[i].name, (int)status);
		if (status != POL_OK)
			continue;
		(void)snprintf(script, sizeof(script), "git rev-parse %s", revisions[i].same);
		wanted = oid_of(&scratch, script);
		assert_oid(&got, &wanted);
	}
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static void check_read(opener open)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo scratch;
	struct pol_error err = { 0 };
	struct oid oid, tree;
	enum object_type type;
	struct repo *repo;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	gitrepo_write_bytes(&scratch, "nul", "a\0b\n", 4);
	gitrepo_sh(&scratch,
	           "head -c 300000 /dev/zero | tr '\\0' x >large; : >empty; git add .; git commit -qm more");
	repo = open_with(open, &scratch);
	oid = oid_of(&scratch, "git rev-parse HEAD:nul");
	assert_int_equal(repo_read(repo, &oid, 0, &data, &type, NULL), POL_OK);
	assert_int_equal(type, OBJECT_BLOB);
	assert_int_equal(data.size, 4);
	assert_memory_equal(data.data, "a\0b\n", 4);
	oid = oid_of(&scratch, "git rev-parse HEAD:large");
	assert_int_equal(repo_read(repo, &oid, 299999, &data, NULL, &err), POL_ELIMIT);
	assert_int_equal(repo_read(repo, &oid, 300000, &data, NULL, NULL), POL_OK);
	assert_int_equal(data.size, 300000);
	assert_int_equal(data.data[299999], 'x');
	oid = oid_of(&scratch, "git rev-parse HEAD:empty");
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_OK);
	assert_int_equal(data.size, 0);
	oid = oid_of(&scratch, "git rev-parse v1-again");
	assert_int_equal(repo_read(repo, &oid, 0, &data, &type, NULL), POL_OK);
	assert_int_equal(type, OBJECT_TAG);
	assert_int_equal(repo_tree_of(repo, &oid, &tree, NULL), POL_OK);
	oid = oid_of(&scratch, "git rev-parse v1^{tree}");
	assert_oid(&tree, &oid);
	assert_int_equal(repo_tree_of(repo, &oid, &tree, NULL), POL_OK);
	oid = oid_of(&scratch, "git rev-parse blob");
	assert_int_equal(repo_tree_of(repo, &oid, &tree, &err), POL_EGIT);
	oid.bytes[0] ^= 1;
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, &err), POL_EGIT);
	assert_non_null(strstr(err.message, "not checked"));
	assert_non_null(strstr(err.message, "missing"));
	oid.size = oid.size == 20 ? 32 : 20;
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_EGIT);
	repo_free(repo);
	gitrepo_close(&scratch);
}

static void check_broken_object(opener open)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo scratch;
	struct repo *repo;
	struct oid oid;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	oid = oid_of(&scratch, "git rev-parse HEAD:f");
	gitrepo_sh(
		&scratch,
		"o=$(git rev-parse HEAD:f); f=.git/objects/${o%${o#??}}/${o#??}; chmod +w $f; echo junk >$f");
	repo = open_with(open, &scratch);
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_EGIT);
	oid = oid_of(&scratch, "git rev-parse HEAD^{tree}");
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_OK); /* and the next one is read */
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static void check_places(opener open)
{
	struct gitrepo scratch;
	struct repo *repo, *again;
	char wanted[GITREPO_PATH_SIZE + 32];

	gitrepo_open(&scratch, "");
	repo = open_with(open, &scratch);
	assert_string_equal(repo_top(repo), scratch.path);
	(void)snprintf(wanted, sizeof(wanted), "%s/.git", scratch.path);
	assert_string_equal(repo_git_dir(repo), wanted);
	(void)snprintf(wanted, sizeof(wanted), "%s/.git/index", scratch.path);
	assert_string_equal(repo_index_path(repo), wanted);
	assert_int_equal(repo_oid_size(repo), 20);
	assert_int_equal(repo_reopen(repo, &again, NULL), POL_OK);
	repo_free(repo);
	assert_string_equal(repo_top(again), scratch.path);
	repo_free(again);
	gitrepo_close(&scratch);
	gitrepo_open(&scratch, "--bare");
	repo = open_with(open, &scratch);
	assert_null(repo_top(repo));
	assert_string_equal(repo_git_dir(repo), scratch.path);
	repo_free(repo);
	gitrepo_close(&scratch);
	gitrepo_open_empty(&scratch);
	assert_int_equal(open(scratch.path, &repo, NULL), POL_ENOTFOUND);
	assert_int_equal(open("/nonexistent", &repo, NULL), POL_EIO);
	gitrepo_close(&scratch);
}

/* A push's quarantine: the new objects are in one folder, the old ones in another. */
static void check_quarantine(opener open)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo scratch;
	struct repo *repo, *again;
	struct oid oid;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	gitrepo_sh(&scratch, "mkdir ../incoming; echo quarantined >q; "
	                     "GIT_OBJECT_DIRECTORY=../incoming git hash-object -w q >/dev/null");
	oid = oid_of(&scratch, "git hash-object q");
	repo = open_with(open, &scratch);
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_EGIT);
	repo_free(repo);
	assert_int_equal(setenv("GIT_OBJECT_DIRECTORY", "../incoming", 1), 0);
	assert_int_equal(setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nonexistent:.git/objects", 1), 0);
	repo = open_with(open, &scratch);
	assert_int_equal(repo_reopen(repo, &again, NULL), POL_OK);
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, NULL), POL_OK);
	assert_string_equal(data.data, "quarantined\n");
	assert_int_equal(repo_read(again, &oid, 0, &data, NULL, NULL), POL_OK);
	assert_int_equal(repo_resolve(repo, "HEAD", &oid, NULL), POL_OK);
	assert_int_equal(repo_read(again, &oid, 0, &data, NULL, NULL), POL_OK);
	repo_free(repo);
	repo_free(again);
	assert_int_equal(unsetenv("GIT_OBJECT_DIRECTORY"), 0);
	assert_int_equal(unsetenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"), 0);
	gitrepo_close(&scratch);
}

/* Missing objects of a partial clone are an error; nothing is fetched. */
static void check_partial_clone(opener open)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo scratch, clone;
	struct pol_error err = { 0 };
	struct repo *repo;
	struct oid oid;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	oid = oid_of(&scratch, "git rev-parse one:f");
	gitrepo_sh(&scratch,
	           "git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true; "
	           "git clone -q --no-checkout --filter=blob:none file://$PWD ../partial");
	clone = scratch;
	(void)snprintf(clone.path, sizeof(clone.path), "%.200s/partial", scratch.root);
	repo = open_with(open, &clone);
	assert_int_equal(repo_read(repo, &oid, 0, &data, NULL, &err), POL_EGIT);
	assert_non_null(strstr(err.message, "missing"));
	gitrepo_sh(&clone, "git rev-list --objects --all --missing=print | grep -q '^?'");
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* ---- each with both ---------------------------------------------------------------------------------------------- */

static const struct both_backends_row rows[] = {
	{ "resolve", check_resolve },
	{ "read", check_read },
	{ "broken object", check_broken_object },
	{ "places", check_places },
	{ "quarantine", check_quarantine },
	{ "partial clone", check_partial_clone },
};

static void which_backend(void **state)
{
	static const struct {
		const char *options, *script;
		bool libgit2;
		size_t oid_size;
	} cases[] = {
		{ "", ":", true, 20 },
		{ "--object-format=sha256", ":", false, 32 },
		{ "", "git config core.repositoryFormatVersion 1; git config extensions.worktreeConfig true",
		  true, 20 },
		{ "", "git config core.repositoryFormatVersion 1; git config extensions.preciousObjects true",
		  true, 20 },
		{ "", "git config core.repositoryFormatVersion 1; git config extensions.partialClone origin",
		  true, 20 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct gitrepo scratch;
		struct repo *repo;

		gitrepo_open(&scratch, cases[i].options);
		gitrepo_sh(&scratch, cases[i].script);
		repo = open_with(repo_open, &scratch);
		assert_int_equal(repo_uses_libgit2(repo), cases[i].libgit2);
		assert_int_equal(repo_oid_size(repo), cases[i].oid_size);
		repo_free(repo);
		gitrepo_close(&scratch);
	}
}

static void no_git_program(void **state)
{
	struct gitrepo scratch;
	struct pol_error err = { 0 };
	char *path = strdup(getenv("PATH"));
	struct repo *repo;

	(void)state;
	assert_non_null(path);
	gitrepo_open(&scratch, "--object-format=sha256");
	assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
	assert_int_equal(repo_open(scratch.path, &repo, &err), POL_EGIT);
	assert_non_null(strstr(err.message, "git program"));
	assert_int_equal(setenv("PATH", path, 1), 0);
	free(path);
	gitrepo_close(&scratch);
}

static void oids(void **state)
{
	static const char hex[] = "0123456789abcdef0123456789ABCDEF01234567";
	struct oid oid, other;
	char text[OID_MAX_HEX];

	(void)state;
	assert_true(oid_parse((struct slice){ hex, 40 }, &oid));
	oid_format(&oid, text);
	assert_string_equal(text, "0123456789abcdef0123456789abcdef01234567");
	assert_false(oid_parse((struct slice){ hex, 39 }, &other));
	assert_false(oid_parse(SLICE("0123456789abcdef0123456789abcdef0123456g"), &other));
	assert_true(
		oid_parse(SLICE("0000000000000000000000000000000000000000000000000000000000000000"), &other));
	assert_int_equal(other.size, 32);
	assert_true(oid_is_null(&other));
	assert_false(oid_is_null(&oid));
	assert_true(oid_is_null(&(struct oid){ 0 }));
	assert_false(oid_equal(&oid, &other));
	assert_true(oid_equal(&oid, &oid));
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(which_backend),
		                                   cmocka_unit_test(no_git_program), cmocka_unit_test(oids) };
	int failed = ROWS_RUN("repo, libgit2", rows, with_libgit2);

	failed += ROWS_RUN("repo, git program", rows, with_git);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
