/* The scanner on texts that want to cost time or memory: it stays within bounds, and what it could not judge is said. */
#include "tests/support/scan_rules.h"

#include <string.h>

static const struct rule in_code = { .where = WHERE_CODE, .literals = LIST("danger"), .pattern = "danger" };
static const struct rule verify = { .literals = LIST("verify"), .pattern = "verify\\s*=\\s*False\\b" };
static const struct rule whole_line = { .literals = LIST("danger"), .pattern = "^danger$" };
static const struct rule key_path = { .literals = LIST("privileged"),
	                              .pattern = "privileged:\\s*true",
	                              .path = "**.securityContext" };
static const struct rule catastrophe = { .literals = LIST("aaaa"), .pattern = "^(?:a+)+$" };
static const struct rule deep = { .literals = LIST("danger"),
	                          .pattern = "danger",
	                          .requires_ = "(?<p>\\((?&p)*\\))" };

static void expect_unjudged(const struct rule *of, const char *text)
{
	struct rule rule = complete(of);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	assert_int_equal(scanner_run(scanner, &arena, "a.c", slice_of(text), &matches, NULL), POL_OK);
	assert_non_null(matches.unjudged);
	assert_int_equal(matches.unjudged_line, 2);
}

static void test_too_many_steps(void **state)
{
	(void)state;
	expect_unjudged(&catastrophe, "x\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\nx\n");
}

/* Also when the expression has become machine code. */
static void test_too_many_steps_after_much_use(void **state)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct rule rule = complete(&catastrophe);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_add_string(&text, "aaaa\n");
	buf_add_string(&text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\naaaa\n");
	assert_int_equal(
		scanner_run(scanner, &arena, "a.c", (struct slice){ text.data, text.size }, &matches, NULL),
		POL_OK);
	assert_non_null(matches.unjudged);
	assert_int_equal(matches.unjudged_line, 101);
	assert_int_equal(matches.count, 100);
}

static void test_too_deep(void **state)
{
	CLEANUP(buf) struct buf text = { 0 };

	(void)state;
	buf_add_string(&text, "x\ndanger\n");
	for (int i = 0; i < 100 * 1000; i++)
		buf_add_char(&text, '(');
	buf_add_string(&text, "x)");
	expect_unjudged(&deep, text.data);
}

static void test_nul_bytes(void **state)
{
	static const char text[] = "a\0danger\0\n\0danger";
	struct rule rule = complete(&in_code);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	assert_int_equal(
		scanner_run(scanner, &arena, "a.c", (struct slice){ text, sizeof(text) - 1 }, &matches, NULL),
		POL_OK);
	assert_int_equal(matches.count, 2);
	assert_int_equal(matches.items[1].start, 11);
}

/* One line of many megabytes that is nothing but literals: every place is found or the file is said not to be judged,
 * and no byte is looked at more than a few times. */
static void test_long_line(void **state)
{
	const size_t count = 200 * 1000;
	CLEANUP(buf) struct buf text = { 0 };
	struct rule rule = complete(&verify);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	for (size_t i = 0; i < count; i++)
		buf_add_string(&text, i % 10000 == 9999 ? "verify=False " : "verify=True ");
	assert_int_equal(
		scanner_run(scanner, &arena, "a.py", (struct slice){ text.data, text.size }, &matches, NULL),
		POL_OK);
	assert_null(matches.unjudged);
	assert_int_equal(matches.count, count / 10000);
}

static void test_long_line_ends(void **state)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct rule rule = complete(&whole_line);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	/* The cut ends of a window are no ends of lines. */
	for (int i = 0; i < 2000; i++)
		buf_add_string(&text, "danger");
	assert_int_equal(
		scanner_run(scanner, &arena, "a.c", (struct slice){ text.data, text.size }, &matches, NULL),
		POL_OK);
	assert_int_equal(matches.count, 0);
}

static void test_too_many_matches(void **state)
{
	const size_t count = 70 * 1000;
	CLEANUP(buf) struct buf text = { 0 };
	struct rule rule = complete(&in_code);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&arena, &rule, 1);
	struct matches matches;

	(void)state;
	for (size_t i = 0; i < count; i++)
		buf_add_string(&text, "danger\n");
	assert_int_equal(
		scanner_run(scanner, &arena, "a.c", (struct slice){ text.data, text.size }, &matches, NULL),
		POL_OK);
	assert_non_null(matches.unjudged);
	assert_true(matches.count < count);
}

/* Memory may end at any allocation from the arena: the scan says so, or does not notice. */
static void test_memory_ends(void **state)
{
	struct rule rule = complete(&key_path);
	CLEANUP(arena) struct arena rules = { 0 };
	CLEANUP(scanner) struct scanner *scanner = open_scanner(&rules, &rule, 1);
	const struct slice text = SLICE("a:\n  securityContext:\n    privileged: true\n");
	enum pol_status status = POL_ENOMEM;
	unsigned failures = 0;

	(void)state;
	for (unsigned fail_at = 1; status != POL_OK && fail_at < 100; fail_at++) {
		CLEANUP(arena) struct arena arena = { .fail_at = fail_at };
		struct pol_error err = { 0 };
		struct matches matches;

		status = scanner_run(scanner, &arena, "a.yaml", text, &matches, &err);
		if (status == POL_OK)
			break;
		failures++;
		assert_int_equal(status, POL_ENOMEM);
		assert_int_equal(err.status, POL_ENOMEM);
	}
	assert_int_equal(status, POL_OK);
	assert_true(failures > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_too_many_steps),   cmocka_unit_test(test_too_many_steps_after_much_use),
		cmocka_unit_test(test_too_deep),         cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_long_line),        cmocka_unit_test(test_long_line_ends),
		cmocka_unit_test(test_too_many_matches), cmocka_unit_test(test_memory_ends),
	};

	return cmocka_run_group_tests_name("scanner, hostile texts", tests, NULL, NULL);
}
