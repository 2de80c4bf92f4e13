/* explain_page.c - one rule in words. A page is read in a terminal: lines are broken, nothing is longer than it must be. */
#include "checks/explain_page.h"

#include "policy/hint.h"
#include "policy/rules/packs.h"

#include <string.h>

enum {
	WIDTH = 100,    /* characters of a line of text */
	MAX_SPOTS = 16, /* ways to justify that are told apart: comments differ in fewer */
	SHOWN_GLOBS = 5 /* globs of files that are listed in front of one way */
};

/* ---- text ------------------------------------------------------------------------------------------------------------*/

static void add_line(struct buf *buf, const char *before, const char *text)
{
	buf_add_string(buf, before);
	text_add_escaped(buf, slice_of(text), false);
	buf_add_char(buf, '\n');
}

/* The references of a rule that are links, or those that are other tools' ids. */
static void add_references(struct buf *buf, const char *heading, const char *const *reference, bool links)
{
	bool any = false;

	for (; reference && *reference; reference++) {
		if ((strncmp(*reference, "http", 4) == 0) != links)
			continue;
		buf_add_string(buf, any ? ", " : heading);
		text_add_escaped(buf, slice_of(*reference), false);
		any = true;
	}
	buf_add_string(buf, any ? "\n" : "");
}

static void add_list(struct buf *buf, const char *before, const char *const *texts)
{
	if (!texts || !*texts)
		return;
	buf_add_string(buf, before);
	for (; *texts; texts++) {
		text_add_escaped(buf, slice_of(*texts), false);
		buf_add_string(buf, texts[1] ? ", " : "\n");
	}
}

/* A text under a heading, broken at blanks and indented. */
static void add_paragraph(struct buf *buf, const char *heading, const char *text)
{
	struct slice rest = slice_trim(slice_of(text));
	size_t width = WIDTH;

	if (rest.size == 0)
		return;
	buf_printf(buf, "\n%s", heading);
	while (rest.size > 0) {
		size_t size = slice_find_char(rest, ' ');
		struct slice word = slice_sub(rest, 0, size == SIZE_MAX ? rest.size : size);

		if (width + 1 + word.size > WIDTH) {
			buf_add_string(buf, "\n    ");
			width = 3;
		} else {
			buf_add_char(buf, ' ');
		}
		text_add_escaped(buf, word, false);
		width += 1 + word.size;
		rest = slice_trim(slice_from(rest, word.size));
	}
	buf_add_char(buf, '\n');
}

/* A text of several lines, indented. */
static void add_block(struct buf *buf, const char *indent, const char *text)
{
	struct slice rest = slice_of(text), line;

	while (slice_next_line(&rest, &line)) {
		buf_add_string(buf, line.size > 0 ? indent : "");
		text_add_escaped(buf, line, true);
		buf_add_char(buf, '\n');
	}
}

static void add_facts(struct buf *buf, const struct rule *rule)
{
	text_add_escaped(buf, slice_of(rule->code), false);
	add_line(buf, *rule->code ? "  " : "", rule->id);
	add_line(buf, "", rule->title);
	buf_printf(buf, "\nkind:      %s\nseverity:  %s\n", rule_kind_names[rule->kind],
	           rule_severity_names[rule->severity]);
	if (rule->cwe)
		buf_printf(buf, "weakness:  CWE-%u, https://cwe.mitre.org/data/definitions/%u.html\n",
		           (unsigned)rule->cwe, (unsigned)rule->cwe);
	add_list(buf, "files:     ", rule->files);
	if (rule->off)
		buf_add_string(buf, "default:   off unless the policy lists it under rules: on\n");
	add_paragraph(buf, "Why", rule->why);
	add_paragraph(buf, "Fix", rule->fix);
}

/* ---- examples --------------------------------------------------------------------------------------------------------*/

/* A built-in rule's examples stand apart, so that hooks need not carry them. */
static struct packs_proof proof_of(const struct rule *rule)
{
	const struct ruleset *packs = ruleset_builtin();

	for (size_t i = 0; i < packs->rule_count; i++) {
		if (&packs->rules[i] == rule)
			return packs_proofs[i];
	}
	return (struct packs_proof){ NULL, rule->match, rule->no_match };
}

static void add_examples(struct buf *buf, const char *title, const struct rule_example *example)
{
	for (; example && example->file; example++) {
		buf_printf(buf, "\n%s", title);
		if (*example->file)
			add_line(buf, ", in ", example->file);
		else
			buf_add_char(buf, '\n');
		add_block(buf, "    ", example->text);
	}
}

/* ---- how to justify it -----------------------------------------------------------------------------------------------*/

/* One way to justify a rule, and the globs of the files where it is the way. */
struct spot {
	const char *hint;
	const char *globs[SHOWN_GLOBS];
	size_t glob_count; /* may be more than are kept */
	bool in_comment;
};

struct spots {
	struct arena arena;
	struct hint_request request;
	struct spot items[MAX_SPOTS];
	size_t count;
};

static void spots_free(struct spots *spots)
{
	arena_free(&spots->arena);
}
CLEANUP_DEFINE_STACK(struct spots, spots, spots_free)

/* A file name that a glob matches: its last part, wildcards at the front filled in and others left out; a glob without any
 * stays as it is. */
static const char *name_for(struct arena *arena, const char *glob)
{
	const char *slash = strrchr(glob, '/');
	CLEANUP(buf) struct buf buf = { 0 };

	if (!strpbrk(glob, "*?["))
		return glob;
	for (const char *c = slash ? slash + 1 : glob; *c; c++) {
		if (*c == '*' || *c == '?')
			buf_add_string(&buf, buf.size == 0 ? "name" : "");
		else if (*c == '[' && c[1] && strchr(c, ']')) {
			buf_add_char(&buf, c[1]);
			c = strchr(c, ']');
		} else
			buf_add_char(&buf, *c);
	}
	return buf_failed(&buf) ? NULL : arena_copy(arena, buf.data ? buf.data : "", buf.size);
}

/* Whether two hints say the same; those that end in an entry for one path are alike whatever the path. */
static struct spot *find_spot(struct spots *spots, const char *hint, bool in_comment)
{
	for (size_t i = 0; i < spots->count; i++) {
		struct spot *spot = &spots->items[i];

		if (spot->in_comment == in_comment && (!in_comment || strcmp(spot->hint, hint) == 0))
			return spot;
	}
	return NULL;
}

/* Adds how to justify the rule in files of a glob. */
static enum pol_status add_spot(struct spots *spots, const char *glob)
{
	const char *hint = NULL;
	struct spot *spot;
	bool in_comment;

	spots->request.path = name_for(&spots->arena, glob);
	if (!spots->request.path)
		return POL_ENOMEM;
	spots->request.language = language_of(spots->request.path, slice_of(""));
	in_comment = language_has_comments(spots->request.language) &&
	             spots->request.rule->kind != KIND_LICENSE;
	if (!in_comment)
		spots->request.language = NULL;
	if (hint_build(&spots->arena, &spots->request, &hint) < 0)
		return POL_ENOMEM;
	spot = hint ? find_spot(spots, hint, in_comment) : NULL;
	if (!hint || (!spot && spots->count == MAX_SPOTS))
		return POL_OK;
	if (!spot) {
		spot = &spots->items[spots->count++];
		*spot = (struct spot){ .hint = hint, .in_comment = in_comment };
	}
	if (spot->glob_count < SHOWN_GLOBS)
		spot->globs[spot->glob_count] = glob;
	spot->glob_count++;
	return POL_OK;
}

/* By the files that a rule reads, or else by those of its examples. */
static enum pol_status gather(struct spots *spots, const struct rule_example *example)
{
	const char *const *glob = spots->request.rule->files;
	enum pol_status status = POL_OK;

	for (; glob && *glob && status == POL_OK; glob++)
		status = add_spot(spots, *glob);
	for (; !spots->request.rule->files && example && example->file && status == POL_OK; example++)
		if (*example->file)
			status = add_spot(spots, example->file);
	if (status == POL_OK && spots->count == 0)
		status = add_spot(spots, "path/to/file");
	return status;
}

static void add_spot_text(struct buf *buf, const struct spot *spot, bool named)
{
	static const char lead[] = "    or justify it ";
	size_t shown = spot->glob_count < SHOWN_GLOBS ? spot->glob_count : SHOWN_GLOBS;
	const char *hint = spot->hint;

	if (strncmp(hint, lead, sizeof(lead) - 1) == 0)
		hint += sizeof(lead) - 1;
	buf_add_string(buf, "    ");
	for (size_t i = 0; named && i < shown; i++) {
		buf_add_string(buf, i == 0 ? "" : ", ");
		text_add_escaped(buf, slice_of(spot->globs[i]), false);
	}
	if (named)
		buf_add_string(buf, spot->glob_count > shown ? " and others: " : ": ");
	add_block(buf, "", hint);
}

/* Where else the words may stand, and where not. */
static const char *note_on_place(const struct rule *rule)
{
	switch (rule->place) {
	case PLACE_ABOVE:
		return "    not right behind the marker: the tool that reads it would take the words for its "
		       "own\n";
	case PLACE_BELOW:
		return "    nowhere else: the tool that reads the marker would take the words for its own\n";
	default:
		return rule->kind == KIND_SUPPRESSION ? "    or behind the marker, on the same line\n"
		                                      : "    or at the end of the line itself\n";
	}
}

/* What a change does to the policy, a push or a message, and what was not judged, no comment can allow. */
static bool can_be_justified(const struct rule *rule)
{
	return rule->kind != KIND_POLICY && rule != &file_not_judged_rule && rule != &file_too_large_rule;
}

static enum pol_status add_ways(struct buf *buf, const struct rule *rule, const struct rule_example *example,
                                const struct policy *policy, const struct options *options)
{
	CLEANUP(spots)
	struct spots spots = {
		.request = { .problem = PROBLEM_MISSING_REASON,
		             .unwritten = true,
		             .rule = rule,
		             .style = policy->style,
		             .today = options->today },
	};
	bool in_comment = false;

	spots.request.demand = policy_demand(policy, rule, rule->severity, "path/to/file");
	if (options->max_days >= 0)
		spots.request.demand.max_days = options->max_days;
	if (gather(&spots, example) < 0)
		return POL_ENOMEM;
	buf_add_string(buf, "\nJustify\n");
	for (size_t i = 0; i < spots.count; i++) {
		add_spot_text(buf, &spots.items[i], spots.count > 1);
		in_comment = in_comment || spots.items[i].in_comment;
	}
	buf_add_string(buf, in_comment ? note_on_place(rule) : "");
	return POL_OK;
}

enum pol_status explain_page(struct buf *buf, const struct rule *rule, const struct policy *policy,
                             const struct options *options, struct pol_error *err)
{
	const struct packs_proof proof = proof_of(rule);

	add_facts(buf, rule);
	if (can_be_justified(rule) && add_ways(buf, rule, proof.match, policy, options) < 0)
		return pol_fail_memory(err);
	add_examples(buf, "Found", proof.match);
	add_examples(buf, "Not found", proof.no_match);
	add_references(buf, "\nElsewhere\n    ", rule->references, false);
	add_references(buf, "\nSee also\n    ", rule->references, true);
	return POL_OK;
}
