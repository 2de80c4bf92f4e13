/* repeated.c - finds reasons that stand at more places than the policy allows. Everything is sorting and walking: a
 * reason may have been pasted ten thousand times. */
#include "policy/repeated.h"

#include <stdlib.h>
#include <string.h>

/* An exception with its reason, made comparable. */
struct copy {
	const char *reason;
	struct exception *exception;
	bool was_there; /* the old side has it too */
};

struct copies {
	struct copy *items;
	size_t count, capacity;
};

/* ---- gathering -------------------------------------------------------------------------------------------------------*/

/* An entry of the policy is written once, whatever it matches. */
static bool counts(const struct judge *judge, const struct exception *exception)
{
	const struct justification *written = &exception->justification;

	return exception->accepted && written->reason && written->form != FORM_FILE &&
	       policy_demand(judge->policy, exception->rule, exception->rule->severity, exception->path)
	               .reason;
}

static enum pol_status gather(const struct judge *judge, const struct report *report, struct arena *scratch,
                              struct copies *copies)
{
	for (size_t i = 0; i < report->exception_count; i++) {
		struct exception *exception = &report->exceptions[i];
		struct copy *grown;

		if (!counts(judge, exception))
			continue;
		grown = arena_grow(scratch, copies->items, copies->count, &copies->capacity, sizeof(*grown));
		if (!grown)
			return POL_ENOMEM;
		copies->items = grown;
		grown[copies->count].reason = justification_normalise(scratch,
		                                                      exception->justification.reason);
		grown[copies->count].exception = exception;
		grown[copies->count].was_there = false;
		if (!grown[copies->count++].reason)
			return POL_ENOMEM;
	}
	return POL_OK;
}

/* ---- order -----------------------------------------------------------------------------------------------------------*/

static int compare_lines(const struct exception *a, const struct exception *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

/* What makes a copy the same one on both sides of a change: never the number of its line. */
static int compare_sides(const struct copy *a, const struct copy *b)
{
	const struct exception *x = a->exception, *y = b->exception;
	int order = strcmp(a->reason, b->reason);

	order = order ? order : strcmp(x->path, y->path);
	order = order ? order : strcmp(x->rule->id, y->rule->id);
	return order ? order : strcmp(x->text ? x->text : "", y->text ? y->text : "");
}

static int by_sides(const void *left, const void *right)
{
	const struct copy *a = left, *b = right;
	int order = compare_sides(a, b);

	return order ? order : compare_lines(a->exception, b->exception);
}

/* What was there comes first. */
static int by_reason(const void *left, const void *right)
{
	const struct copy *a = left, *b = right;
	int order = strcmp(a->reason, b->reason);

	order = order ? order : (int)b->was_there - (int)a->was_there;
	order = order ? order : strcmp(a->exception->path, b->exception->path);
	return order ? order : compare_lines(a->exception, b->exception);
}

static void sort(struct copies *copies, int (*order)(const void *, const void *))
{
	if (copies->count > 1)
		qsort(copies->items, copies->count, sizeof(*copies->items), order);
}

/* Marks in copies what old holds too, one for one. Sorts both. */
static void mark_old(struct copies *copies, struct copies *old)
{
	size_t at = 0;

	sort(copies, by_sides);
	sort(old, by_sides);
	for (size_t i = 0; i < copies->count; i++) {
		while (at < old->count && compare_sides(&old->items[at], &copies->items[i]) < 0)
			at++;
		if (at == old->count || compare_sides(&old->items[at], &copies->items[i]) != 0)
			continue;
		copies->items[i].was_there = true;
		at++;
	}
}

/* ---- places ----------------------------------------------------------------------------------------------------------*/

/* Whether two neighbours share one comment. */
static bool is_same_place(const struct copy *a, const struct copy *b)
{
	const struct exception *x = a->exception, *y = b->exception;

	return x->justification.line > 0 && x->justification.line == y->justification.line &&
	       strcmp(x->path, y->path) == 0;
}

/* Of the copies that begin at start and share its reason: where they end, and how many places they have. */
static size_t group_end(const struct copies *copies, size_t start, size_t *ret_places)
{
	size_t end = start + 1;

	*ret_places = 1;
	for (; end < copies->count && strcmp(copies->items[start].reason, copies->items[end].reason) == 0;
	     end++)
		*ret_places += !is_same_place(&copies->items[end - 1], &copies->items[end]);
	return end;
}

/* How many places reason has in copies, which are sorted by reason; *at is moved behind it. */
static size_t places_of(const struct copies *copies, const char *reason, size_t *at)
{
	size_t places = 0;

	while (*at < copies->count && strcmp(copies->items[*at].reason, reason) < 0)
		(*at)++;
	if (*at < copies->count && strcmp(copies->items[*at].reason, reason) == 0)
		*at = group_end(copies, *at, &places);
	return places;
}

/* ---- which files -----------------------------------------------------------------------------------------------------*/

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void keep_once(const char **paths, size_t *count)
{
	size_t kept = 0;

	qsort(paths, *count, sizeof(*paths), by_text);
	for (size_t i = 0; i < *count; i++) {
		if (kept == 0 || strcmp(paths[kept - 1], paths[i]) != 0)
			paths[kept++] = paths[i];
	}
	*count = kept;
}

enum pol_status repeated_paths(const struct judge *judge, const struct report *report, struct arena *scratch,
                               const char *const **ret_paths)
{
	size_t allowed = (size_t)judge->policy->max_same, count = 0, end, places;
	struct copies copies = { 0 };
	const char **paths;

	*ret_paths = NULL;
	if (allowed == 0 || report->exception_count <= allowed)
		return POL_OK;
	if (gather(judge, report, scratch, &copies) < 0)
		return POL_ENOMEM;
	paths = arena_alloc(scratch, copies.count + 1, sizeof(*paths));
	if (!paths)
		return POL_ENOMEM;
	sort(&copies, by_reason);
	for (size_t start = 0; start < copies.count; start = end) {
		end = group_end(&copies, start, &places);
		for (size_t i = start; i < end && places > allowed; i++)
			paths[count++] = copies.items[i].exception->path;
	}
	if (count == 0)
		return POL_OK;
	keep_once(paths, &count);
	paths[count] = NULL;
	*ret_paths = paths;
	return POL_OK;
}

/* ---- objections ------------------------------------------------------------------------------------------------------*/

/* Objects to those of copies[count], which have places, that stand behind the first let_be places. */
static enum pol_status object(const struct judge *judge, const struct copy *copies, size_t count,
                              size_t places, size_t let_be, struct report *report)
{
	enum pol_status status = POL_OK;
	char sentence[160];
	size_t place = 0;

	(void)snprintf(sentence, sizeof(sentence),
	               "the same reason stands at %zu places, the policy allows %d", places,
	               (int)judge->policy->max_same);
	for (size_t i = 0; i < count && status == POL_OK; i++) {
		place += i > 0 && !is_same_place(&copies[i - 1], &copies[i]);
		if (place >= let_be && !copies[i].was_there)
			status = judge_object(judge, copies[i].exception, PROBLEM_REPEATED_REASON, sentence,
			                      report);
	}
	return status;
}

enum pol_status repeated_judge(const struct judge *judge, struct report *report, const struct report *old,
                               struct arena *scratch)
{
	size_t allowed = (size_t)judge->policy->max_same, end, places, at = 0;
	struct copies copies = { 0 }, before = { 0 };
	enum pol_status status;

	if (allowed == 0 || report->exception_count <= allowed)
		return POL_OK;
	status = gather(judge, report, scratch, &copies);
	if (status == POL_OK && old)
		status = gather(judge, old, scratch, &before);
	if (status < 0)
		return status;
	mark_old(&copies, &before);
	sort(&copies, by_reason);
	sort(&before, by_reason);
	for (size_t start = 0; start < copies.count && status == POL_OK; start = end) {
		size_t were = places_of(&before, copies.items[start].reason, &at);

		end = group_end(&copies, start, &places);
		status = object(judge, &copies.items[start], end - start, places,
		                were > allowed ? were : allowed, report);
	}
	return status;
}
