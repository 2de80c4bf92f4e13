/* npm_lock.c - finds the packages of an npm lock file by their keys. */
#include "checks/license-check/npm_lock.h"

#include <stdlib.h>
#include <string.h>

static struct npm_key key_of(struct slice key, size_t package)
{
	return (struct npm_key){ text_hash(TEXT_HASH_START, key), key, package };
}

/* By hash first: the bytes, which lie all over the file, are looked at once a search. Sorted, not a hash table: there
 * crafted keys could make a search as long as the file. */
static int compare_keys(const void *a, const void *b)
{
	const struct npm_key *first = a, *second = b;

	if (first->hash != second->hash)
		return first->hash < second->hash ? -1 : 1;
	if (first->key.size != second->key.size)
		return first->key.size < second->key.size ? -1 : 1;
	return first->key.size > 0 ? memcmp(first->key.data, second->key.data, first->key.size) : 0;
}

enum pol_status npm_index(struct npm_lock *lock, struct pol_error *err)
{
	lock->keys = arena_alloc(lock->arena, lock->count, sizeof(*lock->keys));
	if (!lock->keys)
		return pol_fail_memory(err);
	for (size_t i = 0; i < lock->count; i++)
		lock->keys[i] = key_of(lock->packages[i].key, i);
	qsort(lock->keys, lock->count, sizeof(*lock->keys), compare_keys);
	for (size_t i = 1; i < lock->count; i++) {
		const struct npm_package *package = &lock->packages[lock->keys[i].package];

		if (slice_equal(lock->keys[i - 1].key, package->key))
			return pol_fail(err, POL_ECONFIG, lock->set->path, package->line,
			                "an entry of packages stands twice");
	}
	return POL_OK;
}

struct npm_package *npm_find(const struct npm_lock *lock, struct slice key)
{
	const struct npm_key wanted = key_of(key, 0);
	const struct npm_key *found = bsearch(&wanted, lock->keys, lock->count, sizeof(wanted), compare_keys);

	return found ? &lock->packages[found->package] : NULL;
}

bool npm_is_own(const struct npm_package *package)
{
	return slice_find(package->key, "node_modules/") == SIZE_MAX;
}
