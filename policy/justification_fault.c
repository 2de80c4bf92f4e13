/* justification_fault.c - reasons that say nothing: placeholders, echoes of the rule, bare links, too few words. */
#include "policy/justification_text.h"

#include <string.h>

/* ---- words ----------------------------------------------------------------------------------------------------------- */

/* Cuts the next word, a run of letters and digits, off *rest; empty at the end. */
static struct slice next_word(struct slice *rest)
{
	size_t start = 0, end;

	while (start < rest->size && !text_is_word(rest->data[start]))
		start++;
	for (end = start; end < rest->size && text_is_word(rest->data[end]);)
		end++;
	struct slice word = slice_sub(*rest, start, end - start);

	*rest = slice_from(*rest, end);
	return word;
}

/* Cuts the next run of anything but blanks off *rest; empty at the end. */
static struct slice next_token(struct slice *rest)
{
	struct slice token = slice_trim(*rest);
	size_t size = 0;

	while (size < token.size && !strchr(" \t\r\n", token.data[size] ? token.data[size] : '.'))
		size++;
	*rest = slice_from(token, size);
	return slice_sub(token, 0, size);
}

/* The same words, whatever case, blanks and signs. False for texts without words. */
static bool same_words(struct slice a, struct slice b)
{
	bool any = false;

	for (;;) {
		struct slice x = next_word(&a), y = next_word(&b);

		if (!slice_equal_nocase(x, y))
			return false;
		if (x.size == 0)
			return any;
		any = true;
	}
}

static bool has_word(struct slice text, struct slice wanted)
{
	struct slice word = next_word(&text);

	while (word.size > 0 && !slice_equal_nocase(word, wanted))
		word = next_word(&text);
	return word.size > 0;
}

static bool any_has_word(const char *const *texts, struct slice word)
{
	while (texts && *texts && !has_word(slice_of(*texts), word))
		texts++;
	return texts && *texts;
}

/* No word that is not in one of texts. */
static bool is_echo(struct slice text, const char *const *texts)
{
	struct slice word = next_word(&text);
	bool any = word.size > 0;

	while (word.size > 0 && any_has_word(texts, word))
		word = next_word(&text);
	return any && word.size == 0;
}

static bool is_repetition(struct slice text)
{
	struct slice first = next_word(&text), word = next_word(&text);

	if (word.size == 0)
		return false;
	for (; word.size > 0; word = next_word(&text))
		if (!slice_equal_nocase(word, first))
			return false;
	return true;
}

/* ---- placeholders ----------------------------------------------------------------------------------------------------- */

static char first_letter(struct slice word)
{
	char c = word.size > 0 ? word.data[0] : '\0';

	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Words that may come and go without making a placeholder say more: "this is a false positive". By their size, one behind
 * the other: each placeholder is looked at for each reason. */
static bool is_filler(struct slice word)
{
	static const char *const fillers[] = {
		"", "ais", "anitistobesowe", "theitsare", "thisthatjusthere", "these", "please"
	};
	const char *filler;

	if (word.size >= sizeof(fillers) / sizeof(fillers[0]))
		return false;
	for (filler = fillers[word.size]; *filler; filler += word.size)
		if (*filler == first_letter(word) &&
		    slice_equal_nocase(word, (struct slice){ filler, word.size }))
			return true;
	return false;
}

static struct slice next_telling_word(struct slice *rest)
{
	struct slice word = next_word(rest);

	while (word.size > 0 && is_filler(word))
		word = next_word(rest);
	return word;
}

/* Whether rest, which followed a first word that both share, goes on as other does. */
static bool goes_on_like(struct slice rest, struct slice other)
{
	struct slice word = next_telling_word(&rest), expected = next_telling_word(&other);

	while (word.size > 0 && slice_equal_nocase(word, expected)) {
		word = next_telling_word(&rest);
		expected = next_telling_word(&other);
	}
	return word.size == 0 && expected.size == 0;
}

/* There are hundreds of placeholders, and every reason is held against them all: the first letter, that of the first telling
 * word or of a filler, spares most. */
static bool may_begin(const char *placeholder, char letter)
{
	char c = first_letter((struct slice){ placeholder, 1 });

	return c == letter || !text_is_word(c) || strchr("abhijpstw", c);
}

static bool is_placeholder(struct slice text, const char *const *placeholders)
{
	struct slice first = next_telling_word(&text);
	char letter = first_letter(first);

	for (; placeholders && *placeholders; placeholders++) {
		struct slice rest, word;

		if (!may_begin(*placeholders, letter))
			continue;
		rest = slice_of(*placeholders);
		word = next_telling_word(&rest);
		if (first.size > 0 && slice_equal_nocase(word, first) && goes_on_like(text, rest))
			return true;
	}
	return false;
}

/* ---- links and tickets ------------------------------------------------------------------------------------------------ */

/* Words that lead to a link or a ticket and say nothing themselves. */
static const char *const leads[] = { "see",   "also",    "ref",    "refs", "reference", "cf",      "per",
	                             "in",    "at",      "by",     "on",   "the",       "for",     "and",
	                             "to",    "details", "more",   "info", "issue",     "issues",  "ticket",
	                             "bug",   "jira",    "link",   "url",  "tracked",   "related", "fix",
	                             "fixed", "fixes",   "closes", "todo", "fixme",     "pr",      NULL };

static struct slice without_signs(struct slice token)
{
	while (token.size > 0 && token.data[0] && strchr("<([\"'`,;:.", token.data[0]))
		token = slice_from(token, 1);
	while (token.size > 0 && token.data[token.size - 1] &&
	       strchr(">)]\"'`,;:.", token.data[token.size - 1]))
		token.size--;
	return token;
}

static bool is_link(struct slice token)
{
	token = without_signs(token);
	return slice_starts_nocase(token, "http://") || slice_starts_nocase(token, "https://") ||
	       slice_starts_nocase(token, "www.");
}

static bool is_digits(struct slice text)
{
	size_t i = 0;

	while (i < text.size && text.data[i] >= '0' && text.data[i] <= '9')
		i++;
	return i == text.size && i > 0;
}

/* "SEC-412", "#12", "!12", "team/project#12", "GHSA-6v7p-g79w-8964", "CVE-2024-1234" */
static bool is_ticket(struct slice token)
{
	size_t sign, dash;

	token = without_signs(token);
	sign = slice_find_char(token, '#');
	if (sign == SIZE_MAX && token.size > 0 && token.data[0] == '!')
		sign = 0;
	if (sign != SIZE_MAX)
		return is_digits(slice_from(token, sign + 1));
	dash = slice_find_char(token, '-');
	if (dash == SIZE_MAX || dash == 0 || token.data[0] < 'A' || is_digits(slice_sub(token, 0, dash)))
		return false;
	if (slice_starts_nocase(token, "GHSA-"))
		return true;
	for (size_t i = dash; i < token.size; i++)
		if (token.data[i] != '-' && (token.data[i] < '0' || token.data[i] > '9'))
			return false;
	return token.data[token.size - 1] != '-';
}

static bool is_lead(struct slice token)
{
	const char *const *lead = leads;

	token = without_signs(token);
	while (*lead && !slice_equal_nocase(token, slice_of(*lead)))
		lead++;
	return *lead || !text_has_letter(token);
}

/* Links and tickets, and no word that says more than where they are. */
static bool is_only_links(struct slice text)
{
	struct slice token = next_token(&text);
	bool any = false;

	for (; token.size > 0; token = next_token(&text)) {
		bool place = is_link(token) || is_ticket(token);

		if (!place && !is_lead(token))
			return false;
		any = any || place;
	}
	return any;
}

/* Words that are neither links nor only signs. */
static size_t count_words(struct slice text)
{
	struct slice token = next_token(&text);
	size_t count = 0;

	for (; token.size > 0; token = next_token(&text))
		count += text_has_letter(token) && !is_link(token);
	return count;
}

/* ---- the questions ----------------------------------------------------------------------------------------------------- */

static enum reason_fault fault_of_length(struct slice text, const struct reason_demand *demand,
                                         size_t *ret_count)
{
	*ret_count = text_count_chars(text);
	if (demand->min_chars > 0 && *ret_count < (size_t)demand->min_chars)
		return REASON_FEW_CHARS;
	*ret_count = count_words(text);
	if (demand->min_words > 0 && *ret_count < (size_t)demand->min_words && !text_has_unspaced(text))
		return REASON_FEW_WORDS;
	return REASON_HOLDS;
}

enum reason_fault justification_fault(const char *reason, const struct reason_demand *demand,
                                      size_t *ret_count)
{
	struct slice text = slice_trim(slice_of(reason));

	*ret_count = 0;
	if (is_only_links(text))
		return demand->min_words > 0 ? REASON_LINK : fault_of_length(text, demand, ret_count);
	if (!text_has_letter(text))
		return REASON_WORDLESS;
	if (is_placeholder(text, demand->placeholders))
		return REASON_PLACEHOLDER;
	if (is_echo(text, demand->known) ||
	    (demand->repeated && same_words(text, slice_of(demand->repeated))))
		return REASON_ECHO;
	if (is_repetition(text))
		return REASON_REPETITION;
	return fault_of_length(text, demand, ret_count);
}

const char *justification_fault_text(enum reason_fault fault)
{
	static const char *const texts[REASON_FAULT_COUNT] = {
		[REASON_HOLDS] = "will do",
		[REASON_WORDLESS] = "has no words",
		[REASON_PLACEHOLDER] = "is a placeholder",
		[REASON_ECHO] = "only repeats what the rule says",
		[REASON_REPETITION] = "is one word over and over",
		[REASON_LINK] = "is only a link or a ticket, which says where but not why",
		[REASON_FEW_CHARS] = "is too short",
		[REASON_FEW_WORDS] = "has too few words",
	};

	return texts[fault];
}

const char *justification_normalise(struct arena *arena, const char *reason)
{
	struct slice rest = slice_of(reason), word = next_word(&rest);
	CLEANUP(buf) struct buf buf = { 0 };

	for (; word.size > 0; word = next_word(&rest)) {
		if (buf.size > 0)
			buf_add_char(&buf, ' ');
		for (size_t i = 0; i < word.size; i++) {
			char c = word.data[i];

			buf_add_char(&buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
		}
	}
	return buf_failed(&buf) ? NULL : arena_copy(arena, buf.data ? buf.data : "", buf.size);
}
