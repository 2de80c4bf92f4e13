/* commit_message_check.c - commit messages: one in a file (the hook), or every one of a range. */
#include "checks/check.h"
#include "checks/commit-message-check/commit.h"
#include "checks/commit-message-check/draft.h"
#include "checks/commit-message-check/rules.h"
#include "policy/base/glob.h"

/* What git takes for a comment when it looks for trailers in what is recorded. */
#define RECORDED_MARK SLICE("#")

static const struct message_policy *policy_of(const struct check_context *context)
{
	return &context->judge->policy->message;
}

/* ---- which messages --------------------------------------------------------------------------------------------------*/

static bool has_bots(const struct message_policy *policy)
{
	return policy->bots && *policy->bots;
}

/* "Name <mail>" against the globs for authors that are programs. */
static enum pol_status is_bot(const struct message_policy *policy, struct arena *arena,
                              const struct identity *author, bool *ret_is)
{
	CLEANUP(buf) struct buf text = { 0 };
	const char *whole;

	*ret_is = false;
	if (!has_bots(policy))
		return POL_OK;
	buf_add(&text, author->name.data, author->name.size);
	buf_add_string(&text, " <");
	buf_add(&text, author->mail.data, author->mail.size);
	buf_add_string(&text, ">");
	whole = buf_failed(&text) ? NULL : arena_copy(arena, text.data, text.size);
	if (!whole)
		return POL_ENOMEM;
	*ret_is = glob_match_any(policy->bots, whole);
	return POL_OK;
}

/* Whether the policy leaves the message out: that of a merge or a program. A revert is one by its words, which anybody can write: so
 * it still has to name the exceptions that it brings back. */
static enum pol_status is_left_out(struct inspection *in, struct arena *arena, bool is_merge, bool *ret_is)
{
	*ret_is = is_merge && !in->policy->merges;
	in->is_revert = !in->policy->reverts && rules_is_revert(&in->message);
	return *ret_is ? POL_OK : is_bot(in->policy, arena, &in->author, ret_is);
}

/* ---- a file ----------------------------------------------------------------------------------------------------------*/

/* What the commit adds is known in a hook only; and that of a merge only when it is made, since git shows a hook what the merge
 * brings from all sides. */
static enum pol_status find_staged(struct check_context *context, const struct draft *draft,
                                   struct inspection *in, struct pol_error *err)
{
	const struct source_spec staged = { .kind = SOURCE_STAGED, .dir = source_top(context->source) };

	if (in->policy->exceptions == LEVEL_OFF || !draft->in_hook || draft->is_merge)
		return POL_OK;
	return added_find(context->judge, &staged, &context->scratch, &in->added, err);
}

static enum pol_status judge_draft(struct check_context *context, struct settings *settings, const char *path,
                                   struct slice raw, struct inspection *in, struct pol_error *err)
{
	struct arena *arena = &context->scratch;
	struct draft draft;
	bool left_out;
	enum pol_status status = draft_read(settings, arena, path, raw, &draft, err);

	if (status < 0)
		return status;
	if (message_clean(arena, draft.text, draft.form, &in->message) < 0 ||
	    trailers_parse(arena, &in->message, draft.form.mark.size > 0 ? draft.form.mark : RECORDED_MARK,
	                   &in->trailers) < 0)
		return pol_fail_memory(err);
	if (in->policy->sign_off != LEVEL_OFF || has_bots(in->policy))
		status = draft_people(settings, arena, path, &in->author, &in->committer, err);
	if (status < 0)
		return status;
	if (is_left_out(in, arena, draft.is_merge, &left_out) < 0)
		return pol_fail_memory(err);
	if (left_out)
		return POL_OK;
	status = find_staged(context, &draft, in, err);
	if (status < 0)
		return status;
	return rules_judge(in) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status judge_file(struct check_context *context, const char *path, struct slice text,
                                  struct report *report, struct pol_error *err)
{
	CLEANUP(settings) struct settings settings = { .source = context->source };
	struct inspection in = { .policy = policy_of(context), .path = path, .report = report };

	return judge_draft(context, &settings, path, text, &in, err);
}

/* ---- a range ---------------------------------------------------------------------------------------------------------*/

/* A walk over the commits of a range. */
struct walk {
	struct check_context *context;
	struct report *report;
	struct buf data;
};

enum { MAX_COMMIT = 4 * 1024 * 1024 };

/* What a commit adds against one parent; NULL: it has none. */
static enum pol_status find_against(struct walk *walk, const char *hex, const struct oid *parent,
                                    struct added *ret_added, struct pol_error *err)
{
	char from[OID_MAX_HEX] = "";
	struct source_spec spec = { .kind = SOURCE_RANGE,
		                    .dir = source_top(walk->context->source),
		                    .no_merge_base = true };

	if (parent)
		oid_format(parent, from);
	spec.revision = arena_printf(&walk->context->scratch, "%s..%s", from, hex);
	return spec.revision
	               ? added_find(walk->context->judge, &spec, &walk->context->scratch, ret_added, err)
	               : pol_fail_memory(err);
}

/* A merge adds what none of its parents had. */
static enum pol_status find_recorded(struct walk *walk, const char *hex, const struct commit *commit,
                                     struct added *ret_added, struct pol_error *err)
{
	struct added against;
	enum pol_status status = find_against(walk, hex, commit->parent_count > 0 ? commit->parents : NULL,
	                                      ret_added, err);

	for (size_t i = 1; i < commit->parent_count && ret_added->count > 0 && status == POL_OK; i++) {
		status = find_against(walk, hex, &commit->parents[i], &against, err);
		if (status == POL_OK)
			added_intersect(ret_added, &against);
	}
	return status;
}

static enum pol_status judge_recorded(struct walk *walk, const char *hex, struct inspection *in,
                                      struct pol_error *err)
{
	struct arena *arena = &walk->context->scratch;
	const struct slice text = slice_of_buf(&walk->data);
	struct commit commit;
	bool left_out;
	enum pol_status status = POL_OK;

	if (commit_parse(arena, text, &commit) < 0 ||
	    message_clean(arena, commit.message, (struct message_form){ .mark = { "", 0 } }, &in->message) <
	            0 ||
	    trailers_parse(arena, &in->message, RECORDED_MARK, &in->trailers) < 0)
		return pol_fail_memory(err);
	in->author = commit.author;
	in->committer = commit.committer;
	if (is_left_out(in, arena, commit.parent_count > 1, &left_out) < 0)
		return pol_fail_memory(err);
	if (left_out)
		return POL_OK;
	if (in->policy->exceptions != LEVEL_OFF)
		status = find_recorded(walk, hex, &commit, &in->added, err);
	if (status < 0)
		return status;
	walk->report->counts.files++;
	return rules_judge(in) < 0 ? pol_fail_memory(err) : POL_OK;
}

static enum pol_status judge_commit(const struct oid *commit, void *data, struct pol_error *err)
{
	struct walk *walk = data;
	char hex[OID_MAX_HEX];
	struct inspection in = { .policy = policy_of(walk->context),
		                 .is_recorded = true,
		                 .report = walk->report };
	enum pol_status status;

	status = repo_read(source_repo(walk->context->source), commit, MAX_COMMIT, &walk->data, NULL, err);
	if (status < 0)
		return status;
	oid_format(commit, hex);
	in.path = arena_printf(&walk->report->arena, "commit %.12s", hex);
	if (!in.path)
		return pol_fail_memory(err);
	status = judge_recorded(walk, hex, &in, err);
	arena_free(&walk->context->scratch);
	return status;
}

static enum pol_status judge_project(struct check_context *context, enum source_side side,
                                     struct report *report, struct pol_error *err)
{
	struct walk walk = { .context = context, .report = report };
	const char *base = source_base(context->source), *head = source_head(context->source);
	struct oid tip, hidden;
	enum pol_status status;

	if (side == SIDE_OLD || source_kind(context->source) != SOURCE_RANGE || !head ||
	    !oid_parse(slice_of(head), &tip))
		return POL_OK;
	status = repo_walk(source_repo(context->source), &tip, &hidden,
	                   base && oid_parse(slice_of(base), &hidden) ? 1 : 0, judge_commit, &walk, err);
	buf_free(&walk.data);
	return status;
}

/* Any file that is named is a message, text or not: the runner hands over its bytes. */
static bool is_message(const char *path)
{
	(void)path;
	return true;
}

const struct check commit_message_check = {
	.name = "commit-message-check",
	.about = "Judge commit messages: named files, or every commit of a range.",
	.rules = message_rules,
	.named_only = true,
	.wants = is_message,
	.judge_file = judge_file,
	.judge_project = judge_project,
};
