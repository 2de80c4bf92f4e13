/* needle.c - chooses the part of a literal to look for, and proves, where it can, that a pattern needs its literals. */
#include "policy/rules/needle.h"

#include <string.h>

/* ---- the rarest part ------------------------------------------------------------------------------------------------- */

/* How rare a byte is in source text, coarsely; only sums of twelve are compared. */
static unsigned rarity(char c)
{
	static const char *const groups[] = { " etaoinsr", "lhdcumfpg", "wyb.-_/:=\"'(",
		                              "vk,)<>{}[]0123456789" };
	char low = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;

	for (unsigned i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (low != '\0' && strchr(groups[i], low))
			return i + 1;
	return 6;
}

struct slice needle_part(struct slice literal)
{
	unsigned sum = 0, best_sum = 0;
	size_t best = 0;

	if (literal.size <= NEEDLE_PART_MAX)
		return literal;
	for (size_t i = 0; i < literal.size; i++) {
		sum += rarity(literal.data[i]);
		if (i + 1 < NEEDLE_PART_MAX)
			continue;
		if (sum > best_sum) {
			best_sum = sum;
			best = i + 1 - NEEDLE_PART_MAX;
		}
		sum -= rarity(literal.data[i + 1 - NEEDLE_PART_MAX]);
	}
	return slice_sub(literal, best, NEEDLE_PART_MAX);
}

/* ---- what a pattern needs -------------------------------------------------------------------------------------------- */

enum { DEPTH_MAX = 32, RUN_MAX = 512, PREFIX_MAX = 64 };

/* One open group. */
struct group {
	bool all;     /* every alternative that is complete holds a literal */
	bool current; /* the alternative being read holds one */
	bool ignored; /* a look-around: what it holds is no part of the match */
	size_t prefix_size;
	char prefix[PREFIX_MAX]; /* the bytes before the group, which each alternative goes on from */
};

struct proof {
	const char *at; /* what is left of the pattern */
	struct arena *arena;
	const char **spellings; /* NULL = not asked for */
	const char *const *literals;
	struct group groups[DEPTH_MAX];
	size_t depth;
	char run[RUN_MAX]; /* bytes that stand in every match of the alternative, one after the other */
	size_t run_size;
	bool nocase;
	bool has_i;  /* the pattern switches case off somewhere */
	bool failed; /* syntax that this reader does not judge */
};

/* Notes how the pattern spells literal index; "" stands for several ways until the proof is complete. */
static void note_spelling(struct proof *proof, size_t index, struct slice spelling)
{
	const char *known = proof->spellings[index];
	const char *copy;

	if (known && slice_equal(slice_of(known), spelling))
		return;
	copy = known ? "" : arena_copy(proof->arena, spelling.data, spelling.size);
	proof->spellings[index] = copy ? copy : "";
}

/* Ends the run: a literal in it stands in every match of the alternative. */
static void end_run(struct proof *proof)
{
	struct slice run = { proof->run, proof->run_size };

	for (size_t i = 0; proof->literals[i]; i++) {
		size_t place = slice_find_nocase(run, proof->literals[i]);

		if (place == SIZE_MAX)
			continue;
		proof->groups[proof->depth].current = true;
		if (proof->spellings)
			note_spelling(proof, i, slice_sub(run, place, strlen(proof->literals[i])));
	}
	proof->run_size = 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Skips a quantifier if one stands here. *ret_optional: the atom before it may be left out. */
static bool skip_quantifier(struct proof *proof, bool *ret_optional)
{
	const char *at = proof->at;

	if (*at == '?' || *at == '*' || *at == '+') {
		*ret_optional = *at != '+';
		at++;
	} else if (*at == '{' && is_digit(at[1])) {
		*ret_optional = at[1] == '0';
		at += strcspn(at, "}");
		at += *at == '}';
	} else {
		return false;
	}
	if (*at == '?' || *at == '+')
		at++;
	proof->at = at;
	return true;
}

/* A byte that must stand here, unless a quantifier behind it says that it need not. */
static void take_byte(struct proof *proof, char c)
{
	bool optional;

	if (proof->run_size >= RUN_MAX - 2)
		end_run(proof);
	if (!skip_quantifier(proof, &optional)) {
		proof->run[proof->run_size++] = c;
		return;
	}
	if (!optional)
		proof->run[proof->run_size++] = c;
	end_run(proof);
	if (!optional)
		proof->run[proof->run_size++] = c; /* a+b ends in ab */
}

/* Something that stands for bytes not known. */
static void take_other(struct proof *proof)
{
	bool optional;

	end_run(proof);
	(void)skip_quantifier(proof, &optional);
}

static void take_escape(struct proof *proof)
{
	char c = proof->at[1];

	if (c == '\0') {
		proof->failed = true;
		return;
	}
	proof->at += 2;
	if (is_digit(c)) {
		while (is_digit(*proof->at))
			proof->at++;
		take_other(proof);
	} else if (strchr("dDwWsSbBAzZGntrfveaRhHVK", c)) {
		take_other(proof);
	} else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
		proof->failed = true;
	} else {
		take_byte(proof, c);
	}
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The end of a class that begins at "[", behind its "]"; NULL when it does not end. */
static const char *skip_class(const char *at)
{
	at += at[1] == '^' ? 2 : 1;
	at += *at == ']';
	while (*at && *at != ']') {
		if (at[0] == '[' && at[1] == ':' && strstr(at, ":]"))
			at = strstr(at, ":]") + 2;
		else
			at += at[0] == '\\' && at[1] ? 2 : 1;
	}
	return *at ? at + 1 : NULL;
}

/* A class: [.] is a byte, [Vv] is one when case does not count, others are unknown. */
static void take_class(struct proof *proof)
{
	const char *inner = proof->at + 1;
	const char *end = skip_class(proof->at);
	size_t size;

	if (!end) {
		proof->failed = true;
		return;
	}
	size = (size_t)(end - 1 - inner);
	proof->at = end;
	if (*inner == '^' || *inner == '\\')
		take_other(proof);
	else if (size == 1 || (size == 2 && proof->nocase && lower(inner[0]) == lower(inner[1])))
		take_byte(proof, *inner);
	else
		take_other(proof);
}

/* The letters of (?ims-x) or (?i: ; true when the group ends right there. */
static bool take_flags(struct proof *proof)
{
	const char *at = proof->at;

	for (; *at && strchr("imsnUJ-^", *at); at++)
		proof->has_i |= *at == 'i';
	proof->failed |= *at != ':' && *at != ')';
	proof->at = at;
	return *at == ')';
}

/* Reads the beginning of a group, "(" and what says of which sort it is. False when it is no group: (?i). */
static bool open_group(struct proof *proof, struct group *group)
{
	static const char *const lookarounds[] = { "(?=", "(?!", "(?<=", "(?<!" };
	const char *at = proof->at;

	for (size_t i = 0; i < sizeof(lookarounds) / sizeof(lookarounds[0]); i++)
		group->ignored |= strncmp(at, lookarounds[i], strlen(lookarounds[i])) == 0;
	if (group->ignored) {
		proof->at += at[2] == '<' ? 4 : 3;
	} else if (at[1] == '*') {
		proof->failed = true;
	} else if (at[1] != '?') {
		proof->at++;
	} else if (strncmp(at, "(?<", 3) == 0 || strncmp(at, "(?P<", 4) == 0) {
		proof->at += strcspn(at, ">");
		proof->at += *proof->at == '>';
	} else if (at[2] == '>' || at[2] == '|') {
		proof->at += 3;
	} else {
		bool ends;

		proof->at += 2;
		ends = take_flags(proof);
		proof->at += *proof->at != '\0';
		return !ends;
	}
	return true;
}

static void begin_alternative(struct proof *proof)
{
	const struct group *group = &proof->groups[proof->depth];

	memcpy(proof->run, group->prefix, group->prefix_size);
	proof->run_size = group->prefix_size;
}

static void take_group(struct proof *proof)
{
	struct group group = { .all = true };
	size_t size = proof->run_size < PREFIX_MAX ? proof->run_size : PREFIX_MAX;

	memcpy(group.prefix, proof->run + proof->run_size - size, size);
	end_run(proof);
	if (!open_group(proof, &group))
		return;
	if (proof->depth + 1 >= DEPTH_MAX) {
		proof->failed = true;
		return;
	}
	group.prefix_size = group.ignored ? 0 : size;
	proof->groups[++proof->depth] = group;
	begin_alternative(proof);
}

static void end_group(struct proof *proof)
{
	struct group *group = &proof->groups[proof->depth];
	bool optional = false;

	end_run(proof);
	proof->at++;
	if (proof->depth == 0) {
		proof->failed = true;
		return;
	}
	proof->depth--;
	(void)skip_quantifier(proof, &optional);
	if (group->all && group->current && !group->ignored && !optional)
		proof->groups[proof->depth].current = true;
}

static void end_alternative(struct proof *proof)
{
	struct group *group = &proof->groups[proof->depth];

	end_run(proof);
	group->all &= group->current;
	group->current = false;
	proof->at++;
	begin_alternative(proof);
}

static void take_atom(struct proof *proof)
{
	switch (*proof->at) {
	case '\\':
		take_escape(proof);
		break;
	case '[':
		take_class(proof);
		break;
	case '(':
		take_group(proof);
		break;
	case ')':
		end_group(proof);
		break;
	case '|':
		end_alternative(proof);
		break;
	case '.':
	case '^':
	case '$':
		proof->at++;
		take_other(proof);
		break;
	default:
		take_byte(proof, *proof->at++);
		break;
	}
}

/* Whether every match holds a literal; unless proof->nocase, in a case that the pattern fixes. */
static bool prove(struct proof *proof)
{
	proof->groups[0] = (struct group){ .all = true };
	while (*proof->at && !proof->failed)
		take_atom(proof);
	if (proof->failed || proof->depth != 0 || (proof->has_i && !proof->nocase))
		return false;
	end_run(proof);
	return proof->groups[0].all && proof->groups[0].current;
}

static void clear_spellings(const char *const *literals, const char **spellings)
{
	for (size_t i = 0; spellings && literals[i]; i++)
		spellings[i] = NULL;
}

enum needle_need needle_need(struct arena *arena, const char *pattern, const char *const *literals,
                             const char **spellings)
{
	struct proof exact = { .at = pattern, .literals = literals, .arena = arena, .spellings = spellings };
	struct proof nocase = { .at = pattern, .literals = literals, .nocase = true };

	clear_spellings(literals, spellings);
	if (!prove(&exact)) {
		clear_spellings(literals, spellings);
		return prove(&nocase) ? NEED_NOCASE : NEED_UNKNOWN;
	}
	for (size_t i = 0; spellings && literals[i]; i++)
		if (spellings[i] && spellings[i][0] == '\0')
			spellings[i] = NULL;
	return NEED_EXACT;
}
