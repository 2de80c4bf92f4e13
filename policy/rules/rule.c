/* rule.c - the names of what a rule is made of. */
#include "policy/rules/rule.h"

const char *const rule_kind_names[KIND_COUNT] = {
	[KIND_SETTING] = "setting", [KIND_SUPPRESSION] = "suppression", [KIND_IGNORE] = "ignore",
	[KIND_LICENSE] = "license", [KIND_POLICY] = "policy",
};

const char *const rule_severity_names[SEVERITY_COUNT] = {
	[SEVERITY_LOW] = "low",
	[SEVERITY_MEDIUM] = "medium",
	[SEVERITY_HIGH] = "high",
};

const char *const rule_scope_names[SCOPE_COUNT] = {
	[SCOPE_LINE] = "line",
	[SCOPE_NEXT_LINE] = "next-line",
	[SCOPE_STATEMENT] = "statement",
	[SCOPE_BLOCK] = "block",
	[SCOPE_FILE] = "file",
	[SCOPE_RESOURCE] = "resource",
	[SCOPE_REPOSITORY] = "repository",
};

const char *const rule_place_names[PLACE_COUNT] = {
	[PLACE_TRAILING] = "trailing",
	[PLACE_ABOVE] = "above",
	[PLACE_BELOW] = "below",
};

int rule_name_index(const char *const *names, int count, struct slice name)
{
	for (int i = 0; i < count; i++)
		if (slice_equal(slice_of(names[i]), name))
			return i;
	return -1;
}
