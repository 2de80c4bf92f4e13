/* spdx_ids.h - the SPDX licence list. */
#ifndef CHECKS_LICENSE_SPDX_IDS_H
#define CHECKS_LICENSE_SPDX_IDS_H

#include <stdbool.h>

/* The id, or exception, in the list's spelling; NULL when the list has none of that name. Case does not count. */
const char *spdx_id(const char *name);
const char *spdx_exception(const char *name);

/* What a deprecated id stands for today, itself when it is not deprecated; *ret_exception becomes the exception that
 * belongs to it ("GPL-2.0-with-GCC-exception"), or NULL. */
const char *spdx_renamed(const char *id, const char **ret_exception);

/* For the tests: the look-up needs both tables in order. */
bool spdx_ids_are_sorted(void);

#endif
