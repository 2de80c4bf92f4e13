#!/bin/sh
# A hook leaves the repository and the work tree as they are, whatever happens to it: killed half way, run twice at once, on a
# disk that takes nothing.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

hooks=$scratch/enabled/.git/hooks
new_repo "$scratch/repo"
plain first.py && git add -A && unjudged

# All that is there: names, modes, times of change, bytes. Reading may set a time of access, nothing else.
state() {
	find . -printf '%p %m %T@ %s %l\n' 2>/dev/null | LC_ALL=C sort
	find . -type f -exec cksum {} + | LC_ALL=C sort
}
unchanged() { # NAME: since $scratch/before was written
	state >"$scratch/after"
	cmp -s "$scratch/before" "$scratch/after"
	tap_result $? "$1: nothing was touched"
	diff "$scratch/before" "$scratch/after" | sed 's/^/# /' | head -n 10
}

# ---- a run, refused and allowed
bad probe.py && git add probe.py && state >"$scratch/before"
tap_status 'a bad change' 1 "$hooks/pre-commit"
unchanged 'a bad change'
good probe.py && git add probe.py && state >"$scratch/before"
tap_status 'a good change' 0 "$hooks/pre-commit"
unchanged 'a good change'
echo 'Subject' >"$scratch/message"
tap_status 'a message' 0 "$hooks/commit-msg" "$scratch/message"
unchanged 'a message'
: >.git/index.lock && state >"$scratch/before"
tap_status 'with index.lock held by somebody' 0 "$hooks/pre-commit"
unchanged 'with index.lock held by somebody'
rm .git/index.lock

# ---- killed half way
i=0
while [ $i -lt 300 ]; do
	bad "many$i.py"
	i=$((i + 1))
done
git add -A && state >"$scratch/before"
for delay in 0.000 0.002 0.004 0.008 0.016; do
	"$hooks/pre-commit" 2>/dev/null &
	pid=$!
	sleep $delay
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
unchanged 'kill -9 at several moments'
refused 'and the next commit is judged' commit
git commit -q -m 'Killed' 2>/dev/null &
pid=$!
kill -9 $pid
wait $pid 2>/dev/null
rm -f .git/index.lock
tap_ok 'git itself killed: the repository is whole' git fsck --strict
git rm -qrf --cached . && git reset -q --hard && git clean -qfdx

# ---- two at once
git worktree add -q "$scratch/second" -b second && git worktree add -q "$scratch/third" -b third
bad "$scratch/second/probe.py" && git -C "$scratch/second" add probe.py
good "$scratch/third/probe.py" && git -C "$scratch/third" add probe.py
git -C "$scratch/second" commit -q -m 'Bad' >"$scratch/second.log" 2>&1 &
one=$!
git -C "$scratch/third" commit -q -m 'Good' >"$scratch/third.log" 2>&1 &
two=$!
wait $one
tap_result $(($? == 1 ? 0 : 1)) 'two commits at once: the bad one is refused'
wait $two
tap_result $? 'two commits at once: the good one passes'
plain one.py && plain two.py && git add -A
git commit -q -m 'One' -- one.py >/dev/null 2>&1 &
one=$!
git commit -q -m 'Two' -- two.py >/dev/null 2>&1 &
two=$!
wait $one
wait $two
tap_ok 'two commits at once in one work tree: the repository is whole' git fsck --strict
git reset -q --hard

# ---- disks that take nothing
bad probe.py && git add probe.py
full() { "$@" 2>/dev/full; }
if [ -e /dev/full ]; then
	full "$hooks/pre-commit"
	tap_result $(($? == 0 ? 1 : 0)) 'a bad change with no room for the report blocks'
	tap_status 'a report that cannot be written is an error' 2 \
		"$BUILD/checks/justification-check" --staged --format json=/dev/full
	good probe.py && git add probe.py
	full "$hooks/pre-commit"
	tap_result $? 'a good change with nothing to say passes'
else
	tap_skip 'no room for the report' 'no /dev/full'
fi
bad probe.py && git add probe.py
closed() { "$@" 2>&- >&- <&-; }
closed "$hooks/pre-commit"
tap_result $(($? == 0 ? 1 : 0)) 'a bad change with all streams closed blocks'
unchanged_files=$(find . -name '*.new' -o -name '*.tmp')
tap_result "$([ -z "$unchanged_files" ] && echo 0 || echo 1)" 'and no file took the place of a stream'

# ---- a repository that nobody may write to
chmod -R a-w .git
tap_status 'a repository that is read-only: a bad change' 1 "$hooks/pre-commit"
good probe.py
chmod -R u+w .git && git add probe.py && chmod -R a-w .git
tap_status 'a repository that is read-only: a good change' 0 "$hooks/pre-commit"
chmod -R u+w .git
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null 2>&1; then
	bad probe.py && git add probe.py && chmod -R a+rX "$scratch" && state >"$scratch/before"
	nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env "$@"; }
	tap_status 'a repository of somebody else blocks, as it does for git' 2 nobody "$hooks/pre-commit"
	tap_status 'one that safe.directory names is judged' 1 nobody GIT_CONFIG_COUNT=1 \
		GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' "$hooks/pre-commit"
	unchanged 'a repository of somebody else'
else
	tap_skip 'a repository of somebody else' 'not root, or no setpriv'
fi

# ---- nothing but itself
if command -v strace >/dev/null 2>&1; then
	bad probe.py && git add probe.py
	strace -f -qq -e trace=process,network -o "$scratch/trace" "$hooks/pre-commit" 2>/dev/null
	sed 1d "$scratch/trace" >"$scratch/calls" # the first is the start of the hook itself
	tap_status 'no child process, no network' 1 grep -E 'execve|fork|clone|socket|connect' "$scratch/calls"
else
	tap_skip 'no child process, no network' 'no strace'
fi
tap_end
