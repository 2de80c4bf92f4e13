/* backend_git.c - the backend that is always right: it asks the git program. Used where libgit2 refuses a repository
 * (SHA-256, reftable, unknown extensions) and for what libgit2 gets wrong (history of a shallow clone). */
#include "policy/source/backend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEADER_BYTES = 4096, MAX_TAG_DEPTH = 16 };

static enum pol_status fail_git(struct pol_error *err, const char *what, const struct process_result *result)
{
	return pol_fail(err, POL_EGIT, NULL, 0, "%s: %s", what,
	                *result->complaint ? result->complaint : "git gave no reason");
}

/* ---- open -------------------------------------------------------------------------------------------------------- */

/* `git rev-parse option`, one line, into *ret_line. POL_ENOTFOUND: git refuses, result says why. */
static enum pol_status rev_parse(struct repo *repo, const char *option, struct process_result *result,
                                 char **ret_line, struct pol_error *err)
{
	const char *const args[] = { "rev-parse", option, NULL };
	enum pol_status status = process_run(repo->dir, args, result, err);
	size_t size = result->out.size;

	if (status != POL_OK)
		return status;
	if (result->exit_status != 0 || size < 2 || result->out.data[size - 1] != '\n')
		return POL_ENOTFOUND;
	*ret_line = strndup(result->out.data, size - 1);
	return *ret_line ? POL_OK : pol_fail_memory(err);
}

static enum pol_status find_format(struct repo *repo, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	char *format = NULL;
	enum pol_status status = rev_parse(repo, "--show-object-format", &result, &format, err);

	if (status == POL_ENOTFOUND)
		return fail_git(err, "the repository cannot be read", &result);
	if (status != POL_OK)
		return status;
	repo->oid_size = strcmp(format, "sha1") == 0 ? 20 : strcmp(format, "sha256") == 0 ? 32 : 0;
	free(format);
	return repo->oid_size > 0 ? POL_OK
	                          : pol_fail(err, POL_EGIT, NULL, 0,
	                                     "the repository uses an object format that is not known here");
}

static enum pol_status find_shallow(struct repo *repo, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	char *answer = NULL;
	enum pol_status status = rev_parse(repo, "--is-shallow-repository", &result, &answer, err);

	if (status == POL_ENOTFOUND)
		return fail_git(err, "the repository cannot be read", &result);
	if (status != POL_OK)
		return status;
	repo->is_shallow = strcmp(answer, "false") != 0;
	free(answer);
	return POL_OK;
}

static enum pol_status find_top(struct repo *repo, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = rev_parse(repo, "--show-toplevel", &result, &repo->top, err);

	return status == POL_ENOTFOUND ? POL_OK : status; /* bare, or started inside the git folder */
}

enum pol_status git_open(struct repo *repo, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = rev_parse(repo, "--absolute-git-dir", &result, &repo->git_dir, err);

	if (status == POL_ENOTFOUND && strncmp(result.complaint, "not a git repository (or any", 28) == 0)
		return pol_fail(err, POL_ENOTFOUND, repo->dir, 0, "not in a git repository");
	if (status == POL_ENOTFOUND && strstr(result.complaint, "dubious ownership"))
		return pol_fail(err, POL_EGIT, repo->dir, 0,
		                "the repository belongs to somebody else; if you trust it, run `git config "
		                "--global --add "
		                "safe.directory` with its path");
	if (status == POL_ENOTFOUND)
		return fail_git(err, "the repository cannot be read", &result);
	if (status == POL_OK)
		status = find_format(repo, err);
	if (status == POL_OK)
		status = find_shallow(repo, err);
	if (status == POL_OK)
		status = find_top(repo, err);
	if (status == POL_OK)
		repo->backend = &backend_git;
	return status;
}

static void git_close(struct repo *repo)
{
	process_stop(&repo->batch);
}

/* ---- objects: git cat-file --batch, kept running ------------------------------------------------------------------- */

/* What one answer begins with: its header line, and how much of the content came along. */
struct answer {
	char bytes[HEADER_BYTES];
	size_t size;   /* bytes received */
	size_t header; /* bytes of the header line, its LF included */
};

static enum pol_status receive_header(struct process *batch, struct answer *answer, struct pol_error *err)
{
	answer->size = 0;
	for (;;) {
		enum pol_status status;
		size_t got = 0;
		char *end;

		if (answer->size == sizeof(answer->bytes))
			return pol_fail(err, POL_EGIT, NULL, 0,
			                "git cat-file gave an answer that is not known");
		status = process_receive(batch, answer->bytes + answer->size,
		                         sizeof(answer->bytes) - answer->size, &got, err);
		if (status != POL_OK)
			return status;
		answer->size += got;
		end = memchr(answer->bytes, '\n', answer->size);
		if (end) {
			answer->header = (size_t)(end - answer->bytes) + 1;
			return POL_OK;
		}
	}
}

/* Cuts the next word, up to a blank or the line end, off *rest. */
static struct slice next_word(struct slice *rest)
{
	size_t size = 0;
	struct slice word;

	while (size < rest->size && rest->data[size] != ' ' && rest->data[size] != '\n')
		size++;
	word = (struct slice){ rest->data, size };
	*rest = slice_from(*rest, size < rest->size ? size + 1 : size);
	return word;
}

static bool parse_size(struct slice digits, size_t *ret_size)
{
	size_t size = 0;

	if (digits.size == 0 || digits.size > 18)
		return false;
	for (size_t i = 0; i < digits.size; i++) {
		if (digits.data[i] < '0' || digits.data[i] > '9')
			return false;
		size = size * 10 + (size_t)(digits.data[i] - '0');
	}
	*ret_size = size;
	return true;
}

/* The type word of git, 0 when it is none. */
static enum object_type parse_type(struct slice word)
{
	static const struct {
		const char *name;
		enum object_type type;
	} types[] = { { "commit", OBJECT_COMMIT },
		      { "tree", OBJECT_TREE },
		      { "blob", OBJECT_BLOB },
		      { "tag", OBJECT_TAG } };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (slice_equal(word, slice_of(types[i].name)))
			return types[i].type;
	}
	return (enum object_type)0;
}

/* "<oid> <type> <size>". POL_EGIT for "<oid> missing" and whatever else git may say. */
static enum pol_status parse_header(const struct answer *answer, const char *hex, enum object_type *ret_type,
                                    size_t *ret_size, struct pol_error *err)
{
	struct slice rest = { answer->bytes, answer->header };
	struct slice name = next_word(&rest);
	struct slice type = next_word(&rest);

	if (slice_equal(type, SLICE("missing")))
		return pol_fail(err, POL_EGIT, NULL, 0,
		                "not checked: object %s is missing; fetch it, or clone without a filter",
		                hex);
	*ret_type = parse_type(type);
	if (!slice_equal(name, slice_of(hex)) || *ret_type == 0 || !parse_size(next_word(&rest), ret_size))
		return pol_fail(err, POL_EGIT, NULL, 0, "not checked: git cannot read object %s", hex);
	return POL_OK;
}

/* The size bytes of content and the line end after them; some came with the header. */
static enum pol_status receive_content(struct process *batch, const struct answer *answer, size_t size,
                                       struct buf *data, struct pol_error *err)
{
	size_t wanted = size + 1;
	size_t have = answer->size - answer->header;
	char *room = buf_reserve(data, wanted);

	if (!room)
		return pol_fail_memory(err);
	if (have > wanted)
		return pol_fail(err, POL_EGIT, NULL, 0, "git cat-file gave more than was asked for");
	memcpy(room, answer->bytes + answer->header, have);
	while (have < wanted) {
		size_t got = 0;
		enum pol_status status = process_receive(batch, room + have, wanted - have, &got, err);

		if (status != POL_OK)
			return status;
		have += got;
	}
	data->size = size;
	data->data[size] = '\0';
	return POL_OK;
}

static enum pol_status read_answer(struct repo *repo, const char *hex, size_t limit, struct buf *data,
                                   enum object_type *ret_type, struct pol_error *err)
{
	struct answer answer;
	size_t size = 0;
	enum pol_status status = receive_header(&repo->batch, &answer, err);

	/* Git ends over an object that it would have to fetch, or whose content is damaged. */
	if (status == POL_EGIT)
		return pol_fail(err, POL_EGIT, NULL, 0, "not checked: object %s is missing or broken", hex);
	if (status == POL_OK)
		status = parse_header(&answer, hex, ret_type, &size, err);
	if (status == POL_OK && limit > 0 && size > limit)
		status = pol_fail(err, POL_ELIMIT, NULL, 0, "an object of %zu bytes, over the limit of %zu",
		                  size, limit);
	if (status == POL_OK)
		status = receive_content(&repo->batch, &answer, size, data, err);
	return status;
}

static enum pol_status git_read(struct repo *repo, const struct oid *oid, size_t limit, struct buf *data,
                                enum object_type *ret_type, struct pol_error *err)
{
	static const char *const args[] = { "cat-file", "--batch", NULL };
	enum pol_status status = POL_OK;
	enum object_type type = (enum object_type)0;
	char request[OID_MAX_HEX + 1];
	char hex[OID_MAX_HEX];
	size_t size;

	oid_format(oid, hex);
	size = strlen(hex);
	memcpy(request, hex, size);
	request[size++] = '\n';
	if (repo->batch.pid == 0)
		status = process_start(repo->dir, args, &repo->batch, err);
	if (status == POL_OK)
		status = process_send(&repo->batch, (struct slice){ request, size }, err);
	if (status == POL_OK)
		status = read_answer(repo, hex, limit, data, &type, err);
	/* Whatever is left of the answer must not be taken for the next one. */
	if (status != POL_OK)
		process_stop(&repo->batch);
	else if (ret_type)
		*ret_type = type;
	return status;
}

/* A look at an object of no interest but for its being there: small ones are read, of large ones only the header. */
static bool git_has(struct repo *repo, const struct oid *oid)
{
	CLEANUP(buf) struct buf data = { 0 };
	const enum pol_status status = git_read(repo, oid, HEADER_BYTES, &data, NULL, NULL);

	return status == POL_OK || status == POL_ELIMIT;
}

/* ---- revisions and history ----------------------------------------------------------------------------------------- */

/* The id on the only line of result. */
static bool only_oid(const struct repo *repo, const struct process_result *result, struct oid *ret_oid)
{
	const size_t size = 2 * repo->oid_size;

	return result->out.size >= size + 1 && result->out.data[size] == '\n' &&
	       oid_parse((struct slice){ result->out.data, size }, ret_oid);
}

/* The commit that an object is, or that a chain of tags ends in. */
static enum pol_status peel(struct repo *repo, const char *revision, struct oid *oid, struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };

	for (int depth = 0; depth < MAX_TAG_DEPTH; depth++) {
		enum object_type type;
		enum pol_status status = repo_read(repo, oid, 0, &data, &type, err);

		if (status != POL_OK || type == OBJECT_COMMIT)
			return status;
		if (type != OBJECT_TAG || data.size < 7 + 2 * repo->oid_size ||
		    !oid_parse((struct slice){ data.data + 7, 2 * repo->oid_size }, oid))
			break;
	}
	return pol_fail(err, POL_ENOTFOUND, NULL, 0, "'%s' is no commit", revision);
}

static enum pol_status git_resolve(struct repo *repo, const char *revision, struct oid *ret_commit,
                                   struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	struct oid oid;
	enum pol_status status = process_run(repo->dir,
	                                     (const char *const[]){ "rev-parse", "--verify", "--quiet",
	                                                            "--end-of-options", revision, NULL },
	                                     &result, err);

	if (status != POL_OK)
		return status;
	if (result.exit_status == 1 || result.exit_status == 128)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "no commit is called '%s'", revision);
	if (result.exit_status != 0 || !only_oid(repo, &result, &oid))
		return fail_git(err, "the revision cannot be read", &result);
	status = peel(repo, revision, &oid, err);
	/* Git takes any full id for a revision; whether there is such an object it does not ask. */
	if (status == POL_EGIT && oid_parse(slice_of(revision), &oid))
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "no commit is called '%s'", revision);
	if (status == POL_OK)
		*ret_commit = oid;
	return status;
}

static enum pol_status git_merge_base(struct repo *repo, const struct oid *a, const struct oid *b,
                                      struct oid *ret_base, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	char hex_a[OID_MAX_HEX], hex_b[OID_MAX_HEX];
	enum pol_status status;

	oid_format(a, hex_a);
	oid_format(b, hex_b);
	status = process_run(repo->dir, (const char *const[]){ "merge-base", hex_a, hex_b, NULL }, &result,
	                     err);
	if (status != POL_OK)
		return status;
	if (result.exit_status == 0 && only_oid(repo, &result, ret_base))
		return POL_OK;
	if (result.exit_status == 1)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "the two revisions have no common history");
	return fail_git(err, "not checked: the merge base cannot be found", &result);
}

static enum pol_status git_is_ancestor(struct repo *repo, const struct oid *ancestor,
                                       const struct oid *commit, bool *ret_is, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	char hex_ancestor[OID_MAX_HEX], hex_commit[OID_MAX_HEX];
	enum pol_status status;

	oid_format(ancestor, hex_ancestor);
	oid_format(commit, hex_commit);
	status = process_run(
		repo->dir,
		(const char *const[]){ "merge-base", "--is-ancestor", hex_ancestor, hex_commit, NULL },
		&result, err);
	if (status != POL_OK)
		return status;
	if (result.exit_status > 1)
		return fail_git(err, "not checked: history cannot be read", &result);
	*ret_is = result.exit_status == 0;
	return POL_OK;
}

/* Calls visit for each id, one a line. */
static enum pol_status visit_lines(const struct repo *repo, struct slice lines, repo_commit_visit visit,
                                   void *data, struct pol_error *err)
{
	struct slice line;

	while (slice_next_line(&lines, &line)) {
		struct oid commit;
		enum pol_status status;

		if (!oid_parse(line, &commit) || commit.size != repo->oid_size)
			return pol_fail(err, POL_EGIT, NULL, 0, "git rev-list gave a line that is no commit");
		status = visit(&commit, data, err);
		if (status != POL_OK)
			return status;
	}
	return POL_OK;
}

/* The hidden commits go through stdin: there may be more of them than a command line holds. */
static enum pol_status git_walk(struct repo *repo, const struct oid *tip, const struct oid *hidden,
                                size_t count, repo_commit_visit visit, void *data, struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	CLEANUP(buf) struct buf request = { 0 };
	char hex[OID_MAX_HEX];
	enum pol_status status;

	oid_format(tip, hex);
	buf_printf(&request, "%s\n", hex);
	for (size_t i = 0; i < count; i++) {
		oid_format(&hidden[i], hex);
		buf_printf(&request, "^%s\n", hex);
	}
	if (buf_failed(&request))
		return pol_fail_memory(err);
	status = process_feed(repo->dir, (const char *const[]){ "rev-list", "--date-order", "--stdin", NULL },
	                      (struct slice){ request.data, request.size }, &result, err);
	if (status != POL_OK)
		return status;
	if (result.exit_status != 0)
		return fail_git(err, "not checked: history cannot be read", &result);
	return visit_lines(repo, (struct slice){ result.out.data, result.out.size }, visit, data, err);
}

/* ---- refs and configuration ---------------------------------------------------------------------------------------- */

/* One line "<oid> <type> <what a tag names> <its type> <refname>", the two in the middle empty for all but tags: visits the
 * commit. Only a tag of a tag is asked for again. */
static enum pol_status visit_ref(struct repo *repo, struct slice line, const char *prefix,
                                 repo_ref_visit visit, void *data, struct pol_error *err)
{
	struct slice oid = next_word(&line), type = next_word(&line);
	struct slice tagged = next_word(&line), tagged_type = next_word(&line);
	CLEANUP(buf) struct buf name = { 0 };
	struct oid commit;
	enum pol_status status;

	if (!slice_starts(line, prefix))
		return POL_OK;
	buf_add(&name, line.data, line.size);
	if (buf_failed(&name))
		return pol_fail_memory(err);
	if (slice_equal(type, SLICE("tag")) && slice_equal(tagged_type, SLICE("tag"))) {
		status = git_resolve(repo, name.data, &commit, err);
		if (status == POL_ENOTFOUND)
			return POL_OK;
		return status == POL_OK ? visit(name.data, &commit, data, err) : status;
	}
	if (slice_equal(type, SLICE("tag"))) {
		oid = tagged;
		type = tagged_type;
	}
	if (!slice_equal(type, SLICE("commit")) || !oid_parse(oid, &commit))
		return POL_OK;
	return visit(name.data, &commit, data, err);
}

static enum pol_status git_each_ref(struct repo *repo, const char *prefix, repo_ref_visit visit, void *data,
                                    struct pol_error *err)
{
	static const char *const args[] = {
		"for-each-ref",
		"--format=%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)", NULL
	};
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = process_run(repo->dir, args, &result, err);
	struct slice lines = { result.out.data, result.out.size };
	struct slice line;

	if (status == POL_OK && result.exit_status != 0)
		return fail_git(err, "the refs cannot be read", &result);
	while (status == POL_OK && slice_next_line(&lines, &line))
		status = visit_ref(repo, line, prefix, visit, data, err);
	return status;
}

bool backend_remote_name(struct slice key, struct slice *ret_name)
{
	const size_t prefix = strlen("remote.");
	const size_t dot = slice_find_last_char(key, '.');

	if (!slice_starts(key, "remote.") || dot == SIZE_MAX || dot <= prefix ||
	    (!slice_ends(key, ".url") && !slice_ends(key, ".pushurl")))
		return false;
	*ret_name = slice_sub(key, prefix, dot - prefix);
	return true;
}

/* git prints KEY, LF, VALUE, NUL for each. */
static enum pol_status git_remote_of(struct repo *repo, const char *url, struct buf *name,
                                     struct pol_error *err)
{
	static const char *const args[] = { "config", "--null", "--get-regexp", "^remote\\..*\\.(push)?url$",
		                            NULL };
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = process_run(repo->dir, args, &result, err);
	struct slice rest = { result.out.data, result.out.size }, found;

	if (status != POL_OK)
		return status;
	if (result.exit_status > 1)
		return fail_git(err, "the configuration cannot be read", &result);
	while (rest.size > 0 && name->size == 0) {
		size_t end = slice_find_char(rest, '\0');
		struct slice entry = slice_sub(rest, 0, end);
		size_t key = slice_find_char(entry, '\n');

		if (key != SIZE_MAX && slice_equal(slice_from(entry, key + 1), slice_of(url)) &&
		    backend_remote_name(slice_sub(entry, 0, key), &found))
			buf_add(name, found.data, found.size);
		rest = end == SIZE_MAX ? (struct slice){ NULL, 0 } : slice_from(rest, end + 1);
	}
	return buf_failed(name) ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status git_config(struct repo *repo, const char *key, struct buf *value,
                                  struct pol_error *err)
{
	CLEANUP(process_result) struct process_result result = { 0 };
	enum pol_status status = process_run(
		repo->dir, (const char *const[]){ "config", "--null", "--get", key, NULL }, &result, err);

	if (status != POL_OK)
		return status;
	if (result.exit_status == 1)
		return pol_fail(err, POL_ENOTFOUND, NULL, 0, "%s is not configured", key);
	if (result.exit_status != 0 || result.out.size == 0)
		return fail_git(err, "the configuration cannot be read", &result);
	buf_add(value, result.out.data, result.out.size - 1);
	return buf_failed(value) ? pol_fail_memory(err) : POL_OK;
}

const struct backend backend_git = {
	.close = git_close,
	.read = git_read,
	.resolve = git_resolve,
	.merge_base = git_merge_base,
	.is_ancestor = git_is_ancestor,
	.walk = git_walk,
	.each_ref = git_each_ref,
	.config = git_config,
	.has = git_has,
	.remote_of = git_remote_of,
};
