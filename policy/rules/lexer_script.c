/* lexer_script.c - names that a script declares, or gives their number, without using them. */
#include "policy/rules/lexer_state.h"

/* Languages of scripts, which name what they declare behind a word. */
static bool is_script(const struct language *language)
{
	return language == &languages[LANG_PYTHON] || language == &languages[LANG_RUBY] ||
	       language == &languages[LANG_PHP] || language == &languages[LANG_JAVASCRIPT] ||
	       language == &languages[LANG_TYPESCRIPT] || language == &languages[LANG_PERL];
}

/* Whether text is one name, with what qualifies it: X, A.X. */
static bool is_name(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!is_word(text.data[i]) && text.data[i] != '.')
			return false;
	return text.size > 0;
}

/* Whether name is written as a constant: TLS_NULL. */
static bool is_constant(struct slice name)
{
	bool parted = false;

	for (size_t i = 0; i < name.size; i++) {
		if (name.data[i] >= 'a' && name.data[i] <= 'z')
			return false;
		parted = parted || name.data[i] == '_';
	}
	return parted;
}

/* Whether the string that the name lies in declares it in C, for a binding: "static const int X;". */
static bool is_declared_in_c(const struct lexed *lexed, size_t start, struct slice before,
                             struct slice behind)
{
	before = slice_trim(before);
	if (lexed_kind_at(lexed, start) != SPAN_STRING || !slice_starts(behind, ";") ||
	    (!slice_starts(before, "static ") && !slice_starts(before, "extern ")))
		return false;
	for (size_t i = 0; i < before.size; i++)
		if (!is_word(before.data[i]) && !is_blank(before.data[i]) && before.data[i] != '*')
			return false;
	return true;
}

/* "class X(", "function X(" of a script; X:3 and X = 3, which give a constant its number; define('Y', X);
 * from m import X; C within a string that declares X. */
bool lexed_is_declared_in_script(const struct lexed *lexed, size_t start, size_t end)
{
	static const char *const leads[] = { "class", "def", "function", "sub", NULL };
	size_t at = 1;
	struct slice before = line_before(lexed, start), behind = slice_trim(line_behind(lexed, end));

	if (lexed->language == &languages[LANG_PHP] && is_name(slice_sub(lexed->text, start, end - start)) &&
	    (slice_ends(before, "define('") || slice_ends(before, "define(\"")))
		return true;
	if (!is_script(lexed->language) || !is_name(slice_sub(lexed->text, start, end - start)))
		return false;
	if (lexed_kind_at(lexed, start) != SPAN_CODE)
		return is_declared_in_c(lexed, start, before, behind);
	if (before.size > 0 && is_blank(before.data[before.size - 1]) &&
	    slice_is_one_of(last_word(slice_trim(before)), leads))
		return true;
	if (lexed->language == &languages[LANG_PHP] && slice_find(before, "define(") != SIZE_MAX &&
	    slice_ends(slice_trim(before), ",") && slice_starts(behind, ")"))
		return true;
	if (lexed->language == &languages[LANG_PYTHON] && slice_starts(slice_trim(before), "from ") &&
	    slice_find(before, " import ") != SIZE_MAX &&
	    is_constant(slice_sub(lexed->text, start, end - start)))
		return true;
	if (behind.size < 2 || (behind.data[0] != ':' && behind.data[0] != '='))
		return false;
	while (at < behind.size && is_blank(behind.data[at]))
		at++;
	return at < behind.size && behind.data[at] >= '0' && behind.data[at] <= '9';
}
