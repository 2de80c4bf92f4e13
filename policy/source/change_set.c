/* change_set.c - a hash table of changes. Everything is compared, hash or not: a change that looks like another one must not
 * go by unjudged. */
#include "policy/source/change_set.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void change_set_free(struct change_set *set)
{
	free(set->slots);
	*set = (struct change_set){ 0 };
}

static bool is_same(const struct source_file *a, const struct source_file *b)
{
	return a->in_old == b->in_old && oid_equal(&a->oid, &b->oid) &&
	       (!a->in_old || oid_equal(&a->old_oid, &b->old_oid)) && strcmp(a->path, b->path) == 0;
}

static size_t hash_of(const struct source_file *file)
{
	uint64_t hash = text_hash(TEXT_HASH_START, slice_of(file->path));

	hash = text_hash(hash, (struct slice){ (const char *)file->oid.bytes, file->oid.size });
	if (file->in_old)
		hash = text_hash(hash,
		                 (struct slice){ (const char *)file->old_oid.bytes, file->old_oid.size });
	return (size_t)hash;
}

static uint32_t *slot_of(uint32_t *slots, size_t capacity, const struct source_file *files, size_t position)
{
	size_t at = hash_of(&files[position]) & (capacity - 1);

	while (slots[at] > 0 && !is_same(&files[slots[at] - 1], &files[position]))
		at = (at + 1) & (capacity - 1);
	return &slots[at];
}

static enum pol_status grow(struct change_set *set, const struct source_file *files, struct pol_error *err)
{
	const size_t capacity = set->capacity ? set->capacity * 2 : FIRST_CAPACITY;
	uint32_t *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return pol_fail_memory(err);
	for (size_t i = 0; i < set->capacity; i++) {
		if (set->slots[i] > 0)
			*slot_of(slots, capacity, files, set->slots[i] - 1) = set->slots[i];
	}
	free(set->slots);
	set->slots = slots;
	set->capacity = capacity;
	return POL_OK;
}

enum pol_status change_set_add(struct change_set *set, const struct source_file *files, size_t position,
                               size_t *ret_first, struct pol_error *err)
{
	uint32_t *slot;

	if (set->count * 2 >= set->capacity) {
		enum pol_status status = grow(set, files, err);

		if (status < 0)
			return status;
	}
	slot = slot_of(set->slots, set->capacity, files, position);
	if (*slot == 0) {
		*slot = (uint32_t)position + 1;
		set->count++;
	}
	*ret_first = *slot - 1;
	return POL_OK;
}
