/* test_buf.c - the growing buffer and its sticky failure; and errors, which every function fills the same way. */
#include "policy/base/buf.h"

#include "tests/support/rows.h"

#include <string.h>

static void nothing_added_is_no_data(void **state)
{
	CLEANUP(buf) struct buf buf = { 0 };

	(void)state;
	assert_null(buf.data);
	assert_int_equal(buf.size, 0);
	buf_clear(&buf);
	assert_false(buf_failed(&buf));
}

static void additions_line_up(void **state)
{
	CLEANUP(buf) struct buf buf = { 0 };

	(void)state;
	buf_add(&buf, "a\0b", 3);
	buf_add(&buf, NULL, 0);
	buf_add_string(&buf, "cd");
	buf_add_char(&buf, 'e');
	buf_printf(&buf, "%03d%s", 7, "");
	assert_false(buf_failed(&buf));
	assert_int_equal(buf.size, 9);
	assert_memory_equal(buf.data, "a\0bcde007", 10);
}

static void grows_to_any_size(void **state)
{
	CLEANUP(buf) struct buf buf = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_add_char(&buf, (char)('a' + i % 26));
	assert_false(buf_failed(&buf));
	assert_int_equal(strlen(buf.data), 100000);
	assert_int_equal(buf.data[99999], 'a' + 99999 % 26);
}

static void limit_makes_it_fail_for_good(void **state)
{
	CLEANUP(buf) struct buf buf = { .limit = 4 };

	(void)state;
	buf_add_string(&buf, "abcd");
	assert_false(buf_failed(&buf));
	buf_add_char(&buf, 'e');
	assert_true(buf_failed(&buf));
	assert_string_equal(buf.data, "abcd");
	buf_add(&buf, "", 0);
	assert_true(buf_failed(&buf));
	buf_clear(&buf);
	assert_false(buf_failed(&buf));
	assert_string_equal(buf.data, "");
	buf_printf(&buf, "%s", "abcde");
	assert_true(buf_failed(&buf));
	buf_free(&buf);
	assert_int_equal(buf.limit, 4);
	buf_add_string(&buf, "wxyz");
	assert_string_equal(buf.data, "wxyz");
}

static void sizes_that_overflow_fail(void **state)
{
	CLEANUP(buf) struct buf buf = { 0 };

	(void)state;
	buf_add_string(&buf, "ab");
	assert_null(buf_reserve(&buf, SIZE_MAX - 1));
	assert_true(buf_failed(&buf));
	assert_string_equal(buf.data, "ab");
}

static void reserved_room_can_be_filled(void **state)
{
	CLEANUP(buf) struct buf buf = { 0 };
	char *room = buf_reserve(&buf, 1000);

	(void)state;
	assert_non_null(room);
	memset(room, 'x', 1000);
	buf.size = 1000;
	buf_add_char(&buf, 'y');
	assert_int_equal(buf.size, 1001);
	assert_int_equal(strspn(buf.data, "x"), 1000);
}

static void error_is_filled_and_cut(void **state)
{
	struct pol_error err;
	char path[400];

	(void)state;
	memset(path, 'p', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(pol_fail(&err, POL_EGIT, path, 7, "%s is %d", "this", 1), POL_EGIT);
	assert_int_equal(err.status, POL_EGIT);
	assert_int_equal(err.line, 7);
	assert_int_equal(strlen(err.path), sizeof(err.path) - 1);
	assert_string_equal(err.message, "this is 1");
	assert_int_equal(pol_fail(&err, POL_EIO, NULL, 0, "%s%s", path, path), POL_EIO);
	assert_string_equal(err.path, "");
	assert_int_equal(strlen(err.message), sizeof(err.message) - 1);
	assert_int_equal(pol_fail(NULL, POL_ELIMIT, "x", 1, "nobody reads this"), POL_ELIMIT);
	assert_int_equal(pol_fail_memory(&err), POL_ENOMEM);
	assert_string_equal(err.message, "out of memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_added_is_no_data), cmocka_unit_test(additions_line_up),
		cmocka_unit_test(grows_to_any_size),        cmocka_unit_test(limit_makes_it_fail_for_good),
		cmocka_unit_test(sizes_that_overflow_fail), cmocka_unit_test(reserved_room_can_be_filled),
		cmocka_unit_test(error_is_filled_and_cut),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
