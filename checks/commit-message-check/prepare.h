/* prepare.h - writes the trailers that name a commit's exceptions into its message, so that nobody has to. */
#ifndef CHECKS_COMMIT_MESSAGE_PREPARE_H
#define CHECKS_COMMIT_MESSAGE_PREPARE_H

#include "policy/base/error.h"

/* When the staged policy asks for them (message: exceptions), adds to the message file at path the trailers
 * "Exception: RULE PATH" that name what is staged and that the message lacks: at the end of its trailers, or as a paragraph of their
 * own, above git's comments. A message without text gets them below an empty subject when somebody is going to edit it. Everything
 * else in the file stays as it is, byte for byte; it is replaced as a whole or not at all. Nothing is written for merges. Works in the top folder of the work tree, where git starts hooks. POL_EIO, POL_EGIT,
 * POL_ECONFIG, POL_ENOMEM: the file is as it was. */
enum pol_status prepare_message(const char *path, struct pol_error *err) POL_MUST_CHECK;

#endif
