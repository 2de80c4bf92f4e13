/* changes.h - judges what is about to be committed: what pre-commit, pre-merge-commit and, where install.sh --at says so,
 * commit-msg have in common. */
#ifndef HOOKS_CHANGES_H
#define HOOKS_CHANGES_H

/* All checks of a change in one process, all findings, one summary on stderr. Returns the exit status. */
int changes_judge(const char *hook_name);

#endif
