/* raw.c - asks the git program for what an index holds, and reads its answer. */
#include "policy/source/raw.h"

#include "policy/source/backend.h"

#include <string.h>

static enum pol_status fail_answer(struct pol_error *err)
{
	return pol_fail(err, POL_EGIT, NULL, 0, "git gave an answer that is not known");
}

/* The field up to end, which is cut off *rest with it; false when end does not come. */
static bool take_field(struct slice *rest, char end, struct slice *ret_field)
{
	size_t size = slice_find_char(*rest, end);

	if (size >= rest->size)
		return false;
	*ret_field = slice_sub(*rest, 0, size);
	*rest = slice_from(*rest, size + 1);
	return true;
}

static bool take_mode(struct slice *rest, uint32_t *ret_mode)
{
	struct slice field;
	uint32_t mode = 0;

	if (!take_field(rest, ' ', &field) || field.size != 6)
		return false;
	for (size_t i = 0; i < field.size; i++) {
		if (field.data[i] < '0' || field.data[i] > '7')
			return false;
		mode = mode << 3 | (uint32_t)(field.data[i] - '0');
	}
	*ret_mode = mode;
	return true;
}

static bool take_oid(struct slice *rest, size_t oid_size, struct oid *ret_oid)
{
	struct slice field;

	return take_field(rest, ' ', &field) && oid_parse(field, ret_oid) && ret_oid->size == oid_size;
}

/* ---- diff-index: ":<mode> <mode> <oid> <oid> <status>\0<path>\0" --------------------------------------------------- */

enum pol_status raw_parse_diff(struct slice text, size_t oid_size, change_visit visit, void *data,
                               struct pol_error *err)
{
	while (text.size > 0) {
		struct change change = { 0 };
		struct slice letter, path;
		enum pol_status status;

		if (text.data[0] != ':')
			return fail_answer(err);
		text = slice_from(text, 1);
		if (!take_mode(&text, &change.old_mode) || !take_mode(&text, &change.new_mode) ||
		    !take_oid(&text, oid_size, &change.old_oid) ||
		    !take_oid(&text, oid_size, &change.new_oid) || !take_field(&text, '\0', &letter) ||
		    !take_field(&text, '\0', &path) || path.size == 0 || letter.size == 0)
			return fail_answer(err);
		change.path = path.data;
		if (letter.data[0] == 'U')
			return pol_fail(err, POL_EGIT, change.path, 0,
			                "the index is unmerged; resolve the conflict first");
		status = visit(&change, data, err);
		if (status != POL_OK)
			return status;
	}
	return POL_OK;
}

static enum pol_status run(struct repo *repo, const char *const *args, struct process_result *result,
                           struct pol_error *err)
{
	enum pol_status status = process_run(repo->dir, args, result, err);

	if (status == POL_OK && result->exit_status != 0)
		return pol_fail(err, POL_EGIT, NULL, 0, "the index cannot be read: %s",
		                *result->complaint ? result->complaint : "git gave no reason");
	return status;
}

enum pol_status raw_diff_index(struct repo *repo, const struct oid *tree, change_visit visit, void *data,
                               struct pol_error *err)
{
	/* Git knows the empty tree by its name, whether it is stored or not. */
	static const char *const empty_sha1 = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
	static const char *const empty_sha256 =
		"6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
	CLEANUP(process_result) struct process_result result = { 0 };
	char hex[OID_MAX_HEX];
	const char *name = repo->oid_size == 20 ? empty_sha1 : empty_sha256;
	enum pol_status status;

	if (tree) {
		oid_format(tree, hex);
		name = hex;
	}
	status = run(repo,
	             (const char *const[]){ "diff-index", "--cached", "--raw", "-z", "--no-renames",
	                                    "--no-abbrev", "--ignore-submodules=none",
	                                    "--ita-invisible-in-index", name, "--", NULL },
	             &result, err);
	if (status != POL_OK)
		return status;
	return raw_parse_diff((struct slice){ result.out.data, result.out.size }, repo->oid_size, visit, data,
	                      err);
}

/* ---- ls-files: "<tag> <mode> <oid> <stage>\t<path>\0" -------------------------------------------------------------- */

enum pol_status raw_parse_list(struct slice text, size_t oid_size, entry_visit visit, void *data,
                               struct pol_error *err)
{
	while (text.size > 0) {
		struct cursor_entry entry = { 0 };
		struct slice tag, stage, path;
		enum pol_status status;

		if (!take_field(&text, ' ', &tag) || tag.size != 1 || !take_mode(&text, &entry.mode) ||
		    !take_oid(&text, oid_size, &entry.oid) || !take_field(&text, '\t', &stage) ||
		    stage.size != 1 || !take_field(&text, '\0', &path) || path.size == 0)
			return fail_answer(err);
		entry.path = path.data;
		entry.path_size = path.size;
		entry.skip_worktree = tag.data[0] == 'S' || tag.data[0] == 's';
		entry.is_unmerged = stage.data[0] != '0';
		status = visit(&entry, data, err);
		if (status != POL_OK)
			return status;
	}
	return POL_OK;
}

enum pol_status raw_list_index(struct repo *repo, entry_visit visit, void *data, struct pol_error *err)
{
	/* From a subfolder ls-files would list that alone. */
	static const char *const args[] = {
		"ls-files", "-z", "--stage", "-t", "--full-name", "--", ":/", NULL
	};
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = run(repo, args, &result, err);

	if (status != POL_OK)
		return status;
	return raw_parse_list((struct slice){ result.out.data, result.out.size }, repo->oid_size, visit, data,
	                      err);
}
