/* staged_file.h - one small file of the index, read without opening the repository: a commit-msg hook that wants nothing
 * but the staged policy would spend more on opening than on all else. */
#ifndef POLICY_SOURCE_STAGED_FILE_H
#define POLICY_SOURCE_STAGED_FILE_H

#include "policy/base/buf.h"
#include "policy/base/error.h"

/* The staged content of path, relative to the top of the work tree, which must be the current folder, as it is in hooks.
 * POL_ENOTFOUND: the index holds no such file. POL_EGIT: only the repository can tell (path was staged but the work tree
 * holds another version, or a moment ago; a linked work tree; an index or a repository of an uncommon form). */
enum pol_status staged_file_read(const char *path, struct buf *text, struct pol_error *err) POL_MUST_CHECK;

#endif
