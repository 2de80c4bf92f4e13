/* justification.h - finds what a person wrote to allow an exception. Pure: text in, fields out.
 *
 * Where it counts, and in which form: README, "How a justification looks". */
#ifndef POLICY_JUSTIFICATION_H
#define POLICY_JUSTIFICATION_H

#include "policy/base/arena.h"
#include "policy/base/date.h"
#include "policy/base/text.h"

enum justification_form {
	FORM_NONE,   /* nothing was written */
	FORM_PLAIN,  /* a plain comment on the line or directly above */
	FORM_NATIVE, /* the tool's own syntax for a reason */
	FORM_KEYED,  /* reason:, until:, owner:, ticket: */
	FORM_FILE,   /* an entry under exceptions: in the policy */
};

/* All texts NUL-terminated, trimmed, in the arena given; NULL = not written. */
struct justification {
	enum justification_form
		form; /* the strongest form that gave the reason, or, without reason, another field */
	const char *reason;
	const char *owner;
	const char *ticket;
	const char *until_text; /* as written */
	int32_t until;          /* last day covered, DATE_NONE when absent or malformed */
	uint32_t line;          /* where it begins, 0 = nowhere */
};

enum justification_key { KEY_REASON, KEY_UNTIL, KEY_OWNER, KEY_TICKET, KEY_COUNT, KEY_NONE = -1 };

/* Splits "Key: value" at the first colon when the key is one of the known words (any case, any synonym): reason, why,
 * why ignored, justification, rationale; until, expires, expiry, exp, review by, review date; owner, added by,
 * approved by; ticket, issue, ref. KEY_NONE otherwise. *ret_value is trimmed. */
enum justification_key justification_key(struct slice text, struct slice *ret_value);

/* Reads comment lines (marks and blanks already taken off, first line first) into *justification: keyed fields, several
 * per line separated by ";", values going on over following lines without a key; text before the first key is a plain
 * reason if it says something. Fields already set are kept. first_line is the number of lines[0]. POL_ENOMEM. */
enum pol_status justification_read_lines(struct arena *arena, const struct slice *lines, size_t count,
                                         uint32_t first_line,
                                         struct justification *justification) POL_MUST_CHECK;

/* A comment that is no reason by itself: empty, only punctuation, a licence header, a shebang or mode line, another
 * tool's directive, or fewer than two words. */
bool justification_is_noise(struct slice comment);

/* Why a reason will not do. */
enum reason_fault {
	REASON_HOLDS,
	REASON_WORDLESS,    /* signs and digits */
	REASON_PLACEHOLDER, /* one of the policy's, such as "todo" */
	REASON_ECHO,        /* nothing but what the rule or the line says already */
	REASON_REPETITION,  /* one word over and over */
	REASON_LINK,        /* links and tickets where words are wanted */
	REASON_FEW_CHARS,
	REASON_FEW_WORDS,
	REASON_FAULT_COUNT
};

/* What a reason is held against. Lists end with NULL and may be NULL. */
struct reason_demand {
	int32_t min_chars;
	int32_t min_words; /* 0: links and tickets will do */
	const char *const *placeholders;
	const char *const
		*known;       /* rule's id, code, title, message: what has no word beyond these is an echo */
	const char *repeated; /* a text that a reason may not equal, the exception's line; NULL = none */
};

/* The first fault of a reason. *ret_count is what it has of what is too few. Case, blanks and signs don't count. */
enum reason_fault justification_fault(const char *reason, const struct reason_demand *demand,
                                      size_t *ret_count);

/* What is wrong, to stand behind "the reason": "is a placeholder". */
const char *justification_fault_text(enum reason_fault fault);

/* A reason's words in lower case (ASCII) with single blanks: equal for reasons that say the same. NULL without memory. */
const char *justification_normalise(struct arena *arena, const char *reason);

/* The justification of an exception in a lexed file (see lexer.h). */
struct lexed;
struct match;
struct match_site {
	const struct lexed *lexed;
	const struct match *match; /* gives native fields and the place */
	const struct match *
		neighbours; /* all matches of the file, sorted: comments that are markers are no reasons, and */
	size_t neighbour_count; /* markers on one line share one reason */
};
enum pol_status justification_find(struct arena *arena, const struct match_site *site,
                                   struct justification *ret_justification) POL_MUST_CHECK;

#endif
