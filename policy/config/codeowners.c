/* codeowners.c - owners named in CODEOWNERS. Patterns are not judged here, only told apart from owners. */
#include "policy/config/codeowners.h"

#include <stdlib.h>
#include <string.h>

/* GitHub reads no file of 3 MB or more. */
enum { MAX_BYTES = 3 * 1000 * 1000, MAX_OWNERS = 50000 };

const char *const codeowners_paths[] = { ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS",
	                                 ".gitlab/CODEOWNERS", NULL };

/* The owners found so far, as slices of the text. */
struct found {
	struct slice *owners;
	size_t count, capacity;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Cuts the next word off *line: up to a blank that no backslash stands before. False at the end, or at a comment. */
static bool next_word(struct slice *line, struct slice *ret_word)
{
	size_t size = 0;

	*line = slice_trim(*line);
	if (line->size == 0 || line->data[0] == '#')
		return false;
	while (size < line->size && !is_blank(line->data[size]))
		size += line->data[size] == '\\' && size + 1 < line->size ? 2 : 1;
	*ret_word = slice_sub(*line, 0, size);
	*line = slice_from(*line, size);
	return true;
}

/* Cuts a GitLab section heading ("[Name]", "^[Name]", "[Name][2]") off the start of *line; the owners behind it are the
 * section's. */
static bool skip_heading(struct slice *line)
{
	struct slice rest = slice_from(*line, slice_starts(*line, "^") ? 1 : 0);
	size_t close = slice_starts(rest, "[") ? slice_find_char(rest, ']') : SIZE_MAX;

	if (close == SIZE_MAX)
		return false;
	rest = slice_from(rest, close + 1);
	if (slice_starts(rest, "[") && (close = slice_find_char(rest, ']')) != SIZE_MAX)
		rest = slice_from(rest, close + 1);
	if (rest.size > 0 && !is_blank(rest.data[0])) /* a pattern that begins with a set: [ab]/file */
		return false;
	*line = rest;
	return true;
}

/* @user, @org/team, @@role or a mail address. */
static bool is_owner(struct slice word)
{
	size_t at = slice_find_char(word, '@');

	return at != SIZE_MAX && at + 1 < word.size;
}

static bool add_owner(struct arena *arena, struct found *found, struct slice word)
{
	found->owners = arena_grow(arena, found->owners, found->count, &found->capacity, sizeof(word));
	if (found->owners)
		found->owners[found->count++] = word;
	return found->owners != NULL;
}

static bool add_line(struct arena *arena, struct found *found, struct slice line)
{
	struct slice word;

	line = slice_trim(line);
	if (!skip_heading(&line) && !next_word(&line, &word)) /* the first word is the pattern */
		return true;
	while (next_word(&line, &word))
		if (is_owner(word) && !add_owner(arena, found, word))
			return false;
	return true;
}

static int fold(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int compare(const void *a, const void *b)
{
	const struct slice *x = a;
	const struct slice *y = b;

	for (size_t i = 0; i < x->size && i < y->size; i++)
		if (fold(x->data[i]) != fold(y->data[i]))
			return fold(x->data[i]) - fold(y->data[i]);
	return (x->size > y->size) - (x->size < y->size);
}

/* Sorts what was found and copies each owner once. */
static const char *const *copy_sorted(struct arena *arena, struct found *found)
{
	const char **list = arena_alloc(arena, found->count + 1, sizeof(*list));
	size_t count = 0;

	if (!list)
		return NULL;
	if (found->count > 0)
		qsort(found->owners, found->count, sizeof(*found->owners), compare);
	for (size_t i = 0; i < found->count && count < MAX_OWNERS; i++) {
		struct slice owner = found->owners[i];

		if (i > 0 && compare(&found->owners[i - 1], &owner) == 0)
			continue;
		list[count] = arena_copy(arena, owner.data, owner.size);
		if (!list[count++])
			return NULL;
	}
	return list;
}

enum pol_status codeowners_read(struct arena *arena, struct slice text, const char *const **ret_owners)
{
	CLEANUP(arena) struct arena scratch = { 0 };
	struct found found = { 0 };
	struct slice line;
	const char *const *list;

	if (text.size >= MAX_BYTES)
		text.size = 0;
	if (slice_starts(text, "\xef\xbb\xbf"))
		text = slice_from(text, 3);
	while (slice_next_line(&text, &line))
		if (!add_line(&scratch, &found, line))
			return POL_ENOMEM;
	list = copy_sorted(arena, &found);
	if (!list)
		return POL_ENOMEM;
	*ret_owners = list;
	return POL_OK;
}

/* Cuts the next owner off *text: up to a comma or blank. */
static bool next_owner(struct slice *text, struct slice *ret_owner)
{
	size_t start = 0;
	size_t size = 0;

	while (start < text->size && strchr(", \t", text->data[start]))
		start++;
	*text = slice_from(*text, start);
	while (size < text->size && !strchr(", \t", text->data[size]))
		size++;
	*ret_owner = slice_sub(*text, 0, size);
	*text = slice_from(*text, size);
	return size > 0;
}

/* People leave the @ in front out, or put it where the list has none. */
static struct slice without_at(struct slice owner)
{
	return slice_starts(owner, "@") && !slice_starts(owner, "@@") ? slice_from(owner, 1) : owner;
}

static bool is_known(const char *const *owners, struct slice owner)
{
	for (; owners && *owners; owners++)
		if (slice_equal_nocase(without_at(slice_of(*owners)), without_at(owner)))
			return true;
	return false;
}

bool owners_known(const char *const *owners, const char *owner)
{
	struct slice rest = slice_of(owner);
	struct slice one;
	bool any = false;

	while (next_owner(&rest, &one)) {
		if (!is_known(owners, one))
			return false;
		any = true;
	}
	return any;
}
