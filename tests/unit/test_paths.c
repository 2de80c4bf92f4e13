/* test_paths.c - named files and folders as a source, in a repository and outside of any. */
#include "policy/source/source.h"

#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PATHS = 4 };

static const char refused[] = "refused"; /* as what is wanted: it cannot be judged */

static const struct row {
	const char *name;
	const char *dir; /* below the scratch folder's repo */
	const char *paths[MAX_PATHS];
	const char *wanted;  /* in a repository */
	const char *outside; /* where there is none; NULL = the same */
} rows[] = {
	{ "a file", "", { "a" }, "a\n", NULL },
	{ "two files, sorted", "", { "dir/b", "a" }, "a\ndir/b\n", NULL },
	{ "a folder", "", { "dir" }, "dir/b\ndir/sub/c\n", NULL },
	{ "a folder with a slash", "", { "dir/" }, "dir/b\ndir/sub/c\n", NULL },
	{ "the folder we are in", "", { "." }, "a\ndir/b\ndir/sub/c\nignored\n", NULL },
	{ "a dot before it", "", { "./dir/b" }, "dir/b\n", NULL },
	{ "the same twice", "", { "a", "./a", "." }, "a\ndir/b\ndir/sub/c\nignored\n", NULL },
	{ "a folder and what is in it", "", { "dir/sub", "dir" }, "dir/b\ndir/sub/c\n", NULL },
	{ "from a subfolder", "dir", { "b" }, "dir/b\n", "b\n" },
	{ "up from a subfolder", "dir", { "../a" }, "a\n", "../a\n" },
	{ "up and down", "dir", { "../dir/sub/../b" }, "dir/b\n", "../dir/sub/../b\n" },
	{ "a link", "", { "link" }, "", refused },
	{ "a link to a folder", "", { "dirlink" }, "", refused },
	{ "a link that leads nowhere", "", { "dangling" }, "", refused },
	{ "through a link to a folder", "", { "dirlink/b" }, "dir/b\n", "dirlink/b\n" },
	{ "a pipe", "", { "pipe" }, refused, NULL },
	{ "a pipe in a named folder", "pipes", { "." }, "", NULL },
	{ "nothing named", "", { NULL }, "", NULL },
};

static const char files[] = "mkdir -p dir/sub; echo a >a; echo b >dir/b; echo c >dir/sub/c; echo i >ignored; "
			    "test ! -d .git || echo ignored >.git/info/exclude; ln -s a link; ln -s dir "
			    "dirlink; ln -s nowhere dangling; mkdir pipes; "
			    "mkfifo pipe pipes/pipe";

static void describe(struct buf *out, const struct source *source)
{
	buf_clear(out);
	buf_add_string(out, "");
	for (size_t i = 0; i < source_count(source); i++)
		buf_printf(out, "%s\n", source_at(source, i)->path);
}

static void check_row(const struct row *row, const struct gitrepo *repo, const char *wanted)
{
	CLEANUP(source_reader) struct source_reader *reader = NULL;
	CLEANUP(source) struct source *source = NULL;
	CLEANUP(buf) struct buf got = { 0 };
	struct source_spec spec = { .kind = SOURCE_PATHS, .paths = row->paths };
	struct pol_error err = { 0 };
	char dir[GITREPO_PATH_SIZE + 16];

	(void)snprintf(dir, sizeof(dir), "%s/%s", repo->path, row->dir);
	spec.dir = dir;
	if (wanted == refused) {
		assert_int_equal(source_open(&spec, &source, &err), POL_EIO);
		assert_non_null(strstr(err.message, "not judged: "));
		return;
	}
	if (source_open(&spec, &source, &err) != POL_OK)
		fail_msg("%s: %s", err.path, err.message);
	describe(&got, source);
	assert_string_equal(got.data, wanted);
	assert_int_equal(source_reader_open(source, &reader, NULL), POL_OK);
	for (size_t i = 0; i < source_count(source); i++) {
		const char *path = source_at(source, i)->path;
		struct slice text;

		assert_int_equal(source_read(reader, source_at(source, i), SIDE_NEW, &text, NULL), POL_OK);
		assert_int_equal(text.size, 2);
		/* Each file holds the first letter of its name. */
		assert_int_equal(text.data[0], strrchr(path, '/') ? strrchr(path, '/')[1] : path[0]);
		assert_int_equal(source_read_path(reader, SIDE_NEW, path, &text, NULL), POL_OK);
	}
}

static void in_repository(void **state)
{
	const struct row *row = *state;
	struct gitrepo repo;

	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	check_row(row, &repo, row->wanted);
	gitrepo_close(&repo);
}

static void outside(void **state)
{
	const struct row *row = *state;
	struct gitrepo repo;

	gitrepo_open_empty(&repo);
	gitrepo_sh(&repo, files);
	check_row(row, &repo, row->outside ? row->outside : row->wanted);
	gitrepo_close(&repo);
}

/* ---- single cases ------------------------------------------------------------------------------------------------ */

static enum pol_status open_one(const char *dir, const char *path, struct source **ret_source,
                                struct pol_error *err)
{
	const char *const paths[] = { path, NULL };
	const struct source_spec spec = { .kind = SOURCE_PATHS, .dir = dir, .paths = paths };

	return source_open(&spec, ret_source, err);
}

static void missing(void **state)
{
	struct pol_error err = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	gitrepo_open_empty(&repo);
	assert_int_equal(open_one(repo.path, "nope", &source, &err), POL_EIO);
	assert_string_equal(err.path, "nope");
	assert_int_equal(open_one(repo.path, "nope/nope", &source, &err), POL_EIO);
	assert_int_equal(open_one(repo.path, "", &source, &err), POL_OK); /* the folder itself, empty */
	source_free(source);
	gitrepo_close(&repo);
}

static void absolute(void **state)
{
	CLEANUP(buf) struct buf got = { 0 };
	CLEANUP(buf) struct buf wanted = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	assert_int_equal(open_one("/", repo.path, &source, NULL), POL_OK);
	buf_printf(&wanted, "%s/a\n%s/dir/b\n%s/dir/sub/c\n%s/ignored\n", repo.path, repo.path, repo.path,
	           repo.path);
	describe(&got, source);
	assert_string_equal(got.data, wanted.data);
	assert_null(source_repo(source));
	source_free(source);
	/* The repository that we stand in has nothing to do with a folder elsewhere. */
	gitrepo_sh(&repo, "mkdir ../tree; echo x >../tree/x");
	assert_int_equal(open_one(repo.path, "../tree", &source, NULL), POL_OK);
	describe(&got, source);
	assert_string_equal(got.data, "../tree/x\n");
	assert_null(source_repo(source));
	source_free(source);
	gitrepo_close(&repo);
}

static void inner_repository(void **state)
{
	CLEANUP(buf) struct buf got = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo,
	           "git init -q inner; echo x >inner/x; mkdir deep; echo gitdir >deep/.git; echo y >deep/y");
	assert_int_equal(open_one(repo.path, ".", &source, NULL), POL_OK);
	describe(&got, source);
	assert_string_equal(got.data, "deep/y\ninner/x\n");
	source_free(source);
	gitrepo_close(&repo);
}

static void deep(void **state)
{
	struct pol_error err = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	gitrepo_open_empty(&repo);
	gitrepo_sh(&repo, "d=.; for i in $(seq 126); do d=$d/d; done; mkdir -p $d; echo x >$d/x");
	assert_int_equal(open_one(repo.path, ".", &source, NULL), POL_OK);
	assert_int_equal(source_count(source), 1);
	source_free(source);
	gitrepo_sh(&repo, "d=.; for i in $(seq 130); do d=$d/d; done; mkdir -p $d");
	assert_int_equal(open_one(repo.path, ".", &source, &err), POL_ELIMIT);
	gitrepo_close(&repo);
}

static void unreadable_folder(void **state)
{
	struct pol_error err = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	if (geteuid() == 0)
		skip(); /* root reads everything */
	gitrepo_open_empty(&repo);
	gitrepo_sh(&repo, "mkdir shut; echo x >shut/x; chmod 0 shut");
	assert_int_equal(open_one(repo.path, ".", &source, &err), POL_EIO);
	gitrepo_sh(&repo, "chmod 700 shut");
	gitrepo_close(&repo);
}

static void odd_names(void **state)
{
	CLEANUP(buf) struct buf got = { 0 };
	struct source *source = NULL;
	struct gitrepo repo;

	(void)state;
	gitrepo_open_empty(&repo);
	gitrepo_sh(&repo, "mkdir -- -d; echo x >-d/-f; echo x >\"$(printf 'n\\nl')\"; echo x >\"$(printf "
	                  "'b\\377')\"; echo x >' '");
	assert_int_equal(open_one(repo.path, ".", &source, NULL), POL_OK);
	describe(&got, source);
	assert_string_equal(got.data, " \n-d/-f\nb\xff\nn\nl\n");
	source_free(source);
	gitrepo_close(&repo);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing),           cmocka_unit_test(absolute),
		cmocka_unit_test(inner_repository),  cmocka_unit_test(deep),
		cmocka_unit_test(unreadable_folder), cmocka_unit_test(odd_names),
	};
	int failed = ROWS_RUN("paths in a repository", rows, in_repository);

	failed += ROWS_RUN("paths outside", rows, outside);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
