/* cleanup.h - release of locals at the end of their scope.
 *
 *     CLEANUP_DEFINE(struct repo *, repo, repo_free)
 *     CLEANUP(repo) struct repo *repo = NULL;
 */
#ifndef POLICY_BASE_CLEANUP_H
#define POLICY_BASE_CLEANUP_H

#define CLEANUP(name) __attribute__((cleanup(name##_cleanup)))

/* release takes a value of type and accepts its zero value. */
#define CLEANUP_DEFINE(type, name, release)                                                                  \
	static inline void name##_cleanup(type *value)                                                       \
	{                                                                                                    \
		release(*value);                                                                             \
	}

/* The same for objects that live on the stack: release takes the object's address. */
#define CLEANUP_DEFINE_STACK(type, name, release)                                                            \
	static inline void name##_cleanup(type *value)                                                       \
	{                                                                                                    \
		release(value);                                                                              \
	}

#endif
