/* commit.h - a commit object, taken apart (gitformat-commit: headers, an empty line, the message). */
#ifndef CHECKS_COMMIT_MESSAGE_COMMIT_H
#define CHECKS_COMMIT_MESSAGE_COMMIT_H

#include "checks/commit-message-check/identity.h"
#include "policy/base/arena.h"
#include "policy/source/repo.h"

struct commit {
	struct oid *parents;
	size_t parent_count;
	struct identity author, committer;
	struct slice message;
};

/* Reads the text of a commit object; where its `encoding` header says so, names and message are converted to UTF-8. What a
 * broken header holds is left empty. Memory from arena, or views of text. POL_ENOMEM. */
enum pol_status commit_parse(struct arena *arena, struct slice text,
                             struct commit *ret_commit) POL_MUST_CHECK;

#endif
