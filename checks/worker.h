/* worker.h - one thread of a run: judges one file after another, both sides, and takes away what the old one had too. Part
 * of run.c. */
#ifndef CHECKS_WORKER_H
#define CHECKS_WORKER_H

#include "checks/run.h"

#include <stdatomic.h>

enum { RUN_MAX_CHECKS = 8 };

/* What all workers share; immutable but for the atomics. */
struct run {
	const struct run_options *options;
	const struct check
		*checks[RUN_MAX_CHECKS + 1]; /* those of the options that are not skipped; ends with NULL */
	const struct policy *policy;
	struct judge judge;
	struct source *source;
	atomic_size_t next;  /* first file that nobody has taken */
	atomic_ullong bytes; /* read so far */
	atomic_bool stopped; /* a worker failed: the others end soon */
};

/* One thread's share. */
struct worker {
	struct run *run;
	struct check_context context;
	struct report report;
	struct report whole; /* where commits are judged one by one: what the range as a whole adds */
	struct buf decoded;
	enum pol_status status;
	struct pol_error error;
};

/* Readies a worker of run: its reader, and its scanner where a check looks for rules. Close it also after a failure. */
enum pol_status worker_open(struct run *run, struct worker *worker, struct pol_error *err) POL_MUST_CHECK;

void worker_close(struct worker *worker);

/* Judges one file of the source; what it adds goes to the worker's report, or to whole (above). */
enum pol_status worker_judge(struct worker *worker, const struct source_file *file,
                             struct pol_error *err) POL_MUST_CHECK;

/* Adds to report what was objectionable in file before the change, under its new path. A merge has several befores: what
 * one of them has, it does not add; what two have counts once. */
enum pol_status worker_judge_old(struct worker *worker, const struct source_file *file, struct report *report,
                                 struct pol_error *err) POL_MUST_CHECK;

/* Whether what the old side had is to be taken out of report. */
bool run_needs_old(const struct run *run, const struct report *report);

/* What the old side cannot tell (it is not there, too large, or was broken already) counts as nothing: every finding is
 * new. */
bool run_is_unknown(enum pol_status status);

/* Takes out of report what old has too. POL_ENOMEM. */
enum pol_status run_subtract(const struct run *run, struct report *report, struct report *old,
                             struct pol_error *err) POL_MUST_CHECK;

/* Moves what from holds into into. POL_ENOMEM. */
enum pol_status run_merge(struct report *into, struct report *from, struct pol_error *err) POL_MUST_CHECK;

#endif
