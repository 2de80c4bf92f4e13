/* identity.h - who wrote or recorded a commit. */
#ifndef CHECKS_COMMIT_MESSAGE_IDENTITY_H
#define CHECKS_COMMIT_MESSAGE_IDENTITY_H

#include "policy/base/text.h"

struct identity {
	struct slice name, mail; /* views; both empty = not known */
};

/* Reads "Name <mail>", with or without a time behind it, as headers of commits and trailers have it. False when there is no
 * mail in angle brackets. */
bool identity_parse(struct slice text, struct identity *ret_identity);

bool identity_is_known(const struct identity *identity);

/* The same name, and the same mail but for case. */
bool identity_equal(const struct identity *a, const struct identity *b);

#endif
