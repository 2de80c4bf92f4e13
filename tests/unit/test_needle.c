/* What a pattern is known to need of its literals, which part of a literal is looked for, and patterns over key paths. */
#include "policy/rules/key_path.h"
#include "policy/rules/needle.h"
#include "tests/support/rows.h"

#include <string.h>

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct need_row {
	const char *name;
	const char *pattern;
	const char *const *literals;
	enum needle_need want;
	const char *spelling; /* of the first literal; NULL = none */
} need_rows[] = {
	{ "plain", "verify=False", LIST("verify=false"), NEED_EXACT, "verify=False" },
	{ "within", "x\\s+verify\\s*=", LIST("verify"), NEED_EXACT, "verify" },
	{ "alternatives", "aaaa|bbbb", LIST("aaaa", "bbbb"), NEED_EXACT, "aaaa" },
	{ "an alternative without", "aaaa|cccc", LIST("aaaa", "bbbb"), NEED_UNKNOWN, NULL },
	{ "two spellings", "aaaa|AAAA", LIST("aaaa"), NEED_EXACT, NULL },
	{ "case off", "(?i)verify", LIST("verify"), NEED_NOCASE, NULL },
	{ "case off in a group", "(?i:verify)", LIST("verify"), NEED_NOCASE, NULL },
	{ "class of both cases", "[Vv]erify", LIST("verify"), NEED_NOCASE, NULL },
	{ "class of one byte", "a[.]bc", LIST("a.bc"), NEED_EXACT, "a.bc" },
	{ "other class", "veri[fg]y", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "class with a bracket", "[]a]verify", LIST("verify"), NEED_EXACT, "verify" },
	{ "class that does not end", "verify[a", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "escaped signs", "a\\.b\\(c", LIST("a.b(c"), NEED_EXACT, "a.b(c" },
	{ "escape that stands for many", "ab\\dcd", LIST("ab1cd"), NEED_UNKNOWN, NULL },
	{ "unusual escape", "\\x41verify", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "quoted", "\\Qverify\\E", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "last byte optional", "verify?", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "byte after it optional", "verifyx?", LIST("verify"), NEED_EXACT, "verify" },
	{ "repeated byte before", "x+verify", LIST("xverify"), NEED_EXACT, "xverify" },
	{ "repeated byte within", "ver+ify", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "counted", "v{0,2}erify", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "counted at least once", "x{2}verify", LIST("verify"), NEED_EXACT, "verify" },
	{ "brace that counts nothing", "a{b}verify", LIST("a{b}verify"), NEED_EXACT, "a{b}verify" },
	{ "group", "(?:verify|check)=", LIST("verify", "check"), NEED_EXACT, "verify" },
	{ "group goes on from the bytes before", "@ts-(?:ignore|nocheck)", LIST("@ts-ignore", "@ts-nocheck"),
	  NEED_EXACT, "@ts-ignore" },
	{ "second alternative too", "a(?:b|c)", LIST("ac", "ab"), NEED_EXACT, "ac" },
	{ "optional group", "(?:verify)?x", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "named group", "(?<at>verify)", LIST("verify"), NEED_EXACT, "verify" },
	{ "named group in Python's form", "(?P<at>verify)", LIST("verify"), NEED_EXACT, "verify" },
	{ "look-ahead", "(?=verify).*", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "negative look-behind", "(?<!verify)x", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "group in a look-ahead", "(?=(?:verify))x", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "anchors", "^verify$", LIST("verify"), NEED_EXACT, "verify" },
	{ "flags that keep case", "(?s)verify", LIST("verify"), NEED_EXACT, "verify" },
	{ "extended syntax", "(?x)ver ify", LIST("ver ify"), NEED_UNKNOWN, NULL },
	{ "condition", "(?(1)verify|verify)", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "verb", "(*ACCEPT)verify", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "unbalanced", "(verify", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "unbalanced the other way", "verify)", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "ends in a backslash", "verify\\", LIST("verify"), NEED_UNKNOWN, NULL },
	{ "too deep", "((((((((((((((((((((((((((((((((((verify))))))))))))))))))))))))))))))))))",
	  LIST("verify"), NEED_UNKNOWN, NULL },
	{ "empty", "", LIST("verify"), NEED_UNKNOWN, NULL },
};

static void check_need(void **state)
{
	const struct need_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	const char *spellings[4] = { NULL };

	assert_int_equal(needle_need(&arena, row->pattern, row->literals, spellings), row->want);
	if (row->spelling)
		assert_string_equal(spellings[0], row->spelling);
	else
		assert_null(spellings[0]);
	assert_int_equal(needle_need(&arena, row->pattern, row->literals, NULL), row->want);
}

static const struct part_row {
	const char *name;
	const char *literal;
	const char *want;
} part_rows[] = {
	{ "short", "verify", "verify" },
	{ "just fits", "twelve bytes", "twelve bytes" },
	{ "the rarest part", "reason = insteadXQZ9_", "insteadXQZ9_" },
	{ "the first of equals", "aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaa" },
};

static void check_part(void **state)
{
	const struct part_row *row = *state;
	struct slice part = needle_part(slice_of(row->literal));

	assert_int_equal(part.size, strlen(row->want));
	assert_memory_equal(part.data, row->want, part.size);
}

static const struct path_row {
	const char *name; /* also the pattern */
	const char *path;
	bool want;
} path_rows[] = {
	{ "a", "a", true },
	{ "a", "b", false },
	{ "a", "a.b", false },
	{ "a", "", false },
	{ "", "", true },
	{ "**", "", true },
	{ "**", "a.b.c", true },
	{ "a.*", "a.b", true },
	{ "a.*", "a", false },
	{ "a.*", "a.b.c", false },
	{ "a.**", "a", true },
	{ "a.**", "a.b.c", true },
	{ "**.c", "a.b.c", true },
	{ "**.c", "c", true },
	{ "**.c", "a.c.b", false },
	{ "**.c", "a.c.b.c", true },
	{ "**.securityContext", "spec.containers.securityContext", true },
	{ "**.securityContext", "spec.podSecurityContext", false },
	{ "jobs.*.permissions", "jobs.build.permissions", true },
	{ "jobs.*.permissions", "jobs.permissions", false },
	{ "a.**.d", "a.d", true },
	{ "a.**.d", "a.b.c.d", true },
	{ "a.**.c.d", "a.c.b.c.d", true },
	{ "a.**.b.**.d", "a.x.b.y.d", true },
	{ "a.**.b.**.d", "a.x.y.d", false },
	{ "**.**", "a", true },
	{ "ab", "a", false },
	{ "a", "ab", false },
};

static void check_path(void **state)
{
	const struct path_row *row = *state;

	assert_int_equal(key_path_match(row->name, row->path), row->want);
}

int main(void)
{
	return ROWS_RUN("what a pattern needs", need_rows, check_need) +
	       ROWS_RUN("part of a literal", part_rows, check_part) +
	       ROWS_RUN("key path patterns", path_rows, check_path);
}
