/* ids.h - the forms that ids in Trivy's ignore files have. */
#ifndef CHECKS_TRIVYIGNORE_IDS_H
#define CHECKS_TRIVYIGNORE_IDS_H

#include "policy/base/text.h"

/* What is wrong with an id, as the end of "the id … ", or NULL when it has a form that Trivy knows: vulnerability ids (CVE,
 * GHSA, the home databases of OSV, distributions), check ids (AWS-0107, DS002, AVD-…, long names), rule ids of the secret
 * scanner, SPDX licence ids. Trivy compares ids exactly, so a wrong case makes an entry dead. */
const char *ids_objection(struct slice id);

/* The part of an id that tells it from others: Trivy takes "AVD-AWS-0107" and "AWS-0107" for the same check. */
struct slice ids_canonical(struct slice id);

#endif
