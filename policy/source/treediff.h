/* treediff.h - walk and compare trees and the index by their paths, skipping what is the same on both sides: the cost is
 * that of the folders that differ, not of the repository. */
#ifndef POLICY_SOURCE_TREEDIFF_H
#define POLICY_SOURCE_TREEDIFF_H

#include "policy/source/index.h"
#include "policy/source/repo.h"

enum {
	TREE_MAX_DEPTH = 256,
	TREE_MAX_PATH = 64 * 1024,
	TREE_MAX_ENTRIES = 8 * 1000 *
	                   1000, /* visited in one walk: a few bytes of trees can name any number */
};

/* Modes as git stores them; others exist only in old history. */
enum {
	MODE_TYPE = 0170000,
	MODE_DIRECTORY = 0040000,
	MODE_REGULAR = 0100000,
	MODE_SYMLINK = 0120000,
	MODE_GITLINK = 0160000
};

static inline bool mode_is_regular(uint32_t mode)
{
	return (mode & MODE_TYPE) == MODE_REGULAR;
}

/* ---- cursors: one sorted pass over the paths of a tree or of the index ---------------------------------------------- */

/* Where a cursor stands: at a file (or link, or submodule), or at a folder that can be entered or stepped over. Paths of
 * folders end with / so that both kinds sort as the index does. */
struct cursor_entry {
	const char *path; /* NUL-terminated, valid until the cursor moves */
	size_t path_size;
	uint32_t mode;
	struct oid oid;
	bool is_tree;
	bool skip_worktree;
	bool is_unmerged;
	uint32_t file_size; /* index only, else 0 */
};

struct cursor;

/* Over the tree root; NULL stands for an empty tree. */
enum pol_status cursor_open_tree(struct repo *repo, const struct oid *root, struct cursor **ret_cursor,
                                 struct pol_error *err) POL_MUST_CHECK;
/* Over the entries of an index, which must outlive the cursor. With by_tree, folders that the cache tree knows are
 * offered as folders and intent-to-add entries are left out: what `git commit` would record. Without, each entry. */
enum pol_status cursor_open_index(struct repo *repo, const struct index *index, bool by_tree,
                                  struct cursor **ret_cursor, struct pol_error *err) POL_MUST_CHECK;
void cursor_free(struct cursor *cursor);
CLEANUP_DEFINE(struct cursor *, cursor, cursor_free)

const struct cursor_entry *cursor_at(const struct cursor *cursor); /* NULL at the end */
/* To the next entry, over a folder's content. */
enum pol_status cursor_next(struct cursor *cursor, struct pol_error *err) POL_MUST_CHECK;
/* Into the folder that the cursor stands at, to its first entry. */
enum pol_status cursor_enter(struct cursor *cursor, struct pol_error *err) POL_MUST_CHECK;

/* ---- what is built on them ------------------------------------------------------------------------------------------ */

/* One path that differs. mode 0 and an empty id = not on that side. */
struct change {
	const char *path; /* valid during the visit */
	uint32_t old_mode, new_mode;
	struct oid old_oid, new_oid;
};

typedef enum pol_status (*change_visit)(const struct change *change, void *data, struct pol_error *err);
typedef enum pol_status (*entry_visit)(const struct cursor_entry *entry, void *data, struct pol_error *err);

/* Visits each path on which the two differ, in order. POL_EGIT when a tree is missing or broken. Both are used up. */
enum pol_status cursor_diff(struct cursor *old_side, struct cursor *new_side, change_visit visit, void *data,
                            struct pol_error *err) POL_MUST_CHECK;
/* Visits each path that is no folder. */
enum pol_status cursor_walk(struct cursor *cursor, entry_visit visit, void *data,
                            struct pol_error *err) POL_MUST_CHECK;

/* The same for trees; NULL = empty. */
enum pol_status tree_diff(struct repo *repo, const struct oid *old_tree, const struct oid *new_tree,
                          change_visit visit, void *data, struct pol_error *err) POL_MUST_CHECK;
enum pol_status tree_walk(struct repo *repo, const struct oid *tree, entry_visit visit, void *data,
                          struct pol_error *err) POL_MUST_CHECK;

/* What stands at path in a tree. POL_ENOTFOUND. */
enum pol_status tree_find(struct repo *repo, const struct oid *tree, const char *path, uint32_t *ret_mode,
                          struct oid *ret_oid, struct pol_error *err) POL_MUST_CHECK;

/* One entry of a tree object: cuts it off *rest. False when it is broken (or *rest is empty). */
struct tree_entry {
	struct slice name;
	uint32_t mode;
	const uint8_t *oid;
};
bool tree_entry_next(struct slice *rest, size_t oid_size, struct tree_entry *ret_entry);

#endif
