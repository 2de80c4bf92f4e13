/* justification_text.h - the pure reading of justifications; shared by justification*.c only. */
#ifndef POLICY_JUSTIFICATION_TEXT_H
#define POLICY_JUSTIFICATION_TEXT_H

#include "policy/justification.h"

/* justification_read_lines where text without a key counts as a reason of the form plain: FORM_PLAIN if it says
 * something, FORM_NATIVE even if it says little, FORM_NONE never. */
enum pol_status justification_read_as(struct arena *arena, const struct slice *lines, size_t count,
                                      uint32_t first_line, enum justification_form plain,
                                      struct justification *justification) POL_MUST_CHECK;
/* Sets one field unless it is set or value is empty. */
enum pol_status justification_set(struct arena *arena, struct justification *justification,
                                  enum justification_key key, struct slice value,
                                  enum justification_form form) POL_MUST_CHECK;
/* Another tool's directive, a licence header, a mode line: never a reason, however many words it has. */
bool justification_is_directive(struct slice comment);
/* Whether text holds characters of a script that is written without blanks. */
bool text_has_unspaced(struct slice text);
/* Whether text holds a letter of any script. */
bool text_has_letter(struct slice text);
/* Whether c is part of a word: a letter, a digit, _ or a byte of a character beyond ASCII. */
bool text_is_word(char c);

#endif
