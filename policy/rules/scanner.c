/* scanner.c - goes over a file with the automaton of each rule set and hands the lines that may matter to the matcher.
 * A file without candidates costs nothing else: no allocation, no lexer, no regular expression. */
#include "policy/rules/scanner.h"

#include "policy/base/glob.h"
#include "policy/rules/scan.h"

#include <stdlib.h>
#include <string.h>

/* What regular expressions may be shown of one file before it is given up: real files come to less than their size. */
enum { BUDGET_BASE = 32 * 1024 * 1024, BUDGET_FACTOR = 8, OUTPUT_COST = 4 };

/* ---- the scanner ------------------------------------------------------------------------------------------------------ */

static void free_rules(struct scan_set *set)
{
	for (size_t i = 0; set->rules && i < set->set->rule_count; i++) {
		struct regex **regexes = set->rules[i].regexes;

		for (size_t role = 0; regexes && role < ROLE_COUNT; role++)
			regex_free(regexes[role]);
		free(regexes);
	}
	free(set->rules);
	free(set->groups);
}

void scanner_free(struct scanner *scanner)
{
	if (!scanner)
		return;
	for (size_t i = 0; i < scanner->set_count; i++)
		free_rules(&scanner->sets[i]);
	free(scanner->sets);
	regex_engine_free(scanner->engine);
	seeker_free(&scanner->seeker);
	buf_free(&scanner->copy);
	buf_free(&scanner->near_copy);
	free(scanner);
}

static const char *role_pattern(const struct rule *rule, enum regex_role role)
{
	const char *const patterns[ROLE_COUNT] = {
		[ROLE_PATTERN] = rule->pattern,
		[ROLE_REQUIRES] = rule->requires_,
		[ROLE_UNLESS] = rule->unless,
		[ROLE_UNLESS_LINE] = rule->unless_line,
		[ROLE_REQUIRES_NEAR] = rule->requires_near,
		[ROLE_UNLESS_NEAR] = rule->unless_near,
	};

	return patterns[role];
}

enum pol_status scan_expression(const struct scanner *scanner, struct rule_state *state,
                                const struct rule *rule, enum regex_role role, struct regex **ret_regex,
                                struct pol_error *err)
{
	static const char *const keys[ROLE_COUNT] = { "pattern",     "requires",      "unless",
		                                      "unless_line", "requires_near", "unless_near" };
	struct pol_error inner = { 0 };
	enum pol_status status;

	if (!state->regexes)
		state->regexes = calloc(ROLE_COUNT, sizeof(*state->regexes));
	if (!state->regexes)
		return pol_fail_memory(err);
	if (!state->regexes[role]) {
		status = regex_compile(scanner->engine, role_pattern(rule, role), &state->regexes[role],
		                       &inner);
		if (status < 0)
			return pol_fail(err, status, NULL, 0, "rule %s, %s: %s", rule->id, keys[role],
			                inner.message);
	}
	*ret_regex = state->regexes[role];
	return POL_OK;
}

static enum pol_status compile_all(const struct scanner *scanner, const struct scan_set *set,
                                   struct pol_error *err)
{
	enum pol_status status = POL_OK;
	struct regex *regex;

	for (size_t i = 0; i < set->set->rule_count; i++)
		for (enum regex_role role = 0; role < ROLE_COUNT && status == POL_OK; role++)
			if (set->rules[i].enabled && role_pattern(&set->set->rules[i], role))
				status = scan_expression(scanner, &set->rules[i], &set->set->rules[i], role,
				                         &regex, err);
	return status;
}

static enum pol_status open_set(struct scan_set *set, const struct ruleset *rules, struct pol_error *err)
{
	set->set = rules;
	set->rules = calloc(rules->rule_count + 1, sizeof(*set->rules));
	set->groups = calloc(rules->group_count + 1, sizeof(*set->groups));
	if (!set->rules || !set->groups)
		return pol_fail_memory(err);
	return POL_OK;
}

enum pol_status scanner_open(const struct ruleset *const *sets, size_t count,
                             bool (*enabled)(const struct rule *rule, const void *data), const void *data,
                             struct scanner **ret_scanner, struct pol_error *err)
{
	CLEANUP(scanner) struct scanner *scanner = calloc(1, sizeof(*scanner));
	enum pol_status status;

	if (!scanner)
		return pol_fail_memory(err);
	scanner->sets = calloc(count + 1, sizeof(*scanner->sets));
	if (!scanner->sets)
		return pol_fail_memory(err);
	status = regex_engine_open(&scanner->engine, err);
	for (size_t i = 0; i < count && status == POL_OK; i++) {
		struct scan_set *set = &scanner->sets[scanner->set_count++];

		status = open_set(set, sets[i], err);
		for (size_t k = 0; k < sets[i]->rule_count && status == POL_OK; k++)
			set->rules[k].enabled = enabled ? enabled(&sets[i]->rules[k], data)
			                                : !sets[i]->rules[k].off;
		if (status == POL_OK && !sets[i]->tried)
			status = compile_all(scanner, set, err);
	}
	if (status < 0)
		return status;
	*ret_scanner = scanner;
	scanner = NULL;
	return POL_OK;
}

void scanner_set_trace(struct scanner *scanner, struct scan_trace trace)
{
	scanner->trace = trace;
}

/* ---- what the matcher asks for ------------------------------------------------------------------------------------------ */

const struct language *scan_language(struct scan *scan)
{
	if (!scan->language)
		scan->language = language_of(scan->path, scan->text);
	return scan->language;
}

bool scan_spend(struct scan *scan, size_t bytes, size_t offset)
{
	if (scan->budget >= bytes) {
		scan->budget -= bytes;
		return true;
	}
	scan->budget = 0;
	if (!scan->unjudged) {
		scan->unjudged = "it holds so many places that may matter that judging them takes too long";
		scan->unjudged_at = offset;
	}
	return false;
}

void scan_drop(const struct scan *scan, const struct rule *rule, enum scan_drop_reason reason, size_t offset,
               const char *detail)
{
	const struct scan_trace *trace = &scan->scanner->trace;

	if (trace->dropped)
		trace->dropped(trace->data, rule, reason, offset, detail);
}

/* ---- candidates --------------------------------------------------------------------------------------------------------- */

static void refresh(const struct scan *scan, struct rule_state *state)
{
	if (state->stamp == scan->scanner->stamp)
		return;
	state->stamp = scan->scanner->stamp;
	state->given_up = false;
	state->in_file = ANSWER_UNKNOWN;
	state->done_to = 0;
	state->reach = 0;
	state->last_end = 0;
}

static struct group_state *group_of(const struct scan_set *set, uint16_t rule)
{
	return &set->groups[set->set->groups[rule]];
}

/* Most rules that a literal points to read other files, which one of their group has found out already. */
static bool is_left_out(const struct scan *scan, const struct scan_set *set, uint16_t rule)
{
	const struct group_state *group = group_of(set, rule);

	return group->stamp == scan->scanner->stamp && !group->reads;
}

/* Whether the rule reads this file, found out once per file and group of rules. */
static bool reads_file(struct scan *scan, const struct scan_set *set, uint16_t index)
{
	const struct rule *rule = &set->set->rules[index];
	struct group_state *group = group_of(set, index);

	if (group->stamp != scan->scanner->stamp) {
		group->stamp = scan->scanner->stamp;
		group->reads = rule->files ? glob_match_any(rule->files, scan->path)
		                           : !language_is_prose(scan_language(scan));
		if (group->reads && rule->not_files)
			group->reads = !glob_match_any(rule->not_files, scan->path);
	}
	return group->reads;
}

static void drop_file(const struct scan *scan, const struct rule *rule)
{
	scan_drop(scan, rule, rule->files || rule->not_files ? DROP_FILES : DROP_PROSE, 0, NULL);
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The automaton has seen a part of the needle that ends at part_end: does the whole stand there, and where? */
static bool needle_stands(const struct scan *scan, const struct needle *needle, const char *text,
                          size_t part_end, size_t *ret_start)
{
	const size_t before = (size_t)needle->from + needle->size;
	const char *at;

	if (part_end < before || scan->text.size - (part_end - before) < needle->length)
		return false;
	*ret_start = part_end - before;
	at = scan->text.data + *ret_start;
	if (needle->exact)
		return *at == *text && memcmp(at, text, needle->length) == 0;
	for (size_t i = 0; i < needle->length; i++)
		if (fold(at[i]) != fold(text[i]))
			return false;
	return true;
}

static void find_line(struct scan *scan, size_t start, size_t end)
{
	const char *text = scan->text.data;
	const char *at;

	if (start >= scan->line.start && end <= scan->line.end)
		return;
	scan->line.start = slice_find_last_char((struct slice){ text, start }, '\n') + 1;
	at = memchr(text + end, '\n', scan->text.size - end);
	scan->line.end = at ? (size_t)(at - text) : scan->text.size;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* On a long line the part around the literal; where literals stand close together, the parts grow, so that no byte is
 * looked at more than a few times. */
static void cut_window(const struct scan *scan, struct candidate *candidate, size_t start, size_t end)
{
	const struct window *line = &scan->line;
	struct rule_state *state = candidate->state;
	bool close = state->done_to > 0 && start < state->done_to + WINDOW_MARGIN;

	state->reach = close ? smaller(2 * state->reach + WINDOW_MARGIN, WINDOW_LONG_LINE) : 0;
	candidate->from = start;
	candidate->to = smaller(line->end, end + state->reach);
	candidate->window.start = start - smaller(start - line->start, WINDOW_MARGIN);
	candidate->window.end = candidate->to + smaller(line->end - candidate->to, WINDOW_MARGIN);
	candidate->window.not_bol = candidate->window.start > line->start;
	candidate->window.not_eol = candidate->window.end < line->end;
}

static enum pol_status try_place(struct scan *scan, struct candidate *candidate, size_t start, size_t end)
{
	find_line(scan, start, end);
	candidate->literal = start;
	candidate->window = scan->line;
	candidate->from = scan->line.start;
	candidate->to = scan->line.end;
	if (scan->line.end - scan->line.start > WINDOW_LONG_LINE)
		cut_window(scan, candidate, start, end);
	candidate->state->done_to = candidate->to;
	candidate->window = window_widen(scan->text, candidate->window, candidate->rule->span);
	return matcher_run(scan, candidate);
}

static enum pol_status try_needle(struct scan *scan, const struct scan_set *set, const struct needle *needle,
                                  size_t part_end)
{
	struct candidate candidate = { .state = &set->rules[needle->rule],
		                       .rule = &set->set->rules[needle->rule] };
	struct rule_state *state = candidate.state;
	size_t start;

	if (!state->enabled || !scan_spend(scan, OUTPUT_COST, part_end - 1))
		return POL_OK;
	if (is_left_out(scan, set, needle->rule)) {
		drop_file(scan, candidate.rule);
		return POL_OK;
	}
	refresh(scan, state);
	if (state->given_up || state->in_file == ANSWER_NO || part_end <= state->done_to)
		return POL_OK;
	if (!needle_stands(scan, needle, needle_text(set->set, needle), part_end, &start)) {
		scan_drop(scan, candidate.rule, DROP_LITERAL, part_end - needle->size, NULL);
		return POL_OK;
	}
	if (!reads_file(scan, set, needle->rule)) {
		drop_file(scan, candidate.rule);
		return POL_OK;
	}
	if (start + needle->length <= state->done_to)
		return POL_OK;
	return try_place(scan, &candidate, start, start + needle->length);
}

/* All needles that end in a state: its own and, by the links, those that are endings of them. */
static enum pol_status try_hit(struct scan *scan, const struct scan_set *set, struct seeker_hit hit)
{
	const struct ruleset *rules = set->set;
	enum pol_status status = POL_OK;

	for (uint32_t state = hit.state; state >= rules->first_match;) {
		uint32_t index = state - rules->first_match;

		for (uint32_t n = rules->outputs[index]; n < rules->outputs[index + 1] && status == POL_OK;
		     n++)
			status = try_needle(scan, set, &rules->needles[n], hit.end);
		if (rules->links[index] == 0)
			break;
		state = rules->links[index];
	}
	return status;
}

static enum pol_status scan_chunk(struct scan *scan, const struct scan_set *set, size_t from, size_t to)
{
	struct seeker *seeker = &scan->scanner->seeker;
	enum pol_status status = seeker_run(seeker, set->set, scan->text, from, to);

	if (status < 0)
		return pol_fail_memory(scan->err);
	for (int lane = 0; lane < SEEKER_LANES; lane++)
		for (size_t i = 0; i < seeker->lanes[lane].count && status == POL_OK; i++)
			status = try_hit(scan, set, seeker->lanes[lane].hits[i]);
	return status;
}

/* ---- one file ------------------------------------------------------------------------------------------------------------ */

static int compare_matches(const void *left, const void *right)
{
	const struct match *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return strcmp(a->rule->id, b->rule->id);
}

/* Sorts, and leaves one match of a rule at one place: lines around a literal may have shown it twice. */
static void sort_matches(struct scan *scan)
{
	size_t kept = 0;

	if (scan->count > 1)
		qsort(scan->items, scan->count, sizeof(*scan->items), compare_matches);
	for (size_t i = 0; i < scan->count; i++)
		if (kept == 0 || compare_matches(&scan->items[kept - 1], &scan->items[i]) != 0)
			scan->items[kept++] = scan->items[i];
	scan->count = kept;
}

static void hand_over(struct scan *scan, struct matches *ret_matches)
{
	uint32_t column;

	sort_matches(scan);
	*ret_matches =
		(struct matches){ .items = scan->items, .count = scan->count, .unjudged = scan->unjudged };
	if (scan->count > 0)
		ret_matches->lexed = scan->lexed;
	if (scan->unjudged)
		text_position(scan->text, scan->unjudged_at, &ret_matches->unjudged_line, &column);
}

enum pol_status scanner_run(struct scanner *scanner, struct arena *arena, const char *path, struct slice text,
                            struct matches *ret_matches, struct pol_error *err)
{
	struct scan scan = { .scanner = scanner, .arena = arena, .err = err, .path = path, .text = text };
	enum pol_status status = POL_OK;

	if (text.size >= UINT32_MAX) {
		*ret_matches = (struct matches){ .unjudged = "it is larger than 4 GiB", .unjudged_line = 1 };
		return POL_OK;
	}
	scanner->stamp++;
	scan.line = (struct window){ .start = 1 }; /* no line yet */
	scan.budget = BUDGET_BASE + BUDGET_FACTOR * text.size;
	for (size_t i = 0; i < scanner->set_count; i++)
		for (size_t from = 0; from < text.size && status == POL_OK; from += SEEKER_CHUNK)
			status = scan_chunk(&scan, &scanner->sets[i], from,
			                    smaller(from + SEEKER_CHUNK, text.size));
	if (status < 0)
		return status;
	hand_over(&scan, ret_matches);
	return POL_OK;
}
