/* report.h - what was seen: every exception, every objection, and some counts. Filled by checks, written by the
 * writers, and the source of the exit status. */
#ifndef POLICY_REPORT_REPORT_H
#define POLICY_REPORT_REPORT_H

#include "policy/base/date.h"
#include "policy/justification.h"
#include "policy/report/problem.h"
#include "policy/rules/rule.h"

#include <stdio.h>

/* Exit status of every program. */
enum verdict { VERDICT_ALLOWED = 0, VERDICT_REFUSED = 1, VERDICT_UNKNOWN = 2 };

/* One place where a safeguard is weakened. */
struct exception {
	const char *check; /* "justification-check" */
	const struct rule *rule;
	enum rule_severity severity; /* the rule's, unless the policy says otherwise */
	const char *path;
	uint32_t line, column;         /* 1-based, bytes */
	uint32_t end_line, end_column; /* column after the last byte */
	const char *id;                /* what it names (a CVE, the code after a marker), or NULL */
	const char *text;              /* its line, cut to a window of 200 bytes around the place */
	uint32_t text_column;          /* column in the file of text's first byte */
	bool accepted;                 /* its justification holds what the policy asks for */
	bool in_tests;                 /* in a file that the policy names under `tests` */
	struct justification justification;
	int32_t days_left; /* until minus today; only when justification.until is set */
};

/* One objection. */
struct finding {
	const char *check;
	const struct rule *rule;
	enum problem problem;
	enum rule_severity severity;
	bool blocking;
	bool in_tests;    /* as the exception's */
	bool warns;       /* blocks nothing, but people are to see it: text shows it with or without -v */
	const char *path; /* "" = the commit message or the push itself */
	uint32_t line, column, end_line, end_column; /* 0 = the whole file */
	const char *message;                         /* what is wrong, one sentence without final stop */
	const char *fix;                             /* what to do about it; never NULL */
	const char *hint; /* further lines, each ended by \n, shown as they are below the fix; or NULL */
	const char *text; /* the line at fault, or NULL */
	uint32_t text_column;
	const char *key;    /* what tells the finding from others of its rule and path; NULL = its line */
	const char *commit; /* the commit that adds it, where commits are judged one by one; else NULL */
	/* Rule, path, normalised line, problem, ordinal: the same after code has moved. Set by report_finish, 0 before. */
	uint64_t fingerprint;
};

/* Counts for the summary. */
struct report_counts {
	uint64_t files;   /* judged */
	uint64_t bytes;   /* judged */
	uint64_t binary;  /* not judged: binary, LFS pointers */
	uint64_t skipped; /* not judged: left out by the policy (vendored, generated) */
};

struct report {
	struct arena arena; /* owns all that it points to but rules and paths given by the source */
	struct exception *exceptions;
	size_t exception_count, exception_capacity;
	struct finding *findings;
	size_t finding_count, finding_capacity;
	const char **
		notes; /* things to say that block nothing, each once: "license-check has nothing to judge: …" */
	size_t note_count, note_capacity;
	struct report_counts counts;
};

void report_free(struct report *report); /* initialise with { 0 } */
CLEANUP_DEFINE_STACK(struct report, report, report_free)

/* Copy the struct, not what it points to. POL_ENOMEM. */
enum pol_status report_add_exception(struct report *report, const struct exception *exception) POL_MUST_CHECK;
enum pol_status report_add_finding(struct report *report, const struct finding *finding) POL_MUST_CHECK;
enum pol_status report_add_note(struct report *report, const char *format, ...)
	POL_PRINTF(2, 3) POL_MUST_CHECK;

/* Moves all of other into report. POL_ENOMEM. */
enum pol_status report_merge(struct report *report, struct report *other) POL_MUST_CHECK;

/* Sorts both lists by path, line, column, rule, problem, and gives each finding its fingerprint. Call it once, last. The
 * line of a fingerprint is taken without indentation and with single blanks; a finding without a line is told from
 * others by its message. */
void report_finish(struct report *report);

/* Takes out of report each finding that old has too (same rule, path, normalised line, problem, and as many of them;
 * weak-reason and link-only-reason are one problem here). A missing-reason on the old side that is gone covers what else one
 * exception on that line lacks now: weak-reason, link-only-reason, missing-until, missing-owner, missing-ticket. What blocks
 * is not taken out for what did not. Paths in old must already be those of the new side. Of equal findings the first are
 * taken out; the others keep their ordinals, so that their fingerprints are those of a run over the whole file. Sorts both
 * lists of findings. */
void report_subtract(struct report *report, struct report *old);

/* Takes out of report each exception that old has too, whether accepted or not: the same rule, path and normalised line, and
 * as many of them. POL_ENOMEM. */
enum pol_status report_subtract_exceptions(struct report *report, const struct report *old) POL_MUST_CHECK;

size_t report_count_blocking(const struct report *report);
/* VERDICT_UNKNOWN if something was not judged, VERDICT_REFUSED if a finding blocks, else VERDICT_ALLOWED. */
enum verdict report_verdict(const struct report *report);

/* What a writer may tell beside the report. */
struct report_context {
	const char *tool; /* program name */
	const char *version;
	const char *source_kind, *base, *head; /* base, head may be NULL */
	const char *top;                       /* folder that paths are relative to */
	int32_t today;
	uint64_t elapsed_ms;
	bool color;    /* text only */
	int verbosity; /* -1 quiet: summary only when refused; 0; 1 also lists accepted exceptions */
	bool warns;    /* text only: findings that warn are shown even when quiet and allowed */
};

enum report_format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_SARIF,
	FORMAT_GITHUB,
	FORMAT_GITLAB,
	FORMAT_JUNIT,
	FORMAT_COUNT
};
extern const char *const report_format_names[FORMAT_COUNT + 1]; /* ends with NULL */

/* Writes the report in a format. POL_EIO if out could not take it, POL_ENOMEM. */
enum pol_status report_write(const struct report *report, const struct report_context *context,
                             enum report_format format, FILE *out, struct pol_error *err) POL_MUST_CHECK;

/* Writes rules as a JSON array, for --list-rules --format json. POL_ENOMEM; look at ferror(out) after. */
enum pol_status report_write_rules(const struct rule *const *rules, size_t count, FILE *out) POL_MUST_CHECK;

#endif
