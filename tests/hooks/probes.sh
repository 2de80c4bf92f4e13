#!/bin/sh
# Probes of hook managers' behaviour, run on our hooks: each says what is wanted, what five peers were measured to do (pre-commit
# 4.6, prek 0.5, lefthook 2.2, lint-staged with husky, git-secrets; + as wanted, - not, blank: does not apply), and what ours do.
# PROBES=table prints the table instead of test results.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

table=$scratch/table
printf '%-58s %-6s %-6s %s\n' 'probe' 'want' 'ours' 'peers' >"$table"

# Runs the command. Blocked means that it failed over the bad line, or, under "installation", that it failed.
blocked_over='[python-requests-verify-false]'
probe() { # NAME WANT PEERS COMMAND...
	probe_name=$1 probe_want=$2 probe_peers=$3
	shift 3
	if "$@" >"$scratch/out" 2>"$scratch/err" </dev/null; then
		probe_got=pass
	elif grep -qF "$blocked_over" "$scratch/err"; then
		probe_got=block
	else
		probe_got=error
	fi
	[ "$probe_want" = "$probe_got" ]
	probe_ok=$?
	printf '%-58s %-6s %-6s %s\n' "$probe_name" "$probe_want" "$probe_got" "$probe_peers" >>"$table"
	tap_result $probe_ok "$probe_name: $probe_want"
	[ $probe_ok -eq 0 ] || tap_show
}

new_repo "$scratch/repo"
bad first.py && git add -A
probe 'initial commit' block '+++++' commit
plain first.py && plain second.py && mkdir sub && plain sub/third.py && git add -A && unjudged
git init -q --bare "$scratch/remote.git" && git remote add origin "$scratch/remote.git" && git push -q --no-verify origin main
start=$(head_of)
again() { git checkout -q -f main && git reset -q --hard "$start" && git clean -qfdx; }
staged_bad() { bad "$1" && git add -A; }

# ---- index and work tree
bad first.py && git add -A && plain first.py
probe 'bad staged, work tree clean' block '+++++' commit && again
plain first.py 2 && git add -A && bad first.py
probe 'clean staged, work tree bad' pass '+++++' commit && again
bad first.py
probe 'commit -a, bad' block '+++++' commit -a && again
plain first.py 2
probe 'commit -a, good' pass '+++++' commit -a && again
bad first.py && plain second.py 2
probe 'commit -- path, bad' block '+++++' commit -- first.py
probe 'commit -- path, the other one bad' pass '+++++' commit -- second.py && again
bad first.py && git add -A && rm first.py
probe 'bad staged, deleted in the work tree' block '++-++' commit && again
bad first.py && git add -A && git update-index --skip-worktree first.py && rm first.py
probe 'bad staged, sparse, absent on disk' block '----+' commit && git update-index --no-skip-worktree first.py && again
plain new.py && git add -N new.py && plain first.py 2 && git add first.py
probe 'intent-to-add entry present, clean commit' pass '+++-+' commit && again

# ---- names
name() { # NAME FILE PEERS
	staged_bad "$2"
	probe "name $1" block "$3" commit && again
}
name 'with a blank' 'a b.py' '+++++'
name 'with a leading dash' '-a.py' '+++++'
name 'with glob characters' '[a]*.py' '+++++'
name 'with a line end' 'a
b.py' '++++-'
name 'beyond ASCII' 'größe.py' '++++-'
name 'with a quote' 'a"b.py' '++++-'
name 'that is not UTF-8' "$(printf 'a\377.py')" '-++--'
mkdir 'dir ' && name 'of a folder with a trailing blank' 'dir /a.py' '++-++'

# ---- kinds of change
git mv first.py moved.py && bad moved.py && git add -A
probe 'rename and edit' block '+++++' commit && again
ln -s second.py link.py && git add -A && unjudged && rm link.py && staged_bad link.py
probe 'symbolic link replaced by a bad file (T)' block '++--+' commit && again
cd sub && bad third.py && git add third.py
probe 'from a subfolder' block '+++++' commit && cd .. && again
git init -q --object-format=sha256 "$scratch/sha256" && put_hooks "$scratch/sha256/.git/hooks" && cd "$scratch/sha256" && staged_bad a.py
probe 'SHA-256 repository' block '+++++' commit && cd "$scratch/repo" || exit 1
git worktree add -q "$scratch/linked" -b linked && cd "$scratch/linked" && staged_bad a.py
probe 'linked work tree' block '+++-+' commit && cd "$scratch/repo" && again

# ---- what git makes itself
staged_bad first.py
probe 'amend that adds' block '+++++' commit --amend && again
staged_bad a.py && unjudged
amended() { git commit -q --amend -m 'Reworded' && git push -q origin HEAD:refs/heads/topic; }
probe 'amend of the message, HEAD already bad: at the push' block '----+' amended && again
git checkout -q -b side && staged_bad a.py && unjudged && again
plain second.py 3 && git add -A && unjudged
probe 'clean merge that brings a bad file' block '----+' git merge -q --no-edit side && again
picked() { git cherry-pick side && git push -q origin HEAD:refs/heads/topic; }
probe 'cherry-pick of a bad commit: at the push' block '-----' picked && again
git checkout -q -b other && plain second.py 7 && git add -A && unjudged && again
plain second.py 8 && git add -A && unjudged && { git merge -q other >/dev/null 2>&1; bad second.py && git add -A; }
probe 'conflict resolved badly' block '+++++' git commit -q --no-edit && { git merge --abort 2>/dev/null; again; }

# ---- pushes
git branch -q fine main
probe 'push two refs, the second bad, HEAD on the first' block '---  ' git push -q origin fine side && again
probe 'push a bad branch that is not checked out' block '---  ' git push -q origin side
git checkout -q side && plain a.py
probe 'pushed commit bad, work tree already fixed' block '++-  ' git push -q origin side && again
bad first.py
probe 'pushed commits clean, work tree bad' pass '++-  ' git push -q origin main:refs/heads/clean && again
git tag -a -m 'Tag' v1 side
probe 'annotated tag on a bad commit' block '---  ' git push -q origin v1
git tag lightly side
probe 'tag on a bad commit' block '---  ' git push -q origin lightly
git push -q --no-verify origin main:refs/heads/gone
probe 'delete a remote branch' pass '+++  ' git push -q origin :gone
git init -q --bare --object-format=sha256 "$scratch/remote256.git" && cd "$scratch/sha256" && git rm -qf --cached a.py && rm a.py && plain a.py && git add -A && unjudged
git remote add origin "$scratch/remote256.git" && git push -q --no-verify origin HEAD:main HEAD:gone
probe 'SHA-256: delete a remote branch' pass '-++  ' git push -q origin :gone && cd "$scratch/repo" || exit 1
git checkout -q -b passing && staged_bad a.py && unjudged && git rm -q a.py && unjudged
probe 'bad added, then removed in the range (judge: tip)' pass '---  ' git push -q origin passing && again
printf 'push: {judge: every-commit}\n' >.warrant.yaml && git add -A && unjudged && start=$(head_of) && git push -q --no-verify origin main
git checkout -q -b every && staged_bad a.py && unjudged && git rm -q a.py && unjudged
probe 'the same (judge: every-commit)' block '---  ' git push -q origin every && again

# ---- installation
staged_bad first.py
probe 'no policy file: the built-in one holds' block '++-++' commit && again
blocked_over=
cp "$BUILD/hooks/pre-commit" "$scratch/kept" && rm .git/hooks/pre-commit && printf 'not a program' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
plain first.py 9 && git add -A
probe 'hook program broken' block '++-++' commit && rm .git/hooks/pre-commit && cp "$scratch/kept" .git/hooks/pre-commit && again
new_repo "$scratch/kept-hook" && rm .git/hooks/pre-commit && printf '#!/bin/sh\necho no >&2\nexit 3\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
"$root/install.sh" --enable-only --repo . --build "$BUILD" >/dev/null && plain a.py && git add -A
probe 'a hook that was there still runs' block '++-- ' commit

[ "${PROBES:-}" != table ] || cat "$table"
tap_end
