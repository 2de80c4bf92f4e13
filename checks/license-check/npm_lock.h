/* npm_lock.h - an npm lock file as it has been read: what read_npm.c and npm_chains.c share. */
#ifndef CHECKS_LICENSE_NPM_LOCK_H
#define CHECKS_LICENSE_NPM_LOCK_H

#include "checks/license-check/dependency.h"
#include "checks/license-check/json_walk.h"

/* Sections of an entry that name what it needs; offsets of their objects, 0 = not there. */
enum npm_section { NPM_DEPENDENCIES, NPM_OPTIONAL, NPM_PEER, NPM_DEV, NPM_SECTIONS };

/* One entry of `packages`. */
struct npm_package {
	struct slice
		key; /* "" = the project, "node_modules/a/node_modules/b", "packages/own" for a workspace */
	struct slice resolved; /* for a link: the key of what it leads to */
	uint32_t line;         /* of the key */
	bool is_link;
	size_t sections[NPM_SECTIONS];
	size_t dependency; /* index in the set, SIZE_MAX = own code */
	bool seen;         /* reached while chains were looked for */
};

/* A package by its key. */
struct npm_key {
	uint64_t hash; /* of key; compared first */
	struct slice key;
	size_t package;
};

struct npm_lock {
	struct arena *arena;
	struct dependencies *set;
	struct npm_package *packages; /* in the order of the file */
	size_t count, capacity;
	struct npm_key *keys; /* count of them, sorted; made by npm_index */
};

/* Makes packages ready to be found, once all are read. POL_ECONFIG for a key that stands twice; POL_ENOMEM. */
enum pol_status npm_index(struct npm_lock *lock, struct pol_error *err) POL_MUST_CHECK;
/* The package with that key, NULL = none. */
struct npm_package *npm_find(const struct npm_lock *lock, struct slice key);
/* Whether a package is the project's own code: the project itself, or a workspace. */
bool npm_is_own(const struct npm_package *package);

/* Gives each dependency the one that brings it in, by the shortest way, and looks whether the lock file holds what the project
 * asks for. POL_ECONFIG when it does not; POL_ENOMEM. */
enum pol_status npm_find_chains(struct npm_lock *lock, struct pol_error *err) POL_MUST_CHECK;

#endif
