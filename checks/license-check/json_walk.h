/* json_walk.h - reads JSON (RFC 8259) front to back without building a tree: a lock file is large, little of it is wanted,
 * and where it stands is worth knowing. Strict; nesting is bounded; time is linear in the text.
 *
 *     struct json_items items = { 0 };
 *     struct slice key;
 *     if (json_walk_enter(walk, '{'))
 *         while (json_walk_next_key(walk, &items, &key))
 *             json_walk_skip(walk);         (or whatever reads one value)
 *     if (walk->problem) …
 *
 * A failure sticks: every later step fails too, and no step is taken back. */
#ifndef CHECKS_LICENSE_JSON_WALK_H
#define CHECKS_LICENSE_JSON_WALK_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

/* Initialise with { .text = … }. */
struct json_walk {
	struct slice text;
	size_t offset; /* of what is read next */
	const char *
		problem; /* why the text is no JSON that is understood, at offset; NULL = nothing found yet */
};

/* The walk through one object or array; initialise with { 0 }. */
struct json_items {
	bool started;
};

/* The first byte of the value that comes next: { [ " t f n - or a digit. '\0' at the end of the text. */
char json_walk_peek(struct json_walk *walk);

/* Goes into the object ('{') or array ('[') that comes next; false when something else does. */
bool json_walk_enter(struct json_walk *walk, char open);
/* Goes on to the next member, whose value has to be read next; false behind the last one and on failure. *ret_key as from
 * json_walk_string. */
bool json_walk_next_key(struct json_walk *walk, struct json_items *items, struct slice *ret_key);
bool json_walk_next_item(struct json_walk *walk, struct json_items *items);

/* Reads a string: what stands between its quotes, escapes and all. */
bool json_walk_string(struct json_walk *walk, struct slice *ret_raw);
/* Reads any value. */
bool json_walk_skip(struct json_walk *walk);
/* Whether nothing follows but blanks. */
bool json_walk_ends(struct json_walk *walk);

/* The text that a string stands for: raw itself when it has no escape, else a copy in arena; data is NULL when out of
 * memory. */
struct slice json_walk_text(struct arena *arena, struct slice raw);

#endif
