/* packs.h - the rules of policy/rules/packs as rulec writes them into build/gen. */
#ifndef POLICY_RULES_PACKS_H
#define POLICY_RULES_PACKS_H

#include "policy/rules/ruleset.h"

/* literals, match and no_match of its rules are NULL: they stand in packs_proofs, which hooks do not carry. */
extern const struct ruleset packs_ruleset;

/* What shows that a rule works. */
struct packs_proof {
	const char *const *literals;
	const struct rule_example *match;
	const struct rule_example *no_match;
};

/* One per rule of packs_ruleset, in its order; ends with NULLs. For --explain and tests. */
extern const struct packs_proof packs_proofs[];

#endif
