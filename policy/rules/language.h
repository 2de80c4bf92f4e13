/* language.h - which language a file is in, and what its comments and strings look like. One table, data only. */
#ifndef POLICY_RULES_LANGUAGE_H
#define POLICY_RULES_LANGUAGE_H

#include "policy/base/text.h"

#include <stdbool.h>

struct language;

/* The language of a file by name, else by extension, else by the shebang or emacs/vim mode line in its first bytes
 * (head: the start of the content, or all of it). Never NULL: a text of unknown kind gets the language "text", where
 * # // ; -- <!-- at the start of a line are taken for comments. */
const struct language *language_of(const char *path, struct slice head);
const char *language_name(const struct language *language); /* "python", "yaml", …, "text" */
bool language_is_prose(
	const struct language
		*language); /* Markdown, reStructuredText, plain text, …: only comments are judged */
bool language_is_markup(
	const struct language *language); /* HTML: text for people around its tags and scripts */
bool language_is_known(const struct language *language);     /* false for "text" */
bool language_has_comments(const struct language *language); /* false for JSON */

/* How to write one comment line in this language: "# ", "// ", "-- ", or "<!-- " with " -->" behind. Both never NULL;
 * used for hints to paste. */
void language_comment_marks(const struct language *language, const char **ret_open, const char **ret_close);

#endif
