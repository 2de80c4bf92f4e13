#!/bin/sh
# What was read by eye, as a table: per sample how many exceptions, and what part of them was right. With -w the wrong ones,
# and why.
#
#     tests/rules/precision.sh [-w] [READ.tsv]
#
# A line of read.tsv: sample, right or wrong, rule, package, path:line, why it is wrong; with tabs between them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wrong=false
if [ "${1:-}" = -w ]; then
	wrong=true
	shift
fi
read=${1:-$here/read.tsv}

if $wrong; then
	awk -F'\t' '$2 == "wrong" { printf "%s: %s, %s %s: %s\n", $1, $3, $4, $5, $6 }' "$read"
	exit
fi
awk -F'\t' '
	/^#/ { next }
	NF < 5 || ($2 != "right" && $2 != "wrong") { printf "%s:%d: no line of a list\n", FILENAME, NR >"/dev/stderr"; bad = 1; exit }
	!($1 in all) { names[++count] = $1 }
	{ all[$1]++; wrong[$1] += $2 == "wrong" }
	END {
		if (bad) exit 2
		printf "%-52s %5s %6s %8s\n", "sample", "read", "wrong", "right"
		for (i = 1; i <= count; i++)
			printf "%-52s %5d %6d %7.1f%%\n", names[i], all[names[i]], wrong[names[i]], 100 * (1 - wrong[names[i]] / all[names[i]])
	}' "$read"
