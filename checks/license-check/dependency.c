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
	size_t chain[MAX_CHAIN], count = 0;
	const char *text;

	do {
		chain[count++] = index;
		index = set->items[index].via;
	} while (index != SIZE_MAX && count < MAX_CHAIN);
	text = set->items[chain[count - 1]].name;
	for (size_t i = count - 1; i > 0 && text; i--)
		text = arena_printf(arena, "%s › %s", text, set->items[chain[i - 1]].name);
	return text;
}
