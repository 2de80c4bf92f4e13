/* raw.h - what the git program says about an index that index.c refuses. */
#ifndef POLICY_SOURCE_RAW_H
#define POLICY_SOURCE_RAW_H

#include "policy/source/treediff.h"

/* `git diff-index --cached` of the index in use against a tree; NULL = an empty tree. As cursor_diff. */
enum pol_status raw_diff_index(struct repo *repo, const struct oid *tree, change_visit visit, void *data,
                               struct pol_error *err) POL_MUST_CHECK;
/* `git ls-files`: each path of the index once per stage. */
enum pol_status raw_list_index(struct repo *repo, entry_visit visit, void *data,
                               struct pol_error *err) POL_MUST_CHECK;

/* The parsers, for tests: they read git's output with -z. */
enum pol_status raw_parse_diff(struct slice text, size_t oid_size, change_visit visit, void *data,
                               struct pol_error *err) POL_MUST_CHECK;
enum pol_status raw_parse_list(struct slice text, size_t oid_size, entry_visit visit, void *data,
                               struct pol_error *err) POL_MUST_CHECK;

#endif
