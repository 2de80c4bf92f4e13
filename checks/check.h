/* check.h - a check judges one subject. Hooks and check programs run the same ones; they differ in the source alone.
 *
 * A check looks at single files (judge_file), or at the project as a whole (judge_project), or both. It judges a side and
 * never asks what changed: the runner (run.h) calls it for the new side, for the old one where the new has findings, and
 * takes away what was there before. */
#ifndef CHECKS_CHECK_H
#define CHECKS_CHECK_H

#include "policy/policy.h"

/* What a check works with; one per thread. */
struct check_context {
	const struct judge *judge;
	struct source *source;
	struct source_reader *reader;
	struct scanner *scanner; /* made ready for the policy's rules; NULL when no check of the run scans */
	struct arena scratch;    /* for one call; the runner empties it after each */
	const void *subject; /* what the caller wants judged beside the content: a struct push_ref; or NULL */
	bool *used; /* per entry of the policy's exceptions: it justified something. NULL on the old side */
};

struct check {
	const char *name;  /* "justification-check" */
	const char *about; /* one line for --help */
	/* Rules of its own that are in no pack; ends with NULL, NULL = the rules of the packs and the policy. */
	const struct rule *const *rules;
	bool scans;      /* needs context->scanner */
	bool named_only; /* judges no file but those that are named one by one: a tree holds none for it */
	/* Whether it wants a text file, asked before the file is read; NULL = all. */
	bool (*wants)(const char *path);
	/* Judges the content of path: adds exceptions and findings to report. path outlives the report. NULL = none. */
	enum pol_status (*judge_file)(struct check_context *context, const char *path, struct slice text,
	                              struct report *report, struct pol_error *err);
	/* Whether the project has to be judged: with an old side, only when one of the check's inputs changed. */
	bool (*wants_project)(const struct source *source, const struct policy *policy);
	/* Judges a side as a whole. NULL = none. */
	enum pol_status (*judge_project)(struct check_context *context, enum source_side side,
	                                 struct report *report, struct pol_error *err);
};

extern const struct check justification_check;
extern const struct check trivyignore_check;
extern const struct check license_check;
extern const struct check commit_message_check;
extern const struct check push_check;

extern const struct rule
	file_not_judged_rule; /* LIM01: a file that the justification check could not finish */

/* Judges an exception whose own justification, if any, was found: lets the policy's `exceptions:` speak for it, then
 * holds it against the policy (judge_exception). Notes used entries. POL_ENOMEM. */
enum pol_status check_exception(struct check_context *context, struct exception *exception,
                                const struct language *language, struct report *report) POL_MUST_CHECK;

/* Fills line, column, end_line, end_column, text and text_column of *exception: place, a view into line (whose number is
 * given, and which has no line end), or beginning there and going on over further lines. Memory from arena. POL_ENOMEM. */
enum pol_status check_locate(struct arena *arena, struct slice line, uint32_t number, struct slice place,
                             struct exception *exception) POL_MUST_CHECK;

#endif
