/* run.c - runs checks over a source: opens it, takes the policy of the right side, judges file by file on as many threads
 * as pay, takes away what the old side had too, and sorts. */
#include "checks/run_policy.h"
#include "checks/worker.h"
#include "policy/repeated.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILES_PER_THREAD = 64, /* fewer do not pay for starting one */
	CHUNK = 32,            /* files that a thread takes at a time */
	MAX_THREADS = 8,
};

/* ---- all files -------------------------------------------------------------------------------------------------------*/

static void *work(void *data)
{
	struct worker *worker = data;
	struct run *run = worker->run;
	size_t count = source_count(run->source);

	while (!atomic_load(&run->stopped)) {
		size_t start = atomic_fetch_add(&run->next, CHUNK);

		for (size_t i = start; i < start + CHUNK && i < count && worker->status == POL_OK; i++)
			worker->status = worker_judge(worker, source_at(run->source, i), &worker->error);
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
		first->status = run_merge(&first->report, &other->report, &first->error);
	if (first->status == POL_OK)
		first->status = run_merge(&first->whole, &other->whole, &first->error);
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
		first->status = run_merge(&first->report, &first->whole, &first->error);
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
	if (status == POL_OK && run_needs_old(run, &new) && source_has_old(run->source)) {
		worker->context.used = NULL;
		status = check->judge_project(&worker->context, SIDE_OLD, &old, err);
		worker->context.used = used;
		if (run_is_unknown(status))
			status = POL_OK;
		else if (status == POL_OK)
			status = run_subtract(run, &new, &old, err);
	}
	arena_free(&worker->context.scratch);
	return status < 0 ? status : run_merge(&worker->report, &new, err);
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
			status = worker_judge_old(worker, file, old, err);
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
			assert(count < RUN_MAX_CHECKS);
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
		status = run_merge(report, &worker.report, err);
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
