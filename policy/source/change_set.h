/* change_set.h - which changes of files are known already, so that each is judged once however many commits make it. Part
 * of source_history.c. */
#ifndef POLICY_SOURCE_CHANGE_SET_H
#define POLICY_SOURCE_CHANGE_SET_H

#include "policy/source/source.h"

/* Positions of files in a growing list, found by what the files are. Initialise with { 0 }. */
struct change_set {
	uint32_t *slots; /* position + 1; 0 = free; at most half of them taken */
	size_t count, capacity;
};

void change_set_free(struct change_set *set);
CLEANUP_DEFINE_STACK(struct change_set, change_set, change_set_free)

/* Adds files[position]; *ret_first is where the same change (path, content before and after) stands: position itself when
 * it is new. POL_ENOMEM. */
enum pol_status change_set_add(struct change_set *set, const struct source_file *files, size_t position,
                               size_t *ret_first, struct pol_error *err) POL_MUST_CHECK;

#endif
