/* read_csv.c - reads dependencies from CSV, as pip-licenses prints it. */
#include "checks/license-check/csv.h"
#include "checks/license-check/dependency.h"

#include <strings.h>

struct columns {
	size_t name, license, version; /* SIZE_MAX = not there */
};

static size_t find_column(const struct csv_record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (strcasecmp(record->fields[i], name) == 0)
			return i;
	}
	return SIZE_MAX;
}

static enum pol_status read_header(struct csv *csv, struct columns *columns, struct pol_error *err)
{
	struct csv_record record;
	enum pol_status status = csv_next(csv, &record, err);

	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_ECONFIG, csv->path, 0, "the file names no dependency");
	if (status < 0)
		return status;
	*columns = (struct columns){ find_column(&record, "name"), find_column(&record, "license"),
		                     find_column(&record, "version") };
	if (columns->name == SIZE_MAX || columns->license == SIZE_MAX)
		return pol_fail(err, POL_ECONFIG, csv->path, record.line,
		                "the first line must name the columns Name and License");
	return POL_OK;
}

static enum pol_status add(struct csv *csv, struct dependencies *set, const struct columns *columns,
                           const struct csv_record *record, struct pol_error *err)
{
	struct dependency *dependency;
	struct slice line = slice_trim(text_line_at(set->text, record->offset));
	const char *license;

	if (columns->name >= record->count || columns->license >= record->count ||
	    !*record->fields[columns->name])
		return pol_fail(err, POL_ECONFIG, csv->path, record->line,
		                "a line needs a name and a licence");
	dependency = dependencies_add(csv->arena, set);
	if (!dependency)
		return pol_fail_memory(err);
	license = record->fields[columns->license];
	dependency->name = record->fields[columns->name];
	dependency->version = columns->version < record->count ? record->fields[columns->version] : "";
	/* What pip-licenses prints when a package states nothing. */
	dependency->license = !*license || strcasecmp(license, "UNKNOWN") == 0 ? NULL : license;
	dependency->line = record->line;
	dependency->line_start = record->offset;
	dependency->offset = (size_t)(line.data - set->text.data);
	dependency->size = line.size;
	return POL_OK;
}

enum pol_status dependencies_read_csv(struct arena *arena, struct dependencies *set, struct pol_error *err)
{
	struct csv csv = csv_open(arena, set->path, set->text);
	struct columns columns = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
	struct csv_record record;
	enum pol_status status = read_header(&csv, &columns, err);

	while (status == POL_OK) {
		status = csv_next(&csv, &record, err);
		if (status == POL_OK)
			status = add(&csv, set, &columns, &record, err);
	}
	if (status != POL_ENOTFOUND)
		return status;
	return set->count > 0 ? POL_OK
	                      : pol_fail(err, POL_ECONFIG, set->path, 0, "the file names no dependency");
}
