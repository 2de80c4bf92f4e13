/* limits.h - how much of a push a server looks at. Whoever can push can send anything: past one of these the push is refused as
 * one that could not be judged (exit status 2), with the way on. Each can be set in the server's git configuration. */
#ifndef CHECKS_PUSH_LIMITS_H
#define CHECKS_PUSH_LIMITS_H

#include "policy/source/repo.h"

#include <stdint.h>

/* 0 = no limit */
struct push_limits {
	uint64_t refs;    /* of one push */
	uint64_t commits; /* new ones, for each ref */
	uint64_t changes; /* files that a ref, or with judge: every-commit its commits, change */
	uint64_t bytes;   /* of content that is judged, for all refs together */
	uint64_t file;    /* bytes of one file that is read at all, be it only to see that it is binary */
	uint64_t seconds; /* by the clock, for the whole push */
};

/* What pre-receive works with: the table's values, or what warrant.maxRefs and the like in the repository's configuration say
 * (a number, k, m or g after it if wanted; 0 = no limit). POL_ECONFIG for a value that is no such number. */
enum pol_status push_limits_read(struct repo *repo, struct push_limits *ret_limits,
                                 struct pol_error *err) POL_MUST_CHECK;

#endif
