/* remote_text.c - folds a text report for the way through git to another terminal. */
#include "checks/push-check/remote_text.h"

#include "policy/base/text.h"

#include <stdlib.h>

enum { WIDTH = 100, MAX_INDENT = 40, FURTHER = 4 };

/* "    12 | code" and the carets below it: what stands under what would be lost. */
static bool is_excerpt(struct slice line)
{
	size_t at = 0;

	while (at < line.size && (line.data[at] == ' ' || (line.data[at] >= '0' && line.data[at] <= '9')))
		at++;
	return at > 0 && at + 1 < line.size && line.data[at] == '|' && line.data[at + 1] == ' ';
}

/* Where to break: after the last blank that fits; a word that is too long stays whole. */
static size_t break_at(struct slice line, size_t indent)
{
	size_t at = line.size < WIDTH ? line.size : WIDTH;

	while (at > indent + 1 && line.data[at - 1] != ' ')
		at--;
	if (at > indent + 1)
		return at;
	for (at = indent + 1; at < line.size && line.data[at - 1] != ' ';)
		at++;
	return at;
}

void remote_text_fold(struct buf *text, struct slice line)
{
	size_t indent = 0;

	while (indent < line.size && indent < MAX_INDENT && line.data[indent] == ' ')
		indent++;
	while (line.size > WIDTH && !is_excerpt(line)) {
		size_t end = break_at(line, indent);

		if (end >= line.size)
			break;
		buf_add(text, line.data, line.data[end - 1] == ' ' ? end - 1 : end);
		buf_printf(text, "\n%*s", (int)(indent + FURTHER), "");
		line = slice_from(line, end);
	}
	buf_add(text, line.data, line.size);
	buf_add_char(text, '\n');
}

enum pol_status remote_text_write(const struct report *report, const struct report_context *context,
                                  FILE *out, struct pol_error *err)
{
	CLEANUP(buf) struct buf folded = { 0 };
	struct report_context plain = *context;
	char *text = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&text, &size);
	struct slice rest, line;
	enum pol_status status;

	if (!memory)
		return pol_fail_memory(err);
	plain.color = false;
	status = report_write(report, &plain, FORMAT_TEXT, memory, err);
	if (fclose(memory) != 0 && status == POL_OK)
		status = pol_fail_memory(err);
	rest = (struct slice){ text, size };
	while (status == POL_OK && slice_next_line(&rest, &line))
		remote_text_fold(&folded, line);
	free(text);
	if (status == POL_OK && buf_failed(&folded))
		return pol_fail_memory(err);
	if (status == POL_OK && folded.size > 0 &&
	    (fwrite(folded.data, 1, folded.size, out) != folded.size || fflush(out) != 0))
		return pol_fail(err, POL_EIO, NULL, 0, "the report could not be written");
	return status;
}
