#!/bin/sh
# Draws exceptions from trees of real code, to be read by eye: what part of what the rules report is right?
#
#     BUILD=build tests/rules/sample.sh [-n COUNT] [-c CAP] [-s SEED] [-k KIND] [-r CODES] [-x READ] TREE...
#
# -n  how many (150)            -k  setting or suppression (setting)
# -c  at most so many of a rule (4); of a rule and tree it is at most 2
# -s  where chance begins (1): the same seed draws the same
# -r  an extended regular expression that the rule's whole code must match (all); @tier1 for those of tier1.txt
# -x  a file of what was read before (read.tsv): its places are not drawn again
#
# Prints each with three lines around it. What was read is kept in read.tsv; precision.sh makes its table. Low severity is
# left out, as hooks leave it alone by default.
set -eu
: "${BUILD:=build}"
here=$(cd "$(dirname "$0")" && pwd)
count=150 cap=4 seed=1 kind=setting codes='.*' read=/dev/null
while getopts n:c:s:k:r:x: option; do
	case $option in
	n) count=$OPTARG ;;
	c) cap=$OPTARG ;;
	s) seed=$OPTARG ;;
	k) kind=$OPTARG ;;
	r) codes=$OPTARG ;;
	x) read=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { echo "sample: name the trees to draw from" >&2; exit 2; }
[ "$codes" != @tier1 ] || codes=$(tr '\n' '|' <"$here/tier1.txt" | sed 's/|$//')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$BUILD/checks/justification-check" --list-rules --format json >"$work/rules"
for tree; do
	# What could not be judged is in the report too, and is no reason to draw nothing.
	"$BUILD/checks/justification-check" --format json "$tree" >"$work/report" || [ -s "$work/report" ] || exit 2
	jq -r --slurpfile rules "$work/rules" --arg tree "$tree" --arg kind "$kind" --arg codes "$codes" '
		($rules[0] | map({ (.id): .code }) | add) as $code | .exceptions[]
		| select(.kind == $kind and .severity != "low" and (($code[.rule] // "") | test("^(" + $codes + ")$")))
		| [.rule, $code[.rule], $tree, .path, .line] | @tsv' "$work/report"
done >"$work/all"

awk -F'\t' -v seed="$seed" -v read="$read" '
	function name(path) { sub(/^.*\//, "", path); return path }
	BEGIN { srand(seed); while ((getline line < read) > 0) { split(line, field, "\t"); seen[field[3], name(field[5])] = 1 } }
	!(($1, name($4) ":" $5) in seen) { printf "%.9f\t%s\n", rand(), $0 }' "$work/all" |
	sort -n | awk -F'\t' -v cap="$cap" 'of_rule[$2] < cap && of_tree[$2, $4] < 2 { of_rule[$2]++; of_tree[$2, $4]++; print }' |
	head -n "$count" | sort -t'	' -k2,2 |
	while IFS='	' read -r _ rule code tree path line; do
		[ -f "$path" ] || path=$tree/$path
		printf '### %s %s %s:%s\n' "$code" "$rule" "$path" "$line"
		awk -v at="$line" 'NR >= at - 3 && NR <= at + 3 { printf "%s%s\n", (NR == at ? ">" : " "), substr($0, 1, 160) }' "$path" |
			tr -d '\000-\010\013-\037'
	done
