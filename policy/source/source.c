/* source.c - opens a source of any kind and answers what is in it. */
#include "policy/source/files.h"

#include <stdlib.h>
#include <string.h>

const char *const source_kind_names[SOURCE_COUNT] = { "staged", "range", "tree", "all", "paths" };

static enum pol_status (*const openers[SOURCE_COUNT])(const struct source_spec *spec, struct source *source,
                                                      struct pol_error *err) = {
	[SOURCE_STAGED] = staged_open, [SOURCE_RANGE] = range_open, [SOURCE_TREE] = tree_open,
	[SOURCE_ALL] = all_open,       [SOURCE_PATHS] = paths_open,
};

void source_free(struct source *source)
{
	if (!source)
		return;
	repo_free(source->repo);
	arena_free(&source->arena);
	free(source->files);
	free(source);
}

static int compare_files(const void *a, const void *b)
{
	const struct source_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Files come sorted but for broken trees and named paths. */
static void sort_files(struct source *source)
{
	for (size_t i = 1; i < source->count; i++) {
		if (compare_files(&source->files[i - 1], &source->files[i]) > 0) {
			qsort(source->files, source->count, sizeof(*source->files), compare_files);
			return;
		}
	}
}

enum pol_status source_open(const struct source_spec *spec, struct source **ret_source, struct pol_error *err)
{
	CLEANUP(source) struct source *source = calloc(1, sizeof(*source));
	enum pol_status status;

	if (!source)
		return pol_fail_memory(err);
	source->kind = spec->kind;
	source->limits = spec->limits;
	source->owner = pthread_self();
	status = openers[spec->kind](spec, source, err);
	if (status != POL_OK)
		return status;
	sort_files(source);
	source->tip_count = source->count;
	status = source_match_moves(source, 0, &source->gone, &source->gone_count, err);
	if (status == POL_OK && spec->every_commit)
		status = history_add(spec, source, err);
	if (status != POL_OK)
		return status;
	*ret_source = source;
	source = NULL;
	return POL_OK;
}

/* ---- for the kinds ----------------------------------------------------------------------------------------------- */

enum pol_status source_open_repo(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	enum pol_status status = repo_open(spec->dir, &source->repo, err);

	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_EGIT, spec->dir, 0,
		                "not in a git repository; start in one, or name files and folders");
	if (status != POL_OK)
		return status;
	source->top = repo_top(source->repo) ? repo_top(source->repo) : repo_git_dir(source->repo);
	return POL_OK;
}

enum pol_status source_reserve(struct source *source, size_t count, struct pol_error *err)
{
	size_t capacity = source->capacity ? source->capacity : 64;
	struct source_file *files;

	if (source->capacity - source->count >= count)
		return POL_OK;
	while (capacity - source->count < count)
		capacity *= 2;
	files = realloc(source->files, capacity * sizeof(*files));
	if (!files)
		return pol_fail_memory(err);
	source->files = files;
	source->capacity = capacity;
	return POL_OK;
}

enum pol_status source_add(struct source *source, const struct source_file *file, struct pol_error *err)
{
	struct source_file *added;

	if (source->limits.changes > 0 && source->count >= source->limits.changes)
		return pol_fail(err, POL_ELIMIT, NULL, 0,
		                "more than %zu files are changed; judge (or push) them in parts, the oldest "
		                "commits first",
		                source->limits.changes);
	if (source_reserve(source, 1, err) < 0)
		return POL_ENOMEM;
	added = &source->files[source->count];
	*added = *file;
	added->path = arena_string(&source->arena, file->path);
	if (!added->path)
		return pol_fail_memory(err);
	added->old_path = file->in_old ? added->path : NULL;
	source->count++;
	return POL_OK;
}

enum pol_status source_add_change(const struct change *change, void *data, struct pol_error *err)
{
	struct source_file file = { .path = change->path,
		                    .in_new = mode_is_regular(change->new_mode),
		                    .in_old = mode_is_regular(change->old_mode) };

	if (!file.in_new && !file.in_old)
		return POL_OK;
	if (file.in_new)
		file.oid = change->new_oid;
	if (file.in_old)
		file.old_oid = change->old_oid;
	return source_add(data, &file, err);
}

enum pol_status source_add_entry(const struct cursor_entry *entry, void *data, struct pol_error *err)
{
	const struct source_file file = { .path = entry->path, .oid = entry->oid, .in_new = true };

	return mode_is_regular(entry->mode) ? source_add(data, &file, err) : POL_OK;
}

enum pol_status source_hex(struct source *source, const struct oid *oid, const char **ret_hex,
                           struct pol_error *err)
{
	char hex[OID_MAX_HEX];

	oid_format(oid, hex);
	*ret_hex = arena_string(&source->arena, hex);
	return *ret_hex ? POL_OK : pol_fail_memory(err);
}

/* ---- what is in it ----------------------------------------------------------------------------------------------- */

enum source_kind source_kind(const struct source *source)
{
	return source->kind;
}

const char *source_base(const struct source *source)
{
	return source->base;
}

const char *source_head(const struct source *source)
{
	return source->head;
}

const char *source_top(const struct source *source)
{
	return source->top;
}

struct repo *source_repo(struct source *source)
{
	return source->repo;
}

bool source_has_old(const struct source *source)
{
	return source->kind == SOURCE_STAGED || source->kind == SOURCE_RANGE;
}

bool source_has_history(const struct source *source)
{
	return source->has_history;
}

size_t source_count(const struct source *source)
{
	return source->count;
}

const struct source_file *source_at(const struct source *source, size_t index)
{
	return &source->files[index];
}

const struct source_file *source_find(const struct source *source, const char *path)
{
	const struct source_file key = { .path = path };

	return source->tip_count == 0
	               ? NULL
	               : bsearch(&key, source->files, source->tip_count, sizeof(key), compare_files);
}
