/* npm_chains.c - who brings in which npm package: resolves names as Node does, breadth first from the project. */
#include "checks/license-check/npm_lock.h"

/* Bytes of keys that are built while names are resolved. A lock file of 12,000 packages needs a tenth; a crafted one with deep
 * folders would take hours. Chains are told, not judged, so what is not found in time is left out. */
enum { MAX_WORK = 64 * 1024 * 1024 };

struct search {
	struct npm_lock *lock;
	size_t *queue; /* positions in lock->packages: what is reached first is reached by the shortest chain */
	size_t queued;
	struct buf key;
	size_t work;
};

/* The folder above from that has a node_modules of its own to look into: not that folder itself. */
static struct slice folder_above(struct slice from)
{
	do {
		size_t slash = slice_find_last_char(from, '/');

		from.size = slash == SIZE_MAX ? 0 : slash;
	} while (slice_equal(from, SLICE("node_modules")) || slice_ends(from, "/node_modules"));
	return from;
}

/* Where Node would find name from a package: in node_modules inside of it, or of a folder above. */
static struct npm_package *resolve(struct search *search, struct slice from, struct slice name)
{
	for (;; from = folder_above(from)) {
		struct buf *key = &search->key;
		struct npm_package *found;

		buf_clear(key);
		buf_add(key, from.data, from.size);
		buf_add_string(key, from.size > 0 ? "/node_modules/" : "node_modules/");
		buf_add(key, name.data, name.size);
		search->work += key->size;
		found = buf_failed(key) ? NULL
		                        : npm_find(search->lock, (struct slice){ key->data, key->size });
		if (found || from.size == 0)
			return found;
	}
}

static void reach(struct search *search, struct npm_package *package, size_t via)
{
	if (!package || package->seen)
		return;
	package->seen = true;
	if (package->dependency != SIZE_MAX)
		search->lock->set->items[package->dependency].via = via;
	search->queue[search->queued++] = (size_t)(package - search->lock->packages);
}

/* Calls visit for every name in a section of a package. The text has been read once, so that it is known to be sound. */
static enum pol_status
each_name(struct search *search, const struct npm_package *package, enum npm_section section,
          bool (*visit)(struct search *search, const struct npm_package *package, struct slice name))
{
	struct json_walk walk = { .text = search->lock->set->text, .offset = package->sections[section] };
	struct json_items items = { 0 };
	struct slice key;

	if (package->sections[section] == 0 || !json_walk_enter(&walk, '{'))
		return POL_OK;
	while (json_walk_next_key(&walk, &items, &key)) {
		struct slice name = json_walk_text(search->lock->arena, key);

		if (!name.data)
			return POL_ENOMEM;
		if (!visit(search, package, name))
			return POL_ENOTFOUND;
		(void)json_walk_skip(&walk);
	}
	return POL_OK;
}

static bool follow_name(struct search *search, const struct npm_package *package, struct slice name)
{
	if (search->work < MAX_WORK)
		reach(search, resolve(search, package->key, name), package->dependency);
	return !buf_failed(&search->key);
}

static enum pol_status follow_all(struct search *search)
{
	struct npm_lock *lock = search->lock;
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < lock->count; i++) {
		if (npm_is_own(&lock->packages[i]))
			reach(search, &lock->packages[i], SIZE_MAX);
	}
	for (size_t next = 0; next < search->queued && search->work < MAX_WORK; next++) {
		for (int i = 0; i < NPM_SECTIONS && status == POL_OK; i++)
			status = each_name(search, &lock->packages[search->queue[next]], (enum npm_section)i,
			                   follow_name);
	}
	return status;
}

static bool is_held(struct search *search, const struct npm_package *package, struct slice name)
{
	return resolve(search, package->key, name) != NULL;
}

/* What the project itself asks for must be there: an emptied lock file must not pass for a project without dependencies. */
static enum pol_status check_project(struct search *search, struct pol_error *err)
{
	static const enum npm_section sections[] = { NPM_DEPENDENCIES, NPM_DEV };
	const struct npm_package *project = npm_find(search->lock, SLICE(""));
	enum pol_status status = POL_OK;

	for (size_t i = 0; project && i < 2 && status == POL_OK; i++)
		status = each_name(search, project, sections[i], is_held);
	if (status == POL_ENOTFOUND && !buf_failed(&search->key))
		return pol_fail(
			err, POL_ECONFIG, search->lock->set->path, 0,
			"the project asks for %.*s, which the lock file does not hold; run npm install",
			(int)(search->key.size < 200 ? search->key.size : 200), search->key.data);
	return status < 0 ? pol_fail_memory(err) : POL_OK;
}

enum pol_status npm_find_chains(struct npm_lock *lock, struct pol_error *err)
{
	struct search search = { .lock = lock };
	enum pol_status status;

	search.queue = arena_alloc(lock->arena, lock->count, sizeof(*search.queue));
	status = search.queue ? check_project(&search, err) : pol_fail_memory(err);
	if (status == POL_OK && follow_all(&search) < 0)
		status = pol_fail_memory(err);
	buf_free(&search.key);
	return status;
}
