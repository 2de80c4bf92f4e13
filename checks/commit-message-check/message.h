/* message.h - a commit message as git will record it, or has recorded it. */
#ifndef CHECKS_COMMIT_MESSAGE_MESSAGE_H
#define CHECKS_COMMIT_MESSAGE_MESSAGE_H

#include "checks/commit-message-check/form.h"
#include "policy/base/arena.h"

/* One line of the cleaned message, with the number it has in the file. */
struct message_line {
	struct slice text;
	uint32_t number;
};

struct message {
	struct message_line *lines; /* lines[0] is the subject; no empty lines before or behind */
	size_t count;
};

/* Takes out what git takes out: comment lines and everything from the scissors line on, as form says, blanks at line ends,
 * empty lines at both ends and all but one in a row; and a byte order mark, which git keeps and nobody sees. Text behind a
 * NUL is left out: git shows it to nobody. (With cleanup=verbatim git keeps blanks; they are no matter of a rule.) A recorded
 * message is cleaned with a form of zeros. Lines are views of raw; memory from arena. POL_ENOMEM. */
enum pol_status message_clean(struct arena *arena, struct slice raw, struct message_form form,
                              struct message *ret_message) POL_MUST_CHECK;

#endif
