/* check.c - what all checks do with an exception once they have found it. */
#include "checks/check.h"

enum { TEXT_WINDOW = 200 }; /* bytes of a line that a report shows */

enum pol_status check_exception(struct check_context *context, struct exception *exception,
                                const struct language *language, struct report *report)
{
	size_t entry = judge_from_policy(context->judge, &report->arena, exception);

	if (entry != SIZE_MAX && context->used)
		context->used[entry] = true;
	return judge_exception(context->judge, exception, language, report);
}

/* The line and column after the last byte of place, which begins at column of line. */
static void locate_end(struct slice place, struct exception *exception)
{
	exception->end_line = exception->line;
	exception->end_column = exception->column;
	for (size_t i = 0; i < place.size; i++) {
		exception->end_column++;
		if (place.data[i] == '\n') {
			exception->end_line++;
			exception->end_column = 1;
		}
	}
}

enum pol_status check_locate(struct arena *arena, struct slice line, uint32_t number, struct slice place,
                             struct exception *exception)
{
	size_t offset = (size_t)(place.data - line.data);
	size_t cut = 0;
	char *copy;

	exception->line = number;
	exception->column = (uint32_t)offset + 1;
	locate_end(place, exception);
	/* A third of the window goes before the place: what follows says more. */
	if (line.size > TEXT_WINDOW && offset > TEXT_WINDOW / 3)
		cut = offset - TEXT_WINDOW / 3;
	line = slice_sub(line, cut, TEXT_WINDOW);
	copy = arena_copy(arena, line.data, line.size);
	if (!copy)
		return POL_ENOMEM;
	exception->text = copy;
	exception->text_column = (uint32_t)cut + 1;
	return POL_OK;
}
