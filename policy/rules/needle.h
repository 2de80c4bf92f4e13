/* needle.h - what the literals of a rule are worth: which part of one to look for, and whether the rule's pattern
 * cannot match without one of them. Internal to ruleset.c and rulec. */
#ifndef POLICY_RULES_NEEDLE_H
#define POLICY_RULES_NEEDLE_H

#include "policy/base/text.h"

enum {
	NEEDLE_PART_MAX = 12
}; /* bytes of a literal that the automaton looks for; the scanner compares the rest */

/* The part of at most NEEDLE_PART_MAX bytes that is rarest in source text. */
struct slice needle_part(struct slice literal);

/* How a literal's case counts in a rule whose pattern is known to need one of its literals. */
enum needle_need {
	NEED_UNKNOWN, /* the pattern may match without, as far as can be told */
	NEED_NOCASE,  /* every match holds a literal, in any case */
	NEED_EXACT,   /* every match holds a literal in the case that the pattern gives it */
};

/* Reads the pattern of a rule and tells whether each of its alternatives must match one of the literals. Never says
 * more than it can prove: groups that may be left out, look-arounds and unusual syntax count for nothing. spellings is
 * NULL or has room for one text per literal: with NEED_EXACT, each becomes the literal as the pattern spells it (in
 * arena), or NULL when it does so in more ways than one, or memory is short. */
enum needle_need needle_need(struct arena *arena, const char *pattern, const char *const *literals,
                             const char **spellings);

#endif
