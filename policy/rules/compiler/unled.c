/* unled.c - tries patterns without the help of their literals. */
#include "policy/rules/compiler/unled.h"

#include "policy/base/glob.h"

static bool holds_literal(const struct rule *rule, struct slice text)
{
	for (const char *const *literal = rule->literals; *literal; literal++)
		if (slice_find_nocase(text, *literal) != SIZE_MAX)
			return true;
	return false;
}

/* From the start of the first to the end of the last line that the bytes start to end lie on. */
static struct slice whole_lines(struct slice text, size_t start, size_t end)
{
	size_t first = text_line_start(text, start);
	struct slice last = text_line_at(text, end > start ? end - 1 : end);

	return (struct slice){ text.data + first, (size_t)(last.data + last.size - (text.data + first)) };
}

/* The first match in text that no literal leads to, or an empty slice. */
static struct slice find_in(const struct rule *rule, struct regex_engine *engine, struct regex *regex,
                            struct slice text)
{
	const struct regex_subject subject = { text.data, text.size, false, false };
	struct slice lines;
	size_t start, end;

	if (regex_match(engine, regex, &subject, 0) != REGEX_YES ||
	    !regex_group(engine, regex, NULL, &start, &end) || end == start)
		return (struct slice){ 0 };
	lines = whole_lines(text, start, end);
	return holds_literal(rule, lines) ? (struct slice){ 0 } : lines;
}

static struct slice find_in_example(const struct rule *rule, struct regex_engine *engine, struct regex *regex,
                                    const char *text)
{
	struct slice rest = slice_of(text), found = { 0 }, line;

	if (rule->span > 0)
		return find_in(rule, engine, regex, rest);
	while (found.size == 0 && slice_next_line(&rest, &line))
		found = find_in(rule, engine, regex, line);
	return found;
}

static bool reads(const struct rule *rule, const char *file)
{
	return (!rule->files || glob_match_any(rule->files, file)) && !glob_match_any(rule->not_files, file);
}

static struct slice find_in_list(const struct rule *rule, struct regex_engine *engine, struct regex *regex,
                                 const struct rule_example *examples)
{
	struct slice found = { 0 };

	for (; examples && examples->file && found.size == 0; examples++)
		if (reads(rule, examples->file))
			found = find_in_example(rule, engine, regex, examples->text);
	return found;
}

void packs_check_unled(struct packs *packs, struct regex_engine *engine, size_t index)
{
	const struct rule *rule = &packs->rules[index];
	const struct origin *origin = &packs->origins[index];
	struct slice found = { 0 };
	struct regex *regex;
	struct pol_error err;

	if (regex_compile(engine, rule->pattern, &regex, &err) < 0)
		return;
	for (size_t i = 0; i < packs->count && found.size == 0; i++) {
		found = find_in_list(rule, engine, regex, packs->rules[i].match);
		if (found.size == 0)
			found = find_in_list(rule, engine, regex, packs->rules[i].no_match);
	}
	regex_free(regex);
	if (found.size > 0)
		packs_complain(packs, origin->path, origin->node->line,
		               "rule %s: its pattern matches this, which holds none of its literals: %.*s",
		               rule->id, (int)(found.size < 160 ? found.size : 160), found.data);
}
