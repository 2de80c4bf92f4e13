/* skip.c - reads which checks a hook is to leave out, and why. */
#include "checks/skip.h"

#include "policy/justification.h"

#include <stdlib.h>
#include <string.h>

enum { SUFFIX = sizeof("-check") - 1 };

/* Every check that a hook runs. */
static const struct check *const known[] = { &justification_check, &trivyignore_check, &license_check,
	                                     &commit_message_check, &push_check };

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

/* Cuts the next name off *list. */
static bool next_name(struct slice *list, struct slice *ret_name)
{
	size_t comma = slice_find_char(*list, ',');

	if (list->size == 0)
		return false;
	*ret_name = slice_trim(slice_sub(*list, 0, comma));
	*list = slice_from(*list, comma == SIZE_MAX ? comma : comma + 1);
	return true;
}

static bool is_named(const struct check *check, struct slice name)
{
	struct slice full = slice_of(check->name);

	return slice_equal(name, full) || slice_equal(name, slice_sub(full, 0, full.size - SUFFIX));
}

static enum pol_status fail_unknown(struct slice name, struct pol_error *err)
{
	CLEANUP(buf) struct buf list = { 0 };

	for (size_t i = 0; i < KNOWN; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", known[i]->name);
	return buf_failed(&list) ? pol_fail_memory(err)
	                         : pol_fail(err, POL_EUSAGE, NULL, 0,
	                                    "WARRANT_SKIP names no check with '%.*s'; there are %s",
	                                    (int)(name.size < 40 ? name.size : 40), name.data, list.data);
}

static enum pol_status check_names(const char *names, struct pol_error *err)
{
	struct slice rest = slice_of(names), name;
	size_t i;

	while (next_name(&rest, &name)) {
		for (i = 0; i < KNOWN && !is_named(known[i], name); i++)
			;
		if (i == KNOWN)
			return fail_unknown(name, err);
	}
	return POL_OK;
}

enum pol_status skip_read(const char *names, const char *reason, struct skip *ret_skip, struct pol_error *err)
{
	enum pol_status status = names && *names ? check_names(names, err) : POL_OK;

	*ret_skip = (struct skip){ 0 };
	if (status < 0 || !names || !*names)
		return status;
	if (!reason || !*reason)
		return pol_fail(err, POL_EUSAGE, NULL, 0,
		                "WARRANT_SKIP wants a reason: say in WARRANT_SKIP_REASON why %.100s can be "
		                "left out this time",
		                names);
	*ret_skip = (struct skip){ .names = names, .reason = reason };
	return POL_OK;
}

enum pol_status skip_from_environment(struct skip *ret_skip, struct pol_error *err)
{
	return skip_read(getenv("WARRANT_SKIP"), getenv("WARRANT_SKIP_REASON"), ret_skip, err);
}

bool skip_names(const struct skip *skip, const struct check *check)
{
	struct slice rest = slice_of(skip->names), name;

	while (next_name(&rest, &name)) {
		if (is_named(check, name))
			return true;
	}
	return false;
}

enum pol_status skip_judge(const struct skip *skip, const struct policy *policy, bool *ret_allowed,
                           struct pol_error *err)
{
	const struct reason_demand demand = {
		.min_chars = policy->min_chars,
		.min_words = policy->min_words,
		.placeholders = policy->placeholders_,
	};
	size_t count;
	enum reason_fault fault = justification_fault(skip->reason, &demand, &count);

	*ret_allowed = policy->skips;
	if (fault == REASON_HOLDS)
		return POL_OK;
	return pol_fail(err, POL_EUSAGE, NULL, 0,
	                "WARRANT_SKIP_REASON is too weak, it %s: say why %.80s can be left out this time",
	                justification_fault_text(fault), skip->names);
}
