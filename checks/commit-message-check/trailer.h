/* trailer.h - the trailers of a message ("Signed-off-by: …"), as `git interpret-trailers --parse --unfold --no-divider` and
 * `git log --format='%(trailers:only,unfold)'` see them (git 2.39, trailer.c). In short: the last paragraph, if it is not the
 * first; all of its lines are trailers, or a quarter are and one of them is git's own. "---" ends no message here: what git
 * records is no patch. Keys that trailer.*.key configures are not looked at, so that a message is judged alike everywhere. */
#ifndef CHECKS_COMMIT_MESSAGE_TRAILER_H
#define CHECKS_COMMIT_MESSAGE_TRAILER_H

#include "checks/commit-message-check/message.h"

struct trailer {
	struct slice key;   /* as written */
	struct slice value; /* its further lines joined by blanks */
	size_t line;        /* position in message->lines */
};

struct trailers {
	struct trailer *items;
	size_t count;
	size_t start, end; /* the block's lines; where there is none, both are where one could begin */
};

/* The trailers of message. mark begins comments, which git looks for in recorded messages too. Memory from arena; keys and
 * most values are views of the message. POL_ENOMEM. */
enum pol_status trailers_parse(struct arena *arena, const struct message *message, struct slice mark,
                               struct trailers *ret_trailers) POL_MUST_CHECK;

/* The next trailer with that key, in any case, from position *next on, which moves behind it; NULL at the end. */
const struct trailer *trailers_next(const struct trailers *trailers, const char *key, size_t *next);

#endif
