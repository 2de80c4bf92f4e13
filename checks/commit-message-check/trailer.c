/* trailer.c - finds the block of trailers as git does, from the last line up, and takes it apart. */
#include "checks/commit-message-check/trailer.h"

#include <string.h>

static struct slice line_at(const struct message *message, size_t index)
{
	return message->lines[index].text;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static bool is_comment(struct slice line, struct slice mark)
{
	return mark.size > 0 && line.size >= mark.size && memcmp(line.data, mark.data, mark.size) == 0;
}

/* Where the colon of "Key : value" stands; 0 when the line is no trailer. */
static size_t find_separator(struct slice line)
{
	size_t i = 0;

	while (i < line.size && is_key_char(line.data[i]))
		i++;
	if (i == 0)
		return 0;
	while (i < line.size && (line.data[i] == ' ' || line.data[i] == '\t'))
		i++;
	return i < line.size && line.data[i] == ':' ? i : 0;
}

static struct slice key_of(struct slice line, size_t separator)
{
	return slice_trim(slice_sub(line, 0, separator));
}

/* ---- where the block is ----------------------------------------------------------------------------------------------*/

/* The lines before what git itself ends a message with: scissors, comments, the list of conflicts of old versions. */
static size_t find_end(const struct message *message, struct slice mark)
{
	size_t ignored = 0; /* the first line of what may be such an end; as in git, never the very first */
	bool in_conflicts = false;
	size_t i = 0;

	for (; i < message->count && !form_is_scissors(line_at(message, i), mark); i++) {
		struct slice line = line_at(message, i);

		if (line.size == 0 || is_comment(line, mark)) {
			ignored = ignored ? ignored : i;
		} else if (slice_equal(line, SLICE("Conflicts:"))) {
			in_conflicts = true;
			ignored = ignored ? ignored : i;
		} else if (!in_conflicts || line.data[0] != '\t') {
			ignored = 0;
			in_conflicts = false;
		}
	}
	return ignored ? ignored : i;
}

/* What has been counted from the last line up. */
struct tally {
	size_t trailers, others;
	size_t folded;   /* lines that begin with a blank, until it is clear what they continue */
	bool recognised; /* one is git's own */
};

static bool is_block(const struct tally *tally)
{
	size_t others = tally->others + tally->folded;

	return (tally->recognised && tally->trailers * 3 >= others) || (tally->trailers > 0 && others == 0);
}

static void count_line(struct tally *tally, struct slice line)
{
	if (slice_starts(line, "Signed-off-by: ") || slice_starts(line, "(cherry picked from commit ")) {
		tally->trailers++;
		tally->folded = 0;
		tally->recognised = true;
	} else if (find_separator(line) > 0) {
		tally->trailers++;
		tally->folded = 0;
	} else if (is_blank(line.data[0])) {
		tally->folded++;
	} else {
		tally->others += tally->folded + 1;
		tally->folded = 0;
	}
}

/* The first line behind the subject's paragraph. */
static size_t end_of_title(const struct message *message)
{
	size_t i = 0;

	while (i < message->count && line_at(message, i).size > 0)
		i++;
	return i;
}

static size_t find_start(const struct message *message, size_t end, struct slice mark)
{
	size_t title = end_of_title(message);
	struct tally tally = { 0 };
	bool begun = false;

	for (size_t i = end; i-- > title;) {
		struct slice line = line_at(message, i);

		if (is_comment(line, mark)) {
			tally.others += tally.folded;
			tally.folded = 0;
		} else if (line.size > 0) {
			begun = true;
			count_line(&tally, line);
		} else if (begun) {
			return is_block(&tally) ? i + 1 : end;
		}
	}
	return end;
}

/* ---- what is in it ---------------------------------------------------------------------------------------------------*/

/* The value that begins with first and goes on over the lines from start to end, put together with single blanks. */
static enum pol_status unfold(struct arena *arena, const struct message *message, struct slice first,
                              size_t start, size_t end, struct slice *ret_value)
{
	CLEANUP(buf) struct buf joined = { 0 };
	char *copy;

	*ret_value = slice_trim(first);
	if (start == end)
		return POL_OK;
	buf_add(&joined, first.data, first.size);
	for (size_t i = start; i < end; i++) {
		struct slice more = slice_trim(line_at(message, i));

		buf_add_char(&joined, ' ');
		buf_add(&joined, more.data, more.size);
	}
	copy = buf_failed(&joined) ? NULL : arena_copy(arena, joined.data, joined.size);
	if (!copy)
		return POL_ENOMEM;
	*ret_value = slice_trim((struct slice){ copy, joined.size });
	return POL_OK;
}

/* Lines that begin with a blank go on with the trailer before them. */
static size_t end_of_folded(const struct message *message, size_t i, size_t end)
{
	while (i < end && line_at(message, i).size > 0 && is_blank(line_at(message, i).data[0]))
		i++;
	return i;
}

static enum pol_status read_block(struct arena *arena, const struct message *message,
                                  struct trailers *trailers)
{
	size_t next;

	for (size_t i = trailers->start; i < trailers->end; i = next) {
		struct slice line = line_at(message, i);
		size_t separator = find_separator(line);
		struct trailer *trailer = &trailers->items[trailers->count];

		next = i + 1;
		if (separator == 0)
			continue;
		next = end_of_folded(message, next, trailers->end);
		*trailer = (struct trailer){ .key = key_of(line, separator), .line = i };
		if (unfold(arena, message, slice_from(line, separator + 1), i + 1, next, &trailer->value) < 0)
			return POL_ENOMEM;
		trailers->count++;
	}
	return POL_OK;
}

enum pol_status trailers_parse(struct arena *arena, const struct message *message, struct slice mark,
                               struct trailers *ret_trailers)
{
	struct trailers trailers = { .end = find_end(message, mark) };

	trailers.start = find_start(message, trailers.end, mark);
	trailers.items = arena_alloc(arena, trailers.end - trailers.start + 1, sizeof(*trailers.items));
	if (!trailers.items || read_block(arena, message, &trailers) < 0)
		return POL_ENOMEM;
	*ret_trailers = trailers;
	return POL_OK;
}

const struct trailer *trailers_next(const struct trailers *trailers, const char *key, size_t *next)
{
	while (*next < trailers->count) {
		const struct trailer *trailer = &trailers->items[(*next)++];

		if (slice_equal_nocase(trailer->key, slice_of(key)))
			return trailer;
	}
	return NULL;
}
