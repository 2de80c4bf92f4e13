/* process.h - the git program as a child process: no shell, nothing on the terminal, no object ever fetched. */
#ifndef POLICY_SOURCE_PROCESS_H
#define POLICY_SOURCE_PROCESS_H

#include "policy/base/buf.h"
#include "policy/base/text.h"

#include <sys/types.h>

enum { PROCESS_MAX_ARGS = 24 };

/* What one run of git left behind. Initialise with { 0 }. */
struct process_result {
	struct buf out;
	int exit_status;
	char complaint[256]; /* first line of stderr without "fatal: ", "" = none; may hold raw bytes */
};

void process_result_free(struct process_result *result);
CLEANUP_DEFINE_STACK(struct process_result, process_result, process_result_free)

/* Runs `git -C dir args…` (args end with NULL) to its end. Any exit status is POL_OK; POL_EGIT: git could not be started
 * or was killed; POL_ELIMIT: it printed more than a gigabyte. */
enum pol_status process_run(const char *dir, const char *const *args, struct process_result *result,
                            struct pol_error *err) POL_MUST_CHECK;

/* The same with input on its stdin; git must read all of it before it prints much. */
enum pol_status process_feed(const char *dir, const char *const *args, struct slice input,
                             struct process_result *result, struct pol_error *err) POL_MUST_CHECK;

/* A git that answers requests one by one: its stdin and stdout are one socket. Initialise with { 0 }. */
struct process {
	pid_t pid; /* 0 = not running */
	int fd;
};

enum pol_status process_start(const char *dir, const char *const *args, struct process *process,
                              struct pol_error *err) POL_MUST_CHECK;
void process_stop(struct process *process); /* closes the socket and waits for the end */
CLEANUP_DEFINE_STACK(struct process, process, process_stop)

/* All of data; a child that has gone is POL_EGIT, never a signal. */
enum pol_status process_send(struct process *process, struct slice data,
                             struct pol_error *err) POL_MUST_CHECK;
/* 1 to size bytes into data, how many into *ret_size. POL_EGIT at the end of the child's output. */
enum pol_status process_receive(struct process *process, char *data, size_t size, size_t *ret_size,
                                struct pol_error *err) POL_MUST_CHECK;

#endif
