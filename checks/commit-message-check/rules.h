/* rules.h - the rules of messages: one table, each row a rule, the policy's level for it and the function that judges. */
#ifndef CHECKS_COMMIT_MESSAGE_RULES_H
#define CHECKS_COMMIT_MESSAGE_RULES_H

#include "checks/commit-message-check/added.h"
#include "checks/commit-message-check/identity.h"
#include "checks/commit-message-check/trailer.h"
#include "policy/policy.h"

/* One message under judgement. */
struct inspection {
	const struct message_policy *policy;
	struct message message;
	struct trailers trailers;
	struct added added; /* the exceptions that the commit adds; none when not known, or not asked for */
	struct identity author, committer; /* not known: empty */
	bool is_recorded;                  /* a commit; else a message that may become one */
	bool is_revert;   /* written by git, and not judged: but for the exceptions that it brings back */
	const char *path; /* the file, or "commit 1234567" */
	struct report *report;
};

/* Of the check, ends with NULL. */
extern const struct rule *const message_rules[];

/* Judges the message by all rules that the policy does not switch off. POL_ENOMEM. */
enum pol_status rules_judge(const struct inspection *inspection) POL_MUST_CHECK;

/* Whether the message as a whole is a revert's, written by git: `Revert "…"`, or "This reverts commit <id>" in its body. */
bool rules_is_revert(const struct message *message);

/* ---- for the files that hold rules ------------------------------------------------------------------------------------*/

/* What a rule objects to. line and place may be absent: the message as a whole. */
struct objection {
	const struct message_line *line;
	struct slice place; /* a view into line; data NULL: all of it */
	const char *what;   /* NULL: the rule's own message */
	const char *hint;   /* or NULL */
};

/* Adds a finding. what and hint must live as long as the report; POL_ENOMEM, also when what is NULL though asked for. */
enum pol_status rules_object(const struct inspection *inspection, const struct rule *rule,
                             enum message_level level, const struct objection *objection) POL_MUST_CHECK;

typedef enum pol_status (*message_judge)(const struct inspection *inspection, const struct rule *rule,
                                         enum message_level level);

/* layout.c */
enum pol_status layout_subject_length(const struct inspection *in, const struct rule *rule,
                                      enum message_level level);
enum pol_status layout_trailing_stop(const struct inspection *in, const struct rule *rule,
                                     enum message_level level);
enum pol_status layout_blank_line(const struct inspection *in, const struct rule *rule,
                                  enum message_level level);
enum pol_status layout_body_width(const struct inspection *in, const struct rule *rule,
                                  enum message_level level);
/* content.c */
enum pol_status content_type(const struct inspection *in, const struct rule *rule, enum message_level level);
enum pol_status content_issue(const struct inspection *in, const struct rule *rule, enum message_level level);
enum pol_status content_sign_off(const struct inspection *in, const struct rule *rule,
                                 enum message_level level);
enum pol_status content_forbidden(const struct inspection *in, const struct rule *rule,
                                  enum message_level level);
enum pol_status content_unfinished(const struct inspection *in, const struct rule *rule,
                                   enum message_level level);
/* added.c */
enum pol_status added_judge(const struct inspection *in, const struct rule *rule, enum message_level level);

#endif
