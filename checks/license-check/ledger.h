/* ledger.h - the dependencies that somebody has approved, one a line:
 *
 *     Name,License[,reason,until,owner]
 *
 * CSV (csv.h), a header line, # comments. The licence is the one that was approved: an SPDX expression, or whatever text the
 * package states. */
#ifndef CHECKS_LICENSE_LEDGER_H
#define CHECKS_LICENSE_LEDGER_H

#include "policy/base/arena.h"
#include "policy/base/date.h"
#include "policy/base/text.h"

struct ledger_line {
	const char *name, *license;
	const char *reason, *owner; /* "" = not given */
	const char *until_text;
	int32_t until; /* the last day covered, DATE_NONE = for good */
	uint32_t line;
	bool used;
};

struct ledger {
	struct ledger_line *lines; /* sorted by name */
	size_t count, capacity;
};

/* POL_ECONFIG at path:line for what is no CSV, a record without name or licence, a name that stands twice, a last day that is
 * no date, or an unknown column. */
enum pol_status ledger_read(struct arena *arena, struct slice text, const char *path,
                            struct ledger *ret_ledger, struct pol_error *err) POL_MUST_CHECK;
struct ledger_line *ledger_find(const struct ledger *ledger, const char *name); /* NULL = not approved */

#endif
