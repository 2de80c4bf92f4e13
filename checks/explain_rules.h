/* explain_rules.h - the rules that a program's checks look for, gathered from packs, policy and checks. Part of explain.c. */
#ifndef CHECKS_EXPLAIN_RULES_H
#define CHECKS_EXPLAIN_RULES_H

#include "checks/options.h"

/* Sorted by code, then id; each id once. Initialise with { 0 }. */
struct explained_rules {
	struct arena arena;
	struct policy *policy; /* some of the rules are its own */
	const struct rule **items;
	size_t count, capacity;
};

void explained_rules_free(struct explained_rules *rules);
CLEANUP_DEFINE_STACK(struct explained_rules, explained_rules, explained_rules_free)

/* The policy is --policy, else the .warrant.yaml at the top of the work tree that -C lies in, else the built-in one. */
enum pol_status explained_rules_load(const struct cli_program *program, const struct options *options,
                                     struct explained_rules *rules, struct pol_error *err) POL_MUST_CHECK;

/* The same with the rules of all other checks, and of runs themselves, for those who met one in a hook's report. */
enum pol_status explained_rules_load_all(const struct cli_program *program, const struct options *options,
                                         struct explained_rules *rules, struct pol_error *err) POL_MUST_CHECK;

#endif
