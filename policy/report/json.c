/* json.c - the report as one JSON object, and rules as an array. Elements are built and written one by one, so that memory
 * does not grow with the report. */
#include "policy/report/writers.h"

#include <jansson.h>
#include <string.h>

/* Only ASCII comes out: a terminal that shows the report obeys none of what a repository holds. */
enum { JSON_FLAGS = JSON_COMPACT | JSON_ENSURE_ASCII };

CLEANUP_DEFINE(json_t *, json, json_decref)

/* A string value; bytes that are no UTF-8 become \xNN. NULL gives null. */
static json_t *string_of(const char *text)
{
	CLEANUP(buf) struct buf buf = { 0 };

	if (!text)
		return json_null();
	text_add_utf8(&buf, slice_of(text));
	return buf_failed(&buf) ? NULL : json_string(buf.data ? buf.data : "");
}

static json_t *date_of(int32_t day)
{
	char text[DATE_TEXT_SIZE];

	date_format(day, text);
	return json_string(text);
}

/* The exact bytes of a path that is no UTF-8. */
static json_t *hex_of(const char *path)
{
	CLEANUP(buf) struct buf buf = { 0 };

	for (; *path; path++)
		buf_printf(&buf, "%02x", (unsigned)(unsigned char)*path);
	return buf_failed(&buf) ? NULL : json_string(buf.data ? buf.data : "");
}

/* Sets "path", and "path_hex" where "path" can't say it. Takes over a failure of object, as jansson's setters do. */
static int set_path(json_t *object, const char *path)
{
	int failed = json_object_set_new(object, "path", string_of(path));

	if (!text_is_utf8(slice_of(path)))
		failed |= json_object_set_new(object, "path_hex", hex_of(path));
	return failed;
}

/* Writes one element of an array, on a line of its own. */
static enum pol_status write_element(const json_t *element, bool first, FILE *out)
{
	if (!element)
		return POL_ENOMEM;
	(void)fputs(first ? "\n    " : ",\n    ", out);
	/* A failed write leaves its mark on out; what is left to fail here is memory. */
	if (json_dumpf(element, out, JSON_FLAGS) < 0 && !ferror(out))
		return POL_ENOMEM;
	return POL_OK;
}

/* Writes a member of the outermost object. Takes value over; NULL means out of memory. */
static enum pol_status write_member(const char *name, json_t *value, const char *end, FILE *out)
{
	CLEANUP(json) json_t *owned = value;

	if (!owned)
		return POL_ENOMEM;
	(void)fprintf(out, "  \"%s\": ", name);
	if (json_dumpf(owned, out, JSON_FLAGS | JSON_ENCODE_ANY) < 0 && !ferror(out))
		return POL_ENOMEM;
	(void)fputs(end, out);
	return POL_OK;
}

void json_add_string(struct buf *buf, const char *string)
{
	CLEANUP(json) json_t *value = string_of(string);
	size_t size = value ? json_dumpb(value, NULL, 0, JSON_ENSURE_ASCII | JSON_ENCODE_ANY) : 0;
	char *room = size > 0 ? buf_reserve(buf, size) : NULL;

	if (!room) {
		buf->failed = true;
		return;
	}
	(void)json_dumpb(value, room, size, JSON_ENSURE_ASCII | JSON_ENCODE_ANY);
	room[size] = '\0';
	buf->size += size;
}

/* ---- the report ------------------------------------------------------------------------------------------------------*/

static json_t *justification_of(const struct justification *justification)
{
	if (!justification->reason && !justification->until_text && !justification->owner &&
	    !justification->ticket)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o}", "reason", string_of(justification->reason), "until",
	                 justification->until == DATE_NONE ? string_of(justification->until_text)
	                                                   : date_of(justification->until),
	                 "owner", string_of(justification->owner), "ticket",
	                 string_of(justification->ticket));
}

static json_t *days_of(const struct exception *exception)
{
	return exception->justification.until == DATE_NONE ? json_null() : json_integer(exception->days_left);
}

static json_t *exception_of(const struct exception *exception)
{
	const struct rule *rule = exception->rule;
	CLEANUP(json)
	json_t *object = json_pack("{s:s, s:o, s:s, s:s}", "check", exception->check, "rule",
	                           string_of(rule->id), "kind", rule_kind_names[rule->kind], "severity",
	                           rule_severity_names[exception->severity]);
	json_t *rest;

	if (!object || set_path(object, exception->path) < 0)
		return NULL;
	rest = json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:b, s:b, s:o, s:o}", "line",
	                 (json_int_t)exception->line, "column", (json_int_t)exception->column, "end_line",
	                 (json_int_t)exception->end_line, "end_column", (json_int_t)exception->end_column,
	                 "id", string_of(exception->id), "text", string_of(exception->text), "accepted",
	                 (int)exception->accepted, "in_tests", (int)exception->in_tests, "justification",
	                 justification_of(&exception->justification), "days_left", days_of(exception));
	if (!rest || json_object_update_new(object, rest) < 0)
		return NULL;
	return json_incref(object);
}

static json_t *finding_of(const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	CLEANUP(json)
	json_t *object = json_pack(
		"{s:s, s:o, s:s, s:s, s:s, s:b}", "check", finding->check, "rule", string_of(rule->id),
		"kind", rule_kind_names[rule->kind], "problem", problem_code(finding->problem), "severity",
		rule_severity_names[finding->severity], "blocking", (int)finding->blocking);
	char fingerprint[17];
	json_t *rest;

	if (!object || set_path(object, finding->path) < 0)
		return NULL;
	(void)snprintf(fingerprint, sizeof(fingerprint), "%016llx", (unsigned long long)finding->fingerprint);
	rest = json_pack("{s:I, s:I, s:o, s:o, s:s}", "line", (json_int_t)finding->line, "column",
	                 (json_int_t)finding->column, "message", string_of(finding->message), "fix",
	                 string_of(finding->fix), "fingerprint", fingerprint);
	if (!rest || json_object_update_new(object, rest) < 0)
		return NULL;
	if (finding->commit && json_object_set_new(object, "commit", string_of(finding->commit)) < 0)
		return NULL;
	return json_incref(object);
}

static enum pol_status write_exceptions(const struct report *report, FILE *out)
{
	enum pol_status status = POL_OK;

	(void)fputs("  \"exceptions\": [", out);
	for (size_t i = 0; i < report->exception_count && status == POL_OK; i++) {
		CLEANUP(json) json_t *element = exception_of(&report->exceptions[i]);

		status = write_element(element, i == 0, out);
	}
	(void)fputs("],\n", out);
	return status;
}

static enum pol_status write_findings(const struct report *report, FILE *out)
{
	enum pol_status status = POL_OK;

	(void)fputs("  \"findings\": [", out);
	for (size_t i = 0; i < report->finding_count && status == POL_OK; i++) {
		CLEANUP(json) json_t *element = finding_of(&report->findings[i]);

		status = write_element(element, i == 0, out);
	}
	(void)fputs("],\n", out);
	return status;
}

static json_t *summary_of(const struct report *report, const struct report_context *context)
{
	const struct report_counts *counts = &report->counts;

	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "files", (json_int_t)counts->files,
	                 "bytes", (json_int_t)counts->bytes, "binary", (json_int_t)counts->binary, "skipped",
	                 (json_int_t)counts->skipped, "exceptions", (json_int_t)report->exception_count,
	                 "findings", (json_int_t)report->finding_count, "blocking",
	                 (json_int_t)report_count_blocking(report), "elapsed_ms",
	                 (json_int_t)context->elapsed_ms);
}

static json_t *source_of(const struct report_context *context)
{
	return json_pack("{s:o, s:o, s:o}", "kind", string_of(context->source_kind), "base",
	                 string_of(context->base), "head", string_of(context->head));
}

enum pol_status json_write(const struct report *report, const struct report_context *context, FILE *out)
{
	json_t *tool = json_pack("{s:s, s:s}", "name", context->tool, "version", context->version);
	enum pol_status status;

	(void)fputs("{\n", out);
	status = write_member("tool", tool, ",\n", out);
	if (status == POL_OK)
		status = write_member("source", source_of(context), ",\n", out);
	if (status == POL_OK)
		status = write_member("today", date_of(context->today), ",\n", out);
	if (status == POL_OK)
		status = write_exceptions(report, out);
	if (status == POL_OK)
		status = write_findings(report, out);
	if (status == POL_OK)
		status = write_member("summary", summary_of(report, context), "\n}\n", out);
	return status;
}

/* ---- rules -----------------------------------------------------------------------------------------------------------*/

static json_t *list_of(const char *const *texts)
{
	CLEANUP(json) json_t *array = json_array();

	for (; array && texts && *texts; texts++) {
		if (json_array_append_new(array, string_of(*texts)) < 0)
			return NULL;
	}
	return json_incref(array);
}

static json_t *rule_of(const struct rule *rule)
{
	return json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:o}", "id", string_of(rule->id),
	                 "code", string_of(rule->code), "kind", rule_kind_names[rule->kind], "severity",
	                 rule_severity_names[rule->severity], "cwe",
	                 rule->cwe ? json_integer(rule->cwe) : json_null(), "title", string_of(rule->title),
	                 "files", list_of(rule->files), "on", (int)!rule->off, "message",
	                 string_of(rule->message), "fix", string_of(rule->fix));
}

enum pol_status report_write_rules(const struct rule *const *rules, size_t count, FILE *out)
{
	enum pol_status status = POL_OK;

	(void)fputs("[", out);
	for (size_t i = 0; i < count && status == POL_OK; i++) {
		CLEANUP(json) json_t *element = rule_of(rules[i]);

		status = write_element(element, i == 0, out);
	}
	(void)fputs("\n]\n", out);
	return status;
}
