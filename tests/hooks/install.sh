#!/bin/sh
# install.sh and what is there already: nothing is lost, everything runs, and --uninstall leaves no trace.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

install() { "$root/install.sh" "$@" --build "$BUILD"; }
enable_at() { install --enable-only --repo . --at "$1"; }
enable_here() { install --enable-only --repo .; }

fresh() { # DIR: without hooks
	git init -q "$1" && cd "$1" || exit 1
}
hook() { # FILE WORD: a hook that says WORD and its own name
	mkdir -p "$(dirname "$1")"
	cat >"$1" <<EOF
#!/bin/sh
echo "$2 \${0##*/}" >>"$scratch/log"
EOF
	chmod 755 "$1"
}
# All of the git folder that a person put there: names, modes, bytes.
state() {
	find .git -path .git/objects -prune -o -name '*.sample' -prune -o -printf '%p %m %l\n' | LC_ALL=C sort
	find .git/hooks/ .git/config .husky -type f ! -name '*.sample' -exec cksum {} + 2>/dev/null | LC_ALL=C sort
}
remember() { state >"$scratch/before"; }
as_before() { # NAME
	state >"$scratch/after"
	cmp -s "$scratch/before" "$scratch/after"
	tap_result $? "$1: uninstalled, all is as it was"
	diff "$scratch/before" "$scratch/after" | sed 's/^/# /' | head -n 10
}
# Enabled twice, it fires, what was there before runs, and it goes away again.
round_trip() { # NAME WORD
	: >"$scratch/log"
	remember
	tap_ok "$1: enabling" enable_here
	tap_ok "$1: enabling again" enable_here
	tap_ok "$1: --status says that it runs" install --status --repo .
	[ -z "$2" ] || git config --get-all core.hooksPath >"$scratch/paths"
	bad probe.py && git add probe.py
	refused "$1" commit
	[ -z "$2" ] || tap_has "$1: what was there ran too" "$scratch/log" "$2 pre-commit"
	git rm -q --cached -f probe.py && rm -f probe.py .git/index .git/COMMIT_EDITMSG
	tap_ok "$1: uninstalling" install --uninstall --repo .
	as_before "$1"
	tap_ok "$1: uninstalling again" install --uninstall --repo .
	tap_status "$1: --status says that it does not run" 1 install --status --repo .
}

tilde='~' # for git to expand

fresh "$scratch/empty"
round_trip 'no hooks' ''
fresh "$scratch/hand" && hook .git/hooks/pre-commit mine && hook .git/hooks/post-commit mine
round_trip 'hand-written hooks' mine
fresh "$scratch/off" && hook .git/hooks/pre-commit mine && chmod -x .git/hooks/pre-commit
round_trip 'a hook that is switched off' ''
fresh "$scratch/dead" && ln -s /nonexistent .git/hooks/pre-commit
round_trip 'a dead link for a hook' ''
fresh "$scratch/linked" && hook team/pre-commit team && rm -rf .git/hooks && ln -s ../team .git/hooks
round_trip 'a folder of hooks that is a link' team
tap_status 'and nothing is put into it' 1 test -e team/commit-msg
fresh "$scratch/husky" && hook .husky/_/pre-commit husky && hook .husky/_/post-commit husky && git config core.hooksPath .husky/_
round_trip 'core.hooksPath in the work tree' husky
fresh "$scratch/twice" && hook .husky/_/pre-commit last && printf '[core]\n\thooksPath = first\n\thooksPath=.husky/_' >>.git/config
round_trip 'core.hooksPath set twice, no line end' last
fresh "$scratch/none" && git config core.hooksPath /dev/null
round_trip 'core.hooksPath switched off' ''
fresh "$scratch/nofolder" && rm -rf .git/hooks
round_trip 'no folder for hooks' ''
hook "$HOME/hooks/pre-commit" home && git config --global core.hooksPath "$tilde/hooks"
fresh "$scratch/home-hooks"
round_trip "the user's own core.hooksPath" home
git config --global --unset core.hooksPath
fresh "$scratch/worktree-config" && hook .husky/_/pre-commit own && git config core.repositoryFormatVersion 1 &&
	git config extensions.worktreeConfig true && git config --worktree core.hooksPath .husky/_
round_trip 'core.hooksPath of one work tree' own

# ---- what hooks that were there get and say
fresh "$scratch/chain" && hook .git/hooks/pre-commit mine && hook .git/hooks/post-commit mine
printf 'echo "no first line" >>"%s/log"\n' "$scratch" >.git/hooks/commit-msg && chmod +x .git/hooks/commit-msg
printf '#!/bin/sh\ncat >"%s/pushed"\necho "$@" >>"%s/pushed"\n' "$scratch" "$scratch" >.git/hooks/pre-push && chmod +x .git/hooks/pre-push
enable_here >/dev/null
: >"$scratch/log" && good probe.py && git add -A
passed 'hooks before ours, a good change' commit
tap_has 'one that we have none for' "$scratch/log" 'mine post-commit'
tap_has 'a script without a first line, as git runs it' "$scratch/log" 'no first line'
git init -q --bare "$scratch/remote.git" && git remote add origin "$scratch/remote.git"
passed 'a push' git push -q origin main
tap_has 'its lines go to the hook before' "$scratch/pushed" 'refs/heads/main'
tap_has 'its arguments too' "$scratch/pushed" "origin $scratch/remote.git"
printf '#!/bin/sh\nexit 7\n' >.git/hooks/pre-commit
tap_status 'the refusal of the hook before holds' 1 git commit -q --allow-empty -m 'Try'
rm .git/hooks/pre-commit
tap_ok 'a hook before that was removed is missed by nobody' git commit -q --allow-empty -m 'Try'
hook .git/hooks/post-merge later
tap_status '--status finds a hook that came later' 1 install --status --repo .
tap_has 'and names it' "$scratch/out" 'post-merge came after Warrant'
enable_here >/dev/null
tap_ok 'enabling again takes it in' install --status --repo .

# ---- work trees
git worktree add -q "$scratch/second" -b second
tap_ok '--status looks at each work tree' install --status --repo .
tap_has 'the linked one too' "$scratch/out" "$scratch/second: pre-commit runs"
git config core.hooksPath elsewhere --replace-all
tap_status '--status sees that a setting took them out' 1 install --status --repo .

# ---- placement
fresh "$scratch/place" && plain base.py && git add -A && unjudged
tap_ok '--at commit-msg' enable_at commit-msg
tap_status 'no pre-commit hook then' 1 test -e .git/hooks/pre-commit
both '--at commit-msg'
tap_ok 'enabling again keeps the placement' enable_here
tap_has 'commit-msg' "$scratch/out" 'judged by: commit-msg'
tap_ok '--at both' enable_at both
both '--at both' second.py
tap_ok '--at pre-commit' enable_at pre-commit
tap_status 'commit-msg judges messages only' 1 test -e .git/hooks/commit-msg.changes
tap_status '--at something else' 2 enable_at post-commit
bad third.py && git add -A
tap_status 'a commit asked for its status is refused' 1 env WARRANT_STATUS=1 git commit -q -m 'Try'

# ---- a bare repository
server_of() { # NAME: a bare repository, and a clone of it without hooks, entered; sets server
	server=$scratch/$1.git
	git init -q --bare "$server"
	git init -q "$scratch/$1-clone" && cd "$scratch/$1-clone" && git remote add origin "$server" || exit 1
}
server_state() { find "$server" -path "$server/objects" -prune -o -path "$server/refs" -prune -o -type f -exec cksum {} + -o -type l -print | LC_ALL=C sort; }
server_round() { # NAME WORD
	server_state >"$scratch/before"
	: >"$scratch/log"
	tap_ok "$1: enabling" install --enable-only --repo "$server"
	tap_has "$1: only pre-receive" "$scratch/out" 'what is pushed is judged by: pre-receive'
	tap_ok "$1: enabling again" install --enable-only --repo "$server"
	tap_ok "$1: --status" install --status --repo "$server"
	tap_has "$1: names it" "$scratch/out" 'pre-receive runs'
	bad probe.py && git add -A && unjudged
	tap_status "$1: a bad push is declined" 1 git push -q origin HEAD:refs/heads/probe
	tap_has "$1: by ours" "$scratch/err" '[python-requests-verify-false]'
	good probe.py && git add -A && git commit -q --amend --no-verify -m 'Good'
	tap_ok "$1: a good one is not" git push -q origin HEAD:refs/heads/probe
	[ -z "$2" ] || tap_has "$1: what was there ran too" "$scratch/log" "$2 pre-receive"
	git push -q origin :refs/heads/probe
	tap_ok "$1: uninstalling" install --uninstall --repo "$server"
	server_state >"$scratch/after"
	tap_ok "$1: all is as it was" diff "$scratch/before" "$scratch/after"
	tap_status "$1: --status says that it does not run" 1 install --status --repo "$server"
}
server_of plain-server
server_round 'a bare repository' ''
server_of hook-server && hook "$server/hooks/pre-receive" mine && hook "$server/hooks/post-receive" mine
server_round 'a bare repository with hooks' mine
tap_has 'its others ran as well' "$scratch/log" 'mine post-receive'
server_of path-server && hook "$scratch/team-hooks/pre-receive" team && git -C "$server" config core.hooksPath "$scratch/team-hooks"
server_round 'a bare repository with core.hooksPath' team

# ---- for all repositories
fresh "$scratch/before-global" && hook .git/hooks/pre-commit mine
cp "$HOME/.gitconfig" "$scratch/gitconfig"
tap_ok '--global' install --global --enable-only
tap_ok '--global again' install --global --enable-only
tap_ok '--global --status' install --global --status
: >"$scratch/log" && bad probe.py && git add -A
refused '--global, in a repository that was there' commit
tap_has "and the repository's own hook runs" "$scratch/log" 'mine pre-commit'
git worktree add -q --detach "$scratch/global-second" 2>/dev/null || { unjudged && git worktree add -q --detach "$scratch/global-second"; }
cd "$scratch/global-second" && : >"$scratch/log" && bad again.py && git add -A
refused '--global, in a linked work tree' commit
tap_has "and the repository's own hook runs there" "$scratch/log" 'mine pre-commit'
fresh "$scratch/after-global"
both '--global, in a repository made later'
tap_ok '--global --uninstall' install --global --uninstall
tap_ok 'leaves the configuration byte for byte' cmp "$HOME/.gitconfig" "$scratch/gitconfig"
tap_status 'and no folder' 1 test -e "$HOME/.local/share/warrant"
tap_end
