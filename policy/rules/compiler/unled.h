/* unled.h - looks for what a rule's pattern matches where none of its literals would lead the scanner to it. */
#ifndef POLICY_RULES_COMPILER_UNLED_H
#define POLICY_RULES_COMPILER_UNLED_H

#include "policy/rules/compiler/pack.h"
#include "policy/rules/regex.h"

/* Runs the pattern of the index-th rule, which must compile, over the examples of all rules in files that it
 * reads, and complains of the first
 * match that holds none of the rule's literals. */
void packs_check_unled(struct packs *packs, struct regex_engine *engine, size_t index);

#endif
