/* document.h - writes the reference of the rules: policy/rules/README.md between its marks. */
#ifndef POLICY_RULES_COMPILER_DOCUMENT_H
#define POLICY_RULES_COMPILER_DOCUMENT_H

#include "policy/rules/compiler/pack.h"

/* Markdown: a list of the packs, then a section for each with a table of its rules, which lead to their entries. The words
 * about a pack are the first sentence of the comment at its top. Folders are cut off the packs' paths but for the last.
 * POL_EIO when a pack can't be read again, POL_ENOMEM. */
enum pol_status document_packs(FILE *out, const struct packs *packs, struct pol_error *err) POL_MUST_CHECK;

#endif
