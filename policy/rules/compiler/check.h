/* check.h - holds packs against what rule.h asks of them: that every expression compiles, and that every example
 * behaves, in the engine that the hooks use. */
#ifndef POLICY_RULES_COMPILER_CHECK_H
#define POLICY_RULES_COMPILER_CHECK_H

#include "policy/rules/compiler/pack.h"
#include "policy/rules/scan_trace.h"

/* How far the engine came with one rule in one file, for messages. */
struct progress {
	const struct rule *rule; /* the one that is asked about */
	struct slice text;
	bool any; /* the rest is set */
	enum scan_drop_reason reason;
	size_t offset;
	char detail[128];
};

/* Sets up scanner to tell progress about progress->rule; *progress must outlive the scans. */
void progress_watch(struct scanner *scanner, struct progress *progress);
/* Appends why the rule found nothing. */
void progress_describe(const struct progress *progress, struct buf *out);

/* Prints every problem of the rules read so far. With verbose, doubts that are no problems too. */
void packs_check(struct packs *packs, bool verbose);

#endif
