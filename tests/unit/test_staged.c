/* test_staged.c - what `git commit` would record, in every state that an index can be in, and inside a real hook: there
 * (see run_as_hook) this program lists what is staged. */
#include "policy/source/source.h"

#include "tests/support/source_text.h"

#include <limits.h>
#include <unistd.h>

/* ---- staged: each row with the index in every state -------------------------------------------------------------- */

static const struct row {
	const char *name;
	const char *script; /* after base */
	const char *wanted;
} rows[] = {
	{ "nothing is staged", ":", "" },
	{ "nothing is staged, the work tree changed", "echo x >>a; rm dir/b; echo y >new", "" },
	{ "modified", "echo x >>a; git add a", "M a\n" },
	{ "modified and reverted in the work tree", "echo x >>a; git add a; echo alpha >a", "M a\n" },
	{ "added", "echo x >new; git add new", "A new\n" },
	{ "added below new folders", "mkdir -p n/e/w; echo x >n/e/w/f; git add n", "A n/e/w/f\n" },
	{ "added, then deleted in the work tree", "echo x >new; git add new; rm new", "A new\n" },
	{ "deleted", "git rm -q dir/b", "D dir/b\n" },
	{ "a folder deleted", "git rm -qr dir", "D dir/b\nD dir/sub/c\n" },
	{ "moved unchanged", "git mv a z", "D a\nR a > z\n" },
	{ "moved to another folder", "mkdir q; git mv dir/sub/c q/c", "D dir/sub/c\nR dir/sub/c > q/c\n" },
	{ "moved twice the same",
	  "cp a z; git add z; git commit -qm copy; mkdir n m; git mv a n/a; git mv z m/z",
	  "D a\nR z > m/z\nR a > n/a\nD z\n" },
	{ "copied is not moved", "cp a z; git add z", "A z\n" },
	{ "moved and changed", "git mv a z; echo x >>z; git add z", "D a\nA z\n" },
	{ "made executable", "chmod +x a; git add a", "M a\n" },
	{ "a link added", "ln -s dir new; git add new", "" },
	{ "a link becomes a file", "rm link; echo x >link; git add link", "A link\n" },
	{ "a file becomes a link", "rm a; ln -s link a; git add a", "D a\n" },
	{ "a folder becomes a file", "rm -r dir; echo x >dir; git add -A", "A dir\nD dir/b\nD dir/sub/c\n" },
	{ "a file becomes a folder", "rm a; mkdir a; echo x >a/x; git add -A", "D a\nA a/x\n" },
	{ "names that sort around a folder", "echo x >dir-x; echo y >dir.y; echo z >dir0; git add .",
	  "A dir-x\nA dir.y\nA dir0\n" },
	{ "a submodule added", "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),mod", "" },
	{ "a file becomes a submodule",
	  "git update-index --cacheinfo 160000,$(git rev-parse HEAD),a; git update-index --assume-unchanged "
	  "a",
	  "D a\n" },
	{ "intent to add is not part of the commit", "echo x >new; git add -N new; echo y >>a; git add a",
	  "M a\n" },
	{ "intent to add over a file of HEAD", "git rm -q --cached a; git add -N a", "D a\n" },
	{ "assumed unchanged", "echo x >>a; git add a; git update-index --assume-unchanged a dir/b",
	  "M a\n" },
	{ "skip-worktree and absent",
	  "echo x >>dir/b; git add dir/b; git update-index --skip-worktree dir/b; rm dir/b", "M dir/b\n" },
	{ "odd names",
	  "printf x >'sp ace'; printf x >-dash; printf x >\"$(printf 'new\\nline')\"; "
	  "printf x >\"$(printf 'b\\377d')\"; printf x >'gl*b[x]'; git add .",
	  "A -dash\nA b\\xffd\nA gl*b[x]\nA new\\x0aline\nA sp\\x20ace\n" },
	{ "everything deleted", "git rm -qr .", "D a\nD dir/b\nD dir/sub/c\n" },
	{ "detached HEAD", "git checkout -q --detach; echo x >>a; git add a", "M a\n" },
	{ "packed refs", "git pack-refs --all --prune; echo x >>a; git add a", "M a\n" },
	{ "packed objects", "echo x >>a; git add a; git repack -adq; git prune-packed", "M a\n" },
	{ "a path longer than the index counts",
	  "exec 2>/dev/null; d=$(printf 'x%.0s' $(seq 200)); p=$d; for i in $(seq 25); do p=$p/$d; done; git "
	  "update-index --add --cacheinfo "
	  "100644,$(git rev-parse HEAD:a),$p; git commit -qm long; echo x >>a; git add a",
	  "M a\n" },
};

/* States of the index that must all tell the same. */
static const struct {
	const char *name, *script;
} states[] = {
	{ "as it is", ":" },
	{ "cache tree written", "git write-tree >tree.tmp || :; rm -f tree.tmp" },
	{ "version 4", "git update-index --index-version 4" },
	{ "version 2 or 3", "git update-index --index-version 2" },
	{ "untracked cache", "git update-index --force-untracked-cache; git status >/dev/null" },
	{ "split index", "git config splitIndex.maxPercentChange 100; git config core.splitIndex true; "
	                 "git update-index --split-index; grep -aq link .git/index" },
};

static void check_staged_row(const struct row *row, const char *format)
{
	struct gitrepo repo;
	char script[4096];

	gitrepo_open(&repo, format);
	(void)snprintf(script, sizeof(script), SOURCE_TEXT_BASE "%s", row->script);
	gitrepo_sh(&repo, script);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		/* What git says of names that no file can have is of no interest. */
		(void)snprintf(script, sizeof(script), "exec 2>/dev/null; %s", states[i].script);
		gitrepo_sh(&repo, script);
		expect_staged(&repo, row->wanted, states[i].name);
	}
	gitrepo_close(&repo);
}

static void staged_row(void **state)
{
	check_staged_row(*state, "");
}

static void staged_row_sha256(void **state)
{
	check_staged_row(*state, "--object-format=sha256");
}

/* ---- inside a real hook ------------------------------------------------------------------------------------------ */

/* What main does when a hook starts it: appends the list to the file named, or says why not. */
static int run_as_hook(const char *path, struct source_spec spec)
{
	CLEANUP(source) struct source *source = NULL;
	CLEANUP(buf) struct buf list = { 0 };
	struct pol_error err = { 0 };
	FILE *out = fopen(path, "a");

	if (!out)
		return 1;
	if (source_open(&spec, &source, &err) != POL_OK) {
		buf_printf(&list, "%s\n", err.message);
	} else {
		buf_add_string(&list, "");
		for (size_t i = 0; i < source_count(source); i++)
			describe_file(&list, source_at(source, i));
	}
	(void)fprintf(out, "%s-\n", list.data);
	return fclose(out) == 0 ? 0 : 1;
}

static void find_self(char *self, size_t room)
{
	ssize_t size = readlink("/proc/self/exe", self, room - 1);

	assert_true(size > 0);
	self[size] = '\0';
}

static void hook_commits(void **state)
{
	CLEANUP(buf) struct buf log = { 0 };
	char self[PATH_MAX], script[PATH_MAX + 512];
	struct gitrepo repo;

	(void)state;
	find_self(self, sizeof(self));
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	(void)snprintf(script, sizeof(script),
	               "mkdir -p .git/hooks; printf '#!/bin/sh\\nexec \"%s\" --hook \"%s/log\"\\n' "
	               ">.git/hooks/pre-commit; "
	               "chmod +x .git/hooks/pre-commit",
	               self, repo.root);
	gitrepo_sh(&repo, script);
	gitrepo_sh(
		&repo,
		"echo 1 >>a; git add a; echo 1 >>dir/b; git commit -qm plain; git commit -qam all; "
		"echo 2 >>a; echo 2 >>dir/b; git add dir/b; git commit -qm path -- a; git commit -qm rest; "
		"git mv a z; git commit -qm move; cd dir; echo 3 >>b; git commit -qam below; "
		"git rm -qr sub; git commit -qm rm; git commit -q --amend -m again; echo 4 >>b; echo n >n; "
		"git add -N n; git commit -qm ita b; git worktree add -q ../../linked -b side; cd "
		"../../linked; "
		"echo 5 >>z; git commit -qam linked");
	gitrepo_capture(&repo, "cat ../log", &log);
	assert_string_equal(log.data, "M a\n-\nM dir/b\n-\nM a\n-\nM dir/b\n-\nD a\nR a > z\n-\nM dir/b\n-\n"
	                              "D dir/sub/c\n-\n-\nM dir/b\n-\nM z\n-\n");
	gitrepo_close(&repo);
}

/* A server's hook sees the pushed objects in quarantine only, and is started inside a bare repository. */
static void hook_receives(void **state)
{
	CLEANUP(buf) struct buf log = { 0 };
	char self[PATH_MAX], script[PATH_MAX + 512];
	struct gitrepo repo;

	(void)state;
	find_self(self, sizeof(self));
	gitrepo_open(&repo, "");
	gitrepo_sh(&repo, SOURCE_TEXT_BASE);
	(void)snprintf(
		script, sizeof(script),
		"git clone -q --bare . ../server.git; git remote add origin ../server.git; cd ../server.git; "
		"printf '#!/bin/sh\nread old new ref\nexec \"%s\" --range \"%s/log\" $old..$new\n' "
		">hooks/pre-receive; chmod +x hooks/pre-receive",
		self, repo.root);
	gitrepo_sh(&repo, script);
	gitrepo_sh(&repo, "echo x >>a; git commit -qam one; echo y >>dir/b; git commit -qam two; git push -q "
	                  "origin main; "
	                  "git rm -q a; git commit -qm three; git push -q origin main");
	gitrepo_capture(&repo, "cat ../log", &log);
	assert_string_equal(log.data, "M a\nM dir/b\n-\nD a\n-\n");
	gitrepo_close(&repo);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(hook_commits),
		                                   cmocka_unit_test(hook_receives) };
	int failed;

	if (argc == 3 && strcmp(argv[1], "--hook") == 0)
		return run_as_hook(argv[2], (struct source_spec){ .kind = SOURCE_STAGED, .dir = "." });
	if (argc == 4 && strcmp(argv[1], "--range") == 0)
		return run_as_hook(argv[2], (struct source_spec){ .kind = SOURCE_RANGE,
		                                                  .dir = ".",
		                                                  .revision = argv[3],
		                                                  .no_merge_base = true });
	failed = ROWS_RUN("staged", rows, staged_row);
	failed += ROWS_RUN("staged, SHA-256", rows, staged_row_sha256);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
