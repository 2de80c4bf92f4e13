/* added.c - finds the exceptions that a change adds, with the checks that the hooks use, and holds trailers against them. */
#include "checks/commit-message-check/added.h"

#include "checks/commit-message-check/rules.h"
#include "checks/run.h"
#include "policy/base/glob.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a change adds ----------------------------------------------------------------------------------------------*/

static bool is_edge_blank(const char *path, size_t i, size_t size)
{
	return (i == 0 || i + 1 == size) && (path[i] == ' ' || path[i] == '\t');
}

/* A path for a trailer: one line, which keeps the blanks at its ends. */
static const char *show_path(struct arena *arena, const char *path)
{
	CLEANUP(buf) struct buf buf = { 0 };
	size_t size = strlen(path), start = 0, end = size;

	if (size > 0 && is_edge_blank(path, 0, size))
		buf_printf(&buf, "\\x%02x", (unsigned)(unsigned char)path[start++]);
	if (end > start && is_edge_blank(path, end - 1, size))
		end--;
	text_add_escaped(&buf, (struct slice){ path + start, end - start }, true);
	if (end < size)
		buf_printf(&buf, "\\x%02x", (unsigned)(unsigned char)path[end]);
	return buf_failed(&buf) ? NULL : arena_copy(arena, buf.data ? buf.data : "", buf.size);
}

static int compare_items(const void *left, const void *right)
{
	const struct added_item *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	return order ? order : strcmp(a->rule->id, b->rule->id);
}

static void sort_once(struct added *added)
{
	size_t kept = 0;

	if (added->count > 1)
		qsort(added->items, added->count, sizeof(*added->items), compare_items);
	for (size_t i = 0; i < added->count; i++) {
		if (kept == 0 || compare_items(&added->items[kept - 1], &added->items[i]) != 0)
			added->items[kept++] = added->items[i];
	}
	added->count = kept;
}

/* The exceptions of report, with paths that outlive its source. A changed policy is no weakened safeguard by itself. */
static enum pol_status take(struct arena *arena, const struct report *report, struct added *ret_added)
{
	struct added added = { .items = arena_alloc(arena, report->exception_count + 1,
		                                    sizeof(*added.items)) };

	if (!added.items)
		return POL_ENOMEM;
	for (size_t i = 0; i < report->exception_count; i++) {
		const struct exception *exception = &report->exceptions[i];
		struct added_item *item = &added.items[added.count];

		if (exception->rule->kind == KIND_POLICY)
			continue;
		*item = (struct added_item){ .rule = exception->rule,
			                     .path = arena_string(arena, exception->path),
			                     .shown = show_path(arena, exception->path) };
		if (!item->path || !item->shown)
			return POL_ENOMEM;
		added.count++;
	}
	sort_once(&added);
	*ret_added = added;
	return POL_OK;
}

enum pol_status added_find(const struct judge *judge, const struct source_spec *spec, struct arena *arena,
                           struct added *ret_added, struct pol_error *err)
{
	static const struct check *const checks[] = { &justification_check, &trivyignore_check,
		                                      &license_check, NULL };
	const struct run_options options = {
		.checks = checks,
		.source = *spec,
		.policy = judge->policy,
		.today = judge->today,
		.max_days = judge->max_days,
		.only_added = true,
	};
	CLEANUP(source) struct source *source = NULL; /* outlives the report */
	CLEANUP(report) struct report report = { 0 };
	enum pol_status status = run_checks(&options, &report, &source, err);

	if (status == POL_OK && take(arena, &report, ret_added) < 0)
		return pol_fail_memory(err);
	return status;
}

void added_intersect(struct added *added, const struct added *other)
{
	size_t kept = 0, from = 0;

	for (size_t i = 0; i < added->count; i++) {
		while (from < other->count && compare_items(&other->items[from], &added->items[i]) < 0)
			from++;
		if (from < other->count && compare_items(&other->items[from], &added->items[i]) == 0)
			added->items[kept++] = added->items[i];
	}
	added->count = kept;
}

/* ---- trailers that name it -------------------------------------------------------------------------------------------*/

static const char key[] = "Exception";

/* "RULE PATH", taken apart. */
struct naming {
	struct slice rule;
	const char *path;
};

static enum pol_status read_naming(struct arena *arena, struct slice value, struct naming *ret_naming)
{
	struct slice path;
	size_t size = 0;

	while (size < value.size && value.data[size] != ' ' && value.data[size] != '\t')
		size++;
	ret_naming->rule = slice_sub(value, 0, size);
	path = slice_trim(slice_from(value, size));
	ret_naming->path = arena_copy(arena, path.data, path.size);
	return ret_naming->path ? POL_OK : POL_ENOMEM;
}

static bool names(const struct naming *naming, const struct added_item *item)
{
	if (!slice_equal(naming->rule, slice_of(item->rule->id)) &&
	    !(*item->rule->code && slice_equal(naming->rule, slice_of(item->rule->code))))
		return false;
	return strcmp(naming->path, item->path) == 0 || strcmp(naming->path, item->shown) == 0 ||
	       (*naming->path && glob_match(naming->path, item->path));
}

/* Globs held against paths for one message: more are an attack, and what they might name counts as not named. */
enum { MAX_STEPS = 1000 * 1000 };

static void drop(struct added *added, const struct naming *naming)
{
	size_t kept = 0;

	for (size_t i = 0; i < added->count; i++) {
		if (!names(naming, &added->items[i]))
			added->items[kept++] = added->items[i];
	}
	added->count = kept;
}

enum pol_status added_drop_named(struct arena *arena, const struct trailers *trailers, struct added *added)
{
	const struct trailer *trailer;
	struct naming naming;
	size_t next = 0, steps = 0;

	while (added->count > 0 && (trailer = trailers_next(trailers, key, &next))) {
		steps += added->count;
		if (steps > MAX_STEPS)
			break;
		if (read_naming(arena, trailer->value, &naming) < 0)
			return POL_ENOMEM;
		drop(added, &naming);
	}
	return POL_OK;
}

void added_write(const struct added *added, const char *indent, struct buf *buf)
{
	for (size_t i = 0; i < added->count; i++)
		buf_printf(buf, "%s%s: %s %s\n", indent, key, added->items[i].rule->id,
		           added->items[i].shown);
}

/* ---- the rule --------------------------------------------------------------------------------------------------------*/

enum pol_status added_judge(const struct inspection *in, const struct rule *rule, enum message_level level)
{
	struct arena *arena = &in->report->arena;
	CLEANUP(buf) struct buf hint = { 0 };
	struct objection objection = { .line = NULL };
	struct added missing;

	if (in->added.count == 0)
		return POL_OK;
	missing.count = in->added.count;
	missing.items = arena_alloc(arena, missing.count, sizeof(*missing.items));
	if (!missing.items)
		return POL_ENOMEM;
	memcpy(missing.items, in->added.items, missing.count * sizeof(*missing.items));
	if (added_drop_named(arena, &in->trailers, &missing) < 0)
		return POL_ENOMEM;
	if (missing.count == 0)
		return POL_OK;
	buf_add_string(&hint, "    at the end of the message, behind an empty line or other trailers:\n");
	added_write(&missing, "        ", &hint);
	objection.what = missing.count == 1 ? "the commit adds an exception that the message does not name"
	                                    : rule->message;
	objection.hint = buf_failed(&hint) ? NULL : arena_copy(arena, hint.data, hint.size);
	return objection.hint ? rules_object(in, rule, level, &objection) : POL_ENOMEM;
}
