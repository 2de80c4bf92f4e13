/* fuzz_scanner.c - the scanner on any text, with the rules that are shipped and with a few that stand for what users
 * write. Whatever the text: matches lie in it, are sorted, stand once, hold a literal of their rule; and what a plain run
 * of a simple rule's pattern over each line finds is found. The first byte chooses the file's name. */
#include "policy/rules/packs.h"
#include "policy/rules/regex.h"
#include "policy/rules/scanner.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {
	"a.py",   "a.c",    "a.go", "a.js",       "a.yaml", "a.json", "a.tf",
	"a.toml", "a.xml",  "a.rs", "Dockerfile", "a.md",   "a.sh",   "a",
	"a.rb",   "a.java", "a.cs", "a.php",      "a.html", "a.ini",  "pom.xml"
};

static const char *const danger[] = { "danger", NULL };
static const char *const verify[] = { "verify", NULL };
static const struct rule rules[] = {
	{ .id = "simple",
	  .code = "",
	  .literals = danger,
	  .pattern = "(?i)\\bdanger(?<id>\\d*)",
	  .where = WHERE_ANY },
	{ .id = "spanning",
	  .code = "",
	  .span = 3,
	  .literals = verify,
	  .pattern = "get\\([^)]*(?<at>verify)" },
	{ .id = "hostile",
	  .code = "",
	  .literals = danger,
	  .pattern = "^(?:\\w+\\s?)+$",
	  .unless_near = "(x+x+)+y" },
	{ .id = "in-path", .code = "", .literals = verify, .pattern = "verify", .path = "**.a.*" },
};
enum { RULES = sizeof(rules) / sizeof(rules[0]) };

static void demand(bool holds)
{
	if (!holds)
		abort();
}

/* Built once: a fuzzer calls many times. */
struct fixture {
	struct arena arena;
	struct ruleset *own;
	struct scanner *scanner;
	struct regex_engine *engine;
	struct regex *simple;
};

static bool is_wanted(const struct rule *rule, const void *data)
{
	(void)rule;
	(void)data;
	return true;
}

static struct fixture *fixture(void)
{
	static struct fixture made;

	if (made.scanner)
		return &made;
	demand(ruleset_build(&made.arena, rules, RULES, &made.own, NULL) == POL_OK);
	demand(scanner_open((const struct ruleset *const[]){ ruleset_builtin(), made.own }, 2, is_wanted,
	                    NULL, &made.scanner, NULL) == POL_OK);
	demand(regex_engine_open(&made.engine, NULL) == POL_OK);
	demand(regex_compile(made.engine, rules[0].pattern, &made.simple, NULL) == POL_OK);
	return &made;
}

static bool holds_literal(const struct rule *rule, struct slice text)
{
	const char *const *literals = rule->literals;

	if (!literals) /* one that is built in */
		literals = packs_proofs[rule - packs_ruleset.rules].literals;
	for (const char *const *literal = literals; *literal; literal++)
		if (slice_find_nocase(text, *literal) != SIZE_MAX)
			return true;
	return false;
}

static void check_match(struct slice text, const struct match *match)
{
	size_t start = (size_t)(match->whole.data - text.data);

	demand(match->start < match->end && match->end <= text.size);
	demand(match->whole.data >= text.data && start <= match->start);
	demand(match->end <= start + match->whole.size && start + match->whole.size <= text.size);
	demand(!match->id.data ||
	       (match->id.data >= text.data && match->id.data + match->id.size <= text.data + text.size));
	demand(match->rule->span > 0 || slice_find_char(match->whole, '\n') == SIZE_MAX);
	if (match->rule->span == 0)
		demand(holds_literal(match->rule, text_line_at(text, match->start)));
}

static void check_matches(struct slice text, const struct matches *matches)
{
	for (size_t i = 0; i < matches->count; i++) {
		const struct match *match = &matches->items[i];

		check_match(text, match);
		if (i == 0)
			continue;
		demand(match[-1].start <= match->start);
		demand(match[-1].start < match->start || strcmp(match[-1].rule->id, match->rule->id) < 0);
	}
	demand(!matches->unjudged || matches->unjudged_line > 0);
	demand(matches->count == 0 || matches->lexed.text.data == text.data);
}

static size_t count_simple(const struct matches *matches)
{
	size_t count = 0;

	for (size_t i = 0; i < matches->count; i++)
		count += matches->items[i].rule == &rules[0];
	return count;
}

/* The simple rule once more, the slow way. Lines over the size that is judged in parts are left to unit tests. */
static void check_simple(struct fixture *fixture, struct slice text, const struct matches *matches)
{
	size_t expected = 0, longest = 0;
	struct slice rest = text, line;

	while (slice_next_line(&rest, &line)) {
		const struct regex_subject subject = { line.data, line.size, false, false };
		size_t start, end;

		longest = line.size > longest ? line.size : longest;
		for (size_t from = 0;
		     regex_match(fixture->engine, fixture->simple, &subject, from) == REGEX_YES; from = end) {
			demand(regex_group(fixture->engine, fixture->simple, NULL, &start, &end));
			expected++;
		}
	}
	if (longest < 4000 && !matches->unjudged)
		demand(count_simple(matches) == expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fixture *made = fixture();
	CLEANUP(arena) struct arena arena = { 0 };
	const char *name = size > 0 ? names[data[0] % (sizeof(names) / sizeof(names[0]))] : "a";
	struct slice text = size > 0 ? (struct slice){ (const char *)data + 1, size - 1 } : SLICE("");
	struct matches matches;

	demand(scanner_run(made->scanner, &arena, name, text, &matches, NULL) == POL_OK);
	check_matches(text, &matches);
	if (strcmp(name, "a.md") != 0)
		check_simple(made, text, &matches);
	return 0;
}
