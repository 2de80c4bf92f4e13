/* explain_page.h - what --explain says of one rule. Part of explain.c. */
#ifndef CHECKS_EXPLAIN_PAGE_H
#define CHECKS_EXPLAIN_PAGE_H

#include "checks/options.h"

/* Adds a page to buf: what the rule looks for and why, what to do instead, how to justify it in each language it reads,
 * examples, and what other tools call it. POL_ENOMEM. */
enum pol_status explain_page(struct buf *buf, const struct rule *rule, const struct policy *policy,
                             const struct options *options, struct pol_error *err) POL_MUST_CHECK;

#endif
