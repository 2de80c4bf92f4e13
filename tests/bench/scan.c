/* scan - how fast the scanner is in memory, beside the fastest thing one can do with the same bytes: count their
 * newlines. Reads the files given as arguments, or a NUL-separated list of names from stdin when there are none; both
 * kinds of run alternate, and the medians are compared. Prints one line; exit status 2 when something cannot be read. */
#include "policy/policy.h"
#include "policy/source/content.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9, NAME_MAX_BYTES = 4096 };

struct file {
	const char *path;
	struct slice text;
};

struct corpus {
	struct arena arena;
	struct file *files;
	size_t count, capacity;
	size_t bytes;
};

struct counts {
	size_t matches, unjudged;
};

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool read_all(FILE *stream, struct buf *content)
{
	size_t size = 1;

	while (size > 0 && !buf_failed(content)) {
		char *room = buf_reserve(content, 65536);

		size = room ? fread(room, 1, 65536, stream) : 0;
		content->size += size;
	}
	return !ferror(stream) && !buf_failed(content);
}

/* Binary files are left out, as the checks do. False when the file can't be read. */
static bool add_file(struct corpus *corpus, const char *path)
{
	CLEANUP(buf) struct buf content = { 0 };
	FILE *stream = fopen(path, "rb");
	bool is_read = stream && read_all(stream, &content);
	struct file *files;
	struct slice text = { content.data, content.size };

	if (stream)
		(void)fclose(stream);
	if (!is_read || content.size == 0 || content_kind(text) != CONTENT_TEXT)
		return is_read;
	files = arena_grow(&corpus->arena, corpus->files, corpus->count, &corpus->capacity, sizeof(*files));
	if (!files)
		return false;
	corpus->files = files;
	text.data = arena_copy(&corpus->arena, content.data, content.size);
	files[corpus->count] = (struct file){ arena_string(&corpus->arena, path), text };
	corpus->bytes += text.size;
	return text.data && files[corpus->count++].path;
}

static bool add_listed(struct corpus *corpus)
{
	char name[NAME_MAX_BYTES];
	size_t size = 0;
	int c;

	while ((c = getchar()) != EOF) {
		if (size + 1 < sizeof(name))
			name[size++] = (char)c;
		if (c == '\0') {
			if (!add_file(corpus, name))
				(void)fprintf(stderr, "scan: %s cannot be read\n", name);
			size = 0;
		}
	}
	return !ferror(stdin);
}

/* With memchr, which the C library has in vector code. */
static size_t count_newlines(const struct corpus *corpus)
{
	size_t count = 0;

	for (size_t i = 0; i < corpus->count; i++) {
		const char *at = corpus->files[i].text.data;
		const char *end = at + corpus->files[i].text.size;

		while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
			count++;
			at++;
		}
	}
	return count;
}

static bool scan_all(struct scanner *scanner, const struct corpus *corpus, struct counts *counts)
{
	struct pol_error err;

	*counts = (struct counts){ 0 };
	for (size_t i = 0; i < corpus->count; i++) {
		CLEANUP(arena) struct arena arena = { 0 };
		struct matches matches;

		if (scanner_run(scanner, &arena, corpus->files[i].path, corpus->files[i].text, &matches,
		                &err) < 0)
			return false;
		counts->matches += matches.count;
		counts->unjudged += matches.unjudged != NULL;
	}
	return true;
}

static int compare_times(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static double median(double times[ROUNDS])
{
	qsort(times, ROUNDS, sizeof(times[0]), compare_times);
	return times[ROUNDS / 2];
}

static int measure(const struct corpus *corpus)
{
	CLEANUP(scanner) struct scanner *scanner = NULL;
	const struct ruleset *const sets[] = { ruleset_builtin() };
	double count_times[ROUNDS], scan_times[ROUNDS], megabytes = (double)corpus->bytes / 1e6;
	struct pol_error err = { 0 };
	struct counts counts = { 0 };
	size_t newlines = 0;

	if (scanner_open(sets, 1, NULL, NULL, &scanner, &err) < 0)
		return 2;
	for (int round = 0; round < ROUNDS; round++) {
		double start = now(), between;

		newlines = count_newlines(corpus);
		between = now();
		count_times[round] = between - start;
		if (!scan_all(scanner, corpus, &counts))
			return 2;
		scan_times[round] = now() - between;
	}
	(void)printf("%zu files, %.1f MB, %zu lines, %zu rules: %zu matches, %zu unjudged; "
	             "newlines %.0f MB/s, scan %.0f MB/s, ratio %.3f\n",
	             corpus->count, megabytes, newlines, sets[0]->rule_count, counts.matches, counts.unjudged,
	             megabytes / median(count_times), megabytes / median(scan_times),
	             median(count_times) / median(scan_times));
	return 0;
}

int main(int argc, char **argv)
{
	struct corpus corpus = { 0 };
	int status = 2;
	bool ok = argc > 1 || add_listed(&corpus);

	for (int i = 1; i < argc && ok; i++)
		ok = add_file(&corpus, argv[i]);
	if (ok && corpus.count > 0)
		status = measure(&corpus);
	else
		(void)fputs("scan: no text file could be read\n", stderr);
	arena_free(&corpus.arena);
	return status;
}
