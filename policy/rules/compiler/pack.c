/* pack.c - reads packs entry by entry, so that one run shows what is wrong with every rule. */
#include "policy/rules/compiler/pack.h"

#include "policy/config/rule_file.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum { FILE_MAX = 16 * 1024 * 1024 };

void packs_free(struct packs *packs)
{
	arena_free(&packs->arena);
}

static void print_place(FILE *out, const char *path, uint32_t line)
{
	if (line > 0)
		(void)fprintf(out, "%s:%u: ", path, line);
	else
		(void)fprintf(out, "%s: ", path);
}

void packs_complain(struct packs *packs, const char *path, uint32_t line, const char *format, ...)
{
	va_list args;

	packs->problems++;
	print_place(packs->out, path, line);
	va_start(args, format);
	(void)vfprintf(packs->out, format, args);
	va_end(args);
	(void)fputc('\n', packs->out);
}

void packs_warn(const struct packs *packs, const char *path, uint32_t line, const char *format, ...)
{
	va_list args;

	print_place(packs->out, path, line);
	(void)fputs("warning: ", packs->out);
	va_start(args, format);
	(void)vfprintf(packs->out, format, args);
	va_end(args);
	(void)fputc('\n', packs->out);
}

enum pol_status file_read(const char *path, struct buf *ret_content, struct pol_error *err)
{
	FILE *file = fopen(path, "rb");
	int cause;

	if (!file)
		return pol_fail(err, POL_EIO, path, 0, "cannot be opened: %s", strerror(errno));
	ret_content->limit = FILE_MAX;
	while (!feof(file) && !ferror(file) && !buf_failed(ret_content)) {
		char chunk[16384];
		size_t size = fread(chunk, 1, sizeof(chunk), file);

		buf_add(ret_content, chunk, size);
	}
	cause = ferror(file) ? EIO : 0;
	(void)fclose(file);
	if (cause)
		return pol_fail(err, POL_EIO, path, 0, "cannot be read: %s", strerror(cause));
	if (buf_failed(ret_content))
		return pol_fail(err, POL_ELIMIT, path, 0, "is larger than %d bytes", FILE_MAX);
	return POL_OK;
}

/* id is the rule's, "" = none. */
static void report(struct packs *packs, const char *path, const char *id, const struct pol_error *err)
{
	bool is_named = !id[0] || strstr(err->message, id);

	packs_complain(packs, err->path[0] ? err->path : path, err->line, "%s%s%s%s", is_named ? "" : "rule ",
	               is_named ? "" : id, is_named ? "" : ": ", err->message);
}

static void add_rule(struct packs *packs, const struct rule *rule, struct origin origin)
{
	struct rule *rules = arena_grow(&packs->arena, packs->rules, packs->count, &packs->rule_capacity,
	                                sizeof(*rules));
	struct origin *origins = arena_grow(&packs->arena, packs->origins, packs->count,
	                                    &packs->origin_capacity, sizeof(*origins));

	if (!rules || !origins) {
		packs_complain(packs, origin.path, 0, "out of memory");
		return;
	}
	packs->rules = rules;
	packs->origins = origins;
	rules[packs->count] = *rule;
	origins[packs->count++] = origin;
}

/* Each entry is read as a list of its own: a fault in one does not hide those of the next. */
static void read_entries(struct packs *packs, const char *path, const struct yaml_node *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		struct yaml_node one = *rules;
		struct pol_error err = { 0 };
		struct rule *rule;
		size_t count;
		const struct yaml_node *id = yaml_get(rules->items[i], "id");

		one.items = &rules->items[i];
		one.count = 1;
		if (rules_read(&packs->arena, &one, path, true, &rule, &count, &err) < 0)
			report(packs, path, id ? id->scalar : "", &err);
		else if (count == 1)
			add_rule(packs, rule, (struct origin){ path, rules->items[i] });
	}
}

void packs_read(struct packs *packs, const char *path)
{
	CLEANUP(buf) struct buf content = { 0 };
	struct pol_error err = { 0 };
	struct yaml_node *root;
	const struct yaml_node *rules;

	if (file_read(path, &content, &err) < 0 ||
	    yaml_parse(&packs->arena, (struct slice){ content.data, content.size }, path, &root, &err) < 0) {
		report(packs, path, "", &err);
		return;
	}
	rules = yaml_get(root, "rules");
	if (!rules || root->count != 1)
		packs_complain(packs, path, root->line, "a pack must hold the key 'rules' and no other");
	else if (rules->type != YAML_SEQUENCE || rules->count == 0)
		packs_complain(packs, path, rules->line, "'rules' must be a list of at least one rule");
	else
		read_entries(packs, path, rules);
}

uint32_t packs_example_line(const struct packs *packs, size_t rule, const char *key, size_t index)
{
	const struct yaml_node *node = packs->origins[rule].node;
	const struct yaml_node *examples = yaml_get(node, key);

	return examples && index < examples->count ? examples->items[index]->line : node->line;
}
