/* process.c - starts the git program and reads what it prints. Sockets stand in for pipes, because a write to a pipe
 * whose reader has died would kill us with SIGPIPE, and a library may not change signal handlers. */
#include "policy/source/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

enum { READ_BYTES = 64 * 1024, OUTPUT_LIMIT = 1024 * 1024 * 1024, COMPLAINT_LIMIT = 16 * 1024 };

extern char **environ;

/* A promisor remote would be asked for missing objects: with no protocol allowed git must do without. Replaced objects
 * are not what is pushed. */
static const char *const overrides[] = {
	"GIT_ALLOW_PROTOCOL=none",
	"GIT_NO_LAZY_FETCH=1",
	"GIT_NO_REPLACE_OBJECTS=1",
	"GIT_TERMINAL_PROMPT=0",
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_PAGER=cat",
	"GIT_TRACE=0",
	"LC_ALL=C",
};
enum { OVERRIDE_COUNT = sizeof(overrides) / sizeof(overrides[0]) };

static bool is_overridden(const char *variable)
{
	for (size_t i = 0; i < OVERRIDE_COUNT; i++) {
		size_t size = (size_t)(strchr(overrides[i], '=') - overrides[i]) + 1;

		if (strncmp(variable, overrides[i], size) == 0)
			return true;
	}
	return false;
}

/* Our environment with the overrides; an array to free, its strings belong to others. */
static char **make_environment(void)
{
	size_t count = 0, used = 0;
	char **list;

	while (environ && environ[count])
		count++;
	list = calloc(count + OVERRIDE_COUNT + 1, sizeof(*list));
	if (!list)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (!is_overridden(environ[i]))
			list[used++] = environ[i];
	}
	/* execve does not write to its strings; its type is older than const. */
	for (size_t i = 0; i < OVERRIDE_COUNT; i++)
		list[used++] = (char *)(uintptr_t)overrides[i];
	return list;
}

static void close_pair(const int pair[2])
{
	for (int i = 0; i < 2; i++) {
		if (pair[i] >= 0)
			(void)close(pair[i]);
	}
}

/* A connected pair that other children do not inherit, clear of the standard descriptors. */
static bool open_pair(int ret_pair[2])
{
	int pair[2], moved[2];

#ifdef SOCK_CLOEXEC
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
#else
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return false;
#endif
#ifdef SO_NOSIGPIPE
	(void)setsockopt(pair[0], SOL_SOCKET, SO_NOSIGPIPE, &(int){ 1 }, sizeof(int));
#endif
	moved[0] = fcntl(pair[0], F_DUPFD_CLOEXEC, 3);
	moved[1] = fcntl(pair[1], F_DUPFD_CLOEXEC, 3);
	close_pair(pair);
	if (moved[0] < 0 || moved[1] < 0) {
		close_pair(moved);
		return false;
	}
	ret_pair[0] = moved[0];
	ret_pair[1] = moved[1];
	return true;
}

/* Starts git with these descriptors; -1 stands for /dev/null. Returns 0 or an errno. */
static int spawn(const char *dir, const char *const *args, const int fds[3], pid_t *ret_pid)
{
	const char *argv[PROCESS_MAX_ARGS + 4] = { "git", "-C", dir };
	posix_spawn_file_actions_t actions;
	char **environment;
	size_t count = 3;
	int rc;

	for (size_t i = 0; args[i]; i++) {
		if (i >= PROCESS_MAX_ARGS)
			return E2BIG;
		argv[count++] = args[i];
	}
	environment = make_environment();
	if (!environment)
		return ENOMEM;
	rc = posix_spawn_file_actions_init(&actions);
	if (rc != 0) {
		free(environment);
		return rc;
	}
	for (int i = 0; i < 3 && rc == 0; i++) {
		rc = fds[i] >= 0 ? posix_spawn_file_actions_adddup2(&actions, fds[i], i)
		                 : posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
	}
	if (rc == 0)
		rc = posix_spawnp(ret_pid, "git", &actions, NULL, (char *const *)(uintptr_t)argv,
		                  environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	free(environment);
	return rc;
}

static enum pol_status fail_start(struct pol_error *err, int error)
{
	return pol_fail(err, POL_EGIT, NULL, 0, "the git program could not be started: %s", strerror(error));
}

/* Waits for the end; -1 when it did not end by itself. */
static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Moves what has arrived at fd to *buf; false at the end. What goes over buf's limit is read and dropped. */
static bool drain(int fd, struct buf *buf)
{
	char *room = buf_reserve(buf, READ_BYTES);
	char scrap[4096];
	ssize_t size = room ? read(fd, room, READ_BYTES) : read(fd, scrap, sizeof(scrap));

	if (size < 0)
		return errno == EINTR || errno == EAGAIN;
	if (room && size > 0) {
		buf->size += (size_t)size;
		buf->data[buf->size] = '\0';
	}
	return size > 0;
}

static void read_both(const int fds[2], struct buf *out, struct buf *complaint)
{
	struct pollfd polls[2] = { { .fd = fds[0], .events = POLLIN }, { .fd = fds[1], .events = POLLIN } };
	struct buf *bufs[2] = { out, complaint };

	while (polls[0].fd >= 0 || polls[1].fd >= 0) {
		if (poll(polls, 2, -1) < 0 && errno != EINTR)
			return;
		for (size_t i = 0; i < 2; i++) {
			if (polls[i].fd >= 0 && polls[i].revents != 0 && !drain(polls[i].fd, bufs[i]))
				polls[i].fd = -1;
		}
	}
}

static void take_complaint(const struct buf *text, char *complaint, size_t room)
{
	const char *from = text->data ? text->data : "";
	const char *colon = strncmp(from, "fatal: ", 7) == 0 || strncmp(from, "error: ", 7) == 0 ? from + 7
	                                                                                         : from;
	size_t size = strcspn(colon, "\n");

	if (size >= room)
		size = room - 1;
	memcpy(complaint, colon, size);
	complaint[size] = '\0';
}

void process_result_free(struct process_result *result)
{
	buf_free(&result->out);
}

static enum pol_status collect(pid_t pid, const int fds[2], struct process_result *result,
                               struct pol_error *err)
{
	CLEANUP(buf) struct buf complaint = { .limit = COMPLAINT_LIMIT + READ_BYTES };

	read_both(fds, &result->out, &complaint);
	result->exit_status = wait_for(pid);
	take_complaint(&complaint, result->complaint, sizeof(result->complaint));
	if (result->exit_status < 0)
		return pol_fail(err, POL_EGIT, NULL, 0, "the git program was killed before it was done");
	if (buf_failed(&result->out))
		return pol_fail(err, POL_ELIMIT, NULL, 0, "the git program printed more than can be held");
	return POL_OK;
}

/* The sockets of one run: ours first, the child's second; -1 = not open. */
struct channels {
	int in[2], out[2], complaint[2];
};

static void close_end(struct channels *channels, int end)
{
	int *fds[] = { &channels->in[end], &channels->out[end], &channels->complaint[end] };

	for (size_t i = 0; i < 3; i++) {
		if (*fds[i] >= 0)
			(void)close(*fds[i]);
		*fds[i] = -1;
	}
}

/* Sends input and closes that side. A child that does not want it says so by its exit status. */
static void feed(int *fd, struct slice input)
{
	struct process to = { .fd = *fd };

	if (*fd < 0)
		return;
	(void)!process_send(&to, input, NULL);
	(void)close(*fd);
	*fd = -1;
}

enum pol_status process_feed(const char *dir, const char *const *args, struct slice input,
                             struct process_result *result, struct pol_error *err)
{
	struct channels channels = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	enum pol_status status;
	pid_t pid = 0;
	int rc = 0;

	buf_clear(&result->out);
	result->out.limit = OUTPUT_LIMIT;
	if ((input.size > 0 && !open_pair(channels.in)) || !open_pair(channels.out) ||
	    !open_pair(channels.complaint))
		rc = errno;
	if (rc == 0)
		rc = spawn(dir, args,
		           (const int[3]){ channels.in[1], channels.out[1], channels.complaint[1] }, &pid);
	close_end(&channels, 1);
	if (rc == 0) {
		feed(&channels.in[0], input);
		status = collect(pid, (const int[2]){ channels.out[0], channels.complaint[0] }, result, err);
	} else {
		status = fail_start(err, rc);
	}
	close_end(&channels, 0);
	return status;
}

enum pol_status process_run(const char *dir, const char *const *args, struct process_result *result,
                            struct pol_error *err)
{
	return process_feed(dir, args, (struct slice){ 0 }, result, err);
}

enum pol_status process_start(const char *dir, const char *const *args, struct process *process,
                              struct pol_error *err)
{
	int pair[2], rc;

	if (!open_pair(pair))
		return fail_start(err, errno);
	rc = spawn(dir, args, (const int[3]){ pair[1], pair[1], -1 }, &process->pid);
	(void)close(pair[1]);
	if (rc != 0) {
		(void)close(pair[0]);
		process->pid = 0;
		return fail_start(err, rc);
	}
	process->fd = pair[0];
	return POL_OK;
}

void process_stop(struct process *process)
{
	if (process->pid == 0)
		return;
	(void)close(process->fd);
	(void)wait_for(process->pid);
	*process = (struct process){ 0 };
}

enum pol_status process_send(struct process *process, struct slice data, struct pol_error *err)
{
	while (data.size > 0) {
		ssize_t sent = send(process->fd, data.data, data.size, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return pol_fail(err, POL_EGIT, NULL, 0, "the git program ended early: %s",
			                strerror(errno));
		data.data += sent;
		data.size -= (size_t)sent;
	}
	return POL_OK;
}

enum pol_status process_receive(struct process *process, char *data, size_t size, size_t *ret_size,
                                struct pol_error *err)
{
	ssize_t got;

	do
		got = recv(process->fd, data, size, 0);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return pol_fail(err, POL_EGIT, NULL, 0, "the git program ended early");
	*ret_size = (size_t)got;
	return POL_OK;
}
