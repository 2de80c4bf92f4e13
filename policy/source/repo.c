/* repo.c - opens a repository with the first backend that can read it, and answers what both have in common. */
#include "policy/source/backend.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TAG_DEPTH = 16, MAX_PEELED = 64 * 1024 * 1024 };

/* ---- open and close ---------------------------------------------------------------------------------------------- */

void repo_free(struct repo *repo)
{
	if (!repo)
		return;
	if (repo->backend)
		repo->backend->close(repo);
	process_stop(&repo->batch);
	free(repo->dir);
	free(repo->top);
	free(repo->git_dir);
	free(repo->index_path);
	free(repo->object_dir);
	free(repo->alternates);
	free(repo);
}

static enum pol_status repo_new(const char *dir, struct repo **ret_repo, struct pol_error *err)
{
	struct repo *repo = calloc(1, sizeof(*repo));

	if (!repo)
		return pol_fail_memory(err);
	repo->dir = realpath(dir, NULL);
	if (!repo->dir) {
		free(repo);
		return errno == ENOMEM ? pol_fail_memory(err)
		                       : pol_fail(err, POL_EIO, dir, 0, "cannot open the folder: %s",
		                                  strerror(errno));
	}
	*ret_repo = repo;
	return POL_OK;
}

/* The environment's GIT_INDEX_FILE wins; git reads a relative one from the top of the work tree, where it has gone. */
static enum pol_status find_index(struct repo *repo, struct pol_error *err)
{
	CLEANUP(buf) struct buf path = { 0 };
	const char *named = getenv("GIT_INDEX_FILE");

	if (!named || !*named)
		buf_printf(&path, "%s/index", repo->git_dir);
	else if (*named == '/')
		buf_add_string(&path, named);
	else
		buf_printf(&path, "%s/%s", repo->top ? repo->top : repo->dir, named);
	if (buf_failed(&path))
		return pol_fail_memory(err);
	repo->index_path = path.data;
	path.data = NULL;
	return POL_OK;
}

enum pol_status repo_open_git(const char *dir, struct repo **ret_repo, struct pol_error *err)
{
	CLEANUP(repo) struct repo *repo = NULL;
	enum pol_status status = repo_new(dir, &repo, err);

	if (status == POL_OK)
		status = git_open(repo, err);
	if (status == POL_OK)
		status = find_index(repo, err);
	if (status != POL_OK)
		return status;
	*ret_repo = repo;
	repo = NULL;
	return POL_OK;
}

enum pol_status repo_open(const char *dir, struct repo **ret_repo, struct pol_error *err)
{
	CLEANUP(repo) struct repo *repo = NULL;
	enum pol_status status = repo_new(dir, &repo, err);

	if (status != POL_OK)
		return status;
	status = libgit2_open(repo, err);
	if (status == POL_EGIT)
		return repo_open_git(dir, ret_repo, err);
	if (status == POL_OK)
		status = find_index(repo, err);
	if (status != POL_OK)
		return status;
	*ret_repo = repo;
	repo = NULL;
	return POL_OK;
}

/* A copy of string into *ret_copy, NULL for NULL; false when out of memory. */
static bool copy_string(const char *string, char **ret_copy)
{
	*ret_copy = string ? strdup(string) : NULL;
	return !string || *ret_copy;
}

enum pol_status repo_reopen(const struct repo *repo, struct repo **ret_repo, struct pol_error *err)
{
	CLEANUP(repo) struct repo *copy = calloc(1, sizeof(*copy));
	enum pol_status status = POL_OK;

	if (!copy)
		return pol_fail_memory(err);
	copy->oid_size = repo->oid_size;
	copy->is_shallow = repo->is_shallow;
	if (!copy_string(repo->dir, &copy->dir) || !copy_string(repo->top, &copy->top) ||
	    !copy_string(repo->git_dir, &copy->git_dir) ||
	    !copy_string(repo->index_path, &copy->index_path) ||
	    !copy_string(repo->object_dir, &copy->object_dir) ||
	    !copy_string(repo->alternates, &copy->alternates))
		return pol_fail_memory(err);
	if (repo->backend == &backend_libgit2)
		status = libgit2_reopen(copy, err);
	else
		copy->backend = repo->backend;
	if (status != POL_OK)
		return status;
	*ret_repo = copy;
	copy = NULL;
	return POL_OK;
}

/* ---- what it is -------------------------------------------------------------------------------------------------- */

const char *repo_top(const struct repo *repo)
{
	return repo->top;
}

const char *repo_index_path(const struct repo *repo)
{
	return repo->index_path;
}

const char *repo_git_dir(const struct repo *repo)
{
	return repo->git_dir;
}

size_t repo_oid_size(const struct repo *repo)
{
	return repo->oid_size;
}

bool repo_uses_libgit2(const struct repo *repo)
{
	return repo->backend == &backend_libgit2;
}

bool repo_is_shallow(const struct repo *repo)
{
	return repo->is_shallow;
}

/* ---- what both backends answer ----------------------------------------------------------------------------------- */

enum pol_status repo_read(struct repo *repo, const struct oid *oid, size_t limit, struct buf *data,
                          enum object_type *ret_type, struct pol_error *err)
{
	buf_clear(data);
	if (oid->size != repo->oid_size)
		return pol_fail(err, POL_EGIT, NULL, 0, "not checked: an object id of the wrong length");
	return repo->backend->read(repo, oid, limit, data, ret_type, err);
}

enum pol_status repo_resolve(struct repo *repo, const char *revision, struct oid *ret_commit,
                             struct pol_error *err)
{
	/* Git takes a leading dash for an option, and no revision holds a line end. */
	if (!*revision || *revision == '-' || strpbrk(revision, "\r\n"))
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "'%s' is not a revision", revision);
	return repo->backend->resolve(repo, revision, ret_commit, err);
}

/* The id on the header line `name <hex>` that object begins with. */
static bool header_oid(const struct buf *object, const char *name, size_t oid_size, struct oid *ret_oid)
{
	struct slice text = { object->data, object->size };
	size_t skip = strlen(name);

	if (text.size < skip + 2 * oid_size + 1 || memcmp(text.data, name, skip) != 0 ||
	    text.data[skip + 2 * oid_size] != '\n')
		return false;
	return oid_parse((struct slice){ text.data + skip, 2 * oid_size }, ret_oid);
}

/* Follows tags to what they name; *data holds that object, or nothing when it is too large to be a tag, a commit or a sane
 * tree: then it is taken for a blob, whose reader has limits of its own. */
static enum pol_status peel(struct repo *repo, struct oid *oid, enum object_type *ret_type, struct buf *data,
                            struct pol_error *err)
{
	*ret_type = OBJECT_BLOB;
	for (int depth = 0; depth < MAX_TAG_DEPTH; depth++) {
		enum pol_status status = repo_read(repo, oid, MAX_PEELED, data, ret_type, err);

		if (status == POL_ELIMIT)
			*ret_type = OBJECT_BLOB;
		if (status == POL_ELIMIT || (status == POL_OK && *ret_type != OBJECT_TAG))
			return POL_OK;
		if (status != POL_OK)
			return status;
		if (!header_oid(data, "object ", repo->oid_size, oid))
			break;
	}
	return pol_fail(err, POL_EGIT, NULL, 0, "not checked: a tag that names nothing readable");
}

enum pol_status repo_peel(struct repo *repo, const struct oid *oid, struct oid *ret_oid,
                          enum object_type *ret_type, struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct oid peeled = *oid;
	enum pol_status status = peel(repo, &peeled, ret_type, &data, err);

	if (status == POL_OK)
		*ret_oid = peeled;
	return status;
}

enum pol_status repo_tree_of(struct repo *repo, const struct oid *commit, struct oid *ret_tree,
                             struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct oid oid = *commit;
	enum object_type type;
	enum pol_status status = peel(repo, &oid, &type, &data, err);

	if (status != POL_OK)
		return status;
	if (type == OBJECT_TREE) {
		*ret_tree = oid;
		return POL_OK;
	}
	if (type == OBJECT_COMMIT && header_oid(&data, "tree ", repo->oid_size, ret_tree))
		return POL_OK;
	return pol_fail(err, POL_EGIT, NULL, 0,
	                "not checked: a revision that names no readable commit or tree");
}

bool repo_has(struct repo *repo, const struct oid *oid)
{
	return oid->size == repo->oid_size && repo->backend->has(repo, oid);
}

enum pol_status repo_remote_of(struct repo *repo, const char *url, struct buf *name, struct pol_error *err)
{
	buf_clear(name);
	return repo->backend->remote_of(repo, url, name, err);
}

enum pol_status repo_merge_base(struct repo *repo, const struct oid *a, const struct oid *b,
                                struct oid *ret_base, struct pol_error *err)
{
	enum pol_status status = repo->backend->merge_base(repo, a, b, ret_base, err);

	if (status == POL_ENOTFOUND && repo->is_shallow)
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "this shallow clone ends before the two sides meet; fetch the rest with "
		                "`git fetch --unshallow` (in CI: a fetch depth of 0)");
	return status;
}

enum pol_status repo_is_ancestor(struct repo *repo, const struct oid *ancestor, const struct oid *commit,
                                 bool *ret_is, struct pol_error *err)
{
	return repo->backend->is_ancestor(repo, ancestor, commit, ret_is, err);
}

enum pol_status repo_walk(struct repo *repo, const struct oid *tip, const struct oid *hidden, size_t count,
                          repo_commit_visit visit, void *data, struct pol_error *err)
{
	return repo->backend->walk(repo, tip, hidden, count, visit, data, err);
}

enum pol_status repo_each_ref(struct repo *repo, const char *prefix, repo_ref_visit visit, void *data,
                              struct pol_error *err)
{
	return repo->backend->each_ref(repo, prefix, visit, data, err);
}

enum pol_status repo_config(struct repo *repo, const char *key, struct buf *value, struct pol_error *err)
{
	buf_clear(value);
	if (!*key || *key == '-')
		return pol_fail(err, POL_EUSAGE, NULL, 0, "'%s' is not a configuration key", key);
	return repo->backend->config(repo, key, value, err);
}
