/* added.h - the exceptions that a change adds, and the trailers of its message that name them:
 *
 *     Exception: RULE PATH
 *
 * RULE is a rule's id or code; PATH is the path from the top of the repository, or a glob over it (glob.h). Bytes that no
 * message should hold stand in PATH as \xNN, as reports show them. One trailer covers all exceptions of the rule there. */
#ifndef CHECKS_COMMIT_MESSAGE_ADDED_H
#define CHECKS_COMMIT_MESSAGE_ADDED_H

#include "checks/commit-message-check/trailer.h"
#include "policy/policy.h"

/* The exceptions of one rule in one file. */
struct added_item {
	const struct rule *rule;
	const char *path;  /* as it is */
	const char *shown; /* as a trailer has it */
};

struct added {
	struct added_item *items; /* sorted by path, then rule; each pair once */
	size_t count;
};

/* What the new side of spec, staged or a range, has and the old side lacks, whether justified or not. judge tells the policy
 * and the day. Memory from arena. POL_EGIT, POL_ENOMEM, … */
enum pol_status added_find(const struct judge *judge, const struct source_spec *spec, struct arena *arena,
                           struct added *ret_added, struct pol_error *err) POL_MUST_CHECK;

/* Leaves in *added what other has too: what a merge adds is what none of its parents had. */
void added_intersect(struct added *added, const struct added *other);

/* Leaves in *added what no trailer names. POL_ENOMEM. */
enum pol_status added_drop_named(struct arena *arena, const struct trailers *trailers,
                                 struct added *added) POL_MUST_CHECK;

/* The trailers that name all of added, one a line, each with indent before it. POL_ENOMEM is a failed buffer. */
void added_write(const struct added *added, const char *indent, struct buf *buf);

#endif
