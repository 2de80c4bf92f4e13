/* rules.c - the table of the rules, and what they have in common. */
#include "checks/commit-message-check/rules.h"

#include "checks/check.h"

#include <string.h>

#define MESSAGE_RULE(name, number, what, reason, how)                                                        \
	{                                                                                                    \
		.id = "message-" name, .code = "MSG" number, .title = what, .message = what, .why = reason,  \
		.fix = how, .kind = KIND_POLICY, .severity = SEVERITY_LOW, .pattern = ""                     \
	}

static const char read_later[] =
	"The history is read long after the change: a message in good form is found and understood.";

static const struct rule empty_rule = MESSAGE_RULE("empty", "01", "the commit message is empty", read_later,
                                                   "say in a line what the change does");
static const struct rule subject_rule = MESSAGE_RULE("subject-length", "02", "the subject line is too long",
                                                     read_later,
                                                     "shorten the subject, and put the rest into the body");
static const struct rule blank_rule = MESSAGE_RULE(
	"blank-line", "03", "the second line is not empty",
	"Git takes all lines up to the first empty one for the subject, and shows them as one.",
	"put an empty line between the subject and the body");
static const struct rule width_rule = MESSAGE_RULE("body-width", "04", "a line of the body is too long",
                                                   read_later, "break the line");
static const struct rule stop_rule = MESSAGE_RULE("trailing-stop", "05", "the subject ends with a full stop",
                                                  "The subject is a heading.",
                                                  "take the full stop off the subject");
static const struct rule type_rule = MESSAGE_RULE(
	"type", "06", "the subject does not begin with a type",
	"Release notes and version numbers are made from the types of Conventional Commits.",
	"begin the subject with a type, a colon and a blank: \"fix: …\" or \"fix(scope): …\"");
static const struct rule issue_rule = MESSAGE_RULE("issue", "07", "the message names no issue",
                                                   "Why a change was wanted stands in the issue.",
                                                   "name the issue that the change belongs to");
static const struct rule sign_off_rule = MESSAGE_RULE(
	"sign-off", "08", "neither the author nor the committer has signed off",
	"With the trailer the Developer Certificate of Origin is accepted, by the one who may do so.",
	"sign off yourself: git commit --amend --signoff");
static const struct rule forbidden_rule = MESSAGE_RULE(
	"forbidden", "09", "the message holds a word that the policy forbids",
	"The policy lists it under message: words.", "say it in other words");
static const struct rule unfinished_rule = MESSAGE_RULE(
	"unfinished", "10", "the commit is not finished",
	"fixup!, squash! and amend! wait for `git rebase --autosquash`, and work in progress for more work.",
	"fold the commit into the one it belongs to (git rebase -i --autosquash), or give it a subject of "
	"its own");
static const struct rule exception_rule = MESSAGE_RULE(
	"exceptions", "11", "the commit adds exceptions that the message does not name",
	"Whoever reads the history shall see where safeguards were weakened, and not only what the change "
	"was for.",
	"name each exception in a trailer: \"Exception: RULE PATH\"");

const struct rule *const message_rules[] = { &empty_rule,      &subject_rule,   &blank_rule,
	                                     &width_rule,      &stop_rule,      &type_rule,
	                                     &issue_rule,      &sign_off_rule,  &forbidden_rule,
	                                     &unfinished_rule, &exception_rule, NULL };

/* In the order of a message. The empty one is judged alone. */
static const struct {
	const struct rule *rule;
	size_t level; /* offset in the policy */
	message_judge judge;
} rows[] = {
#define ROW(of, key, function)                                                                               \
	{                                                                                                    \
		&of##_rule, offsetof(struct message_policy, key), function                                   \
	}
	ROW(subject, subject_length, layout_subject_length),
	ROW(stop, trailing_stop, layout_trailing_stop),
	ROW(type, type, content_type),
	ROW(unfinished, unfinished, content_unfinished),
	ROW(blank, blank_line, layout_blank_line),
	ROW(width, body_width, layout_body_width),
	ROW(issue, issue, content_issue),
	ROW(forbidden, forbidden, content_forbidden),
	ROW(sign_off, sign_off, content_sign_off),
	ROW(exception, exceptions, added_judge),
#undef ROW
};

static enum message_level level_at(const struct message_policy *policy, size_t offset)
{
	return *(const enum message_level *)(const void *)((const char *)policy + offset);
}

/* ---- objections ------------------------------------------------------------------------------------------------------*/

/* Lines are shown as those of files are. */
static enum pol_status locate(struct arena *arena, const struct objection *objection, struct finding *finding)
{
	const struct message_line *line = objection->line;
	struct exception place = { .line = 0 };

	if (!line)
		return POL_OK;
	if (check_locate(arena, line->text, line->number,
	                 objection->place.data ? objection->place : line->text, &place) < 0)
		return POL_ENOMEM;
	finding->line = place.line;
	finding->column = place.column;
	finding->end_line = place.end_line;
	finding->end_column = place.end_column;
	finding->text = place.text;
	finding->text_column = place.text_column;
	return POL_OK;
}

enum pol_status rules_object(const struct inspection *inspection, const struct rule *rule,
                             enum message_level level, const struct objection *objection)
{
	struct finding finding = {
		.check = commit_message_check.name,
		.rule = rule,
		.problem = PROBLEM_BAD_MESSAGE,
		.severity = rule->severity,
		.blocking = level == LEVEL_REFUSE,
		.warns = level == LEVEL_WARN,
		.path = inspection->path,
		.message = objection->what,
		.fix = rule->fix,
		.hint = objection->hint,
	};

	if (!finding.message || locate(&inspection->report->arena, objection, &finding) < 0)
		return POL_ENOMEM;
	return report_add_finding(inspection->report, &finding);
}

/* ---- a message -------------------------------------------------------------------------------------------------------*/

/* Trailers are no message: git would take them for one when nobody writes a line above those that a hook has put there. */
static bool is_empty(const struct message *message)
{
	struct slice line;

	for (size_t i = 0; i < message->count; i++) {
		line = message->lines[i].text;
		if (line.size > 0 && !slice_starts_nocase(line, "exception:") &&
		    !slice_starts_nocase(line, "signed-off-by:"))
			return false;
	}
	return true;
}

bool rules_is_revert(const struct message *message)
{
	if (message->count > 0 && slice_starts(message->lines[0].text, "Revert \""))
		return true;
	for (size_t i = 1; i < message->count; i++) {
		struct slice line = message->lines[i].text;

		if (slice_starts(line, "This reverts commit ") && line.size > 20 &&
		    memchr("0123456789abcdef", line.data[20], 16))
			return true;
	}
	return false;
}

enum pol_status rules_judge(const struct inspection *inspection)
{
	const struct message_policy *policy = inspection->policy;
	enum pol_status status = POL_OK;

	if (is_empty(&inspection->message))
		return policy->empty == LEVEL_OFF
		               ? POL_OK
		               : rules_object(inspection, &empty_rule, policy->empty,
		                              &(struct objection){ .what = empty_rule.message });
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && status == POL_OK; i++) {
		enum message_level level = level_at(policy, rows[i].level);

		if (level != LEVEL_OFF && (!inspection->is_revert || rows[i].rule == &exception_rule))
			status = rows[i].judge(inspection, rows[i].rule, level);
	}
	return status;
}
