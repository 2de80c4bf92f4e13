/* run.c - runs checks over a source: opens it, takes the policy of the right side, judges file by file on as many threads
 * as pay, takes away what the old side had too, and sorts. */
#include "checks/run.h"

#include "checks/run_policy.h"
#include "policy/repeated.h"
#include "policy/source/content.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILES_PER_THREAD = 64, /* fewer do not pay for starting one */
	CHUNK = 32,            /* files that a thread takes at a time */
	MAX_THREADS = 8,
	MAX_CHECKS = 8,
};

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

/* What all workers share; immutable but for the atomics. */
struct run {
	const struct run_options *options;
	const struct check
		*checks[MAX_CHECKS + 1]; /* those of the options that are not skipped; ends with NULL */
	const struct policy *policy;
	struct judge judge;
	struct source *source;
	atomic_size_t next;  /* first file that nobody has taken */
	atomic_ullong bytes; /* read so far */
	atomic_bool stopped; /* a worker failed: the others end soon */
};

/* One thread's share. */
struct worker {
	struct run *run;
	struct check_context context;
	struct report report;
	struct report whole; /* where commits are judged one by one: what the range as a whole adds */
	struct buf decoded;
	enum pol_status status;
	struct pol_error error;
};

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

static enum pol_status worker_open(struct run *run, struct worker *worker, struct pol_error *err)
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

static void worker_close(struct worker *worker)
{
	scanner_free(worker->context.scanner);
	source_reader_free(worker->context.reader);
	arena_free(&worker->context.scratch);
	free(worker->context.used);
	buf_free(&worker->decoded);
	report_free(&worker->report);
	report_free(&worker->whole);
}

/* ---- one file --------------------------------------------------------------------------------------------------------*/

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

/* What the old side cannot tell (it is not there, too large, or was broken already) counts as nothing: every finding is new. */
static bool is_unknown(enum pol_status status)
{
	return status == POL_ENOTFOUND || status == POL_ELIMIT || status == POL_ECONFIG;
}

/* One version of a file from before the change, under its new path. */
static enum pol_status judge_version(struct worker *worker, const struct source_file *old, const char *path,
                                     struct report *report, struct pol_error *err)
{
	bool *used = worker->context.used;
	struct content content = { 0 };
	struct slice bytes;
	enum pol_status status = source_read(worker->context.reader, old, SIDE_OLD, &bytes, err);

	if (is_unknown(status))
		return POL_OK;
	if (status == POL_OK)
		status = charge(worker, bytes.size, err);
	if (status == POL_OK)
		status = take_content(worker, bytes, &content, err);
	if (status < 0)
		return status;
	worker->context.used = NULL;
	status = judge_content(worker, path, &content, report, err);
	worker->context.used = used;
	return status;
}

static enum pol_status merge(struct report *into, struct report *from, struct pol_error *err)
{
	return report_merge(into, from) < 0 ? pol_fail_memory(err) : POL_OK;
}

/* Whether what the old side had is to be taken out of report. */
static bool needs_old(const struct run *run, const struct report *report)
{
	return report->finding_count > 0 || (run->options->only_added && report->exception_count > 0);
}

static enum pol_status subtract(const struct run *run, struct report *report, struct report *old,
                                struct pol_error *err)
{
	if (run->options->only_added && report_subtract_exceptions(report, old) < 0)
		return pol_fail_memory(err);
	report_subtract(report, old);
	return POL_OK;
}

/* What was already objectionable before the change. A merge has several befores: what one of them has, it does not add; what
 * two have counts once. */
static enum pol_status judge_old(struct worker *worker, const struct source_file *file, struct report *report,
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
			status = merge(report, &other, err);
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

		return merge(&worker->report, &counted, err);
	}
	return merge(has_history && !file->commit ? &worker->whole : &worker->report, new, err);
}

static enum pol_status judge_change(struct worker *worker, const struct source_file *file,
                                    struct pol_error *err)
{
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };
	enum pol_status status = judge_new(worker, file, &new, err);

	if (status == POL_OK && needs_old(worker->run, &new)) {
		status = judge_old(worker, file, &old, err);
		if (status == POL_OK)
			status = subtract(worker->run, &new, &old, err);
	}
	return status < 0 ? status : merge_change(worker, file, &new, err);
}

static enum pol_status judge_file(struct worker *worker, const struct source_file *file,
                                  struct pol_error *err)
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

/* ---- all files -------------------------------------------------------------------------------------------------------*/

static void *work(void *data)
{
	struct worker *worker = data;
	struct run *run = worker->run;
	size_t count = source_count(run->source);

	while (!atomic_load(&run->stopped)) {
		size_t start = atomic_fetch_add(&run->next, CHUNK);

		for (size_t i = start; i < start + CHUNK && i < count && worker->status == POL_OK; i++)
			worker->status = judge_file(worker, source_at(run->source, i), &worker->error);
		if (worker->status < 0)
			atomic_store(&run->stopped, true);
		if (start >= count || worker->status < 0)
			break;
	}
	return NULL;
}

static unsigned thread_count(const struct run *run)
{
	size_t wanted = source_count(run->source) / FILES_PER_THREAD;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t limit = run->options->threads > 0 ? run->options->threads : (size_t)(cores > 0 ? cores : 1);

	if (limit > MAX_THREADS)
		limit = MAX_THREADS;
	if (wanted > limit)
		wanted = limit;
	return wanted > 1 ? (unsigned)wanted : 1;
}

static void join_used(struct worker *first, const struct worker *other)
{
	for (size_t i = 0; i < first->run->policy->exception_count; i++)
		first->context.used[i] = first->context.used[i] || other->context.used[i];
}

/* Takes over a finished worker's results; the first failure wins. */
static void join(struct worker *first, struct worker *other)
{
	if (first->status == POL_OK && other->status < 0) {
		first->status = other->status;
		first->error = other->error;
	}
	join_used(first, other);
	if (first->status == POL_OK)
		first->status = merge(&first->report, &other->report, &first->error);
	if (first->status == POL_OK)
		first->status = merge(&first->whole, &other->whole, &first->error);
}

/* Judges all files; the results are first's. Threads that can't be started are done without. */
static enum pol_status judge_files(struct run *run, struct worker *first, struct pol_error *err)
{
	struct worker others[MAX_THREADS];
	pthread_t threads[MAX_THREADS];
	unsigned wanted = thread_count(run) - 1, started = 0;

	for (; started < wanted; started++) {
		if (worker_open(run, &others[started], err) < 0 ||
		    pthread_create(&threads[started], NULL, work, &others[started]) != 0) {
			worker_close(&others[started]);
			break;
		}
	}
	work(first);
	for (unsigned i = 0; i < started; i++) {
		(void)pthread_join(threads[i], NULL);
		join(first, &others[i]);
		worker_close(&others[i]);
	}
	/* What a commit adds, and is still there in the end, is told once, with the commit. */
	report_subtract(&first->whole, &first->report);
	if (first->status == POL_OK)
		first->status = merge(&first->report, &first->whole, &first->error);
	if (first->status < 0 && err)
		*err = first->error;
	return first->status;
}

/* ---- the project as a whole ------------------------------------------------------------------------------------------*/

static enum pol_status judge_project(struct worker *worker, const struct check *check, struct pol_error *err)
{
	CLEANUP(report) struct report new = { 0 };
	CLEANUP(report) struct report old = { 0 };
	struct run *run = worker->run;
	bool *used = worker->context.used;
	enum pol_status status;

	if (!check->judge_project ||
	    (check->wants_project && !check->wants_project(run->source, run->policy)))
		return POL_OK;
	status = check->judge_project(&worker->context, SIDE_NEW, &new, err);
	if (status == POL_OK && needs_old(run, &new) && source_has_old(run->source)) {
		worker->context.used = NULL;
		status = check->judge_project(&worker->context, SIDE_OLD, &old, err);
		worker->context.used = used;
		if (is_unknown(status))
			status = POL_OK;
		else if (status == POL_OK)
			status = subtract(run, &new, &old, err);
	}
	arena_free(&worker->context.scratch);
	return status < 0 ? status : merge(&worker->report, &new, err);
}

/* ---- reasons at too many places ----------------------------------------------------------------------------------------*/

static int compare_path(const void *path, const void *item)
{
	return strcmp(path, *(const char *const *)item);
}

/* Judges the old side of those of the source's files that are among paths, which are sorted and end with NULL. */
static enum pol_status judge_before(struct worker *worker, const char *const *paths, struct report *old,
                                    struct pol_error *err)
{
	const struct source *source = worker->run->source;
	enum pol_status status = POL_OK;
	size_t count = 0;

	while (paths[count])
		count++;
	for (size_t i = 0; i < source_count(source) && status == POL_OK; i++) {
		const struct source_file *file = source_at(source, i);

		if (file->in_new && bsearch(file->path, paths, count, sizeof(*paths), compare_path))
			status = judge_old(worker, file, old, err);
	}
	return status;
}

static enum pol_status judge_repeated(struct worker *worker, struct pol_error *err)
{
	CLEANUP(report) struct report old = { 0 };
	CLEANUP(arena) struct arena scratch = { 0 };
	const struct run *run = worker->run;
	const char *const *paths;
	enum pol_status status;

	if (repeated_paths(&run->judge, &worker->report, &scratch, &paths) < 0)
		return pol_fail_memory(err);
	if (!paths)
		return POL_OK;
	status = source_has_old(run->source) ? judge_before(worker, paths, &old, err) : POL_OK;
	if (status < 0)
		return status;
	return repeated_judge(&run->judge, &worker->report, &old, &scratch) < 0 ? pol_fail_memory(err)
	                                                                        : POL_OK;
}

static enum pol_status judge_all(struct run *run, struct worker *worker, struct pol_error *err)
{
	enum pol_status status = judge_files(run, worker, err);
	const struct check *const *check = run->checks;

	for (; status == POL_OK && *check; check++)
		status = judge_project(worker, *check, err);
	if (status == POL_OK)
		status = judge_repeated(worker, err);
	if (status == POL_OK)
		status = run_policy_stale(run->source, run->policy, run->checks, worker->context.used,
		                          &worker->report, err);
	return status;
}

/* Takes over the checks that are not skipped. */
static enum pol_status choose_checks(struct run *run, struct report *report, struct pol_error *err)
{
	const struct skip *skip = run->options->skip;
	const struct check *const *check = run->options->checks;
	bool allowed = false;
	size_t count = 0;
	enum pol_status status = skip ? skip_judge(skip, run->policy, &allowed, err) : POL_OK;

	for (; status == POL_OK && *check; check++) {
		if (!skip || !allowed || !skip_names(skip, *check)) {
			assert(count < MAX_CHECKS);
			run->checks[count++] = *check;
		} else if (report_add_note(report, "%s is skipped: %s", (*check)->name, skip->reason) < 0) {
			status = pol_fail_memory(err);
		}
	}
	if (status == POL_OK && skip && !allowed &&
	    report_add_note(report,
	                    "nothing is skipped: the policy does not let WARRANT_SKIP leave out a check") < 0)
		status = pol_fail_memory(err);
	return status;
}

/* A finding in a commit says so, in every format. */
static enum pol_status name_commits(struct report *report, struct pol_error *err)
{
	bool any = false;

	for (size_t i = 0; i < report->finding_count; i++) {
		struct finding *finding = &report->findings[i];

		if (!finding->commit)
			continue;
		any = true;
		finding->message = arena_printf(&report->arena, "%s, added in commit %.12s", finding->message,
		                                finding->commit);
		if (!finding->message)
			return pol_fail_memory(err);
	}
	if (any &&
	    report_add_note(report, "each commit is judged for itself: change the one that is named, for "
	                            "example with git rebase -i") < 0)
		return pol_fail_memory(err);
	return POL_OK;
}

static enum pol_status run_source(const struct run_options *options, struct source *source,
                                  struct report *report, struct pol_error *err)
{
	CLEANUP(policy) struct policy *policy = NULL;
	struct run run = { .options = options, .source = source };
	struct worker worker = { 0 };
	enum pol_status status;

	run.judge.today = options->today;
	run.judge.max_days = options->max_days;
	if (!options->policy) {
		status = run_policy_load(options, source, &policy, report, err);
		if (status < 0)
			return status;
	}
	run.policy = options->policy ? options->policy : policy;
	run.judge.policy = run.policy;
	status = choose_checks(&run, report, err);
	if (status == POL_OK)
		status = worker_open(&run, &worker, err);
	if (status == POL_OK)
		status = run_policy_owners(options, &worker.context, run.policy, &report->arena,
		                           &run.judge.known_owners, err);
	if (status == POL_OK)
		status = judge_all(&run, &worker, err);
	if (status == POL_OK)
		status = merge(report, &worker.report, err);
	/* Findings refer to rules of the policy: it lives as long as they do. */
	if (policy)
		arena_adopt(&report->arena, &policy->arena);
	worker_close(&worker);
	return status;
}

enum pol_status run_checks(const struct run_options *options, struct report *report,
                           struct source **ret_source, struct pol_error *err)
{
	struct source *source = NULL;
	enum pol_status status = source_open(&options->source, &source, err);

	if (status == POL_OK)
		status = run_source(options, source, report, err);
	if (status == POL_OK)
		status = name_commits(report, err);
	if (status < 0) {
		source_free(source);
		return status;
	}
	report_finish(report);
	*ret_source = source;
	return POL_OK;
}
