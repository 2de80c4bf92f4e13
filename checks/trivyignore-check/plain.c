/* plain.c - reads a plain .trivyignore as Trivy does (pkg/result/ignore.go), and the comments that Trivy skips. */
#include "checks/trivyignore-check/entry.h"

enum {
	MAX_BLOCK = 100,      /* comment lines that are read as one justification */
	MAX_LINE = 64 * 1024, /* Trivy stops reading at a longer line, silently */
};

/* Where the reader stands. */
struct plain_reader {
	struct arena *arena;
	struct ignore_entries *entries;
	uint32_t line;                 /* number of the current line */
	struct slice block[MAX_BLOCK]; /* the comment lines of the group */
	size_t block_count;
	uint32_t block_line;        /* line of block[0] */
	bool block_closed;          /* an id or an empty line came after it */
	unsigned blanks;            /* empty lines since the block or the last id */
	struct justification group; /* what the block says */
	bool group_read;
};

struct ignore_entry *entries_add(struct arena *arena, struct ignore_entries *entries)
{
	struct ignore_entry *items = arena_grow(arena, entries->items, entries->count, &entries->capacity,
	                                        sizeof(*items));

	if (!items)
		return NULL;
	entries->items = items;
	items[entries->count] = (struct ignore_entry){ .justification.until = DATE_NONE };
	return &items[entries->count++];
}

static void drop_block(struct plain_reader *reader)
{
	reader->block_count = 0;
	reader->block_closed = false;
	reader->group_read = false;
	reader->group = (struct justification){ .until = DATE_NONE };
}

static void read_comment(struct plain_reader *reader, struct slice comment)
{
	if (reader->block_closed)
		drop_block(reader);
	if (reader->block_count == 0)
		reader->block_line = reader->line;
	if (reader->block_count < MAX_BLOCK)
		reader->block[reader->block_count++] = comment;
	reader->blanks = 0;
}

/* A second empty line ends what a comment block covers: what follows is another matter. */
static void read_blank(struct plain_reader *reader)
{
	if (reader->block_count > 0)
		reader->block_closed = true;
	if (++reader->blanks > 1)
		drop_block(reader);
}

static struct slice next_field(struct slice *rest)
{
	size_t start = 0, end;

	while (start < rest->size && (rest->data[start] == ' ' || rest->data[start] == '\t'))
		start++;
	for (end = start; end < rest->size && rest->data[end] != ' ' && rest->data[end] != '\t';)
		end++;
	*rest = slice_from(*rest, start);
	{
		struct slice field = slice_sub(*rest, 0, end - start);

		*rest = slice_from(*rest, end - start);
		return field;
	}
}

static enum pol_status set_native_until(struct plain_reader *reader, struct slice date,
                                        struct justification *found)
{
	char *copy = arena_copy(reader->arena, date.data, date.size);
	int32_t day;

	if (!copy)
		return POL_ENOMEM;
	found->until_text = copy;
	found->line = found->line ? found->line : reader->line;
	/* Trivy drops the entry at the start of that day: the last day covered is the one before. */
	found->until = date_parse(date, &day) ? day - 1 : DATE_NONE;
	if (found->form == FORM_NONE)
		found->form = FORM_NATIVE;
	return POL_OK;
}

/* What stands behind the id: "exp:DATE" anywhere, a comment, or words that Trivy drops. */
static enum pol_status read_behind(struct plain_reader *reader, struct slice rest, struct ignore_entry *entry)
{
	struct slice comment = { NULL, 0 };

	while (rest.size > 0) {
		struct slice field = next_field(&rest);

		if (slice_starts(field, "exp:") && !entry->justification.until_text) {
			if (set_native_until(reader, slice_from(field, 4), &entry->justification) < 0)
				return POL_ENOMEM;
			/* In a comment, the words before it are the reason. */
			if (comment.data)
				comment.size = (size_t)(field.data - comment.data);
		} else if (!comment.data && slice_starts(field, "#")) {
			size_t marks = 0;

			while (marks < field.size && field.data[marks] == '#')
				marks++;
			comment = (struct slice){ field.data + marks, field.size - marks + rest.size };
		} else if (!comment.data && field.size > 0) {
			entry->malformed = "Trivy reads one id a line and loses what follows it";
			entry->malformed_fix = "put each id on a line of its own, and a # before words";
		}
	}
	comment = slice_trim(comment);
	return comment.size == 0 ? POL_OK
	                         : justification_read_lines(reader->arena, &comment, 1, reader->line,
	                                                    &entry->justification);
}

/* The group's justification, read once. */
static enum pol_status read_group(struct plain_reader *reader)
{
	if (reader->group_read || reader->block_count == 0)
		return POL_OK;
	reader->group_read = true;
	return justification_read_lines(reader->arena, reader->block, reader->block_count, reader->block_line,
	                                &reader->group);
}

/* An id's own words win over its group's, field by field. */
static void inherit(struct justification *own, const struct justification *group)
{
	if (group->form > own->form)
		own->form = group->form;
	if (!own->reason)
		own->reason = group->reason;
	if (!own->owner)
		own->owner = group->owner;
	if (!own->ticket)
		own->ticket = group->ticket;
	if (!own->until_text) {
		own->until_text = group->until_text;
		own->until = group->until;
	}
	if (own->line == 0 || (group->line > 0 && group->line < own->line))
		own->line = group->line;
}

static enum pol_status read_id(struct plain_reader *reader, struct slice line)
{
	struct ignore_entry *entry = entries_add(reader->arena, reader->entries);
	struct slice rest = line;
	enum pol_status status;

	if (!entry)
		return POL_ENOMEM;
	entry->id = next_field(&rest);
	entry->where = entry->id;
	entry->line = reader->line;
	entry->line_text = line;
	status = read_behind(reader, rest, entry);
	if (status == POL_OK)
		status = read_group(reader);
	if (status == POL_OK)
		inherit(&entry->justification, &reader->group);
	if (entry->id.size > MAX_LINE || line.size > MAX_LINE) {
		entry->malformed = "Trivy stops reading at a line of more than 64 KiB";
		entry->malformed_fix = "shorten the line";
	}
	reader->block_closed = true;
	reader->blanks = 0;
	return status;
}

static enum pol_status read_line(struct plain_reader *reader, struct slice line)
{
	struct slice trimmed = slice_trim(line);
	size_t marks = 0;

	if (trimmed.size == 0) {
		read_blank(reader);
		return POL_OK;
	}
	while (marks < trimmed.size && trimmed.data[marks] == '#')
		marks++;
	if (marks == 0)
		return read_id(reader, line);
	read_comment(reader, slice_trim(slice_from(trimmed, marks)));
	return POL_OK;
}

enum pol_status entries_read_plain(struct arena *arena, struct slice text, struct ignore_entries *entries)
{
	struct plain_reader reader = { .arena = arena, .entries = entries };
	enum pol_status status = POL_OK;
	struct slice rest = text, line;

	drop_block(&reader);
	while (status == POL_OK && slice_next_line(&rest, &line)) {
		reader.line++;
		status = read_line(&reader, line);
	}
	if (status == POL_OK && entries->count > 0 && slice_starts(text, "\xEF\xBB\xBF") &&
	    entries->items[0].line == 1) {
		entries->items[0].malformed =
			"the file begins with a byte order mark, which Trivy takes for a part of the id";
		entries->items[0].malformed_fix = "save the file without a byte order mark";
	}
	return status;
}
