# shellcheck shell=sh
# hooks.sh - for tests of hooks: repositories with Warrant's hooks in place, bad and good changes. Source tap.sh first.
#
#   new_repo DIR [INIT OPTIONS]   a fresh repository with hooks, entered
#   bad FILE, good FILE           writes a file with an exception nobody justified; with one that is justified
#   refused NAME COMMAND...       passes when the command fails, HEAD stays, and the bad line is what it was refused for
#   passed NAME COMMAND...        passes when the command succeeds
#   both NAME [FILE]              a bad change to FILE (probe.py) is refused here, a good one passes

: "${root:?}" "${scratch:?}" "${BUILD:?}"
enabled=$scratch/enabled
git init -q "$enabled"
"$root/install.sh" --enable-only --repo "$enabled" --build "$BUILD" >"$scratch/out" 2>&1 || cat "$scratch/out"

# Links instead of another install: what install.sh does is tested in install.sh.
put_hooks() { # HOOKS-FOLDER
	mkdir -p "$1"
	ln -f "$enabled"/.git/hooks/* "$1/"
}

new_repo() {
	dir=$1
	shift
	git init -q "$@" "$dir"
	put_hooks "$dir/.git/hooks"
	cd "$dir" || exit 1
}

bad_line='import requests; requests.get("https://host", verify=False)'
good_text="# reason: the host's certificate is made anew at each start
# until: $(date -u -d '+30 days' +%F 2>/dev/null || date -u -v+30d +%F)
$bad_line"
bad() { printf '%s\n' "$bad_line" >"$1"; }
good() { printf '%s\n' "$good_text" >"$1"; }
plain() { printf 'x = %s\n' "${2:-1}" >"$1"; }

head_of() { git rev-parse -q --verify HEAD || echo none; }

refused() {
	hooks_name=$1
	hooks_head=$(head_of)
	shift
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	hooks_got=$?
	[ "$hooks_got" -ne 0 ] && [ "$(head_of)" = "$hooks_head" ] &&
		grep -qF '[python-requests-verify-false]' "$scratch/err"
	hooks_ok=$?
	tap_result $hooks_ok "$hooks_name: refused"
	[ $hooks_ok -eq 0 ] || {
		echo "# exit status $hooks_got, HEAD $hooks_head -> $(head_of)"
		tap_show
	}
}

passed() {
	tap_name="$1: passes"
	shift
	tap_ok "$tap_name" "$@"
}

commit() { git commit -q -m 'Change it' "$@"; }
commit_all() { git add -A && git commit -q -m 'Change it'; }
# Past the hooks, to set the scene.
# reason: the tests need commits that no hook has seen, in scratch repositories only
# until: 2027-02-20
# owner: @warrant/maintainers
unjudged() { git commit -q --no-verify -m 'Set the scene'; }

both() {
	hooks_file=${2:-probe.py}
	bad "$hooks_file"
	git add "$hooks_file"
	refused "$1" commit
	good "$hooks_file"
	git add "$hooks_file"
	passed "$1" commit
}
