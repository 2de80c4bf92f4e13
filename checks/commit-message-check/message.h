/* message.h - a commit message as git will record it. */
#ifndef CHECKS_COMMIT_MESSAGE_MESSAGE_H
#define CHECKS_COMMIT_MESSAGE_MESSAGE_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

/* One line of the cleaned message, with the number it has in the file. */
struct message_line {
	struct slice text;
	uint32_t number;
};

struct message {
	struct message_line *lines; /* lines[0] is the subject; no empty lines before or behind */
	size_t count;
};

/* Takes out what git takes out: comment lines (when comment is not 0), everything from the scissors line on, blanks at
 * line ends, empty lines at both ends and all but one in a row. Lines are views of raw; memory from arena. POL_ENOMEM. */
enum pol_status message_clean(struct arena *arena, struct slice raw, char comment,
                              struct message *ret_message) POL_MUST_CHECK;

/* The character that begins comment lines in a message that an editor was opened for, read off git's own template block
 * (so core.commentChar, "auto" included, is honoured without reading the configuration); 0 when there is no such block
 * and every line counts, as for `git commit -m`. */
char message_comment_char(struct slice raw);

#endif
