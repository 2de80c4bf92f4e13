/* push.c - reads what a push does, and finds what the remote already has of it. */
#include "checks/push-check/push.h"

#include <string.h>

/* Cuts the last word off *rest; false when there is none before it. */
static bool take_last(struct slice *rest, struct slice *ret_word)
{
	size_t start = rest->size;

	while (start > 0 && rest->data[start - 1] != ' ')
		start--;
	if (start < 2)
		return false;
	*ret_word = slice_from(*rest, start);
	rest->size = start - 1;
	return ret_word->size > 0;
}

static enum pol_status read_ref(struct arena *arena, struct slice line, struct push_ref *ref, uint32_t number,
                                struct pol_error *err)
{
	struct slice local_oid, remote, remote_oid;
	struct slice rest = line;

	if (!take_last(&rest, &remote_oid) || !take_last(&rest, &remote) || !take_last(&rest, &local_oid) ||
	    !oid_parse(local_oid, &ref->local_oid) || !oid_parse(remote_oid, &ref->remote_oid))
		return pol_fail(err, POL_EUSAGE, "standard input", number,
		                "expected \"LOCAL-REF OID REMOTE-REF OID\", as git gives it to pre-push");
	ref->local = arena_copy(arena, rest.data, rest.size);
	ref->remote = arena_copy(arena, remote.data, remote.size);
	ref->deletes = oid_is_null(&ref->local_oid);
	ref->creates = oid_is_null(&ref->remote_oid);
	return ref->local && ref->remote ? POL_OK : pol_fail_memory(err);
}

enum pol_status push_read(struct arena *arena, struct slice input, struct push *push, struct pol_error *err)
{
	struct slice rest = input, line;
	size_t capacity = 0;

	for (uint32_t number = 1; slice_next_line(&rest, &line); number++) {
		struct push_ref *refs = arena_grow(arena, push->refs, push->count, &capacity, sizeof(*refs));
		enum pol_status status;

		if (!refs)
			return pol_fail_memory(err);
		push->refs = refs;
		refs[push->count] = (struct push_ref){ 0 };
		status = read_ref(arena, line, &refs[push->count], number, err);
		if (status < 0)
			return status;
		push->count++;
	}
	return POL_OK;
}

/* The best base so far, while refs are looked at one by one. */
struct base_search {
	struct repo *repo;
	struct oid tip;
	struct oid best; /* size 0 = none */
};

/* Keeps the better of two common ancestors: the one that the other is an ancestor of. */
static enum pol_status consider(const char *name, const struct oid *commit, void *data, struct pol_error *err)
{
	struct base_search *search = data;
	struct oid base;
	bool is_older = true;
	enum pol_status status;

	(void)name;
	status = repo_merge_base(search->repo, &search->tip, commit, &base, err);
	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status == POL_OK && search->best.size > 0)
		status = repo_is_ancestor(search->repo, &search->best, &base, &is_older, err);
	if (status == POL_OK && is_older)
		search->best = base;
	return status;
}

enum pol_status push_base(struct repo *repo, const struct push *push, const struct push_ref *ref,
                          struct oid *ret_base, struct pol_error *err)
{
	CLEANUP(buf) struct buf prefix = { 0 };
	struct base_search search = { .repo = repo };
	char hex[OID_MAX_HEX];
	enum pol_status status;

	oid_format(&ref->local_oid, hex);
	status = repo_resolve(repo, hex, &search.tip, err);
	/* A forced push may go over a commit that was never fetched: then the tracking refs have to do. */
	if (status == POL_OK && !ref->creates) {
		oid_format(&ref->remote_oid, hex);
		if (repo_resolve(repo, hex, &search.best, NULL) == POL_OK) {
			struct oid known = search.best;

			search.best = (struct oid){ 0 };
			status = consider(NULL, &known, &search, err);
		}
	}
	if (status == POL_OK && search.best.size == 0) {
		buf_printf(&prefix, "refs/remotes/%s/", push->remote_name);
		if (buf_failed(&prefix))
			return pol_fail_memory(err);
		status = repo_each_ref(repo, prefix.data, consider, &search, err);
	}
	if (status < 0)
		return status;
	*ret_base = search.best;
	return POL_OK;
}
