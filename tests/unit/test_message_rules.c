/* test_message_rules.c - the rules of messages, each against a policy and a text; and trailers held against what a commit adds. */
#include "checks/commit-message-check/rules.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

/* Who wrote it, and what it is. */
enum { DRAFT = 0, RECORDED = 1, NOBODY = 2, REVERT = 4 };

#define TYPE    "type: refuse"
#define ISSUE   "issue: refuse"
#define SIGN    "sign_off: refuse"
#define WORDS   "words: [blacklist, 'foo bar', C++, größe]"
#define WIDTH   "body_width: refuse, body_max: 20"
#define SUBJECT "subject_length: refuse, subject_max: 10"
#define BODY    "S\n\n"

static const struct row {
	const char *name;
	const char *policy; /* of message: */
	const char *text;
	const char *found; /* "MSG02:1:1 " for each finding; a small code warns */
	int flags;
} rows[] = {
	{ "a good one", "", "Subject\n\nBody\n", "", DRAFT },
	{ "empty", "", "", "MSG01:0:0 ", DRAFT },
	{ "empty, let through", "empty: 'off'", "", "", DRAFT },
	{ "empty, warned", "empty: warn", "\n \n", "msg01:0:0 ", DRAFT },
	{ "trailers alone", "", "Exception: A b\nSigned-off-by: A <a@b>\n", "MSG01:0:0 ", DRAFT },
	{ "trailers alone, behind nothing", "", "\n\nException: A b\n", "MSG01:0:0 ", DRAFT },
	{ "a subject like a trailer", "", "Fixes: it\n", "", DRAFT },

	{ "subject, ten characters", SUBJECT, "0123456789\n", "", DRAFT },
	{ "subject, eleven characters", SUBJECT, "01234567890\n", "MSG02:1:1 ", DRAFT },
	{ "subject, ten of two bytes", SUBJECT, "öööööööööö\n", "", DRAFT },
	{ "subject, ten of four bytes", SUBJECT, "😀😀😀😀😀😀😀😀😀😀\n", "", DRAFT },
	{ "subject, eleven of three bytes", SUBJECT, "日日日日日日日日日日日\n", "MSG02:1:1 ", DRAFT },
	{ "subject, ten bytes that are no UTF-8", SUBJECT, "\xe4\xe4\xe4\xe4\xe4\xe4\xe4\xe4\xe4\xe4\n", "",
	  DRAFT },
	{ "subject, blanks behind do not count", SUBJECT, "0123456789   \n", "", DRAFT },
	{ "subject, only the first line counts", SUBJECT, "0123456789\nmore text\n", "msg03:2:1 ", DRAFT },
	{ "subject, warned by default", "subject_max: 3", "Subject\n", "msg02:1:1 ", DRAFT },

	{ "no full stop", "trailing_stop: refuse", "Subject\n\nBody.\n", "", DRAFT },
	{ "a full stop", "trailing_stop: refuse", "Subject.\n", "MSG05:1:8 ", DRAFT },
	{ "three of them", "trailing_stop: refuse", "Wait for it...\n", "", DRAFT },
	{ "a second line", "blank_line: refuse", "Subject\nBody\n", "MSG03:2:1 ", DRAFT },
	{ "a second line, let through", "blank_line: 'off'", "Subject\nBody\n", "", DRAFT },

	{ "body, wide", WIDTH, BODY "a line of more than twenty\n", "MSG04:3:1 ", DRAFT },
	{ "body, twice", WIDTH, BODY "a line of more than twenty\n\na line of more than twenty\n",
	  "MSG04:3:1 MSG04:5:1 ", DRAFT },
	{ "body, just so", WIDTH, BODY "a line with only 20.\n", "", DRAFT },
	{ "body, quoted", WIDTH, BODY "> a line of more than twenty\n    code with a wide line\n", "",
	  DRAFT },
	{ "body, an address", WIDTH, BODY "see here https://example.org/a/b/c\n", "", DRAFT },
	{ "body, one long word", WIDTH, BODY "abcdefghijklmnopqrstuvwxyz\n", "", DRAFT },
	{ "body, a trailer", WIDTH, BODY "Co-authored-by: Somebody Else <else@example.org>\n", "", DRAFT },
	{ "body, the subject is none", WIDTH, "A subject of more than twenty\n", "", DRAFT },

	{ "type", TYPE, "fix: it\n", "", DRAFT },
	{ "type, none", TYPE, "Fix it\n", "MSG06:1:1 ", DRAFT },
	{ "type, with a scope", TYPE, "fix(parser): it\n", "", DRAFT },
	{ "type, breaking", TYPE, "feat!: it\n", "", DRAFT },
	{ "type, with a scope, breaking", TYPE, "feat(api)!: it\n", "", DRAFT },
	{ "type, in any case", TYPE, "Fix: it\n", "", DRAFT },
	{ "type, unknown", TYPE, "oops: it\n", "MSG06:1:1 ", DRAFT },
	{ "type, no blank", TYPE, "fix:it\n", "MSG06:1:1 ", DRAFT },
	{ "type, a blank before the colon", TYPE, "fix : it\n", "MSG06:1:1 ", DRAFT },
	{ "type, nothing behind", TYPE, "fix:  \n", "MSG06:1:1 ", DRAFT },
	{ "type, an empty scope", TYPE, "fix(): it\n", "MSG06:1:1 ", DRAFT },
	{ "type, an open scope", TYPE, "fix(a: it\n", "MSG06:1:1 ", DRAFT },
	{ "type, ! before the scope", TYPE, "fix!(a): it\n", "MSG06:1:1 ", DRAFT },
	{ "type, a scope alone", TYPE, "(a): it\n", "MSG06:1:1 ", DRAFT },
	{ "type, own ones", TYPE ", types: [add, rm]", "add: it\n", "", DRAFT },
	{ "type, own ones instead of the usual", TYPE ", types: [add, rm]", "fix: it\n", "MSG06:1:1 ",
	  DRAFT },
	{ "type, a known scope", TYPE ", scopes: [api, web]", "fix(web): it\n", "", DRAFT },
	{ "type, two known scopes", TYPE ", scopes: [api, web]", "fix(web, api): it\n", "", DRAFT },
	{ "type, an unknown scope", TYPE ", scopes: [api, web]", "fix(app): it\n", "MSG06:1:5 ", DRAFT },
	{ "type, one unknown of two scopes", TYPE ", scopes: [api, web]", "fix(api,app): it\n", "MSG06:1:5 ",
	  DRAFT },
	{ "type, no scope is a known scope", TYPE ", scopes: [api, web]", "fix: it\n", "", DRAFT },
	{ "type, of what is fixed up", TYPE, "fixup! fix: it\n", "", DRAFT },
	{ "type, none of what is fixed up", TYPE, "fixup! squash! Fix it\n", "MSG06:1:1 ", DRAFT },

	{ "issue, a number", ISSUE, "Fix #12\n", "", DRAFT },
	{ "issue, none", ISSUE, "Fix it\n", "MSG07:0:0 ", DRAFT },
	{ "issue, in the body", ISSUE, BODY "Refs: SEC-412\n", "", DRAFT },
	{ "issue, of another project", ISSUE, "Fix owner/project#12\n", "", DRAFT },
	{ "issue, an address", ISSUE, BODY "https://example.org/a/b/issues/12\n", "", DRAFT },
	{ "issue, an address of a request", ISSUE, BODY "https://example.org/a/-/merge_requests/12.\n", "",
	  DRAFT },
	{ "issue, a colour", ISSUE, "Paint it #12abcd\n", "MSG07:0:0 ", DRAFT },
	{ "issue, no number", ISSUE, "Fix # 12\n", "MSG07:0:0 ", DRAFT },
	{ "issue, a standard", ISSUE, "Read UTF-8, SHA-256 and RFC-2119\n", "MSG07:0:0 ", DRAFT },
	{ "issue, a key in small letters", ISSUE, "Fix abc-12\n", "MSG07:0:0 ", DRAFT },
	{ "issue, part of a word", ISSUE, "Fix xABC-12 and ABC-12x\n", "MSG07:0:0 ", DRAFT },
	{ "issue, one letter", ISSUE, "Fix A-12\n", "MSG07:0:0 ", DRAFT },
	{ "issue, own prefix", ISSUE ", issues: [SEC-]", "Fix sec-12\n", "", DRAFT },
	{ "issue, own prefix, part of a word", ISSUE ", issues: [SEC-]", "Fix NOSEC-12\n", "MSG07:0:0 ",
	  DRAFT },
	{ "issue, own prefix, another key", ISSUE ", issues: [SEC-]", "Fix ABC-12 and #3\n", "MSG07:0:0 ",
	  DRAFT },
	{ "issue, # among own", ISSUE ", issues: [SEC-, '#']", "Fix #3\n", "", DRAFT },

	{ "sign-off of the author", SIGN, BODY "Signed-off-by: Ada <ada@example.org>\n", "", DRAFT },
	{ "sign-off of the committer", SIGN, BODY "Signed-off-by: Bob <bob@example.org>\n", "", DRAFT },
	{ "sign-off, mail in other case", SIGN, BODY "signed-off-by: Ada <ADA@Example.org>\n", "", DRAFT },
	{ "sign-off, one of several", SIGN,
	  BODY "Signed-off-by: X <x@y>\nSigned-off-by: Ada <ada@example.org>\n", "", DRAFT },
	{ "sign-off, none", SIGN, "Subject\n", "MSG08:0:0 ", DRAFT },
	{ "sign-off of somebody else", SIGN, BODY "Signed-off-by: X <x@y>\n", "MSG08:3:1 ", DRAFT },
	{ "sign-off, another name", SIGN, BODY "Signed-off-by: A. <ada@example.org>\n", "MSG08:3:1 ", DRAFT },
	{ "sign-off, no mail", SIGN, BODY "Signed-off-by: Ada\n", "MSG08:3:1 ", DRAFT },
	{ "sign-off, no trailer", SIGN, BODY "Signed-off-by: Ada <ada@example.org>\n\nmore\n", "MSG08:0:0 ",
	  DRAFT },
	{ "sign-off, nobody is known", SIGN, BODY "Signed-off-by: X <x@y>\n", "", NOBODY },
	{ "sign-off, nobody is known, none", SIGN, "Subject\n", "MSG08:0:0 ", NOBODY },

	{ "word", WORDS, "Add the blacklist\n", "MSG09:1:9 ", DRAFT },
	{ "word, in other case", WORDS, "S\n\nThe Blacklist.\n", "MSG09:3:5 ", DRAFT },
	{ "word, part of one", WORDS, "Add blacklisted names\n", "", DRAFT },
	{ "word, part of one and whole", WORDS, "Blacklisted by the blacklist\n", "MSG09:1:20 ", DRAFT },
	{ "word, two", WORDS, "A foo bar\n", "MSG09:1:3 ", DRAFT },
	{ "word, with signs", WORDS, "In C++17\n\nC++, too\n", "MSG09:1:4 MSG09:3:1 ", DRAFT },
	{ "word, beyond ASCII", WORDS, "Die größe\n", "MSG09:1:5 ", DRAFT },
	{ "word, part of one beyond ASCII", WORDS, "Die größeß\n", "", DRAFT },
	{ "word, warned", WORDS ", forbidden: warn", "The blacklist\n", "msg09:1:5 ", DRAFT },

	{ "fixup", "unfinished: refuse", "fixup! Fix it\n", "MSG10:1:1 ", RECORDED },
	{ "fixup, not recorded", "unfinished: refuse", "fixup! Fix it\n", "", DRAFT },
	{ "squash", "unfinished: refuse", "squash! Fix it\n", "MSG10:1:1 ", RECORDED },
	{ "amend", "unfinished: refuse", "amend! Fix it\n", "MSG10:1:1 ", RECORDED },
	{ "WIP", "unfinished: refuse", "WIP\n", "MSG10:1:1 ", RECORDED },
	{ "WIP in brackets", "unfinished: refuse", "[wip] Fix it\n", "MSG10:1:1 ", RECORDED },
	{ "WIP behind a type", "unfinished: refuse", "fix(a): WIP: it\n", "MSG10:1:1 ", RECORDED },
	{ "WIP, part of a word", "unfinished: refuse", "Wipe the disk\n", "", RECORDED },
	{ "WIP, not at the start", "unfinished: refuse", "Allow WIP commits\n", "", RECORDED },
	{ "fixup of text", "unfinished: refuse", "fixup the parser\n", "", RECORDED },
	{ "a revert that is left out", TYPE ", " ISSUE ", " SUBJECT, "Revert \"Fix something\"\n", "",
	  REVERT },
	{ "a revert that is judged", SUBJECT, "Revert \"Fix something\"\n", "MSG02:1:1 ", DRAFT },
	{ "unfinished, warned by default", "", "WIP\n", "msg10:1:1 ", RECORDED },
};

/* "MSG02:1:1 " for each finding, in the order of the rules; in small letters when it does not block. */
static void describe(const struct report *report, char *ret_text, size_t size)
{
	size_t used = 0;

	ret_text[0] = '\0';
	for (size_t i = 0; i < report->finding_count; i++) {
		const struct finding *finding = &report->findings[i];

		assert_int_equal(finding->warns, !finding->blocking);
		assert_non_null(finding->message);
		assert_true(*finding->fix != '\0');
		used += (size_t)snprintf(ret_text + used, size - used, "%s%s:%u:%u ",
		                         finding->blocking ? "MSG" : "msg", finding->rule->code + 3,
		                         finding->line, finding->column);
		assert_true(used < size);
	}
}

static struct policy *load(const char *settings)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	buf_printf(&text, "message: {%s}\n", settings);
	if (policy_load((struct slice){ text.data, text.size }, POLICY_FILE_NAME, &policy, &err) < 0)
		fail_msg("%s", err.message);
	return policy;
}

static void parse(struct arena *arena, const char *text, struct message *message, struct trailers *trailers)
{
	const struct message_form form = { .mark = { "", 0 } };

	assert_int_equal(message_clean(arena, slice_of(text), form, message), POL_OK);
	assert_int_equal(trailers_parse(arena, message, SLICE("#"), trailers), POL_OK);
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(policy) struct policy *policy = load(row->policy);
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(report) struct report report = { 0 };
	struct inspection in = { .policy = &policy->message,
		                 .is_recorded = row->flags & RECORDED,
		                 .is_revert = row->flags & REVERT,
		                 .path = "message",
		                 .report = &report };
	char found[256];

	if (!(row->flags & NOBODY)) {
		in.author = (struct identity){ SLICE("Ada"), SLICE("ada@example.org") };
		in.committer = (struct identity){ SLICE("Bob"), SLICE("bob@example.org") };
	}
	parse(&arena, row->text, &in.message, &in.trailers);
	assert_int_equal(rules_judge(&in), POL_OK);
	describe(&report, found, sizeof(found));
	assert_string_equal(found, row->found);
}

/* ---- reverts ---------------------------------------------------------------------------------------------------------*/

static const struct revert {
	const char *name, *text;
	bool is_revert;
} reverts[] = {
	{ "git's own", "Revert \"Fix it\"\n\nThis reverts commit 0123456789012345678901234567890123456789.\n",
	  true },
	{ "the subject alone", "Revert \"Fix it\"\n", true },
	{ "another subject", "Take it back\n\nThis reverts commit 0123456.\n", true },
	{ "nothing", "", false },
	{ "a word", "Revert the fix\n", false },
	{ "no commit", "Take it back\n\nThis reverts commit that I liked.\n", false },
	{ "in the middle of a line", "Explain\n\nSee: This reverts commit 0123456.\n", false },
};

static void check_revert(void **state)
{
	const struct revert *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct message message;
	struct trailers trailers;

	parse(&arena, row->text, &message, &trailers);
	assert_int_equal(rules_is_revert(&message), row->is_revert);
}

/* ---- exceptions that a commit adds ------------------------------------------------------------------------------------*/

static const struct rule rule_a = { .id = "rule-a", .code = "A01", .title = "A", .message = "a" };
static const struct rule rule_b = { .id = "rule-b", .code = "", .title = "B", .message = "b" };

/* Adds a:src/one.c, a:src/two.c, b:src/one.c */
static struct added_item items[] = { { &rule_a, "src/one.c", "src/one.c" },
	                             { &rule_b, "src/one.c", "src/one.c" },
	                             { &rule_a, "src/two\n.c", "src/two\\x0a.c" } };

static const struct naming_row {
	const char *name, *trailers, *missing;
} naming_rows[] = {
	{ "none", "", "E: rule-a src/one.c\nE: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "one", "Exception: rule-a src/one.c\n", "E: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "a code", "Exception: A01 src/one.c\n", "E: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "a glob", "Exception: rule-a src/*\n", "E: rule-b src/one.c\n" },
	{ "a glob over all", "Exception: rule-a **\nException: rule-b **\n", "" },
	{ "escaped", "Exception: rule-a src/two\\x0a.c\n", "E: rule-a src/one.c\nE: rule-b src/one.c\n" },
	{ "more blanks", "Exception:   rule-b \t src/one.c\n",
	  "E: rule-a src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "no code is no name", "Exception: src/one.c\n",
	  "E: rule-a src/one.c\nE: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "another key", "Exceptions: rule-a src/one.c\n",
	  "E: rule-a src/one.c\nE: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
	{ "a rule is no glob", "Exception: rule-* src/one.c\n",
	  "E: rule-a src/one.c\nE: rule-b src/one.c\nE: rule-a src/two\\x0a.c\n" },
};

/* The lines of a hint or a message that name exceptions, shortened. */
static void shorten(const char *text, char *ret_short, size_t size)
{
	struct slice rest = slice_of(text), line;
	size_t used = 0;

	ret_short[0] = '\0';
	while (slice_next_line(&rest, &line)) {
		line = slice_trim(line);
		if (!slice_starts(line, "Exception: "))
			continue;
		used += (size_t)snprintf(ret_short + used, size - used, "E: %.*s\n", (int)line.size - 11,
		                         line.data + 11);
		assert_true(used < size);
	}
}

static void check_naming(void **state)
{
	const struct naming_row *row = *state;
	CLEANUP(policy) struct policy *policy = load("exceptions: refuse");
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(report) struct report report = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	const struct added added = { items, sizeof(items) / sizeof(items[0]) };
	struct inspection in = { .policy = &policy->message, .path = "message", .report = &report };
	char missing[256];

	buf_printf(&text, "Subject\n\n%s", row->trailers);
	in.added = added;
	parse(&arena, text.data, &in.message, &in.trailers);
	assert_int_equal(rules_judge(&in), POL_OK);
	assert_int_equal(report.finding_count, *row->missing ? 1 : 0);
	shorten(report.finding_count > 0 ? report.findings[0].hint : "", missing, sizeof(missing));
	assert_string_equal(missing, row->missing);
	assert_int_equal(added.count, 3);
}

/* What a merge adds is what it adds against each of its parents. */
static void test_intersect(void **state)
{
	struct added_item left[] = { items[0], items[1], items[2] };
	struct added_item right[] = { items[1], items[2] };
	struct added added = { left, 3 };
	const struct added other = { right, 2 }, none = { right, 0 };

	(void)state;
	added_intersect(&added, &other);
	assert_int_equal(added.count, 2);
	assert_ptr_equal(added.items[0].rule, &rule_b);
	assert_string_equal(added.items[1].path, "src/two\n.c");
	added_intersect(&added, &none);
	assert_int_equal(added.count, 0);
}

/* Many trailers against many exceptions are bounded, and what was not looked at counts as not named. */
static void test_too_many(void **state)
{
	enum { MANY = 2000 };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct added added = { arena_alloc(&arena, MANY, sizeof(*added.items)), MANY };
	struct message message;
	struct trailers trailers;

	(void)state;
	assert_non_null(added.items);
	for (size_t i = 0; i < MANY; i++)
		added.items[i] = items[0];
	buf_add_string(&text, "Subject\n\n");
	for (size_t i = 0; i < MANY; i++)
		buf_add_string(&text, "Exception: rule-a *x*x*x*x*x*x*\n");
	buf_add_string(&text, "Exception: rule-a **\n");
	assert_false(buf_failed(&text));
	parse(&arena, text.data, &message, &trailers);
	assert_int_equal(added_drop_named(&arena, &trailers, &added), POL_OK);
	assert_int_equal(added.count, MANY);
}

static void test_memory(void **state)
{
	CLEANUP(policy)
	struct policy *policy = load(WIDTH ", " SUBJECT ", " TYPE ", " ISSUE ", " SIGN ", " WORDS
	                                   ", exceptions: refuse");
	CLEANUP(arena) struct arena arena = { 0 };
	const struct added added = { items, 3 };
	struct inspection in = { .policy = &policy->message, .path = "message" };
	enum pol_status status = POL_ENOMEM;
	unsigned i = 1;

	(void)state;
	parse(&arena, "A blacklist of more than ten\n\nand a line of more than twenty\n", &in.message,
	      &in.trailers);
	in.added = added;
	for (; status == POL_ENOMEM; i++) {
		CLEANUP(report) struct report report = { .arena = { .fail_at = i } };

		in.report = &report;
		status = rules_judge(&in);
	}
	assert_int_equal(status, POL_OK);
	assert_true(i > 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_intersect), cmocka_unit_test(test_too_many),
		                            cmocka_unit_test(test_memory) };
	int failed = ROWS_RUN("message rules", rows, check);

	failed += ROWS_RUN("reverts", reverts, check_revert);
	failed += ROWS_RUN("exceptions named", naming_rows, check_naming);
	return failed + cmocka_run_group_tests_name("message rules, more", tests, NULL, NULL);
}
