/* fuzz_yaml.c - whatever the strict reader accepts keeps its promises: bounded depth and size, keys that are texts and
 * stand once, places inside the text, no NUL in a scalar. What it refuses is refused with a reason. */
#include "policy/config/yaml.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH = 16, NODES = 100000 };

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_node(const struct yaml_node *node, uint32_t lines)
{
	bool is_mapping = node->type == YAML_MAPPING;
	bool is_collection = is_mapping || node->type == YAML_SEQUENCE;

	demand(node->line >= 1 && node->line <= lines && node->column >= 1);
	demand(is_collection || node->count == 0);
	demand(node->type != YAML_NULL || (*node->scalar == '\0' && !node->quoted));
	for (size_t i = 0; is_mapping && i < node->count; i++) {
		demand(node->keys[i]->type == YAML_SCALAR);
		demand(yaml_get(node, node->keys[i]->scalar) ==
		       node->items[i]); /* the first of its name is itself */
	}
}

/* Walks the tree with a stack of the depth that was promised. */
static void check_tree(const struct yaml_node *root, uint32_t lines)
{
	const struct yaml_node *stack[DEPTH + 1] = { root };
	size_t next[DEPTH + 1] = { 0 };
	size_t depth = 1;
	size_t count = 0;

	while (depth > 0) {
		const struct yaml_node *node = stack[depth - 1];

		if (next[depth - 1] == 0) {
			check_node(node, lines);
			count += 1 + (node->type == YAML_MAPPING ? node->count : 0);
		}
		if (next[depth - 1] == node->count) {
			depth--;
			continue;
		}
		demand(depth <= DEPTH);
		stack[depth] = node->items[next[depth - 1]++];
		next[depth++] = 0;
	}
	demand(count <= NODES);
}

/* Lines as YAML 1.1 counts them: CR, NEL, LS and PS end one too; an upper bound is enough. */
static uint32_t count_lines(const uint8_t *data, size_t size)
{
	uint32_t lines = 2;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r' || data[i] == 0x85 || data[i] == 0xa8 ||
		         data[i] == 0xa9;
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct yaml_field fields[] = { { "id", YAML_FIELD_STRINGS, .offset = 0 }, { 0 } };
	CLEANUP(arena) struct arena arena = { 0 };
	struct yaml_node *root = NULL;
	struct pol_error err = { 0 };
	const char *const *ids = NULL;
	enum pol_status status = yaml_parse(&arena, (struct slice){ (const char *)data, size }, "f", &root,
	                                    &err);

	demand((status == POL_OK) == (root != NULL));
	if (status < 0) {
		demand(status == POL_ECONFIG && err.message[0] != '\0' && strcmp(err.path, "f") == 0);
		return 0;
	}
	check_tree(root, count_lines(data, size));
	demand(text_is_utf8((struct slice){ (const char *)data, size }));
	status = yaml_read_fields(&arena, root, "f", fields, &ids, &err);
	demand(status == POL_OK || (status == POL_ECONFIG && err.line > 0));
	return 0;
}
