/* dependency.h - the dependencies that a file names. A reader per format fills a set; all that is judged is judged on it. */
#ifndef CHECKS_LICENSE_DEPENDENCY_H
#define CHECKS_LICENSE_DEPENDENCY_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

struct dependency {
	const char *name;
	const char *version; /* "" = not given */
	const char *license; /* as stated, NULL = none is */
	size_t via; /* index of the dependency that brings it in, SIZE_MAX = the project itself, or unknown */
	/* The place to report. */
	uint32_t line;       /* 1-based */
	size_t line_start;   /* offset of that line in the text */
	size_t offset, size; /* of what stands there, within the line */
};

struct dependencies {
	const char *path;
	struct slice text; /* of the file */
	struct dependency *items;
	size_t count, capacity;
};

/* A new one at the end, zeroed but for version and via; NULL when out of memory. */
struct dependency *dependencies_add(struct arena *arena, struct dependencies *set) POL_MUST_CHECK;

/* Readers. POL_ECONFIG with the path when the file is not what its name says, or holds no dependency where it should: an
 * empty answer must never pass for a clean one. Memory from arena. */

/* package-lock.json and npm-shrinkwrap.json, lockfileVersion 2 and 3 (npm 7 and later): `packages`, its licences, and the
 * chains that lead to each package, resolved as Node does by walking up node_modules. A list of licences is a choice. */
enum pol_status dependencies_read_npm(struct arena *arena, struct dependencies *set,
                                      struct pol_error *err) POL_MUST_CHECK;
/* CSV with a header that names Name and License, as pip-licenses --format=csv prints it. */
enum pol_status dependencies_read_csv(struct arena *arena, struct dependencies *set,
                                      struct pol_error *err) POL_MUST_CHECK;
/* Names of Debian packages, one a line, # comments; the licence is that of "Files: *" in the package's machine-readable
 * copyright file (DEP-5) on this machine. A package that is not installed is POL_ENOTFOUND. */
enum pol_status dependencies_read_debian(struct arena *arena, struct dependencies *set,
                                         struct pol_error *err) POL_MUST_CHECK;

/* The licence of all files, "Files: *", that a machine-readable copyright file (DEP-5, copyright-format/1.0) states: a view of
 * its short name, empty when there is none. */
struct slice dependencies_debian_license(struct slice copyright);

/* The reader for a path by its file name, NULL = no file that names dependencies. */
typedef enum pol_status (*dependencies_reader)(struct arena *arena, struct dependencies *set,
                                               struct pol_error *err);
dependencies_reader dependencies_reader_for(const char *path);

/* "direct › … › package", the shortest way from the project; a very long one without its beginning. NULL when out of
 * memory. */
const char *dependencies_chain(struct arena *arena, const struct dependencies *set, size_t index);

#endif
