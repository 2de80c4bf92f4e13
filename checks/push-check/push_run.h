/* push_run.h - judges a whole push: every ref, what its new commits add, their messages. */
#ifndef CHECKS_PUSH_PUSH_RUN_H
#define CHECKS_PUSH_PUSH_RUN_H

#include "policy/base/text.h"

/* name is the program's, remote_name what git calls the remote, input the lines of git's pre-push protocol (push.h).
 * Writes one report to stderr; returns the exit status. */
int push_run(const char *name, const char *remote_name, struct slice input);

/* All of standard input; at most 16 MiB. POL_EIO, POL_ELIMIT. */
enum pol_status push_read_input(struct buf *input, struct pol_error *err) POL_MUST_CHECK;

#endif
