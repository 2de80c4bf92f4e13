/* arena.c - bump allocation in blocks. With ARENA_DEBUG each allocation is a block of its own, so that the address
 * sanitizer sees overruns. */
#include "policy/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARENA_DEBUG
enum { BLOCK_BYTES = 0 };
#else
enum { BLOCK_BYTES = 16 * 1024 - 64 };
#endif

struct arena_block {
	struct arena_block *next;
	size_t size; /* bytes of data */
	size_t used;
	alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *arena, size_t limit)
{
	*arena = (struct arena){ .limit = limit };
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	arena->blocks = NULL;
	arena->used = 0;
}

void arena_adopt(struct arena *arena, struct arena *other)
{
	struct arena_block **tail = &arena->blocks;

	/* The newest block stays first, since it alone may have room. */
	while (*tail)
		tail = &(*tail)->next;
	*tail = other->blocks;
	arena->used += other->used;
	other->blocks = NULL;
	other->used = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t bytes)
{
	size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (!block)
		return NULL;
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

static bool should_fail(struct arena *arena)
{
	return arena->fail_at > 0 && --arena->fail_at == 0;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block = arena->blocks;
	size_t bytes;
	void *data;

	if (should_fail(arena) || (size > 0 && count > (SIZE_MAX / 2 - align) / size))
		return NULL;
	bytes = count > 0 && size > 0 ? count * size : 1;
#ifndef ARENA_DEBUG
	bytes = (bytes + align - 1) / align * align;
#endif
	if (arena->limit > 0 && (bytes > arena->limit || arena->used > arena->limit - bytes))
		return NULL;
	if (!block || block->size - block->used < bytes)
		block = add_block(arena, bytes);
	if (!block)
		return NULL;
	data = block->data + block->used;
	block->used += bytes;
	arena->used += bytes;
	return data;
}

char *arena_copy(struct arena *arena, const void *data, size_t size)
{
	char *copy = size < SIZE_MAX ? arena_alloc(arena, size + 1, 1) : NULL;

	if (copy && size > 0)
		memcpy(copy, data, size);
	return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
	return arena_copy(arena, string, strlen(string));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *string;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		return NULL;
	string = arena_alloc(arena, (size_t)length + 1, 1);
	if (!string)
		return NULL;
	va_start(args, format);
	(void)vsnprintf(string, (size_t)length + 1, format, args);
	va_end(args);
	return string;
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? *capacity * 2 : 8;
	void *grown;

	if (count < *capacity)
		return array;
	grown = arena_alloc(arena, wanted, size);
	if (!grown)
		return NULL;
	if (count > 0)
		memcpy(grown, array, count * size);
	*capacity = wanted;
	return grown;
}
