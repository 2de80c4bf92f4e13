/* index_walk.c - follows the cache tree beside the entries. Only the folders that are entered have their subfolders
 * sorted, so that what is the same on both sides of a comparison costs next to nothing. */
#include "policy/source/index_walk.h"

#include <stdlib.h>
#include <string.h>

/* Paths below a folder sort as its name with a / after it. */
static int compare_to_path(const struct index_node *node, const char *path, size_t size)
{
	const int order = memcmp(node->name, path, node->name_size < size ? node->name_size : size);

	if (order != 0)
		return order;
	return size > node->name_size ? '/' - (int)(unsigned char)path[node->name_size] : 1;
}

static int compare_nodes(const void *a, const void *b)
{
	const struct index_node *x = *(const struct index_node *const *)a,
				*y = *(const struct index_node *const *)b;
	const size_t common = x->name_size < y->name_size ? x->name_size : y->name_size;
	const int order = memcmp(x->name, y->name, common);

	if (order != 0 || x->name_size == y->name_size)
		return order;
	return x->name_size < y->name_size ? '/' - (int)(unsigned char)y->name[common]
	                                   : (int)(unsigned char)x->name[common] - '/';
}

/* Goes down into a folder. One that is deeper than can be followed is walked file by file. */
static enum pol_status push(struct index_walk *walk, const struct index_node *node, size_t prefix,
                            struct pol_error *err)
{
	const uint32_t position = (uint32_t)(node - walk->nodes);
	struct index_level *level = &walk->levels[walk->depth];
	size_t count = 0;

	if (walk->depth == INDEX_WALK_DEPTH)
		return POL_OK;
	for (uint32_t i = position + 1; i < node->next; i = walk->nodes[i].next)
		count++;
	*level = (struct index_level){ .prefix = prefix };
	level->subfolders = arena_alloc(&walk->arena, count, sizeof(*level->subfolders));
	if (!level->subfolders)
		return pol_fail_memory(err);
	for (uint32_t i = position + 1; i < node->next; i = walk->nodes[i].next)
		level->subfolders[level->count++] = &walk->nodes[i];
	if (count > 1)
		qsort(level->subfolders, count, sizeof(*level->subfolders), compare_nodes);
	walk->depth++;
	return POL_OK;
}

static enum pol_status load_file(struct index_walk *walk, struct pol_error *err)
{
	enum pol_status status;

	do
		status = index_next(&walk->iter, &walk->file, err);
	while (status == POL_OK && walk->by_tree && walk->file.intent_to_add);
	if (status != POL_ENOTFOUND)
		return status;
	walk->at_end = true;
	return POL_OK;
}

/* Whether the file lies in the folder whose path the first prefix bytes of the path before it named. */
static bool is_inside(const struct index_walk *walk, size_t prefix)
{
	return walk->file.path_size > prefix && memcmp(walk->file.path, walk->tree_path.data, prefix) == 0;
}

/* The subfolder on this level that the file is in, NULL = none. */
static const struct index_node *find_subfolder(struct index_level *level, const struct index_entry *file)
{
	const char *path = file->path + level->prefix;
	const size_t size = file->path_size - level->prefix;

	for (; level->next < level->count; level->next++) {
		int order = compare_to_path(level->subfolders[level->next], path, size);

		if (order >= 0)
			return order == 0 ? level->subfolders[level->next] : NULL;
	}
	return NULL;
}

/* Decides what the loaded file is offered as: itself, or the outermost folder not yet entered that it begins. Folders
 * that are out of date are entered at once. */
static enum pol_status settle(struct index_walk *walk, struct pol_error *err)
{
	walk->tree = NULL;
	while (!walk->at_end && walk->depth > 0) {
		struct index_level *level = &walk->levels[walk->depth - 1];
		const struct index_node *found;
		enum pol_status status;

		if (level->prefix > 0 && !is_inside(walk, level->prefix)) {
			walk->depth--;
			continue;
		}
		found = find_subfolder(level, &walk->file);
		if (!found)
			break;
		walk->tree_path.size = 0;
		buf_add(&walk->tree_path, walk->file.path, level->prefix + found->name_size + 1);
		if (buf_failed(&walk->tree_path))
			return pol_fail_memory(err);
		if (found->oid) {
			walk->tree = found;
			break;
		}
		level->next++;
		status = push(walk, found, walk->tree_path.size, err);
		if (status != POL_OK)
			return status;
	}
	return POL_OK;
}

enum pol_status index_walk_next(struct index_walk *walk, struct pol_error *err)
{
	enum pol_status status = POL_OK;

	if (walk->tree) {
		walk->levels[walk->depth - 1].next++;
		status = index_skip(&walk->iter, walk->tree->count - 1, err);
	}
	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_EGIT, NULL, 0, "the index's cache tree counts too many entries");
	if (status == POL_OK)
		status = load_file(walk, err);
	return status == POL_OK ? settle(walk, err) : status;
}

enum pol_status index_walk_enter(struct index_walk *walk, struct pol_error *err)
{
	enum pol_status status;

	walk->levels[walk->depth - 1].next++;
	status = push(walk, walk->tree, walk->tree_path.size, err);
	return status == POL_OK ? settle(walk, err) : status;
}

enum pol_status index_walk_init(struct index_walk *walk, const struct index *index, bool by_tree,
                                struct pol_error *err)
{
	struct index_node *nodes = NULL;
	enum pol_status status = POL_OK;

	*walk = (struct index_walk){ .by_tree = by_tree };
	index_iter_init(&walk->iter, index);
	if (by_tree)
		status = index_nodes(index, &walk->arena, &nodes, &walk->node_count, err);
	walk->nodes = nodes;
	/* The root itself is never offered: where it is up to date, its tree is compared instead of the index. */
	if (status == POL_OK && walk->node_count > 0)
		status = push(walk, walk->nodes, 0, err);
	if (status == POL_OK)
		status = load_file(walk, err);
	return status == POL_OK ? settle(walk, err) : status;
}

void index_walk_free(struct index_walk *walk)
{
	index_iter_free(&walk->iter);
	buf_free(&walk->tree_path);
	arena_free(&walk->arena);
}
