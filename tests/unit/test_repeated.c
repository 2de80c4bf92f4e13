/* test_repeated.c - one reason at many places: what is counted, which places are let be, and what was there before. */
#include "policy/repeated.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

enum { TODAY = 20780, MAX_TEXT = 2048, MAX_WRITTEN = 6 };

static const struct rule setting = {
	.id = "tls-off",
	.code = "TLS01",
	.title = "TLS is off",
	.message = "TLS is off",
	.why = "",
	.fix = "switch it on",
	.kind = KIND_SETTING,
	.severity = SEVERITY_MEDIUM,
	.pattern = "x",
};

#define POLICY(max) "justification: {max_same: " #max "}\n"

struct written {
	const char *path;
	uint32_t line;
	const char *text, *reason;
	uint32_t comment_line;
	enum justification_form form;
	bool refused;
};

static const struct repeated_row {
	const char *name;
	const char *policy;
	struct written new[MAX_WRITTEN], old[MAX_WRITTEN]; /* end with path NULL */
	const char *paths;                                 /* of repeated_paths */
	const char *objections;                            /* "path:line" */
} repeated_rows[] = {
	{ "any number",
	  POLICY(0),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "b", 2, "x", "same thing", 1, FORM_KEYED, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "as often as allowed",
	  POLICY(2),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "b", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "c", 2, "x", "other thing", 1, FORM_KEYED, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "once too often, in any case, with any signs",
	  POLICY(2),
	  { { "c", 2, "x", "Same thing.", 1, FORM_KEYED, 0 },
	    { "b", 2, "x", "same  *thing*", 1, FORM_PLAIN, 0 },
	    { "a", 2, "x", "same thing", 1, FORM_NATIVE, 0 } },
	  { { 0 } },
	  "a b c ",
	  "c:2 " },
	{ "twice too often in one file",
	  POLICY(1),
	  { { "a", 9, "z", "same thing", 8, FORM_KEYED, 0 },
	    { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  { { 0 } },
	  "a ",
	  "a:5 a:9 " },
	{ "one comment is one place",
	  POLICY(1),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 3, "y", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 4, "z", "same thing", 1, FORM_KEYED, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "one entry of the policy is one place",
	  POLICY(1),
	  { { "a", 2, "x", "same thing", 1, FORM_FILE, 0 }, { "b", 2, "x", "same thing", 1, FORM_FILE, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "what is refused anyway does not count",
	  POLICY(1),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 1 },
	    { "b", 2, "x", "same thing", 1, FORM_KEYED, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "nor what needs no reason",
	  POLICY(1) "require: [{reason: no}]\n",
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "b", 2, "x", "same thing", 1, FORM_KEYED, 0 } },
	  { { 0 } },
	  "",
	  "" },
	{ "all were there, further down",
	  POLICY(1),
	  { { "a", 12, "x", "same thing", 11, FORM_KEYED, 0 },
	    { "a", 15, "y", "same thing", 14, FORM_KEYED, 0 } },
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  "a ",
	  "" },
	{ "one more than there were, before the others",
	  POLICY(1),
	  { { "a", 2, "w", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 12, "x", "same thing", 11, FORM_KEYED, 0 },
	    { "a", 15, "y", "same thing", 14, FORM_KEYED, 0 } },
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  "a ",
	  "a:2 " },
	{ "moved from one file to another",
	  POLICY(1),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "b", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  "a b ",
	  "" },
	{ "fewer were there than are allowed",
	  POLICY(2),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 },
	    { "a", 8, "z", "same thing", 7, FORM_KEYED, 0 } },
	  { { "a", 5, "z", "same thing", 4, FORM_KEYED, 0 } },
	  "a ",
	  "a:5 " },
	{ "other reasons were there",
	  POLICY(1),
	  { { "a", 2, "x", "same thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "same thing", 4, FORM_KEYED, 0 } },
	  { { "a", 2, "x", "first thing", 1, FORM_KEYED, 0 },
	    { "a", 5, "y", "zeroth thing", 4, FORM_KEYED, 0 } },
	  "a ",
	  "a:5 " },
};

static void fill(struct report *report, const struct written *written)
{
	for (size_t i = 0; i < MAX_WRITTEN && written[i].path; i++) {
		const struct written *one = &written[i];
		const struct exception exception = { .check = "c",
			                             .rule = &setting,
			                             .severity = SEVERITY_MEDIUM,
			                             .path = one->path,
			                             .line = one->line,
			                             .column = 1,
			                             .text = one->text,
			                             .accepted = !one->refused,
			                             .justification = { .form = one->form,
			                                                .reason = one->reason,
			                                                .until = DATE_NONE,
			                                                .line = one->comment_line } };

		assert_int_equal(report_add_exception(report, &exception), POL_OK);
	}
}

static struct policy *load(const char *text)
{
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	if (policy_load(slice_of(text), POLICY_FILE_NAME, &policy, &err) < 0)
		fail_msg("line %u: %s", err.line, err.message);
	return policy;
}

static void check_paths(const struct judge *judge, const struct report *report, const char *expected)
{
	CLEANUP(arena) struct arena scratch = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	const char *const *paths;

	assert_int_equal(repeated_paths(judge, report, &scratch, &paths), POL_OK);
	for (; paths && *paths; paths++)
		buf_printf(&text, "%s ", *paths);
	assert_string_equal(text.data ? text.data : "", expected);
}

static void check_repeated(void **state)
{
	const struct repeated_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(report) struct report old = { 0 };
	CLEANUP(policy) struct policy *policy = load(row->policy);
	CLEANUP(arena) struct arena scratch = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	const struct judge judge = { policy, TODAY, -1, NULL };
	size_t refused = 0, written_off = 0;

	fill(&report, row->new);
	fill(&old, row->old);
	for (size_t i = 0; i < report.exception_count; i++)
		written_off += !report.exceptions[i].accepted;
	check_paths(&judge, &report, row->paths);
	assert_int_equal(repeated_judge(&judge, &report, row->old[0].path ? &old : NULL, &scratch), POL_OK);
	report_finish(&report);
	for (size_t i = 0; i < report.finding_count; i++) {
		assert_int_equal(report.findings[i].problem, PROBLEM_REPEATED_REASON);
		assert_true(report.findings[i].blocking);
		buf_printf(&text, "%s:%u ", report.findings[i].path, report.findings[i].line);
	}
	assert_string_equal(text.data ? text.data : "", row->objections);
	for (size_t i = 0; i < report.exception_count; i++)
		refused += !report.exceptions[i].accepted;
	assert_int_equal(refused, report.finding_count + written_off);
}

static void test_words(void **state)
{
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(policy) struct policy *policy = load(POLICY(1));
	CLEANUP(arena) struct arena scratch = { 0 };
	const struct judge judge = { policy, TODAY, -1, NULL };

	(void)state;
	fill(&report, repeated_rows[2].new);
	report.exceptions[0].path = "c.py";
	report.exceptions[1].path = "b.json";
	assert_int_equal(repeated_judge(&judge, &report, NULL, &scratch), POL_OK);
	report_finish(&report);
	assert_int_equal(report.finding_count, 2);
	assert_string_equal(report.findings[0].message,
	                    "the same reason stands at 3 places, the policy allows 1: TLS is off");
	/* Without a comment sign where the language has none. */
	assert_string_equal(report.findings[0].hint, "    or say why it is acceptable at this very place:\n"
	                                             "        reason: <why this is acceptable here>\n");
	assert_string_equal(report.findings[1].hint, "    or say why it is acceptable at this very place:\n"
	                                             "        # reason: <why this is acceptable here>\n");
}

static void test_out_of_memory(void **state)
{
	CLEANUP(policy) struct policy *policy = load(POLICY(1));
	const struct judge judge = { policy, TODAY, -1, NULL };
	size_t failures = 0;
	enum pol_status status = POL_ENOMEM;

	(void)state;
	for (unsigned fail_at = 1; status == POL_ENOMEM && fail_at < 100; fail_at++) {
		CLEANUP(report) struct report report = { 0 };
		CLEANUP(arena) struct arena scratch = { .fail_at = fail_at };

		fill(&report, repeated_rows[2].new);
		status = repeated_judge(&judge, &report, NULL, &scratch);
		failures += status == POL_ENOMEM;
	}
	assert_int_equal(status, POL_OK);
	assert_true(failures > 1);
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(test_words),
		                             cmocka_unit_test(test_out_of_memory) };

	return ROWS_RUN("repeated", repeated_rows, check_repeated) +
	       cmocka_run_group_tests_name("repeated: words", others, NULL, NULL);
}
