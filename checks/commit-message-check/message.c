/* message.c - cleans a commit message as git does (cleanup modes strip and scissors). */
#include "checks/commit-message-check/message.h"

#include <string.h>

/* The scissors line behind its comment character; all below it is git's (commit --verbose). */
static const char scissors[] = " ------------------------ >8 ------------------------";

static bool is_comment_mark(char c)
{
	return c != '\0' && strchr("#;@!$%^&|:", c) != NULL;
}

/* git's template ends the message: its last lines all begin with one comment character, the scissors among them or not. */
char message_comment_char(struct slice raw)
{
	struct slice rest = raw, line;
	char mark = 0;

	while (slice_next_line(&rest, &line)) {
		if (line.size == 0)
			continue;
		if (!is_comment_mark(line.data[0])) {
			mark = 0;
			continue;
		}
		if (slice_starts(slice_from(line, 1), scissors))
			return line.data[0];
		if (mark != line.data[0])
			mark = line.size == 1 || line.data[1] == ' ' || line.data[1] == '\t' ? line.data[0]
			                                                                     : 0;
	}
	return mark;
}

static struct slice trim_end(struct slice line)
{
	while (line.size > 0 && strchr(" \t\r\v\f", line.data[line.size - 1]))
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

enum pol_status message_clean(struct arena *arena, struct slice raw, char comment,
                              struct message *ret_message)
{
	struct message message = { .lines = arena_alloc(arena, count_lines(raw) + 1,
		                                        sizeof(*message.lines)) };
	struct slice rest = raw, line;
	bool blank = false;

	if (!message.lines)
		return POL_ENOMEM;
	for (uint32_t number = 1; slice_next_line(&rest, &line); number++) {
		line = trim_end(line);
		if (comment && line.size > 0 && line.data[0] == comment) {
			if (slice_starts(slice_from(line, 1), scissors))
				break;
			continue;
		}
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
