/* repo.h - one git repository, read only. Behind it libgit2, or, where libgit2 refuses (SHA-256, reftable, unknown
 * extensions), the git program itself; callers see no difference but speed. Nothing is ever written, no lock is taken,
 * no object is fetched. */
#ifndef POLICY_SOURCE_REPO_H
#define POLICY_SOURCE_REPO_H

#include "policy/base/arena.h"
#include "policy/base/buf.h"
#include "policy/base/text.h"

#include <stdbool.h>

enum { OID_MAX_BYTES = 32, OID_MAX_HEX = 65 };

/* An object's name. size is 20 (SHA-1) or 32 (SHA-256); 0 = no object. */
struct oid {
	uint8_t size;
	uint8_t bytes[OID_MAX_BYTES];
};

bool oid_equal(const struct oid *a, const struct oid *b);
bool oid_is_null(const struct oid *oid); /* size 0, or all bytes zero */
void oid_format(const struct oid *oid, char ret_hex[OID_MAX_HEX]);
bool oid_parse(struct slice hex, struct oid *ret_oid); /* exactly 40 or 64 digits */

enum object_type { OBJECT_COMMIT = 1, OBJECT_TREE = 2, OBJECT_BLOB = 3, OBJECT_TAG = 4 };

struct repo;

/* The repository that dir lies in, GIT_DIR, GIT_WORK_TREE, GIT_OBJECT_DIRECTORY and the like honoured (so it works in a
 * hook, a linked work tree and a server's quarantine). POL_ENOTFOUND: dir is in no repository. POL_EGIT: there is one,
 * but it can't be read (why, and how to go on). */
enum pol_status repo_open(const char *dir, struct repo **ret_repo, struct pol_error *err) POL_MUST_CHECK;
void repo_free(struct repo *repo);
CLEANUP_DEFINE(struct repo *, repo, repo_free)

/* Another handle on the same repository, for another thread. */
enum pol_status repo_reopen(const struct repo *repo, struct repo **ret_repo,
                            struct pol_error *err) POL_MUST_CHECK;

const char *repo_top(const struct repo *repo); /* work tree without final /, NULL for a bare repository */
const char *repo_index_path(const struct repo *repo); /* GIT_INDEX_FILE if set, else the work tree's index */
const char *repo_git_dir(const struct repo *repo);    /* without final / */
size_t repo_oid_size(const struct repo *repo);        /* 20 or 32 */
bool repo_uses_libgit2(const struct repo *repo);
bool repo_is_shallow(const struct repo *repo); /* history ends before its beginning */

/* Reads an object into *data (cleared first). limit is the most bytes wanted, 0 = any. POL_EGIT when it is missing or
 * broken ("not checked: …"), POL_ELIMIT when larger than limit; *ret_type may be NULL. */
enum pol_status repo_read(struct repo *repo, const struct oid *oid, size_t limit, struct buf *data,
                          enum object_type *ret_type, struct pol_error *err) POL_MUST_CHECK;

/* Whether an object is there. */
bool repo_has(struct repo *repo, const struct oid *oid);

/* The commit that a revision names, tags peeled ("HEAD", "v1", "HEAD~3", an id). POL_ENOTFOUND: no such revision, or
 * HEAD of a repository without commits. */
enum pol_status repo_resolve(struct repo *repo, const char *revision, struct oid *ret_commit,
                             struct pol_error *err) POL_MUST_CHECK;
/* The tree of a commit, or of a tag or tree id given instead. */
enum pol_status repo_tree_of(struct repo *repo, const struct oid *commit, struct oid *ret_tree,
                             struct pol_error *err) POL_MUST_CHECK;
/* The object that an id leads to through tags, and its type (never OBJECT_TAG). POL_EGIT. */
enum pol_status repo_peel(struct repo *repo, const struct oid *oid, struct oid *ret_oid,
                          enum object_type *ret_type, struct pol_error *err) POL_MUST_CHECK;
/* A merge base of two commits. POL_ENOTFOUND: unrelated histories. In a shallow repository whose history ends before a
 * merge base: POL_EGIT, with the fetch to run. */
enum pol_status repo_merge_base(struct repo *repo, const struct oid *a, const struct oid *b,
                                struct oid *ret_base, struct pol_error *err) POL_MUST_CHECK;
/* True when ancestor is reachable from commit (or equal to it). */
enum pol_status repo_is_ancestor(struct repo *repo, const struct oid *ancestor, const struct oid *commit,
                                 bool *ret_is, struct pol_error *err) POL_MUST_CHECK;

/* Calls visit for each commit reachable from tip but from none of hidden[count], newest first and never a
 * parent before its child; visit may end the walk by returning other than POL_OK, which is handed on. */
enum pol_status repo_walk(struct repo *repo, const struct oid *tip, const struct oid *hidden, size_t count,
                          enum pol_status (*visit)(const struct oid *commit, void *data,
                                                   struct pol_error *err),
                          void *data, struct pol_error *err) POL_MUST_CHECK;

/* Calls visit for each ref whose full name matches a prefix such as "refs/remotes/origin/"; tags peeled to commits,
 * refs that name no commit left out. */
enum pol_status repo_each_ref(struct repo *repo, const char *prefix,
                              enum pol_status (*visit)(const char *name, const struct oid *commit, void *data,
                                                       struct pol_error *err),
                              void *data, struct pol_error *err) POL_MUST_CHECK;

/* The name of the remote whose url or pushurl is configured as just that, into *name; empty when there is none. */
enum pol_status repo_remote_of(struct repo *repo, const char *url, struct buf *name,
                               struct pol_error *err) POL_MUST_CHECK;

/* A configuration value as git sees it, into *value. POL_ENOTFOUND: not set. */
enum pol_status repo_config(struct repo *repo, const char *key, struct buf *value,
                            struct pol_error *err) POL_MUST_CHECK;

#endif
