/* cli.c - the whole of a check program: parses, runs, writes, and answers with the exit status. */
#include "checks/cli.h"

#include "checks/cli_support.h"
#include "checks/explain.h"
#include "checks/options.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- where reports go ------------------------------------------------------------------------------------------------*/

static enum pol_status fail_file(struct pol_error *err, const char *path)
{
	return pol_fail(err, POL_EIO, path, 0, "cannot write the report: %s", strerror(errno));
}

/* A report is written beside its file and then takes its place, so that nobody ever reads half of one. What is there but is
 * no regular file (a pipe, /dev/null) is written to as it is. */
static bool is_replaced(const char *path)
{
	struct stat info;

	return lstat(path, &info) != 0 || S_ISREG(info.st_mode);
}

static FILE *open_file(const char *path, bool replaced)
{
	int flags = O_WRONLY | O_CLOEXEC | (replaced ? O_CREAT | O_EXCL : O_TRUNC);
	int fd = open(path, flags, 0666);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (fd >= 0 && !file)
		(void)close(fd);
	return file;
}

static enum pol_status write_to(const struct report *report, const struct report_context *context,
                                const struct output *output, const char *path, struct pol_error *err)
{
	FILE *file = open_file(path, path != output->path);
	enum pol_status status;

	if (!file)
		return fail_file(err, path);
	status = report_write(report, context, output->format, file, err);
	if (fclose(file) != 0 && status == POL_OK)
		return fail_file(err, path);
	if (status == POL_EIO)
		return fail_file(err, path);
	return status;
}

static enum pol_status write_file(const struct report *report, const struct report_context *context,
                                  const struct output *output, struct pol_error *err)
{
	CLEANUP(buf) struct buf beside = { 0 };
	enum pol_status status;

	if (!is_replaced(output->path))
		return write_to(report, context, output, output->path, err);
	buf_printf(&beside, "%s.%ld.tmp", output->path, (long)getpid());
	if (buf_failed(&beside))
		return pol_fail_memory(err);
	status = write_to(report, context, output, beside.data, err);
	if (status == POL_OK && rename(beside.data, output->path) != 0)
		status = fail_file(err, output->path);
	if (status < 0)
		(void)unlink(beside.data);
	return status;
}

static enum pol_status write_outputs(const struct options *options, const struct report *report,
                                     struct report_context *context, struct pol_error *err)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < options->output_count && status == POL_OK; i++) {
		const struct output *output = &options->outputs[i];

		context->color = options->color == COLOR_ALWAYS ||
		                 (options->color == COLOR_AUTO && !output->path && cli_takes_color(stdout));
		status = output->path ? write_file(report, context, output, err)
		                      : report_write(report, context, output->format, stdout, err);
	}
	return status;
}

/* What a format has no place for is said on stderr. */
static void complain(const struct cli_program *program, const struct options *options,
                     const struct report *report)
{
	for (size_t i = 0; i < options->output_count; i++) {
		if (options->outputs[i].format == FORMAT_TEXT)
			return;
	}
	if (options->verbosity >= 0)
		cli_write_notes(program->name, report);
}

/* ---- what can be asked for -------------------------------------------------------------------------------------------*/

int cli_report(const struct cli_program *program, const struct options *options, const struct report *report,
               const struct source *source, uint64_t start_ms)
{
	struct report_context context = cli_context(program, source, start_ms);
	struct pol_error err = { 0 };

	context.today = options->today;
	context.verbosity = options->verbosity;
	context.warns = options->verbosity >= 0; /* -q is asked for; a hook is quiet by itself */
	if (write_outputs(options, report, &context, &err) < 0)
		return cli_fail(program->name, &err);
	complain(program, options, report);
	return (int)report_verdict(report);
}

static int run_on_source(const struct cli_program *program, const struct options *options, uint64_t start_ms)
{
	CLEANUP(source) struct source *source = NULL; /* outlives the report */
	CLEANUP(report) struct report report = { 0 };
	struct pol_error err = { 0 };
	const struct run_options wanted = {
		.checks = program->checks,
		.source = options->source,
		.policy_path = options->policy_path,
		.today = options->today,
		.max_days = options->max_days,
	};

	if (run_checks(&wanted, &report, &source, &err) < 0)
		return cli_fail(program->name, &err);
	return cli_report(program, options, &report, source, start_ms);
}

static int run(const struct cli_program *program, const struct options *options, uint64_t start_ms)
{
	return program->run ? program->run(program, options, start_ms)
	                    : run_on_source(program, options, start_ms);
}

static enum pol_status write_help(const struct cli_program *program, const struct options *options, FILE *out,
                                  struct pol_error *err)
{
	(void)options;
	return options_write_help(program, out) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status write_version(const struct cli_program *program, const struct options *options,
                                     FILE *out, struct pol_error *err)
{
	(void)options;
	(void)err;
	(void)fprintf(out, "%s %s\n", program->name, WARRANT_VERSION);
	return POL_OK;
}

static int inform(const struct cli_program *program, const struct options *options)
{
	static enum pol_status (*const actions[ACTION_COUNT])(
		const struct cli_program *, const struct options *, FILE *, struct pol_error *) = {
		[ACTION_HELP] = write_help,
		[ACTION_VERSION] = write_version,
		[ACTION_LIST_RULES] = explain_rules,
		[ACTION_EXPLAIN] = explain_rule,
		[ACTION_LIST_PROBLEMS] = explain_problems,
		[ACTION_PRINT_POLICY] = explain_policy,
	};
	struct pol_error err = { 0 };

	if (actions[options->action](program, options, stdout, &err) < 0)
		return cli_fail(program->name, &err);
	return VERDICT_ALLOWED;
}

/* Output that got lost must not look like an answer. */
static int close_stdout(const struct cli_program *program, int verdict)
{
	struct pol_error err = { 0 };
	bool failed = ferror(stdout) != 0;

	if (fclose(stdout) == 0 && !failed)
		return verdict;
	/* A report that could not be written has been complained about. */
	if (verdict == VERDICT_UNKNOWN)
		return verdict;
	(void)pol_fail(&err, POL_EIO, NULL, 0, "cannot write to standard output");
	return cli_fail(program->name, &err);
}

int cli_main(const struct cli_program *program, int argc, char **argv)
{
	uint64_t start_ms = cli_now_ms();
	CLEANUP(options) struct options options = { 0 };
	struct pol_error err = { 0 };
	int verdict;

	/* A reader that goes away is a failed write, exit 2, and not a death by signal. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (options_parse(program->input, argc, argv, &options, &err) < 0)
		return cli_fail(program->name, &err);
	if (options.today == DATE_NONE)
		options.today = date_today();
	verdict = options.action == ACTION_RUN ? run(program, &options, start_ms) : inform(program, &options);
	return close_stdout(program, verdict);
}
