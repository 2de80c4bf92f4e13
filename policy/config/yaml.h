/* yaml.h - strict YAML: the only place that includes libyaml's header.
 *
 * Reads one document into a tree with line numbers. Refused: duplicate keys, anchors and aliases, tags, merge keys,
 * non-scalar keys, more than one document, nesting over 16, over 100,000 nodes, over 4 MiB, invalid UTF-8. */
#ifndef POLICY_CONFIG_YAML_H
#define POLICY_CONFIG_YAML_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

enum yaml_type { YAML_NULL, YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

/* A node; everything lives in the arena given to yaml_parse. */
struct yaml_node {
	enum yaml_type type;      /* an empty plain scalar, ~ and null are YAML_NULL */
	uint32_t line;            /* 1-based, where the node begins */
	uint32_t column;          /* 1-based */
	const char *scalar;       /* YAML_SCALAR: the text, "" for YAML_NULL; holds no NUL byte */
	bool quoted;              /* the scalar was quoted or a block: never a bool, number or null */
	struct yaml_node **items; /* sequence: items; mapping: values, beside keys */
	struct yaml_node **keys;  /* mapping only: YAML_SCALAR nodes */
	size_t count;
};

extern const char
	*const yaml_type_names[]; /* for messages: "nothing", "a single value", "a list", "a mapping" */

/* path is for messages. An empty document gives a YAML_NULL node. POL_ECONFIG with line, POL_ENOMEM. */
enum pol_status yaml_parse(struct arena *arena, struct slice text, const char *path,
                           struct yaml_node **ret_root, struct pol_error *err) POL_MUST_CHECK;

/* The value of key in a mapping, NULL when there is none or node is no mapping. */
const struct yaml_node *yaml_get(const struct yaml_node *node, const char *key);

/* Schemas: a mapping is read by a table of its keys into a struct. */
enum yaml_field_type {
	YAML_FIELD_STRING, /* const char *, in the arena */
	YAML_FIELD_BOOL,   /* bool: true, false, yes, no, on, off */
	YAML_FIELD_SWITCH, /* int: the same words as 1 and 0, for members that have a third value, "not given" */
	YAML_FIELD_INT,    /* int32_t between min and max */
	YAML_FIELD_ENUM,    /* int: index into names */
	YAML_FIELD_DATE,    /* int32_t day (date.h) */
	YAML_FIELD_STRINGS, /* const char *const *: a scalar or a sequence of scalars; ends with NULL */
	YAML_FIELD_NODE,    /* const struct yaml_node *: left to the caller */
};

struct yaml_field {
	const char *key;
	enum yaml_field_type type;
	size_t offset; /* offsetof(struct …, member) */
	bool required;
	int32_t min, max; /* YAML_FIELD_INT: bounds. YAML_FIELD_ENUM: max names, 0 = all up to a NULL */
	const char *const *names; /* YAML_FIELD_ENUM */
	size_t line_offset;       /* 0, or offsetof a uint32_t that takes the line of the value */
};

/* Fills the members of *object that stand in node (a mapping, or nothing); the others keep what they have. A list may be
 * left empty, any other value may not. Texts are those of the node, not copies. Table ends with key == NULL. Refuses
 * unknown keys (naming the nearest known one), wrong types and missing required keys with POL_ECONFIG at path:line. */
enum pol_status yaml_read_fields(struct arena *arena, const struct yaml_node *node, const char *path,
                                 const struct yaml_field *fields, void *object,
                                 struct pol_error *err) POL_MUST_CHECK;

#endif
