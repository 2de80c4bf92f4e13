/* explain.h - what a program tells of rules, problems and policy: --list-rules, --explain, --list-problems and
 * --print-policy. Part of cli.c. Each writes to out, whose ferror the caller looks at. */
#ifndef CHECKS_EXPLAIN_H
#define CHECKS_EXPLAIN_H

#include "checks/options.h"

/* All rules of the program's checks, those of the policy included, by code and id: a table, or a JSON array with
 * --format json. POL_EUSAGE for other formats, POL_ECONFIG, POL_EGIT, POL_ENOMEM. */
enum pol_status explain_rules(const struct cli_program *program, const struct options *options, FILE *out,
                              struct pol_error *err) POL_MUST_CHECK;

/* The rule of an id, all rules of a code, a table of those of a family ("TLS"), or a problem; in any case of letters, and of
 * every check, whichever program is asked. POL_EUSAGE, with the nearest names, when there is none. */
enum pol_status explain_rule(const struct cli_program *program, const struct options *options, FILE *out,
                             struct pol_error *err) POL_MUST_CHECK;

/* The table of problem codes. */
enum pol_status explain_problems(const struct cli_program *program, const struct options *options, FILE *out,
                                 struct pol_error *err) POL_MUST_CHECK;

/* The built-in policy as written. */
enum pol_status explain_policy(const struct cli_program *program, const struct options *options, FILE *out,
                               struct pol_error *err) POL_MUST_CHECK;

#endif
