/* explain.c - tells of rules, problems and policy. The tables are Markdown: the README holds what these functions write. */
#include "checks/explain.h"

#include "checks/explain_rules.h"
#include "policy/hint.h"

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

static enum pol_status write_table(const struct explained_rules *rules, FILE *out, struct pol_error *err)
{
	CLEANUP(buf) struct buf buf = { 0 };

	buf_add_string(&buf, "| code | id | kind | severity | title |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = rules->items[i];
		const char *cells[] = { rule->code, rule->id, rule_kind_names[rule->kind],
			                rule_severity_names[rule->severity], rule->title };

		add_row(&buf, cells, sizeof(cells) / sizeof(cells[0]));
	}
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

static void add_line(struct buf *buf, const char *before, const char *text)
{
	buf_add_string(buf, before);
	text_add_escaped(buf, slice_of(text), false);
	buf_add_char(buf, '\n');
}

static void add_list(struct buf *buf, const char *before, const char *const *texts)
{
	if (!texts || !*texts)
		return;
	buf_add_string(buf, before);
	for (; *texts; texts++) {
		text_add_escaped(buf, slice_of(*texts), false);
		buf_add_string(buf, texts[1] ? ", " : "\n");
	}
}

/* A text of several lines, indented. */
static void add_block(struct buf *buf, const char *indent, const char *text)
{
	struct slice rest = slice_of(text), line;

	while (slice_next_line(&rest, &line)) {
		buf_add_string(buf, line.size > 0 ? indent : "");
		text_add_escaped(buf, line, true);
		buf_add_char(buf, '\n');
	}
}

static void add_examples(struct buf *buf, const char *title, const struct rule_example *example)
{
	for (; example && example->file; example++) {
		buf_printf(buf, "\n%s", title);
		if (*example->file)
			add_line(buf, ", in ", example->file);
		else
			buf_add_char(buf, '\n');
		add_block(buf, "    ", example->text);
	}
}

static void add_facts(struct buf *buf, const struct rule *rule)
{
	text_add_escaped(buf, slice_of(rule->code), false);
	add_line(buf, *rule->code ? "  " : "", rule->id);
	add_line(buf, "", rule->title);
	buf_printf(buf, "\nkind:      %s\nseverity:  %s\n", rule_kind_names[rule->kind],
	           rule_severity_names[rule->severity]);
	if (rule->cwe)
		buf_printf(buf, "weakness:  CWE-%u, https://cwe.mitre.org/data/definitions/%u.html\n",
		           (unsigned)rule->cwe, (unsigned)rule->cwe);
	add_list(buf, "files:     ", rule->files);
	if (rule->off)
		buf_add_string(buf, "off unless the policy lists it under rules: on\n");
	if (*rule->why)
		add_line(buf, "\nWhy\n    ", rule->why);
	add_line(buf, "\nFix\n    ", rule->fix);
}

/* A name of a file that the rule reads, to tell the comment syntax by. */
static const char *sample_file(const struct rule *rule)
{
	if (rule->match && rule->match[0].file && *rule->match[0].file)
		return rule->match[0].file;
	return rule->files && rule->files[0] ? rule->files[0] : "path/to/file";
}

static enum pol_status add_hint(struct buf *buf, const struct rule *rule, const struct policy *policy,
                                const struct options *options, struct pol_error *err)
{
	CLEANUP(arena) struct arena arena = { 0 };
	const char *path = sample_file(rule);
	struct hint_request request = {
		.problem = PROBLEM_MISSING_REASON,
		.unwritten = true,
		.rule = rule,
		.path = path,
		.language = language_of(path, slice_of("")),
		.style = policy->style,
		.demand = policy_demand(policy, rule, rule->severity, path),
		.today = options->today == DATE_NONE ? date_today() : options->today,
	};
	const char *hint = NULL;

	if (options->max_days >= 0)
		request.demand.max_days = options->max_days;
	if (hint_build(&arena, &request, &hint) < 0)
		return pol_fail_memory(err);
	add_block(buf, "", hint);
	return POL_OK;
}

static enum pol_status explain_one(const struct rule *rule, const struct policy *policy,
                                   const struct options *options, FILE *out, struct pol_error *err)
{
	CLEANUP(buf) struct buf buf = { 0 };
	enum pol_status status;

	add_facts(&buf, rule);
	status = add_hint(&buf, rule, policy, options, err);
	add_examples(&buf, "Found", rule->match);
	add_examples(&buf, "Not found", rule->no_match);
	add_list(&buf, "\nSee also: ", rule->references);
	return status < 0 ? status : flush(&buf, out, err);
}

enum pol_status explain_rule(const struct cli_program *program, const struct options *options, FILE *out,
                             struct pol_error *err)
{
	CLEANUP(explained_rules) struct explained_rules rules = { 0 };
	enum pol_status status = explained_rules_load(program, options, &rules, err);
	bool found = false;

	for (size_t i = 0; i < rules.count && status == POL_OK; i++) {
		const struct rule *rule = rules.items[i];

		if (strcmp(rule->id, options->rule) != 0 && strcmp(rule->code, options->rule) != 0)
			continue;
		if (found)
			(void)fputs("\n", out);
		found = true;
		status = explain_one(rule, rules.policy, options, out, err);
	}
	if (status == POL_OK && !found)
		return pol_fail(err, POL_EUSAGE, NULL, 0,
		                "there is no rule \"%.200s\"; --list-rules lists ids and codes",
		                options->rule);
	return status;
}
