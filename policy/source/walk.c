/* walk.c - walks a folder with a stack of open folders, so that nothing that is renamed meanwhile leads out of it. */
#include "policy/source/walk.h"

#include "policy/base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 128, MAX_PATH = 64 * 1024 };

struct walk {
	struct buf path; /* of the folder on top, with a final / unless empty, then of the entry */
	size_t depth;
	struct {
		DIR *dir;
		size_t prefix; /* bytes of path that name the folder */
	} levels[MAX_DEPTH];
	walk_visit visit;
	void *data;
};

static enum pol_status fail_folder(const struct walk *walk, struct pol_error *err)
{
	return pol_fail(err, POL_EIO, walk->path.data, 0, "cannot read the folder: %s", strerror(errno));
}

/* Goes into the folder name of the folder at; its path is in walk->path. One that has vanished is left out. */
static enum pol_status push(struct walk *walk, int at, const char *name, bool is_named, struct pol_error *err)
{
	DIR *dir;
	int fd;

	if (walk->depth == MAX_DEPTH)
		return pol_fail(err, POL_ELIMIT, walk->path.data, 0,
		                "folders are nested deeper than %d, which is not followed", MAX_DEPTH);
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && !is_named && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
		return POL_OK;
	dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (!dir) {
		enum pol_status status = fail_folder(walk, err);

		if (fd >= 0)
			(void)close(fd);
		return status;
	}
	walk->levels[walk->depth].dir = dir;
	walk->levels[walk->depth].prefix = walk->path.size;
	walk->depth++;
	return POL_OK;
}

/* The type of an entry, asked of the file system when the folder does not tell; DT_UNKNOWN when it is neither. */
static unsigned char entry_type(int fd, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_UNKNOWN;
}

static enum pol_status visit_entry(struct walk *walk, DIR *dir, const struct dirent *entry,
                                   struct pol_error *err)
{
	const unsigned char type = entry_type(dirfd(dir), entry);
	size_t size = walk->path.size + strlen(entry->d_name) + (type == DT_DIR);

	if ((type != DT_DIR && type != DT_REG) || strcmp(entry->d_name, ".") == 0 ||
	    strcmp(entry->d_name, "..") == 0 || strcmp(entry->d_name, ".git") == 0)
		return POL_OK;
	buf_add_string(&walk->path, entry->d_name);
	if (type == DT_DIR)
		buf_add_char(&walk->path, '/');
	if (buf_failed(&walk->path) && size <= walk->path.limit)
		return pol_fail_memory(err);
	if (buf_failed(&walk->path))
		return pol_fail(err, POL_ELIMIT, walk->path.data, 0, "a path is longer than can be followed");
	return type == DT_DIR ? push(walk, dirfd(dir), entry->d_name, false, err)
	                      : walk->visit(walk->path.data, walk->data, err);
}

/* One entry of the folder on top, or leaves it. */
static enum pol_status step(struct walk *walk, struct pol_error *err)
{
	DIR *dir = walk->levels[walk->depth - 1].dir;
	const struct dirent *entry;

	walk->path.size = walk->levels[walk->depth - 1].prefix;
	errno = 0;
	entry = readdir(dir);
	if (entry)
		return visit_entry(walk, dir, entry, err);
	if (errno != 0)
		return fail_folder(walk, err);
	(void)closedir(dir);
	walk->depth--;
	return POL_OK;
}

enum pol_status walk_folder(const char *path, const char *prefix, walk_visit visit, void *data,
                            struct pol_error *err)
{
	struct walk walk = { .path = { .limit = MAX_PATH }, .visit = visit, .data = data };
	enum pol_status status;

	buf_add_string(&walk.path, prefix);
	if (walk.path.size > 0 && walk.path.data[walk.path.size - 1] != '/')
		buf_add_char(&walk.path, '/');
	status = buf_failed(&walk.path) ? pol_fail_memory(err) : push(&walk, AT_FDCWD, path, true, err);
	while (status == POL_OK && walk.depth > 0)
		status = step(&walk, err);
	while (walk.depth > 0)
		(void)closedir(walk.levels[--walk.depth].dir);
	buf_free(&walk.path);
	return status;
}
