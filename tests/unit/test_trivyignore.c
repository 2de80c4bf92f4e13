/* test_trivyignore.c - what the readers of Trivy's ignore files make of a file, and which ids they accept. */
#include "checks/trivyignore-check/entry.h"
#include "checks/trivyignore-check/ids.h"
#include "tests/support/rows.h"

#include <string.h>

/* ---- ids -------------------------------------------------------------------------------------------------------------*/

static const struct id_row {
	const char *name; /* the id */
	bool accepted;
} ids[] = {
	{ "CVE-2017-5638", true },
	{ "CVE-2024-1234567", true },
	{ "GHSA-6v7p-g79w-8964", true },
	{ "AVD-AWS-0107", true },
	{ "AWS-0107", true },
	{ "DS002", true },
	{ "DS-0002", true },
	{ "KSV0125", true },
	{ "RUSTSEC-2023-0071", true },
	{ "GO-2026-5932", true },
	{ "PYSEC-2018-28", true },
	{ "SNYK-DEBIAN12-ZLIB-6008963", true },
	{ "RHSA-2024:12345", true },
	{ "ALAS2-2025-2941", true },
	{ "TEMP-0105562-0FE13B", true },
	{ "aws-s3-enable-logging", true },
	{ "private-key", true },
	{ "GPL-3.0", true },
	{ "cve-2024-1234", false },
	{ "avd-azu-0041", false },
	{ "CVE-2022-XXXX", false },
	{ "CVE-2024-*", false },
	{ "CVE-2024-12", false },
	{ "CVE-1,CVE-2", false },
	{ "GHSA-6v7p-g79w", false },
	{ "════", false },
	{ "docs/", false },
	{ "note", false },
};

static void check_id(void **state)
{
	const struct id_row *row = *state;
	const char *objection = ids_objection(slice_of(row->name));

	if (row->accepted)
		assert_null(objection);
	else
		assert_non_null(objection);
}

/* ---- files -----------------------------------------------------------------------------------------------------------*/

static const struct file_row {
	const char *name;
	const char *path;
	const char *text;
	size_t count;
	/* Of the last entry: */
	const char *id, *reason, *until; /* NULL = not there; until as a day */
	bool malformed;
} files[] = {
	{ "empty", ".trivyignore", "", 0, NULL, NULL, NULL, false },
	{ "comments only", ".trivyignore", "# CVE-2023-44487 is fixed\n", 0, NULL, NULL, NULL, false },
	{ "bare", ".trivyignore", "CVE-2024-0001\n", 1, "CVE-2024-0001", NULL, NULL, false },
	{ "no final newline", ".trivyignore", "CVE-2024-0001", 1, "CVE-2024-0001", NULL, NULL, false },
	{ "keyed", ".trivyignore", "# reason: not reachable here\n# until: 2026-12-01\nCVE-2024-0001\n", 1,
	  "CVE-2024-0001", "not reachable here", "2026-12-01", false },
	{ "a colon in the reason", ".trivyignore", "# reason: see https://x: why not\nCVE-2024-0001\n", 1,
	  "CVE-2024-0001", "see https://x: why not", NULL, false },
	{ "a plain block", ".trivyignore", "# not reachable from outside\nCVE-2024-0001\n", 1,
	  "CVE-2024-0001", "not reachable from outside", NULL, false },
	{ "one block for a run", ".trivyignore",
	  "# not reachable from outside\nCVE-2024-0001\nCVE-2024-0002\n", 2, "CVE-2024-0002",
	  "not reachable from outside", NULL, false },
	{ "one empty line between", ".trivyignore", "# not reachable from outside\n\nCVE-2024-0001\n", 1,
	  "CVE-2024-0001", "not reachable from outside", NULL, false },
	{ "two empty lines between", ".trivyignore", "# not reachable from outside\n\n\nCVE-2024-0001\n", 1,
	  "CVE-2024-0001", NULL, NULL, false },
	{ "a comment after an id opens a group", ".trivyignore",
	  "# not reachable from outside\nCVE-2024-0001\n# only in the tests\nCVE-2024-0002\n", 2,
	  "CVE-2024-0002", "only in the tests", NULL, false },
	{ "behind the id", ".trivyignore", "CVE-2024-0001 # not reachable from outside\n", 1, "CVE-2024-0001",
	  "not reachable from outside", NULL, false },
	{ "exp covers the day before", ".trivyignore", "CVE-2024-0001 exp:2026-12-02\n", 1, "CVE-2024-0001",
	  NULL, "2026-12-01", false },
	{ "exp in a comment", ".trivyignore", "CVE-2024-0001 # note exp:2026-12-02\n", 1, "CVE-2024-0001",
	  NULL, "2026-12-01", false },
	{ "a bad exp", ".trivyignore", "CVE-2024-0001 exp:2026-2-30\n", 1, "CVE-2024-0001", NULL, NULL,
	  false },
	{ "two ids on a line", ".trivyignore", "CVE-2024-0001 CVE-2024-0002\n", 1, "CVE-2024-0001", NULL,
	  NULL, true },
	{ "a byte order mark", ".trivyignore",
	  "\xEF\xBB\xBF"
	  "CVE-2024-0001\n",
	  1,
	  "\xEF\xBB\xBF"
	  "CVE-2024-0001",
	  NULL, NULL, true },
	{ "CRLF", ".trivyignore", "# reason: not reachable here\r\nCVE-2024-0001\r\n", 1, "CVE-2024-0001",
	  "not reachable here", NULL, false },
	{ "yaml", ".trivyignore.yaml",
	  "vulnerabilities:\n  - id: CVE-2024-0001\n    statement: not reachable here\n    expired_at: "
	  "2026-12-02\n",
	  1, "CVE-2024-0001", "not reachable here", "2026-12-01", false },
	{ "yaml, a comment", ".trivyignore.yaml",
	  "vulnerabilities:\n  # reason: not reachable here\n  - id: CVE-2024-0001\n", 1, "CVE-2024-0001",
	  "not reachable here", NULL, false },
	{ "yaml, a key that Trivy drops", ".trivyignore.yaml",
	  "vulnerabilities:\n  - id: CVE-2024-0001\n    reason: not reachable here\n", 1, "CVE-2024-0001",
	  NULL, NULL, true },
	{ "yaml, a quoted date", ".trivyignore.yaml",
	  "vulnerabilities:\n  - id: CVE-2024-0001\n    expired_at: \"2026-12-02\"\n", 1, "CVE-2024-0001",
	  NULL, "2026-12-01", true },
	{ "yaml, no id", ".trivyignore.yaml", "secrets:\n  - statement: nobody knows\n", 1, "",
	  "nobody knows", NULL, true },
	{ "yaml, an unknown section", ".trivyignore.yaml", "ignore:\n  - id: CVE-2024-0001\n", 1, "", NULL,
	  NULL, true },
	{ "yaml, broken", ".trivyignore.yaml", "vulnerabilities: [\n", 1, "", NULL, NULL, true },
	{ "yaml, empty", ".trivyignore.yaml", "", 0, NULL, NULL, NULL, false },
};

static void assert_text(const char *text, const char *wanted)
{
	if (wanted) {
		assert_non_null(text);
		assert_string_equal(text, wanted);
	} else {
		assert_null(text);
	}
}

static void check_file(void **state)
{
	const struct file_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct ignore_entries entries = { 0 };
	const struct ignore_entry *last;
	int32_t day = DATE_NONE;

	if (strcmp(row->path, ".trivyignore") == 0)
		assert_int_equal(entries_read_plain(&arena, slice_of(row->text), &entries), POL_OK);
	else
		assert_int_equal(entries_read_yaml(&arena, row->path, slice_of(row->text), &entries), POL_OK);
	assert_int_equal(entries.count, row->count);
	if (row->count == 0)
		return;
	last = &entries.items[row->count - 1];
	assert_true(slice_equal(last->id, slice_of(row->id)));
	assert_text(last->justification.reason, row->reason);
	assert_true(!row->until || date_parse(slice_of(row->until), &day));
	assert_int_equal(last->justification.until, day);
	assert_int_equal(last->malformed != NULL, row->malformed);
}

int main(void)
{
	return ROWS_RUN("ids", ids, check_id) + ROWS_RUN("files", files, check_file);
}
