/* codeowners.h - the owners that a CODEOWNERS file names (GitHub and GitLab form), to tell known from unknown ones. */
#ifndef POLICY_CONFIG_CODEOWNERS_H
#define POLICY_CONFIG_CODEOWNERS_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

/* Where a repository keeps it, first found wins; ends with NULL. */
extern const char *const codeowners_paths[];

/* A sorted list of all owners (@user, @org/team, @@role, mail addresses) that text names, each once, ends with NULL. A
 * text of 3 MB or more names nobody, as on GitHub; of more than 50,000 owners the rest is left out. POL_ENOMEM. */
enum pol_status codeowners_read(struct arena *arena, struct slice text,
                                const char *const **ret_owners) POL_MUST_CHECK;
/* Whether owner names one of them; case and an @ in front do not count. owners (ends with NULL, may be NULL) need not be
 * sorted. owner may list several, separated by commas or blanks, which
 * must all be known. */
bool owners_known(const char *const *owners, const char *owner);

#endif
