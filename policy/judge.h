/* judge.h - holds one exception against the policy. Pure: the day is an input. */
#ifndef POLICY_JUDGE_H
#define POLICY_JUDGE_H

#include "policy/config/policy_file.h"
#include "policy/report/report.h"
#include "policy/rules/language.h"

struct judge {
	const struct policy *policy;
	int32_t today;
	int32_t max_days;                /* --max-days: replaces the policy's caps; -1 = not given */
	const char *const *known_owners; /* of CODEOWNERS and the policy, NULL = none */
};

/* Judges *exception (whose justification is already found), sets its accepted, severity and days_left, adds it and
 * whatever is objected to to report. language decides the comment syntax of the hint; NULL when the file can't hold
 * comments: then the hint shows the entry for `exceptions:`. POL_ENOMEM. */
enum pol_status judge_exception(const struct judge *judge, struct exception *exception,
                                const struct language *language, struct report *report) POL_MUST_CHECK;

/* Objects to an exception that was judged and accepted: adds a finding that says sentence and then what the rule says, and
 * takes the acceptance back. POL_ENOMEM. */
enum pol_status judge_object(const struct judge *judge, struct exception *exception, enum problem problem,
                             const char *sentence, struct report *report) POL_MUST_CHECK;

/* Lets an entry of the policy's `exceptions:` justify *exception if its own text does not say why: fills justification.
 * Returns the entry's index, or SIZE_MAX. */
size_t judge_from_policy(const struct judge *judge, struct arena *arena, struct exception *exception);

#endif
