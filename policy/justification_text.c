/* justification_text.c - reads the lines of a comment into the fields of a justification. */
#include "policy/justification_text.h"

#include <string.h>

enum {
	KEY_MAX = 24,    /* bytes in front of the colon */
	VALUE_MAX = 8192 /* bytes of a value that are kept */
};

static const struct {
	const char *word;
	enum justification_key key;
} keys[] = {
	{ "reason", KEY_REASON },        { "why", KEY_REASON },        { "why ignored", KEY_REASON },
	{ "justification", KEY_REASON }, { "rationale", KEY_REASON },  { "until", KEY_UNTIL },
	{ "expires", KEY_UNTIL },        { "expiry", KEY_UNTIL },      { "exp", KEY_UNTIL },
	{ "review by", KEY_UNTIL },      { "review date", KEY_UNTIL }, { "owner", KEY_OWNER },
	{ "added by", KEY_OWNER },       { "approved by", KEY_OWNER }, { "ticket", KEY_TICKET },
	{ "issue", KEY_TICKET },         { "ref", KEY_TICKET },
};

enum justification_key justification_key(struct slice text, struct slice *ret_value)
{
	size_t colon;
	struct slice word;

	text = slice_trim(text);
	if (text.size > 0 && strchr("-*@", text.data[0] ? text.data[0] : '.') != NULL)
		text = slice_trim(slice_from(text, 1));
	colon = slice_find_char(slice_sub(text, 0, KEY_MAX), ':');
	if (colon == SIZE_MAX)
		return KEY_NONE;
	word = slice_trim(slice_sub(text, 0, colon));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!slice_equal_nocase(word, slice_of(keys[i].word)))
			continue;
		*ret_value = slice_trim(slice_from(text, colon + 1));
		return keys[i].key;
	}
	return KEY_NONE;
}

/* The day in "2026-12-20" or "2026-12-20T10:00:00Z". */
static int32_t parse_until(struct slice text)
{
	int32_t day = DATE_NONE;

	if (text.size > 10 && text.data[10] == 'T')
		text.size = 10;
	return date_parse(text, &day) ? day : DATE_NONE;
}

enum pol_status justification_set(struct arena *arena, struct justification *justification,
                                  enum justification_key key, struct slice value,
                                  enum justification_form form)
{
	const char **const fields[KEY_COUNT] = {
		[KEY_REASON] = &justification->reason,
		[KEY_UNTIL] = &justification->until_text,
		[KEY_OWNER] = &justification->owner,
		[KEY_TICKET] = &justification->ticket,
	};
	const char *copy;

	value = slice_trim(slice_sub(value, 0, VALUE_MAX));
	if (value.size == 0 || *fields[key])
		return POL_OK;
	copy = arena_copy(arena, value.data, value.size);
	if (!copy)
		return POL_ENOMEM;
	*fields[key] = copy;
	if (key == KEY_UNTIL)
		justification->until = parse_until(value);
	if (key == KEY_REASON || (!justification->reason && justification->form < form))
		justification->form = form;
	return POL_OK;
}

/* Lines being read. */
struct reader {
	struct arena *arena;
	struct justification *into;
	enum justification_form plain;
	enum justification_key key; /* whose value is in value; KEY_NONE: text without a key is */
	bool keyed;                 /* a key was seen: text without one is no reason any more */
	struct buf value;
	uint32_t value_line;
	struct buf best; /* the last paragraph of plain text that says something */
	uint32_t best_line;
};

static void reader_free(struct reader *reader)
{
	buf_free(&reader->value);
	buf_free(&reader->best);
}
CLEANUP_DEFINE_STACK(struct reader, reader, reader_free)

static void note_line(struct justification *into, uint32_t line)
{
	if (into->line == 0 || line < into->line)
		into->line = line;
}

static bool says_something(const struct reader *reader, struct slice text)
{
	if (reader->plain == FORM_NATIVE)
		return text_has_letter(text) && !justification_is_directive(text);
	return reader->plain != FORM_NONE && !justification_is_noise(text);
}

/* Ends the value or paragraph that is being read. */
static enum pol_status flush(struct reader *reader)
{
	struct slice text = slice_of_buf(&reader->value);
	enum pol_status status = POL_OK;

	if (buf_failed(&reader->value))
		return POL_ENOMEM;
	if (reader->key != KEY_NONE) {
		status = justification_set(reader->arena, reader->into, reader->key, text, FORM_KEYED);
		if (text.size > 0)
			note_line(reader->into, reader->value_line);
	} else if (says_something(reader, text)) {
		buf_clear(&reader->best);
		buf_add(&reader->best, text.data, text.size);
		reader->best_line = reader->value_line;
	}
	buf_clear(&reader->value);
	reader->key = KEY_NONE;
	return status;
}

static void add_text(struct reader *reader, struct slice text, uint32_t line)
{
	if (reader->value.size == 0)
		reader->value_line = line;
	if (reader->value.size > 0 && text.size > 0)
		buf_add_char(&reader->value, ' ');
	if (reader->value.size < VALUE_MAX)
		buf_add(&reader->value, text.data, text.size < VALUE_MAX ? text.size : VALUE_MAX);
}

/* Bytes of text up to the ; behind which the next key stands. */
static size_t part_size(struct slice text)
{
	struct slice value;

	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] == ';' && justification_key(slice_from(text, i + 1), &value) != KEY_NONE)
			return i;
	return text.size;
}

/* A reason goes on over lines, and so does a list that ends with a comma; other values end on their line. */
static bool goes_on(const struct reader *reader)
{
	return reader->key == KEY_REASON || (reader->key != KEY_NONE && reader->value.size > 0 &&
	                                     reader->value.data[reader->value.size - 1] == ',');
}

/* One part of a line: a field, or text without a key. */
static enum pol_status read_part(struct reader *reader, struct slice part, uint32_t line)
{
	struct slice value;
	enum justification_key key = justification_key(part, &value);

	if (key != KEY_NONE) {
		enum pol_status status = flush(reader);

		reader->key = key;
		reader->keyed = true;
		reader->value_line = line;
		add_text(reader, value, line);
		reader->value_line = line;
		return status;
	}
	part = slice_trim(part);
	if (part.size == 0)
		return flush(reader);
	if (justification_is_directive(part) && reader->plain != FORM_NATIVE)
		return POL_OK;
	if (reader->keyed && !goes_on(reader))
		return flush(reader);
	add_text(reader, part, line);
	return POL_OK;
}

static enum pol_status read_line(struct reader *reader, struct slice text, uint32_t line)
{
	enum pol_status status = POL_OK;

	do {
		size_t size = part_size(text);

		status = read_part(reader, slice_sub(text, 0, size), line);
		text = size < text.size ? slice_from(text, size + 1) : (struct slice){ "", 0 };
	} while (status == POL_OK && text.size > 0);
	return status;
}

enum pol_status justification_read_as(struct arena *arena, const struct slice *lines, size_t count,
                                      uint32_t first_line, enum justification_form plain,
                                      struct justification *justification)
{
	CLEANUP(reader)
	struct reader reader = { .arena = arena, .into = justification, .plain = plain, .key = KEY_NONE };
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < count && status == POL_OK; i++)
		status = read_line(&reader, slice_trim(lines[i]), first_line + (uint32_t)i);
	if (status == POL_OK)
		status = flush(&reader);
	if (status != POL_OK || buf_failed(&reader.best))
		return POL_ENOMEM;
	if (reader.best.size == 0 || justification->reason)
		return POL_OK;
	note_line(justification, reader.best_line);
	return justification_set(arena, justification, KEY_REASON,
	                         (struct slice){ reader.best.data, reader.best.size }, plain);
}

enum pol_status justification_read_lines(struct arena *arena, const struct slice *lines, size_t count,
                                         uint32_t first_line, struct justification *justification)
{
	return justification_read_as(arena, lines, count, first_line, FORM_PLAIN, justification);
}
