/* fuzz_license.c - licence expressions and ledgers: an expression is satisfied when everything is allowed, and never when
 * nothing is; a ledger finds each name that it holds. */
#include "checks/license-check/ledger.h"
#include "checks/license-check/spdx.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool answer(const char *license, const void *data)
{
	(void)license;
	return *(const bool *)data;
}

static void check_expression(struct arena *arena, struct slice text)
{
	const bool yes = true, no = false;
	struct spdx_error error = { 0 };
	struct spdx expression;

	if (spdx_parse(arena, text, &expression, &error) < 0) {
		if (!error.message || error.offset > text.size)
			abort();
		return;
	}
	if (!spdx_satisfied(&expression, answer, &yes) || spdx_satisfied(&expression, answer, &no) ||
	    !spdx_equal(&expression, &expression))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { size > 0 ? (const char *)data : "", size };
	struct pol_error err = { 0 };
	struct ledger ledger;

	check_expression(&arena, text);
	if (ledger_read(&arena, text, "ledger", &ledger, &err) < 0)
		return 0;
	for (size_t i = 0; i < ledger.count; i++) {
		if (ledger_find(&ledger, ledger.lines[i].name) != &ledger.lines[i])
			abort();
	}
	return 0;
}
