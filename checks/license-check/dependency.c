/* dependency.c - what all readers of dependencies share. */
#include "checks/license-check/dependency.h"

#include "policy/base/glob.h"

enum { MAX_CHAIN = 64 };

struct dependency *dependencies_add(struct arena *arena, struct dependencies *set)
{
	struct dependency *items = arena_grow(arena, set->items, set->count, &set->capacity, sizeof(*items));

	if (!items)
		return NULL;
	set->items = items;
	items[set->count] = (struct dependency){ .version = "", .via = SIZE_MAX };
	return &items[set->count++];
}

dependencies_reader dependencies_reader_for(const char *path)
{
	static const struct {
		const char *name;
		dependencies_reader read;
	} readers[] = {
		{ "package-lock.json", dependencies_read_npm },
		{ "npm-shrinkwrap.json", dependencies_read_npm },
		{ "pip-licenses.csv", dependencies_read_csv },
		{ ".pip-licenses.csv", dependencies_read_csv },
		{ "debian-packages", dependencies_read_debian },
		{ ".debian-packages", dependencies_read_debian },
	};

	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		if (glob_match(readers[i].name, path))
			return readers[i].read;
	}
	return NULL;
}

const char *dependencies_chain(struct arena *arena, const struct dependencies *set, size_t index)
{
	CLEANUP(buf) struct buf text = { 0 };
	size_t chain[MAX_CHAIN], count = 0;

	for (; index != SIZE_MAX && count < MAX_CHAIN; index = set->items[index].via)
		chain[count++] = index;
	if (index != SIZE_MAX)
		buf_add_string(&text, "… › ");
	while (count > 0) {
		buf_add_string(&text, set->items[chain[--count]].name);
		buf_add_string(&text, count > 0 ? " › " : "");
	}
	return buf_failed(&text) ? NULL : arena_copy(arena, text.data, text.size);
}
