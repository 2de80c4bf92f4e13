/* spdx.h - SPDX licence expressions (SPDX 3.0.1, annex B): ids, "+", WITH, AND, OR, parentheses. Read strictly, made
 * canonical, and held against lists of licences without ever being expanded: the cost is linear in the text. */
#ifndef CHECKS_LICENSE_SPDX_H
#define CHECKS_LICENSE_SPDX_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

enum spdx_kind { SPDX_LICENSE, SPDX_AND, SPDX_OR };

/* One step of an expression in postfix order: a licence, or an operator over the two results before it. */
struct spdx_step {
	enum spdx_kind kind;
	const char *
		license; /* canonical: "GPL-2.0-only WITH Classpath-exception-2.0", "Apache-2.0+", "LicenseRef-x" */
};

struct spdx {
	struct spdx_step *steps;
	size_t count; /* at least 1 */
};

/* Why a text is no expression. */
struct spdx_error {
	size_t offset;       /* bytes into the text */
	const char *message; /* constant */
};

/* POL_OK, POL_ENOMEM, or POL_ENOTFOUND when text is no SPDX expression (then *error is filled). Deprecated ids are taken
 * for what they stand for today. Memory from arena. */
enum pol_status spdx_parse(struct arena *arena, struct slice text, struct spdx *ret_expression,
                           struct spdx_error *error) POL_MUST_CHECK;

/* Whether an expression can be satisfied with licences for which allowed() is true: OR needs one side, AND both. */
bool spdx_satisfied(const struct spdx *expression, bool (*allowed)(const char *license, const void *data),
                    const void *data);

/* Whether two expressions name the same licences joined in the same way. The order of operands does not count where all
 * operators are the same. */
bool spdx_equal(const struct spdx *a, const struct spdx *b);

#endif
