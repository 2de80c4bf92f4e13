/* source_all.c - every tracked file, as it stands in the work tree. The index says which; content is read from the
 * files, and only for those that a sparse checkout left out from objects. */
#include "policy/source/files.h"
#include "policy/source/raw.h"

#include <string.h>

/* A path in conflict has up to three entries; it is one file. */
static bool is_repeated(const struct source *source, const char *path)
{
	return source->count > 0 && strcmp(source->files[source->count - 1].path, path) == 0;
}

static enum pol_status add(const struct cursor_entry *entry, void *data, struct pol_error *err)
{
	struct source *source = data;
	struct source_file file = { .path = entry->path, .in_new = true };

	if (!mode_is_regular(entry->mode) || is_repeated(source, entry->path))
		return POL_OK;
	if (entry->skip_worktree)
		file.oid = entry->oid;
	return source_add(source, &file, err);
}

static enum pol_status walk_index(struct source *source, struct pol_error *err)
{
	CLEANUP(index) struct index index = { 0 };
	CLEANUP(cursor) struct cursor *cursor = NULL;
	enum pol_status status = index_open(repo_index_path(source->repo), repo_oid_size(source->repo),
	                                    &index, err);

	if (status == POL_ENOTFOUND)
		return POL_OK; /* nothing is tracked yet */
	if (status == POL_OK)
		status = cursor_open_index(source->repo, &index, false, &cursor, err);
	return status == POL_OK ? cursor_walk(cursor, add, source, err) : status;
}

enum pol_status all_open(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	enum pol_status status = source_open_repo(spec, source, err);

	if (status != POL_OK)
		return status;
	if (!repo_top(source->repo))
		return pol_fail(err, POL_EGIT, source->top, 0,
		                "a bare repository has no work tree; name a revision with --tree");
	source->is_worktree = true;
	source->is_confined = true;
	status = walk_index(source, err);
	if (status == POL_EGIT) {
		source->count = 0;
		status = raw_list_index(source->repo, add, source, err);
	}
	return status;
}
