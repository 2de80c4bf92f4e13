/* scanner.h - finds the matches of rule sets in one file after the other. One scanner per thread: it keeps the regular
 * expressions it has compiled (on first use) and its scratch memory.
 *
 * Order of work: literals by automaton over the whole text -> the file globs of the rules that were hit -> the regular
 * expression on the candidate's line (a window of 512 bytes either side on lines over 4 KiB) -> only then the lexer,
 * for where the match begins, key paths and file conditions. */
#ifndef POLICY_RULES_SCANNER_H
#define POLICY_RULES_SCANNER_H

#include "policy/rules/lexer.h"
#include "policy/rules/ruleset.h"

/* One place where a rule matched. Slices are views of the text; data == NULL = the group took no part. */
struct match {
	const struct rule *rule;
	size_t start, end;  /* offsets of group "at", else of the match; end > start */
	struct slice whole; /* the whole match */
	struct slice id;
	struct slice reason;
	struct slice until;
	struct slice owner;
};

/* What a scan found, sorted by start, then rule id; no rule twice at one place. Memory: the arena given to scanner_run. */
struct matches {
	const struct match *items;
	size_t count;
	struct lexed lexed; /* filled when count > 0 */
	const char *
		unjudged; /* NULL, or why a part of the file could not be judged: a regular expression hit its limits */
	uint32_t unjudged_line;
};

struct scanner;

/* enabled says whether a rule is wanted (NULL: every rule that is not off); asked once per rule, here. sets[count] and
 * data must outlive the scanner. POL_ENOMEM, POL_ECONFIG for a pattern that does not compile (found here for users'
 * rules; those of packs are compiled on first use, rulec has tried them). */
enum pol_status scanner_open(const struct ruleset *const *sets, size_t count,
                             bool (*enabled)(const struct rule *rule, const void *data), const void *data,
                             struct scanner **ret_scanner, struct pol_error *err) POL_MUST_CHECK;
void scanner_free(struct scanner *scanner);
CLEANUP_DEFINE(struct scanner *, scanner, scanner_free)

/* Looks through text, the content of path. Whether a file is text at all is the caller's question (content.h). POL_ENOMEM. */
enum pol_status scanner_run(struct scanner *scanner, struct arena *arena, const char *path, struct slice text,
                            struct matches *ret_matches, struct pol_error *err) POL_MUST_CHECK;

#endif
