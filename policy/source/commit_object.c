/* commit_object.c - reads commit objects, and finds where new history leaves what is known. */
#include "policy/source/commit_object.h"

#include "policy/source/oid_set.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CANDIDATES = 100 };

void oid_list_free(struct oid_list *list)
{
	free(list->items);
	*list = (struct oid_list){ 0 };
}

enum pol_status oid_list_add(struct oid_list *list, const struct oid *oid, struct pol_error *err)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? list->capacity * 2 : 64;
		struct oid *items = realloc(list->items, capacity * sizeof(*items));

		if (!items)
			return pol_fail_memory(err);
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = *oid;
	return POL_OK;
}

void commit_object_free(struct commit_object *commit)
{
	oid_list_free(&commit->parents);
	buf_free(&commit->data);
}

/* The id on the line `name <hex>` that *headers begins with, cut off. */
static bool take_header(struct slice *headers, const char *name, struct oid *ret_oid)
{
	struct slice line, rest = *headers;

	if (!slice_next_line(&rest, &line) || !slice_starts(line, name) ||
	    !oid_parse(slice_from(line, strlen(name)), ret_oid))
		return false;
	*headers = rest;
	return true;
}

enum pol_status commit_object_read(struct repo *repo, const struct oid *oid, struct commit_object *commit,
                                   struct pol_error *err)
{
	enum object_type type;
	enum pol_status status = repo_read(repo, oid, 0, &commit->data, &type, err);
	struct slice headers = { commit->data.data, commit->data.size };
	struct oid parent;

	commit->parents.count = 0;
	if (status == POL_OK && (type != OBJECT_COMMIT || !take_header(&headers, "tree ", &commit->tree)))
		return pol_fail(err, POL_EGIT, NULL, 0, "not checked: a commit that names no tree");
	while (status == POL_OK && take_header(&headers, "parent ", &parent))
		status = oid_list_add(&commit->parents, &parent, err);
	return status;
}

/* ---- where new history begins ---------------------------------------------------------------------------------------- */

struct search {
	struct repo *repo;
	struct commit_object commit;
	struct oid_list new; /* newest first */
	struct oid_set is_new;
	size_t limit;
};

static void search_free(struct search *search)
{
	commit_object_free(&search->commit);
	oid_list_free(&search->new);
	oid_set_free(&search->is_new);
}
CLEANUP_DEFINE_STACK(struct search, search, search_free)

static enum pol_status take_new(const struct oid *commit, void *data, struct pol_error *err)
{
	struct search *search = data;
	enum pol_status status;

	if (search->limit > 0 && search->new.count == search->limit)
		return pol_fail(err, POL_ELIMIT, NULL, 0,
		                "more than %zu commits at once; push them in parts, the oldest first",
		                search->limit);
	status = oid_set_add(&search->is_new, commit, NULL, err);
	return status == POL_OK ? oid_list_add(&search->new, commit, err) : status;
}

/* Keeps the better of two known commits: the one that the other is an ancestor of. */
static enum pol_status consider(struct search *search, const struct oid *commit, struct oid *best,
                                struct pol_error *err)
{
	bool is_older = true;
	enum pol_status status = POL_OK;

	if (best->size > 0)
		status = repo_is_ancestor(search->repo, best, commit, &is_older, err);
	if (status == POL_OK && is_older)
		*best = *commit;
	return status;
}

/* The best of the parents of new commits that are not new themselves. Whichever is taken is known: looking at the first
 * hundred only means, at worst, that a little more counts as added. */
static enum pol_status find_best(struct search *search, struct oid *best, struct pol_error *err)
{
	CLEANUP(oid_set) struct oid_set seen = { 0 };
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < search->new.count &&status == POL_OK &&seen.count < MAX_CANDIDATES; i++) {
		const struct oid_list *parents = &search->commit.parents;

		status = commit_object_read(search->repo, &search->new.items[i], &search->commit, err);
		for (size_t j = 0; status == POL_OK && j < parents->count && seen.count < MAX_CANDIDATES;
		     j++) {
			bool is_first = false;

			if (oid_set_has(&search->is_new, &parents->items[j]))
				continue;
			status = oid_set_add(&seen, &parents->items[j], &is_first, err);
			/* A shallow clone names parents that it does not have. */
			if (status == POL_OK && is_first &&
			    (!repo_is_shallow(search->repo) || repo_has(search->repo, &parents->items[j])))
				status = consider(search, &parents->items[j], best, err);
		}
	}
	return status;
}

enum pol_status commit_fork_point(struct repo *repo, const struct oid *tip, const struct oid *known,
                                  size_t known_count, size_t limit, struct oid *ret_base,
                                  struct pol_error *err)
{
	CLEANUP(search) struct search search = { .repo = repo, .limit = limit };
	struct oid best = { 0 };
	enum pol_status status = repo_walk(repo, tip, known, known_count, take_new, &search, err);

	if (status == POL_OK && search.new.count == 0)
		best = *tip;
	else if (status == POL_OK && known_count > 0)
		status = find_best(&search, &best, err);
	if (status == POL_OK)
		*ret_base = best;
	return status;
}
