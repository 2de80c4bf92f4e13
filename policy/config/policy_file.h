/* policy_file.h - what a justification must hold, by severity, kind, path and rule; and the other settings of a
 * .warrant.yaml. The built-in policy is policy/config/builtin.yaml, compiled in; a repository's file is read on top of
 * it, so that it needs to say only what differs. The keys are documented in builtin.yaml. */
#ifndef POLICY_CONFIG_POLICY_FILE_H
#define POLICY_CONFIG_POLICY_FILE_H

#include "policy/base/arena.h"
#include "policy/base/glob_list.h"
#include "policy/config/yaml.h"
#include "policy/rules/ruleset.h"

#define POLICY_FILE_NAME ".warrant.yaml"

enum justification_style { STYLE_ANY, STYLE_NATIVE, STYLE_KEYED };
enum choice {
	CHOICE_UNSET = -1,
	CHOICE_NO = 0,
	CHOICE_YES = 1
}; /* a setting that a later row may override */
enum message_level { LEVEL_OFF, LEVEL_WARN, LEVEL_REFUSE };

/* One row of `require:`. A row applies to an exception when every condition it states holds; of the rows that apply, the
 * later wins, setting by setting. */
struct requirement {
	uint32_t line;
	unsigned kinds;           /* set of 1 << enum rule_kind, 0 = any */
	unsigned severities;      /* set of 1 << enum rule_severity, 0 = any */
	const char *const *rules; /* ids, codes or globs over them ("TLS*"), NULL = any */
	const char *const *paths; /* globs (glob.h), NULL = any */
	enum choice tests;        /* only in files of tests, or only in others; unset = both */
	enum choice reason, until, owner, ticket, block, blanket, file_wide;
	int32_t max_days; /* -1 = unset, 0 = no cap */
	int severity;     /* -1 = unset: judged as if of this severity (lists only; does not select rows) */
};

/* What the policy asks of one exception. */
struct demand {
	bool reason, until, owner, ticket;
	bool block;              /* a shortfall refuses */
	bool in_tests;           /* the file is one of `tests` (told, not asked) */
	bool blanket, file_wide; /* such markers are allowed */
	int32_t max_days;        /* 0 = no cap */
	enum rule_severity severity;
};

/* One entry of `exceptions:`. */
struct policy_exception {
	uint32_t line;
	const char *rule;                    /* id or code */
	const char *path;                    /* glob */
	const char *contains;                /* text on the exception's line, NULL = any */
	const char *reason, *owner, *ticket; /* NULL = not given */
	const char *until_text;
	int32_t until;
};

struct license_policy {
	bool given;               /* `licenses:` stands in the policy */
	const char *ledger;       /* path of the CSV; "" = .licenses.csv at the top if it exists */
	const char *const *allow; /* SPDX ids or expressions with WITH */
	const char *const *deny;
	const char *const *lockfiles; /* globs of further files to read */
};

struct push_policy {
	const char *const *protected_; /* globs over branch names without refs/heads/ */
	const char *const *no_force;   /* globs over names of refs without refs/heads/ or refs/tags/ */
	bool judge_every_commit;       /* push: judge: tip | every-commit */
};

struct message_policy {
	enum message_level empty, subject_length, trailing_stop, blank_line, body_width, type, issue,
		sign_off, forbidden, unfinished, exceptions;
	int32_t subject_max, body_max; /* characters */
	const char *const *types;      /* of `type: subject`; empty = those that builtin.yaml names */
	const char *const *scopes;     /* of `type(scope): subject`; empty = any */
	const char *const *issues;     /* prefixes of issue references, such as "#" or "SEC-" */
	const char *const *words;      /* forbidden ones */
	const char *const *bots;       /* globs over "Name <mail>" of authors whose commits are not judged */
	bool merges, reverts;          /* are judged too */
};

struct policy {
	struct arena arena;
	const char *path; /* the file it was read from, "" = built in */
	enum justification_style style;
	int32_t min_chars, min_words;
	int32_t max_same; /* places at which one reason may stand, 0 = any number */
	const char *const *placeholders_;
	bool owner_known; /* owners must be in CODEOWNERS or owners */
	const char *const *owners;
	const struct requirement *requirements;
	size_t requirement_count;
	const struct policy_exception *exceptions;
	size_t exception_count;
	const char *const *skip; /* globs of files that are not judged; one with ! in front takes back */
	const struct glob_list *skip_list; /* the same, made ready */
	const char *const *tests;          /* globs of files of tests, likewise */
	const struct glob_list *test_list;
	const char *const *rules_on; /* ids, codes or globs over them */
	const char *const *rules_off;
	const struct ruleset *own_rules; /* NULL = none */
	bool skips;                      /* WARRANT_SKIP may skip a check in a hook */
	struct license_policy licenses;
	struct push_policy push;
	struct message_policy message;
	uint64_t
		requirements_hash; /* of all that is not `exceptions:`: tells whether a change alters requirements */
};

/* The built-in policy alone (text == NULL), or with a repository's file on top. path is for messages. POL_ECONFIG with
 * path and line, POL_ENOMEM. */
enum pol_status policy_load(struct slice text, const char *path, struct policy **ret_policy,
                            struct pol_error *err) POL_MUST_CHECK;
void policy_free(struct policy *policy);
CLEANUP_DEFINE(struct policy *, policy, policy_free)

/* Replaces the exceptions of policy by those of text, another version of the same file: with --range, requirements come
 * from the base and exceptions from the new side. */
enum pol_status policy_take_exceptions(struct policy *policy, struct slice text, const char *path,
                                       struct pol_error *err) POL_MUST_CHECK;

const char *policy_builtin_text(void); /* builtin.yaml as written */

/* What the policy asks of an exception of rule, found with severity in the file path. */
struct demand policy_demand(const struct policy *policy, const struct rule *rule, enum rule_severity severity,
                            const char *path);
/* A rule named exactly under rules: on or off is that; else globs decide, off before on; else the rule's own default. */
bool policy_rule_enabled(const struct policy *policy, const struct rule *rule);
/* Whether no rule looks at the file path. Cheap: asked for every file of a tree. */
bool policy_skips(const struct policy *policy, const char *path);

#endif
