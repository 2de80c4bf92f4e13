/* test_spdx.c - expressions: what is one, and which lists satisfy it. */
#include "checks/license-check/spdx.h"
#include "checks/license-check/spdx_ids.h"
#include "tests/support/rows.h"

#include <string.h>
#include <strings.h>

static const struct row {
	const char *name;
	const char *text;
	bool is_expression;
	const char *allowed; /* one licence that is allowed */
	bool satisfied;
} rows[] = {
	{ "one id", "MIT", true, "MIT", true },
	{ "case does not count", "mit", true, "MIT", true },
	{ "a part of an id is another", "MIT", true, "IT", false },
	{ "versions are not near each other", "CDDL-1.0", true, "CDDL-1.1", false },
	{ "or needs one", "(MIT OR GPL-3.0-only)", true, "MIT", true },
	{ "and needs both", "(MIT AND GPL-3.0-only)", true, "MIT", false },
	{ "and of the same", "MIT AND MIT", true, "MIT", true },
	{ "and binds before or", "MIT OR GPL-3.0-only AND GPL-2.0-only", true, "MIT", true },
	{ "parentheses bind first", "(MIT OR GPL-3.0-only) AND GPL-2.0-only", true, "MIT", false },
	{ "lower-case operators", "MIT or ISC", true, "ISC", true },
	{ "mixed-case operators", "MIT Or ISC", false, NULL, false },
	{ "a deprecated id", "GPL-2.0", true, "GPL-2.0-only", true },
	{ "a deprecated or-later", "GPL-2.0+", true, "GPL-2.0-or-later", true },
	{ "or later is not only", "GPL-2.0-or-later", true, "GPL-2.0-only", false },
	{ "with an exception", "GPL-2.0-only WITH Classpath-exception-2.0", true,
	  "GPL-2.0-only WITH Classpath-exception-2.0", true },
	{ "an exception is not ignored", "GPL-2.0-only WITH Classpath-exception-2.0", true, "GPL-2.0-only",
	  false },
	{ "a deprecated id with its exception", "GPL-2.0-with-classpath-exception", true,
	  "GPL-2.0-only WITH Classpath-exception-2.0", true },
	{ "a reference", "LicenseRef-ours", true, "LicenseRef-ours", true },
	{ "a reference into a document", "DocumentRef-spdx-2.1:LicenseRef-ours", true,
	  "documentref-SPDX-2.1:licenseref-OURS", true },
	{ "an addition of one's own", "MIT WITH AdditionRef-ours", true, "MIT WITH AdditionRef-ours", true },
	{ "an addition in a document", "MIT WITH DocumentRef-d:AdditionRef-ours", true,
	  "MIT WITH DocumentRef-d:AdditionRef-ours", true },
	{ "or later of an id without one", "Apache-2.0+", true, "Apache-2.0+", true },
	{ "or later is another licence", "Apache-2.0+", true, "Apache-2.0", false },
	{ "or later of or later", "LGPL-2.1-or-later+", true, "LGPL-2.1-or-later", true },
	{ "tabs and line ends", "\tMIT\n OR\r\nISC ", true, "ISC", true },
	{ "no blanks around parentheses", "(MIT)OR(ISC)", true, "ISC", true },
	{ "a reference without a name", "LicenseRef-", false, NULL, false },
	{ "a reference or later", "LicenseRef-ours+", false, NULL, false },
	{ "a reference in the wrong case", "licenseref-ours", false, NULL, false },
	{ "a document without a reference", "DocumentRef-d", false, NULL, false },
	{ "a document without a name", "DocumentRef-:LicenseRef-ours", false, NULL, false },
	{ "two documents", "DocumentRef-a:DocumentRef-b:LicenseRef-ours", false, NULL, false },
	{ "a document of a listed licence", "DocumentRef-d:MIT", false, NULL, false },
	{ "an addition without a name", "MIT WITH AdditionRef-", false, NULL, false },
	{ "a licence as an exception", "MIT WITH LicenseRef-ours", false, NULL, false },
	{ "an exception as a licence", "Classpath-exception-2.0", false, NULL, false },
	{ "two exceptions", "GPL-2.0-with-classpath-exception WITH GCC-exception-2.0", false, NULL, false },
	{ "with and nothing", "MIT WITH", false, NULL, false },
	{ "a blank before the plus", "Apache-2.0 +", false, NULL, false },
	{ "two pluses", "Apache-2.0++", false, NULL, false },
	{ "a plus alone", "+", false, NULL, false },
	{ "no assertion is no expression", "NOASSERTION", false, NULL, false },
	{ "none is no expression", "NONE", false, NULL, false },
	{ "a file is no expression", "SEE LICENSE IN LICENSE.md", false, NULL, false },
	{ "an unknown id", "BSD", false, NULL, false },
	{ "unlicensed is no id", "UNLICENSED", false, NULL, false },
	{ "nothing", "", false, NULL, false },
	{ "an operator alone", "AND", false, NULL, false },
	{ "an operand missing", "MIT OR", false, NULL, false },
	{ "two ids", "MIT ISC", false, NULL, false },
	{ "open", "(MIT", false, NULL, false },
	{ "closed", "MIT)", false, NULL, false },
	{ "empty parentheses", "()", false, NULL, false },
	{ "with on a group", "(MIT) WITH Classpath-exception-2.0", false, NULL, false },
	{ "a slash", "MIT/Apache-2.0", false, NULL, false },
};

static bool is_allowed(const char *license, const void *data)
{
	return strcasecmp(license, data) == 0;
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct spdx_error error = { 0 };
	struct spdx expression;
	enum pol_status status = spdx_parse(&arena, slice_of(row->text), &expression, &error);

	assert_int_equal(status, row->is_expression ? POL_OK : POL_ENOTFOUND);
	if (!row->is_expression) {
		assert_non_null(error.message);
		assert_true(error.offset <= strlen(row->text));
		return;
	}
	assert_int_equal(spdx_satisfied(&expression, is_allowed, row->allowed), row->satisfied);
}

static void test_deep_nesting_is_bounded(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct spdx_error error;
	struct spdx expression;
	char text[4096];

	(void)state;
	memset(text, '(', sizeof(text));
	assert_int_equal(spdx_parse(&arena, (struct slice){ text, sizeof(text) }, &expression, &error),
	                 POL_ENOTFOUND);
}

static void test_order_of_operands(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct spdx_error error;
	struct spdx a, b, c;

	(void)state;
	assert_int_equal(spdx_parse(&arena, SLICE("MIT OR Apache-2.0"), &a, &error), POL_OK);
	assert_int_equal(spdx_parse(&arena, SLICE("(Apache-2.0 OR MIT)"), &b, &error), POL_OK);
	assert_int_equal(spdx_parse(&arena, SLICE("MIT AND Apache-2.0"), &c, &error), POL_OK);
	assert_true(spdx_equal(&a, &b));
	assert_false(spdx_equal(&a, &c));
}

static void test_tables_are_sorted(void **state)
{
	(void)state;
	assert_true(spdx_ids_are_sorted());
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(test_deep_nesting_is_bounded),
		                             cmocka_unit_test(test_order_of_operands),
		                             cmocka_unit_test(test_tables_are_sorted) };

	return ROWS_RUN("spdx", rows, check) + cmocka_run_group_tests_name("spdx whole", others, NULL, NULL);
}
