/* skip.h - leaving checks out of one run of a hook, with a trace.
 *
 *     WARRANT_SKIP=license-check WARRANT_SKIP_REASON="the licence of left-pad is settled today, LEGAL-12" git commit
 *
 * Only hooks look at these variables: what is skipped on one machine is found again by the checks in CI and on servers. */
#ifndef CHECKS_SKIP_H
#define CHECKS_SKIP_H

#include "checks/check.h"

struct skip {
	const char *
		names; /* of checks, with or without "-check", with commas between; NULL = nothing is skipped */
	const char *reason;
};

/* Takes the two values, each NULL when not set. POL_EUSAGE: a name that no check has, or no reason. */
enum pol_status skip_read(const char *names, const char *reason, struct skip *ret_skip,
                          struct pol_error *err) POL_MUST_CHECK;

/* The same from WARRANT_SKIP and WARRANT_SKIP_REASON; the environment must not change while it is used. */
enum pol_status skip_from_environment(struct skip *ret_skip, struct pol_error *err) POL_MUST_CHECK;

bool skip_names(const struct skip *skip, const struct check *check);

/* Whether the policy lets checks be skipped for that reason. POL_EUSAGE: the reason is as weak as none. */
enum pol_status skip_judge(const struct skip *skip, const struct policy *policy, bool *ret_allowed,
                           struct pol_error *err) POL_MUST_CHECK;

#endif
