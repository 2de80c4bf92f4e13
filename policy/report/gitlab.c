/* gitlab.c - GitLab's code quality report: an array of issues. The format has no place for accepted exceptions; GitLab
 * shows issues of equal fingerprint once, and ours are unique. */
#include "policy/report/writers.h"

/* By enum rule_severity; what does not block is only "info". */
static const char *const severities[SEVERITY_COUNT] = { "minor", "major", "critical" };

static void add_issue(struct buf *buf, const struct finding *finding)
{
	CLEANUP(buf) struct buf description = { 0 };

	buf_printf(&description, "%s (fix: %s)", finding->message, finding->fix);
	if (buf_failed(&description)) {
		buf->failed = true;
		return;
	}
	buf_add_string(buf, "  {\"description\":");
	json_add_string(buf, description.data);
	buf_add_string(buf, ",\"check_name\":");
	json_add_string(buf, finding->rule->id);
	buf_printf(buf, ",\"fingerprint\":\"%016llx\",\"severity\":\"%s\",\"location\":{\"path\":",
	           (unsigned long long)finding->fingerprint,
	           finding->blocking ? severities[finding->severity] : "info");
	json_add_string(buf, *finding->path ? finding->path : ".");
	buf_printf(buf, ",\"lines\":{\"begin\":%u}}}", finding->line > 0 ? finding->line : 1);
}

enum pol_status gitlab_write(const struct report *report, const struct report_context *context, FILE *out)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status = POL_OK;

	(void)context;
	buf_add_char(&buf, '[');
	for (size_t i = 0; i < report->finding_count && status == POL_OK; i++) {
		buf_add_string(&buf, i == 0 ? "\n" : ",\n");
		add_issue(&buf, &report->findings[i]);
		status = writer_flush(&buf, out);
	}
	buf_add_string(&buf, "\n]\n");
	return status < 0 ? status : writer_flush(&buf, out);
}
