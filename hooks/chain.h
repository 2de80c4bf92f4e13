/* chain.h - lets the hook that was there before Warrant run first (previous.h says which). Without one this costs two
 * system calls. */
#ifndef HOOKS_CHAIN_H
#define HOOKS_CHAIN_H

#include "policy/base/text.h"

/* Part of every hook binary, so that install.sh tells ours from others'. */
extern const char hook_mark[];

/* Runs the earlier hook, if there is one, with the same arguments and with input as standard input (data NULL: with ours), and
 * waits. Returns its exit status, 0 when there is none, 2 when it can't be run. Complaints go to stderr. With WARRANT_STATUS in
 * the environment it runs none, says on stderr who is there and returns 2: `install.sh --status` asks so whether git finds the
 * hook, and a commit made with the variable set is refused, not let through. */
int chain_run(char *const *argv, struct slice input);

/* Becomes the earlier hook; returns only as chain_run does, for the same reasons. */
int chain_exec(char *const *argv);

#endif
