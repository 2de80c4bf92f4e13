/* check.c - compiles every expression of every rule and runs every example through the scanner. */
#include "policy/rules/compiler/check.h"

#include "policy/rules/compiler/unled.h"
#include "policy/rules/needle.h"
#include "policy/rules/regex.h"

#include <stdlib.h>
#include <string.h>

/* ---- why nothing was found -------------------------------------------------------------------------------------------- */

/* The reasons are in the order in which the scanner tries: the furthest says most. */
static void take_drop(void *data, const struct rule *rule, enum scan_drop_reason reason, size_t offset,
                      const char *detail)
{
	struct progress *progress = data;

	if (rule != progress->rule || (progress->any && reason < progress->reason))
		return;
	progress->any = true;
	progress->reason = reason;
	progress->offset = offset;
	(void)snprintf(progress->detail, sizeof(progress->detail), "%s", detail ? detail : "");
}

void progress_watch(struct scanner *scanner, struct progress *progress)
{
	scanner_set_trace(scanner, (struct scan_trace){ take_drop, progress });
}

static const char *const reason_texts[] = {
	[DROP_FILES] = "the globs under files and not_files leave its file name out",
	[DROP_PROSE] = "a rule without files does not read prose",
	[DROP_LITERAL] =
		"only a part of a literal stands there, or not in the case that the pattern asks for",
	[DROP_PATTERN] = "the pattern does not match where a literal stands",
	[DROP_REQUIRES] = "requires does not match in the file",
	[DROP_UNLESS] = "unless matches in the file",
	[DROP_UNLESS_LINE] = "unless_line matches in the subject",
	[DROP_WHERE] = "where does not allow that the match begins in",
	[DROP_QUOTED] = "a quote stands before the marker, so it is taken for talk about the marker",
	[DROP_PATH] = "path does not fit the keys above:",
	[DROP_REQUIRES_NEAR] = "requires_near does not match in the lines around",
	[DROP_UNLESS_NEAR] = "unless_near matches in the lines around",
};

void progress_describe(const struct progress *progress, struct buf *out)
{
	uint32_t line, column;

	if (!progress->any) {
		buf_add_string(out, "none of the literals stands in it");
		return;
	}
	buf_add_string(out, reason_texts[progress->reason]);
	if (progress->reason == DROP_PATH)
		buf_printf(out, " '%s'", progress->detail);
	else if (progress->detail[0])
		buf_printf(out, " %s", progress->detail);
	if (progress->reason == DROP_FILES || progress->reason == DROP_PROSE)
		return;
	text_position(progress->text, progress->offset, &line, &column);
	buf_printf(out, " (line %u, column %u)", line, column);
}

/* ---- expressions ------------------------------------------------------------------------------------------------------- */

/* A run over all rules. */
struct check {
	struct packs *packs;
	struct regex_engine *engine;
	struct scanner *scanner;
	struct progress progress;
	bool *broken; /* per rule: an expression does not compile */
};

static void check_regex(struct check *check, size_t index, const char *key, const char *pattern)
{
	const struct origin *origin = &check->packs->origins[index];
	const struct yaml_node *node = yaml_get(origin->node, key);
	struct regex *regex = NULL;
	struct pol_error err = { 0 };

	if (!pattern)
		return;
	if (regex_compile(check->engine, pattern, &regex, &err) < 0) {
		check->broken[index] = true;
		packs_complain(check->packs, origin->path, node ? node->line : origin->node->line,
		               "rule %s, %s: %s", check->packs->rules[index].id, key, err.message);
	}
	regex_free(regex);
}

static void check_regexes(struct check *check, size_t index)
{
	const struct rule *rule = &check->packs->rules[index];

	check_regex(check, index, "pattern", rule->pattern);
	check_regex(check, index, "requires", rule->requires_);
	check_regex(check, index, "unless", rule->unless);
	check_regex(check, index, "unless_line", rule->unless_line);
	check_regex(check, index, "requires_near", rule->requires_near);
	check_regex(check, index, "unless_near", rule->unless_near);
}

static void check_id(const struct check *check, size_t index)
{
	struct packs *packs = check->packs;

	for (size_t i = 0; i < index; i++)
		if (strcmp(packs->rules[i].id, packs->rules[index].id) == 0)
			packs_complain(packs, packs->origins[index].path, packs->origins[index].node->line,
			               "the id %s is taken already, at %s:%u", packs->rules[i].id,
			               packs->origins[i].path, packs->origins[i].node->line);
}

/* A match without any literal would never be found. Not a problem, since the proof is beyond this reader for many good
 * patterns. */
static void doubt_literals(struct packs *packs, size_t index)
{
	const struct rule *rule = &packs->rules[index];

	if (needle_need(&packs->arena, rule->pattern, rule->literals, NULL) == NEED_UNKNOWN)
		packs_warn(packs, packs->origins[index].path, packs->origins[index].node->line,
		           "rule %s: it is not plain that every match of the pattern holds a literal",
		           rule->id);
}

/* ---- examples ---------------------------------------------------------------------------------------------------------- */

static const struct match *find_match(const struct matches *matches, const struct rule *rule)
{
	for (size_t i = 0; i < matches->count; i++)
		if (matches->items[i].rule == rule)
			return &matches->items[i];
	return NULL;
}

/* One example, and whether it must be found. */
struct trial {
	size_t rule;
	size_t index;
	const char *key;
	const struct rule_example *example;
	bool wanted;
};

static void complain_missing(struct check *check, const struct trial *trial, const struct matches *matches)
{
	struct packs *packs = check->packs;
	CLEANUP(buf) struct buf why = { 0 };

	if (matches->unjudged)
		buf_add_string(&why, matches->unjudged);
	else
		progress_describe(&check->progress, &why);
	packs_complain(packs, packs->origins[trial->rule].path,
	               packs_example_line(packs, trial->rule, trial->key, trial->index),
	               "rule %s: example %zu under match (file %s) is not found: %s",
	               packs->rules[trial->rule].id, trial->index + 1, trial->example->file,
	               why.data ? why.data : "out of memory");
}

static void complain_found(struct check *check, const struct trial *trial, const struct match *match)
{
	struct packs *packs = check->packs;
	uint32_t line, column;
	struct slice whole = match->whole;
	size_t end = slice_find_char(whole, '\n');

	text_position(slice_of(trial->example->text), match->start, &line, &column);
	whole = slice_sub(whole, 0, end);
	packs_complain(packs, packs->origins[trial->rule].path,
	               packs_example_line(packs, trial->rule, trial->key, trial->index),
	               "rule %s: example %zu under no_match (file %s) is found at line %u, column %u: %.*s",
	               packs->rules[trial->rule].id, trial->index + 1, trial->example->file, line, column,
	               (int)(whole.size < 120 ? whole.size : 120), whole.data);
}

static void try_example(struct check *check, const struct trial *trial)
{
	CLEANUP(arena) struct arena arena = { 0 };
	const struct rule *rule = &check->packs->rules[trial->rule];
	struct slice text = slice_of(trial->example->text);
	const struct match *match;
	struct matches matches;
	struct pol_error err = { 0 };

	check->progress = (struct progress){ .rule = rule, .text = text };
	if (scanner_run(check->scanner, &arena, trial->example->file, text, &matches, &err) < 0) {
		packs_complain(check->packs, check->packs->origins[trial->rule].path, 0, "rule %s: %s",
		               rule->id, err.message);
		return;
	}
	match = find_match(&matches, rule);
	if (trial->wanted && !match)
		complain_missing(check, trial, &matches);
	if (!trial->wanted && match)
		complain_found(check, trial, match);
}

static void try_examples(struct check *check, size_t index, const char *key,
                         const struct rule_example *examples)
{
	for (size_t i = 0; examples && examples[i].file; i++) {
		const struct trial trial = { index, i, key, &examples[i], strcmp(key, "match") == 0 };

		try_example(check, &trial);
	}
}

/* ---- all of it --------------------------------------------------------------------------------------------------------- */

static bool is_sound(const struct rule *rule, const void *data)
{
	const struct check *check = data;

	return !check->broken[rule - check->packs->rules];
}

static enum pol_status run_checks(struct check *check, bool verbose, struct pol_error *err)
{
	struct packs *packs = check->packs;
	struct ruleset *set;
	const struct ruleset *sets[1];
	enum pol_status status = ruleset_build(&packs->arena, packs->rules, packs->count, &set, err);

	if (status < 0)
		return status;
	for (size_t i = 0; i < packs->count; i++) {
		check_id(check, i);
		check_regexes(check, i);
		if (verbose)
			doubt_literals(packs, i);
	}
	sets[0] = set;
	status = scanner_open(sets, 1, is_sound, check, &check->scanner, err);
	if (status < 0)
		return status;
	progress_watch(check->scanner, &check->progress);
	for (size_t i = 0; i < packs->count; i++) {
		if (check->broken[i])
			continue;
		try_examples(check, i, "match", packs->rules[i].match);
		try_examples(check, i, "no_match", packs->rules[i].no_match);
		packs_check_unled(packs, check->engine, i);
	}
	return POL_OK;
}

void packs_check(struct packs *packs, bool verbose)
{
	struct check check = { .packs = packs, .broken = calloc(packs->count + 1, sizeof(*check.broken)) };
	struct pol_error err = { 0 };
	enum pol_status status = check.broken ? regex_engine_open(&check.engine, &err)
	                                      : pol_fail_memory(&err);

	if (status == POL_OK)
		status = run_checks(&check, verbose, &err);
	if (status < 0)
		packs_complain(packs, "rulec", 0, "%s", err.message);
	scanner_free(check.scanner);
	regex_engine_free(check.engine);
	free(check.broken);
}
