/* push_run.c - judges a whole push: one run of checks for each ref, one report for all. */
#include "checks/push-check/push_run.h"

#include "checks/cli_support.h"
#include "checks/push-check/push.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_REFS = 1000, MAX_INPUT_BYTES = 16 * 1024 * 1024 };

/* Reports refer to the paths of their sources, so these live until all is written. */
struct push_run {
	const char *name;
	struct push push;
	struct arena arena;
	struct report report;
	struct source *sources[MAX_REFS];
	size_t source_count;
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

/* What is judged for a ref: the range that it adds; for a deletion only the policy of what is deleted. */
static enum pol_status plan(struct push_run *run, struct repo *repo, const struct push_ref *ref,
                            struct source_spec *ret_spec, struct pol_error *err)
{
	char tip[OID_MAX_HEX], from[OID_MAX_HEX] = "";
	struct oid base;
	enum pol_status status;

	*ret_spec = (struct source_spec){ .kind = SOURCE_TREE, .dir = "." };
	if (ref->deletes) {
		oid_format(&ref->remote_oid, tip);
		if (repo_resolve(repo, tip, &base, NULL) < 0)
			ret_spec->kind = SOURCE_ALL; /* never fetched: the work tree's policy has to do */
		ret_spec->revision = arena_string(&run->arena, tip);
		return ret_spec->revision ? POL_OK : pol_fail_memory(err);
	}
	status = push_base(repo, &run->push, ref, &base, err);
	if (status < 0)
		return status;
	oid_format(&ref->local_oid, tip);
	if (base.size > 0)
		oid_format(&base, from);
	ret_spec->kind = SOURCE_RANGE;
	ret_spec->no_merge_base = true;
	ret_spec->revision = arena_printf(&run->arena, "%s..%s", from, tip);
	return ret_spec->revision ? POL_OK : pol_fail_memory(err);
}

static enum pol_status judge_ref(struct push_run *run, struct repo *repo, const struct push_ref *ref,
                                 struct pol_error *err)
{
	static const struct check *const update[] = { &push_check,           &justification_check,
		                                      &trivyignore_check,    &license_check,
		                                      &commit_message_check, NULL };
	static const struct check *const deletion[] = { &push_check, NULL };
	CLEANUP(report) struct report report = { 0 };
	struct run_options options = {
		.checks = ref->deletes ? deletion : update,
		.today = date_today(),
		.max_days = -1,
		.subject = ref,
	};
	enum pol_status status = plan(run, repo, ref, &options.source, err);

	if (status == POL_OK)
		status = run_checks(&options, &report, &run->sources[run->source_count], err);
	if (status < 0)
		return status;
	run->source_count++;
	return report_merge(&run->report, &report) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status judge_push(struct push_run *run, struct slice input, struct pol_error *err)
{
	CLEANUP(repo) struct repo *repo = NULL;
	enum pol_status status = push_read(&run->arena, input, &run->push, err);

	if (status == POL_OK && run->push.count > MAX_REFS)
		return pol_fail(err, POL_ELIMIT, NULL, 0, "more than %d refs in one push: push them in parts",
		                MAX_REFS);
	if (status == POL_OK && run->push.count > 0)
		status = repo_open(".", &repo, err);
	for (size_t i = 0; status == POL_OK && i < run->push.count; i++)
		status = judge_ref(run, repo, &run->push.refs[i], err);
	return status;
}

static int write_report(struct push_run *run, uint64_t start_ms, struct pol_error *err)
{
	const struct cli_program program = { .name = run->name };
	struct report_context context;

	if (run->source_count == 0)
		return VERDICT_ALLOWED;
	context = cli_context(&program, run->sources[0], start_ms);
	context.today = date_today();
	context.color = cli_takes_color(stderr);
	context.verbosity = -1;
	report_finish(&run->report);
	if (report_write(&run->report, &context, FORMAT_TEXT, stderr, err) < 0)
		return cli_fail(run->name, err);
	return (int)report_verdict(&run->report);
}

int push_run(const char *name, const char *remote_name, struct slice input)
{
	uint64_t start_ms = cli_now_ms();
	struct push_run *run = calloc(1, sizeof(*run));
	struct pol_error err = { 0 };
	int verdict;

	if (!run) {
		(void)pol_fail_memory(&err);
		return cli_fail(name, &err);
	}
	run->name = name;
	run->push.remote_name = remote_name;
	verdict = judge_push(run, input, &err) < 0 ? cli_fail(name, &err) : write_report(run, start_ms, &err);
	report_free(&run->report);
	for (size_t i = 0; i < run->source_count; i++)
		source_free(run->sources[i]);
	arena_free(&run->arena);
	free(run);
	return verdict;
}
