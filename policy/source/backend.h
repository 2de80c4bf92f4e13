/* backend.h - the two ways to reach a repository: libgit2 in this process, or the git program beside it. repo.c picks;
 * nothing outside policy/source sees this. */
#ifndef POLICY_SOURCE_BACKEND_H
#define POLICY_SOURCE_BACKEND_H

#include "policy/source/process.h"
#include "policy/source/repo.h"

struct git_repository;
struct git_odb;

typedef enum pol_status (*repo_commit_visit)(const struct oid *commit, void *data, struct pol_error *err);
typedef enum pol_status (*repo_ref_visit)(const char *name, const struct oid *commit, void *data,
                                          struct pol_error *err);

/* The part of repo.h that differs; the meaning of each is there. */
struct backend {
	void (*close)(struct repo *repo);
	enum pol_status (*read)(struct repo *repo, const struct oid *oid, size_t limit, struct buf *data,
	                        enum object_type *ret_type, struct pol_error *err);
	enum pol_status (*resolve)(struct repo *repo, const char *revision, struct oid *ret_commit,
	                           struct pol_error *err);
	enum pol_status (*merge_base)(struct repo *repo, const struct oid *a, const struct oid *b,
	                              struct oid *ret_base, struct pol_error *err);
	enum pol_status (*is_ancestor)(struct repo *repo, const struct oid *ancestor,
	                               const struct oid *commit, bool *ret_is, struct pol_error *err);
	enum pol_status (*walk)(struct repo *repo, const struct oid *tip, const struct oid *hidden,
	                        size_t count, repo_commit_visit visit, void *data, struct pol_error *err);
	enum pol_status (*each_ref)(struct repo *repo, const char *prefix, repo_ref_visit visit, void *data,
	                            struct pol_error *err);
	enum pol_status (*config)(struct repo *repo, const char *key, struct buf *value,
	                          struct pol_error *err);
	bool (*has)(struct repo *repo, const struct oid *oid);
	enum pol_status (*remote_of)(struct repo *repo, const char *url, struct buf *name,
	                             struct pol_error *err);
};

struct repo {
	const struct backend *backend;
	char *dir; /* absolute; where the git program is started, so that it reads GIT_DIR and the like as we did */
	char *top; /* NULL = bare */
	char *git_dir;
	char *index_path;
	char *object_dir; /* GIT_OBJECT_DIRECTORY, NULL = not set */
	char *alternates; /* GIT_ALTERNATE_OBJECT_DIRECTORIES, NULL = not set */
	size_t oid_size;
	bool is_shallow;
	/* libgit2 */
	struct git_repository *handle;
	struct git_odb *odb;
	/* the git program */
	struct process batch; /* git cat-file --batch, started at the first read */
};

/* Takes NAME out of "remote.NAME.url" or "remote.NAME.pushurl" as git prints keys; false for any other key. */
bool backend_remote_name(struct slice key, struct slice *ret_name);

extern const struct backend backend_libgit2;
extern const struct backend backend_git;

/* Fill repo (zeroed but for dir) from dir. POL_ENOTFOUND: no repository; POL_EGIT: there is one, but not for this
 * backend. What was filled is freed by repo_free even on failure. */
enum pol_status libgit2_open(struct repo *repo, struct pol_error *err) POL_MUST_CHECK;
enum pol_status git_open(struct repo *repo, struct pol_error *err) POL_MUST_CHECK;
/* Opens repo->git_dir again, with the object folders that repo names. */
enum pol_status libgit2_reopen(struct repo *repo, struct pol_error *err) POL_MUST_CHECK;

/* Does nothing; whoever calls into libgit2 calls it, so that offline.c is part of the program. */
void offline_link(void);

/* repo_open with the git program whatever libgit2 says; for tests, and for repo_open. */
enum pol_status repo_open_git(const char *dir, struct repo **ret_repo, struct pol_error *err) POL_MUST_CHECK;

#endif
