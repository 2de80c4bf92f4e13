/* previous.c - finds the hook that git would run if Warrant were not there. Reads a few small files at most; asks no git. */
#include "hooks/previous.h"

#include "policy/base/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PATH_BYTES = 8192 };

static const char own_hooks[] = "$GIT_COMMON_DIR/hooks";

/* The folder part of hook's path, with its final /. */
static struct slice folder_of(const char *hook)
{
	const char *slash = strrchr(hook, '/');

	return (struct slice){ hook, slash ? (size_t)(slash - hook) + 1 : 0 };
}

/* The content of a small file without its line end; false when there is none. */
static bool read_line(const char *path, struct buf *ret_line)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char bytes[MAX_PATH_BYTES];
	ssize_t size = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes));

	if (fd >= 0)
		(void)close(fd);
	while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
		size--;
	buf_clear(ret_line);
	if (size > 0)
		buf_add(ret_line, bytes, (size_t)size);
	return size > 0 && !buf_failed(ret_line);
}

/* Puts folder before *path unless that is absolute. */
static void take_from(const char *folder, struct buf *path)
{
	CLEANUP(buf) struct buf relative = { 0 };

	if (path->data[0] == '/')
		return;
	buf_add_string(&relative, path->data);
	buf_clear(path);
	buf_printf(path, "%s/%s", folder, buf_failed(&relative) ? "" : relative.data);
}

/* Git starts hooks at the top of the work tree, or in the folder of a bare repository; .git may be a file that says where
 * the folder is. */
static void find_git_dir(struct buf *ret_dir)
{
	static const char label[] = "gitdir: ";
	const char *named = getenv("GIT_DIR");
	struct stat st;

	if (named && *named) {
		buf_add_string(ret_dir, named);
	} else if (stat(".git", &st) < 0) {
		buf_add_string(ret_dir, ".");
	} else if (S_ISREG(st.st_mode) && read_line(".git", ret_dir) &&
	           strncmp(ret_dir->data, label, sizeof(label) - 1) == 0) {
		CLEANUP(buf) struct buf line = { 0 };

		buf_add_string(&line, ret_dir->data + sizeof(label) - 1);
		buf_clear(ret_dir);
		buf_add_string(ret_dir, buf_failed(&line) ? "" : line.data);
	} else {
		buf_clear(ret_dir);
		buf_add_string(ret_dir, ".git");
	}
}

/* The folder that the work trees of a repository share. */
static void find_common_dir(struct buf *ret_dir)
{
	CLEANUP(buf) struct buf git_dir = { 0 };
	CLEANUP(buf) struct buf link = { 0 };
	const char *named = getenv("GIT_COMMON_DIR");

	if (named && *named) {
		buf_add_string(ret_dir, named);
		return;
	}
	find_git_dir(&git_dir);
	buf_printf(&link, "%s/commondir", buf_failed(&git_dir) ? "" : git_dir.data);
	if (!buf_failed(&git_dir) && !buf_failed(&link) && read_line(link.data, ret_dir))
		take_from(git_dir.data, ret_dir);
	else
		buf_add_string(ret_dir, buf_failed(&git_dir) ? "" : git_dir.data);
}

static void expand(struct buf *folder)
{
	if (strcmp(folder->data, own_hooks) != 0)
		return;
	buf_clear(folder);
	find_common_dir(folder);
	buf_add_string(folder, "/hooks");
}

bool previous_find(const char *hook, struct buf *ret_path)
{
	CLEANUP(buf) struct buf list = { 0 };
	CLEANUP(buf) struct buf folder = { 0 };
	struct slice beside = folder_of(hook);

	buf_printf(ret_path, "%s.local", hook);
	if (!buf_failed(ret_path) && access(ret_path->data, X_OK) == 0)
		return true;
	buf_add(&list, beside.data, beside.size);
	buf_add_string(&list, "previous");
	if (buf_failed(&list) || !read_line(list.data, &folder))
		return false;
	expand(&folder);
	buf_clear(ret_path);
	buf_printf(ret_path, "%s/%s", folder.data, hook + beside.size);
	return !buf_failed(&folder) && !buf_failed(ret_path) && access(ret_path->data, X_OK) == 0;
}
