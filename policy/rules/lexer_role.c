/* lexer_role.c - code that names a setting without making it: defaults in the parameter list of a function that is being
 * declared, what a test expects a mock to have been called with, strings that something is compared with, and flags that
 * a program declares as its own. */
#include "policy/rules/lexer_state.h"

#include <string.h>

static const char *const declarators[] = { "def", "function", "fun", "func", "fn" };

/* Where the last declarator of [from, to) ends; SIZE_MAX = none. */
static size_t declarator_end(const struct lexed *lexed, size_t from, size_t to)
{
	const char *text = lexed->text.data;
	size_t found = SIZE_MAX;

	for (size_t at = from; at < to; at++) {
		size_t end = at;

		if (!is_word(text[at]) || (at > 0 && is_word(text[at - 1])))
			continue;
		while (end < to && is_word(text[end]))
			end++;
		for (size_t i = 0; i < sizeof(declarators) / sizeof(declarators[0]); i++)
			if (slice_equal((struct slice){ text + at, end - at }, slice_of(declarators[i])) &&
			    lexed_kind_at(lexed, at) == SPAN_CODE)
				found = end;
		at = end - 1;
	}
	return found;
}

/* Whether what stands in [from, to) opens a list of parameters and nothing else, and leaves it open. */
static bool opens_parameters(const struct lexed *lexed, size_t from, size_t to)
{
	int depth = 0;

	for (size_t at = from; at < to; at++) {
		char c = lexed->text.data[at];

		if (!c || !strchr("()[]{}=", c) || lexed_kind_at(lexed, at) != SPAN_CODE)
			continue;
		if (c == '=' && depth > 0)
			continue;
		if (c == '=') /* Groovy: def client = new Client( */
			return false;
		depth += strchr("([{", c) ? 1 : -1;
		if (depth <= 0)
			return false;
	}
	return depth == 1;
}

/* Whether text ends in one of the constants that switch an option. */
static bool ends_in_switch(struct slice text)
{
	static const char *const constants[] = { "false", "true", "0", "1", "none", "null" };
	size_t start = text.size;

	while (start > 0 && is_word(text.data[start - 1]))
		start--;
	text = slice_from(text, start);
	for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++)
		if (slice_equal_nocase(text, slice_of(constants[i])))
			return true;
	return false;
}

/* "verify=False", "$secure = false": a name and a switch, without a call. */
static bool is_default(struct slice match)
{
	size_t name = 0;

	while (name < match.size && (is_word(match.data[name]) || strchr("$\"'.", match.data[name])))
		name++;
	match = slice_trim(slice_from(match, name));
	return name > 0 && match.size > 1 && (match.data[0] == '=' || match.data[0] == ':') &&
	       slice_find_char(match, '(') == SIZE_MAX && ends_in_switch(match);
}

bool lexed_is_parameter(const struct lexed *lexed, size_t start, size_t end)
{
	size_t from = statement_start_near(lexed, start), declarator;

	if (lexed_kind_at(lexed, start) != SPAN_CODE || (lexed->language->flags & LANGUAGE_IS_DATA) ||
	    !is_default(slice_sub(lexed->text, start, end - start)))
		return false;
	declarator = declarator_end(lexed, from, start);
	return declarator != SIZE_MAX && opens_parameters(lexed, declarator, start);
}

/* Whether offset lies in the arguments of a comparison by a test, but in no call among them. */
static bool is_asserted(const struct lexed *lexed, size_t from, size_t offset)
{
	static const char *const assertions[] = { "AreEqual",     "AreNotEqual",      "assertEquals",
		                                  "assertEqual",  "assertNotEquals",  "assertSame",
		                                  "assert_equal", "assertIsInstance", "assertIs",
		                                  "isinstance" };
	struct slice before = slice_sub(lexed->text, from, offset - from);

	for (size_t i = 0; i < sizeof(assertions) / sizeof(assertions[0]); i++) {
		size_t at = slice_find(before, assertions[i]);
		struct slice rest;

		if (at == SIZE_MAX)
			continue;
		rest = slice_trim(slice_from(before, at + strlen(assertions[i])));
		if (slice_starts(rest, "(") &&
		    opens_parameters(lexed, from + at + strlen(assertions[i]), offset))
			return true;
	}
	return false;
}

bool lexed_is_expectation(const struct lexed *lexed, size_t offset)
{
	static const char *const expectations[] = { ".assert_called",
		                                    ".assert_has_calls",
		                                    ".assert_any_call",
		                                    ".assert_not_called",
		                                    "toHaveBeenCalledWith(",
		                                    "toHaveBeenLastCalledWith(",
		                                    "toHaveBeenNthCalledWith(",
		                                    "calledWith(",
		                                    "Assert.Throws",
		                                    "assertThrows(",
		                                    "assertRaises(",
		                                    "mock.call(",
		                                    "expected_call",
		                                    "expected = array(",
		                                    "expected = dict(",
		                                    "expected = [",
		                                    "expected = {",
		                                    "calledOnceWith(",
		                                    "toStrictEqual(" };
	size_t from = statement_start_near(lexed, offset);
	struct slice before = slice_sub(lexed->text, from, offset - from);

	if (lexed->language->flags & LANGUAGE_IS_DATA)
		return false;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++)
		if (slice_find(before, expectations[i]) != SIZE_MAX)
			return true;
	return is_asserted(lexed, from, offset);
}

/* Whether text ends in a call that looks for its second argument in the first, a plain name: "strpos($args, ". */
static bool ends_in_search(struct slice text)
{
	static const char *const calls[] = { "string.find(",  "strpos(",         "stripos(", "strstr(",
		                             "str_contains(", "strcmp(",         "index(",   "string.match(",
		                             "dlsym(",        "GetProcAddress(", NULL };

	if (!slice_ends(text, ","))
		return false;
	text.size--;
	while (text.size > 0 &&
	       (is_word(text.data[text.size - 1]) || strchr("$.>-[]", text.data[text.size - 1])) &&
	       text.data[text.size - 1])
		text.size--;
	return slice_ends_in_one_of(text, calls);
}

/* Whether text, blanks at its end left out, ends in something that compares with what follows. */
static bool ends_in_comparison(struct slice text)
{
	static const char *const ends[] = { "==",           "!=",          "equals(",     "Equals(",
		                            "IgnoreCase(",  "startsWith(", "StartsWith(", "startswith(",
		                            "endsWith(",    "endswith(",   "contains(",   "Contains(",
		                            "includes(",    "indexOf(",    "IndexOf(",    "HasPrefix(",
		                            "start_with?(", "include?(",   "eql?(",       "~=",
		                            "in_array(",    "resolve(",    NULL };

	text = slice_trim(text);
	if (slice_ends_in_one_of(text, ends) || ends_in_search(text))
		return true;
	return slice_ends(text, "case") && (text.size == 4 || !is_word(text.data[text.size - 5]));
}

/* Whether text ends within a list that something is looked for in: "if option in ['-n', ". */
static bool ends_in_sought_list(struct slice text)
{
	static const char *const openers[] = { " in [", " in (", " in {", NULL };

	for (const char *const *opener = openers; *opener; opener++) {
		size_t at = slice_find(text, *opener);

		if (at == SIZE_MAX || slice_starts(slice_trim(text), "for ") ||
		    slice_find(text, " for ") != SIZE_MAX)
			continue;
		text = slice_from(text, at + strlen(*opener));
		return slice_find_char(text, ']') == SIZE_MAX && slice_find_char(text, ')') == SIZE_MAX &&
		       slice_find_char(text, '}') == SIZE_MAX;
	}
	return false;
}

static bool begins_with_comparison(struct slice text)
{
	text = slice_trim(text);
	return slice_starts(text, "==") || slice_starts(text, "!=") || slice_starts(text, "in ") ||
	       slice_starts(text, "not in ");
}

bool lexed_is_compared(const struct lexed *lexed, size_t offset)
{
	size_t index = lexed_span_index(lexed, offset);
	struct slice before = line_before(lexed, lexed->spans[index].start);
	size_t end = index + 1 < lexed->span_count ? lexed->spans[index + 1].start : lexed->text.size;

	if (lexed->spans[index].kind != SPAN_STRING || (lexed->language->flags & LANGUAGE_IS_DATA))
		return false;
	return ends_in_comparison(before) || ends_in_sought_list(before) ||
	       begins_with_comparison(line_behind(lexed, end));
}

/* Where the call that offset is an argument of has its open bracket; SIZE_MAX = none on the statement's lines. */
static size_t open_call(const struct lexed *lexed, size_t offset)
{
	size_t from = statement_start_near(lexed, offset), depth = 0;

	for (size_t at = offset; at > from; at--) {
		char c = lexed->text.data[at - 1];

		if (!c || !strchr("()[]{}", c) || lexed_kind_at(lexed, at - 1) != SPAN_CODE)
			continue;
		if (strchr(")]}", c))
			depth++;
		else if (depth > 0)
			depth--;
		else
			return c == '(' ? at - 1 : SIZE_MAX;
	}
	return SIZE_MAX;
}

bool lexed_is_own_flag(const struct lexed *lexed, size_t offset)
{
	static const char *const declarations[] = { "add_option", "add_argument", "addOption",
		                                    ".option",    "make_option",  "Option",
		                                    ".on",        "addArgument",  "utils.arg",
		                                    NULL };
	size_t open, flag = offset;

	if (flag < lexed->text.size && (lexed->text.data[flag] == '"' || lexed->text.data[flag] == '\''))
		flag++;
	if (lexed_kind_at(lexed, offset) != SPAN_STRING || (lexed->language->flags & LANGUAGE_IS_DATA) ||
	    !slice_starts(slice_from(lexed->text, flag), "-"))
		return false;
	open = open_call(lexed, offset);
	return open != SIZE_MAX &&
	       slice_ends_in_one_of(slice_trim(slice_sub(lexed->text, 0, open)), declarations);
}
