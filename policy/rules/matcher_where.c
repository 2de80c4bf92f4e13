/* matcher_where.c - whether a match begins where its rule looks: in code, a comment or a string, and not in text for
 * people that only talks about the setting. */
#include "policy/base/glob.h"
#include "policy/rules/scan.h"

#include <string.h>

/* Whether one of the rule's globs ends in the extension of path: "requirements*.txt". */
static bool asks_for_extension(const struct rule *rule, const char *path)
{
	const char *extension = strrchr(path, '.');

	if (!extension)
		return false;
	for (const char *const *glob = rule->files; glob && *glob; glob++)
		if (slice_ends(slice_of(*glob), extension))
			return true;
	return false;
}

/* Files that list the options of programs for the shell to complete. */
static bool is_completion(const char *path)
{
	static const char *const globs[] = { "**/completion*/**",
		                             "**/bash_completion*/**",
		                             "**/bash-completion*/**",
		                             "**/site-functions/_*",
		                             "**/zsh/_*",
		                             "*.bash-completion",
		                             "*-completion.bash",
		                             "*_completion.bash",
		                             "bash_completion",
		                             "*-completion.zsh",
		                             NULL };

	return glob_match_any(globs, path);
}

/* Files of declarations, which hold no code, and of messages that a program wrote for programs. */
static bool declares_only(const char *path)
{
	static const char *const globs[] = { "*.d.ts",     "*.d.mts",    "*.d.cts", "*.pyi",
		                             "*.stub.php", "*.binarypb", "*.binpb", NULL };

	return glob_match_any(globs, path);
}

/* Lines that do the same in scripts of any name. */
static bool completes(const struct scan *scan, size_t offset)
{
	struct slice line = lexed_line_near(&scan->lexed, offset);

	return slice_find(line, "_arguments ") != SIZE_MAX || slice_find(line, "compgen ") != SIZE_MAX ||
	       slice_find(line, "compadd ") != SIZE_MAX;
}

/* The line up to offset. */
static struct slice line_before(const struct scan *scan, size_t offset)
{
	struct slice line = lexed_line_near(&scan->lexed, offset);

	return slice_sub(line, 0, (size_t)(scan->text.data + offset - line.data));
}

/* What a patch takes away, and comments that it adds. */
static bool is_undone(const struct scan *scan, size_t offset)
{
	static const char *const globs[] = { "*.patch", "*.diff", "*.dpatch", NULL };
	struct slice line = lexed_line_near(&scan->lexed, offset);

	if (line.size == 0 || !glob_match_any(globs, scan->path))
		return false;
	if (line.data[0] == '-')
		return true;
	line = line.data[0] == '+' ? slice_trim(slice_from(line, 1)) : line;
	return slice_starts(line, "//") || slice_starts(line, "/*") || slice_starts(line, "* ") ||
	       slice_starts(line, "# ") || slice_starts(line, "<!--");
}

/* Whether offset lies in what a page shows as code: <code>…</code>. */
static bool is_shown_as_code(const struct scan *scan, size_t offset)
{
	const struct language *language = scan->lexed.language;
	struct slice before = line_before(scan, offset);
	size_t tag = slice_find(before, "<code>");

	return (language_is_markup(language) || !language_is_known(language)) && tag != SIZE_MAX &&
	       slice_find(slice_from(before, tag), "</code>") == SIZE_MAX;
}

static bool is_shell(const struct language *language)
{
	const char *name = language_name(language);

	return strcmp(name, "shell") == 0 || strcmp(name, "fish") == 0 || !language_is_known(language);
}

/* Text that names settings without making them. */
static bool only_names_it(const struct scan *scan, const struct match *match, size_t begin,
                          enum span_kind kind)
{
	const struct rule *rule = match->rule;

	if (kind == SPAN_STRING && lexed_is_documentation(&scan->lexed, begin))
		return true;
	if (rule->kind != KIND_SETTING)
		return false;
	if (declares_only(scan->path) || is_undone(scan, match->start) ||
	    is_shown_as_code(scan, match->start))
		return true;
	if (is_shell(scan->lexed.language) && (is_completion(scan->path) || completes(scan, begin)))
		return true;
	if (kind == SPAN_CODE && language_is_markup(scan->lexed.language) &&
	    !asks_for_extension(rule, scan->path))
		return true;
	return lexed_is_sentence(&scan->lexed, match->start, match->end) ||
	       lexed_is_compared(&scan->lexed, begin) || lexed_is_title(&scan->lexed, begin) ||
	       lexed_is_expected_output(&scan->lexed, begin) ||
	       lexed_is_own_flag(&scan->lexed, match->start) ||
	       (match->start != begin && lexed_is_compared(&scan->lexed, match->start)) ||
	       lexed_is_help(&scan->lexed, match->start) ||
	       lexed_is_usage(&scan->lexed, match->start, match->end) ||
	       lexed_is_xml_document(&scan->lexed, match->start) ||
	       lexed_is_pod_markup(&scan->lexed, match->start) ||
	       lexed_is_parameter(&scan->lexed, match->start, match->end) ||
	       lexed_is_expectation(&scan->lexed, match->start) ||
	       lexed_is_registered(&scan->lexed, match->start) || lexed_is_dead(&scan->lexed, match->start) ||
	       lexed_is_named_only(&scan->lexed, match->start, match->end);
}

bool match_begins_where_it_may(const struct scan *scan, const struct match *match, size_t begin)
{
	static const struct {
		uint8_t where;
		const char *name;
	} kinds[] = { [SPAN_CODE] = { WHERE_CODE, "code" },
		      [SPAN_COMMENT] = { WHERE_COMMENT, "a comment" },
		      [SPAN_STRING] = { WHERE_STRING, "a string" },
		      [SPAN_PROSE] = { 0, "prose" } };
	const struct rule *rule = match->rule;
	enum span_kind kind = lexed_kind_at(&scan->lexed, begin);
	char before = begin > 0 ? scan->text.data[begin - 1] : '\n';
	uint8_t where = rule->where ? rule->where : WHERE_ANY;

	/* Prose is for people: a setting is looked for there only when its globs say so. */
	if (kind == SPAN_PROSE && rule->kind == KIND_SETTING && (where & WHERE_CODE) &&
	    language_is_prose(scan->lexed.language) && asks_for_extension(rule, scan->path))
		return true;
	if (language_is_prose(scan->lexed.language))
		where &= WHERE_COMMENT;
	if (where != WHERE_ANY && only_names_it(scan, match, begin, kind)) {
		scan_drop(scan, rule, DROP_WHERE, begin, "documentation");
		return false;
	}
	if (!(where & kinds[kind].where)) {
		scan_drop(scan, rule, DROP_WHERE, begin, kinds[kind].name);
		return false;
	}
	if (rule->kind == KIND_SUPPRESSION && kind == SPAN_COMMENT &&
	    (before == '"' || before == '\'' || before == '`')) {
		scan_drop(scan, rule, DROP_QUOTED, begin, NULL);
		return false;
	}
	return true;
}
