/* scan_trace.h - lets a tool watch why the scanner drops a candidate: rulec explains with it why an example is not
 * found. */
#ifndef POLICY_RULES_SCAN_TRACE_H
#define POLICY_RULES_SCAN_TRACE_H

#include "policy/rules/scanner.h"

enum scan_drop_reason {
	DROP_LITERAL,     /* only a part of the literal stands there, or not in its case */
	DROP_FILES,       /* the globs leave the file out */
	DROP_PROSE,       /* a rule without files does not read prose */
	DROP_PATTERN,     /* the pattern does not match where a literal stands */
	DROP_REQUIRES,    /* requires does not match in the file */
	DROP_UNLESS,      /* unless matches in the file */
	DROP_UNLESS_LINE, /* unless_line matches in the subject */
	DROP_WHERE,       /* begins in code, a comment, a string or prose; detail says which */
	DROP_QUOTED,      /* a marker behind a quote: talk about the marker */
	DROP_PATH,        /* the key path does not fit; detail is the path */
	DROP_REQUIRES_NEAR,
	DROP_UNLESS_NEAR,
};

struct scan_trace {
	/* Called for every drop. detail may be NULL. */
	void (*dropped)(void *data, const struct rule *rule, enum scan_drop_reason reason, size_t offset,
	                const char *detail);
	void *data;
};

void scanner_set_trace(struct scanner *scanner, struct scan_trace trace);

#endif
