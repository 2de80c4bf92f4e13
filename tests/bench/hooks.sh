#!/bin/sh
# What a hook costs, as medians of ratios in one run, against the bars of the README's table: pre-commit on one staged 20 KB file
# in repositories of 100, 5,000 and 100,000 files beside `git diff --cached --quiet`, commit-msg beside an empty shell, a whole
# commit beside one with an empty shell hook.
#
#     BUILD=build tests/bench/hooks.sh [FILES...]
set -eu
: "${BUILD:=build}"
root=$(cd "$(dirname "$0")/../.." && pwd)
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
pair=$BUILD/tests/bench/pair
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A \
	GIT_COMMITTER_EMAIL=a@example.org
[ $# -gt 0 ] || set -- 100 5000 100000

bar() { # NAME BAR MAX-KB : reads the line of pair
	awk -v name="$1" -v bar="$2" -v kb="$3" '{
		printf "%-48s %s (bar %s: %s)  %d KB (bar %d: %s)\n", name, $1, bar, ($1 <= bar ? "ok" : "over"), $9, kb,
			($9 <= kb ? "ok" : "over") }'
}

# shellcheck source=tests/bench/repository.sh
. "$root/tests/bench/repository.sh"

for count; do
	repo=$work/$count
	make_repo "$count" "$repo"
	case $count in
	100) limit=1.0 invalid=1.0 ;;
	5000) limit=0.6 invalid=0.8 ;;
	*) limit=0.10 invalid=0.25 ;;
	esac
	cd "$repo"
	"$pair" -n 25 -- "$BUILD/hooks/pre-commit" -- git diff --cached --quiet | bar "pre-commit, $count files" $limit 8192
	git update-index --force-remove d0/e0/f1.c && git add d0/e0/f1.c # the cache tree is invalid along that path
	"$pair" -n 25 -- "$BUILD/hooks/pre-commit" -- git diff --cached --quiet |
		bar "pre-commit, $count files, cache tree invalid" $invalid 8192
done

cd "$work/$1"
echo 'Change something' >.git/message
"$pair" -n 41 -- "$BUILD/hooks/commit-msg" .git/message -- sh -c : | bar 'commit-msg beside sh -c :' 1.2 8192

# Whole commits, amended so that each round does the same.
printf '#!/bin/sh\nexit 0\n' >"$work/empty" && chmod +x "$work/empty"
mkdir "$work/ours" "$work/theirs"
cp "$BUILD/hooks/pre-commit" "$work/ours/pre-commit"
cp "$work/empty" "$work/theirs/pre-commit"
git commit -q -m 'Change something'
"$pair" -n 25 -- git -c core.hooksPath="$work/ours" commit -q --amend -m x -- \
	git -c core.hooksPath="$work/theirs" commit -q --amend -m x | bar 'git commit beside an empty shell hook' 1.10 8192
