/* run.h - runs checks over a source: the one path that hooks and check programs share. */
#ifndef CHECKS_RUN_H
#define CHECKS_RUN_H

#include "checks/check.h"
#include "checks/skip.h"

struct run_options {
	const struct check *const *checks; /* ends with NULL */
	struct source_spec source;
	const char *policy_path; /* --policy; NULL = .warrant.yaml of the source */
	bool staged_policy; /* .warrant.yaml of the index instead: a hook judges a message by the policy that is committed with it */
	const struct policy
		*policy; /* to judge by instead; outlives the report. NULL = the one that is read */
	const struct oid
		*judged_by; /* the commit or tree whose requirements hold instead of the source's; or NULL */
	int32_t today;
	int32_t max_days;    /* -1 = the policy's */
	const void *subject; /* handed to the checks (check.h); or NULL */
	const struct skip *
		skip; /* which checks to leave out, if the policy lets; notes say what was done. NULL = none */
	uint64_t max_bytes; /* of content, both sides together; more is POL_ELIMIT; 0 = any */
	unsigned threads;   /* 0 = by amount of work, at most 8 */
	bool only_added; /* leaves those exceptions out of the report that the old side has too, also accepted ones */
};

extern const struct rule file_too_large_rule; /* LIM02: what is larger than a run reads */

/* Opens the source, loads the policy of the right side, judges, subtracts the old side, sorts. *ret_source is handed
 * over because the report refers to its paths: free it after the report. */
enum pol_status run_checks(const struct run_options *options, struct report *report,
                           struct source **ret_source, struct pol_error *err) POL_MUST_CHECK;

#endif
