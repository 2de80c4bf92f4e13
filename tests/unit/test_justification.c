/* Justifications: reading fields, judging reasons, and finding what belongs to an exception. */
#include "policy/justification.h"

#include "policy/rules/scanner.h"
#include "tests/support/rows.h"

#include <string.h>

/* ---- where a justification may stand ------------------------------------------------------------------------------
 *
 * In a row's text, SETTING is an exception of kind setting, MARKER one of kind suppression (place above), LOOSE a marker
 * that allows words behind it, BELOW one with its reason below. A native reason follows a marker in brackets: MARKER[why].
 * The exception asked for is the one with a ! in front. */

static const struct row {
	const char *name, *path, *text;
	enum justification_form form;
	const char *reason, *until, *owner, *ticket;
	uint32_t line;
} rows[] = {
	{ "nothing", "a.py", "!SETTING\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "keyed above", "a.py", "# reason: a b\n# until: 2026-12-20\n# owner: @x\n# ticket: T-1\n!SETTING\n",
	  FORM_KEYED, "a b", "2026-12-20", "@x", "T-1", 1 },
	{ "keyed above, one line", "a.c",
	  "// why: a b; expires: 2026-12-20; added by: x; issue: 7\n!SETTING\n", FORM_KEYED, "a b",
	  "2026-12-20", "x", "7", 1 },
	{ "continued reason", "a.py", "# reason: a\n#   b\n# c\n# owner: x\n!SETTING\n", FORM_KEYED, "a b c",
	  NULL, "x", NULL, 1 },
	{ "reason ends at an empty comment line", "a.py", "# reason: a b\n#\n# c d\n!SETTING\n", FORM_KEYED,
	  "a b", NULL, NULL, NULL, 1 },
	{ "owner does not go on", "a.py", "# owner: x\n# c d\n!SETTING\n", FORM_KEYED, NULL, NULL, "x", NULL,
	  1 },
	{ "trailing", "a.py", "!SETTING  # reason: a b; until: 2026-12-20\n", FORM_KEYED, "a b", "2026-12-20",
	  NULL, NULL, 1 },
	{ "trailing plain", "a.py", "!SETTING  # only on loopback\n", FORM_PLAIN, "only on loopback", NULL,
	  NULL, NULL, 1 },
	{ "plain above", "a.py", "x\n# only on loopback\n!SETTING\n", FORM_PLAIN, "only on loopback", NULL,
	  NULL, NULL, 2 },
	{ "plain text and keyed until above", "a.py", "# only on loopback\n# until: 2026-12-20\n!SETTING\n",
	  FORM_PLAIN, "only on loopback", "2026-12-20", NULL, NULL, 1 },
	{ "last paragraph of plain text", "a.py", "# what this does\n#\n# only on loopback\n!SETTING\n",
	  FORM_PLAIN, "only on loopback", NULL, NULL, NULL, 3 },
	{ "keyed beats plain", "a.py", "# reason: a b\n!SETTING # only on loopback\n", FORM_KEYED, "a b",
	  NULL, NULL, NULL, 1 },
	{ "native beats plain", "a.py", "# only on loopback\nx  # !MARKER[a b]\n", FORM_NATIVE, "a b", NULL,
	  NULL, NULL, 2 },
	{ "keyed beats native", "a.py", "# reason: c d\nx  # !MARKER[a b]\n", FORM_KEYED, "c d", NULL, NULL,
	  NULL, 1 },
	{ "native with keyed fields", "a.py", "x  # !MARKER[a b; until: 2026-12-20]\n", FORM_NATIVE, "a b",
	  "2026-12-20", NULL, NULL, 1 },
	{ "native of one word", "a.py", "x  # !MARKER[loopback]\n", FORM_NATIVE, "loopback", NULL, NULL, NULL,
	  1 },
	{ "native, another directive", "a.go", "x // !MARKER[nolint:gosec]\n", FORM_NONE, NULL, NULL, NULL,
	  NULL, 0 },
	{ "fields of two places", "a.py", "# owner: x\n!SETTING # reason: a b\n", FORM_KEYED, "a b", NULL,
	  "x", NULL, 2 },
	{ "blank line between", "a.py", "# reason: a b\n\n!SETTING\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "code between", "a.py", "# reason: a b\nx = 1\n!SETTING\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "another exception between", "a.py", "# reason: a b\nSETTING\n!SETTING\n", FORM_NONE, NULL, NULL,
	  NULL, NULL, 0 },
	{ "trailing comment of the line above", "a.py", "x = 1 # reason: a b\n!SETTING\n", FORM_NONE, NULL,
	  NULL, NULL, NULL, 0 },
	{ "comment below", "a.py", "!SETTING\n# reason: a b\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "noise above", "a.py", "# -------\n!SETTING\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "one word above", "a.py", "# loopback\n!SETTING\n", FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "licence above", "a.py", "# Copyright 2026 A B\n# SPDX-License-Identifier: MIT\n!SETTING\n",
	  FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "directive above", "a.py", "# pylint: disable=x because so\n!SETTING\n", FORM_NONE, NULL, NULL,
	  NULL, NULL, 0 },
	{ "directive in the block", "a.py", "# reason: a\n# pylint: disable=x\n!SETTING\n", FORM_KEYED, "a",
	  NULL, NULL, NULL, 1 },
	{ "above the statement", "a.py", "# reason: a b\nf(\n  x,\n  !SETTING,\n)\n", FORM_KEYED, "a b", NULL,
	  NULL, NULL, 1 },
	{ "plain above the statement", "a.py", "# only on loopback\nf(\n  !SETTING,\n)\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "within the statement", "a.py", "f(\n  # reason: a b\n  !SETTING,\n)\n", FORM_KEYED, "a b", NULL,
	  NULL, NULL, 2 },
	{ "within the statement, other line", "a.py", "f(\n  # reason: a b\n  x,\n  !SETTING,\n)\n",
	  FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "above the statement before", "a.py", "# reason: a b\nf(x,\n  y)\n!SETTING\n", FORM_NONE, NULL,
	  NULL, NULL, NULL, 0 },
	{ "above the function", "a.js", "// reason: a b\nfunction f() {\n  !SETTING\n}\n", FORM_NONE, NULL,
	  NULL, NULL, NULL, 0 },
	{ "above the shell command", "a.sh", "# reason: a b\ncurl \\\n  !SETTING\n", FORM_KEYED, "a b", NULL,
	  NULL, NULL, 1 },
	{ "marker, keyed behind", "a.py", "x # !MARKER reason: a b\n", FORM_KEYED, "a b", NULL, NULL, NULL,
	  1 },
	{ "marker, plain behind", "a.py", "x # !MARKER only on loopback\n", FORM_NONE, NULL, NULL, NULL, NULL,
	  0 },
	{ "marker, second comment behind", "a.py", "x # !MARKER  # only on loopback\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "marker, ids and second comment", "a.py", "x # !MARKER B404  # only on loopback\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "marker, second comment with keys", "a.py", "x # !MARKER B404  # reason: a b; owner: x\n",
	  FORM_KEYED, "a b", NULL, "x", NULL, 1 },
	{ "loose marker, plain behind", "a.py", "x # !LOOSE - only on loopback\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "loose marker, ids behind", "a.py", "x # !LOOSE B404, B405\n", FORM_NONE, NULL, NULL, NULL, NULL,
	  0 },
	{ "loose marker in a block comment", "a.c", "x /* !LOOSE only on loopback */\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "loose marker, second comment", "a.c", "x; /* !LOOSE */ // only on loopback\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "loose marker, second block comment", "a.c", "x; /* !LOOSE*/ /* only on loopback */\n", FORM_PLAIN,
	  "only on loopback", NULL, NULL, NULL, 1 },
	{ "marker, second block comment", "a.html", "<!-- !MARKER --> <!-- only on loopback -->\n",
	  FORM_PLAIN, "only on loopback", NULL, NULL, NULL, 1 },
	{ "block comment with keys", "a.c", "x; /* !MARKER reason: a b */\n", FORM_KEYED, "a b", NULL, NULL,
	  NULL, 1 },
	{ "words before a marker", "a.py", "x # only on loopback # !MARKER\n", FORM_PLAIN, "only on loopback",
	  NULL, NULL, NULL, 1 },
	{ "marker line, above", "a.py", "# reason: a b\n# !MARKER\nx\n", FORM_KEYED, "a b", NULL, NULL, NULL,
	  1 },
	{ "marker line, below", "a.py", "# !MARKER\n# reason: a b\nx\n", FORM_NONE, NULL, NULL, NULL, NULL,
	  0 },
	{ "reason below", "Dockerfile", "# !BELOW\n# reason: a b\nFROM x\n", FORM_KEYED, "a b", NULL, NULL,
	  NULL, 2 },
	{ "long comment", "a.c", "/* !LOOSE\n * only on loopback */\nx\n", FORM_PLAIN, "only on loopback",
	  NULL, NULL, NULL, 2 },
	{ "two markers share the native reason", "a.go", "x // !MARKER // MARKER[a b]\n", FORM_NATIVE, "a b",
	  NULL, NULL, NULL, 1 },
	{ "two markers share the trailing reason", "a.go", "x // !MARKER LOOSE // only on loopback\n",
	  FORM_PLAIN, "only on loopback", NULL, NULL, NULL, 1 },
	{ "setting and marker share the reason", "a.py", "!SETTING # MARKER[a b]\n", FORM_NATIVE, "a b", NULL,
	  NULL, NULL, 1 },
	{ "stacked markers", "a.py", "# reason: a b\n# MARKER\n# !MARKER\nx\n", FORM_KEYED, "a b", NULL, NULL,
	  NULL, 1 },
	{ "stacked markers, own reason", "a.py",
	  "# reason: a b\n# until: 2026-12-20\n# MARKER\n# reason: c d\n# !MARKER\nx\n", FORM_KEYED, "c d",
	  NULL, NULL, NULL, 4 },
	{ "marker above a setting", "a.py", "# reason: a b\n# MARKER\n!SETTING\n", FORM_KEYED, "a b", NULL,
	  NULL, NULL, 1 },
	{ "the words of a marker above", "a.py", "# LOOSE only on loopback\n!SETTING\n", FORM_NONE, NULL,
	  NULL, NULL, NULL, 0 },
	{ "block comment above", "a.c", "/* reason: a\n *   b\n * owner: x\n */\n!SETTING;\n", FORM_KEYED,
	  "a b", NULL, "x", NULL, 1 },
	{ "doc comment above", "a.java", "/**\n * What this does.\n *\n * reason: a b\n */\n!SETTING;\n",
	  FORM_KEYED, "a b", NULL, NULL, NULL, 4 },
	{ "yaml step", "a.yml", "steps:\n  # reason: a b\n  - uses: x\n    with:\n      !SETTING\n",
	  FORM_KEYED, "a b", NULL, NULL, NULL, 2 },
	{ "yaml step, plain", "a.yml",
	  "steps:\n  # only on loopback\n  - uses: x\n    with:\n      !SETTING\n", FORM_NONE, NULL, NULL,
	  NULL, NULL, 0 },
	{ "yaml step before", "a.yml", "steps:\n  # reason: a b\n  - uses: x\n  - uses: y\n    !SETTING\n",
	  FORM_NONE, NULL, NULL, NULL, NULL, 0 },
	{ "yaml key above is no item", "a.yml", "# reason: a b\nsteps:\n  with:\n    !SETTING\n", FORM_NONE,
	  NULL, NULL, NULL, NULL, 0 },
	{ "yaml script", "a.yml", "run: |\n  # reason: a b\n  !SETTING\n", FORM_KEYED, "a b", NULL, NULL,
	  NULL, 2 },
	{ "html", "a.html", "<!-- reason: a b -->\n!SETTING\n", FORM_KEYED, "a b", NULL, NULL, NULL, 1 },
	{ "malformed until", "a.py", "# until: soon\n!SETTING\n", FORM_KEYED, NULL, "soon", NULL, NULL, 1 },
	{ "crlf", "a.py", "# reason: a b\r\n# owner: x\r\n!SETTING\r\n", FORM_KEYED, "a b", NULL, "x", NULL,
	  1 },
};

static const struct rule rules[] = {
	{ .id = "setting", .kind = KIND_SETTING, .place = PLACE_TRAILING },
	{ .id = "marker", .kind = KIND_SUPPRESSION, .place = PLACE_ABOVE },
	{ .id = "loose", .kind = KIND_SUPPRESSION, .place = PLACE_TRAILING },
	{ .id = "below", .kind = KIND_SUPPRESSION, .place = PLACE_BELOW },
};
static const char *const words[] = { "SETTING", "MARKER", "LOOSE", "BELOW" };

enum { MATCHES_MAX = 8 };

static struct match match_at(struct slice text, size_t at, size_t word)
{
	size_t size = strlen(words[word]);
	struct match match = { .rule = &rules[word], .start = at, .end = at + size };

	if (slice_starts(slice_from(text, at + size), "[")) {
		size_t close = slice_find_char(slice_from(text, at), ']');

		match.reason = slice_sub(text, at + size + 1, close - size - 1);
		size = close + 1;
	}
	match.whole = slice_sub(text, at, size);
	return match;
}

/* Finds the words in text; returns how many, and which one has the ! in front. */
static size_t find_matches(struct slice text, struct match *matches, size_t *ret_asked)
{
	size_t count = 0;

	for (size_t at = 0; at < text.size; at++)
		for (size_t word = 0; word < sizeof(words) / sizeof(words[0]); word++) {
			if (!slice_starts(slice_from(text, at), words[word]))
				continue;
			assert_true(count < MATCHES_MAX);
			if (at > 0 && text.data[at - 1] == '!')
				*ret_asked = count;
			matches[count++] = match_at(text, at, word);
		}
	return count;
}

static void assert_text(const char *got, const char *want)
{
	if (want)
		assert_non_null(got);
	else
		assert_null(got);
	if (want)
		assert_string_equal(got, want);
}

static void check(void **state)
{
	const struct row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct match matches[MATCHES_MAX];
	struct justification found;
	struct match_site site;
	struct lexed lexed;
	size_t asked = SIZE_MAX, count;
	char *copy = arena_string(&arena, row->text);

	/* The ! itself must not be seen. */
	text.data = copy;
	count = find_matches(text, matches, &asked);
	assert_true(asked < count);
	copy[matches[asked].start - 1] = ' ';
	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	site = (struct match_site){ &lexed, &matches[asked], matches, count };
	assert_int_equal(justification_find(&arena, &site, &found), POL_OK);
	assert_text(found.reason, row->reason);
	assert_text(found.until_text, row->until);
	assert_text(found.owner, row->owner);
	assert_text(found.ticket, row->ticket);
	assert_int_equal(found.form, row->form);
	assert_int_equal(found.line, row->line);
	if (!row->until || strcmp(row->until, "soon") == 0)
		assert_int_equal(found.until, DATE_NONE);
	else
		assert_int_equal(found.until, 20807);
}

/* ---- keys --------------------------------------------------------------------------------------------------------- */

static const struct key_row {
	const char *name, *text;
	enum justification_key key;
	const char *value;
} key_rows[] = {
	{ "reason", "reason: a", KEY_REASON, "a" },
	{ "any case", "Reason : a", KEY_REASON, "a" },
	{ "why", "why: a", KEY_REASON, "a" },
	{ "why ignored", "Why ignored: a", KEY_REASON, "a" },
	{ "justification", "justification: a", KEY_REASON, "a" },
	{ "rationale", "rationale: a", KEY_REASON, "a" },
	{ "until", "until: a", KEY_UNTIL, "a" },
	{ "expires", "expires: a", KEY_UNTIL, "a" },
	{ "expiry", "expiry: a", KEY_UNTIL, "a" },
	{ "exp", "exp:a", KEY_UNTIL, "a" },
	{ "review by", "Review by: a", KEY_UNTIL, "a" },
	{ "review date", "review date: a", KEY_UNTIL, "a" },
	{ "owner", "owner: a", KEY_OWNER, "a" },
	{ "added by", "added by: a", KEY_OWNER, "a" },
	{ "approved by", "approved by: a", KEY_OWNER, "a" },
	{ "ticket", "ticket: a", KEY_TICKET, "a" },
	{ "issue", "issue: a", KEY_TICKET, "a" },
	{ "ref", "ref: a", KEY_TICKET, "a" },
	{ "first colon", "reason: see https://x: why", KEY_REASON, "see https://x: why" },
	{ "list item", "- reason: a", KEY_REASON, "a" },
	{ "empty value", "reason:", KEY_REASON, "" },
	{ "no colon", "reason a", KEY_NONE, NULL },
	{ "word before", "the reason: a", KEY_NONE, NULL },
	{ "longer word", "reasons: a", KEY_NONE, NULL },
	{ "unknown", "note: a", KEY_NONE, NULL },
	{ "link", "https://x", KEY_NONE, NULL },
	{ "nothing", "", KEY_NONE, NULL },
};

static void check_key(void **state)
{
	const struct key_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice value = { "", 0 };

	assert_int_equal(justification_key(slice_of(row->text), &value), row->key);
	if (row->value)
		assert_string_equal(arena_copy(&arena, value.data, value.size), row->value);
}

/* ---- noise and weakness ------------------------------------------------------------------------------------------- */

static const struct noise_row {
	const char *name, *text;
	bool noise;
} noise_rows[] = {
	{ "empty", "", true },
	{ "signs", "-----", true },
	{ "numbers", "1 2 3", true },
	{ "one word", "loopback", true },
	{ "two words", "only loopback", false },
	{ "chinese", "\xe4\xbb\x85\xe7\x94\xa8\xe4\xba\x8e\xe6\xb5\x8b\xe8\xaf\x95", false },
	{ "russian", "\xd1\x82\xd0\xbe\xd0\xbb\xd1\x8c\xd0\xba\xd0\xbe \xd0\xb4\xd0\xbb\xd1\x8f", false },
	{ "shebang", "!/usr/bin/env python3", true },
	{ "mode line", "-*- coding: utf-8 -*-", true },
	{ "vim", "vim: set ts=4 :", true },
	{ "copyright", "Copyright 2026 the authors of x", true },
	{ "spdx", "SPDX-License-Identifier: MIT OR Apache-2.0", true },
	{ "eslint", "eslint-disable-next-line no-eval -- x", true },
	{ "words about eslint", "ESLint reports this by mistake", false },
	{ "noqa", "noqa: S501 and more", true },
	{ "pylint", "pylint: disable=all of it", true },
	{ "type ignore", "type: ignore[x] y", true },
	{ "a type", "type: what this is", false },
	{ "shellcheck", "shellcheck disable=SC2086 x", true },
	{ "words about shellcheck", "shellcheck cannot follow this", false },
	{ "typescript", "@ts-expect-error x y", true },
	{ "prettier", "prettier-ignore a b", true },
	{ "code", "x = y;", true },
};

static void check_noise(void **state)
{
	const struct noise_row *row = *state;

	assert_int_equal(justification_is_noise(slice_of(row->text)), row->noise);
}

static const char *const placeholders[] = { "todo", "fix later", "n/a", "<pending>", "it works on my machine",
	                                    NULL };
static const char *const known[] = { "tls-verify-off", "TLS01", "certificates are not verified", " B501",
	                             NULL };

static const struct fault_row {
	const char *name, *reason;
	enum reason_fault fault;
	size_t count; /* of what is too few */
} fault_rows[] = {
	{ "good", "internal test server only", REASON_HOLDS, 0 },
	{ "placeholder", "fix later", REASON_PLACEHOLDER, 0 },
	{ "placeholder in signs", " *Fix,  later!* ", REASON_PLACEHOLDER, 0 },
	{ "placeholder in brackets", "<Pending>", REASON_PLACEHOLDER, 0 },
	{ "placeholder within a reason", "fix later when the proxy is gone", REASON_HOLDS, 0 },
	{ "signs within", "N / A", REASON_PLACEHOLDER, 0 },
	{ "words that say nothing more", "please fix this later", REASON_PLACEHOLDER, 0 },
	{ "before it and within", "Just to fix it here, later", REASON_PLACEHOLDER, 0 },
	{ "nothing but such words", "this is it here", REASON_HOLDS, 0 },
	{ "a placeholder that begins with one", "it works on my machine", REASON_PLACEHOLDER, 0 },
	{ "and goes on otherwise", "works on my machines", REASON_HOLDS, 0 },
	{ "the rule's id", "tls verify off", REASON_ECHO, 0 },
	{ "the rule's code", "TLS01", REASON_ECHO, 0 },
	{ "the rule's message", "Certificates are not verified.", REASON_ECHO, 0 },
	{ "what the marker names", "B501", REASON_ECHO, 0 },
	{ "bits of all these", "B501: TLS certificates not verified", REASON_ECHO, 0 },
	{ "one word more", "TLS certificates are not verified locally", REASON_HOLDS, 0 },
	{ "the line itself", "requests.get(url, verify = False)", REASON_ECHO, 0 },
	{ "empty", "  ", REASON_WORDLESS, 0 },
	{ "digits", "123 456 789 000", REASON_WORDLESS, 0 },
	{ "link", "https://example.org/a/b/c", REASON_LINK, 0 },
	{ "link in brackets", "<https://example.org/a/b/c>.", REASON_LINK, 0 },
	{ "link with a lead", "see https://example.org/a", REASON_LINK, 0 },
	{ "link and words", "pinned in ca.pem, see https://example.org/a", REASON_HOLDS, 0 },
	{ "ticket", "SEC-412", REASON_LINK, 0 },
	{ "tickets", "tracked in SEC-412, #17 and team/project#3", REASON_LINK, 0 },
	{ "merge request", "see !512", REASON_LINK, 0 },
	{ "advisory", "GHSA-6v7p-g79w-8964, CVE-2024-1234", REASON_LINK, 0 },
	{ "ticket and words", "old proxy, gone with SEC-412", REASON_HOLDS, 0 },
	{ "ticket in a script without blanks", "SEC-412 \xe4\xbb\x85\xe7\x94\xa8\xe4\xba\x8e\xe5\x86\x85",
	  REASON_HOLDS, 0 },
	{ "a hyphen makes no ticket", "third-party test-server", REASON_HOLDS, 0 },
	{ "nor does one at the end", "fallback-1- server-", REASON_HOLDS, 0 },
	{ "short", "a b c", REASON_FEW_CHARS, 5 },
	{ "one word", "becauseitissoandsostays", REASON_FEW_WORDS, 1 },
	{ "repetition", "test test test test", REASON_REPETITION, 0 },
	{ "chinese",
	  "\xe4\xbb\x85\xe7\x94\xa8\xe4\xba\x8e\xe5\x86\x85\xe9\x83\xa8\xe6\xb5\x8b\xe8\xaf\x95\xe6\x9c\x8d"
	  "\xe5\x8a\xa1\xe5\x99\xa8",
	  REASON_HOLDS, 0 },
	{ "chinese, short", "\xe4\xbb\x85\xe7\x94\xa8\xe4\xba\x8e", REASON_FEW_CHARS, 3 },
	{ "characters, not bytes", "\xd1\x8f \xd1\x8f \xd1\x8e", REASON_FEW_CHARS, 5 },
};

static const struct reason_demand demand = { .min_chars = 10,
	                                     .min_words = 2,
	                                     .placeholders = placeholders,
	                                     .known = known,
	                                     .repeated = "requests.get(url, verify=False)" };

static void check_fault(void **state)
{
	const struct fault_row *row = *state;
	size_t count;

	assert_int_equal(justification_fault(row->reason, &demand, &count), row->fault);
	if (row->fault != REASON_HOLDS)
		assert_int_equal(count, row->count);
}

/* A policy that wants no words is content with a link, but not with a placeholder. */
static void test_fault_without_words(void **state)
{
	const struct reason_demand none = { .placeholders = placeholders };
	size_t count;

	(void)state;
	assert_int_equal(justification_fault("#17", &none, &count), REASON_HOLDS);
	assert_int_equal(justification_fault("see https://example.org", &none, &count), REASON_HOLDS);
	assert_int_equal(justification_fault("todo", &none, &count), REASON_PLACEHOLDER);
	assert_int_equal(justification_fault("x", &none, &count), REASON_HOLDS);
	assert_int_equal(justification_fault("", &none, &count), REASON_WORDLESS);
}

static void test_normalise(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };

	(void)state;
	assert_string_equal(justification_normalise(&arena, "  The *proxy*,\tre-signs: "),
	                    "the proxy re signs");
	assert_string_equal(justification_normalise(&arena, "--"), "");
}

/* Fields that are set already are kept. */
static void kept(void **state)
{
	const struct slice lines[] = { SLICE("reason: a b; owner: x"), SLICE("until: 2026-12-20T00:00:00Z") };
	struct justification found = { .owner = "y", .until = DATE_NONE };
	CLEANUP(arena) struct arena arena = { 0 };

	(void)state;
	assert_int_equal(justification_read_lines(&arena, lines, 2, 7, &found), POL_OK);
	assert_string_equal(found.owner, "y");
	assert_string_equal(found.reason, "a b");
	assert_int_equal(found.until, 20807);
	assert_int_equal(found.line, 7);
}

static void memory(void **state)
{
	const struct slice lines[] = { SLICE("reason: a b; owner: x"), SLICE("ticket: c") };
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	while (status != POL_OK && fail_at < 100) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct justification found = { .until = DATE_NONE };

		status = justification_read_lines(&arena, lines, 2, 1, &found);
		assert_true(status == POL_OK || status == POL_ENOMEM);
	}
	assert_int_equal(fail_at, 4);
}

int main(void)
{
	const struct CMUnitTest others[] = { cmocka_unit_test(kept), cmocka_unit_test(memory),
		                             cmocka_unit_test(test_fault_without_words),
		                             cmocka_unit_test(test_normalise) };
	int failed = ROWS_RUN("justification", rows, check) + ROWS_RUN("keys", key_rows, check_key) +
	             ROWS_RUN("noise", noise_rows, check_noise) + ROWS_RUN("fault", fault_rows, check_fault);

	return failed + cmocka_run_group_tests_name("reading", others, NULL, NULL);
}
