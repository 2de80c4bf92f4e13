/* glob.c - path patterns, matched segment by segment. Only the last * of a segment and the last ** of a pattern are ever
 * tried again, which is enough and keeps the time within size(pattern) * size(path). */
#include "policy/base/glob.h"

#include <stddef.h>
#include <string.h>

/* A part of a pattern or path between two /; end is exclusive. */
struct segment {
	const char *start, *end;
};

static struct segment segment_at(const char *text)
{
	return (struct segment){ text, text + strcspn(text, "/") };
}

/* The segment behind this one; start is NULL behind the last. */
static struct segment segment_after(struct segment segment)
{
	return *segment.end == '/' ? segment_at(segment.end + 1) : (struct segment){ NULL, NULL };
}

static bool is_double_star(struct segment segment)
{
	return segment.end - segment.start == 2 && segment.start[0] == '*' && segment.start[1] == '*';
}

/* One byte of a set, \x being x; *set moves behind it. */
static unsigned char set_byte(const char **set, const char *end)
{
	if (**set == '\\' && *set + 1 < end)
		(*set)++;
	return (unsigned char)*(*set)++;
}

enum {
	SET_MAX = 256
}; /* bytes of a longest set; keeps a row of [ without ] from being read again and again */

/* Matches c against the set that opens at set ("[…]"). Returns what follows the set, or NULL when it is never closed. */
static const char *match_set(const char *set, const char *end, char c, bool *ret_matches)
{
	unsigned char byte = (unsigned char)c;
	const char *at = set + 1;
	bool negated = at < end && (*at == '!' || *at == '^');
	bool found = false;

	if (end - set > SET_MAX)
		end = set + SET_MAX;
	at += negated;
	for (const char *first = at; at < end && (*at != ']' || at == first);) {
		unsigned char low = set_byte(&at, end);
		unsigned char high = low;

		if (at + 1 < end && at[0] == '-' && at[1] != ']') {
			at++;
			high = set_byte(&at, end);
		}
		found = found || (byte >= low && byte <= high);
	}
	*ret_matches = found != negated;
	return at < end ? at + 1 : NULL;
}

/* Matches c against the one-byte pattern at pattern (before end). Returns what follows it, or NULL for no match. */
static const char *match_byte(const char *pattern, const char *end, char c)
{
	bool matches = false;

	if (*pattern == '?')
		return pattern + 1;
	if (*pattern == '[') {
		const char *after = match_set(pattern, end, c, &matches);

		if (after)
			return matches ? after : NULL;
	}
	if (*pattern == '\\' && pattern + 1 < end)
		pattern++;
	return *pattern == c ? pattern + 1 : NULL;
}

static bool match_segment(struct segment pattern, struct segment text)
{
	const char *retry = NULL; /* behind the last *, with the text it has not swallowed yet */
	const char *retry_text = NULL;

	while (text.start < text.end) {
		const char *after = NULL;

		if (pattern.start < pattern.end && *pattern.start == '*') {
			retry = ++pattern.start;
			retry_text = text.start;
			continue;
		}
		if (pattern.start < pattern.end)
			after = match_byte(pattern.start, pattern.end, *text.start);
		if (!after && !retry)
			return false;
		text.start = after ? text.start + 1 : ++retry_text;
		pattern.start = after ? after : retry;
	}
	while (pattern.start < pattern.end && *pattern.start == '*')
		pattern.start++;
	return pattern.start == pattern.end;
}

/* Matches all segments of path. below: the pattern ended in /, so at least one more segment must follow. */
static bool match_segments(struct segment pattern, struct segment path)
{
	struct segment retry = { NULL,
		                 NULL }; /* behind the last **, with the path it has not swallowed yet */
	struct segment retry_path = { NULL, NULL };

	while (path.start) {
		bool is_end_of_pattern = pattern.start && pattern.start == pattern.end && !*pattern.end;

		if (is_end_of_pattern) /* a trailing / takes whatever is below */
			return true;
		if (pattern.start && is_double_star(pattern)) {
			if (!*pattern.end)
				return true;
			retry = pattern = segment_after(pattern);
			retry_path = path;
			continue;
		}
		if (pattern.start && match_segment(pattern, path)) {
			pattern = segment_after(pattern);
			path = segment_after(path);
			continue;
		}
		if (!retry.start)
			return false;
		retry_path = segment_after(retry_path);
		path = retry_path;
		pattern = retry;
	}
	return !pattern.start;
}

/* The size of the text behind the star of a pattern such as "*.py", by far the commonest sort; 0 for any other. */
static size_t suffix_size(const char *pattern)
{
	size_t size = 0;

	if (*pattern != '*')
		return 0;
	for (const char *c = pattern + 1; *c; c++, size++)
		if (*c == '*' || *c == '?' || *c == '[' || *c == '\\' || *c == '/')
			return 0;
	return size;
}

static bool match_path(const char *pattern, const char *path, struct segment name)
{
	size_t suffix = suffix_size(pattern);

	if (suffix > 0)
		return (size_t)(name.end - name.start) >= suffix && name.end[-1] == pattern[suffix] &&
		       memcmp(name.end - suffix, pattern + 1, suffix) == 0;
	if (strchr(pattern, '/'))
		return match_segments(segment_at(pattern + (*pattern == '/')), segment_at(path));
	return match_segment(segment_at(pattern), name);
}

static struct segment last_segment(const char *path)
{
	const char *slash = strrchr(path, '/');

	return segment_at(slash ? slash + 1 : path);
}

bool glob_match(const char *pattern, const char *path)
{
	return match_path(pattern, path, last_segment(path));
}

bool glob_match_any(const char *const *patterns, const char *path)
{
	struct segment name;

	/* Most lists are empty, and this is asked for every rule. */
	if (!patterns || !*patterns)
		return false;
	name = last_segment(path);
	for (; *patterns; patterns++)
		if (match_path(*patterns, path, name))
			return true;
	return false;
}
