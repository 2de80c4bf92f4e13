#!/bin/sh
# Commits that git makes itself: merge, cherry-pick, revert, rebase, am. Where git runs no hook before such a commit, the push is
# where it is found.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

new_repo "$scratch/repo"
git init -q --bare "$scratch/remote.git" && git remote add origin "$scratch/remote.git"
plain base.py && printf '%s\n' 'a = 1' 'b = 1' >both.py && commit_all
git push -q --no-verify origin main

# Branches, each one commit from main: bad-branch and good-branch add a file; left and right change the same line.
scene() { # NAME WRITER FILE [VALUE]
	git checkout -q -b "$1" main
	"$2" "$3" ${4:+"$4"} && git add -A && git commit -q --no-verify -m "Add $1"
	git checkout -q main
}
scene bad-branch bad added.py
scene good-branch good added.py
scene left plain both.py 2
scene right plain both.py 3
main=$(head_of)
again() {
	for state in merge rebase cherry-pick revert am; do
		git "$state" --abort >/dev/null 2>&1
	done
	git checkout -q -f main && git reset -q --hard "$main" && git clean -qfdx
}
found_at_push() { # NAME
	refused "$1, at the push" git push -q origin HEAD:refs/heads/topic
}
clear_at_push() {
	passed "$1, at the push" git push -q origin HEAD:refs/heads/topic
	git push -q --no-verify origin :refs/heads/topic
}

# ---- merge
refused 'a merge that brings a bad file' git merge -q --no-ff -m 'Merge' bad-branch
tap_has 'by pre-merge-commit' "$scratch/err" 'pre-merge-commit: refused'
again
passed 'a merge that brings a good file' git merge -q --no-ff -m 'Merge' good-branch
again
passed 'a fast-forward runs no hook' git merge -q --ff-only bad-branch
found_at_push 'a fast-forward to a bad commit'
again
git merge -q left && git merge right >/dev/null 2>&1
bad both.py && git add both.py
refused 'a conflict resolved badly' git commit -q --no-edit
good both.py && git add both.py
passed 'a conflict resolved well' git commit -q --no-edit
again
git checkout -q bad-branch
plain more.py && git add more.py
passed 'a change after a bad commit' commit
git reset -q --hard HEAD~1
git checkout -q main && plain base.py 5 && git add base.py && unjudged
refused 'a merge of main into a bad branch is judged against its first parent' git merge -q --no-edit bad-branch
again
passed 'a squash merge leaves it to the commit' git merge -q --squash bad-branch
refused 'a squash merge, then the commit' commit
again
refused 'an octopus merge' git merge -q -m 'Merge' --no-ff bad-branch left
again
git commit -q --allow-empty -m 'Ahead'
refused 'a pull that merges' git pull -q --no-rebase --no-edit . bad-branch
again

# ---- cherry-pick, revert
git cherry-pick bad-branch >/dev/null 2>&1
found_at_push 'a cherry-pick of a bad commit'
again
git cherry-pick good-branch >/dev/null 2>&1
clear_at_push 'a cherry-pick of a good commit'
again
git cherry-pick -n bad-branch
refused 'cherry-pick -n, then the commit' commit
again
git cherry-pick -n good-branch
passed 'cherry-pick -n of a good one' commit
again
git merge -q left && git cherry-pick right >/dev/null 2>&1
bad both.py && git add both.py
refused 'a conflict of a cherry-pick resolved badly' git commit -q --no-edit
refused 'and with --continue' git -c core.editor=true cherry-pick --continue
good both.py && git add both.py
passed 'a conflict of a cherry-pick resolved well' git -c core.editor=true cherry-pick --continue
again
good added.py && git add -A && unjudged && plain added.py && git add -A && unjudged
git revert --no-edit HEAD >/dev/null 2>&1
clear_at_push 'a revert that brings back a good file'
again
git merge -q --ff-only bad-branch && git rm -q added.py && unjudged && git revert --no-edit HEAD >/dev/null 2>&1
found_at_push 'a revert that brings back a bad file'
again

# ---- rebase
plain base.py 4 && git add -A && unjudged
git checkout -q -b moving bad-branch && git rebase -q main
tap_ok 'a rebase goes through' git merge-base --is-ancestor main moving
found_at_push 'a rebased bad commit'
again && git branch -q -D moving
plain base.py 4 && git add -A && unjudged
git checkout -q -b moving good-branch && git rebase -q main
clear_at_push 'a rebased good commit'
again && git branch -q -D moving
git checkout -q -b moving good-branch
GIT_SEQUENCE_EDITOR='sed -i.old s/^pick/edit/' git rebase -q -i main 2>/dev/null
bad added.py && git add -A
refused 'an amend in the middle of a rebase' git commit -q --amend --no-edit
plain added.py && git add -A
passed 'a good amend in the middle of a rebase' git commit -q --amend --no-edit
again && git branch -q -D moving
git checkout -q -b moving good-branch
passed 'rebase --exec keeps GIT_DIR and the like from confusing it' \
	git rebase -q --exec 'git commit -q --allow-empty -m Try' main
again && git branch -q -D moving

# ---- am
git format-patch -q -1 bad-branch --stdout >"$scratch/bad.patch"
git format-patch -q -1 good-branch --stdout >"$scratch/good.patch"
refused 'am of a bad patch' git am -q "$scratch/bad.patch"
tap_has 'by pre-applypatch' "$scratch/err" 'pre-applypatch: refused'
again
passed 'am of a good patch' git am -q "$scratch/good.patch"
again

# ---- stash and others run no hook, and need none
bad base.py
passed 'stash' git stash -q
passed 'stash pop' git stash pop -q
refused 'and then the commit' commit -a
again
bad base.py && git add -A
passed 'commit --no-verify, the way out that git has' unjudged
found_at_push 'what --no-verify let through'
tap_end
