/* source_staged.c - what `git commit` would record. In a hook git has just written the index's root tree, so that two
 * trees are compared and the index's entries are never read; else they are walked, skipping folders that are the same. */
#include "policy/source/files.h"
#include "policy/source/raw.h"

static const struct oid *or_empty(const struct oid *tree)
{
	return tree->size > 0 ? tree : NULL;
}

/* The folder tree of HEAD; none before the first commit. */
static enum pol_status find_head(struct source *source, struct pol_error *err)
{
	struct oid head;
	enum pol_status status = repo_resolve(source->repo, "HEAD", &head, err);

	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK)
		status = repo_tree_of(source->repo, &head, &source->old_tree, err);
	return status == POL_OK ? source_hex(source, &head, &source->base, err) : status;
}

static enum pol_status diff_root(struct source *source, const struct index *index, struct pol_error *err)
{
	struct oid root = { .size = (uint8_t)index->oid_size };
	const uint8_t *bytes;

	if (!index_root_tree(index, &bytes))
		return pol_fail(err, POL_EGIT, NULL, 0, "the index's cache tree is out of date");
	for (size_t i = 0; i < index->oid_size; i++)
		root.bytes[i] = bytes[i];
	return tree_diff(source->repo, or_empty(&source->old_tree), &root, source_add_change, source, err);
}

static enum pol_status diff_entries(struct source *source, const struct index *index, struct pol_error *err)
{
	CLEANUP(cursor) struct cursor *head = NULL;
	CLEANUP(cursor) struct cursor *staged = NULL;
	enum pol_status status = cursor_open_tree(source->repo, or_empty(&source->old_tree), &head, err);

	source->count = 0;
	if (status == POL_OK)
		status = cursor_open_index(source->repo, index, true, &staged, err);
	if (status == POL_OK)
		status = cursor_diff(head, staged, source_add_change, source, err);
	return status;
}

static enum pol_status ask_git(struct source *source, struct pol_error *err)
{
	source->count = 0;
	return raw_diff_index(source->repo, or_empty(&source->old_tree), source_add_change, source, err);
}

enum pol_status staged_open(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	CLEANUP(index) struct index index = { 0 };
	enum pol_status status = source_open_repo(spec, source, err);

	if (status == POL_OK)
		status = find_head(source, err);
	if (status != POL_OK)
		return status;
	status = index_open(repo_index_path(source->repo), repo_oid_size(source->repo), &index, err);
	if (status == POL_OK) {
		status = diff_root(source, &index, err);
		if (status == POL_EGIT)
			status = diff_entries(source, &index, err);
	}
	/* No index at all reads as an empty one, and git says so too; what is in doubt git decides. */
	if (status == POL_EGIT || status == POL_ENOTFOUND)
		status = ask_git(source, err);
	return status;
}
