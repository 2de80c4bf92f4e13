/* reader.c - reads content from a source, on either side. Each reader has buffers of its own, and a repository of its
 * own as soon as it is used on another thread than the one that opened the source. */
#include "policy/source/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct source_reader {
	struct source *source;
	struct repo *repo;   /* ours, NULL until it is needed */
	int top;             /* the folder of work tree files, -1 = not open */
	struct buf sides[2]; /* what source_read handed out, by side */
	struct buf other;    /* what source_read_path handed out */
};

enum {
	BEGINNING = 8000,             /* bytes that tell text from binary (content.h) */
	LARGEST = 1024 * 1024 * 1024, /* bytes of an object that is inflated for them */
};

enum pol_status source_reader_open(struct source *source, struct source_reader **ret_reader,
                                   struct pol_error *err)
{
	struct source_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return pol_fail_memory(err);
	reader->source = source;
	reader->top = -1;
	if (source->is_worktree) {
		reader->top = open(source->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (reader->top < 0) {
			free(reader);
			return pol_fail(err, POL_EIO, source->top, 0, "cannot open the folder: %s",
			                strerror(errno));
		}
	}
	*ret_reader = reader;
	return POL_OK;
}

void source_reader_free(struct source_reader *reader)
{
	if (!reader)
		return;
	repo_free(reader->repo);
	if (reader->top >= 0)
		(void)close(reader->top);
	buf_free(&reader->sides[0]);
	buf_free(&reader->sides[1]);
	buf_free(&reader->other);
	free(reader);
}

const struct source *reader_source(const struct source_reader *reader)
{
	return reader->source;
}

enum pol_status reader_repo(struct source_reader *reader, struct repo **ret_repo, struct pol_error *err)
{
	enum pol_status status = POL_OK;

	if (pthread_equal(pthread_self(), reader->source->owner)) {
		*ret_repo = reader->source->repo;
		return POL_OK;
	}
	if (!reader->repo)
		status = repo_reopen(reader->source->repo, &reader->repo, err);
	if (status == POL_OK)
		*ret_repo = reader->repo;
	return status;
}

/* Says which file an error is about, where the object store could only name an id. */
static enum pol_status name_file(enum pol_status status, const char *path, struct pol_error *err)
{
	size_t size = strlen(path);

	if (status == POL_OK || !err || err->path[0])
		return status;
	if (size >= sizeof(err->path))
		size = sizeof(err->path) - 1;
	memcpy(err->path, path, size);
	err->path[size] = '\0';
	return status;
}

static enum pol_status read_blob(struct source_reader *reader, const struct oid *oid, const char *path,
                                 struct buf *text, struct pol_error *err)
{
	struct repo *repo;
	enum pol_status status = reader_repo(reader, &repo, err);

	if (status == POL_OK)
		status = repo_read(repo, oid, SOURCE_MAX_FILE, text, NULL, err);
	return name_file(status, path, err);
}

/* A file of the work tree; one that a sparse checkout left out is read from its object. */
static enum pol_status read_file(struct source_reader *reader, const struct source_file *file,
                                 struct buf *text, struct pol_error *err)
{
	enum pol_status status = worktree_read(reader->top, file->path, reader->source->is_confined, text,
	                                       err);

	if (status == POL_ENOTFOUND && file->oid.size > 0)
		return read_blob(reader, &file->oid, file->path, text, err);
	return status;
}

static enum pol_status not_there(const char *path, struct pol_error *err)
{
	return pol_fail(err, POL_ENOTFOUND, path, 0, "no such file");
}

/* Content of a file of the source into *text. */
static enum pol_status read_side(struct source_reader *reader, const struct source_file *file,
                                 enum source_side side, struct buf *text, struct pol_error *err)
{
	if (side == SIDE_OLD && file->in_old)
		return read_blob(reader, &file->old_oid, file->old_path, text, err);
	if (side == SIDE_OLD || !file->in_new)
		return not_there(file->path, err);
	if (reader->source->is_worktree)
		return read_file(reader, file, text, err);
	return read_blob(reader, &file->oid, file->path, text, err);
}

/* The beginning of a file that is too large to be judged, so that the caller can tell a film from a source file. An object
 * has to be inflated as a whole for that; one over LARGEST is left alone. Hands POL_ELIMIT on, or a worse status. */
static enum pol_status read_beginning(struct source_reader *reader, const struct source_file *file,
                                      enum source_side side, struct buf *text, struct pol_error *err)
{
	const struct oid *oid = side == SIDE_OLD ? &file->old_oid : &file->oid;
	bool is_object = side == SIDE_OLD || !reader->source->is_worktree || text->size == 0;
	CLEANUP(buf) struct buf whole = { 0 };
	struct repo *repo;
	enum pol_status status;

	if (is_object && oid->size > 0) {
		const size_t largest = reader->source->limits.largest_file;

		status = reader_repo(reader, &repo, err);
		if (status == POL_OK)
			status = repo_read(repo, oid, largest ? largest : LARGEST, &whole, NULL, NULL);
		if (status < 0)
			return status == POL_ENOMEM ? pol_fail_memory(err) : POL_ELIMIT;
		buf_clear(text);
		buf_add(text, whole.data, whole.size < BEGINNING ? whole.size : BEGINNING);
	} else if (text->size > BEGINNING) {
		text->size = BEGINNING;
	}
	return POL_ELIMIT;
}

enum pol_status source_read(struct source_reader *reader, const struct source_file *file,
                            enum source_side side, struct slice *ret_text, struct pol_error *err)
{
	struct buf *text = &reader->sides[side];
	enum pol_status status = read_side(reader, file, side, text, err);

	if (status == POL_ELIMIT)
		status = read_beginning(reader, file, side, text, err);
	if (status == POL_OK || status == POL_ELIMIT)
		*ret_text = slice_of_buf(text);
	return status;
}

/* ---- any path ---------------------------------------------------------------------------------------------------- */

static enum pol_status read_in_tree(struct source_reader *reader, const struct oid *tree, const char *path,
                                    struct pol_error *err)
{
	struct repo *repo;
	struct oid oid;
	uint32_t mode;
	enum pol_status status;

	if (tree->size == 0)
		return not_there(path, err);
	status = reader_repo(reader, &repo, err);
	if (status == POL_OK)
		status = tree_find(repo, tree, path, &mode, &oid, err);
	if (status == POL_OK && !mode_is_regular(mode))
		status = not_there(path, err);
	return status == POL_OK ? read_blob(reader, &oid, path, &reader->other, err)
	                        : name_file(status, path, err);
}

static enum pol_status read_new(struct source_reader *reader, const char *path, struct pol_error *err)
{
	const struct source *source = reader->source;
	const struct source_file *file = source_find(source, path);

	if (file)
		return read_side(reader, file, SIDE_NEW, &reader->other, err);
	if (source->is_worktree)
		return worktree_read(reader->top, path, source->is_confined, &reader->other, err);
	/* What is staged is HEAD's tree but for the files of the source. */
	return read_in_tree(reader, source->kind == SOURCE_STAGED ? &source->old_tree : &source->new_tree,
	                    path, err);
}

enum pol_status source_read_path(struct source_reader *reader, enum source_side side, const char *path,
                                 struct slice *ret_text, struct pol_error *err)
{
	enum pol_status status = side == SIDE_NEW
	                                 ? read_new(reader, path, err)
	                                 : read_in_tree(reader, &reader->source->old_tree, path, err);

	if (status == POL_OK)
		*ret_text = slice_of_buf(&reader->other);
	return status;
}

/* ---- all paths --------------------------------------------------------------------------------------------------- */

/* Merges HEAD's tree with the files of the source, both sorted, into what is staged. */
struct merge {
	const struct source *source;
	size_t next; /* in source->files; SIZE_MAX: hand on the tree alone */
	enum pol_status (*visit)(const char *path, void *data, struct pol_error *err);
	void *data;
};

/* Visits the new files of the source that sort before path, NULL = all that are left. */
static enum pol_status visit_before(struct merge *merge, const char *path, struct pol_error *err)
{
	enum pol_status status = POL_OK;

	while (status == POL_OK && merge->next < merge->source->count) {
		const struct source_file *file = &merge->source->files[merge->next];

		if (path && strcmp(file->path, path) >= 0)
			break;
		if (file->in_new)
			status = merge->visit(file->path, merge->data, err);
		merge->next++;
	}
	return status;
}

static enum pol_status visit_merged(const struct cursor_entry *entry, void *data, struct pol_error *err)
{
	struct merge *merge = data;
	enum pol_status status = visit_before(merge, entry->path, err);

	/* A file of the source replaces the tree's, and is visited before the next path. */
	if (status != POL_OK || !mode_is_regular(entry->mode) ||
	    (merge->next < merge->source->count &&
	     strcmp(merge->source->files[merge->next].path, entry->path) == 0))
		return status;
	return merge->visit(entry->path, merge->data, err);
}

static enum pol_status visit_tree(struct source_reader *reader, const struct oid *tree, struct merge *merge,
                                  struct pol_error *err)
{
	struct repo *repo;
	enum pol_status status = POL_OK;

	if (tree->size > 0) {
		status = reader_repo(reader, &repo, err);
		if (status == POL_OK)
			status = tree_walk(repo, tree, visit_merged, merge, err);
	}
	return status == POL_OK ? visit_before(merge, NULL, err) : status;
}

enum pol_status source_each_path(struct source_reader *reader, enum source_side side,
                                 enum pol_status (*visit)(const char *path, void *data,
                                                          struct pol_error *err),
                                 void *data, struct pol_error *err)
{
	struct source *source = reader->source;
	struct merge merge = { .source = source, .visit = visit, .data = data };

	if (side == SIDE_NEW && (source->is_worktree || source->kind == SOURCE_TREE))
		return visit_before(&merge, NULL, err);
	if (side == SIDE_NEW && source->kind == SOURCE_STAGED)
		return visit_tree(reader, &source->old_tree, &merge, err);
	merge.next = SIZE_MAX;
	return visit_tree(reader, side == SIDE_NEW ? &source->new_tree : &source->old_tree, &merge, err);
}
