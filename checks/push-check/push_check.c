/* push_check.c - branches that take no direct push, and branches and tags that are only added to. */
#include "checks/check.h"
#include "checks/push-check/push.h"

#include "policy/base/glob.h"

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

static const struct rule no_force_rule = {
	.id = "push-no-force",
	.code = "PSH02",
	.title = "A forced push to, or the deletion of, a branch or tag that is only added to",
	.message = "the branch or tag takes no forced push and no deletion",
	.why = "Others have built on what is there: a branch that is rewritten loses their work, and a tag "
	       "that "
	       "moves is no longer what was released.",
	.fix = "add to what is there: merge or rebase onto it, or make a new tag",
	.kind = KIND_POLICY,
	.severity = SEVERITY_HIGH,
	.pattern = "",
};

static const struct rule *const own_rules[] = { &protected_rule, &no_force_rule, NULL };

static bool wants_project(const struct source *source, const struct policy *policy)
{
	(void)source;
	return (policy->push.protected_ && policy->push.protected_[0]) ||
	       (policy->push.no_force && policy->push.no_force[0]);
}

/* Whether the policy says that the ref is protected. */
static bool is_protected(const struct policy *policy, const struct push_ref *ref)
{
	return slice_starts(slice_of(ref->remote), "refs/heads/") &&
	       glob_match_any(policy->push.protected_, push_short_name(ref->remote));
}

static enum pol_status object(struct report *report, const struct rule *rule, enum problem problem,
                              const char *ref, const char *what, struct pol_error *err)
{
	struct finding finding = {
		.check = push_check.name,
		.rule = rule,
		.problem = problem,
		.severity = rule->severity,
		.blocking = true,
		.path = "",
		.message = arena_printf(&report->arena, "%s %s", ref, what),
		.fix = rule->fix,
	};

	if (!finding.message || report_add_finding(report, &finding) < 0)
		return pol_fail_memory(err);
	return POL_OK;
}

static enum pol_status judge_protected(const struct push_ref *ref, bool is_forced, struct report *report,
                                       struct pol_error *err)
{
	const char *what = ref->deletes ? "is protected and may not be deleted"
	                   : is_forced  ? "is protected and takes no forced push"
	                                : "is protected and takes no direct push";

	return object(report, &protected_rule, PROBLEM_PROTECTED_BRANCH, ref->remote, what, err);
}

static enum pol_status judge_no_force(const struct push_ref *ref, bool is_forced, struct report *report,
                                      struct pol_error *err)
{
	const char *what = ref->deletes ? "may not be deleted"
	                   : slice_starts(slice_of(ref->remote), "refs/tags/")
	                           ? "may not be moved: a tag stays where it is"
	                           : "takes no forced push: it would lose commits that are there";

	if (!ref->deletes && !is_forced)
		return POL_OK;
	return object(report, &no_force_rule, PROBLEM_FORCED_PUSH, ref->remote, what, err);
}

/* A ref that is not there yet may be pushed: a repository has to begin somewhere. */
static enum pol_status judge_project(struct check_context *context, enum source_side side,
                                     struct report *report, struct pol_error *err)
{
	const struct push_policy *policy = &context->judge->policy->push;
	const struct push_ref *ref = context->subject;
	bool is_safe, is_forced = false;
	enum pol_status status;

	if (!ref || side == SIDE_OLD || ref->creates)
		return POL_OK;
	is_safe = is_protected(context->judge->policy, ref);
	if (!is_safe && !glob_match_any(policy->no_force, push_short_name(ref->remote)))
		return POL_OK;
	status = push_is_forced(source_repo(context->source), ref, &is_forced, err);
	if (status < 0)
		return status;
	return is_safe ? judge_protected(ref, is_forced, report, err)
	               : judge_no_force(ref, is_forced, report, err);
}

const struct check push_check = {
	.name = "push-check",
	.about = "Refuse pushes to protected branches, forced ones, and everything that a push may not add.",
	.rules = own_rules,
	.wants_project = wants_project,
	.judge_project = judge_project,
};
