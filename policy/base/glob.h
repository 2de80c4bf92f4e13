/* glob.h - path patterns of rules and policies.
 *
 *   *  any bytes but /        ?  one byte but /        [abc] [a-z] [!a]  one byte of a set, never /
 *   ** as a whole segment: any number of segments, none included (at the end: at least one)
 *   {a,b} is not special      \x  x itself      a [ that is not closed within its segment and 256 bytes is a [
 *
 * A pattern without / is matched against the last segment (the file name), one with / against the whole path; a
 * leading / anchors and is dropped; a trailing / stands for / and everything below. Case counts. */
#ifndef POLICY_BASE_GLOB_H
#define POLICY_BASE_GLOB_H

#include <stdbool.h>

/* path is relative, with /, no leading ./ ; time is bounded by size(pattern) * size(path). */
bool glob_match(const char *pattern, const char *path);
/* Any of a NULL-terminated list; false for NULL or an empty list. */
bool glob_match_any(const char *const *patterns, const char *path);

#endif
