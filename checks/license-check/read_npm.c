/* read_npm.c - reads npm's lock files. */
#include "checks/license-check/dependency.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* One entry of `packages`. */
struct package {
	const char
		*key; /* "" = the project, "node_modules/a/node_modules/b", "packages/own" for a workspace */
	json_t *object;
	size_t dependency; /* index in the set, SIZE_MAX = own code */
	bool seen;
};

struct lock {
	struct arena *arena;
	struct dependencies *set;
	struct package *packages; /* sorted by key */
	size_t count;
	size_t *queue; /* breadth first: what is reached first is reached by the shortest chain */
	size_t queued;
};

static const char folder[] = "node_modules/";

static void release_json(json_t **json)
{
	json_decref(*json);
}

static enum pol_status fail(const struct lock *lock, struct pol_error *err, const char *message)
{
	return pol_fail(err, POL_ECONFIG, lock->set->path, 0, "%s", message);
}

static int compare_packages(const void *a, const void *b)
{
	return strcmp(((const struct package *)a)->key, ((const struct package *)b)->key);
}

static struct package *find(const struct lock *lock, const char *key)
{
	const struct package wanted = { .key = key };

	return bsearch(&wanted, lock->packages, lock->count, sizeof(wanted), compare_packages);
}

static bool is_own(const struct package *package)
{
	return strstr(package->key, folder) == NULL;
}

/* The name behind the last node_modules/, unless an alias gives the real one. */
static const char *name_of(const struct package *package)
{
	const char *name = json_string_value(json_object_get(package->object, "name"));
	const char *last = package->key, *next;

	while ((next = strstr(last, folder)))
		last = next + strlen(folder);
	return name ? name : last;
}

/* A licence is a string; old packages have an object with a type, or an array of either, from which one may choose. */
static const char *license_of(struct arena *arena, const json_t *value)
{
	const char *text = json_string_value(value);
	const json_t *item;
	size_t index;

	if (json_is_object(value))
		text = json_string_value(json_object_get(value, "type"));
	if (!json_is_array(value))
		return text && *text ? arena_string(arena, text) : NULL;
	json_array_foreach(value, index, item)
	{
		const char *type = json_is_object(item) ? json_string_value(json_object_get(item, "type"))
		                                        : json_string_value(item);

		if (type)
			text = text ? arena_printf(arena, "%s OR %s", text, type) : arena_string(arena, type);
	}
	return text;
}

static enum pol_status add_dependency(struct lock *lock, struct package *package)
{
	struct dependency *dependency = dependencies_add(lock->arena, lock->set);
	const char *version = json_string_value(json_object_get(package->object, "version"));

	if (!dependency)
		return POL_ENOMEM;
	package->dependency = lock->set->count - 1;
	dependency->name = arena_string(lock->arena, name_of(package));
	dependency->key = arena_printf(lock->arena, "\"%s\"", package->key);
	dependency->version = version ? arena_string(lock->arena, version) : "";
	dependency->license = license_of(lock->arena, json_object_get(package->object, "license"));
	return dependency->name && dependency->key && dependency->version ? POL_OK : POL_ENOMEM;
}

static enum pol_status read_packages(struct lock *lock, json_t *packages, struct pol_error *err)
{
	const char *key;
	json_t *object;

	lock->packages = arena_alloc(lock->arena, json_object_size(packages), sizeof(*lock->packages));
	lock->queue = arena_alloc(lock->arena, json_object_size(packages), sizeof(*lock->queue));
	if (!lock->packages || !lock->queue)
		return pol_fail_memory(err);
	json_object_foreach(packages, key, object)
	{
		if (!json_is_object(object))
			return fail(lock, err, "an entry of packages is no object");
		lock->packages[lock->count++] =
			(struct package){ .key = key, .object = object, .dependency = SIZE_MAX };
	}
	qsort(lock->packages, lock->count, sizeof(*lock->packages), compare_packages);
	for (size_t i = 0; i < lock->count; i++) {
		struct package *package = &lock->packages[i];

		if (is_own(package) || json_is_true(json_object_get(package->object, "link")))
			continue;
		if (add_dependency(lock, package) < 0)
			return pol_fail_memory(err);
	}
	return POL_OK;
}

/* Where Node would find name from a package: in node_modules beside it or beside a folder above. */
static struct package *resolve(const struct lock *lock, const char *from, const char *name)
{
	CLEANUP(buf) struct buf key = { 0 };
	size_t size = strlen(from);

	for (;;) {
		struct package *found;

		buf_clear(&key);
		buf_add(&key, from, size);
		buf_printf(&key, "%snode_modules/%s", size > 0 ? "/" : "", name);
		found = buf_failed(&key) ? NULL : find(lock, key.data);
		if (found || size == 0)
			return found;
		while (size > 0 && from[size - 1] != '/')
			size--;
		size -= size > 0 ? 1 : 0;
	}
}

static void reach(struct lock *lock, struct package *package, size_t via)
{
	if (!package || package->seen)
		return;
	package->seen = true;
	if (package->dependency != SIZE_MAX)
		lock->set->items[package->dependency].via = via;
	lock->queue[lock->queued++] = (size_t)(package - lock->packages);
}

static void follow(struct lock *lock, const struct package *package)
{
	static const char *const sections[] = { "dependencies", "optionalDependencies", "peerDependencies",
		                                "devDependencies" };
	const char *name;
	json_t *range;

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		json_t *section = json_object_get(package->object, sections[i]);

		json_object_foreach(section, name, range)
			reach(lock, resolve(lock, package->key, name), package->dependency);
	}
}

/* Gives each package the one that brings it in. */
static void find_chains(struct lock *lock)
{
	for (size_t i = 0; i < lock->count; i++) {
		if (is_own(&lock->packages[i]))
			reach(lock, &lock->packages[i], SIZE_MAX);
	}
	for (size_t next = 0; next < lock->queued; next++)
		follow(lock, &lock->packages[lock->queue[next]]);
}

static bool wants_dependencies(const struct lock *lock)
{
	const struct package *root = find(lock, "");

	return root && (json_object_size(json_object_get(root->object, "dependencies")) > 0 ||
	                json_object_size(json_object_get(root->object, "devDependencies")) > 0);
}

enum pol_status dependencies_read_npm(struct arena *arena, struct dependencies *set, struct pol_error *err)
{
	__attribute__((cleanup(release_json))) json_t *root = NULL;
	struct lock lock = { .arena = arena, .set = set };
	json_error_t error;
	json_t *packages;
	enum pol_status status;

	root = json_loadb(set->text.data ? set->text.data : "", set->text.size, JSON_REJECT_DUPLICATES,
	                  &error);
	if (!root)
		return pol_fail(err, POL_ECONFIG, set->path, (uint32_t)(error.line > 0 ? error.line : 0),
		                "cannot be read as JSON: %s", error.text);
	packages = json_object_get(root, "packages");
	if (!json_is_object(packages))
		return fail(&lock, err,
		            "no \"packages\": a lock file of version 1 carries no licences; write it anew "
		            "with npm 7 or later");
	status = read_packages(&lock, packages, err);
	if (status < 0)
		return status;
	if (set->count == 0 && wants_dependencies(&lock))
		return fail(&lock, err,
		            "the project has dependencies, but the lock file names none; run npm install");
	find_chains(&lock);
	return POL_OK;
}
