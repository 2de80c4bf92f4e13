/* policy.h - judge git content. The face of the library: programs, checks and tests of whole runs include this header.
 *
 * Flow    source -> scanner -> matches -> justification_find -> judge_exception -> report -> report_write
 * Owners  *_open and *_load hand over what they store in ret_*; release it with the matching *_free, which accepts NULL.
 *         Whatever is reached through an object lives as long as that object.
 * Errors  0 or a negative enum pol_status. On failure ret_* are untouched and *err (may be NULL) says why. The library
 *         never prints, never exits, and has no mutable globals.
 * Text    const char * is NUL-terminated; content is a struct slice and may hold any byte. */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "policy/base/arena.h"         /* memory */
#include "policy/base/error.h"         /* status and error */
#include "policy/config/policy_file.h" /* .warrant.yaml */
#include "policy/judge.h"              /* exception + policy + today -> findings */
#include "policy/justification.h"      /* reason, until, owner, ticket */
#include "policy/report/report.h"      /* exceptions, findings, writers */
#include "policy/rules/rule.h"         /* what a rule is */
#include "policy/rules/scanner.h"      /* rules find exceptions in one file */
#include "policy/source/source.h"      /* where content comes from */

#endif
