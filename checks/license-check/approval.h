/* approval.h - what dependencies are held against: the policy's lists and the ledger. */
#ifndef CHECKS_LICENSE_APPROVAL_H
#define CHECKS_LICENSE_APPROVAL_H

#include "checks/license-check/dependency.h"
#include "checks/license-check/ledger.h"
#include "checks/license-check/spdx.h"
#include "policy/config/policy_file.h"
#include "policy/report/problem.h"

struct approval {
	struct arena *arena; /* for what is read and compared */
	const struct license_policy *policy;
	const char *ledger_path;
	struct ledger ledger;
	bool has_ledger;
	struct spdx *allowed; /* per entry of policy->allow; ends with an empty one */
	struct spdx *denied;
	int32_t today;
};

/* What is objected to in one dependency. */
struct objection {
	enum problem problem; /* PROBLEM_COUNT: nothing */
	const char *message;
};

/* Reads allow: and deny: of the policy. POL_ECONFIG for an entry that is no single licence; POL_ENOMEM. */
enum pol_status approval_load_lists(struct approval *approval, struct pol_error *err) POL_MUST_CHECK;

/* Holds a dependency against the ledger, whose line for it is noted as used, else against the lists. The ledger speaks for
 * one dependency and so wins over lists that speak for all: a licence that deny: names can be approved there. The message
 * lives in messages. POL_ENOMEM. */
enum pol_status approval_judge(struct approval *approval, const struct dependency *dependency,
                               struct arena *messages, struct objection *ret_objection) POL_MUST_CHECK;

#endif
