/* oid.c - object names: compare, print, read. */
#include "policy/source/repo.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

bool oid_equal(const struct oid *a, const struct oid *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

bool oid_is_null(const struct oid *oid)
{
	static const uint8_t zero[OID_MAX_BYTES];

	return memcmp(oid->bytes, zero, oid->size) == 0;
}

void oid_format(const struct oid *oid, char ret_hex[OID_MAX_HEX])
{
	for (size_t i = 0; i < oid->size; i++) {
		ret_hex[2 * i] = digits[oid->bytes[i] >> 4];
		ret_hex[2 * i + 1] = digits[oid->bytes[i] & 15];
	}
	ret_hex[2 * (size_t)oid->size] = '\0';
}

/* The value of a hexadecimal digit, 16 for any other byte. */
static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

bool oid_parse(struct slice hex, struct oid *ret_oid)
{
	struct oid oid = { 0 };

	if (hex.size != 40 && hex.size != 64)
		return false;
	oid.size = (uint8_t)(hex.size / 2);
	for (size_t i = 0; i < oid.size; i++) {
		unsigned high = digit_value(hex.data[2 * i]);
		unsigned low = digit_value(hex.data[2 * i + 1]);

		if (high > 15 || low > 15)
			return false;
		oid.bytes[i] = (uint8_t)(high << 4 | low);
	}
	*ret_oid = oid;
	return true;
}
