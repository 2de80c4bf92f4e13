/* justification_check.c - every exception that a rule recognises must carry a justification. The main check: rules find
 * exceptions in one file, what a person wrote is attached, the policy judges. */
#include "checks/check.h"

#include <string.h>

/* Stands for a file that the rules could not finish. */
const struct rule file_not_judged_rule = {
	.id = "file-not-judged",
	.code = "LIM01",
	.title = "A file could not be judged within the limits",
	.message = "a rule's search hit its limits here, so nothing is known about the rest",
	.why = "What cannot be judged is refused: a crafted line must not be a way past the check.",
	.fix = "shorten the line, or leave the file out with skip: in .warrant.yaml",
	.kind = KIND_SETTING,
	.severity = SEVERITY_HIGH,
	.pattern = "",
};

static enum pol_status add_not_judged(const struct matches *matches, const char *path, struct report *report)
{
	const struct finding finding = {
		.check = justification_check.name,
		.rule = &file_not_judged_rule,
		.problem = PROBLEM_NOT_JUDGED,
		.severity = file_not_judged_rule.severity,
		.blocking = true,
		.path = path,
		.line = matches->unjudged_line,
		.message = arena_string(&report->arena,
		                        matches->unjudged), /* the scan's memory goes with the scan */
		.fix = file_not_judged_rule.fix,
	};

	return finding.message ? report_add_finding(report, &finding) : POL_ENOMEM;
}

/* The ids of a marker as reports give them: a list that the language quotes item by item, {"a", "b"}, loses the quotes
 * (those inside a name that is not quoted stay); blanks and line ends between become one blank. NULL = out of memory. */
static const char *clean_ids(struct arena *arena, struct slice ids)
{
	char *text = arena_copy(arena, ids.data, ids.size);
	bool quoted = ids.size > 0 && strchr("\"'`", ids.data[0]) && ids.data[0];
	size_t size = 0;

	for (size_t i = 0; text && i < ids.size; i++) {
		if (quoted && text[i] == ids.data[0])
			continue;
		if (!strchr(" \t\r\n", text[i]) || !text[i])
			text[size++] = text[i];
		else if (size > 0 && text[size - 1] != ' ')
			text[size++] = ' ';
	}
	if (text)
		text[size] = '\0';
	return text;
}

static enum pol_status judge_match(struct check_context *context, const struct matches *matches, size_t index,
                                   const char *path, struct report *report)
{
	const struct match *match = &matches->items[index];
	const struct lexed *lexed = &matches->lexed;
	const struct match_site site = {
		.lexed = lexed,
		.match = match,
		.neighbours = matches->items,
		.neighbour_count = matches->count,
	};
	struct exception exception = {
		.check = justification_check.name,
		.rule = match->rule,
		.severity = match->rule->severity,
		.path = path,
	};
	const struct slice place = { lexed->text.data + match->start, match->end - match->start };
	struct arena *arena = &report->arena;
	struct slice id = slice_trim(match->id);
	uint32_t line = lexed_line_at(lexed, match->start);

	if (id.size > 0 && !(exception.id = clean_ids(arena, id)))
		return POL_ENOMEM;
	if (check_locate(arena, lexed_line(lexed, line), line, place, &exception) < 0 ||
	    justification_find(arena, &site, &exception.justification) < 0)
		return POL_ENOMEM;
	return check_exception(context, &exception, lexed->language, report);
}

static enum pol_status judge_file(struct check_context *context, const char *path, struct slice text,
                                  struct report *report, struct pol_error *err)
{
	struct matches matches;
	enum pol_status status;

	status = scanner_run(context->scanner, &context->scratch, path, text, &matches, err);
	if (status < 0)
		return status;
	for (size_t i = 0; i < matches.count; i++) {
		if (judge_match(context, &matches, i, path, report) < 0)
			return pol_fail_memory(err);
	}
	if (matches.unjudged && add_not_judged(&matches, path, report) < 0)
		return pol_fail_memory(err);
	return POL_OK;
}

const struct check justification_check = {
	.name = "justification-check",
	.about = "Refuse insecure settings and suppression markers that nobody has justified.",
	.scans = true,
	.judge_file = judge_file,
};
