/* glob_list.h - many globs (glob.h), made ready to be asked about many paths. The usual forms ("*.min.js", "go.sum",
 * or a folder between two **) are looked up, not tried one by one. As in a .gitignore the last glob that matches decides, and one
 * with ! in front takes back. */
#ifndef POLICY_BASE_GLOB_LIST_H
#define POLICY_BASE_GLOB_LIST_H

#include "policy/base/arena.h"

struct glob_list;

/* globs (ends with NULL; NULL = none) must live as long as the arena. NULL when out of memory. */
struct glob_list *glob_list_build(struct arena *arena, const char *const *globs) POL_MUST_CHECK;
/* path is relative, with / between its parts. */
bool glob_list_has(const struct glob_list *list, const char *path);

#endif
