/* test_history.c - history, refs and configuration of a repository, with both backends. */
#include "tests/support/both_backends.h"

/* ---- history ----------------------------------------------------------------------------------------------------- */

static void check_merge_base(opener open)
{
	struct gitrepo scratch;
	struct oid main, side, alone, one, base;
	struct repo *repo;
	bool is;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	repo = open_with(open, &scratch);
	main = oid_of(&scratch, "git rev-parse main");
	side = oid_of(&scratch, "git rev-parse side");
	alone = oid_of(&scratch, "git rev-parse alone");
	one = oid_of(&scratch, "git rev-parse one");
	assert_int_equal(repo_merge_base(repo, &main, &side, &base, NULL), POL_OK);
	assert_oid(&base, &one);
	assert_int_equal(repo_merge_base(repo, &main, &alone, &base, NULL), POL_ENOTFOUND);
	assert_int_equal(repo_is_ancestor(repo, &one, &main, &is, NULL), POL_OK);
	assert_true(is);
	assert_int_equal(repo_is_ancestor(repo, &main, &main, &is, NULL), POL_OK);
	assert_true(is);
	assert_int_equal(repo_is_ancestor(repo, &main, &one, &is, NULL), POL_OK);
	assert_false(is);
	assert_int_equal(repo_is_ancestor(repo, &alone, &main, &is, NULL), POL_OK);
	assert_false(is);
	main.bytes[0] ^= 1;
	assert_int_equal(repo_merge_base(repo, &main, &side, &base, NULL), POL_EGIT);
	repo_free(repo);
	gitrepo_close(&scratch);
}

static enum pol_status add_hex(const struct oid *commit, void *data, struct pol_error *err)
{
	char hex[OID_MAX_HEX];

	(void)err;
	oid_format(commit, hex);
	buf_printf(data, "%s\n", hex);
	return POL_OK;
}

static enum pol_status stop_at_second(const struct oid *commit, void *data, struct pol_error *err)
{
	(void)commit;
	return ++*(int *)data == 2 ? pol_fail(err, POL_ELIMIT, NULL, 0, "enough") : POL_OK;
}

static void check_walk(opener open)
{
	CLEANUP(buf) struct buf got = { 0 };
	CLEANUP(buf) struct buf wanted = { 0 };
	struct gitrepo scratch;
	struct oid main, hidden[2];
	struct repo *repo;
	int visits = 0;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	gitrepo_sh(&scratch, "git merge -q -m merge side");
	repo = open_with(open, &scratch);
	main = oid_of(&scratch, "git rev-parse main");
	hidden[0] = oid_of(&scratch, "git rev-parse one");
	hidden[1] = oid_of(&scratch, "git rev-parse side");
	assert_int_equal(repo_walk(repo, &main, NULL, 0, add_hex, &got, NULL), POL_OK);
	gitrepo_capture(&scratch, "git rev-list --date-order main", &wanted);
	assert_string_equal(got.data, wanted.data);
	buf_clear(&got);
	assert_int_equal(repo_walk(repo, &main, hidden, 2, add_hex, &got, NULL), POL_OK);
	gitrepo_capture(&scratch, "git rev-list --date-order main ^one ^side", &wanted);
	assert_string_equal(got.data, wanted.data);
	buf_clear(&got);
	assert_int_equal(repo_walk(repo, &hidden[0], &main, 1, add_hex, &got, NULL), POL_OK);
	assert_int_equal(got.size, 0);
	assert_int_equal(repo_walk(repo, &main, NULL, 0, stop_at_second, &visits, NULL), POL_ELIMIT);
	assert_int_equal(visits, 2);
	main.bytes[0] ^= 1;
	assert_int_equal(repo_walk(repo, &main, NULL, 0, add_hex, &got, NULL), POL_EGIT);
	repo_free(repo);
	gitrepo_close(&scratch);
}

static void check_shallow(opener open)
{
	CLEANUP(buf) struct buf got = { 0 };
	struct gitrepo scratch, clone;
	struct pol_error err = { 0 };
	struct oid main, side, base;
	struct repo *repo;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	gitrepo_sh(&scratch, "git clone -q --depth 1 --no-single-branch file://$PWD ../shallow");
	clone = scratch;
	(void)snprintf(clone.path, sizeof(clone.path), "%.200s/shallow", scratch.root);
	repo = open_with(open, &clone);
	main = oid_of(&clone, "git rev-parse origin/main");
	side = oid_of(&clone, "git rev-parse origin/side");
	assert_int_equal(repo_merge_base(repo, &main, &side, &base, &err), POL_EGIT);
	assert_non_null(strstr(err.message, "--unshallow"));
	assert_int_equal(repo_walk(repo, &main, &side, 1, add_hex, &got, NULL), POL_OK);
	assert_int_equal(got.size, 41); /* main alone: what is before it is not there */
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* ---- refs and configuration -------------------------------------------------------------------------------------- */

static enum pol_status add_ref(const char *name, const struct oid *commit, void *data, struct pol_error *err)
{
	(void)err;
	buf_printf(data, "%s %02x%02x\n", name, commit->bytes[0], commit->bytes[1]);
	return POL_OK;
}

/* Lines in order: packed and loose refs come as they are stored. */
static void sort_lines(const struct gitrepo *scratch, struct buf *text)
{
	gitrepo_write_bytes(scratch, "lines", text->data ? text->data : "", text->size);
	gitrepo_capture(scratch, "sort lines; rm lines", text);
}

static void check_refs(opener open)
{
	static const char *const prefixes[] = { "refs/heads/", "refs/tags/", "refs/remotes/origin/",
		                                "refs/heads/si", "refs/nothing/" };
	struct gitrepo scratch;

	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, BOTH_BACKENDS_HISTORY);
	for (int packed = 0; packed < 2; packed++) {
		struct repo *repo = open_with(open, &scratch);

		for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			CLEANUP(buf) struct buf got = { 0 };
			CLEANUP(buf) struct buf wanted = { 0 };
			char script[256];

			assert_int_equal(repo_each_ref(repo, prefixes[i], add_ref, &got, NULL), POL_OK);
			sort_lines(&scratch, &got);
			(void)snprintf(script, sizeof(script),
			               "git for-each-ref --format='%%(refname)' | grep '^%s' | grep -v blob "
			               "| while read r; "
			               "do echo $r $(git rev-parse $r^{commit} | cut -c1-4); done | sort",
			               prefixes[i]);
			gitrepo_capture(&scratch, script, &wanted);
			assert_string_equal(got.data, wanted.data);
		}
		repo_free(repo);
		gitrepo_sh(&scratch, "git pack-refs --all --prune");
	}
	gitrepo_close(&scratch);
}

static void check_config(opener open)
{
	CLEANUP(buf) struct buf value = { 0 };
	struct gitrepo scratch;
	struct repo *repo;

	gitrepo_open(&scratch, "");
	gitrepo_sh(
		&scratch,
		"git config test.word hello; git config test.lines 'a b'; git config --global test.far away; "
		"git config --global test.word less");
	repo = open_with(open, &scratch);
	assert_int_equal(repo_config(repo, "test.word", &value, NULL), POL_OK);
	assert_string_equal(value.data, "hello");
	assert_int_equal(repo_config(repo, "test.lines", &value, NULL), POL_OK);
	assert_string_equal(value.data, "a b");
	assert_int_equal(repo_config(repo, "test.far", &value, NULL), POL_OK);
	assert_string_equal(value.data, "away");
	assert_int_equal(repo_config(repo, "test.nope", &value, NULL), POL_ENOTFOUND);
	assert_int_equal(repo_config(repo, "--list", &value, NULL), POL_EUSAGE);
	/* What `git -c` hands to its hooks. */
	assert_int_equal(setenv("GIT_CONFIG_PARAMETERS", "'test.word'='now'", 1), 0);
	assert_int_equal(repo_config(repo, "test.word", &value, NULL), POL_OK);
	assert_string_equal(value.data, "now");
	assert_int_equal(unsetenv("GIT_CONFIG_PARAMETERS"), 0);
	/* Without any of git's variables libgit2 answers by itself. */
	assert_int_equal(unsetenv("GIT_CONFIG_NOSYSTEM"), 0);
	assert_int_equal(unsetenv("GIT_CONFIG_GLOBAL"), 0);
	assert_int_equal(repo_config(repo, "test.word", &value, NULL), POL_OK);
	assert_string_equal(value.data, "hello");
	assert_int_equal(repo_config(repo, "test.nope", &value, NULL), POL_ENOTFOUND);
	repo_free(repo);
	gitrepo_close(&scratch);
}

static const struct both_backends_row rows[] = {
	{ "merge base and ancestors", check_merge_base },
	{ "walk", check_walk },
	{ "shallow clone", check_shallow },
	{ "refs", check_refs },
	{ "configuration", check_config },
};

int main(void)
{
	int failed = ROWS_RUN("history, libgit2", rows, with_libgit2);

	return failed + ROWS_RUN("history, git program", rows, with_git);
}
