/* draft.h - a message that may become a commit: what git tells a commit-msg hook about it, in the environment and by the files
 * beside the message. */
#ifndef CHECKS_COMMIT_MESSAGE_DRAFT_H
#define CHECKS_COMMIT_MESSAGE_DRAFT_H

#include "checks/commit-message-check/form.h"
#include "checks/commit-message-check/identity.h"
#include "checks/commit-message-check/settings.h"

struct draft {
	struct slice text; /* as it is in the file, or converted to UTF-8 as i18n.commitEncoding says */
	struct message_form form;
	bool in_hook;  /* git started us: what is staged is what the message is for */
	bool is_merge; /* MERGE_HEAD lies beside the file */
};

/* What is known of the message raw in the file at path, which is relative to the top of settings' source. Reads the configuration
 * when the text makes it necessary. Memory from arena, or views of raw. POL_EGIT, POL_ENOMEM. */
enum pol_status draft_read(struct settings *settings, struct arena *arena, const char *path, struct slice raw,
                           struct draft *ret_draft, struct pol_error *err) POL_MUST_CHECK;

/* Who will be author and committer: the environment's (git commit exports the author), for git am that of the patch, else the
 * configured ones. Left empty where git itself would guess. POL_EGIT, POL_ENOMEM. */
enum pol_status draft_people(struct settings *settings, struct arena *arena, const char *path,
                             struct identity *ret_author, struct identity *ret_committer,
                             struct pol_error *err) POL_MUST_CHECK;

#endif
