/* test_distance.c - how much two names look alike. */
#include "policy/base/distance.h"
#include "tests/support/rows.h"

#define SIXTY_FOUR "0123456789012345678901234567890123456789012345678901234567890123"

static const struct row {
	const char *name, *a, *b;
	size_t distance;
} rows[] = {
	{ "same", "tls-off", "tls-off", 0 },
	{ "another case", "TLS01", "tls01", 0 },
	{ "one letter more", "tls-of", "tls-off", 1 },
	{ "one letter less", "ttls-off", "tls-off", 1 },
	{ "another letter", "tls-ogf", "tls-off", 1 },
	{ "neighbours swapped", "tsl-off", "tls-off", 1 },
	{ "swapped in another case", "TSL-off", "tls-off", 1 },
	{ "nothing in common", "abc", "xyz", 3 },
	{ "to nothing", "abc", "", 3 },
	{ "nothing at all", "", "", 0 },
	{ "as long as can be", SIXTY_FOUR, SIXTY_FOUR, 0 },
	{ "too long", SIXTY_FOUR "x", SIXTY_FOUR, SIZE_MAX },
};

static void check(void **state)
{
	const struct row *row = *state;

	assert_int_equal(text_distance(slice_of(row->a), slice_of(row->b)), row->distance);
	assert_int_equal(text_distance(slice_of(row->b), slice_of(row->a)), row->distance);
}

int main(void)
{
	return ROWS_RUN("distance", rows, check);
}
