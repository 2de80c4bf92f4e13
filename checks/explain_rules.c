/* explain_rules.c - gathers the rules that a program's checks look for. */
#include "checks/explain_rules.h"

#include "checks/run_policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_POLICY_BYTES = 1024 * 1024 };

void explained_rules_free(struct explained_rules *rules)
{
	policy_free(rules->policy);
	arena_free(&rules->arena);
	*rules = (struct explained_rules){ 0 };
}

/* ---- the policy ------------------------------------------------------------------------------------------------------*/

static enum pol_status read_stream(FILE *file, struct buf *data)
{
	char chunk[16384];
	size_t size;

	while ((size = fread(chunk, 1, sizeof(chunk), file)) > 0 && !buf_failed(data))
		buf_add(data, chunk, size);
	return ferror(file) ? POL_EIO : POL_OK;
}

/* Reads the file at path into *data. POL_ENOTFOUND when there is none. */
static enum pol_status read_file(const char *path, struct buf *data, struct pol_error *err)
{
	FILE *file = fopen(path, "re");
	int code = errno;
	enum pol_status status;

	if (!file)
		return pol_fail(err, code == ENOENT ? POL_ENOTFOUND : POL_EIO, path, 0,
		                "cannot read the policy: %s", strerror(code));
	status = read_stream(file, data);
	code = errno;
	(void)fclose(file);
	if (status < 0)
		return pol_fail(err, status, path, 0, "cannot read the policy: %s", strerror(code));
	if (buf_failed(data))
		return pol_fail(err, POL_ELIMIT, path, 0, "the policy is larger than 1 MiB");
	return POL_OK;
}

/* Where the policy stands when nobody names one. */
static enum pol_status default_path(struct arena *arena, const char *dir, const char **ret_path,
                                    struct pol_error *err)
{
	CLEANUP(repo) struct repo *repo = NULL;
	enum pol_status status = repo_open(dir, &repo, err);
	const char *top = dir;

	if (status < 0 && status != POL_ENOTFOUND)
		return status;
	if (repo && repo_top(repo))
		top = repo_top(repo);
	*ret_path = arena_printf(arena, "%s/%s", top, POLICY_FILE_NAME);
	return *ret_path ? POL_OK : pol_fail_memory(err);
}

static enum pol_status load_policy(const struct options *options, struct explained_rules *rules,
                                   struct pol_error *err)
{
	CLEANUP(buf) struct buf data = { .limit = MAX_POLICY_BYTES };
	const char *path = options->policy_path;
	enum pol_status status = POL_OK;

	if (!path)
		status = default_path(&rules->arena, options->source.dir, &path, err);
	if (status == POL_OK)
		status = read_file(path, &data, err);
	if (status == POL_ENOTFOUND && !options->policy_path)
		return policy_load((struct slice){ NULL, 0 }, POLICY_FILE_NAME, &rules->policy, err);
	if (status < 0)
		return status;
	return policy_load(slice_of_buf(&data), path, &rules->policy, err);
}

/* ---- the rules -------------------------------------------------------------------------------------------------------*/

static enum pol_status add_rule(struct explained_rules *rules, const struct rule *rule, struct pol_error *err)
{
	const struct rule **grown = arena_grow(&rules->arena, rules->items, rules->count, &rules->capacity,
	                                       sizeof(*grown));

	if (!grown)
		return pol_fail_memory(err);
	rules->items = grown;
	rules->items[rules->count++] = rule;
	return POL_OK;
}

static enum pol_status add_set(struct explained_rules *rules, const struct ruleset *set,
                               struct pol_error *err)
{
	enum pol_status status = POL_OK;

	for (size_t i = 0; set && i < set->rule_count && status == POL_OK; i++)
		status = add_rule(rules, &set->rules[i], err);
	return status;
}

/* A check without rules of its own looks for those of the packs and the policy. */
static enum pol_status add_check(struct explained_rules *rules, const struct check *check,
                                 struct pol_error *err)
{
	const struct rule *const *rule = check->rules;
	enum pol_status status = POL_OK;

	if (!rule) {
		status = add_set(rules, ruleset_builtin(), err);
		return status < 0 ? status : add_set(rules, rules->policy->own_rules, err);
	}
	for (; *rule && status == POL_OK; rule++)
		status = add_rule(rules, *rule, err);
	return status;
}

static int by_code(const void *left, const void *right)
{
	const struct rule *const *a = left, *const *b = right;
	int order = strcmp((*a)->code, (*b)->code);

	return order ? order : strcmp((*a)->id, (*b)->id);
}

static void sort_once(struct explained_rules *rules)
{
	size_t kept = 0;

	if (rules->count > 1)
		qsort(rules->items, rules->count, sizeof(*rules->items), by_code);
	for (size_t i = 0; i < rules->count; i++) {
		if (kept == 0 || by_code(&rules->items[kept - 1], &rules->items[i]) != 0)
			rules->items[kept++] = rules->items[i];
	}
	rules->count = kept;
}

static enum pol_status add_checks(struct explained_rules *rules, const struct check *const *check,
                                  struct pol_error *err)
{
	enum pol_status status = POL_OK;

	for (; *check && status == POL_OK; check++)
		status = add_check(rules, *check, err);
	return status;
}

enum pol_status explained_rules_load(const struct cli_program *program, const struct options *options,
                                     struct explained_rules *rules, struct pol_error *err)
{
	enum pol_status status = load_policy(options, rules, err);

	if (status == POL_OK)
		status = add_checks(rules, program->checks, err);
	if (status == POL_OK)
		sort_once(rules);
	return status;
}

enum pol_status explained_rules_load_all(const struct cli_program *program, const struct options *options,
                                         struct explained_rules *rules, struct pol_error *err)
{
	/* Those that need no library of their own. */
	static const struct check *const checks[] = { &justification_check, &trivyignore_check,
		                                      &license_check,       &commit_message_check,
		                                      &push_check,          NULL };
	static const struct rule *const others[] = { &file_not_judged_rule, &file_too_large_rule,
		                                     &policy_changed_rule, &policy_stale_rule };
	enum pol_status status = load_policy(options, rules, err);

	if (status == POL_OK)
		status = add_checks(rules, program->checks, err);
	if (status == POL_OK)
		status = add_checks(rules, checks, err);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]) && status == POL_OK; i++)
		status = add_rule(rules, others[i], err);
	if (status == POL_OK)
		sort_once(rules);
	return status;
}
