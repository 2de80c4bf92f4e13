/* scan.h - what the parts of the scanner share: scanner.c finds candidates, matcher.c confirms them. */
#ifndef POLICY_RULES_SCAN_H
#define POLICY_RULES_SCAN_H

#include "policy/rules/scan_trace.h"
#include "policy/rules/seeker.h"
#include "policy/rules/window.h"

/* The regular expressions of a rule. */
enum regex_role {
	ROLE_PATTERN,
	ROLE_REQUIRES,
	ROLE_UNLESS,
	ROLE_UNLESS_LINE,
	ROLE_REQUIRES_NEAR,
	ROLE_UNLESS_NEAR,
	ROLE_COUNT
};

enum answer { ANSWER_UNKNOWN, ANSWER_YES, ANSWER_NO };

/* Per rule of a set. */
struct rule_state {
	struct regex **regexes; /* ROLE_COUNT of them, each NULL until used; NULL until the first is used */
	bool enabled;
	/* Of the file with this stamp; older values count as 0. */
	uint32_t stamp;
	bool given_up;       /* a regular expression hit its limits */
	enum answer in_file; /* requires and unless hold */
	size_t done_to;      /* literals that end up to here have been judged */
	size_t reach;    /* bytes that the last window on a long line reached beyond its literal's margin */
	size_t last_end; /* of the last match */
};

/* Per group of rules that read the same files. */
struct group_state {
	uint32_t stamp;
	bool reads;
};

struct scan_set {
	const struct ruleset *set;
	struct rule_state *rules;
	struct group_state *groups;
};

struct scanner {
	struct scan_set *sets;
	size_t set_count;
	struct regex_engine *engine;
	struct seeker seeker;
	struct buf copy;      /* of a subject without its CRs */
	struct buf near_copy; /* of the lines near a match */
	uint32_t stamp;       /* the number of the file */
	struct scan_trace trace;
};

/* One file while it is looked through. */
struct scan {
	struct scanner *scanner;
	struct arena *arena;
	struct pol_error *err;
	const char *path;
	struct slice text;
	const struct language *language; /* NULL until asked for */
	struct lexed lexed;
	bool is_lexed;
	struct window line; /* the line looked at last */
	struct match *items;
	size_t count;
	size_t capacity;
	size_t budget; /* bytes that regular expressions may still be shown */
	const char *unjudged;
	size_t unjudged_at;
};

/* A place to look at for one rule. */
struct candidate {
	struct rule_state *state;
	const struct rule *rule;
	struct window window; /* what the pattern is asked about */
	size_t from, to;      /* a match must touch these bytes: the literal's line, or the part of it */
	size_t literal;       /* where the literal stands */
};

const struct language *scan_language(struct scan *scan);
/* The compiled expression of a rule's role. POL_ENOMEM, POL_ECONFIG. */
enum pol_status scan_expression(const struct scanner *scanner, struct rule_state *state,
                                const struct rule *rule, enum regex_role role, struct regex **ret_regex,
                                struct pol_error *err) POL_MUST_CHECK;
/* Takes bytes off the budget; false, with the file marked as not judged, when there is too little. */
bool scan_spend(struct scan *scan, size_t bytes, size_t offset);
void scan_drop(const struct scan *scan, const struct rule *rule, enum scan_drop_reason reason, size_t offset,
               const char *detail);

/* Whether match, which begins at begin, begins where its rule looks. The text must be taken apart. (matcher_where.c) */
bool match_begins_where_it_may(const struct scan *scan, const struct match *match, size_t begin);

/* Confirms a candidate: adds the matches in its window to scan->items. POL_ENOMEM, POL_ECONFIG. */
enum pol_status matcher_run(struct scan *scan, const struct candidate *candidate) POL_MUST_CHECK;

#endif
