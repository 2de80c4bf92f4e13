/* glob_list.c - sorts globs by form when the list is built, so that a question costs one pass over the path and a few
 * look-ups, however many globs there are. */
#include "policy/base/glob_list.h"

#include "policy/base/glob.h"
#include "policy/base/text.h"

#include <limits.h>

/* A glob of one form. text is what distinguishes it: the name, the folder, the suffix, or the whole glob. */
struct entry {
	struct slice text;
	size_t place; /* in the list, 1-based: the later wins */
	const struct entry *next;
};

enum form { FORM_NAME, FORM_FOLDER, FORM_SUFFIX, FORM_OTHER, FORM_TAKES_BACK, FORM_COUNT };

/* Names and folders hang in chains by hash, suffixes by their last byte. */
enum { CHAINS = 256 };

struct glob_list {
	const struct entry *names[CHAINS];
	const struct entry *folders[CHAINS];
	const struct entry *suffixes[CHAINS];
	const struct entry *others;
	const struct entry *takes_back;
};

static bool is_plain(struct slice text)
{
	static const bool is_special[UCHAR_MAX + 1] = {
		['\0'] = true, ['*'] = true, ['?'] = true, ['['] = true, ['\\'] = true, ['/'] = true
	};

	for (size_t i = 0; i < text.size; i++)
		if (is_special[(unsigned char)text.data[i]])
			return false;
	return text.size > 0;
}

/* The form of glob, and the part of it that is looked up. */
static enum form form_of(struct slice glob, struct slice *ret_text)
{
	*ret_text = glob;
	if (slice_starts(glob, "!")) {
		*ret_text = slice_from(glob, 1);
		return FORM_TAKES_BACK;
	}
	if (is_plain(glob))
		return FORM_NAME;
	*ret_text = slice_from(glob, 1);
	if (slice_starts(glob, "*") && is_plain(*ret_text))
		return FORM_SUFFIX;
	*ret_text = slice_sub(glob, 3, glob.size - 6);
	if (glob.size > 6 && slice_starts(glob, "**/") && slice_ends(glob, "/**") && is_plain(*ret_text))
		return FORM_FOLDER;
	*ret_text = glob;
	return FORM_OTHER;
}

static size_t chain_of(struct slice text)
{
	uint64_t hash = text_hash(TEXT_HASH_START, text);

	return (size_t)((hash ^ hash >> 32) % CHAINS);
}

static const struct entry **chain_for(struct glob_list *list, enum form form, struct slice text)
{
	switch (form) {
	case FORM_NAME:
		return &list->names[chain_of(text)];
	case FORM_FOLDER:
		return &list->folders[chain_of(text)];
	case FORM_SUFFIX:
		return &list->suffixes[(unsigned char)text.data[text.size - 1]];
	case FORM_TAKES_BACK:
		return &list->takes_back;
	default:
		return &list->others;
	}
}

struct glob_list *glob_list_build(struct arena *arena, const char *const *globs)
{
	struct glob_list *list = arena_alloc(arena, 1, sizeof(*list));

	for (size_t i = 0; list && globs && globs[i]; i++) {
		struct entry *entry = arena_alloc(arena, 1, sizeof(*entry));
		const struct entry **chain;

		if (!entry)
			return NULL;
		chain = chain_for(list, form_of(slice_of(globs[i]), &entry->text), entry->text);
		entry->place = i + 1;
		entry->next = *chain;
		*chain = entry;
	}
	return list;
}

/* Chains run from the last glob to the first, so the first hit is the one with the highest place. */
static size_t find_equal(const struct entry *entry, struct slice text)
{
	while (entry && !slice_equal(entry->text, text))
		entry = entry->next;
	return entry ? entry->place : 0;
}

static size_t find_suffix(const struct entry *entry, struct slice name)
{
	while (entry && !slice_ends(name, entry->text.data))
		entry = entry->next;
	return entry ? entry->place : 0;
}

/* The place of the last glob in the chain that matches path and stands behind place, else place. */
static size_t find_glob(const struct entry *entry, const char *path, size_t place)
{
	for (; entry && entry->place > place; entry = entry->next)
		if (glob_match(entry->text.data, path))
			return entry->place;
	return place;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

bool glob_list_has(const struct glob_list *list, const char *path)
{
	struct slice rest = slice_of(path);
	size_t place = 0;
	size_t slash;

	while ((slash = slice_find_char(rest, '/')) != SIZE_MAX) {
		struct slice folder = slice_sub(rest, 0, slash);

		place = larger(place, find_equal(list->folders[chain_of(folder)], folder));
		rest = slice_from(rest, slash + 1);
	}
	if (rest.size > 0) {
		unsigned char last = (unsigned char)rest.data[rest.size - 1];

		place = larger(place, find_equal(list->names[chain_of(rest)], rest));
		place = larger(place, find_suffix(list->suffixes[last], rest));
	}
	place = find_glob(list->others, path, place);
	return place > 0 && find_glob(list->takes_back, path, place) == place;
}
