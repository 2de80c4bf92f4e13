/* fuzz_trivyignore.c - both readers of Trivy's ignore files: what they point at lies in the text, on the line they name. */
#include "checks/trivyignore-check/entry.h"
#include "checks/trivyignore-check/ids.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct slice text, const struct ignore_entries *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct ignore_entry *entry = &entries->items[i];

		if (entry->line == 0 || entry->where.data < text.data ||
		    entry->where.data + entry->where.size > text.data + text.size)
			abort();
		(void)ids_objection(entry->id);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct ignore_entries plain = { 0 }, yaml = { 0 };
	struct slice text = { (const char *)data, size };

	if (size == 0)
		return 0;
	if (entries_read_plain(&arena, text, &plain) < 0)
		abort();
	check(text, &plain);
	if (entries_read_yaml(&arena, ".trivyignore.yaml", text, &yaml) == POL_OK)
		check(text, &yaml);
	return 0;
}
