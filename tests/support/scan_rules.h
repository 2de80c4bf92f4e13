/* scan_rules.h - small rule sets for tests of the scanner. */
#ifndef TESTS_SUPPORT_SCAN_RULES_H
#define TESTS_SUPPORT_SCAN_RULES_H

#include "policy/rules/scanner.h"
#include "tests/support/rows.h"

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* A rule as rulec would have it: the members that the tables leave out are filled in. */
static inline struct rule complete(const struct rule *rule)
{
	struct rule whole = *rule;

	whole.id = "a-rule";
	whole.code = whole.title = whole.message = whole.why = whole.fix = "";
	return whole;
}

static inline struct scanner *open_scanner(struct arena *arena, const struct rule *rules, size_t count)
{
	struct ruleset *set;
	const struct ruleset *sets[1];
	struct scanner *scanner;
	struct pol_error err = { 0 };

	assert_int_equal(ruleset_build(arena, rules, count, &set, &err), POL_OK);
	sets[0] = set;
	assert_int_equal(scanner_open(sets, 1, NULL, NULL, &scanner, &err), POL_OK);
	return scanner;
}

#endif
