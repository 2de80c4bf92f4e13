/* date.h - calendar days as days since 1970-01-01 (proleptic Gregorian, no time zone). */
#ifndef POLICY_BASE_DATE_H
#define POLICY_BASE_DATE_H

#include "policy/base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define DATE_NONE INT32_MIN /* no date */

enum { DATE_TEXT_SIZE = 11 }; /* "YYYY-MM-DD" and its NUL */

/* Strictly YYYY-MM-DD, years 1970 to 9999, a day that exists, nothing before or after. False leaves *ret_day alone. */
bool date_parse(struct slice text, int32_t *ret_day);
/* Writes YYYY-MM-DD; day must come from date_parse or date_today. */
void date_format(int32_t day, char ret_text[DATE_TEXT_SIZE]);
/* Today in UTC, from the system clock; honours nothing else. Read it once, at the start of a program. */
int32_t date_today(void);

#endif
