/* rule_file.h - reads rules from YAML, for packs (by rulec, at build time) and for `rules:` of a .warrant.yaml. */
#ifndef POLICY_CONFIG_RULE_FILE_H
#define POLICY_CONFIG_RULE_FILE_H

#include "policy/config/yaml.h"
#include "policy/rules/rule.h"

/* Reads a sequence of rule entries (rule.h) into an array of *ret_count rules; texts are those of the nodes, not copies.
 * strict asks for what packs must have (code, examples, literals long and rare enough). POL_ECONFIG with path and line. */
enum pol_status rules_read(struct arena *arena, const struct yaml_node *sequence, const char *path,
                           bool strict, struct rule **ret_rules, size_t *ret_count,
                           struct pol_error *err) POL_MUST_CHECK;

#endif
