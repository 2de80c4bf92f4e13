/* pack.h - the packs that rulec was given, and what it has to complain about. */
#ifndef POLICY_RULES_COMPILER_PACK_H
#define POLICY_RULES_COMPILER_PACK_H

#include "policy/config/yaml.h"
#include "policy/rules/rule.h"

#include <stdio.h>

/* Where a rule was written. */
struct origin {
	const char *path;
	const struct yaml_node *node;
};

/* All rules of all packs, in order. Initialise with { .out = STREAM }. */
struct packs {
	struct arena arena;
	struct rule *rules;
	struct origin *origins; /* one per rule */
	size_t count;
	size_t rule_capacity, origin_capacity;
	FILE *out; /* where problems are printed */
	size_t problems;
};

void packs_free(struct packs *packs);
CLEANUP_DEFINE_STACK(struct packs, packs, packs_free)

/* Prints "path:line: message" and counts it. */
void packs_complain(struct packs *packs, const char *path, uint32_t line, const char *format, ...)
	POL_PRINTF(4, 5);
/* Prints "path:line: warning: message". */
void packs_warn(const struct packs *packs, const char *path, uint32_t line, const char *format, ...)
	POL_PRINTF(4, 5);

/* Adds the rules of the file at path; what is wrong with it is printed. */
void packs_read(struct packs *packs, const char *path);
/* The line of the index-th example under key ("match", "no_match") of rule, or the rule's. */
uint32_t packs_example_line(const struct packs *packs, size_t rule, const char *key, size_t index);

/* The whole file, at most 16 MiB. POL_EIO, POL_ENOMEM, POL_ELIMIT. */
enum pol_status file_read(const char *path, struct buf *ret_content, struct pol_error *err) POL_MUST_CHECK;

#endif
