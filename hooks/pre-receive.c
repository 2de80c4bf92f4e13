/* pre-receive - judges on a server what is pushed to it, before any ref is updated: the same judgement as pre-push, where nobody
 * can leave it out. Runs in git's quarantine, reads, and writes nothing. All refs or none: one that is refused refuses the push.
 * Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"
#include "checks/push-check/push_run.h"
#include "hooks/chain.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Not even a search that hangs outlasts it: the process ends here and now, and its children with their pipes. */
static void give_up(int number)
{
	static const char message[] =
		"pre-receive: not judged: the time for one push is over; push less at once, the oldest\n"
		"    commits first, or ask the server's administrator to raise warrant.maxSeconds\n";

	(void)number;
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(VERDICT_UNKNOWN);
	_exit(VERDICT_UNKNOWN);
}

static void limit_time(uint64_t seconds)
{
	if (seconds == 0)
		return;
	(void)signal(SIGALRM, give_up);
	(void)alarm(seconds < INT_MAX ? (unsigned)seconds : INT_MAX);
}

static enum pol_status read_limits(struct push_limits *limits, struct pol_error *err)
{
	CLEANUP(repo) struct repo *repo = NULL;
	enum pol_status status = repo_open(".", &repo, err);

	return status == POL_OK ? push_limits_read(repo, limits, err) : status;
}

int main(int argc, char **argv)
{
	CLEANUP(buf) struct buf input = { 0 };
	struct push_request request = { 0 };
	struct pol_error err = { 0 };
	int status;

	(void)argc;
	/* What leaves checks out of a hook is the author's, and may have come along: git starts a server for a path on the same
	 * machine with the author's environment. */
	(void)unsetenv("WARRANT_SKIP");
	(void)unsetenv("WARRANT_SKIP_REASON");
	if (push_read_input(&input, &err) < 0)
		return cli_fail("pre-receive", &err);
	request.input = slice_of_buf(&input);
	status = chain_run(argv, request.input);
	if (status != 0)
		return status;
	if (read_limits(&request.limits, &err) < 0)
		return cli_fail("pre-receive", &err);
	limit_time(request.limits.seconds);
	return push_run_hook("pre-receive", &request);
}
