/* test_commit.c - commit objects taken apart: people, parents, and messages in other encodings. */
#include "checks/commit-message-check/commit.h"
#include "checks/commit-message-check/encoding.h"
#include "tests/support/rows.h"

#include <string.h>

#define TREE   "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
#define PARENT "parent 1111111111111111111111111111111111111111\n"
#define ADA    "author Ada <ada@example.org> 1767225600 +0000\n"
#define FFFD   "\xef\xbf\xbd"
#define BOB    "committer Bob B. <bob@example.org> 1767225600 +0000\n"

static const struct row {
	const char *name, *text;
	size_t parents;
	const char *author, *mail, *committer, *message;
} rows[] = {
	{ "a root", TREE ADA BOB "\nSubject\n", 0, "Ada", "ada@example.org", "Bob B.", "Subject\n" },
	{ "a parent", TREE PARENT ADA BOB "\nSubject\n", 1, "Ada", "ada@example.org", "Bob B.", "Subject\n" },
	{ "a merge", TREE PARENT PARENT PARENT ADA BOB "\nSubject\n", 3, "Ada", "ada@example.org", "Bob B.",
	  "Subject\n" },
	{ "no message", TREE ADA BOB, 0, "Ada", "ada@example.org", "Bob B.", "" },
	{ "an empty message", TREE ADA BOB "\n", 0, "Ada", "ada@example.org", "Bob B.", "" },
	{ "a message like headers", TREE ADA BOB "\nparent 1\nauthor X <x> 1\n", 0, "Ada", "ada@example.org",
	  "Bob B.", "parent 1\nauthor X <x> 1\n" },
	{ "a signature", TREE ADA BOB "gpgsig -----BEGIN\n \n parent 1\n -----END\n\nSubject\n", 0, "Ada",
	  "ada@example.org", "Bob B.", "Subject\n" },
	{ "a broken parent", TREE "parent 12\n" ADA BOB "\nSubject\n", 0, "Ada", "ada@example.org", "Bob B.",
	  "Subject\n" },
	{ "no mail", TREE "author Ada 1 +0000\n" BOB "\nSubject\n", 0, "", "", "Bob B.", "Subject\n" },
	{ "no name", TREE "author <ada@example.org> 1 +0000\n" BOB "\nSubject\n", 0, "", "ada@example.org",
	  "Bob B.", "Subject\n" },
	{ "nothing", "", 0, "", "", "", "" },
	{ "Latin-1",
	  TREE "author J\xfcrgen <j@x> 1 +0000\n" BOB "encoding ISO-8859-1\n\nGr\xfc\xdf"
	       "e\n",
	  0, "Jürgen", "j@x", "Bob B.", "Grüße\n" },
	{ "latin-1, as old git wrote it",
	  TREE ADA BOB "encoding latin-1\n\nGr\xfc\xdf"
	               "e\n",
	  0, "Ada", "ada@example.org", "Bob B.", "Grüße\n" },
	{ "EUC-JP", TREE ADA BOB "encoding EUC-JP\n\n\xa4\xe2\n", 0, "Ada", "ada@example.org", "Bob B.",
	  FFFD "\n" },
	{ "UTF-8 by name", TREE ADA BOB "encoding UTF-8\n\nGrüße\n", 0, "Ada", "ada@example.org", "Bob B.",
	  "Grüße\n" },
	{ "an unknown encoding", TREE ADA BOB "encoding x-unheard-of\n\nGr\xfc\n", 0, "Ada",
	  "ada@example.org", "Bob B.", "Gr\xfc\n" },
};

static void assert_slice(struct slice slice, const char *text)
{
	assert_int_equal(slice.size, strlen(text));
	if (slice.size > 0)
		assert_memory_equal(slice.data, text, slice.size);
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct commit commit;

	assert_int_equal(commit_parse(&arena, slice_of(row->text), &commit), POL_OK);
	assert_int_equal(commit.parent_count, row->parents);
	assert_slice(commit.author.name, row->author);
	assert_slice(commit.author.mail, row->mail);
	assert_slice(commit.committer.name, row->committer);
	assert_slice(commit.message, row->message);
}

/* ---- encodings -------------------------------------------------------------------------------------------------------*/

static const struct encoded {
	const char *name, *encoding, *text;
	size_t chars;
} encoded[] = {
	{ "Latin-1", "latin1",
	  "Gr\xfc\xdf"
	  "e",
	  5 },
	{ "Latin-9", "ISO-8859-15", "\xa4 5", 3 },
	{ "Windows", "windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", 6 },
	{ "KOI8-R", "KOI8-R", "\xf0\xd2\xc9", 3 },
	{ "EUC-JP", "EUC-JP", "a\xa4\xe2\xa4\xe2", 3 },
	{ "EUC-JP, kana of two bytes", "EUC-JP", "\x8e\xb1", 1 },
	{ "EUC-JP, three bytes", "eucJP",
	  "\x8f\xb0\xa1"
	  "a",
	  2 },
	{ "Shift_JIS", "Shift_JIS", "\x82\xe0\x83\x5c", 2 },
	{ "Shift_JIS, kana of one byte", "SJIS", "\xb1\xb2", 2 },
	{ "GBK", "GBK", "\xc4\xe3\xba\xc3", 2 },
	{ "Big5, second byte of ASCII", "Big5",
	  "\xa5\x5c"
	  "a",
	  2 },
	{ "GB18030, four bytes", "GB18030",
	  "\x81\x30\x81\x30"
	  "a\xc4\xe3",
	  3 },
	{ "EUC-KR", "EUC-KR", "\xb0\xa1", 1 },
	{ "ISO-2022-JP", "ISO-2022-JP", "a\x1b$B$b$b\x1b(Bz", 4 },
	{ "ISO-2022-JP, to the end of the line", "ISO-2022-JP", "\x1b$B$b\nab", 4 },
	{ "a first byte alone", "GBK", "\xc4", 1 },
	{ "a first byte at the end of a line", "GBK", "\xc4\na", 3 },
	{ "unknown", "x-unheard-of", "\xc4\xe3\xba\xc3", 4 },
};

static void check_encoded(void **state)
{
	const struct encoded *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text;

	assert_int_equal(encoding_to_utf8(&arena, slice_of(row->text), slice_of(row->encoding), &text),
	                 POL_OK);
	assert_int_equal(text_count_chars(text), row->chars);
	assert_int_equal(text_is_utf8(text), strcmp(row->encoding, "x-unheard-of") != 0);
}

/* ---- people ----------------------------------------------------------------------------------------------------------*/

static const struct pair {
	const char *name, *a, *b;
	bool equal;
} pairs[] = {
	{ "the same", "Ada <ada@example.org>", "Ada <ada@example.org> 1 +0000", true },
	{ "mail in other case", "Ada <ada@example.org>", "Ada <ADA@EXAMPLE.ORG>", true },
	{ "name in other case", "Ada <ada@example.org>", "ADA <ada@example.org>", false },
	{ "another mail", "Ada <ada@example.org>", "Ada <ada@example.com>", false },
	{ "blanks around", "  Ada   < ada@example.org >", "Ada <ada@example.org>", true },
};

static void check_pair(void **state)
{
	const struct pair *row = *state;
	struct identity a, b;

	assert_true(identity_parse(slice_of(row->a), &a));
	assert_true(identity_parse(slice_of(row->b), &b));
	assert_int_equal(identity_equal(&a, &b), row->equal);
}

/* ---- memory ----------------------------------------------------------------------------------------------------------*/

static void test_memory(void **state)
{
	enum pol_status status = POL_ENOMEM;
	unsigned i = 1;

	(void)state;
	for (; status == POL_ENOMEM; i++) {
		CLEANUP(arena) struct arena arena = { .fail_at = i };
		struct commit commit;

		status = commit_parse(&arena, SLICE(TREE PARENT ADA "encoding EUC-JP\n\n\xa4\xe2\n"),
		                      &commit);
	}
	assert_int_equal(status, POL_OK);
	assert_int_equal(i, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_memory) };
	int failed = ROWS_RUN("commit", rows, check);

	failed += ROWS_RUN("encoding", encoded, check_encoded);
	failed += ROWS_RUN("identity", pairs, check_pair);
	return failed + cmocka_run_group_tests_name("commit memory", tests, NULL, NULL);
}
