/* text.c - the report for people: one block a finding, then notes, then one summary line. Nothing of what the repository
 * holds reaches the terminal unescaped. */
#include "policy/report/writers.h"

/* Escape sequences, or "" each when the output takes no colour. */
struct colors {
	const char *place, *alarm, *reset;
};

static const struct colors no_colors = { "", "", "" };
static const struct colors ansi_colors = { "\033[1m", "\033[1;31m", "\033[0m" };

static void add_escaped(struct buf *buf, const char *text)
{
	text_add_escaped(buf, slice_of(text), false);
}

/* "path:line:column: ", as far as it is known. */
static void add_place(struct buf *buf, const struct colors *colors, const char *path, uint32_t line,
                      uint32_t column)
{
	if (!*path && line == 0)
		return;
	buf_add_string(buf, colors->place);
	add_escaped(buf, *path ? path : "message");
	if (line > 0)
		buf_printf(buf, ":%u", line);
	if (line > 0 && column > 0)
		buf_printf(buf, ":%u", column);
	buf_add_char(buf, ':');
	buf_add_string(buf, colors->reset);
	buf_add_char(buf, ' ');
}

/* The lines of a hint as they are, but for what a terminal must not see. */
static void add_hint(struct buf *buf, const char *hint)
{
	struct slice rest = slice_of(hint), line;

	while (slice_next_line(&rest, &line)) {
		text_add_escaped(buf, line, false);
		buf_add_char(buf, '\n');
	}
}

static void add_finding(struct buf *buf, const struct finding *finding, const struct colors *colors)
{
	const char *alarm = finding->blocking ? colors->alarm : "";

	add_place(buf, colors, finding->path, finding->line, finding->column);
	buf_printf(buf, "%s%s%s: ", alarm, rule_severity_names[finding->severity],
	           *alarm ? colors->reset : "");
	add_escaped(buf, finding->message);
	buf_add_string(buf, " [");
	add_escaped(buf, finding->rule->id);
	buf_add_string(buf, "]\n");
	excerpt_add(buf, finding, alarm, *alarm ? colors->reset : "");
	buf_add_string(buf, "    fix: ");
	add_escaped(buf, finding->fix);
	buf_add_char(buf, '\n');
	if (finding->blocking || finding->warns)
		add_hint(buf, finding->hint);
	if (!finding->blocking)
		buf_add_string(buf, "    this does not block\n");
}

static bool is_shown(const struct finding *finding, const struct report_context *context)
{
	return finding->blocking || finding->problem == PROBLEM_NOT_JUDGED || context->verbosity >= 1 ||
	       (finding->warns && (context->warns || context->verbosity >= 0));
}

/* A hook that says too much is not read: the first push of an old repository has thousands of messages to warn of. */
enum { MAX_QUIET_WARNINGS = 20 };

static enum pol_status write_findings(const struct report *report, const struct report_context *context,
                                      struct buf *buf, FILE *out)
{
	const struct colors *colors = context->color ? &ansi_colors : &no_colors;
	enum pol_status status = POL_OK;
	size_t warnings = 0;

	for (size_t i = 0; i < report->finding_count && status == POL_OK; i++) {
		const struct finding *finding = &report->findings[i];

		if (!is_shown(finding, context))
			continue;
		warnings += finding->warns && context->verbosity < 0;
		if (finding->warns && warnings > MAX_QUIET_WARNINGS)
			continue;
		add_finding(buf, finding, colors);
		status = writer_flush(buf, out);
	}
	if (warnings > MAX_QUIET_WARNINGS)
		buf_printf(buf, "and %zu more that do not block\n", warnings - MAX_QUIET_WARNINGS);
	return status < 0 ? status : writer_flush(buf, out);
}

static void add_field(struct buf *buf, const char *name, const char *value)
{
	if (!value)
		return;
	buf_printf(buf, "; %s ", name);
	add_escaped(buf, value);
}

static void add_accepted(struct buf *buf, const struct exception *exception, const struct colors *colors)
{
	const struct justification *justification = &exception->justification;
	bool is_policy = exception->rule->kind == KIND_POLICY;

	add_place(buf, colors, exception->path, exception->line, exception->column);
	buf_add_string(buf, is_policy ? "policy: " : "justified: ");
	add_escaped(buf, is_policy               ? exception->rule->message
	                 : justification->reason ? justification->reason
	                                         : "no reason is asked for");
	add_field(buf, "until", justification->until_text);
	if (justification->until != DATE_NONE)
		buf_printf(buf, " (%d %s left)", exception->days_left,
		           exception->days_left == 1 ? "day" : "days");
	add_field(buf, "owner", justification->owner);
	add_field(buf, "ticket", justification->ticket);
	buf_add_string(buf, " [");
	add_escaped(buf, exception->rule->id);
	buf_add_string(buf, "]\n");
}

/* With -v every accepted exception; a changed policy always, since its owners must see it. */
static enum pol_status write_accepted(const struct report *report, const struct report_context *context,
                                      struct buf *buf, FILE *out)
{
	const struct colors *colors = context->color ? &ansi_colors : &no_colors;
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < report->exception_count && status == POL_OK; i++) {
		const struct exception *exception = &report->exceptions[i];

		if (!exception->accepted || (exception->rule->kind != KIND_POLICY && context->verbosity < 1))
			continue;
		add_accepted(buf, exception, colors);
		status = writer_flush(buf, out);
	}
	return status;
}

static void add_notes(struct buf *buf, const struct report *report)
{
	for (size_t i = 0; i < report->note_count; i++) {
		buf_add_string(buf, "note: ");
		add_escaped(buf, report->notes[i]);
		buf_add_char(buf, '\n');
	}
}

enum pol_status text_write(const struct report *report, const struct report_context *context, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum verdict verdict = report_verdict(report);
	enum pol_status status;

	/* Quiet, a run that allows writes what warns, and nothing about itself. */
	if (context->verbosity < 0 && verdict == VERDICT_ALLOWED)
		return write_findings(report, context, &buf, out);
	status = write_accepted(report, context, &buf, out);
	if (status == POL_OK)
		status = write_findings(report, context, &buf, out);
	if (status < 0)
		return status;
	add_notes(&buf, report);
	summary_add(&buf, report, context);
	buf_add_char(&buf, '\n');
	return writer_flush(&buf, out);
}
