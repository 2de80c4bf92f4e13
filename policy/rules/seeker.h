/* seeker.h - runs the automaton of a rule set over a text. Internal to scanner.c. */
#ifndef POLICY_RULES_SEEKER_H
#define POLICY_RULES_SEEKER_H

#include "policy/rules/ruleset.h"

enum {
	SEEKER_LANES = 6,
	SEEKER_CHUNK = 256 *
	               1024, /* bytes looked through before the hits are judged: they stay in the cache */
};

/* The automaton came to a state that ends needles, having read the byte before end. */
struct seeker_hit {
	uint32_t end;
	uint16_t state;
};

/* The hits of one lane, in order. */
struct seeker_lane {
	struct seeker_hit *hits;
	size_t count;
	size_t capacity;
};

/* Initialise with { 0 }; memory is kept from one run to the next. Lane after lane, the hits are in order. */
struct seeker {
	struct seeker_lane lanes[SEEKER_LANES];
};

void seeker_free(struct seeker *seeker);

/* Finds the places between from (at least) and to (included) in text where needles of set end; to - from is at most
 * SEEKER_CHUNK and text under 4 GiB. Needles may begin before from. POL_ENOMEM. */
enum pol_status seeker_run(struct seeker *seeker, const struct ruleset *set, struct slice text, size_t from,
                           size_t to) POL_MUST_CHECK;

#endif
