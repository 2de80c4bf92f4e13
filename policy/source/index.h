/* index.h - read-only view of git's index file, versions 2 to 4. What it does not know for sure (a split index, an
 * unknown mandatory extension, a newer version) it refuses with POL_EGIT: the caller then asks the git program. */
#ifndef POLICY_SOURCE_INDEX_H
#define POLICY_SOURCE_INDEX_H

#include "policy/base/buf.h"
#include "policy/base/text.h"

enum { INDEX_MODE_DIRECTORY = 0040000 }; /* a folder of a sparse index, its path ends with / */

struct index {
	const uint8_t *data;
	size_t size;
	bool is_mapped; /* data is the file, mapped by index_open */
	size_t end;     /* where extensions end: the checksum */
	size_t oid_size;
	uint32_t version;
	uint32_t count;          /* entries, all stages */
	struct slice cache_tree; /* content of the TREE extension, data NULL = none */
};

/* Maps the index at path. POL_ENOTFOUND: there is none; POL_EGIT: not for us; POL_EIO: broken, which git, who looks less
 * closely, must not be asked about. The checksum is not verified: git does not either. */
enum pol_status index_open(const char *path, size_t oid_size, struct index *ret_index,
                           struct pol_error *err) POL_MUST_CHECK;
/* The same for bytes in memory, which must outlive *ret_index. */
enum pol_status index_parse(struct slice data, size_t oid_size, struct index *ret_index,
                            struct pol_error *err) POL_MUST_CHECK;
void index_free(struct index *index);
CLEANUP_DEFINE_STACK(struct index, index, index_free)

/* A time of a work tree file when it was staged, seconds cut to 32 bits. */
struct index_time {
	uint32_t seconds, nanoseconds;
};

struct index_entry {
	const char *path; /* NUL-terminated, valid until the next entry */
	size_t path_size;
	const uint8_t *oid; /* oid_size bytes */
	uint32_t mode;
	struct index_time changed, modified; /* ctime and mtime */
	uint32_t file_size;                  /* of the work tree file when it was staged, cut to 32 bits */
	unsigned stage;
	bool skip_worktree;
	bool assume_valid;
	bool intent_to_add;
};

/* Reads entries in order. Initialise with index_iter_init. */
struct index_iter {
	const struct index *index;
	size_t offset;
	uint32_t left;
	size_t released; /* what lies before it was given back to the system */
	struct buf path; /* version 4: the path so far */
};

void index_iter_init(struct index_iter *iter, const struct index *index);
void index_iter_free(struct index_iter *iter);
CLEANUP_DEFINE_STACK(struct index_iter, index_iter, index_iter_free)

/* POL_ENOTFOUND after the last entry; POL_EGIT and POL_EIO as index_open. */
enum pol_status index_next(struct index_iter *iter, struct index_entry *ret_entry,
                           struct pol_error *err) POL_MUST_CHECK;

/* Steps over count entries, of which only the length is looked at. POL_ENOTFOUND: there are not so many. */
enum pol_status index_skip(struct index_iter *iter, uint32_t count, struct pol_error *err) POL_MUST_CHECK;

/* The root of the cache tree: the tree that `git write-tree` would give. False when git has marked it out of date. */
bool index_root_tree(const struct index *index, const uint8_t **ret_oid);

/* One folder of the cache tree, as it is stored: a folder, then its subfolders with theirs. */
struct index_node {
	const char *name; /* of the last part, "" for the root; NUL-terminated */
	size_t name_size;
	const uint8_t *oid; /* NULL = out of date */
	uint32_t count;     /* entries of the index below it; 0 = out of date */
	uint32_t next;      /* position of the next folder that is not below this one */
};

/* The whole cache tree in arena, root first; none when there is no cache tree or it makes no sense (it only saves time).
 * POL_ENOMEM. */
enum pol_status index_nodes(const struct index *index, struct arena *arena, struct index_node **ret_nodes,
                            size_t *ret_count, struct pol_error *err) POL_MUST_CHECK;

/* For index.c: walks the extensions from offset; true when all are known and they end exactly at the checksum. *ret_tree
 * is TREE's content. */
bool index_read_extensions(const struct index *index, size_t offset, struct slice *ret_tree);
/* For index.c: the cache tree begins with a root that has no name, and is out of date or counts all entries. */
bool index_is_root_sane(const struct index *index);

#endif
