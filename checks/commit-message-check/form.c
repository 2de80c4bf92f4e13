/* form.c - tells from a message's file, GIT_EDITOR and the configuration how git will clean it. */
#include "checks/commit-message-check/form.h"

#include <string.h>

/* The line below which all is git's (commit --verbose, --cleanup=scissors), behind the comment mark. */
static const char scissors[] = " ------------------------ >8 ------------------------";

/* What core.commentChar=auto chooses from. */
static const char marks[] = "#;@!$%^&|:";

enum { MIN_TEMPLATE = 3 }; /* lines of the shortest block that git puts below a message */

static bool is_mark(char c)
{
	return c != '\0' && strchr(marks, c) != NULL;
}

bool form_is_scissors(struct slice line, struct slice mark)
{
	return mark.size > 0 && line.size >= mark.size && memcmp(line.data, mark.data, mark.size) == 0 &&
	       slice_equal(slice_from(line, mark.size), slice_of(scissors));
}

/* ---- what the text shows ---------------------------------------------------------------------------------------------*/

/* git's block of comments: lines that begin with one mark, at least one of them with nothing behind it. */
struct template_block {
	struct slice mark;
	size_t lines;
	bool has_lone;   /* a line of the mark alone */
	bool has_quoted; /* a line that names the mark: "Lines starting with '#' will be ignored" */
};

struct traces {
	struct slice mark;         /* of the template, else of the scissors; empty = neither is there */
	bool is_certain;           /* that they are git's and no user's */
	bool cuts_before_template; /* the scissors stand above the template: cleanup=scissors */
};

static bool is_template(const struct template_block *block)
{
	return block->lines >= MIN_TEMPLATE && block->has_lone;
}

static void extend(struct template_block *block, struct slice line)
{
	const char quoted[] = { '\'', line.size > 0 ? line.data[0] : ' ', '\'', '\0' };

	if (line.size == 0 || !is_mark(line.data[0]) ||
	    (line.size > 1 && line.data[1] != ' ' && line.data[1] != '\t')) {
		*block = (struct template_block){ 0 };
		return;
	}
	if (block->lines == 0 || block->mark.data[0] != line.data[0])
		*block = (struct template_block){ .mark = slice_sub(line, 0, 1) };
	block->lines++;
	block->has_lone = block->has_lone || line.size == 1;
	block->has_quoted = block->has_quoted || slice_find(line, quoted) != SIZE_MAX;
}

static struct slice trim_end(struct slice line)
{
	while (line.size > 0 && memchr(" \t\r", line.data[line.size - 1], 3))
		line.size--;
	return line;
}

/* The last template counts: commit.template may begin with one of its own. */
static struct traces find_traces(struct slice raw)
{
	struct template_block block = { 0 };
	struct traces traces = { 0 };
	struct slice rest = raw, line;
	bool has_template = false;

	while (slice_next_line(&rest, &line)) {
		line = trim_end(line);
		extend(&block, line);
		if (is_template(&block)) {
			has_template = true;
			traces.mark = block.mark;
			traces.is_certain = traces.is_certain || block.has_quoted;
		}
		if (line.size > 1 && is_mark(line.data[0]) && form_is_scissors(line, slice_sub(line, 0, 1))) {
			struct slice next, after = rest;
			/* git explains the line in two more */
			bool explained = slice_next_line(&after, &next) && next.size > 1 &&
			                 next.data[0] == line.data[0] && next.data[1] == ' ';

			traces.mark = slice_sub(line, 0, 1);
			traces.is_certain = traces.is_certain || explained;
			traces.cuts_before_template = !has_template;
			break;
		}
	}
	return traces;
}

/* ---- what git will do ------------------------------------------------------------------------------------------------*/

static bool opened_none(const struct message_origin *origin)
{
	return origin->editor && strcmp(origin->editor, ":") == 0;
}

/* Outside of a hook nobody says whether somebody edited the file: then what git wrote into it does. */
static bool was_edited(const struct message_origin *origin, const struct traces *traces)
{
	if (opened_none(origin))
		return traces->is_certain; /* GIT_EDITOR=: is also what scripts set */
	return origin->in_hook || traces->mark.size > 0;
}

static bool is_cleanup(const struct message_origin *origin, const char *mode)
{
	return origin->cleanup && strcmp(origin->cleanup, mode) == 0;
}

/* The mark as configured; which one "auto" chose for a text without a template cannot be told, and was none of its lines'. */
static struct slice configured_mark(const struct message_origin *origin)
{
	if (!origin->mark)
		return SLICE("#");
	return strcmp(origin->mark, "auto") == 0 ? (struct slice){ "", 0 } : slice_of(origin->mark);
}

static bool can_be_mark(char c, bool edited)
{
	unsigned char byte = (unsigned char)c;
	bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	               (byte >= 'a' && byte <= 'z');

	/* What begins with other letters than ASCII's is most often text. */
	return byte >= 0x80 ? edited : byte > ' ' && !is_word;
}

bool form_needs_settings(struct slice raw, const struct message_origin *origin)
{
	struct slice rest = raw, line;

	while (slice_next_line(&rest, &line)) {
		if (line.size > 0 && can_be_mark(line.data[0], origin->in_hook && !opened_none(origin)))
			return true;
	}
	return false;
}

struct message_form form_of(struct slice raw, const struct message_origin *origin)
{
	const struct traces traces = find_traces(raw);
	struct message_form form = { .mark = { "", 0 } };

	if (!was_edited(origin, &traces)) {
		if (is_cleanup(origin, "strip"))
			form.mark = configured_mark(origin);
		return form;
	}
	form.mark = traces.mark.size > 0 ? traces.mark : configured_mark(origin);
	form.keeps_comments = is_cleanup(origin, "scissors") || is_cleanup(origin, "whitespace") ||
	                      is_cleanup(origin, "verbatim") ||
	                      (traces.cuts_before_template && !is_cleanup(origin, "strip"));
	return form;
}
