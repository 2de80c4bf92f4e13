/* test_index.c - the index reader against indexes that the real git wrote, whole, cut and changed. */
#include "policy/source/index.h"

#include "policy/source/repo.h"
#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char files[] = "mkdir -p dir/sub; echo a >a; echo b >dir/b; echo c >dir/sub/c; ln -s a link; "
			    "printf x >\"$(printf 'new\\nline')\"; chmod +x a; git add .; ";

static void read_index(const struct gitrepo *repo, struct buf *data)
{
	gitrepo_capture(repo, "cat .git/index", data);
}

static struct slice as_slice(const struct buf *data)
{
	return (struct slice){ data->data, data->size };
}

/* As `git ls-files -s -z` writes entries, NUL made LF, then flags. */
static void describe_entry(struct buf *out, const struct index *index, const struct index_entry *entry)
{
	struct oid oid = { .size = (uint8_t)index->oid_size };
	char hex[OID_MAX_HEX];

	memcpy(oid.bytes, entry->oid, oid.size);
	oid_format(&oid, hex);
	buf_printf(out, "%06o %s %u\t%s\n", (unsigned)entry->mode, hex, entry->stage, entry->path);
	assert_int_equal(strlen(entry->path), entry->path_size);
}

static enum pol_status describe(struct buf *out, const struct index *index)
{
	CLEANUP(index_iter) struct index_iter iter;
	struct index_entry entry;
	enum pol_status status;

	buf_clear(out);
	buf_add_string(out, "");
	index_iter_init(&iter, index);
	while ((status = index_next(&iter, &entry, NULL)) == POL_OK)
		describe_entry(out, index, &entry);
	return status;
}

/* ---- formats ----------------------------------------------------------------------------------------------------- */

static const struct row {
	const char *name, *options, *script;
	enum pol_status wanted; /* of index_parse */
} rows[] = {
	{ "version 2", "", "git update-index --index-version 2", POL_OK },
	{ "version 3", "", "git update-index --skip-worktree a; echo x >n; git add -N n", POL_OK },
	{ "version 4", "", "git update-index --index-version 4", POL_OK },
	{ "version 4, extended flags", "",
	  "git update-index --index-version 4; git update-index --skip-worktree dir/b", POL_OK },
	{ "SHA-256", "--object-format=sha256", ":", POL_OK },
	{ "SHA-256, version 4", "--object-format=sha256", "git update-index --index-version 4", POL_OK },
	{ "cache tree", "", "git write-tree >/dev/null", POL_OK },
	{ "untracked cache", "", "git update-index --force-untracked-cache; git status >/dev/null", POL_OK },
	{ "end of entries and offsets", "",
	  "git config index.threads 2; git update-index --force-write-index", POL_OK },
	{ "conflict", "",
	  "git commit -qm 1; git checkout -qb s; echo s >a; git commit -qam s; git checkout -q main; echo m "
	  ">a; "
	  "git commit -qam m; git merge s >/dev/null || :",
	  POL_OK },
	{ "empty", "", "git rm -qrf --cached .", POL_OK },
	{ "split", "",
	  "git config splitIndex.maxPercentChange 100; git update-index --split-index; grep -aq link "
	  ".git/index",
	  POL_EGIT },
	{ "split, a replaced entry", "",
	  "git config splitIndex.maxPercentChange 100; git update-index --split-index; echo y >>a; "
	  "git add a; grep -aq link .git/index",
	  POL_EGIT },
};

static void format_row(void **state)
{
	const struct row *row = *state;
	CLEANUP(buf) struct buf data = { 0 };
	CLEANUP(buf) struct buf wanted = { 0 };
	CLEANUP(buf) struct buf got = { 0 };
	const size_t oid_size = *row->options ? 32 : 20;
	struct index index = { 0 };
	struct gitrepo repo;

	gitrepo_open(&repo, row->options);
	gitrepo_sh(&repo, files);
	gitrepo_sh(&repo, row->script);
	read_index(&repo, &data);
	assert_int_equal(index_parse(as_slice(&data), oid_size, &index, NULL), row->wanted);
	if (row->wanted == POL_OK) {
		assert_int_equal(describe(&got, &index), POL_ENOTFOUND);
		/* -z for names as they are; tr would hide the LF inside a name, which both sides then have. */
		gitrepo_capture(&repo, "git ls-files -s -z | tr '\\0' '\\n'", &wanted);
		assert_string_equal(got.data, wanted.data ? wanted.data : "");
	}
	gitrepo_close(&repo);
}

static void flags(void **state)
{
	CLEANUP(buf) struct buf data = { 0 };
	CLEANUP(index_iter) struct index_iter iter;
	struct index_entry entry;
	struct index index = { 0 };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo,
	           "printf 12345 >a; echo b >b; echo c >c; git add .; git update-index --assume-unchanged a; "
	           "git update-index --skip-worktree b; echo d >d; git add -N d");
	read_index(&repo, &data);
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	index_iter_init(&iter, &index);
	assert_int_equal(index_next(&iter, &entry, NULL), POL_OK);
	assert_true(entry.assume_valid && !entry.skip_worktree && !entry.intent_to_add);
	assert_int_equal(entry.file_size, 5);
	assert_int_equal(index_next(&iter, &entry, NULL), POL_OK);
	assert_true(!entry.assume_valid && entry.skip_worktree && !entry.intent_to_add);
	assert_int_equal(index_skip(&iter, 1, NULL), POL_OK);
	assert_int_equal(index_next(&iter, &entry, NULL), POL_OK);
	assert_true(!entry.assume_valid && !entry.skip_worktree && entry.intent_to_add);
	assert_int_equal(index_next(&iter, &entry, NULL), POL_ENOTFOUND);
	gitrepo_close(&repo);
}

/* ---- the cache tree ---------------------------------------------------------------------------------------------- */

static void expect_root(const struct gitrepo *repo, const struct index *index)
{
	CLEANUP(buf) struct buf wanted = { 0 };
	struct oid root = { .size = 20 };
	char hex[OID_MAX_HEX];
	const uint8_t *bytes;

	assert_true(index_root_tree(index, &bytes));
	memcpy(root.bytes, bytes, root.size);
	oid_format(&root, hex);
	gitrepo_capture(repo, "git write-tree | tr -d '\\n'", &wanted);
	assert_string_equal(hex, wanted.data);
}

static void cache_tree(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf data = { 0 };
	struct index_node *nodes;
	struct index index = { 0 };
	struct gitrepo repo;
	const uint8_t *bytes;
	size_t count;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	read_index(&repo, &data);
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	expect_root(&repo, &index);
	assert_int_equal(index_nodes(&index, &arena, &nodes, &count, NULL), POL_OK);
	assert_int_equal(count, 3);
	assert_string_equal(nodes[1].name, "dir");
	assert_int_equal(nodes[1].count, 2);
	assert_int_equal(nodes[1].next, 3);
	assert_string_equal(nodes[2].name, "sub");
	gitrepo_sh(&repo, "echo x >>dir/b; git add dir/b");
	read_index(&repo, &data);
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	assert_false(index_root_tree(&index, &bytes));
	assert_int_equal(index_nodes(&index, &arena, &nodes, &count, NULL), POL_OK);
	assert_null(nodes[1].oid);
	assert_non_null(nodes[2].oid);
	gitrepo_close(&repo);
}

/* More than is walked to find the extensions, with names that look like one. */
static const char many[] = "o=$(echo x | git hash-object -w --stdin); i=0; "
			   "while [ $i -lt 3000 ]; do printf '100644 %s\\tTREE/TREEfile-%05d-%070d/TREE\\n' "
			   "$o $i 0; i=$((i+1)); done "
			   "| git update-index --index-info; ";

static void from_the_tail(void **state)
{
	CLEANUP(buf) struct buf data = { 0 };
	CLEANUP(buf) struct buf got = { 0 };
	struct index index = { 0 };
	struct gitrepo repo;
	const uint8_t *bytes;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, many);
	read_index(&repo, &data);
	assert_true(data.size > 256 * 1024);
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	assert_false(index_root_tree(&index, &bytes));
	assert_int_equal(describe(&got, &index), POL_ENOTFOUND);
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	read_index(&repo, &data);
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	expect_root(&repo, &index);
	assert_int_equal(describe(&got, &index), POL_ENOTFOUND);
	gitrepo_sh(&repo, "git commit -qm many; git config splitIndex.maxPercentChange 100; git update-index "
	                  "--split-index; "
	                  "git rm -q --cached -r TREE/TREEfile-00000*; grep -aq link .git/index");
	read_index(&repo, &data);
	/* The tail looks right; what stands before it shows when the last entry has been read. */
	assert_int_equal(index_parse(as_slice(&data), 20, &index, NULL), POL_OK);
	assert_false(index_root_tree(&index, &bytes));
	assert_int_equal(describe(&got, &index), POL_EGIT);
	gitrepo_close(&repo);
}

static void mapped(void **state)
{
	CLEANUP(index) struct index index = { 0 };
	CLEANUP(buf) struct buf wanted = { 0 };
	CLEANUP(buf) struct buf got = { 0 };
	char path[PATH_MAX];
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	(void)snprintf(path, sizeof(path), "%s/.git/index", repo.path);
	assert_int_equal(index_open(path, 20, &index, NULL), POL_ENOTFOUND);
	gitrepo_sh(&repo, many);
	gitrepo_sh(&repo, "git ls-files -s | sed 's,TREE/,OTHER/,' | git update-index --index-info; "
	                  "git ls-files -s | sed 's,TREE/,SECOND/,' | git update-index --index-info");
	gitrepo_sh(&repo, "test $(wc -c <.git/index) -gt 1100000");
	assert_int_equal(index_open(path, 20, &index, NULL), POL_OK);
	assert_int_equal(describe(&got, &index), POL_ENOTFOUND);
	gitrepo_capture(&repo, "git ls-files -s", &wanted);
	assert_string_equal(got.data, wanted.data);
	gitrepo_sh(&repo, ": >.git/index");
	{
		struct index empty = { 0 };

		assert_int_equal(index_open(path, 20, &empty, NULL), POL_EIO);
	}
	gitrepo_close(&repo);
}

/* ---- broken ------------------------------------------------------------------------------------------------------ */

/* Reads a copy of its own size, so that the sanitizer sees one byte too far; the entries as text into *text. */
static enum pol_status read_bytes(const char *data, size_t size, size_t oid_size, struct buf *text)
{
	CLEANUP(arena) struct arena arena = { 0 };
	char *copy = malloc(size ? size : 1);
	struct index index = { 0 };
	struct index_node *nodes;
	enum pol_status status;
	size_t count;

	assert_non_null(copy);
	memcpy(copy, data, size);
	status = index_parse((struct slice){ copy, size }, oid_size, &index, NULL);
	if (status == POL_OK)
		status = describe(text, &index);
	if (status == POL_ENOTFOUND)
		status = index_nodes(&index, &arena, &nodes, &count, NULL);
	free(copy);
	return status;
}

static enum pol_status try_bytes(const char *data, size_t size, size_t oid_size)
{
	CLEANUP(buf) struct buf text = { 0 };

	return read_bytes(data, size, oid_size, &text);
}

static void cut(void **state)
{
	CLEANUP(buf) struct buf data = { 0 };
	CLEANUP(buf) struct buf whole = { 0 };
	CLEANUP(buf) struct buf part = { 0 };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	gitrepo_sh(&repo, "git update-index --skip-worktree a; git write-tree >/dev/null");
	for (int version = 3; version <= 4; version++) {
		char script[64];

		(void)snprintf(script, sizeof(script), "git update-index --index-version %d", version);
		gitrepo_sh(&repo, script);
		read_index(&repo, &data);
		assert_int_equal(read_bytes(data.data, data.size, 20, &whole), POL_OK);
		/* Without its checksum a file can lose optional extensions, but never an entry. */
		for (size_t size = 0; size < data.size; size++) {
			if (read_bytes(data.data, size, 20, &part) == POL_OK)
				assert_string_equal(part.data, whole.data);
		}
	}
	gitrepo_close(&repo);
}

static void changed(void **state)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo repo;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	read_index(&repo, &data);
	for (size_t i = 0; i < data.size; i++) {
		static const char values[] = { 0, 1, 127, -128, -1 };
		const char saved = data.data[i];

		for (size_t k = 0; k < sizeof(values); k++) {
			data.data[i] = values[k];
			(void)try_bytes(data.data, data.size, 20);
			(void)try_bytes(data.data, data.size, 32);
		}
		data.data[i] = saved;
	}
	gitrepo_close(&repo);
}

static void refused(void **state)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct gitrepo repo;
	char *tree;

	(void)state;
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, files);
	gitrepo_sh(&repo, "git write-tree >/dev/null");
	read_index(&repo, &data);
	data.data[7] = 5;
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_EGIT);
	data.data[7] = 1;
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_EGIT);
	data.data[7] = 2;
	tree = memmem(data.data, data.size, "TREE", 4);
	assert_non_null(tree);
	memcpy(tree, "tree", 4);
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_EGIT);
	memcpy(tree, "ABCD", 4);
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_OK);
	memcpy(tree, "sdir", 4);
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_OK);
	memset(data.data + data.size - 20, 0, 20); /* index.skipHash */
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_OK);
	memcpy(data.data, "DIRX", 4);
	assert_int_equal(try_bytes(data.data, data.size, 20), POL_EIO);
	gitrepo_close(&repo);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags),   cmocka_unit_test(cache_tree), cmocka_unit_test(from_the_tail),
		cmocka_unit_test(mapped),  cmocka_unit_test(cut),        cmocka_unit_test(changed),
		cmocka_unit_test(refused),
	};
	int failed = ROWS_RUN("index formats", rows, format_row);

	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
