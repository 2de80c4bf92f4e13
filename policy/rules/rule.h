/* rule.h - what a rule is. A rule recognises exceptions of one sort; it is data: an entry of a pack
 * (policy/rules/packs/NAME.yaml, compiled into the programs) or of `rules:` in a .warrant.yaml.
 *
 * The entry, key by key (config/rule_file.h reads it, rulec checks it):
 *
 *   id:         kebab-case, never reused                                                          required
 *   code:       family and number, "TLS01", "SUP001"; several rules may share one                 required in packs
 *   kind:       setting | suppression                                                             required
 *   severity:   high | medium | low; low is listed but does not block with the built-in policy    required
 *   cwe:        number
 *   title:      one line, for tables                                                              required
 *   message:    what is wrong at this place, as in a report; default: the title
 *   why:        one or two sentences for --explain
 *   fix:        what to do instead, starts in lower case, no final stop                           required
 *   files:      globs (glob.h) of the files it reads; default: every text file that is not prose. A setting whose glob
 *               ends in the extension of a file of prose ("requirements*.txt") reads its text as code
 *   not_files:  globs left out
 *   where:      code | comment | string | any, or a list; where the match must begin.
 *               default: comment for suppressions, code for settings. Strings are code in data files (YAML, JSON, …);
 *               Python's docstrings, the documentation of Ansible modules and, for settings, sentences, the text
 *               of HTML pages whose extension no glob names, and completions for shells, defaults of
 *               declared parameters what a mock was called with and strings of comparisons count for "any" only
 *   literals:   texts of 4 bytes or more (3 with a sign or blank), one of which stands in every match, on the line
 *               where the match is reported; compared without case in the first pass. They decide what a
 *               rule costs                                                                       required
 *   pattern:    PCRE2, one expression or a list of alternatives; subject: one line without its line end, or with span
 *               the lines around it; (?i) for no case. Named groups: at = the exact place to report (default: the
 *               match), id = ids named by a marker, reason, until, owner = what the tool's own syntax says  required
 *   span:       the subject is this many lines before and after the literal's line, joined by \n    (0 to 20)
 *   path:       the match must stand below this key path of a YAML, JSON, TOML, INI or HCL file: keys joined by dots,
 *               * for one key, ** for any number: "**.securityContext", "jobs.*.permissions"; the key on the line
 *               itself is not part of it. All keys above the match must fit: end with .** for any depth below
 *   requires:   PCRE2 that must match somewhere in the file
 *   unless:     PCRE2 that must not match anywhere in the file
 *   unless_line: PCRE2 that must not match in the subject
 *   requires_near, unless_near: the same, within the 12 lines before and after the match
 *   scope:      line | next-line | statement | block | file | resource | repository: how far a marker reaches;
 *               default line
 *   place:      where a reason may stand so that the tool that reads the marker stays content: trailing (after the
 *               marker or on the line above), above (only on the line above) or below (only on the line below);
 *               default trailing for settings, above for suppressions
 *   native:     the marker with a reason in the tool's own syntax, shown in the hint: "//nolint:gosec // <why>"
 *   default:    on | off
 *   references: URLs or peers' ids: "bandit B501", "Sonar S4830"
 *   match:      examples that must be found, no_match: examples that must not; each a text, or {file:, text:} when the
 *               file name matters. The build fails when one does not behave                          at least 2 each
 */
#ifndef POLICY_RULES_RULE_H
#define POLICY_RULES_RULE_H

#include "policy/base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum rule_kind { KIND_SETTING, KIND_SUPPRESSION, KIND_IGNORE, KIND_LICENSE, KIND_POLICY, KIND_COUNT };
enum rule_severity {
	SEVERITY_LOW,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
	SEVERITY_COUNT
}; /* ordered: later is worse */
enum rule_scope {
	SCOPE_LINE,
	SCOPE_NEXT_LINE,
	SCOPE_STATEMENT,
	SCOPE_BLOCK,
	SCOPE_FILE,
	SCOPE_RESOURCE,
	SCOPE_REPOSITORY,
	SCOPE_COUNT
};
enum rule_place { PLACE_TRAILING, PLACE_ABOVE, PLACE_BELOW, PLACE_COUNT };

/* Where a match may begin: a set of span kinds (lexer.h). */
enum { WHERE_CODE = 1, WHERE_COMMENT = 2, WHERE_STRING = 4, WHERE_ANY = 7 };

struct rule_example {
	const char *file; /* name that decides the language and the globs */
	const char *text;
};

/* One rule. All pointers live as long as the rule set (for ever for built-in ones); lists end with NULL, an absent list
 * is NULL; texts never NULL are marked *. */
struct rule {
	const char *id;      /* * */
	const char *code;    /* * "" for users' rules without one */
	const char *title;   /* * */
	const char *message; /* * */
	const char *why;     /* * "" */
	const char *fix;     /* * */
	const char *native;  /* NULL = the marker has no place for a reason */
	enum rule_kind kind;
	enum rule_severity severity;
	enum rule_scope scope;
	enum rule_place place;
	uint16_t cwe;  /* 0 = none */
	uint8_t where; /* WHERE_* */
	uint8_t span;  /* lines around the literal's */
	bool off;      /* shipped, but only on when the policy says so */
	const char *const *files;
	const char *const *not_files;
	const char *const *literals;
	const char *
		pattern; /* * alternatives already joined; "" for rules of checks, which find by their own code */
	const char *path;
	const char *requires_;
	const char *unless;
	const char *unless_line;
	const char *requires_near;
	const char *unless_near;
	const char *const *references;
	const struct rule_example *match; /* ends with file == NULL; NULL for packs: packs.h */
	const struct rule_example *no_match;
};

/* Names as in packs and reports, indexed by the enum: "setting", "high", "next-line", "above". */
extern const char *const rule_kind_names[KIND_COUNT];
extern const char *const rule_severity_names[SEVERITY_COUNT];
extern const char *const rule_scope_names[SCOPE_COUNT];
extern const char *const rule_place_names[PLACE_COUNT];

/* The index of name in names[count], -1 = not there. */
int rule_name_index(const char *const *names, int count, struct slice name);

#endif
