/* test_treediff.c - our comparison of trees and of the index against git's own, on repositories changed at random (the
 * same way at each run), and on trees that no git would write. */
#include "policy/source/treediff.h"

#include "policy/source/raw.h"
#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- changes as text --------------------------------------------------------------------------------------------- */

static enum pol_status add_change(const struct change *change, void *data, struct pol_error *err)
{
	char old_hex[OID_MAX_HEX], new_hex[OID_MAX_HEX];

	(void)err;
	oid_format(&change->old_oid, old_hex);
	oid_format(&change->new_oid, new_hex);
	buf_printf(data, "%06o %06o %s %s %s\n", (unsigned)change->old_mode, (unsigned)change->new_mode,
	           change->old_mode ? old_hex : "", change->new_mode ? new_hex : "", change->path);
	return POL_OK;
}

static struct repo *open_repo(const struct gitrepo *repo)
{
	struct repo *opened = NULL;
	struct pol_error err = { 0 };

	if (repo_open(repo->path, &opened, &err) != POL_OK)
		fail_msg("%s", err.message);
	return opened;
}

static struct oid tree_at(struct repo *repo, const char *revision)
{
	struct oid commit, tree = { 0 };

	assert_int_equal(repo_resolve(repo, revision, &commit, NULL), POL_OK);
	assert_int_equal(repo_tree_of(repo, &commit, &tree, NULL), POL_OK);
	return tree;
}

/* What git says, by a command that prints --raw -z. */
static void ask_git(const struct gitrepo *scratch, const char *script, struct buf *text)
{
	CLEANUP(buf) struct buf raw = { 0 };

	buf_clear(text);
	buf_add_string(text, "");
	gitrepo_capture(scratch, script, &raw);
	assert_int_equal(raw_parse_diff((struct slice){ raw.data, raw.size }, 20, add_change, text, NULL),
	                 POL_OK);
}

static void expect_same_index(const struct gitrepo *scratch)
{
	CLEANUP(repo) struct repo *repo = open_repo(scratch);
	CLEANUP(buf) struct buf wanted = { 0 };
	CLEANUP(buf) struct buf got = { 0 };
	CLEANUP(cursor) struct cursor *head = NULL;
	CLEANUP(cursor) struct cursor *staged = NULL;
	CLEANUP(index) struct index index = { 0 };
	const struct oid tree = tree_at(repo, "HEAD");

	ask_git(scratch,
	        "git diff-index --cached --raw -z --no-abbrev --no-renames --ita-invisible-in-index HEAD",
	        &wanted);
	assert_int_equal(index_open(repo_index_path(repo), 20, &index, NULL), POL_OK);
	assert_int_equal(cursor_open_tree(repo, &tree, &head, NULL), POL_OK);
	assert_int_equal(cursor_open_index(repo, &index, true, &staged, NULL), POL_OK);
	buf_add_string(&got, "");
	assert_int_equal(cursor_diff(head, staged, add_change, &got, NULL), POL_OK);
	assert_string_equal(got.data, wanted.data);
	buf_clear(&got);
	assert_int_equal(raw_diff_index(repo, &tree, add_change, &got, NULL), POL_OK);
	assert_string_equal(got.data ? got.data : "", wanted.data);
}

static void expect_same_trees(const struct gitrepo *scratch, const char *a, const char *b)
{
	CLEANUP(repo) struct repo *repo = open_repo(scratch);
	CLEANUP(buf) struct buf wanted = { 0 };
	CLEANUP(buf) struct buf got = { 0 };
	const struct oid old_tree = tree_at(repo, a), new_tree = tree_at(repo, b);
	char script[128];

	(void)snprintf(script, sizeof(script), "git diff-tree -r --raw -z --no-abbrev --no-renames %s %s", a,
	               b);
	ask_git(scratch, script, &wanted);
	buf_add_string(&got, "");
	assert_int_equal(tree_diff(repo, &old_tree, &new_tree, add_change, &got, NULL), POL_OK);
	assert_string_equal(got.data, wanted.data);
}

/* ---- random changes ---------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* One of a few hundred paths, made so that files and folders of the same name and names around '/' meet. */
static void random_path(uint32_t *state, char *path, size_t size)
{
	static const char *const parts[] = { "a",   "a-b",   "a.c", "a0",       "b",
		                             "lib", "lib.c", "z z", "\xc3\xa9", "new\nline" };
	const unsigned depth = 1 + next_random(state) % 4;
	size_t used = 0;

	for (unsigned i = 0; i < depth; i++)
		used += (size_t)snprintf(path + used, size - used, "%s%s", i ? "/" : "",
		                         parts[next_random(state) % (sizeof(parts) / sizeof(parts[0]))]);
}

/* Takes away whatever stands in the way of a file at path. */
static void clear_way(const struct gitrepo *scratch, const char *path)
{
	char full[1024], script[1200];

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		(void)snprintf(full, sizeof(full), "%s/%.*s", scratch->path, (int)(slash - path), path);
		(void)unlink(full); /* fails on folders, as it should */
	}
	(void)snprintf(full, sizeof(full), "%s/%s", scratch->path, path);
	if (unlink(full) == 0 || access(full, F_OK) != 0)
		return;
	(void)snprintf(script, sizeof(script), "rm -rf '%s'", full);
	gitrepo_sh(scratch, script);
}

static void change_at_random(const struct gitrepo *scratch, uint32_t *state, unsigned changes)
{
	for (unsigned i = 0; i < changes; i++) {
		char path[128], full[512], text[32];

		random_path(state, path, sizeof(path));
		clear_way(scratch, path);
		if (next_random(state) % 4 == 0)
			continue; /* only deleted */
		(void)snprintf(text, sizeof(text), "%u\n", (unsigned)(next_random(state) % 50));
		gitrepo_write(scratch, path, text);
		(void)snprintf(full, sizeof(full), "%s/%s", scratch->path, path);
		if (next_random(state) % 8 == 0)
			assert_int_equal(chmod(full, 0755), 0);
		if (next_random(state) % 10 == 0) {
			assert_int_equal(unlink(full), 0);
			assert_int_equal(symlink("target", full), 0);
		}
	}
}

static void random_changes(void **state)
{
	static const char *const between[] = {
		":",
		"git write-tree >/dev/null",
		"git update-index --index-version 4",
		"git commit -qm more",
		"git reset -q --soft HEAD~1",
		"git repack -adq; git prune-packed",
	};
	uint32_t seed = 20261123;
	struct gitrepo scratch;

	(void)state;
	gitrepo_open(&scratch, "");
	change_at_random(&scratch, &seed, 60);
	gitrepo_sh(&scratch, "git add -A; git commit -qm base; git tag base");
	change_at_random(&scratch, &seed, 40);
	gitrepo_sh(&scratch, "git add -A; git commit -qm second --allow-empty");
	for (size_t round = 0; round < 18; round++) {
		change_at_random(&scratch, &seed, round % 3 == 0 ? 2 : 20);
		gitrepo_sh(&scratch,
		           round % 4 == 3 ? "git add -A a lib* 2>/dev/null || git add -A" : "git add -A");
		expect_same_index(&scratch);
		if (round % 6 == 4)
			gitrepo_sh(&scratch,
			           "git commit -qm one --allow-empty; git commit -qm two --allow-empty");
		gitrepo_sh(&scratch, between[round % 6]);
		expect_same_index(&scratch);
		expect_same_trees(&scratch, "base", "HEAD");
		expect_same_trees(&scratch, "HEAD", "base");
	}
	gitrepo_close(&scratch);
}

/* ---- trees that no git would write ------------------------------------------------------------------------------- */

/* Stores a tree object of these bytes, with %O for the id of a blob, and returns its id. */
static struct oid store_tree(const struct gitrepo *scratch, const char *data, size_t size)
{
	CLEANUP(buf) struct buf hex = { 0 };
	struct oid oid = { 0 };

	gitrepo_write_bytes(scratch, "tree.bin", data, size);
	gitrepo_capture(scratch, "git hash-object --literally -t tree -w tree.bin | tr -d '\\n'", &hex);
	assert_true(oid_parse((struct slice){ hex.data, hex.size }, &oid));
	return oid;
}

static enum pol_status count_entry(const struct cursor_entry *entry, void *data, struct pol_error *err)
{
	(void)entry;
	(void)err;
	++*(size_t *)data;
	return POL_OK;
}

#define ID "12345678901234567890"

static const struct row {
	const char *name;
	const char *data;
	size_t size;
	enum pol_status wanted;
} rows[] = {
#define TREE(text) text, sizeof(text) - 1
	{ "empty", TREE(""), POL_OK },
	{ "one file", TREE("100644 a\0" ID), POL_OK },
	{ "an old mode", TREE("100664 a\0" ID), POL_OK },
	{ "mode with a zero before it", TREE("0100644 a\0" ID), POL_OK },
	{ "no order", TREE("100644 b\0" ID "100644 a\0" ID), POL_OK },
	{ "no mode", TREE(" a\0" ID), POL_EGIT },
	{ "mode too long", TREE("00100644 a\0" ID), POL_EGIT },
	{ "mode not octal", TREE("100684 a\0" ID), POL_EGIT },
	{ "no name", TREE("100644 \0" ID), POL_EGIT },
	{ "a name with a slash", TREE("100644 a/b\0" ID), POL_EGIT },
	{ "a name without end", TREE("100644 abcdefghijklmnopqrstuvw"), POL_EGIT },
	{ "an id cut off",
	  TREE("100644 a\0"
	       "1234567890123456789"),
	  POL_EGIT },
	{ "a folder that is missing", TREE("40000 a\0" ID), POL_EGIT },
};

static void odd_tree(void **state)
{
	const struct row *row = *state;
	struct gitrepo scratch;
	struct repo *repo;
	struct oid tree;
	size_t count = 0;

	gitrepo_open(&scratch, "");
	tree = store_tree(&scratch, row->data, row->size);
	repo = open_repo(&scratch);
	assert_int_equal(tree_walk(repo, &tree, count_entry, &count, NULL), row->wanted);
	if (row->wanted == POL_OK)
		assert_int_equal(count, row->size / 28);
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* A tree that holds the tree before it under a name, and so on. */
static void nested_deeply(void **state)
{
	static const char blob[] = "100644 a\0" ID;
	struct gitrepo scratch;
	struct repo *repo;
	struct oid tree;
	size_t count = 0;

	(void)state;
	gitrepo_open(&scratch, "");
	tree = store_tree(&scratch, blob, sizeof(blob) - 1);
	repo = open_repo(&scratch);
	for (int depth = 1; depth <= TREE_MAX_DEPTH; depth++) {
		char data[64];
		int size = snprintf(data, sizeof(data), "40000 d");

		memcpy(data + size + 1, tree.bytes, 20);
		data[size] = '\0';
		if (depth == TREE_MAX_DEPTH)
			assert_int_equal(tree_walk(repo, &tree, count_entry, &count, NULL), POL_OK);
		tree = store_tree(&scratch, data, (size_t)size + 21);
	}
	assert_int_equal(count, 1);
	assert_int_equal(tree_walk(repo, &tree, count_entry, &count, NULL), POL_ELIMIT);
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* Each level names the one below ten times: ten bytes of tree for each billion of files. */
static void tree_bomb(void **state)
{
	struct gitrepo scratch;
	struct repo *repo;
	struct oid tree;
	size_t count = 0;

	(void)state;
	gitrepo_open(&scratch, "");
	tree = store_tree(&scratch, "100644 a\0" ID, sizeof("100644 a\0" ID) - 1);
	repo = open_repo(&scratch);
	for (int depth = 0; depth < 10; depth++) {
		char data[512];
		size_t size = 0;

		for (int i = 0; i < 10; i++) {
			size += (size_t)snprintf(data + size, sizeof(data) - size, "40000 %d", i) + 1;
			memcpy(data + size, tree.bytes, 20);
			size += 20;
		}
		tree = store_tree(&scratch, data, size);
	}
	assert_int_equal(tree_walk(repo, &tree, count_entry, &count, NULL), POL_ELIMIT);
	/* The same on both sides is never entered. */
	assert_int_equal(tree_diff(repo, &tree, &tree, add_change, NULL, NULL), POL_OK);
	repo_free(repo);
	gitrepo_close(&scratch);
}

static void find(void **state)
{
	static const struct {
		const char *path;
		enum pol_status wanted;
		uint32_t mode;
	} paths[] = {
		{ "a", POL_OK, 0100644 },         { "dir", POL_OK, 040000 },
		{ "dir/b", POL_OK, 0100755 },     { "dir/", POL_ENOTFOUND, 0 },
		{ "dir/nope", POL_ENOTFOUND, 0 }, { "a/b", POL_ENOTFOUND, 0 },
		{ "", POL_ENOTFOUND, 0 },         { "/a", POL_ENOTFOUND, 0 },
		{ "dir//b", POL_ENOTFOUND, 0 },   { "link", POL_OK, 0120000 },
		{ "DIR/b", POL_ENOTFOUND, 0 },
	};
	struct gitrepo scratch;
	struct repo *repo;
	struct oid tree;

	(void)state;
	gitrepo_open(&scratch, "");
	gitrepo_sh(&scratch, "mkdir dir; echo a >a; echo b >dir/b; chmod +x dir/b; ln -s a link; git add .; "
	                     "git commit -qm 1");
	repo = open_repo(&scratch);
	tree = tree_at(repo, "HEAD");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		uint32_t mode = 0;
		struct oid oid;
		enum pol_status status = tree_find(repo, &tree, paths[i].path, &mode, &oid, NULL);

		if (status != paths[i].wanted || mode != paths[i].mode)
			fail_msg("'%s': status %d, mode %o", paths[i].path, (int)status, (unsigned)mode);
	}
	repo_free(repo);
	gitrepo_close(&scratch);
}

/* ---- the parsers of what git prints ------------------------------------------------------------------------------ */

static enum pol_status ignore_change(const struct change *change, void *data, struct pol_error *err)
{
	(void)change;
	(void)data;
	(void)err;
	return POL_OK;
}

static void broken_answers(void **state)
{
	static const char diff[] = ":100644 000000 ce013625030ba8dba906f756967f9e9ca394464a "
				   "0000000000000000000000000000000000000000 D\0path";
	static const char list[] = "H 100644 ce013625030ba8dba906f756967f9e9ca394464a 0\tpath";
	size_t count = 0;

	(void)state;
	/* Whole with their last NUL, broken wherever they are cut. */
	assert_int_equal(raw_parse_diff((struct slice){ diff, sizeof(diff) }, 20, ignore_change, NULL, NULL),
	                 POL_OK);
	assert_int_equal(raw_parse_list((struct slice){ list, sizeof(list) }, 20, count_entry, &count, NULL),
	                 POL_OK);
	assert_int_equal(count, 1);
	for (size_t size = 1; size < sizeof(diff); size++)
		assert_int_equal(raw_parse_diff((struct slice){ diff, size }, 20, ignore_change, NULL, NULL),
		                 POL_EGIT);
	for (size_t size = 1; size < sizeof(list); size++)
		assert_int_equal(raw_parse_list((struct slice){ list, size }, 20, count_entry, &count, NULL),
		                 POL_EGIT);
	assert_int_equal(raw_parse_diff((struct slice){ diff, sizeof(diff) }, 32, ignore_change, NULL, NULL),
	                 POL_EGIT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_changes), cmocka_unit_test(nested_deeply),
		cmocka_unit_test(tree_bomb),      cmocka_unit_test(find),
		cmocka_unit_test(broken_answers),
	};
	int failed = ROWS_RUN("odd trees", rows, odd_tree);

	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
