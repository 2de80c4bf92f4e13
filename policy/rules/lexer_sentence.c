/* lexer_sentence.c - tells a setting that is talked about from one that is made: "Try adding verify: false to the file"
 * is a message. Decided by the words next to it, so that a command within a longer text still counts. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { WORDS_AROUND = 5, STRONG = 2, WEAK = 1, ENOUGH = 3, ENOUGH_PRINTED = 2 };

/* English words in lower case, sorted. Strong ones stand in no command and no configuration. */
static const struct {
	const char *word;
	int weight;
} sentence_words[] = {
	{ "a", WEAK },         { "adding", STRONG },  { "allows", STRONG }, { "an", WEAK },
	{ "and", WEAK },       { "are", STRONG },     { "as", WEAK },       { "be", STRONG },
	{ "because", STRONG }, { "but", WEAK },       { "by", WEAK },       { "can", STRONG },
	{ "can't", STRONG },   { "cannot", STRONG },  { "could", STRONG },  { "does", STRONG },
	{ "doesn't", STRONG }, { "don't", STRONG },   { "flag", WEAK },     { "for", WEAK },
	{ "from", WEAK },      { "has", STRONG },     { "have", STRONG },   { "if", WEAK },
	{ "in", WEAK },        { "instead", STRONG }, { "is", STRONG },     { "it", STRONG },
	{ "its", STRONG },     { "may", STRONG },     { "must", STRONG },   { "not", WEAK },
	{ "of", STRONG },      { "on", WEAK },        { "option", WEAK },   { "or", WEAK },
	{ "please", STRONG },  { "set", WEAK },       { "should", STRONG }, { "so", WEAK },
	{ "than", STRONG },    { "that", STRONG },    { "the", STRONG },    { "these", STRONG },
	{ "this", WEAK },      { "to", WEAK },        { "try", WEAK },      { "use", WEAK },
	{ "used", WEAK },      { "using", WEAK },     { "was", STRONG },    { "when", WEAK },
	{ "which", STRONG },   { "will", STRONG },    { "with", WEAK },     { "without", STRONG },
	{ "you", STRONG },     { "your", STRONG },
};

static int weight_of(struct slice word)
{
	char lower[16];

	while (word.size > 0 && !is_word(word.data[0]))
		word = slice_from(word, 1);
	while (word.size > 0 && !is_word(word.data[word.size - 1]))
		word.size--;
	if (word.size > 1 && word.size < sizeof(lower) && word.data[0] >= 'A' && word.data[0] <= 'Z') {
		memcpy(lower, word.data, word.size);
		lower[0] = (char)(lower[0] - 'A' + 'a'); /* "The", "Use"; "TO" stays a command's */
		word.data = lower;
	}
	for (size_t i = 0; i < sizeof(sentence_words) / sizeof(sentence_words[0]); i++)
		if (slice_equal(word, slice_of(sentence_words[i].word)))
			return sentence_words[i].weight;
	return 0;
}

/* Cuts the word next to the setting off *text, which stands before (backwards) or behind it; empty at the end. */
static struct slice cut_word(struct slice *text, bool backwards)
{
	size_t from, to;

	if (backwards) {
		for (to = text->size; to > 0 && is_blank(text->data[to - 1]); to--)
			;
		for (from = to; from > 0 && !is_blank(text->data[from - 1]); from--)
			;
	} else {
		for (from = 0; from < text->size && is_blank(text->data[from]); from++)
			;
		for (to = from; to < text->size && !is_blank(text->data[to]); to++)
			;
	}
	struct slice word = slice_sub(*text, from, to - from);

	*text = backwards ? slice_sub(*text, 0, from) : slice_from(*text, to);
	return word;
}

/* Whether word says something of what stands before it: "--nogpgcheck should override", "verify=False is". */
static bool is_predicate(struct slice word)
{
	static const char *const words[] = { "is",   "are", "was",  "should",  "must", "can",   "cannot",
		                             "will", "may", "does", "doesn't", "has",  "could", NULL };

	return slice_is_one_of(word, words);
}

static int weight_beside(struct slice text, bool backwards)
{
	int weight = 0;

	for (int i = 0; i < WORDS_AROUND; i++) {
		struct slice word = cut_word(&text, backwards);

		weight += !backwards && i == 0 && is_predicate(word) ? ENOUGH : weight_of(word);
	}
	return weight;
}

/* Whether the string that begins at start is printed for whoever runs the program: printf("…"), fprintf(stderr, "…"). */
static bool is_printed(const struct lexed *lexed, size_t start)
{
	static const char *const printers[] = { "printf", "puts", "g_print", "g_printerr", NULL };
	struct slice before = slice_trim(line_before(lexed, start));

	if (slice_ends(before, "(stderr,"))
		return true;
	if (!slice_ends(before, "("))
		return false;
	before.size--;
	return slice_is_one_of(last_word(slice_trim(before)), printers);
}

/* Whether offset lies in a string of a statement that throws, which is a message: throw new X("…"), raise X, "…". */
static bool is_thrown(const struct lexed *lexed, size_t offset)
{
	static const char *const words[] = { "throw", "raise", "die", "croak", "abort", "panic", NULL };
	uint32_t line = lexed_line_at(lexed, offset);
	struct slice text, word;

	if (lexed->language->flags & (LANGUAGE_IS_DATA | LANGUAGE_IS_PROSE | LANGUAGE_IS_UNKNOWN))
		return false;
	text = slice_trim(lexed_line(lexed, lexed_statement_line(lexed, line)));
	word = first_word(text);
	return word.size < text.size && (is_blank(text.data[word.size]) || text.data[word.size] == '(') &&
	       slice_is_one_of(word, words);
}

/* Whether the string in which offset lies on its first line begins by saying what is done next: "Running 'curl …'". What
 * a shell puts into such a string is run all the same. */
static bool is_announced(const struct lexed *lexed, size_t offset)
{
	static const char *const words[] = { "Executing", "Running", "Calling", "Invoking",
		                             "Trying",    "Using",   "Usage",   NULL };
	size_t start = lexed->spans[lexed_span_index(lexed, offset)].start;
	struct slice before = slice_sub(lexed->text, start, offset - start), word;

	while (before.size > 0 && before.data[0] && strchr("\"'`", before.data[0]))
		before = slice_from(before, 1);
	word = first_word(before);
	return word.size < before.size && (before.data[word.size] == ' ' || before.data[word.size] == ':') &&
	       slice_is_one_of(word, words) && slice_find_char(before, '\n') == SIZE_MAX &&
	       slice_find(before, "$(") == SIZE_MAX && slice_find_char(before, '`') == SIZE_MAX;
}

bool lexed_is_sentence(const struct lexed *lexed, size_t start, size_t end)
{
	const uint32_t read = LANGUAGE_IS_DATA | LANGUAGE_IS_UNKNOWN;
	struct slice text = lexed->text;
	enum span_kind kind = lexed_kind_at(lexed, start);
	size_t index = lexed_span_index(lexed, start);
	size_t from = line_start_near(text, start), to = line_end_near(text, end);

	if (kind != SPAN_STRING && !(kind == SPAN_CODE && (lexed->language->flags & read)))
		return false;
	if (kind == SPAN_STRING && (is_thrown(lexed, start) || is_announced(lexed, start)))
		return true;
	if (from < lexed->spans[index].start)
		from = lexed->spans[index].start;
	if (index + 1 < lexed->span_count && to > lexed->spans[index + 1].start)
		to = lexed->spans[index + 1].start;
	return weight_beside(slice_sub(text, from, start - from), true) +
	               (to > end ? weight_beside(slice_sub(text, end, to - end), false) : 0) >=
	       (kind == SPAN_STRING && is_printed(lexed, lexed->spans[index].start) ? ENOUGH_PRINTED
	                                                                            : ENOUGH);
}
