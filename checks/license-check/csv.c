/* csv.c - reads CSV records. */
#include "checks/license-check/csv.h"

#include <string.h>

static struct slice rest_of(const struct csv *csv)
{
	return slice_from(csv->text, csv->offset);
}

static bool stands_at(const struct csv *csv, char c)
{
	return csv->offset < csv->text.size && csv->text.data[csv->offset] == c;
}

static enum pol_status refuse(const struct csv *csv, uint32_t line, const char *message,
                              struct pol_error *err)
{
	return pol_fail(err, POL_ECONFIG, csv->path, line, "%s", message);
}

struct csv csv_open(struct arena *arena, const char *path, struct slice text)
{
	struct csv csv = { .arena = arena, .path = path, .text = text, .line = 1 };

	if (slice_starts(text, "\xEF\xBB\xBF"))
		csv.offset = 3;
	return csv;
}

/* ---- one field -------------------------------------------------------------------------------------------------------*/

static enum pol_status store(struct csv *csv, struct slice value, struct csv_record *record,
                             struct pol_error *err)
{
	char *copy;

	if (record->count == CSV_MAX_FIELDS)
		return refuse(csv, record->line, "the line has more than 32 fields", err);
	if (slice_find_char(value, '\0') != SIZE_MAX)
		return refuse(csv, record->line, "the line holds a NUL byte", err);
	value = slice_trim(value);
	copy = arena_copy(csv->arena, value.data, value.size);
	if (!copy)
		return pol_fail_memory(err);
	record->fields[record->count++] = copy;
	return POL_OK;
}

static enum pol_status read_plain(struct csv *csv, struct csv_record *record, struct pol_error *err)
{
	size_t start = csv->offset;

	for (; csv->offset < csv->text.size && !stands_at(csv, ',') && !stands_at(csv, '\n'); csv->offset++) {
		if (stands_at(csv, '"'))
			return refuse(csv, csv->line,
			              "a quote stands in a field that does not begin with one", err);
	}
	return store(csv, slice_sub(csv->text, start, csv->offset - start), record, err);
}

/* Offset of the quote that closes a field, csv->offset being behind the one that opened it; SIZE_MAX when there is none. */
static size_t find_close(const struct csv *csv)
{
	size_t at = csv->offset;

	for (;;) {
		size_t next = slice_find_char(slice_from(csv->text, at), '"');

		if (next == SIZE_MAX)
			return SIZE_MAX;
		at += next;
		if (at + 1 >= csv->text.size || csv->text.data[at + 1] != '"')
			return at;
		at += 2;
	}
}

/* A copy of quoted text with each doubled quote as one. */
static enum pol_status store_quoted(struct csv *csv, struct slice raw, struct csv_record *record,
                                    struct pol_error *err)
{
	char *copy = arena_copy(csv->arena, raw.data, raw.size);
	size_t size = 0;

	if (!copy)
		return pol_fail_memory(err);
	for (size_t i = 0; i < raw.size; i++) {
		copy[size++] = raw.data[i];
		i += raw.data[i] == '"';
	}
	return store(csv, (struct slice){ copy, size }, record, err);
}

static void skip_blanks(struct csv *csv)
{
	while (stands_at(csv, ' ') || stands_at(csv, '\t') || stands_at(csv, '\r'))
		csv->offset++;
}

static enum pol_status read_quoted(struct csv *csv, struct csv_record *record, struct pol_error *err)
{
	size_t start = ++csv->offset, end = find_close(csv);
	enum pol_status status;

	if (end == SIZE_MAX)
		return refuse(csv, csv->line, "a quote is not closed", err);
	status = store_quoted(csv, slice_sub(csv->text, start, end - start), record, err);
	for (size_t i = start; i < end; i++)
		csv->line += csv->text.data[i] == '\n';
	csv->offset = end + 1;
	skip_blanks(csv);
	if (status == POL_OK && csv->offset < csv->text.size && !stands_at(csv, ',') && !stands_at(csv, '\n'))
		return refuse(csv, csv->line,
		              "text stands behind a quoted field; double a quote inside of one", err);
	return status;
}

/* ---- records ---------------------------------------------------------------------------------------------------------*/

/* Empty lines, and comments: no quote in them counts. */
static void skip_lines(struct csv *csv)
{
	struct slice rest = rest_of(csv), line, trimmed;

	while (slice_next_line(&rest, &line)) {
		trimmed = slice_trim(line);
		if (trimmed.size > 0 && trimmed.data[0] != '#')
			break;
		csv->offset = csv->text.size - rest.size;
		csv->line++;
	}
}

enum pol_status csv_next(struct csv *csv, struct csv_record *ret_record, struct pol_error *err)
{
	struct csv_record record = { .count = 0 };
	enum pol_status status = POL_OK;
	bool more = true;

	skip_lines(csv);
	if (csv->offset >= csv->text.size)
		return POL_ENOTFOUND;
	record.line = csv->line;
	record.offset = csv->offset;
	while (more && status == POL_OK) {
		skip_blanks(csv);
		status = stands_at(csv, '"') ? read_quoted(csv, &record, err) : read_plain(csv, &record, err);
		more = stands_at(csv, ',');
		csv->line += stands_at(csv, '\n');
		csv->offset += csv->offset < csv->text.size;
	}
	if (status == POL_OK)
		*ret_record = record;
	return status;
}
