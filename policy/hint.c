/* hint.c - shows what to write so that an exception is justified, in the comment syntax of its file. */
#include "policy/hint.h"

#include "policy/base/date.h"

#include <stddef.h>
#include <string.h>

/* 9999-12-31, the last day that has a four-digit year. */
enum { LAST_DAY = 2932896 };

/* What a justification holds, in the order shown. */
struct field {
	const char *key;
	const char *placeholder; /* NULL: the latest day allowed */
	size_t asked;            /* offset of the bool in struct demand */
};

enum { FIELD_REASON, FIELD_UNTIL, FIELD_OWNER, FIELD_TICKET, FIELD_COUNT };

static const struct field fields[FIELD_COUNT] = {
	[FIELD_REASON] = { "reason", "<why this is acceptable here>", offsetof(struct demand, reason) },
	[FIELD_UNTIL] = { "until", NULL, offsetof(struct demand, until) },
	[FIELD_OWNER] = { "owner", "<who answers for it>", offsetof(struct demand, owner) },
	[FIELD_TICKET] = { "ticket", "<where it is tracked>", offsetof(struct demand, ticket) },
};

/* What to say about a shortfall of something that is written already, and which field to show. */
struct advice {
	const char *text;
	int field; /* FIELD_COUNT = none: text is all there is to say */
};

static const struct advice advices[PROBLEM_COUNT] = {
	[PROBLEM_MISSING_REASON] = { "or add to the justification:", FIELD_REASON },
	[PROBLEM_WEAK_REASON] = { "or say why it is acceptable here:", FIELD_REASON },
	[PROBLEM_LINK_ONLY_REASON] = { "or say in words why it is acceptable here:", FIELD_REASON },
	[PROBLEM_REPEATED_REASON] = { "or say why it is acceptable at this very place:", FIELD_REASON },
	[PROBLEM_MISSING_UNTIL] = { "or add to the justification:", FIELD_UNTIL },
	[PROBLEM_MALFORMED_UNTIL] = { "or write the last day in this form:", FIELD_UNTIL },
	[PROBLEM_EXPIRED] = { "or, if it is still acceptable, give it a new last day:", FIELD_UNTIL },
	[PROBLEM_UNTIL_TOO_FAR] = { "or bring the last day nearer:", FIELD_UNTIL },
	[PROBLEM_MISSING_OWNER] = { "or add to the justification:", FIELD_OWNER },
	[PROBLEM_UNKNOWN_OWNER] = { "or name an owner of CODEOWNERS or of the policy:", FIELD_OWNER },
	[PROBLEM_MISSING_TICKET] = { "or add to the justification:", FIELD_TICKET },
	[PROBLEM_BLANKET] = { "or let the marker name what it silences", FIELD_COUNT },
	[PROBLEM_FILE_WIDE] = { "or mark the lines that need it instead", FIELD_COUNT },
};

int32_t hint_latest_day(int32_t today, int32_t max_days)
{
	if (max_days <= 0 || today > LAST_DAY - max_days)
		return DATE_NONE;
	return today + max_days;
}

/* "until: <at most 2026-12-23>" and the like. */
static void add_field(struct buf *buf, const struct hint_request *request, const struct field *field)
{
	int32_t latest = hint_latest_day(request->today, request->demand.max_days);
	char day[DATE_TEXT_SIZE];

	buf_printf(buf, "%s: ", field->key);
	if (field->placeholder) {
		buf_add_string(buf, field->placeholder);
	} else if (latest == DATE_NONE) {
		buf_add_string(buf, "<YYYY-MM-DD>");
	} else {
		date_format(latest, day);
		buf_printf(buf, "<at most %s>", day);
	}
}

/* A line in the file's comment syntax, or a line of the entry in the policy. */
static void add_line(struct buf *buf, const struct hint_request *request, const struct field *field)
{
	const char *open = "", *close = "";

	if (!request->in_policy)
		language_comment_marks(request->language, &open, &close);
	buf_printf(buf, "        %s", open);
	add_field(buf, request, field);
	buf_printf(buf, "%s\n", close);
}

static bool is_asked(const struct demand *demand, const struct field *field)
{
	return *(const bool *)((const char *)demand + field->asked);
}

/* ---- an entry under exceptions: --------------------------------------------------------------------------------------*/

/* A path as a glob that matches it alone, quoted when YAML would read it as something else. */
static void add_path(struct buf *buf, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	bool quoted = path[strspn(path, plain)] != '\0';

	buf_add_string(buf, quoted ? "'" : "");
	/* Without a slash a glob would match the name in every folder. */
	if (!strchr(path, '/'))
		buf_add_char(buf, '/');
	for (; *path; path++) {
		if (strchr("*?[\\", *path))
			buf_add_char(buf, '\\');
		if (*path == '\'')
			buf_add_char(buf, '\'');
		buf_add_char(buf, *path);
	}
	buf_add_string(buf, quoted ? "'" : "");
}

static void add_entry(struct buf *buf, const struct hint_request *request)
{
	buf_printf(buf,
	           "    or justify it in %s:\n        exceptions:\n          - rule: %s\n            path: ",
	           POLICY_FILE_NAME, request->rule->id);
	add_path(buf, request->path);
	buf_add_char(buf, '\n');
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (!is_asked(&request->demand, &fields[i]))
			continue;
		buf_add_string(buf, "            ");
		add_field(buf, request, &fields[i]);
		buf_add_char(buf, '\n');
	}
}

/* ---- a comment -------------------------------------------------------------------------------------------------------*/

static void add_comment(struct buf *buf, const struct hint_request *request)
{
	buf_printf(buf, "    or justify it on the line %s:\n",
	           request->rule->place == PLACE_BELOW ? "below" : "above");
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (is_asked(&request->demand, &fields[i]))
			add_line(buf, request, &fields[i]);
	}
	if (request->rule->native && request->style != STYLE_KEYED)
		buf_printf(buf, "    or in the tool's own syntax: %s\n", request->rule->native);
}

static void add_advice(struct buf *buf, const struct hint_request *request, const struct advice *advice)
{
	if (!advice->text)
		return;
	buf_printf(buf, "    %s\n", advice->text);
	if (advice->field != FIELD_COUNT)
		add_line(buf, request, &fields[advice->field]);
}

static void add_hint(struct buf *buf, const struct hint_request *request)
{
	const struct advice *advice = &advices[request->problem];
	bool commentable = request->language && language_has_comments(request->language);

	if (request->unwritten && commentable)
		add_comment(buf, request);
	else if (request->unwritten || !(commentable || request->in_policy || advice->field == FIELD_COUNT))
		add_entry(buf, request);
	else
		add_advice(buf, request, advice);
}

enum pol_status hint_build(struct arena *arena, const struct hint_request *request, const char **ret_hint)
{
	CLEANUP(buf) struct buf buf = { 0 };
	char *hint;

	add_hint(&buf, request);
	if (buf_failed(&buf))
		return POL_ENOMEM;
	if (buf.size == 0) {
		*ret_hint = NULL;
		return POL_OK;
	}
	hint = arena_copy(arena, buf.data, buf.size);
	if (!hint)
		return POL_ENOMEM;
	*ret_hint = hint;
	return POL_OK;
}
