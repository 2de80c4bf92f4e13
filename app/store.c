/* store.c - the tasks, in an SQLite database. One connection, used by one thread. */
#include "app/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct store {
	sqlite3 *db;
	sqlite3_stmt *add, *delete_, *list;
};

static const char schema[] = "PRAGMA journal_mode = WAL;"
			     "PRAGMA synchronous = FULL;"
			     "CREATE TABLE IF NOT EXISTS task (id INTEGER PRIMARY KEY, title TEXT NOT NULL);";

static bool prepare(struct store *store, const char *sql, sqlite3_stmt **ret_statement)
{
	return sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, NULL) ==
	       SQLITE_OK;
}

static bool set_up(struct store *store, const char *path)
{
	return sqlite3_open(path, &store->db) == SQLITE_OK &&
	       sqlite3_busy_timeout(store->db, 5000) == SQLITE_OK &&
	       sqlite3_exec(store->db, schema, NULL, NULL, NULL) == SQLITE_OK &&
	       prepare(store, "INSERT INTO task (title) VALUES (?)", &store->add) &&
	       prepare(store, "DELETE FROM task WHERE id = ?", &store->delete_) &&
	       prepare(store, "SELECT id, title FROM task ORDER BY id", &store->list);
}

struct store *store_open(const char *path, char *message, size_t size)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store) {
		(void)snprintf(message, size, "out of memory");
		return NULL;
	}
	if (!set_up(store, path)) {
		(void)snprintf(message, size, "%s", sqlite3_errmsg(store->db));
		store_free(store);
		return NULL;
	}
	return store;
}

void store_free(struct store *store)
{
	if (!store)
		return;
	(void)sqlite3_finalize(store->add);
	(void)sqlite3_finalize(store->delete_);
	(void)sqlite3_finalize(store->list);
	(void)sqlite3_close(store->db);
	free(store);
}

/* Runs a statement that gives no rows, and makes it ready again. */
static bool run(sqlite3_stmt *statement)
{
	bool done = sqlite3_step(statement) == SQLITE_DONE;

	return sqlite3_reset(statement) == SQLITE_OK && done;
}

bool store_add(struct store *store, const char *title)
{
	size_t size = strlen(title);

	if (size == 0 || size > STORE_MAX_TITLE)
		return false;
	return sqlite3_bind_text(store->add, 1, title, (int)size, SQLITE_TRANSIENT) == SQLITE_OK &&
	       run(store->add);
}

bool store_delete(struct store *store, int64_t id)
{
	return sqlite3_bind_int64(store->delete_, 1, id) == SQLITE_OK && run(store->delete_) &&
	       sqlite3_changes(store->db) == 1;
}

bool store_each(struct store *store, void (*visit)(int64_t id, const char *title, void *data), void *data)
{
	int status;

	while ((status = sqlite3_step(store->list)) == SQLITE_ROW)
		visit(sqlite3_column_int64(store->list, 0), (const char *)sqlite3_column_text(store->list, 1),
		      data);
	return sqlite3_reset(store->list) == SQLITE_OK && status == SQLITE_DONE;
}
