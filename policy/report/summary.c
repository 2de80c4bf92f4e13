/* summary.c - the one line that ends a report for people: verdict, what it rests on, and how long it took. */
#include "policy/report/writers.h"

/* What the line tells. An exception counts once, however much is missing. */
struct tally {
	size_t exceptions, justified; /* without those of kind policy, which need no justification */
	size_t unwritten;             /* blocking: nothing was written at all */
	size_t lacking;               /* blocking: something is missing or wrong */
	size_t objections;            /* blocking: other breaches of policy */
	size_t harmless;              /* exceptions and others that do not block */
	size_t in_tests;              /* of these, in files of tests */
	size_t not_judged;            /* files */
};

static bool is_shortfall(const struct finding *finding)
{
	return finding->problem <= PROBLEM_FILE_WIDE;
}

static void count_harmless(struct tally *tally, const struct finding *finding)
{
	tally->harmless++;
	tally->in_tests += finding->in_tests;
}

/* Findings are sorted, so those of one exception stand together. Counts the one that begins at start; returns where
 * it ends. */
static size_t count_place(const struct report *report, size_t start, struct tally *tally)
{
	const struct finding *first = &report->findings[start];
	bool blocking = false, shortfall = true, unwritten = true;
	size_t end = start;

	for (; end < report->finding_count && finding_same_place(first, &report->findings[end]); end++) {
		const struct finding *finding = &report->findings[end];

		if (finding->problem == PROBLEM_NOT_JUDGED)
			continue;
		blocking = blocking || finding->blocking;
		shortfall = shortfall && is_shortfall(finding);
		unwritten = unwritten && finding->problem == PROBLEM_MISSING_REASON;
		tally->objections += finding->blocking && !is_shortfall(finding);
	}
	if (first->problem == PROBLEM_NOT_JUDGED)
		tally->not_judged++;
	else if (!blocking)
		count_harmless(tally, first);
	else if (unwritten)
		tally->unwritten++;
	else if (shortfall)
		tally->lacking++;
	return end;
}

static struct tally count_all(const struct report *report)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < report->finding_count;)
		i = count_place(report, i, &tally);
	for (size_t i = 0; i < report->exception_count; i++) {
		if (report->exceptions[i].rule->kind == KIND_POLICY)
			continue;
		tally.exceptions++;
		tally.justified += report->exceptions[i].accepted;
	}
	return tally;
}

static void add_count(struct buf *buf, uint64_t count, const char *one, const char *many)
{
	buf_printf(buf, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
}

/* One part of a list such as "2 exceptions without a justification and 1 other objection"; nothing for 0. */
static void add_part(struct buf *buf, size_t count, const char *one, const char *many, size_t *parts)
{
	if (count == 0)
		return;
	if ((*parts)++ > 0)
		buf_add_string(buf, " and ");
	add_count(buf, count, one, many);
}

static void add_refusal(struct buf *buf, const struct tally *tally)
{
	size_t parts = 0;

	add_part(buf, tally->unwritten, "exception without a justification",
	         "exceptions without a justification", &parts);
	add_part(buf, tally->lacking, "exception whose justification falls short",
	         "exceptions whose justification falls short", &parts);
	add_part(buf, tally->objections, parts ? "other objection" : "objection",
	         parts ? "other objections" : "objections", &parts);
}

static void add_allowance(struct buf *buf, const struct tally *tally)
{
	size_t rest = tally->exceptions - tally->justified;
	size_t harmless = tally->harmless < rest ? tally->harmless : rest;
	size_t older = rest - harmless;

	if (tally->exceptions == 0) {
		buf_add_string(buf, "no exceptions");
		return;
	}
	add_count(buf, tally->exceptions, "exception", "exceptions");
	if (rest == 0) {
		buf_add_string(buf, tally->exceptions == 1 ? ", justified," : ", all justified,");
		return;
	}
	buf_printf(buf, ", %zu justified", tally->justified);
	if (older > 0)
		buf_printf(buf, ", %zu from before the change", older);
	buf_add_char(buf, ',');
}

static void add_judgement(struct buf *buf, const struct report *report, const struct tally *tally)
{
	if (report_verdict(report) == VERDICT_REFUSED) {
		buf_add_string(buf, "refused, ");
		add_refusal(buf, tally);
	} else {
		buf_add_string(buf, "allowed, ");
		add_allowance(buf, tally);
	}
	if (report->counts.files > 0) {
		buf_add_string(buf, " in ");
		add_count(buf, report->counts.files, "file", "files");
	} else if (buf->size > 0 && buf->data[buf->size - 1] == ',') {
		buf->data[--buf->size] = '\0';
	}
	if (tally->harmless > 0) {
		buf_add_string(buf, ", and ");
		add_count(buf, tally->harmless, "that does not block", "that do not block");
	}
	if (tally->in_tests > 0) {
		if (tally->in_tests == tally->harmless)
			buf_add_string(buf, " (in tests)");
		else
			buf_printf(buf, " (%zu in tests)", tally->in_tests);
	}
}

static void add_doubt(struct buf *buf, const struct tally *tally)
{
	buf_add_string(buf, "could not tell: ");
	add_count(buf, tally->not_judged, "file was not judged", "files were not judged");
	if (tally->unwritten + tally->lacking + tally->objections > 0) {
		buf_add_string(buf, "; ");
		add_refusal(buf, tally);
	}
}

void summary_add(struct buf *buf, const struct report *report, const struct report_context *context)
{
	struct tally tally = count_all(report);

	buf_printf(buf, "%s: ", context->tool);
	if (report_verdict(report) == VERDICT_UNKNOWN)
		add_doubt(buf, &tally);
	else
		add_judgement(buf, report, &tally);
	/* What nobody looked at must not pass for judged. */
	if (report->counts.skipped > 0) {
		buf_add_string(buf, "; ");
		add_count(buf, report->counts.skipped, "file", "files");
		buf_add_string(buf, " left out by skip:");
	}
	buf_printf(buf, " (%llu ms)", (unsigned long long)context->elapsed_ms);
}
