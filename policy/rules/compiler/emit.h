/* emit.h - writes rules and their automaton as C source. The same packs give the same bytes. */
#ifndef POLICY_RULES_COMPILER_EMIT_H
#define POLICY_RULES_COMPILER_EMIT_H

#include "policy/config/yaml.h"
#include "policy/rules/ruleset.h"

#include <stdio.h>

/* build/gen/packs.c: defines packs_ruleset (packs.h). POL_ENOMEM. Write errors are left to ferror(out). */
enum pol_status emit_ruleset(FILE *out, const struct ruleset *set) POL_MUST_CHECK;
/* build/gen/packs_proofs.c: defines packs_proofs. */
void emit_proofs(FILE *out, const struct rule *rules, size_t count);
/* "const char NAME[] = …;" with the bytes of text. */
void emit_text(FILE *out, const char *name, struct slice text);
/* A string literal, or NULL. */
void emit_string(FILE *out, const char *text);
/* "const struct yaml_node *const NAME_tree = …;", the document that root is, as static data. POL_ENOMEM. */
enum pol_status emit_tree(FILE *out, const char *name, struct yaml_node *root) POL_MUST_CHECK;

#endif
