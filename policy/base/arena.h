/* arena.h - many small allocations, one release. A report, a rule set and a policy each own one arena; whatever they
 * hand out lives as long as it. */
#ifndef POLICY_BASE_ARENA_H
#define POLICY_BASE_ARENA_H

#include "policy/base/cleanup.h"
#include "policy/base/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_block;

/* Initialise with arena_init, or with { 0 } for no limit. */
struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used;                /* bytes handed out and held, all blocks */
	size_t limit;               /* used may not exceed it; 0 = no limit */
	unsigned fail_at;           /* tests: the n-th allocation from now fails, 0 = never */
};

void arena_init(struct arena *arena, size_t limit);
void arena_free(struct arena *arena); /* frees all memory; the arena can be used again */
CLEANUP_DEFINE_STACK(struct arena, arena, arena_free)

/* Moves all memory of other into arena, so that it lives as long as arena. other is empty afterwards. */
void arena_adopt(struct arena *arena, struct arena *other);

/* Zeroed memory for count objects of size bytes, aligned for any type; NULL when out of memory or over the limit. */
void *arena_alloc(struct arena *arena, size_t count, size_t size) POL_MUST_CHECK;

/* A NUL-terminated copy of size bytes (which may hold NUL bytes themselves); NULL as arena_alloc. */
char *arena_copy(struct arena *arena, const void *data, size_t size) POL_MUST_CHECK;
char *arena_string(struct arena *arena, const char *string) POL_MUST_CHECK;
char *arena_printf(struct arena *arena, const char *format, ...) POL_PRINTF(2, 3) POL_MUST_CHECK;

/* Makes room for one more element in a growing array held in the arena: returns the array, moved if it was full (old
 * space is not reused), or NULL. count is the elements in use; *capacity is kept by the caller, 0 at first. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity,
                 size_t size) POL_MUST_CHECK;

#endif
