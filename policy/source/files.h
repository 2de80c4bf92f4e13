/* files.h - what a source is made of; for the files of policy/source only. */
#ifndef POLICY_SOURCE_FILES_H
#define POLICY_SOURCE_FILES_H

#include "policy/source/source.h"
#include "policy/source/treediff.h"

#include <pthread.h>

struct source {
	enum source_kind kind;
	struct repo *repo; /* NULL outside a repository */
	pthread_t owner;   /* the only thread that may use repo */
	struct arena arena;
	struct source_file *
		files; /* sorted by path; malloc, since an arena cannot give back what growing leaves behind */
	size_t count, capacity;
	size_t tip_count; /* of these the change as a whole: sorted, each path once. What commits change comes after */
	const size_t *gone; /* positions of deleted files that no other file was moved from unchanged */
	size_t gone_count;
	struct source_limits limits;
	bool has_history;
	const char *top;
	const char *base, *head;       /* hex ids, NULL = none */
	struct oid from;               /* of a range: A; size 0 = none */
	struct oid old_tree, new_tree; /* size 0 = an empty tree, or none on that side */
	bool is_worktree;              /* the new side is read from files, else from objects */
	bool is_confined;              /* no symbolic link is followed below top */
};

/* The kinds. Each fills source (kind, owner and arena are set) from spec; source_open does the rest. */
enum pol_status staged_open(const struct source_spec *spec, struct source *source,
                            struct pol_error *err) POL_MUST_CHECK;
enum pol_status range_open(const struct source_spec *spec, struct source *source,
                           struct pol_error *err) POL_MUST_CHECK;
enum pol_status tree_open(const struct source_spec *spec, struct source *source,
                          struct pol_error *err) POL_MUST_CHECK;
enum pol_status all_open(const struct source_spec *spec, struct source *source,
                         struct pol_error *err) POL_MUST_CHECK;
enum pol_status paths_open(const struct source_spec *spec, struct source *source,
                           struct pol_error *err) POL_MUST_CHECK;

/* Opens the repository of spec->dir and sets repo and top; not being in one is POL_EGIT. */
enum pol_status source_open_repo(const struct source_spec *spec, struct source *source,
                                 struct pol_error *err) POL_MUST_CHECK;
/* Makes room for count more files. POL_ENOMEM. */
enum pol_status source_reserve(struct source *source, size_t count, struct pol_error *err) POL_MUST_CHECK;
/* Adds a copy of *file; its path is copied, its old_path set to path when in_old. */
enum pol_status source_add(struct source *source, const struct source_file *file,
                           struct pol_error *err) POL_MUST_CHECK;
/* A change_visit that adds what concerns regular files; data is the source. */
enum pol_status source_add_change(const struct change *change, void *data, struct pol_error *err);
/* An entry_visit that adds the regular files of a tree; data is the source. */
enum pol_status source_add_entry(const struct cursor_entry *entry, void *data, struct pol_error *err);
/* The hex id in the source's arena. POL_ENOMEM. */
enum pol_status source_hex(struct source *source, const struct oid *oid, const char **ret_hex,
                           struct pol_error *err) POL_MUST_CHECK;
/* The file at exactly that path, NULL = none. */
const struct source_file *source_find(const struct source *source, const char *path);

/* Gives old_path to files from position start on that were moved unchanged among these; the positions of those that are
 * gone, for source_moved_from, into *ret_gone (in the source's arena). */
enum pol_status source_match_moves(struct source *source, size_t start, const size_t **ret_gone,
                                   size_t *ret_count, struct pol_error *err) POL_MUST_CHECK;

/* Adds what each commit of a range changes; the range as a whole is there. */
enum pol_status history_add(const struct source_spec *spec, struct source *source,
                            struct pol_error *err) POL_MUST_CHECK;

/* The repository for the thread that the reader is used on; owned by the reader or the source. */
enum pol_status reader_repo(struct source_reader *reader, struct repo **ret_repo,
                            struct pol_error *err) POL_MUST_CHECK;
const struct source *reader_source(const struct source_reader *reader);

/* Reads the file at path below the folder fd into *text (cleared first). POL_ENOTFOUND: nothing there, or no regular
 * file; POL_ELIMIT: over SOURCE_MAX_FILE. With confined, no part of path may be a symbolic link or "..". */
enum pol_status worktree_read(int fd, const char *path, bool confined, struct buf *text,
                              struct pol_error *err) POL_MUST_CHECK;

#endif
