/* window.h - cuts the part out of a text that a regular expression is asked about: a line, some lines around it, never
 * more than some kilobytes. Internal to the scanner. */
#ifndef POLICY_RULES_WINDOW_H
#define POLICY_RULES_WINDOW_H

#include "policy/rules/regex.h"

enum {
	WINDOW_LONG_LINE = 4096, /* lines over this are judged in parts */
	WINDOW_MARGIN = 512,     /* bytes shown on either side of a literal on such a line */
	WINDOW_LINES_MAX = 8192, /* bytes of the lines before, and of those after */
};

/* Offsets in the text. */
struct window {
	size_t start, end;
	bool not_bol, not_eol; /* it begins, or ends, within a line */
};

/* The window with up to count lines more at either side. */
struct window window_widen(struct slice text, struct window window, size_t count);

/* The window as a subject for regex_match: its lines joined by LF, the last one without line end. Only where lines end
 * in CRLF the bytes are copied, to *copy (cleared first). */
struct window_subject {
	struct regex_subject view;
	size_t base; /* offset of its first byte in the text */
	bool copied;
};
/* POL_ENOMEM. */
enum pol_status window_subject(struct slice text, struct window window, struct buf *copy,
                               struct window_subject *ret_subject) POL_MUST_CHECK;
/* Where in the text the byte at offset of the subject stands. */
size_t window_offset(struct slice text, const struct window_subject *subject, size_t offset);

#endif
