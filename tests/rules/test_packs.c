/* Every rule that is shipped, through the tables that are shipped: it finds its match examples and none of its no_match
 * examples, its pattern needs its literals, and its id and code have the form that reports rely on. Prints TAP, one test
 * per rule. */
#include "policy/base/glob.h"
#include "policy/rules/packs.h"
#include "policy/rules/regex.h"
#include "policy/rules/scanner.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct suite {
	const struct ruleset *set;
	struct scanner *scanner;
	struct regex_engine *engine;
	struct buf faults; /* of the rule being tested */
};

static void fault(struct suite *suite, const char *what, const char *where, size_t number)
{
	buf_printf(&suite->faults, "# %s%s", what, where);
	if (number > 0)
		buf_printf(&suite->faults, " %zu", number);
	buf_add_char(&suite->faults, '\n');
}

/* ---- form ---------------------------------------------------------------------------------------------------------------- */

static bool is_kebab(const char *id)
{
	size_t size = strlen(id);

	if (size == 0 || !islower((unsigned char)id[0]) || id[size - 1] == '-')
		return false;
	return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == size && !strstr(id, "--");
}

/* A family of capitals and digits, then a number of two digits or more. */
static bool is_code(const char *code)
{
	size_t size = strlen(code);

	return size >= 4 && isupper((unsigned char)code[0]) &&
	       strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == size &&
	       isdigit((unsigned char)code[size - 1]) && isdigit((unsigned char)code[size - 2]);
}

static void check_form(struct suite *suite, const struct rule *rule)
{
	if (!is_kebab(rule->id))
		fault(suite, "the id is not in kebab-case", "", 0);
	if (!is_code(rule->code))
		fault(suite, "the code has not the form of TLS01: ", rule->code, 0);
	for (const struct rule *other = suite->set->rules; other < rule; other++)
		if (strcmp(other->id, rule->id) == 0)
			fault(suite, "the id stands twice", "", 0);
	if (!rule->title[0] || !rule->message[0] || !rule->fix[0])
		fault(suite, "title, message or fix is missing", "", 0);
	if (rule->kind != KIND_SETTING && rule->kind != KIND_SUPPRESSION)
		fault(suite, "the kind is neither setting nor suppression", "", 0);
}

/* ---- examples -------------------------------------------------------------------------------------------------------------- */

static bool finds(struct suite *suite, const struct rule *rule, const struct rule_example *example)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct matches matches = { 0 };
	struct pol_error err = { 0 };
	bool found = false;

	if (scanner_run(suite->scanner, &arena, example->file, slice_of(example->text), &matches, &err) < 0)
		fault(suite, "scanner_run: ", err.message, 0);
	if (matches.unjudged)
		fault(suite, "an example is not judged: ", matches.unjudged, 0);
	for (size_t i = 0; i < matches.count; i++)
		found |= matches.items[i].rule == rule;
	return found;
}

static const struct packs_proof *proof_of(const struct suite *suite, const struct rule *rule)
{
	return &packs_proofs[rule - suite->set->rules];
}

static void check_examples(struct suite *suite, const struct rule *rule)
{
	const struct packs_proof *proof = proof_of(suite, rule);
	size_t matches = 0, others = 0;

	for (; proof->match[matches].file; matches++)
		if (!finds(suite, rule, &proof->match[matches]))
			fault(suite, "not found: match example", "", matches + 1);
	for (; proof->no_match[others].file; others++)
		if (finds(suite, rule, &proof->no_match[others]))
			fault(suite, "found: no_match example", "", others + 1);
	if (matches < 2 || others < 2)
		fault(suite, "fewer than two examples of a sort", "", 0);
}

/* ---- literals ---------------------------------------------------------------------------------------------------------------- */

static bool holds_literal(const struct packs_proof *proof, struct slice text)
{
	for (const char *const *literal = proof->literals; *literal; literal++)
		if (slice_find_nocase(text, *literal) != SIZE_MAX)
			return true;
	return false;
}

/* From the start of the first to the end of the last line that the bytes start to end lie on. */
static struct slice whole_lines(struct slice text, size_t start, size_t end)
{
	size_t first = text_line_start(text, start);
	struct slice last = text_line_at(text, end > start ? end - 1 : end);

	return (struct slice){ text.data + first, (size_t)(last.data + last.size - (text.data + first)) };
}

/* What the pattern matches in subject without any help holds one of the rule's literals: else the scanner would never
 * show it to the pattern. */
static void check_subject(struct suite *suite, const struct rule *rule, struct regex *regex,
                          struct slice text)
{
	const struct regex_subject subject = { text.data, text.size, false, false };
	size_t start, end;

	if (regex_match(suite->engine, regex, &subject, 0) != REGEX_YES ||
	    !regex_group(suite->engine, regex, NULL, &start, &end) || end == start)
		return;
	if (!holds_literal(proof_of(suite, rule), whole_lines(text, start, end)))
		fault(suite, "matches without a literal: ", text.data, 0);
}

static void check_example(struct suite *suite, const struct rule *rule, struct regex *regex,
                          const struct rule_example *example)
{
	struct slice rest = slice_of(example->text), line;

	if ((rule->files && !glob_match_any(rule->files, example->file)) ||
	    glob_match_any(rule->not_files, example->file))
		return;
	if (rule->span > 0)
		check_subject(suite, rule, regex, rest);
	else
		while (slice_next_line(&rest, &line))
			check_subject(suite, rule, regex, line);
}

/* On the examples of all rules in files that it reads, not only its own. */
static void check_literals(struct suite *suite, const struct rule *rule)
{
	struct regex *regex = NULL;
	struct pol_error err = { 0 };

	if (regex_compile(suite->engine, rule->pattern, &regex, &err) < 0) {
		fault(suite, "pattern: ", err.message, 0);
		return;
	}
	for (size_t i = 0; i < suite->set->rule_count; i++) {
		for (const struct rule_example *example = packs_proofs[i].match; example->file; example++)
			check_example(suite, rule, regex, example);
		for (const struct rule_example *example = packs_proofs[i].no_match; example->file; example++)
			check_example(suite, rule, regex, example);
	}
	regex_free(regex);
}

/* ---- all rules --------------------------------------------------------------------------------------------------------------- */

/* Those that are off too. */
static bool is_wanted(const struct rule *rule, const void *data)
{
	(void)rule;
	(void)data;
	return true;
}

static bool run_rule(struct suite *suite, size_t index)
{
	const struct rule *rule = &suite->set->rules[index];
	bool is_good;

	buf_clear(&suite->faults);
	check_form(suite, rule);
	check_examples(suite, rule);
	check_literals(suite, rule);
	is_good = suite->faults.size == 0 && !buf_failed(&suite->faults);
	(void)printf("%sok %zu - %s\n%s", is_good ? "" : "not ", index + 1, rule->id,
	             is_good ? "" : suite->faults.data);
	return is_good;
}

int main(void)
{
	struct suite suite = { .set = ruleset_builtin() };
	struct pol_error err = { 0 };
	size_t bad = 0;

	if (scanner_open(&suite.set, 1, is_wanted, NULL, &suite.scanner, &err) < 0 ||
	    regex_engine_open(&suite.engine, &err) < 0) {
		(void)printf("Bail out! %s\n", err.message);
		return 1;
	}
	(void)printf("1..%zu\n", suite.set->rule_count);
	for (size_t i = 0; i < suite.set->rule_count; i++)
		bad += !run_rule(&suite, i);
	regex_engine_free(suite.engine);
	scanner_free(suite.scanner);
	buf_free(&suite.faults);
	return bad > 0 || suite.set->rule_count == 0;
}
