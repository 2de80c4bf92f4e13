/* policy_file.c - reads a .warrant.yaml on top of the built-in policy. The keys are documented in builtin.yaml. */
#include "policy/config/policy_file.h"

#include "policy/config/policy_reader.h"
#include "policy/config/rule_file.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_GLOB = 1000, MAX_CHARS = 1000, MAX_WORDS = 100, MAX_SAME = 1000000 };

/* builtin.yaml, compiled in by the build: as it is written, and as the tree it means. */
extern const char builtin_policy[];
extern const struct yaml_node *const builtin_policy_tree;

/* ---- keys --------------------------------------------------------------------------------------------------------- */

static const char *const style_names[] = { "any", "native", "keyed", NULL };
static const char *const owner_names[] = { "any", "known", NULL };
static const char *const judge_names[] = { "tip", "every-commit", NULL };
static const char *const skip_names[] = { "refuse", "allow", NULL };

_Static_assert(sizeof(enum justification_style) == sizeof(int), "YAML_FIELD_ENUM stores an int");

/* What a policy file holds, before it goes into struct policy. -1 = not given. */
struct parts {
	int32_t version;
	int owner, skips;
	const char *const *owners, *const *skip, *const *tests;
	uint32_t skip_line, tests_line;
	const struct yaml_node *justification, *require, *rules, *exceptions, *licenses, *push, *message;
};

static const struct yaml_field part_fields[] = {
	{ "version", YAML_FIELD_INT, .offset = offsetof(struct parts, version), .min = 1, .max = 1 },
	{ "justification", YAML_FIELD_NODE, .offset = offsetof(struct parts, justification) },
	{ "require", YAML_FIELD_NODE, .offset = offsetof(struct parts, require) },
	{ "owner", YAML_FIELD_ENUM, .offset = offsetof(struct parts, owner), .names = owner_names },
	{ "owners", YAML_FIELD_STRINGS, .offset = offsetof(struct parts, owners) },
	{ "rules", YAML_FIELD_NODE, .offset = offsetof(struct parts, rules) },
	{ "skip", YAML_FIELD_STRINGS, .offset = offsetof(struct parts, skip),
	  .line_offset = offsetof(struct parts, skip_line) },
	{ "tests", YAML_FIELD_STRINGS, .offset = offsetof(struct parts, tests),
	  .line_offset = offsetof(struct parts, tests_line) },
	{ "skips", YAML_FIELD_ENUM, .offset = offsetof(struct parts, skips), .names = skip_names },
	{ "exceptions", YAML_FIELD_NODE, .offset = offsetof(struct parts, exceptions) },
	{ "licenses", YAML_FIELD_NODE, .offset = offsetof(struct parts, licenses) },
	{ "push", YAML_FIELD_NODE, .offset = offsetof(struct parts, push) },
	{ "message", YAML_FIELD_NODE, .offset = offsetof(struct parts, message) },
	{ 0 },
};

/* `justification:`. */
struct writing {
	int style;
	int32_t min_chars, min_words, max_same;
	const char *const *placeholders;
};

static const struct yaml_field writing_fields[] = {
	{ "style", YAML_FIELD_ENUM, .offset = offsetof(struct writing, style), .names = style_names },
	{ "min_chars", YAML_FIELD_INT, .offset = offsetof(struct writing, min_chars), .max = MAX_CHARS },
	{ "min_words", YAML_FIELD_INT, .offset = offsetof(struct writing, min_words), .max = MAX_WORDS },
	{ "max_same", YAML_FIELD_INT, .offset = offsetof(struct writing, max_same), .max = MAX_SAME },
	{ "placeholders", YAML_FIELD_STRINGS, .offset = offsetof(struct writing, placeholders) },
	{ 0 },
};

/* `rules:`. */
struct choices {
	const char *const *on, *const *off;
	uint32_t on_line, off_line;
	const struct yaml_node *own;
};

static const struct yaml_field choice_fields[] = {
	{ "on", YAML_FIELD_STRINGS, .offset = offsetof(struct choices, on),
	  .line_offset = offsetof(struct choices, on_line) },
	{ "off", YAML_FIELD_STRINGS, .offset = offsetof(struct choices, off),
	  .line_offset = offsetof(struct choices, off_line) },
	{ "own", YAML_FIELD_NODE, .offset = offsetof(struct choices, own) },
	{ 0 },
};

/* `licenses:`; the lists are appended to the policy's. */
struct licensing {
	const char *ledger;
	const char *const *allow, *const *deny, *const *lockfiles;
	uint32_t lockfiles_line;
};

static const struct yaml_field licensing_fields[] = {
	{ "ledger", YAML_FIELD_STRING, .offset = offsetof(struct licensing, ledger) },
	{ "allow", YAML_FIELD_STRINGS, .offset = offsetof(struct licensing, allow) },
	{ "deny", YAML_FIELD_STRINGS, .offset = offsetof(struct licensing, deny) },
	{ "lockfiles", YAML_FIELD_STRINGS, .offset = offsetof(struct licensing, lockfiles),
	  .line_offset = offsetof(struct licensing, lockfiles_line) },
	{ 0 },
};

/* `push:`. */
struct pushing {
	const char *const *protected_, *const *no_force;
	uint32_t protected_line, no_force_line;
	int judge;
};

static const struct yaml_field pushing_fields[] = {
	{ "protected", YAML_FIELD_STRINGS, .offset = offsetof(struct pushing, protected_),
	  .line_offset = offsetof(struct pushing, protected_line) },
	{ "no_force", YAML_FIELD_STRINGS, .offset = offsetof(struct pushing, no_force),
	  .line_offset = offsetof(struct pushing, no_force_line) },
	{ "judge", YAML_FIELD_ENUM, .offset = offsetof(struct pushing, judge), .names = judge_names },
	{ 0 },
};

/* ---- helpers of all readers --------------------------------------------------------------------------------------- */

enum pol_status policy_read_fields(const struct policy_reader *reader, const struct yaml_node *node,
                                   const struct yaml_field *fields, void *object)
{
	return node ? yaml_read_fields(&reader->policy->arena, node, reader->path, fields, object,
	                               reader->err)
	            : POL_OK;
}

enum pol_status policy_check_globs(const struct policy_reader *reader, const char *const *globs,
                                   uint32_t line)
{
	for (; globs && *globs; globs++)
		if (!**globs || strlen(*globs) > MAX_GLOB)
			return pol_fail(reader->err, POL_ECONFIG, reader->path, line,
			                "a glob must have 1 to %d bytes", MAX_GLOB);
	return POL_OK;
}

static size_t count_texts(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

enum pol_status policy_append(const struct policy_reader *reader, const char *const **list,
                              const char *const *more)
{
	size_t old_count = count_texts(*list);
	size_t more_count = count_texts(more);
	const char **joined;

	if (more_count == 0)
		return POL_OK;
	joined = arena_alloc(&reader->policy->arena, old_count + more_count + 1, sizeof(*joined));
	if (!joined)
		return pol_fail_memory(reader->err);
	for (size_t i = 0; i < old_count; i++)
		joined[i] = (*list)[i];
	for (size_t i = 0; i < more_count; i++)
		joined[old_count + i] = more[i];
	*list = joined;
	return POL_OK;
}

/* ---- parts -------------------------------------------------------------------------------------------------------- */

static enum pol_status take_justification(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct policy *policy = reader->policy;
	struct writing writing = { (int)policy->style, policy->min_chars, policy->min_words, policy->max_same,
		                   NULL };
	enum pol_status status = policy_read_fields(reader, node, writing_fields, &writing);

	if (status < 0)
		return status;
	policy->style = (enum justification_style)writing.style;
	policy->min_chars = writing.min_chars;
	policy->min_words = writing.min_words;
	policy->max_same = writing.max_same;
	return policy_append(reader, &policy->placeholders_, writing.placeholders);
}

static enum pol_status take_own_rules(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct policy *policy = reader->policy;
	struct ruleset *set = NULL;
	struct rule *rules = NULL;
	size_t count = 0;
	enum pol_status status = rules_read(&policy->arena, node, reader->path, false, &rules, &count,
	                                    reader->err);

	if (status < 0 || count == 0)
		return status;
	for (size_t i = 0; i < count; i++)
		if (ruleset_find(ruleset_builtin(), slice_of(rules[i].id)))
			return pol_fail(reader->err, POL_ECONFIG, reader->path, node->items[i]->line,
			                "there is a built-in rule with the id %.60s; choose another",
			                rules[i].id);
	status = ruleset_build(&policy->arena, rules, count, &set, reader->err);
	if (status == POL_OK)
		policy->own_rules = set;
	return status;
}

static enum pol_status take_rules(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct choices choices = { 0 };
	enum pol_status status = policy_read_fields(reader, node, choice_fields, &choices);

	if (status < 0 || (status = policy_check_globs(reader, choices.on, choices.on_line)) < 0 ||
	    (status = policy_check_globs(reader, choices.off, choices.off_line)) < 0 ||
	    (status = policy_append(reader, &reader->policy->rules_on, choices.on)) < 0 ||
	    (status = policy_append(reader, &reader->policy->rules_off, choices.off)) < 0)
		return status;
	return choices.own ? take_own_rules(reader, choices.own) : POL_OK;
}

static enum pol_status take_licenses(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct license_policy *licenses = &reader->policy->licenses;
	struct licensing licensing = { .ledger = licenses->ledger };
	enum pol_status status = policy_read_fields(reader, node, licensing_fields, &licensing);

	if (status < 0 ||
	    (status = policy_check_globs(reader, licensing.lockfiles, licensing.lockfiles_line)) < 0 ||
	    (status = policy_append(reader, &licenses->allow, licensing.allow)) < 0 ||
	    (status = policy_append(reader, &licenses->deny, licensing.deny)) < 0 ||
	    (status = policy_append(reader, &licenses->lockfiles, licensing.lockfiles)) < 0)
		return status;
	licenses->ledger = licensing.ledger;
	licenses->given = licenses->given || node;
	return POL_OK;
}

static enum pol_status take_push(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct push_policy *push = &reader->policy->push;
	struct pushing pushing = { .judge = push->judge_every_commit };
	enum pol_status status = policy_read_fields(reader, node, pushing_fields, &pushing);

	if (status < 0 ||
	    (status = policy_check_globs(reader, pushing.protected_, pushing.protected_line)) < 0 ||
	    (status = policy_check_globs(reader, pushing.no_force, pushing.no_force_line)) < 0 ||
	    (status = policy_append(reader, &push->protected_, pushing.protected_)) < 0)
		return status;
	push->judge_every_commit = pushing.judge == 1;
	return policy_append(reader, &push->no_force, pushing.no_force);
}

static enum pol_status take_parts(const struct policy_reader *reader, const struct parts *parts)
{
	struct policy *policy = reader->policy;
	enum pol_status status;

	policy->owner_known = parts->owner == 1;
	policy->skips = parts->skips == 1;
	if ((status = take_justification(reader, parts->justification)) < 0 ||
	    (status = policy_read_requirements(reader, parts->require)) < 0 ||
	    (status = policy_append(reader, &policy->owners, parts->owners)) < 0 ||
	    (status = take_rules(reader, parts->rules)) < 0 ||
	    (status = policy_check_globs(reader, parts->skip, parts->skip_line)) < 0 ||
	    (status = policy_append(reader, &policy->skip, parts->skip)) < 0 ||
	    (status = policy_check_globs(reader, parts->tests, parts->tests_line)) < 0 ||
	    (status = policy_append(reader, &policy->tests, parts->tests)) < 0 ||
	    (status = policy_read_exceptions(reader, parts->exceptions)) < 0 ||
	    (status = take_licenses(reader, parts->licenses)) < 0 ||
	    (status = take_push(reader, parts->push)) < 0)
		return status;
	return policy_read_message(reader, parts->message);
}

/* ---- a whole file ------------------------------------------------------------------------------------------------- */

/* Reads a document on top of what the policy holds. */
static enum pol_status read_tree(const struct policy_reader *reader, const struct yaml_node *root)
{
	struct parts parts = { .owner = reader->policy->owner_known, .skips = reader->policy->skips };
	enum pol_status status = policy_read_fields(reader, root, part_fields, &parts);

	return status < 0 ? status : take_parts(reader, &parts);
}

/* The same from text. *ret_hash is that of the text. */
static enum pol_status read_text(const struct policy_reader *reader, struct slice text, uint64_t *ret_hash)
{
	struct yaml_node *root = NULL;
	enum pol_status status = yaml_parse(&reader->policy->arena, text, reader->path, &root, reader->err);

	if (status < 0)
		return status;
	*ret_hash = policy_hash(root);
	return read_tree(reader, root);
}

enum pol_status policy_load(struct slice text, const char *path, struct policy **ret_policy,
                            struct pol_error *err)
{
	CLEANUP(policy) struct policy *policy = calloc(1, sizeof(*policy));
	struct policy_reader builtin = { policy, "built-in policy", err };
	struct policy_reader file = { policy, path, err };
	enum pol_status status;

	if (!policy)
		return pol_fail_memory(err);
	policy->path = arena_string(&policy->arena, text.data ? path : "");
	policy->licenses.ledger = "";
	if (!policy->path)
		return pol_fail_memory(err);
	status = read_tree(&builtin, builtin_policy_tree);
	if (status == POL_OK && text.data)
		status = read_text(&file, text, &policy->requirements_hash);
	if (status < 0)
		return status;
	policy->skip_list = glob_list_build(&policy->arena, policy->skip);
	policy->test_list = glob_list_build(&policy->arena, policy->tests);
	if (!policy->skip_list || !policy->test_list)
		return pol_fail_memory(err);
	*ret_policy = policy;
	policy = NULL;
	return POL_OK;
}

void policy_free(struct policy *policy)
{
	if (policy)
		arena_free(&policy->arena);
	free(policy);
}

enum pol_status policy_take_exceptions(struct policy *policy, struct slice text, const char *path,
                                       struct pol_error *err)
{
	struct policy_reader reader = { policy, path, err };
	struct parts parts = { 0 };
	struct yaml_node *root = NULL;
	enum pol_status status = yaml_parse(&policy->arena, text, path, &root, err);

	if (status == POL_OK)
		status = policy_read_fields(&reader, root, part_fields, &parts);
	return status < 0 ? status : policy_read_exceptions(&reader, parts.exceptions);
}

const char *policy_builtin_text(void)
{
	return builtin_policy;
}
