/* buf.c - growing byte buffer. */
#include "policy/base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){ .limit = buf->limit };
}

void buf_clear(struct buf *buf)
{
	buf->size = 0;
	buf->failed = false;
	if (buf->data)
		buf->data[0] = '\0';
}

char *buf_reserve(struct buf *buf, size_t size)
{
	size_t needed, capacity;
	char *data;

	if (buf->failed || size > SIZE_MAX / 4 - buf->size ||
	    (buf->limit > 0 && size > buf->limit - buf->size)) {
		buf->failed = true;
		return NULL;
	}
	needed = buf->size + size + 1;
	if (needed <= buf->capacity)
		return buf->data + buf->size;
	capacity = buf->capacity * 2 > needed ? buf->capacity * 2 : needed;
	data = realloc(buf->data, capacity);
	if (!data) {
		buf->failed = true;
		return NULL;
	}
	buf->data = data;
	buf->capacity = capacity;
	return data + buf->size;
}

void buf_add(struct buf *buf, const void *data, size_t size)
{
	char *room = buf_reserve(buf, size);

	if (!room)
		return;
	if (size > 0)
		memcpy(room, data, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
}

void buf_add_string(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	char *room;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	room = length >= 0 ? buf_reserve(buf, (size_t)length) : NULL;
	if (!room) {
		buf->failed = true;
		return;
	}
	va_start(args, format);
	(void)vsnprintf(room, (size_t)length + 1, format, args);
	va_end(args);
	buf->size += (size_t)length;
}
