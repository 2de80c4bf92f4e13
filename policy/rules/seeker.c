/* seeker.c - the automaton's loop. Each step waits for a load that depends on the step before, so six parts of the
 * text are read at once: their loads overlap. */
#include "policy/rules/seeker.h"

#include <stdlib.h>

enum { FEW_BYTES = 256 }; /* texts under this are not worth six lanes */

/* What stays the same during a run. */
struct run {
	struct seeker *seeker;
	const unsigned char *text;
	const uint8_t *classes;
	const uint16_t *next;
	uint32_t shift;
	uint32_t first_match;
	bool failed; /* out of memory */
};

void seeker_free(struct seeker *seeker)
{
	for (int i = 0; i < SEEKER_LANES; i++)
		free(seeker->lanes[i].hits);
	*seeker = (struct seeker){ 0 };
}

__attribute__((noinline, cold)) static void add_hit(struct run *run, int lane_index, size_t end,
                                                    uint32_t state)
{
	struct seeker_lane *lane = &run->seeker->lanes[lane_index];

	if (lane->count == lane->capacity) {
		size_t capacity = lane->capacity ? lane->capacity * 2 : 256;
		struct seeker_hit *hits = realloc(lane->hits, capacity * sizeof(*hits));

		if (!hits) {
			run->failed = true;
			return;
		}
		lane->hits = hits;
		lane->capacity = capacity;
	}
	lane->hits[lane->count++] = (struct seeker_hit){ (uint32_t)end, (uint16_t)state };
}

/* The state at offset at of a lane that begins there: that of the few bytes before it, whose hits are the lane's before. */
static uint32_t warm_up(const struct run *run, size_t at, uint32_t longest)
{
	size_t i = at > longest ? at - longest : 0;
	uint32_t state = 0;

	for (; i < at; i++)
		state = run->next[state << run->shift | run->classes[run->text[i]]];
	return state;
}

static uint32_t run_one(struct run *run, size_t from, size_t to, uint32_t state)
{
	for (size_t i = from; i < to; i++) {
		state = run->next[state << run->shift | run->classes[run->text[i]]];
		if (__builtin_expect(state >= run->first_match, 0))
			add_hit(run, SEEKER_LANES - 1, i + 1, state);
	}
	return state;
}

/* Kept out of the loops, which need the registers. states are those of all lanes after the byte before end, the first
 * lane's; the others follow at size bytes each. */
__attribute__((noinline, cold)) static void add_hits(struct run *run, size_t end, size_t size,
                                                     const uint32_t states[SEEKER_LANES])
{
	for (int lane = 0; lane < SEEKER_LANES; lane++)
		if (states[lane] >= run->first_match)
			add_hit(run, lane, end + (size_t)lane * size, states[lane]);
}

/* Six lanes of size bytes each, the first at from. Returns the state after the last one. */
static uint32_t run_six(struct run *run, size_t from, size_t size, uint32_t longest)
{
	const uint16_t *const next = run->next;
	const uint8_t *const classes = run->classes;
	const uint32_t shift = run->shift, first_match = run->first_match;
	const unsigned char *a = run->text + from, *b = a + 3 * size;
	uint32_t s0 = warm_up(run, from, longest), s1 = warm_up(run, from + size, longest);
	uint32_t s2 = warm_up(run, from + 2 * size, longest), s3 = warm_up(run, from + 3 * size, longest);
	uint32_t s4 = warm_up(run, from + 4 * size, longest), s5 = warm_up(run, from + 5 * size, longest);

	for (size_t i = 1; i <= size; i++, a++, b++) {
		s0 = next[s0 << shift | classes[a[0]]];
		s1 = next[s1 << shift | classes[a[size]]];
		s2 = next[s2 << shift | classes[a[2 * size]]];
		s3 = next[s3 << shift | classes[b[0]]];
		s4 = next[s4 << shift | classes[b[size]]];
		s5 = next[s5 << shift | classes[b[2 * size]]];
		if (__builtin_expect((s0 >= first_match) | (s1 >= first_match) | (s2 >= first_match) |
		                             (s3 >= first_match) | (s4 >= first_match) | (s5 >= first_match),
		                     0))
			add_hits(run, from + i, size,
			         (const uint32_t[SEEKER_LANES]){ s0, s1, s2, s3, s4, s5 });
	}
	return s5;
}

enum pol_status seeker_run(struct seeker *seeker, const struct ruleset *set, struct slice text, size_t from,
                           size_t to)
{
	struct run run = {
		.seeker = seeker,
		.text = (const unsigned char *)text.data,
		.classes = set->classes,
		.next = set->next,
		.shift = set->shift,
		.first_match = set->first_match,
	};
	size_t part = to - from < FEW_BYTES ? 0 : (to - from) / SEEKER_LANES;
	uint32_t state;

	for (int i = 0; i < SEEKER_LANES; i++)
		seeker->lanes[i].count = 0;
	state = part > 0 ? run_six(&run, from, part, set->longest) : warm_up(&run, from, set->longest);
	(void)run_one(&run, from + SEEKER_LANES * part, to, state);
	return run.failed ? POL_ENOMEM : POL_OK;
}
