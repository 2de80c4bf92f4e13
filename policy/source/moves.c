/* moves.c - finds the old name of a file: of one that was moved as it was by its id, of one that was changed on the way
 * by the lines it kept. */
#include "policy/source/files.h"

#include <stdlib.h>
#include <string.h>

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* ---- moved unchanged --------------------------------------------------------------------------------------------- */

/* A file that came or went, as a place in source->files. */
struct end {
	const struct source_file *file;
	size_t position;
	bool is_matched;
};

static const struct oid *end_oid(const struct end *end)
{
	return end->file->in_new ? &end->file->oid : &end->file->old_oid;
}

static int compare_oids(const struct end *a, const struct end *b)
{
	return memcmp(end_oid(a)->bytes, end_oid(b)->bytes, OID_MAX_BYTES);
}

static int compare_ends(const void *a, const void *b)
{
	const struct end *x = a, *y = b;
	int order = compare_oids(x, y);

	if (order == 0)
		order = strcmp(base_name(x->file->path), base_name(y->file->path));
	return order != 0 ? order : strcmp(x->file->path, y->file->path);
}

static void match(struct source *source, struct end *came, struct end *went)
{
	struct source_file *file = &source->files[came->position];

	file->old_path = went->file->path;
	file->old_oid = went->file->old_oid;
	file->in_old = true;
	came->is_matched = true;
	went->is_matched = true;
}

/* Pairs ends in their order. Both arrays are sorted; by_name: only pairs whose last segments are equal. */
static void pair(struct source *source, struct end *came, size_t came_count, struct end *went,
                 size_t went_count, bool by_name)
{
	size_t i = 0, j = 0;

	while (i < came_count && j < went_count) {
		int order = compare_oids(&came[i], &went[j]);

		if (came[i].is_matched || went[j].is_matched) {
			i += came[i].is_matched;
			j += went[j].is_matched;
			continue;
		}
		if (order == 0 && by_name)
			order = strcmp(base_name(came[i].file->path), base_name(went[j].file->path));
		if (order == 0)
			match(source, &came[i], &went[j]);
		i += order <= 0;
		j += order >= 0;
	}
}

static enum pol_status keep_gone(struct source *source, const struct end *went, size_t count,
                                 const size_t **ret_gone, size_t *ret_count, struct pol_error *err)
{
	size_t *gone = arena_alloc(&source->arena, count, sizeof(*gone));
	size_t kept = 0;

	if (!gone)
		return pol_fail_memory(err);
	for (size_t i = 0; i < count; i++) {
		if (!went[i].is_matched)
			gone[kept++] = went[i].position;
	}
	*ret_gone = gone;
	*ret_count = kept;
	return POL_OK;
}

static bool has_come(const struct source_file *file)
{
	return file->in_new && !file->in_old;
}

static bool has_gone(const struct source_file *file)
{
	return file->in_old && !file->in_new;
}

/* The ends that is_wanted picks, sorted by id, then last segment; to free. */
static struct end *collect(const struct source *source, size_t start,
                           bool (*is_wanted)(const struct source_file *), size_t *ret_count)
{
	struct end *ends = calloc(source->count - start + 1, sizeof(*ends));
	size_t count = 0;

	for (size_t i = start; ends && i < source->count; i++) {
		if (is_wanted(&source->files[i]))
			ends[count++] = (struct end){ .file = &source->files[i], .position = i };
	}
	if (count > 1)
		qsort(ends, count, sizeof(*ends), compare_ends);
	*ret_count = count;
	return ends;
}

enum pol_status source_match_moves(struct source *source, size_t start, const size_t **ret_gone,
                                   size_t *ret_count, struct pol_error *err)
{
	enum pol_status status = POL_OK;
	struct end *came, *went;
	size_t came_count, went_count;

	if (!source_has_old(source))
		return POL_OK;
	came = collect(source, start, has_come, &came_count);
	went = collect(source, start, has_gone, &went_count);
	if (!came || !went) {
		status = pol_fail_memory(err);
	} else {
		pair(source, came, came_count, went, went_count, true);
		pair(source, came, came_count, went, went_count, false);
		status = keep_gone(source, went, went_count, ret_gone, ret_count, err);
	}
	free(came);
	free(went);
	return status;
}

/* ---- moved and changed ------------------------------------------------------------------------------------------- */

enum { MAX_CANDIDATES = 50, MAX_BYTES = 4 * 1024 * 1024 };

/* The hashes of a text's lines that are not blank, sorted. */
struct lines {
	uint64_t *hashes;
	size_t count, capacity;
};

static void lines_free(struct lines *lines)
{
	free(lines->hashes);
}
CLEANUP_DEFINE_STACK(struct lines, lines, lines_free)

static int compare_hashes(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static enum pol_status lines_read(struct lines *lines, struct slice text, struct pol_error *err)
{
	struct slice line;

	lines->count = 0;
	while (slice_next_line(&text, &line)) {
		if (slice_trim(line).size == 0)
			continue;
		if (lines->count == lines->capacity) {
			size_t capacity = lines->capacity ? lines->capacity * 2 : 256;
			uint64_t *hashes = realloc(lines->hashes, capacity * sizeof(*hashes));

			if (!hashes)
				return pol_fail_memory(err);
			lines->hashes = hashes;
			lines->capacity = capacity;
		}
		lines->hashes[lines->count++] = text_hash(TEXT_HASH_START, line);
	}
	if (lines->count > 1)
		qsort(lines->hashes, lines->count, sizeof(*lines->hashes), compare_hashes);
	return POL_OK;
}

static size_t count_shared(const struct lines *a, const struct lines *b)
{
	size_t shared = 0, i = 0, j = 0;

	while (i < a->count && j < b->count) {
		const uint64_t x = a->hashes[i], y = b->hashes[j];

		shared += x == y;
		i += x <= y;
		j += y <= x;
	}
	return shared;
}

static bool same_extension(const char *a, const char *b)
{
	const char *x = strrchr(base_name(a), '.'), *y = strrchr(base_name(b), '.');

	return x && y && strcmp(x, y) == 0;
}

static bool same_folder(const char *a, const char *b)
{
	const size_t size = (size_t)(base_name(a) - a);

	return size == (size_t)(base_name(b) - b) && memcmp(a, b, size) == 0;
}

/* How likely old is the same file under another name: the last segment says most, then what kind of file it is. */
static unsigned likeness(const char *path, const char *old)
{
	return 4 * (unsigned)(strcmp(base_name(path), base_name(old)) == 0) +
	       2 * (unsigned)same_extension(path, old) + (unsigned)same_folder(path, old);
}

/* The likeliest candidates, best first. Returns how many. */
static size_t pick(const struct source *source, const struct source_file *file,
                   const struct source_file *picked[MAX_CANDIDATES])
{
	const size_t *gone = file->commit ? file->commit->gone : source->gone;
	const size_t gone_count = file->commit ? file->commit->gone_count : source->gone_count;
	const size_t offset = file->commit ? file->commit->offset : 0;
	const char *path = file->path;
	size_t count = 0;

	for (size_t i = 0; i < gone_count; i++) {
		const struct source_file *old = &source->files[offset + gone[i]];
		const unsigned rank = likeness(path, old->path);
		size_t at = count;

		while (at > 0 && likeness(path, picked[at - 1]->path) < rank)
			at--;
		if (at == MAX_CANDIDATES)
			continue;
		if (count < MAX_CANDIDATES)
			count++;
		memmove(&picked[at + 1], &picked[at], (count - at - 1) * sizeof(picked[0]));
		picked[at] = old;
	}
	return count;
}

/* The lines of a blob; none when it is too large to compare. */
static enum pol_status read_lines(struct repo *repo, const struct oid *oid, struct buf *data,
                                  struct lines *lines, struct pol_error *err)
{
	enum pol_status status = repo_read(repo, oid, MAX_BYTES, data, NULL, err);

	if (status == POL_ELIMIT)
		buf_clear(data);
	else if (status != POL_OK)
		return status;
	return lines_read(lines, (struct slice){ data->data, data->size }, err);
}

enum pol_status source_moved_from(struct source_reader *reader, const struct source_file *file,
                                  const struct source_file **ret_old, struct pol_error *err)
{
	const struct source *source = reader_source(reader);
	const struct source_file *candidates[MAX_CANDIDATES], *best = NULL;
	CLEANUP(lines) struct lines mine = { 0 };
	CLEANUP(lines) struct lines theirs = { 0 };
	CLEANUP(buf) struct buf data = { 0 };
	size_t count = pick(source, file, candidates);
	size_t most = 0;
	enum pol_status status;
	struct repo *repo;

	*ret_old = NULL;
	if (count == 0 || !has_come(file))
		return POL_OK;
	status = reader_repo(reader, &repo, err);
	if (status == POL_OK)
		status = read_lines(repo, &file->oid, &data, &mine, err);
	for (size_t i = 0; i < count && status == POL_OK; i++) {
		size_t shared;

		status = read_lines(repo, &candidates[i]->old_oid, &data, &theirs, err);
		shared = status == POL_OK ? count_shared(&mine, &theirs) : 0;
		if (shared > most) {
			most = shared;
			best = candidates[i];
		}
	}
	if (status == POL_OK && most > 0 && most * 2 >= mine.count)
		*ret_old = best;
	return status;
}
