/* distance.c - the edit distance of two short texts, in three rows of memory. */
#include "policy/base/distance.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_at(struct slice a, size_t i, struct slice b, size_t j)
{
	return lower(a.data[i]) == lower(b.data[j]);
}

size_t text_distance(struct slice a, struct slice b)
{
	size_t rows[3][DISTANCE_MAX_TEXT +
	               1]; /* the row before the last, the last, the one being filled, in turn */

	if (a.size > DISTANCE_MAX_TEXT || b.size > DISTANCE_MAX_TEXT)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.size; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		const size_t *above = rows[(i - 1) % 3];
		size_t *row = rows[i % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.size; j++) {
			bool is_swap = i > 1 && j > 1 && same_at(a, i - 1, b, j - 2) &&
			               same_at(a, i - 2, b, j - 1);

			row[j] = least(least(above[j], row[j - 1]) + 1,
			               above[j - 1] + !same_at(a, i - 1, b, j - 1));
			if (is_swap)
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[a.size % 3][b.size];
}

size_t text_distance_limit(size_t size)
{
	return size / 3 + 1;
}
