/* read_csv.c - reads dependencies from CSV, as pip-licenses prints it. */
#include "checks/license-check/dependency.h"
#include "checks/license-check/ledger.h"

#include <string.h>
#include <strings.h>

enum { MAX_COLUMNS = 16 };

struct columns {
	size_t name, license, version; /* SIZE_MAX = not there */
};

static size_t find_column(const char *const *fields, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcasecmp(fields[i], name) == 0)
			return i;
	}
	return SIZE_MAX;
}

static enum pol_status add(struct arena *arena, struct dependencies *set, const struct columns *columns,
                           const char *const *fields, size_t count, uint32_t line, struct pol_error *err)
{
	struct dependency *dependency;
	const char *license;

	if (columns->name >= count || columns->license >= count || !*fields[columns->name])
		return pol_fail(err, POL_ECONFIG, set->path, line, "a line needs a name and a licence");
	dependency = dependencies_add(arena, set);
	if (!dependency)
		return pol_fail_memory(err);
	license = fields[columns->license];
	dependency->name = fields[columns->name];
	dependency->key = dependency->name;
	dependency->version = columns->version < count ? fields[columns->version] : "";
	/* What pip-licenses prints when a package states nothing. */
	dependency->license = !*license || strcasecmp(license, "UNKNOWN") == 0 ? NULL : license;
	return POL_OK;
}

enum pol_status dependencies_read_csv(struct arena *arena, struct dependencies *set, struct pol_error *err)
{
	struct slice rest = set->text;
	struct columns columns = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
	const char *fields[MAX_COLUMNS];
	enum pol_status status = POL_OK;
	bool header = true;
	size_t count;

	for (uint32_t line = 1; status == POL_OK; line++) {
		uint32_t start = line;

		if (!csv_next(arena, &rest, &line, fields, MAX_COLUMNS, &count))
			break;
		for (size_t i = 0; i < count; i++) {
			if (!fields[i])
				return pol_fail_memory(err);
		}
		if (count == 1 && !*fields[0])
			continue;
		if (!header) {
			status = add(arena, set, &columns, fields, count, start, err);
			continue;
		}
		columns = (struct columns){ find_column(fields, count, "name"),
			                    find_column(fields, count, "license"),
			                    find_column(fields, count, "version") };
		header = false;
		if (columns.name == SIZE_MAX || columns.license == SIZE_MAX)
			return pol_fail(err, POL_ECONFIG, set->path, start,
			                "the first line must name the columns Name and License");
	}
	if (status == POL_OK && set->count == 0)
		return pol_fail(err, POL_ECONFIG, set->path, 0, "the file names no dependency");
	return status;
}
