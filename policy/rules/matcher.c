/* matcher.c - confirms what the literals suggest: the rule's pattern on the candidate's window, then its conditions,
 * the cheap ones first, so that most files are never taken apart by the lexer. */
#include "policy/rules/key_path.h"
#include "policy/rules/scan.h"

#include <string.h>

enum {
	NEAR_LINES = 12,
	MATCHES_MAX = 65536, /* per file; more is no text that anybody wrote */
	MATCH_COST = 64,     /* bytes of budget that a match costs beside its subject */
};

/* A match that is being judged. */
struct finding_place {
	const struct candidate *candidate;
	const struct window_subject *subject;
	struct match match;
	size_t begin;          /* its first byte that is no blank: where it is said to begin */
	enum answer line_free; /* unless_line does not match in the subject */
};

static void give_up(struct scan *scan, const struct candidate *candidate, size_t offset)
{
	candidate->state->given_up = true;
	if (scan->unjudged)
		return;
	scan->unjudged_at = offset;
	scan->unjudged = arena_printf(scan->arena, "the regular expression of rule %s hit its limits",
	                              candidate->rule->id);
	if (!scan->unjudged)
		scan->unjudged = "a regular expression hit its limits";
}

/* Asks one of the rule's other expressions about subject. ANSWER_UNKNOWN, with the rule given up, at a limit. */
static enum pol_status ask(struct scan *scan, const struct candidate *candidate, enum regex_role role,
                           const struct regex_subject *subject, enum answer *ret_answer)
{
	struct regex *regex;
	enum regex_answer answer;
	enum pol_status status = scan_expression(scan->scanner, candidate->state, candidate->rule, role,
	                                         &regex, scan->err);

	*ret_answer = ANSWER_UNKNOWN;
	if (status < 0)
		return status;
	if (!scan_spend(scan, subject->size, candidate->literal))
		return POL_OK;
	answer = regex_match(scan->scanner->engine, regex, subject, 0);
	if (answer == REGEX_LIMIT)
		give_up(scan, candidate, candidate->literal);
	else
		*ret_answer = answer == REGEX_YES ? ANSWER_YES : ANSWER_NO;
	return POL_OK;
}

/* A condition that a rule may have: an expression that must match, or must not. */
struct condition {
	enum regex_role role;
	enum scan_drop_reason reason;
	enum answer wanted;
};

static const char *condition_pattern(const struct rule *rule, enum regex_role role)
{
	switch (role) {
	case ROLE_REQUIRES:
		return rule->requires_;
	case ROLE_UNLESS:
		return rule->unless;
	case ROLE_UNLESS_LINE:
		return rule->unless_line;
	case ROLE_REQUIRES_NEAR:
		return rule->requires_near;
	case ROLE_UNLESS_NEAR:
		return rule->unless_near;
	default:
		return NULL;
	}
}

/* Whether condition holds for subject; a rule without it holds. */
static enum pol_status holds(struct scan *scan, const struct candidate *candidate, struct condition condition,
                             const struct regex_subject *subject, bool *ret_holds)
{
	enum answer answer;
	enum pol_status status;

	*ret_holds = true;
	if (!condition_pattern(candidate->rule, condition.role))
		return POL_OK;
	status = ask(scan, candidate, condition.role, subject, &answer);
	*ret_holds = answer == condition.wanted;
	if (status == POL_OK && !*ret_holds && answer != ANSWER_UNKNOWN)
		scan_drop(scan, candidate->rule, condition.reason, candidate->literal, NULL);
	return status;
}

/* requires and unless, asked once per file. */
static enum pol_status holds_in_file(struct scan *scan, const struct candidate *candidate, bool *ret_holds)
{
	const struct regex_subject file = { scan->text.data, scan->text.size, false, false };
	const struct condition requires_ = { ROLE_REQUIRES, DROP_REQUIRES, ANSWER_YES };
	const struct condition unless = { ROLE_UNLESS, DROP_UNLESS, ANSWER_NO };
	enum pol_status status = POL_OK;
	bool answer = true;

	if (candidate->state->in_file == ANSWER_UNKNOWN) {
		status = holds(scan, candidate, requires_, &file, &answer);
		if (status == POL_OK && answer)
			status = holds(scan, candidate, unless, &file, &answer);
		candidate->state->in_file = answer ? ANSWER_YES : ANSWER_NO;
	}
	*ret_holds = candidate->state->in_file == ANSWER_YES;
	return status;
}

/* unless_line, asked once per subject. */
static enum pol_status holds_in_line(struct scan *scan, struct finding_place *place, bool *ret_holds)
{
	const struct condition unless_line = { ROLE_UNLESS_LINE, DROP_UNLESS_LINE, ANSWER_NO };
	enum pol_status status = POL_OK;
	bool answer = true;

	if (place->line_free == ANSWER_UNKNOWN) {
		status = holds(scan, place->candidate, unless_line, &place->subject->view, &answer);
		place->line_free = answer ? ANSWER_YES : ANSWER_NO;
	}
	*ret_holds = place->line_free == ANSWER_YES;
	return status;
}

/* The lines that the match stands on, as far as they lie in the candidate's window. */
static struct window match_lines(const struct scan *scan, const struct finding_place *place)
{
	struct window window = place->candidate->window;
	const char *start = place->match.whole.data;
	const char *end = start + place->match.whole.size;
	size_t first = slice_find_last_char(
		slice_sub(scan->text, window.start, (size_t)(start - scan->text.data) - window.start), '\n');
	const char *last = memchr(end, '\n', window.end - (size_t)(end - scan->text.data));

	if (first != SIZE_MAX) {
		window.start += first + 1;
		window.not_bol = false;
	}
	if (last) {
		window.end = (size_t)(last - scan->text.data);
		window.not_eol = false;
	}
	return window;
}

static enum pol_status holds_near(struct scan *scan, const struct finding_place *place, bool *ret_holds)
{
	const struct condition requires_near = { ROLE_REQUIRES_NEAR, DROP_REQUIRES_NEAR, ANSWER_YES };
	const struct condition unless_near = { ROLE_UNLESS_NEAR, DROP_UNLESS_NEAR, ANSWER_NO };
	const struct candidate *candidate = place->candidate;
	struct window_subject subject;
	enum pol_status status;

	*ret_holds = true;
	if (!candidate->rule->requires_near && !candidate->rule->unless_near)
		return POL_OK;
	if (window_subject(scan->text, window_widen(scan->text, match_lines(scan, place), NEAR_LINES),
	                   &scan->scanner->near_copy, &subject) < 0)
		return pol_fail_memory(scan->err);
	status = holds(scan, candidate, requires_near, &subject.view, ret_holds);
	if (status == POL_OK && *ret_holds)
		status = holds(scan, candidate, unless_near, &subject.view, ret_holds);
	return status;
}

/* ---- where the match begins ---------------------------------------------------------------------------------------- */

static enum pol_status take_apart(struct scan *scan)
{
	if (scan->is_lexed)
		return POL_OK;
	if (lexer_run(scan->arena, scan_language(scan), scan->text, &scan->lexed) < 0)
		return pol_fail_memory(scan->err);
	scan->is_lexed = true;
	return POL_OK;
}

static enum pol_status stands_below_path(struct scan *scan, const struct finding_place *place,
                                         bool *ret_stands)
{
	const struct rule *rule = place->candidate->rule;
	const char *path;

	*ret_stands = true;
	if (!rule->path)
		return POL_OK;
	if (lexed_key_path(scan->arena, &scan->lexed, place->match.start, &path) < 0)
		return pol_fail_memory(scan->err);
	*ret_stands = key_path_match(rule->path, path);
	if (!*ret_stands)
		scan_drop(scan, rule, DROP_PATH, place->match.start, path);
	return POL_OK;
}

/* All conditions but the pattern itself. */
static enum pol_status judge(struct scan *scan, struct finding_place *place, bool *ret_holds)
{
	enum pol_status status = holds_in_file(scan, place->candidate, ret_holds);

	if (status == POL_OK && *ret_holds)
		status = holds_in_line(scan, place, ret_holds);
	if (status < 0 || !*ret_holds)
		return status;
	status = take_apart(scan);
	if (status < 0)
		return status;
	*ret_holds = match_begins_where_it_may(scan, &place->match, place->begin);
	if (*ret_holds)
		status = stands_below_path(scan, place, ret_holds);
	if (status == POL_OK && *ret_holds)
		status = holds_near(scan, place, ret_holds);
	return status;
}

/* ---- the match ------------------------------------------------------------------------------------------------------- */

static struct slice take_group(const struct scan *scan, const struct finding_place *place,
                               const struct regex *regex, const char *name)
{
	size_t start, end;

	if (!regex_group(scan->scanner->engine, regex, name, &start, &end))
		return (struct slice){ 0 };
	start = window_offset(scan->text, place->subject, start);
	end = window_offset(scan->text, place->subject, end);
	return (struct slice){ scan->text.data + start, end - start };
}

/* Reads the groups of the engine's last match; they are gone after the next. */
static void take_match(const struct scan *scan, struct finding_place *place, const struct regex *regex)
{
	struct match *match = &place->match;
	struct slice at = take_group(scan, place, regex, "at");

	match->rule = place->candidate->rule;
	match->whole = take_group(scan, place, regex, NULL);
	match->id = take_group(scan, place, regex, "id");
	match->reason = take_group(scan, place, regex, "reason");
	match->until = take_group(scan, place, regex, "until");
	match->owner = take_group(scan, place, regex, "owner");
	if (at.size == 0)
		at = match->whole;
	match->start = (size_t)(at.data - scan->text.data);
	match->end = match->start + at.size;
	place->begin = (size_t)(match->whole.data - scan->text.data);
	for (size_t i = 0;
	     i < match->whole.size && strchr(" \t\r\n", match->whole.data[i]) && match->whole.data[i]; i++)
		place->begin++;
	if (place->begin >= scan->text.size || place->begin > match->start)
		place->begin = match->start;
}

/* Every match is found once: it must touch the candidate's bytes, and on a line that is judged in parts it may not lie
 * on one found before. */
static bool is_new(const struct scan *scan, const struct finding_place *place)
{
	const struct candidate *candidate = place->candidate;
	size_t start = (size_t)(place->match.whole.data - scan->text.data);
	size_t end = start + place->match.whole.size;

	if (place->match.end == place->match.start || start > candidate->to || end < candidate->from)
		return false;
	return candidate->rule->span > 0 || start >= candidate->state->last_end;
}

static enum pol_status add_match(struct scan *scan, const struct finding_place *place)
{
	const struct match *match = &place->match;
	struct match *items;

	if (scan->count >= MATCHES_MAX) {
		give_up(scan, place->candidate, match->start);
		return POL_OK;
	}
	items = arena_grow(scan->arena, scan->items, scan->count, &scan->capacity, sizeof(*items));
	if (!items)
		return pol_fail_memory(scan->err);
	scan->items = items;
	items[scan->count++] = *match;
	place->candidate->state->last_end = (size_t)(match->whole.data - scan->text.data) + match->whole.size;
	return POL_OK;
}

static enum pol_status consider(struct scan *scan, struct finding_place *place, const struct regex *regex)
{
	enum pol_status status;
	bool is_match;

	take_match(scan, place, regex);
	if (!is_new(scan, place))
		return POL_OK;
	status = judge(scan, place, &is_match);
	return status == POL_OK && is_match ? add_match(scan, place) : status;
}

/* Where to go on after a match at start to end of the subject, having begun at from. */
static size_t next_from(size_t from, size_t start, size_t end)
{
	size_t next = end > start ? end : end + 1;

	return next > from ? next : from + 1;
}

static enum pol_status find_all(struct scan *scan, struct finding_place *place, struct regex *regex)
{
	const struct candidate *candidate = place->candidate;
	const struct regex_subject *subject = &place->subject->view;
	struct regex_engine *engine = scan->scanner->engine;
	enum pol_status status = POL_OK;
	bool any = false;

	for (size_t from = 0; from <= subject->size && status == POL_OK && !candidate->state->given_up;) {
		enum regex_answer answer = regex_match(engine, regex, subject, from);
		size_t start, end;

		if (answer == REGEX_LIMIT)
			give_up(scan, candidate, candidate->literal);
		if (answer != REGEX_YES || !scan_spend(scan, MATCH_COST, candidate->literal))
			break;
		any = true;
		(void)regex_group(engine, regex, NULL, &start, &end);
		from = next_from(from, start, end);
		status = consider(scan, place, regex);
	}
	if (!any)
		scan_drop(scan, candidate->rule, DROP_PATTERN, candidate->literal, NULL);
	return status;
}

enum pol_status matcher_run(struct scan *scan, const struct candidate *candidate)
{
	struct window_subject subject;
	struct finding_place place = { .candidate = candidate, .subject = &subject };
	struct regex *regex;
	enum pol_status status = scan_expression(scan->scanner, candidate->state, candidate->rule,
	                                         ROLE_PATTERN, &regex, scan->err);

	if (status < 0)
		return status;
	if (!scan_spend(scan, candidate->window.end - candidate->window.start, candidate->literal))
		return POL_OK;
	if (window_subject(scan->text, candidate->window, &scan->scanner->copy, &subject) < 0)
		return pol_fail_memory(scan->err);
	return find_all(scan, &place, regex);
}
