/* push.h - what a push does, as git tells its pre-push hook: one line a ref on standard input,
 *
 *     <local ref> SP <local oid> SP <remote ref> SP <remote oid> LF
 *
 * where an oid of zeros (40 or 64) stands for nothing there: no remote branch yet, or a branch to delete. The local ref
 * may be any text, blanks included, so lines are split from the right (githooks(5), git 2.39). */
#ifndef CHECKS_PUSH_PUSH_H
#define CHECKS_PUSH_PUSH_H

#include "policy/source/repo.h"

struct push_ref {
	const char *local;  /* "refs/heads/topic", "HEAD~1", "(delete)" */
	const char *remote; /* "refs/heads/main" */
	struct oid local_oid;
	struct oid remote_oid;
	bool deletes; /* the remote ref goes away */
	bool creates; /* it was not there */
};

struct push {
	const char *remote_name; /* "origin", or a URL */
	struct push_ref *refs;
	size_t count;
};

/* Reads git's lines; memory from arena. A line of another form is POL_EUSAGE: what can't be read is not let pass. */
enum pol_status push_read(struct arena *arena, struct slice input, struct push *push,
                          struct pol_error *err) POL_MUST_CHECK;

/* The commit that a ref's new content is compared with: the best common ancestor of what is pushed and what the remote is
 * known to have (the remote ref's own commit, else the remote-tracking refs). size 0: the remote has nothing of it. */
enum pol_status push_base(struct repo *repo, const struct push *push, const struct push_ref *ref,
                          struct oid *ret_base, struct pol_error *err) POL_MUST_CHECK;

#endif
