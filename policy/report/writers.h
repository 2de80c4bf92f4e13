/* writers.h - what the writers share. Internal to policy/report; others call report_write. */
#ifndef POLICY_REPORT_WRITERS_H
#define POLICY_REPORT_WRITERS_H

#include "policy/base/buf.h"
#include "policy/report/report.h"

/* One per format. Whether out took everything is checked once by report_write; a writer reports only POL_ENOMEM. */
enum pol_status text_write(const struct report *report, const struct report_context *context,
                           FILE *out) POL_MUST_CHECK;
enum pol_status json_write(const struct report *report, const struct report_context *context,
                           FILE *out) POL_MUST_CHECK;
enum pol_status sarif_write(const struct report *report, const struct report_context *context,
                            FILE *out) POL_MUST_CHECK;
enum pol_status github_write(const struct report *report, const struct report_context *context,
                             FILE *out) POL_MUST_CHECK;
enum pol_status gitlab_write(const struct report *report, const struct report_context *context,
                             FILE *out) POL_MUST_CHECK;
enum pol_status junit_write(const struct report *report, const struct report_context *context,
                            FILE *out) POL_MUST_CHECK;

/* Writes what was gathered and empties the buffer for the next item. POL_ENOMEM when gathering had failed. */
enum pol_status writer_flush(struct buf *buf, FILE *out) POL_MUST_CHECK;

/* The last line of the text format without its line end: "pre-commit: refused, 1 exception …". */
void summary_add(struct buf *buf, const struct report *report, const struct report_context *context);

/* The line at fault with carets below the place; nothing when the finding has no line. mark and reset are put
 * around the carets: escape sequences, or "". */
void excerpt_add(struct buf *buf, const struct finding *finding, const char *mark, const char *reset);

/* Whether two findings object to the same exception: same rule at the same place. */
bool finding_same_place(const struct finding *a, const struct finding *b);

/* A JSON string with its quotes, bytes that are no UTF-8 as \xNN. */
void json_add_string(struct buf *buf, const char *string);

#endif
