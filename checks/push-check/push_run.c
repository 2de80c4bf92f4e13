/* push_run.c - judges a whole push: one run of checks for each ref, one report for all. */
#include "checks/push-check/push_run.h"

#include "checks/cli_support.h"
#include "checks/push-check/push.h"
#include "checks/push-check/remote_text.h"
#include "checks/run_policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_INPUT_BYTES = 16 * 1024 * 1024 };

struct push_run {
	const struct push_request *request;
	struct push push;
	struct repo *repo;
	struct push_result *result;
};

enum pol_status push_read_input(struct buf *input, struct pol_error *err)
{
	char chunk[8192];
	ssize_t size;

	input->limit = MAX_INPUT_BYTES;
	while ((size = read(STDIN_FILENO, chunk, sizeof(chunk))) != 0) {
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return pol_fail(err, POL_EIO, "standard input", 0, "cannot be read: %s",
			                strerror(errno));
		buf_add(input, chunk, (size_t)size);
		if (buf_failed(input))
			return pol_fail(err, POL_ELIMIT, "standard input", 0, "is larger than 16 MiB");
	}
	return POL_OK;
}

static const char *push_dir(const struct push_request *request)
{
	return request->dir ? request->dir : ".";
}

/* ---- what is judged for a ref ---------------------------------------------------------------------------------------- */

struct plan {
	struct source_spec spec;
	struct oid judge; /* the commit whose policy holds; size 0 = what is pushed speaks for itself */
};

/* A tag may name a tree, or a file: then all of it is judged, the file by the tag's name. */
static enum pol_status plan_object(struct push_run *run, const struct push_ref *ref, const struct oid *object,
                                   struct plan *plan, struct pol_error *err)
{
	char hex[OID_MAX_HEX];

	oid_format(object, hex);
	plan->judge = push_judge(run->repo, &run->push, ref, &plan->judge);
	plan->spec.kind = SOURCE_TREE;
	plan->spec.blob_path = push_short_name(ref->remote);
	plan->spec.revision = arena_string(&run->result->arena, hex);
	return plan->spec.revision ? POL_OK : pol_fail_memory(err);
}

/* Of a deletion only the policy of what is deleted is wanted: a range that adds nothing. */
static enum pol_status plan_deletion(struct push_run *run, const struct push_ref *ref, struct plan *plan,
                                     struct pol_error *err)
{
	char hex[OID_MAX_HEX];

	plan->judge = push_judge(run->repo, &run->push, ref, &plan->judge);
	if (plan->judge.size == 0 && repo_has(run->repo, &ref->remote_oid))
		return plan_object(run, ref, &ref->remote_oid, plan, err);
	if (plan->judge.size == 0) {
		plan->spec.kind = SOURCE_ALL; /* never fetched: the work tree's policy has to do */
		return POL_OK;
	}
	oid_format(&plan->judge, hex);
	plan->spec.kind = SOURCE_RANGE;
	plan->spec.no_merge_base = true;
	plan->spec.revision = arena_printf(&run->result->arena, "%s..%s", hex, hex);
	return plan->spec.revision ? POL_OK : pol_fail_memory(err);
}

/* The range that a ref adds; with judge: every-commit also each commit that the remote lacks. */
static enum pol_status plan_range(struct push_run *run, const struct push_ref *ref, const struct oid *base,
                                  struct plan *plan, struct pol_error *err)
{
	CLEANUP(policy) struct policy *policy = NULL;
	char tip[OID_MAX_HEX], from[OID_MAX_HEX] = "";
	enum pol_status status;

	plan->judge = push_judge(run->repo, &run->push, ref, base);
	status = run->request->policy_path
	                 ? run_policy_read(run->request->policy_path, &policy, err)
	                 : run_policy_of(run->repo, plan->judge.size > 0 ? &plan->judge : &ref->local_oid,
	                                 &policy, err);
	if (status < 0)
		return status;
	oid_format(&ref->local_oid, tip);
	if (base->size > 0)
		oid_format(base, from);
	plan->spec.kind = SOURCE_RANGE;
	plan->spec.no_merge_base = true;
	plan->spec.every_commit = policy->push.judge_every_commit;
	plan->spec.known = run->push.known.items;
	plan->spec.known_count = run->push.known.count;
	plan->spec.revision = arena_printf(&run->result->arena, "%s..%s", from, tip);
	return plan->spec.revision ? POL_OK : pol_fail_memory(err);
}

static enum pol_status make_plan(struct push_run *run, const struct push_ref *ref, struct plan *plan,
                                 struct pol_error *err)
{
	const struct push_limits *limits = &run->request->limits;
	struct oid base = { 0 };
	enum pol_status status;

	*plan = (struct plan){ .spec = { .dir = push_dir(run->request) } };
	plan->spec.limits.commits = (size_t)limits->commits;
	plan->spec.limits.changes = (size_t)limits->changes;
	plan->spec.limits.largest_file = (size_t)limits->file;
	if (ref->deletes)
		return plan_deletion(run, ref, plan, err);
	status = push_base(run->repo, &run->push, ref, limits->commits, &base, err);
	if (status == POL_ENOTFOUND)
		return plan_object(run, ref, &ref->local_oid, plan, err);
	return status == POL_OK ? plan_range(run, ref, &base, plan, err) : status;
}

/* ---- judging --------------------------------------------------------------------------------------------------------- */

static enum pol_status judge_ref(struct push_run *run, const struct push_ref *ref, struct pol_error *err)
{
	static const struct check *const update[] = { &push_check,           &justification_check,
		                                      &trivyignore_check,    &license_check,
		                                      &commit_message_check, NULL };
	static const struct check *const deletion[] = { &push_check, NULL };
	CLEANUP(report) struct report report = { 0 };
	const uint64_t max_bytes = run->request->limits.bytes;
	struct run_options options = {
		.checks = ref->deletes ? deletion : update,
		.policy_path = run->request->policy_path,
		.today = run->request->today,
		.max_days = run->request->max_days,
		.subject = ref,
		.skip = run->request->skip,
	};
	struct push_result *result = run->result;
	struct plan plan;
	enum pol_status status = make_plan(run, ref, &plan, err);

	if (status < 0)
		return status;
	options.source = plan.spec;
	options.judged_by = plan.judge.size > 0 ? &plan.judge : NULL;
	/* Never 0, which would lift the limit. */
	if (max_bytes > 0)
		options.max_bytes = result->report.counts.bytes < max_bytes
		                            ? max_bytes - result->report.counts.bytes
		                            : 1;
	status = run_checks(&options, &report, &result->sources[result->source_count], err);
	if (status < 0)
		return status;
	result->source_count++;
	/* What two refs of a push add alike is told once. */
	report_subtract(&report, &result->report);
	return report_merge(&result->report, &report) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status check_ids(const struct push_run *run, struct pol_error *err)
{
	for (size_t i = 0; i < run->push.count; i++) {
		if (run->push.refs[i].local_oid.size != repo_oid_size(run->repo))
			return pol_fail(err, POL_EUSAGE, "standard input", (uint32_t)i + 1,
			                "an object id that is not of this repository's kind");
	}
	return POL_OK;
}

static enum pol_status judge_push(struct push_run *run, struct pol_error *err)
{
	enum pol_status status = push_read(&run->result->arena, run->request->input,
	                                   run->request->limits.refs, &run->push, err);

	if (status < 0 || run->push.count == 0)
		return status;
	run->result->sources = arena_alloc(&run->result->arena, run->push.count, sizeof(struct source *));
	if (!run->result->sources)
		return pol_fail_memory(err);
	status = repo_open(push_dir(run->request), &run->repo, err);
	if (status == POL_OK)
		status = check_ids(run, err);
	if (status == POL_OK)
		status = push_find_known(run->repo, &run->push, err);
	for (size_t i = 0; status == POL_OK && i < run->push.count; i++) {
		const struct push_ref *ref = &run->push.refs[i];

		/* The deletion of what is not there changes nothing. */
		if (!ref->deletes || !ref->creates)
			status = judge_ref(run, ref, err);
	}
	return status;
}

enum pol_status push_run(const struct push_request *request, struct push_result *ret_result,
                         struct pol_error *err)
{
	struct push_run run = {
		.request = request,
		.push = { .is_received = !request->remote_name, .remote_name = request->remote_name },
		.result = ret_result,
	};
	enum pol_status status = judge_push(&run, err);

	report_finish(&ret_result->report);
	push_free(&run.push);
	repo_free(run.repo);
	return status;
}

void push_result_free(struct push_result *result)
{
	report_free(&result->report);
	for (size_t i = 0; i < result->source_count; i++)
		source_free(result->sources[i]);
	arena_free(&result->arena);
}

/* ---- hooks ----------------------------------------------------------------------------------------------------------- */

static int write_report(const char *name, const struct push_request *request,
                        const struct push_result *result, uint64_t start_ms)
{
	const struct cli_program program = { .name = name };
	const struct report *report = &result->report;
	struct pol_error err = { 0 };
	struct report_context context;
	enum pol_status status;

	if (result->source_count == 0)
		return VERDICT_ALLOWED;
	context = cli_context(&program, result->sources[0], start_ms);
	context.today = request->today;
	context.verbosity = -1;
	context.color = request->remote_name && cli_takes_color(stderr);
	status = request->remote_name ? report_write(report, &context, FORMAT_TEXT, stderr, &err)
	                              : remote_text_write(report, &context, stderr, &err);
	if (status < 0)
		return cli_fail(name, &err);
	if (request->skip && report_verdict(report) == VERDICT_ALLOWED)
		cli_write_notes(name, report);
	return (int)report_verdict(report);
}

int push_run_hook(const char *name, const struct push_request *request)
{
	const uint64_t start_ms = cli_now_ms();
	CLEANUP(push_result) struct push_result result = { 0 };
	struct push_request today = *request;
	struct pol_error err = { 0 };

	today.today = date_today();
	today.max_days = -1;
	return push_run(&today, &result, &err) < 0 ? cli_fail(name, &err)
	                                           : write_report(name, &today, &result, start_ms);
}
