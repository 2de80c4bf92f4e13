/* test_judge.c - exceptions held against policies: which objections, in which words, with which hint. */
#include "policy/judge.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

enum { TODAY = 20780, MAX_TEXT = 2048 }; /* 2026-11-23 */

static const struct rule setting = {
	.id = "tls-off",
	.code = "TLS01",
	.title = "TLS is off",
	.message = "certificates are not verified",
	.why = "",
	.fix = "switch it on",
	.kind = KIND_SETTING,
	.severity = SEVERITY_HIGH,
	.pattern = "x",
};

static const struct rule marker = {
	.id = "nosec",
	.code = "SUP01",
	.title = "bandit is silenced",
	.message = "bandit is silenced here",
	.why = "",
	.fix = "fix what bandit found",
	.native = "# nosec <id> <why>",
	.kind = KIND_SUPPRESSION,
	.severity = SEVERITY_MEDIUM,
	.place = PLACE_BELOW,
	.pattern = "nosec(?<id> B[0-9]+)?",
};

static const struct rule file_marker = {
	.id = "mypy-ignore-file",
	.code = "SUP02",
	.title = "mypy skips the file",
	.message = "mypy does not look at this file",
	.why = "",
	.fix = "remove the marker",
	.kind = KIND_SUPPRESSION,
	.severity = SEVERITY_MEDIUM,
	.scope = SCOPE_FILE,
	.pattern = "mypy",
};

static const char strict[] =
	"justification: {style: keyed}\n"
	"owner: known\n"
	"owners: ['@known']\n"
	"require:\n"
	"  - {until: yes, owner: yes, ticket: yes, max_days: 30, blanket: no, file_wide: no}\n";

/* The strictest justification that holds. */
#define GOOD_REASON "pinned certificate of the test server"

/* ---- which objections ------------------------------------------------------------------------------------------------*/

static const struct judge_row {
	const char *name;
	const char *policy; /* NULL = built in */
	const struct rule *rule;
	struct justification written;
	const char *id;
	int32_t max_days;
	const char *objections; /* "problem: message", one a line */
} judge_rows[] = {
	{ "nothing written",
	  NULL,
	  &setting,
	  { .until = DATE_NONE },
	  NULL,
	  -1,
	  "missing-reason: certificates are not verified\n" },
	{ "nothing written, everything wanted",
	  strict,
	  &setting,
	  { .until = DATE_NONE },
	  NULL,
	  -1,
	  "missing-reason: certificates are not verified\n" },
	{ "all that is wanted",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-12-23", TODAY + 30, 3 },
	  NULL,
	  -1,
	  "" },
	{ "an entry of the policy counts everywhere",
	  strict,
	  &setting,
	  { FORM_FILE, GOOD_REASON, "@known", "T-1", "2026-12-23", TODAY + 30, 3 },
	  NULL,
	  -1,
	  "" },
	{ "the last day is covered",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-11-23", TODAY, 3 },
	  NULL,
	  -1,
	  "" },
	{ "yesterday is over",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-11-22", TODAY - 1, 3 },
	  NULL,
	  -1,
	  "expired: the exception expired on 2026-11-22, 1 day ago: certificates are not verified\n" },
	{ "a day too far",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-12-24", TODAY + 31, 3 },
	  NULL,
	  -1,
	  "until-too-far: the last day 2026-12-24 is too far ahead, the policy allows 2026-12-23 at most: "
	  "certificates are not verified\n" },
	{ "--max-days widens",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-12-24", TODAY + 31, 3 },
	  NULL,
	  31,
	  "" },
	{ "--max-days narrows",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "2026-11-25", TODAY + 2, 3 },
	  NULL,
	  1,
	  "until-too-far: the last day 2026-11-25 is too far ahead, the policy allows 2026-11-24 at most: "
	  "certificates are not verified\n" },
	{ "--max-days 0 lifts the cap",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@known", "T-1", "9999-12-31", 2932896, 3 },
	  NULL,
	  0,
	  "" },
	{ "a reason and nothing else",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "missing-until: no last day is given: certificates are not verified\n"
	  "missing-owner: nobody is named who answers for it: certificates are not verified\n"
	  "missing-ticket: no ticket is named: certificates are not verified\n" },
	{ "everything but a reason",
	  strict,
	  &setting,
	  { FORM_KEYED, NULL, "@known", "T-1", "2026-12-01", TODAY + 8, 3 },
	  NULL,
	  -1,
	  "missing-reason: no reason is given: certificates are not verified\n" },
	{ "a day that is none",
	  NULL,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, "next \"week\"", DATE_NONE, 3 },
	  NULL,
	  -1,
	  "malformed-until: the last day \"next \"week\"\" is no date of the form YYYY-MM-DD: certificates "
	  "are "
	  "not verified\n" },
	{ "what is repeated of a long day",
	  NULL,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL,
	    "12345678901234567890123456789012345678901234567890123456789\xC3\xBCxxx", DATE_NONE, 3 },
	  NULL,
	  -1,
	  "malformed-until: the last day \"12345678901234567890123456789012345678901234567890123456789\" is "
	  "no "
	  "date of the form YYYY-MM-DD: certificates are not verified\n" },
	{ "an owner that nobody knows",
	  strict,
	  &setting,
	  { FORM_KEYED, GOOD_REASON, "@other", "T-1", "2026-12-01", TODAY + 8, 3 },
	  NULL,
	  -1,
	  "unknown-owner: the owner \"@other\" is neither in CODEOWNERS nor in the policy's owners: "
	  "certificates are not verified\n" },
	{ "a placeholder",
	  NULL,
	  &marker,
	  { FORM_KEYED, "fix later", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason \"fix later\" is a placeholder: bandit is silenced here\n" },
	{ "what an editor left behind",
	  NULL,
	  &marker,
	  { FORM_NATIVE, "<Pending>", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason \"<Pending>\" is a placeholder: bandit is silenced here\n" },
	{ "what a tool left behind",
	  NULL,
	  &marker,
	  { FORM_NATIVE, "Reviewed. Suppression is OK here.", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason \"Reviewed. Suppression is OK here.\" is a placeholder: bandit is "
	  "silenced "
	  "here\n" },
	{ "too few characters",
	  NULL,
	  &marker,
	  { FORM_KEYED, "my code", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason has 7 characters, the policy asks for 10: bandit is silenced here\n" },
	{ "too few words",
	  NULL,
	  &marker,
	  { FORM_KEYED, "upstreamproblem", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason has 1 word, the policy asks for 2: bandit is silenced here\n" },
	{ "signs and digits",
	  NULL,
	  &marker,
	  { FORM_KEYED, "--- 123 ---", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason has no words: bandit is silenced here\n" },
	{ "one word over and over",
	  NULL,
	  &marker,
	  { FORM_KEYED, "yes yes yes yes", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason is one word over and over: bandit is silenced here\n" },
	{ "the rule's code",
	  NULL,
	  &marker,
	  { FORM_KEYED, "SUP01: bandit", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason only repeats what the rule says: bandit is silenced here\n" },
	{ "the line itself",
	  NULL,
	  &marker,
	  { FORM_KEYED, "verify = False", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason only repeats what the rule says: bandit is silenced here\n" },
	{ "only a ticket",
	  NULL,
	  &marker,
	  { FORM_KEYED, "see SEC-412", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "link-only-reason: the reason is only a link or a ticket, which says where but not why: bandit is "
	  "silenced here\n" },
	{ "only a ticket, where no words are wanted",
	  "justification: {min_words: 0, min_chars: 0}\n",
	  &marker,
	  { FORM_KEYED, "SEC-412", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "" },
	{ "a weak reason, though none is asked for",
	  "require: [{reason: no}]\n",
	  &marker,
	  { FORM_KEYED, "todo", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "" },
	{ "the rule's own message",
	  NULL,
	  &marker,
	  { FORM_KEYED, "bandit is silenced here", NULL, NULL, NULL, DATE_NONE, 3 },
	  " B1",
	  -1,
	  "weak-reason: the reason only repeats what the rule says: bandit is silenced here\n" },
	{ "a plain comment will do",
	  NULL,
	  &marker,
	  { FORM_PLAIN, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "" },
	{ "a plain comment under native",
	  "justification: {style: native}\n",
	  &marker,
	  { FORM_PLAIN, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "missing-reason: a plain comment does not count as a reason under this policy: bandit is silenced "
	  "here\n" },
	{ "the tool's syntax under native",
	  "justification: {style: native}\n",
	  &marker,
	  { FORM_NATIVE, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "" },
	{ "the tool's syntax under keyed",
	  "justification: {style: keyed}\n",
	  &marker,
	  { FORM_NATIVE, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "missing-reason: a reason in the tool's own syntax does not count under this policy: bandit is "
	  "silenced here\n" },
	{ "a blanket marker",
	  "require: [{blanket: no}]\n",
	  &marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "blanket: the marker names no rule and so silences all of them: bandit is silenced here\n" },
	{ "a marker that names all",
	  "require: [{blanket: no}]\n",
	  &marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  "All",
	  -1,
	  "blanket: the marker names no rule and so silences all of them: bandit is silenced here\n" },
	{ "a marker with an id is none",
	  "require: [{blanket: no}]\n",
	  &marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  " B101",
	  -1,
	  "" },
	{ "a marker that can't name ids is none",
	  "require: [{blanket: no}]\n",
	  &file_marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "" },
	{ "a whole file",
	  "require: [{file_wide: no}]\n",
	  &file_marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 3 },
	  NULL,
	  -1,
	  "file-wide: the marker silences its tool for a whole file or more: mypy does not look at this "
	  "file\n" },
	{ "nothing is asked for",
	  "require: [{reason: no, until: no}]\n",
	  &setting,
	  { .until = DATE_NONE },
	  NULL,
	  -1,
	  "" },
	{ "only a day is asked for",
	  "require: [{reason: no, until: yes}]\n",
	  &setting,
	  { .until = DATE_NONE },
	  NULL,
	  -1,
	  "missing-until: no last day is given: certificates are not verified\n" },
	{ "a day that is over, though none is asked for",
	  "require: [{until: no}]\n",
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, "2026-10-01", TODAY - 53, 3 },
	  NULL,
	  -1,
	  "expired: the exception expired on 2026-10-01, 53 days ago: certificates are not verified\n" },
};

static struct policy *load(const char *text)
{
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	if (policy_load(text ? slice_of(text) : (struct slice){ NULL, 0 }, POLICY_FILE_NAME, &policy, &err) <
	    0)
		fail_msg("line %u: %s", err.line, err.message);
	return policy;
}

static void describe(const struct report *report, char *ret_text)
{
	size_t used = 0;

	ret_text[0] = '\0';
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		used += (size_t)snprintf(ret_text + used, MAX_TEXT - used, "%s: %s\n",
		                         problem_code(finding->problem), finding->message);
		assert_true(used < MAX_TEXT);
	}
}

static void check_judge(void **state)
{
	static const char *const known[] = { "@known", NULL };
	const struct judge_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(policy) struct policy *policy = load(row->policy);
	const struct judge judge = { policy, TODAY, row->max_days, known };
	struct exception exception = { .check = "c",
		                       .rule = row->rule,
		                       .severity = row->rule->severity,
		                       .path = "src/a.py",
		                       .line = 5,
		                       .column = 1,
		                       .end_line = 5,
		                       .end_column = 4,
		                       .id = row->id,
		                       .text = "verify=False",
		                       .text_column = 1,
		                       .justification = row->written };
	char text[MAX_TEXT];

	assert_int_equal(judge_exception(&judge, &exception, language_of("a.py", slice_of("")), &report),
	                 POL_OK);
	describe(&report, text);
	assert_string_equal(text, row->objections);
	assert_int_equal(exception.accepted, row->objections[0] == '\0');
	assert_int_equal(report.exception_count, 1);
	assert_int_equal(report.exceptions[0].accepted, exception.accepted);
	if (row->written.until != DATE_NONE)
		assert_int_equal(exception.days_left, row->written.until - TODAY);
}

/* ---- hints -----------------------------------------------------------------------------------------------------------*/

static const struct hint_row {
	const char *name;
	const char *policy, *path;
	const struct rule *rule;
	struct justification written;
	const char *hint; /* of the first finding */
} hint_rows[] = {
	{ "all that a strict policy asks for",
	  strict,
	  "a.py",
	  &setting,
	  { .until = DATE_NONE },
	  "    or justify it on the line above:\n"
	  "        # reason: <why this is acceptable here>\n"
	  "        # until: <at most 2026-12-23>\n"
	  "        # owner: <who answers for it>\n"
	  "        # ticket: <where it is tracked>\n" },
	{ "only what is asked for, in the file's comments",
	  NULL,
	  "a.go",
	  &file_marker,
	  { .until = DATE_NONE },
	  "    or justify it on the line above:\n"
	  "        // reason: <why this is acceptable here>\n" },
	{ "comments that are closed",
	  NULL,
	  "a.html",
	  &file_marker,
	  { .until = DATE_NONE },
	  "    or justify it on the line above:\n"
	  "        <!-- reason: <why this is acceptable here> -->\n" },
	{ "below, and the tool's own syntax",
	  NULL,
	  "a.py",
	  &marker,
	  { .until = DATE_NONE },
	  "    or justify it on the line below:\n"
	  "        # reason: <why this is acceptable here>\n"
	  "    or in the tool's own syntax: # nosec <id> <why>\n" },
	{ "keyed says nothing of the tool's syntax",
	  "justification: {style: keyed}\n",
	  "a.py",
	  &marker,
	  { .until = DATE_NONE },
	  "    or justify it on the line below:\n"
	  "        # reason: <why this is acceptable here>\n" },
	{ "no cap",
	  "require: [{max_days: 0}]\n",
	  "a.py",
	  &setting,
	  { .until = DATE_NONE },
	  "    or justify it on the line above:\n"
	  "        # reason: <why this is acceptable here>\n"
	  "        # until: <YYYY-MM-DD>\n" },
	{ "a file without comments",
	  strict,
	  "web/it's [1].json",
	  &setting,
	  { .until = DATE_NONE },
	  "    or justify it in .warrant.yaml:\n"
	  "        exceptions:\n"
	  "          - rule: tls-off\n"
	  "            path: 'web/it''s \\[1].json'\n"
	  "            reason: <why this is acceptable here>\n"
	  "            until: <at most 2026-12-23>\n"
	  "            owner: <who answers for it>\n"
	  "            ticket: <where it is tracked>\n" },
	{ "a file at the top is anchored",
	  NULL,
	  "package.json",
	  &file_marker,
	  { .until = DATE_NONE },
	  "    or justify it in .warrant.yaml:\n"
	  "        exceptions:\n"
	  "          - rule: mypy-ignore-file\n"
	  "            path: /package.json\n"
	  "            reason: <why this is acceptable here>\n" },
	{ "what to add",
	  NULL,
	  "a.py",
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 1 },
	  "    or add to the justification:\n"
	  "        # until: <at most 2027-02-21>\n" },
	{ "what to renew",
	  NULL,
	  "a.py",
	  &setting,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, "2026-10-01", TODAY - 53, 1 },
	  "    or, if it is still acceptable, give it a new last day:\n"
	  "        # until: <at most 2027-02-21>\n" },
	{ "an entry of the policy is no comment",
	  NULL,
	  "a.json",
	  &setting,
	  { FORM_FILE, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 1 },
	  "    or add to the justification:\n"
	  "        until: <at most 2027-02-21>\n" },
	{ "a blanket marker",
	  "require: [{blanket: no}]\n",
	  "a.py",
	  &marker,
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 1 },
	  "    or let the marker name what it silences\n" },
};

static void check_hint(void **state)
{
	const struct hint_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(policy) struct policy *policy = load(row->policy);
	const struct judge judge = { policy, TODAY, -1, NULL };
	struct exception exception = { .check = "c",
		                       .rule = row->rule,
		                       .severity = row->rule->severity,
		                       .path = row->path,
		                       .text = "",
		                       .justification = row->written };

	assert_int_equal(judge_exception(&judge, &exception, language_of(row->path, slice_of("")), &report),
	                 POL_OK);
	assert_true(report.finding_count > 0);
	assert_string_equal(report.findings[0].fix, row->rule->fix);
	assert_string_equal(report.findings[0].hint, row->hint);
}

/* ---- entries of the policy -------------------------------------------------------------------------------------------*/

static const char entries[] =
	"exceptions:\n"
	"  - {rule: tls-off, path: old.json, reason: the old entry of a host, until: 2026-01-01}\n"
	"  - {rule: TLS01, path: 'web/*.json', contains: strict, reason: pages are moved, owner: '@web'}\n"
	"  - {rule: tls-off, path: old.json, reason: the new entry of a host, until: 2026-12-01}\n"
	"  - {rule: tls-off, path: over.json, reason: the only entry of it, until: 2026-01-01}\n";

static const struct entry_row {
	const char *name, *path, *text;
	struct justification written;
	size_t index;
	const char *reason, *owner; /* after */
	int32_t until;
} entry_rows[] = {
	{ "by code, glob and text",
	  "web/a.json",
	  "strict: 0",
	  { .until = DATE_NONE },
	  1,
	  "pages are moved",
	  "@web",
	  DATE_NONE },
	{ "the text is not there",
	  "web/a.json",
	  "other: 0",
	  { .until = DATE_NONE },
	  SIZE_MAX,
	  NULL,
	  NULL,
	  DATE_NONE },
	{ "the path is another",
	  "web/sub/a.json",
	  "strict: 0",
	  { .until = DATE_NONE },
	  SIZE_MAX,
	  NULL,
	  NULL,
	  DATE_NONE },
	{ "one that is not over is preferred",
	  "old.json",
	  "x",
	  { .until = DATE_NONE },
	  2,
	  "the new entry of a host",
	  NULL,
	  20788 },
	{ "one that is over is better than none",
	  "over.json",
	  "x",
	  { .until = DATE_NONE },
	  3,
	  "the only entry of it",
	  NULL,
	  20454 },
	{ "its own reason counts first",
	  "web/a.json",
	  "strict: 0",
	  { FORM_KEYED, GOOD_REASON, NULL, NULL, NULL, DATE_NONE, 1 },
	  SIZE_MAX,
	  GOOD_REASON,
	  NULL,
	  DATE_NONE },
	{ "what else is written stays",
	  "web/a.json",
	  "strict: 0",
	  { FORM_KEYED, NULL, "@me", NULL, "2026-12-01", 20788, 1 },
	  1,
	  "pages are moved",
	  "@web",
	  20788 },
};

static void check_entry(void **state)
{
	const struct entry_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(policy) struct policy *policy = load(entries);
	const struct judge judge = { policy, TODAY, -1, NULL };
	struct exception exception = {
		.rule = &setting, .path = row->path, .text = row->text, .justification = row->written
	};

	assert_true(judge_from_policy(&judge, &arena, &exception) == row->index);
	assert_int_equal(exception.justification.until, row->until);
	if (row->index != SIZE_MAX)
		assert_int_equal(exception.justification.form, FORM_FILE);
	if (row->reason)
		assert_string_equal(exception.justification.reason, row->reason);
	else
		assert_null(exception.justification.reason);
	if (row->owner)
		assert_string_equal(exception.justification.owner, row->owner);
}

/* ---- the rest --------------------------------------------------------------------------------------------------------*/

static void test_low_severity_does_not_block(void **state)
{
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(policy) struct policy *policy = load(NULL);
	const struct judge judge = { policy, TODAY, -1, NULL };
	struct exception exception = { .rule = &marker,
		                       .severity = SEVERITY_LOW,
		                       .path = "a.py",
		                       .text = "",
		                       .justification.until = DATE_NONE };

	(void)state;
	assert_int_equal(judge_exception(&judge, &exception, NULL, &report), POL_OK);
	assert_int_equal(report.finding_count, 1);
	assert_false(report.findings[0].blocking);
	assert_false(report.exceptions[0].accepted);
}

/* Every allocation may fail; each failure is said, and none lets the exception through. */
static void test_out_of_memory(void **state)
{
	CLEANUP(policy) struct policy *policy = load(strict);
	const struct judge judge = { policy, TODAY, -1, NULL };
	enum pol_status status = POL_ENOMEM;
	unsigned tries = 0;

	(void)state;
	while (status == POL_ENOMEM && tries < 100) {
		CLEANUP(report) struct report report = { .arena.fail_at = ++tries };
		struct exception exception = {
			.rule = &setting,
			.path = "a.py",
			.text = "",
			.justification = { .form = FORM_KEYED, .reason = GOOD_REASON, .until = DATE_NONE }
		};

		status = judge_exception(&judge, &exception, language_of("a.py", slice_of("")), &report);
		assert_false(exception.accepted);
	}
	assert_int_equal(status, POL_OK);
	assert_true(tries > 5);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_low_severity_does_not_block),
		cmocka_unit_test(test_out_of_memory),
	};

	return ROWS_RUN("judge: objections", judge_rows, check_judge) +
	       ROWS_RUN("judge: hints", hint_rows, check_hint) +
	       ROWS_RUN("judge: entries", entry_rows, check_entry) +
	       cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
