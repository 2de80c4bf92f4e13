/* form.h - how git will clean a message: which lines of the file are comments, and whether they go.
 *
 * A hook is not told. What decides it is whether an editor was opened (GIT_EDITOR is ":" when not), commit.cleanup,
 * core.commentString and core.commentChar; and of these the text itself shows much: git's template names the sign that
 * begins comments, which makes core.commentChar=auto and `git -c core.commentChar=…` readable. --cleanup shows nowhere.
 * As git 2.39 does it in builtin/commit.c (prepare_to_commit, get_cleanup_mode) and wt-status.c. */
#ifndef CHECKS_COMMIT_MESSAGE_FORM_H
#define CHECKS_COMMIT_MESSAGE_FORM_H

#include "policy/base/text.h"

struct message_form {
	struct slice
		mark; /* what comment lines begin with; empty: no line is one, and none ends the message */
	bool keeps_comments; /* only what stands from the scissors on is cut off */
};

/* What is known about how the message came about. */
struct message_origin {
	const char *editor;  /* GIT_EDITOR, NULL = not set */
	bool in_hook;        /* git itself started us */
	const char *cleanup; /* commit.cleanup, NULL = not set or not known */
	const char *mark;    /* core.commentString, or else core.commentChar; NULL = not set or not known */
};

/* Whether cleanup and mark of origin, which take reading git's configuration, can make a difference for the text. */
bool form_needs_settings(struct slice raw, const struct message_origin *origin);

/* How git will clean raw. The mark is a view of raw or of origin's texts. */
struct message_form form_of(struct slice raw, const struct message_origin *origin);

/* Whether line is where a message ends: git's scissors behind mark. */
bool form_is_scissors(struct slice line, struct slice mark);

#endif
