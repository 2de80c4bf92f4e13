/* commit_message_check.c - the form of commit messages: one message in a file (the hook), or every message of a range. */
#include "checks/check.h"
#include "checks/commit-message-check/message.h"

#define MESSAGE_RULE(name, number, what, how)                                                                \
	{                                                                                                    \
		.id = "message-" name, .code = "MSG" number, .title = what, .message = what,                 \
		.why = "The history is read long after the change: a message in good form is found and "     \
		       "understood.",                                                                        \
		.fix = how, .kind = KIND_POLICY, .severity = SEVERITY_LOW, .pattern = ""                     \
	}

static const struct rule empty_rule = MESSAGE_RULE("empty", "01", "the commit message is empty",
                                                   "say in a line what the change does");
static const struct rule subject_rule = MESSAGE_RULE("subject-length", "02", "the subject line is too long",
                                                     "shorten the subject, and put the rest into the body");
static const struct rule blank_rule = MESSAGE_RULE("blank-line", "03", "the second line is not empty",
                                                   "put an empty line between the subject and the body");
static const struct rule width_rule = MESSAGE_RULE("body-width", "04", "a line of the body is too long",
                                                   "break the line");
static const struct rule stop_rule = MESSAGE_RULE("trailing-stop", "05", "the subject ends with a full stop",
                                                  "take the full stop off the subject");

static const struct rule *const own_rules[] = { &empty_rule, &subject_rule, &blank_rule,
	                                        &width_rule, &stop_rule,    NULL };

/* One message under judgement. */
struct inspection {
	const struct message_policy *policy;
	const struct message *message;
	const char *path; /* the file, or "commit 1234567" */
	struct report *report;
};

static enum pol_status object(const struct inspection *in, const struct rule *rule, enum message_level level,
                              const struct message_line *line, const char *message)
{
	struct finding finding = {
		.check = commit_message_check.name,
		.rule = rule,
		.problem = PROBLEM_BAD_MESSAGE,
		.severity = rule->severity,
		.blocking = level == LEVEL_REFUSE,
		.path = in->path,
		.message = message,
		.fix = rule->fix,
	};

	if (line) {
		finding.line = finding.end_line = line->number;
		finding.column = 1;
		finding.end_column = (uint32_t)line->text.size + 1;
		finding.text = arena_copy(&in->report->arena, line->text.data, line->text.size);
		finding.text_column = 1;
	}
	if (!message || (line && !finding.text))
		return POL_ENOMEM;
	return report_add_finding(in->report, &finding);
}

static enum pol_status check_length(const struct inspection *in, const struct rule *rule,
                                    enum message_level level, const struct message_line *line, int32_t max)
{
	size_t chars = text_count_chars(line->text);

	if (level == LEVEL_OFF || max <= 0 || chars <= (size_t)max)
		return POL_OK;
	return object(in, rule, level, line,
	              arena_printf(&in->report->arena, "%s: %zu characters, at most %d", rule->message, chars,
	                           (int)max));
}

static enum pol_status check_subject(const struct inspection *in)
{
	const struct message_line *subject = &in->message->lines[0];

	if (in->policy->trailing_stop != LEVEL_OFF && slice_ends(subject->text, ".") &&
	    !slice_ends(subject->text, "..") &&
	    object(in, &stop_rule, in->policy->trailing_stop, subject, stop_rule.message) < 0)
		return POL_ENOMEM;
	return check_length(in, &subject_rule, in->policy->subject_length, subject, in->policy->subject_max);
}

/* Lines that can't be broken (one long word, such as a URL) and quoted ones are let pass. */
static bool is_breakable(struct slice line)
{
	return slice_count_words(line) > 2 && line.data[0] != ' ' && line.data[0] != '\t' &&
	       line.data[0] != '>' && slice_find(line, "://") == SIZE_MAX;
}

static enum pol_status check_body(const struct inspection *in)
{
	const struct message *message = in->message;

	if (message->count > 1 && message->lines[1].text.size > 0 && in->policy->blank_line != LEVEL_OFF &&
	    object(in, &blank_rule, in->policy->blank_line, &message->lines[1], blank_rule.message) < 0)
		return POL_ENOMEM;
	for (size_t i = 1; i < message->count; i++) {
		const struct message_line *line = &message->lines[i];

		if (line->text.size > 0 && is_breakable(line->text) &&
		    check_length(in, &width_rule, in->policy->body_width, line, in->policy->body_max) < 0)
			return POL_ENOMEM;
	}
	return POL_OK;
}

static enum pol_status judge_message(const struct check_context *context, const char *path, struct slice raw,
                                     char comment, struct report *report)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct message message;
	const struct inspection in = { .policy = &context->judge->policy->message,
		                       .message = &message,
		                       .path = path,
		                       .report = report };

	if (message_clean(&arena, raw, comment, &message) < 0)
		return POL_ENOMEM;
	if (message.count == 0)
		return in.policy->empty == LEVEL_OFF
		               ? POL_OK
		               : object(&in, &empty_rule, in.policy->empty, NULL, empty_rule.message);
	return check_subject(&in) < 0 || check_body(&in) < 0 ? POL_ENOMEM : POL_OK;
}

static enum pol_status judge_file(struct check_context *context, const char *path, struct slice text,
                                  struct report *report, struct pol_error *err)
{
	return judge_message(context, path, text, message_comment_char(text), report) < 0
	               ? pol_fail_memory(err)
	               : POL_OK;
}

/* A walk over the commits of a range. */
struct walk {
	struct check_context *context;
	struct report *report;
	struct buf data;
};

/* A commit's headers end at the first empty line. */
static struct slice message_of(struct slice commit)
{
	size_t end = slice_find(commit, "\n\n");

	return end == SIZE_MAX ? (struct slice){ "", 0 } : slice_from(commit, end + 2);
}

static bool is_merge(struct slice commit)
{
	struct slice headers = slice_sub(commit, 0, slice_find(commit, "\n\n"));
	size_t first = slice_find(headers, "\nparent ");

	return first != SIZE_MAX && slice_find(slice_from(headers, first + 1), "\nparent ") != SIZE_MAX;
}

enum { MAX_COMMIT = 4 * 1024 * 1024 };

static enum pol_status judge_commit(const struct oid *commit, void *data, struct pol_error *err)
{
	struct walk *walk = data;
	char hex[OID_MAX_HEX];
	struct slice text;
	char *path;
	enum pol_status status;

	status = repo_read(source_repo(walk->context->source), commit, MAX_COMMIT, &walk->data, NULL, err);
	if (status < 0)
		return status;
	text = (struct slice){ walk->data.data, walk->data.size };
	/* git and forges write the messages of merges. */
	if (is_merge(text))
		return POL_OK;
	oid_format(commit, hex);
	path = arena_printf(&walk->report->arena, "commit %.12s", hex);
	if (!path || judge_message(walk->context, path, message_of(text), 0, walk->report) < 0)
		return pol_fail_memory(err);
	walk->report->counts.files++;
	return POL_OK;
}

static enum pol_status judge_project(struct check_context *context, enum source_side side,
                                     struct report *report, struct pol_error *err)
{
	struct walk walk = { .context = context, .report = report };
	const char *base = source_base(context->source), *head = source_head(context->source);
	struct oid tip, hidden;
	enum pol_status status;

	if (side == SIDE_OLD || source_kind(context->source) != SOURCE_RANGE || !head ||
	    !oid_parse(slice_of(head), &tip))
		return POL_OK;
	status = repo_walk(source_repo(context->source), &tip, &hidden,
	                   base && oid_parse(slice_of(base), &hidden) ? 1 : 0, judge_commit, &walk, err);
	buf_free(&walk.data);
	return status;
}

const struct check commit_message_check = {
	.name = "commit-message-check",
	.about = "Judge the form of commit messages: named files, or every commit of a range.",
	.rules = own_rules,
	.named_only = true,
	.judge_file = judge_file,
	.judge_project = judge_project,
};
