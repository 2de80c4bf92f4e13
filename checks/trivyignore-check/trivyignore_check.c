/* trivyignore_check.c - every entry of a Trivy ignore file must be understood by Trivy and carry a justification with a
 * last day. */
#include "checks/check.h"
#include "checks/trivyignore-check/entry.h"
#include "checks/trivyignore-check/ids.h"

#include <stdlib.h>
#include <string.h>

static const char rule_message[] = "Trivy is told to ignore this finding";
static const char rule_fix[] = "update or replace what is vulnerable, and remove the entry";
static const char rule_why[] =
	"An ignored vulnerability is forgotten unless somebody says why it does not matter "
	"and when to look again.";

static const char *const plain_files[] = { ".trivyignore", NULL };
static const char *const yaml_files[] = { ".trivyignore.yaml", NULL };

static const struct rule plain_rule = {
	.id = "trivyignore-entry",
	.code = "IGN145",
	.title = "A finding of Trivy is ignored",
	.message = rule_message,
	.why = rule_why,
	.fix = rule_fix,
	.native = "CVE-2024-0001 exp:<YYYY-MM-DD>",
	.files = plain_files,
	.kind = KIND_IGNORE,
	.severity = SEVERITY_HIGH,
	.scope = SCOPE_REPOSITORY,
	.place = PLACE_ABOVE,
	.cwe = 1104,
	.pattern = "",
};

static const struct rule yaml_rule = {
	.id = "trivyignore-yaml-entry",
	.code = "IGN146",
	.title = "A finding of Trivy is ignored (YAML form)",
	.message = rule_message,
	.why = rule_why,
	.fix = rule_fix,
	.native = "statement: <why this is acceptable here>, expired_at: <YYYY-MM-DD>",
	.files = yaml_files,
	.kind = KIND_IGNORE,
	.severity = SEVERITY_HIGH,
	.scope = SCOPE_REPOSITORY,
	.place = PLACE_TRAILING,
	.cwe = 1104,
	.pattern = "",
};

static const struct rule *const own_rules[] = { &plain_rule, &yaml_rule, NULL };

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_yaml(const char *path)
{
	const char *name = base_name(path);

	return strcmp(name, ".trivyignore.yaml") == 0 || strcmp(name, ".trivyignore.yml") == 0;
}

static bool wants(const char *path)
{
	return strcmp(base_name(path), ".trivyignore") == 0 || is_yaml(path);
}

/* An objection to the entry itself, whatever its justification says. */
static enum pol_status object(struct report *report, const struct exception *exception, enum problem problem,
                              const char *message, const char *fix)
{
	const struct finding finding = {
		.check = trivyignore_check.name,
		.rule = exception->rule,
		.problem = problem,
		.severity = exception->severity,
		.blocking = true,
		.path = exception->path,
		.line = exception->line,
		.column = exception->column,
		.end_line = exception->end_line,
		.end_column = exception->end_column,
		.message = message,
		.fix = fix,
		.text = exception->text,
		.text_column = exception->text_column,
	};

	return message ? report_add_finding(report, &finding) : POL_ENOMEM;
}

static int compare_slices(struct slice a, struct slice b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size > 0 ? memcmp(a.data, b.data, size) : 0;

	if (order != 0)
		return order;
	return (a.size > b.size) - (a.size < b.size);
}

/* By id, then by line. */
static int compare_entries(const void *a, const void *b)
{
	const struct ignore_entry *first = *(struct ignore_entry *const *)a;
	const struct ignore_entry *second = *(struct ignore_entry *const *)b;
	int order = compare_slices(ids_canonical(first->id), ids_canonical(second->id));

	return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

/* Gives each entry whose id stood before the line where it first stood. */
static enum pol_status find_twins(struct arena *scratch, struct ignore_entries *entries)
{
	struct ignore_entry **sorted = arena_alloc(scratch, entries->count, sizeof(struct ignore_entry *));
	struct ignore_entry *first = NULL;

	if (!sorted)
		return POL_ENOMEM;
	for (size_t i = 0; i < entries->count; i++)
		sorted[i] = &entries->items[i];
	qsort(sorted, entries->count, sizeof(*sorted), compare_entries);
	for (size_t i = 0; i < entries->count; i++) {
		if (first && slice_equal(ids_canonical(first->id), ids_canonical(sorted[i]->id)))
			sorted[i]->twin_line = first->line;
		else
			first = sorted[i];
	}
	return POL_OK;
}

/* In the YAML form one id may stand several times, with other paths. */
static enum pol_status judge_id(const struct ignore_entry *entry, const struct exception *exception,
                                struct report *report)
{
	const char *objection = entry->is_license ? NULL : ids_objection(entry->id);

	if (objection && object(report, exception, PROBLEM_UNKNOWN_ID,
	                        arena_printf(&report->arena, "the id \"%s\" %s", exception->id, objection),
	                        "write the id exactly as Trivy prints it") < 0)
		return POL_ENOMEM;
	if (entry->twin_line == 0 || exception->rule != &plain_rule)
		return POL_OK;
	return object(report, exception, PROBLEM_DUPLICATE,
	              arena_printf(&report->arena, "the id \"%s\" already stands in line %u", exception->id,
	                           (unsigned)entry->twin_line),
	              "remove one of the two entries");
}

static enum pol_status judge_entry(struct check_context *context, const char *path,
                                   const struct ignore_entry *entry, struct report *report)
{
	struct exception exception = {
		.check = trivyignore_check.name,
		.rule = is_yaml(path) ? &yaml_rule : &plain_rule,
		.severity = SEVERITY_HIGH,
		.path = path,
		.justification = entry->justification,
	};
	struct arena *arena = &report->arena;

	if (check_locate(arena, entry->line_text, entry->line, entry->where, &exception) < 0)
		return POL_ENOMEM;
	if (entry->malformed && object(report, &exception, PROBLEM_MALFORMED_ENTRY,
	                               arena_string(arena, entry->malformed), entry->malformed_fix) < 0)
		return POL_ENOMEM;
	if (entry->id.size == 0)
		return POL_OK;
	exception.id = arena_copy(arena, entry->id.data, entry->id.size);
	if (!exception.id || judge_id(entry, &exception, report) < 0)
		return POL_ENOMEM;
	return check_exception(context, &exception, language_of(path, entry->line_text), report);
}

static enum pol_status judge_file(struct check_context *context, const char *path, struct slice text,
                                  struct report *report, struct pol_error *err)
{
	struct ignore_entries entries = { 0 };
	/* Justifications end up in the report, so they are read into its arena. */
	enum pol_status status = is_yaml(path) ? entries_read_yaml(&report->arena, path, text, &entries)
	                                       : entries_read_plain(&report->arena, text, &entries);

	if (status == POL_OK)
		status = find_twins(&context->scratch, &entries);
	for (size_t i = 0; status == POL_OK && i < entries.count; i++)
		status = judge_entry(context, path, &entries.items[i], report);
	return status < 0 ? pol_fail_memory(err) : POL_OK;
}

const struct check trivyignore_check = {
	.name = "trivyignore-check",
	.about = "Refuse entries of Trivy ignore files without a reason and a last day.",
	.rules = own_rules,
	.wants = wants,
	.judge_file = judge_file,
};
