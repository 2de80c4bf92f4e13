/* test_report.c - what a change did not add, fingerprints, order and verdict. */
#include "policy/report/report.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

static const struct rule rule_a = { .id = "rule-a", .code = "A01", .title = "A", .message = "a is off" };
static const struct rule rule_b = { .id = "rule-b", .code = "B01", .title = "B", .message = "b is off" };

/* A finding in short: "rule path line text problem", rules a and b (A: the same, and it does not block), texts without blanks
 * but for '_', lists end with NULL. */
struct short_finding {
	char rule;
	const char *path;
	uint32_t line;
	const char *text;
	enum problem problem;
};

enum { MAX_SHORT = 6 };

static void fill(struct report *report, const struct short_finding *list)
{
	for (size_t i = 0; i < MAX_SHORT && list[i].path; i++) {
		const struct finding finding = {
			.check = "justification-check",
			.rule = list[i].rule == 'a' || list[i].rule == 'A' ? &rule_a : &rule_b,
			.problem = list[i].problem,
			.severity = SEVERITY_HIGH,
			.blocking = list[i].rule >= 'a',
			.path = list[i].path,
			.line = list[i].line,
			.column = 1,
			.end_line = list[i].line,
			.end_column = 2,
			.message = "message",
			.fix = "fix",
			.text = list[i].text,
			.text_column = 1,
		};

		assert_int_equal(report_add_finding(report, &finding), POL_OK);
	}
}

/* "a:x.py:3:missing-reason " for each finding, in order. */
static void describe(const struct report *report, char *ret_text, size_t size)
{
	size_t used = 0;

	ret_text[0] = '\0';
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		used += (size_t)snprintf(ret_text + used, size - used, "%s%c:%s:%u:%s", i ? " " : "",
		                         finding->rule->id[5], finding->path, finding->line,
		                         problem_code(finding->problem));
		assert_true(used < size);
	}
}

/* ---- subtraction -----------------------------------------------------------------------------------------------------*/

static const struct subtract_row {
	const char *name;
	struct short_finding new[MAX_SHORT], old[MAX_SHORT];
	const char *left;
} subtract_rows[] = {
	{ "nothing old leaves all",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 0 } },
	  "a:x:3:missing-reason" },
	{ "moved lines are no news",
	  { { 'a', "x", 30, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "" },
	{ "indentation and blanks do not count",
	  { { 'a', "x", 3, "\t  v  =\t0 ", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v = 0", PROBLEM_MISSING_REASON } },
	  "" },
	{ "blanks inside a word do",
	  { { 'a', "x", 3, "v = 0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:3:missing-reason" },
	{ "a copy is one more",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON }, { 'a', "x", 9, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:9:missing-reason" },
	{ "another path is another finding",
	  { { 'a', "y", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:y:3:missing-reason" },
	{ "another rule is another finding",
	  { { 'b', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "b:x:3:missing-reason" },
	{ "another problem is another finding",
	  { { 'a', "x", 3, "v=0", PROBLEM_EXPIRED } },
	  { { 'a', "x", 3, "v=0", PROBLEM_UNTIL_TOO_FAR } },
	  "a:x:3:expired" },
	{ "half a justification where none was",
	  { { 'a', "x", 3, "v=0", PROBLEM_WEAK_REASON },
	    { 'a', "x", 3, "v=0", PROBLEM_MISSING_UNTIL },
	    { 'a', "x", 3, "v=0", PROBLEM_MISSING_OWNER },
	    { 'a', "x", 3, "v=0", PROBLEM_MISSING_TICKET } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "" },
	{ "an expired date is not covered",
	  { { 'a', "x", 3, "v=0", PROBLEM_EXPIRED } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:3:expired" },
	{ "one old exception covers one new one",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_UNTIL }, { 'a', "x", 9, "v=0", PROBLEM_MISSING_UNTIL } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:9:missing-until" },
	{ "an old one that is still there covers nothing else",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON }, { 'a', "x", 9, "v=0", PROBLEM_MISSING_UNTIL } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:9:missing-until" },
	{ "the reverse is news",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_UNTIL } },
	  "a:x:3:missing-reason" },
	{ "what blocks is news where it did not",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'A', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:3:missing-reason" },
	{ "nor does it cover half a justification",
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_UNTIL } },
	  { { 'A', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "a:x:3:missing-until" },
	{ "what does not block is no news where it did not",
	  { { 'A', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'A', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "" },
	{ "and no news where it did",
	  { { 'A', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  { { 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON } },
	  "" },
	{ "without a line the message counts",
	  { { 'a', "x", 0, NULL, PROBLEM_LICENSE_DENIED } },
	  { { 'a', "x", 0, NULL, PROBLEM_LICENSE_DENIED } },
	  "" },
};

static void check_subtract(void **state)
{
	const struct subtract_row *row = *state;
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };
	char left[512];

	fill(&new, row->new);
	fill(&old, row->old);
	report_subtract(&new, &old);
	report_finish(&new);
	describe(&new, left, sizeof(left));
	assert_string_equal(left, row->left);
}

/* ---- verdict ---------------------------------------------------------------------------------------------------------*/

static const struct verdict_row {
	const char *name;
	enum problem problem;
	bool present, blocking;
	enum verdict verdict;
} verdict_rows[] = {
	{ "empty", PROBLEM_EXPIRED, false, false, VERDICT_ALLOWED },
	{ "blocking", PROBLEM_EXPIRED, true, true, VERDICT_REFUSED },
	{ "not blocking", PROBLEM_EXPIRED, true, false, VERDICT_ALLOWED },
	{ "not judged blocks", PROBLEM_NOT_JUDGED, true, true, VERDICT_UNKNOWN },
	{ "not judged is never clean", PROBLEM_NOT_JUDGED, true, false, VERDICT_UNKNOWN },
};

static void check_verdict(void **state)
{
	const struct verdict_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	const struct short_finding list[MAX_SHORT] = { { 'a', row->present ? "x" : NULL, 1, "v",
		                                         row->problem } };

	fill(&report, list);
	if (row->present)
		report.findings[0].blocking = row->blocking;
	assert_int_equal(report_verdict(&report), row->verdict);
	assert_int_equal(report_count_blocking(&report), row->present && row->blocking);
}

/* ---- fingerprints ----------------------------------------------------------------------------------------------------*/

static const struct short_finding three_equal[MAX_SHORT] = {
	{ 'a', "x", 3, "v=0", PROBLEM_MISSING_REASON },
	{ 'a', "x", 5, "v=0", PROBLEM_MISSING_REASON },
	{ 'a', "x", 7, "v=0", PROBLEM_MISSING_REASON },
};

static void test_equal_findings_have_own_fingerprints(void **state)
{
	CLEANUP(report) struct report report = { 0 };

	(void)state;
	fill(&report, three_equal);
	report_finish(&report);
	assert_true(report.findings[0].fingerprint != report.findings[1].fingerprint);
	assert_true(report.findings[1].fingerprint != report.findings[2].fingerprint);
	assert_true(report.findings[0].fingerprint != report.findings[2].fingerprint);
}

static void test_fingerprints_survive_moves_and_subtraction(void **state)
{
	CLEANUP(report) struct report whole = { 0 };
	CLEANUP(report) struct report change = { 0 };
	CLEANUP(report) struct report old = { 0 };
	const struct short_finding moved[MAX_SHORT] = {
		{ 'a', "x", 13, "  v=0", PROBLEM_MISSING_REASON },
		{ 'a', "x", 15, "v=0\t", PROBLEM_MISSING_REASON },
		{ 'a', "x", 17, "v=0", PROBLEM_MISSING_REASON },
	};

	(void)state;
	fill(&whole, three_equal);
	fill(&change, moved);
	fill(&old, three_equal);
	old.finding_count = 2;
	report_subtract(&change, &old);
	report_finish(&whole);
	report_finish(&change);
	assert_int_equal(change.finding_count, 1);
	assert_true(change.findings[0].fingerprint == whole.findings[2].fingerprint);
}

static void test_fingerprint_is_pinned(void **state)
{
	CLEANUP(report) struct report report = { 0 };

	(void)state;
	fill(&report, three_equal);
	report.finding_count = 1;
	report_finish(&report);
	/* Others keep fingerprints for years: a changed recipe is a breaking change. */
	assert_true(report.findings[0].fingerprint == UINT64_C(0x7a850b8365446d43));
}

/* ---- the rest --------------------------------------------------------------------------------------------------------*/

static void test_order(void **state)
{
	CLEANUP(report) struct report report = { 0 };
	const struct short_finding list[MAX_SHORT] = {
		{ 'b', "y", 1, "v", PROBLEM_EXPIRED },       { 'b', "x", 9, "v", PROBLEM_EXPIRED },
		{ 'a', "x", 9, "v", PROBLEM_MISSING_OWNER }, { 'a', "x", 9, "v", PROBLEM_EXPIRED },
		{ 'a', "x", 10, "v", PROBLEM_EXPIRED },
	};
	char text[512];

	(void)state;
	fill(&report, list);
	report_finish(&report);
	describe(&report, text, sizeof(text));
	assert_string_equal(text,
	                    "a:x:9:expired a:x:9:missing-owner b:x:9:expired a:x:10:expired b:y:1:expired");
}

static void test_merge_moves_everything(void **state)
{
	CLEANUP(report) struct report into = { 0 };
	CLEANUP(report) struct report from = { 0 };
	const struct exception exception = { .check = "c", .rule = &rule_a, .path = "x", .text = "" };

	(void)state;
	fill(&into, three_equal);
	fill(&from, three_equal);
	assert_int_equal(report_add_exception(&from, &exception), POL_OK);
	assert_int_equal(report_add_note(&from, "note %d", 7), POL_OK);
	from.counts.files = 2;
	assert_int_equal(report_merge(&into, &from), POL_OK);
	assert_int_equal(into.finding_count, 6);
	assert_int_equal(into.exception_count, 1);
	assert_int_equal(into.counts.files, 2);
	assert_string_equal(into.notes[0], "note 7");
	assert_int_equal(from.finding_count + from.exception_count + from.note_count, 0);
}

static void test_out_of_memory_is_said(void **state)
{
	const struct exception exception = { .check = "c", .rule = &rule_a, .path = "x", .text = "" };
	const struct finding finding = { .check = "c", .rule = &rule_a, .path = "x" };

	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		CLEANUP(report) struct report report = { .arena.fail_at = i };
		enum pol_status statuses[] = { report_add_exception(&report, &exception),
			                       report_add_finding(&report, &finding),
			                       report_add_note(&report, "note") };

		for (unsigned j = 0; j < 3; j++)
			assert_int_equal(statuses[j], j + 1 == i ? POL_ENOMEM : POL_OK);
	}
}

/* ---- exceptions that a change adds ------------------------------------------------------------------------------------*/

static void add_exception(struct report *report, const struct rule *rule, const char *path, uint32_t line,
                          const char *text)
{
	const struct exception exception = {
		.rule = rule, .path = path, .line = line, .column = 1, .text = text, .accepted = line % 2 == 0
	};

	assert_int_equal(report_add_exception(report, &exception), POL_OK);
}

static void test_exceptions_of_the_old_side_are_taken_out(void **state)
{
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };

	(void)state;
	add_exception(&new, &rule_a, "x", 1, "verify = no");
	add_exception(&new, &rule_a, "x", 7, "  verify  = no");
	add_exception(&new, &rule_b, "x", 1, "verify = no");
	add_exception(&new, &rule_a, "y", 1, "verify = no");
	add_exception(&old, &rule_a, "x", 4, "verify = no");
	add_exception(&old, &rule_b, "x", 4, "verify = off");
	assert_int_equal(report_subtract_exceptions(&new, &old), POL_OK);
	report_finish(&new);
	assert_int_equal(new.exception_count, 3);
	assert_ptr_equal(new.exceptions[0].rule, &rule_b);
	assert_int_equal(new.exceptions[1].line, 7);
	assert_string_equal(new.exceptions[2].path, "y");
	assert_int_equal(new.finding_count, 0);
	/* It still grows. */
	add_exception(&new, &rule_a, "z", 1, "verify = no");
	add_exception(&new, &rule_a, "z", 2, "verify = no");
	assert_int_equal(new.exception_count, 5);
}

/* A quadratic step would make this test take minutes. */
static void test_many_findings(void **state)
{
	enum { MANY = 50000 };
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };
	const struct short_finding list[MAX_SHORT] = { { 'a', "x", 1, "v=0", PROBLEM_MISSING_REASON } };

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		fill(&new, list);
		new.findings[i].line = i + 1;
		if (i % 2)
			fill(&old, list);
	}
	report_subtract(&new, &old);
	report_finish(&new);
	assert_int_equal(new.finding_count, MANY / 2);
	assert_int_equal(new.findings[0].line, MANY / 2 + 1);
}

static void test_problem_codes_are_kebab_case_and_unique(void **state)
{
	(void)state;
	for (int i = 0; i < PROBLEM_COUNT; i++) {
		const char *code = problem_code((enum problem)i);

		assert_int_equal(strspn(code, "abcdefghijklmnopqrstuvwxyz-"), strlen(code));
		assert_true(strlen(problem_meaning((enum problem)i)) > 10);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(code, problem_code((enum problem)j));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal_findings_have_own_fingerprints),
		cmocka_unit_test(test_fingerprints_survive_moves_and_subtraction),
		cmocka_unit_test(test_fingerprint_is_pinned),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_merge_moves_everything),
		cmocka_unit_test(test_out_of_memory_is_said),
		cmocka_unit_test(test_exceptions_of_the_old_side_are_taken_out),
		cmocka_unit_test(test_many_findings),
		cmocka_unit_test(test_problem_codes_are_kebab_case_and_unique),
	};

	return ROWS_RUN("report: subtract", subtract_rows, check_subtract) +
	       ROWS_RUN("report: verdict", verdict_rows, check_verdict) +
	       cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
