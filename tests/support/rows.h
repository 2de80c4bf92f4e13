/* rows.h - one named cmocka test per row of a table.
 *
 *     static const struct row { const char *name; … } rows[] = { … };
 *     static void check(void **state) { const struct row *row = *state; … }
 *     int main(void) { return ROWS_RUN("date", rows, check); }
 */
#ifndef TESTS_SUPPORT_ROWS_H
#define TESTS_SUPPORT_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Runs test once per row (its first member is its name), the row as initial state; returns the number of failures. */
static inline int rows_run(const char *group, const void *rows, size_t count, size_t size,
                           CMUnitTestFunction test)
{
	struct CMUnitTest *tests = calloc(count, sizeof(*tests));
	int failed;

	if (!tests)
		return 1;
	for (size_t i = 0; i < count; i++) {
		const char *row = (const char *)rows + i * size;

		tests[i] = (struct CMUnitTest){ .name = *(const char *const *)(const void *)row,
			                        .test_func = test,
			                        .initial_state = (void *)(uintptr_t)row };
	}
	failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
	free(tests);
	return failed;
}

#define ROWS_RUN(group, rows, test)                                                                          \
	rows_run(group, rows, sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]), test)

#endif
