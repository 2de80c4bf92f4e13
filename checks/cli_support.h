/* cli_support.h - what check programs and hooks share around a run: clock, colour, context. Part of cli.c and cli_hook.c. */
#ifndef CHECKS_CLI_SUPPORT_H
#define CHECKS_CLI_SUPPORT_H

#include "checks/cli.h"

/* Milliseconds on a clock that nobody sets; only differences mean something. */
uint64_t cli_now_ms(void);

/* Whether a stream takes colour when nobody says so: a terminal, NO_COLOR unset or empty, TERM set and not dumb. */
bool cli_takes_color(FILE *stream);

/* What checks had to say that is no finding, on stderr: for when no report says it. */
void cli_write_notes(const char *program, const struct report *report);

/* What a report says of the run beside the findings. source is that of run_checks; NULL = a push that changes nothing. */
struct report_context cli_context(const struct cli_program *program, const struct source *source,
                                  uint64_t start_ms);

#endif
