#!/bin/sh
# The scripts that measure precision: what is drawn to be read, and what is made of the list of what was read.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

tree=$scratch/tree
mkdir -p "$tree/lib"
for name in a b c d; do printf 'import requests\nrequests.get(url, verify=False)\nprint(1)\n' >"$tree/lib/$name.py"; done
printf 'FROM debian:latest\nUSER root\n' >"$tree/Dockerfile"
draw() { BUILD=$BUILD sh "$root/tests/rules/sample.sh" "$@" "$tree"; }
drawn() { grep -c "^### $1 " "$2"; } # CODE FILE

tap_status 'a sample' 0 draw -r TLS01
tap_has 'shows the line' "$scratch/out" '>requests.get(url, verify=False)'
tap_has 'and those around it' "$scratch/out" ' print(1)'
cp "$scratch/out" "$scratch/first"
tap_ok 'holds two of a rule and tree' test "$(drawn TLS01 "$scratch/first")" -eq 2
draw -r TLS01 >"$scratch/again"
tap_ok 'the same seed draws the same' cmp "$scratch/first" "$scratch/again"
sed -n "s|^### TLS01 \\([^ ]*\\) .*/\\(lib/.*\\)|x	right	\\1	tree	\\2|p" "$scratch/first" >"$scratch/read.tsv"
draw -r TLS01 -x "$scratch/read.tsv" >"$scratch/others"
tap_ok 'what was read is not drawn again' test "$(drawn TLS01 "$scratch/others")" -eq 2
tap_ok 'but others' test -z "$(grep '^###' "$scratch/others" | grep -xFf "$scratch/first")"
draw -r @tier1 >"$scratch/tier1"
tap_ok 'tier 1 alone' test "$(drawn TLS01 "$scratch/tier1")" -eq 2
tap_status 'no tree' 2 sh "$root/tests/rules/sample.sh"

precision() { "$root/tests/rules/precision.sh" "$@"; }
printf '# sample, verdict\none\tright\tr\tp\tf:1\none\twrong\tr\tp\tf:2\ta table\ntwo\tright\tr\tp\tf:3\n' >"$scratch/list.tsv"
tap_status 'a table of what was read' 0 precision "$scratch/list.tsv"
tap_has 'tells the part that was right' "$scratch/out" ' 50.0%'
tap_status 'the wrong ones' 0 precision -w "$scratch/list.tsv"
tap_has 'with the reason' "$scratch/out" 'one: r, p f:2: a table'
printf 'one\tperhaps\tr\tp\tf:1\n' >"$scratch/list.tsv"
tap_status 'a line that is none' 2 precision "$scratch/list.tsv"
tap_status 'the list that is kept' 0 precision
tap_end
