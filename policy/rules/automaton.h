/* automaton.h - Aho-Corasick: finds many texts in one pass. Internal to ruleset.c; the tables are those of struct
 * ruleset. */
#ifndef POLICY_RULES_AUTOMATON_H
#define POLICY_RULES_AUTOMATON_H

#include "policy/rules/ruleset.h"

enum { AUTOMATON_STATES_MAX = 65535 };

/* Sorts needles[count] by the state that they end in and fills set's needles, classes, shift, next, state_count,
 * first_match, outputs, links and longest. set->texts is there; every needle has
 * 1 <= size, from + size <= length. POL_ENOMEM; POL_ECONFIG
 * when there are more states than a table takes. */
enum pol_status automaton_build(struct arena *arena, struct needle *needles, size_t count,
                                struct ruleset *set, struct pol_error *err) POL_MUST_CHECK;

#endif
