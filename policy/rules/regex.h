/* regex.h - PCRE2 within bounds: the only place that includes its header.
 *
 * Bytes, not UTF-8; ^ and $ also at line ends, which are LF; . is any byte but LF; names may be given twice. Not
 * allowed in patterns: \C, (*UTF), (*UCP), more than 16 KiB, more than 63 groups. */
#ifndef POLICY_RULES_REGEX_H
#define POLICY_RULES_REGEX_H

#include "policy/base/text.h"

struct regex;

/* What a thread needs to match: scratch memory, limits, and where the last match and its groups lie. */
struct regex_engine;

enum regex_answer {
	REGEX_NO,
	REGEX_YES,
	REGEX_LIMIT, /* too many steps, too deep or too much memory: it is not known whether it matches */
};

/* What to look at. */
struct regex_subject {
	const char *data;
	size_t size;
	bool not_bol; /* data does not begin at the start of a line: ^ does not match there */
	bool not_eol; /* nor end at the end of one */
};

/* POL_ENOMEM. */
enum pol_status regex_engine_open(struct regex_engine **ret_engine, struct pol_error *err) POL_MUST_CHECK;
void regex_engine_free(struct regex_engine *engine);
CLEANUP_DEFINE(struct regex_engine *, regex_engine, regex_engine_free)

/* POL_ECONFIG with the place in the pattern, POL_ENOMEM. */
enum pol_status regex_compile(const struct regex_engine *engine, const char *pattern,
                              struct regex **ret_regex, struct pol_error *err) POL_MUST_CHECK;
void regex_free(struct regex *regex);

/* Looks for the first match at or after offset from. Turns to machine code once a pattern has been used so much that
 * this pays. */
enum regex_answer regex_match(struct regex_engine *engine, struct regex *regex,
                              const struct regex_subject *subject, size_t from);
/* Where the last match, which was one of regex, lies in its subject: group name, or the whole for NULL. False when
 * there is no such group or it took no part. */
bool regex_group(const struct regex_engine *engine, const struct regex *regex, const char *name,
                 size_t *ret_start, size_t *ret_end);

#endif
