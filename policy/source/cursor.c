/* cursor.c - one sorted pass over the paths of a tree or of the index. Trees are read when they are entered, with a
 * stack of our own: their depth is not ours to trust. */
#include "policy/source/index_walk.h"
#include "policy/source/treediff.h"

#include <stdlib.h>
#include <string.h>

/* A tree that is being read. */
struct frame {
	struct buf data; /* kept for the next tree at this depth */
	struct slice rest;
	size_t prefix; /* bytes of the path that name the folder */
};

struct cursor {
	struct repo *repo;
	struct cursor_entry entry;
	bool at_end;
	size_t visited;
	/* trees, the innermost last */
	struct buf path;
	struct frame *frames;
	size_t depth, allocated;
	/* the index, when that is what is walked */
	struct index_walk *walk;
};

void cursor_free(struct cursor *cursor)
{
	if (!cursor)
		return;
	for (size_t i = 0; i < cursor->allocated; i++)
		buf_free(&cursor->frames[i].data);
	free(cursor->frames);
	buf_free(&cursor->path);
	if (cursor->walk)
		index_walk_free(cursor->walk);
	free(cursor->walk);
	free(cursor);
}

const struct cursor_entry *cursor_at(const struct cursor *cursor)
{
	return cursor->at_end ? NULL : &cursor->entry;
}

static void set_oid(struct cursor *cursor, const uint8_t *bytes)
{
	cursor->entry.oid.size = (uint8_t)repo_oid_size(cursor->repo);
	memcpy(cursor->entry.oid.bytes, bytes, cursor->entry.oid.size);
}

/* ---- the index --------------------------------------------------------------------------------------------------- */

static void stand_at_file(struct cursor *cursor, const struct index_entry *file)
{
	cursor->entry = (struct cursor_entry){ .path = file->path,
		                               .path_size = file->path_size,
		                               .mode = file->mode,
		                               .is_tree = file->mode == INDEX_MODE_DIRECTORY,
		                               .skip_worktree = file->skip_worktree,
		                               .is_unmerged = file->stage > 0,
		                               .file_size = file->file_size };
	set_oid(cursor, file->oid);
}

static void stand_in_index(struct cursor *cursor)
{
	const struct index_walk *walk = cursor->walk;

	cursor->at_end = walk->at_end;
	if (walk->at_end)
		return;
	if (!walk->tree) {
		stand_at_file(cursor, &walk->file);
		return;
	}
	cursor->entry = (struct cursor_entry){ .path = walk->tree_path.data,
		                               .path_size = walk->tree_path.size,
		                               .mode = MODE_DIRECTORY,
		                               .is_tree = true };
	set_oid(cursor, walk->tree->oid);
}

/* ---- trees ------------------------------------------------------------------------------------------------------- */

/* A frame for one more level; its address may move the others. */
static struct frame *push_frame(struct cursor *cursor)
{
	struct frame *frames;

	if (cursor->depth == cursor->allocated) {
		frames = realloc(cursor->frames, (cursor->allocated + 8) * sizeof(*frames));
		if (!frames)
			return NULL;
		memset(frames + cursor->allocated, 0, 8 * sizeof(*frames));
		cursor->frames = frames;
		cursor->allocated += 8;
	}
	return &cursor->frames[cursor->depth++];
}

static enum pol_status push_tree(struct cursor *cursor, const struct oid *oid, size_t prefix,
                                 struct pol_error *err)
{
	enum object_type type;
	struct frame *frame;
	enum pol_status status;

	if (cursor->depth == TREE_MAX_DEPTH)
		return pol_fail(err, POL_ELIMIT, cursor->path.data, 0,
		                "folders are nested deeper than %d, which is not followed", TREE_MAX_DEPTH);
	frame = push_frame(cursor);
	if (!frame)
		return pol_fail_memory(err);
	status = repo_read(cursor->repo, oid, 0, &frame->data, &type, err);
	if (status == POL_OK && type != OBJECT_TREE)
		status = pol_fail(err, POL_EGIT, cursor->path.data, 0,
		                  "not checked: a folder that is no tree object");
	frame->rest = (struct slice){ frame->data.data, frame->data.size };
	frame->prefix = prefix;
	return status;
}

/* Stands at the next entry of the innermost tree. */
static enum pol_status stand_in_tree(struct cursor *cursor, struct frame *frame, struct pol_error *err)
{
	const size_t oid_size = repo_oid_size(cursor->repo);
	struct tree_entry entry;
	bool is_tree;

	if (!tree_entry_next(&frame->rest, oid_size, &entry))
		return pol_fail(err, POL_EGIT, cursor->path.data, 0, "not checked: a broken tree object");
	is_tree = (entry.mode & MODE_TYPE) == MODE_DIRECTORY;
	cursor->path.size = frame->prefix;
	buf_add(&cursor->path, entry.name.data, entry.name.size);
	if (is_tree)
		buf_add_char(&cursor->path, '/');
	if (buf_failed(&cursor->path)) {
		if (frame->prefix + entry.name.size + is_tree <= TREE_MAX_PATH)
			return pol_fail_memory(err);
		return pol_fail(err, POL_ELIMIT, cursor->path.data, 0,
		                "a path is longer than can be followed");
	}
	cursor->entry = (struct cursor_entry){ .path = cursor->path.data,
		                               .path_size = cursor->path.size,
		                               .mode = entry.mode,
		                               .is_tree = is_tree,
		                               /* of a sparse index: nothing of it is in the work tree */
		                               .skip_worktree = cursor->walk != NULL };
	set_oid(cursor, entry.oid);
	return POL_OK;
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

enum pol_status cursor_next(struct cursor *cursor, struct pol_error *err)
{
	enum pol_status status;

	if (++cursor->visited > TREE_MAX_ENTRIES)
		return pol_fail(err, POL_ELIMIT, NULL, 0,
		                "more than %d files and folders, which is not followed", TREE_MAX_ENTRIES);
	while (cursor->depth > 0) {
		struct frame *frame = &cursor->frames[cursor->depth - 1];

		if (frame->rest.size > 0)
			return stand_in_tree(cursor, frame, err);
		cursor->depth--;
	}
	if (!cursor->walk) {
		cursor->at_end = true;
		return POL_OK;
	}
	status = index_walk_next(cursor->walk, err);
	if (status == POL_OK)
		stand_in_index(cursor);
	return status;
}

enum pol_status cursor_enter(struct cursor *cursor, struct pol_error *err)
{
	const struct oid oid = cursor->entry.oid;
	enum pol_status status;

	if (cursor->depth == 0 && cursor->walk && cursor->walk->tree) {
		status = index_walk_enter(cursor->walk, err);
		if (status == POL_OK)
			stand_in_index(cursor);
		return status;
	}
	if (cursor->depth == 0) {
		cursor->path.size = 0;
		buf_add(&cursor->path, cursor->entry.path, cursor->entry.path_size);
		if (buf_failed(&cursor->path))
			return pol_fail_memory(err);
	}
	status = push_tree(cursor, &oid, cursor->path.size, err);
	return status == POL_OK ? cursor_next(cursor, err) : status;
}

/* ---- open -------------------------------------------------------------------------------------------------------- */

static struct cursor *cursor_new(struct repo *repo)
{
	struct cursor *cursor = calloc(1, sizeof(*cursor));

	if (!cursor)
		return NULL;
	cursor->repo = repo;
	cursor->path.limit = TREE_MAX_PATH;
	return cursor;
}

enum pol_status cursor_open_tree(struct repo *repo, const struct oid *root, struct cursor **ret_cursor,
                                 struct pol_error *err)
{
	CLEANUP(cursor) struct cursor *cursor = cursor_new(repo);
	enum pol_status status = POL_OK;

	if (!cursor)
		return pol_fail_memory(err);
	if (root)
		status = push_tree(cursor, root, 0, err);
	if (status == POL_OK)
		status = cursor_next(cursor, err);
	if (status != POL_OK)
		return status;
	*ret_cursor = cursor;
	cursor = NULL;
	return POL_OK;
}

enum pol_status cursor_open_index(struct repo *repo, const struct index *index, bool by_tree,
                                  struct cursor **ret_cursor, struct pol_error *err)
{
	CLEANUP(cursor) struct cursor *cursor = cursor_new(repo);
	enum pol_status status;

	if (!cursor)
		return pol_fail_memory(err);
	cursor->walk = calloc(1, sizeof(*cursor->walk));
	if (!cursor->walk)
		return pol_fail_memory(err);
	status = index_walk_init(cursor->walk, index, by_tree, err);
	if (status != POL_OK)
		return status;
	stand_in_index(cursor);
	*ret_cursor = cursor;
	cursor = NULL;
	return POL_OK;
}
