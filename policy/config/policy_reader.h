/* policy_reader.h - shared by the files that read a .warrant.yaml; nobody else includes it. */
#ifndef POLICY_CONFIG_POLICY_READER_H
#define POLICY_CONFIG_POLICY_READER_H

#include "policy/config/policy_file.h"

/* One text being read into a policy. */
struct policy_reader {
	struct policy *policy;
	const char *path;
	struct pol_error *err;
};

/* yaml_read_fields into the policy's arena; node may be NULL: the key was not given. */
enum pol_status policy_read_fields(const struct policy_reader *reader, const struct yaml_node *node,
                                   const struct yaml_field *fields, void *object) POL_MUST_CHECK;

/* Refuses globs that can match nothing or would cost too much for every file. globs may be NULL. */
enum pol_status policy_check_globs(const struct policy_reader *reader, const char *const *globs,
                                   uint32_t line) POL_MUST_CHECK;

/* Makes *list the texts it holds followed by those of more; each may be NULL. */
enum pol_status policy_append(const struct policy_reader *reader, const char *const **list,
                              const char *const *more) POL_MUST_CHECK;

/* Reads `message:` on top of what the policy holds. node may be NULL. */
enum pol_status policy_read_message(const struct policy_reader *reader,
                                    const struct yaml_node *node) POL_MUST_CHECK;

/* Appends the rows of `require:` to the policy's. node may be NULL. */
enum pol_status policy_read_requirements(const struct policy_reader *reader,
                                         const struct yaml_node *node) POL_MUST_CHECK;

/* Replaces the policy's exceptions by those of `exceptions:`. node may be NULL: none. */
enum pol_status policy_read_exceptions(const struct policy_reader *reader,
                                       const struct yaml_node *node) POL_MUST_CHECK;

/* A hash of a policy's tree without `exceptions:`; comments, the order of keys and the form of values don't count. A
 * policy that sets nothing hashes to 0, like no file at all. root is a mapping or nothing. */
uint64_t policy_hash(const struct yaml_node *root);

#endif
