/* explain.c - tells of rules, problems and policy. The tables are Markdown: the README holds what these functions write. */
#include "checks/explain.h"

#include "checks/explain_page.h"
#include "checks/explain_rules.h"
#include "policy/base/distance.h"

#include <string.h>

/* ---- tables ----------------------------------------------------------------------------------------------------------*/

/* A cell of a Markdown table: | would end it. */
static void add_cell(struct buf *buf, const char *text)
{
	CLEANUP(buf) struct buf cell = { 0 };

	text_add_escaped(&cell, slice_of(text), false);
	if (buf_failed(&cell))
		buf->failed = true;
	for (const char *c = cell.data; c && *c; c++) {
		if (*c == '|')
			buf_add_char(buf, '\\');
		buf_add_char(buf, *c);
	}
	buf_add_string(buf, " |");
}

static void add_row(struct buf *buf, const char *const *cells, size_t count)
{
	buf_add_char(buf, '|');
	for (size_t i = 0; i < count; i++) {
		buf_add_char(buf, ' ');
		add_cell(buf, cells[i]);
	}
	buf_add_char(buf, '\n');
}

static enum pol_status flush(struct buf *buf, FILE *out, struct pol_error *err)
{
	if (buf_failed(buf))
		return pol_fail_memory(err);
	if (buf->size > 0)
		(void)fwrite(buf->data, 1, buf->size, out);
	return POL_OK;
}

/* What stands in front of the number of a code: "TLS" of TLS01. */
static struct slice family_of(const struct rule *rule)
{
	struct slice family = slice_of(rule->code);

	while (family.size > 0 && family.data[family.size - 1] >= '0' && family.data[family.size - 1] <= '9')
		family.size--;
	return family;
}

/* The rules of a family, with a head when there are any; family.data NULL: all of them. */
static void add_table(struct buf *buf, const struct explained_rules *rules, struct slice family)
{
	bool any = false;

	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = rules->items[i];
		const char *cells[] = { rule->code, rule->id, rule_kind_names[rule->kind],
			                rule_severity_names[rule->severity], rule->title };

		if (family.data && !slice_equal_nocase(family_of(rule), family))
			continue;
		if (!any)
			buf_add_string(buf,
			               "| code | id | kind | severity | title |\n|---|---|---|---|---|\n");
		any = true;
		add_row(buf, cells, sizeof(cells) / sizeof(cells[0]));
	}
}

static enum pol_status write_table(const struct explained_rules *rules, FILE *out, struct pol_error *err)
{
	CLEANUP(buf) struct buf buf = { 0 };

	add_table(&buf, rules, (struct slice){ NULL, 0 });
	return flush(&buf, out, err);
}

enum pol_status explain_rules(const struct cli_program *program, const struct options *options, FILE *out,
                              struct pol_error *err)
{
	CLEANUP(explained_rules) struct explained_rules rules = { 0 };
	enum report_format format = options->outputs[0].format;
	enum pol_status status;

	if (options->output_count > 1 || options->outputs[0].path ||
	    (format != FORMAT_TEXT && format != FORMAT_JSON))
		return pol_fail(err, POL_EUSAGE, NULL, 0,
		                "--list-rules writes text or json, to standard output");
	status = explained_rules_load(program, options, &rules, err);
	if (status < 0)
		return status;
	if (format == FORMAT_TEXT)
		return write_table(&rules, out, err);
	return report_write_rules(rules.items, rules.count, out) < 0 ? pol_fail_memory(err) : POL_OK;
}

enum pol_status explain_problems(const struct cli_program *program, const struct options *options, FILE *out,
                                 struct pol_error *err)
{
	CLEANUP(buf) struct buf buf = { 0 };

	(void)program;
	(void)options;
	buf_add_string(&buf, "| problem | meaning |\n|---|---|\n");
	for (int i = 0; i < PROBLEM_COUNT; i++) {
		const char *cells[] = { problem_code((enum problem)i), problem_meaning((enum problem)i) };

		add_row(&buf, cells, 2);
	}
	return flush(&buf, out, err);
}

enum pol_status explain_policy(const struct cli_program *program, const struct options *options, FILE *out,
                               struct pol_error *err)
{
	(void)program;
	(void)options;
	(void)err;
	(void)fputs(policy_builtin_text(), out);
	return POL_OK;
}

/* ---- one rule --------------------------------------------------------------------------------------------------------*/

enum { MAX_SUGGESTED = 3, MAX_EDITS = 8 };

static bool is_named(const struct rule *rule, struct slice name)
{
	return slice_equal_nocase(slice_of(rule->id), name) ||
	       (name.size > 0 && slice_equal_nocase(slice_of(rule->code), name));
}

/* How far name is from a rule's id or code: less for names that it holds. SIZE_MAX = not meant. */
static size_t distance_to(const struct rule *rule, struct slice name)
{
	size_t id = text_distance(slice_of(rule->id), name);
	size_t code = *rule->code ? text_distance(slice_of(rule->code), name) : SIZE_MAX;
	size_t distance = id < code ? id : code;
	size_t limit = text_distance_limit(name.size);

	if (name.size >= 3 && slice_find_nocase(slice_of(rule->id), name.data) != SIZE_MAX)
		return 1;
	return distance <= (limit < MAX_EDITS ? limit : MAX_EDITS) ? distance + 1 : SIZE_MAX;
}

/* Puts rule among the nearest, in order; one of a code is enough when the code was meant. */
static void suggest(const struct rule *nearest[MAX_SUGGESTED], const struct rule *rule, struct slice name)
{
	size_t distance = distance_to(rule, name);

	for (size_t i = 0; distance != SIZE_MAX && i < MAX_SUGGESTED; i++) {
		const struct rule *other = nearest[i];

		if (other && distance_to(other, name) <= distance)
			continue;
		nearest[i] = rule;
		rule = other;
		distance = other ? distance_to(other, name) : SIZE_MAX;
	}
}

static enum pol_status fail_unknown(const struct explained_rules *rules, const char *name,
                                    struct pol_error *err)
{
	const struct rule *nearest[MAX_SUGGESTED] = { NULL };
	CLEANUP(buf) struct buf buf = { 0 };

	for (size_t i = 0; i < rules->count; i++)
		suggest(nearest, rules->items[i], slice_of(name));
	for (size_t i = 0; i < MAX_SUGGESTED && nearest[i]; i++)
		buf_printf(&buf, "%s%.40s%s%.12s%s", i == 0 ? "; did you mean " : " or ", nearest[i]->id,
		           *nearest[i]->code ? " (" : "", nearest[i]->code, *nearest[i]->code ? ")" : "");
	if (buf.size == 0)
		buf_add_string(&buf, "; --list-rules lists ids and codes");
	if (buf_failed(&buf))
		return pol_fail_memory(err);
	return pol_fail(err, POL_EUSAGE, NULL, 0, "there is no rule \"%.60s\"%s", name, buf.data);
}

/* The names of problems are asked for as well, since a report shows them beside rules. */
static bool explain_problem(const char *name, FILE *out)
{
	for (int i = 0; i < PROBLEM_COUNT; i++) {
		if (strcmp(problem_code((enum problem)i), name) != 0)
			continue;
		(void)fprintf(out, "%s\n%s\n\n--list-problems lists all problems.\n", name,
		              problem_meaning((enum problem)i));
		return true;
	}
	return false;
}

enum pol_status explain_rule(const struct cli_program *program, const struct options *options, FILE *out,
                             struct pol_error *err)
{
	CLEANUP(explained_rules) struct explained_rules rules = { 0 };
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status = explained_rules_load_all(program, options, &rules, err);
	struct slice name = slice_of(options->rule);

	for (size_t i = 0; i < rules.count && status == POL_OK; i++) {
		if (!is_named(rules.items[i], name))
			continue;
		if (buf.size > 0)
			buf_add_string(&buf, "\n----\n\n");
		status = explain_page(&buf, rules.items[i], rules.policy, options, err);
	}
	if (status == POL_OK && buf.size == 0 && name.size > 0)
		add_table(&buf, &rules, name);
	if (status < 0 || buf.size > 0 || buf_failed(&buf))
		return status < 0 ? status : flush(&buf, out, err);
	return explain_problem(options->rule, out) ? POL_OK : fail_unknown(&rules, options->rule, err);
}
