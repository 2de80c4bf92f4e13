/* worktree.c - reads one file of a work tree. Whoever made the repository also chose what stands there: links out of
 * the tree, pipes that never end and devices are all "not a file". */
#include "policy/source/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__) && __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

enum {
	FIRST_READ = 64 * 1024,
	LAST_READ = 1024, /* room for less is not worth asking for: the buffer grows */
	MAX_NAME = 255,
};
enum { OPEN_FLAGS = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY };

/* Opens one part of a path; -1 with errno. */
static int open_part(int at, const char *part, size_t size, bool is_last)
{
	char name[MAX_NAME + 1];

	if (size == 0 || size > MAX_NAME) {
		errno = ENOENT;
		return -1;
	}
	memcpy(name, part, size);
	name[size] = '\0';
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		errno = ENOENT;
		return -1;
	}
	return openat(at, name, is_last ? OPEN_FLAGS : O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* One folder after the other, none of them a link. Returns a descriptor, or -1 with errno. */
static int open_stepwise(int fd, const char *path)
{
	int at = fd;

	for (;;) {
		const char *slash = strchr(path, '/');
		const int next = open_part(at, path, slash ? (size_t)(slash - path) : strlen(path), !slash);
		const int error = errno;

		if (at != fd)
			(void)close(at);
		errno = error;
		if (next < 0 || !slash)
			return next;
		at = next;
		path = slash + 1;
	}
}

static int open_confined(int fd, const char *path)
{
#ifdef SYS_openat2
	const struct open_how how = { .flags = OPEN_FLAGS, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
	long opened = syscall(SYS_openat2, fd, path, &how, sizeof(how));

	/* Older kernels and strict sandboxes do not have it. */
	if (opened >= 0 || (errno != ENOSYS && errno != EPERM && errno != EINVAL && errno != EAGAIN))
		return (int)opened;
#endif
	return open_stepwise(fd, path);
}

static enum pol_status fail_open(const char *path, int error, struct pol_error *err)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP: /* a symbolic link */
	case EXDEV: /* out of the tree */
	case ENXIO: /* a socket */
	case EISDIR:
		return pol_fail(err, POL_ENOTFOUND, path, 0, "no such file");
	default:
		return pol_fail(err, POL_EIO, path, 0, "cannot read the file: %s", strerror(error));
	}
}

/* Reads to the end. Asking what kind of file it is costs as much as reading a small one, so that is only asked when
 * nothing was read: an empty file, or a pipe. */
static enum pol_status read_all(int fd, const char *path, struct buf *text, struct pol_error *err)
{
	struct stat st;

	for (;;) {
		size_t wanted = text->capacity > text->size + LAST_READ ? text->capacity - text->size - 1
		                                                        : FIRST_READ;
		char *room = buf_reserve(text, wanted);
		ssize_t size;

		if (!room)
			return pol_fail_memory(err);
		size = read(fd, room, wanted);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return fail_open(path, errno, err);
		text->size += (size_t)size;
		text->data[text->size] = '\0';
		if (text->size > SOURCE_MAX_FILE)
			return pol_fail(err, POL_ELIMIT, path, 0, "a file larger than %d bytes",
			                SOURCE_MAX_FILE);
		if (size == 0)
			break;
	}
	if (text->size == 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)))
		return fail_open(path, ENOENT, err);
	return POL_OK;
}

enum pol_status worktree_read(int fd, const char *path, bool confined, struct buf *text,
                              struct pol_error *err)
{
	enum pol_status status;
	int file;

	buf_clear(text);
	file = confined ? open_confined(fd, path) : openat(fd, path, OPEN_FLAGS);
	if (file < 0)
		return fail_open(path, errno, err);
	status = read_all(file, path, text, err);
	(void)close(file);
	return status;
}
