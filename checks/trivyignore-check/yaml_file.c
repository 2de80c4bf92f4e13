/* yaml_file.c - reads a .trivyignore.yaml. Trivy drops unknown keys without a word, so that "expires:" means for ever; here
 * each is an objection. */
#include "checks/trivyignore-check/entry.h"
#include "policy/config/yaml.h"
#include "policy/rules/lexer.h"
#include "policy/rules/scanner.h"

#include <string.h>

struct yaml_reader {
	struct arena *arena;
	struct ignore_entries *entries;
	struct lexed lexed;
};

static const char *const sections[] = { "vulnerabilities", "misconfigurations", "secrets", "licenses", NULL };
static const char *const entry_keys[] = { "id", "paths", "purls", "expired_at", "statement", NULL };

static bool is_listed(const char *const *list, const char *name)
{
	for (; *list; list++) {
		if (strcmp(*list, name) == 0)
			return true;
	}
	return false;
}

static struct ignore_entry *add_at(struct yaml_reader *reader, uint32_t line)
{
	struct ignore_entry *entry = entries_add(reader->arena, reader->entries);

	if (!entry)
		return NULL;
	/* YAML knows more line ends than an editor does: a lone CR, for one. */
	if (line > reader->lexed.line_count)
		line = reader->lexed.line_count > 0 ? (uint32_t)reader->lexed.line_count : 1;
	entry->line = line;
	entry->line_text = lexed_line(&reader->lexed, line);
	if (!entry->line_text.data)
		entry->line_text = slice_sub(reader->lexed.text, 0, 0);
	entry->where = slice_trim(entry->line_text);
	return entry;
}

static enum pol_status add_malformed(struct yaml_reader *reader, uint32_t line, const char *fix,
                                     const char *what)
{
	struct ignore_entry *entry = what ? add_at(reader, line) : NULL;

	if (!entry)
		return POL_ENOMEM;
	entry->malformed = what;
	entry->malformed_fix = fix;
	return POL_OK;
}

/* Trivy takes a bare date, or a time stamp; a quoted bare date breaks the whole file, and no value means for ever. */
static void read_expiry(const struct yaml_node *node, struct ignore_entry *entry)
{
	struct slice text = slice_of(node->scalar);
	bool is_stamp = text.size > 10 && (text.data[10] == 'T' || text.data[10] == ' ');
	int32_t day;

	if (node->type == YAML_NULL)
		return;
	entry->justification.until_text = node->type == YAML_SCALAR ? node->scalar : "";
	if (node->type != YAML_SCALAR || !date_parse(slice_sub(text, 0, 10), &day) ||
	    (text.size > 10 && !is_stamp))
		return;
	if (node->quoted && !is_stamp) {
		entry->malformed = "Trivy refuses the whole file because of a quoted date";
		entry->malformed_fix = "write the date without quotes";
	}
	entry->justification.until = day - 1; /* as exp: in plain.c */
}

static void read_statement(const struct yaml_node *node, struct ignore_entry *entry)
{
	struct slice text = slice_trim(slice_of(node->type == YAML_SCALAR ? node->scalar : NULL));

	if (text.size == 0)
		return;
	entry->justification.reason = node->scalar;
	entry->justification.form = FORM_NATIVE;
	entry->justification.line = node->line;
}

/* Comments at the entry's id count too, and may bring the fields that Trivy's form lacks. */
static enum pol_status read_comments(struct yaml_reader *reader, struct ignore_entry *entry)
{
	static const struct rule rule = {
		.id = "", .title = "", .message = "", .pattern = "", .place = PLACE_TRAILING
	};
	size_t start = (size_t)(entry->where.data - reader->lexed.text.data);
	const struct match match = { .rule = &rule, .start = start, .end = start + entry->where.size };
	const struct match_site site = { .lexed = &reader->lexed, .match = &match };
	struct justification *own = &entry->justification;
	struct justification found;

	if (justification_find(reader->arena, &site, &found) < 0)
		return POL_ENOMEM;
	if (!own->reason || (found.form > own->form && found.reason)) {
		own->reason = found.reason ? found.reason : own->reason;
		own->form = found.form > own->form ? found.form : own->form;
	}
	own->owner = found.owner;
	own->ticket = found.ticket;
	if (!own->until_text) {
		own->until_text = found.until_text;
		own->until = found.until;
	}
	own->line = own->line ? own->line : found.line;
	return POL_OK;
}

static void read_id(const struct yaml_node *node, struct ignore_entry *entry)
{
	const struct yaml_node *id = yaml_get(node, "id");
	size_t offset;

	if (!id || id->type != YAML_SCALAR || !*id->scalar) {
		entry->malformed = "the entry has no id, and Trivy matches it with nothing";
		entry->malformed_fix = "add id: with the vulnerability or check to ignore";
		return;
	}
	entry->id = slice_of(id->scalar);
	offset = slice_find(entry->line_text, id->scalar);
	if (offset != SIZE_MAX)
		entry->where = slice_sub(entry->line_text, offset, entry->id.size);
}

static enum pol_status read_key(struct yaml_reader *reader, const struct yaml_node *key,
                                const struct yaml_node *value, struct ignore_entry *entry)
{
	if (strcmp(key->scalar, "statement") == 0)
		read_statement(value, entry);
	else if (strcmp(key->scalar, "expired_at") == 0)
		read_expiry(value, entry);
	if (is_listed(entry_keys, key->scalar))
		return POL_OK;
	entry->malformed = arena_printf(
		reader->arena, "Trivy does not know the key \"%s\" and drops it without a word", key->scalar);
	entry->malformed_fix = "use statement for the reason and expired_at for the last day";
	return entry->malformed ? POL_OK : POL_ENOMEM;
}

static enum pol_status read_entry(struct yaml_reader *reader, const struct yaml_node *node, bool is_license)
{
	const struct yaml_node *id = yaml_get(node, "id");
	struct ignore_entry *entry;

	if (node->type != YAML_MAPPING)
		return add_malformed(reader, node->line, "write it as - id: CVE-…",
		                     "the entry is no mapping, and Trivy refuses the file");
	entry = add_at(reader, id ? id->line : node->line);
	if (!entry)
		return POL_ENOMEM;
	entry->is_license = is_license;
	read_id(node, entry);
	for (size_t i = 0; i < node->count; i++) {
		if (read_key(reader, node->keys[i], node->items[i], entry) < 0)
			return POL_ENOMEM;
	}
	return read_comments(reader, entry);
}

static enum pol_status read_section(struct yaml_reader *reader, const struct yaml_node *key,
                                    const struct yaml_node *list)
{
	if (!is_listed(sections, key->scalar))
		return add_malformed(
			reader, key->line, "use vulnerabilities, misconfigurations, secrets or licenses",
			arena_printf(reader->arena, "Trivy does not know the section \"%s\"", key->scalar));
	if (list->type == YAML_NULL)
		return POL_OK;
	if (list->type != YAML_SEQUENCE)
		return add_malformed(reader, list->line, "make it a list of entries: - id: CVE-…",
		                     "the section is no list");
	for (size_t i = 0; i < list->count; i++) {
		if (read_entry(reader, list->items[i], strcmp(key->scalar, "licenses") == 0) < 0)
			return POL_ENOMEM;
	}
	return POL_OK;
}

static enum pol_status read_root(struct yaml_reader *reader, const struct yaml_node *root)
{
	if (root->type == YAML_NULL)
		return POL_OK;
	if (root->type != YAML_MAPPING)
		return add_malformed(reader, root->line,
		                     "begin with vulnerabilities:", "the file is no mapping of sections");
	for (size_t i = 0; i < root->count; i++) {
		if (read_section(reader, root->keys[i], root->items[i]) < 0)
			return POL_ENOMEM;
	}
	return POL_OK;
}

enum pol_status entries_read_yaml(struct arena *arena, const char *path, struct slice text,
                                  struct ignore_entries *entries)
{
	struct yaml_reader reader = { .arena = arena, .entries = entries };
	struct yaml_node *root;
	struct pol_error err = { 0 };
	enum pol_status status = lexer_run(arena, language_of(path, text), text, &reader.lexed);

	if (status < 0)
		return status;
	status = yaml_parse(arena, text, path, &root, &err);
	if (status == POL_ENOMEM)
		return status;
	if (status < 0)
		return add_malformed(&reader, err.line ? err.line : 1, "make it a plain YAML document",
		                     arena_printf(arena, "the file cannot be read: %s", err.message));
	return read_root(&reader, root);
}
