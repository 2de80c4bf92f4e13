/* source_range.c - what a range of commits adds, and the tree of one revision. */
#include "policy/source/files.h"

#include <string.h>

/* "A..B" or "A...B" cut in two; false when it is neither. */
static bool split_range(const char *range, struct buf *a, struct buf *b)
{
	const char *dots = strstr(range, "..");

	if (!dots)
		return false;
	buf_add(a, range, (size_t)(dots - range));
	buf_add_string(b, dots[2] == '.' ? dots + 3 : dots + 2);
	return true;
}

static enum pol_status resolve(struct repo *repo, const char *revision, struct oid *ret_oid,
                               struct pol_error *err)
{
	enum pol_status status = repo_resolve(repo, revision, ret_oid, err);

	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "no commit is called '%s' here; fetch it first, or correct the name",
		                revision);
	return status;
}

/* What stands on the old side: the merge base, or A itself when asked. */
static enum pol_status resolve_base(const struct source_spec *spec, struct source *source, const char *a,
                                    const struct oid *head, struct oid *ret_base, struct pol_error *err)
{
	struct oid from;
	enum pol_status status = resolve(source->repo, *a ? a : "HEAD", &from, err);

	if (status != POL_OK)
		return status;
	source->from = from;
	if (spec->no_merge_base) {
		*ret_base = from;
		return POL_OK;
	}
	status = repo_merge_base(source->repo, &from, head, ret_base, err);
	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "'%s' has no common history with the other end of the range; name a base "
		                "that has, or "
		                "judge the whole tree",
		                *a ? a : "HEAD");
	return status;
}

static enum pol_status set_old(const struct source_spec *spec, struct source *source, const char *a,
                               const struct oid *head, struct pol_error *err)
{
	struct oid base;
	enum pol_status status;

	if (!*a && spec->no_merge_base)
		return POL_OK; /* a first push: everything is new */
	status = resolve_base(spec, source, a, head, &base, err);
	if (status == POL_OK)
		status = repo_tree_of(source->repo, &base, &source->old_tree, err);
	return status == POL_OK ? source_hex(source, &base, &source->base, err) : status;
}

enum pol_status range_open(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	CLEANUP(buf) struct buf a = { 0 };
	CLEANUP(buf) struct buf b = { 0 };
	struct oid head;
	enum pol_status status;

	buf_add_string(&a, "");
	if (!split_range(spec->revision, &a, &b))
		return pol_fail(err, POL_EUSAGE, NULL, 0, "'%s' is not a range; write A..B", spec->revision);
	if (buf_failed(&a) || buf_failed(&b))
		return pol_fail_memory(err);
	status = source_open_repo(spec, source, err);
	if (status == POL_OK)
		status = resolve(source->repo, *b.data ? b.data : "HEAD", &head, err);
	if (status == POL_OK)
		status = repo_tree_of(source->repo, &head, &source->new_tree, err);
	if (status == POL_OK)
		status = source_hex(source, &head, &source->head, err);
	if (status == POL_OK)
		status = set_old(spec, source, a.data, &head, err);
	if (status != POL_OK)
		return status;
	return tree_diff(source->repo, source->old_tree.size ? &source->old_tree : NULL, &source->new_tree,
	                 source_add_change, source, err);
}

/* The commit, or the tree, that a revision names. */
static enum pol_status resolve_any(struct repo *repo, const char *revision, struct oid *ret_oid,
                                   struct pol_error *err)
{
	enum pol_status status = repo_resolve(repo, revision, ret_oid, err);

	if (status == POL_ENOTFOUND && oid_parse(slice_of(revision), ret_oid))
		return POL_OK;
	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "no commit is called '%s' here; fetch it first, or correct the name",
		                revision);
	return status;
}

/* The one file that a tag names. */
static enum pol_status add_blob(const struct source_spec *spec, struct source *source, const struct oid *blob,
                                struct pol_error *err)
{
	const struct source_file file = { .path = spec->blob_path, .oid = *blob, .in_new = true };

	if (!spec->blob_path)
		return pol_fail(err, POL_EUSAGE, NULL, 0, "'%s' names a file, not a commit or a tree",
		                spec->revision);
	return source_add(source, &file, err);
}

enum pol_status tree_open(const struct source_spec *spec, struct source *source, struct pol_error *err)
{
	struct oid named, peeled;
	enum object_type type;
	enum pol_status status = source_open_repo(spec, source, err);

	if (status == POL_OK)
		status = resolve_any(source->repo, spec->revision, &named, err);
	if (status == POL_OK)
		status = repo_peel(source->repo, &named, &peeled, &type, err);
	if (status == POL_OK)
		status = source_hex(source, &named, &source->head, err);
	if (status == POL_OK && type == OBJECT_BLOB)
		return add_blob(spec, source, &peeled, err);
	if (status == POL_OK)
		status = repo_tree_of(source->repo, &peeled, &source->new_tree, err);
	if (status == POL_OK)
		status = tree_walk(source->repo, &source->new_tree, source_add_entry, source, err);
	return status;
}
