/* builtin.c - the packs that the programs carry. */
#include "policy/rules/packs.h"

const struct ruleset *ruleset_builtin(void)
{
	return &packs_ruleset;
}
