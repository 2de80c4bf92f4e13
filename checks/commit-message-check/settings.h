/* settings.h - git's configuration, read when somebody asks for it and not before: most messages need none, and a hook is felt at
 * every commit. */
#ifndef CHECKS_COMMIT_MESSAGE_SETTINGS_H
#define CHECKS_COMMIT_MESSAGE_SETTINGS_H

#include "policy/source/source.h"

struct settings {
	struct source *source; /* of the run */
	struct repo *repo;     /* the one to ask, NULL until it is needed or when there is none */
	bool is_looked_for;
	bool is_own; /* opened here */
};

/* Initialise with { .source = … }. */
void settings_free(struct settings *settings);
CLEANUP_DEFINE_STACK(struct settings, settings, settings_free)

/* A value of the configuration, `git -c KEY=VALUE` included, as a text in arena; NULL when it is not set, or no repository is
 * there. POL_EGIT, POL_ENOMEM. */
enum pol_status settings_read(struct settings *settings, const char *key, struct arena *arena,
                              const char **ret_value, struct pol_error *err) POL_MUST_CHECK;

#endif
