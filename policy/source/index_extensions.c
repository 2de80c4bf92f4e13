/* index_extensions.c - what follows the entries in the index file: the cache tree, which names the tree objects that
 * git has already written for parts of the index. */
#include "policy/source/index.h"

#include <string.h>

enum { EXTENSION_HEADER = 8, MAX_DEPTH = 256 };

static uint32_t read32(const uint8_t *data)
{
	return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

/* Optional extensions begin with a capital. Of the mandatory ones only sdir is understood: it says that folders may
 * stand among the entries. */
static bool is_known_extension(const uint8_t *name)
{
	for (size_t i = 1; i < 4; i++) {
		if (name[i] < ' ' || name[i] > '~')
			return false;
	}
	return (name[0] >= 'A' && name[0] <= 'Z') || memcmp(name, "sdir", 4) == 0;
}

bool index_read_extensions(const struct index *index, size_t offset, struct slice *ret_tree)
{
	struct slice tree = { 0 };

	while (offset < index->end) {
		const uint8_t *at = index->data + offset;
		size_t size;

		if (index->end - offset < EXTENSION_HEADER || !is_known_extension(at))
			return false;
		size = read32(at + 4);
		if (size > index->end - offset - EXTENSION_HEADER)
			return false;
		if (memcmp(at, "TREE", 4) == 0)
			tree = (struct slice){ (const char *)at + EXTENSION_HEADER, size };
		offset += EXTENSION_HEADER + size;
	}
	*ret_tree = tree;
	return true;
}

/* A count of the cache tree, -1 for out of date; cuts it off *rest with the byte after it, which must be end. */
static bool take_number(struct slice *rest, char end, int64_t *ret_number)
{
	int64_t number = 0;
	size_t i = 0;

	if (rest->size >= 3 && memcmp(rest->data, "-1", 2) == 0 && rest->data[2] == end) {
		*ret_number = -1;
		*rest = slice_from(*rest, 3);
		return true;
	}
	for (; i < rest->size && i < 10 && rest->data[i] >= '0' && rest->data[i] <= '9'; i++)
		number = number * 10 + (rest->data[i] - '0');
	if (i == 0 || i == rest->size || rest->data[i] != end)
		return false;
	*ret_number = number;
	*rest = slice_from(*rest, i + 1);
	return true;
}

/* A folder of the cache tree as it is stored: a name, counts, and an id when it is up to date. */
struct stored {
	struct slice name;
	int64_t count;
	int64_t subtrees;
	const uint8_t *oid;
};

static bool take_stored(struct slice *rest, size_t oid_size, struct stored *ret_stored)
{
	const char *end = rest->size > 0 ? memchr(rest->data, '\0', rest->size) : NULL;
	struct stored stored = { 0 };

	if (!end)
		return false;
	stored.name = (struct slice){ rest->data, (size_t)(end - rest->data) };
	*rest = slice_from(*rest, stored.name.size + 1);
	if (!take_number(rest, ' ', &stored.count) || !take_number(rest, '\n', &stored.subtrees) ||
	    stored.subtrees < 0)
		return false;
	if (stored.count >= 0) {
		if (rest->size < oid_size)
			return false;
		stored.oid = (const uint8_t *)rest->data;
		*rest = slice_from(*rest, oid_size);
	}
	*ret_stored = stored;
	return true;
}

bool index_root_tree(const struct index *index, const uint8_t **ret_oid)
{
	struct slice rest = index->cache_tree;
	struct stored root;

	if (!rest.data || !take_stored(&rest, index->oid_size, &root) || root.name.size > 0 ||
	    root.count != (int64_t)index->count)
		return false;
	*ret_oid = root.oid;
	return true;
}

bool index_is_root_sane(const struct index *index)
{
	struct slice rest = index->cache_tree;
	struct stored root;

	return rest.data && take_stored(&rest, index->oid_size, &root) && root.name.size == 0 &&
	       (root.count < 0 || root.count == (int64_t)index->count);
}

/* ---- all folders of the cache tree ------------------------------------------------------------------------------- */

/* Where the reader is: the folders that it is in, each with how many of its subfolders are still to come. */
struct node_reader {
	const struct index *index;
	struct arena *arena;
	struct slice rest;
	size_t depth;
	struct {
		int64_t left;
		size_t position; /* of the folder in nodes */
	} levels[MAX_DEPTH];
	struct index_node *nodes;
	size_t count, capacity;
};

static enum pol_status add_node(struct node_reader *reader, const struct stored *stored)
{
	struct index_node *grown = arena_grow(reader->arena, reader->nodes, reader->count, &reader->capacity,
	                                      sizeof(*grown));

	if (!grown)
		return POL_ENOMEM;
	reader->nodes = grown;
	grown[reader->count++] = (struct index_node){ .name = stored->name.data,
		                                      .name_size = stored->name.size,
		                                      .oid = stored->count > 0 ? stored->oid : NULL,
		                                      .count = stored->count > 0 ? (uint32_t)stored->count
		                                                                 : 0 };
	return POL_OK;
}

/* Reads one folder and goes down into it. POL_EGIT: it makes no sense. */
static enum pol_status read_node(struct node_reader *reader)
{
	struct stored stored;

	if (reader->depth == MAX_DEPTH || !take_stored(&reader->rest, reader->index->oid_size, &stored) ||
	    stored.count > (int64_t)reader->index->count || (stored.name.size == 0) != (reader->depth == 0))
		return POL_EGIT;
	if (reader->depth > 0)
		reader->levels[reader->depth - 1].left--;
	reader->levels[reader->depth].left = stored.subtrees;
	reader->levels[reader->depth].position = reader->count;
	reader->depth++;
	return add_node(reader, &stored);
}

static enum pol_status read_nodes(struct node_reader *reader)
{
	enum pol_status status = read_node(reader);

	while (status == POL_OK && reader->depth > 0) {
		if (reader->levels[reader->depth - 1].left > 0) {
			status = read_node(reader);
			continue;
		}
		reader->depth--;
		reader->nodes[reader->levels[reader->depth].position].next = (uint32_t)reader->count;
	}
	return status;
}

enum pol_status index_nodes(const struct index *index, struct arena *arena, struct index_node **ret_nodes,
                            size_t *ret_count, struct pol_error *err)
{
	struct node_reader reader = { .index = index, .arena = arena, .rest = index->cache_tree };
	enum pol_status status = index->cache_tree.data ? read_nodes(&reader) : POL_EGIT;

	if (status == POL_ENOMEM)
		return pol_fail_memory(err);
	*ret_nodes = reader.nodes;
	*ret_count = status == POL_OK ? reader.count : 0;
	return POL_OK;
}
