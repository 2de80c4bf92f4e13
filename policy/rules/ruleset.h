/* ruleset.h - many rules made ready to be looked for together: one automaton over all their literals. Built ahead of
 * time by rulec for the packs (ruleset_builtin), and when a program starts for the few rules of a .warrant.yaml. */
#ifndef POLICY_RULES_RULESET_H
#define POLICY_RULES_RULESET_H

#include "policy/rules/rule.h"

/* One literal of one rule. The automaton looks for a part of its text, size bytes from the byte from on, in lower case. */
struct needle {
	uint32_t text;  /* where it begins in texts */
	uint16_t rule;  /* index into rules */
	uint8_t length; /* of text */
	uint8_t from;
	uint8_t size;
	bool exact; /* the case of text counts: a match of the rule holds it like this or not at all (needle.h) */
};

/* Immutable. The automaton is Aho-Corasick over classes of case-folded bytes: after state s and a byte b comes
 * next[s << shift | classes[b]]. States from first_match on end needles: those of state s are needles[outputs[i]] up to
 * needles[outputs[i + 1]] with i = s - first_match, and those of links[i], of its link, and so on; 0 ends the chain.
 * The layout belongs to ruleset.c, automaton.c and seeker.c. */
struct ruleset {
	const struct rule *rules;
	size_t rule_count;
	const struct needle *needles; /* in the order of the states that they end in */
	size_t needle_count;
	const char *texts; /* of the needles: no pointers, which would have to be relocated at every start */
	const uint8_t *classes; /* 256 */
	uint32_t shift;
	const uint16_t *next; /* state_count << shift */
	uint32_t state_count;
	uint32_t first_match;
	const uint16_t *outputs; /* state_count - first_match + 1 */
	const uint16_t *links;   /* state_count - first_match */
	uint32_t longest;        /* bytes of the longest part that the automaton looks for */
	const uint16_t *groups;  /* per rule: rules of one group read the same files */
	size_t group_count;
	bool tried; /* rulec has tried all patterns: they need not be compiled before their first use */
};

static inline const char *needle_text(const struct ruleset *set, const struct needle *needle)
{
	return set->texts + needle->text;
}

/* The packs. */
const struct ruleset *ruleset_builtin(void);
/* Builds the automaton for rules[count], which must outlive the set; rules without a pattern are left out of it.
 * POL_ENOMEM; POL_ECONFIG when there are more literals than an automaton takes. */
enum pol_status ruleset_build(struct arena *arena, const struct rule *rules, size_t count,
                              struct ruleset **ret_set, struct pol_error *err) POL_MUST_CHECK;
/* By id, or by code ("TLS01" gives the first rule of that code); NULL. */
const struct rule *ruleset_find(const struct ruleset *set, struct slice name);

#endif
