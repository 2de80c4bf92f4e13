/* test_glob.c - path patterns, and lists of them. */
#include "policy/base/glob.h"
#include "policy/base/glob_list.h"

#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name;
	const char *pattern, *path;
	bool matches;
} rows[] = {
	/* without a slash: the file name */
	{ "name", "Makefile", "Makefile", true },
	{ "name below", "Makefile", "a/b/Makefile", true },
	{ "name is whole", "Makefile", "Makefile.am", false },
	{ "name is no folder", "a", "a/b", false },
	{ "extension", "*.py", "a/b.py", true },
	{ "extension alone", "*.py", ".py", true },
	{ "extension is the end", "*.py", "a.pyc", false },
	{ "case counts", "*.py", "A.PY", false },
	{ "prefix", "Dockerfile*", "x/Dockerfile.prod", true },
	{ "star matches nothing too", "Dockerfile*", "Dockerfile", true },
	{ "two stars", "*.min.*", "a/b.min.js", true },
	{ "two stars, no match", "*.min.*", "a/b.mini.js", false },
	{ "stars try again", "*ab*abc", "xabxababc", true },
	{ "** in a name is *", "a**b", "axxb", true },
	{ "** alone", "**", "a/b/c", true },
	{ "question mark", "a?c", "abc", true },
	{ "question mark needs a byte", "a?c", "ac", false },
	{ "empty pattern", "", "a", false },
	/* sets */
	{ "set", "[abc].c", "b.c", true },
	{ "set, other byte", "[abc].c", "d.c", false },
	{ "range", "[a-f]x", "cx", true },
	{ "range, other byte", "[a-f]x", "gx", false },
	{ "negated", "[!a]b", "cb", true },
	{ "negated, that byte", "[!a]b", "ab", false },
	{ "negated with ^", "[^a]b", "ab", false },
	{ "closing bracket first", "[]]x", "]x", true },
	{ "hyphen at the end", "[a-]x", "-x", true },
	{ "escaped bracket in a set", "[\\]]x", "]x", true },
	{ "set never closed", "[ab", "[ab", true },
	{ "negated set takes no slash", "a/x[!b]y", "a/x/y", false },
	{ "high bytes", "[\x80-\xff]", "\xe4", true },
	/* escapes */
	{ "escaped star", "\\*", "*", true },
	{ "escaped star is no star", "\\*", "a", false },
	{ "backslash at the end", "a\\", "a\\", true },
	{ "braces are themselves", "{a,b}", "{a,b}", true },
	{ "braces choose nothing", "{a,b}", "a", false },
	/* with a slash: the whole path */
	{ "path", "src/a.c", "src/a.c", true },
	{ "path is anchored", "src/a.c", "x/src/a.c", false },
	{ "leading slash", "/Makefile", "Makefile", true },
	{ "leading slash anchors", "/Makefile", "a/Makefile", false },
	{ "star stops at slash", "a/*", "a/b/c", false },
	{ "star in the middle", "a/*/c", "a/b/c", true },
	{ "question mark is no slash", "a/?/c", "a///c", false },
	{ "too short", "a/b/c", "a/b", false },
	{ "too long", "a/b", "a/b/c", false },
	{ "trailing slash: below", "dir/", "dir/x/y", true },
	{ "trailing slash: not the thing itself", "dir/", "dir", false },
	{ "trailing slash is anchored", "dir/", "x/dir/y", false },
	{ "slash alone", "/", "a/b", true },
	/* ** */
	{ "** in front: none", "**/*.c", "a.c", true },
	{ "** in front: some", "**/*.c", "x/y/a.c", true },
	{ "** inside: none", "src/**/x.c", "src/x.c", true },
	{ "** inside: some", "src/**/x.c", "src/a/b/x.c", true },
	{ "** inside: anchored", "src/**/x.c", "a/src/x.c", false },
	{ "** at the end", "docs/**", "docs/a/b", true },
	{ "** at the end needs one", "docs/**", "docs", false },
	{ "folder anywhere, at the top", "**/node_modules/**", "node_modules/x", true },
	{ "folder anywhere", "**/node_modules/**", "a/node_modules/x/y", true },
	{ "folder anywhere is no file", "**/node_modules/**", "a/node_modules", false },
	{ "folder name is whole", "**/node_modules/**", "a/node_modules2/x", false },
	{ "** tries again", "**/a/**/b/*/c", "a/b/x/a/b/y/c", true },
	{ "** tries again in vain", "**/a/**/b/*/c", "a/b/x/a/b/y/d", false },
	{ "** twice in a row", "a/**/**/b", "a/b", true },
	{ "workflow", "**/.github/workflows/*.yml", ".github/workflows/ci.yml", true },
};

static void check(void **state)
{
	const struct row *row = *state;

	assert_int_equal(glob_match(row->pattern, row->path), row->matches);
}

/* A list of one glob must say what the glob says, whatever form it is kept in. */
static void check_as_list(void **state)
{
	const struct row *row = *state;
	const char *const globs[] = { row->pattern, NULL };
	CLEANUP(arena) struct arena arena = { 0 };
	struct glob_list *list = glob_list_build(&arena, globs);

	assert_non_null(list);
	assert_int_equal(glob_list_has(list, row->path), row->matches);
}

static const struct list_row {
	const char *name;
	const char *globs[6];
	const char *path;
	bool has;
} list_rows[] = {
	{ "empty list", { NULL }, "a", false },
	{ "name", { "a.c", "go.sum" }, "x/go.sum", true },
	{ "suffix", { "*.min.js", "*.map" }, "x/y.map", true },
	{ "suffix crosses no slash", { "*.map" }, "x.map/y", false },
	{ "folder", { "**/vendor/**" }, "a/vendor/b/c.go", true },
	{ "file named like a folder", { "**/vendor/**" }, "a/vendor", false },
	{ "other form", { "src/**/gen/*.c" }, "src/a/gen/x.c", true },
	{ "no hit", { "a.c", "*.map", "**/vendor/**", "src/*.h" }, "src/b.c", false },
	{ "taken back", { "**/vendor/**", "!vendor/ours/**" }, "vendor/ours/x.c", false },
	{ "not taken back", { "**/vendor/**", "!vendor/ours/**" }, "vendor/theirs/x.c", true },
	{ "left out again", { "*.c", "!b.c", "a/**" }, "a/b.c", true },
	{ "the last decides", { "*.c", "a/**", "!b.c" }, "a/b.c", false },
	{ "taking back comes too early", { "!*.c", "*.c" }, "a.c", true },
	{ "later of two hits counts", { "go.sum", "!go.sum", "**/x/**" }, "x/go.sum", true },
	{ "same name twice", { "go.sum", "!go.sum", "go.sum" }, "go.sum", true },
	{ "everything taken back", { "*.c", "**/vendor/**", "!**" }, "vendor/a.c", false },
	{ "escaped exclamation mark", { "\\!a" }, "!a", true },
};

static void check_list(void **state)
{
	const struct list_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct glob_list *list = glob_list_build(&arena, row->globs);

	assert_non_null(list);
	assert_int_equal(glob_list_has(list, row->path), row->has);
}

static void any_of_none_is_none(void **state)
{
	const char *const none[] = { NULL };
	const char *const some[] = { "*.c", "*.h", NULL };
	CLEANUP(arena) struct arena arena = { 0 };
	struct glob_list *list = glob_list_build(&arena, NULL);

	(void)state;
	assert_false(glob_match_any(NULL, "a"));
	assert_false(glob_match_any(none, "a"));
	assert_true(glob_match_any(some, "a.h"));
	assert_false(glob_match_any(some, "a.o"));
	assert_non_null(list);
	assert_false(glob_list_has(list, "a"));
}

/* Would take centuries if more than the last * were ever tried again. */
static void hostile_patterns_end(void **state)
{
	char pattern[2001];
	char path[4001];

	(void)state;
	for (size_t i = 0; i < 2000; i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[2000] = '\0';
	memset(path, 'a', 4000);
	path[3999] = 'b';
	path[4000] = '\0';
	assert_false(glob_match(pattern, path));
	for (size_t i = 0; i < 1998; i += 3)
		memcpy(pattern + i, "**/", 3);
	memcpy(pattern + 1998, "x", 2);
	for (size_t i = 1; i < 4000; i += 2)
		path[i] = '/';
	path[3999] = 'b';
	assert_false(glob_match(pattern, path));
	memset(pattern, '[', 2000);
	assert_false(glob_match(pattern, path));
}

static void list_reports_missing_memory(void **state)
{
	const char *const globs[] = { "a", "*.b", NULL };

	(void)state;
	for (unsigned fail_at = 1; fail_at <= 3; fail_at++) {
		CLEANUP(arena) struct arena arena = { .fail_at = fail_at };

		assert_null(glob_list_build(&arena, globs));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_of_none_is_none),
		cmocka_unit_test(hostile_patterns_end),
		cmocka_unit_test(list_reports_missing_memory),
	};

	return ROWS_RUN("glob", rows, check) + ROWS_RUN("glob as list", rows, check_as_list) +
	       ROWS_RUN("glob list", list_rows, check_list) +
	       cmocka_run_group_tests_name("glob bounds", tests, NULL, NULL);
}
