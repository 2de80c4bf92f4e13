/* language.c - finds a file's language in the tables: by name, by extension, by what its first lines say. */
#include "policy/rules/language.h"

#include "policy/base/glob.h"
#include "policy/rules/syntax.h"

#include <string.h>

enum {
	KEY_MAX = 24,   /* longer extensions and interpreters are in no table */
	MODE_LINES = 5, /* lines at the top that may hold a mode line */
	HEAD_MAX = 1024 /* bytes at the top that are looked at */
};

/* Compares a name of a table with key[size]. */
static int compare_key(const char *name, const char *key, size_t size)
{
	int order = strncmp(name, key, size);

	return order ? order : name[size] != '\0';
}

static const struct language *find_key(const struct language_key *keys, size_t count, struct slice key)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_key(keys[middle].name, key.data, key.size);

		if (order == 0)
			return &languages[keys[middle].language];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* find_key for tables in lower case; key in any case. */
static const struct language *find_lower(const struct language_key *keys, size_t count, struct slice key)
{
	char lower[KEY_MAX];

	if (key.size == 0 || key.size > sizeof(lower))
		return NULL;
	for (size_t i = 0; i < key.size; i++) {
		char c = key.data[i];

		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	return find_key(keys, count, (struct slice){ lower, key.size });
}

/* A glob that leaves the extension open ("Dockerfile*") is no match for prose: Dockerfile.md. */
static const struct language *find_glob(const char *path, const struct language *by_extension)
{
	bool is_prose = by_extension && language_is_prose(by_extension);

	for (size_t i = 0; i < language_glob_count; i++)
		if (glob_match(language_globs[i].name, path) &&
		    !(is_prose && slice_ends(slice_of(language_globs[i].name), "*")))
			return &languages[language_globs[i].language];
	return NULL;
}

static struct slice extension_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? slice_of(dot + 1) : (struct slice){ "", 0 };
}

/* The extension before .in, which autoconf, CMake and others take off: "run.sh.in". */
static struct slice extension_inside(const char *name)
{
	struct slice text = slice_of(name);
	size_t dot;

	if (!slice_ends(text, ".in"))
		return (struct slice){ 0 };
	text.size -= 3;
	dot = slice_find_last_char(text, '.');
	return dot == SIZE_MAX ? (struct slice){ 0 } : slice_from(text, dot + 1);
}

static const struct language *by_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const struct language *found = find_key(language_files, language_file_count, slice_of(name));
	const struct language *by_extension = find_lower(language_extensions, language_extension_count,
	                                                 extension_of(name));

	if (!found)
		found = find_glob(path, by_extension);
	if (!found)
		found = by_extension;
	if (!found)
		found = find_lower(language_extensions, language_extension_count, extension_inside(name));
	if (!found && slice_find(slice_of(name), ".html.") != SIZE_MAX)
		found = &languages[LANG_HTML]; /* index.html.fr */
	return found;
}

/* An interpreter or a mode; a version behind it ("python3.11") does not matter. */
static const struct language *by_alias(struct slice word)
{
	const struct language *found = find_lower(language_aliases, language_alias_count, word);

	if (found)
		return found;
	while (word.size > 0 && strchr("0123456789.-", word.data[word.size - 1]) != NULL)
		word.size--;
	return find_lower(language_aliases, language_alias_count, word);
}

/* Cuts the next word (up to one of stops) off *rest; empty at the end. */
static struct slice next_word(struct slice *rest, const char *stops)
{
	struct slice text = slice_trim(*rest);
	size_t size = 0;

	while (size < text.size && strchr(stops, text.data[size] ? text.data[size] : '?') == NULL)
		size++;
	*rest = slice_from(text, size);
	return slice_sub(text, 0, size);
}

static struct slice base_of(struct slice path)
{
	for (size_t i = path.size; i > 0; i--)
		if (path.data[i - 1] == '/')
			return slice_from(path, i);
	return path;
}

/* "#!/usr/bin/env -S VAR=1 python3 -u" */
static const struct language *by_shebang(struct slice line)
{
	struct slice rest = slice_from(line, 2);
	struct slice word = base_of(next_word(&rest, " \t"));

	if (slice_equal(word, SLICE("env")))
		do
			word = base_of(next_word(&rest, " \t"));
		while (word.size > 0 && (word.data[0] == '-' || slice_find_char(word, '=') != SIZE_MAX));
	return by_alias(word);
}

/* "-*- mode: python; coding: utf-8 -*-", "-*- python -*-", "vim: set ft=yaml :" */
static const struct language *by_mode(struct slice line)
{
	static const char *const opens[] = { "mode:", "-*-", "filetype=", "syntax=", "ft=" };
	bool emacs = slice_find(line, "-*-") != SIZE_MAX;

	if (!emacs && slice_find(line, "vim:") == SIZE_MAX && slice_find(line, "vi:") == SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		size_t at = slice_find_nocase(line, opens[i]);
		struct slice rest;

		if (at == SIZE_MAX || (opens[i][0] == '-' && slice_find_char(line, ':') != SIZE_MAX))
			continue;
		rest = slice_from(line, at + strlen(opens[i]));
		return by_alias(next_word(&rest, " \t;:"));
	}
	return NULL;
}

/* A manual page for man(1): its name ends in the number of its section, its first line is a request of roff. */
static bool is_manual_page(const char *path, struct slice head)
{
	struct slice section = extension_of(path);

	return section.size > 0 && section.data[0] >= '1' && section.data[0] <= '9' && head.size > 0 &&
	       (head.data[0] == '.' || slice_starts(head, "'\\\""));
}

static const struct language *by_head(struct slice head)
{
	struct slice rest = slice_sub(head, 0, HEAD_MAX), line;
	const struct language *found = NULL;

	for (int i = 0; i < MODE_LINES && !found && slice_next_line(&rest, &line); i++) {
		if (i == 0 && slice_starts(line, "#!"))
			found = by_shebang(line);
		if (!found)
			found = by_mode(line);
	}
	if (!found && slice_starts(head, "<?xml"))
		found = &languages[LANG_XML];
	return found;
}

const struct language *language_of(const char *path, struct slice head)
{
	const struct language *found = by_path(path);

	if (!found && is_manual_page(path, head))
		found = &languages[LANG_PLAIN];
	if (!found)
		found = by_head(head);
	return found ? found : &languages[LANG_TEXT];
}

const char *language_name(const struct language *language)
{
	return language->name;
}

bool language_is_prose(const struct language *language)
{
	return (language->flags & LANGUAGE_IS_PROSE) != 0;
}

bool language_is_markup(const struct language *language)
{
	return language == &languages[LANG_HTML];
}

bool language_is_known(const struct language *language)
{
	return (language->flags & LANGUAGE_IS_UNKNOWN) == 0;
}

bool language_has_comments(const struct language *language)
{
	return language->comment_open != NULL;
}

void language_comment_marks(const struct language *language, const char **ret_open, const char **ret_close)
{
	*ret_open = language->comment_open ? language->comment_open : "";
	*ret_close = language->comment_close ? language->comment_close : "";
}
