#!/bin/sh
# A range of 10,000 commits, each judged for itself, with two threads, against `git log -p` into ripgrep with the same patterns:
# the median of ratios in one run.
#
#     BUILD=build tests/bench/range.sh [COMMITS]
#
# ripgrep gets the patterns that its own engine takes, as in tree.sh. The history is made up: 500 files of 100 lines in 50
# folders; each commit writes three lines anew in each of two files.
set -eu
: "${BUILD:=build}"
root=$(cd "$(dirname "$0")/../.." && pwd)
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
command -v rg >/dev/null || { echo "range: ripgrep is not installed"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1
commits=${1:-10000}

git init -q -b main "$work/repo"
awk -v commits="$commits" '
	function write_file(f,    i, text) {
		text = ""
		for (i = 0; i < 100; i++) text = text line[f, i]
		printf "M 100644 inline src/part%d/file%d.py\ndata %d\n%s\n", f % 50, f, length(text), text
	}
	function new_line(f, i) {
		line[f, i] = sprintf("    value_%d = compute(argument_%d, timeout=%d)  # step %d of the plan\n", i, int(rand() * 1e6), int(rand() * 60), int(rand() * 1e4))
	}
	function commit(text) { printf "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata %d\n%s\n", 1767225600 + n++, length(text), text }
	BEGIN {
		srand(1)
		commit("Begin")
		for (f = 0; f < 500; f++) { for (i = 0; i < 100; i++) new_line(f, i); write_file(f) }
		for (c = 1; c <= commits; c++) {
			commit("Change " c)
			for (k = 0; k < 2; k++) { f = int(rand() * 500); for (i = 0; i < 3; i++) new_line(f, int(rand() * 100)); write_file(f) }
		}
	}' | git -C "$work/repo" fast-import --quiet
git -C "$work/repo" repack -adq
git -C "$work/repo" reset -q --hard

"$BUILD/rulec" patterns "$root"/policy/rules/packs/*.yaml | sed -n 's/^P //p' | while IFS= read -r pattern; do
	if printf x | rg --no-unicode -q -e "$pattern" >/dev/null 2>&1 || [ $? -eq 1 ]; then printf '%s\n' "$pattern"; fi
done >"$work/patterns"
rg --no-unicode -q -f "$work/patterns" "$root/README.md" || [ $? -eq 1 ] || exit 2

cd "$work/repo"
base=$(git rev-list --max-parents=0 HEAD)
"$BUILD/tests/bench/pair" -n "${ROUNDS:-5}" -- "$BUILD/checks/justification-check" --range "$base..HEAD" --every-commit -q -- \
	sh -c "git log -p --no-color $base..HEAD | rg --no-unicode -j2 -f '$work/patterns'" |
	awk -v name="range of $commits commits, rg with $(wc -l <"$work/patterns") patterns" '{
		printf "%s: %s of git log -p | rg (bar 0.35: %s), %d KB\n    %s\n", name, $1, ($1 <= 0.35 ? "ok" : "over"), $9, $0 }'
