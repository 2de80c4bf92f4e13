/* source_history.c - what the commits of a range change, one by one: whoever adds something and takes it out again has
 * published it all the same. Commits are compared with their parents on as many threads as pay; what they find is put
 * together in the order of history, so that it does not depend on how many there were. */
#include "policy/source/change_set.h"
#include "policy/source/commit_changes.h"

#include <stdlib.h>
#include <unistd.h>

enum {
	MAX_COMMITS = 2 * 1000 * 1000,
	MAX_CHANGES = 4 * 1000 * 1000, /* some 150 bytes of memory each */
	COMMITS_PER_THREAD = 200,      /* fewer do not pay for starting one */
	MAX_THREADS = 8,
};

struct history {
	struct source *source;
	struct oid_list commits; /* newest first */
	struct change_set seen;
	size_t max_commits, max_changes;
};

static void history_free(struct history *history)
{
	oid_list_free(&history->commits);
	change_set_free(&history->seen);
}
CLEANUP_DEFINE_STACK(struct history, history, history_free)

/* ---- the commits ----------------------------------------------------------------------------------------------------- */

static enum pol_status take_commit(const struct oid *commit, void *data, struct pol_error *err)
{
	struct history *history = data;

	if (history->commits.count == history->max_commits)
		return pol_fail(err, POL_ELIMIT, NULL, 0,
		                "more than %zu commits at once; judge (or push) them in parts, the oldest "
		                "first",
		                history->max_commits);
	return oid_list_add(&history->commits, commit, err);
}

static enum pol_status find_commits(const struct source_spec *spec, struct history *history,
                                    struct pol_error *err)
{
	struct source *source = history->source;
	struct oid *hidden = calloc(spec->known_count + 1, sizeof(*hidden));
	size_t count = 0;
	struct oid tip;
	enum pol_status status;

	if (!hidden || !oid_parse(slice_of(source->head), &tip)) {
		free(hidden);
		return pol_fail_memory(err);
	}
	for (; count < spec->known_count; count++)
		hidden[count] = spec->known[count];
	if (source->from.size > 0)
		hidden[count++] = source->from;
	status = repo_walk(source->repo, &tip, hidden, count, take_commit, history, err);
	free(hidden);
	return status;
}

/* ---- parts: a stretch of history, and what its commits change, as a source of its own -------------------------------------- */

struct part {
	const struct history *history;
	size_t from, to; /* positions in history->commits; from is the older end and larger */
	struct source source;
	struct commit_changes changes;
	enum pol_status status;
	struct pol_error error;
	pthread_t thread;
	bool is_running;
};

static void part_free(struct part *part)
{
	commit_changes_free(&part->changes);
	arena_free(&part->source.arena);
	free(part->source.files);
	part->source.files = NULL;
}

static void *work(void *data)
{
	struct part *part = data;

	for (size_t i = part->from; i-- > part->to && part->status == POL_OK;)
		part->status = commit_changes_add(&part->changes, &part->history->commits.items[i],
		                                  &part->error);
	return NULL;
}

/* The part of a thread of its own, with a repository of its own. */
static void *work_apart(void *data)
{
	struct part *part = data;
	struct repo *repo = NULL;

	part->status = repo_reopen(part->history->source->repo, &repo, &part->error);
	part->source.repo = repo;
	work(part);
	part->source.repo = NULL;
	repo_free(repo);
	return NULL;
}

static void part_open(const struct history *history, struct part *part, size_t from, size_t to)
{
	*part = (struct part){ .history = history, .from = from, .to = to };
	part->source.kind = history->source->kind;
	part->source.limits = history->source->limits;
	part->source.repo = history->source->repo;
	part->changes.source = &part->source;
	part->changes.max_changes = history->max_changes;
}

/* Each change counts once: as the range's own where it is that too, else as that of the oldest commit that makes it. */
static enum pol_status note(struct history *history, size_t position, struct pol_error *err)
{
	struct source_file *files = history->source->files;
	size_t first = position;
	enum pol_status status;

	if (!files[position].in_new || files[position].also)
		return POL_OK;
	status = change_set_add(&history->seen, files, position, &first, err);
	if (status < 0 || first == position)
		return status;
	files[position].in_new = false; /* its place is kept: positions of others are noted */
	if (!files[first].commit)
		files[first].commit = files[position].commit;
	return POL_OK;
}

/* Appends what a part has found. */
static enum pol_status take_part(struct history *history, struct part *part, struct pol_error *err)
{
	struct source *source = history->source;
	const size_t start = source->count, count = part->source.count;
	enum pol_status status = source_reserve(source, count, err);

	if (status < 0)
		return status;
	if (start + count > history->max_changes + source->tip_count)
		return commit_changes_fail(history->max_changes, err);
	for (struct source_commit *commit = part->changes.newest; commit; commit = commit->older)
		commit->offset = start;
	for (size_t i = 0; i < count; i++)
		source->files[source->count++] = part->source.files[i];
	arena_adopt(&source->arena, &part->source.arena);
	for (size_t i = start; i < start + count && status == POL_OK; i++)
		status = note(history, i, err);
	return status;
}

static size_t count_threads(size_t commits)
{
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = commits / COMMITS_PER_THREAD;

	if (cores > 0 && wanted > (size_t)cores)
		wanted = (size_t)cores;
	return wanted < 1 ? 1 : wanted > MAX_THREADS ? MAX_THREADS : wanted;
}

/* The oldest part is this thread's; one whose thread can't be started is, too. */
static enum pol_status add_all(struct history *history, struct pol_error *err)
{
	const size_t commits = history->commits.count, count = count_threads(commits);
	struct part *parts = calloc(count, sizeof(*parts));
	enum pol_status status = parts ? POL_OK : pol_fail_memory(err);

	for (size_t i = 0; parts && i < count; i++) {
		part_open(history, &parts[i], commits - commits * i / count,
		          commits - commits * (i + 1) / count);
		parts[i].is_running = i > 0 &&
		                      pthread_create(&parts[i].thread, NULL, work_apart, &parts[i]) == 0;
	}
	for (size_t i = 0; parts && i < count; i++) {
		if (parts[i].is_running)
			(void)pthread_join(parts[i].thread, NULL);
		else if (status == POL_OK)
			work(&parts[i]);
		if (status == POL_OK && parts[i].status < 0) {
			status = parts[i].status;
			if (err)
				*err = parts[i].error;
		}
		if (status == POL_OK)
			status = take_part(history, &parts[i], err);
		part_free(&parts[i]);
	}
	free(parts);
	return status;
}

enum pol_status history_add(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	CLEANUP(history)
	struct history history = {
		.source = source,
		.max_commits = spec->limits.commits ? spec->limits.commits : MAX_COMMITS,
		.max_changes = spec->limits.changes ? spec->limits.changes : MAX_CHANGES,
	};
	enum pol_status status = find_commits(spec, &history, err);

	source->has_history = true;
	for (size_t i = 0; i < source->tip_count && status == POL_OK; i++)
		status = note(&history, i, err);
	return status == POL_OK ? add_all(&history, err) : status;
}
