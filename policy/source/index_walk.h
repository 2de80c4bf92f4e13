/* index_walk.h - the entries of an index in order, folders that the cache tree knows offered as one. */
#ifndef POLICY_SOURCE_INDEX_WALK_H
#define POLICY_SOURCE_INDEX_WALK_H

#include "policy/source/index.h"

enum { INDEX_WALK_DEPTH = 256 };

/* A folder whose files are being walked. */
struct index_level {
	size_t prefix;                        /* bytes of the path that name it, final / included */
	const struct index_node **subfolders; /* sorted as paths are */
	size_t count, next;                   /* subfolders[next] is the first that was not stepped over */
};

/* Initialise with index_walk_init. */
struct index_walk {
	struct index_iter iter;
	struct index_entry file; /* the first entry that was not stepped over */
	bool at_end;
	bool by_tree; /* offer folders, leave out intent-to-add entries */
	const struct index_node
		*tree; /* the folder offered, which file is the first of; NULL = file itself */
	struct buf tree_path;
	struct arena arena;
	const struct index_node *nodes;
	size_t node_count;
	struct index_level levels[INDEX_WALK_DEPTH];
	size_t depth;
};

/* Stands at the first entry, or at_end. The index must outlive the walk. */
enum pol_status index_walk_init(struct index_walk *walk, const struct index *index, bool by_tree,
                                struct pol_error *err) POL_MUST_CHECK;
void index_walk_free(struct index_walk *walk); /* of a zeroed walk too */
/* To the next entry, over a folder's content. */
enum pol_status index_walk_next(struct index_walk *walk, struct pol_error *err) POL_MUST_CHECK;
/* Into the folder that is offered, to its first entry. */
enum pol_status index_walk_enter(struct index_walk *walk, struct pol_error *err) POL_MUST_CHECK;

#endif
