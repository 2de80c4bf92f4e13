/* fuzz_date.c - a text is a date exactly when it is what the date is written as. */
#include "policy/base/date.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[DATE_TEXT_SIZE];
	int32_t day = DATE_NONE;
	bool is_date = date_parse((struct slice){ (const char *)data, size }, &day);

	if (!is_date) {
		if (day != DATE_NONE)
			abort();
		return 0;
	}
	if (day < 0 || size != DATE_TEXT_SIZE - 1)
		abort();
	date_format(day, text);
	if (memcmp(text, data, size) != 0 || text[size] != '\0')
		abort();
	return 0;
}
