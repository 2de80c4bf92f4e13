/* test_push.c - git's lines about a push, and what comes back through `remote:`. */
#include "checks/push-check/push.h"
#include "checks/push-check/remote_text.h"
#include "tests/support/rows.h"

#include <string.h>

#define A         "1111111111111111111111111111111111111111"
#define ZERO      "0000000000000000000000000000000000000000"
#define LONG_ZERO ZERO "000000000000000000000000"
#define LONG_A    A "111111111111111111111111"

static const struct row {
	const char *name, *input;
	bool accepted;
	size_t count;
	const char *local, *remote; /* of the last line */
	bool deletes, creates;
} rows[] = {
	{ "nothing", "", true, 0, NULL, NULL, false, false },
	{ "an update", "refs/heads/a " A " refs/heads/b " A "\n", true, 1, "refs/heads/a", "refs/heads/b",
	  false, false },
	{ "a new branch", "refs/heads/a " A " refs/heads/a " ZERO "\n", true, 1, "refs/heads/a",
	  "refs/heads/a", false, true },
	{ "a deletion", "(delete) " ZERO " refs/heads/a " A "\n", true, 1, "(delete)", "refs/heads/a", true,
	  false },
	{ "SHA-256", "refs/heads/a " LONG_A " refs/heads/a " LONG_ZERO "\n", true, 1, "refs/heads/a",
	  "refs/heads/a", false, true },
	{ "free text", "HEAD @{1 day ago} " A " refs/heads/a " A "\n", true, 1, "HEAD @{1 day ago}",
	  "refs/heads/a", false, false },
	{ "several", "a " A " refs/heads/a " A "\nb " A " refs/heads/b " A "\n", true, 2, "b", "refs/heads/b",
	  false, false },
	{ "too few words", "refs/heads/a " A "\n", false, 0, NULL, NULL, false, false },
	{ "no object", "refs/heads/a xyz refs/heads/a " A "\n", false, 0, NULL, NULL, false, false },
	{ "an empty line", "\n", false, 0, NULL, NULL, false, false },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct pol_error err = { 0 };
	struct push push = { .remote_name = "origin" };
	enum pol_status status = push_read(&arena, slice_of(row->input), 0, &push, &err);

	assert_int_equal(status, row->accepted ? POL_OK : POL_EUSAGE);
	if (!row->accepted)
		return;
	assert_int_equal(push.count, row->count);
	if (row->count == 0)
		return;
	assert_string_equal(push.refs[row->count - 1].local, row->local);
	assert_string_equal(push.refs[row->count - 1].remote, row->remote);
	assert_int_equal(push.refs[row->count - 1].deletes, row->deletes);
	assert_int_equal(push.refs[row->count - 1].creates, row->creates);
}

static const struct received_row {
	const char *name, *input;
	enum pol_status status;
	size_t count;
	bool deletes, creates; /* of the last line */
} received_rows[] = {
	{ "an update", A " " A " refs/heads/a\n", POL_OK, 1, false, false },
	{ "a new ref", ZERO " " A " refs/heads/a\n", POL_OK, 1, false, true },
	{ "a deletion", A " " ZERO " refs/heads/a\n", POL_OK, 1, true, false },
	{ "SHA-256", LONG_ZERO " " LONG_A " refs/heads/a\n", POL_OK, 1, false, true },
	{ "ids of two kinds", ZERO " " LONG_A " refs/heads/a\n", POL_EUSAGE, 0, false, false },
	{ "as pre-push has it", "refs/heads/a " A " refs/heads/a " A "\n", POL_EUSAGE, 0, false, false },
	{ "four words", A " " A " refs/heads/a b\n", POL_EUSAGE, 0, false, false },
	{ "no ref", A " " A " \n", POL_EUSAGE, 0, false, false },
	{ "too many", A " " A " a\n" A " " A " b\n" A " " A " c\n", POL_ELIMIT, 0, false, false },
};

static void check_received(void **state)
{
	const struct received_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct pol_error err = { 0 };
	struct push push = { .is_received = true };

	assert_int_equal(push_read(&arena, slice_of(row->input), 2, &push, &err), row->status);
	if (row->status < 0)
		return;
	assert_int_equal(push.count, row->count);
	assert_string_equal(push.refs[row->count - 1].remote, "refs/heads/a");
	assert_int_equal(push.refs[row->count - 1].deletes, row->deletes);
	assert_int_equal(push.refs[row->count - 1].creates, row->creates);
}

#define TEN   "123456789 "
#define FIFTY TEN TEN TEN TEN TEN
#define WORD                                                                                                 \
	"12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678" \
	"901234567890"

static const struct fold_row {
	const char *name, *line, *folded;
} fold_rows[] = {
	{ "nothing", "", "\n" },
	{ "a short line", "short", "short\n" },
	{ "a long line", FIFTY FIFTY "end", NULL },
	{ "an indented one", "    " FIFTY FIFTY "end", NULL },
	{ "one long word", WORD, WORD "\n" },
	{ "a long word, then more", WORD " end", WORD "\n    end\n" },
	{ "an excerpt", "    12 | " FIFTY FIFTY FIFTY, "    12 | " FIFTY FIFTY FIFTY "\n" },
	{ "carets", "       | " FIFTY FIFTY "^~~~", "       | " FIFTY FIFTY "^~~~\n" },
};

/* Whatever is folded is all there, in lines that are short where they can be. */
static void check_fold(void **state)
{
	const struct fold_row *row = *state;
	CLEANUP(buf) struct buf text = { 0 };
	struct slice rest, line, left = slice_of(row->line);

	remote_text_fold(&text, left);
	if (row->folded)
		assert_string_equal(text.data, row->folded);
	rest = (struct slice){ text.data, text.size };
	while (slice_next_line(&rest, &line)) {
		struct slice words = slice_trim(line);

		assert_true(line.size <= 104 || strcmp(row->folded ? row->folded : "", text.data) == 0);
		left = slice_trim(left);
		assert_true(left.size >= words.size && memcmp(left.data, words.data, words.size) == 0);
		left = slice_from(left, words.size);
	}
	assert_int_equal(slice_trim(left).size, 0);
}

static const struct short_row {
	const char *name, *full, *wanted;
} short_rows[] = {
	{ "a branch", "refs/heads/main", "main" },
	{ "a tag", "refs/tags/v1", "v1" },
	{ "another", "refs/notes/main", "refs/notes/main" },
};

static void check_short(void **state)
{
	const struct short_row *row = *state;

	assert_string_equal(push_short_name(row->full), row->wanted);
}

int main(void)
{
	int failed = ROWS_RUN("push", rows, check);

	failed += ROWS_RUN("received push", received_rows, check_received);
	failed += ROWS_RUN("folded lines", fold_rows, check_fold);
	return failed + ROWS_RUN("short names", short_rows, check_short);
}
