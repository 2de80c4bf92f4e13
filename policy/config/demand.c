/* demand.c - what a loaded policy says about one exception, one rule, one file. */
#include "policy/base/glob.h"
#include "policy/config/policy_file.h"

#include <string.h>

/* Whether one of the names (ids, codes or globs over them) means rule; NULL or empty: none does. */
static bool names_match(const char *const *names, const struct rule *rule)
{
	return glob_match_any(names, rule->id) || (*rule->code && glob_match_any(names, rule->code));
}

static bool names_hold(const char *const *names, const struct rule *rule)
{
	for (; names && *names; names++)
		if (strcmp(*names, rule->id) == 0 || (**names && strcmp(*names, rule->code) == 0))
			return true;
	return false;
}

static bool row_applies(const struct requirement *row, const struct rule *rule, enum rule_severity severity,
                        const char *path, bool in_tests)
{
	return (row->tests == CHOICE_UNSET || (row->tests == CHOICE_YES) == in_tests) &&
	       (row->kinds == 0 || row->kinds & 1U << rule->kind) &&
	       (row->severities == 0 || row->severities & 1U << severity) &&
	       (!row->rules || names_match(row->rules, rule)) &&
	       (!row->paths || glob_match_any(row->paths, path));
}

static void overrule(bool *setting, enum choice choice)
{
	if (choice != CHOICE_UNSET)
		*setting = choice == CHOICE_YES;
}

static void apply_row(struct demand *demand, const struct requirement *row)
{
	overrule(&demand->reason, row->reason);
	overrule(&demand->until, row->until);
	overrule(&demand->owner, row->owner);
	overrule(&demand->ticket, row->ticket);
	overrule(&demand->block, row->block);
	overrule(&demand->blanket, row->blanket);
	overrule(&demand->file_wide, row->file_wide);
	if (row->max_days >= 0)
		demand->max_days = row->max_days;
	if (row->severity >= 0)
		demand->severity = (enum rule_severity)row->severity;
}

struct demand policy_demand(const struct policy *policy, const struct rule *rule, enum rule_severity severity,
                            const char *path)
{
	struct demand demand = {
		.reason = true,
		.block = true,
		.blanket = true,
		.file_wide = true,
		.severity = severity,
		.in_tests = glob_list_has(policy->test_list, path),
	};

	for (size_t i = 0; i < policy->requirement_count; i++)
		if (row_applies(&policy->requirements[i], rule, severity, path, demand.in_tests))
			apply_row(&demand, &policy->requirements[i]);
	return demand;
}

bool policy_rule_enabled(const struct policy *policy, const struct rule *rule)
{
	if (names_hold(policy->rules_off, rule))
		return false;
	if (names_hold(policy->rules_on, rule))
		return true;
	if (names_match(policy->rules_off, rule))
		return false;
	return !rule->off || names_match(policy->rules_on, rule);
}

bool policy_skips(const struct policy *policy, const char *path)
{
	return glob_list_has(policy->skip_list, path);
}
