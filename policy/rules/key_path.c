/* key_path.c - matches key paths, key by key. */
#include "policy/rules/key_path.h"

#include <string.h>

static size_t key_size(const char *path)
{
	return strcspn(path, ".");
}

static const char *next_key(const char *path)
{
	path += key_size(path);
	return *path == '.' ? path + 1 : path;
}

static bool key_is(const char *path, const char *word)
{
	return key_size(path) == strlen(word) && strncmp(path, word, strlen(word)) == 0;
}

static bool key_fits(const char *pattern, const char *path)
{
	return key_is(pattern, "*") ||
	       (key_size(pattern) == key_size(path) && strncmp(pattern, path, key_size(path)) == 0);
}

/* One ** is enough to come back to, the last: what stands before it has matched already. */
bool key_path_match(const char *pattern, const char *path)
{
	const char *after_star = NULL, *retry = NULL;

	while (*path) {
		if (*pattern && key_is(pattern, "**")) {
			after_star = pattern = next_key(pattern);
			retry = path;
		} else if (*pattern && key_fits(pattern, path)) {
			pattern = next_key(pattern);
			path = next_key(path);
		} else if (after_star) {
			pattern = after_star;
			path = retry = next_key(retry);
		} else {
			return false;
		}
	}
	while (*pattern && key_is(pattern, "**"))
		pattern = next_key(pattern);
	return *pattern == '\0';
}
