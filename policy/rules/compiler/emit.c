/* emit.c - C source for a rule set. Lists that several rules share are written once. */
#include "policy/rules/compiler/emit.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBERS_PER_LINE = 24 };

/* ---- strings ------------------------------------------------------------------------------------------------------------ */

/* Three octal digits never run into what follows; "?" is written so that no trigraph comes about. */
static void emit_byte(FILE *out, char c)
{
	unsigned byte = (unsigned char)c;

	if (c == '\n')
		(void)fputs("\\n", out);
	else if (c == '"' || c == '\\' || c == '?')
		(void)fprintf(out, "\\%c", c);
	else if (byte < 0x20 || byte >= 0x7f)
		(void)fprintf(out, "\\%03o", byte);
	else
		(void)fputc(c, out);
}

/* A literal, cut after line ends and after 100 bytes; continuation lines are indented. */
static void emit_slice(FILE *out, struct slice text, const char *indent)
{
	size_t width = 0;

	(void)fputc('"', out);
	for (size_t i = 0; i < text.size; i++) {
		emit_byte(out, text.data[i]);
		width++;
		if ((text.data[i] == '\n' || width >= 100) && i + 1 < text.size) {
			(void)fprintf(out, "\"\n%s\"", indent);
			width = 0;
		}
	}
	(void)fputc('"', out);
}

void emit_string(FILE *out, const char *text)
{
	if (text)
		emit_slice(out, slice_of(text), "\t\t");
	else
		(void)fputs("NULL", out);
}

/* Standard C promises literals of 4,095 bytes only; the compilers that this is built with take any size. */
static void emit_pragma(FILE *out)
{
	(void)fputs("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n", out);
}

void emit_text(FILE *out, const char *name, struct slice text)
{
	(void)fputs("/* Written by rulec from a file of the source tree: change that file. */\n", out);
	emit_pragma(out);
	(void)fprintf(out, "extern const char %s[];\nconst char %s[] =\n\t", name, name);
	emit_slice(out, text, "\t");
	(void)fputs(";\n", out);
}

/* ---- lists --------------------------------------------------------------------------------------------------------------- */

/* Which lists were written, in order; list_N is the N-th. */
struct lists {
	const char *const **items;
	size_t count;
};

static bool lists_equal(const char *const *a, const char *const *b)
{
	size_t i = 0;

	while (a[i] && b[i] && strcmp(a[i], b[i]) == 0)
		i++;
	return !a[i] && !b[i];
}

static size_t list_number(const struct lists *lists, const char *const *list)
{
	size_t i = 0;

	while (i < lists->count && !lists_equal(lists->items[i], list))
		i++;
	return i;
}

static void emit_strings(FILE *out, const char *const *list)
{
	for (; list && *list; list++) {
		emit_string(out, *list);
		(void)fputs(", ", out);
	}
	(void)fputs("NULL };\n", out);
}

static void emit_list(FILE *out, struct lists *lists, const char *const *list)
{
	size_t number = list ? list_number(lists, list) : 0;

	if (!list || number < lists->count)
		return;
	lists->items[lists->count++] = list;
	(void)fprintf(out, "static const char *const list_%zu[] = { ", number);
	emit_strings(out, list);
}

static void emit_lists(FILE *out, struct lists *lists, const struct ruleset *set)
{
	for (size_t i = 0; i < set->rule_count; i++) {
		emit_list(out, lists, set->rules[i].files);
		emit_list(out, lists, set->rules[i].not_files);
		emit_list(out, lists, set->rules[i].references);
	}
	(void)fputc('\n', out);
}

/* ---- rules --------------------------------------------------------------------------------------------------------------- */

static void emit_member(FILE *out, const char *name, const char *text)
{
	(void)fprintf(out, "\t\t.%s = ", name);
	emit_string(out, text);
	(void)fputs(",\n", out);
}

static void emit_list_member(FILE *out, const char *name, const struct lists *lists, const char *const *list)
{
	if (list)
		(void)fprintf(out, "\t\t.%s = list_%zu,\n", name, list_number(lists, list));
}

static void emit_rule(FILE *out, const struct lists *lists, const struct rule *rule)
{
	(void)fputs("\t{\n", out);
	emit_member(out, "id", rule->id);
	emit_member(out, "code", rule->code);
	emit_member(out, "title", rule->title);
	emit_member(out, "message", rule->message);
	emit_member(out, "why", rule->why);
	emit_member(out, "fix", rule->fix);
	emit_member(out, "native", rule->native);
	(void)fprintf(out, "\t\t.kind = %d,\n\t\t.severity = %d,\n\t\t.scope = %d,\n\t\t.place = %d,\n",
	              (int)rule->kind, (int)rule->severity, (int)rule->scope, (int)rule->place);
	(void)fprintf(out, "\t\t.cwe = %u,\n\t\t.where = %u,\n\t\t.span = %u,\n\t\t.off = %s,\n", rule->cwe,
	              rule->where, rule->span, rule->off ? "true" : "false");
	emit_list_member(out, "files", lists, rule->files);
	emit_list_member(out, "not_files", lists, rule->not_files);
	emit_member(out, "pattern", rule->pattern);
	emit_member(out, "path", rule->path);
	emit_member(out, "requires_", rule->requires_);
	emit_member(out, "unless", rule->unless);
	emit_member(out, "unless_line", rule->unless_line);
	emit_member(out, "requires_near", rule->requires_near);
	emit_member(out, "unless_near", rule->unless_near);
	emit_list_member(out, "references", lists, rule->references);
	(void)fputs("\t},\n", out);
}

static enum pol_status emit_rules(FILE *out, const struct ruleset *set)
{
	struct lists lists = { .items = calloc(4 * set->rule_count + 1, sizeof(*lists.items)) };

	if (!lists.items)
		return POL_ENOMEM;
	emit_lists(out, &lists, set);
	(void)fputs("\nstatic const struct rule rules[] = {\n", out);
	for (size_t i = 0; i < set->rule_count; i++)
		emit_rule(out, &lists, &set->rules[i]);
	(void)fputs("};\n\n", out);
	free(lists.items);
	return POL_OK;
}

/* ---- the automaton ------------------------------------------------------------------------------------------------------- */

/* Needle by needle, each text with a NUL behind it, as their offsets say. */
static void emit_texts(FILE *out, const struct ruleset *set)
{
	size_t size = 1;

	for (size_t i = 0; i < set->needle_count; i++) {
		size_t end = (size_t)set->needles[i].text + set->needles[i].length + 1;

		size = end > size ? end : size;
	}
	(void)fputs("static const char texts[] =\n\t\t", out);
	emit_slice(out, (struct slice){ set->texts, size - 1 }, "\t\t");
	(void)fputs(";\n\n", out);
}

static void emit_needles(FILE *out, const struct ruleset *set)
{
	(void)fputs("static const struct needle needles[] = {\n", out);
	for (size_t i = 0; i < set->needle_count; i++) {
		const struct needle *needle = &set->needles[i];

		(void)fprintf(out, "\t{ %u, %u, %u, %u, %u, %s },\n", needle->text, needle->rule,
		              needle->length, needle->from, needle->size, needle->exact ? "true" : "false");
	}
	(void)fputs("};\n\n", out);
}

/* An array of count numbers; at least one, since C knows no empty arrays. */
static void emit_numbers(FILE *out, const char *name, const uint16_t *numbers, size_t count)
{
	(void)fprintf(out, "static const uint16_t %s[] = {", name);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, "%s%u,", i % NUMBERS_PER_LINE == 0 ? "\n\t" : "", numbers[i]);
	(void)fputs(count == 0 ? "0 };\n\n" : "\n};\n\n", out);
}

static void emit_classes(FILE *out, const struct ruleset *set)
{
	(void)fputs("static const uint8_t classes[256] = {", out);
	for (size_t i = 0; i < 256; i++)
		(void)fprintf(out, "%s%u,", i % NUMBERS_PER_LINE == 0 ? "\n\t" : "", set->classes[i]);
	(void)fputs("\n};\n\n", out);
}

enum pol_status emit_ruleset(FILE *out, const struct ruleset *set)
{
	const uint32_t matching = set->state_count - set->first_match;

	(void)fputs("/* Written by rulec from policy/rules/packs: change those files. */\n"
	            "#include \"policy/rules/packs.h\"\n\n",
	            out);
	emit_pragma(out);
	if (emit_rules(out, set) < 0)
		return POL_ENOMEM;
	emit_texts(out, set);
	emit_needles(out, set);
	emit_classes(out, set);
	emit_numbers(out, "next", set->next, (size_t)set->state_count << set->shift);
	emit_numbers(out, "outputs", set->outputs, matching + 1);
	emit_numbers(out, "links", set->links, matching);
	emit_numbers(out, "groups", set->groups, set->rule_count);
	(void)fprintf(out,
	              "const struct ruleset packs_ruleset = {\n"
	              "\t.rules = rules,\n\t.rule_count = %zu,\n\t.needles = needles,\n"
	              "\t.needle_count = %zu,\n\t.texts = texts,\n\t.classes = classes,\n\t.shift = "
	              "%u,\n\t.next = next,\n"
	              "\t.state_count = %u,\n\t.first_match = %u,\n\t.outputs = outputs,\n"
	              "\t.links = links,\n\t.longest = %u,\n\t.groups = groups,\n"
	              "\t.group_count = %zu,\n\t.tried = true,\n};\n",
	              set->rule_count, set->needle_count, set->shift, set->state_count, set->first_match,
	              set->longest, set->group_count);
	return POL_OK;
}

/* ---- proofs --------------------------------------------------------------------------------------------------------------- */

static void emit_examples(FILE *out, const char *name, size_t index, const struct rule_example *examples)
{
	(void)fprintf(out, "static const struct rule_example %s_%zu[] = {\n", name, index);
	for (; examples && examples->file; examples++) {
		(void)fputs("\t{ ", out);
		emit_string(out, examples->file);
		(void)fputs(", ", out);
		emit_string(out, examples->text);
		(void)fputs(" },\n", out);
	}
	(void)fputs("\t{ NULL, NULL },\n};\n", out);
}

void emit_proofs(FILE *out, const struct rule *rules, size_t count)
{
	(void)fputs("/* Written by rulec from policy/rules/packs: change those files. */\n"
	            "#include \"policy/rules/packs.h\"\n\n",
	            out);
	emit_pragma(out);
	for (size_t i = 0; i < count; i++) {
		(void)fprintf(out, "static const char *const literals_%zu[] = { ", i);
		emit_strings(out, rules[i].literals);
		emit_examples(out, "match", i, rules[i].match);
		emit_examples(out, "no_match", i, rules[i].no_match);
	}
	(void)fputs("\nconst struct packs_proof packs_proofs[] = {\n", out);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, "\t{ literals_%zu, match_%zu, no_match_%zu },\n", i, i, i);
	(void)fputs("\t{ NULL, NULL, NULL },\n};\n", out);
}
