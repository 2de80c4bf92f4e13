/* github.c - workflow commands that GitHub turns into annotations. It shows ten of a kind for a step, so what blocks comes
 * first; the summary follows as an ordinary line of the log. */
#include "policy/report/writers.h"

#include <string.h>

/* Data ends at the line, and in a property also at : and , so these are written as %NN. What is no printable text has been
 * escaped before. */
static void add_data(struct buf *buf, const char *text, const char *special)
{
	CLEANUP(buf) struct buf printable = { 0 };
	struct slice rest = slice_of(text), line;

	for (size_t number = 0; slice_next_line(&rest, &line); number++) {
		if (number > 0)
			buf_add_char(&printable, '\n');
		text_add_escaped(&printable, line, false);
	}
	if (buf_failed(&printable))
		buf->failed = true;
	for (const char *c = printable.data; c && *c; c++) {
		if (strchr(special, *c))
			buf_printf(buf, "%%%02X", (unsigned)(unsigned char)*c);
		else
			buf_add_char(buf, *c);
	}
}

static void add_property(struct buf *buf, const char *name, const char *value)
{
	buf_printf(buf, "%s=", name);
	add_data(buf, value, "%\r\n:,");
	buf_add_char(buf, ',');
}

static void add_lines(struct buf *buf, const struct finding *finding)
{
	if (finding->line == 0)
		return;
	buf_printf(buf, "line=%u,", finding->line);
	if (finding->end_line >= finding->line)
		buf_printf(buf, "endLine=%u,", finding->end_line);
	if (finding->column == 0)
		return;
	buf_printf(buf, "col=%u,", finding->column);
	/* GitHub takes columns only within one line; its end column is inclusive. */
	if (finding->end_line == finding->line && finding->end_column > finding->column)
		buf_printf(buf, "endColumn=%u,", finding->end_column - 1);
}

static const char *level_of(const struct finding *finding)
{
	if (finding->blocking)
		return "error";
	return finding->severity == SEVERITY_LOW ? "notice" : "warning";
}

static void add_command(struct buf *buf, const struct finding *finding)
{
	CLEANUP(buf) struct buf message = { 0 };

	buf_printf(buf, "::%s ", level_of(finding));
	/* A newline in a name would be cut off as a line end: it is escaped with the rest. */
	if (*finding->path) {
		text_add_escaped(&message, slice_of(finding->path), false);
		add_property(buf, "file", message.data ? message.data : "");
		buf_clear(&message);
	}
	add_lines(buf, finding);
	buf_add_string(buf, "title=");
	add_data(buf, finding->rule->title, "%\r\n:,");
	buf_add_string(buf, "::");
	buf_printf(&message, "%s [%s]\nfix: %s\n%s", finding->message, finding->rule->id, finding->fix,
	           finding->hint ? finding->hint : "");
	if (buf_failed(&message))
		buf->failed = true;
	add_data(buf, message.data ? message.data : "", "%\r\n");
	buf_add_char(buf, '\n');
}

static enum pol_status write_commands(const struct report *report, bool blocking, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < report->finding_count && status == POL_OK; i++) {
		if (report->findings[i].blocking != blocking)
			continue;
		add_command(&buf, &report->findings[i]);
		status = writer_flush(&buf, out);
	}
	return status;
}

enum pol_status github_write(const struct report *report, const struct report_context *context, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status = write_commands(report, true, out);

	if (status == POL_OK)
		status = write_commands(report, false, out);
	if (status < 0)
		return status;
	summary_add(&buf, report, context);
	buf_add_char(&buf, '\n');
	return writer_flush(&buf, out);
}
