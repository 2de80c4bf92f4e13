/* junit.c - a JUnit report for CI systems that show tests: a suite for each check, a case for each exception that is
 * justified and each finding. There is no one schema; only what all readers know is used. */
#include "policy/report/writers.h"

#include <string.h>

enum { MAX_SUITES = 16 };

/* Escapes for text and attributes alike. XML has no way to write most control bytes, so what is not printable is shown
 * as \xNN, and the two code points that no document may hold as \uNNNN. */
static void add_xml(struct buf *buf, const char *text)
{
	static const struct {
		const char *text, *escaped;
	} table[] = {
		{ "&", "&amp;" },
		{ "<", "&lt;" },
		{ ">", "&gt;" },
		{ "\"", "&quot;" },
		{ "'", "&apos;" },
		{ "\xEF\xBF\xBE", "\\uFFFE" },
		{ "\xEF\xBF\xBF", "\\uFFFF" },
	};
	CLEANUP(buf) struct buf printable = { 0 };
	const char *c;

	text_add_escaped(&printable, slice_of(text), false);
	if (buf_failed(&printable))
		buf->failed = true;
	for (c = printable.data; c && *c;) {
		size_t i = 0, count = sizeof(table) / sizeof(table[0]);

		while (i < count && strncmp(c, table[i].text, strlen(table[i].text)) != 0)
			i++;
		if (i < count)
			buf_add_string(buf, table[i].escaped);
		else
			buf_add_char(buf, *c);
		c += i < count ? strlen(table[i].text) : 1;
	}
}

static void add_attribute(struct buf *buf, const char *name, const char *value)
{
	buf_printf(buf, " %s=\"", name);
	add_xml(buf, value);
	buf_add_char(buf, '"');
}

/* Lines of text: each escaped, the line ends kept. */
static void add_lines(struct buf *buf, const char *text)
{
	struct slice rest = slice_of(text), line;

	while (slice_next_line(&rest, &line)) {
		CLEANUP(buf) struct buf copy = { 0 };

		buf_add(&copy, line.data, line.size);
		buf_add_char(&copy, '\n');
		if (buf_failed(&copy)) {
			buf->failed = true;
			return;
		}
		copy.data[copy.size - 1] = '\0';
		add_xml(buf, copy.data);
		buf_add_char(buf, '\n');
	}
}

static void open_case(struct buf *buf, const char *path, uint32_t line, const struct rule *rule)
{
	CLEANUP(buf) struct buf name = { 0 };

	buf_printf(&name, "%s:%u %s", *path ? path : "message", line, rule->id);
	if (buf_failed(&name))
		buf->failed = true;
	buf_add_string(buf, "    <testcase");
	add_attribute(buf, "classname", *path ? path : "message");
	add_attribute(buf, "name", name.data ? name.data : "");
	if (*path)
		add_attribute(buf, "file", path);
	if (line > 0)
		buf_printf(buf, " line=\"%u\"", line);
}

static void add_finding_case(struct buf *buf, const struct finding *finding)
{
	const char *element = finding->problem == PROBLEM_NOT_JUDGED ? "error"
	                      : finding->blocking                    ? "failure"
	                                                             : NULL;

	open_case(buf, finding->path, finding->line, finding->rule);
	buf_add_string(buf, ">\n");
	if (element) {
		buf_printf(buf, "      <%s", element);
		add_attribute(buf, "message", finding->message);
		add_attribute(buf, "type", problem_code(finding->problem));
		buf_add_char(buf, '>');
	} else {
		buf_add_string(buf, "      <system-out>does not block: ");
		add_lines(buf, finding->message);
	}
	buf_add_string(buf, "fix: ");
	add_lines(buf, finding->fix);
	if (finding->hint)
		add_lines(buf, finding->hint);
	buf_printf(buf, "</%s>\n    </testcase>\n", element ? element : "system-out");
}

static void add_accepted_case(struct buf *buf, const struct exception *exception)
{
	open_case(buf, exception->path, exception->line, exception->rule);
	buf_add_string(buf, "/>\n");
}

/* ---- suites ----------------------------------------------------------------------------------------------------------*/

struct suite {
	const char *check;
	size_t cases, failures, errors;
};

struct suites {
	struct suite items[MAX_SUITES];
	size_t count;
	struct suite all;
};

/* The suite of a check; the last one takes what comes after the table is full. */
static struct suite *suite_of(struct suites *suites, const char *check)
{
	for (size_t i = 0; i < suites->count; i++) {
		if (strcmp(suites->items[i].check, check) == 0 || i == MAX_SUITES - 1)
			return &suites->items[i];
	}
	suites->items[suites->count].check = check;
	return &suites->items[suites->count++];
}

static void count_case(struct suites *suites, const char *check, size_t failures, size_t errors)
{
	struct suite *counted[] = { suite_of(suites, check), &suites->all };

	for (size_t i = 0; i < 2; i++) {
		counted[i]->cases++;
		counted[i]->failures += failures;
		counted[i]->errors += errors;
	}
}

static void count_cases(const struct report *report, struct suites *suites)
{
	for (size_t i = 0; i < report->exception_count; i++) {
		if (report->exceptions[i].accepted)
			count_case(suites, report->exceptions[i].check, 0, 0);
	}
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];
		bool error = finding->problem == PROBLEM_NOT_JUDGED;

		count_case(suites, finding->check, !error && finding->blocking, error);
	}
}

static enum pol_status write_cases(const struct report *report, struct suites *suites,
                                   const struct suite *suite, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < report->exception_count && status == POL_OK; i++) {
		const struct exception *exception = &report->exceptions[i];

		if (!exception->accepted || suite_of(suites, exception->check) != suite)
			continue;
		add_accepted_case(&buf, exception);
		status = writer_flush(&buf, out);
	}
	for (size_t i = 0; i < report->finding_count && status == POL_OK; i++) {
		if (suite_of(suites, report->findings[i].check) != suite)
			continue;
		add_finding_case(&buf, &report->findings[i]);
		status = writer_flush(&buf, out);
	}
	return status;
}

static void add_counts(struct buf *buf, const struct suite *suite)
{
	buf_printf(buf, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"", suite->cases, suite->failures,
	           suite->errors);
}

static enum pol_status write_suite(const struct report *report, struct suites *suites,
                                   const struct suite *suite, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status;

	buf_add_string(&buf, "  <testsuite");
	add_attribute(&buf, "name", suite->check);
	add_counts(&buf, suite);
	buf_add_string(&buf, " skipped=\"0\">\n");
	status = writer_flush(&buf, out);
	if (status == POL_OK)
		status = write_cases(report, suites, suite, out);
	buf_add_string(&buf, "  </testsuite>\n");
	return status < 0 ? status : writer_flush(&buf, out);
}

/* Readers take a report without tests for a broken run: what was judged and found clean is one case. */
static void add_clean_suite(struct buf *buf, const struct report *report,
                            const struct report_context *context)
{
	buf_add_string(buf, "  <testsuite");
	add_attribute(buf, "name", context->tool);
	buf_add_string(buf, " tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n    <testcase");
	add_attribute(buf, "classname", context->tool);
	buf_printf(buf, " name=\"no exceptions in %llu files\"/>\n  </testsuite>\n",
	           (unsigned long long)report->counts.files);
}

enum pol_status junit_write(const struct report *report, const struct report_context *context, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	struct suites suites = { 0 };
	struct suite shown;
	enum pol_status status;

	count_cases(report, &suites);
	shown = suites.all;
	if (suites.count == 0)
		shown.cases = 1;
	buf_add_string(&buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	add_attribute(&buf, "name", context->tool);
	add_counts(&buf, &shown);
	buf_printf(&buf, " time=\"%llu.%03llu\">\n", (unsigned long long)(context->elapsed_ms / 1000),
	           (unsigned long long)(context->elapsed_ms % 1000));
	if (suites.count == 0)
		add_clean_suite(&buf, report, context);
	status = writer_flush(&buf, out);
	for (size_t i = 0; i < suites.count && status == POL_OK; i++)
		status = write_suite(report, &suites, &suites.items[i], out);
	buf_add_string(&buf, "</testsuites>\n");
	return status < 0 ? status : writer_flush(&buf, out);
}
