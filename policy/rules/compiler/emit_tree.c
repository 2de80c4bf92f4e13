/* emit_tree.c - C source for a YAML document that was read at build time, so that programs need not read it at each start. */
#include "policy/rules/compiler/emit.h"

#include <stdlib.h>

/* Nodes in the order written: a node stands before those it holds, so a queue does without recursion. */
struct queue {
	struct arena *arena;
	const struct yaml_node **nodes;
	size_t count, capacity;
	size_t links; /* pointers written so far: the items of a node, then its keys */
};

static bool enqueue(struct queue *queue, struct yaml_node *const *nodes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node **grown = arena_grow(queue->arena, queue->nodes, queue->count,
		                                            &queue->capacity, sizeof(*queue->nodes));

		if (!grown)
			return false;
		queue->nodes = grown;
		queue->nodes[queue->count++] = nodes[i];
	}
	return true;
}

static const char *type_name(enum yaml_type type)
{
	static const char *const names[] = { [YAML_NULL] = "YAML_NULL",
		                             [YAML_SCALAR] = "YAML_SCALAR",
		                             [YAML_SEQUENCE] = "YAML_SEQUENCE",
		                             [YAML_MAPPING] = "YAML_MAPPING" };

	return names[type];
}

/* A node's items, and keys if it has them, follow each other in the queue and so in the array of links, which begins with
 * the root. */
static bool emit_node(FILE *out, struct queue *queue, const struct yaml_node *node)
{
	size_t items = queue->count, keys = items + node->count;

	if (!enqueue(queue, node->items, node->count) ||
	    (node->type == YAML_MAPPING && !enqueue(queue, node->keys, node->count)))
		return false;
	(void)fprintf(out, "\t{ .type = %s, .line = %u, .column = %u, .quoted = %s, .count = %zu,",
	              type_name(node->type), (unsigned)node->line, (unsigned)node->column,
	              node->quoted ? "true" : "false", node->count);
	(void)fputs("\n\t  .scalar = ", out);
	emit_string(out, node->scalar);
	if (node->count > 0)
		(void)fprintf(out, ", .items = links + %zu", items);
	if (node->count > 0 && node->type == YAML_MAPPING)
		(void)fprintf(out, ", .keys = links + %zu", keys);
	(void)fputs(" },\n", out);
	return true;
}

static size_t count_nodes(struct arena *arena, struct yaml_node *root)
{
	struct queue queue = { .arena = arena };

	if (!enqueue(&queue, &root, 1))
		return 0;
	for (size_t i = 0; i < queue.count; i++) {
		const struct yaml_node *node = queue.nodes[i];

		if (!enqueue(&queue, node->items, node->count) ||
		    (node->type == YAML_MAPPING && !enqueue(&queue, node->keys, node->count)))
			return 0;
	}
	return queue.count;
}

enum pol_status emit_tree(FILE *out, const char *name, struct yaml_node *root)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct queue queue = { .arena = &arena };
	size_t count = count_nodes(&arena, root);

	if (count == 0 || !enqueue(&queue, &root, 1))
		return POL_ENOMEM;
	(void)fprintf(out,
	              "\n#include \"policy/config/yaml.h\"\n\n/* Never written to: the type of a node asks "
	              "for it. */\n"
	              "static struct yaml_node *links[%zu];\nstatic struct yaml_node nodes[%zu] = {\n",
	              count, count);
	for (size_t i = 0; i < queue.count; i++) {
		if (!emit_node(out, &queue, queue.nodes[i]))
			return POL_ENOMEM;
	}
	(void)fprintf(out, "};\nstatic struct yaml_node *links[%zu] = {\n", count);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(out, "\t&nodes[%zu],\n", i);
	(void)fprintf(out,
	              "};\nextern const struct yaml_node *const %s_tree;\nconst struct yaml_node *const "
	              "%s_tree = &nodes[0];\n",
	              name, name);
	return POL_OK;
}
