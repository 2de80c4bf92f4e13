/* problem.h - what can be wrong, one table: code, whether it is a matter of the repository's own state rather than of
 * one exception, and what it means. Printed by --list-problems and in the README. */
#ifndef POLICY_REPORT_PROBLEM_H
#define POLICY_REPORT_PROBLEM_H

#define PROBLEMS(X)                                                                                          \
	X(MISSING_REASON, "missing-reason", "the exception does not say why it is acceptable")               \
	X(WEAK_REASON, "weak-reason", "the reason is a placeholder, too short, or only repeats the rule")    \
	X(LINK_ONLY_REASON, "link-only-reason",                                                              \
	  "the reason is only a link or a ticket where the policy wants words")                              \
	X(REPEATED_REASON, "repeated-reason",                                                                \
	  "the same reason stands at more places than the policy allows")                                    \
	X(MISSING_UNTIL, "missing-until", "the policy wants a last day and none is given")                   \
	X(MALFORMED_UNTIL, "malformed-until", "the last day is no date of the form YYYY-MM-DD")              \
	X(EXPIRED, "expired", "the last day is over")                                                        \
	X(UNTIL_TOO_FAR, "until-too-far", "the last day lies further ahead than the policy allows")          \
	X(MISSING_OWNER, "missing-owner", "the policy wants somebody who answers for it and none is named")  \
	X(UNKNOWN_OWNER, "unknown-owner", "the owner is neither in CODEOWNERS nor in the policy's owners")   \
	X(MISSING_TICKET, "missing-ticket", "the policy wants a ticket and none is named")                   \
	X(BLANKET, "blanket", "the marker names no rule and so silences all of them")                        \
	X(FILE_WIDE, "file-wide", "the marker silences its tool for a whole file")                           \
	X(MALFORMED_ENTRY, "malformed-entry", "the tool that reads the entry would not understand it")       \
	X(UNKNOWN_ID, "unknown-id", "the id has no form that the tool knows")                                \
	X(DUPLICATE, "duplicate", "the same entry stands twice")                                             \
	X(STALE, "stale", "the entry matches nothing any more")                                              \
	X(UNAPPROVED_DEPENDENCY, "unapproved-dependency",                                                    \
	  "the dependency is neither allowed by licence nor in the ledger")                                  \
	X(LICENSE_MISMATCH, "license-mismatch", "the licence found is not the one that was approved")        \
	X(LICENSE_UNKNOWN, "license-unknown", "no licence could be found, or it is no SPDX expression")      \
	X(LICENSE_DENIED, "license-denied", "the policy refuses this licence")                               \
	X(BAD_MESSAGE, "bad-message", "the commit message breaks a rule of the policy")                      \
	X(PROTECTED_BRANCH, "protected-branch", "the branch takes no direct push")                           \
	X(FORCED_PUSH, "forced-push", "the branch or tag takes no forced push and no deletion")              \
	X(NOT_JUDGED, "not-judged",                                                                          \
	  "the file could not be judged within the limits; counts as could-not-tell")

enum problem {
#define PROBLEM_ENUM(name, code, meaning) PROBLEM_##name,
	PROBLEMS(PROBLEM_ENUM)
#undef PROBLEM_ENUM
		PROBLEM_COUNT
};

const char *problem_code(enum problem problem);    /* "missing-reason" */
const char *problem_meaning(enum problem problem); /* one clause */

#endif
