/* encoding.h - messages that are not recorded in UTF-8, so that their characters can be counted. */
#ifndef CHECKS_COMMIT_MESSAGE_ENCODING_H
#define CHECKS_COMMIT_MESSAGE_ENCODING_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

/* text as UTF-8. name is what a commit's `encoding` header or i18n.commitEncoding says; an encoding that is not known here,
 * and text that does not hold to it, are left as they are. *ret_text is text itself, or lives in arena. POL_ENOMEM. */
enum pol_status encoding_to_utf8(struct arena *arena, struct slice text, struct slice name,
                                 struct slice *ret_text) POL_MUST_CHECK;

#endif
