/* worker.c - judges one file: its new side, and the old one where that matters. */
#include "checks/worker.h"

#include "policy/source/content.h"

#include <stdlib.h>

/* A file too large to be judged. */
const struct rule file_too_large_rule = {
	.id = "file-too-large",
	.code = "LIM02",
	.title = "A file is too large to be judged",
	.message = "the file is larger than 32 MiB and was not judged",
	.why = "What cannot be judged is refused: size must not be a way past the check.",
	.fix = "leave the file out with skip: in .warrant.yaml, or keep it out of the repository",
	.kind = KIND_SETTING,
	.severity = SEVERITY_HIGH,
	.pattern = "",
};

/* ---- the worker ---------------------------------------------------------------------------------------------------- */

static bool rule_enabled(const struct rule *rule, const void *policy)
{
	return policy_rule_enabled(policy, rule);
}

/* Making 700 rules ready costs a commit-msg hook a tenth of its time, and it looks for none of them. */
static bool needs_scanner(const struct run *run)
{
	const struct check *const *check = run->checks;

	while (*check && !(*check)->scans)
		check++;
	return *check != NULL;
}

enum pol_status worker_open(struct run *run, struct worker *worker, struct pol_error *err)
{
	const struct ruleset *sets[2] = { ruleset_builtin(), run->policy->own_rules };
	size_t count = run->policy->own_rules ? 2 : 1;
	enum pol_status status;

	*worker = (struct worker){ .run = run };
	worker->context.judge = &run->judge;
	worker->context.source = run->source;
	worker->context.subject = run->options->subject;
	worker->context.used = calloc(run->policy->exception_count + 1, sizeof(bool));
	if (!worker->context.used)
		return pol_fail_memory(err);
	status = source_reader_open(run->source, &worker->context.reader, err);
	if (status == POL_OK && needs_scanner(run))
		status = scanner_open(sets, count, rule_enabled, run->policy, &worker->context.scanner, err);
	return status;
}

void worker_close(struct worker *worker)
{
	scanner_free(worker->context.scanner);
	source_reader_free(worker->context.reader);
	arena_free(&worker->context.scratch);
	free(worker->context.used);
	buf_free(&worker->decoded);
	report_free(&worker->report);
	report_free(&worker->whole);
}

/* ---- one side -------------------------------------------------------------------------------------------------------- */

static bool wants(const struct run *run, const struct check *check, const char *path)
{
	if (!check->judge_file || (check->named_only && source_kind(run->source) != SOURCE_PATHS))
		return false;
	return !check->wants || check->wants(path);
}

/* What checks are given of a file. Those that look into every file get its text. Those that want a file by its name get its
 * bytes, as the tool that the file is for reads them: a NUL in an ignore file must not hide it. */
struct content {
	struct slice bytes, text;
	bool is_text;
};

/* The first check that judges the file at path, NULL = none. */
static const struct check *check_for(const struct run *run, const char *path, bool is_text)
{
	const struct check *const *check = run->checks;

	while (*check && !(wants(run, *check, path) && (is_text || (*check)->wants)))
		check++;
	return *check;
}

static enum pol_status judge_content(struct worker *worker, const char *path, const struct content *content,
                                     struct report *report, struct pol_error *err)
{
	const struct check *const *check = worker->run->checks;
	enum pol_status status = POL_OK;

	for (; *check && status == POL_OK; check++) {
		if (!wants(worker->run, *check, path) || (!content->is_text && !(*check)->wants))
			continue;
		status = (*check)->judge_file(&worker->context, path,
		                              (*check)->wants ? content->bytes : content->text, report, err);
		arena_free(&worker->context.scratch);
	}
	return status;
}

static enum pol_status take_content(struct worker *worker, struct slice bytes, struct content *ret_content,
                                    struct pol_error *err)
{
	enum content_kind kind = content_kind(bytes);

	*ret_content = (struct content){ bytes, bytes, kind == CONTENT_TEXT || kind == CONTENT_UTF16 };
	if (kind != CONTENT_UTF16)
		return POL_OK;
	content_decode(bytes, &worker->decoded);
	ret_content->text = slice_of_buf(&worker->decoded);
	return buf_failed(&worker->decoded) ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status add_too_large(struct report *report, const struct check *check, const char *path,
                                     struct pol_error *err)
{
	const struct finding finding = {
		.check = check->name,
		.rule = &file_too_large_rule,
		.problem = PROBLEM_NOT_JUDGED,
		.severity = file_too_large_rule.severity,
		.blocking = true,
		.path = path,
		.message = file_too_large_rule.message,
		.fix = file_too_large_rule.fix,
	};

	return report_add_finding(report, &finding) < 0 ? pol_fail_memory(err) : POL_OK;
}

/* Counts what was read against the limit of bytes. */
static enum pol_status charge(struct worker *worker, size_t size, struct pol_error *err)
{
	const uint64_t max_bytes = worker->run->options->max_bytes;

	if (max_bytes == 0 || atomic_fetch_add(&worker->run->bytes, size) + size <= max_bytes)
		return POL_OK;
	return pol_fail(err, POL_ELIMIT, NULL, 0,
	                "not judged: more than %llu bytes in one push; push less at once, the oldest commits "
	                "first",
	                (unsigned long long)max_bytes);
}

static enum pol_status judge_new(struct worker *worker, const struct source_file *file, struct report *report,
                                 struct pol_error *err)
{
	struct slice bytes = { "", 0 };
	struct content content = { 0 };
	const struct check *check;
	enum pol_status read = source_read(worker->context.reader, file, SIDE_NEW, &bytes, err);

	if (read == POL_ENOTFOUND) /* gone from the work tree: nothing there to judge */
		return POL_OK;
	if (read < 0 && read != POL_ELIMIT)
		return read;
	if (charge(worker, bytes.size, err) < 0)
		return POL_ELIMIT;
	if (take_content(worker, bytes, &content, err) < 0)
		return POL_ENOMEM;
	check = check_for(worker->run, file->path, content.is_text);
	if (!check) {
		report->counts.binary++;
		return POL_OK;
	}
	if (read == POL_ELIMIT)
		return add_too_large(report, check, file->path, err);
	report->counts.files++;
	report->counts.bytes += bytes.size;
	return judge_content(worker, file->path, &content, report, err);
}

bool run_is_unknown(enum pol_status status)
{
	return status == POL_ENOTFOUND || status == POL_ELIMIT || status == POL_ECONFIG;
}

static void move_report(struct report *report, const char *path)
{
	for (size_t i = 0; i < report->finding_count; i++)
		report->findings[i].path = path;
	for (size_t i = 0; i < report->exception_count; i++)
		report->exceptions[i].path = path;
}

/* One version of a file from before the change. It is judged as what it was, so that what its folder was forgiven is not
 * forgiven elsewhere, and reported under its new path. report must be empty. */
static enum pol_status judge_version(struct worker *worker, const struct source_file *old, const char *path,
                                     struct report *report, struct pol_error *err)
{
	bool *used = worker->context.used;
	const char *old_path = old->old_path ? old->old_path : old->path;
	struct content content = { 0 };
	struct slice bytes;
	enum pol_status status;

	if (policy_skips(worker->run->policy, old_path))
		return POL_OK;
	status = source_read(worker->context.reader, old, SIDE_OLD, &bytes, err);
	if (run_is_unknown(status))
		return POL_OK;
	if (status == POL_OK)
		status = charge(worker, bytes.size, err);
	if (status == POL_OK)
		status = take_content(worker, bytes, &content, err);
	if (status < 0)
		return status;
	worker->context.used = NULL;
	status = judge_content(worker, old_path, &content, report, err);
	worker->context.used = used;
	move_report(report, path);
	return status;
}

enum pol_status run_merge(struct report *into, struct report *from, struct pol_error *err)
{
	return report_merge(into, from) < 0 ? pol_fail_memory(err) : POL_OK;
}

bool run_needs_old(const struct run *run, const struct report *report)
{
	return report->finding_count > 0 || (run->options->only_added && report->exception_count > 0);
}

enum pol_status run_subtract(const struct run *run, struct report *report, struct report *old,
                             struct pol_error *err)
{
	if (run->options->only_added && report_subtract_exceptions(report, old) < 0)
		return pol_fail_memory(err);
	report_subtract(report, old);
	return POL_OK;
}

enum pol_status worker_judge_old(struct worker *worker, const struct source_file *file, struct report *report,
                                 struct pol_error *err)
{
	const struct source_file *old = file;
	enum pol_status status = POL_OK;

	if (!file->in_old && !file->also)
		status = source_moved_from(worker->context.reader, file, &old, err);
	if (status == POL_OK && old && (old != file || file->in_old))
		status = judge_version(worker, old, file->path, report, err);
	for (old = file->also; old && status == POL_OK; old = old->also) {
		CLEANUP(report) struct report other = { 0 };

		status = judge_version(worker, old, file->path, &other, err);
		report_subtract(&other, report);
		if (status == POL_OK)
			status = run_merge(report, &other, err);
	}
	return status;
}

/* Where the results of a file belong. What only one commit on the way adds is told with its name, and its exceptions are
 * not: they are not there in the end. */
static enum pol_status merge_change(struct worker *worker, const struct source_file *file, struct report *new,
                                    struct pol_error *err)
{
	bool has_history = source_has_history(worker->run->source);

	for (size_t i = 0; i < new->finding_count && file->commit; i++)
		new->findings[i].commit = file->commit->id;
	if (file->is_on_the_way)
		new->exception_count = 0;
	/* Ten thousand versions of a file leave nothing behind but counts. */
	if (file->is_on_the_way && new->finding_count == 0) {
		struct report counted = { .counts = new->counts };

		return run_merge(&worker->report, &counted, err);
	}
	return run_merge(has_history && !file->commit ? &worker->whole : &worker->report, new, err);
}

static enum pol_status judge_change(struct worker *worker, const struct source_file *file,
                                    struct pol_error *err)
{
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };
	enum pol_status status = judge_new(worker, file, &new, err);

	if (status == POL_OK && run_needs_old(worker->run, &new)) {
		status = worker_judge_old(worker, file, &old, err);
		if (status == POL_OK)
			status = run_subtract(worker->run, &new, &old, err);
	}
	return status < 0 ? status : merge_change(worker, file, &new, err);
}

enum pol_status worker_judge(struct worker *worker, const struct source_file *file, struct pol_error *err)
{
	if (!file->in_new || !check_for(worker->run, file->path, true))
		return POL_OK;
	/* Those named on the command line too: other hook managers name all that changed. */
	if (policy_skips(worker->run->policy, file->path)) {
		worker->report.counts.skipped++;
		return POL_OK;
	}
	if (source_has_old(worker->run->source))
		return judge_change(worker, file, err);
	return judge_new(worker, file, &worker->report, err);
}
