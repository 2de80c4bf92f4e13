/* commit_changes.c - what one commit changes: a comparison of trees, whose cost is that of the folders that differ. */
#include "policy/source/commit_changes.h"

void commit_changes_free(struct commit_changes *changes)
{
	oid_list_free(&changes->parent_trees);
	commit_object_free(&changes->commit);
	commit_object_free(&changes->parent);
}

/* Reads a commit and finds the trees of its parents. */
static enum pol_status read_commit(struct commit_changes *changes, const struct oid *oid,
                                   struct pol_error *err)
{
	struct repo *repo = changes->source->repo;
	enum pol_status status = commit_object_read(repo, oid, &changes->commit, err);
	const struct oid_list *parents = &changes->commit.parents;

	changes->parent_trees.count = 0;
	for (size_t i = 0; i < parents->count && status == POL_OK; i++) {
		/* Where history ends the commit adds all that it holds, as git sees it too. */
		if (repo_is_shallow(repo) && !repo_has(repo, &parents->items[i]))
			continue;
		status = commit_object_read(repo, &parents->items[i], &changes->parent, err);
		if (status == POL_OK)
			status = oid_list_add(&changes->parent_trees, &changes->parent.tree, err);
	}
	return status;
}

enum pol_status commit_changes_fail(size_t max_changes, struct pol_error *err)
{
	return pol_fail(err, POL_ELIMIT, NULL, 0,
	                "more than %zu files are changed; judge (or push) them in parts, the oldest commits "
	                "first",
	                max_changes);
}

static enum pol_status count_change(struct commit_changes *changes, struct pol_error *err)
{
	if (changes->changes++ < changes->max_changes)
		return POL_OK;
	return commit_changes_fail(changes->max_changes, err);
}

static enum pol_status add_change(const struct change *change, void *data, struct pol_error *err)
{
	struct commit_changes *changes = data;
	enum pol_status status = count_change(changes, err);

	return status == POL_OK ? source_add_change(change, changes->source, err) : status;
}

/* What the further parents have of a change against the first one: *ret_same when one of them has just what the merge has,
 * else their versions as a list. */
static enum pol_status compare_parents(struct commit_changes *changes, const struct change *change,
                                       bool *ret_same, struct source_file **ret_also, struct pol_error *err)
{
	*ret_same = false;
	*ret_also = NULL;
	for (size_t i = 1; i < changes->parent_trees.count; i++) {
		struct source_file *file;
		uint32_t mode;
		struct oid oid;
		enum pol_status status = tree_find(changes->source->repo, &changes->parent_trees.items[i],
		                                   change->path, &mode, &oid, err);

		if (status == POL_ENOTFOUND || (status == POL_OK && !mode_is_regular(mode)))
			continue;
		if (status < 0)
			return status;
		*ret_same = *ret_same || (mode == change->new_mode && oid_equal(&oid, &change->new_oid));
		file = arena_alloc(&changes->source->arena, 1, sizeof(*file));
		if (!file)
			return pol_fail_memory(err);
		*file = (struct source_file){ .old_oid = oid, .in_old = true, .also = *ret_also };
		*ret_also = file;
	}
	return POL_OK;
}

/* The same for a merge. */
static enum pol_status add_merge_change(const struct change *change, void *data, struct pol_error *err)
{
	struct commit_changes *changes = data;
	struct source *source = changes->source;
	const size_t count = source->count;
	struct source_file *also = NULL;
	bool is_same = false;
	enum pol_status status = count_change(changes, err);

	if (status == POL_OK && mode_is_regular(change->new_mode))
		status = compare_parents(changes, change, &is_same, &also, err);
	if (status == POL_OK && !is_same)
		status = source_add_change(change, source, err);
	if (status < 0 || source->count == count)
		return status;
	source->files[count].also = also;
	for (; also; also = (struct source_file *)also->also)
		also->path = also->old_path = source->files[count].path;
	return POL_OK;
}

/* Whether any file came, and any went: only then can one have been moved. */
static bool may_have_moves(const struct source *source, size_t start)
{
	bool came = false, went = false;

	for (size_t i = start; i < source->count; i++) {
		came = came || !source->files[i].in_old;
		went = went || !source->files[i].in_new;
	}
	return came && went;
}

/* Deleted files matter only to those that were moved. */
static void drop_deleted(struct source *source, size_t start)
{
	size_t kept = start;

	for (size_t i = start; i < source->count; i++) {
		if (source->files[i].in_new)
			source->files[kept++] = source->files[i];
	}
	source->count = kept;
}

static enum pol_status finish(struct commit_changes *changes, const struct oid *oid, size_t start,
                              struct pol_error *err)
{
	struct source *source = changes->source;
	struct source_commit *commit;

	if (!may_have_moves(source, start))
		drop_deleted(source, start);
	if (source->count == start)
		return POL_OK;
	commit = arena_alloc(&source->arena, 1, sizeof(*commit));
	if (!commit)
		return pol_fail_memory(err);
	oid_format(oid, commit->id);
	commit->older = changes->newest;
	changes->newest = commit;
	for (size_t i = start; i < source->count; i++) {
		source->files[i].commit = commit;
		source->files[i].is_on_the_way = true;
	}
	return may_have_moves(source, start)
	               ? source_match_moves(source, start, &commit->gone, &commit->gone_count, err)
	               : POL_OK;
}

enum pol_status commit_changes_add(struct commit_changes *changes, const struct oid *commit,
                                   struct pol_error *err)
{
	const size_t start = changes->source->count;
	const struct oid_list *parents = &changes->parent_trees;
	enum pol_status status = read_commit(changes, commit, err);

	if (status == POL_OK)
		status = tree_diff(changes->source->repo, parents->count > 0 ? &parents->items[0] : NULL,
		                   &changes->commit.tree, parents->count > 1 ? add_merge_change : add_change,
		                   changes, err);
	return status == POL_OK ? finish(changes, commit, start, err) : status;
}
