/* automaton.c - builds the table of an Aho-Corasick automaton: a trie of all needles, then, level by level, where each
 * state goes on when the next byte does not fit. States that end nothing come first and nearest the root first, so that
 * those visited most lie together in the cache. */
#include "policy/rules/automaton.h"

#include <stdlib.h>
#include <string.h>

enum { CLASSES_SHIFT = 6, CLASSES_MAX = 1 << CLASSES_SHIFT };

/* The trie while it grows; all but the arrays that go into the set is scratch memory. */
struct trie {
	uint16_t *next;     /* states << shift; 0 = no edge until the failures are filled in */
	uint16_t *fail;     /* per state */
	uint16_t *order;    /* states level by level */
	uint16_t *ends;     /* per needle: the state it ends in */
	uint16_t *renumber; /* per state: its number in the set */
	bool *matches;      /* per state: ends a needle */
	uint32_t count;
	uint32_t capacity;
	uint32_t shift;
	uint8_t classes[256];
};

static void trie_free(struct trie *trie)
{
	free(trie->next);
	free(trie->fail);
	free(trie->order);
	free(trie->ends);
	free(trie->renumber);
	free(trie->matches);
}
CLEANUP_DEFINE_STACK(struct trie, trie, trie_free)

/* The index-th byte of the part that is looked for. */
static unsigned char part_byte(const struct ruleset *set, const struct needle *needle, size_t index)
{
	unsigned char byte = (unsigned char)needle_text(set, needle)[needle->from + index];

	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

/* A byte and how often it stands in needles. */
struct byte_count {
	uint32_t count;
	unsigned char byte;
};

static int compare_counts(const void *left, const void *right)
{
	const struct byte_count *a = left, *b = right;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return (a->byte > b->byte) - (a->byte < b->byte);
}

/* Class 0 is for bytes that stand in no needle, each byte that does gets one of its own, with its upper case; but the
 * rarest share the last, since the scanner compares needles anyway and narrow rows keep the table in the cache. */
static void assign_classes(struct trie *trie, const struct ruleset *set, const struct needle *needles,
                           size_t count)
{
	struct byte_count counts[256];

	for (unsigned byte = 0; byte < 256; byte++)
		counts[byte] = (struct byte_count){ 0, (unsigned char)byte };
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < needles[i].size; k++)
			counts[part_byte(set, &needles[i], k)].count++;
	qsort(counts, 256, sizeof(counts[0]), compare_counts);
	for (unsigned i = 0; i < 256 && counts[i].count > 0; i++)
		trie->classes[counts[i].byte] = (uint8_t)(i + 1 < CLASSES_MAX ? i + 1 : CLASSES_MAX - 1);
	for (unsigned byte = 'A'; byte <= 'Z'; byte++)
		trie->classes[byte] = trie->classes[byte + ('a' - 'A')];
	trie->shift = CLASSES_SHIFT;
}

static bool trie_allocate(struct trie *trie, size_t needle_count)
{
	size_t states = trie->capacity;

	trie->next = calloc(states << trie->shift, sizeof(*trie->next));
	trie->fail = calloc(states, sizeof(*trie->fail));
	trie->order = calloc(states, sizeof(*trie->order));
	trie->renumber = calloc(states, sizeof(*trie->renumber));
	trie->matches = calloc(states, sizeof(*trie->matches));
	trie->ends = calloc(needle_count + 1, sizeof(*trie->ends));
	return trie->next && trie->fail && trie->order && trie->renumber && trie->matches && trie->ends;
}

static void trie_add(struct trie *trie, const struct ruleset *set, const struct needle *needle, size_t index)
{
	uint32_t state = 0;

	for (size_t k = 0; k < needle->size; k++) {
		unsigned char byte = part_byte(set, needle, k);
		uint16_t *edge = &trie->next[state << trie->shift | trie->classes[byte]];

		if (*edge == 0)
			*edge = (uint16_t)trie->count++;
		state = *edge;
	}
	trie->ends[index] = (uint16_t)state;
	trie->matches[state] = true;
}

/* A state's own edges are kept, the others are those of the state that it fails to, which is nearer the root and so
 * complete already. */
static void fill_state(struct trie *trie, uint32_t state, uint32_t *tail)
{
	const uint32_t stride = 1U << trie->shift;
	const uint16_t *fallback = &trie->next[(uint32_t)trie->fail[state] << trie->shift];
	uint16_t *edges = &trie->next[state << trie->shift];

	for (uint32_t c = 0; c < stride; c++) {
		if (edges[c] == 0) {
			edges[c] = state == 0 ? 0 : fallback[c];
			continue;
		}
		trie->fail[edges[c]] = state == 0 ? 0 : fallback[c];
		trie->order[(*tail)++] = edges[c];
	}
}

static void fill_failures(struct trie *trie)
{
	uint32_t tail = 1; /* order[0] is the root */

	for (uint32_t head = 0; head < tail; head++)
		fill_state(trie, trie->order[head], &tail);
}

/* Whether a state or one of those that it fails to ends a needle: filled level by level, so one step back is enough. */
static uint32_t number_states(struct trie *trie, bool *accepts)
{
	uint32_t number = 0, first_match;

	for (uint32_t i = 0; i < trie->count; i++) {
		uint32_t state = trie->order[i];

		accepts[state] = trie->matches[state] || (state != 0 && accepts[trie->fail[state]]);
		if (!accepts[state])
			trie->renumber[state] = (uint16_t)number++;
	}
	first_match = number;
	for (uint32_t i = 0; i < trie->count; i++)
		if (accepts[trie->order[i]])
			trie->renumber[trie->order[i]] = (uint16_t)number++;
	return first_match;
}

/* Sorts the needles by the number of the state that they end in; the order among those of one state stays. */
static enum pol_status sort_needles(struct trie *trie, struct needle *needles, size_t count,
                                    uint16_t *outputs, struct ruleset *set)
{
	const uint32_t matching = set->state_count - set->first_match;
	struct needle *sorted = calloc(count + 1, sizeof(*sorted));

	if (!sorted)
		return POL_ENOMEM;
	for (size_t i = 0; i < count; i++)
		outputs[trie->renumber[trie->ends[i]] - set->first_match + 1]++;
	for (uint32_t i = 0; i < matching; i++)
		outputs[i + 1] = (uint16_t)(outputs[i + 1] + outputs[i]);
	for (size_t i = count; i-- > 0;) {
		uint32_t state = trie->renumber[trie->ends[i]] - set->first_match;

		sorted[--outputs[state + 1]] = needles[i];
	}
	/* Each end has moved down to its state's beginning: shift them back by one place. */
	for (uint32_t i = 0; i < matching; i++)
		outputs[i] = outputs[i + 1];
	outputs[matching] = (uint16_t)count;
	memcpy(needles, sorted, count * sizeof(*needles));
	free(sorted);
	return POL_OK;
}

static void copy_rows(const struct trie *trie, uint16_t *next, uint16_t *links, uint32_t first_match)
{
	const uint32_t stride = 1U << trie->shift;

	for (uint32_t state = 0; state < trie->count; state++) {
		uint32_t number = trie->renumber[state];
		uint32_t fail = trie->renumber[trie->fail[state]];

		for (uint32_t c = 0; c < stride; c++)
			next[number << trie->shift | c] =
				trie->renumber[trie->next[state << trie->shift | c]];
		if (number >= first_match)
			links[number - first_match] = (uint16_t)(fail >= first_match ? fail : 0);
	}
}

static enum pol_status write_set(struct trie *trie, struct arena *arena, struct needle *needles, size_t count,
                                 struct ruleset *set)
{
	bool *accepts = calloc(trie->count, sizeof(*accepts));
	uint16_t *next, *outputs, *links;
	uint8_t *classes;
	uint32_t matching;

	if (!accepts)
		return POL_ENOMEM;
	set->state_count = trie->count;
	set->first_match = number_states(trie, accepts);
	free(accepts);
	matching = set->state_count - set->first_match;
	next = arena_alloc(arena, (size_t)trie->count << trie->shift, sizeof(*next));
	outputs = arena_alloc(arena, matching + 1, sizeof(*outputs));
	links = arena_alloc(arena, matching + 1, sizeof(*links));
	classes = arena_alloc(arena, sizeof(trie->classes), 1);
	if (!next || !outputs || !links || !classes)
		return POL_ENOMEM;
	memcpy(classes, trie->classes, sizeof(trie->classes));
	copy_rows(trie, next, links, set->first_match);
	set->classes = classes;
	set->shift = trie->shift;
	set->next = next;
	set->outputs = outputs;
	set->links = links;
	set->needles = needles;
	set->needle_count = count;
	return sort_needles(trie, needles, count, outputs, set);
}

enum pol_status automaton_build(struct arena *arena, struct needle *needles, size_t count,
                                struct ruleset *set, struct pol_error *err)
{
	CLEANUP(trie) struct trie trie = { .count = 1 };
	size_t bytes = 1;

	set->longest = 0;
	for (size_t i = 0; i < count; i++) {
		bytes += needles[i].size;
		if (needles[i].size > set->longest)
			set->longest = needles[i].size;
	}
	if (bytes > AUTOMATON_STATES_MAX || count > AUTOMATON_STATES_MAX)
		return pol_fail(err, POL_ECONFIG, NULL, 0,
		                "the rules have more literals than fit into one table (%d bytes); use fewer",
		                AUTOMATON_STATES_MAX);
	trie.capacity = (uint32_t)bytes;
	assign_classes(&trie, set, needles, count);
	if (!trie_allocate(&trie, count))
		return pol_fail_memory(err);
	for (size_t i = 0; i < count; i++)
		trie_add(&trie, set, &needles[i], i);
	fill_failures(&trie);
	if (write_set(&trie, arena, needles, count, set) < 0)
		return pol_fail_memory(err);
	return POL_OK;
}
