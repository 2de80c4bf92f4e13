/* ledger.c - reads the list of approved dependencies. */
#include "checks/license-check/ledger.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS = 5 };

static const char *const columns[COLUMNS] = { "name", "license", "reason", "until", "owner" };

/* One field up to a comma or the end of the record; *rest stands behind it, on the comma or line end. */
static const char *take_field(struct arena *arena, struct slice *rest, uint32_t *line)
{
	CLEANUP(buf) struct buf field = { 0 };
	bool quoted = false;
	struct slice text;
	size_t i;

	for (i = 0; i < rest->size; i++) {
		char c = rest->data[i];

		if (c == '"' && quoted && i + 1 < rest->size && rest->data[i + 1] == '"') {
			buf_add_char(&field, c);
			i++;
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == ',' || c == '\n')) {
			break;
		} else {
			*line += c == '\n';
			buf_add_char(&field, c);
		}
	}
	*rest = slice_from(*rest, i);
	text = slice_trim((struct slice){ field.data ? field.data : "", field.size });
	return buf_failed(&field) ? NULL : arena_copy(arena, text.data, text.size);
}

bool csv_next(struct arena *arena, struct slice *rest, uint32_t *line, const char **fields, size_t max,
              size_t *ret_count)
{
	bool more = true;

	*ret_count = 0;
	if (rest->size == 0)
		return false;
	while (more) {
		const char *field = take_field(arena, rest, line);

		if (*ret_count < max)
			fields[(*ret_count)++] = field;
		more = rest->size > 0 && rest->data[0] == ',';
		*rest = slice_from(*rest, 1);
	}
	return true;
}

/* Which column each field of the header is. */
static enum pol_status read_header(const char *const *fields, size_t count, const char *path, size_t *order,
                                   struct pol_error *err)
{
	for (size_t i = 0; i < count; i++) {
		for (order[i] = 0; order[i] < COLUMNS; order[i]++) {
			if (strcasecmp(fields[i], columns[order[i]]) == 0)
				break;
		}
		if (order[i] == COLUMNS)
			return pol_fail(
				err, POL_ECONFIG, path, 1,
				"unknown column \"%s\": the first line is Name,License and may go on with "
				"reason,until,owner",
				fields[i]);
	}
	return count >= 2 && order[0] == 0 && order[1] == 1
	               ? POL_OK
	               : pol_fail(err, POL_ECONFIG, path, 1, "the first line must be Name,License");
}

static int compare_lines(const void *a, const void *b)
{
	const struct ledger_line *first = a, *second = b;
	int order = strcmp(first->name, second->name);

	return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

static enum pol_status add_line(struct arena *arena, struct ledger *ledger, const char *const *values,
                                uint32_t line, const char *path, struct pol_error *err)
{
	struct ledger_line *lines = arena_grow(arena, ledger->lines, ledger->count, &ledger->capacity,
	                                       sizeof(*lines));
	struct ledger_line *new;

	if (!lines)
		return pol_fail_memory(err);
	if (!*values[0] || !*values[1])
		return pol_fail(err, POL_ECONFIG, path, line,
		                "a line needs a name and a licence: Name,License");
	ledger->lines = lines;
	new = &lines[ledger->count++];
	*new = (struct ledger_line){ .name = values[0],
		                     .license = values[1],
		                     .reason = values[2],
		                     .until_text = values[3],
		                     .owner = values[4],
		                     .until = DATE_NONE,
		                     .line = line };
	if (*new->until_text && !date_parse(slice_of(new->until_text), &new->until))
		return pol_fail(err, POL_ECONFIG, path, line,
		                "until is no date of the form YYYY-MM-DD: \"%s\"", new->until_text);
	return POL_OK;
}

static enum pol_status refuse_twins(const struct ledger *ledger, const char *path, struct pol_error *err)
{
	for (size_t i = 1; i < ledger->count; i++) {
		if (strcmp(ledger->lines[i - 1].name, ledger->lines[i].name) == 0)
			return pol_fail(err, POL_ECONFIG, path, ledger->lines[i].line,
			                "%s already stands in line %u", ledger->lines[i].name,
			                (unsigned)ledger->lines[i - 1].line);
	}
	return POL_OK;
}

enum pol_status ledger_read(struct arena *arena, struct slice text, const char *path,
                            struct ledger *ret_ledger, struct pol_error *err)
{
	struct ledger ledger = { 0 };
	const char *fields[COLUMNS];
	size_t order[COLUMNS] = { 0 }, count, width = 0;
	bool header = true;
	enum pol_status status = POL_OK;

	for (uint32_t line = 1; status == POL_OK; line++) {
		const char *values[COLUMNS] = { "", "", "", "", "" };
		uint32_t start = line;

		if (!csv_next(arena, &text, &line, fields, COLUMNS, &count))
			break;
		for (size_t i = 0; i < count; i++) {
			if (!fields[i])
				return pol_fail_memory(err);
		}
		if ((count == 1 && !*fields[0]) || *fields[0] == '#')
			continue;
		if (header) {
			status = read_header(fields, count, path, order, err);
			header = false;
			width = count;
			continue;
		}
		if (count > width)
			return pol_fail(err, POL_ECONFIG, path, start,
			                "the line has more fields than the first line: quote a licence that "
			                "holds a comma");
		for (size_t i = 0; i < count; i++)
			values[order[i]] = fields[i];
		status = add_line(arena, &ledger, values, start, path, err);
	}
	if (status < 0)
		return status;
	if (ledger.count > 0)
		qsort(ledger.lines, ledger.count, sizeof(*ledger.lines), compare_lines);
	status = refuse_twins(&ledger, path, err);
	*ret_ledger = ledger;
	return status;
}

struct ledger_line *ledger_find(const struct ledger *ledger, const char *name)
{
	const struct ledger_line key = { .name = name };
	size_t low = 0, high = ledger->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(key.name, ledger->lines[middle].name);

		if (order == 0)
			return &ledger->lines[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
