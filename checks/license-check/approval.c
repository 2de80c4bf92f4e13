/* approval.c - holds a dependency against the ledger and the policy's lists of licences. */
#include "checks/license-check/approval.h"

#include <strings.h>

static enum pol_status load_list(struct approval *approval, const char *const *texts, struct spdx **ret_list,
                                 struct pol_error *err)
{
	struct spdx_error error = { 0, "" };
	size_t count = 0;
	struct spdx *list;

	while (texts && texts[count])
		count++;
	list = arena_alloc(approval->arena, count + 1, sizeof(*list));
	if (!list)
		return pol_fail_memory(err);
	for (size_t i = 0; i < count; i++) {
		enum pol_status status = spdx_parse(approval->arena, slice_of(texts[i]), &list[i], &error);

		if (status == POL_ENOMEM)
			return pol_fail_memory(err);
		if (status < 0 || list[i].count != 1)
			return pol_fail(err, POL_ECONFIG, POLICY_FILE_NAME, 0,
			                "licenses: \"%.100s\" is no single SPDX licence: %s", texts[i],
			                status < 0 ? error.message : "name one licence an entry");
	}
	*ret_list = list;
	return POL_OK;
}

enum pol_status approval_load_lists(struct approval *approval, struct pol_error *err)
{
	enum pol_status status = load_list(approval, approval->policy->allow, &approval->allowed, err);

	return status < 0 ? status : load_list(approval, approval->policy->deny, &approval->denied, err);
}

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

/* ---- the ledger ------------------------------------------------------------------------------------------------------*/

static enum pol_status is_approved(struct arena *arena, const struct ledger_line *line, const char *license,
                                   bool *ret_approved)
{
	struct spdx approved, found;
	struct spdx_error error;
	enum pol_status status;

	/* A package that states none is taken at the ledger's word. */
	*ret_approved = !license || strcasecmp(line->license, license) == 0;
	if (*ret_approved)
		return POL_OK;
	status = spdx_parse(arena, slice_of(line->license), &approved, &error);
	if (status == POL_OK)
		status = spdx_parse(arena, slice_of(license), &found, &error);
	if (status == POL_OK)
		*ret_approved = spdx_equal(&approved, &found);
	return status == POL_ENOMEM ? status : POL_OK;
}

static enum pol_status judge_line(const struct approval *approval, const struct ledger_line *line,
                                  const struct dependency *dependency, struct arena *messages,
                                  struct objection *objection)
{
	bool approved = false;

	if (is_approved(approval->arena, line, dependency->license, &approved) < 0)
		return POL_ENOMEM;
	if (!approved) {
		objection->problem = PROBLEM_LICENSE_MISMATCH;
		objection->message = arena_printf(messages, "%s: approved under %s (%s:%u), found %s",
		                                  dependency->name, line->license, approval->ledger_path,
		                                  (unsigned)line->line, dependency->license);
	} else if (line->until != DATE_NONE && line->until < approval->today) {
		objection->problem = PROBLEM_EXPIRED;
		objection->message = arena_printf(messages, "%s: the approval in %s:%u ended on %s",
		                                  dependency->name, approval->ledger_path,
		                                  (unsigned)line->line, line->until_text);
	}
	return objection->message ? POL_OK : POL_ENOMEM;
}

/* ---- the lists -------------------------------------------------------------------------------------------------------*/

static enum pol_status judge_expression(const struct approval *approval, const struct dependency *dependency,
                                        const struct spdx *expression, struct arena *messages,
                                        struct objection *objection)
{
	const char *name = dependency->name, *license = dependency->license;

	if (!spdx_satisfied(expression, is_not_denied, approval)) {
		objection->problem = PROBLEM_LICENSE_DENIED;
		objection->message = arena_printf(messages, "%s: the policy refuses %s", name, license);
	} else if (!spdx_satisfied(expression, is_allowed, approval)) {
		objection->problem = PROBLEM_UNAPPROVED_DEPENDENCY;
		objection->message = arena_printf(messages, "%s: %s is neither allowed nor in the ledger",
		                                  name, license);
	}
	return objection->message ? POL_OK : POL_ENOMEM;
}

static enum pol_status judge_license(const struct approval *approval, const struct dependency *dependency,
                                     struct arena *messages, struct objection *objection)
{
	struct spdx expression;
	struct spdx_error error = { 0, "" };
	enum pol_status status;

	if (!dependency->license) {
		objection->problem = PROBLEM_LICENSE_UNKNOWN;
		objection->message = arena_printf(messages, "%s: no licence is stated", dependency->name);
		return objection->message ? POL_OK : POL_ENOMEM;
	}
	status = spdx_parse(approval->arena, slice_of(dependency->license), &expression, &error);
	if (status == POL_ENOMEM)
		return status;
	if (status == POL_OK)
		return judge_expression(approval, dependency, &expression, messages, objection);
	objection->problem = PROBLEM_LICENSE_UNKNOWN;
	objection->message = arena_printf(messages, "%s: the licence \"%s\" is no SPDX expression: %s",
	                                  dependency->name, dependency->license, error.message);
	return objection->message ? POL_OK : POL_ENOMEM;
}

enum pol_status approval_judge(struct approval *approval, const struct dependency *dependency,
                               struct arena *messages, struct objection *ret_objection)
{
	struct ledger_line *line = ledger_find(&approval->ledger, dependency->name);

	*ret_objection = (struct objection){ PROBLEM_COUNT, "" };
	if (!line)
		return judge_license(approval, dependency, messages, ret_objection);
	line->used = true;
	return judge_line(approval, line, dependency, messages, ret_objection);
}
