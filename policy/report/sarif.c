/* sarif.c - the report as a SARIF 2.1.0 log. Findings are results; accepted exceptions are results too, suppressed in source
 * with their reason as the justification. Results are built and written one by one. */
#include "policy/report/writers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* GitHub refuses a log with more results; what is left out is said in a notification. What blocks comes first. */
enum { MAX_RESULTS = 25000 };

CLEANUP_DEFINE(json_t *, json, json_decref)

/* The rules that results refer to: sorted by id, each once. */
struct rule_list {
	const struct rule **items;
	size_t count;
};

struct sarif {
	const struct report *report;
	const struct report_context *context;
	struct rule_list rules;
	size_t results, left_out;
	FILE *out;
};

/* By enum rule_severity. */
static const char *const levels[SEVERITY_COUNT] = { "note", "warning", "error" };
static const char *const security_severities[SEVERITY_COUNT] = { "2.0", "5.0", "8.0" };

static json_t *string_of(const char *text)
{
	CLEANUP(buf) struct buf buf = { 0 };

	text_add_utf8(&buf, slice_of(text));
	return buf_failed(&buf) ? NULL : json_string(buf.data ? buf.data : "");
}

static json_t *message_of(const char *text)
{
	return json_pack("{s:o}", "text", string_of(text));
}

/* A path as a URI: every byte that is not unreserved or / as %NN, so that it is exact for any path. */
static json_t *uri_of(const char *scheme, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	CLEANUP(buf) struct buf buf = { 0 };

	buf_add_string(&buf, scheme);
	for (; *path; path++) {
		if (strchr(plain, *path))
			buf_add_char(&buf, *path);
		else
			buf_printf(&buf, "%%%02X", (unsigned)(unsigned char)*path);
	}
	return buf_failed(&buf) ? NULL : json_string(buf.data ? buf.data : "");
}

/* ---- rules -----------------------------------------------------------------------------------------------------------*/

static int by_id(const void *left, const void *right)
{
	const struct rule *const *a = left, *const *b = right;

	return strcmp((*a)->id, (*b)->id);
}

static enum pol_status collect_rules(struct arena *arena, const struct report *report, struct rule_list *list)
{
	size_t count = 0, kept = 0;

	list->items = arena_alloc(arena, report->finding_count + report->exception_count,
	                          sizeof(*list->items));
	if (!list->items)
		return POL_ENOMEM;
	for (size_t i = 0; i < report->finding_count; i++)
		list->items[count++] = report->findings[i].rule;
	for (size_t i = 0; i < report->exception_count; i++) {
		if (report->exceptions[i].accepted)
			list->items[count++] = report->exceptions[i].rule;
	}
	if (count > 1)
		qsort(list->items, count, sizeof(*list->items), by_id);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || strcmp(list->items[kept - 1]->id, list->items[i]->id) != 0)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	return POL_OK;
}

static json_int_t rule_index(const struct rule_list *list, const struct rule *rule)
{
	const struct rule **found = bsearch(&rule, list->items, list->count, sizeof(*list->items), by_id);

	return found ? (json_int_t)(found - list->items) : -1;
}

static json_t *tags_of(const struct rule *rule)
{
	CLEANUP(json) json_t *tags = json_pack("[s, s]", "security", rule_kind_names[rule->kind]);
	char cwe[32];

	(void)snprintf(cwe, sizeof(cwe), "external/cwe/cwe-%03u", (unsigned)rule->cwe);
	if (!tags || (rule->cwe && json_array_append_new(tags, json_string(cwe)) < 0))
		return NULL;
	return json_incref(tags);
}

static int set_help(json_t *object, const struct rule *rule)
{
	CLEANUP(buf) struct buf help = { 0 };
	char uri[64];

	buf_printf(&help, "%s%sFix: %s.", rule->why, *rule->why ? " " : "", rule->fix);
	(void)snprintf(uri, sizeof(uri), "https://cwe.mitre.org/data/definitions/%u.html",
	               (unsigned)rule->cwe);
	if (buf_failed(&help) || json_object_set_new(object, "help", message_of(help.data)) < 0)
		return -1;
	return rule->cwe ? json_object_set_new(object, "helpUri", json_string(uri)) : 0;
}

static json_t *rule_of(const struct rule *rule)
{
	CLEANUP(json)
	json_t *object = json_pack("{s:o, s:o, s:o, s:{s:s}, s:{s:o, s:s, s:s}}", "id", string_of(rule->id),
	                           "shortDescription", message_of(rule->title), "fullDescription",
	                           message_of(*rule->why ? rule->why : rule->message), "defaultConfiguration",
	                           "level", levels[rule->severity], "properties", "tags", tags_of(rule),
	                           "precision", "high", "security-severity",
	                           security_severities[rule->severity]);

	if (!object || set_help(object, rule) < 0)
		return NULL;
	return json_incref(object);
}

/* ---- results ---------------------------------------------------------------------------------------------------------*/

/* Where something is, in the report's own terms: lines, and columns in bytes. */
struct place {
	const char *path, *text;
	uint32_t text_column, line, column, end_line, end_column;
};

/* The column in characters of a column in bytes; 0 = not known, since the line was cut before or after it. */
static json_int_t char_column(const struct place *place, uint32_t column)
{
	struct slice text = slice_of(place->text);

	if (place->text_column != 1 || column == 0 || column - 1 > text.size)
		return 0;
	return (json_int_t)text_count_chars(slice_sub(text, 0, column - 1)) + 1;
}

/* A region must not be empty or run backwards: what isn't known or is no place of its own is left out. */
static json_t *region_of(const struct place *place)
{
	CLEANUP(json)
	json_t *region = json_pack("{s:I}", "startLine", (json_int_t)(place->line ? place->line : 1));
	json_int_t start = char_column(place, place->column);
	json_int_t end = place->end_line == place->line ? char_column(place, place->end_column) : 0;
	int failed = region ? 0 : -1;

	if (region && start > 0)
		failed |= json_object_set_new(region, "startColumn", json_integer(start));
	if (region && place->end_line >= place->line && place->line > 0)
		failed |= json_object_set_new(region, "endLine", json_integer(place->end_line));
	if (region && start > 0 && end > start)
		failed |= json_object_set_new(region, "endColumn", json_integer(end));
	if (region && place->text)
		failed |= json_object_set_new(region, "snippet", message_of(place->text));
	return failed < 0 ? NULL : json_incref(region);
}

/* Files named on the command line may lie anywhere: an absolute path is a URI of its own. */
static json_t *artifact_of(const char *path)
{
	if (*path == '/')
		return json_pack("{s:o}", "uri", uri_of("file://", path));
	return json_pack("{s:o, s:s}", "uri", uri_of("", path), "uriBaseId", "SRCROOT");
}

static json_t *locations_of(const struct place *place)
{
	if (!*place->path)
		return json_array();
	return json_pack("[{s:{s:o, s:o}}]", "physicalLocation", "artifactLocation", artifact_of(place->path),
	                 "region", region_of(place));
}

static json_t *finding_of(const struct sarif *sarif, const struct finding *finding)
{
	const struct place place = { finding->path,   finding->text,     finding->text_column, finding->line,
		                     finding->column, finding->end_line, finding->end_column };
	CLEANUP(buf) struct buf message = { 0 };
	char fingerprint[20];

	buf_printf(&message, "%s. Fix: %s.", finding->message, finding->fix);
	(void)snprintf(fingerprint, sizeof(fingerprint), "%016llx:1",
	               (unsigned long long)finding->fingerprint);
	if (buf_failed(&message))
		return NULL;
	return json_pack("{s:o, s:I, s:s, s:o, s:o, s:{s:s}, s:{s:s, s:s, s:b}}", "ruleId",
	                 string_of(finding->rule->id), "ruleIndex", rule_index(&sarif->rules, finding->rule),
	                 "level", finding->blocking ? levels[finding->severity] : "note", "message",
	                 message_of(message.data), "locations", locations_of(&place), "partialFingerprints",
	                 "primaryLocationLineHash", fingerprint, "properties", "check", finding->check,
	                 "problem", problem_code(finding->problem), "blocking", (int)finding->blocking);
}

/* Reason and what else was written, as one text. */
static json_t *justification_of(const struct justification *justification)
{
	const struct {
		const char *name, *value;
	} fields[] = { { "; until: ", justification->until_text },
		       { "; owner: ", justification->owner },
		       { "; ticket: ", justification->ticket } };
	CLEANUP(buf) struct buf buf = { 0 };

	buf_add_string(&buf, justification->reason ? justification->reason : "the policy asks for no reason");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].value)
			buf_printf(&buf, "%s%s", fields[i].name, fields[i].value);
	}
	return buf_failed(&buf) ? NULL : string_of(buf.data);
}

static json_t *accepted_of(const struct sarif *sarif, const struct exception *exception)
{
	const struct place place = { exception->path,      exception->text,   exception->text_column,
		                     exception->line,      exception->column, exception->end_line,
		                     exception->end_column };

	return json_pack("{s:o, s:I, s:s, s:o, s:o, s:[{s:s, s:s, s:o}], s:{s:s}}", "ruleId",
	                 string_of(exception->rule->id), "ruleIndex",
	                 rule_index(&sarif->rules, exception->rule), "level", levels[exception->severity],
	                 "message", message_of(exception->rule->message), "locations", locations_of(&place),
	                 "suppressions", "kind",
	                 exception->justification.form == FORM_FILE ? "external" : "inSource", "status",
	                 "accepted", "justification", justification_of(&exception->justification),
	                 "properties", "check", exception->check);
}

/* ---- the log ---------------------------------------------------------------------------------------------------------*/

/* Takes value over; NULL means out of memory. A failed write leaves its mark on out. */
static enum pol_status write_value(struct sarif *sarif, const char *before, json_t *value)
{
	CLEANUP(json) json_t *owned = value;

	if (!owned)
		return POL_ENOMEM;
	(void)fputs(before, sarif->out);
	return json_dumpf(owned, sarif->out, JSON_COMPACT | JSON_ENSURE_ASCII) < 0 && !ferror(sarif->out)
	               ? POL_ENOMEM
	               : POL_OK;
}

static enum pol_status write_result(struct sarif *sarif, json_t *result)
{
	return write_value(sarif, sarif->results++ == 0 ? "\n      " : ",\n      ", result);
}

static enum pol_status write_findings(struct sarif *sarif, bool blocking)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < sarif->report->finding_count && status == POL_OK; i++) {
		const struct finding *finding = &sarif->report->findings[i];

		if (finding->blocking != blocking)
			continue;
		if (sarif->results >= MAX_RESULTS)
			sarif->left_out++;
		else
			status = write_result(sarif, finding_of(sarif, finding));
	}
	return status;
}

static enum pol_status write_accepted(struct sarif *sarif)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < sarif->report->exception_count && status == POL_OK; i++) {
		const struct exception *exception = &sarif->report->exceptions[i];

		if (!exception->accepted)
			continue;
		if (sarif->results >= MAX_RESULTS)
			sarif->left_out++;
		else
			status = write_result(sarif, accepted_of(sarif, exception));
	}
	return status;
}

static int add_notification(json_t *array, const char *level, const char *text)
{
	return json_array_append_new(array,
	                             json_pack("{s:s, s:o}", "level", level, "message", message_of(text)));
}

static json_t *notifications_of(const struct sarif *sarif)
{
	CLEANUP(json) json_t *array = json_array();
	int failed = array ? 0 : -1;
	char left_out[80];

	for (size_t i = 0; array && i < sarif->report->note_count; i++)
		failed |= add_notification(array, "note", sarif->report->notes[i]);
	for (size_t i = 0; array && i < sarif->report->finding_count; i++) {
		if (sarif->report->findings[i].problem == PROBLEM_NOT_JUDGED)
			failed |= add_notification(array, "error", sarif->report->findings[i].message);
	}
	(void)snprintf(left_out, sizeof(left_out), "%zu further results are left out of this log",
	               sarif->left_out);
	if (array && sarif->left_out > 0)
		failed |= add_notification(array, "warning", left_out);
	return failed < 0 ? NULL : json_incref(array);
}

static json_t *invocation_of(const struct sarif *sarif)
{
	enum verdict verdict = report_verdict(sarif->report);

	return json_pack("[{s:b, s:i, s:o}]", "executionSuccessful", verdict != VERDICT_UNKNOWN, "exitCode",
	                 (int)verdict, "toolExecutionNotifications", notifications_of(sarif));
}

static enum pol_status write_rules(struct sarif *sarif)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < sarif->rules.count && status == POL_OK; i++)
		status = write_value(sarif, i == 0 ? "\n        " : ",\n        ",
		                     rule_of(sarif->rules.items[i]));
	return status;
}

static enum pol_status write_results(struct sarif *sarif)
{
	enum pol_status status = write_findings(sarif, true);

	if (status == POL_OK)
		status = write_findings(sarif, false);
	return status == POL_OK ? write_accepted(sarif) : status;
}

enum pol_status sarif_write(const struct report *report, const struct report_context *context, FILE *out)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct sarif sarif = { .report = report, .context = context, .out = out };
	enum pol_status status = collect_rules(&arena, report, &sarif.rules);

	if (status < 0)
		return status;
	(void)fprintf(
		out,
		"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\n"
		"  \"runs\":[{\"columnKind\":\"unicodeCodePoints\",\n"
		"    \"tool\":{\"driver\":{\"name\":\"%s\",\"version\":\"%s\",\"rules\":[",
		context->tool, context->version);
	status = write_rules(&sarif);
	(void)fputs("]}},\n    \"results\":[", out);
	if (status == POL_OK)
		status = write_results(&sarif);
	if (status == POL_OK)
		status = write_value(&sarif, "],\n    \"invocations\":", invocation_of(&sarif));
	(void)fputs("}]}\n", out);
	return status;
}
