/* source.h - where content comes from: what is staged, what a range adds, a tree, the tracked files of the work tree,
 * named files. One interface, so that hooks and CI differ in nothing else.
 *
 *     source_open -> source_count / source_at, one reader per thread -> source_read -> source_free
 *
 * The new side is what is judged; the old side is what was there before the change (HEAD for what is staged, the merge
 * base for a range) and is absent for --all, --tree and PATH. */
#ifndef POLICY_SOURCE_SOURCE_H
#define POLICY_SOURCE_SOURCE_H

#include "policy/source/repo.h"

enum source_kind { SOURCE_STAGED, SOURCE_RANGE, SOURCE_TREE, SOURCE_ALL, SOURCE_PATHS, SOURCE_COUNT };
enum source_side { SIDE_NEW, SIDE_OLD };

extern const char *const source_kind_names[SOURCE_COUNT]; /* "staged", "range", "tree", "all", "paths" */

/* How much is looked at before a source is given up (POL_ELIMIT); 0 = the default of a program that judges its user's own
 * repository. */
struct source_limits {
	size_t commits; /* of a range, with every_commit */
	size_t changes; /* files that commits change, each counted for each commit */
	size_t largest_file; /* bytes; beyond them a file's beginning is not read either, to tell text from a film */
};

struct source_spec {
	enum source_kind kind;
	const char *dir; /* where to start, "." */
	/* SOURCE_RANGE: "A..B" (from the merge base of A and B, as A...B too); SOURCE_TREE: REV */
	const char *revision;
	const char *const *paths; /* SOURCE_PATHS: ends with NULL */
	bool no_repo;             /* SOURCE_PATHS: look for no repository around them */
	bool no_merge_base; /* SOURCE_RANGE: compare A itself with B; A may be "" for nothing (a first push) */
	/* SOURCE_RANGE: besides what the range adds in the end, what each of its commits adds. These are the commits that B
	 * reaches and neither A nor one of known does. */
	bool every_commit;
	const struct oid *known;
	size_t known_count;
	struct source_limits limits;
	const char *
		blob_path; /* SOURCE_TREE: the name to judge it by when REV is a tag of one file; NULL = refuse that */
};

/* One commit of a range, for changes that it makes. */
struct source_commit {
	char id[OID_MAX_HEX];
	/* For moves.c: where the files that it deletes stand, from offset on. */
	const size_t *gone;
	size_t gone_count, offset;
	struct source_commit *older; /* that changes anything */
};

/* One file of the change, or of the whole. A file that was moved is two: the old path, deleted, and the new one. */
struct source_file {
	const char *path; /* relative to the top of the repository, raw bytes, with / */
	/* On the old side; equal to path unless the file was moved unchanged; NULL = not there. */
	const char *old_path;
	struct oid oid;     /* new side; size 0 for work tree files */
	struct oid old_oid; /* old side */
	bool in_new;        /* false: the change deletes it */
	bool in_old;
	bool is_on_the_way; /* a version that a commit adds and the range as a whole does not add just so */
	const struct source_commit
		*commit; /* with every_commit: the one that makes the change; NULL: no single one */
	const struct source_file
		*also; /* a merge: the file as another parent has it (old side only); NULL = no more */
};

struct source;
struct source_reader;

/* Finds the files; reads no content. Submodules and symbolic links are left out. Files are sorted by path, each path
 * once; with every_commit come after them those that commits change, oldest commit first, each change once. What is staged in an unmerged index is refused (POL_EGIT). For SOURCE_PATHS a repository is not needed: a name
 * that does not exist is POL_EIO, and where names lie outside the work tree around dir there is no repository. */
enum pol_status source_open(const struct source_spec *spec, struct source **ret_source,
                            struct pol_error *err) POL_MUST_CHECK;
void source_free(struct source *source);
CLEANUP_DEFINE(struct source *, source, source_free)

enum source_kind source_kind(const struct source *source);
/* Hex ids of the old side's commit, NULL when there is none, and of the new side's, NULL for index and work tree. */
const char *source_base(const struct source *source);
const char *source_head(const struct source *source);
/* The folder that paths are relative to: the work tree, the git folder of a bare repository, spec->dir outside of any. */
const char *source_top(const struct source *source);
struct repo *source_repo(struct source *source);  /* NULL outside a repository; for the opening thread only */
bool source_has_old(const struct source *source); /* true for SOURCE_STAGED and SOURCE_RANGE */
bool source_has_history(const struct source *source); /* opened with every_commit */
size_t source_count(const struct source *source);
const struct source_file *source_at(const struct source *source, size_t index);

/* Reads content; one per thread. */
enum pol_status source_reader_open(struct source *source, struct source_reader **ret_reader,
                                   struct pol_error *err) POL_MUST_CHECK;
void source_reader_free(struct source_reader *reader);
CLEANUP_DEFINE(struct source_reader *, source_reader, source_reader_free)

/* Largest file that is judged, in bytes. */
enum { SOURCE_MAX_FILE = 32 * 1024 * 1024 };

/* The content of a file on a side; *ret_text is valid until the next source_read of that side with this reader.
 * POL_ENOTFOUND: not on that side (so is a work tree file that vanished, or is no regular file any more, or lies behind a
 * symbolic link). POL_ELIMIT: over SOURCE_MAX_FILE; *ret_text is then its beginning, at most 8,000 bytes, or empty when
 * even that was too much. POL_EGIT: its object is missing or broken, so it is not checked. */
enum pol_status source_read(struct source_reader *reader, const struct source_file *file,
                            enum source_side side, struct slice *ret_text,
                            struct pol_error *err) POL_MUST_CHECK;

/* The content of any path on a side, in the change or not (the policy, CODEOWNERS, a ledger). SIDE_NEW of a range is
 * B's tree, of SOURCE_STAGED the index, of SOURCE_ALL and SOURCE_PATHS the work tree below source_top. POL_ENOTFOUND.
 * *ret_text is valid until the next source_read_path with this reader. */
enum pol_status source_read_path(struct source_reader *reader, enum source_side side, const char *path,
                                 struct slice *ret_text, struct pol_error *err) POL_MUST_CHECK;

/* Calls visit for every file path on a side, sorted; for project-wide checks whose inputs changed. On the new side of
 * SOURCE_ALL and SOURCE_PATHS these are the source's own files. */
enum pol_status source_each_path(struct source_reader *reader, enum source_side side,
                                 enum pol_status (*visit)(const char *path, void *data,
                                                          struct pol_error *err),
                                 void *data, struct pol_error *err) POL_MUST_CHECK;

/* For a file that is new in the change: the deleted file it was moved from with changes (at least half of its lines are
 * the same), or NULL. Reads the candidates; ask only when it matters. Valid as long as the source. */
enum pol_status source_moved_from(struct source_reader *reader, const struct source_file *file,
                                  const struct source_file **ret_old, struct pol_error *err) POL_MUST_CHECK;

#endif
