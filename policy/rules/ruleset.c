/* ruleset.c - collects the literals of rules into one automaton, and the rules that read the same files into groups. */
#include "policy/rules/ruleset.h"

#include "policy/rules/automaton.h"
#include "policy/rules/literal.h"
#include "policy/rules/needle.h"

#include <stdlib.h>
#include <string.h>

static bool is_searched(const struct rule *rule)
{
	return rule->pattern && rule->pattern[0] != '\0' && rule->literals;
}

static size_t count_literals(const struct rule *rules, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; is_searched(&rules[i]) && rules[i].literals[k]; k++)
			total++;
	return total;
}

/* The needles of a set while they are collected. */
struct collection {
	struct needle *needles;
	size_t count;
	char *texts;
	size_t size;
};

static bool literal_is_usable(struct slice literal)
{
	return literal.size > 0 && literal.size <= LITERAL_MAX && slice_find_char(literal, '\n') == SIZE_MAX;
}

/* Room for all literals of the rules. */
static enum pol_status collection_allocate(struct arena *arena, const struct rule *rules, size_t count,
                                           struct collection *collection)
{
	size_t bytes = 1;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; is_searched(&rules[i]) && rules[i].literals[k]; k++)
			bytes += strlen(rules[i].literals[k]) + 1;
	collection->needles = arena_alloc(arena, count_literals(rules, count) + 1,
	                                  sizeof(*collection->needles));
	collection->texts = bytes < UINT32_MAX ? arena_alloc(arena, bytes, 1) : NULL;
	return collection->needles && collection->texts ? POL_OK : POL_ENOMEM;
}

static enum pol_status add_needle(struct collection *collection, const struct rule *rule, uint16_t index,
                                  struct slice literal, struct pol_error *err)
{
	struct slice part = needle_part(literal);

	if (!literal_is_usable(literal))
		return pol_fail(err, POL_ECONFIG, NULL, 0,
		                "rule %s: a literal must have 1 to %d bytes on one line", rule->id,
		                LITERAL_MAX);
	collection->needles[collection->count++] = (struct needle){
		.text = (uint32_t)collection->size,
		.rule = index,
		.length = (uint8_t)literal.size,
		.from = (uint8_t)(part.data - literal.data),
		.size = (uint8_t)part.size,
	};
	memcpy(collection->texts + collection->size, literal.data, literal.size);
	collection->size += literal.size + 1;
	return POL_OK;
}

/* A needle for each literal of the rule. A literal that the pattern spells in one way only becomes that spelling, so
 * that fewer lines need the pattern to be ruled out. */
static enum pol_status add_needles(struct arena *arena, struct collection *collection,
                                   const struct rule *rule, uint16_t index, struct pol_error *err)
{
	size_t count = count_literals(rule, 1);
	const char **spellings = arena_alloc(arena, count + 1, sizeof(*spellings));
	enum pol_status status = POL_OK;

	if (!spellings)
		return pol_fail_memory(err);
	(void)needle_need(arena, rule->pattern, rule->literals, spellings);
	for (size_t k = 0; k < count && status == POL_OK; k++) {
		const char *text = spellings[k] ? spellings[k] : rule->literals[k];

		status = add_needle(collection, rule, index, slice_of(text), err);
		if (status == POL_OK)
			collection->needles[collection->count - 1].exact = spellings[k] != NULL;
	}
	return status;
}

/* ---- groups of rules that read the same files --------------------------------------------------------------------------- */

struct grouping {
	uint64_t hash; /* of the two lists of globs */
	uint16_t rule;
};

static uint64_t hash_list(uint64_t hash, const char *const *list)
{
	for (size_t i = 0; list && list[i]; i++)
		hash = text_hash(hash, (struct slice){ list[i], strlen(list[i]) + 1 });
	return text_hash(hash, SLICE("\n"));
}

static bool lists_equal(const char *const *a, const char *const *b)
{
	size_t i = 0;

	if (!a || !b)
		return a == b;
	while (a[i] && b[i] && strcmp(a[i], b[i]) == 0)
		i++;
	return !a[i] && !b[i];
}

static int compare_groupings(const void *left, const void *right)
{
	const struct grouping *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

static bool reads_the_same(const struct rule *a, const struct rule *b)
{
	return lists_equal(a->files, b->files) && lists_equal(a->not_files, b->not_files);
}

/* Rules with one hash but different lists merely make a group more than there need be. */
static void number_groups(struct ruleset *set, const struct grouping *sorted, uint16_t *groups)
{
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct rule *rule = &set->rules[sorted[i].rule];

		if (i == 0 || sorted[i].hash != sorted[i - 1].hash ||
		    !reads_the_same(rule, &set->rules[sorted[i - 1].rule]))
			set->group_count++;
		groups[sorted[i].rule] = (uint16_t)(set->group_count - 1);
	}
}

static enum pol_status build_groups(struct arena *arena, struct ruleset *set)
{
	struct grouping *sorted = calloc(set->rule_count + 1, sizeof(*sorted));
	uint16_t *groups = arena_alloc(arena, set->rule_count + 1, sizeof(*groups));

	if (!sorted || !groups) {
		free(sorted);
		return POL_ENOMEM;
	}
	for (size_t i = 0; i < set->rule_count; i++) {
		uint64_t hash = hash_list(TEXT_HASH_START, set->rules[i].files);

		sorted[i] = (struct grouping){ hash_list(hash, set->rules[i].not_files), (uint16_t)i };
	}
	if (set->rule_count > 1)
		qsort(sorted, set->rule_count, sizeof(*sorted), compare_groupings);
	number_groups(set, sorted, groups);
	set->groups = groups;
	free(sorted);
	return POL_OK;
}

/* ---- the set --------------------------------------------------------------------------------------------------------------- */

enum pol_status ruleset_build(struct arena *arena, const struct rule *rules, size_t count,
                              struct ruleset **ret_set, struct pol_error *err)
{
	struct collection collection = { 0 };
	struct ruleset *set = arena_alloc(arena, 1, sizeof(*set));
	enum pol_status status = POL_OK;

	if (!set || collection_allocate(arena, rules, count, &collection) < 0)
		return pol_fail_memory(err);
	if (count > UINT16_MAX)
		return pol_fail(err, POL_ECONFIG, NULL, 0,
		                "%zu rules are more than the %d that fit into one set", count, UINT16_MAX);
	set->rules = rules;
	set->rule_count = count;
	set->texts = collection.texts;
	for (size_t i = 0; i < count && status == POL_OK; i++)
		if (is_searched(&rules[i]))
			status = add_needles(arena, &collection, &rules[i], (uint16_t)i, err);
	if (status == POL_OK)
		status = automaton_build(arena, collection.needles, collection.count, set, err);
	if (status < 0)
		return status;
	if (build_groups(arena, set) < 0)
		return pol_fail_memory(err);
	*ret_set = set;
	return POL_OK;
}

const struct rule *ruleset_find(const struct ruleset *set, struct slice name)
{
	const struct rule *by_code = NULL;

	for (size_t i = 0; i < set->rule_count; i++) {
		if (slice_equal(slice_of(set->rules[i].id), name))
			return &set->rules[i];
		if (!by_code && name.size > 0 && slice_equal_nocase(slice_of(set->rules[i].code), name))
			by_code = &set->rules[i];
	}
	return by_code;
}
