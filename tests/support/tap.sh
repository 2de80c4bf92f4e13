# shellcheck shell=sh
# tap.sh - for test scripts: scratch folder, isolated git, TAP output. Source it first, call tap_end last.
#
#   BUILD      where the programs are (build), exported by the Makefile
#   scratch    a fresh folder, removed at the end; HOME and git's configuration point into it
#   tap_ok NAME COMMAND...          passes when the command succeeds; it may read the output of the command before
#   tap_status NAME N COMMAND...    passes when its exit status is N; its output is in $scratch/out and $scratch/err
#   tap_has NAME FILE TEXT          passes when FILE holds TEXT
#   tap_lacks NAME FILE TEXT
#   tap_skip NAME WHY

root=$(cd "$(dirname "$0")/../.." && pwd)
: "${BUILD:=build}"
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tap_count=0
tap_failed=0

export HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home/.config" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org
export GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' GIT_TERMINAL_PROMPT=0 LC_ALL=C
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES NO_COLOR
unset WARRANT_SKIP WARRANT_SKIP_REASON
mkdir -p "$HOME"
git config --global init.defaultBranch main
git config --global advice.detachedHead false

tap_result() { # STATUS NAME
	tap_count=$((tap_count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - $2"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $2"
	fi
}

tap_show() {
	sed 's/^/# out: /' "$scratch/out" | head -n 20
	sed 's/^/# err: /' "$scratch/err" | head -n 20
}

tap_run() { # COMMAND...; sets tap_got
	"$@" >"$scratch/tap.out" 2>"$scratch/tap.err"
	tap_got=$?
	mv -f "$scratch/tap.out" "$scratch/out"
	mv -f "$scratch/tap.err" "$scratch/err"
}

tap_ok() {
	tap_name=$1
	shift
	tap_run "$@"
	tap_result $tap_got "$tap_name"
	[ $tap_got -eq 0 ] || tap_show
}

tap_status() {
	tap_name=$1
	tap_want=$2
	shift 2
	tap_run "$@"
	if [ "$tap_got" -eq "$tap_want" ]; then
		tap_result 0 "$tap_name"
	else
		tap_result 1 "$tap_name (exit status $tap_got, not $tap_want)"
		tap_show
	fi
}

tap_has() {
	if grep -qF -e "$3" "$2"; then
		tap_result 0 "$1"
	else
		tap_result 1 "$1 (no \"$3\")"
		sed 's/^/# /' "$2" | head -n 20
	fi
}

tap_lacks() {
	if grep -qF -e "$3" "$2"; then
		tap_result 1 "$1 (\"$3\" is there)"
		sed 's/^/# /' "$2" | head -n 20
	else
		tap_result 0 "$1"
	fi
}

tap_skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

tap_end() {
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
}
