/* window.c - lines around a place, within bounds, and without their CRs. */
#include "policy/rules/window.h"

#include <string.h>

static bool is_line_start(struct slice text, size_t at)
{
	return at == 0 || text.data[at - 1] == '\n';
}

static void widen_back(struct slice text, struct window *window, size_t count)
{
	const size_t floor = window->start > WINDOW_LINES_MAX ? window->start - WINDOW_LINES_MAX : 0;

	for (; count > 0 && window->start > floor && !window->not_bol; count--) {
		size_t size = window->start - 1 - floor; /* before the LF that ends the line above */

		/* Nowhere, SIZE_MAX, makes the floor. */
		window->start = floor + slice_find_last_char(slice_sub(text, floor, size), '\n') + 1;
		window->not_bol = !is_line_start(text, window->start);
	}
}

static void widen_forward(struct slice text, struct window *window, size_t count)
{
	const size_t room = text.size - window->end;
	const size_t ceiling = window->end + (room < WINDOW_LINES_MAX ? room : WINDOW_LINES_MAX);

	/* A line end that is the text's last byte does not open another line. */
	for (; count > 0 && window->end + 1 < ceiling && !window->not_eol; count--) {
		size_t next = window->end + 1;
		const char *end = memchr(text.data + next, '\n', ceiling - next);

		window->end = end ? (size_t)(end - text.data) : ceiling;
		window->not_eol = window->end < text.size && text.data[window->end] != '\n';
	}
}

struct window window_widen(struct slice text, struct window window, size_t count)
{
	widen_back(text, &window, count);
	widen_forward(text, &window, count);
	return window;
}

static bool is_crlf(struct slice text, size_t at)
{
	return text.data[at] == '\r' && at + 1 < text.size && text.data[at + 1] == '\n';
}

static bool holds_crlf(struct slice text, struct window window)
{
	const char *at = text.data + window.start;
	const char *end = text.data + window.end;

	while ((at = memchr(at, '\r', (size_t)(end - at)))) {
		if (is_crlf(text, (size_t)(at - text.data)))
			return true;
		at++;
	}
	return false;
}

enum pol_status window_subject(struct slice text, struct window window, struct buf *copy,
                               struct window_subject *ret_subject)
{
	struct window_subject subject = { .base = window.start };

	if (window.end > window.start && is_crlf(text, window.end - 1))
		window.end--;
	subject.view = (struct regex_subject){ text.data + window.start, window.end - window.start,
		                               window.not_bol, window.not_eol };
	if (window.end > window.start && holds_crlf(text, window)) {
		buf_clear(copy);
		for (size_t i = window.start; i < window.end; i++)
			if (!is_crlf(text, i))
				buf_add_char(copy, text.data[i]);
		if (buf_failed(copy))
			return POL_ENOMEM;
		subject.view.data = copy->data;
		subject.view.size = copy->size;
		subject.copied = true;
	}
	*ret_subject = subject;
	return POL_OK;
}

size_t window_offset(struct slice text, const struct window_subject *subject, size_t offset)
{
	size_t at = subject->base;

	if (!subject->copied)
		return at + offset;
	for (; offset > 0; offset--)
		at += is_crlf(text, at) ? 2 : 1;
	return at;
}
