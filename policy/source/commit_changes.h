/* commit_changes.h - what single commits change, as files of a source. Part of source_history.c. */
#ifndef POLICY_SOURCE_COMMIT_CHANGES_H
#define POLICY_SOURCE_COMMIT_CHANGES_H

#include "policy/source/commit_object.h"
#include "policy/source/files.h"

/* Works through commits one by one. Set source (of which repo, arena and files are used) and max_changes, the rest is zeroed. */
struct commit_changes {
	struct source *source;
	size_t max_changes, changes;
	struct commit_object commit, parent; /* those under way */
	struct oid_list parent_trees;        /* its parents'; those that a shallow clone lacks left out */
	struct source_commit *newest;        /* the commits that change anything, in the source's arena */
};

void commit_changes_free(struct commit_changes *changes);
CLEANUP_DEFINE_STACK(struct commit_changes, commit_changes, commit_changes_free)

/* Adds the regular files that a commit changes: against its parent, against nothing for a first commit; a merge changes what
 * differs from all of its parents, and its files carry the other parents' versions (also). Files that were moved are matched.
 * POL_EGIT, POL_ELIMIT, POL_ENOMEM. */
enum pol_status commit_changes_add(struct commit_changes *changes, const struct oid *commit,
                                   struct pol_error *err) POL_MUST_CHECK;

/* Says that there are more than max_changes. POL_ELIMIT. */
enum pol_status commit_changes_fail(size_t max_changes, struct pol_error *err) POL_MUST_CHECK;

#endif
