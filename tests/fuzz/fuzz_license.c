/* fuzz_license.c - licence expressions, ledgers, and files that name dependencies: an expression is satisfied when everything
 * is allowed, and never when nothing is; a ledger finds each name that it holds; a dependency has a name, a chain, and a
 * place on one line of its file. */
#include "checks/license-check/dependency.h"
#include "checks/license-check/ledger.h"
#include "checks/license-check/spdx.h"

#include <stdlib.h>

enum { MAX_LOOKED_AT = 100 }; /* dependencies: finding a place anew takes time */

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

static void check_ledger(struct arena *arena, struct slice text)
{
	struct ledger ledger;

	if (ledger_read(arena, text, "ledger", &ledger, NULL) < 0)
		return;
	for (size_t i = 0; i < ledger.count; i++) {
		if (ledger_find(&ledger, ledger.lines[i].name) != &ledger.lines[i])
			abort();
	}
}

static void check_dependency(struct arena *arena, const struct dependencies *set, size_t index)
{
	const struct dependency *item = &set->items[index];
	uint32_t line, column;

	if (!item->name || !dependencies_chain(arena, set, index))
		abort();
	if (item->offset > set->text.size || item->size > set->text.size - item->offset)
		abort();
	text_position(set->text, item->offset, &line, &column);
	if (item->line != line || item->offset - item->line_start != column - 1 ||
	    slice_find_char(slice_sub(set->text, item->offset, item->size), '\n') != SIZE_MAX)
		abort();
}

static void check_dependencies(struct arena *arena, struct slice text, dependencies_reader read)
{
	struct dependencies set = { .path = "file", .text = text };
	struct pol_error err = { 0 };

	if (read(arena, &set, &err) < 0) {
		if (err.status == POL_OK || !*err.message)
			abort();
		return;
	}
	for (size_t i = 0; i < set.count && i < MAX_LOOKED_AT; i++)
		check_dependency(arena, &set, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { size > 0 ? (const char *)data : "", size }, license;

	check_expression(&arena, text);
	check_ledger(&arena, text);
	check_dependencies(&arena, text, dependencies_read_npm);
	check_dependencies(&arena, text, dependencies_read_csv);
	license = dependencies_debian_license(text);
	if (license.size > 0 &&
	    (license.data < text.data || license.data + license.size > text.data + text.size))
		abort();
	return 0;
}
