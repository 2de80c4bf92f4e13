/* read_npm.c - reads npm's lock files: the entries of `packages` that are not the project's own. */
#include "checks/license-check/npm_lock.h"

#include <string.h>

enum { MAX_CHOICES = 16 }; /* licences in a list */

static const char folder[] = "node_modules/";

/* What one entry of `packages` tells. */
struct entry {
	struct npm_package package;
	struct dependency found;
};

/* Where the reader stands, and which line that is. */
struct reader {
	struct npm_lock lock;
	struct json_walk walk;
	uint32_t line;
	size_t line_start, counted; /* line ends up to counted are counted */
};

/* Counts lines up to offset, which only ever grows. */
static void count_lines(struct reader *reader, size_t offset)
{
	const struct slice text = reader->walk.text;

	while (reader->counted < offset) {
		size_t next = slice_find_char(slice_sub(text, reader->counted, offset - reader->counted),
		                              '\n');

		if (next == SIZE_MAX)
			break;
		reader->line++;
		reader->counted += next + 1;
		reader->line_start = reader->counted;
	}
	reader->counted = offset;
}

/* ---- fields of an entry ----------------------------------------------------------------------------------------------*/

/* A string as C text; *ret_text stays NULL for a value of another type. */
static enum pol_status read_string(struct reader *reader, const char **ret_text)
{
	struct slice raw, text;

	if (json_walk_peek(&reader->walk) != '"')
		return json_walk_skip(&reader->walk) ? POL_OK : POL_ECONFIG;
	if (!json_walk_string(&reader->walk, &raw))
		return POL_ECONFIG;
	text = json_walk_text(reader->lock.arena, raw);
	*ret_text = text.data ? arena_copy(reader->lock.arena, text.data, text.size) : NULL;
	return *ret_text ? POL_OK : POL_ENOMEM;
}

/* One licence: a string, or in old packages an object with a type. */
static enum pol_status read_one_license(struct reader *reader, const char **ret_license)
{
	struct json_items items = { 0 };
	enum pol_status status = POL_OK;
	struct slice key;

	if (json_walk_peek(&reader->walk) != '{')
		return read_string(reader, ret_license);
	(void)json_walk_enter(&reader->walk, '{');
	while (status == POL_OK && json_walk_next_key(&reader->walk, &items, &key)) {
		if (slice_equal(key, SLICE("type")))
			status = read_string(reader, ret_license);
		else if (!json_walk_skip(&reader->walk))
			status = POL_ECONFIG;
	}
	return status == POL_OK && reader->walk.problem ? POL_ECONFIG : status;
}

/* A list, from which one may choose. OR binds least, so that what the entries hold needs no parentheses. */
static enum pol_status read_license_list(struct reader *reader, const char **ret_license)
{
	CLEANUP(buf) struct buf choice = { 0 };
	struct json_items items = { 0 };
	enum pol_status status = POL_OK;
	size_t count = 0;

	(void)json_walk_enter(&reader->walk, '[');
	while (status == POL_OK && json_walk_next_item(&reader->walk, &items)) {
		const char *license = NULL;

		status = read_one_license(reader, &license);
		if (!license || ++count > MAX_CHOICES)
			continue;
		buf_add_string(&choice, count > 1 ? " OR " : "");
		buf_add_string(&choice, license);
	}
	if (status < 0 || reader->walk.problem)
		return status < 0 ? status : POL_ECONFIG;
	if (count > MAX_CHOICES)
		*ret_license = "(a list of more than 16 licences)";
	else if (count > 0)
		*ret_license = buf_failed(&choice) ? NULL
		                                   : arena_copy(reader->lock.arena, choice.data, choice.size);
	return count == 0 || *ret_license ? POL_OK : POL_ENOMEM;
}

static enum pol_status take_name(struct reader *reader, struct entry *entry)
{
	return read_string(reader, &entry->found.name);
}

static enum pol_status take_version(struct reader *reader, struct entry *entry)
{
	return read_string(reader, &entry->found.version);
}

static enum pol_status take_license(struct reader *reader, struct entry *entry)
{
	const char **license = &entry->found.license;
	enum pol_status status = json_walk_peek(&reader->walk) == '[' ? read_license_list(reader, license)
	                                                              : read_one_license(reader, license);

	if (*license && !**license)
		*license = NULL;
	return status;
}

static enum pol_status take_link(struct reader *reader, struct entry *entry)
{
	entry->package.is_link = json_walk_peek(&reader->walk) == 't';
	return json_walk_skip(&reader->walk) ? POL_OK : POL_ECONFIG;
}

static enum pol_status take_resolved(struct reader *reader, struct entry *entry)
{
	struct slice raw;

	if (json_walk_peek(&reader->walk) != '"')
		return json_walk_skip(&reader->walk) ? POL_OK : POL_ECONFIG;
	if (!json_walk_string(&reader->walk, &raw))
		return POL_ECONFIG;
	entry->package.resolved = json_walk_text(reader->lock.arena, raw);
	return entry->package.resolved.data ? POL_OK : POL_ENOMEM;
}

static const struct field {
	const char *key;
	enum pol_status (*take)(struct reader *reader, struct entry *entry); /* NULL: a section */
	enum npm_section section;
} fields[] = {
	{ "name", take_name, 0 },
	{ "version", take_version, 0 },
	{ "license", take_license, 0 },
	{ "link", take_link, 0 },
	{ "resolved", take_resolved, 0 },
	{ "dependencies", NULL, NPM_DEPENDENCIES },
	{ "optionalDependencies", NULL, NPM_OPTIONAL },
	{ "peerDependencies", NULL, NPM_PEER },
	{ "devDependencies", NULL, NPM_DEV },
};

enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

static size_t find_field(struct slice key)
{
	size_t field = 0;

	while (field < FIELDS && !slice_equal(key, slice_of(fields[field].key)))
		field++;
	return field;
}

static enum pol_status read_field(struct reader *reader, const struct field *field, struct entry *entry)
{
	if (field->take)
		return field->take(reader, entry);
	if (json_walk_peek(&reader->walk) == '{')
		entry->package.sections[field->section] = reader->walk.offset;
	return json_walk_skip(&reader->walk) ? POL_OK : POL_ECONFIG;
}

static enum pol_status read_entry(struct reader *reader, struct entry *entry)
{
	struct json_items items = { 0 };
	enum pol_status status = POL_OK;
	bool seen[FIELDS] = { false };
	struct slice key;

	if (!json_walk_enter(&reader->walk, '{'))
		return POL_ECONFIG;
	while (status == POL_OK && json_walk_next_key(&reader->walk, &items, &key)) {
		struct slice name = json_walk_text(reader->lock.arena, key);
		size_t field = name.data ? find_field(name) : FIELDS;

		if (!name.data)
			return POL_ENOMEM;
		if (field < FIELDS && seen[field])
			reader->walk.problem = "a key stands twice in an entry of packages";
		if (field < FIELDS && !reader->walk.problem) {
			seen[field] = true;
			status = read_field(reader, &fields[field], entry);
		} else if (!json_walk_skip(&reader->walk)) {
			status = POL_ECONFIG;
		}
	}
	return status == POL_OK && reader->walk.problem ? POL_ECONFIG : status;
}

/* ---- packages --------------------------------------------------------------------------------------------------------*/

/* The name behind the last node_modules/, unless an alias gives the real one. */
static const char *name_of(struct npm_lock *lock, const struct entry *entry)
{
	struct slice name = entry->package.key;
	size_t next;

	if (entry->found.name && *entry->found.name)
		return entry->found.name;
	while ((next = slice_find(name, folder)) != SIZE_MAX)
		name = slice_from(name, next + strlen(folder));
	return arena_copy(lock->arena, name.data, name.size);
}

static enum pol_status add_entry(struct npm_lock *lock, struct entry *entry)
{
	struct npm_package *packages = arena_grow(lock->arena, lock->packages, lock->count, &lock->capacity,
	                                          sizeof(*packages));
	struct dependency *dependency;

	if (!packages)
		return POL_ENOMEM;
	lock->packages = packages;
	if (!npm_is_own(&entry->package)) {
		entry->package.dependency = lock->set->count;
		entry->found.name = name_of(lock, entry);
		dependency = entry->found.name ? dependencies_add(lock->arena, lock->set) : NULL;
		if (!dependency)
			return POL_ENOMEM;
		*dependency = entry->found;
	}
	packages[lock->count++] = entry->package;
	return POL_OK;
}

/* raw is the key as it stands in the text. */
static enum pol_status read_package(struct reader *reader, struct slice raw)
{
	struct entry entry = { .package.dependency = SIZE_MAX, .found = { .via = SIZE_MAX, .version = "" } };
	enum pol_status status;

	entry.package.key = json_walk_text(reader->lock.arena, raw);
	if (!entry.package.key.data)
		return POL_ENOMEM;
	entry.found.offset = (size_t)(raw.data - reader->walk.text.data) - 1; /* with its quotes */
	entry.found.size = raw.size + 2;
	count_lines(reader, entry.found.offset);
	entry.found.line = entry.package.line = reader->line;
	entry.found.line_start = reader->line_start;
	status = read_entry(reader, &entry);
	return status < 0 ? status : add_entry(&reader->lock, &entry);
}

static enum pol_status read_packages(struct reader *reader)
{
	struct json_items items = { 0 };
	enum pol_status status = POL_OK;
	struct slice key;

	if (!json_walk_enter(&reader->walk, '{'))
		return POL_ECONFIG;
	while (status == POL_OK && json_walk_next_key(&reader->walk, &items, &key))
		status = read_package(reader, key);
	return status == POL_OK && reader->walk.problem ? POL_ECONFIG : status;
}

static enum pol_status read_root(struct reader *reader)
{
	struct json_items items = { 0 };
	enum pol_status status = POL_OK;
	bool seen = false;
	struct slice key;

	if (!json_walk_enter(&reader->walk, '{'))
		return POL_ECONFIG;
	while (status == POL_OK && json_walk_next_key(&reader->walk, &items, &key)) {
		struct slice name = json_walk_text(reader->lock.arena, key);
		bool is_packages = name.data && slice_equal(name, SLICE("packages"));

		if (!name.data)
			return POL_ENOMEM;
		if (is_packages && seen)
			reader->walk.problem = "\"packages\" stands twice";
		seen = seen || is_packages;
		if (is_packages && !reader->walk.problem)
			status = read_packages(reader);
		else if (!json_walk_skip(&reader->walk))
			status = POL_ECONFIG;
	}
	if (status == POL_OK && !reader->walk.problem && !json_walk_ends(&reader->walk))
		reader->walk.problem = "text stands behind the end";
	return status == POL_OK && reader->walk.problem ? POL_ECONFIG : status;
}

/* ---- what was read ---------------------------------------------------------------------------------------------------*/

/* A workspace stands in node_modules as a link to its folder. A link to anything else hides nothing. */
static bool is_link_to_own(const struct npm_lock *lock, const struct npm_package *package)
{
	const struct npm_package *target = package->is_link ? npm_find(lock, package->resolved) : NULL;

	return target && npm_is_own(target);
}

static void drop_own_links(struct npm_lock *lock)
{
	size_t kept = 0;

	for (size_t i = 0; i < lock->count; i++) {
		struct npm_package *package = &lock->packages[i];

		if (package->dependency == SIZE_MAX)
			continue;
		lock->set->items[kept] = lock->set->items[package->dependency];
		package->dependency = is_link_to_own(lock, package) ? SIZE_MAX : kept++;
	}
	lock->set->count = kept;
}

static enum pol_status fail_json(struct reader *reader, struct pol_error *err)
{
	count_lines(reader, reader->walk.offset);
	return pol_fail(err, POL_ECONFIG, reader->lock.set->path, reader->line,
	                "cannot be read as a lock file: %s",
	                reader->walk.problem ? reader->walk.problem : "it is no JSON");
}

enum pol_status dependencies_read_npm(struct arena *arena, struct dependencies *set, struct pol_error *err)
{
	struct reader reader = { .lock = { .arena = arena, .set = set },
		                 .walk = { .text = set->text },
		                 .line = 1 };
	struct npm_lock *lock = &reader.lock;
	enum pol_status status;

	if (slice_starts(set->text, "\xEF\xBB\xBF"))
		reader.walk.offset = 3;
	status = read_root(&reader);
	if (status < 0)
		return status == POL_ENOMEM ? pol_fail_memory(err) : fail_json(&reader, err);
	status = npm_index(lock, err);
	if (status < 0)
		return status;
	if (!npm_find(lock, SLICE("")))
		return pol_fail(err, POL_ECONFIG, set->path, 0,
		                "\"packages\" does not name the project: a lock file of version 1 carries no "
		                "licences; write it anew with npm 7 or later");
	drop_own_links(lock);
	return npm_find_chains(lock, err);
}
