/* remote_text.h - a report as it reaches the one who pushed: git puts "remote: " before each line that a server's hook writes. */
#ifndef CHECKS_PUSH_REMOTE_TEXT_H
#define CHECKS_PUSH_REMOTE_TEXT_H

#include "policy/report/report.h"

/* report_write in text, without colour, in lines of at most some 100 bytes: longer ones go on, indented, on the next; an excerpt
 * keeps its line. */
enum pol_status remote_text_write(const struct report *report, const struct report_context *context,
                                  FILE *out, struct pol_error *err) POL_MUST_CHECK;

/* Appends one line (without its end) to *text, folded so, each part ended by LF. */
void remote_text_fold(struct buf *text, struct slice line);

#endif
