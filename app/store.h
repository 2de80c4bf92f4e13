/* store.h - the tasks, in an SQLite database. */
#ifndef APP_STORE_H
#define APP_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum { STORE_MAX_TITLE = 200 }; /* bytes of a title */

/* Opens (creates if need be) the database at path. NULL on failure, with the reason in message[size]. */
struct store *store_open(const char *path, char *message, size_t size);
void store_free(struct store *store); /* accepts NULL */

/* Adds a task. False when the title is empty, too long, no UTF-8, or the database could not take it. */
bool store_add(struct store *store, const char *title);
/* Deletes a task; false when there is none of that id or the database could not do it. */
bool store_delete(struct store *store, int64_t id);
/* Calls visit for each task, oldest first; false when the database could not be read. */
bool store_each(struct store *store, void (*visit)(int64_t id, const char *title, void *data), void *data);

#endif
