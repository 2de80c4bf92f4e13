#!/bin/sh
# Whole tree, all rules, against ripgrep with the same patterns: wall time as the median of ratios, and peak memory.
#
#     BUILD=build tests/bench/tree.sh [FOLDER...]     copies of the folders become one git repository (default: what a Debian
#                                                     machine has of C headers, Python, Perl)
#
# ripgrep gets every pattern that its own engine takes (it knows no look-around); a pattern that it refuses is replaced by one
# literal of its rule, which costs ripgrep far less than the pattern would. (All literals, without case, make it a hundred times
# slower, and the comparison unfair.)
set -eu
: "${BUILD:=build}"
root=$(cd "$(dirname "$0")/../.." && pwd)
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
command -v rg >/dev/null || { echo "tree: ripgrep is not installed"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- /usr/include /usr/share/perl /usr/lib/python3

mkdir "$work/repo"
for folder in "$@"; do
	# Dangling links can't be copied, and need not be.
	if [ -d "$folder" ]; then cp -rL "$folder" "$work/repo/" 2>/dev/null || :; fi
done
find "$work/repo" -name .git -prune -exec rm -rf {} +
git init -q "$work/repo"
git -C "$work/repo" -c core.autocrlf=false add -A >/dev/null 2>&1
echo "tree: $(git -C "$work/repo" ls-files | wc -l) files, $(du -sm "$work/repo" --exclude=.git | cut -f1) MB"

# PATTERNS: one a line; "L" lines are the literals of the rule whose pattern comes next.
"$BUILD/rulec" patterns "$root"/policy/rules/packs/*.yaml >"$work/all"
: >"$work/patterns"
: >"$work/native"
replaced=0
while IFS= read -r line; do
	case $line in
	'L '*) literal=${line#L } ;;
	'P '*)
		if printf x | rg --no-unicode -q -e "${line#P }" >/dev/null 2>&1 || [ $? -eq 1 ]; then
			printf '%s\n' "${line#P }" | tee -a "$work/native" >>"$work/patterns"
		else
			printf '%s\n' "$literal" >>"$work/patterns"
			replaced=$((replaced + 1))
		fi
		;;
	esac
done <"$work/all"
echo "tree: $(wc -l <"$work/patterns") patterns, $replaced of them literals"

bar() { # NAME BAR MAX_KB : reads the line of pair
	awk -v name="$1" -v bar="$2" -v kb="$3" '{
		printf "%s: %s of rg (bar %s: %s), %d KB (bar %d: %s)\n    %s\n", name, $1, bar, ($1 <= bar ? "ok" : "over"),
			$9, kb, ($9 <= kb ? "ok" : "over"), $0 }'
}
cd "$work/repo"
measure() { # NAME PATTERNS ROUNDS
	# A set that ripgrep refuses as a whole would look like a very fast one.
	rg --no-unicode -q -f "$2" "$root/README.md" || [ $? -eq 1 ] || exit 2
	"$BUILD/tests/bench/pair" -n "$3" -- "$BUILD/checks/justification-check" --all -q -- \
		rg --no-unicode -j2 --hidden --no-ignore -g '!.git' -f "$2" . | bar "$1" 0.35 24576
}
measure "whole tree, rg with the $(wc -l <"$work/native") patterns that it takes" "$work/native" "${ROUNDS:-5}"
measure 'whole tree, rg with all' "$work/patterns" 1 # half a minute each
