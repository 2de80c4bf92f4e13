/* The tables that rulec wrote: complete, consistent, and finding every one of their own needles. What the rules find is
 * tested rule by rule in tests/rules. */
#include "policy/rules/packs.h"
#include "tests/support/rows.h"

#include <string.h>

static bool chain_holds(const struct ruleset *set, uint32_t state, size_t needle)
{
	for (; state >= set->first_match; state = set->links[state - set->first_match])
		if (needle >= set->outputs[state - set->first_match] &&
		    needle < set->outputs[state - set->first_match + 1])
			return true;
	return false;
}

static void test_every_needle_is_found(void **state)
{
	const struct ruleset *set = ruleset_builtin();

	(void)state;
	assert_true(set->needle_count > 0);
	for (size_t i = 0; i < set->needle_count; i++) {
		const struct needle *needle = &set->needles[i];
		uint32_t at = 0;

		for (size_t k = 0; k < needle->size; k++) {
			unsigned char byte = (unsigned char)needle_text(set, needle)[needle->from + k];

			at = set->next[at << set->shift | set->classes[byte]];
		}
		if (!chain_holds(set, at, i))
			fail_msg("needle %s of rule %s is not found", needle_text(set, needle),
			         set->rules[needle->rule].id);
	}
}

static void test_needles_are_literals(void **state)
{
	const struct ruleset *set = ruleset_builtin();

	(void)state;
	for (size_t i = 0; i < set->needle_count; i++) {
		const struct needle *needle = &set->needles[i];
		const char *const *literal = packs_proofs[needle->rule].literals;

		assert_in_range(needle->rule, 0, set->rule_count - 1);
		assert_int_equal(needle->length, strlen(needle_text(set, needle)));
		assert_true(needle->size > 0 && needle->from + needle->size <= needle->length);
		assert_true(needle->size <= set->longest);
		while (*literal &&
		       !slice_equal_nocase(slice_of(*literal), slice_of(needle_text(set, needle))))
			literal++;
		assert_non_null(*literal);
	}
}

static void test_states_lie_in_the_table(void **state)
{
	const struct ruleset *set = ruleset_builtin();

	(void)state;
	assert_true(set->first_match > 0 && set->first_match < set->state_count);
	for (size_t i = 0; i < (size_t)set->state_count << set->shift; i++)
		assert_true(set->next[i] < set->state_count);
	for (unsigned byte = 0; byte < 256; byte++)
		assert_true(set->classes[byte] < 1U << set->shift);
	for (unsigned byte = 'A'; byte <= 'Z'; byte++)
		assert_int_equal(set->classes[byte], set->classes[byte + ('a' - 'A')]);
	for (uint32_t i = 0; i < set->state_count - set->first_match; i++) {
		assert_true(set->outputs[i] <= set->outputs[i + 1]);
		assert_true(set->links[i] == 0 ||
		            (set->links[i] >= set->first_match && set->links[i] < set->state_count));
	}
	assert_int_equal(set->outputs[set->state_count - set->first_match], set->needle_count);
}

static void test_groups_read_the_same_files(void **state)
{
	const struct ruleset *set = ruleset_builtin();
	static const struct rule *first[UINT16_MAX];

	(void)state;
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct rule *rule = &set->rules[i];
		const struct rule **same = &first[set->groups[i]];

		assert_true(set->groups[i] < set->group_count);
		if (!*same)
			*same = rule;
		assert_int_equal(rule->files == NULL, (*same)->files == NULL);
		for (size_t k = 0; rule->files && (rule->files[k] || (*same)->files[k]); k++)
			assert_string_equal(rule->files[k], (*same)->files[k]);
	}
}

static void test_is_found_by_id_and_code(void **state)
{
	const struct ruleset *set = ruleset_builtin();

	(void)state;
	assert_true(set->tried);
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct rule *by_code = ruleset_find(set, slice_of(set->rules[i].code));

		assert_ptr_equal(ruleset_find(set, slice_of(set->rules[i].id)), &set->rules[i]);
		assert_non_null(by_code);
		assert_string_equal(by_code->code, set->rules[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_needle_is_found),
		cmocka_unit_test(test_needles_are_literals),
		cmocka_unit_test(test_states_lie_in_the_table),
		cmocka_unit_test(test_groups_read_the_same_files),
		cmocka_unit_test(test_is_found_by_id_and_code),
	};

	return cmocka_run_group_tests_name("the rules that are built in", tests, NULL, NULL);
}
