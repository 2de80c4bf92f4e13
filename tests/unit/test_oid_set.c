/* test_oid_set.c - a set of object ids. */
#include "policy/source/oid_set.h"
#include "tests/support/rows.h"

#include <string.h>

/* An id whose last bytes count: the first ones, which say where it goes, are the same for all, or not. */
static struct oid id_of(uint32_t number, bool same_place)
{
	struct oid oid = { .size = 20 };

	memcpy(oid.bytes + (same_place ? 16 : 0), &number, sizeof(number));
	oid.bytes[12] = 1;
	return oid;
}

static const struct row {
	const char *name;
	uint32_t count;
	bool same_place;
	size_t limit;
} rows[] = {
	{ "none", 0, false, 0 },           { "one", 1, false, 0 },
	{ "many", 5000, false, 0 },        { "many at one place", 500, true, 0 },
	{ "over the limit", 8, false, 7 },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(oid_set) struct oid_set set = { .limit = row->limit };
	const uint32_t fit = row->limit > 0 ? (uint32_t)row->limit : row->count;
	struct pol_error err = { 0 };
	bool added;

	for (uint32_t round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < fit; i++) {
			const struct oid oid = id_of(i, row->same_place);

			assert_int_equal(oid_set_has(&set, &oid), round == 1);
			assert_int_equal(oid_set_add(&set, &oid, &added, &err), POL_OK);
			assert_int_equal(added, round == 0);
		}
	}
	assert_int_equal(set.count, fit);
	for (uint32_t i = fit; i < row->count; i++) {
		const struct oid oid = id_of(i, row->same_place);

		assert_int_equal(oid_set_add(&set, &oid, &added, &err), POL_ELIMIT);
		assert_false(oid_set_has(&set, &oid));
	}
}

int main(void)
{
	return ROWS_RUN("oid_set", rows, check);
}
