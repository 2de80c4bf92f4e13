/* exceptions.c - which exceptions a change adds. */
#include "policy/report/report.h"

/* What tells exceptions from each other is what tells findings: so each is stood in for by one. */
static enum pol_status stand_in(const struct report *report, struct report *ret_findings)
{
	for (size_t i = 0; i < report->exception_count; i++) {
		const struct exception *exception = &report->exceptions[i];
		const struct finding finding = {
			.rule = exception->rule,
			.path = exception->path,
			.line = exception->line,
			.column = exception->column,
			.text = exception->text,
			.message = exception->id ? exception->id : "",
			.end_line = (uint32_t)i, /* whom it stands for */
		};

		if (report_add_finding(ret_findings, &finding) < 0)
			return POL_ENOMEM;
	}
	return POL_OK;
}

enum pol_status report_subtract_exceptions(struct report *report, const struct report *old)
{
	CLEANUP(report) struct report mine = { 0 };
	CLEANUP(report) struct report others = { 0 };
	struct exception *kept;

	if (stand_in(report, &mine) < 0 || stand_in(old, &others) < 0)
		return POL_ENOMEM;
	report_subtract(&mine, &others);
	kept = arena_alloc(&report->arena, mine.finding_count + 1, sizeof(*kept));
	if (!kept)
		return POL_ENOMEM;
	for (size_t i = 0; i < mine.finding_count; i++)
		kept[i] = report->exceptions[mine.findings[i].end_line];
	report->exceptions = kept;
	report->exception_count = mine.finding_count;
	report->exception_capacity = mine.finding_count + 1;
	return POL_OK;
}
