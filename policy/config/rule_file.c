/* rule_file.c - reads rules from YAML. The keys and their defaults are documented in policy/rules/rule.h. */
#include "policy/config/rule_file.h"

#include "policy/base/glob.h"
#include "policy/rules/literal.h"

#include <string.h>

enum { MAX_RULES = 2000, MAX_PATTERN = 10000, MAX_SPAN = 20, MAX_CWE = 9999, MIN_EXAMPLES = 2 };

/* A rule while it is read: what the file says, before defaults. */
struct entry {
	struct rule rule;
	bool on;
	int place; /* -1 = not given */
	int32_t cwe, span;
	const char *const *literals;
	const char *const *where;
	const char *const *patterns;
	const struct yaml_node *match, *no_match;
	uint32_t id_line, code_line, fix_line, literals_line, pattern_line, where_line;
};

/* What all steps of reading one entry need. */
struct context {
	struct arena *arena;
	const char *path;
	bool strict;
	struct pol_error *err;
};

static const struct yaml_field fields[] = {
	{ "id", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.id), .required = true,
	  .line_offset = offsetof(struct entry, id_line) },
	{ "code", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.code),
	  .line_offset = offsetof(struct entry, code_line) },
	{ "kind", YAML_FIELD_ENUM, .offset = offsetof(struct entry, rule.kind), .required = true,
	  .names = rule_kind_names, .max = KIND_SUPPRESSION + 1 },
	{ "severity", YAML_FIELD_ENUM, .offset = offsetof(struct entry, rule.severity), .required = true,
	  .names = rule_severity_names, .max = SEVERITY_COUNT },
	{ "cwe", YAML_FIELD_INT, .offset = offsetof(struct entry, cwe), .min = 1, .max = MAX_CWE },
	{ "title", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.title), .required = true },
	{ "message", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.message) },
	{ "why", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.why) },
	{ "fix", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.fix), .required = true,
	  .line_offset = offsetof(struct entry, fix_line) },
	{ "files", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, rule.files) },
	{ "not_files", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, rule.not_files) },
	{ "where", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, where),
	  .line_offset = offsetof(struct entry, where_line) },
	{ "literals", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, literals), .required = true,
	  .line_offset = offsetof(struct entry, literals_line) },
	{ "pattern", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, patterns), .required = true,
	  .line_offset = offsetof(struct entry, pattern_line) },
	{ "span", YAML_FIELD_INT, .offset = offsetof(struct entry, span), .min = 0, .max = MAX_SPAN },
	{ "path", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.path) },
	{ "requires", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.requires_) },
	{ "unless", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.unless) },
	{ "unless_line", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.unless_line) },
	{ "requires_near", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.requires_near) },
	{ "unless_near", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.unless_near) },
	{ "scope", YAML_FIELD_ENUM, .offset = offsetof(struct entry, rule.scope), .names = rule_scope_names,
	  .max = SCOPE_COUNT },
	{ "place", YAML_FIELD_ENUM, .offset = offsetof(struct entry, place), .names = rule_place_names,
	  .max = PLACE_COUNT },
	{ "native", YAML_FIELD_STRING, .offset = offsetof(struct entry, rule.native) },
	{ "default", YAML_FIELD_BOOL, .offset = offsetof(struct entry, on) },
	{ "references", YAML_FIELD_STRINGS, .offset = offsetof(struct entry, rule.references) },
	{ "match", YAML_FIELD_NODE, .offset = offsetof(struct entry, match) },
	{ "no_match", YAML_FIELD_NODE, .offset = offsetof(struct entry, no_match) },
	{ 0 },
};

_Static_assert(sizeof(enum rule_kind) == sizeof(int), "YAML_FIELD_ENUM stores an int");

/* ---- names -------------------------------------------------------------------------------------------------------- */

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Small letters and digits in groups joined by single hyphens, a letter first. */
static bool is_kebab_case(const char *id)
{
	if (!is_lower(*id))
		return false;
	for (const char *c = id; *c; c++)
		if (!is_lower(*c) && !is_digit(*c) && (*c != '-' || c[1] == '-' || c[1] == '\0'))
			return false;
	return true;
}

/* A family of capital letters and digits, a letter first ("K8S"), then a number of two digits or more. */
static bool is_code(const char *code)
{
	size_t size = strlen(code);

	for (const char *c = code; *c; c++)
		if (!is_upper(*c) && !is_digit(*c))
			return false;
	return size >= 3 && is_upper(*code) && is_digit(code[size - 2]) && is_digit(code[size - 1]);
}

static enum pol_status check_names(const struct context *context, const struct entry *entry)
{
	const struct rule *rule = &entry->rule;
	size_t size = strlen(rule->fix);

	if (!is_kebab_case(rule->id))
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->id_line,
		                "the id '%.60s' must be in kebab-case, such as curl-insecure", rule->id);
	if (context->strict && !is_code(rule->code))
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->code_line,
		                "rule %.60s needs a code of capital letters and a number, such as TLS01",
		                rule->id);
	if (size == 0 || !*rule->title)
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->id_line,
		                "rule %.60s needs a title and a fix that say something", rule->id);
	if (context->strict && rule->fix[size - 1] == '.')
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->fix_line,
		                "the fix of rule %.60s must not end with a full stop", rule->id);
	return POL_OK;
}

/* ---- where, literals, pattern ------------------------------------------------------------------------------------- */

static enum pol_status take_where(const struct context *context, struct entry *entry)
{
	static const struct {
		const char *name;
		uint8_t where;
	} places[] = { { "code", WHERE_CODE },
		       { "comment", WHERE_COMMENT },
		       { "string", WHERE_STRING },
		       { "any", WHERE_ANY } };
	const size_t count = sizeof(places) / sizeof(places[0]);

	for (const char *const *name = entry->where; name && *name; name++) {
		size_t i = 0;

		while (i < count && strcmp(places[i].name, *name) != 0)
			i++;
		if (i == count)
			return pol_fail(context->err, POL_ECONFIG, context->path, entry->where_line,
			                "'where' takes code, comment, string and any, not '%.60s'", *name);
		entry->rule.where |= places[i].where;
	}
	if (entry->rule.where == 0)
		entry->rule.where = entry->rule.kind == KIND_SUPPRESSION ? WHERE_COMMENT : WHERE_CODE;
	return POL_OK;
}

static enum pol_status take_literals(const struct context *context, struct entry *entry)
{
	size_t count = 0;
	const char **lowered;

	while (entry->literals[count])
		count++;
	if (count == 0)
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->literals_line,
		                "rule %.60s needs at least one literal", entry->rule.id);
	lowered = arena_alloc(context->arena, count + 1, sizeof(*lowered));
	if (!lowered)
		return pol_fail_memory(context->err);
	for (size_t i = 0; i < count; i++) {
		char *literal = arena_string(context->arena, entry->literals[i]);
		const char *weakness;

		if (!literal)
			return pol_fail_memory(context->err);
		for (char *c = literal; *c; c++)
			*c = is_upper(*c) ? (char)(*c - 'A' + 'a') : *c;
		weakness = literal_weakness(slice_of(literal), context->strict);
		if (weakness)
			return pol_fail(context->err, POL_ECONFIG, context->path, entry->literals_line,
			                "the literal '%.60s' %s", literal, weakness);
		lowered[i] = literal;
	}
	entry->rule.literals = lowered;
	return POL_OK;
}

/* Alternatives are joined as (?:a)|(?:b); a single one stays as it is. */
static enum pol_status take_pattern(const struct context *context, struct entry *entry)
{
	const char *const *patterns = entry->patterns;
	bool is_single = patterns[0] && !patterns[1];
	CLEANUP(buf) struct buf joined = { 0 };

	for (const char *const *pattern = patterns; *pattern; pattern++) {
		if (!**pattern || strlen(*pattern) > MAX_PATTERN)
			return pol_fail(context->err, POL_ECONFIG, context->path, entry->pattern_line,
			                "a pattern must have 1 to %d bytes", MAX_PATTERN);
		if (is_single)
			buf_add_string(&joined, *pattern);
		else
			buf_printf(&joined, "%s(?:%s)", joined.size > 0 ? "|" : "", *pattern);
	}
	if (!buf_failed(&joined) && joined.size == 0)
		return pol_fail(context->err, POL_ECONFIG, context->path, entry->pattern_line,
		                "rule %.60s needs a pattern", entry->rule.id);
	entry->rule.pattern = buf_failed(&joined) ? NULL
	                                          : arena_copy(context->arena, joined.data, joined.size);
	return entry->rule.pattern ? POL_OK : pol_fail_memory(context->err);
}

/* ---- examples ----------------------------------------------------------------------------------------------------- */

/* Writes one name that the bytes of a glob's segment match: * is "example" before an extension, else nothing; of a set
 * its first byte. */
static void add_name(struct buf *name, struct slice glob)
{
	for (size_t i = 0; i < glob.size; i++) {
		char c = glob.data[i];
		bool is_before_extension = i == 0 && (glob.size == 1 || glob.data[1] == '.');
		size_t close = slice_find_char(slice_from(glob, i), ']');

		if (c == '*' && is_before_extension)
			buf_add_string(name, "example");
		else if (c == '?')
			buf_add_char(name, 'x');
		else if (c == '\\' && i + 1 < glob.size)
			buf_add_char(name, glob.data[++i]);
		else if (c == '[' && close != SIZE_MAX && i + 1 < glob.size) {
			buf_add_char(name, glob.data[i + 1]);
			i += close;
		} else if (c != '*')
			buf_add_char(name, c);
	}
}

/* A path that the glob matches: each segment as add_name makes it, without those that are ** alone. */
static void add_path(struct buf *path, struct slice glob)
{
	bool is_last = false;

	while (!is_last) {
		size_t slash = slice_find_char(glob, '/');
		struct slice segment = slice_sub(glob, 0, slash);

		is_last = slash == SIZE_MAX;
		glob = slice_from(glob, is_last ? slash : slash + 1);
		if (segment.size > 0 && !slice_equal(segment, SLICE("**"))) {
			add_name(path, segment);
			if (!is_last)
				buf_add_char(path, '/');
		} else if (is_last) {
			buf_add_string(path, "example.code");
		}
	}
}

/* The file name of an example that gives none: one that the first of the rule's globs matches. */
static enum pol_status default_file(const struct context *context, const struct rule *rule,
                                    const char **ret_file)
{
	CLEANUP(buf) struct buf name = { 0 };
	const char *file;

	add_path(&name, rule->files && rule->files[0] ? slice_of(rule->files[0]) : SLICE("**"));
	file = buf_failed(&name) ? NULL : arena_copy(context->arena, name.data, name.size);
	if (!file)
		return pol_fail_memory(context->err);
	*ret_file = file;
	return POL_OK;
}

static enum pol_status read_example(const struct context *context, const struct yaml_node *node,
                                    const char *file, struct rule_example *example)
{
	static const struct yaml_field example_fields[] = {
		{ "file", YAML_FIELD_STRING, .offset = offsetof(struct rule_example, file) },
		{ "text", YAML_FIELD_STRING, .offset = offsetof(struct rule_example, text),
		  .required = true },
		{ 0 },
	};

	example->file = file;
	if (node->type != YAML_SCALAR)
		return yaml_read_fields(context->arena, node, context->path, example_fields, example,
		                        context->err);
	example->text = node->scalar;
	return POL_OK;
}

/* node may be NULL: no examples. */
static enum pol_status read_examples(const struct context *context, const struct rule *rule,
                                     const struct yaml_node *node, const struct rule_example **ret_examples)
{
	size_t count = node && node->type == YAML_SEQUENCE ? node->count : 0;
	struct rule_example *examples;
	const char *file = NULL;
	enum pol_status status = default_file(context, rule, &file);

	if (node && node->type != YAML_SEQUENCE && node->type != YAML_NULL)
		return pol_fail(context->err, POL_ECONFIG, context->path, node->line,
		                "the examples of rule %.60s must be a list", rule->id);
	examples = arena_alloc(context->arena, count + 1, sizeof(*examples));
	if (!examples)
		return pol_fail_memory(context->err);
	for (size_t i = 0; status == POL_OK && i < count; i++)
		status = read_example(context, node->items[i], file, &examples[i]);
	if (status == POL_OK)
		*ret_examples = examples;
	return status;
}

/* Packs need examples of both sorts, and the names derived for those without one must be names that the rule reads. */
static enum pol_status check_examples(const struct context *context, const struct entry *entry, uint32_t line)
{
	const struct rule *rule = &entry->rule;

	if (!entry->match || entry->match->count < MIN_EXAMPLES || !entry->no_match ||
	    entry->no_match->count < MIN_EXAMPLES)
		return pol_fail(context->err, POL_ECONFIG, context->path, line,
		                "rule %.60s needs at least %d examples each under match and no_match",
		                rule->id, MIN_EXAMPLES);
	for (const struct rule_example *example = rule->match; example->file; example++)
		if ((rule->files && !glob_match_any(rule->files, example->file)) ||
		    glob_match_any(rule->not_files, example->file))
			return pol_fail(
				context->err, POL_ECONFIG, context->path, entry->match->line,
				"rule %.60s does not read its example's file '%.60s'; name another with "
				"{file:, text:}",
				rule->id, example->file);
	return POL_OK;
}

/* ---- entries ------------------------------------------------------------------------------------------------------ */

static void apply_defaults(struct entry *entry)
{
	struct rule *rule = &entry->rule;

	rule->message = rule->message ? rule->message : rule->title;
	rule->cwe = (uint16_t)entry->cwe;
	rule->span = (uint8_t)entry->span;
	rule->off = !entry->on;
	if (entry->place >= 0)
		rule->place = (enum rule_place)entry->place;
	else
		rule->place = rule->kind == KIND_SUPPRESSION ? PLACE_ABOVE : PLACE_TRAILING;
}

/* A list that is given but empty reads no file at all, which nobody means. */
static void forget_empty(const char *const **list)
{
	if (*list && !**list)
		*list = NULL;
}

static enum pol_status read_entry(const struct context *context, const struct yaml_node *node,
                                  struct rule *ret_rule)
{
	struct entry entry = { .rule = { .code = "", .why = "" }, .on = true, .place = -1 };
	enum pol_status status = yaml_read_fields(context->arena, node, context->path, fields, &entry,
	                                          context->err);

	if (status < 0)
		return status;
	if (entry.code_line == 0)
		entry.code_line = node->line;
	forget_empty(&entry.rule.files);
	forget_empty(&entry.rule.not_files);
	forget_empty(&entry.rule.references);
	apply_defaults(&entry);
	if ((status = check_names(context, &entry)) < 0 || (status = take_where(context, &entry)) < 0 ||
	    (status = take_literals(context, &entry)) < 0 || (status = take_pattern(context, &entry)) < 0 ||
	    (status = read_examples(context, &entry.rule, entry.match, &entry.rule.match)) < 0 ||
	    (status = read_examples(context, &entry.rule, entry.no_match, &entry.rule.no_match)) < 0)
		return status;
	if (context->strict && (status = check_examples(context, &entry, node->line)) < 0)
		return status;
	*ret_rule = entry.rule;
	return POL_OK;
}

static enum pol_status check_unique(const struct context *context, const struct rule *rules, size_t index,
                                    uint32_t line)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(rules[i].id, rules[index].id) == 0)
			return pol_fail(context->err, POL_ECONFIG, context->path, line,
			                "a rule with the id %.60s stands above already", rules[index].id);
	return POL_OK;
}

enum pol_status rules_read(struct arena *arena, const struct yaml_node *sequence, const char *path,
                           bool strict, struct rule **ret_rules, size_t *ret_count, struct pol_error *err)
{
	const struct context context = { arena, path, strict, err };
	struct rule *rules;
	enum pol_status status = POL_OK;

	if (sequence->type != YAML_SEQUENCE && sequence->type != YAML_NULL)
		return pol_fail(err, POL_ECONFIG, path, sequence->line, "expected a list of rules, not %s",
		                yaml_type_names[sequence->type]);
	if (sequence->count > MAX_RULES)
		return pol_fail(err, POL_ECONFIG, path, sequence->line, "more than %d rules", MAX_RULES);
	rules = arena_alloc(arena, sequence->count + 1, sizeof(*rules));
	if (!rules)
		return pol_fail_memory(err);
	for (size_t i = 0; status == POL_OK && i < sequence->count; i++) {
		status = read_entry(&context, sequence->items[i], &rules[i]);
		if (status == POL_OK)
			status = check_unique(&context, rules, i, sequence->items[i]->line);
	}
	if (status < 0)
		return status;
	*ret_rules = rules;
	*ret_count = sequence->count;
	return POL_OK;
}
