/* buf.h - a growing byte buffer with a sticky failure: append at will, check buf_failed once at the end. */
#ifndef POLICY_BASE_BUF_H
#define POLICY_BASE_BUF_H

#include "policy/base/cleanup.h"
#include "policy/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Initialise with { 0 }, or { .limit = BYTES }. data is NUL-terminated once something was added, else NULL. */
struct buf {
	char *data;
	size_t size;     /* bytes in use, without the terminating NUL */
	size_t capacity; /* bytes allocated */
	size_t limit;    /* size may not exceed it; 0 = no limit */
	bool failed;     /* an append did not fit or memory ran out; what was there before is intact */
};

void buf_free(struct buf *buf); /* frees the memory; the buffer can be used again with the same limit */
CLEANUP_DEFINE_STACK(struct buf, buf, buf_free)

void buf_clear(struct buf *buf); /* size 0, memory kept for reuse, failure forgotten */
void buf_add(struct buf *buf, const void *data, size_t size); /* data may be NULL when size is 0 */
void buf_add_string(struct buf *buf, const char *string);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) POL_PRINTF(2, 3);

/* Room for size more bytes at the end; returns where they go, or NULL (and failed). Set buf->size after filling. */
char *buf_reserve(struct buf *buf, size_t size) POL_MUST_CHECK;

static inline bool buf_failed(const struct buf *buf)
{
	return buf->failed;
}

#endif
