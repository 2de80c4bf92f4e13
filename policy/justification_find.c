/* justification_find.c - where a justification may stand around an exception: in the marker itself, on its line, in the
 * comment lines above it or above its statement. */
#include "policy/justification.h"

#include "policy/justification_text.h"
#include "policy/rules/lexer.h"
#include "policy/rules/scanner.h"
#include "policy/rules/syntax.h"

#include <string.h>

enum {
	BLOCK_MAX = 64,         /* comment lines of one block that are read */
	WINDOW_MAX = 4096,      /* bytes of a line before and behind the exception */
	MARKERS_MAX = 32,       /* markers on one line that are told apart */
	ITEM_LINES_MAX = 200,   /* looked back for the item of a list */
	PLAIN_DISTANCE_MAX = 12 /* lines between a plain comment above a statement and the exception in it */
};

struct finder {
	struct arena *arena;
	const struct match_site *site;
	struct justification *into;
	uint32_t line; /* of the exception */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t whole_start(const struct finder *finder, const struct match *match)
{
	return match->whole.data ? (size_t)(match->whole.data - finder->site->lexed->text.data)
	                         : match->start;
}

static size_t whole_end(const struct finder *finder, const struct match *match)
{
	return match->whole.data ? whole_start(finder, match) + match->whole.size : match->end;
}

static bool is_marker(const struct match *match)
{
	return match->rule->kind == KIND_SUPPRESSION;
}

/* Index of the first match of the file that starts at offset or behind it. */
static size_t first_neighbour(const struct match_site *site, size_t offset)
{
	size_t low = 0, high = site->neighbour_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (site->neighbours[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The fields of from that are missing; its reason also when its form is stronger. */
static void merge(struct justification *into, const struct justification *from)
{
	bool stronger = from->reason && (!into->reason || from->form > into->form);

	if (stronger || (!into->reason && from->form > into->form))
		into->form = from->form;
	if (stronger) {
		into->reason = from->reason;
		into->line = from->line;
	}
	if (!into->until_text && from->until_text) {
		into->until_text = from->until_text;
		into->until = from->until;
	}
	into->owner = into->owner ? into->owner : from->owner;
	into->ticket = into->ticket ? into->ticket : from->ticket;
	into->line = into->line ? into->line : from->line;
}

/* Reads lines[count] into what is found. */
static enum pol_status take(struct finder *finder, const struct slice *lines, size_t count,
                            uint32_t first_line, enum justification_form plain)
{
	struct justification read = { .until = DATE_NONE };
	enum pol_status status = justification_read_as(finder->arena, lines, count, first_line, plain, &read);

	if (status == POL_OK)
		merge(finder->into, &read);
	return status;
}

/* ---- native: groups of the marker's own pattern ------------------------------------------------------------------- */

/* The ends of block comments. */
static const char *const closes[] = { "*/", "-->", "#}", "%>", "*)", "-}" };

/* Without the end of a block comment that the group took along. */
static struct slice without_close(struct slice text)
{
	text = slice_trim(text);
	for (size_t i = 0; i < sizeof(closes) / sizeof(closes[0]); i++)
		if (slice_ends(text, closes[i]))
			text = slice_trim(slice_sub(text, 0, text.size - strlen(closes[i])));
	return text;
}

/* Without the end of the marker's own block comment, behind which a second comment may stand. */
static struct slice behind_close(struct slice text)
{
	text = slice_trim(text);
	for (size_t i = 0; i < sizeof(closes) / sizeof(closes[0]); i++)
		if (slice_starts(text, closes[i]))
			return slice_trim(slice_from(text, strlen(closes[i])));
	return text;
}

static enum pol_status take_native(struct finder *finder, const struct match *match)
{
	struct justification read = { .until = DATE_NONE };
	struct slice reason = without_close(match->reason);
	uint32_t line = lexed_line_at(finder->site->lexed, match->start);

	if (justification_set(finder->arena, &read, KEY_UNTIL, match->until, FORM_NATIVE) < 0 ||
	    justification_set(finder->arena, &read, KEY_OWNER, match->owner, FORM_NATIVE) < 0)
		return POL_ENOMEM;
	if (read.form != FORM_NONE)
		read.line = line;
	merge(finder->into, &read);
	return reason.size > 0 ? take(finder, &reason, 1, line, FORM_NATIVE) : POL_OK;
}

/* ---- the same line ------------------------------------------------------------------------------------------------ */

/* Without the marks and signs that set a reason off from what stands before and behind it. */
static struct slice strip_signs(const struct language *language, struct slice text)
{
	size_t size;

	text = without_close(text);
	do {
		const struct mark *mark;

		size = text.size;
		text = behind_close(text);
		mark = comment_mark_of(language, text);
		text = slice_trim(slice_from(text, mark ? strlen(mark->open) : 0));
		if (text.size > 0 && text.data[0] && strchr("-:;,|=", text.data[0]) != NULL)
			text = slice_from(text, 1);
		else if (slice_starts(text, "\xe2\x80\x93") || slice_starts(text, "\xe2\x80\x94"))
			text = slice_from(text, 3);
	} while (text.size < size);
	while (text.size > 0 && text.data[text.size - 1] &&
	       strchr("-:;,|#/ \t", text.data[text.size - 1]) != NULL)
		text.size--;
	return text;
}

/* What stands behind a second comment mark: `B404  # why`. Empty when there is none. */
static struct slice behind_second_mark(const struct language *language, struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		bool begins = i == 0 || is_blank(text.data[i - 1]);

		if (begins && !is_blank(text.data[i]) && comment_mark_of(language, slice_from(text, i)))
			return strip_signs(language, slice_from(text, i));
	}
	return (struct slice){ "", 0 };
}

/* Ids that a marker's pattern left behind: "B404, B603" */
static struct slice without_ids(struct slice text)
{
	for (;;) {
		size_t letters = 0, digits = 0, end;

		while (letters < text.size && text.data[letters] >= 'A' && text.data[letters] <= 'Z')
			letters++;
		while (letters + digits < text.size && text.data[letters + digits] >= '0' &&
		       text.data[letters + digits] <= '9')
			digits++;
		end = letters + digits;
		if (letters == 0 || digits == 0 ||
		    (end < text.size && text.data[end] != ',' && !is_blank(text.data[end])))
			return text;
		while (end < text.size && (text.data[end] == ',' || is_blank(text.data[end])))
			end++;
		text = slice_from(text, end);
	}
}

/* A part of the line's comment between markers; place is what the marker before it allows. */
static enum pol_status take_piece(struct finder *finder, struct slice piece, enum rule_place place)
{
	const struct language *language = finder->site->lexed->language;
	struct slice text = without_ids(strip_signs(language, piece)), second;
	enum pol_status status;

	if (place == PLACE_TRAILING)
		return take(finder, &text, 1, finder->line, FORM_PLAIN);
	/* The tool would take words behind its marker for something else; a second comment they may be. */
	second = behind_second_mark(language, piece);
	status = take(finder, &second, 1, finder->line, FORM_PLAIN);
	return status == POL_OK ? take(finder, &text, 1, finder->line, FORM_NONE) : status;
}

/* The part of the exception's line that is read: lines may be megabytes long. */
static void window_of(const struct finder *finder, size_t *ret_start, size_t *ret_end)
{
	const struct lexed *lexed = finder->site->lexed;
	size_t at = finder->site->match->start, line = lexed->lines[finder->line - 1];
	size_t end = line + lexed_line(lexed, finder->line).size;

	*ret_start = at - line > WINDOW_MAX ? at - WINDOW_MAX : line;
	*ret_end = end > at && end - at > WINDOW_MAX ? at + WINDOW_MAX : end;
}

/* The markers of the line near the exception, sorted; the exception itself is one of them, listed or not. */
static size_t markers_on_line(const struct finder *finder, const struct match *ret_markers[MARKERS_MAX])
{
	const struct match_site *site = finder->site;
	size_t start, end, count = 0, near = first_neighbour(site, site->match->start), i;
	bool own = !is_marker(site->match);

	window_of(finder, &start, &end);
	i = first_neighbour(site, start);
	i = near - i > MARKERS_MAX / 2 ? near - MARKERS_MAX / 2 : i;
	for (; i < site->neighbour_count && site->neighbours[i].start < end && count + 1 < MARKERS_MAX; i++) {
		const struct match *match = &site->neighbours[i];

		if (!own && match->start >= site->match->start) {
			ret_markers[count++] = site->match;
			own = true;
		}
		if (is_marker(match) && match->start != site->match->start)
			ret_markers[count++] = match;
	}
	if (!own)
		ret_markers[count++] = site->match;
	return count;
}

/* Reads the comment from start to end piece by piece, markers left out. */
static enum pol_status take_pieces(struct finder *finder, const struct match *const *markers, size_t count,
                                   size_t start, size_t end)
{
	struct slice text = finder->site->lexed->text;
	enum rule_place place = PLACE_TRAILING;
	enum pol_status status = POL_OK;

	for (size_t i = 0; i < count && status == POL_OK; i++) {
		size_t from = whole_start(finder, markers[i]), to = whole_end(finder, markers[i]);

		if (to <= start || from >= end)
			continue;
		if (from > start)
			status = take_piece(finder, slice_sub(text, start, from - start), place);
		start = to < end ? to : end;
		place = markers[i]->rule->place;
	}
	return status == POL_OK ? take_piece(finder, slice_sub(text, start, end - start), place) : status;
}

static enum pol_status take_same_line(struct finder *finder)
{
	const struct lexed *lexed = finder->site->lexed;
	const struct match *markers[MARKERS_MAX];
	size_t count = markers_on_line(finder, markers), start, end, first, last;
	enum pol_status status = POL_OK;
	struct slice comment;
	bool whole;

	for (size_t i = 0; i < count && status == POL_OK; i++)
		status = take_native(finder, markers[i]);
	if (status != POL_OK || !lexed_comment_on(lexed, finder->line, &comment, &whole))
		return status;
	window_of(finder, &start, &end);
	first = (size_t)(comment.data - lexed->text.data);
	last = first + comment.size;
	first = first > start ? first : start;
	last = last < end ? last : end;
	return first < last ? take_pieces(finder, markers, count, first, last) : POL_OK;
}

/* ---- blocks of comment lines -------------------------------------------------------------------------------------- */

/* Whether another marker stands on the line: it is no reason, and what stands beyond it belongs to it first. */
static bool is_marker_line(const struct finder *finder, uint32_t line)
{
	const struct match_site *site = finder->site;
	struct slice text = lexed_line(site->lexed, line);
	size_t start = (size_t)(text.data - site->lexed->text.data);

	for (size_t i = first_neighbour(site, start);
	     i < site->neighbour_count && site->neighbours[i].start < start + text.size; i++)
		if (is_marker(&site->neighbours[i]))
			return true;
	return false;
}

/* The lines of one block, between markers. */
struct block {
	struct slice lines[BLOCK_MAX];
	size_t first; /* in use: first to BLOCK_MAX - 1 */
};

/* Reads the comment lines directly above line, the nearest part first; a part that says anything ends the search. */
static enum pol_status take_above(struct finder *finder, uint32_t line, enum justification_form plain)
{
	struct block block = { .first = BLOCK_MAX };
	struct justification read = { .until = DATE_NONE };
	enum pol_status status = POL_OK;
	size_t markers = 0;
	bool more = true;

	while (more && status == POL_OK && read.form == FORM_NONE) {
		struct slice text;
		bool whole = false, marker;
		size_t count;

		line--;
		more = line > 0 && lexed_comment_on(finder->site->lexed, line, &text, &whole) && whole;
		marker = more && is_marker_line(finder, line);
		if (more && !marker && block.first > 0) {
			block.lines[--block.first] = slice_sub(text, 0, WINDOW_MAX);
			continue;
		}
		count = BLOCK_MAX - block.first;
		status = justification_read_as(finder->arena, block.lines + block.first, count, line + 1,
		                               plain, &read);
		block.first = BLOCK_MAX;
		more = marker && ++markers < MARKERS_MAX;
	}
	if (status == POL_OK)
		merge(finder->into, &read);
	return status;
}

/* Reads whole comment lines from line on. same_block: only those of the comment that began before. */
static enum pol_status take_below(struct finder *finder, uint32_t line, bool same_block)
{
	const struct lexed *lexed = finder->site->lexed;
	struct slice lines[BLOCK_MAX], text;
	size_t count = 0;
	uint32_t at = line;
	bool whole = false;

	for (; count < BLOCK_MAX && lexed_comment_on(lexed, at, &text, &whole) && whole; at++) {
		if (same_block && lexed_kind_at(lexed, lexed->lines[at - 1]) != SPAN_COMMENT)
			break;
		if (is_marker_line(finder, at))
			break;
		lines[count++] = slice_sub(text, 0, WINDOW_MAX);
	}
	return take(finder, lines, count, line, FORM_PLAIN);
}

/* Whether the comment that the exception stands in goes on over the next lines. */
static bool in_long_comment(const struct finder *finder)
{
	const struct lexed *lexed = finder->site->lexed;
	enum span_kind kind;
	struct slice span = lexed_span_at(lexed, finder->site->match->start, &kind);
	size_t end = (size_t)(span.data - lexed->text.data) + span.size;

	return kind == SPAN_COMMENT && finder->line < lexed->line_count && end > lexed->lines[finder->line];
}

/* ---- YAML --------------------------------------------------------------------------------------------------------- */

static size_t indent_of(struct slice line)
{
	size_t indent = 0;

	while (indent < line.size && line.data[indent] == ' ')
		indent++;
	return indent;
}

static bool is_dash(struct slice line, size_t at)
{
	return at < line.size && line.data[at] == '-' && (at + 1 == line.size || line.data[at + 1] == ' ');
}

/* The line of the "- " of the list item that holds the line; 0 = none above it. */
static uint32_t item_line(const struct lexed *lexed, uint32_t line)
{
	size_t limit = indent_of(lexed_line(lexed, line));

	for (uint32_t at = line - 1; at > 0 && line - at < ITEM_LINES_MAX && limit > 0; at--) {
		struct slice text = lexed_line(lexed, at);
		size_t indent = indent_of(text);

		if (slice_trim(text).size == 0 || text.data[indent] == '#' || indent >= limit)
			continue;
		if (is_dash(text, indent))
			return at;
		limit = indent;
	}
	return 0;
}

/* ---- all of it ---------------------------------------------------------------------------------------------------- */

static enum pol_status take_around(struct finder *finder)
{
	const struct lexed *lexed = finder->site->lexed;
	uint32_t statement = lexed_statement_line(lexed, finder->line);
	uint32_t item = lexed->language->keys == KEYS_YAML ? item_line(lexed, finder->line) : 0;
	enum justification_form plain = finder->line - statement <= PLAIN_DISTANCE_MAX ? FORM_PLAIN
	                                                                               : FORM_NONE;
	enum pol_status status = take_above(finder, finder->line, FORM_PLAIN);

	if (status == POL_OK && statement < finder->line)
		status = take_above(finder, statement, plain);
	if (status == POL_OK && item > 0)
		status = take_above(finder, item, FORM_NONE);
	return status;
}

enum pol_status justification_find(struct arena *arena, const struct match_site *site,
                                   struct justification *ret_justification)
{
	struct justification found = { .until = DATE_NONE };
	struct finder finder = { .arena = arena, .site = site, .into = &found };
	enum pol_status status;

	finder.line = lexed_line_at(site->lexed, site->match->start);
	status = take_native(&finder, site->match);
	if (status == POL_OK)
		status = take_same_line(&finder);
	if (status == POL_OK && in_long_comment(&finder))
		status = take_below(&finder, finder.line + 1, true);
	if (status == POL_OK)
		status = take_around(&finder);
	if (status == POL_OK && site->match->rule->place == PLACE_BELOW)
		status = take_below(&finder, finder.line + 1, false);
	if (status == POL_OK)
		*ret_justification = found;
	return status;
}
