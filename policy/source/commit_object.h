/* commit_object.h - what a commit object says of history. */
#ifndef POLICY_SOURCE_COMMIT_OBJECT_H
#define POLICY_SOURCE_COMMIT_OBJECT_H

#include "policy/source/repo.h"

/* A growing list of ids. Initialise with { 0 }. */
struct oid_list {
	struct oid *items;
	size_t count, capacity;
};

void oid_list_free(struct oid_list *list);
CLEANUP_DEFINE_STACK(struct oid_list, oid_list, oid_list_free)
enum pol_status oid_list_add(struct oid_list *list, const struct oid *oid,
                             struct pol_error *err) POL_MUST_CHECK;

/* A commit that was read; used for one after the other. Initialise with { 0 }. */
struct commit_object {
	struct oid tree;
	struct oid_list parents;
	struct buf data; /* the whole object */
};

void commit_object_free(struct commit_object *commit);
CLEANUP_DEFINE_STACK(struct commit_object, commit_object, commit_object_free)

/* Reads the commit oid, of any size: git has read it whole to get it here. POL_EGIT when it is missing or broken. */
enum pol_status commit_object_read(struct repo *repo, const struct oid *oid, struct commit_object *commit,
                                   struct pol_error *err) POL_MUST_CHECK;

/* The commit that tip is best compared with when the commits in known (and what they reach) are there already: one that tip
 * reaches and that is known, as near as can be found; tip itself when it is known. size 0: nothing of tip's history is known.
 * POL_ELIMIT when more than limit commits (0 = any number) are new. */
enum pol_status commit_fork_point(struct repo *repo, const struct oid *tip, const struct oid *known,
                                  size_t known_count, size_t limit, struct oid *ret_base,
                                  struct pol_error *err) POL_MUST_CHECK;

#endif
