/* test_writers.c - what each format looks like for one fixed report, byte by byte: tests/unit/golden/. With GOLDEN=write in
 * the environment the files are written anew instead; read the difference before you keep it. */
#include "policy/report/report.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

static const char *const python_files[] = { "*.py", NULL };

static const struct rule tls_rule = {
	.id = "python-requests-verify-false",
	.code = "TLS01",
	.title = "Python HTTP client does not verify certificates",
	.message = "TLS certificate verification is switched off",
	.why = "Anybody between can read and change what is sent.",
	.fix = "remove verify=False, or pass verify=\"/path/to/ca.pem\"",
	.kind = KIND_SETTING,
	.severity = SEVERITY_HIGH,
	.cwe = 295,
	.files = python_files,
	.pattern = "verify",
};

static const struct rule nosec_rule = {
	.id = "bandit-nosec",
	.code = "SUP001",
	.title = "bandit is silenced: <all> & 100%, \"here\"",
	.message = "bandit is silenced here",
	.why = "",
	.fix = "fix what bandit found",
	.kind = KIND_SUPPRESSION,
	.severity = SEVERITY_LOW,
	.pattern = "nosec",
};

static const struct rule message_rule = {
	.id = "message-empty",
	.code = "MSG01",
	.title = "Empty commit message",
	.message = "the commit message is empty",
	.why = "",
	.fix = "say what the commit does",
	.kind = KIND_POLICY,
	.severity = SEVERITY_MEDIUM,
	.pattern = "",
};

/* A name with every trap: a blank, a terminal escape, a newline, a bidirectional control and a byte that is no UTF-8. */
#define HOSTILE_PATH "src/a b\033[31m\n::error::%,:<&>\xE2\x80\xAE\xFF.py"

static const struct finding findings[] = {
	{ .check = "justification-check",
	  .rule = &tls_rule,
	  .problem = PROBLEM_MISSING_REASON,
	  .severity = SEVERITY_HIGH,
	  .blocking = true,
	  .path = "src/client.py",
	  .line = 14,
	  .column = 27,
	  .end_line = 14,
	  .end_column = 39,
	  .message = "TLS certificate verification is switched off",
	  .fix = "remove verify=False, or pass verify=\"/path/to/ca.pem\"",
	  .hint = "    or justify it on the line above:\n        # reason: <why this is acceptable here>\n",
	  .text = "    r = requests.get(url, verify=False)",
	  .text_column = 1 },
	/* Wide characters and a tab before the place, nothing behind. */
	{ .check = "justification-check",
	  .rule = &tls_rule,
	  .problem = PROBLEM_EXPIRED,
	  .severity = SEVERITY_HIGH,
	  .blocking = true,
	  .path = HOSTILE_PATH,
	  .line = 3,
	  .column = 18,
	  .end_line = 3,
	  .end_column = 30,
	  .message = "the exception expired on 2026-10-01, 53 days ago: it's \"off\"\033[2J",
	  .fix = "remove verify=False",
	  .hint = "    or, with <&>:\n        # until: <at most 2026-12-23>\n",
	  .text = "\tg(\"\xE6\xBC\xA2\xE5\xAD\x97\xCC\x81\xFF\x07\", verify=False",
	  .text_column = 1 },
	/* A line that was cut before the place, and one that goes on over the next line. */
	{ .check = "justification-check",
	  .rule = &nosec_rule,
	  .problem = PROBLEM_WEAK_REASON,
	  .severity = SEVERITY_LOW,
	  .blocking = false,
	  .path = "src/long.py",
	  .line = 7,
	  .column = 5003,
	  .end_line = 8,
	  .end_column = 3,
	  .message = "the reason is too weak, it is a placeholder: bandit is silenced here",
	  .fix = "fix what bandit found",
	  .text = "x # nosec",
	  .text_column = 5001 },
	{ .check = "commit-message-check",
	  .rule = &message_rule,
	  .problem = PROBLEM_BAD_MESSAGE,
	  .severity = SEVERITY_MEDIUM,
	  .blocking = true,
	  .path = "",
	  .message = "the commit message is empty",
	  .fix = "say what the commit does" },
};

static const struct exception exceptions[] = {
	{ .check = "justification-check",
	  .rule = &tls_rule,
	  .severity = SEVERITY_HIGH,
	  .path = "src/client.py",
	  .line = 14,
	  .column = 27,
	  .end_line = 14,
	  .end_column = 39,
	  .text = "    r = requests.get(url, verify=False)",
	  .text_column = 1,
	  .justification.until = DATE_NONE },
	{ .check = "justification-check",
	  .rule = &nosec_rule,
	  .severity = SEVERITY_LOW,
	  .path = "src/ok.py",
	  .line = 2,
	  .column = 12,
	  .end_line = 2,
	  .end_column = 17,
	  .id = "B101",
	  .text = "ü = None # nosec B101",
	  .text_column = 1,
	  .accepted = true,
	  .justification = { .form = FORM_KEYED,
	                     .reason = "asserts are wanted in \033[31mtests",
	                     .owner = "@team/qa",
	                     .ticket = "QA-7",
	                     .until_text = "2026-12-01",
	                     .until = 20788,
	                     .line = 1 },
	  .days_left = 8 },
};

static void fill(struct report *report)
{
	for (size_t i = 0; i < sizeof(findings) / sizeof(findings[0]); i++)
		assert_int_equal(report_add_finding(report, &findings[i]), POL_OK);
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++)
		assert_int_equal(report_add_exception(report, &exceptions[i]), POL_OK);
	assert_int_equal(report_add_note(report, "license-check has nothing to judge"), POL_OK);
	report->counts = (struct report_counts){ .files = 3, .bytes = 1234, .binary = 1, .skipped = 2 };
	report_finish(report);
}

static const struct report_context context = {
	.tool = "justification-check",
	.version = "0.1.0",
	.source_kind = "range",
	.base = "1111111111111111111111111111111111111111",
	.top = "/repository",
	.today = 20780, /* 2026-11-23 */
	.elapsed_ms = 1002,
};

/* The report in a format, as a string to free. */
static char *write_report(const struct report *report, const struct report_context *how,
                          enum report_format format)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct pol_error err;

	assert_non_null(out);
	assert_int_equal(report_write(report, how, format, out, &err), POL_OK);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(strlen(text), size);
	return text;
}

/* ---- golden files ----------------------------------------------------------------------------------------------------*/

static const struct golden_row {
	const char *name; /* of the file, too */
	enum report_format format;
	int verbosity;
	bool color;
} golden_rows[] = {
	{ "report.txt", FORMAT_TEXT, 0, false },      { "verbose.txt", FORMAT_TEXT, 1, false },
	{ "color.txt", FORMAT_TEXT, 0, true },        { "report.json", FORMAT_JSON, 0, false },
	{ "report.sarif", FORMAT_SARIF, 0, false },   { "report.github", FORMAT_GITHUB, 0, false },
	{ "report.gitlab", FORMAT_GITLAB, 0, false }, { "report.junit", FORMAT_JUNIT, 0, false },
};

static void read_golden(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t used;

	if (!file)
		fail_msg("%s is missing: run from the top of the repository", path);
	used = fread(text, 1, size - 1, file);
	assert_true(used < size - 1);
	text[used] = '\0';
	(void)fclose(file);
}

static void write_golden(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void check_golden(void **state)
{
	const struct golden_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	struct report_context how = context;
	const char *mode = getenv("GOLDEN");
	char path[128], expected[32768];
	char *text;

	how.verbosity = row->verbosity;
	how.color = row->color;
	fill(&report);
	text = write_report(&report, &how, row->format);
	(void)snprintf(path, sizeof(path), "tests/unit/golden/%s", row->name);
	if (mode && strcmp(mode, "write") == 0)
		write_golden(path, text);
	read_golden(path, expected, sizeof(expected));
	assert_string_equal(text, expected);
	free(text);
}

/* ---- properties ------------------------------------------------------------------------------------------------------*/

/* Whatever a repository holds, no format writes a byte that a terminal obeys. */
static void check_no_control(void **state)
{
	const struct golden_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	struct report_context how = context;
	char *text;

	how.verbosity = row->verbosity;
	fill(&report);
	text = write_report(&report, &how, row->format);
	for (const char *c = text; *c; c++)
		assert_true(*c == '\n' || ((unsigned char)*c >= 0x20 && *c != 0x7F));
	assert_true(text_is_utf8(slice_of(text)));
	free(text);
}

static void check_full_device(void **state)
{
	const struct golden_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	struct pol_error err = { 0 };
	FILE *out = fopen("/dev/full", "w");

	if (!out)
		skip();
	fill(&report);
	assert_int_equal(report_write(&report, &context, row->format, out, &err), POL_EIO);
	assert_true(err.message[0] != '\0');
	(void)fclose(out);
}

/* ---- the summary line ------------------------------------------------------------------------------------------------*/

enum { MAX_ITEMS = 4 };

static const struct summary_row {
	const char *name;
	uint64_t files;
	int verbosity;
	int accepted, older; /* exceptions without a finding */
	struct {
		enum problem problem;
		uint32_t line; /* 0 = end of list */
		bool harmless;
	} items[MAX_ITEMS];
	const char *line; /* after "pre-commit: "; NULL = nothing at all */
} summary_rows[] = {
	{ "one without",
	  3,
	  0,
	  0,
	  0,
	  { { PROBLEM_MISSING_REASON, 1, false } },
	  "refused, 1 exception without a justification in 3 files (2 ms)" },
	{ "two without, one harmless",
	  1,
	  0,
	  0,
	  0,
	  { { PROBLEM_MISSING_REASON, 1, false },
	    { PROBLEM_MISSING_REASON, 2, false },
	    { PROBLEM_MISSING_REASON, 3, true } },
	  "refused, 2 exceptions without a justification in 1 file, and 1 that does not block (2 ms)" },
	{ "several shortfalls of one exception",
	  3,
	  0,
	  0,
	  0,
	  { { PROBLEM_WEAK_REASON, 1, false }, { PROBLEM_EXPIRED, 1, false } },
	  "refused, 1 exception whose justification falls short in 3 files (2 ms)" },
	{ "all sorts",
	  3,
	  0,
	  0,
	  0,
	  { { PROBLEM_MISSING_REASON, 1, false },
	    { PROBLEM_EXPIRED, 2, false },
	    { PROBLEM_STALE, 3, false } },
	  "refused, 1 exception without a justification and 1 exception whose justification falls short and "
	  "1 "
	  "other objection in 3 files (2 ms)" },
	{ "an objection alone, no files",
	  0,
	  0,
	  0,
	  0,
	  { { PROBLEM_BAD_MESSAGE, 1, false } },
	  "refused, 1 objection (2 ms)" },
	{ "all justified",
	  340,
	  0,
	  12,
	  0,
	  { { 0 } },
	  "allowed, 12 exceptions, all justified, in 340 files (2 ms)" },
	{ "one justified", 340, 0, 1, 0, { { 0 } }, "allowed, 1 exception, justified, in 340 files (2 ms)" },
	{ "nothing there", 340, 0, 0, 0, { { 0 } }, "allowed, no exceptions in 340 files (2 ms)" },
	{ "nothing judged", 0, 0, 0, 0, { { 0 } }, "allowed, no exceptions (2 ms)" },
	{ "old debt",
	  2,
	  0,
	  1,
	  2,
	  { { 0 } },
	  "allowed, 3 exceptions, 1 justified, 2 from before the change, in 2 files (2 ms)" },
	{ "harmless ones are counted",
	  2,
	  0,
	  1,
	  0,
	  { { PROBLEM_MISSING_REASON, 1, true } },
	  "allowed, 2 exceptions, 1 justified, in 2 files, and 1 that does not block (2 ms)" },
	{ "not judged",
	  2,
	  0,
	  1,
	  0,
	  { { PROBLEM_NOT_JUDGED, 1, true } },
	  "could not tell: 1 file was not judged (2 ms)" },
	{ "not judged and refused",
	  2,
	  0,
	  1,
	  0,
	  { { PROBLEM_NOT_JUDGED, 1, true }, { PROBLEM_MISSING_REASON, 2, false } },
	  "could not tell: 1 file was not judged; 1 exception without a justification (2 ms)" },
	{ "quiet when allowed", 340, -1, 12, 0, { { 0 } }, NULL },
	{ "quiet says why it refuses",
	  3,
	  -1,
	  0,
	  0,
	  { { PROBLEM_MISSING_REASON, 1, false } },
	  "refused, 1 exception without a justification in 3 files (2 ms)" },
};

static void add_exceptions(struct report *report, int count, bool accepted)
{
	struct exception exception = exceptions[0];

	exception.accepted = accepted;
	for (int i = 0; i < count; i++)
		assert_int_equal(report_add_exception(report, &exception), POL_OK);
}

static void add_items(struct report *report, const struct summary_row *row)
{
	for (size_t i = 0; i < MAX_ITEMS && row->items[i].line > 0; i++) {
		struct finding finding = findings[0];

		finding.problem = row->items[i].problem;
		finding.line = row->items[i].line;
		finding.blocking = !row->items[i].harmless;
		assert_int_equal(report_add_finding(report, &finding), POL_OK);
		if (finding.problem <= PROBLEM_FILE_WIDE &&
		    (i == 0 || row->items[i - 1].line != finding.line))
			add_exceptions(report, 1, false);
	}
}

static void check_summary(void **state)
{
	const struct summary_row *row = *state;
	CLEANUP(report) struct report report = { 0 };
	struct report_context how = context;
	char expected[256];
	char *text, *last;

	how.tool = "pre-commit";
	how.elapsed_ms = 2;
	how.verbosity = row->verbosity;
	report.counts.files = row->files;
	add_items(&report, row);
	add_exceptions(&report, row->accepted, true);
	add_exceptions(&report, row->older, false);
	report_finish(&report);
	text = write_report(&report, &how, FORMAT_TEXT);
	last = strstr(text, "pre-commit: ");
	(void)snprintf(expected, sizeof(expected), "pre-commit: %s\n", row->line ? row->line : "");
	if (row->line)
		assert_string_equal(last ? last : "", expected);
	else
		assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	return ROWS_RUN("writers: golden", golden_rows, check_golden) +
	       rows_run("writers: no control bytes", golden_rows, 2, sizeof(golden_rows[0]),
	                check_no_control) +
	       rows_run("writers: no control bytes, other formats", golden_rows + 3,
	                sizeof(golden_rows) / sizeof(golden_rows[0]) - 3, sizeof(golden_rows[0]),
	                check_no_control) +
	       ROWS_RUN("writers: full device", golden_rows, check_full_device) +
	       ROWS_RUN("writers: summary", summary_rows, check_summary);
}
