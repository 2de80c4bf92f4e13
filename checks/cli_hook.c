/* cli_hook.c - a run of checks as a hook makes it: no options, people read it on stderr. Apart from cli.c, so that hooks
 * do not link what only command lines need. */
#include "checks/cli_support.h"

int cli_hook(const struct cli_program *program, const struct source_spec *source)
{
	uint64_t start_ms = cli_now_ms();
	CLEANUP(source) struct source *opened = NULL; /* outlives the report */
	CLEANUP(report) struct report report = { 0 };
	struct pol_error err = { 0 };
	struct skip skip;
	struct run_options options = {
		.checks = program->checks,
		.source = *source,
		.today = date_today(),
		.max_days = -1,
		.staged_policy = source->kind == SOURCE_PATHS,
	};
	struct report_context context;

	if (skip_from_environment(&skip, &err) < 0)
		return cli_fail(program->name, &err);
	options.skip = skip.names ? &skip : NULL;
	if (run_checks(&options, &report, &opened, &err) < 0)
		return cli_fail(program->name, &err);
	context = cli_context(program, opened, start_ms);
	context.today = options.today;
	context.color = cli_takes_color(stderr);
	/* Git is silent when all is well, and so are its hooks. */
	context.verbosity = -1;
	if (report_write(&report, &context, FORMAT_TEXT, stderr, &err) < 0)
		return VERDICT_UNKNOWN;
	/* What is skipped must not be silent, and an allowed change has no report. */
	if (options.skip && report_verdict(&report) == VERDICT_ALLOWED)
		cli_write_notes(program->name, &report);
	return (int)report_verdict(&report);
}
