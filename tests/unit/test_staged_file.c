/* test_staged_file.c - one file of the index without opening the repository: what is certain is told, the rest is not. */
#include "policy/source/staged_file.h"

#include "policy/base/text.h"
#include "tests/support/gitrepo.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/support/rows.h"

/* Each begins in a repository whose .policy holds "one", committed long ago. */
static const struct row {
	const char *name;
	const char *script;
	const char *folder; /* to be in; NULL = the top */
	const char *index;  /* GIT_INDEX_FILE, NULL = not set */
	enum pol_status want;
	const char *text;
} rows[] = {
	{ "clean", ":", NULL, NULL, POL_OK, "one\n" },
	{ "index named", ":", NULL, ".git/index", POL_OK, "one\n" },
	{ "another index", "cp -p .git/index .git/next; rm .git/index; touch .git/next", NULL, ".git/next",
	  POL_OK, "one\n" },
	{ "index version 4", "git update-index --index-version 4; touch .git/index", NULL, NULL, POL_OK,
	  "one\n" },
	{ "files before it", "touch -t 202001010000 .a; git add .a; touch .git/index", NULL, NULL, POL_OK,
	  "one\n" },
	{ "changed in the work tree", "echo two >.policy", NULL, NULL, POL_EGIT, "" },
	{ "changed, size and time as before", "echo two >.policy; touch -t 202001010000 .policy", NULL, NULL,
	  POL_EGIT, "" },
	{ "staged a moment ago", "echo two >.policy; git add .policy; touch -r .policy .git/index", NULL,
	  NULL, POL_EGIT, "" },
	{ "gone from the work tree", "rm .policy", NULL, NULL, POL_EGIT, "" },
	{ "a link in the work tree", "mv .policy x; ln -s x .policy", NULL, NULL, POL_EGIT, "" },
	{ "not staged", "git rm -q --cached .policy", NULL, NULL, POL_ENOTFOUND, "" },
	{ "an empty index", "git rm -q -r --cached .", NULL, NULL, POL_ENOTFOUND, "" },
	{ "intent to add", "git rm -q --cached .policy; git add -N .policy; touch .git/index", NULL, NULL,
	  POL_EGIT, "" },
	{ "assumed unchanged", "git update-index --assume-unchanged .policy; touch .git/index", NULL, NULL,
	  POL_EGIT, "" },
	{ "in conflict",
	  "git checkout -q -b side; echo side >.policy; git commit -qam side; git checkout -q main; echo "
	  "main >.policy; "
	  "git commit -qam main; git merge -q side || touch .git/index",
	  NULL, NULL, POL_EGIT, "" },
	{ "split index", "git update-index --split-index; touch .git/index", NULL, NULL, POL_EGIT, "" },
	{ "no index", "rm .git/index", NULL, NULL, POL_EGIT, "" },
	{ "a broken index", "echo broken >.git/index", NULL, NULL, POL_EGIT, "" },
	{ "another format", "git config extensions.worktreeConfig true", NULL, NULL, POL_EGIT, "" },
	{ "a linked work tree", "git worktree add -q ../linked", "../linked", NULL, POL_EGIT, "" },
	{ "no repository", "mkdir ../none", "../none", NULL, POL_EGIT, "" },
};

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(buf) struct buf text = { 0 };
	struct pol_error err = { 0 };
	struct gitrepo repo;

	gitrepo_open(&repo, "");
	gitrepo_write(&repo, ".policy", "one\n");
	gitrepo_write(&repo, "z", "z\n");
	gitrepo_sh(&repo, "touch -t 202001010000 .policy; git add .; git commit -qm one");
	gitrepo_sh(&repo, row->script);
	assert_int_equal(chdir(repo.path), 0);
	assert_int_equal(row->folder ? chdir(row->folder) : 0, 0);
	if (row->index)
		assert_int_equal(setenv("GIT_INDEX_FILE", row->index, 1), 0);
	assert_int_equal(staged_file_read(".policy", &text, &err), row->want);
	assert_true(slice_equal((struct slice){ text.data, text.size }, slice_of(row->text)));
	assert_int_equal(row->want == POL_OK, err.status == POL_OK);
	assert_int_equal(unsetenv("GIT_INDEX_FILE"), 0);
	assert_int_equal(chdir("/"), 0);
	gitrepo_close(&repo);
}

int main(void)
{
	return ROWS_RUN("staged file", rows, check);
}
