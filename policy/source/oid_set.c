/* oid_set.c - a hash table of ids. They are hashes already: their first bytes say where they go. */
#include "policy/source/oid_set.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

void oid_set_free(struct oid_set *set)
{
	free(set->slots);
	*set = (struct oid_set){ .limit = set->limit };
}

/* The slot that holds oid, or the free one where it belongs. */
static struct oid *slot_of(struct oid *slots, size_t capacity, const struct oid *oid)
{
	size_t at;

	memcpy(&at, oid->bytes, sizeof(at));
	for (at &= capacity - 1; slots[at].size > 0 && !oid_equal(&slots[at], oid);)
		at = (at + 1) & (capacity - 1);
	return &slots[at];
}

static enum pol_status grow(struct oid_set *set, struct pol_error *err)
{
	const size_t capacity = set->capacity ? set->capacity * 2 : FIRST_CAPACITY;
	struct oid *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return pol_fail_memory(err);
	for (size_t i = 0; i < set->capacity; i++) {
		if (set->slots[i].size > 0)
			*slot_of(slots, capacity, &set->slots[i]) = set->slots[i];
	}
	free(set->slots);
	set->slots = slots;
	set->capacity = capacity;
	return POL_OK;
}

enum pol_status oid_set_add(struct oid_set *set, const struct oid *oid, bool *ret_added,
                            struct pol_error *err)
{
	struct oid *slot;

	if (ret_added)
		*ret_added = false;
	if (oid_set_has(set, oid))
		return POL_OK;
	if (set->limit > 0 && set->count == set->limit)
		return pol_fail(err, POL_ELIMIT, NULL, 0, "more than %zu different objects", set->limit);
	if (set->count * 2 >= set->capacity) {
		enum pol_status status = grow(set, err);

		if (status < 0)
			return status;
	}
	slot = slot_of(set->slots, set->capacity, oid);
	*slot = *oid;
	set->count++;
	if (ret_added)
		*ret_added = true;
	return POL_OK;
}

bool oid_set_has(const struct oid_set *set, const struct oid *oid)
{
	return set->capacity > 0 && slot_of(set->slots, set->capacity, oid)->size > 0;
}
