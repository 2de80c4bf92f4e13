/* push.h - what a push does, one line a ref on standard input. As git tells its pre-push hook, on the side that sends:
 *
 *     <local ref> SP <local oid> SP <remote ref> SP <remote oid> LF
 *
 * and its pre-receive hook, on the side that receives:
 *
 *     <old oid> SP <new oid> SP <ref> LF
 *
 * where an oid of zeros (40 or 64) stands for nothing there: no remote branch yet, or a branch to delete. The local ref
 * may be any text, blanks included, so the former are split from the right (githooks(5), git 2.39). */
#ifndef CHECKS_PUSH_PUSH_H
#define CHECKS_PUSH_PUSH_H

#include "checks/push-check/limits.h"
#include "policy/source/commit_object.h"

struct push_ref {
	const char *local;  /* "refs/heads/topic", "HEAD~1", "(delete)"; received: as remote */
	const char *remote; /* "refs/heads/main" */
	struct oid local_oid;
	struct oid remote_oid;
	bool deletes; /* the remote ref goes away */
	bool creates; /* it was not there */
};

struct push {
	bool is_received;        /* this is the remote */
	const char *remote_name; /* "origin", or a URL; not used when received */
	struct push_ref *refs;
	size_t count;
	struct oid_list known; /* commits that the remote has (push_find_known); freed by push_free */
};

void push_free(struct push *push);

/* Reads git's lines; memory from arena. A line of another form is POL_EUSAGE: what can't be read is not let pass; over
 * max_refs (0 = any number) POL_ELIMIT. */
enum pol_status push_read(struct arena *arena, struct slice input, uint64_t max_refs, struct push *push,
                          struct pol_error *err) POL_MUST_CHECK;

/* Fills push->known with what the remote has: of a remote its remote-tracking refs here (one given by its URL may be known by
 * name), on a server all its refs; and everywhere what the push itself says is there. */
enum pol_status push_find_known(struct repo *repo, struct push *push, struct pol_error *err) POL_MUST_CHECK;

/* The commit that a ref's new content is compared with: the best common ancestor of what is pushed and what the remote is
 * known to have (the remote ref's own commit, else what push_find_known found). size 0: the remote has nothing of it.
 * POL_ENOTFOUND: what is pushed is no commit. POL_ELIMIT over max_commits new ones (0 = any number). */
enum pol_status push_base(struct repo *repo, const struct push *push, const struct push_ref *ref,
                          uint64_t max_commits, struct oid *ret_base, struct pol_error *err) POL_MUST_CHECK;

/* The commit whose policy holds for a ref: of an existing one its own on the remote; of a new one, on a server that of HEAD,
 * else its base. size 0: what is pushed speaks for itself. */
struct oid push_judge(struct repo *repo, const struct push *push, const struct push_ref *ref,
                      const struct oid *base);

/* Whether an existing ref loses what it has: its commit on the remote is no ancestor of the new one, or is not known here. Any
 * update of a tag counts. */
enum pol_status push_is_forced(struct repo *repo, const struct push_ref *ref, bool *ret_is,
                               struct pol_error *err) POL_MUST_CHECK;

/* "main" of "refs/heads/main", "v1" of "refs/tags/v1"; any other ref keeps its whole name. */
const char *push_short_name(const char *ref);

#endif
