/* tree.c - the content of tree objects: one entry after the other, and the way down to one path. */
#include "policy/source/treediff.h"

#include <string.h>

/* "<octal mode> "; cut off *rest. */
static bool take_mode(struct slice *rest, uint32_t *ret_mode)
{
	uint32_t mode = 0;
	size_t i = 0;

	for (; i < rest->size && i < 7 && rest->data[i] >= '0' && rest->data[i] <= '7'; i++)
		mode = mode << 3 | (uint32_t)(rest->data[i] - '0');
	if (i == 0 || i == rest->size || rest->data[i] != ' ')
		return false;
	*ret_mode = mode;
	*rest = slice_from(*rest, i + 1);
	return true;
}

bool tree_entry_next(struct slice *rest, size_t oid_size, struct tree_entry *ret_entry)
{
	const char *end;
	size_t size;

	if (!take_mode(rest, &ret_entry->mode))
		return false;
	end = rest->size > 0 ? memchr(rest->data, '\0', rest->size) : NULL;
	if (!end)
		return false;
	size = (size_t)(end - rest->data);
	if (size == 0 || rest->size - size - 1 < oid_size || memchr(rest->data, '/', size))
		return false;
	ret_entry->name = (struct slice){ rest->data, size };
	ret_entry->oid = (const uint8_t *)end + 1;
	*rest = slice_from(*rest, size + 1 + oid_size);
	return true;
}

/* The entry of that name in one tree. */
static enum pol_status find_name(struct repo *repo, const struct oid *tree, struct slice name,
                                 struct tree_entry *ret_entry, struct buf *data, struct pol_error *err)
{
	enum object_type type;
	enum pol_status status = repo_read(repo, tree, 0, data, &type, err);
	struct slice rest = { data->data, data->size };

	if (status != POL_OK)
		return status;
	if (type != OBJECT_TREE)
		return pol_fail(err, POL_EGIT, NULL, 0, "not checked: a folder that is no tree object");
	while (rest.size > 0) {
		if (!tree_entry_next(&rest, repo_oid_size(repo), ret_entry))
			return pol_fail(err, POL_EGIT, NULL, 0, "not checked: a broken tree object");
		if (slice_equal(ret_entry->name, name))
			return POL_OK;
	}
	return POL_ENOTFOUND;
}

enum pol_status tree_find(struct repo *repo, const struct oid *tree, const char *path, uint32_t *ret_mode,
                          struct oid *ret_oid, struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	struct slice rest = slice_of(path);
	struct oid oid = *tree;
	uint32_t mode = MODE_DIRECTORY;

	while (rest.size > 0 && (mode & MODE_TYPE) == MODE_DIRECTORY) {
		size_t slash = slice_find_char(rest, '/');
		struct slice name = slice_sub(rest, 0, slash);
		struct tree_entry entry;
		enum pol_status status = find_name(repo, &oid, name, &entry, &data, err);

		if (status == POL_ENOTFOUND)
			break;
		if (status != POL_OK)
			return status;
		memcpy(oid.bytes, entry.oid, oid.size);
		mode = entry.mode;
		rest = slice_from(rest, name.size + 1);
		if (slash != SIZE_MAX)
			continue;
		*ret_mode = mode;
		*ret_oid = oid;
		return POL_OK;
	}
	return pol_fail(err, POL_ENOTFOUND, path, 0, "no such file");
}
