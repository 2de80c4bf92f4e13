/* push_run.h - judges a whole push: every ref, what its new commits add, their messages. On the side that sends and on the side
 * that receives. */
#ifndef CHECKS_PUSH_PUSH_RUN_H
#define CHECKS_PUSH_PUSH_RUN_H

#include "checks/push-check/limits.h"
#include "checks/skip.h"

struct push_request {
	const char *name; /* the program's */
	const char *
		remote_name; /* what git calls the remote; NULL: this is the remote, and input is in pre-receive's form */
	struct slice input; /* git's lines (push.h) */
	struct push_limits limits;
	const struct skip *skip; /* which checks to leave out, if the policy of a ref lets; NULL = none */
};

/* Writes one report to stderr; returns the exit status. */
int push_run(const struct push_request *request);

/* All of standard input; at most 16 MiB. POL_EIO, POL_ELIMIT. */
enum pol_status push_read_input(struct buf *input, struct pol_error *err) POL_MUST_CHECK;

#endif
