/* source_paths.c - the files and folders that somebody named, in a repository or not. In one, paths are shown from its
 * top, as everywhere else; outside, as they were given. */
#include "policy/source/files.h"
#include "policy/source/walk.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void free_string(char *string)
{
	free(string);
}
CLEANUP_DEFINE(char *, string, free_string)

/* path as given, from dir when relative, without final slashes. */
static enum pol_status join(const char *dir, const char *path, struct buf *full, struct pol_error *err)
{
	buf_clear(full);
	if (*path != '/')
		buf_printf(full, "%s/", dir);
	buf_add_string(full, path);
	if (buf_failed(full))
		return pol_fail_memory(err);
	while (full->size > 1 && full->data[full->size - 1] == '/')
		full->data[--full->size] = '\0';
	return POL_OK;
}

/* Whether the last part of path is itself a name, so that it may be a link and must not be resolved. */
static bool ends_with_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return *name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Where path really is: links on the way are followed, one at its end is not. */
static enum pol_status find_real(const char *dir, const char *path, struct buf *real, struct pol_error *err)
{
	CLEANUP(buf) struct buf full = { 0 };
	CLEANUP(string) char *folder = NULL;
	const char *name = "";
	enum pol_status status = join(dir, path, &full, err);

	if (status != POL_OK)
		return status;
	if (ends_with_name(full.data)) {
		char *slash = strrchr(full.data, '/');

		*slash = '\0';
		name = slash + 1;
	}
	folder = realpath(*full.data ? full.data : "/", NULL);
	if (!folder)
		return pol_fail(err, POL_EIO, path, 0, "cannot read: %s", strerror(errno));
	buf_clear(real);
	buf_add_string(real, strcmp(folder, "/") == 0 && *name ? "" : folder);
	if (*name)
		buf_printf(real, "/%s", name);
	return buf_failed(real) ? pol_fail_memory(err) : POL_OK;
}

/* What real is called from top, "" for top itself; NULL when it lies elsewhere. */
static const char *below(const char *top, const char *real)
{
	const size_t size = strlen(top);

	if (strncmp(real, top, size) != 0 || (real[size] != '/' && real[size] != '\0'))
		return NULL;
	return real[size] == '/' ? real + size + 1 : "";
}

/* A name as it is shown outside a repository: as given, but for "./" before it and slashes after it. */
static enum pol_status plain_name(const char *path, struct buf *name, struct pol_error *err)
{
	while (path[0] == '.' && path[1] == '/') {
		path += 2;
		path += strspn(path, "/");
	}
	buf_clear(name);
	buf_add_string(name, strcmp(path, ".") == 0 ? "" : path);
	if (buf_failed(name))
		return pol_fail_memory(err);
	while (name->size > 1 && name->data[name->size - 1] == '/')
		name->data[--name->size] = '\0';
	return POL_OK;
}

static enum pol_status add_path(const char *path, void *data, struct pol_error *err)
{
	return source_add(data, &(struct source_file){ .path = path, .in_new = true }, err);
}

/* A link in a repository holds no text: what it leads to is judged where that is. Elsewhere nobody else would judge it. */
static enum pol_status add_named(struct source *source, const char *given, const char *real,
                                 const char *shown, struct pol_error *err)
{
	struct stat st;

	if (lstat(real, &st) < 0)
		return pol_fail(err, POL_EIO, given, 0, "cannot read: %s", strerror(errno));
	if (S_ISDIR(st.st_mode))
		return walk_folder(real, shown, add_path, source, err);
	if (S_ISREG(st.st_mode))
		return add_path(shown, source, err);
	if (S_ISLNK(st.st_mode))
		return source->repo ? POL_OK
		                    : pol_fail(err, POL_EIO, given, 0,
		                               "not judged: a symbolic link; name the file that it leads to");
	return pol_fail(err, POL_EIO, given, 0, "not judged: neither a file nor a folder; name one");
}

static enum pol_status add_all(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	CLEANUP(buf) struct buf real = { 0 };
	CLEANUP(buf) struct buf plain = { 0 };
	enum pol_status status = POL_OK;

	for (size_t i = 0; spec->paths && spec->paths[i] && status == POL_OK; i++) {
		status = find_real(spec->dir, spec->paths[i], &real, err);
		if (status == POL_OK)
			status = plain_name(spec->paths[i], &plain, err);
		if (status == POL_OK)
			status = add_named(source, spec->paths[i], real.data,
			                   source->repo ? below(source->top, real.data) : plain.data, err);
	}
	return status;
}

/* Whether all named paths lie in the work tree: else the repository around us has nothing to do with them. */
static enum pol_status are_inside(const struct source_spec *spec, const char *top, bool *ret_inside,
                                  struct pol_error *err)
{
	CLEANUP(buf) struct buf real = { 0 };
	enum pol_status status = POL_OK;

	*ret_inside = true;
	for (size_t i = 0; spec->paths && spec->paths[i] && status == POL_OK; i++) {
		status = find_real(spec->dir, spec->paths[i], &real, err);
		if (status == POL_OK && !below(top, real.data))
			*ret_inside = false;
	}
	return status;
}

static enum pol_status find_top(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	bool inside = false;
	enum pol_status status = spec->no_repo ? POL_ENOTFOUND : repo_open(spec->dir, &source->repo, err);

	if (status == POL_OK && repo_top(source->repo))
		status = are_inside(spec, repo_top(source->repo), &inside, err);
	if (status != POL_OK && status != POL_ENOTFOUND)
		return status;
	if (inside) {
		source->top = repo_top(source->repo);
		source->is_confined = true;
		return POL_OK;
	}
	repo_free(source->repo);
	source->repo = NULL;
	source->top = arena_string(&source->arena, spec->dir);
	return source->top ? POL_OK : pol_fail_memory(err);
}

static int compare_files(const void *a, const void *b)
{
	const struct source_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Named twice, or in a folder that is named too, a file is judged once. */
static void drop_repeated(struct source *source)
{
	size_t kept = 0;

	if (source->count > 1)
		qsort(source->files, source->count, sizeof(*source->files), compare_files);
	for (size_t i = 0; i < source->count; i++) {
		if (kept == 0 || strcmp(source->files[kept - 1].path, source->files[i].path) != 0)
			source->files[kept++] = source->files[i];
	}
	source->count = kept;
}

enum pol_status paths_open(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	enum pol_status status = find_top(spec, source, err);

	source->is_worktree = true;
	if (status == POL_OK)
		status = add_all(spec, source, err);
	if (status == POL_OK)
		drop_repeated(source);
	return status;
}
