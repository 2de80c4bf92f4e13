/* policy_rows.c - reads the rows of `require:` and `exceptions:` of a .warrant.yaml. */
#include "policy/base/date.h"
#include "policy/config/policy_reader.h"

#include <string.h>

enum { MAX_ROWS = 1000, MAX_EXCEPTIONS = 10000, MAX_DAYS = 36500 };

/* ---- require ------------------------------------------------------------------------------------------------------ */

/* A row while it is read: its conditions are still names. */
struct row {
	struct requirement requirement;
	const char *const *kinds;
	const char *const *severities;
	uint32_t kinds_line, severities_line, rules_line, paths_line;
};

static const struct yaml_field row_fields[] = {
	{ "kind", YAML_FIELD_STRINGS, .offset = offsetof(struct row, kinds),
	  .line_offset = offsetof(struct row, kinds_line) },
	{ "severity", YAML_FIELD_STRINGS, .offset = offsetof(struct row, severities),
	  .line_offset = offsetof(struct row, severities_line) },
	{ "rules", YAML_FIELD_STRINGS, .offset = offsetof(struct row, requirement.rules),
	  .line_offset = offsetof(struct row, rules_line) },
	{ "paths", YAML_FIELD_STRINGS, .offset = offsetof(struct row, requirement.paths),
	  .line_offset = offsetof(struct row, paths_line) },
	{ "tests", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.tests) },
	{ "reason", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.reason) },
	{ "until", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.until) },
	{ "owner", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.owner) },
	{ "ticket", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.ticket) },
	{ "block", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.block) },
	{ "blanket", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.blanket) },
	{ "file_wide", YAML_FIELD_SWITCH, .offset = offsetof(struct row, requirement.file_wide) },
	{ "max_days", YAML_FIELD_INT, .offset = offsetof(struct row, requirement.max_days), .min = 0,
	  .max = MAX_DAYS },
	{ "as_severity", YAML_FIELD_ENUM, .offset = offsetof(struct row, requirement.severity),
	  .names = rule_severity_names, .max = SEVERITY_COUNT },
	{ 0 },
};

_Static_assert(sizeof(enum choice) == sizeof(int), "YAML_FIELD_SWITCH stores an int");

static enum pol_status fail_name(const struct policy_reader *reader, uint32_t line, const char *name,
                                 const char *const *known, int count)
{
	CLEANUP(buf) struct buf list = { 0 };

	for (int i = 0; i < count; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", known[i]);
	if (buf_failed(&list))
		return pol_fail_memory(reader->err);
	return pol_fail(reader->err, POL_ECONFIG, reader->path, line, "'%.60s' is not one of %s", name,
	                list.data);
}

/* An empty list would be a condition that nothing meets, or, read as none, one that everything meets. */
static enum pol_status refuse_empty(const struct policy_reader *reader, const char *const *list,
                                    uint32_t line)
{
	return list && !*list ? pol_fail(reader->err, POL_ECONFIG, reader->path, line,
	                                 "an empty list is no condition; name something or leave the key out")
	                      : POL_OK;
}

/* A condition as written: names out of known[count]. */
struct condition {
	const char *const *names; /* NULL = not given */
	uint32_t line;
	const char *const *known;
	int count;
};

/* The set of 1 << index of the condition's names; 0 when it is not given. */
static enum pol_status read_condition(const struct policy_reader *reader, struct condition condition,
                                      unsigned *ret_set)
{
	enum pol_status status = refuse_empty(reader, condition.names, condition.line);

	for (const char *const *name = condition.names; status == POL_OK && name && *name; name++) {
		int index = rule_name_index(condition.known, condition.count, slice_of(*name));

		if (index < 0)
			status = fail_name(reader, condition.line, *name, condition.known, condition.count);
		else
			*ret_set |= 1U << index;
	}
	return status;
}

static enum pol_status read_row(const struct policy_reader *reader, const struct yaml_node *node,
                                struct requirement *ret_requirement)
{
	struct row row = {
		.requirement = { .line = node->line,
		                 .tests = CHOICE_UNSET,
		                 .reason = CHOICE_UNSET,
		                 .until = CHOICE_UNSET,
		                 .owner = CHOICE_UNSET,
		                 .ticket = CHOICE_UNSET,
		                 .block = CHOICE_UNSET,
		                 .blanket = CHOICE_UNSET,
		                 .file_wide = CHOICE_UNSET,
		                 .max_days = -1,
		                 .severity = -1 },
	};
	struct requirement *requirement = &row.requirement;
	enum pol_status status = policy_read_fields(reader, node, row_fields, &row);
	struct condition kinds = { row.kinds, row.kinds_line, rule_kind_names, KIND_COUNT };
	struct condition severities = { row.severities, row.severities_line, rule_severity_names,
		                        SEVERITY_COUNT };

	if (status < 0 || (status = read_condition(reader, kinds, &requirement->kinds)) < 0 ||
	    (status = read_condition(reader, severities, &requirement->severities)) < 0 ||
	    (status = refuse_empty(reader, requirement->rules, row.rules_line)) < 0 ||
	    (status = refuse_empty(reader, requirement->paths, row.paths_line)) < 0 ||
	    (status = policy_check_globs(reader, requirement->rules, row.rules_line)) < 0 ||
	    (status = policy_check_globs(reader, requirement->paths, row.paths_line)) < 0)
		return status;
	*ret_requirement = *requirement;
	return POL_OK;
}

static enum pol_status check_rows(const struct policy_reader *reader, const struct yaml_node *node,
                                  const char *key, size_t max)
{
	if (node->type != YAML_SEQUENCE && node->type != YAML_NULL)
		return pol_fail(reader->err, POL_ECONFIG, reader->path, node->line,
		                "'%s' must be a list of entries, not %s", key, yaml_type_names[node->type]);
	if (node->count > max)
		return pol_fail(reader->err, POL_ECONFIG, reader->path, node->line,
		                "'%s' has more than %zu entries", key, max);
	return POL_OK;
}

enum pol_status policy_read_requirements(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct policy *policy = reader->policy;
	struct requirement *rows;
	enum pol_status status = node ? check_rows(reader, node, "require", MAX_ROWS) : POL_OK;

	if (status < 0 || !node || node->count == 0)
		return status;
	rows = arena_alloc(&policy->arena, policy->requirement_count + node->count, sizeof(*rows));
	if (!rows)
		return pol_fail_memory(reader->err);
	if (policy->requirement_count > 0)
		memcpy(rows, policy->requirements, policy->requirement_count * sizeof(*rows));
	for (size_t i = 0; i < node->count; i++) {
		status = read_row(reader, node->items[i], &rows[policy->requirement_count + i]);
		if (status < 0)
			return status;
	}
	policy->requirements = rows;
	policy->requirement_count += node->count;
	return POL_OK;
}

/* ---- exceptions --------------------------------------------------------------------------------------------------- */

static const struct yaml_field exception_fields[] = {
	{ "rule", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, rule), .required = true },
	{ "path", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, path), .required = true },
	{ "contains", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, contains) },
	{ "reason", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, reason) },
	{ "until", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, until_text) },
	{ "owner", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, owner) },
	{ "ticket", YAML_FIELD_STRING, .offset = offsetof(struct policy_exception, ticket) },
	{ 0 },
};

/* A malformed date is a finding about this entry, not a broken policy, so only its text is kept. */
static enum pol_status read_exception(const struct policy_reader *reader, const struct yaml_node *node,
                                      struct policy_exception *exception)
{
	const char *globs[] = { NULL, NULL };
	enum pol_status status;

	*exception = (struct policy_exception){ .line = node->line, .until = DATE_NONE };
	status = policy_read_fields(reader, node, exception_fields, exception);
	if (status < 0)
		return status;
	if (!*exception->rule)
		return pol_fail(reader->err, POL_ECONFIG, reader->path, node->line,
		                "'rule' must name a rule by its id or code");
	if (exception->until_text)
		(void)date_parse(slice_trim(slice_of(exception->until_text)), &exception->until);
	globs[0] = exception->path;
	return policy_check_globs(reader, globs, node->line);
}

enum pol_status policy_read_exceptions(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct policy *policy = reader->policy;
	struct policy_exception *exceptions = NULL;
	size_t count = node ? node->count : 0;
	enum pol_status status = node ? check_rows(reader, node, "exceptions", MAX_EXCEPTIONS) : POL_OK;

	if (status == POL_OK && count > 0) {
		exceptions = arena_alloc(&policy->arena, count, sizeof(*exceptions));
		if (!exceptions)
			return pol_fail_memory(reader->err);
	}
	for (size_t i = 0; status == POL_OK && i < count; i++)
		status = read_exception(reader, node->items[i], &exceptions[i]);
	if (status < 0)
		return status;
	policy->exceptions = exceptions;
	policy->exception_count = count;
	return POL_OK;
}
