/* cli_support.c - what check programs and hooks share around a run. */
#include "checks/cli_support.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t cli_now_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool cli_takes_color(FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(fileno(stream)) == 1 && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

struct report_context cli_context(const struct cli_program *program, const struct source *source,
                                  uint64_t start_ms)
{
	return (struct report_context){
		.tool = program->name,
		.version = WARRANT_VERSION,
		.source_kind = source_kind_names[source ? source_kind(source) : SOURCE_RANGE],
		.base = source ? source_base(source) : NULL,
		.head = source ? source_head(source) : NULL,
		.top = source ? source_top(source) : ".",
		.elapsed_ms = cli_now_ms() - start_ms,
		.warns = true,
	};
}

void cli_write_notes(const char *program, const struct report *report)
{
	CLEANUP(buf) struct buf buf = { 0 };

	for (size_t i = 0; i < report->note_count; i++) {
		buf_printf(&buf, "%s: note: ", program);
		text_add_escaped(&buf, slice_of(report->notes[i]), false);
		buf_add_char(&buf, '\n');
	}
	if (!buf_failed(&buf) && buf.size > 0)
		(void)fwrite(buf.data, 1, buf.size, stderr);
}

int cli_fail(const char *program, const struct pol_error *err)
{
	CLEANUP(buf) struct buf buf = { 0 };

	buf_printf(&buf, "%s: ", program);
	if (err->path[0])
		text_add_escaped(&buf, slice_of(err->path), false);
	if (err->path[0] && err->line > 0)
		buf_printf(&buf, ":%u", err->line);
	buf_add_string(&buf, err->path[0] ? ": " : "");
	text_add_escaped(&buf, slice_of(err->message), false);
	/* Without memory for the sentence at least its sense. */
	(void)fprintf(stderr, "%s\n", buf_failed(&buf) ? "out of memory" : buf.data);
	return VERDICT_UNKNOWN;
}
