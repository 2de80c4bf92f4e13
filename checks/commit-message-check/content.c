/* content.c - the rules of what a message says: its type, the issue, who signed off, words, work that waits for more. */
#include "checks/commit-message-check/rules.h"

#include <string.h>

static struct slice subject_of(const struct inspection *in)
{
	return in->message.lines[0].text;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char byte_at(struct slice text, size_t i)
{
	return i < text.size ? text.data[i] : '\0';
}

static bool is_listed(const char *const *list, struct slice text)
{
	for (; list && *list; list++) {
		if (slice_equal_nocase(text, slice_of(*list)))
			return true;
	}
	return false;
}

static bool is_given(const char *const *list)
{
	return list && *list;
}

/* ---- work that waits for more ----------------------------------------------------------------------------------------*/

/* Takes the marks of git commit --fixup and --squash off: what follows is the subject of another commit. */
static bool skip_marks(struct slice *subject)
{
	static const char *const marks[] = { "fixup! ", "squash! ", "amend! ", NULL };
	const char *const *mark = marks;
	bool found = false;

	while (*mark) {
		if (!slice_starts(*subject, *mark)) {
			mark++;
			continue;
		}
		*subject = slice_from(*subject, strlen(*mark));
		found = true;
		mark = marks; /* they pile up */
	}
	return found;
}

/* "WIP", "wip: x", "[WIP] x", "(wip) x" */
static bool is_in_progress(struct slice text)
{
	size_t start = byte_at(text, 0) == '[' || byte_at(text, 0) == '(' ? 1 : 0;

	return slice_starts_nocase(slice_from(text, start), "wip") && !is_word_char(byte_at(text, start + 3));
}

/* ---- type ------------------------------------------------------------------------------------------------------------*/

/* "type(scope)!: what", taken apart. */
struct conventional {
	struct slice type, scope, what;
	bool has_scope;
};

static bool is_type_char(char c)
{
	return is_word_char(c) || c == '-';
}

/* False when the subject has another form. */
static bool read_conventional(struct slice subject, struct conventional *ret_parts)
{
	struct conventional parts = { .has_scope = false };
	struct slice rest;
	size_t size = 0, close;

	while (is_type_char(byte_at(subject, size)))
		size++;
	parts.type = slice_sub(subject, 0, size);
	rest = slice_from(subject, size);
	if (byte_at(rest, 0) == '(') {
		close = slice_find_char(rest, ')');
		if (close == SIZE_MAX)
			return false;
		parts.has_scope = true;
		parts.scope = slice_trim(slice_sub(rest, 1, close - 1));
		rest = slice_from(rest, close + 1);
	}
	if (byte_at(rest, 0) == '!')
		rest = slice_from(rest, 1);
	if (!slice_starts(rest, ": ") || size == 0)
		return false;
	parts.what = slice_trim(slice_from(rest, 2));
	*ret_parts = parts;
	return parts.what.size > 0 && !(parts.has_scope && parts.scope.size == 0);
}

/* A scope of the policy, or several of them with commas between. */
static bool is_scope(const char *const *scopes, struct slice scope)
{
	size_t comma;

	if (is_listed(scopes, scope))
		return true;
	while ((comma = slice_find_char(scope, ',')) != SIZE_MAX) {
		if (!is_listed(scopes, slice_trim(slice_sub(scope, 0, comma))))
			return false;
		scope = slice_trim(slice_from(scope, comma + 1));
		if (is_listed(scopes, scope))
			return true;
	}
	return false;
}

/* "what: a, b, c" */
static const char *list_names(struct arena *arena, struct slice name, const char *what,
                              const char *const *names)
{
	CLEANUP(buf) struct buf buf = { 0 };

	buf_printf(&buf, "'%.*s' is no %s of this project:", (int)(name.size < 100 ? name.size : 100),
	           name.data, what);
	for (size_t i = 0; names[i]; i++)
		buf_printf(&buf, "%s %s", i > 0 ? "," : "", names[i]);
	return buf_failed(&buf) ? NULL : arena_copy(arena, buf.data, buf.size);
}

enum pol_status content_type(const struct inspection *in, const struct rule *rule, enum message_level level)
{
	static const char *const usual[] = { "build", "chore",    "ci",     "docs",  "feat", "fix",
		                             "perf",  "refactor", "revert", "style", "test", NULL };
	const char *const *types = is_given(in->policy->types) ? in->policy->types : usual;
	struct objection objection = { .line = &in->message.lines[0], .what = rule->message };
	struct conventional parts;
	struct slice subject = subject_of(in);

	(void)skip_marks(&subject);
	if (!read_conventional(subject, &parts))
		return rules_object(in, rule, level, &objection);
	if (!is_listed(types, parts.type)) {
		objection.place = parts.type;
		objection.what = list_names(&in->report->arena, parts.type, "type", types);
		return rules_object(in, rule, level, &objection);
	}
	if (parts.has_scope && is_given(in->policy->scopes) && !is_scope(in->policy->scopes, parts.scope)) {
		objection.place = parts.scope;
		objection.what = list_names(&in->report->arena, parts.scope, "scope", in->policy->scopes);
		return rules_object(in, rule, level, &objection);
	}
	return POL_OK;
}

enum pol_status content_unfinished(const struct inspection *in, const struct rule *rule,
                                   enum message_level level)
{
	struct slice subject = subject_of(in), rest = subject;
	struct conventional parts = { .has_scope = false };

	/* On the author's own machine work in progress is what commits are for. */
	if (!in->is_recorded)
		return POL_OK;
	if (!skip_marks(&rest) && !is_in_progress(subject) &&
	    !(read_conventional(subject, &parts) && is_in_progress(parts.what)))
		return POL_OK;
	return rules_object(in, rule, level,
	                    &(struct objection){ .line = &in->message.lines[0], .what = rule->message });
}

/* ---- issue -----------------------------------------------------------------------------------------------------------*/

/* The end of a number that begins at i; i when there is none, or more than a number. */
static size_t end_of_number(struct slice text, size_t i)
{
	size_t end = i;

	while (is_digit(byte_at(text, end)))
		end++;
	return is_word_char(byte_at(text, end)) ? i : end;
}

/* A prefix of the policy with a number behind it. "#" may follow a word (owner/repository#12), "SEC-" not (NOSEC-1). */
static bool has_prefixed(struct slice line, const char *prefix)
{
	size_t size = strlen(prefix), at;

	for (struct slice rest = line; size > 0 && (at = slice_find_nocase(rest, prefix)) != SIZE_MAX;
	     rest = slice_from(rest, at + 1)) {
		size_t offset = (size_t)(rest.data - line.data) + at;
		bool is_inside = is_word_char(*prefix) && offset > 0 && is_word_char(line.data[offset - 1]);

		if (!is_inside && end_of_number(line, offset + size) > offset + size)
			return true;
	}
	return false;
}

/* KEY-12, as trackers number issues; what standards and algorithms are called is no issue. */
static bool is_key(struct slice line, size_t start)
{
	static const char *const others[] = { "AES", "CVE", "CWE", "EC",  "IEEE", "ISO", "MD", "PEP",
		                              "RFC", "RSA", "SHA", "TLS", "UCS",  "UTF", NULL };
	size_t end = start;

	while ((byte_at(line, end) >= 'A' && byte_at(line, end) <= 'Z') || is_digit(byte_at(line, end)) ||
	       byte_at(line, end) == '_')
		end++;
	return end > start + 1 && byte_at(line, end) == '-' &&
	       !is_listed(others, slice_sub(line, start, end - start)) &&
	       end_of_number(line, end + 1) > end + 1;
}

static bool has_key(struct slice line)
{
	for (size_t i = 0; i < line.size; i++) {
		bool is_start = line.data[i] >= 'A' && line.data[i] <= 'Z' &&
		                (i == 0 || (!is_word_char(line.data[i - 1]) && line.data[i - 1] != '-'));

		if (is_start && is_key(line, i))
			return true;
	}
	return false;
}

/* The address of an issue or a pull request is as good as "#12". */
static bool has_address(struct slice line)
{
	return has_prefixed(line, "/issues/") || has_prefixed(line, "/pull/") ||
	       has_prefixed(line, "/merge_requests/");
}

static bool names_issue(struct slice line, const char *const *prefixes)
{
	if (!is_given(prefixes))
		return has_prefixed(line, "#") || has_key(line) || has_address(line);
	for (; *prefixes; prefixes++) {
		if (has_prefixed(line, *prefixes) || (strcmp(*prefixes, "#") == 0 && has_address(line)))
			return true;
	}
	return false;
}

enum pol_status content_issue(const struct inspection *in, const struct rule *rule, enum message_level level)
{
	for (size_t i = 0; i < in->message.count; i++) {
		if (names_issue(in->message.lines[i].text, in->policy->issues))
			return POL_OK;
	}
	return rules_object(in, rule, level, &(struct objection){ .what = rule->message });
}

/* ---- sign-off --------------------------------------------------------------------------------------------------------*/

static bool is_by(const struct identity *who, const struct identity *signer)
{
	return identity_is_known(who) && identity_equal(who, signer);
}

enum pol_status content_sign_off(const struct inspection *in, const struct rule *rule,
                                 enum message_level level)
{
	bool is_anybody = !identity_is_known(&in->author) && !identity_is_known(&in->committer);
	const struct trailer *trailer, *last = NULL;
	struct identity signer;
	size_t next = 0;

	while ((trailer = trailers_next(&in->trailers, "Signed-off-by", &next))) {
		last = trailer;
		if (identity_parse(trailer->value, &signer) && signer.name.size > 0 &&
		    (is_anybody || is_by(&in->author, &signer) || is_by(&in->committer, &signer)))
			return POL_OK;
	}
	return rules_object(in, rule, level,
	                    &(struct objection){ .line = last ? &in->message.lines[last->line] : NULL,
	                                         .what = last ? rule->message
	                                                      : "the message has no trailer Signed-off-by" });
}

/* ---- words -----------------------------------------------------------------------------------------------------------*/

/* Whether the word at start goes on before or behind. */
static bool is_part(struct slice line, size_t start, struct slice word)
{
	size_t end = start + word.size;

	return (start > 0 && is_word_char(line.data[start - 1]) && is_word_char(word.data[0])) ||
	       (is_word_char(byte_at(line, end)) && is_word_char(word.data[word.size - 1]));
}

/* Whole words in any case: "master" stands in "the master", not in "mastered". */
static struct slice find_word(struct slice line, struct slice word)
{
	size_t start = 0, at;

	while (word.size > 0 && (at = slice_find_nocase(slice_from(line, start), word.data)) != SIZE_MAX) {
		start += at;
		if (!is_part(line, start, word))
			return slice_sub(line, start, word.size);
		start++;
	}
	return (struct slice){ NULL, 0 };
}

enum pol_status content_forbidden(const struct inspection *in, const struct rule *rule,
                                  enum message_level level)
{
	enum pol_status status = POL_OK;

	for (const char *const *word = in->policy->words; word && *word; word++) {
		for (size_t i = 0; i < in->message.count && status == POL_OK; i++) {
			const struct message_line *line = &in->message.lines[i];
			struct slice found = find_word(line->text, slice_of(*word));

			if (found.data)
				status = rules_object(
					in, rule, level,
					&(struct objection){
						.line = line,
						.place = found,
						.what = arena_printf(&in->report->arena,
				                                     "the policy forbids '%s' in messages",
				                                     *word) });
		}
	}
	return status;
}
