/* fuzz_justification.c - what a justification says was written in the file, on a line of the file; fields are there or
 * they are not. The first byte chooses the language; MARK in the text is a marker, SET an insecure setting. */
#include "policy/justification.h"
#include "policy/rules/scanner.h"
#include "policy/rules/syntax.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MATCHES_MAX = 16 };

static const struct rule rules[] = {
	{ .id = "setting", .kind = KIND_SETTING, .place = PLACE_TRAILING },
	{ .id = "above", .kind = KIND_SUPPRESSION, .place = PLACE_ABOVE },
	{ .id = "trailing", .kind = KIND_SUPPRESSION, .place = PLACE_TRAILING },
	{ .id = "below", .kind = KIND_SUPPRESSION, .place = PLACE_BELOW },
};

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static size_t find_matches(struct slice text, struct match *matches)
{
	size_t count = 0;

	for (size_t at = 0; at < text.size && count < MATCHES_MAX; at++) {
		bool mark = slice_starts(slice_from(text, at), "MARK");
		size_t size = mark ? 4 : 3;

		if (!mark && !slice_starts(slice_from(text, at), "SET"))
			continue;
		matches[count] = (struct match){ .rule = &rules[mark ? 1 + count % 3 : 0],
			                         .start = at,
			                         .end = at + size,
			                         .whole = slice_sub(text, at, size) };
		if (mark && slice_starts(slice_from(text, at + size), "["))
			matches[count].reason = slice_sub(text, at + size + 1, 8);
		count++;
	}
	return count;
}

/* A field is absent, or has a first word that stands in the text. */
static void check_field(struct slice text, const char *field)
{
	char word[32] = "";
	size_t size = 0;

	if (!field)
		return;
	demand(field[0] != '\0' && field[0] != ' ');
	while (size < sizeof(word) - 1 && field[size] != '\0' && field[size] != ' ')
		size++;
	memcpy(word, field, size);
	demand(slice_find(text, word) != SIZE_MAX);
}

static void check(const struct lexed *lexed, const struct justification *found)
{
	bool any = found->reason || found->until_text || found->owner || found->ticket;

	demand(any == (found->form != FORM_NONE) && found->form != FORM_FILE);
	demand(any == (found->line > 0) && found->line <= lexed->line_count);
	demand(found->until == DATE_NONE || found->until_text);
	check_field(lexed->text, found->reason);
	check_field(lexed->text, found->until_text);
	check_field(lexed->text, found->owner);
	check_field(lexed->text, found->ticket);
}

/* What a rule has said itself never holds as a reason, and saying it in lower case changes nothing. */
static void check_reason(struct arena *arena, const char *reason)
{
	const char *const known[] = { reason, NULL };
	const struct reason_demand asked = { .min_words = 1, .placeholders = known, .known = known };
	const char *once = justification_normalise(arena, reason);
	const char *twice = once ? justification_normalise(arena, once) : NULL;
	size_t count;

	demand(twice && strcmp(once, twice) == 0);
	demand(justification_fault(reason, &asked, &count) != REASON_HOLDS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { (const char *)data + 1, size - 1 };
	struct match matches[MATCHES_MAX];
	struct lexed lexed;
	size_t count;

	/* Fields are C strings: a NUL byte would end them. */
	if (size == 0 || memchr(data, '\0', size) != NULL)
		return 0;
	demand(lexer_run(&arena, &languages[data[0] % LANG_COUNT], text, &lexed) == POL_OK);
	count = find_matches(text, matches);
	for (size_t i = 0; i < count; i++) {
		struct match_site site = { &lexed, &matches[i], matches, count };
		struct justification found;

		demand(justification_find(&arena, &site, &found) == POL_OK);
		check(&lexed, &found);
		if (found.reason)
			check_reason(&arena, found.reason);
	}
	return 0;
}
