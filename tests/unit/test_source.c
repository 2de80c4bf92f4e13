/* test_source.c - where sources are opened from, and what ranges and trees hold, in repositories made by the real git. */
#include "policy/source/source.h"

#include "tests/support/source_text.h"

#include <limits.h>
#include <unistd.h>

/* ---- staged: places and environments ----------------------------------------------------------------------------- */

static void first_commit(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	expect_staged(&repo, "", "no index at all");
	gitrepo_sh(&repo, "echo x >a; mkdir d; echo y >d/b; ln -s a l; git add .");
	expect_staged(&repo, "A a\nA d/b\n", "unborn HEAD");
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	expect_staged(&repo, "A a\nA d/b\n", "unborn HEAD, tree written");
	gitrepo_sh(&repo, "git update-index --split-index");
	expect_staged(&repo, "A a\nA d/b\n", "unborn HEAD, split index");
	gitrepo_close(&repo);
}

static void index_deleted(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "rm .git/index");
	expect_staged(&repo, "D a\nD dir/b\nD dir/sub/c\n", "an index that is gone is an empty one");
	gitrepo_close(&repo);
}

static void other_index_file(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "cp .git/index other; echo x >>a; GIT_INDEX_FILE=other git add a");
	expect_staged(&repo, "", "the usual index");
	assert_int_equal(setenv("GIT_INDEX_FILE", "other", 1), 0);
	expect_staged(&repo, "M a\n", "GIT_INDEX_FILE, relative to the top");
	{
		char dir[GITREPO_PATH_SIZE + 8];
		struct source_spec spec = { .kind = SOURCE_STAGED, .dir = dir };

		(void)snprintf(dir, sizeof(dir), "%s/dir", repo.path);
		expect(&spec, "M a\n", "from a subfolder too");
	}
	assert_int_equal(unsetenv("GIT_INDEX_FILE"), 0);
	gitrepo_close(&repo);
}

static void from_subfolder(void **state)
{
	struct source_spec spec = { .kind = SOURCE_STAGED };
	struct gitrepo repo;
	char dir[GITREPO_PATH_SIZE + 16];

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "echo x >>a; echo y >>dir/b; git add .");
	(void)snprintf(dir, sizeof(dir), "%s/dir/sub", repo.path);
	spec.dir = dir;
	expect(&spec, "M a\nM dir/b\n", "staged");
	spec.kind = SOURCE_ALL;
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\n", "all");
	gitrepo_sh(&repo, "git update-index --split-index");
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\n", "all, split index");
	gitrepo_close(&repo);
}

static void unmerged(void **state)
{
	struct source_spec spec;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "git checkout -qb side; echo side >a; git commit -qam side; git checkout -q main; "
	                  "echo main >a; git commit -qam main; ! git merge -q side >/dev/null 2>&1");
	spec = staged(&repo);
	expect_error(&spec, POL_EGIT, "unmerged");
	spec.kind = SOURCE_ALL;
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\n", "a file in conflict is one file");
	gitrepo_sh(&repo, "echo both >a; git add a");
	expect_staged(&repo, "M a\n", "resolved");
	gitrepo_close(&repo);
}

static void linked_work_tree(void **state)
{
	struct source_spec spec = { .kind = SOURCE_STAGED };
	struct gitrepo repo;
	char dir[GITREPO_PATH_SIZE + 16];

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "git worktree add -q ../linked -b side; cd ../linked; echo x >>a; git add a");
	expect_staged(&repo, "", "the main work tree");
	(void)snprintf(dir, sizeof(dir), "%s/linked", repo.root);
	spec.dir = dir;
	expect(&spec, "M a\n", "the linked one");
	spec.kind = SOURCE_ALL;
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\n", "all");
	gitrepo_close(&repo);
}

static void git_dir_variables(void **state)
{
	struct source_spec spec = { .kind = SOURCE_STAGED };
	struct gitrepo repo;
	char git_dir[GITREPO_PATH_SIZE + 8];

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "echo x >>a; git add a; mkdir ../elsewhere");
	(void)snprintf(git_dir, sizeof(git_dir), "%s/.git", repo.path);
	assert_int_equal(setenv("GIT_DIR", git_dir, 1), 0);
	expect_staged(&repo, "M a\n", "GIT_DIR");
	assert_int_equal(setenv("GIT_WORK_TREE", repo.path, 1), 0);
	spec.dir = repo.root;
	expect(&spec, "M a\n", "GIT_DIR and GIT_WORK_TREE, from outside");
	spec.kind = SOURCE_ALL;
	{
		CLEANUP(source) struct source *source = open_spec(&spec);

		assert_string_equal(source_top(source), repo.path);
	}
	assert_int_equal(unsetenv("GIT_WORK_TREE"), 0);
	assert_int_equal(setenv("GIT_DIR", "/nonexistent", 1), 0);
	expect_error(&spec, POL_EGIT, "");
	assert_int_equal(unsetenv("GIT_DIR"), 0);
	gitrepo_close(&repo);
}

static void worktree_config(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo,
	           "git config core.repositoryFormatVersion 1; git config extensions.worktreeConfig true; "
	           "git config extensions.preciousObjects true; echo x >>a; git add a");
	expect_staged(&repo, "M a\n", "extensions that libgit2 1.5 refuses by itself");
	gitrepo_close(&repo);
}

static void unknown_extension(void **state)
{
	struct source_spec spec;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo,
	           "git config core.repositoryFormatVersion 1; git config extensions.fromTheFuture true");
	spec = staged(&repo);
	expect_error(&spec, POL_EGIT, "extension");
	gitrepo_close(&repo);
}

static void sparse(void **state)
{
	struct source_spec spec;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "mkdir in; echo i >in/i; git add in; git commit -qm in; "
	                  "git sparse-checkout init --cone --sparse-index; git sparse-checkout set in; echo "
	                  "j >>in/i; git add in");
	spec = staged(&repo);
	expect(&spec, "M in/i\n", "sparse index");
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	expect(&spec, "M in/i\n", "sparse index, tree written");
	spec.kind = SOURCE_ALL;
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\nA in/i\n", "all files, those left out as well");
	gitrepo_sh(&repo, "git commit -qm j; git reset -q --soft HEAD~1; git reset -q --soft HEAD~1");
	spec.kind = SOURCE_STAGED;
	expect(&spec, "A in/i\n", "a folder of the sparse index that HEAD has not");
	gitrepo_close(&repo);
}

static void sparse_folder_differs(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "mkdir in; echo i >in/i; git add in; git commit -qm in; echo z >>dir/b; echo n "
	                  ">dir/n; git add .; "
	                  "git commit -qm two; git sparse-checkout init --cone --sparse-index; git "
	                  "sparse-checkout set in; "
	                  "git reset -q --soft HEAD~1");
	expect_staged(&repo, "M dir/b\nA dir/n\n", "below a folder that is one entry of the index");
	gitrepo_close(&repo);
}

static void alternates(void **state)
{
	struct source_spec spec = { .kind = SOURCE_STAGED };
	struct gitrepo repo;
	char dir[GITREPO_PATH_SIZE + 16];

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "git clone -qs . ../shared; cd ../shared; echo x >>a; git add a");
	(void)snprintf(dir, sizeof(dir), "%s/shared", repo.root);
	spec.dir = dir;
	expect(&spec, "M a\n", "objects of another repository");
	gitrepo_close(&repo);
}

static void missing_objects(void **state)
{
	CLEANUP(source_reader) struct source_reader *reader = NULL;
	CLEANUP(source) struct source *source = NULL;
	struct source_spec spec;
	struct pol_error err = { 0 };
	struct gitrepo repo;
	struct slice text;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo,
	           "echo x >>a; git add a; o=$(git rev-parse :a); rm -f .git/objects/${o%${o#??}}/${o#??}");
	spec = staged(&repo);
	source = open_spec(&spec);
	assert_int_equal(source_reader_open(source, &reader, &err), POL_OK);
	assert_int_equal(source_count(source), 1);
	assert_int_equal(source_read(reader, source_at(source, 0), SIDE_NEW, &text, &err), POL_EGIT);
	assert_non_null(strstr(err.message, "not checked"));
	assert_string_equal(err.path, "a");
	assert_int_equal(source_read(reader, source_at(source, 0), SIDE_OLD, &text, &err), POL_OK);
	gitrepo_sh(&repo, "o=$(git rev-parse HEAD:); rm -f .git/objects/${o%${o#??}}/${o#??}");
	expect_error(&spec, POL_EGIT, "");
	gitrepo_close(&repo);
}

static void root_tree_not_stored(void **state)
{
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo,
	           "echo x >>a; git add a; o=$(git write-tree); rm -f .git/objects/${o%${o#??}}/${o#??}");
	expect_staged(&repo, "M a\n", "the index's entries stand in");
	gitrepo_close(&repo);
}

static void broken_index(void **state)
{
	struct source_spec spec;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	gitrepo_sh(&repo, "head -c 100 .git/index >short; mv short .git/index");
	spec = staged(&repo);
	expect_error(&spec, POL_EIO, "broken");
	spec.kind = SOURCE_ALL;
	expect_error(&spec, POL_EIO, "broken");
	gitrepo_close(&repo);
}

/* ---- ranges and trees -------------------------------------------------------------------------------------------- */

/* one - two - three (main)
 *    \- left - (side)          and a root of its own: alone */
static const char history[] =
	"echo 1 >f1; git add .; git commit -qm one; git tag one; git checkout -qb side; "
	"echo l >left; git add .; git commit -qm left; git checkout -q main; echo 2 >f2; "
	"git add .; git commit -qm two; git tag -am two two; git rm -q f1; echo 3 >>f2; "
	"git add .; git commit -qm three; git checkout -q --orphan alone; git commit -qm alone; "
	"git checkout -q main";

static const struct range_row {
	const char *name, *range, *wanted;
	bool no_merge_base;
} range_rows[] = {
	{ "two dots", "one..main", "D f1\nA f2\n", false },
	{ "to HEAD", "two..", "D f1\nM f2\n", false },
	{ "from HEAD", "..side", "A left\n", false },
	{ "three dots", "main...side", "A left\n", false },
	{ "from the merge base", "main..side", "A left\n", false },
	{ "from A itself", "main..side", "A f1\nD f2\nA left\n", true },
	{ "an annotated tag", "one..two", "A f2\n", false },
	{ "nothing before", "..two", "A f1\nA f2\n", true },
	{ "nothing new", "main..one", "", false },
	{ "unrelated but asked for", "alone..one", "A f1\nD f2\n", true },
};

static void range_row(void **state)
{
	const struct range_row *row = *state;
	struct source_spec spec = { .kind = SOURCE_RANGE,
		                    .revision = row->range,
		                    .no_merge_base = row->no_merge_base };
	struct gitrepo repo;
	char dir[GITREPO_PATH_SIZE + 16];

	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, history);
	gitrepo_sh(&repo, "git clone -q --mirror . ../bare.git");
	spec.dir = repo.path;
	expect(&spec, row->wanted, "work tree");
	(void)snprintf(dir, sizeof(dir), "%s/bare.git", repo.root);
	spec.dir = dir;
	expect(&spec, row->wanted, "bare");
	gitrepo_close(&repo);
}

static void range_errors(void **state)
{
	static const struct {
		const char *range, *part;
		enum pol_status status;
	} wrong[] = {
		{ "main", "not a range", POL_EUSAGE },
		{ "nope..main", "'nope'", POL_EGIT },
		{ "main..nope", "'nope'", POL_EGIT },
		{ "alone..main", "no common history", POL_EGIT },
		{ "--output=x..main", "'--output=x'", POL_EGIT },
	};
	struct source_spec spec = { .kind = SOURCE_RANGE };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, history);
	spec.dir = repo.path;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		spec.revision = wrong[i].range;
		expect_error(&spec, wrong[i].status, wrong[i].part);
	}
	gitrepo_close(&repo);
}

static void shallow_range(void **state)
{
	struct source_spec spec = { .kind = SOURCE_RANGE, .revision = "origin/side..origin/main" };
	struct gitrepo repo;
	char dir[GITREPO_PATH_SIZE + 16];

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, history);
	gitrepo_sh(&repo, "git clone -q --depth 1 --no-single-branch file://$PWD ../shallow");
	(void)snprintf(dir, sizeof(dir), "%s/shallow", repo.root);
	spec.dir = dir;
	expect_error(&spec, POL_EGIT, "shallow clone");
	gitrepo_sh(&repo, "cd ../shallow; git fetch -q --depth 3");
	expect(&spec, "D f1\nA f2\n", "deep enough");
	spec.revision = "HEAD~1..HEAD";
	expect(&spec, "D f1\nM f2\n", "within what is there");
	gitrepo_close(&repo);
}

static void one_tree(void **state)
{
	struct source_spec spec = { .kind = SOURCE_TREE, .revision = "HEAD" };
	CLEANUP(buf) struct buf tree = { 0 };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	spec.dir = repo.path;
	expect(&spec, "A a\nA dir/b\nA dir/sub/c\n", "HEAD");
	gitrepo_capture(&repo, "git rev-parse HEAD:dir | tr -d '\\n'", &tree);
	spec.revision = tree.data;
	expect(&spec, "A b\nA sub/c\n", "a tree's id");
	spec.revision = "nope";
	expect_error(&spec, POL_EGIT, "'nope'");
	gitrepo_close(&repo);
}

static void bare_has_no_work_tree(void **state)
{
	struct source_spec spec = { .kind = SOURCE_ALL };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "--bare");
	spec.dir = repo.path;
	expect_error(&spec, POL_EGIT, "--tree");
	gitrepo_close(&repo);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_commit),
		cmocka_unit_test(index_deleted),
		cmocka_unit_test(other_index_file),
		cmocka_unit_test(from_subfolder),
		cmocka_unit_test(unmerged),
		cmocka_unit_test(linked_work_tree),
		cmocka_unit_test(git_dir_variables),
		cmocka_unit_test(worktree_config),
		cmocka_unit_test(unknown_extension),
		cmocka_unit_test(sparse),
		cmocka_unit_test(sparse_folder_differs),
		cmocka_unit_test(alternates),
		cmocka_unit_test(missing_objects),
		cmocka_unit_test(root_tree_not_stored),
		cmocka_unit_test(broken_index),
		cmocka_unit_test(range_errors),
		cmocka_unit_test(shallow_range),
		cmocka_unit_test(one_tree),
		cmocka_unit_test(bare_has_no_work_tree),
	};
	int failed;

	failed = ROWS_RUN("range", range_rows, range_row);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
