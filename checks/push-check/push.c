/* push.c - reads what a push does, and finds what the remote already has of it. */
#include "checks/push-check/push.h"

#include "policy/source/oid_set.h"

#include <string.h>

void push_free(struct push *push)
{
	oid_list_free(&push->known);
}

/* ---- git's lines ----------------------------------------------------------------------------------------------------- */

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

static bool split_sent(struct slice line, struct push_ref *ref, struct slice *ret_local,
                       struct slice *ret_remote)
{
	struct slice local_oid, remote_oid;

	*ret_local = line;
	return take_last(ret_local, &remote_oid) && take_last(ret_local, ret_remote) &&
	       take_last(ret_local, &local_oid) && oid_parse(local_oid, &ref->local_oid) &&
	       oid_parse(remote_oid, &ref->remote_oid);
}

static bool split_received(struct slice line, struct push_ref *ref, struct slice *ret_local,
                           struct slice *ret_remote)
{
	struct slice old = line, new;

	if (!take_last(&old, ret_remote) || !take_last(&old, &new))
		return false;
	*ret_local = *ret_remote;
	return oid_parse(new, &ref->local_oid) && oid_parse(old, &ref->remote_oid);
}

static enum pol_status read_ref(struct arena *arena, const struct push *push, struct slice line,
                                struct push_ref *ref, uint32_t number, struct pol_error *err)
{
	struct slice local, remote;
	bool is_split = push->is_received ? split_received(line, ref, &local, &remote)
	                                  : split_sent(line, ref, &local, &remote);

	if (!is_split || slice_find_char(line, '\0') != SIZE_MAX ||
	    ref->local_oid.size != ref->remote_oid.size)
		return pol_fail(err, POL_EUSAGE, "standard input", number, "expected %s",
		                push->is_received ? "\"OLD-OID NEW-OID REF\", as git gives it to pre-receive"
		                                  : "\"LOCAL-REF OID REMOTE-REF OID\", as git gives it to "
		                                    "pre-push");
	ref->local = arena_copy(arena, local.data, local.size);
	ref->remote = arena_copy(arena, remote.data, remote.size);
	ref->deletes = oid_is_null(&ref->local_oid);
	ref->creates = oid_is_null(&ref->remote_oid);
	return ref->local && ref->remote ? POL_OK : pol_fail_memory(err);
}

enum pol_status push_read(struct arena *arena, struct slice input, uint64_t max_refs, struct push *push,
                          struct pol_error *err)
{
	struct slice rest = input, line;
	size_t capacity = 0;

	for (uint32_t number = 1; slice_next_line(&rest, &line); number++) {
		struct push_ref *refs = arena_grow(arena, push->refs, push->count, &capacity, sizeof(*refs));
		enum pol_status status;

		if (!refs)
			return pol_fail_memory(err);
		if (max_refs > 0 && push->count == max_refs)
			return pol_fail(err, POL_ELIMIT, NULL, 0,
			                "more than %llu refs in one push: push them in parts",
			                (unsigned long long)max_refs);
		push->refs = refs;
		refs[push->count] = (struct push_ref){ 0 };
		status = read_ref(arena, push, line, &refs[push->count], number, err);
		if (status < 0)
			return status;
		push->count++;
	}
	return POL_OK;
}

/* ---- what the remote has --------------------------------------------------------------------------------------------- */

struct gathering {
	struct push *push;
	struct oid_set seen;
};

static enum pol_status gather(const char *name, const struct oid *commit, void *data, struct pol_error *err)
{
	struct gathering *gathering = data;
	bool is_first = false;
	enum pol_status status = oid_set_add(&gathering->seen, commit, &is_first, err);

	(void)name;
	return status == POL_OK && is_first ? oid_list_add(&gathering->push->known, commit, err) : status;
}

/* Where the refs of the remote are kept; "" when the remote is not known here. */
static enum pol_status find_prefix(struct repo *repo, const struct push *push, struct buf *prefix,
                                   struct pol_error *err)
{
	CLEANUP(buf) struct buf name = { 0 };
	enum pol_status status = POL_OK;
	bool is_url;

	if (push->is_received) {
		buf_add_string(prefix, "refs/");
		return buf_failed(prefix) ? pol_fail_memory(err) : POL_OK;
	}
	/* No remote's name holds a colon or begins with a slash or a dot, and every URL or path that git takes does either. */
	is_url = strchr(push->remote_name, ':') || strchr("/.", *push->remote_name);
	if (is_url)
		status = repo_remote_of(repo, push->remote_name, &name, err);
	else
		buf_add_string(&name, push->remote_name);
	if (status == POL_OK && name.size > 0)
		buf_printf(prefix, "refs/remotes/%s/", name.data);
	if (status == POL_OK && (buf_failed(&name) || buf_failed(prefix)))
		return pol_fail_memory(err);
	return status;
}

/* The commit that an id from git's lines leads to; false when there is none here. */
static bool resolve(struct repo *repo, const struct oid *oid, struct oid *ret_commit)
{
	char hex[OID_MAX_HEX];

	oid_format(oid, hex);
	return repo_resolve(repo, hex, ret_commit, NULL) == POL_OK;
}

enum pol_status push_find_known(struct repo *repo, struct push *push, struct pol_error *err)
{
	CLEANUP(buf) struct buf prefix = { 0 };
	struct gathering gathering = { .push = push };
	enum pol_status status = find_prefix(repo, push, &prefix, err);

	if (status == POL_OK && prefix.size > 0)
		status = repo_each_ref(repo, prefix.data, gather, &gathering, err);
	for (size_t i = 0; i < push->count && status == POL_OK; i++) {
		struct oid commit;

		if (!push->refs[i].creates && resolve(repo, &push->refs[i].remote_oid, &commit))
			status = gather(NULL, &commit, &gathering, err);
	}
	oid_set_free(&gathering.seen);
	return status;
}

enum pol_status push_base(struct repo *repo, const struct push *push, const struct push_ref *ref,
                          uint64_t max_commits, struct oid *ret_base, struct pol_error *err)
{
	struct oid tip, old;
	char hex[OID_MAX_HEX];
	enum pol_status status;

	oid_format(&ref->local_oid, hex);
	status = repo_resolve(repo, hex, &tip, err);
	if (status < 0)
		return status;
	/* A forced push may go over a commit that was never fetched, or begin history anew: then the other refs have to do. */
	if (!ref->creates && resolve(repo, &ref->remote_oid, &old)) {
		status = repo_merge_base(repo, &tip, &old, ret_base, err);
		if (status != POL_ENOTFOUND)
			return status;
	}
	return commit_fork_point(repo, &tip, push->known.items, push->known.count, (size_t)max_commits,
	                         ret_base, err);
}

struct oid push_judge(struct repo *repo, const struct push *push, const struct push_ref *ref,
                      const struct oid *base)
{
	struct oid commit;

	if (!ref->creates && resolve(repo, &ref->remote_oid, &commit))
		return commit;
	if (push->is_received && repo_resolve(repo, "HEAD", &commit, NULL) == POL_OK)
		return commit;
	return *base;
}

/* ---- force ----------------------------------------------------------------------------------------------------------- */

const char *push_short_name(const char *ref)
{
	static const char *const prefixes[] = { "refs/heads/", "refs/tags/" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (slice_starts(slice_of(ref), prefixes[i]))
			return ref + strlen(prefixes[i]);
	}
	return ref;
}

enum pol_status push_is_forced(struct repo *repo, const struct push_ref *ref, bool *ret_is,
                               struct pol_error *err)
{
	struct oid old, new;
	bool is_ancestor = false;
	enum pol_status status = POL_OK;

	*ret_is = false;
	if (ref->creates || ref->deletes)
		return POL_OK;
	if (!slice_starts(slice_of(ref->remote), "refs/tags/") && resolve(repo, &ref->remote_oid, &old) &&
	    resolve(repo, &ref->local_oid, &new))
		status = repo_is_ancestor(repo, &old, &new, &is_ancestor, err);
	*ret_is = !is_ancestor;
	return status;
}
