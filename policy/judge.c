/* judge.c - holds one exception against the policy: a table of questions, each with the sentence that objects. */
#include "policy/judge.h"

#include "policy/base/glob.h"
#include "policy/config/codeowners.h"
#include "policy/hint.h"

#include <string.h>

enum { QUOTE_MAX = 60 }; /* bytes of a written field that a message repeats */

/* What the questions look at. */
struct trial {
	const struct judge *judge;
	const struct exception *exception;
	struct demand demand; /* with the cap that holds in the end */
	const char *reason;   /* NULL when it is written in a form that does not count */
	enum reason_fault fault;
	size_t fault_count;     /* characters or words that the reason has, when they are too few */
	const char *until_text; /* what was written, or NULL */
	struct report *report;
	const struct language *language;
	bool bare; /* the language is not known: the hint shows no comment signs */
};

/* ---- what counts -----------------------------------------------------------------------------------------------------*/

static bool form_counts(enum justification_style style, enum justification_form form)
{
	switch (style) {
	case STYLE_ANY:
		return true;
	case STYLE_NATIVE:
		return form != FORM_PLAIN;
	case STYLE_KEYED:
		return form == FORM_KEYED || form == FORM_FILE;
	}
	return false;
}

static const char *reason_that_counts(const struct policy *policy, const struct justification *justification)
{
	return form_counts(policy->style, justification->form) ? justification->reason : NULL;
}

static bool is_written(const struct justification *justification)
{
	return justification->reason || justification->until_text || justification->owner ||
	       justification->ticket;
}

static void find_fault(struct trial *trial)
{
	const struct exception *exception = trial->exception;
	const struct rule *rule = exception->rule;
	const struct policy *policy = trial->judge->policy;
	const char *const known[] = { rule->id, rule->code, rule->title, rule->message, exception->id, NULL };
	const struct reason_demand demand = {
		.min_chars = policy->min_chars,
		.min_words = policy->min_words,
		.placeholders = policy->placeholders_,
		.known = known,
		.repeated = exception->text,
	};

	if (trial->reason && trial->demand.reason)
		trial->fault = justification_fault(trial->reason, &demand, &trial->fault_count);
}

/* ---- the questions ---------------------------------------------------------------------------------------------------*/

static bool lacks_reason(const struct trial *trial)
{
	return trial->demand.reason && !trial->reason;
}

static bool is_weak(const struct trial *trial)
{
	return trial->fault != REASON_HOLDS && trial->fault != REASON_LINK;
}

static bool is_only_link(const struct trial *trial)
{
	return trial->fault == REASON_LINK;
}

static bool lacks_until(const struct trial *trial)
{
	return trial->demand.until && !trial->until_text &&
	       trial->exception->justification.until == DATE_NONE;
}

static bool is_malformed(const struct trial *trial)
{
	return trial->until_text && trial->exception->justification.until == DATE_NONE;
}

static bool is_expired(const struct trial *trial)
{
	int32_t until = trial->exception->justification.until;

	return until != DATE_NONE && until < trial->judge->today;
}

static bool is_too_far(const struct trial *trial)
{
	int64_t until = trial->exception->justification.until;

	return until != DATE_NONE && trial->demand.max_days > 0 &&
	       until > (int64_t)trial->judge->today + trial->demand.max_days;
}

static bool lacks_owner(const struct trial *trial)
{
	return trial->demand.owner && !trial->exception->justification.owner;
}

static bool has_unknown_owner(const struct trial *trial)
{
	const char *const *known = trial->judge->known_owners;
	const char *owner = trial->exception->justification.owner;

	return trial->judge->policy->owner_known && owner && !(known && owners_known(known, owner));
}

static bool lacks_ticket(const struct trial *trial)
{
	return trial->demand.ticket && !trial->exception->justification.ticket;
}

/* A marker that names all rules in so many words is as blind as one that names none. */
static bool names_everything(const char *id)
{
	static const char *const words[] = { "all", "*", "everything", "-Weverything" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (slice_equal_nocase(slice_of(id), slice_of(words[i])))
			return true;
	}
	return false;
}

static bool is_blanket(const struct trial *trial)
{
	const struct rule *rule = trial->exception->rule;
	const char *id = trial->exception->id;

	return !trial->demand.blanket && rule->kind == KIND_SUPPRESSION && strstr(rule->pattern, "(?<id>") &&
	       (!id || names_everything(id));
}

static bool is_file_wide(const struct trial *trial)
{
	enum rule_scope scope = trial->exception->rule->scope;

	return !trial->demand.file_wide && (scope == SCOPE_FILE || scope == SCOPE_REPOSITORY);
}

/* ---- the objections --------------------------------------------------------------------------------------------------*/

/* How many bytes of a written field to repeat: whole characters only. */
static int quote_size(const char *text)
{
	size_t size = strnlen(text, QUOTE_MAX + 1);

	if (size <= QUOTE_MAX)
		return (int)size;
	size = QUOTE_MAX;
	while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
		size--;
	return (int)size;
}

static void say_reason(struct buf *buf, const struct trial *trial)
{
	enum justification_form form = trial->exception->justification.form;

	if (!trial->exception->justification.reason)
		buf_add_string(buf, "no reason is given");
	else if (form == FORM_PLAIN)
		buf_add_string(buf, "a plain comment does not count as a reason under this policy");
	else
		buf_add_string(buf, "a reason in the tool's own syntax does not count under this policy");
}

static void say_few(struct buf *buf, size_t count, const char *what, int32_t least)
{
	buf_printf(buf, "the reason has %zu %s%s, the policy asks for %d", count, what, count == 1 ? "" : "s",
	           (int)least);
}

static void say_weak(struct buf *buf, const struct trial *trial)
{
	const struct policy *policy = trial->judge->policy;

	if (trial->fault == REASON_PLACEHOLDER)
		buf_printf(buf, "the reason \"%.*s\" is a placeholder", quote_size(trial->reason),
		           trial->reason);
	else if (trial->fault == REASON_FEW_CHARS)
		say_few(buf, trial->fault_count, "character", policy->min_chars);
	else if (trial->fault == REASON_FEW_WORDS)
		say_few(buf, trial->fault_count, "word", policy->min_words);
	else
		buf_printf(buf, "the reason %s", justification_fault_text(trial->fault));
}

static void say_malformed(struct buf *buf, const struct trial *trial)
{
	buf_printf(buf, "the last day \"%.*s\" is no date of the form YYYY-MM-DD",
	           quote_size(trial->until_text), trial->until_text);
}

static void say_expired(struct buf *buf, const struct trial *trial)
{
	int32_t until = trial->exception->justification.until;
	int64_t days = (int64_t)trial->judge->today - until;
	char day[DATE_TEXT_SIZE];

	date_format(until, day);
	buf_printf(buf, "the exception expired on %s, %lld %s ago", day, (long long)days,
	           days == 1 ? "day" : "days");
}

static void say_too_far(struct buf *buf, const struct trial *trial)
{
	char day[DATE_TEXT_SIZE], latest[DATE_TEXT_SIZE];

	date_format(trial->exception->justification.until, day);
	date_format(trial->judge->today + trial->demand.max_days, latest);
	buf_printf(buf, "the last day %s is too far ahead, the policy allows %s at most", day, latest);
}

static void say_unknown_owner(struct buf *buf, const struct trial *trial)
{
	const char *owner = trial->exception->justification.owner;

	buf_printf(buf, "the owner \"%.*s\" is neither in CODEOWNERS nor in the policy's owners",
	           quote_size(owner), owner);
}

/* All that can be wrong with a justification, in the order reported. The sentence goes on with what the rule says. */
static const struct question {
	enum problem problem;
	bool (*objects)(const struct trial *trial);
	const char *sentence;                                    /* or */
	void (*say)(struct buf *buf, const struct trial *trial); /* when it names what was written */
} questions[] = {
	{ PROBLEM_MISSING_REASON, lacks_reason, NULL, say_reason },
	{ PROBLEM_WEAK_REASON, is_weak, NULL, say_weak },
	{ PROBLEM_LINK_ONLY_REASON, is_only_link, NULL, say_weak },
	{ PROBLEM_MISSING_UNTIL, lacks_until, "no last day is given", NULL },
	{ PROBLEM_MALFORMED_UNTIL, is_malformed, NULL, say_malformed },
	{ PROBLEM_EXPIRED, is_expired, NULL, say_expired },
	{ PROBLEM_UNTIL_TOO_FAR, is_too_far, NULL, say_too_far },
	{ PROBLEM_MISSING_OWNER, lacks_owner, "nobody is named who answers for it", NULL },
	{ PROBLEM_UNKNOWN_OWNER, has_unknown_owner, NULL, say_unknown_owner },
	{ PROBLEM_MISSING_TICKET, lacks_ticket, "no ticket is named", NULL },
	{ PROBLEM_BLANKET, is_blanket, "the marker names no rule and so silences all of them", NULL },
	{ PROBLEM_FILE_WIDE, is_file_wide, "the marker silences its tool for a whole file or more", NULL },
};

/* ---- findings --------------------------------------------------------------------------------------------------------*/

/* sentence, and what the rule says. */
static const char *message_of(const struct trial *trial, const char *sentence)
{
	return arena_printf(&trial->report->arena, "%s: %s", sentence, trial->exception->rule->message);
}

static enum pol_status hint_of(const struct trial *trial, enum problem problem, bool unwritten,
                               const char **ret_hint)
{
	const struct hint_request request = {
		.problem = problem,
		.unwritten = unwritten,
		.rule = trial->exception->rule,
		.path = trial->exception->path,
		.language = trial->language,
		.in_policy = trial->exception->justification.form == FORM_FILE || trial->bare,
		.style = trial->judge->policy->style,
		.demand = trial->demand,
		.today = trial->judge->today,
	};

	return hint_build(&trial->report->arena, &request, ret_hint);
}

static enum pol_status add_finding(const struct trial *trial, enum problem problem, const char *message,
                                   const char *hint)
{
	const struct exception *exception = trial->exception;
	const struct finding finding = {
		.check = exception->check,
		.rule = exception->rule,
		.problem = problem,
		.severity = trial->demand.severity,
		.blocking = trial->demand.block,
		.in_tests = trial->demand.in_tests,
		.path = exception->path,
		.line = exception->line,
		.column = exception->column,
		.end_line = exception->end_line,
		.end_column = exception->end_column,
		.message = message,
		.fix = exception->rule->fix,
		.hint = hint,
		.text = exception->text,
		.text_column = exception->text_column,
	};

	return report_add_finding(trial->report, &finding);
}

/* Nothing is written: one objection that asks for everything, with the rule's own words. */
static enum pol_status object_unwritten(const struct trial *trial)
{
	const char *hint = NULL;
	enum pol_status status = hint_of(trial, PROBLEM_MISSING_REASON, true, &hint);

	return status < 0 ? status
	                  : add_finding(trial, PROBLEM_MISSING_REASON, trial->exception->rule->message, hint);
}

static enum pol_status object_with(const struct trial *trial, enum problem problem, const char *sentence)
{
	const char *message = message_of(trial, sentence), *hint = NULL;
	enum pol_status status = message ? hint_of(trial, problem, false, &hint) : POL_ENOMEM;

	return status < 0 ? status : add_finding(trial, problem, message, hint);
}

static enum pol_status object(const struct trial *trial, const struct question *question)
{
	CLEANUP(buf) struct buf buf = { 0 };

	if (question->sentence)
		return object_with(trial, question->problem, question->sentence);
	question->say(&buf, trial);
	return buf_failed(&buf) ? POL_ENOMEM : object_with(trial, question->problem, buf.data);
}

/* Asks everything; *ret_objections is how often the answer was no good. */
static enum pol_status ask_all(const struct trial *trial, size_t *ret_objections)
{
	bool unwritten = trial->demand.reason && !is_written(&trial->exception->justification);
	size_t objections = 0;
	enum pol_status status = POL_OK;

	if (unwritten) {
		status = object_unwritten(trial);
		objections++;
	}
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]) && status == POL_OK; i++) {
		/* What goes beyond the text written is asked of every exception. */
		if ((unwritten && questions[i].problem < PROBLEM_BLANKET) || !questions[i].objects(trial))
			continue;
		status = object(trial, &questions[i]);
		objections++;
	}
	*ret_objections = objections;
	return status;
}

enum pol_status judge_exception(const struct judge *judge, struct exception *exception,
                                const struct language *language, struct report *report)
{
	const struct policy *policy = judge->policy;
	struct trial trial = {
		.judge = judge, .exception = exception, .report = report, .language = language
	};
	size_t objections = 0;
	enum pol_status status;

	trial.demand = policy_demand(policy, exception->rule, exception->severity, exception->path);
	if (judge->max_days >= 0)
		trial.demand.max_days = judge->max_days;
	trial.reason = reason_that_counts(policy, &exception->justification);
	find_fault(&trial);
	trial.until_text = exception->justification.until_text;
	exception->severity = trial.demand.severity;
	exception->in_tests = trial.demand.in_tests;
	if (exception->justification.until != DATE_NONE)
		exception->days_left = exception->justification.until - judge->today;
	status = ask_all(&trial, &objections);
	exception->accepted = objections == 0;
	return status < 0 ? status : report_add_exception(report, exception);
}

enum pol_status judge_object(const struct judge *judge, struct exception *exception, enum problem problem,
                             const char *sentence, struct report *report)
{
	const struct rule *rule = exception->rule;
	const struct language *language = language_of(exception->path, slice_of(""));
	const struct trial trial = {
		.judge = judge,
		.exception = exception,
		.demand = policy_demand(judge->policy, rule, rule->severity, exception->path),
		.report = report,
		.language = language,
		.bare = !language || !language_has_comments(language),
	};

	exception->accepted = false;
	return object_with(&trial, problem, sentence);
}

/* ---- entries of the policy -------------------------------------------------------------------------------------------*/

static bool entry_matches(const struct policy_exception *entry, const struct exception *exception)
{
	const struct rule *rule = exception->rule;

	if (strcmp(entry->rule, rule->id) != 0 && strcmp(entry->rule, rule->code) != 0)
		return false;
	if (entry->path && !glob_match(entry->path, exception->path))
		return false;
	return !entry->contains || (exception->text && strstr(exception->text, entry->contains));
}

/* The first entry that matches and is not over, else the first that matches; SIZE_MAX = none. */
static size_t find_entry(const struct judge *judge, const struct exception *exception)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < judge->policy->exception_count; i++) {
		const struct policy_exception *entry = &judge->policy->exceptions[i];

		if (!entry_matches(entry, exception))
			continue;
		if (entry->until == DATE_NONE || entry->until >= judge->today)
			return i;
		if (found == SIZE_MAX)
			found = i;
	}
	return found;
}

/* Sets *field to a copy of value, when there is one. */
static bool take(struct arena *arena, const char **field, const char *value)
{
	if (!value)
		return true;
	*field = arena_string(arena, value);
	return *field;
}

size_t judge_from_policy(const struct judge *judge, struct arena *arena, struct exception *exception)
{
	struct justification taken = exception->justification;
	const struct policy_exception *entry;
	size_t index;

	if (reason_that_counts(judge->policy, &exception->justification))
		return SIZE_MAX;
	index = find_entry(judge, exception);
	if (index == SIZE_MAX)
		return SIZE_MAX;
	entry = &judge->policy->exceptions[index];
	taken.form = FORM_FILE;
	taken.line = entry->line;
	taken.reason = NULL;
	if (entry->until_text)
		taken.until = entry->until;
	/* Without memory the exception stays unjustified: it is refused, not let through. */
	if (!take(arena, &taken.reason, entry->reason) ||
	    !take(arena, &taken.until_text, entry->until_text) || !take(arena, &taken.owner, entry->owner) ||
	    !take(arena, &taken.ticket, entry->ticket))
		return SIZE_MAX;
	exception->justification = taken;
	return index;
}
