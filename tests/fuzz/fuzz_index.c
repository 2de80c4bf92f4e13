/* fuzz_index.c - the index reader on any bytes. The first byte chooses the length of object ids, the rest is the file. It
 * must never read outside, and its three ways through the entries must agree. */
#include "policy/source/index_walk.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* Reads all entries. Returns how many there are, or -1 where the file turns out to be broken. */
static long count_entries(const struct index *index, bool *ret_intent)
{
	CLEANUP(index_iter) struct index_iter iter;
	struct index_entry entry;
	enum pol_status status;
	long count = 0;

	*ret_intent = false;
	index_iter_init(&iter, index);
	while ((status = index_next(&iter, &entry, NULL)) == POL_OK) {
		check(entry.path_size > 0 && strlen(entry.path) == entry.path_size && entry.stage < 4);
		check(entry.oid >= index->data && entry.oid + index->oid_size <= index->data + index->size);
		*ret_intent |= entry.intent_to_add;
		count++;
	}
	check(status == POL_ENOTFOUND || status == POL_EGIT || status == POL_EIO);
	return status == POL_ENOTFOUND ? count : -1;
}

/* Stepping over an entry must lead where reading it leads. */
static void compare_skip(const struct index *index)
{
	CLEANUP(index_iter) struct index_iter read;
	CLEANUP(index_iter) struct index_iter skip;
	struct index_entry entry;

	index_iter_init(&read, index);
	index_iter_init(&skip, index);
	while (index_next(&read, &entry, NULL) == POL_OK) {
		check(index_skip(&skip, 1, NULL) == POL_OK);
		check(read.offset == skip.offset);
	}
}

/* Going into every folder must show every entry, whatever the cache tree says. */
static void compare_walk(const struct index *index, long entries)
{
	struct index_walk walk;
	enum pol_status status = index_walk_init(&walk, index, true, NULL);
	long count = 0;

	while (status == POL_OK && !walk.at_end) {
		if (walk.tree) {
			check(walk.tree_path.size > 0 && walk.tree_path.data[walk.tree_path.size - 1] == '/');
			check(memcmp(walk.file.path, walk.tree_path.data, walk.tree_path.size) == 0);
			status = index_walk_enter(&walk, NULL);
			continue;
		}
		count++;
		status = index_walk_next(&walk, NULL);
	}
	check(status == POL_OK && count == entries);
	index_walk_free(&walk);
}

/* Stepping over every folder must end, with the last entry or with an error. */
static void walk_over(const struct index *index, long entries)
{
	struct index_walk walk;
	enum pol_status status = index_walk_init(&walk, index, true, NULL);
	long count = 0;

	while (status == POL_OK && !walk.at_end) {
		check(count++ <= entries);
		status = index_walk_next(&walk, NULL);
	}
	index_walk_free(&walk);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct index index = { 0 };
	const uint8_t *root;
	bool has_intent;
	long entries;

	if (size < 1 || index_parse((struct slice){ (const char *)data + 1, size - 1 }, data[0] & 1 ? 32 : 20,
	                            &index, NULL) != POL_OK)
		return 0;
	(void)index_root_tree(&index, &root);
	entries = count_entries(&index, &has_intent);
	if (entries < 0)
		return 0;
	compare_skip(&index);
	if (!has_intent)
		compare_walk(&index, entries);
	walk_over(&index, entries);
	return 0;
}
