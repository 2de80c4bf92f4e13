/* run_policy.c - which policy a run is judged by, and what the policy file itself gives rise to. */
#include "checks/run_policy.h"

#include "policy/config/codeowners.h"
#include "policy/source/staged_file.h"
#include "policy/source/treediff.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_POLICY = 1024 * 1024 }; /* bytes of a policy file */

const struct rule policy_changed_rule = {
	.id = "policy-changed",
	.code = "POL01",
	.title = "The requirements of the policy are changed",
	.message = "this change alters what a justification must hold",
	.why = "A change is judged by the policy of its base, so that it cannot loosen the rules that judge "
	       "it.",
	.fix = "let an owner of .warrant.yaml review it",
	.kind = KIND_POLICY,
	.severity = SEVERITY_HIGH,
	.pattern = "",
};

const struct rule policy_stale_rule = {
	.id = "stale-policy-exception",
	.code = "POL02",
	.title = "An entry under exceptions: matches nothing",
	.message = "this entry under exceptions: matches nothing any more",
	.why = "An entry that outlives its exception would silently allow the next one.",
	.fix = "remove the entry from .warrant.yaml",
	.kind = KIND_POLICY,
	.severity = SEVERITY_MEDIUM,
	.pattern = "",
};

/* Reads a file named on the command line. */
static enum pol_status read_file(const char *path, struct buf *data, struct pol_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char chunk[16384];
	ssize_t size = fd < 0 ? -1 : read(fd, chunk, sizeof(chunk));

	data->limit = MAX_POLICY;
	for (; size > 0 && !buf_failed(data); size = read(fd, chunk, sizeof(chunk)))
		buf_add(data, chunk, (size_t)size);
	if (size < 0)
		(void)pol_fail(err, POL_EIO, path, 0, "cannot read the policy: %s", strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	if (size < 0)
		return POL_EIO;
	return buf_failed(data) ? pol_fail(err, POL_ELIMIT, path, 0, "the policy is larger than 1 MiB")
	                        : POL_OK;
}

/* Copies the policy file of a side to *data; *ret_found tells whether there is one. */
static enum pol_status read_side(struct source_reader *reader, enum source_side side, struct buf *data,
                                 bool *ret_found, struct pol_error *err)
{
	struct slice text;
	enum pol_status status = source_read_path(reader, side, POLICY_FILE_NAME, &text, err);

	*ret_found = status == POL_OK;
	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status < 0)
		return status;
	buf_add(data, text.data, text.size);
	return buf_failed(data) ? pol_fail_memory(err) : POL_OK;
}

/* Copies a file of a commit or tree to *data (cleared first). POL_ENOTFOUND. */
static enum pol_status read_in(struct repo *repo, const struct oid *commit, const char *path,
                               struct buf *data, struct pol_error *err)
{
	struct oid tree, blob;
	uint32_t mode;
	enum pol_status status = repo_tree_of(repo, commit, &tree, err);

	if (status == POL_OK)
		status = tree_find(repo, &tree, path, &mode, &blob, err);
	if (status == POL_OK && !mode_is_regular(mode))
		return pol_fail(err, POL_ENOTFOUND, path, 0, "no such file");
	return status == POL_OK ? repo_read(repo, &blob, MAX_POLICY, data, NULL, err) : status;
}

static struct slice text_of(const struct buf *data, bool found)
{
	/* An empty file is still a policy: only an absent one is told by NULL. */
	return found ? slice_of_buf(data) : (struct slice){ NULL, 0 };
}

static enum pol_status note_change(const struct policy *base, struct slice text, struct report *report,
                                   struct pol_error *err)
{
	CLEANUP(policy) struct policy *changed = NULL;
	const struct exception exception = {
		.check = "justification-check",
		.rule = &policy_changed_rule,
		.severity = policy_changed_rule.severity,
		.path = POLICY_FILE_NAME,
		.line = 1,
		.column = 1,
		.end_line = 1,
		.end_column = 1,
		.text = "",
		.text_column = 1,
		.accepted = true,
		.justification.until = DATE_NONE,
	};
	enum pol_status status = policy_load(text, POLICY_FILE_NAME, &changed, err);

	if (status < 0 || changed->requirements_hash == base->requirements_hash)
		return status;
	return report_add_exception(report, &exception) < 0 ? pol_fail_memory(err) : POL_OK;
}

/* The side whose requirements hold. A change is judged by its base; where there is none, a first push, by itself. */
static enum source_side judging_side(const struct source *source)
{
	return source_kind(source) == SOURCE_RANGE && source_base(source) ? SIDE_OLD : SIDE_NEW;
}

/* Requirements from the base, exceptions from the new side. */
static enum pol_status combine(struct source_reader *reader, struct slice base, struct policy **ret_policy,
                               struct report *report, struct pol_error *err)
{
	CLEANUP(buf) struct buf new = { 0 };
	CLEANUP(policy) struct policy *policy = NULL;
	bool new_found = false;
	enum pol_status status = read_side(reader, SIDE_NEW, &new, &new_found, err);

	if (status == POL_OK)
		status = policy_load(base, POLICY_FILE_NAME, &policy, err);
	if (status == POL_OK)
		status = policy_take_exceptions(policy, text_of(&new, new_found), POLICY_FILE_NAME, err);
	if (status == POL_OK)
		status = note_change(policy, text_of(&new, new_found), report, err);
	if (status < 0)
		return status;
	*ret_policy = policy;
	policy = NULL;
	return POL_OK;
}

enum pol_status run_policy_read_staged(struct buf *data, bool *ret_found, struct pol_error *err)
{
	static const struct source_spec staged = { .kind = SOURCE_STAGED, .dir = "." };
	CLEANUP(source) struct source *source = NULL;
	CLEANUP(source_reader) struct source_reader *reader = NULL;
	enum pol_status status = staged_file_read(POLICY_FILE_NAME, data, NULL);

	*ret_found = status == POL_OK;
	if (status == POL_OK || status == POL_ENOTFOUND)
		return POL_OK;
	buf_clear(data);
	status = source_open(&staged, &source, err);
	if (status == POL_OK)
		status = source_reader_open(source, &reader, err);
	return status < 0 ? status : read_side(reader, SIDE_NEW, data, ret_found, err);
}

static enum pol_status load_range(const struct run_options *options, struct source *source,
                                  struct source_reader *reader, struct policy **ret_policy,
                                  struct report *report, struct pol_error *err)
{
	CLEANUP(buf) struct buf base = { 0 };
	bool found = false;
	enum pol_status status;

	if (options->judged_by) {
		status = read_in(source_repo(source), options->judged_by, POLICY_FILE_NAME, &base, err);
		found = status == POL_OK;
		if (status == POL_ENOTFOUND)
			status = POL_OK;
	} else {
		status = read_side(reader, SIDE_OLD, &base, &found, err);
	}
	return status == POL_OK ? combine(reader, text_of(&base, found), ret_policy, report, err) : status;
}

enum pol_status run_policy_read(const char *path, struct policy **ret_policy, struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	enum pol_status status = read_file(path, &data, err);

	return status < 0 ? status : policy_load(text_of(&data, true), path, ret_policy, err);
}

enum pol_status run_policy_of(struct repo *repo, const struct oid *commit, struct policy **ret_policy,
                              struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	enum pol_status status = read_in(repo, commit, POLICY_FILE_NAME, &data, err);

	if (status < 0 && status != POL_ENOTFOUND)
		return status;
	return policy_load(text_of(&data, status == POL_OK), POLICY_FILE_NAME, ret_policy, err);
}

enum pol_status run_policy_load(const struct run_options *options, struct source *source,
                                struct policy **ret_policy, struct report *report, struct pol_error *err)
{
	CLEANUP(source_reader) struct source_reader *reader = NULL;
	CLEANUP(buf) struct buf data = { 0 };
	bool found = true;
	enum pol_status status;

	if (options->policy_path)
		return run_policy_read(options->policy_path, ret_policy, err);
	if (options->staged_policy) {
		status = run_policy_read_staged(&data, &found, err);
		return status < 0 ? status
		                  : policy_load(text_of(&data, found), POLICY_FILE_NAME, ret_policy, err);
	}
	status = source_reader_open(source, &reader, err);
	if (status < 0)
		return status;
	if (options->judged_by || judging_side(source) == SIDE_OLD)
		return load_range(options, source, reader, ret_policy, report, err);
	status = read_side(reader, SIDE_NEW, &data, &found, err);
	return status < 0 ? status : policy_load(text_of(&data, found), POLICY_FILE_NAME, ret_policy, err);
}

static size_t list_count(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

/* The policy's owners and those of CODEOWNERS in one list. */
static enum pol_status join_owners(const char *const *a, const char *const *b, struct arena *arena,
                                   const char *const **ret_owners, struct pol_error *err)
{
	size_t first = list_count(a), second = list_count(b);
	const char **all = arena_alloc(arena, first + second + 1, sizeof(*all));

	if (!all)
		return pol_fail_memory(err);
	for (size_t i = 0; i < first; i++)
		all[i] = a[i];
	for (size_t i = 0; i < second; i++)
		all[first + i] = b[i];
	*ret_owners = all;
	return POL_OK;
}

/* A file of those that judge: as the policy's requirements, the owners of a range are the base's. */
static enum pol_status read_judging(const struct run_options *options, struct check_context *context,
                                    const char *path, struct buf *data, struct slice *ret_text,
                                    struct pol_error *err)
{
	enum pol_status status;

	if (!options->judged_by)
		return source_read_path(context->reader, judging_side(context->source), path, ret_text, err);
	status = read_in(source_repo(context->source), options->judged_by, path, data, err);
	*ret_text = text_of(data, true);
	return status;
}

enum pol_status run_policy_owners(const struct run_options *options, struct check_context *context,
                                  const struct policy *policy, struct arena *arena,
                                  const char *const **ret_owners, struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { 0 };
	const char *const *owners = NULL;
	struct slice text;

	*ret_owners = NULL;
	if (!policy->owner_known)
		return POL_OK;
	for (size_t i = 0; codeowners_paths[i]; i++) {
		enum pol_status status = read_judging(options, context, codeowners_paths[i], &data, &text,
		                                      err);

		if (status == POL_ENOTFOUND)
			continue;
		if (status == POL_OK && codeowners_read(arena, text, &owners) < 0)
			status = pol_fail_memory(err);
		if (status < 0)
			return status;
		break;
	}
	return join_owners(policy->owners, owners, arena, ret_owners, err);
}

/* Whether a check of this run looks for the rule that an entry names. */
static bool is_looked_for(const struct check *const *checks, const struct policy *policy, const char *name)
{
	for (; *checks; checks++) {
		const struct rule *const *rule = (*checks)->rules;

		if (!rule && (ruleset_find(ruleset_builtin(), slice_of(name)) ||
		              (policy->own_rules && ruleset_find(policy->own_rules, slice_of(name)))))
			return true;
		for (; rule && *rule; rule++) {
			if (strcmp((*rule)->id, name) == 0 || strcmp((*rule)->code, name) == 0)
				return true;
		}
	}
	return false;
}

enum pol_status run_policy_stale(const struct source *source, const struct policy *policy,
                                 const struct check *const *checks, const bool *used, struct report *report,
                                 struct pol_error *err)
{
	enum source_kind kind = source_kind(source);

	if (kind != SOURCE_ALL && kind != SOURCE_TREE)
		return POL_OK;
	for (size_t i = 0; i < policy->exception_count; i++) {
		const struct policy_exception *entry = &policy->exceptions[i];
		struct finding finding = {
			.check = (*checks)->name,
			.rule = &policy_stale_rule,
			.problem = PROBLEM_STALE,
			.severity = policy_stale_rule.severity,
			.blocking = true,
			.path = POLICY_FILE_NAME,
			.line = entry->line,
			.column = 1,
			.end_line = entry->line,
			.end_column = 1,
			.fix = policy_stale_rule.fix,
		};

		if (used[i] || !is_looked_for(checks, policy, entry->rule))
			continue;
		finding.message = arena_printf(&report->arena,
		                               "this entry matches nothing any more: %s in %s", entry->rule,
		                               entry->path ? entry->path : "any file");
		if (!finding.message || report_add_finding(report, &finding) < 0)
			return pol_fail_memory(err);
	}
	return POL_OK;
}
