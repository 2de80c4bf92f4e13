/* test_reader.c - content read through sources: each side, any path, all paths, moved files, other threads, and work trees
 * that try to lead out of themselves. */
#include "policy/source/source.h"

#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct gitrepo repo;
	struct source *source;
	struct source_reader *reader;
};

static void fixture_open(struct fixture *fixture, const char *script, struct source_spec spec)
{
	struct pol_error err = { 0 };

	gitrepo_open(&fixture->repo, "");
	gitrepo_sh(&fixture->repo, script);
	spec.dir = fixture->repo.path;
	if (source_open(&spec, &fixture->source, &err) != POL_OK ||
	    source_reader_open(fixture->source, &fixture->reader, &err) != POL_OK)
		fail_msg("%s: %s", err.path, err.message);
}

static void fixture_close(struct fixture *fixture)
{
	source_reader_free(fixture->reader);
	source_free(fixture->source);
	gitrepo_close(&fixture->repo);
}

static const struct source_file *file_at(const struct fixture *fixture, const char *path)
{
	for (size_t i = 0; i < source_count(fixture->source); i++) {
		if (strcmp(source_at(fixture->source, i)->path, path) == 0)
			return source_at(fixture->source, i);
	}
	fail_msg("%s is not in the source", path);
	return NULL;
}

/* wanted NULL = not there. */
static void expect_text(struct fixture *fixture, const char *path, enum source_side side, const char *wanted)
{
	struct slice text = { 0 };
	enum pol_status status = source_read(fixture->reader, file_at(fixture, path), side, &text, NULL);

	assert_int_equal(status, wanted ? POL_OK : POL_ENOTFOUND);
	if (wanted && (text.size != strlen(wanted) || memcmp(text.data, wanted, text.size) != 0))
		fail_msg("%s: wanted '%s', got '%.*s'", path, wanted, (int)text.size, text.data);
}

static void expect_path(struct fixture *fixture, const char *path, enum source_side side, const char *wanted)
{
	struct slice text = { 0 };
	enum pol_status status = source_read_path(fixture->reader, side, path, &text, NULL);

	if (status != (wanted ? POL_OK : POL_ENOTFOUND))
		fail_msg("%s: status %d", path, (int)status);
	if (wanted && (text.size != strlen(wanted) || memcmp(text.data, wanted, text.size) != 0))
		fail_msg("%s: wanted '%s', got '%.*s'", path, wanted, (int)text.size, text.data);
}

static enum pol_status add_path(const char *path, void *data, struct pol_error *err)
{
	(void)err;
	buf_printf(data, "%s\n", path);
	return POL_OK;
}

static void expect_all(struct fixture *fixture, enum source_side side, const char *wanted)
{
	CLEANUP(buf) struct buf got = { 0 };

	buf_add_string(&got, "");
	assert_int_equal(source_each_path(fixture->reader, side, add_path, &got, NULL), POL_OK);
	assert_string_equal(got.data, wanted);
}

static const char base[] =
	"mkdir dir; echo old >changed; echo same >dir/same; echo gone >gone; ln -s changed link; "
	"git add .; git commit -qm base; ";

/* ---- the kinds --------------------------------------------------------------------------------------------------- */

static void check_change(struct fixture *fixture)
{
	expect_text(fixture, "changed", SIDE_NEW, "new\n");
	expect_text(fixture, "changed", SIDE_OLD, "old\n");
	expect_text(fixture, "dir/added", SIDE_NEW, "added\n");
	expect_text(fixture, "dir/added", SIDE_OLD, NULL);
	expect_text(fixture, "gone", SIDE_NEW, NULL);
	expect_text(fixture, "gone", SIDE_OLD, "gone\n");
	expect_path(fixture, "changed", SIDE_NEW, "new\n");
	expect_path(fixture, "changed", SIDE_OLD, "old\n");
	expect_path(fixture, "dir/same", SIDE_NEW, "same\n");
	expect_path(fixture, "dir/same", SIDE_OLD, "same\n");
	expect_path(fixture, "gone", SIDE_NEW, NULL);
	expect_path(fixture, "gone", SIDE_OLD, "gone\n");
	expect_path(fixture, "link", SIDE_NEW, NULL);
	expect_path(fixture, "dir", SIDE_NEW, NULL);
	expect_path(fixture, "nope/nope", SIDE_NEW, NULL);
	expect_all(fixture, SIDE_NEW, "changed\ndir/added\ndir/same\n");
	expect_all(fixture, SIDE_OLD, "changed\ndir/same\ngone\n");
	assert_true(source_has_old(fixture->source));
	assert_string_equal(source_top(fixture->source), fixture->repo.path);
	assert_int_equal(strlen(source_base(fixture->source)), 40);
}

static void staged(void **state)
{
	struct fixture fixture;
	char script[1024];

	(void)state;
	/* The work tree goes on changing; what is staged does not. */
	(void)snprintf(script, sizeof(script),
	               "%secho new >changed; echo added >dir/added; git rm -q gone; git add .; "
	               "echo later >changed; echo later >dir/added; echo later >gone",
	               base);
	fixture_open(&fixture, script, (struct source_spec){ .kind = SOURCE_STAGED });
	check_change(&fixture);
	assert_null(source_head(fixture.source));
	assert_int_equal(source_kind(fixture.source), SOURCE_STAGED);
	fixture_close(&fixture);
}

static void range(void **state)
{
	struct fixture fixture;
	char script[1024];

	(void)state;
	(void)snprintf(script, sizeof(script),
	               "%secho new >changed; echo added >dir/added; git rm -q gone; git add .; "
	               "git commit -qm two; echo later >changed",
	               base);
	fixture_open(&fixture, script, (struct source_spec){ .kind = SOURCE_RANGE, .revision = "HEAD~1.." });
	check_change(&fixture);
	assert_int_equal(strlen(source_head(fixture.source)), 40);
	fixture_close(&fixture);
}

static void tree(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, base, (struct source_spec){ .kind = SOURCE_TREE, .revision = "main" });
	expect_text(&fixture, "changed", SIDE_NEW, "old\n");
	expect_text(&fixture, "changed", SIDE_OLD, NULL);
	expect_path(&fixture, "dir/same", SIDE_NEW, "same\n");
	expect_path(&fixture, "dir/same", SIDE_OLD, NULL);
	expect_all(&fixture, SIDE_NEW, "changed\ndir/same\ngone\n");
	expect_all(&fixture, SIDE_OLD, "");
	assert_false(source_has_old(fixture.source));
	assert_null(source_base(fixture.source));
	fixture_close(&fixture);
}

static void all(void **state)
{
	struct fixture fixture;
	char script[1024];

	(void)state;
	(void)snprintf(script, sizeof(script),
	               "%secho now >changed; rm gone; echo untracked >policy; : >empty; git add empty", base);
	fixture_open(&fixture, script, (struct source_spec){ .kind = SOURCE_ALL });
	expect_text(&fixture, "changed", SIDE_NEW, "now\n");
	expect_text(&fixture, "empty", SIDE_NEW, "");
	expect_text(&fixture, "gone", SIDE_NEW, NULL);
	expect_path(&fixture, "policy", SIDE_NEW, "untracked\n");
	expect_path(&fixture, "gone", SIDE_NEW, NULL);
	expect_path(&fixture, "changed", SIDE_OLD, NULL);
	expect_all(&fixture, SIDE_NEW, "changed\ndir/same\nempty\ngone\n");
	assert_int_equal(file_at(&fixture, "changed")->oid.size, 0);
	fixture_close(&fixture);
}

static void all_sparse(void **state)
{
	struct fixture fixture;
	char script[1024];

	(void)state;
	(void)snprintf(script, sizeof(script),
	               "%sgit update-index --skip-worktree dir/same gone; rm dir/same; echo here >gone",
	               base);
	fixture_open(&fixture, script, (struct source_spec){ .kind = SOURCE_ALL });
	expect_text(&fixture, "dir/same", SIDE_NEW, "same\n"); /* from its object */
	expect_text(&fixture, "gone", SIDE_NEW, "here\n");     /* the file that is there */
	expect_path(&fixture, "dir/same", SIDE_NEW, "same\n");
	fixture_close(&fixture);
}

static void first_commit(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, "echo a >a; git add a", (struct source_spec){ .kind = SOURCE_STAGED });
	expect_text(&fixture, "a", SIDE_NEW, "a\n");
	expect_path(&fixture, "a", SIDE_NEW, "a\n");
	expect_path(&fixture, "b", SIDE_NEW, NULL);
	expect_path(&fixture, "a", SIDE_OLD, NULL);
	expect_all(&fixture, SIDE_NEW, "a\n");
	expect_all(&fixture, SIDE_OLD, "");
	assert_null(source_base(fixture.source));
	fixture_close(&fixture);
}

static void both_sides_stay(void **state)
{
	struct fixture fixture;
	struct slice old, new, other;

	(void)state;
	fixture_open(&fixture, "echo old >a; git add a; git commit -qm 1; echo new >a; git add a",
	             (struct source_spec){ .kind = SOURCE_STAGED });
	assert_int_equal(source_read(fixture.reader, file_at(&fixture, "a"), SIDE_NEW, &new, NULL), POL_OK);
	assert_int_equal(source_read(fixture.reader, file_at(&fixture, "a"), SIDE_OLD, &old, NULL), POL_OK);
	assert_int_equal(source_read_path(fixture.reader, SIDE_OLD, "a", &other, NULL), POL_OK);
	assert_memory_equal(new.data, "new\n", 4);
	assert_memory_equal(old.data, "old\n", 4);
	fixture_close(&fixture);
}

/* ---- work trees that are not what the index says ----------------------------------------------------------------- */

static const struct row {
	const char *name;
	const char *script; /* after "dir/file" was committed */
	enum pol_status wanted;
} rows[] = {
	{ "as it was", ":", POL_OK },
	{ "changed", "echo other >dir/file", POL_OK },
	{ "empty", ": >dir/file", POL_OK },
	{ "vanished", "rm dir/file", POL_ENOTFOUND },
	{ "a link", "rm dir/file; ln -s ../secret dir/file", POL_ENOTFOUND },
	{ "a link to nothing", "rm dir/file; ln -s nope dir/file", POL_ENOTFOUND },
	{ "its folder is a link", "rm -r dir; mkdir ../out; echo secret >../out/file; ln -s ../out dir",
	  POL_ENOTFOUND },
	{ "its folder is a link inside", "mv dir real; ln -s real dir", POL_ENOTFOUND },
	{ "a folder", "rm dir/file; mkdir dir/file", POL_ENOTFOUND },
	{ "its folder is a file", "rm -r dir; echo x >dir", POL_ENOTFOUND },
	{ "a pipe that nobody writes to", "rm dir/file; mkfifo dir/file", POL_ENOTFOUND },
};

static void hostile(void **state)
{
	const struct row *row = *state;
	struct fixture fixture;
	struct slice text;

	fixture_open(&fixture,
	             "mkdir dir; echo x >dir/file; echo secret >secret; git add dir; git commit -qm 1",
	             (struct source_spec){ .kind = SOURCE_ALL });
	gitrepo_sh(&fixture.repo, row->script);
	assert_int_equal(source_read(fixture.reader, file_at(&fixture, "dir/file"), SIDE_NEW, &text, NULL),
	                 row->wanted);
	assert_int_equal(source_read_path(fixture.reader, SIDE_NEW, "dir/file", &text, NULL), row->wanted);
	fixture_close(&fixture);
}

static void paths_that_climb(void **state)
{
	static const char *const paths[] = { "../home/.gitconfig", "dir/../../home/.gitconfig", "/etc/passwd",
		                             "..", "." };
	struct fixture fixture;
	struct slice text;

	(void)state;
	fixture_open(&fixture, "mkdir dir; echo x >dir/file; git add .; git commit -qm 1",
	             (struct source_spec){ .kind = SOURCE_ALL });
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_int_equal(source_read_path(fixture.reader, SIDE_NEW, paths[i], &text, NULL),
		                 POL_ENOTFOUND);
	fixture_close(&fixture);
}

static void too_large(void **state)
{
	struct fixture fixture;
	struct pol_error err = { 0 };
	struct slice text;

	(void)state;
	fixture_open(&fixture,
	             "truncate -s 33554432 fits; truncate -s 33554433 large; git add .; git commit -qm 1",
	             (struct source_spec){ .kind = SOURCE_ALL });
	assert_int_equal(source_read(fixture.reader, file_at(&fixture, "fits"), SIDE_NEW, &text, NULL),
	                 POL_OK);
	assert_int_equal(text.size, SOURCE_MAX_FILE);
	assert_int_equal(source_read(fixture.reader, file_at(&fixture, "large"), SIDE_NEW, &text, &err),
	                 POL_ELIMIT);
	assert_string_equal(err.path, "large");
	{
		struct source_spec spec = { .kind = SOURCE_TREE,
			                    .revision = "HEAD",
			                    .dir = fixture.repo.path };
		CLEANUP(source_reader) struct source_reader *reader = NULL;
		CLEANUP(source) struct source *source = NULL;

		assert_int_equal(source_open(&spec, &source, NULL), POL_OK);
		assert_int_equal(source_reader_open(source, &reader, NULL), POL_OK);
		assert_int_equal(source_read(reader, source_at(source, 0), SIDE_NEW, &text, NULL), POL_OK);
		assert_int_equal(source_read(reader, source_at(source, 1), SIDE_NEW, &text, &err),
		                 POL_ELIMIT);
	}
	fixture_close(&fixture);
}

/* ---- moved and changed ------------------------------------------------------------------------------------------- */

static const struct move_row {
	const char *name;
	const char *script; /* after a file "old" with the lines 1 to 10 and a file "other" were committed */
	const char *file, *wanted;
} moves[] = {
	{ "most lines kept", "git mv old new; echo 11 >>new", "new", "old" },
	{ "half of the lines kept", "git rm -q old; printf '1\\n2\\nx\\ny\\n' >new", "new", "old" },
	{ "less than half", "git rm -q old; printf '1\\n2\\nx\\ny\\nz\\n' >new", "new", NULL },
	{ "nothing was deleted", "cp old new; echo 11 >>new", "new", NULL },
	{ "blank lines do not count", "git rm -q blank; printf '\\n\\n\\n\\nx\\n' >new", "new", NULL },
	{ "the best of several", "git rm -q old other; seq 1 10 | sed s/3/x/ >new", "new", "old" },
	{ "to another folder", "mkdir deep; git mv old deep/old; sed -i 1d deep/old", "deep/old", "old" },
	{ "not one that was moved unchanged", "git mv old kept; cp kept new; echo 11 >>new", "new", NULL },
	{ "an empty file", "git rm -q old; : >new", "new", NULL },
	{ "a file that was there before", "git rm -q old; seq 1 10 >other", "other", NULL },
};

static void move_row(void **state)
{
	const struct move_row *row = *state;
	const struct source_file *old;
	struct fixture fixture;
	char script[1024];

	(void)snprintf(script, sizeof(script),
	               "seq 1 10 >old; seq 5 20 >other; printf '\\n\\n\\n\\ny\\n' >blank; git add .; "
	               "git commit -qm base; %s; git add -A",
	               row->script);
	fixture_open(&fixture, script, (struct source_spec){ .kind = SOURCE_STAGED });
	assert_int_equal(source_moved_from(fixture.reader, file_at(&fixture, row->file), &old, NULL), POL_OK);
	if (row->wanted)
		assert_non_null(old);
	else
		assert_null(old);
	if (old)
		assert_string_equal(old->path, row->wanted);
	fixture_close(&fixture);
}

static void move_among_many(void **state)
{
	const struct source_file *old;
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture,
	             "mkdir a; for i in $(seq 300); do seq $i 3 $((i+30)) >a/$i.txt; done; seq 1000 1020 "
	             ">a/right.c; git add .; "
	             "git commit -qm many; mkdir b; sed 1d a/right.c >b/right.c; git rm -qr a; git add -A",
	             (struct source_spec){ .kind = SOURCE_STAGED });
	assert_int_equal(source_count(fixture.source), 302);
	assert_int_equal(source_moved_from(fixture.reader, file_at(&fixture, "b/right.c"), &old, NULL),
	                 POL_OK);
	assert_non_null(old);
	assert_string_equal(old->path, "a/right.c");
	fixture_close(&fixture);
}

static void same_content_many_times(void **state)
{
	CLEANUP(buf) struct buf got = { 0 };
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture,
	             "mkdir a; for i in 1 2 3 4 5; do echo same >a/$i; done; git add .; git commit -qm many; "
	             "git mv a b; "
	             "git mv b/1 b/9; git rm -qf b/2; echo same >b/x; echo same >b/y; git add .",
	             (struct source_spec){ .kind = SOURCE_STAGED });
	for (size_t i = 0; i < source_count(fixture.source); i++) {
		const struct source_file *file = source_at(fixture.source, i);

		if (file->in_new)
			buf_printf(&got, "%s %s\n", file->path, file->old_path ? file->old_path : "-");
	}
	assert_string_equal(got.data, "b/3 a/3\nb/4 a/4\nb/5 a/5\nb/9 a/1\nb/x a/2\nb/y -\n");
	fixture_close(&fixture);
}

/* ---- threads ----------------------------------------------------------------------------------------------------- */

struct job {
	struct source *source;
	size_t bytes;
	enum pol_status status;
};

static void *read_everything(void *data)
{
	struct job *job = data;
	CLEANUP(source_reader) struct source_reader *reader = NULL;

	job->status = source_reader_open(job->source, &reader, NULL);
	for (size_t i = 0; i < source_count(job->source) && job->status == POL_OK; i++) {
		struct slice text;

		job->status = source_read(reader, source_at(job->source, i), SIDE_NEW, &text, NULL);
		job->bytes += job->status == POL_OK ? text.size : 0;
	}
	return NULL;
}

static void check_threads(const char *options, struct source_spec spec)
{
	pthread_t threads[4];
	struct job jobs[4];
	struct gitrepo repo;
	struct source *source;

	gitrepo_open(&repo, options);
	gitrepo_sh(&repo, "for i in $(seq 100); do echo $i >f$i; done; git add .; git commit -qm 1; git "
	                  "repack -adq; git prune-packed");
	spec.dir = repo.path;
	assert_int_equal(source_open(&spec, &source, NULL), POL_OK);
	for (size_t i = 0; i < 4; i++) {
		jobs[i] = (struct job){ .source = source };
		assert_int_equal(pthread_create(&threads[i], NULL, read_everything, &jobs[i]), 0);
	}
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(jobs[i].status, POL_OK);
		assert_int_equal(jobs[i].bytes, 9 * 2 + 90 * 3 + 4);
	}
	source_free(source);
	gitrepo_close(&repo);
}

static void threads(void **state)
{
	(void)state;
	check_threads("", (struct source_spec){ .kind = SOURCE_TREE, .revision = "HEAD" });
	check_threads("", (struct source_spec){ .kind = SOURCE_ALL });
	check_threads("--object-format=sha256",
	              (struct source_spec){ .kind = SOURCE_TREE, .revision = "HEAD" });
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(staged),
		cmocka_unit_test(range),
		cmocka_unit_test(tree),
		cmocka_unit_test(all),
		cmocka_unit_test(all_sparse),
		cmocka_unit_test(first_commit),
		cmocka_unit_test(both_sides_stay),
		cmocka_unit_test(paths_that_climb),
		cmocka_unit_test(too_large),
		cmocka_unit_test(move_among_many),
		cmocka_unit_test(same_content_many_times),
		cmocka_unit_test(threads),
	};
	int failed = ROWS_RUN("hostile work trees", rows, hostile);

	failed += ROWS_RUN("moved from", moves, move_row);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
