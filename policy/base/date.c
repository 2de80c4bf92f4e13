/* date.c - calendar days. The arithmetic counts years from March, so that the leap day is the last of its year. */
#include "policy/base/date.h"

#include <time.h>

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH_SHIFT = 719468 }; /* 0000-03-01 to 1970-01-01 */
enum { LAST_DAY = 2932896 };                                               /* 9999-12-31 */

/* The number that size digits at offset spell, -1 when one is no digit. */
static int32_t digits_at(struct slice text, size_t offset, size_t size)
{
	int32_t value = 0;

	for (size_t i = offset; i < offset + size; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return -1;
		value = value * 10 + (text.data[i] - '0');
	}
	return value;
}

static int32_t days_in_month(int32_t year, int32_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
	int32_t from_march = (month + 9) % 12;
	int32_t march_year = month <= 2 ? year - 1 : year;
	int32_t era = march_year / YEARS_PER_ERA;
	int32_t year_of_era = march_year % YEARS_PER_ERA;
	int32_t day_of_year = (153 * from_march + 2) / 5 + day - 1;

	return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
	       EPOCH_SHIFT;
}

bool date_parse(struct slice text, int32_t *ret_day)
{
	int32_t year, month, day;

	if (text.size != DATE_TEXT_SIZE - 1 || text.data[4] != '-' || text.data[7] != '-')
		return false;
	year = digits_at(text, 0, 4);
	month = digits_at(text, 5, 2);
	day = digits_at(text, 8, 2);
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	*ret_day = day_of(year, month, day);
	return true;
}

static void write_digits(char *text, int32_t value, size_t size)
{
	while (size > 0) {
		text[--size] = (char)('0' + value % 10);
		value /= 10;
	}
}

void date_format(int32_t day, char ret_text[DATE_TEXT_SIZE])
{
	int32_t shifted = day + EPOCH_SHIFT;
	int32_t era = shifted / DAYS_PER_ERA;
	int32_t day_of_era = shifted % DAYS_PER_ERA;
	int32_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
	int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int32_t from_march = (5 * day_of_year + 2) / 153;
	int32_t month = from_march < 10 ? from_march + 3 : from_march - 9;

	write_digits(ret_text, era * YEARS_PER_ERA + year_of_era + (month <= 2 ? 1 : 0), 4);
	ret_text[4] = '-';
	write_digits(ret_text + 5, month, 2);
	ret_text[7] = '-';
	write_digits(ret_text + 8, day_of_year - (153 * from_march + 2) / 5 + 1, 2);
	ret_text[10] = '\0';
}

int32_t date_today(void)
{
	time_t now = time(NULL);

	/* A clock that can't be right gives the last day there is: then nothing is taken for still valid. */
	return now > 0 && now / 86400 < LAST_DAY ? (int32_t)(now / 86400) : LAST_DAY;
}
