/* message.c - cleans a commit message as git does. */
#include "checks/commit-message-check/message.h"

#include <string.h>

/* git's own blanks, which are neither VT nor FF. */
static struct slice trim_end(struct slice line)
{
	while (line.size > 0 && memchr(" \t\r", line.data[line.size - 1], 3))
		line.size--;
	return line;
}

static size_t count_lines(struct slice raw)
{
	struct slice line;
	size_t count = 0;

	while (slice_next_line(&raw, &line))
		count++;
	return count;
}

/* Without a byte order mark, and up to the first NUL. */
static struct slice visible(struct slice raw)
{
	if (slice_starts(raw, "\xef\xbb\xbf"))
		raw = slice_from(raw, 3);
	return slice_sub(raw, 0, slice_find_char(raw, '\0'));
}

static bool is_comment(struct slice line, const struct message_form *form)
{
	return form->mark.size > 0 && line.size >= form->mark.size &&
	       memcmp(line.data, form->mark.data, form->mark.size) == 0;
}

enum pol_status message_clean(struct arena *arena, struct slice raw, struct message_form form,
                              struct message *ret_message)
{
	struct slice rest = visible(raw), line;
	struct message message = { .lines = arena_alloc(arena, count_lines(rest) + 1,
		                                        sizeof(*message.lines)) };
	bool blank = false;

	if (!message.lines)
		return POL_ENOMEM;
	for (uint32_t number = 1; slice_next_line(&rest, &line); number++) {
		line = trim_end(line);
		if (form_is_scissors(line, form.mark))
			break;
		if (!form.keeps_comments && is_comment(line, &form))
			continue;
		if (line.size == 0) {
			blank = message.count > 0;
			continue;
		}
		if (blank)
			message.lines[message.count++] = (struct message_line){ .text = { line.data, 0 },
				                                                .number = number - 1 };
		blank = false;
		message.lines[message.count++] = (struct message_line){ .text = line, .number = number };
	}
	*ret_message = message;
	return POL_OK;
}
