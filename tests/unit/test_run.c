/* test_run.c - a run of checks when memory ends: whatever allocation fails, the answer is "out of memory" or the right one,
 * never one that lacks a finding. The Makefile leads the allocations of our own code
 * to the functions here; those of libraries go on. */
#include "checks/run.h"
#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdatomic.h>
#include <string.h>

/* ---- allocations that fail -------------------------------------------------------------------------------------------*/

void *failing_malloc(size_t size);
void *failing_calloc(size_t count, size_t size);
void *failing_realloc(void *memory, size_t size);
char *failing_strdup(const char *string);

static atomic_bool counting;
static atomic_ulong allocations; /* while counting */
static atomic_ulong fail_at;     /* the number of the one that fails; 0 = none */

static bool fails(void)
{
	return atomic_load(&counting) && atomic_fetch_add(&allocations, 1) + 1 == atomic_load(&fail_at);
}

void *failing_malloc(size_t size)
{
	return fails() ? NULL : malloc(size);
}

void *failing_calloc(size_t count, size_t size)
{
	return fails() ? NULL : calloc(count, size);
}

void *failing_realloc(void *memory, size_t size)
{
	return fails() ? NULL : realloc(memory, size);
}

char *failing_strdup(const char *string)
{
	return fails() ? NULL : strdup(string);
}

/* ---- a repository with something for each check ----------------------------------------------------------------------*/

static struct gitrepo repo;

static void open_repo(void)
{
	gitrepo_open(&repo, "");
	gitrepo_write(&repo, ".warrant.yaml",
	              "owners: ['@a']\n"
	              "licenses: {allow: [MIT]}\n"
	              "exceptions:\n"
	              "  - {rule: python-requests-verify-false, path: ok.py, reason: a double for the tests, "
	              "until: 2026-12-01, owner: '@a'}\n");
	gitrepo_write(&repo, "CODEOWNERS", "* @b\n");
	gitrepo_write(&repo, "old.py", "a = 1\nb = 2\nc = 3\nd = 4\nrequests.get(u, verify=False)\n");
	gitrepo_write(&repo, ".trivyignore", "CVE-2020-0001\n");
	gitrepo_sh(&repo, "git add -A && git commit -qm one");
	gitrepo_write(&repo, "ok.py", "requests.get(u, verify=False)\n");
	gitrepo_write(&repo, "bad.py", "# owner: @c\nrequests.get(u, verify=False)\nx = 1  # noqa\n");
	gitrepo_write(&repo, ".trivyignore", "CVE-2020-0001\nCVE-2020-0002 exp:2020-01-01\n");
	gitrepo_write(&repo, ".licenses.csv", "Name,License\n\"c\",ISC\nd,MIT\n");
	gitrepo_write(&repo, "package-lock.json",
	              "{\"packages\":{\"\":{\"dependencies\":{\"a\":\"1\"}},\n"
	              "\"node_modules/a\":{\"license\":\"MIT\",\"dependencies\":{\"b\":\"1\"}},\n"
	              "\"node_modules/b\":{\"license\":[\"GPL-3.0-only\",{\"type\":\"\\u0058\"}]},\n"
	              "\"node_modules/c\":{\"license\":\"BSD-3-Clause AND MIT\"}}}\n");
	gitrepo_write_bytes(&repo, "wide.py", "\xFF\xFEr\0=\0001\0\n\0", 10);
	gitrepo_sh(&repo, "git mv old.py new.py && echo 'e = 5' >>new.py && git add -A");
}

static const struct check *const checks[] = { &justification_check, &trivyignore_check, &license_check,
	                                      NULL };

static const struct row {
	const char *name;
	const char *script; /* before it; what it does stays done */
	enum source_kind kind;
	const char *revision;
	unsigned threads;
} rows[] = {
	{ "what is staged", ":", SOURCE_STAGED, NULL, 1 },
	{ "the work tree", ":", SOURCE_ALL, NULL, 1 },
	{ "a folder", ":", SOURCE_PATHS, NULL, 1 },
	{ "a range", "git commit -qm two", SOURCE_RANGE, "HEAD~1..HEAD", 1 },
	{ "a tree", ":", SOURCE_TREE, "HEAD", 1 },
	{ "on threads", "mkdir more && for i in $(seq 150); do echo 'x = 1' >more/$i.py; done; git add more",
	  SOURCE_ALL, NULL, 2 },
};

/* What a run finds, as lines. */
static enum pol_status run(const struct row *row, struct buf *found)
{
	static const char *const paths[] = { ".", NULL };
	CLEANUP(source) struct source *source = NULL;
	CLEANUP(report) struct report report = { 0 };
	struct pol_error err = { 0 };
	struct run_options options = { .checks = checks, .max_days = -1, .threads = row->threads };
	enum pol_status status;

	options.source = (struct source_spec){
		.kind = row->kind, .dir = repo.path, .revision = row->revision, .paths = paths
	};
	assert_true(date_parse(SLICE("2026-11-15"), &options.today));
	atomic_store(&allocations, 0);
	atomic_store(&counting, true);
	status = run_checks(&options, &report, &source, &err);
	atomic_store(&counting, false);
	if (status < 0)
		assert_int_equal(err.status, status);
	buf_clear(found);
	for (size_t i = 0; i < report.finding_count && status == POL_OK; i++)
		buf_printf(found, "%s:%u:%s: %s\n", report.findings[i].path, report.findings[i].line,
		           problem_code(report.findings[i].problem), report.findings[i].message);
	return status;
}

/* Whether each line of wanted is one of found. More may be: an exception that cannot be excused for want of memory. */
static bool holds_all(const struct buf *found, const struct buf *wanted)
{
	struct slice rest = { wanted->data, wanted->size }, line;
	bool holds = true;

	while (slice_next_line(&rest, &line) && holds) {
		struct slice text = { found->data ? found->data : "", found->size }, other;

		holds = false;
		while (!holds && slice_next_line(&text, &other))
			holds = slice_equal(line, other);
	}
	return holds;
}

/* A thread that cannot be started is done without, and a path that fails in one way may succeed in another: not every
 * failure has to be told. But most are, and none costs a finding. */
static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(buf) struct buf wanted = { 0 };
	CLEANUP(buf) struct buf found = { 0 };
	unsigned long count, told = 0;

	gitrepo_sh(&repo, row->script);
	atomic_store(&fail_at, 0);
	assert_int_equal(run(row, &wanted), POL_OK);
	count = atomic_load(&allocations);
	if (count == 0)
		skip();
	assert_non_null(strstr(wanted.data, "bad.py:2:missing-reason"));
	assert_non_null(strstr(wanted.data, "package-lock.json:4:license-mismatch"));
	for (unsigned long n = 1; n <= count; n++) {
		enum pol_status status;

		atomic_store(&fail_at, n);
		status = run(row, &found);
		assert_true(status == POL_OK || status == POL_ENOMEM);
		if (status == POL_OK)
			assert_true(holds_all(&found, &wanted));
		told += status == POL_ENOMEM;
	}
	assert_true(told > count / 4);
}

int main(void)
{
	int failed;

	open_repo();
	failed = ROWS_RUN("run", rows, check);
	gitrepo_close(&repo);
	return failed;
}
