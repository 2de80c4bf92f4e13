/* lexer_name.c - code that names a constant or a function without using it: where it is declared, stands among the
 * members of an enumeration, in a row of a table or beside its own name, or is compared with something. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum {
	BODY_BACK = 16 * 1024,  /* bytes of a body that are looked through for its head */
	HEAD_MAX = 256,         /* bytes of the head itself */
	VALUE_BACK = 64 * 1024, /* bytes of a value that is looked through for what it is given to */
	ROW_BACK = 256          /* bytes of a row before and behind a name in it */
};

/* Languages where a type and a name beside each other declare the name. */
static bool names_follow_types(const struct language *language)
{
	return language == &languages[LANG_C] || language == &languages[LANG_CPP] ||
	       language == &languages[LANG_OBJC] || language == &languages[LANG_JAVA] ||
	       language == &languages[LANG_CSHARP] || language == &languages[LANG_DART];
}

/* Languages where a word says that a name is declared. */
static bool names_are_led(const struct language *language)
{
	return language == &languages[LANG_GO] || language == &languages[LANG_RUST] ||
	       language == &languages[LANG_SWIFT] || language == &languages[LANG_KOTLIN] ||
	       language == &languages[LANG_SCALA];
}

/* Whether text is one name, with what qualifies it: X, A.X, a::X. */
static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!is_word(text.data[i]) && text.data[i] != '.' && text.data[i] != ':')
			return false;
	return text.size > 0;
}

/* Whether the word that ends text, which stands before a name, declares that name. */
static bool ends_in_declarator(const struct language *language, struct slice text)
{
	static const char *const leads[] = { "func", "fn", "fun", "def", "let", "val", "var", "const", NULL };
	static const char *const others[] = { "return",    "new",      "throw",      "else",   "in",
		                              "is",        "as",       "case",       "await",  "yield",
		                              "goto",      "and",      "or",         "not",    "do",
		                              "sizeof",    "typeof",   "delete",     "out",    "ref",
		                              "co_return", "co_await", "when",       "select", "where",
		                              "import",    "using",    "extends",    "throws", "implements",
		                              "on",        "from",     "instanceof", NULL };
	struct slice word;
	size_t size;

	text = without_scope(text);
	size = text.size;
	while (text.size > 0 && strchr(" \t*&", text.data[text.size - 1]) && text.data[text.size - 1])
		text.size--;
	word = last_word(text);
	if (text.size == size || text.size == 0) /* nothing between: part of a longer name */
		return false;
	if (names_are_led(language))
		return slice_is_one_of(word, leads);
	if (word.size < text.size && text.data[text.size - word.size - 1] == '\\')
		return false; /* "\n" of code that is quoted */
	if (word.size > 0)
		return (word.data[0] < '0' || word.data[0] > '9') && !slice_is_one_of(word, others);
	return slice_ends(text, "]") ||
	       (slice_ends(text, ">") && !slice_ends(text, "->") && !slice_ends(text, "=>"));
}

/* "void X(", "static final T X = ", "fun X(": the name at start is the one that is made here. */
static bool is_declared(const struct lexed *lexed, size_t start, size_t end)
{
	struct slice name = slice_sub(lexed->text, start, end - start), behind;
	size_t size = 0;

	if (!names_follow_types(lexed->language) && !names_are_led(lexed->language))
		return false;
	if (lexed_kind_at(lexed, start) != SPAN_CODE || slice_find_char(name, ')') != SIZE_MAX)
		return false; /* a function that is found with its parameters is found for its body */
	while (size < name.size && is_word(name.data[size]))
		size++;
	behind = slice_trim(line_behind(lexed, start + size));
	if (behind.size == 0) /* the value stands on the next line */
		behind = slice_trim(lexed_line(lexed, lexed_line_at(lexed, start) + 1));
	if (size == 0 || behind.size == 0)
		return false;
	if (behind.data[0] == '(' && !names_are_led(lexed->language) && opens_definition(lexed, start))
		return true;
	if (behind.data[0] != '(' &&
	    (size < name.size || slice_starts(behind, "==") || !strchr("=;{", behind.data[0])))
		return false;
	return ends_in_declarator(lexed->language, line_before(lexed, start));
}

/* Whether the { at pos opens the body of an enumeration. */
static bool opens_enumeration(struct slice text, size_t pos)
{
	size_t start = pos, stop = pos > HEAD_MAX ? pos - HEAD_MAX : 0;
	struct slice head;

	while (start > stop && !(text.data[start - 1] && strchr(";{})", text.data[start - 1])))
		start--;
	head = slice_sub(text, start, pos - start);
	for (size_t at = 0, found; (found = slice_find(slice_from(head, at), "enum")) != SIZE_MAX;
	     at += found + 4) {
		struct slice behind = slice_from(head, at + found + 4);

		if ((at + found == 0 || !is_word(head.data[at + found - 1])) &&
		    (behind.size == 0 || !is_word(behind.data[0])))
			return true;
	}
	return false;
}

/* Whether start lies among the members of an enumeration, which end at a semicolon where the body has more. */
static bool in_enumeration(const struct lexed *lexed, size_t start)
{
	size_t stop = start > BODY_BACK ? start - BODY_BACK : 0, depth = 0;

	if (!names_follow_types(lexed->language) && !names_are_led(lexed->language))
		return false;
	if (lexed->language == &languages[LANG_SWIFT] &&
	    !slice_starts(slice_trim(line_before(lexed, start)), "case "))
		return false;
	for (size_t pos = start; pos > stop; pos--) {
		char c = lexed->text.data[pos - 1];

		if ((c != '{' && c != '}' && c != ';') || lexed_kind_at(lexed, pos - 1) != SPAN_CODE)
			continue;
		if (c == '}')
			depth++;
		else if (c == '{' && depth > 0)
			depth--;
		else if (c == '{')
			return opens_enumeration(lexed->text, pos - 1);
		else if (depth == 0)
			return false;
	}
	return false;
}

/* Whether text, between the brackets of a row, holds names and numbers side by side and no call. */
static bool holds_row(struct slice text)
{
	size_t elements = 1, strings = 0;

	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] && strchr("(){}:=;", text.data[i]))
			return false;
		elements += text.data[i] == ',' && slice_trim(slice_from(text, i + 1)).size > 0;
		strings += text.data[i] == '"';
	}
	return elements > 1 && strings / 2 < elements;
}

/* { "3des", CIPHER_3DES, 24 }, on a line of its own or begun on one. */
static bool in_table_row(const struct lexed *lexed, size_t start)
{
	size_t open = start, stop = start > ROW_BACK ? start - ROW_BACK : 0, close = start;

	if (!names_follow_types(lexed->language) && lexed->language != &languages[LANG_GO])
		return false;
	while (open > stop && lexed->text.data[open - 1] != '{')
		open--;
	if (open == stop || slice_trim(line_before(lexed, open - 1)).size > 0 ||
	    slice_trim(line_behind(lexed, open)).size == 0)
		return false;
	while (close < lexed->text.size && close < start + ROW_BACK && lexed->text.data[close] != '}')
		close++;
	return close < lexed->text.size && lexed->text.data[close] == '}' &&
	       holds_row(slice_sub(lexed->text, open, close - open));
}

/* Letters and digits only, in lower case; at most the last size - 1 of them. */
static void squeeze(struct slice text, char *ret_text, size_t size)
{
	size_t count = 0;

	for (size_t i = text.size; i > 0 && count + 1 < size; i--) {
		char c = text.data[i - 1];

		if (is_word(c) && c != '_')
			ret_text[count++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	ret_text[count] = '\0'; /* backwards: ends are compared */
}

/* Whether name, as a label or a string gives it, is the end of constant: "3DES" and GCRY_CIPHER_3DES. */
static bool is_named_alike(struct slice name, struct slice constant)
{
	static const char *const plain[] = { "none", "any", "all", "never", "off", "insecure", NULL };
	char a[32], b[32];
	size_t cut = slice_find_last_char(name, '_');

	name = cut == SIZE_MAX ? name : slice_from(name, cut + 1);
	for (const char *const *word = plain; *word; word++)
		if (slice_equal_nocase(name, slice_of(*word)))
			return false;
	squeeze(name, a, sizeof(a));
	squeeze(constant, b, sizeof(b));
	return strlen(a) > 2 && strncmp(a, b, strlen(a)) == 0;
}

static bool compares(struct slice text)
{
	return slice_find(text, "cmp(") != SIZE_MAX || slice_find(text, "quals(") != SIZE_MAX ||
	       slice_find(text, "IgnoreCase(") != SIZE_MAX || slice_find(text, "==") != SIZE_MAX;
}

/* The name that label gives: of a case, or the string that something is compared with. */
static struct slice labelled(struct slice label)
{
	size_t open = slice_find_char(label, '"'), end;

	if (slice_starts(label, "case ")) {
		end = slice_find_last_char(label, ':');
		return last_word(slice_trim(slice_sub(label, 0, end == SIZE_MAX ? label.size : end)));
	}
	if (open == SIZE_MAX || !compares(label))
		return (struct slice){ 0 };
	label = slice_from(label, open + 1);
	end = slice_find_char(label, '"');
	return slice_sub(label, 0, end == SIZE_MAX ? 0 : end);
}

/* Whether what stands before a string that a case gives takes the name of what the case is about. */
static bool takes_name(struct slice before, struct slice label)
{
	if (slice_find(label, "_WITH_") != SIZE_MAX) /* a cipher suite */
		return true;
	return slice_ends(before, "return") || slice_find_nocase(before, "name") != SIZE_MAX ||
	       slice_find_nocase(before, "str") != SIZE_MAX || slice_find_nocase(before, "desc") != SIZE_MAX;
}

/* From a name to its constant or back: case ENCR_3DES: return CIPHER_3DES; case X: name = "RC4"; */
static bool is_translated(const struct lexed *lexed, size_t start, size_t end)
{
	bool is_string = lexed_kind_at(lexed, start) == SPAN_STRING;
	size_t value = is_string ? lexed->spans[lexed_span_index(lexed, start)].start : start;
	uint32_t line = lexed_line_at(lexed, start);
	struct slice before = slice_trim(line_before(lexed, value)), label = before;
	struct slice constant = slice_sub(lexed->text, start, end - start);

	if (lexed->language->flags & LANGUAGE_IS_DATA)
		return false;
	if (!slice_ends(before, "return") && !slice_ends(before, "="))
		return false;
	if (!slice_starts(before, "case ") && !compares(before))
		label = slice_trim(lexed_line(lexed, line > 1 ? line - 1 : 1));
	if (is_string)
		return slice_starts(label, "case ") && takes_name(before, label);
	return slice_ends(before, "return") && is_name(constant) && is_named_alike(labelled(label), constant);
}

/* x == A, set.contains(A), (flags & A) != 0, if (flags & A), flags &= ~A, sizeof(A) */
static bool is_tested(const struct lexed *lexed, size_t start, size_t end)
{
	static const char *const ends[] = {
		"==",      "!=", "quals(", "contains(", "Contains(", "remove(", "Remove(", "HasFlag(",
		"sizeof(", " <", " >",     "<=",        ">=",        "case",    "~",       NULL
	};
	struct slice before = line_before(lexed, start), behind = slice_trim(line_behind(lexed, end));

	if (lexed_kind_at(lexed, start) != SPAN_CODE ||
	    !is_name(slice_sub(lexed->text, start, end - start)) || slice_starts(behind, "(") ||
	    (lexed->language->flags & LANGUAGE_IS_DATA))
		return false;
	while (before.size > 0 && is_name(slice_from(before, before.size - 1)))
		before.size--;
	before = without_cast(slice_trim(before));
	if (slice_ends(before, "case") && before.size > 4 && is_word(before.data[before.size - 5]))
		return false;
	if (slice_starts(behind, ")") && slice_ends(before, "&") && opens_condition(before))
		return true;
	if (slice_starts(behind, ")") && (slice_ends(before, "&")))
		behind = slice_trim(slice_from(behind, 1));
	return slice_ends_in_one_of(before, ends) || slice_starts(behind, "==") || slice_starts(behind, "!=");
}

/* import static a.B.X; */
static bool is_imported(const struct lexed *lexed, size_t start)
{
	struct slice before = slice_trim(line_before(lexed, start));

	return lexed->language != &languages[LANG_GO] && lexed_kind_at(lexed, start) == SPAN_CODE &&
	       (names_follow_types(lexed->language) || names_are_led(lexed->language)) &&
	       slice_starts(before, "import ");
}

/* Whether every call that text opens only gathers values. */
static bool only_gathers(struct slice text)
{
	static const char *const gatherers[] = {
		"of", "set", "asList", "listOf", "setOf", "List", "Set", NULL
	};

	for (size_t open; (open = slice_find_char(text, '(')) != SIZE_MAX; text = slice_from(text, open + 1))
		if (!slice_starts(slice_from(text, open), "()") &&
		    !slice_is_one_of(last_word(slice_sub(text, 0, open)), gatherers))
			return false;
	return true;
}

/* Whether what text assigns to, or the key that it gives a value, is called expected. */
static bool expects(struct slice text)
{
	size_t sign = slice_find_char(text, '='), colon = slice_find_char(text, ':');

	if (colon != SIZE_MAX && (sign == SIZE_MAX || colon < sign))
		sign = colon;
	if (sign == SIZE_MAX || slice_starts(slice_from(text, sign), "==") ||
	    !only_gathers(slice_from(text, sign)))
		return false;
	return slice_starts_nocase(last_word(slice_trim(slice_sub(text, 0, sign))), "expect");
}

/* assertEquals(List.of(X), c.Check(mode, Equals, X) */
static bool asserts(struct slice text)
{
	static const char *const assertions[] = {
		"assertEquals(", "assertArrayEquals(", "AreEqual(",  "ert.Equal(",
		"quire.Equal(",  "EXPECT_EQ(",         "ASSERT_EQ(", "assert_eq!(",
		", Equals, ",    ", DeepEquals, ",     NULL
	};

	for (const char *const *assertion = assertions; *assertion; assertion++) {
		size_t at = slice_find(text, *assertion);

		if (at != SIZE_MAX && only_gathers(slice_from(text, at + strlen(*assertion))))
			return true;
	}
	return false;
}

/* Whether one of the bodies around start is the value of something called expected, lines above. */
static bool in_expected_value(const struct lexed *lexed, size_t start)
{
	size_t stop = start > VALUE_BACK ? start - VALUE_BACK : 0, depth = 0;

	if (!names_follow_types(lexed->language) && !names_are_led(lexed->language))
		return false;
	for (size_t pos = start; pos > stop; pos--) {
		char c = lexed->text.data[pos - 1];

		if ((c != '{' && c != '}') || lexed_kind_at(lexed, pos - 1) != SPAN_CODE)
			continue;
		if (c == '}')
			depth++;
		else if (depth > 0)
			depth--;
		else if (expects(line_before(lexed, pos - 1)))
			return true;
	}
	return false;
}

/* .expectOut = "x", expected := []T{ X } */
static bool is_expected(const struct lexed *lexed, size_t start, size_t end)
{
	size_t from = statement_start_near(lexed, start);
	struct slice before = slice_sub(lexed->text, from, start - from);

	if ((lexed->language->flags & LANGUAGE_IS_DATA) ||
	    (lexed_kind_at(lexed, start) != SPAN_STRING &&
	     !is_name(slice_sub(lexed->text, start, end - start))))
		return false;
	return expects(before) || expects(line_before(lexed, start)) || asserts(before);
}

/* Reference sources declare only: get { throw null; } */
static bool is_reference(const struct lexed *lexed, size_t start)
{
	return lexed->language == &languages[LANG_CSHARP] &&
	       slice_find(lexed_line_near(lexed, start), "throw null;") != SIZE_MAX;
}

static bool is_tested_by_preprocessor(const struct lexed *lexed, size_t start)
{
	return names_follow_types(lexed->language) && is_preprocessor_condition(line_before(lexed, start));
}

bool lexed_is_named_only(const struct lexed *lexed, size_t start, size_t end)
{
	return is_declared(lexed, start, end) || lexed_is_declared_in_script(lexed, start, end) ||
	       is_tested(lexed, start, end) || is_imported(lexed, start) || is_reference(lexed, start) ||
	       is_tested_by_preprocessor(lexed, start) || is_expected(lexed, start, end) ||
	       in_enumeration(lexed, start) || in_table_row(lexed, start) ||
	       is_translated(lexed, start, end) || in_expected_value(lexed, start);
}
