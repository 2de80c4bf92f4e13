/* source_history.c - what the commits of a range change, one by one: whoever adds something and takes it out again has
 * published it all the same. A merge changes what differs from all of its parents. */
#include "policy/source/change_set.h"
#include "policy/source/commit.h"
#include "policy/source/files.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_COMMITS = 2 * 1000 * 1000,
	MAX_CHANGES = 4 * 1000 * 1000, /* some 150 bytes of memory each */
};

struct history {
	struct source *source;
	struct oid_list commits;      /* newest first */
	struct commit commit;         /* the one under way */
	struct oid_list parent_trees; /* its parents'; those that a shallow clone lacks left out */
	struct change_set seen;
	size_t max_commits, max_changes, changes;
};

static void history_free(struct history *history)
{
	oid_list_free(&history->commits);
	oid_list_free(&history->parent_trees);
	commit_free(&history->commit);
	change_set_free(&history->seen);
}
CLEANUP_DEFINE_STACK(struct history, history, history_free)

/* ---- the commits ----------------------------------------------------------------------------------------------------- */

static enum pol_status take_commit(const struct oid *commit, void *data, struct pol_error *err)
{
	struct history *history = data;

	if (history->commits.count == history->max_commits)
		return pol_fail(err, POL_ELIMIT, NULL, 0,
		                "more than %zu commits at once; judge (or push) them in parts, the oldest "
		                "first",
		                history->max_commits);
	return oid_list_add(&history->commits, commit, err);
}

static enum pol_status find_commits(const struct source_spec *spec, struct history *history,
                                    struct pol_error *err)
{
	struct source *source = history->source;
	struct oid *hidden = calloc(spec->known_count + 1, sizeof(*hidden));
	size_t count = 0;
	struct oid tip;
	enum pol_status status;

	if (!hidden || !oid_parse(slice_of(source->head), &tip)) {
		free(hidden);
		return pol_fail_memory(err);
	}
	for (; count < spec->known_count; count++)
		hidden[count] = spec->known[count];
	if (source->from.size > 0)
		hidden[count++] = source->from;
	status = repo_walk(source->repo, &tip, hidden, count, take_commit, history, err);
	free(hidden);
	return status;
}

/* Reads a commit and finds the trees of its parents. */
static enum pol_status read_commit(struct history *history, const struct oid *oid, struct pol_error *err)
{
	struct repo *repo = history->source->repo;
	enum pol_status status = commit_read(repo, oid, &history->commit, err);
	const struct oid_list *parents = &history->commit.parents;
	struct oid tree;

	history->parent_trees.count = 0;
	for (size_t i = 0; i < parents->count && status == POL_OK; i++) {
		/* Where history ends the commit adds all that it holds, as git sees it too. */
		if (repo_is_shallow(repo) && !repo_has(repo, &parents->items[i]))
			continue;
		status = repo_tree_of(repo, &parents->items[i], &tree, err);
		if (status == POL_OK)
			status = oid_list_add(&history->parent_trees, &tree, err);
	}
	return status;
}

/* ---- what one changes ------------------------------------------------------------------------------------------------- */

static enum pol_status count_change(struct history *history, struct pol_error *err)
{
	if (history->changes++ < history->max_changes)
		return POL_OK;
	return pol_fail(err, POL_ELIMIT, NULL, 0,
	                "the commits change more than %zu files in all; judge (or push) them in parts, the "
	                "oldest first",
	                history->max_changes);
}

static enum pol_status add_change(const struct change *change, void *data, struct pol_error *err)
{
	struct history *history = data;
	enum pol_status status = count_change(history, err);

	return status == POL_OK ? source_add_change(change, history->source, err) : status;
}

/* What the further parents have of a change against the first one: *ret_same when one of them has just what the merge has,
 * else their versions as a list. */
static enum pol_status compare_parents(struct history *history, const struct change *change, bool *ret_same,
                                       struct source_file **ret_also, struct pol_error *err)
{
	*ret_same = false;
	*ret_also = NULL;
	for (size_t i = 1; i < history->parent_trees.count; i++) {
		struct source_file *file;
		uint32_t mode;
		struct oid oid;
		enum pol_status status = tree_find(history->source->repo, &history->parent_trees.items[i],
		                                   change->path, &mode, &oid, err);

		if (status == POL_ENOTFOUND || (status == POL_OK && !mode_is_regular(mode)))
			continue;
		if (status < 0)
			return status;
		*ret_same = *ret_same || (mode == change->new_mode && oid_equal(&oid, &change->new_oid));
		file = arena_alloc(&history->source->arena, 1, sizeof(*file));
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
	struct history *history = data;
	struct source *source = history->source;
	const size_t count = source->count;
	struct source_file *also = NULL;
	bool is_same = false;
	enum pol_status status = count_change(history, err);

	if (status == POL_OK && mode_is_regular(change->new_mode))
		status = compare_parents(history, change, &is_same, &also, err);
	if (status == POL_OK && !is_same)
		status = source_add_change(change, source, err);
	if (status < 0 || source->count == count)
		return status;
	source->files[count].also = also;
	for (; also; also = (struct source_file *)also->also)
		also->path = also->old_path = source->files[count].path;
	return POL_OK;
}

/* ---- what is new of it ------------------------------------------------------------------------------------------------ */

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

/* Each change counts once: as the range's own where it is that too, else as that of the oldest commit that makes it. */
static enum pol_status keep_new(struct history *history, size_t start, const struct source_commit *commit,
                                struct pol_error *err)
{
	struct source *source = history->source;
	enum pol_status status = POL_OK;

	for (size_t i = start; i < source->count && status == POL_OK; i++) {
		struct source_file *file = &source->files[i];
		size_t first = i;

		file->commit = commit;
		file->is_on_the_way = true;
		if (!file->in_new || file->also)
			continue;
		status = change_set_add(&history->seen, source->files, i, &first, err);
		if (status < 0 || first == i)
			continue;
		file->in_new = false; /* its place is kept: positions of others are noted */
		if (!source->files[first].commit)
			source->files[first].commit = commit;
	}
	return status;
}

static enum pol_status finish_commit(struct history *history, const struct oid *oid, size_t start,
                                     struct pol_error *err)
{
	struct source *source = history->source;
	struct source_commit *commit;
	enum pol_status status = POL_OK;

	if (!may_have_moves(source, start))
		drop_deleted(source, start);
	if (source->count == start)
		return POL_OK;
	commit = arena_alloc(&source->arena, 1, sizeof(*commit));
	if (!commit)
		return pol_fail_memory(err);
	oid_format(oid, commit->id);
	if (may_have_moves(source, start))
		status = source_match_moves(source, start, &commit->gone, &commit->gone_count, err);
	return status == POL_OK ? keep_new(history, start, commit, err) : status;
}

static enum pol_status add_commit(struct history *history, const struct oid *commit, struct pol_error *err)
{
	const size_t start = history->source->count;
	enum pol_status status = read_commit(history, commit, err);
	const struct oid_list *parents = &history->parent_trees;

	if (status == POL_OK)
		status = tree_diff(history->source->repo, parents->count > 0 ? &parents->items[0] : NULL,
		                   &history->commit.tree, parents->count > 1 ? add_merge_change : add_change,
		                   history, err);
	return status == POL_OK ? finish_commit(history, commit, start, err) : status;
}

enum pol_status history_add(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	CLEANUP(history)
	struct history history = {
		.source = source,
		.max_commits = spec->limits.commits ? spec->limits.commits : MAX_COMMITS,
		.max_changes = spec->limits.changes ? spec->limits.changes : MAX_CHANGES,
	};
	enum pol_status status = find_commits(spec, &history, err);

	source->has_history = true;
	for (size_t i = 0; i < source->tip_count && status == POL_OK; i++) {
		size_t first;

		if (source->files[i].in_new)
			status = change_set_add(&history.seen, source->files, i, &first, err);
	}
	for (size_t i = history.commits.count; i-- > 0 && status == POL_OK;)
		status = add_commit(&history, &history.commits.items[i], err);
	return status;
}
