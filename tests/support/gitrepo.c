/* gitrepo.c - scratch repositories for tests. */
#include "tests/support/gitrepo.h"

#include "tests/support/rows.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *const settings[][2] = {
	{ "GIT_CONFIG_NOSYSTEM", "1" },
	{ "GIT_AUTHOR_NAME", "A. Author" },
	{ "GIT_AUTHOR_EMAIL", "author@example.com" },
	{ "GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z" },
	{ "GIT_COMMITTER_NAME", "C. Committer" },
	{ "GIT_COMMITTER_EMAIL", "committer@example.com" },
	{ "GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z" },
	{ "GIT_TERMINAL_PROMPT", "0" },
	{ "LC_ALL", "C" },
	{ "TZ", "UTC" },
};

#ifdef __SANITIZE_ADDRESS__
const char *__lsan_default_suppressions(void);

/* libgit2 1.5 loses a few bytes for each configuration entry when it opens a repository of format 1. */
const char *__lsan_default_suppressions(void)
{
	return "leak:_pcre2_memctl_malloc_8";
}
#endif

/* ---- isolation --------------------------------------------------------------------------------------------------- */

static void set(const char *name, const char *value)
{
	assert_int_equal(setenv(name, value, 1), 0);
}

/* The caller may itself be a hook, with variables that point at its repository. */
static void forget_git_variables(void)
{
	size_t i = 0;

	while (environ && environ[i]) {
		char name[256];
		size_t size = strcspn(environ[i], "=");

		if (strncmp(environ[i], "GIT_", 4) != 0 || size >= sizeof(name)) {
			i++;
			continue;
		}
		memcpy(name, environ[i], size);
		name[size] = '\0';
		assert_int_equal(unsetenv(name), 0); /* moves the next one to i */
	}
}

static void isolate(const struct gitrepo *repo)
{
	char home[GITREPO_PATH_SIZE + 32];

	forget_git_variables();
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		set(settings[i][0], settings[i][1]);
	(void)snprintf(home, sizeof(home), "%s/home", repo->root);
	assert_int_equal(mkdir(home, 0700), 0);
	set("HOME", home);
	set("XDG_CONFIG_HOME", home);
	(void)snprintf(home, sizeof(home), "%s/home/.gitconfig", repo->root);
	set("GIT_CONFIG_GLOBAL", home);
	(void)snprintf(home, sizeof(home), "../home/.gitconfig");
	gitrepo_write(
		repo, home,
		"[init]\n\tdefaultBranch = main\n[protocol \"file\"]\n\tallow = always\n[gc]\n\tauto = 0\n"
		"[advice]\n\tdetachedHead = false\n\tnestedTag = false\n");
}

/* ---- open and close ---------------------------------------------------------------------------------------------- */

void gitrepo_open_empty(struct gitrepo *repo)
{
	const char *tmp = getenv("TMPDIR");
	char template[GITREPO_PATH_SIZE];
	char real[PATH_MAX];

	*repo = (struct gitrepo){ 0 };
	(void)snprintf(template, sizeof(template), "%s/warrant-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(template));
	assert_non_null(realpath(template, real));
	assert_true(strlen(real) < sizeof(repo->root) - 8);
	(void)snprintf(repo->root, sizeof(repo->root), "%.200s", real);
	(void)snprintf(repo->path, sizeof(repo->path), "%.200s/repo", real);
	assert_int_equal(mkdir(repo->path, 0700), 0);
	isolate(repo);
}

void gitrepo_open(struct gitrepo *repo, const char *options)
{
	char script[256];

	gitrepo_open_empty(repo);
	(void)snprintf(script, sizeof(script), "git init -q %s .", options);
	gitrepo_sh(repo, script);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void gitrepo_close(struct gitrepo *repo)
{
	/* A test may have taken the right to read a folder. */
	if (repo->root[0])
		(void)nftw(repo->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	repo->root[0] = '\0';
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) < 0)
			assert_int_equal(errno, EEXIST);
		*slash = '/';
	}
}

void gitrepo_write_bytes(const struct gitrepo *repo, const char *path, const void *data, size_t size)
{
	char full[PATH_MAX];
	FILE *file;

	assert_true(snprintf(full, sizeof(full), "%s/%s", repo->path, path) < (int)sizeof(full));
	make_folders(full);
	file = fopen(full, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

void gitrepo_write(const struct gitrepo *repo, const char *path, const char *text)
{
	gitrepo_write_bytes(repo, path, text, strlen(text));
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static void exec_shell(const char *dir, const char *script, int out)
{
	if (chdir(dir) == 0 && (out < 0 || dup2(out, STDOUT_FILENO) >= 0))
		(void)execl("/bin/sh", "sh", "-ec", script, (char *)NULL);
	_exit(126);
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Runs the script, its stdout to out unless that is negative. Returns the child. */
static pid_t start(const struct gitrepo *repo, const char *script, int out)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		exec_shell(repo->path, script, out);
	return pid;
}

int gitrepo_try(const struct gitrepo *repo, const char *script)
{
	return wait_for(start(repo, script, -1));
}

void gitrepo_sh(const struct gitrepo *repo, const char *script)
{
	int status = gitrepo_try(repo, script);

	if (status != 0)
		fail_msg("exit status %d of: %s", status, script);
}

void gitrepo_capture(const struct gitrepo *repo, const char *script, struct buf *out)
{
	int fds[2], status;
	ssize_t size;
	pid_t pid;

	buf_clear(out);
	assert_int_equal(pipe(fds), 0);
	pid = start(repo, script, fds[1]);
	(void)close(fds[1]);
	do {
		char *room = buf_reserve(out, 64 * 1024);

		assert_non_null(room);
		size = read(fds[0], room, 64 * 1024);
		assert_true(size >= 0);
		out->size += (size_t)size;
		out->data[out->size] = '\0';
	} while (size > 0);
	(void)close(fds[0]);
	status = wait_for(pid);
	if (status != 0)
		fail_msg("exit status %d of: %s", status, script);
}
