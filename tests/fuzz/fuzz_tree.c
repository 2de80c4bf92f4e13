/* fuzz_tree.c - tree objects and what git prints about an index, on any bytes. The first byte chooses the reader. */
#include "policy/source/raw.h"
#include "policy/source/treediff.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void read_tree(struct slice text, size_t oid_size)
{
	struct slice rest = text;
	struct tree_entry entry;

	while (rest.size > 0) {
		const struct slice before = rest;

		if (!tree_entry_next(&rest, oid_size, &entry))
			return;
		check(rest.size < before.size && rest.data + rest.size == text.data + text.size);
		check(entry.name.size > 0 && !memchr(entry.name.data, '/', entry.name.size) &&
		      !memchr(entry.name.data, '\0', entry.name.size));
		check(entry.name.data > before.data && (const char *)entry.oid + oid_size == rest.data);
	}
}

static enum pol_status see_change(const struct change *change, void *data, struct pol_error *err)
{
	(void)err;
	check(*change->path && change->old_oid.size == *(size_t *)data &&
	      change->new_oid.size == *(size_t *)data);
	return POL_OK;
}

static enum pol_status see_entry(const struct cursor_entry *entry, void *data, struct pol_error *err)
{
	(void)err;
	check(strlen(entry->path) == entry->path_size && entry->oid.size == *(size_t *)data);
	return POL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = { (const char *)data + 1, size - 1 };
	size_t oid_size;

	if (size < 1)
		return 0;
	oid_size = data[0] & 1 ? 32 : 20;
	switch ((data[0] >> 1) % 3) {
	case 0:
		read_tree(text, oid_size);
		break;
	case 1:
		check(raw_parse_diff(text, oid_size, see_change, &oid_size, NULL) <= POL_OK);
		break;
	default:
		check(raw_parse_list(text, oid_size, see_entry, &oid_size, NULL) <= POL_OK);
		break;
	}
	return 0;
}
