/* backend_libgit2.c - the fast backend. Objects, refs, history and configuration come from libgit2; its index, diff and
 * status functions are never called, since they cost several times what git itself takes. */
#include "policy/source/backend.h"

#include <git2.h>
#include <git2/sys/repository.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Formats that change nothing about how objects and refs are read. Never objectformat or refstorage: libgit2 1.5 then
 * opens the repository and reads it wrongly. */
static const char *harmless_extensions[] = { "worktreeconfig", "partialclone", "preciousobjects",
	                                     "relativeworktrees" };
enum { EXTENSION_COUNT = sizeof(harmless_extensions) / sizeof(harmless_extensions[0]) };

CLEANUP_DEFINE(git_repository *, git_repository, git_repository_free)
CLEANUP_DEFINE(git_odb *, git_odb, git_odb_free)
CLEANUP_DEFINE(git_odb_object *, git_odb_object, git_odb_object_free)
CLEANUP_DEFINE(git_object *, git_object, git_object_free)
CLEANUP_DEFINE(git_revwalk *, git_revwalk, git_revwalk_free)
CLEANUP_DEFINE(git_config *, git_config, git_config_free)
CLEANUP_DEFINE(git_config_iterator *, git_config_iterator, git_config_iterator_free)
CLEANUP_DEFINE(git_reference *, git_reference, git_reference_free)
CLEANUP_DEFINE(git_reference_iterator *, git_reference_iterator, git_reference_iterator_free)

static const char *last_message(void)
{
	const git_error *error = git_error_last();

	return error && error->message ? error->message : "unknown error";
}

static enum pol_status fail(struct pol_error *err, const char *what)
{
	const git_error *error = git_error_last();

	if (error && error->klass == GIT_ERROR_NOMEMORY)
		return pol_fail_memory(err);
	return pol_fail(err, POL_EGIT, NULL, 0, "%s: %s", what, last_message());
}

static struct oid from_git(const git_oid *id)
{
	struct oid oid = { .size = GIT_OID_RAWSZ };

	memcpy(oid.bytes, id->id, GIT_OID_RAWSZ);
	return oid;
}

static git_oid to_git(const struct oid *oid)
{
	git_oid id;

	memcpy(id.id, oid->bytes, GIT_OID_RAWSZ);
	return id;
}

/* ---- open -------------------------------------------------------------------------------------------------------- */

/* A path without its final slashes, relative ones taken from dir. */
static char *clean_path(const char *dir, const char *path)
{
	CLEANUP(buf) struct buf full = { 0 };
	char *data;

	if (*path != '/')
		buf_printf(&full, "%s/%s", dir, path);
	else
		buf_add_string(&full, path);
	if (buf_failed(&full))
		return NULL;
	while (full.size > 1 && full.data[full.size - 1] == '/')
		full.data[--full.size] = '\0';
	data = full.data;
	full.data = NULL;
	return data;
}

static char *real_path(const char *dir, const char *path)
{
	char *full = clean_path(dir, path);
	char *real = full ? realpath(full, NULL) : NULL;

	if (!real)
		return full;
	free(full);
	return real;
}

/* The object folders that a push's quarantine, or a caller, has put in the environment. */
static enum pol_status open_objects(struct repo *repo, git_repository *handle, struct pol_error *err)
{
	CLEANUP(git_odb) git_odb *odb = NULL;
	CLEANUP(buf) struct buf list = { 0 };
	char *next;

	if (repo->object_dir ? git_odb_open(&odb, repo->object_dir) < 0
	                     : git_repository_odb(&odb, handle) < 0)
		return fail(err, "the object folder cannot be opened");
	if (repo->object_dir && git_repository_set_odb(handle, odb) < 0)
		return fail(err, "the object folder cannot be used");
	buf_add_string(&list, repo->alternates ? repo->alternates : "");
	if (buf_failed(&list))
		return pol_fail_memory(err);
	for (char *path = list.data; path && *path; path = next) {
		char *end = strchr(path, ':');
		char *full;
		int rc;

		next = end ? end + 1 : NULL;
		if (end)
			*end = '\0';
		full = clean_path(repo->dir, path);
		if (!full)
			return pol_fail_memory(err);
		rc = *path ? git_odb_add_disk_alternate(odb, full) : 0;
		free(full);
		if (rc < 0)
			return fail(err, "an alternate object folder cannot be opened");
	}
	repo->odb = odb;
	odb = NULL;
	return POL_OK;
}

/* The work tree as git finds it when GIT_DIR is set: core.worktree, else the folder that git was started in. */
static char *explicit_top(const struct repo *repo, git_repository *handle)
{
	CLEANUP(git_config) git_config *config = NULL;
	const char *configured;

	if (git_repository_is_bare(handle))
		return NULL;
	if (git_repository_config_snapshot(&config, handle) == 0 &&
	    git_config_get_string(&configured, config, "core.worktree") == 0)
		return real_path(repo->git_dir, configured);
	return strdup(repo->dir);
}

static enum pol_status find_folders(struct repo *repo, git_repository *handle, struct pol_error *err)
{
	const char *work_tree = getenv("GIT_WORK_TREE");
	const char *workdir = git_repository_workdir(handle);

	repo->git_dir = real_path(repo->dir, git_repository_path(handle));
	if (!repo->git_dir)
		return pol_fail_memory(err);
	if (work_tree)
		repo->top = real_path(repo->dir, work_tree);
	else if (getenv("GIT_DIR"))
		repo->top = explicit_top(repo, handle);
	else if (workdir)
		repo->top = real_path(repo->dir, workdir);
	if (!repo->top && (work_tree || !git_repository_is_bare(handle)))
		return pol_fail_memory(err);
	return POL_OK;
}

static bool has_shallow_file(git_repository *handle)
{
	CLEANUP(buf) struct buf path = { 0 };
	struct stat st;

	if (getenv("GIT_SHALLOW_FILE"))
		return true;
	buf_printf(&path, "%s/shallow", git_repository_commondir(handle));
	return !buf_failed(&path) && stat(path.data, &st) == 0 && st.st_size > 0;
}

/* libgit2 1.5 follows info/alternates of the repository's own objects, but not those of a folder that the environment names;
 * and in a quarantine the repository's own are such a folder. */
static bool has_alternates(const struct repo *repo, const char *list)
{
	for (const char *path = list; path && *path;) {
		const char *end = strchr(path, ':');
		const size_t size = end ? (size_t)(end - path) : strlen(path);
		CLEANUP(buf) struct buf file = { 0 };
		struct stat st;

		buf_printf(&file, "%s%s%.*s/info/alternates", *path == '/' ? "" : repo->dir,
		           *path == '/' ? "" : "/", (int)size, path);
		if (buf_failed(&file) || stat(file.data, &st) == 0)
			return true;
		path = end ? end + 1 : NULL;
	}
	return false;
}

static enum pol_status take_environment(struct repo *repo, struct pol_error *err)
{
	const char *objects = getenv("GIT_OBJECT_DIRECTORY");
	const char *alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");

	if (getenv("GIT_COMMON_DIR") || (alternates && strchr(alternates, '"')) ||
	    has_alternates(repo, alternates))
		return pol_fail(err, POL_EGIT, NULL, 0, "an environment that only git itself can read");
	if (objects)
		repo->object_dir = clean_path(repo->dir, objects);
	if (alternates)
		repo->alternates = strdup(alternates);
	if ((objects && !repo->object_dir) || (alternates && !repo->alternates))
		return pol_fail_memory(err);
	return POL_OK;
}

/* Whether libgit2's refusal means that there is no repository; its owner check also says ENOTFOUND, of another class. */
static bool is_no_repository(int rc)
{
	const git_error *error = git_error_last();

	return rc == GIT_ENOTFOUND && error && error->klass == GIT_ERROR_REPOSITORY;
}

static enum pol_status open_handle(struct repo *repo, git_repository **ret_handle, struct pol_error *err)
{
	const char *git_dir = getenv("GIT_DIR");
	unsigned flags = git_dir ? GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT : 0;
	char *start = clean_path(repo->dir, git_dir ? git_dir : repo->dir);
	int rc;

	if (!start)
		return pol_fail_memory(err);
	if (getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM"))
		flags |= GIT_REPOSITORY_OPEN_CROSS_FS;
	rc = git_repository_open_ext(ret_handle, start, flags, getenv("GIT_CEILING_DIRECTORIES"));
	free(start);
	if (rc == 0)
		return POL_OK;
	if (!git_dir && is_no_repository(rc))
		return pol_fail(err, POL_ENOTFOUND, repo->dir, 0, "not in a git repository");
	return fail(err, "the repository cannot be opened");
}

static enum pol_status fill(struct repo *repo, struct pol_error *err)
{
	CLEANUP(git_repository) git_repository *handle = NULL;
	enum pol_status status = take_environment(repo, err);

	if (status == POL_OK)
		status = open_handle(repo, &handle, err);
	if (status == POL_OK)
		status = find_folders(repo, handle, err);
	if (status == POL_OK)
		status = open_objects(repo, handle, err);
	if (status != POL_OK)
		return status;
	repo->is_shallow = has_shallow_file(handle);
	repo->oid_size = GIT_OID_RAWSZ;
	repo->handle = handle;
	handle = NULL;
	return POL_OK;
}

enum pol_status libgit2_open(struct repo *repo, struct pol_error *err)
{
	enum pol_status status;

	offline_link();
	if (git_libgit2_init() < 0)
		return pol_fail(err, POL_EGIT, NULL, 0, "libgit2 cannot be started: %s", last_message());
	/* Git checks the hash of what it writes and receives; checking again at each read costs a third. */
	(void)git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	(void)git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, harmless_extensions, (size_t)EXTENSION_COUNT);
	status = fill(repo, err);
	if (status == POL_OK)
		repo->backend = &backend_libgit2;
	else
		(void)git_libgit2_shutdown();
	return status;
}

enum pol_status libgit2_reopen(struct repo *repo, struct pol_error *err)
{
	CLEANUP(git_repository) git_repository *handle = NULL;
	enum pol_status status = POL_OK;

	if (git_libgit2_init() < 0)
		return pol_fail(err, POL_EGIT, NULL, 0, "libgit2 cannot be started: %s", last_message());
	if (git_repository_open_ext(&handle, repo->git_dir,
	                            GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, NULL) < 0)
		status = fail(err, "the repository cannot be opened again");
	if (status == POL_OK)
		status = open_objects(repo, handle, err);
	if (status != POL_OK) {
		git_repository_free(handle);
		handle = NULL;
		(void)git_libgit2_shutdown();
		return status;
	}
	repo->handle = handle;
	handle = NULL;
	repo->backend = &backend_libgit2;
	return POL_OK;
}

static void libgit2_close(struct repo *repo)
{
	git_odb_free(repo->odb);
	git_repository_free(repo->handle);
	(void)git_libgit2_shutdown();
}

/* ---- objects and revisions --------------------------------------------------------------------------------------- */

static enum pol_status fail_object(struct pol_error *err, const struct oid *oid, int rc)
{
	char hex[OID_MAX_HEX];

	oid_format(oid, hex);
	if (rc == GIT_ENOTFOUND)
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "not checked: object %s is missing; fetch it, or clone without a filter",
		                hex);
	return pol_fail(err, POL_EGIT, NULL, 0, "not checked: object %s cannot be read: %s", hex,
	                last_message());
}

static enum pol_status libgit2_read(struct repo *repo, const struct oid *oid, size_t limit, struct buf *data,
                                    enum object_type *ret_type, struct pol_error *err)
{
	CLEANUP(git_odb_object) git_odb_object *object = NULL;
	const git_oid id = to_git(oid);
	git_object_t type;
	size_t size;
	int rc;

	/* Ask for the size first: what is too large must not be inflated to find out. Trees and commits, which git itself
	 * has read to get them here, come without a limit and save the question. */
	rc = limit > 0 ? git_odb_read_header(&size, &type, repo->odb, &id) : 0;
	if (rc == 0 && limit > 0 && size > limit)
		return pol_fail(err, POL_ELIMIT, NULL, 0, "an object of %zu bytes, over the limit of %zu",
		                size, limit);
	if (rc == 0)
		rc = git_odb_read(&object, repo->odb, &id);
	if (rc < 0)
		return fail_object(err, oid, rc);
	buf_add(data, git_odb_object_data(object), git_odb_object_size(object));
	if (buf_failed(data))
		return pol_fail_memory(err);
	if (ret_type)
		*ret_type = (enum object_type)git_odb_object_type(object);
	return POL_OK;
}

static enum pol_status libgit2_resolve(struct repo *repo, const char *revision, struct oid *ret_commit,
                                       struct pol_error *err)
{
	CLEANUP(git_object) git_object *named = NULL;
	CLEANUP(git_object) git_object *commit = NULL;
	git_oid id;
	int rc;

	if (strcmp(revision, "HEAD") == 0 && git_reference_name_to_id(&id, repo->handle, "HEAD") == 0) {
		*ret_commit = from_git(&id);
		return POL_OK;
	}
	rc = git_revparse_single(&named, repo->handle, revision);
	if (rc == 0)
		rc = git_object_peel(&commit, named, GIT_OBJECT_COMMIT);
	if (rc == 0) {
		*ret_commit = from_git(git_object_id(commit));
		return POL_OK;
	}
	if (rc == GIT_ENOTFOUND || rc == GIT_EUNBORNBRANCH || rc == GIT_EPEEL)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "no commit is called '%s'", revision);
	/* Spellings that libgit2 does not know. */
	return backend_git.resolve(repo, revision, ret_commit, err);
}

/* ---- history: libgit2 1.5 does not know where a shallow clone ends, git does -------------------------------------- */

static enum pol_status libgit2_merge_base(struct repo *repo, const struct oid *a, const struct oid *b,
                                          struct oid *ret_base, struct pol_error *err)
{
	const git_oid id_a = to_git(a), id_b = to_git(b);
	git_oid base;
	int rc;

	if (repo->is_shallow)
		return backend_git.merge_base(repo, a, b, ret_base, err);
	rc = git_merge_base(&base, repo->handle, &id_a, &id_b);
	if (rc == GIT_ENOTFOUND && !git_odb_exists(repo->odb, &id_a))
		return fail_object(err, a, rc);
	if (rc == GIT_ENOTFOUND && !git_odb_exists(repo->odb, &id_b))
		return fail_object(err, b, rc);
	if (rc == GIT_ENOTFOUND)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "the two revisions have no common history");
	if (rc < 0)
		return fail(err, "not checked: the merge base cannot be found");
	*ret_base = from_git(&base);
	return POL_OK;
}

static enum pol_status libgit2_is_ancestor(struct repo *repo, const struct oid *ancestor,
                                           const struct oid *commit, bool *ret_is, struct pol_error *err)
{
	const git_oid id = to_git(commit), id_ancestor = to_git(ancestor);
	int rc;

	if (repo->is_shallow)
		return backend_git.is_ancestor(repo, ancestor, commit, ret_is, err);
	rc = oid_equal(ancestor, commit) ? 1 : git_graph_descendant_of(repo->handle, &id, &id_ancestor);
	if (rc < 0)
		return fail(err, "not checked: history cannot be read");
	*ret_is = rc == 1;
	return POL_OK;
}

static enum pol_status libgit2_walk(struct repo *repo, const struct oid *tip, const struct oid *hidden,
                                    size_t count, repo_commit_visit visit, void *data, struct pol_error *err)
{
	CLEANUP(git_revwalk) git_revwalk *walk = NULL;
	git_oid id = to_git(tip);
	int rc;

	if (repo->is_shallow)
		return backend_git.walk(repo, tip, hidden, count, visit, data, err);
	rc = git_revwalk_new(&walk, repo->handle);
	if (rc == 0)
		rc = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (rc == 0)
		rc = git_revwalk_push(walk, &id);
	for (size_t i = 0; i < count && rc == 0; i++) {
		id = to_git(&hidden[i]);
		rc = git_revwalk_hide(walk, &id);
	}
	while (rc == 0 && (rc = git_revwalk_next(&id, walk)) == 0) {
		const struct oid commit = from_git(&id);
		enum pol_status status = visit(&commit, data, err);

		if (status != POL_OK)
			return status;
	}
	return rc == GIT_ITEROVER ? POL_OK : fail(err, "not checked: history cannot be read");
}

/* ---- refs and configuration -------------------------------------------------------------------------------------- */

/* The commit that a ref names, through symbolic refs and tags; false when it names none. */
static bool peel_ref(const git_reference *ref, struct oid *ret_commit)
{
	CLEANUP(git_object) git_object *commit = NULL;

	if (git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT) < 0)
		return false;
	*ret_commit = from_git(git_object_id(commit));
	return true;
}

static enum pol_status libgit2_each_ref(struct repo *repo, const char *prefix, repo_ref_visit visit,
                                        void *data, struct pol_error *err)
{
	CLEANUP(git_reference_iterator) git_reference_iterator *iterator = NULL;
	const size_t size = strlen(prefix);
	int rc = git_reference_iterator_new(&iterator, repo->handle);

	while (rc == 0) {
		CLEANUP(git_reference) git_reference *ref = NULL;
		enum pol_status status = POL_OK;
		struct oid commit;

		rc = git_reference_next(&ref, iterator);
		if (rc < 0)
			break;
		if (strncmp(git_reference_name(ref), prefix, size) == 0 && peel_ref(ref, &commit))
			status = visit(git_reference_name(ref), &commit, data, err);
		if (status != POL_OK)
			return status;
	}
	return rc == GIT_ITEROVER ? POL_OK : fail(err, "the refs cannot be read");
}

/* Configuration that libgit2 1.5 does not read: the environment's, and a work tree's own. */
static bool is_config_beyond_libgit2(const git_config *config)
{
	static const char *const variables[] = { "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
		                                 "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
		                                 "GIT_CONFIG_NOSYSTEM" };
	int worktree = 0;

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		if (getenv(variables[i]))
			return true;
	}
	return git_config_get_bool(&worktree, config, "extensions.worktreeconfig") == 0 && worktree;
}

static enum pol_status libgit2_config(struct repo *repo, const char *key, struct buf *value,
                                      struct pol_error *err)
{
	CLEANUP(git_config) git_config *config = NULL;
	const char *found;
	int rc = git_repository_config_snapshot(&config, repo->handle);

	if (rc == 0 && is_config_beyond_libgit2(config))
		return backend_git.config(repo, key, value, err);
	if (rc == 0)
		rc = git_config_get_string(&found, config, key);
	if (rc == GIT_ENOTFOUND)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "%s is not configured", key);
	if (rc < 0)
		return fail(err, "the configuration cannot be read");
	buf_add_string(value, found);
	return buf_failed(value) ? pol_fail_memory(err) : POL_OK;
}

static bool libgit2_has(struct repo *repo, const struct oid *oid)
{
	const git_oid id = to_git(oid);

	return git_odb_exists(repo->odb, &id) == 1;
}

static enum pol_status libgit2_remote_of(struct repo *repo, const char *url, struct buf *name,
                                         struct pol_error *err)
{
	CLEANUP(git_config) git_config *config = NULL;
	CLEANUP(git_config_iterator) git_config_iterator *iterator = NULL;
	git_config_entry *entry;
	struct slice found;
	int rc = git_repository_config_snapshot(&config, repo->handle);

	if (rc == 0 && is_config_beyond_libgit2(config))
		return backend_git.remote_of(repo, url, name, err);
	if (rc == 0)
		rc = git_config_iterator_new(&iterator, config); /* the one with a pattern leaks in 1.5 */
	while (rc == 0 && name->size == 0 && (rc = git_config_next(&entry, iterator)) == 0) {
		if (entry->value && strcmp(entry->value, url) == 0 &&
		    backend_remote_name(slice_of(entry->name), &found))
			buf_add(name, found.data, found.size);
	}
	if (rc < 0 && rc != GIT_ITEROVER)
		return fail(err, "the configuration cannot be read");
	return buf_failed(name) ? pol_fail_memory(err) : POL_OK;
}

const struct backend backend_libgit2 = {
	.close = libgit2_close,
	.read = libgit2_read,
	.resolve = libgit2_resolve,
	.merge_base = libgit2_merge_base,
	.is_ancestor = libgit2_is_ancestor,
	.walk = libgit2_walk,
	.each_ref = libgit2_each_ref,
	.config = libgit2_config,
	.has = libgit2_has,
	.remote_of = libgit2_remote_of,
};
