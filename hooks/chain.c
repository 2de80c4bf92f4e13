/* chain.c - runs the hook that was there before Warrant. */
#include "hooks/chain.h"

#include "hooks/previous.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char hook_mark[] = "placed by Warrant's install.sh, version " WARRANT_VERSION;

enum { CANNOT_RUN = 2 };

extern char **environ;

static int fail(const char *path, const char *what, int number)
{
	(void)fprintf(stderr, "warrant: the hook that was there before, %s, %s: %s\n", path, what,
	              strerror(number));
	return CANNOT_RUN;
}

/* what is put before the mark */
static bool is_asked(const char *what)
{
	if (!getenv("WARRANT_STATUS"))
		return false;
	(void)fprintf(stderr, "%s%s\n", what, hook_mark);
	return true;
}

/* A hook that does not read its input is no error: it has its reasons. */
static void write_all(int fd, struct slice input)
{
	while (input.size > 0) {
		ssize_t size = write(fd, input.data, input.size);

		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			break;
		input = slice_from(input, (size_t)size);
	}
}

static int wait_for(pid_t pid, const char *path)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return fail(path, "cannot be waited for", errno);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : CANNOT_RUN;
}

/* The arguments for path: ours, under its own name, which scripts look at; room for the shell before them. The caller frees
 * them. */
static char **arguments(char *path, char *const *argv)
{
	static char shell[] = "/bin/sh";
	size_t count = 0;
	char **own;

	while (argv[count])
		count++;
	own = calloc(count + 2, sizeof(*own));
	if (!own)
		return NULL;
	own[0] = shell;
	own[1] = path;
	for (size_t i = 1; i < count; i++)
		own[i + 1] = argv[i];
	return own;
}

/* ---- as a child ------------------------------------------------------------------------------------------------------*/

/* Starts argv, with input's read end as standard input if there is a pipe; both its ends are closed in the child. */
static int start(const char *program, char *const *argv, const int *ends, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	int number = posix_spawn_file_actions_init(&actions);

	if (number != 0)
		return number;
	if (ends)
		number = posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	if (ends && number == 0)
		number = posix_spawn_file_actions_addclose(&actions, ends[0]);
	if (ends && number == 0)
		number = posix_spawn_file_actions_addclose(&actions, ends[1]);
	if (number == 0)
		number = posix_spawn(ret_pid, program, &actions, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return number;
}

/* As git does, a file that is no program is given to the shell. */
static int start_any(char *const *own, const int *ends, pid_t *ret_pid)
{
	int number = start(own[1], own + 1, ends, ret_pid);

	return number == ENOEXEC ? start(own[0], own, ends, ret_pid) : number;
}

static int run(char *const *own, struct slice input)
{
	int ends[2], number;
	pid_t pid;

	if (!input.data) {
		number = start_any(own, NULL, &pid);
		return number == 0 ? wait_for(pid, own[1]) : fail(own[1], "cannot be run", number);
	}
	if (pipe(ends) < 0)
		return fail(own[1], "gets no pipe", errno);
	number = start_any(own, ends, &pid);
	(void)close(ends[0]);
	if (number == 0) {
		(void)signal(SIGPIPE, SIG_IGN);
		write_all(ends[1], input);
	}
	(void)close(ends[1]);
	return number == 0 ? wait_for(pid, own[1]) : fail(own[1], "cannot be run", number);
}

int chain_run(char *const *argv, struct slice input)
{
	CLEANUP(buf) struct buf path = { 0 };
	char **own;
	int status;

	if (is_asked("judges: "))
		return CANNOT_RUN;
	if (!previous_find(argv[0], &path))
		return buf_failed(&path) ? fail(argv[0], "cannot be looked for", ENOMEM) : 0;
	own = arguments(path.data, argv);
	status = own ? run(own, input) : fail(path.data, "cannot be run", ENOMEM);
	free(own);
	return status;
}

/* ---- in our place ----------------------------------------------------------------------------------------------------*/

int chain_exec(char *const *argv)
{
	CLEANUP(buf) struct buf path = { 0 };
	char **own;
	int number = ENOMEM;

	if (is_asked("hands on: "))
		return CANNOT_RUN;
	if (!previous_find(argv[0], &path))
		return buf_failed(&path) ? fail(argv[0], "cannot be looked for", ENOMEM) : 0;
	own = arguments(path.data, argv);
	if (own) {
		(void)execv(own[1], own + 1);
		if (errno == ENOEXEC)
			(void)execv(own[0], own);
		number = errno;
	}
	free(own);
	return fail(path.data, "cannot be run", number);
}
