/* document.c - the reference of the rules as a page to read. */
#include "policy/rules/compiler/document.h"

#include <stdlib.h>
#include <string.h>

/* One pack: a run of rules that were read from the same file, and what the page says of it. */
struct section {
	const char *path;  /* as a link: "packs/tls.yaml" */
	struct slice name; /* "tls" */
	const char *about; /* one sentence, "" = none */
	size_t *rules;     /* indices, in the order shown */
	size_t count;
	bool has_cwe, has_peers; /* whether any rule does */
};

struct page {
	FILE *out;
	const struct packs *packs;
	struct arena arena;
};

/* ---- what is said of a pack -----------------------------------------------------------------------------------------------*/

/* The last folder and the file. */
static const char *link_of(const char *path)
{
	const char *name = strrchr(path, '/');

	while (name && name > path && name[-1] != '/')
		name--;
	return name ? name : path;
}

static struct slice name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct slice name = slice_of(slash ? slash + 1 : path);
	size_t dot = slice_find_last_char(name, '.');

	return slice_sub(name, 0, dot == SIZE_MAX ? name.size : dot);
}

/* The first sentence of the comment that a pack begins with. */
static enum pol_status read_about(struct arena *arena, const char *path, const char **ret_about,
                                  struct pol_error *err)
{
	CLEANUP(buf) struct buf content = { 0 }, about = { 0 };
	enum pol_status status = file_read(path, &content, err);
	struct slice rest = { content.data, content.size }, line;
	size_t end;

	if (status < 0)
		return status;
	while (slice_next_line(&rest, &line) && line.size > 1 && line.data[0] == '#') {
		buf_add_string(&about, about.size > 0 ? " " : "");
		line = slice_trim(slice_from(line, 1));
		buf_add(&about, line.data, line.size);
	}
	line = slice_of_buf(&about);
	end = slice_find(line, ". ");
	line = slice_sub(line, 0, end == SIZE_MAX ? line.size : end + 1);
	*ret_about = buf_failed(&about) ? NULL : arena_copy(arena, line.data, line.size);
	return *ret_about ? POL_OK : pol_fail_memory(err);
}

/* ---- order -----------------------------------------------------------------------------------------------------------------*/

/* Insertion: packs are short, and all but sorted. */
static void sort_rules(const struct packs *packs, size_t *rules, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		size_t rule = rules[i], j = i;
		const struct rule *one = &packs->rules[rule];

		for (; j > 0; j--) {
			const struct rule *other = &packs->rules[rules[j - 1]];
			int order = strcmp(other->code, one->code);

			if (order < 0 || (order == 0 && strcmp(other->id, one->id) <= 0))
				break;
			rules[j] = rules[j - 1];
		}
		rules[j] = rule;
	}
}

static bool is_link(const char *reference)
{
	return strncmp(reference, "http", 4) == 0;
}

static bool has_peers(const struct rule *rule)
{
	const char *const *reference = rule->references;

	while (reference && *reference && is_link(*reference))
		reference++;
	return reference && *reference;
}

/* The section of the rules from start on that share a file. */
static enum pol_status section_at(struct page *page, size_t start, struct section *ret_section,
                                  struct pol_error *err)
{
	const struct packs *packs = page->packs;
	const char *path = packs->origins[start].path;
	struct section section = { .path = link_of(path), .name = name_of(path) };
	enum pol_status status;

	while (start + section.count < packs->count &&
	       strcmp(packs->origins[start + section.count].path, path) == 0)
		section.count++;
	section.rules = arena_alloc(&page->arena, section.count, sizeof(*section.rules));
	if (!section.rules)
		return pol_fail_memory(err);
	for (size_t i = 0; i < section.count; i++) {
		section.rules[i] = start + i;
		section.has_cwe = section.has_cwe || packs->rules[start + i].cwe;
		section.has_peers = section.has_peers || has_peers(&packs->rules[start + i]);
	}
	sort_rules(packs, section.rules, section.count);
	status = read_about(&page->arena, path, &section.about, err);
	if (status == POL_OK)
		*ret_section = section;
	return status;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------------*/

/* Text of a cell: | would end it, and < begin a tag. */
static void put_text(const struct page *page, const char *text)
{
	for (; *text; text++) {
		if (*text == '|' || *text == '<' || *text == '*')
			(void)fputc('\\', page->out);
		(void)fputc(*text, page->out);
	}
}

static void put_peers(const struct page *page, const struct rule *rule)
{
	bool any = false;

	for (const char *const *reference = rule->references; reference && *reference; reference++) {
		if (is_link(*reference))
			continue;
		(void)fputs(any ? ", " : "", page->out);
		put_text(page, *reference);
		any = true;
	}
	(void)fputs(" |", page->out);
}

static void put_row(const struct page *page, const struct section *section, size_t index)
{
	const struct rule *rule = &page->packs->rules[index];

	(void)fprintf(page->out, "| %s | [%s](%s#L%u) | %s%s | ", rule->code, rule->id, section->path,
	              (unsigned)page->packs->origins[index].node->line, rule_severity_names[rule->severity],
	              rule->off ? ", off" : "");
	put_text(page, rule->title);
	(void)fputs(" |", page->out);
	if (section->has_cwe && rule->cwe)
		(void)fprintf(page->out, " [CWE-%u](https://cwe.mitre.org/data/definitions/%u.html) |",
		              (unsigned)rule->cwe, (unsigned)rule->cwe);
	else if (section->has_cwe)
		(void)fputs(" |", page->out);
	if (section->has_peers) {
		(void)fputc(' ', page->out);
		put_peers(page, rule);
	}
	(void)fputc('\n', page->out);
}

static void put_section(const struct page *page, const struct section *section)
{
	(void)fprintf(
		page->out,
		"\n### %.*s\n\n%s\n\n| code | rule | severity | what it finds |%s%s\n|---|---|---|---|%s%s\n",
		(int)section->name.size, section->name.data, section->about,
		section->has_cwe ? " weakness |" : "", section->has_peers ? " elsewhere |" : "",
		section->has_cwe ? "---|" : "", section->has_peers ? "---|" : "");
	for (size_t i = 0; i < section->count; i++)
		put_row(page, section, section->rules[i]);
}

static void put_index_row(const struct page *page, const struct section *section)
{
	const char *first = page->packs->rules[section->rules[0]].code;
	const char *last = page->packs->rules[section->rules[section->count - 1]].code;

	(void)fprintf(page->out, "| [%.*s](#%.*s) | %s%s%s | %zu | ", (int)section->name.size,
	              section->name.data, (int)section->name.size, section->name.data, first,
	              strcmp(first, last) == 0 ? "" : " … ", strcmp(first, last) == 0 ? "" : last,
	              section->count);
	put_text(page, section->about);
	(void)fputs(" |\n", page->out);
}

/* Calls put for each pack. */
static enum pol_status put_each(struct page *page, void (*put)(const struct page *, const struct section *),
                                struct pol_error *err)
{
	struct section section = { 0 };

	for (size_t start = 0; start < page->packs->count; start += section.count) {
		enum pol_status status = section_at(page, start, &section, err);

		if (status < 0)
			return status;
		put(page, &section);
	}
	return POL_OK;
}

enum pol_status document_packs(FILE *out, const struct packs *packs, struct pol_error *err)
{
	struct page page = { .out = out, .packs = packs };
	enum pol_status status;

	(void)fputs("| pack | codes | rules | what they find |\n|---|---|---|---|\n", out);
	status = put_each(&page, put_index_row, err);
	if (status == POL_OK)
		status = put_each(&page, put_section, err);
	arena_free(&page.arena);
	return status;
}
