/* test_arena.c - allocations, limits, failure on demand, adoption. */
#include "policy/base/arena.h"

#include "tests/support/rows.h"

#include <stdalign.h>
#include <string.h>

static void memory_is_zeroed_and_aligned(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };

	(void)state;
	for (size_t size = 1; size < 100; size++) {
		unsigned char *data = arena_alloc(&arena, 3, size);

		assert_non_null(data);
		assert_int_equal((uintptr_t)data % alignof(max_align_t), 0);
		for (size_t i = 0; i < 3 * size; i++)
			assert_int_equal(data[i], 0);
		memset(data, 0xff, 3 * size);
	}
}

static void blocks_do_not_overlap(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	unsigned char *parts[200];

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		parts[i] = arena_alloc(&arena, i * 37 + 1, 1);
		assert_non_null(parts[i]);
		memset(parts[i], (int)i, i * 37 + 1);
	}
	for (size_t i = 0; i < 200; i++)
		for (size_t j = 0; j < i * 37 + 1; j++)
			assert_int_equal(parts[i][j], i);
}

static void nothing_is_still_an_address(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	void *a = arena_alloc(&arena, 0, 8);
	void *b = arena_alloc(&arena, 8, 0);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_ptr_not_equal(a, b);
}

static void sizes_that_overflow_fail(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };

	(void)state;
	assert_null(arena_alloc(&arena, SIZE_MAX, 2));
	assert_null(arena_alloc(&arena, SIZE_MAX / 2, 3));
	assert_null(arena_alloc(&arena, SIZE_MAX / 16 + 2, 16));
	assert_null(arena_copy(&arena, "", SIZE_MAX));
	assert_int_equal(arena.used, 0);
}

static void limit_is_kept(void **state)
{
	CLEANUP(arena) struct arena arena;

	(void)state;
	arena_init(&arena, 1000);
	assert_null(arena_alloc(&arena, 1, 1001));
	assert_non_null(arena_alloc(&arena, 1, 600));
	assert_null(arena_alloc(&arena, 1, 600));
	assert_non_null(arena_alloc(&arena, 1, 300));
	assert_true(arena.used <= 1000);
	arena_free(&arena);
	assert_int_equal(arena.used, 0);
	assert_non_null(arena_alloc(&arena, 1, 900)); /* usable again, with the same limit */
	assert_null(arena_alloc(&arena, 1, 900));
}

static void fails_on_demand(void **state)
{
	CLEANUP(arena) struct arena arena = { .fail_at = 3 };

	(void)state;
	assert_non_null(arena_alloc(&arena, 1, 8));
	assert_non_null(arena_string(&arena, "x"));
	assert_null(arena_alloc(&arena, 1, 8));
	assert_non_null(arena_alloc(&arena, 1, 8));
}

static void adopted_memory_stays(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(arena) struct arena other = { 0 };
	char *ours = arena_string(&arena, "ours");
	char *theirs = arena_string(&other, "theirs");
	size_t used = arena.used + other.used;

	(void)state;
	arena_adopt(&arena, &other);
	arena_free(&other);
	assert_int_equal(arena.used, used);
	assert_int_equal(other.used, 0);
	assert_string_equal(ours, "ours");
	assert_string_equal(theirs, "theirs");
	assert_non_null(arena_alloc(&arena, 1, 50000));
	arena_adopt(&arena, &other); /* nothing to take */
	assert_string_equal(theirs, "theirs");
}

static void copies_keep_nul_bytes(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	char *copy = arena_copy(&arena, "a\0b", 3);

	(void)state;
	assert_non_null(copy);
	assert_memory_equal(copy, "a\0b", 4);
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "%s-%d", "rule", 7), "rule-7");
}

static void arrays_grow(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	size_t *numbers = NULL;
	size_t capacity = 0;

	(void)state;
	for (size_t count = 0; count < 1000; count++) {
		numbers = arena_grow(&arena, numbers, count, &capacity, sizeof(*numbers));
		assert_non_null(numbers);
		assert_true(capacity > count);
		numbers[count] = count;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i);
}

static void growing_fails_like_any_allocation(void **state)
{
	CLEANUP(arena) struct arena arena = { .fail_at = 2 };
	int *numbers = NULL;
	size_t capacity = 0;

	(void)state;
	numbers = arena_grow(&arena, numbers, 0, &capacity, sizeof(*numbers));
	assert_non_null(numbers);
	assert_ptr_equal(arena_grow(&arena, numbers, 1, &capacity, sizeof(*numbers)), numbers);
	assert_null(arena_grow(&arena, numbers, capacity, &capacity, sizeof(*numbers)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(blocks_do_not_overlap),
		cmocka_unit_test(nothing_is_still_an_address),
		cmocka_unit_test(sizes_that_overflow_fail),
		cmocka_unit_test(limit_is_kept),
		cmocka_unit_test(fails_on_demand),
		cmocka_unit_test(adopted_memory_stays),
		cmocka_unit_test(copies_keep_nul_bytes),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(growing_fails_like_any_allocation),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
