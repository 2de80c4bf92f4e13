/* ledger.c - reads the list of approved dependencies. */
#include "checks/license-check/ledger.h"

#include "checks/license-check/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMN_NAME, COLUMN_LICENSE, COLUMN_REASON, COLUMN_UNTIL, COLUMN_OWNER, COLUMNS };

static const char *const columns[COLUMNS] = { "name", "license", "reason", "until", "owner" };

/* The ledger while it is read. */
struct ledger_reader {
	struct csv csv;
	struct ledger ledger;
	size_t order[COLUMNS]; /* which column each field of a record is */
	size_t width;          /* fields of the first line */
};

static size_t find_column(const char *name)
{
	size_t column = 0;

	while (column < COLUMNS && strcasecmp(name, columns[column]) != 0)
		column++;
	return column;
}

static enum pol_status read_header(struct ledger_reader *reader, struct pol_error *err)
{
	const char *path = reader->csv.path;
	struct csv_record record;
	bool seen[COLUMNS] = { false };
	enum pol_status status = csv_next(&reader->csv, &record, err);

	if (status == POL_ENOTFOUND)
		return pol_fail(err, POL_ECONFIG, path, 1,
		                "the file is empty; its first line must be Name,License");
	if (status < 0)
		return status;
	for (size_t i = 0; i < record.count; i++) {
		size_t column = find_column(record.fields[i]);

		if (column == COLUMNS || seen[column])
			return pol_fail(
				err, POL_ECONFIG, path, record.line,
				"%s column \"%.100s\": the first line is Name,License and may go on with "
				"reason,until,owner",
				column == COLUMNS ? "unknown" : "repeated", record.fields[i]);
		seen[column] = true;
		reader->order[i] = column;
	}
	reader->width = record.count;
	return seen[COLUMN_NAME] && seen[COLUMN_LICENSE]
	               ? POL_OK
	               : pol_fail(err, POL_ECONFIG, path, record.line, "the first line must be Name,License");
}

static int compare_lines(const void *a, const void *b)
{
	const struct ledger_line *first = a, *second = b;
	int order = strcmp(first->name, second->name);

	return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

static enum pol_status read_line(struct ledger_reader *reader, const struct csv_record *record,
                                 struct ledger_line *line, struct pol_error *err)
{
	const char *values[COLUMNS] = { "", "", "", "", "" };
	const char *path = reader->csv.path;

	if (record->count > reader->width)
		return pol_fail(
			err, POL_ECONFIG, path, record->line,
			"the line has more fields than the first line: quote a licence that holds a comma");
	for (size_t i = 0; i < record->count; i++)
		values[reader->order[i]] = record->fields[i];
	if (!*values[COLUMN_NAME] || !*values[COLUMN_LICENSE])
		return pol_fail(err, POL_ECONFIG, path, record->line,
		                "a line needs a name and a licence: Name,License");
	*line = (struct ledger_line){ .name = values[COLUMN_NAME],
		                      .license = values[COLUMN_LICENSE],
		                      .reason = values[COLUMN_REASON],
		                      .until_text = values[COLUMN_UNTIL],
		                      .owner = values[COLUMN_OWNER],
		                      .until = DATE_NONE,
		                      .line = record->line };
	if (*line->until_text && !date_parse(slice_of(line->until_text), &line->until))
		return pol_fail(err, POL_ECONFIG, path, record->line,
		                "until is no date of the form YYYY-MM-DD: \"%.100s\"", line->until_text);
	return POL_OK;
}

static enum pol_status add_line(struct ledger_reader *reader, const struct csv_record *record,
                                struct pol_error *err)
{
	struct ledger *ledger = &reader->ledger;
	struct ledger_line *lines = arena_grow(reader->csv.arena, ledger->lines, ledger->count,
	                                       &ledger->capacity, sizeof(*lines));

	if (!lines)
		return pol_fail_memory(err);
	ledger->lines = lines;
	return read_line(reader, record, &lines[ledger->count++], err);
}

static enum pol_status refuse_twins(const struct ledger *ledger, const char *path, struct pol_error *err)
{
	for (size_t i = 1; i < ledger->count; i++) {
		if (strcmp(ledger->lines[i - 1].name, ledger->lines[i].name) == 0)
			return pol_fail(err, POL_ECONFIG, path, ledger->lines[i].line,
			                "%.200s already stands in line %u", ledger->lines[i].name,
			                (unsigned)ledger->lines[i - 1].line);
	}
	return POL_OK;
}

enum pol_status ledger_read(struct arena *arena, struct slice text, const char *path,
                            struct ledger *ret_ledger, struct pol_error *err)
{
	struct ledger_reader reader = { .csv = csv_open(arena, path, text) };
	struct csv_record record;
	enum pol_status status = read_header(&reader, err);

	while (status == POL_OK) {
		status = csv_next(&reader.csv, &record, err);
		if (status == POL_OK)
			status = add_line(&reader, &record, err);
	}
	if (status != POL_ENOTFOUND)
		return status;
	if (reader.ledger.count > 0)
		qsort(reader.ledger.lines, reader.ledger.count, sizeof(*reader.ledger.lines), compare_lines);
	status = refuse_twins(&reader.ledger, path, err);
	if (status == POL_OK)
		*ret_ledger = reader.ledger;
	return status;
}

struct ledger_line *ledger_find(const struct ledger *ledger, const char *name)
{
	size_t low = 0, high = ledger->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, ledger->lines[middle].name);

		if (order == 0)
			return &ledger->lines[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
