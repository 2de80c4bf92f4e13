/* walk.h - the regular files below a folder of the file system. */
#ifndef POLICY_SOURCE_WALK_H
#define POLICY_SOURCE_WALK_H

#include "policy/base/error.h"

typedef enum pol_status (*walk_visit)(const char *path, void *data, struct pol_error *err);

/* Visits prefix/… for each regular file below the folder at path (its real place), in no order. Symbolic links are not
 * followed and folders called .git not entered; a folder that cannot be read is POL_EIO, one nested deeper than 128
 * levels POL_ELIMIT. An empty prefix gives paths without a leading /. */
enum pol_status walk_folder(const char *path, const char *prefix, walk_visit visit, void *data,
                            struct pol_error *err) POL_MUST_CHECK;

#endif
