/* test_message.c - what is left of a message's file when git is done with it: the mark of comments, the scissors, and what GIT_EDITOR
 * and the configuration say. tests/hooks/messages.sh holds the same against git. */
#include "checks/commit-message-check/message.h"
#include "tests/support/rows.h"

#include <string.h>

#define CUT      " ------------------------ >8 ------------------------\n"
#define EXPLAIN  " Do not modify or remove the line above.\n"
#define TEMPLATE "\n# Please enter. Lines starting\n# with '#' will be ignored.\n#\n# On branch main\n#\n"
#define OTHER    "\n; Please enter. Lines starting\n; with ';' will be ignored.\n;\n; On branch main\n;\n"

#define EDITED                                                                                               \
	{                                                                                                    \
		.editor = "vi", .in_hook = true                                                              \
	}
#define DEFAULT                                                                                              \
	{                                                                                                    \
		.editor = NULL, .in_hook = true                                                              \
	} /* an editor that no variable names */
#define NONE                                                                                                 \
	{                                                                                                    \
		.editor = ":", .in_hook = true                                                               \
	}
#define OUTSIDE                                                                                              \
	{                                                                                                    \
		.editor = NULL, .in_hook = false                                                             \
	}

static const struct row {
	const char *name;
	struct message_origin origin;
	const char *text;
	const char *left; /* with lines ended by \n */
} rows[] = {
	{ "nothing", EDITED, "", "" },
	{ "blank lines only", EDITED, "\n \n\t\n", "" },
	{ "blanks at line ends", NONE, "a \t\nb\r\n", "a\nb\n" },
	{ "form feed stays", NONE, "a\f\n", "a\f\n" },
	{ "empty lines", NONE, "\n\na\n\n\n \nb\n\n", "a\n\nb\n" },
	{ "no line end", NONE, "a", "a\n" },
	{ "a BOM", NONE,
	  "\xef\xbb\xbf"
	  "a\n",
	  "a\n" },
	{ "blanks before text stay", NONE, " a\n", " a\n" },
	{ "an editor, git's comments", EDITED, "a\n" TEMPLATE, "a\n" },
	{ "an editor, comments of a user", EDITED, "a\n#b\n\n# c\n", "a\n" },
	{ "an editor that no variable names", DEFAULT, "a\n#b\n", "a\n" },
	{ "a comment does not part lines", EDITED, "a\n# b\nc\n", "a\nc\n" },
	{ "no editor, # stays", NONE, "#12 a\n\n# b\n", "#12 a\n\n# b\n" },
	{ "no editor, a block of # stays", NONE, "a\n\n# b\n# c\n#\n# d\n", "a\n\n# b\n# c\n#\n# d\n" },
	{ "GIT_EDITOR=: as scripts set it", NONE, "a\n#b\n" TEMPLATE, "a\n" },
	{ "outside of a hook", OUTSIDE, "#12 a\n", "#12 a\n" },
	{ "outside of a hook, git's comments", OUTSIDE, "a\n# b\n" TEMPLATE, "a\n" },
	{ "text behind git's comments", EDITED, TEMPLATE "a\n", "a\n" },
	{ "another mark, read off the text", EDITED, "#12 a\n" OTHER, "#12 a\n" },
	{ "another mark, configured", { "vi", true, NULL, ";" }, "#12 a\n; b\n", "#12 a\n" },
	{ "a mark of several bytes", { "vi", true, NULL, "//" }, "a\n/b\n// c\n", "a\n/b\n" },
	{ "a mark beyond ASCII", { "vi", true, NULL, "\xc2\xbb" }, "a\n\xc2\xbb c\n", "a\n" },
	{ "auto, read off the text", { "vi", true, NULL, "auto" }, "#12 a\n; b\n" OTHER, "#12 a\n" },
	{ "auto, nothing to read off", { "vi", true, NULL, "auto" }, "#12 a\n", "#12 a\n" },
	{ "scissors of --verbose", EDITED, "a\n# b\n" TEMPLATE "#" CUT "#" EXPLAIN "diff\n", "a\n" },
	{ "scissors of --verbose, another mark", EDITED, "#a\n" OTHER ";" CUT ";" EXPLAIN "diff\n", "#a\n" },
	{ "cleanup=scissors", { "vi", true, "scissors", NULL }, "a\n# b\n#" CUT "c\n", "a\n# b\n" },
	{ "cleanup=scissors, read off the text", EDITED, "a\n# b\n#" CUT "#" EXPLAIN "#\n# On branch main\n",
	  "a\n# b\n" },
	{ "scissors without an editor", { ":", true, "scissors", NULL }, "a\n#" CUT "c\n", "a\n#" CUT "c\n" },
	{ "scissors with more behind", EDITED,
	  "a\n# ------------------------ >8 ------------------------x\nb\n", "a\nb\n" },
	{ "cleanup=strip without an editor", { ":", true, "strip", NULL }, "a\n#12 b\n", "a\n" },
	{ "cleanup=strip, another mark", { ":", true, "strip", "!" }, "a\n#12 b\n!c\n", "a\n#12 b\n" },
	{ "cleanup=strip, auto", { ":", true, "strip", "auto" }, "a\n#12 b\n", "a\n#12 b\n" },
	{ "cleanup=whitespace", { "vi", true, "whitespace", NULL }, "a \n#12 b\n", "a\n#12 b\n" },
	{ "cleanup=verbatim", { "vi", true, "verbatim", NULL }, "a\n#12 b\n", "a\n#12 b\n" },
	{ "cleanup=default", { ":", true, "default", NULL }, "a\n#12 b\n", "a\n#12 b\n" },
	{ "a mode of tomorrow", { "vi", true, "tomorrow", NULL }, "a\n#12 b\n", "a\n" },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf left = { 0 };
	struct slice text = slice_of(row->text);
	struct message message;

	buf_add_string(&left, "");
	assert_int_equal(message_clean(&arena, text, form_of(text, &row->origin), &message), POL_OK);
	for (size_t i = 0; i < message.count; i++) {
		buf_add(&left, message.lines[i].text.data, message.lines[i].text.size);
		buf_add_char(&left, '\n');
	}
	assert_false(buf_failed(&left));
	assert_string_equal(left.data, row->left);
}

/* ---- when the configuration is read ----------------------------------------------------------------------------------*/

static const struct need {
	const char *name;
	struct message_origin origin;
	const char *text;
	bool needs;
} needs[] = {
	{ "plain text", NONE, "Subject\n\nBody, 12 lines.\n", false },
	{ "plain text, edited", EDITED, "Subject\n", false },
	{ "a sign within a line", NONE, "Fix #12\n", false },
	{ "blanks before a sign", NONE, " # a\n", false },
	{ "a sign", NONE, "#12\n", true },
	{ "a list", NONE, "Subject\n\n- a\n", true },
	{ "beyond ASCII, no editor", NONE,
	  "\xc3\x9c"
	  "ber\n",
	  false },
	{ "beyond ASCII, edited", EDITED,
	  "\xc3\x9c"
	  "ber\n",
	  true },
};

static void check_need(void **state)
{
	const struct need *row = *state;

	assert_int_equal(form_needs_settings(slice_of(row->text), &row->origin), row->needs);
}

/* ---- what else -------------------------------------------------------------------------------------------------------*/

static void test_numbers(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = SLICE("\n# a\nb\n\n\nc\0hidden\nd\n");
	struct message message;

	(void)state;
	assert_int_equal(message_clean(&arena, text, (struct message_form){ SLICE("#"), false }, &message),
	                 POL_OK);
	assert_int_equal(message.count, 3);
	assert_int_equal(message.lines[0].number, 3);
	assert_int_equal(message.lines[1].number, 5);
	assert_int_equal(message.lines[2].number, 6);
	assert_int_equal(message.lines[2].text.size, 1);
}

static void test_memory(void **state)
{
	struct message message;
	struct arena arena = { .fail_at = 1 };

	(void)state;
	assert_int_equal(
		message_clean(&arena, SLICE("a\n"), (struct message_form){ SLICE("#"), false }, &message),
		POL_ENOMEM);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers), cmocka_unit_test(test_memory) };
	int failed = ROWS_RUN("message", rows, check);

	failed += ROWS_RUN("message settings", needs, check_need);
	return failed + cmocka_run_group_tests_name("message lines", tests, NULL, NULL);
}
