/* page.c - the one page of the application as HTML. Titles are people's text: escaped, never taken for markup. */
#include "app/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char head[] =
	"<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Tasks</title></head>\n"
	"<body>\n<h1>Tasks</h1>\n<form method=\"post\" action=\"/add\">"
	"<input name=\"title\" maxlength=\"200\" required aria-label=\"Title\">"
	"<button>Add</button></form>\n<ul>\n";
static const char foot[] = "</ul>\n</body>\n</html>\n";

static const char *escape_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void write_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		const char *escape = escape_of(*text);

		if (escape)
			(void)fputs(escape, out);
		else
			(void)fputc(*text, out);
	}
}

static void write_task(int64_t id, const char *title, void *out)
{
	(void)fputs("<li>", out);
	write_escaped(out, title);
	(void)fprintf(
		out,
		"<form method=\"post\" action=\"/delete\"><input type=\"hidden\" name=\"id\" value=\"%" PRId64
		"\"><button>Delete</button></form></li>\n",
		id);
}

char *page_render(struct store *store, size_t *ret_size)
{
	char *page = NULL;
	FILE *out = open_memstream(&page, ret_size);
	bool read;

	if (!out)
		return NULL;
	(void)fputs(head, out);
	read = store_each(store, write_task, out);
	(void)fputs(foot, out);
	if (fclose(out) != 0 || !read) {
		free(page);
		return NULL;
	}
	return page;
}
