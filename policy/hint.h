/* hint.h - what to write so that an exception is justified: the lines below `fix:` in a report, ready to paste. */
#ifndef POLICY_HINT_H
#define POLICY_HINT_H

#include "policy/config/policy_file.h"
#include "policy/report/problem.h"
#include "policy/rules/language.h"

struct hint_request {
	enum problem problem;
	bool unwritten; /* nothing is written yet: show all that the policy asks for */
	const struct rule *rule;
	const char *path;                /* of the exception, for an entry under `exceptions:` */
	const struct language *language; /* NULL, or without comments: show an entry under `exceptions:` */
	bool in_policy;                  /* the justification is an entry under `exceptions:` */
	enum justification_style style;
	struct demand demand; /* max_days as it holds in the end */
	int32_t today;
};

/* The lines, each ended by \n; NULL when there is nothing to show. POL_ENOMEM. */
enum pol_status hint_build(struct arena *arena, const struct hint_request *request,
                           const char **ret_hint) POL_MUST_CHECK;

/* The last day that max_days allows, or DATE_NONE without a cap (0) and when the calendar ends before. */
int32_t hint_latest_day(int32_t today, int32_t max_days);

#endif
