/* test_trailer.c - trailers, against a table and against git itself: each message of the table, and some hundred put together by
 * chance, are given to `git interpret-trailers` too. */
#include "checks/commit-message-check/trailer.h"
#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

static const struct row {
	const char *name, *text, *trailers;
} rows[] = {
	{ "nothing", "", "" },
	{ "a subject", "Subject\n", "" },
	{ "a subject like a trailer", "Fix: it\n", "" },
	{ "one", "Subject\n\nKey: value\n", "Key: value\n" },
	{ "no line end", "Subject\n\nKey: value", "Key: value\n" },
	{ "the last paragraph alone", "Subject\n\nA: b\n\nC: d\n", "C: d\n" },
	{ "a paragraph of text", "Subject\n\nThis is text.\n", "" },
	{ "text before them in one paragraph", "Subject\n\ntext\nKey: value\n", "" },
	{ "a quarter with one of git's own", "Subject\n\na\nb\nc\nSigned-off-by: A <a@b>\n",
	  "Signed-off-by: A <a@b>\n" },
	{ "less than a quarter", "Subject\n\na\nb\nc\nd\nSigned-off-by: A <a@b>\n", "" },
	{ "a cherry-pick's line", "Subject\n\na\nb\nKey: value\n(cherry picked from commit 12)\n",
	  "Key: value\n" },
	{ "git's own in other case is a trailer as others", "Subject\n\na\nsigned-off-by: A <a@b>\n", "" },
	{ "blanks before the colon", "Subject\n\nKey \t: value\n", "Key: value\n" },
	{ "a blank in the key", "Subject\n\nBREAKING CHANGE: all\nKey: value\n", "" },
	{ "with a hyphen", "Subject\n\nBREAKING-CHANGE: all\nKey: value\n",
	  "BREAKING-CHANGE: all\nKey: value\n" },
	{ "a key of digits and hyphens", "Subject\n\n-1-: x\n", "-1-: x\n" },
	{ "a key with a dot", "Subject\n\na.b: x\n", "" },
	{ "no key", "Subject\n\n: x\n", "" },
	{ "no value", "Subject\n\nKey:\n", "Key: \n" },
	{ "an address", "Subject\n\nhttps://example.org/\n", "https: //example.org/\n" },
	{ "folded", "Subject\n\nKey: a\n b\n\t c \nOther: d\n", "Key: a b c\nOther: d\n" },
	{ "folded from the first", "Subject\n\n a\nKey: b\n", "" },
	{ "folded, of an empty value", "Subject\n\nKey:\n a\n", "Key: a\n" },
	{ "a folded line behind what is none", "Subject\n\nx\n y\nSigned-off-by: A <a@b>\n",
	  "Signed-off-by: A <a@b>\n" },
	{ "a comment between", "Subject\n\nA: b\n# c\nD: e\n", "A: b\nD: e\n" },
	{ "a comment behind", "Subject\n\nA: b\n\n# c\n#\n", "A: b\n" },
	{ "a comment as the second line", "Subject\n# c\n\nA: b\n", "A: b\n" },
	{ "scissors", "Subject\n\nA: b\n\n# ------------------------ >8 ------------------------\nC: d\n",
	  "A: b\n" },
	{ "old conflicts", "Subject\n\nA: b\n\nConflicts:\n\ta.c\n\tb.c\n", "A: b\n" },
	{ "conflicts and more", "Subject\n\nA: b\n\nConflicts:\n\ta.c\nC: d\n", "Conflicts: a.c\nC: d\n" },
	{ "a divider is text", "Subject\n\nA: b\n---\nC: d\n", "" },
	{ "a divider in a paragraph of its own", "Subject\n\nA: b\n\n---\n\nC: d\n", "C: d\n" },
	{ "CR LF", "Subject\r\n\r\nA: b\r\n", "A: b\n" },
	{ "beyond ASCII", "Subject\n\nGrüße: an alle\n", "" },
	{ "value beyond ASCII", "Subject\n\nReviewed-by: Jürgen <j@example.org>\n",
	  "Reviewed-by: Jürgen <j@example.org>\n" },
	{ "a BOM", "\xef\xbb\xbfSubject\n\nA: b\n", "A: b\n" },
};

static struct gitrepo repo;

/* What we see, in the form that git prints. */
static void print_ours(const char *text, struct buf *out)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct message message;
	struct trailers trailers;

	buf_clear(out);
	buf_add_string(out, "");
	assert_int_equal(
		message_clean(&arena, slice_of(text), (struct message_form){ .mark = { "", 0 } }, &message),
		POL_OK);
	assert_int_equal(trailers_parse(&arena, &message, SLICE("#"), &trailers), POL_OK);
	for (size_t i = 0; i < trailers.count; i++) {
		buf_add(out, trailers.items[i].key.data, trailers.items[i].key.size);
		buf_add_string(out, ": ");
		buf_add(out, trailers.items[i].value.data, trailers.items[i].value.size);
		buf_add_char(out, '\n');
	}
	assert_false(buf_failed(out));
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(buf) struct buf ours = { 0 };
	CLEANUP(buf) struct buf theirs = { 0 };

	print_ours(row->text, &ours);
	assert_string_equal(ours.data, row->trailers);
	gitrepo_write(&repo, "message", row->text);
	gitrepo_capture(&repo, "git stripspace <message | git interpret-trailers --parse --no-divider",
	                &theirs);
	assert_string_equal(theirs.size > 0 ? theirs.data : "", row->trailers);
}

/* ---- by chance -------------------------------------------------------------------------------------------------------*/

enum { MESSAGES = 300, MAX_PIECES = 9 };

static const char *const pieces[] = {
	"\n",
	"\n",
	"\n",
	"text\n",
	"Key: value\n",
	"Key : value\n",
	"Signed-off-by: A <a@b>\n",
	" folded\n",
	"\tpath\n",
	"# comment\n",
	"(cherry picked from commit 12)\n",
	"BREAKING CHANGE: x\n",
	"Conflicts:\n",
	"---\n",
	"https://x\n",
	"Empty:\n",
	"# ------------------------ >8 ------------------------\n",
	"\xc3\xbc: x\n",
};

/* The same numbers in each run. */
static size_t next_number(uint32_t *seed, size_t below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 16) % below;
}

static void make_message(uint32_t *seed, struct buf *text)
{
	size_t count = 1 + next_number(seed, MAX_PIECES);

	buf_clear(text);
	buf_add_string(text, "Subject\n");
	while (count-- > 0)
		buf_add_string(text, pieces[next_number(seed, sizeof(pieces) / sizeof(pieces[0]))]);
	assert_false(buf_failed(text));
}

static void test_by_chance(void **state)
{
	CLEANUP(buf) struct buf text = { 0 };
	CLEANUP(buf) struct buf one = { 0 };
	CLEANUP(buf) struct buf ours = { 0 };
	CLEANUP(buf) struct buf theirs = { 0 };
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < MESSAGES; i++) {
		char name[32];

		make_message(&seed, &text);
		(void)snprintf(name, sizeof(name), "chance/%03d", i);
		gitrepo_write(&repo, name, text.data);
		print_ours(text.data, &one);
		buf_printf(&ours, "%s\n%s", name, one.data);
	}
	gitrepo_capture(&repo,
	                "for file in chance/*; do echo $file; "
	                "git stripspace <$file | git interpret-trailers --parse --no-divider; done",
	                &theirs);
	assert_false(buf_failed(&ours));
	assert_string_equal(ours.data, theirs.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_by_chance) };
	int failed;

	gitrepo_open(&repo, "");
	failed = ROWS_RUN("trailer", rows, check);
	failed += cmocka_run_group_tests_name("trailer by chance", tests, NULL, NULL);
	gitrepo_close(&repo);
	return failed;
}
