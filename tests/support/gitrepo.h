/* gitrepo.h - scratch repositories for tests, made with the real git.
 *
 *     struct gitrepo repo;
 *     gitrepo_open(&repo, "");
 *     gitrepo_write(&repo, "src/a.c", "int a;\n");
 *     gitrepo_sh(&repo, "git add . && git commit -qm one");
 *     …
 *     gitrepo_close(&repo);
 *
 * Opening isolates this process and its children: HOME and git's configuration are the scratch folder's, every GIT_*
 * variable of the caller is gone, authors and dates are fixed. What cannot be done fails the running cmocka test. */
#ifndef TESTS_SUPPORT_GITREPO_H
#define TESTS_SUPPORT_GITREPO_H

#include "policy/base/buf.h"

enum { GITREPO_PATH_SIZE = 256 };

struct gitrepo {
	char root[GITREPO_PATH_SIZE]; /* a scratch folder of its own; HOME is root/home */
	char path[GITREPO_PATH_SIZE]; /* the repository: root/repo, a real path */
};

/* A new repository, by `git init -q options`, on the branch main. */
void gitrepo_open(struct gitrepo *repo, const char *options);
/* Only the scratch folder and its isolation; path is an empty folder that is no repository. */
void gitrepo_open_empty(struct gitrepo *repo);
void gitrepo_close(struct gitrepo *repo); /* removes the scratch folder */

/* Writes a file of the work tree, with its folders. */
void gitrepo_write(const struct gitrepo *repo, const char *path, const char *text);
void gitrepo_write_bytes(const struct gitrepo *repo, const char *path, const void *data, size_t size);

/* Runs a script with `sh -ec` in the repository. gitrepo_sh fails the test unless it ends with 0; gitrepo_try returns its
 * exit status; gitrepo_capture is gitrepo_sh with stdout into *out (cleared first). */
void gitrepo_sh(const struct gitrepo *repo, const char *script);
int gitrepo_try(const struct gitrepo *repo, const char *script);
void gitrepo_capture(const struct gitrepo *repo, const char *script, struct buf *out);

#endif
