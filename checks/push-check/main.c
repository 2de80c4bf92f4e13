/* push-check - judges a push as git's pre-push hook does, for other hook managers and servers. Exit status: 0 allowed,
 * 1 refused, 2 could not tell. */
#include "checks/cli.h"
#include "checks/options.h"
#include "checks/push-check/push_run.h"

static int run(const struct cli_program *program, const struct options *options, uint64_t start_ms)
{
	CLEANUP(buf) struct buf input = { 0 };
	CLEANUP(push_result) struct push_result result = { 0 };
	const char *const *words = options->source.paths;
	struct push_request request = {
		.remote_name = words ? words[0] : "origin",
		.dir = options->source.dir,
		.policy_path = options->policy_path,
		.today = options->today,
		.max_days = options->max_days,
	};
	struct pol_error err = { 0 };

	if (push_read_input(&input, &err) < 0)
		return cli_fail(program->name, &err);
	request.input = slice_of_buf(&input);
	if (push_run(&request, &result, &err) < 0)
		return cli_fail(program->name, &err);
	return cli_report(program, options, &result.report,
	                  result.source_count > 0 ? result.sources[0] : NULL, start_ms);
}

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &push_check, NULL };
	static const struct cli_program program = {
		.name = "push-check",
		.about = "Judge a push to REMOTE, given on standard input as git gives it to pre-push hooks.",
		.checks = checks,
		.input = INPUT_PUSH,
		.run = run,
	};

	return cli_main(&program, argc, argv);
}
