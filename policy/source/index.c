/* index.c - the index file: header, entries, and where its extensions begin. Nothing is trusted: every offset is checked
 * against the file's end. The format is described in git's Documentation/gitformat-index.txt. */
#include "policy/source/index.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	HEADER_SIZE = 12,
	STAT_SIZE = 40,       /* before the object id */
	EXTENSION_HEADER = 8, /* name and size */
	MAX_PATH = 64 * 1024,
	/* Up to here the entries are walked to find the extensions; a larger file is searched from its tail. */
	WALK_BYTES = 256 * 1024,
	TAIL_BYTES = 8 * 1024 * 1024,
	RELEASE_BYTES = 1024 * 1024, /* a multiple of every page size */
};

enum { FLAG_ASSUME_VALID = 0x8000, FLAG_EXTENDED = 0x4000, FLAG_STAGE = 0x3000, FLAG_NAME = 0x0fff };
enum { FLAG2_SKIP_WORKTREE = 0x4000, FLAG2_INTENT_TO_ADD = 0x2000 };

static uint32_t read32(const uint8_t *data)
{
	return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

static unsigned read16(const uint8_t *data)
{
	return (unsigned)data[0] << 8 | data[1];
}

static enum pol_status fail_unknown(struct pol_error *err, const char *what)
{
	return pol_fail(err, POL_EGIT, NULL, 0, "the index is not readable here: %s", what);
}

static enum pol_status fail_broken(struct pol_error *err, const char *what)
{
	return pol_fail(err, POL_EIO, NULL, 0, "the index is broken: %s; make a new one with `git reset`",
	                what);
}

/* ---- entries ----------------------------------------------------------------------------------------------------- */

void index_iter_init(struct index_iter *iter, const struct index *index)
{
	*iter = (struct index_iter){
		.index = index, .offset = HEADER_SIZE, .left = index->count, .path = { .limit = MAX_PATH }
	};
}

void index_iter_free(struct index_iter *iter)
{
	buf_free(&iter->path);
}

/* Large indexes are read once, front to back: pages that were read need not count as our memory any longer. Whoever
 * still looks at one gets it again from the file. */
static void release_behind(struct index_iter *iter)
{
	const size_t behind = iter->offset - iter->released;

	if (behind < RELEASE_BYTES || !iter->index->is_mapped)
		return;
	(void)madvise((void *)(uintptr_t)(iter->index->data + iter->released), RELEASE_BYTES, MADV_DONTNEED);
	iter->released += RELEASE_BYTES;
}

/* The fixed part of the entry at the iterator; *ret_name is the offset of its path. */
static bool read_fixed(const struct index_iter *iter, struct index_entry *entry, size_t *ret_name,
                       size_t *ret_length)
{
	const struct index *index = iter->index;
	const uint8_t *at = index->data + iter->offset;
	const size_t fixed = STAT_SIZE + index->oid_size + 2;
	unsigned flags, more = 0;
	size_t size = fixed;

	if (index->end - iter->offset < fixed + 2)
		return false;
	flags = read16(at + STAT_SIZE + index->oid_size);
	if (flags & FLAG_EXTENDED) {
		if (index->version < 3)
			return false;
		more = read16(at + fixed);
		size += 2;
	}
	entry->changed = (struct index_time){ read32(at), read32(at + 4) };
	entry->modified = (struct index_time){ read32(at + 8), read32(at + 12) };
	entry->mode = read32(at + 24);
	entry->file_size = read32(at + 36);
	entry->oid = at + STAT_SIZE;
	entry->stage = (flags & FLAG_STAGE) >> 12;
	entry->assume_valid = (flags & FLAG_ASSUME_VALID) != 0;
	entry->skip_worktree = (more & FLAG2_SKIP_WORKTREE) != 0;
	entry->intent_to_add = (more & FLAG2_INTENT_TO_ADD) != 0;
	*ret_name = iter->offset + size;
	*ret_length = flags & FLAG_NAME;
	return true;
}

/* Versions 2 and 3: the whole path, then NULs up to a multiple of 8. */
static bool read_path(struct index_iter *iter, size_t name, size_t length, struct index_entry *entry)
{
	const struct index *index = iter->index;
	const char *path = (const char *)index->data + name;
	const char *end;
	size_t room = index->end - name;
	size_t size;

	if (room > MAX_PATH)
		room = MAX_PATH;
	end = memchr(path, '\0', room);
	if (!end)
		return false;
	entry->path = path;
	entry->path_size = (size_t)(end - path);
	if (length != (entry->path_size < FLAG_NAME ? entry->path_size : FLAG_NAME))
		return false;
	size = name - iter->offset + entry->path_size;
	size = (size + 8) & ~(size_t)7;
	if (size > index->end - iter->offset)
		return false;
	iter->offset += size;
	return true;
}

/* A number in git's offset encoding, each byte 7 bits; cut off at *offset. */
static bool read_varint(const struct index *index, size_t *offset, size_t *ret_value)
{
	size_t value;
	uint8_t byte;

	if (*offset >= index->end)
		return false;
	byte = index->data[(*offset)++];
	value = byte & 127;
	while (byte & 128) {
		if (*offset >= index->end || value > MAX_PATH)
			return false;
		byte = index->data[(*offset)++];
		value = ((value + 1) << 7) + (byte & 127);
	}
	*ret_value = value;
	return true;
}

/* Version 4: how many bytes to take off the path before, then what to append. */
static bool read_packed_path(struct index_iter *iter, size_t name, size_t length, struct index_entry *entry)
{
	const struct index *index = iter->index;
	const char *suffix, *end;
	size_t strip, size;

	if (!read_varint(index, &name, &strip) || strip > iter->path.size)
		return false;
	suffix = (const char *)index->data + name;
	end = memchr(suffix, '\0', index->end - name);
	if (!end)
		return false;
	size = (size_t)(end - suffix);
	iter->path.size -= strip;
	buf_add(&iter->path, suffix, size);
	if (buf_failed(&iter->path))
		return false;
	entry->path = iter->path.data;
	entry->path_size = iter->path.size;
	iter->offset = name + size + 1;
	return length == (entry->path_size < FLAG_NAME ? entry->path_size : FLAG_NAME);
}

static enum pol_status read_entry(struct index_iter *iter, struct index_entry *ret_entry,
                                  struct pol_error *err)
{
	struct index_entry entry = { 0 };
	size_t name, length;
	bool ok;

	release_behind(iter);
	if (!read_fixed(iter, &entry, &name, &length))
		return fail_broken(err, "an entry is cut off");
	ok = iter->index->version == 4 ? read_packed_path(iter, name, length, &entry)
	                               : read_path(iter, name, length, &entry);
	if (!ok)
		return fail_broken(err, "an entry's path is wrong");
	/* A split index replaces entries of its shared part by number. */
	if (entry.path_size == 0)
		return fail_unknown(err, "an entry without a path");
	iter->left--;
	*ret_entry = entry;
	return POL_OK;
}

enum pol_status index_next(struct index_iter *iter, struct index_entry *ret_entry, struct pol_error *err)
{
	struct slice tree;

	if (iter->left > 0)
		return read_entry(iter, ret_entry, err);
	if (!index_read_extensions(iter->index, iter->offset, &tree) ||
	    tree.data != iter->index->cache_tree.data)
		return fail_unknown(err, "an extension is not known");
	return POL_ENOTFOUND;
}

/* The bytes of the entry at the iterator, from its length alone; 0 where that does not tell. */
static size_t entry_size(const struct index_iter *iter)
{
	const struct index *index = iter->index;
	const size_t fixed = STAT_SIZE + index->oid_size + 2;
	const uint8_t *at = index->data + iter->offset;
	size_t size;
	unsigned flags;

	if (index->version == 4 || index->end - iter->offset < fixed + 2)
		return 0;
	flags = read16(at + fixed - 2);
	size = fixed + (flags & FLAG_EXTENDED ? 2 : 0) + (flags & FLAG_NAME);
	size = (size + 8) & ~(size_t)7;
	return (flags & FLAG_NAME) < FLAG_NAME && size <= index->end - iter->offset ? size : 0;
}

enum pol_status index_skip(struct index_iter *iter, uint32_t count, struct pol_error *err)
{
	enum pol_status status = POL_OK;

	while (count-- > 0 && status == POL_OK) {
		struct index_entry entry;
		size_t size = iter->left > 0 ? entry_size(iter) : 0;

		if (size == 0) {
			status = index_next(iter, &entry, err);
			continue;
		}
		iter->offset += size;
		iter->left--;
		release_behind(iter);
	}
	return status;
}

/* ---- where the extensions begin ---------------------------------------------------------------------------------- */

/* For certain: after the last entry. */
static enum pol_status find_by_walk(struct index *index, struct pol_error *err)
{
	CLEANUP(index_iter) struct index_iter iter;
	struct index_entry entry;
	enum pol_status status = POL_OK;

	index_iter_init(&iter, index);
	while (iter.left > 0 && status == POL_OK)
		status = read_entry(&iter, &entry, err);
	if (status != POL_OK)
		return status;
	if (!index_read_extensions(index, iter.offset, &index->cache_tree))
		return fail_unknown(err, "an extension is not known");
	return POL_OK;
}

/* The last place of byte before end, NULL = none. */
static const uint8_t *find_last(const uint8_t *start, const uint8_t *end, uint8_t byte)
{
	size_t at = slice_find_last_char((struct slice){ (const char *)start, (size_t)(end - start) },
	                                 (char)byte);

	return at == SIZE_MAX ? NULL : start + at;
}

/* Quickly: the last place from which TREE and what follows it end exactly at the checksum, if its root speaks of as many
 * entries as the file holds, or is out of date. index_next checks the place once it has come to the last entry. */
static bool find_from_tail(struct index *index)
{
	const uint8_t *lowest = index->data +
	                        (index->end > TAIL_BYTES ? index->end - TAIL_BYTES : HEADER_SIZE);
	const uint8_t *at = index->data + index->end - EXTENSION_HEADER;

	while (at > lowest) {
		at = find_last(lowest, at, 'T');
		if (!at)
			break;
		if (memcmp(at, "TREE", 4) == 0 &&
		    index_read_extensions(index, (size_t)(at - index->data), &index->cache_tree) &&
		    index_is_root_sane(index))
			return true;
	}
	index->cache_tree = (struct slice){ 0 };
	return false;
}

/* ---- open -------------------------------------------------------------------------------------------------------- */

enum pol_status index_parse(struct slice data, size_t oid_size, struct index *ret_index,
                            struct pol_error *err)
{
	struct index index = { .data = (const uint8_t *)data.data, .size = data.size, .oid_size = oid_size };
	enum pol_status status = POL_OK;

	if (data.size < HEADER_SIZE + oid_size || memcmp(index.data, "DIRC", 4) != 0)
		return fail_broken(err, "no index header");
	index.version = read32(index.data + 4);
	index.count = read32(index.data + 8);
	index.end = data.size - oid_size;
	if (index.version < 2 || index.version > 4)
		return fail_unknown(err, "a version that is not known");
	if (index.size <= WALK_BYTES || !find_from_tail(&index))
		status = find_by_walk(&index, err);
	if (status == POL_OK)
		*ret_index = index;
	return status;
}

enum pol_status index_open(const char *path, size_t oid_size, struct index *ret_index, struct pol_error *err)
{
	struct index index = { 0 };
	enum pol_status status;
	struct stat st;
	void *data;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 && errno == ENOENT)
		return pol_fail(err, POL_ENOTFOUND, path, 0, "there is no index");
	if (fd < 0 || fstat(fd, &st) < 0) {
		status = pol_fail(err, POL_EIO, path, 0, "cannot read the index: %s", strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return status;
	}
	data = S_ISREG(st.st_mode) && st.st_size > 0
	               ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
	               : MAP_FAILED;
	(void)close(fd);
	if (data == MAP_FAILED)
		return fail_broken(err, "no content");
	status = index_parse((struct slice){ data, (size_t)st.st_size }, oid_size, &index, err);
	index.is_mapped = true;
	if (status == POL_OK)
		*ret_index = index;
	else
		(void)munmap(data, (size_t)st.st_size);
	return status;
}

void index_free(struct index *index)
{
	if (index->is_mapped)
		(void)munmap((void *)(uintptr_t)index->data, index->size);
	*index = (struct index){ 0 };
}
