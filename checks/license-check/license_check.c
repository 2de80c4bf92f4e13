/* license_check.c - every dependency must have a licence that the policy allows, or stand in the ledger with the licence
 * that was approved. */
#include "checks/check.h"
#include "checks/license-check/approval.h"

#include "policy/base/glob.h"

#include <string.h>

#define DEFAULT_LEDGER ".licenses.csv"

enum { LINE_AFTER = 256 }; /* bytes of a line behind a dependency that a report may show */

static const struct rule dependency_rule = {
	.id = "dependency-license",
	.code = "LIC01",
	.title = "A dependency outside the licence policy",
	.message = "the dependency is neither allowed by its licence nor in the ledger",
	.why = "A licence binds whoever ships the package; which ones are acceptable is for people to "
	       "decide, once, in writing.",
	.fix = "choose a package with an allowed licence, or have this one approved",
	.kind = KIND_LICENSE,
	.severity = SEVERITY_HIGH,
	.scope = SCOPE_REPOSITORY,
	.pattern = "",
};

static const struct rule *const own_rules[] = { &dependency_rule, NULL };

/* The judging of one side. */
struct side {
	struct check_context *context;
	enum source_side side;
	struct report *report;
	struct arena arena;
	struct approval approval;
	const char **paths; /* files that name dependencies */
	size_t path_count, path_capacity;
};

/* ---- inputs ----------------------------------------------------------------------------------------------------------*/

static const char *ledger_path(const struct license_policy *policy)
{
	return policy->ledger && *policy->ledger ? policy->ledger : DEFAULT_LEDGER;
}

static dependencies_reader reader_for(const struct license_policy *policy, const char *path)
{
	dependencies_reader reader = dependencies_reader_for(path);

	if (!reader && glob_match_any(policy->lockfiles, path))
		reader = glob_match("*.csv", path) ? dependencies_read_csv : dependencies_read_npm;
	return reader;
}

static bool wants_project(const struct source *source, const struct policy *policy)
{
	if (!source_has_old(source))
		return true;
	for (size_t i = 0; i < source_count(source); i++) {
		const char *path = source_at(source, i)->path;

		if (reader_for(&policy->licenses, path) ||
		    strcmp(path, ledger_path(&policy->licenses)) == 0 || strcmp(path, POLICY_FILE_NAME) == 0)
			return true;
	}
	return false;
}

/* Lock files are data that other checks leave out by name; here only a folder that is left out counts. */
static bool is_in_skipped_folder(const struct side *side, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *neighbour = slash ? arena_printf(&side->context->scratch, "%.*s/input",
	                                             (int)(slash - path), path)
	                              : NULL;

	return neighbour && policy_skips(side->context->judge->policy, neighbour);
}

static enum pol_status collect(const char *path, void *data, struct pol_error *err)
{
	struct side *side = data;
	const char **paths;

	if (!reader_for(side->approval.policy, path) || is_in_skipped_folder(side, path))
		return POL_OK;
	paths = arena_grow(&side->arena, side->paths, side->path_count, &side->path_capacity, sizeof(*paths));
	if (!paths)
		return pol_fail_memory(err);
	side->paths = paths;
	/* Findings refer to the path. */
	paths[side->path_count] = arena_string(&side->report->arena, path);
	return paths[side->path_count++] ? POL_OK : pol_fail_memory(err);
}

static enum pol_status load_ledger(struct side *side, struct pol_error *err)
{
	struct approval *approval = &side->approval;
	struct slice text;
	enum pol_status status = source_read_path(side->context->reader, side->side, approval->ledger_path,
	                                          &text, err);

	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK)
		status = ledger_read(&side->arena, text, approval->ledger_path, &approval->ledger, err);
	approval->has_ledger = status == POL_OK;
	return status;
}

/* ---- one dependency --------------------------------------------------------------------------------------------------*/

/* Names come from files that anybody may have written: a line end in one must not begin a line of the report. */
static void add_plain(struct buf *buf, const char *text)
{
	for (; *text; text++)
		buf_add_char(buf, (unsigned char)*text < ' ' ? ' ' : *text);
}

/* A field as CSV writes it. */
static void add_csv_field(struct buf *buf, const char *text)
{
	if (!strpbrk(text, ",\"#")) {
		add_plain(buf, text);
		return;
	}
	buf_add_char(buf, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		buf_add(buf, text, (size_t)(quote - text));
		buf_add_string(buf, "\"\"");
	}
	add_plain(buf, text);
	buf_add_char(buf, '"');
}

/* Who brings it in, and the line that would approve it. */
static const char *hint_for(const struct side *side, const struct dependencies *set, size_t index)
{
	CLEANUP(buf) struct buf hint = { 0 };
	const struct dependency *dependency = &set->items[index];
	struct arena *arena = &side->report->arena;
	const char *chain = dependencies_chain(arena, set, index);

	if (!chain)
		return NULL;
	buf_add_string(&hint, "    brought in by: ");
	add_plain(&hint, chain);
	buf_printf(&hint, "\n    or have it approved with a line in %s:\n        ",
	           side->approval.ledger_path);
	add_csv_field(&hint, dependency->name);
	buf_add_char(&hint, ',');
	add_csv_field(&hint, dependency->license ? dependency->license : "<licence>");
	buf_add_char(&hint, '\n');
	return buf_failed(&hint) ? NULL : arena_copy(arena, hint.data, hint.size);
}

/* The line of a dependency, as much of it as a report shows: a lock file may be one line of megabytes. */
static struct slice line_of(struct slice text, const struct dependency *dependency)
{
	size_t before = dependency->offset - dependency->line_start;
	struct slice line = slice_sub(text, dependency->line_start, before + dependency->size + LINE_AFTER);
	size_t end = slice_find_char(slice_from(line, before), '\n');

	line = end == SIZE_MAX ? line : slice_sub(line, 0, before + end);
	return slice_ends(line, "\r") ? slice_sub(line, 0, line.size - 1) : line;
}

static enum pol_status locate(struct side *side, const struct dependencies *set,
                              const struct dependency *dependency, struct exception *exception)
{
	return check_locate(&side->report->arena, line_of(set->text, dependency), dependency->line,
	                    slice_sub(set->text, dependency->offset, dependency->size), exception);
}

static enum pol_status add_finding(struct side *side, const struct dependency *dependency,
                                   const struct exception *exception, const struct objection *objection,
                                   const char *hint)
{
	struct report *report = side->report;
	const struct finding finding = {
		.check = exception->check,
		.rule = exception->rule,
		.problem = objection->problem,
		.severity = exception->severity,
		.blocking = policy_demand(side->context->judge->policy, exception->rule, exception->severity,
		                          exception->path)
		                    .block,
		.path = exception->path,
		.line = exception->line,
		.column = exception->column,
		.end_line = exception->end_line,
		.end_column = exception->end_column,
		.message = objection->message,
		.fix = exception->rule->fix,
		.hint = hint,
		.text = exception->text,
		.text_column = exception->text_column,
		/* The line tells neither the licence nor, in a lock file of one line, the dependency. */
		.key = arena_printf(&report->arena, "%s %s", dependency->name,
		                    dependency->license ? dependency->license : ""),
	};

	return finding.key && hint ? report_add_finding(report, &finding) : POL_ENOMEM;
}

/* An exception of kind license, that an entry under exceptions: may justify. */
static enum pol_status add_exception(struct side *side, const struct dependencies *set, size_t index,
                                     const struct objection *objection)
{
	const struct dependency *dependency = &set->items[index];
	struct check_context *context = side->context;
	struct exception exception = {
		.check = license_check.name,
		.rule = &dependency_rule,
		.severity = dependency_rule.severity,
		.path = set->path,
		.justification.until = DATE_NONE,
	};

	exception.id = arena_string(&side->report->arena, dependency->name);
	if (!exception.id || locate(side, set, dependency, &exception) < 0)
		return POL_ENOMEM;
	if (judge_from_policy(context->judge, &side->report->arena, &exception) != SIZE_MAX)
		return check_exception(context, &exception, NULL, side->report);
	if (report_add_exception(side->report, &exception) < 0)
		return POL_ENOMEM;
	return add_finding(side, dependency, &exception, objection, hint_for(side, set, index));
}

/* ---- the project -----------------------------------------------------------------------------------------------------*/

static enum pol_status judge_set(struct side *side, const struct dependencies *set)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; status == POL_OK && i < set->count; i++) {
		struct objection objection;

		status = approval_judge(&side->approval, &set->items[i], &side->report->arena, &objection);
		if (status == POL_OK && objection.problem != PROBLEM_COUNT)
			status = add_exception(side, set, i, &objection);
	}
	return status;
}

static enum pol_status judge_path(struct side *side, const char *path, struct pol_error *err)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct dependencies set = { .path = path };
	enum pol_status status = source_read_path(side->context->reader, side->side, path, &set.text, err);

	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK)
		status = reader_for(side->approval.policy, path)(&arena, &set, err);
	if (status < 0)
		return status;
	side->report->counts.files++;
	side->report->counts.bytes += set.text.size;
	return judge_set(side, &set) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status note_unused(struct side *side, struct pol_error *err)
{
	const struct approval *approval = &side->approval;

	for (size_t i = 0; i < approval->ledger.count && side->side == SIDE_NEW; i++) {
		const struct ledger_line *line = &approval->ledger.lines[i];

		if (!line->used &&
		    report_add_note(side->report, "%s:%u: %s is approved but used nowhere",
		                    approval->ledger_path, (unsigned)line->line, line->name) < 0)
			return pol_fail_memory(err);
	}
	return POL_OK;
}

/* The side whose ledger tells whether dependencies are to be judged at all. A change is held against the requirements of its
 * base: the one that begins with a ledger is not judged by a half of its own policy, and none ends the judging by deleting
 * the ledger. */
static enum source_side deciding_side(const struct side *side)
{
	const struct source *source = side->context->source;

	return source_kind(source) == SOURCE_RANGE && source_base(source) ? SIDE_OLD : side->side;
}

static enum pol_status has_requirements(const struct side *side, bool *ret_has, struct pol_error *err)
{
	const struct approval *approval = &side->approval;
	enum source_side decides = deciding_side(side);
	struct slice text;
	enum pol_status status;

	*ret_has = approval->policy->given || (approval->has_ledger && decides == side->side);
	if (*ret_has || decides == side->side)
		return POL_OK;
	status = source_read_path(side->context->reader, decides, approval->ledger_path, &text, err);
	*ret_has = status == POL_OK;
	return status == POL_ENOTFOUND ? POL_OK : status;
}

static enum pol_status note_nothing(struct side *side, struct pol_error *err)
{
	if (side->side == SIDE_NEW &&
	    report_add_note(side->report,
	                    "license-check has nothing to judge: there is no %s%s, and no licenses: in %s",
	                    side->approval.ledger_path,
	                    deciding_side(side) == SIDE_OLD ? " before the change" : "",
	                    POLICY_FILE_NAME) < 0)
		return pol_fail_memory(err);
	return POL_OK;
}

static enum pol_status judge(struct side *side, struct pol_error *err)
{
	bool wanted = false;
	enum pol_status status = load_ledger(side, err);

	if (status == POL_OK)
		status = has_requirements(side, &wanted, err);
	if (status < 0 || !wanted)
		return status < 0 ? status : note_nothing(side, err);
	status = approval_load_lists(&side->approval, err);
	if (status == POL_OK)
		status = source_each_path(side->context->reader, side->side, collect, side, err);
	for (size_t i = 0; status == POL_OK && i < side->path_count; i++)
		status = judge_path(side, side->paths[i], err);
	return status < 0 ? status : note_unused(side, err);
}

static enum pol_status judge_project(struct check_context *context, enum source_side which,
                                     struct report *report, struct pol_error *err)
{
	struct side side = { .context = context, .side = which, .report = report };
	enum pol_status status;

	side.approval.arena = &side.arena;
	side.approval.policy = &context->judge->policy->licenses;
	side.approval.ledger_path = ledger_path(side.approval.policy);
	side.approval.today = context->judge->today;
	status = judge(&side, err);
	arena_free(&side.arena);
	return status;
}

const struct check license_check = {
	.name = "license-check",
	.about = "Refuse dependencies that are neither allowed by licence nor approved in the ledger.",
	.rules = own_rules,
	.wants_project = wants_project,
	.judge_project = judge_project,
};
