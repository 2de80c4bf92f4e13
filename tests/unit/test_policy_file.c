/* test_policy_file.c - the built-in policy, a repository's file on top of it, and what both demand. */
#include "policy/config/policy_file.h"

#include "policy/base/date.h"
#include "tests/support/rows.h"

#include <string.h>

static struct policy *load(const char *text)
{
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	if (policy_load(slice_of(text), POLICY_FILE_NAME, &policy, &err) < 0)
		fail_msg("%s:%u: %s", err.path, err.line, err.message);
	return policy;
}

static bool has_text(const char *const *list, const char *text)
{
	for (; list && *list; list++)
		if (strcmp(*list, text) == 0)
			return true;
	return false;
}

/* ---- refusals ----------------------------------------------------------------------------------------------------- */

static const struct row {
	const char *name;
	const char *text;
	uint32_t line;
	const char *says;
} rows[] = {
	{ "no YAML", "a: [", 1, "a bracket is not closed" },
	{ "no mapping", "- a\n", 1, "expected keys with values here" },
	{ "unknown key", "require: []\nrequires: []\n", 2, "did you mean 'require'?" },
	{ "another version", "version: 2\n", 1, "'version' must be" },
	{ "style", "justification: {style: strict}\n", 1, "'style' must be one of any, native, keyed" },
	{ "unknown key inside", "justification:\n  min_char: 3\n", 2, "did you mean 'min_chars'?" },
	{ "too many places", "justification: {max_same: 2000000}\n", 1, "max_same" },
	{ "negative count", "justification:\n  min_words: -1\n", 2, "a whole number from 0" },
	{ "rows are no list", "require: {kind: setting}\n", 1,
	  "'require' must be a list of entries, not a mapping" },
	{ "row is no mapping", "require:\n  - setting\n", 2, "expected keys" },
	{ "kind", "require:\n  - kind: [setting, marker]\n", 2,
	  "'marker' is not one of setting, suppression, ignore, license, policy" },
	{ "severity", "require:\n- severity: critical\n", 2, "'critical' is not one of low, medium, high" },
	{ "empty condition", "require:\n- paths: []\n  reason: no\n", 2, "an empty list is no condition" },
	{ "empty condition of rules", "require:\n- rules:\n  reason: no\n", 2,
	  "an empty list is no condition" },
	{ "empty condition of kinds", "require:\n- kind:\n  reason: no\n", 2,
	  "an empty list is no condition" },
	{ "empty glob", "require:\n- paths: ['']\n", 2, "a glob must have" },
	{ "demand", "require:\n- reason: maybe\n", 2, "'reason' must be yes or no, not 'maybe'" },
	{ "days", "require:\n- max_days: -1\n", 2, "'max_days' must be a whole number from 0 to 36500" },
	{ "as_severity", "require:\n- as_severity: none\n", 2, "'as_severity' must be one of low" },
	{ "owner", "owner: everybody\n", 1, "'owner' must be one of any, known" },
	{ "owner with a bare @", "owners:\n  - @platform\n", 2, "put the value in quotes" },
	{ "exception without rule", "exceptions:\n- path: a\n", 2, "'rule' is missing" },
	{ "exception without path", "exceptions:\n- rule: a\n", 2, "'path' is missing" },
	{ "exception with empty rule", "exceptions:\n- {rule: '', path: a}\n", 2, "must name a rule" },
	{ "exception with unknown key", "exceptions:\n- {rule: a, path: a, expires: 2026-01-01}\n", 2,
	  "unknown key" },
	{ "own rule", "rules:\n  own:\n  - id: x\n", 3, "is missing" },
	{ "own rule with weak literal",
	  "rules:\n  own:\n  - {id: x, kind: setting, severity: low, title: t, fix: f, literals: [a], "
	  "pattern: p}\n",
	  3, "shorter than 3" },
	{ "unknown key of rules", "rules:\n  enable: [a]\n", 2, "unknown key 'enable'" },
	{ "key of rules as YAML 1.1 bool is a text", "rules:\n  off: ['']\n", 2, "a glob must have" },
	{ "push", "push: {judge: all}\n", 1, "'judge' must be one of tip, every-commit" },
	{ "level", "message:\n  empty: error\n", 2, "'empty' must be one of off, warn, refuse" },
	{ "length", "message:\n  subject_max: 0\n", 2, "'subject_max' must be" },
	{ "level of a rule", "message:\n  sign_off: yes\n", 2,
	  "'sign_off' must be one of off, warn, refuse" },
	{ "merges", "message:\n  merges: refuse\n", 2, "'merges' must be yes or no" },
	{ "an empty word", "message:\n  words: [a, '']\n", 2, "an empty text" },
	{ "an empty type", "message:\n  types: ['']\n", 2, "an empty text" },
	{ "an empty scope", "message:\n  scopes: ['']\n", 2, "an empty text" },
	{ "an empty issue", "message:\n  subject_max: 3\n  issues: ['']\n", 3, "an empty text" },
	{ "an empty bot", "message:\n  bots: ['']\n", 2, "a glob must have" },
	{ "licences", "licenses:\n  forbid: [GPL-3.0]\n", 2, "unknown key 'forbid'" },
};

static void check(void **state)
{
	const struct row *row = *state;
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	assert_int_equal(policy_load(slice_of(row->text), POLICY_FILE_NAME, &policy, &err), POL_ECONFIG);
	assert_null(policy);
	assert_string_equal(err.path, POLICY_FILE_NAME);
	if (!strstr(err.message, row->says))
		fail_msg("'%s' does not say '%s'", err.message, row->says);
	assert_int_equal(err.line, row->line);
}

static void long_globs_are_refused(void **state)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct policy *policy = NULL;

	(void)state;
	buf_add_string(&text, "skip: ['");
	for (int i = 0; i < 1001; i++)
		buf_add_char(&text, '*');
	buf_add_string(&text, "']\n");
	assert_int_equal(policy_load(slice_of(text.data), "x", &policy, NULL), POL_ECONFIG);
}

/* ---- demands ------------------------------------------------------------------------------------------------------ */

static const struct demand_row {
	const char *name;
	const char *text; /* NULL = the built-in policy alone */
	const char *path;
	enum rule_kind kind;
	enum rule_severity severity;
	const char *
		demand; /* letters: reason until owner ticket block blanket file_wide, then days and severity */
} demand_rows[] = {
	{ "high setting", NULL, "a.py", KIND_SETTING, SEVERITY_HIGH, "ru--bBf 90 high" },
	{ "medium setting", NULL, "a.py", KIND_SETTING, SEVERITY_MEDIUM, "r---bBf 90 medium" },
	{ "low setting", NULL, "a.py", KIND_SETTING, SEVERITY_LOW, "r----Bf 90 low" },
	{ "high suppression", NULL, "a.py", KIND_SUPPRESSION, SEVERITY_HIGH, "r---bBf 0 high" },
	{ "low suppression", NULL, "a.py", KIND_SUPPRESSION, SEVERITY_LOW, "r----Bf 0 low" },
	{ "ignore entry", NULL, ".trivyignore", KIND_IGNORE, SEVERITY_MEDIUM, "ru--bBf 30 medium" },
	{ "licence", NULL, "go.mod", KIND_LICENSE, SEVERITY_MEDIUM, "r---bBf 0 medium" },
	{ "policy", NULL, ".warrant.yaml", KIND_POLICY, SEVERITY_MEDIUM, "-----Bf 0 medium" },
	{ "empty file changes nothing", "", "a.py", KIND_SETTING, SEVERITY_HIGH, "ru--bBf 90 high" },
	{ "row for everything", "require: [{owner: yes, ticket: yes, blanket: no, file_wide: no}]", "a.py",
	  KIND_SETTING, SEVERITY_HIGH, "ruotb-- 90 high" },
	{ "row for a kind", "require: [{kind: ignore, owner: yes}]", "a.py", KIND_SETTING, SEVERITY_HIGH,
	  "ru--bBf 90 high" },
	{ "row for two kinds", "require: [{kind: [ignore, setting], owner: yes}]", "a.py", KIND_SETTING,
	  SEVERITY_HIGH, "ruo-bBf 90 high" },
	{ "row for a severity", "require: [{severity: [medium, low], until: yes}]", "a.py", KIND_SUPPRESSION,
	  SEVERITY_LOW, "ru---Bf 0 low" },
	{ "row for paths", "require: [{paths: 'tools/**', until: no, reason: no}]", "tools/a.py",
	  KIND_SETTING, SEVERITY_HIGH, "----bBf 90 high" },
	{ "row for other paths", "require: [{paths: 'tests/**', until: no}]", "a.py", KIND_SETTING,
	  SEVERITY_HIGH, "ru--bBf 90 high" },
	{ "row for a rule", "require: [{rules: test-rule, until: no}]", "a.py", KIND_SETTING, SEVERITY_HIGH,
	  "r---bBf 90 high" },
	{ "row for a code", "require: [{rules: TST01, until: no}]", "a.py", KIND_SETTING, SEVERITY_HIGH,
	  "r---bBf 90 high" },
	{ "row for a glob of codes", "require: [{rules: ['TLS*', 'TST*'], max_days: 7}]", "a.py",
	  KIND_SETTING, SEVERITY_HIGH, "ru--bBf 7 high" },
	{ "row for another rule", "require: [{rules: other, until: no}]", "a.py", KIND_SETTING, SEVERITY_HIGH,
	  "ru--bBf 90 high" },
	{ "all conditions must hold", "require: [{rules: test-rule, paths: '*.c', until: no}]", "a.py",
	  KIND_SETTING, SEVERITY_HIGH, "ru--bBf 90 high" },
	{ "the later row wins",
	  "require: [{owner: yes}, {kind: setting, owner: no}, {kind: ignore, owner: yes}]", "a.py",
	  KIND_SETTING, SEVERITY_HIGH, "ru--bBf 90 high" },
	{ "key by key", "require: [{owner: yes}, {ticket: yes}]", "a.py", KIND_SETTING, SEVERITY_HIGH,
	  "ruotbBf 90 high" },
	{ "no cap", "require: [{max_days: 0}]", "a.py", KIND_SETTING, SEVERITY_HIGH, "ru--bBf 0 high" },
	{ "another severity does not select rows", "require: [{as_severity: high}]", "a.py", KIND_SETTING,
	  SEVERITY_LOW, "r----Bf 90 high" },
	{ "tests are only listed", NULL, "a/tests/b.py", KIND_SETTING, SEVERITY_HIGH, "ru---Bf 90 low" },
	{ "by the name of a file", NULL, "a/b_test.go", KIND_SETTING, SEVERITY_HIGH, "ru---Bf 90 low" },
	{ "a folder's name is not part of another's", NULL, "latests/b.go", KIND_SETTING, SEVERITY_HIGH,
	  "ru--bBf 90 high" },
	{ "markers in tests as elsewhere", NULL, "tests/b.py", KIND_SUPPRESSION, SEVERITY_HIGH,
	  "r---bBf 0 high" },
	{ "tests block on demand", "require: [{kind: setting, tests: yes, block: yes, until: no}]",
	  "tests/b.py", KIND_SETTING, SEVERITY_HIGH, "r---bBf 90 low" },
	{ "tests of the repository's own", "tests: ['proofs/**']", "proofs/b.py", KIND_SETTING, SEVERITY_HIGH,
	  "ru---Bf 90 low" },
	{ "tests taken back", "tests: ['!tests/live/**']", "tests/live/b.py", KIND_SETTING, SEVERITY_HIGH,
	  "ru--bBf 90 high" },
	{ "row for all but tests", "require: [{tests: no, ticket: yes}]", "tests/b.py", KIND_SETTING,
	  SEVERITY_HIGH, "ru---Bf 90 low" },
	{ "row for others", "require: [{tests: no, ticket: yes}]", "b.py", KIND_SETTING, SEVERITY_HIGH,
	  "ru-tbBf 90 high" },
	{ "low blocks on demand", "require: [{severity: low, block: yes}]", "a.py", KIND_SUPPRESSION,
	  SEVERITY_LOW, "r---bBf 0 low" },
};

static const struct rule test_rule = { .id = "test-rule", .code = "TST01", .title = "t", .message = "m" };

static void check_demand(void **state)
{
	const struct demand_row *row = *state;
	CLEANUP(policy) struct policy *policy = load(row->text);
	CLEANUP(buf) struct buf shown = { 0 };
	struct rule rule = test_rule;
	struct demand demand;

	rule.kind = row->kind;
	demand = policy_demand(policy, &rule, row->severity, row->path);
	buf_printf(&shown, "%c%c%c%c%c%c%c %d %s", demand.reason ? 'r' : '-', demand.until ? 'u' : '-',
	           demand.owner ? 'o' : '-', demand.ticket ? 't' : '-', demand.block ? 'b' : '-',
	           demand.blanket ? 'B' : '-', demand.file_wide ? 'f' : '-', (int)demand.max_days,
	           rule_severity_names[demand.severity]);
	assert_string_equal(shown.data, row->demand);
}

/* ---- rules and files ---------------------------------------------------------------------------------------------- */

static const struct enabled_row {
	const char *name;
	const char *text;
	bool is_off; /* the rule's own default */
	bool is_enabled;
} enabled_rows[] = {
	{ "on by itself", NULL, false, true },
	{ "off by itself", NULL, true, false },
	{ "switched on", "rules: {on: [test-rule]}", true, true },
	{ "switched on by code", "rules: {on: [TST01]}", true, true },
	{ "switched on by glob", "rules: {on: ['TST*']}", true, true },
	{ "switched off", "rules: {off: [test-rule]}", false, false },
	{ "switched off by code", "rules: {off: TST01}", false, false },
	{ "switched off by glob", "rules: {off: ['test-*']}", false, false },
	{ "another switched off", "rules: {off: [test, TST]}", false, true },
	{ "exact on beats glob off", "rules: {on: [test-rule], off: ['*']}", true, true },
	{ "exact off beats glob on", "rules: {on: ['*'], off: [test-rule]}", false, false },
	{ "off beats on, exact", "rules: {on: [TST01], off: [test-rule]}", false, false },
	{ "off beats on, globs", "rules: {on: ['T*'], off: ['t*']}", false, false },
};

static void check_enabled(void **state)
{
	const struct enabled_row *row = *state;
	CLEANUP(policy) struct policy *policy = load(row->text);
	struct rule rule = test_rule;

	rule.off = row->is_off;
	assert_int_equal(policy_rule_enabled(policy, &rule), row->is_enabled);
}

static const struct skip_row {
	const char *name;
	const char *text;
	const char *path;
	bool is_skipped;
} skip_rows[] = {
	{ "source", NULL, "src/main.c", false },
	{ "vendored", NULL, "go/vendor/x/y.go", true },
	{ "vendored at the top", NULL, "node_modules/x/index.js", true },
	{ "third party", NULL, "third_party/zlib/inflate.c", true },
	{ "minified", NULL, "web/app.min.js", true },
	{ "not minified", NULL, "web/admin.js", false },
	{ "generated", NULL, "api/v1/x_pb2.py", true },
	{ "lock file", NULL, "web/package-lock.json", true },
	{ "built", NULL, "dist/app.js", true },
	{ "file named like a folder", NULL, "src/vendor", false },
	{ "added", "skip: ['testdata/']", "testdata/a/b.py", true },
	{ "added does not drop the others", "skip: ['testdata/']", "go.sum", true },
	{ "taken back", "skip: ['!**/vendor/**']", "vendor/x.go", false },
	{ "taken back in part", "skip: ['!vendor/ours/**']", "vendor/theirs/x.go", true },
	{ "all taken back", "skip: ['!**/*']", "a/go.sum", false },
};

static void check_skip(void **state)
{
	const struct skip_row *row = *state;
	CLEANUP(policy) struct policy *policy = load(row->text);

	assert_int_equal(policy_skips(policy, row->path), row->is_skipped);
}

/* ---- hash --------------------------------------------------------------------------------------------------------- */

static const struct hash_row {
	const char *name;
	const char *a, *b;
	bool is_same;
} hash_rows[] = {
	{ "no file and an empty one", NULL, "", true },
	{ "no file and comments", NULL, "# nothing\n", true },
	{ "no file and exceptions only", NULL, "exceptions: [{rule: a, path: b, reason: c}]", true },
	{ "another exception", "owner: known\nexceptions: [{rule: a, path: b}]", "owner: known\n", true },
	{ "comments and form", "owner: known\nowners: [a, b]\n", "owner: 'known' # x\nowners:\n- a\n- b\n",
	  true },
	{ "order of keys", "owner: known\nskip: [a]\n", "skip: [a]\nowner: known\n", true },
	{ "order of keys below", "push: {judge: tip, protected: [a]}", "push: {protected: [a], judge: tip}",
	  true },
	{ "a value", "owner: known\n", "owner: any\n", false },
	{ "a key", "owner: known\n", "owner: known\nversion: 1\n", false },
	{ "order of rows", "require: [{owner: yes}, {owner: no}]", "require: [{owner: no}, {owner: yes}]",
	  false },
	{ "a key elsewhere", "rules: {on: [a]}", "rules: {off: [a]}", false },
	{ "one list for two", "rules: {on: [a, b]}", "rules: {on: [a], off: [b]}", false },
	{ "nothing and a text", "skip: [a]\nowners:\n", "skip: [a]\nowners: ''\n", false },
	{ "an empty list is something", "rules: {own: []}", "rules: {}", false },
};

static void check_hash(void **state)
{
	const struct hash_row *row = *state;
	CLEANUP(policy) struct policy *a = load(row->a);
	CLEANUP(policy) struct policy *b = load(row->b);

	assert_int_equal(a->requirements_hash == b->requirements_hash, row->is_same);
}

/* ---- what is read ------------------------------------------------------------------------------------------------- */

static void built_in_values(void **state)
{
	CLEANUP(policy) struct policy *policy = load(NULL);

	(void)state;
	assert_string_equal(policy->path, "");
	assert_int_equal(policy->style, STYLE_ANY);
	assert_int_equal(policy->min_chars, 10);
	assert_int_equal(policy->min_words, 2);
	assert_int_equal(policy->max_same, 0);
	assert_true(has_text(policy->placeholders_, "todo"));
	assert_true(has_text(policy->placeholders_, "fix later"));
	assert_true(has_text(policy->placeholders_, "<please specify a reason of ignoring this>"));
	assert_false(policy->owner_known);
	assert_null(policy->own_rules);
	assert_int_equal(policy->exception_count, 0);
	assert_false(policy->licenses.given);
	assert_string_equal(policy->licenses.ledger, "");
	assert_null(policy->push.protected_);
	assert_false(policy->push.judge_every_commit);
	assert_int_equal(policy->message.subject_length, LEVEL_WARN);
	assert_int_equal(policy->message.subject_max, 72);
	assert_int_equal(policy->message.empty, LEVEL_REFUSE);
	assert_int_equal(policy->message.blank_line, LEVEL_WARN);
	assert_int_equal(policy->message.body_width, LEVEL_OFF);
	assert_int_equal(policy->message.body_max, 72);
	assert_int_equal(policy->message.trailing_stop, LEVEL_OFF);
	assert_int_equal(policy->message.type, LEVEL_OFF);
	assert_int_equal(policy->message.issue, LEVEL_OFF);
	assert_int_equal(policy->message.sign_off, LEVEL_OFF);
	assert_int_equal(policy->message.forbidden, LEVEL_REFUSE);
	assert_int_equal(policy->message.unfinished, LEVEL_WARN);
	assert_int_equal(policy->message.exceptions, LEVEL_OFF);
	assert_false(policy->message.merges);
	assert_false(policy->message.reverts);
	assert_false(has_text(policy->message.words, ""));
}

/* The built-in text is the reference of every key, so it must be a policy by itself too. */
static void built_in_text_is_a_policy(void **state)
{
	CLEANUP(policy) struct policy *policy = load(policy_builtin_text());
	static const char *const keys[] = { "style",         "min_chars", "placeholders", "kind",
		                            "severity",      "rules",     "paths",        "reason",
		                            "until",         "owner",     "ticket",       "block",
		                            "blanket",       "file_wide", "max_days",     "own",
		                            "contains",      "ledger",    "lockfiles",    "as_severity",
		                            "judge",         "protected", "blank_line",   "body_width",
		                            "trailing_stop", "sign_off",  "unfinished",   "tests" };

	(void)state;
	assert_string_equal(policy->path, POLICY_FILE_NAME);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_non_null(strstr(policy_builtin_text(), keys[i]));
}

static void every_key_arrives(void **state)
{
	CLEANUP(policy)
	struct policy *policy = load(
		"version: 1\n"
		"justification: {style: keyed, min_chars: 20, min_words: 4, max_same: 3, placeholders: [as "
		"agreed]}\n"
		"owner: known\n"
		"owners: ['@a', b@example.com]\n"
		"licenses: {ledger: l.csv, allow: [MIT], deny: [AGPL-3.0-only], lockfiles: ['x/*.lock']}\n"
		"push: {protected: [main, 'release/*'], judge: every-commit}\n"
		"message: {subject_length: refuse, subject_max: 50, trailing_stop: warn, type: refuse,\n"
		"  types: [add], scopes: [api], issue: warn, issues: [SEC-], sign_off: refuse, forbidden: "
		"warn,\n"
		"  words: [blacklist], unfinished: refuse, exceptions: warn, merges: yes, reverts: yes,\n"
		"  bots: ['*[[]bot] <*>']}\n");

	(void)state;
	assert_string_equal(policy->path, POLICY_FILE_NAME);
	assert_int_equal(policy->style, STYLE_KEYED);
	assert_int_equal(policy->min_chars, 20);
	assert_int_equal(policy->min_words, 4);
	assert_int_equal(policy->max_same, 3);
	assert_true(has_text(policy->placeholders_, "as agreed"));
	assert_true(has_text(policy->placeholders_, "todo"));
	assert_true(policy->owner_known);
	assert_true(has_text(policy->owners, "b@example.com"));
	assert_true(policy->licenses.given);
	assert_string_equal(policy->licenses.ledger, "l.csv");
	assert_true(has_text(policy->licenses.allow, "MIT"));
	assert_true(has_text(policy->licenses.deny, "AGPL-3.0-only"));
	assert_true(has_text(policy->licenses.lockfiles, "x/*.lock"));
	assert_true(has_text(policy->push.protected_, "release/*"));
	assert_true(policy->push.judge_every_commit);
	assert_int_equal(policy->message.subject_length, LEVEL_REFUSE);
	assert_int_equal(policy->message.subject_max, 50);
	assert_int_equal(policy->message.trailing_stop, LEVEL_WARN);
	assert_int_equal(policy->message.type, LEVEL_REFUSE);
	assert_true(has_text(policy->message.types, "add"));
	assert_true(has_text(policy->message.scopes, "api"));
	assert_int_equal(policy->message.issue, LEVEL_WARN);
	assert_true(has_text(policy->message.issues, "SEC-"));
	assert_int_equal(policy->message.sign_off, LEVEL_REFUSE);
	assert_int_equal(policy->message.forbidden, LEVEL_WARN);
	assert_true(has_text(policy->message.words, "blacklist"));
	assert_int_equal(policy->message.unfinished, LEVEL_REFUSE);
	assert_int_equal(policy->message.exceptions, LEVEL_WARN);
	assert_true(policy->message.merges);
	assert_true(policy->message.reverts);
	assert_true(has_text(policy->message.bots, "*[[]bot] <*>"));
	assert_int_equal(policy->message.empty, LEVEL_REFUSE);
}

static void licences_are_given_by_their_key_alone(void **state)
{
	CLEANUP(policy) struct policy *policy = load("licenses:\n");

	(void)state;
	assert_true(policy->licenses.given);
}

static void own_rules_become_a_set(void **state)
{
	CLEANUP(policy)
	struct policy *policy = load("rules:\n  own:\n"
	                             "  - {id: our-debug, kind: setting, severity: high, title: t, fix: f, "
	                             "literals: [expose_debug],\n"
	                             "     pattern: 'expose_debug\\s+on'}\n");

	(void)state;
	assert_non_null(policy->own_rules);
	assert_int_equal(policy->own_rules->rule_count, 1);
	assert_string_equal(policy->own_rules->rules[0].id, "our-debug");
	assert_string_equal(policy->own_rules->rules[0].code, "");
}

static void built_in_ids_are_taken(void **state)
{
	const struct ruleset *set = ruleset_builtin();
	CLEANUP(buf) struct buf text = { 0 };
	struct policy *policy = NULL;
	struct pol_error err = { 0 };

	(void)state;
	if (set->rule_count == 0)
		skip();
	buf_printf(&text,
	           "rules:\n  own:\n  - {id: %s, kind: setting, severity: high, title: t, fix: f, literals: "
	           "[abcd], pattern: p}\n",
	           set->rules[0].id);
	assert_int_equal(policy_load(slice_of(text.data), "x", &policy, &err), POL_ECONFIG);
	assert_non_null(strstr(err.message, "there is a built-in rule with the id"));
	assert_int_equal(err.line, 3);
}

static const char exceptions[] = "owner: known\n"
				 "exceptions:\n"
				 "  - rule: TLS01\n"
				 "    path: 'web/*.json'\n"
				 "    contains: '\"strict\": false'\n"
				 "    reason: pinned elsewhere\n"
				 "    until: 2026-06-30\n"
				 "    owner: '@web'\n"
				 "    ticket: WEB-7\n"
				 "  - {rule: b, path: c, until: next summer}\n";

static void exceptions_are_read(void **state)
{
	CLEANUP(policy) struct policy *policy = load(exceptions);
	const struct policy_exception *first = &policy->exceptions[0];
	int32_t day = 0;

	(void)state;
	assert_int_equal(policy->exception_count, 2);
	assert_int_equal(first->line, 3);
	assert_string_equal(first->rule, "TLS01");
	assert_string_equal(first->path, "web/*.json");
	assert_string_equal(first->contains, "\"strict\": false");
	assert_string_equal(first->reason, "pinned elsewhere");
	assert_string_equal(first->owner, "@web");
	assert_string_equal(first->ticket, "WEB-7");
	assert_string_equal(first->until_text, "2026-06-30");
	assert_true(date_parse(SLICE("2026-06-30"), &day));
	assert_int_equal(first->until, day);
	assert_int_equal(first[1].line, 10);
	assert_null(first[1].contains);
	assert_null(first[1].reason);
	assert_string_equal(first[1].until_text, "next summer");
	assert_int_equal(first[1].until, DATE_NONE);
}

static void exceptions_are_replaced(void **state)
{
	CLEANUP(policy) struct policy *policy = load(exceptions);
	struct pol_error err = { 0 };

	(void)state;
	assert_int_equal(policy_take_exceptions(policy,
	                                        SLICE("owner: any\nexceptions: [{rule: new, path: x}]"),
	                                        "other.yaml", &err),
	                 POL_OK);
	assert_int_equal(policy->exception_count, 1);
	assert_string_equal(policy->exceptions[0].rule, "new");
	assert_true(policy->owner_known); /* a requirement, which stays */
	assert_int_equal(policy_take_exceptions(policy, SLICE("ownr: any\n"), "other.yaml", &err),
	                 POL_ECONFIG);
	assert_string_equal(err.path, "other.yaml");
	assert_int_equal(policy->exception_count, 1);
	assert_int_equal(policy_take_exceptions(policy, slice_of(NULL), "other.yaml", &err), POL_OK);
	assert_int_equal(policy->exception_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_globs_are_refused),
		cmocka_unit_test(built_in_values),
		cmocka_unit_test(built_in_text_is_a_policy),
		cmocka_unit_test(every_key_arrives),
		cmocka_unit_test(licences_are_given_by_their_key_alone),
		cmocka_unit_test(own_rules_become_a_set),
		cmocka_unit_test(built_in_ids_are_taken),
		cmocka_unit_test(exceptions_are_read),
		cmocka_unit_test(exceptions_are_replaced),
	};

	return ROWS_RUN("policy", rows, check) + ROWS_RUN("demand", demand_rows, check_demand) +
	       ROWS_RUN("rule enabled", enabled_rows, check_enabled) +
	       ROWS_RUN("skip", skip_rows, check_skip) +
	       ROWS_RUN("requirements hash", hash_rows, check_hash) +
	       cmocka_run_group_tests_name("policy values", tests, NULL, NULL);
}
