/* lexer_documentation.c - tells strings that are text for people from strings that a program uses: docstrings, and what
 * Ansible's modules show as their documentation; documents written in XML, and Perl's markup in files of another kind. */
#include "policy/rules/lexer_state.h"

#include <string.h>

enum { DOCUMENT_BACK = 2048, DOCUMENT_AHEAD = 1024, SHOWN_BACK = 4096, VALUE_BACK = 4096, PIECES_BACK = 32 };

/* Names whose value is documentation, as Ansible reads it. */
static bool is_documentation_name(struct slice name)
{
	return slice_equal(name, SLICE("DOCUMENTATION")) || slice_equal(name, SLICE("EXAMPLES")) ||
	       slice_equal(name, SLICE("RETURN")) || slice_equal(name, SLICE("__doc__"));
}

/* Whether what ends before pos, the start of a line, is a whole statement: no bracket, comma or operator at its end. A
 * comment there does not matter much: its last byte is looked at. */
static bool statement_ended(struct slice text, size_t pos)
{
	while (pos > 0 && strchr(" \t\r\n", text.data[pos - 1]) && text.data[pos - 1])
		pos--;
	return pos == 0 || !text.data[pos - 1] || !strchr("([{,=+%\\|&", text.data[pos - 1]);
}

bool lexed_is_documentation(const struct lexed *lexed, size_t offset)
{
	struct slice text = lexed->text, before;
	size_t quote, line, name = 0;

	if (lexed->language != &languages[LANG_PYTHON] || lexed_kind_at(lexed, offset) != SPAN_STRING)
		return false;
	quote = lexed->spans[lexed_span_index(lexed, offset)].start;
	line = line_start_near(text, quote);
	while (quote < text.size && text.data[quote] && strchr("rRuUbB", text.data[quote]))
		quote++;
	if (text.size - quote < 3 ||
	    (memcmp(text.data + quote, "\"\"\"", 3) != 0 && memcmp(text.data + quote, "'''", 3) != 0))
		return false;
	before = slice_sub(text, line, quote - line);
	while (name < before.size && is_word(before.data[name]))
		name++;
	if (is_documentation_name(slice_sub(before, 0, name)) &&
	    slice_starts(slice_trim(slice_from(before, name)), "="))
		return true;
	while (before.size > 0 && before.data[before.size - 1] &&
	       strchr("rRuUbB", before.data[before.size - 1]))
		before.size--;
	return slice_trim(before).size == 0 && statement_ended(text, line);
}

/* Whether tag stands in [from, to) outside of comments. */
static bool has_tag(const struct lexed *lexed, size_t from, size_t to, const char *tag)
{
	size_t at = slice_find(slice_sub(lexed->text, from, to - from), tag);

	return at != SIZE_MAX && lexed_kind_at(lexed, from + at) != SPAN_COMMENT;
}

/* Whether the first element of the file is that of a document. */
static bool is_rooted_in_document(const struct lexed *lexed)
{
	static const char *const roots[] = { "doc",     "document", "article", "book",      "chapter",
		                             "section", "refentry", "manual",  "reference", NULL };
	struct slice text = lexed->text;

	for (size_t at = 0; at < text.size && at < DOCUMENT_BACK; at++) {
		size_t size = 0;

		if (text.data[at] != '<' || lexed_kind_at(lexed, at) == SPAN_COMMENT)
			continue;
		while (at + 1 + size < text.size && is_word(text.data[at + 1 + size]))
			size++;
		if (size > 0)
			return slice_is_one_of(slice_sub(text, at + 1, size), roots);
	}
	return false;
}

/* Whether offset lies in a text that Android shows: <string name="hint">…</string>. */
static bool is_shown_text(const struct lexed *lexed, size_t offset)
{
	size_t from = offset > SHOWN_BACK ? offset - SHOWN_BACK : 0;
	struct slice before = slice_sub(lexed->text, from, offset - from);
	size_t tag = slice_find_last_char(before, '<');

	return tag != SIZE_MAX && slice_starts(slice_from(before, tag), "<string name=");
}

bool lexed_is_xml_document(const struct lexed *lexed, size_t offset)
{
	static const char *const tags[] = { "</para>",         "</p>",          "</simpara>",
		                            "<programlisting", "<screen>",      "<source><![CDATA[",
		                            "</listitem>",     "<literallayout" };
	size_t from = offset > DOCUMENT_BACK ? offset - DOCUMENT_BACK : 0;
	size_t to = lexed->text.size - offset > DOCUMENT_AHEAD ? offset + DOCUMENT_AHEAD : lexed->text.size;

	if (lexed->language != &languages[LANG_XML])
		return false;
	if (is_shown_text(lexed, offset) || is_rooted_in_document(lexed))
		return true;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (has_tag(lexed, from, to, tags[i]))
			return true;
	return false;
}

bool lexed_is_pod_markup(const struct lexed *lexed, size_t offset)
{
	const char *data = lexed->text.data;

	return offset > 2 && data[offset - 1] == '<' && data[offset - 2] &&
	       strchr("BCFIL", data[offset - 2]) && !is_word(data[offset - 3]) &&
	       (lexed->language->flags & LANGUAGE_IS_UNKNOWN);
}

/* Names of options, arguments and keys whose value is text for people. */
static bool is_help_name(struct slice name)
{
	static const char *const names[] = { "help",    "help_text",     "helpText",   "description",
		                             "desc",    "documentation", "epilog",     "usage",
		                             "summary", "message",       "short_help", "describe",
		                             NULL };

	return slice_is_one_of(name, names);
}

/* Whether text ends in such a name and a sign that gives it a value: help=, "description": , desc => */
static bool ends_in_help_name(struct slice text)
{
	size_t start;

	text = slice_trim(text);
	while (text.size > 0 && strchr("=:>", text.data[text.size - 1]) && text.data[text.size - 1])
		text.size--;
	text = slice_trim(text);
	if (text.size > 0 && (text.data[text.size - 1] == '"' || text.data[text.size - 1] == '\''))
		text.size--;
	for (start = text.size; start > 0 && is_word(text.data[start - 1]);)
		start--;
	return is_help_name(slice_from(text, start));
}

/* The code between two strings of one value: "a" + "b", or nothing. */
static bool joins_strings(struct slice code)
{
	for (size_t i = 0; i < code.size; i++)
		if (!code.data[i] || !strchr(" \t\r\n+.\\(", code.data[i]))
			return false;
	return true;
}

/* In code: the string is the value, or the last piece of it. */
static bool is_help_string(const struct lexed *lexed, size_t offset)
{
	const struct span *spans = lexed->spans;
	size_t index = lexed_span_index(lexed, offset), piece = 0;

	if (spans[index].kind != SPAN_STRING)
		return false;
	for (; index >= 1 && piece < PIECES_BACK; index -= 2, piece++) {
		struct slice code = slice_sub(lexed->text, spans[index - 1].start,
		                              spans[index].start - spans[index - 1].start);
		bool last = index < 2 || spans[index - 1].kind != SPAN_CODE ||
		            spans[index - 2].kind != SPAN_STRING || !joins_strings(code);

		if (last)
			return spans[index - 1].kind == SPAN_CODE && ends_in_help_name(code);
	}
	return false;
}

/* In JSON: the string that offset lies in is the value of such a key. */
static bool is_json_help(const struct lexed *lexed, size_t offset)
{
	const char *data = lexed->text.data;
	size_t floor = offset > VALUE_BACK ? offset - VALUE_BACK : 0, at = offset;

	while (at > floor && !(data[at - 1] == '"' && (at < 2 || data[at - 2] != '\\')))
		at--;
	return at > floor && ends_in_help_name(slice_sub(lexed->text, floor, at - 1 - floor));
}

/* In YAML: the value begins on the line, behind such a key. */
static bool is_yaml_help(const struct lexed *lexed, size_t offset)
{
	struct slice before = line_before(lexed, offset), name;

	while (before.size > 0 && (is_blank(before.data[0]) || before.data[0] == '-'))
		before = slice_from(before, 1);
	name = first_word(before);
	return is_help_name(name) && slice_starts(slice_from(before, name.size), ": ");
}

bool lexed_is_help(const struct lexed *lexed, size_t offset)
{
	if (lexed->language->keys == KEYS_JSON)
		return is_json_help(lexed, offset);
	if (lexed->language->keys == KEYS_YAML)
		return is_yaml_help(lexed, offset);
	return !(lexed->language->flags & LANGUAGE_IS_DATA) && is_help_string(lexed, offset);
}

/* Whether text begins with three words of letters. */
static bool begins_with_words(struct slice text)
{
	int words = 0;

	for (size_t i = 0; i < text.size && words < 3; i++) {
		size_t start;

		while (i < text.size && is_blank(text.data[i]))
			i++;
		for (start = i;
		     i < text.size && ((text.data[i] | 0x20) >= 'a' && (text.data[i] | 0x20) <= 'z'); i++)
			;
		if (i == start)
			return false;
		words++;
		if (i < text.size && !is_blank(text.data[i]) && text.data[i] != ',' && words < 3)
			return false;
	}
	return words == 3;
}

/* Whether only other flags stand before a flag on its line: "  -k, --insecure", "-k|--insecure". */
static bool only_flags(struct slice before)
{
	for (size_t i = 0; i < before.size; i++)
		if (!before.data[i] || !(is_word(before.data[i]) || strchr(" \t-,|", before.data[i])))
			return false;
	before = slice_trim(before);
	return before.size == 0 || before.data[0] == '-';
}

static size_t indentation(struct slice line)
{
	size_t size = 0;

	while (size < line.size && is_blank(line.data[size]))
		size++;
	return size;
}

/* Whether the line below the one that begins at line stands further right and is made of words. */
static bool explained_below(const struct lexed *lexed, size_t line)
{
	size_t below = line_end_near(lexed->text, line) + 1;
	struct slice here = slice_from(lexed->text, line), next;

	if (below >= lexed->text.size)
		return false;
	next = line_behind(lexed, below);
	return indentation(next) > indentation(here) && begins_with_words(next);
}

/* Whether the flag at start is the first of a string that begins on its line, and words stand in a column behind it: print(
 * "  --insecure   do not check anything"). */
static bool starts_column(const struct lexed *lexed, size_t start, struct slice after)
{
	size_t string = lexed->spans[lexed_span_index(lexed, start)].start;

	return lexed->text.data[start] == '-' && string >= line_start_near(lexed->text, start) &&
	       only_flags(slice_sub(lexed->text, string + 1, start > string ? start - string - 1 : 0)) &&
	       (slice_starts(after, "  ") || slice_starts(after, "\t")) &&
	       begins_with_words(slice_trim(after));
}

bool lexed_is_usage(const struct lexed *lexed, size_t start, size_t end)
{
	enum span_kind kind = lexed_kind_at(lexed, start);
	size_t line = line_start_near(lexed->text, start);
	struct slice after = line_behind(lexed, end);

	if (end > start && kind == SPAN_STRING && starts_column(lexed, start, after))
		return true;
	if (end <= start || lexed->text.data[start] != '-' ||
	    !only_flags(slice_sub(lexed->text, line, start - line)))
		return false;
	if (kind == SPAN_STRING || (lexed->language->flags & LANGUAGE_IS_UNKNOWN))
		return slice_trim(after).size > 0 ? begins_with_words(after) : explained_below(lexed, line);
	after = slice_trim(after);
	return lexed->language == &languages[LANG_SHELL] &&
	       (slice_starts(after, ")") || slice_starts(after, "|--")) &&
	       (line < 2 || lexed->text.data[line - 2] != '\\');
}
