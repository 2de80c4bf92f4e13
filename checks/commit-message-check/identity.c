/* identity.c - reads and compares names with mail addresses. */
#include "checks/commit-message-check/identity.h"

bool identity_parse(struct slice text, struct identity *ret_identity)
{
	size_t open = slice_find_char(text, '<');
	size_t close = open == SIZE_MAX ? SIZE_MAX : slice_find_char(slice_from(text, open), '>');

	if (close == SIZE_MAX)
		return false;
	ret_identity->name = slice_trim(slice_sub(text, 0, open));
	ret_identity->mail = slice_trim(slice_sub(text, open + 1, close - 1));
	return true;
}

bool identity_is_known(const struct identity *identity)
{
	return identity->name.size > 0 || identity->mail.size > 0;
}

bool identity_equal(const struct identity *a, const struct identity *b)
{
	return slice_equal(a->name, b->name) && slice_equal_nocase(a->mail, b->mail);
}
