/* license_check.c - every dependency must have a licence that the policy allows, or stand in the ledger with the licence
 * that was approved. */
#include "checks/check.h"
#include "checks/license-check/dependency.h"
#include "checks/license-check/ledger.h"
#include "checks/license-check/spdx.h"

#include "policy/base/glob.h"

#include <string.h>
#include <strings.h>

#define DEFAULT_LEDGER ".licenses.csv"

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

/* What dependencies are held against, on one side. */
struct approval {
	struct check_context *context;
	enum source_side side;
	struct report *report;
	struct arena arena;
	const struct license_policy *policy;
	const char *ledger_path;
	struct ledger ledger;
	bool has_ledger;
	struct spdx *allowed; /* per entry of policy->allow */
	struct spdx *denied;
	const char **paths; /* files that name dependencies */
	size_t path_count, path_capacity;
};

/* What is objected to in one dependency. */
struct objection {
	enum problem problem;
	const char *message;
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
static bool is_in_skipped_folder(const struct approval *approval, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *neighbour = slash ? arena_printf(&approval->context->scratch, "%.*s/input",
	                                             (int)(slash - path), path)
	                              : NULL;

	return neighbour && policy_skips(approval->context->judge->policy, neighbour);
}

static enum pol_status collect(const char *path, void *data, struct pol_error *err)
{
	struct approval *approval = data;
	const char **paths;

	if (!reader_for(approval->policy, path) || is_in_skipped_folder(approval, path))
		return POL_OK;
	paths = arena_grow(&approval->arena, approval->paths, approval->path_count, &approval->path_capacity,
	                   sizeof(*paths));
	if (!paths)
		return pol_fail_memory(err);
	approval->paths = paths;
	/* Findings refer to the path. */
	paths[approval->path_count] = arena_string(&approval->report->arena, path);
	return paths[approval->path_count++] ? POL_OK : pol_fail_memory(err);
}

/* The file on this side as a copy that outlives the next read. */
static enum pol_status read_copy(struct approval *approval, const char *path, struct slice *ret_text,
                                 struct pol_error *err)
{
	struct slice text;
	enum pol_status status = source_read_path(approval->context->reader, approval->side, path, &text,
	                                          err);
	const char *copy;

	if (status < 0)
		return status;
	copy = arena_copy(&approval->arena, text.data, text.size);
	if (!copy)
		return pol_fail_memory(err);
	*ret_text = (struct slice){ copy, text.size };
	return POL_OK;
}

static enum pol_status load_ledger(struct approval *approval, struct pol_error *err)
{
	struct slice text;
	enum pol_status status = read_copy(approval, approval->ledger_path, &text, err);

	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK)
		status = ledger_read(&approval->arena, text, approval->ledger_path, &approval->ledger, err);
	approval->has_ledger = status == POL_OK;
	return status;
}

/* Reads allow: or deny: of the policy. */
static enum pol_status load_list(struct approval *approval, const char *const *texts, struct spdx **ret_list,
                                 struct pol_error *err)
{
	struct spdx_error error;
	size_t count = 0;
	struct spdx *list;

	while (texts && texts[count])
		count++;
	list = arena_alloc(&approval->arena, count + 1, sizeof(*list));
	if (!list)
		return pol_fail_memory(err);
	for (size_t i = 0; i < count; i++) {
		enum pol_status status = spdx_parse(&approval->arena, slice_of(texts[i]), &list[i], &error);

		if (status == POL_ENOMEM)
			return pol_fail_memory(err);
		if (status < 0 || list[i].count != 1)
			return pol_fail(err, POL_ECONFIG, POLICY_FILE_NAME, 0,
			                "licenses: \"%s\" is no single SPDX licence: %s", texts[i],
			                status < 0 ? error.message : "name one licence an entry");
	}
	*ret_list = list;
	return POL_OK;
}

/* ---- one dependency --------------------------------------------------------------------------------------------------*/

static bool is_in(const struct spdx *list, const char *license)
{
	for (; list->count > 0; list++) {
		if (strcasecmp(list->steps[0].license, license) == 0)
			return true;
	}
	return false;
}

static bool is_allowed(const char *license, const void *data)
{
	return is_in(((const struct approval *)data)->allowed, license);
}

static bool is_not_denied(const char *license, const void *data)
{
	return !is_in(((const struct approval *)data)->denied, license);
}

static bool is_approved_license(struct arena *arena, const struct ledger_line *line, const char *license)
{
	struct spdx approved, found;
	struct spdx_error error;

	/* A package that states none is taken at the ledger's word. */
	if (!license || strcasecmp(line->license, license) == 0)
		return true;
	return spdx_parse(arena, slice_of(line->license), &approved, &error) == POL_OK &&
	       spdx_parse(arena, slice_of(license), &found, &error) == POL_OK &&
	       spdx_equal(&approved, &found);
}

static bool is_over(const struct approval *approval, const struct ledger_line *line)
{
	return line->until != DATE_NONE && line->until < approval->context->judge->today;
}

/* What the ledger says; PROBLEM_COUNT when nothing is wrong with it. */
static struct objection judge_line(struct approval *approval, const struct ledger_line *line,
                                   const struct dependency *dependency)
{
	struct arena *arena = &approval->report->arena;
	struct objection objection = { PROBLEM_COUNT, "" };

	if (!is_approved_license(&approval->arena, line, dependency->license)) {
		objection.problem = PROBLEM_LICENSE_MISMATCH;
		objection.message = arena_printf(arena, "%s: approved under %s (%s:%u), found %s",
		                                 dependency->name, line->license, approval->ledger_path,
		                                 (unsigned)line->line, dependency->license);
	} else if (is_over(approval, line)) {
		objection.problem = PROBLEM_EXPIRED;
		objection.message = arena_printf(arena, "%s: the approval in %s:%u ended on %s",
		                                 dependency->name, approval->ledger_path,
		                                 (unsigned)line->line, line->until_text);
	}
	return objection;
}

static struct objection judge_license(struct approval *approval, const struct dependency *dependency)
{
	struct arena *arena = &approval->report->arena;
	struct spdx expression;
	struct spdx_error error;
	enum pol_status status;

	if (!dependency->license)
		return (struct objection){ PROBLEM_LICENSE_UNKNOWN,
			                   arena_printf(arena, "%s: no licence is stated",
			                                dependency->name) };
	status = spdx_parse(&approval->arena, slice_of(dependency->license), &expression, &error);
	if (status == POL_ENOMEM)
		return (struct objection){ PROBLEM_LICENSE_UNKNOWN, NULL };
	if (status < 0)
		return (struct objection){ PROBLEM_LICENSE_UNKNOWN,
			                   arena_printf(
						   arena, "%s: the licence \"%s\" is no SPDX expression: %s",
						   dependency->name, dependency->license, error.message) };
	if (!spdx_satisfied(&expression, is_not_denied, approval))
		return (struct objection){ PROBLEM_LICENSE_DENIED,
			                   arena_printf(arena, "%s: the policy refuses %s", dependency->name,
			                                dependency->license) };
	if (spdx_satisfied(&expression, is_allowed, approval))
		return (struct objection){ PROBLEM_COUNT, "" };
	return (struct objection){ PROBLEM_UNAPPROVED_DEPENDENCY,
		                   arena_printf(arena, "%s: %s is neither allowed nor in the ledger",
		                                dependency->name, dependency->license) };
}

/* A field as CSV writes it. */
static const char *csv_field(struct arena *arena, const char *text)
{
	return strpbrk(text, ",\"\n") ? arena_printf(arena, "\"%s\"", text) : text;
}

static const char *hint_for(struct approval *approval, const struct dependencies *set, size_t index)
{
	const struct dependency *dependency = &set->items[index];
	struct arena *arena = &approval->report->arena;
	const char *chain = dependencies_chain(arena, set, index);

	if (!chain)
		return NULL;
	return arena_printf(arena,
	                    "    brought in by: %s\n"
	                    "    or have it approved with a line in %s:\n"
	                    "        %s,%s\n",
	                    chain, approval->ledger_path, csv_field(arena, dependency->name),
	                    csv_field(arena, dependency->license ? dependency->license : "<licence>"));
}

static enum pol_status locate(struct approval *approval, const struct dependencies *set,
                              const struct dependency *dependency, struct exception *exception)
{
	size_t offset = slice_find(set->text, dependency->key);
	struct slice line, place = { dependency->key, strlen(dependency->key) };
	uint32_t number, column;

	if (offset == SIZE_MAX)
		offset = 0;
	line = text_line_at(set->text, offset);
	text_position(set->text, offset, &number, &column);
	place.data = set->text.data + offset;
	place.size = place.size > line.size - (column - 1) ? line.size - (column - 1) : place.size;
	return check_locate(&approval->report->arena, line, number, place, exception);
}

static enum pol_status add_finding(struct approval *approval, const struct exception *exception,
                                   const struct objection *objection, const char *hint)
{
	const struct finding finding = {
		.check = exception->check,
		.rule = exception->rule,
		.problem = objection->problem,
		.severity = exception->severity,
		.blocking = policy_demand(approval->context->judge->policy, exception->rule,
		                          exception->severity, exception->path)
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
	};

	if (!objection->message || !hint)
		return POL_ENOMEM;
	return report_add_finding(approval->report, &finding);
}

/* An exception of kind license, that an entry under exceptions: may justify. */
static enum pol_status add_exception(struct approval *approval, const struct dependencies *set, size_t index,
                                     const struct objection *objection)
{
	const struct dependency *dependency = &set->items[index];
	struct check_context *context = approval->context;
	struct exception exception = {
		.check = license_check.name,
		.rule = &dependency_rule,
		.severity = dependency_rule.severity,
		.path = set->path,
		.justification.until = DATE_NONE,
	};

	exception.id = arena_string(&approval->report->arena, dependency->name);
	if (!exception.id || locate(approval, set, dependency, &exception) < 0)
		return POL_ENOMEM;
	if (judge_from_policy(context->judge, &approval->report->arena, &exception) != SIZE_MAX)
		return check_exception(context, &exception, NULL, approval->report);
	if (report_add_exception(approval->report, &exception) < 0)
		return POL_ENOMEM;
	return add_finding(approval, &exception, objection, hint_for(approval, set, index));
}

static enum pol_status judge_dependency(struct approval *approval, const struct dependencies *set,
                                        size_t index)
{
	const struct dependency *dependency = &set->items[index];
	struct ledger_line *line = ledger_find(&approval->ledger, dependency->name);
	struct objection objection;

	if (line)
		line->used = true;
	objection = line ? judge_line(approval, line, dependency) : judge_license(approval, dependency);
	return objection.problem == PROBLEM_COUNT ? POL_OK : add_exception(approval, set, index, &objection);
}

/* ---- the project -----------------------------------------------------------------------------------------------------*/

static enum pol_status judge_path(struct approval *approval, const char *path, struct pol_error *err)
{
	struct dependencies set = { .path = path };
	enum pol_status status = read_copy(approval, path, &set.text, err);

	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK)
		status = reader_for(approval->policy, path)(&approval->arena, &set, err);
	for (size_t i = 0; status == POL_OK && i < set.count; i++) {
		if (judge_dependency(approval, &set, i) < 0)
			return pol_fail_memory(err);
	}
	if (status == POL_OK)
		approval->report->counts.files++;
	return status;
}

static enum pol_status note_unused(struct approval *approval, struct pol_error *err)
{
	for (size_t i = 0; i < approval->ledger.count && approval->side == SIDE_NEW; i++) {
		const struct ledger_line *line = &approval->ledger.lines[i];

		if (!line->used &&
		    report_add_note(approval->report, "%s:%u: %s is approved but used nowhere",
		                    approval->ledger_path, (unsigned)line->line, line->name) < 0)
			return pol_fail_memory(err);
	}
	return POL_OK;
}

/* Whether dependencies are to be judged at all: `licenses:` or a ledger says so. A range is held against the requirements
 * of its base, so that the change that begins with licences is not judged by a half of its own policy. */
static enum pol_status has_requirements(struct approval *approval, bool *ret_has, struct pol_error *err)
{
	struct slice text;
	enum pol_status status = POL_OK;

	*ret_has = approval->policy->given || approval->has_ledger;
	if (*ret_has && !approval->policy->given && source_kind(approval->context->source) == SOURCE_RANGE) {
		status = source_read_path(approval->context->reader, SIDE_OLD, approval->ledger_path, &text,
		                          err);
		*ret_has = status == POL_OK;
	}
	return status == POL_ENOTFOUND ? POL_OK : status;
}

static enum pol_status judge(struct approval *approval, struct pol_error *err)
{
	bool wanted = false;
	enum pol_status status = load_ledger(approval, err);

	if (status == POL_OK)
		status = has_requirements(approval, &wanted, err);
	if (status < 0)
		return status;
	if (!wanted) {
		if (approval->side == SIDE_NEW &&
		    report_add_note(
			    approval->report,
			    "license-check has nothing to judge: there is no %s, and no licenses: in %s",
			    approval->ledger_path, POLICY_FILE_NAME) < 0)
			return pol_fail_memory(err);
		return POL_OK;
	}
	status = load_list(approval, approval->policy->allow, &approval->allowed, err);
	if (status == POL_OK)
		status = load_list(approval, approval->policy->deny, &approval->denied, err);
	if (status == POL_OK)
		status = source_each_path(approval->context->reader, approval->side, collect, approval, err);
	for (size_t i = 0; status == POL_OK && i < approval->path_count; i++)
		status = judge_path(approval, approval->paths[i], err);
	return status < 0 ? status : note_unused(approval, err);
}

static enum pol_status judge_project(struct check_context *context, enum source_side side,
                                     struct report *report, struct pol_error *err)
{
	struct approval approval = { .context = context, .side = side, .report = report };
	enum pol_status status;

	approval.policy = &context->judge->policy->licenses;
	approval.ledger_path = ledger_path(approval.policy);
	status = judge(&approval, err);
	arena_free(&approval.arena);
	return status;
}

const struct check license_check = {
	.name = "license-check",
	.about = "Refuse dependencies that are neither allowed by licence nor approved in the ledger.",
	.rules = own_rules,
	.wants_project = wants_project,
	.judge_project = judge_project,
};
