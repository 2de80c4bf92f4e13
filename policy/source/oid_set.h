/* oid_set.h - a set of object ids, so that what is named a thousand times is looked at once. */
#ifndef POLICY_SOURCE_OID_SET_H
#define POLICY_SOURCE_OID_SET_H

#include "policy/source/repo.h"

/* Initialise with { 0 }, or { .limit = IDS }. */
struct oid_set {
	struct oid *slots; /* open addressing, at most half of them taken; size 0 = free */
	size_t count, capacity;
	size_t limit; /* count may not exceed it; 0 = no limit */
};

void oid_set_free(struct oid_set *set); /* the set can be used again with the same limit */
CLEANUP_DEFINE_STACK(struct oid_set, oid_set, oid_set_free)

/* Adds an id (not one of size 0); *ret_added (may be NULL) tells whether it was new. POL_ENOMEM, POL_ELIMIT. */
enum pol_status oid_set_add(struct oid_set *set, const struct oid *oid, bool *ret_added,
                            struct pol_error *err) POL_MUST_CHECK;
bool oid_set_has(const struct oid_set *set, const struct oid *oid);

#endif
