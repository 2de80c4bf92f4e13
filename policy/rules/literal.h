/* literal.h - is a text rare enough to lead the scanner to a rule's candidates? */
#ifndef POLICY_RULES_LITERAL_H
#define POLICY_RULES_LITERAL_H

#include "policy/base/text.h"

/* Sizes of literals, in bytes. The shortest is LITERAL_SHORT where nothing but letters and digits would need LITERAL_MIN. */
enum { LITERAL_SHORT = 3, LITERAL_MIN = 4, LITERAL_MAX = 255 };

/* Why literal (lower case) can't serve any rule, or, with strict, no rule that everybody runs ("is shorter than …"); NULL
 * when it can. */
const char *literal_weakness(struct slice literal, bool strict);

#endif
