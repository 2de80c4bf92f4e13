/* repeated.h - the same reason at more places than the policy allows: pasted, not thought about. Judged last, when all
 * exceptions are known. Pure. */
#ifndef POLICY_REPEATED_H
#define POLICY_REPEATED_H

#include "policy/judge.h"

/* The paths of exceptions whose reason stands at more places of report than the policy's max_same allows: sorted, each
 * once, ended by NULL, in scratch. *ret_paths = NULL when there are none. POL_ENOMEM. */
enum pol_status repeated_paths(const struct judge *judge, const struct report *report, struct arena *scratch,
                               const char *const **ret_paths) POL_MUST_CHECK;

/* Objects to the accepted exceptions of report that make a reason stand at more places than allowed. The first max_same
 * places, by path and line, are let be; and so is what old, the same paths before the change, holds too (NULL = nothing
 * was there before): then as many places are let be as there were. POL_ENOMEM. */
enum pol_status repeated_judge(const struct judge *judge, struct report *report, const struct report *old,
                               struct arena *scratch) POL_MUST_CHECK;

#endif
