/* limits.c - the table of limits. */
#include "checks/push-check/limits.h"

#include <stddef.h>

static const struct limit {
	const char *key; /* in the server's configuration */
	uint64_t value;
	size_t offset;
} table[] = {
	{ "warrant.maxRefs", 1000, offsetof(struct push_limits, refs) },
	{ "warrant.maxCommits", 100 * 1000, offsetof(struct push_limits, commits) },
	{ "warrant.maxChanges", 1000 * 1000, offsetof(struct push_limits, changes) },
	{ "warrant.maxBytes", UINT64_C(4) << 30, offsetof(struct push_limits, bytes) },
	{ "warrant.maxFile", UINT64_C(128) << 20, offsetof(struct push_limits, file) },
	{ "warrant.maxSeconds", 120, offsetof(struct push_limits, seconds) },
};

/* A number as git writes it: digits, and k, m or g for a multiple of 1024. */
static bool parse_number(const char *text, uint64_t *ret_value)
{
	static const struct {
		char letter;
		unsigned shift;
	} units[] = { { 'k', 10 }, { 'm', 20 }, { 'g', 30 } };
	const char *at = text;
	uint64_t value = 0;

	for (; *at >= '0' && *at <= '9' && value < UINT32_MAX; at++)
		value = value * 10 + (uint64_t)(*at - '0');
	if (at == text)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if ((*at | 0x20) == units[i].letter) {
			value <<= units[i].shift;
			at++;
			break;
		}
	}
	*ret_value = value;
	return *at == '\0';
}

enum pol_status push_limits_read(struct repo *repo, struct push_limits *ret_limits, struct pol_error *err)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct push_limits limits;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		uint64_t *value = (uint64_t *)(void *)((char *)&limits + table[i].offset);
		enum pol_status status = repo_config(repo, table[i].key, &text, err);

		*value = table[i].value;
		if (status == POL_ENOTFOUND)
			continue;
		if (status < 0)
			return status;
		if (!parse_number(text.data ? text.data : "", value))
			return pol_fail(err, POL_ECONFIG, NULL, 0,
			                "%s in this server's git configuration is no number", table[i].key);
	}
	*ret_limits = limits;
	return POL_OK;
}
