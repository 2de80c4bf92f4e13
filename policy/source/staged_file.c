/* staged_file.c - finds a file in the index and reads it from the work tree when that is surely the same. Whatever is not
 * certain is left to who opens the repository. */
#include "policy/source/staged_file.h"

#include "policy/source/files.h"
#include "policy/source/index.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHA1_BYTES = 20 };

static enum pol_status unsure(struct pol_error *err)
{
	return pol_fail(err, POL_EGIT, NULL, 0, "only the opened repository can tell what is staged");
}

/* Whether the repository is of the form that needs no look at its settings: a plain .git folder, and no extensions, which
 * may change how ids and the index look. */
static bool is_plain(void)
{
	CLEANUP(buf) struct buf config = { 0 };
	const char *named = getenv("GIT_DIR");

	if (named && strcmp(named, ".git") != 0)
		return false;
	return worktree_read(AT_FDCWD, ".git/config", true, &config, NULL) == POL_OK &&
	       slice_find_nocase((struct slice){ config.data, config.size }, "extensions") == SIZE_MAX;
}

/* Entries are sorted by path, and the files that are asked for begin with a point: they stand at the front. */
static enum pol_status find(const struct index *index, const char *path, struct index_entry *ret_entry,
                            struct pol_error *err)
{
	CLEANUP(index_iter) struct index_iter iter;
	enum pol_status status = POL_OK;
	int order = -1;

	index_iter_init(&iter, index);
	while (order < 0 && (status = index_next(&iter, ret_entry, err)) == POL_OK)
		order = strcmp(ret_entry->path, path);
	if (order < 0 && status != POL_ENOTFOUND)
		return status;
	if (order != 0)
		return pol_fail(err, POL_ENOTFOUND, path, 0, "is not in the index");
	ret_entry->path = path; /* the other dies with the iterator */
	return POL_OK;
}

#ifdef __APPLE__
#define MTIME(st) ((st)->st_mtimespec)
#define CTIME(st) ((st)->st_ctimespec)
#else
#define MTIME(st) ((st)->st_mtim)
#define CTIME(st) ((st)->st_ctim)
#endif

static bool is_same_time(const struct index_time *staged, struct timespec now)
{
	return staged->seconds == (uint32_t)now.tv_sec && staged->nanoseconds == (uint32_t)now.tv_nsec;
}

/* Whether the work tree holds what was staged, as git tells it: nothing about the file has changed, and it had not just
 * been written when the index was. */
static bool is_clean(const struct index_entry *entry, const struct stat *file, const struct stat *index)
{
	return S_ISREG(entry->mode) && S_ISREG(file->st_mode) && entry->stage == 0 && !entry->assume_valid &&
	       !entry->skip_worktree && !entry->intent_to_add &&
	       entry->file_size == (uint32_t)file->st_size && is_same_time(&entry->modified, MTIME(file)) &&
	       is_same_time(&entry->changed, CTIME(file)) && file->st_mtime < index->st_mtime;
}

enum pol_status staged_file_read(const char *path, struct buf *text, struct pol_error *err)
{
	CLEANUP(index) struct index index = { 0 };
	const char *named = getenv("GIT_INDEX_FILE");
	const char *index_path = named && *named ? named : ".git/index";
	struct stat index_stat, file_stat;
	struct index_entry entry;
	enum pol_status status;

	buf_clear(text);
	if (!is_plain() || stat(index_path, &index_stat) < 0)
		return unsure(err);
	status = index_open(index_path, SHA1_BYTES, &index, err);
	if (status == POL_OK)
		status = find(&index, path, &entry, err);
	if (status != POL_OK)
		return status == POL_ENOTFOUND || status == POL_ENOMEM ? status : unsure(err);
	if (lstat(path, &file_stat) < 0 || !is_clean(&entry, &file_stat, &index_stat) ||
	    worktree_read(AT_FDCWD, path, true, text, err) < 0)
		return unsure(err);
	return POL_OK;
}
