/* encoding.h - messages that are not recorded in UTF-8, so that their characters can be counted and their ASCII be read.
 *
 * No library converts here: the C library's iconv loads a module for each encoding, which a hook without shared libraries cannot
 * rely on, and whose name would come from a commit, that is from anybody. What a message is judged by needs no more than where
 * each character begins. */
#ifndef CHECKS_COMMIT_MESSAGE_ENCODING_H
#define CHECKS_COMMIT_MESSAGE_ENCODING_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

/* text as UTF-8. name is what a commit's `encoding` header or i18n.commitEncoding says. Latin-1 is converted; of other known
 * encodings each character beyond ASCII comes out as U+FFFD. Text in an encoding that is not known is left as it is. *ret_text is
 * text itself, or lives in arena. POL_ENOMEM. */
enum pol_status encoding_to_utf8(struct arena *arena, struct slice text, struct slice name,
                                 struct slice *ret_text) POL_MUST_CHECK;

#endif
