/* yaml.c - strict YAML: builds a tree from libyaml's events, with an explicit stack and a bound for everything. */
#include "policy/config/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

enum { MAX_DEPTH = 16, MAX_NODES = 100000, MAX_BYTES = 4 * 1024 * 1024 };

const char *const yaml_type_names[] = {
	[YAML_NULL] = "nothing",
	[YAML_SCALAR] = "a single value",
	[YAML_SEQUENCE] = "a list",
	[YAML_MAPPING] = "a mapping",
};

/* A sequence or mapping that is still open. */
struct frame {
	struct yaml_node *node;
	struct yaml_node *key; /* mapping: read, its value is still to come */
	size_t item_capacity, key_capacity;
};

struct builder {
	struct arena *arena;
	const char *path;
	struct pol_error *err;
	struct yaml_node *root;
	size_t node_count;
	size_t depth;
	struct frame stack[MAX_DEPTH];
};

static uint32_t line_of(yaml_mark_t mark)
{
	return (uint32_t)mark.line + 1;
}

/* libyaml's word for a mistake, and what to tell its author. */
static const char *advice_for(const char *problem)
{
	static const struct {
		const char *problem, *advice;
	} table[] = {
		{ "found character that cannot start any token",
		  "a value can't start with @, ` or %, and a tab can't indent; put the value in quotes or "
		  "use blanks" },
		{ "mapping values are not allowed in this context",
		  "the indentation does not fit, or a value holds ': ' and must be put in quotes" },
		{ "did not find expected key",
		  "the indentation does not fit, or there is text behind a closing quote or bracket" },
		{ "could not find expected ':'", "expected 'key: value' or '- item'" },
		{ "did not find expected '-' indicator",
		  "expected another '- item' of the list above, with the same indentation" },
		{ "did not find expected ',' or ']'", "a list that opens with [ is not closed with ]" },
		{ "did not find expected ',' or '}'", "a mapping that opens with { is not closed with }" },
		{ "found unexpected end of stream", "a quoted value is not closed" },
		{ "found a tab character that violates indentation", "a tab can't indent; use blanks" },
		{ "found a tab character where an indentation space is expected",
		  "a tab can't indent; use blanks" },
		{ "block sequence entries are not allowed in this context",
		  "'- ' can't stand here; put the list on lines of its own below its key" },
		{ "did not find expected node content",
		  "a value is missing here, must be put in quotes, or a bracket is not closed" },
		{ "found unknown escape character",
		  "a backslash in double quotes starts an escape; use single quotes" },
		{ "control characters are not allowed", "it holds a control character" },
	};

	for (size_t i = 0; problem && i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].problem, problem) == 0)
			return table[i].advice;
	return problem ? problem : "it can't be read";
}

/* libyaml finds what is missing at the end behind the last line. */
static uint32_t last_line(struct slice text)
{
	uint32_t line, column;

	text_position(text, text.size > 0 ? text.size - 1 : 0, &line, &column);
	return line;
}

static enum pol_status fail_syntax(const struct builder *builder, const yaml_parser_t *parser,
                                   struct slice text)
{
	uint32_t line = line_of(parser->problem_mark);
	uint32_t column;
	const char *advice = advice_for(parser->problem);

	if (parser->error == YAML_MEMORY_ERROR)
		return pol_fail_memory(builder->err);
	if (parser->error == YAML_READER_ERROR) {
		text_position(text, parser->problem_offset, &line, &column);
		if (!text_is_utf8(text))
			advice = "it is not valid UTF-8";
	}
	if (line > last_line(text))
		line = last_line(text);
	return pol_fail(builder->err, POL_ECONFIG, builder->path, line, "this is no valid YAML: %s", advice);
}

/* Adds node to the collection that is open, or makes it the root. */
static enum pol_status place(struct builder *builder, struct yaml_node *node)
{
	struct frame *top = builder->depth > 0 ? &builder->stack[builder->depth - 1] : NULL;
	struct yaml_node *parent = top ? top->node : NULL;

	if (!parent) {
		builder->root = node;
		return POL_OK;
	}
	if (parent->type == YAML_MAPPING && !top->key) {
		top->key = node;
		return POL_OK;
	}
	parent->items = arena_grow(builder->arena, parent->items, parent->count, &top->item_capacity,
	                           sizeof(struct yaml_node *));
	if (parent->type == YAML_MAPPING)
		parent->keys = arena_grow(builder->arena, parent->keys, parent->count, &top->key_capacity,
		                          sizeof(struct yaml_node *));
	if (!parent->items || (parent->type == YAML_MAPPING && !parent->keys))
		return pol_fail_memory(builder->err);
	if (parent->type == YAML_MAPPING)
		parent->keys[parent->count] = top->key;
	parent->items[parent->count++] = node;
	top->key = NULL;
	return POL_OK;
}

static bool expects_key(const struct builder *builder)
{
	const struct frame *top = builder->depth > 0 ? &builder->stack[builder->depth - 1] : NULL;

	return top && top->node->type == YAML_MAPPING && !top->key;
}

/* A node of the given type for event, placed in the tree; refuses what may stand at no node. */
static enum pol_status add_node(struct builder *builder, const yaml_event_t *event, enum yaml_type type,
                                struct yaml_node **ret_node)
{
	struct yaml_node *node;
	uint32_t line = line_of(event->start_mark);

	if (builder->node_count >= MAX_NODES)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line,
		                "more than %d values and keys; split the file", MAX_NODES);
	if (type != YAML_SCALAR && expects_key(builder))
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line,
		                "a key must be plain text, not %s", yaml_type_names[type]);
	node = arena_alloc(builder->arena, 1, sizeof(*node));
	if (!node)
		return pol_fail_memory(builder->err);
	*node = (struct yaml_node){
		.type = type, .line = line, .column = (uint32_t)event->start_mark.column + 1, .scalar = ""
	};
	builder->node_count++;
	*ret_node = node;
	return POL_OK;
}

static enum pol_status refuse_decoration(const struct builder *builder, const yaml_event_t *event,
                                         const yaml_char_t *anchor, const yaml_char_t *tag)
{
	uint32_t line = line_of(event->start_mark);

	if (anchor)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line,
		                "anchors (&%s) are not allowed; write the value out, or put it in quotes",
		                (const char *)anchor);
	if (tag)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line,
		                "tags (%s) are not allowed; leave the tag out, or put the value in quotes",
		                (const char *)tag);
	return POL_OK;
}

static enum pol_status check_key(const struct builder *builder, const struct yaml_node *key)
{
	if (!key->quoted && !*key->scalar)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, key->line,
		                "a key is missing before ':'");
	if (!key->quoted && strcmp(key->scalar, "<<") == 0)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, key->line,
		                "merge keys (<<) are not allowed; write the keys out");
	return POL_OK;
}

static bool is_null_word(const char *scalar)
{
	static const char *const words[] = { "", "~", "null", "Null", "NULL" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], scalar) == 0)
			return true;
	return false;
}

static enum pol_status add_scalar(struct builder *builder, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t size = event->data.scalar.length;
	bool is_key = expects_key(builder);
	struct yaml_node *node;
	enum pol_status status = refuse_decoration(builder, event, event->data.scalar.anchor,
	                                           event->data.scalar.tag);

	if (status < 0)
		return status;
	if (memchr(value, '\0', size))
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line_of(event->start_mark),
		                "a value holds a NUL byte");
	status = add_node(builder, event, YAML_SCALAR, &node);
	if (status < 0)
		return status;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->scalar = arena_copy(builder->arena, value, size);
	if (!node->scalar)
		return pol_fail_memory(builder->err);
	if (is_key && (status = check_key(builder, node)) < 0)
		return status;
	if (!is_key && !node->quoted && is_null_word(node->scalar)) {
		node->type = YAML_NULL;
		node->scalar = "";
	}
	return place(builder, node);
}

static enum pol_status open_collection(struct builder *builder, const yaml_event_t *event)
{
	bool is_mapping = event->type == YAML_MAPPING_START_EVENT;
	struct yaml_node *node;
	enum pol_status status;

	status = is_mapping ? refuse_decoration(builder, event, event->data.mapping_start.anchor,
	                                        event->data.mapping_start.tag)
	                    : refuse_decoration(builder, event, event->data.sequence_start.anchor,
	                                        event->data.sequence_start.tag);
	if (status < 0)
		return status;
	if (builder->depth == MAX_DEPTH)
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line_of(event->start_mark),
		                "nested deeper than %d levels", MAX_DEPTH);
	status = add_node(builder, event, is_mapping ? YAML_MAPPING : YAML_SEQUENCE, &node);
	if (status < 0 || (status = place(builder, node)) < 0)
		return status;
	builder->stack[builder->depth++] = (struct frame){ .node = node };
	return POL_OK;
}

static int compare_keys(const void *a, const void *b)
{
	const struct yaml_node *x = *(const struct yaml_node *const *)a;
	const struct yaml_node *y = *(const struct yaml_node *const *)b;
	int order = strcmp(x->scalar, y->scalar);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

/* Sorted, so that a mapping of very many keys costs no square. */
static enum pol_status refuse_duplicates(const struct builder *builder, const struct yaml_node *mapping)
{
	struct yaml_node **sorted = arena_alloc(builder->arena, mapping->count, sizeof(struct yaml_node *));

	if (!sorted)
		return pol_fail_memory(builder->err);
	if (mapping->count < 2)
		return POL_OK;
	memcpy(sorted, mapping->keys, mapping->count * sizeof(struct yaml_node *));
	qsort(sorted, mapping->count, sizeof(struct yaml_node *), compare_keys);
	for (size_t i = 1; i < mapping->count; i++)
		if (strcmp(sorted[i - 1]->scalar, sorted[i]->scalar) == 0)
			return pol_fail(builder->err, POL_ECONFIG, builder->path, sorted[i]->line,
			                "key '%s' stands here a second time, first on line %u; keep one",
			                sorted[i]->scalar, sorted[i - 1]->line);
	return POL_OK;
}

static enum pol_status close_collection(struct builder *builder)
{
	const struct yaml_node *node = builder->stack[--builder->depth].node;

	return node->type == YAML_MAPPING ? refuse_duplicates(builder, node) : POL_OK;
}

static enum pol_status take_event(struct builder *builder, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return add_scalar(builder, event);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return open_collection(builder, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_collection(builder);
	case YAML_ALIAS_EVENT:
		return pol_fail(builder->err, POL_ECONFIG, builder->path, line_of(event->start_mark),
		                "aliases (*%s) are not allowed; write the value out, or put it in quotes",
		                (const char *)event->data.alias.anchor);
	case YAML_DOCUMENT_START_EVENT:
		if (builder->root)
			return pol_fail(builder->err, POL_ECONFIG, builder->path, line_of(event->start_mark),
			                "a second document begins here; a file may hold only one");
		return POL_OK;
	default:
		return POL_OK;
	}
}

/* An empty file has no document, so no root yet. */
static enum pol_status finish(struct builder *builder, struct yaml_node **ret_root)
{
	struct yaml_node *root = builder->root;

	if (!root) {
		root = arena_alloc(builder->arena, 1, sizeof(*root));
		if (!root)
			return pol_fail_memory(builder->err);
		*root = (struct yaml_node){ .type = YAML_NULL, .line = 1, .column = 1, .scalar = "" };
	}
	*ret_root = root;
	return POL_OK;
}

enum pol_status yaml_parse(struct arena *arena, struct slice text, const char *path,
                           struct yaml_node **ret_root, struct pol_error *err)
{
	struct builder builder = { .arena = arena, .path = path, .err = err };
	enum pol_status status = POL_OK;
	bool is_end = false;
	yaml_parser_t parser;

	if (text.size > MAX_BYTES)
		return pol_fail(err, POL_ECONFIG, path, 0, "larger than %d bytes; split the file", MAX_BYTES);
	if (!yaml_parser_initialize(&parser))
		return pol_fail_memory(err);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)(text.data ? text.data : ""), text.size);
	while (status == POL_OK && !is_end) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			status = fail_syntax(&builder, &parser, text);
			break;
		}
		status = take_event(&builder, &event);
		is_end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return status < 0 ? status : finish(&builder, ret_root);
}

const struct yaml_node *yaml_get(const struct yaml_node *node, const char *key)
{
	for (size_t i = 0; node && node->type == YAML_MAPPING && i < node->count; i++)
		if (strcmp(node->keys[i]->scalar, key) == 0)
			return node->items[i];
	return NULL;
}
