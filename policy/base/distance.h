/* distance.h - how much two names look alike, to suggest the one that was meant. */
#ifndef POLICY_BASE_DISTANCE_H
#define POLICY_BASE_DISTANCE_H

#include "policy/base/text.h"

enum { DISTANCE_MAX_TEXT = 64 }; /* bytes of a text that is compared */

/* How many single-byte edits (or swaps of neighbours) make a from b, without case; SIZE_MAX when one of them is longer
 * than DISTANCE_MAX_TEXT. */
size_t text_distance(struct slice a, struct slice b);

/* The largest distance at which a name of size bytes may have been meant. */
size_t text_distance_limit(size_t size);

#endif
