/* push_run.h - judges a whole push: every ref, what its new commits add, their messages. On the side that sends and on the side
 * that receives. */
#ifndef CHECKS_PUSH_PUSH_RUN_H
#define CHECKS_PUSH_PUSH_RUN_H

#include "checks/push-check/limits.h"
#include "checks/skip.h"

struct push_request {
	const char *
		remote_name; /* what git calls the remote; NULL: this is the remote, and input is in pre-receive's form */
	struct slice input; /* git's lines (push.h) */
	struct push_limits limits;
	const struct skip *skip; /* which checks to leave out, if the policy of a ref lets; NULL = none */
	const char *dir;         /* where the repository is; NULL = here */
	const char *policy_path; /* the policy for all refs; NULL = each ref's own */
	int32_t today;
	int32_t max_days; /* -1 = the policy's */
};

/* What came of a push. Reports refer to the paths of their sources, so these live as long. Initialise with { 0 }. */
struct push_result {
	struct report report;
	struct source **sources; /* one a ref that was judged */
	size_t source_count;
	struct arena arena;
};

void push_result_free(struct push_result *result);
CLEANUP_DEFINE_STACK(struct push_result, push_result, push_result_free)

/* Judges a push into *ret_result, whose report is finished; the caller frees it in any case. */
enum pol_status push_run(const struct push_request *request, struct push_result *ret_result,
                         struct pol_error *err) POL_MUST_CHECK;

/* For hooks: judges a push as of today, writes one report to stderr, returns the exit status. name is the program's. */
int push_run_hook(const char *name, const struct push_request *request);

/* All of standard input; at most 16 MiB. POL_EIO, POL_ELIMIT. */
enum pol_status push_read_input(struct buf *input, struct pol_error *err) POL_MUST_CHECK;

#endif
