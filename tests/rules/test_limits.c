/* Every rule that is shipped, against lines that are made to keep its regular expression busy: its own example, with something
 * repeated before it, at two places in it, and instead of its end. Each scan must end, and soon. Prints TAP, one test per
 * rule. */
#include "policy/rules/packs.h"
#include "policy/rules/scanner.h"

#include <stdio.h>
#include <time.h>

/* Lines up to 4 KiB are shown to an expression as they are. */
enum { LINE_BYTES = 4000, LINES = 60 };
/* Of CPU time, for one scan, also under a sanitizer on a slow machine. */
static const double seconds_max = 5.0;

static const char *const fillers[] = { "a",    " ",    "(",   ")",     "[",    "{",    "\"", "'",
	                               ",",    "a,",   "a ",  "=",     "-",    "a.",   "a:", "$(",
	                               "a = ", "\\",   "/* ", "<a ",   "0",    "x(x,", "\n", " \n",
	                               "a\n",  "a,\n", "{\n", "- a\n", "# a\n" };

enum { FILLERS = sizeof(fillers) / sizeof(fillers[0]), PLACES = 4 };

struct suite {
	const struct ruleset *set;
	struct scanner *scanner;
	struct buf text;
};

static void add_filler(struct buf *buf, const char *filler, size_t bytes)
{
	struct slice piece = slice_of(filler);
	size_t lines = 0;

	for (size_t size = 0; size < bytes && lines < LINES; size += piece.size) {
		buf_add(buf, piece.data, piece.size);
		lines += slice_ends(piece, "\n");
	}
}

/* example with filler at one of four places, and without its last byte in the last. */
static void craft(struct suite *suite, struct slice example, const char *filler, size_t place)
{
	size_t cut = example.size * place / (PLACES - 1);
	size_t room = example.size < LINE_BYTES ? LINE_BYTES - example.size : 0;

	if (place == PLACES - 1)
		cut = example.size > 2 ? example.size - 2 : 0;
	buf_clear(&suite->text);
	buf_add(&suite->text, example.data, cut);
	add_filler(&suite->text, filler, room);
	if (place < PLACES - 1)
		buf_add(&suite->text, example.data + cut, example.size - cut);
}

/* Seconds of CPU time that the crafted text takes; negative when it fails. */
static double scan(struct suite *suite, const char *file)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { suite->text.data, suite->text.size };
	struct matches matches = { 0 };
	struct pol_error err = { 0 };
	clock_t start = clock();

	if (scanner_run(suite->scanner, &arena, file, text, &matches, &err) < 0)
		return -1;
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* The longest of all scans with the rule's first example; negative when one fails. */
static double longest(struct suite *suite, size_t index)
{
	const struct rule_example *example = packs_proofs[index].match;
	double most = 0;

	for (size_t i = 0; i < FILLERS * PLACES; i++) {
		double seconds;

		craft(suite, slice_of(example->text), fillers[i / PLACES], i % PLACES);
		seconds = scan(suite, example->file);
		if (seconds < 0)
			return seconds;
		most = seconds > most ? seconds : most;
	}
	return most;
}

static bool is_wanted(const struct rule *rule, const void *data)
{
	(void)rule;
	(void)data;
	return true;
}

int main(void)
{
	struct suite suite = { .set = ruleset_builtin() };
	struct pol_error err = { 0 };
	size_t bad = 0;

	if (scanner_open(&suite.set, 1, is_wanted, NULL, &suite.scanner, &err) < 0) {
		(void)printf("Bail out! %s\n", err.message);
		return 1;
	}
	(void)printf("1..%zu\n", suite.set->rule_count);
	for (size_t i = 0; i < suite.set->rule_count; i++) {
		double seconds = longest(&suite, i);
		bool is_good = seconds >= 0 && seconds <= seconds_max && !buf_failed(&suite.text);

		bad += !is_good;
		(void)printf("%sok %zu - %s ends\n# %.3f s at most\n", is_good ? "" : "not ", i + 1,
		             suite.set->rules[i].id, seconds);
	}
	scanner_free(suite.scanner);
	buf_free(&suite.text);
	return bad > 0 || suite.set->rule_count == 0;
}
