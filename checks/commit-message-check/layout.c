/* layout.c - the rules of a message's form: lengths, the full stop, the empty line. Lengths are in characters, never bytes. */
#include "checks/commit-message-check/rules.h"

static const struct message_line *subject_of(const struct inspection *in)
{
	return &in->message.lines[0];
}

static enum pol_status judge_length(const struct inspection *in, const struct rule *rule,
                                    enum message_level level, const struct message_line *line, int32_t max)
{
	size_t chars = text_count_chars(line->text);

	if (max <= 0 || chars <= (size_t)max)
		return POL_OK;
	return rules_object(in, rule, level,
	                    &(struct objection){ .line = line,
	                                         .what = arena_printf(&in->report->arena,
	                                                              "%s: %zu characters, at most %d",
	                                                              rule->message, chars, (int)max) });
}

enum pol_status layout_subject_length(const struct inspection *in, const struct rule *rule,
                                      enum message_level level)
{
	return judge_length(in, rule, level, subject_of(in), in->policy->subject_max);
}

enum pol_status layout_trailing_stop(const struct inspection *in, const struct rule *rule,
                                     enum message_level level)
{
	const struct message_line *subject = subject_of(in);

	/* Three of them are no full stop. */
	if (!slice_ends(subject->text, ".") || slice_ends(subject->text, ".."))
		return POL_OK;
	return rules_object(in, rule, level,
	                    &(struct objection){ .line = subject,
	                                         .place = slice_from(subject->text, subject->text.size - 1),
	                                         .what = rule->message });
}

enum pol_status layout_blank_line(const struct inspection *in, const struct rule *rule,
                                  enum message_level level)
{
	if (in->message.count < 2 || in->message.lines[1].text.size == 0)
		return POL_OK;
	return rules_object(in, rule, level,
	                    &(struct objection){ .line = &in->message.lines[1], .what = rule->message });
}

/* Lines that can't be broken (one long word, such as a URL) and quoted ones are let pass. */
static bool is_breakable(struct slice line)
{
	return slice_count_words(line) > 2 && line.data[0] != ' ' && line.data[0] != '\t' &&
	       line.data[0] != '>' && slice_find(line, "://") == SIZE_MAX;
}

/* So are trailers, which tools write and read as one line. */
static bool is_trailer(const struct inspection *in, size_t line)
{
	return line >= in->trailers.start && line < in->trailers.end;
}

enum pol_status layout_body_width(const struct inspection *in, const struct rule *rule,
                                  enum message_level level)
{
	enum pol_status status = POL_OK;

	for (size_t i = 1; i < in->message.count && status == POL_OK; i++) {
		const struct message_line *line = &in->message.lines[i];

		if (line->text.size > 0 && !is_trailer(in, i) && is_breakable(line->text))
			status = judge_length(in, rule, level, line, in->policy->body_max);
	}
	return status;
}
