/* run_policy.h - which policy a run is judged by, and what the policy file itself gives rise to. Part of run.c. */
#ifndef CHECKS_RUN_POLICY_H
#define CHECKS_RUN_POLICY_H

#include "checks/run.h"

extern const struct rule policy_changed_rule, policy_stale_rule; /* POL01, POL02 */

/* The policy of a run: --policy, else the .warrant.yaml of the side whose requirements hold (the base for a range, what
 * is staged, the tree, the work tree; options->judged_by before all of these), else the built-in one. With a range,
 * `exceptions:` are read from the new side, and a change of the requirements is added to report as an exception of kind policy. */
enum pol_status run_policy_load(const struct run_options *options, struct source *source,
                                struct policy **ret_policy, struct report *report,
                                struct pol_error *err) POL_MUST_CHECK;

/* The policy file of the index around the current folder into *data, without opening the repository where that is certain;
 * *ret_found tells whether there is one. */
enum pol_status run_policy_read_staged(struct buf *data, bool *ret_found,
                                       struct pol_error *err) POL_MUST_CHECK;

/* The policy in the file at path. */
enum pol_status run_policy_read(const char *path, struct policy **ret_policy,
                                struct pol_error *err) POL_MUST_CHECK;

/* The policy that stands in a commit or tree; without a file there the built-in one. */
enum pol_status run_policy_of(struct repo *repo, const struct oid *commit, struct policy **ret_policy,
                              struct pol_error *err) POL_MUST_CHECK;

/* The owners that are known: those of the policy and of CODEOWNERS. NULL when the policy does not ask for known owners. */
enum pol_status run_policy_owners(const struct run_options *options, struct check_context *context,
                                  const struct policy *policy, struct arena *arena,
                                  const char *const **ret_owners, struct pol_error *err) POL_MUST_CHECK;

/* Adds a finding for each entry of `exceptions:` that matched nothing although its check saw everything. */
enum pol_status run_policy_stale(const struct source *source, const struct policy *policy,
                                 const struct check *const *checks, const bool *used, struct report *report,
                                 struct pol_error *err) POL_MUST_CHECK;

#endif
