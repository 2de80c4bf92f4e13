/* check.c - what all checks do with an exception once they have found it. */
#include "checks/check.h"

enum {
	TEXT_WINDOW = 200, /* bytes of a line that a report shows */
	CHARACTER_MAX = 4, /* bytes of a character in UTF-8 */
};

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

/* Bytes before at that belong to the character which a cut there would go through. */
static size_t bytes_before(struct slice text, size_t at)
{
	size_t count = 0;

	while (count < CHARACTER_MAX && count < at && at - count < text.size &&
	       ((unsigned char)text.data[at - count] & 0xc0) == 0x80)
		count++;
	return count < CHARACTER_MAX ? count : 0; /* no UTF-8: one place is as good as another */
}

/* What a report shows of line around the place at offset; *ret_cut are the bytes left out before it. */
static struct slice window_of(struct slice line, size_t offset, size_t *ret_cut)
{
	size_t end;

	*ret_cut = 0;
	/* A third of the window goes before the place: what follows says more. */
	if (line.size > TEXT_WINDOW && offset > TEXT_WINDOW / 3)
		*ret_cut = offset - TEXT_WINDOW / 3;
	*ret_cut -= bytes_before(line, *ret_cut);
	end = *ret_cut + TEXT_WINDOW;
	end -= bytes_before(line, end);
	return slice_sub(line, *ret_cut, end - *ret_cut);
}

enum pol_status check_locate(struct arena *arena, struct slice line, uint32_t number, struct slice place,
                             struct exception *exception)
{
	size_t offset = (size_t)(place.data - line.data);
	size_t cut;
	char *copy;

	exception->line = number;
	exception->column = (uint32_t)offset + 1;
	locate_end(place, exception);
	line = window_of(line, offset, &cut);
	copy = arena_copy(arena, line.data, line.size);
	if (!copy)
		return POL_ENOMEM;
	exception->text = copy;
	exception->text_column = (uint32_t)cut + 1;
	return POL_OK;
}
