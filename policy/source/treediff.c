/* treediff.c - two cursors side by side. Both run in the same order, so that one comparison of paths tells at each step
 * what is new, gone, changed, or the same and skipped. */
#include "policy/source/treediff.h"

#include <string.h>

static enum pol_status visit_pair(const struct cursor_entry *old, const struct cursor_entry *new,
                                  change_visit visit, void *data, struct pol_error *err)
{
	struct change change = { .path = new ? new->path : old->path };

	if ((old && old->is_unmerged) || (new &&new->is_unmerged))
		return pol_fail(err, POL_EGIT, change.path, 0,
		                "the index is unmerged; resolve the conflict first");
	if (old) {
		change.old_mode = old->mode;
		change.old_oid = old->oid;
	}
	if (new) {
		change.new_mode = new->mode;
		change.new_oid = new->oid;
	}
	return visit(&change, data, err);
}

/* The side whose path comes first goes on alone: what it stands at is not on the other side. */
static enum pol_status step_alone(struct cursor *cursor, bool is_new, change_visit visit, void *data,
                                  struct pol_error *err)
{
	const struct cursor_entry *entry = cursor_at(cursor);
	enum pol_status status;

	if (entry->is_tree)
		return cursor_enter(cursor, err);
	status = is_new ? visit_pair(NULL, entry, visit, data, err)
	                : visit_pair(entry, NULL, visit, data, err);
	return status == POL_OK ? cursor_next(cursor, err) : status;
}

/* Both stand at the same path; both at a file or both at a folder, since folders' paths end with /. */
static enum pol_status step_both(struct cursor *old_side, struct cursor *new_side, change_visit visit,
                                 void *data, struct pol_error *err)
{
	const struct cursor_entry *old = cursor_at(old_side), *new = cursor_at(new_side);
	const bool same = oid_equal(&old->oid, &new->oid) && old->mode == new->mode;
	enum pol_status status = POL_OK;

	if (!same && old->is_tree) {
		status = cursor_enter(old_side, err);
		return status == POL_OK ? cursor_enter(new_side, err) : status;
	}
	if (!same || new->is_unmerged)
		status = visit_pair(old, new, visit, data, err);
	if (status == POL_OK)
		status = cursor_next(old_side, err);
	return status == POL_OK ? cursor_next(new_side, err) : status;
}

enum pol_status cursor_diff(struct cursor *old_side, struct cursor *new_side, change_visit visit, void *data,
                            struct pol_error *err)
{
	enum pol_status status = POL_OK;

	while (status == POL_OK) {
		const struct cursor_entry *old = cursor_at(old_side), *new = cursor_at(new_side);
		int order;

		if (!old && !new)
			break;
		order = !old ? 1 : !new ? -1 : strcmp(old->path, new->path);
		if (order < 0)
			status = step_alone(old_side, false, visit, data, err);
		else if (order > 0)
			status = step_alone(new_side, true, visit, data, err);
		else
			status = step_both(old_side, new_side, visit, data, err);
	}
	return status;
}

enum pol_status cursor_walk(struct cursor *cursor, entry_visit visit, void *data, struct pol_error *err)
{
	const struct cursor_entry *entry;
	enum pol_status status = POL_OK;

	while (status == POL_OK && (entry = cursor_at(cursor)) != NULL) {
		if (entry->is_tree) {
			status = cursor_enter(cursor, err);
			continue;
		}
		status = visit(entry, data, err);
		if (status == POL_OK)
			status = cursor_next(cursor, err);
	}
	return status;
}

enum pol_status tree_diff(struct repo *repo, const struct oid *old_tree, const struct oid *new_tree,
                          change_visit visit, void *data, struct pol_error *err)
{
	CLEANUP(cursor) struct cursor *old_side = NULL;
	CLEANUP(cursor) struct cursor *new_side = NULL;
	enum pol_status status;

	if (old_tree && new_tree && oid_equal(old_tree, new_tree))
		return POL_OK;
	status = cursor_open_tree(repo, old_tree, &old_side, err);
	if (status == POL_OK)
		status = cursor_open_tree(repo, new_tree, &new_side, err);
	if (status == POL_OK)
		status = cursor_diff(old_side, new_side, visit, data, err);
	return status;
}

enum pol_status tree_walk(struct repo *repo, const struct oid *tree, entry_visit visit, void *data,
                          struct pol_error *err)
{
	CLEANUP(cursor) struct cursor *cursor = NULL;
	enum pol_status status = cursor_open_tree(repo, tree, &cursor, err);

	return status == POL_OK ? cursor_walk(cursor, visit, data, err) : status;
}
