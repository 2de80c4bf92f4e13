/* rulec - checks packs of rules and compiles them into the tables that the programs carry. Part of the build.
 * Exit status: 0 done, 1 the packs have problems, 2 misuse or no memory. */
#include "policy/rules/compiler/check.h"
#include "policy/rules/compiler/document.h"
#include "policy/rules/compiler/emit.h"

#include <ctype.h>
#include <string.h>

enum { DONE = 0, PROBLEMS = 1, FAILED = 2 };

static int fail(const struct pol_error *err)
{
	(void)fprintf(stderr, "rulec: %s%s%s\n", err->path, err->path[0] ? ": " : "", err->message);
	return FAILED;
}

static void read_and_check(struct packs *packs, int count, char **paths, bool verbose)
{
	for (int i = 0; i < count; i++)
		packs_read(packs, paths[i]);
	packs_check(packs, verbose);
}

/* Reports what could not be written, which a full disk shows at the end only. */
static int finish_output(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return DONE;
	(void)fputs("rulec: the output could not be written\n", stderr);
	return FAILED;
}

static int run_check(int argc, char **argv)
{
	bool verbose = argc > 0 && strcmp(argv[0], "-v") == 0;
	CLEANUP(packs) struct packs packs = { .out = stdout };

	read_and_check(&packs, argc - verbose, argv + verbose, verbose);
	(void)printf("%zu rules, %zu problems\n", packs.count, packs.problems);
	return packs.problems > 0 ? PROBLEMS : finish_output();
}

/* A literal as a regular expression that every engine reads alike. */
static void print_literal(const char *literal)
{
	for (; *literal; literal++) {
		if (isalnum((unsigned char)*literal))
			(void)putchar(*literal);
		else
			(void)printf("\\x%02x", (unsigned)(unsigned char)*literal);
	}
}

/* For benchmarks against other search programs: lines "L literal" for a rule's literals, then "P pattern". */
static int run_patterns(int argc, char **argv)
{
	CLEANUP(packs) struct packs packs = { .out = stderr };

	read_and_check(&packs, argc, argv, false);
	for (size_t i = 0; i < packs.count; i++) {
		for (const char *const *literal = packs.rules[i].literals; *literal; literal++) {
			(void)fputs("L ", stdout);
			print_literal(*literal);
			(void)putchar('\n');
		}
		(void)printf("P %s\n", packs.rules[i].pattern);
	}
	return packs.problems > 0 ? PROBLEMS : finish_output();
}

static int run_compile(int argc, char **argv)
{
	CLEANUP(packs) struct packs packs = { .out = stderr };
	struct pol_error err = { 0 };
	struct ruleset *set;

	read_and_check(&packs, argc, argv, false);
	if (packs.problems > 0)
		return PROBLEMS;
	if (ruleset_build(&packs.arena, packs.rules, packs.count, &set, &err) < 0)
		return fail(&err);
	if (emit_ruleset(stdout, set) < 0) {
		(void)pol_fail_memory(&err);
		return fail(&err);
	}
	return finish_output();
}

static int run_proofs(int argc, char **argv)
{
	CLEANUP(packs) struct packs packs = { .out = stderr };

	for (int i = 0; i < argc; i++)
		packs_read(&packs, argv[i]);
	if (packs.problems > 0)
		return PROBLEMS;
	emit_proofs(stdout, packs.rules, packs.count);
	return finish_output();
}

static int run_reference(int argc, char **argv)
{
	CLEANUP(packs) struct packs packs = { .out = stderr };
	struct pol_error err = { 0 };

	for (int i = 0; i < argc; i++)
		packs_read(&packs, argv[i]);
	if (packs.problems > 0)
		return PROBLEMS;
	if (document_packs(stdout, &packs, &err) < 0)
		return fail(&err);
	return finish_output();
}

/* A YAML file as it is written, for people, and as a tree, for programs. */
static int run_document(int argc, char **argv)
{
	CLEANUP(buf) struct buf content = { 0 };
	CLEANUP(arena) struct arena arena = { 0 };
	struct yaml_node *root;
	struct pol_error err = { 0 };
	struct slice text;

	(void)argc;
	if (file_read(argv[1], &content, &err) < 0)
		return fail(&err);
	text = (struct slice){ content.data, content.size };
	if (yaml_parse(&arena, text, argv[1], &root, &err) < 0)
		return fail(&err);
	emit_text(stdout, argv[0], text);
	if (emit_tree(stdout, argv[0], root) < 0) {
		(void)pol_fail_memory(&err);
		return fail(&err);
	}
	return finish_output();
}

/* ---- try ----------------------------------------------------------------------------------------------------------------- */

static bool is_the_rule(const struct rule *rule, const void *data)
{
	return strcmp(rule->id, data) == 0;
}

static void print_matches(const char *path, struct slice text, const struct matches *matches)
{
	for (size_t i = 0; i < matches->count; i++) {
		const struct match *match = &matches->items[i];
		struct slice line = slice_trim(text_line_at(text, match->start));
		uint32_t number, column;
		CLEANUP(buf) struct buf shown = { 0 };

		text_position(text, match->start, &number, &column);
		text_add_escaped(&shown, slice_sub(line, 0, 200), false);
		(void)printf("%s:%u:%u: %s\n", path, number, column, shown.data ? shown.data : "");
	}
}

static int try_rule(const struct ruleset *set, const char *id, const char *path, struct pol_error *err)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(scanner) struct scanner *scanner = NULL;
	CLEANUP(buf) struct buf content = { 0 }, why = { 0 };
	struct progress progress = { .rule = ruleset_find(set, slice_of(id)) };
	struct matches matches;

	if (scanner_open(&set, 1, is_the_rule, id, &scanner, err) < 0 || file_read(path, &content, err) < 0)
		return fail(err);
	progress.text = (struct slice){ content.data, content.size };
	progress_watch(scanner, &progress);
	if (scanner_run(scanner, &arena, path, progress.text, &matches, err) < 0)
		return fail(err);
	print_matches(path, progress.text, &matches);
	if (matches.unjudged)
		(void)printf("%s:%u: %s\n", path, matches.unjudged_line, matches.unjudged);
	if (matches.count == 0) {
		progress_describe(&progress, &why);
		(void)printf("%s: not found: %s\n", path, why.data ? why.data : "out of memory");
	}
	return finish_output();
}

/* PACK RULE FILE: what one rule finds in a file, or how far it comes. */
static int run_try(int argc, char **argv)
{
	CLEANUP(packs) struct packs packs = { .out = stderr };
	struct pol_error err = { 0 };
	struct ruleset *set;

	(void)argc;
	packs_read(&packs, argv[0]);
	if (ruleset_build(&packs.arena, packs.rules, packs.count, &set, &err) < 0)
		return fail(&err);
	if (!ruleset_find(set, slice_of(argv[1]))) {
		(void)fprintf(stderr, "rulec: %s has no rule %s\n", argv[0], argv[1]);
		return FAILED;
	}
	return try_rule(set, argv[1], argv[2], &err);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static const struct command {
	const char *name;
	int min, max; /* arguments after the name; max -1 = any number */
	const char *usage;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "check", 1, -1, "check [-v] PACK...       check packs, print what is wrong with them", run_check },
	{ "compile", 1, -1, "compile PACK...          check packs, print C source for them", run_compile },
	{ "proofs", 1, -1, "proofs PACK...           print C source for their literals and examples",
	  run_proofs },
	{ "patterns", 1, -1, "patterns PACK...         print literals and patterns, for benchmarks",
	  run_patterns },
	{ "reference", 1, -1, "reference PACK...        print a page about their rules, in Markdown",
	  run_reference },
	{ "document", 2, 2,
	  "document NAME FILE       print C source that holds the YAML FILE as text and as tree",
	  run_document },
	{ "try", 3, 3, "try PACK RULE FILE       show what a rule finds in FILE, or why nothing", run_try },
};

int main(int argc, char **argv)
{
	const size_t count = sizeof(commands) / sizeof(commands[0]);

	for (size_t i = 0; argc > 1 && i < count; i++) {
		const struct command *command = &commands[i];

		if (strcmp(argv[1], command->name) == 0 && argc - 2 >= command->min &&
		    (command->max < 0 || argc - 2 <= command->max))
			return command->run(argc - 2, argv + 2);
	}
	(void)fputs("usage:\n", stderr);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(stderr, "  rulec %s\n", commands[i].usage);
	return FAILED;
}
