/* Rule sets: what the automaton finds is what a plain search finds, whatever the needles and wherever they stand; sets
 * are the same for the same rules; limits and memory. */
#include "policy/rules/ruleset.h"
#include "policy/rules/seeker.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct rule rule_with(const char *id, const char *const *literals)
{
	return (struct rule){ .id = id,
		              .code = "",
		              .title = "",
		              .message = "",
		              .why = "",
		              .fix = "",
		              .literals = literals,
		              .pattern = "." };
}

static struct ruleset *build(struct arena *arena, const struct rule *rules, size_t count)
{
	struct ruleset *set = NULL;
	struct pol_error err = { 0 };

	assert_int_equal(ruleset_build(arena, rules, count, &set, &err), POL_OK);
	return set;
}

/* ---- against a plain search ---------------------------------------------------------------------------------------------- */

static const struct row {
	const char *name;
	const char *const *literals;
	const char *text;
} rows[] = {
	{ "one", LIST("abc"), "xxabcxxabcabx" },
	{ "case is folded", LIST("abc", "DEF"), "ABC aBc def DEF dEf" },
	{ "one within the other", LIST("abcd", "bc", "c"), "abcd abc xbcx c" },
	{ "one the end of the other", LIST("xabc", "abc", "bc"), "xabc abc bc" },
	{ "overlapping", LIST("aba", "bab"), "abababa" },
	{ "the same twice", LIST("abc", "abc"), "abc" },
	{ "one byte", LIST("a"), "banana" },
	{ "failure keeps what fits", LIST("aab", "abaa"), "aaabaaab" },
	{ "bytes over 127", LIST("\xc3\xa4\xc3\xb6", "\xff"), "\xc3\xa4\xc3\xb6 \xff \xc3\xa4" },
	{ "punctuation", LIST("==>", "=\">", "# "), "a ==> b =\"> # x" },
	{ "nothing", LIST("abc"), "xyz" },
	{ "empty text", LIST("abc"), "" },
	{ "at both ends", LIST("ab", "yz"), "ab...yz" },
};

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool stands_at(const struct ruleset *set, struct slice text, size_t end, const struct needle *needle)
{
	if (end < needle->size)
		return false;
	for (size_t i = 0; i < needle->size; i++)
		if (fold(text.data[end - needle->size + i]) !=
		    fold(needle_text(set, needle)[needle->from + i]))
			return false;
	return true;
}

/* Notes in found[end * needles + needle] what the automaton says, through all chains. */
static void note_hits(const struct ruleset *set, const struct seeker *seeker, unsigned char *found)
{
	for (int lane = 0; lane < SEEKER_LANES; lane++)
		for (size_t i = 0; i < seeker->lanes[lane].count; i++) {
			struct seeker_hit hit = seeker->lanes[lane].hits[i];

			for (uint32_t s = hit.state; s >= set->first_match;
			     s = set->links[s - set->first_match])
				for (size_t n = set->outputs[s - set->first_match];
				     n < set->outputs[s - set->first_match + 1]; n++)
					found[hit.end * set->needle_count + n]++;
		}
}

static void expect_plain_search(const struct ruleset *set, struct slice text)
{
	struct seeker seeker = { 0 };
	unsigned char *found = calloc((text.size + 1) * (set->needle_count + 1), 1);
	const size_t chunk = text.size / 3 + 1;

	assert_non_null(found);
	for (size_t from = 0; from < text.size; from += chunk) {
		size_t to = from + chunk < text.size ? from + chunk : text.size;

		assert_int_equal(seeker_run(&seeker, set, text, from, to), POL_OK);
		note_hits(set, &seeker, found);
	}
	for (size_t end = 0; end <= text.size; end++)
		for (size_t n = 0; n < set->needle_count; n++)
			if (found[end * set->needle_count + n] != stands_at(set, text, end, &set->needles[n]))
				fail_msg("needle %s at %zu: found %u times",
				         needle_text(set, &set->needles[n]), end,
				         found[end * set->needle_count + n]);
	free(found);
	seeker_free(&seeker);
}

static void check_row(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule rule = rule_with("a-rule", row->literals);

	expect_plain_search(build(&arena, &rule, 1), slice_of(row->text));
}

/* A fixed sequence that looks random. */
static unsigned next_number(unsigned *seed)
{
	*seed = *seed * 1103515245U + 12345U;
	return *seed >> 16;
}

enum { RANDOM_LITERALS = 20, RANDOM_TEXT = 4000 };

static void test_many_random(void **state)
{
	static char text[RANDOM_TEXT];
	static char literals[RANDOM_LITERALS][8];
	const char *list[RANDOM_LITERALS + 1] = { NULL };
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 20; round++) {
		CLEANUP(arena) struct arena arena = { 0 };
		struct rule rule = rule_with("a-rule", list);
		size_t size = 1 + next_number(&seed) % RANDOM_TEXT;

		for (size_t i = 0; i < RANDOM_LITERALS; i++) {
			size_t length = 1 + next_number(&seed) % 6;

			memset(literals[i], 0, sizeof(literals[i]));
			for (size_t k = 0; k < length; k++)
				literals[i][k] = "abcAB"[next_number(&seed) % 5];
			list[i] = literals[i];
		}
		for (size_t i = 0; i < size; i++)
			text[i] = "abcABC\n"[next_number(&seed) % 7];
		expect_plain_search(build(&arena, &rule, 1), (struct slice){ text, size });
	}
}

/* Bytes beyond the number of classes share one: more is found, never less, and the scanner compares. */
static void test_more_bytes_than_classes(void **state)
{
	static char literals[200][2];
	const char *list[201] = { NULL };
	CLEANUP(arena) struct arena arena = { 0 };
	struct rule rule = rule_with("a-rule", list);
	struct ruleset *set;

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		literals[i][0] = (char)(i + 11);
		list[i] = literals[i];
	}
	set = build(&arena, &rule, 1);
	for (size_t i = 0; i < 200; i++)
		assert_true(set->next[set->classes[(unsigned char)literals[i][0]]] >= set->first_match);
	assert_true(set->next[set->classes[1]] < set->first_match);
}

/* ---- the set --------------------------------------------------------------------------------------------------------------- */

static const char *const abcd[] = { "abcd", NULL };

static void test_groups(void **state)
{
	struct rule rules[5];
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		rules[i] = rule_with("a-rule", abcd);
	rules[0].files = LIST("*.a", "*.b");
	rules[1].files = LIST("*.a");
	rules[2].files = LIST("*.a", "*.b");
	rules[3].files = LIST("*.a", "*.b");
	rules[3].not_files = LIST("x");
	set = build(&arena, rules, 5);
	assert_int_equal(set->group_count, 4);
	assert_int_equal(set->groups[0], set->groups[2]);
	for (size_t i = 1; i < 5; i++)
		assert_true(i == 2 || set->groups[i] != set->groups[0]);
}

static void test_find(void **state)
{
	struct rule rules[3];
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set;

	(void)state;
	rules[0] = rule_with("first", LIST("abcd"));
	rules[1] = rule_with("second", LIST("abcd"));
	rules[2] = rule_with("third", LIST("abcd"));
	rules[1].code = rules[2].code = "TLS01";
	set = build(&arena, rules, 3);
	assert_ptr_equal(ruleset_find(set, SLICE("third")), &rules[2]);
	assert_ptr_equal(ruleset_find(set, SLICE("TLS01")), &rules[1]);
	assert_ptr_equal(ruleset_find(set, SLICE("tls01")), &rules[1]);
	assert_null(ruleset_find(set, SLICE("TLS0")));
	assert_null(ruleset_find(set, SLICE("")));
}

static void test_rules_without_pattern_are_left_out(void **state)
{
	struct rule rules[2] = { rule_with("a", LIST("abcd")), rule_with("b", NULL) };
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set;

	(void)state;
	rules[0].pattern = "";
	set = build(&arena, rules, 2);
	assert_int_equal(set->rule_count, 2);
	assert_int_equal(set->needle_count, 0);
	expect_plain_search(set, SLICE("abcd"));
}

static void test_no_rules(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };

	(void)state;
	expect_plain_search(build(&arena, NULL, 0), SLICE("abcd"));
}

static void test_case_where_it_counts(void **state)
{
	struct rule rule = rule_with("a", LIST("insecureskipverify", "verify=none"));
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set;

	(void)state;
	rule.pattern = "InsecureSkipVerify|verify=none|VERIFY=NONE";
	set = build(&arena, &rule, 1);
	for (size_t i = 0; i < set->needle_count; i++) {
		bool is_first = set->needles[i].length == strlen("InsecureSkipVerify");

		assert_int_equal(set->needles[i].exact, is_first);
		assert_string_equal(needle_text(set, &set->needles[i]),
		                    is_first ? "InsecureSkipVerify" : "verify=none");
	}
}

static void test_too_many_literals(void **state)
{
	enum { COUNT = 7000 };
	static char literals[COUNT][32];
	static const char *list[COUNT + 1];
	struct rule rule = rule_with("a", list);
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set = NULL;
	struct pol_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		(void)snprintf(literals[i], sizeof(literals[i]), "%zu literal", 1000 + i);
		list[i] = literals[i];
	}
	assert_int_equal(ruleset_build(&arena, &rule, 1, &set, &err), POL_ECONFIG);
	assert_null(set);
	assert_non_null(strstr(err.message, "literals"));
}

static void test_bad_literals(void **state)
{
	static const char *const bad[] = { "", "a\nb" };
	CLEANUP(arena) struct arena arena = { 0 };
	struct ruleset *set = NULL;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct rule rule = rule_with("a", LIST(bad[i]));

		assert_int_equal(ruleset_build(&arena, &rule, 1, &set, NULL), POL_ECONFIG);
	}
	assert_null(set);
}

/* A spelling that finds no memory costs speed only; every other allocation is needed. */
static void test_memory_ends(void **state)
{
	struct rule rules[2] = { rule_with("a", LIST("abcd")), rule_with("b", LIST("bcde", "xyz")) };
	unsigned failures = 0, fail_at = 1;
	bool is_over = false;

	(void)state;
	rules[0].pattern = "abcd";
	for (; !is_over && fail_at < 100; fail_at++) {
		CLEANUP(arena) struct arena arena = { .fail_at = fail_at };
		struct ruleset *set = NULL;
		struct pol_error err = { 0 };
		enum pol_status status = ruleset_build(&arena, rules, 2, &set, &err);

		is_over = arena.fail_at > 0;
		failures += status != POL_OK;
		if (status == POL_OK)
			expect_plain_search(set, SLICE("abcde"));
		else
			assert_true(status == POL_ENOMEM && err.status == POL_ENOMEM && !set);
	}
	assert_true(is_over);
	assert_true(failures + 3 >= fail_at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_random),
		cmocka_unit_test(test_more_bytes_than_classes),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_rules_without_pattern_are_left_out),
		cmocka_unit_test(test_no_rules),
		cmocka_unit_test(test_case_where_it_counts),
		cmocka_unit_test(test_too_many_literals),
		cmocka_unit_test(test_bad_literals),
		cmocka_unit_test(test_memory_ends),
	};
	int failed = ROWS_RUN("automaton", rows, check_row);

	return failed + cmocka_run_group_tests_name("rule sets", tests, NULL, NULL);
}
