/* previous.h - finds the hook that git would run if Warrant were not there.
 *
 *     NAME.local    beside our hook: a hook of the user's own
 *     previous      beside our hook: a file with the folder that core.hooksPath named before, as install.sh wrote it. A
 *                   relative one is taken from where git starts hooks, as git takes it; "$GIT_COMMON_DIR/hooks" stands for
 *                   each repository's own folder. */
#ifndef HOOKS_PREVIOUS_H
#define HOOKS_PREVIOUS_H

#include "policy/base/buf.h"

/* The path of the earlier hook for the one started as hook (argv[0]) into *ret_path; false when there is none that can be
 * executed: git, too, takes such a hook for one that is switched off. */
bool previous_find(const char *hook, struct buf *ret_path);

#endif
