/* push_check.c - branches that take no direct push. */
#include "checks/check.h"
#include "checks/push-check/push.h"

#include "policy/base/glob.h"

#include <string.h>

static const struct rule protected_rule = {
	.id = "push-protected-branch",
	.code = "PSH01",
	.title = "A direct push to a protected branch",
	.message = "the branch takes no direct push",
	.why = "What reaches a protected branch has been reviewed; a push past the review would not.",
	.fix = "push to a branch of your own and open a pull request",
	.kind = KIND_POLICY,
	.severity = SEVERITY_HIGH,
	.pattern = "",
};

static const struct rule *const own_rules[] = { &protected_rule, NULL };

static bool wants_project(const struct source *source, const struct policy *policy)
{
	(void)source;
	return policy->push.protected_ && policy->push.protected_[0];
}

/* A branch that is not there yet may be pushed: a repository has to begin somewhere. */
static bool is_protected(const struct policy *policy, const struct push_ref *ref)
{
	static const char heads[] = "refs/heads/";

	return !ref->creates && strncmp(ref->remote, heads, strlen(heads)) == 0 &&
	       glob_match_any(policy->push.protected_, ref->remote + strlen(heads));
}

static enum pol_status judge_project(struct check_context *context, enum source_side side,
                                     struct report *report, struct pol_error *err)
{
	const struct push_ref *ref = context->subject;
	struct finding finding = {
		.check = push_check.name,
		.rule = &protected_rule,
		.problem = PROBLEM_PROTECTED_BRANCH,
		.severity = protected_rule.severity,
		.blocking = true,
		.path = "",
		.fix = protected_rule.fix,
	};

	if (!ref || side == SIDE_OLD || !is_protected(context->judge->policy, ref))
		return POL_OK;
	finding.message = arena_printf(&report->arena, "%s is protected and %s", ref->remote,
	                               ref->deletes ? "may not be deleted" : "takes no direct push");
	if (!finding.message || report_add_finding(report, &finding) < 0)
		return pol_fail_memory(err);
	return POL_OK;
}

const struct check push_check = {
	.name = "push-check",
	.about = "Refuse direct pushes to protected branches, and everything that a push may not add.",
	.rules = own_rules,
	.wants_project = wants_project,
	.judge_project = judge_project,
};
