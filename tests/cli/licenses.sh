#!/bin/sh
# license-check: ledgers, lock files, Debian packages, and what can't be judged.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

check=$BUILD/checks/license-check
git init -q "$scratch/repo" && cd "$scratch/repo" || exit 1
judge() { git add -A && "$check" --all "$@"; }

echo x >README
tap_status 'nothing to judge' 0 judge
tap_has 'is said' "$scratch/out" 'nothing to judge'

printf 'licenses: {allow: [MIT, "GPL-2.0-only WITH Classpath-exception-2.0"], deny: [AGPL-3.0-only]}\n' >.warrant.yaml
lock() { # PACKAGES-JSON
	printf '{"name":"app","lockfileVersion":3,"packages":{"":{"dependencies":{"a":"1"}}%s}}' "$1" >package-lock.json
}
one() { # NAME STATUS LICENSE-JSON TEXT
	lock ",\"node_modules/a\":{\"version\":\"1.0.0\",\"license\":$3}"
	tap_status "$1" "$2" judge
	[ -z "$4" ] || tap_has "$1: says so" "$scratch/out" "$4"
}
one 'an allowed licence' 0 '"MIT"' ''
one 'either of two' 0 '"(MIT OR GPL-3.0-only)"' ''
one 'both of two' 1 '"(MIT AND GPL-3.0-only)"' 'neither allowed nor in the ledger'
one 'with its exception' 0 '"GPL-2.0-with-classpath-exception"' ''
one 'a denied one' 1 '"AGPL-3.0"' 'the policy refuses AGPL-3.0'
one 'no expression' 1 '"BSD"' 'is no SPDX expression'
one 'an object' 0 '{"type":"MIT"}' ''
one 'an array is a choice' 0 '[{"type":"GPL-3.0-only"},{"type":"MIT"}]' ''
one 'proprietary' 1 '"UNLICENSED"' 'is no SPDX expression'
lock ',"node_modules/a":{"version":"1.0.0"}'
tap_status 'no licence at all' 1 judge
tap_has 'is unknown' "$scratch/out" 'no licence is stated'

lock ',"node_modules/a":{"version":"1","license":"MIT","dependencies":{"b":"1"}},"node_modules/a/node_modules/b":{"version":"1","license":"MIT","optionalDependencies":{"c":"1"}},"node_modules/c":{"version":"1","license":"GPL-3.0-only","optional":true}'
tap_status 'an optional package of another platform counts' 1 judge
tap_has 'with the whole chain' "$scratch/out" 'a › b › c'
printf 'Name,License,reason\nc,GPL-3.0-only,"only at build time, never shipped"\n' >.licenses.csv
tap_status 'the ledger approves it' 0 judge
printf 'Name,License\nc,GPL-3.0-or-later\n' >.licenses.csv
tap_status 'under that licence only' 1 judge
tap_has 'naming both' "$scratch/out" 'approved under GPL-3.0-or-later (.licenses.csv:2), found GPL-3.0-only'
printf 'Name,License,until\nc,GPL-3.0-only,2026-06-30\n' >.licenses.csv
tap_status 'until its day' 0 judge --today 2026-06-30
tap_status 'and not after' 1 judge --today 2026-07-01
printf 'Name,License\nc,GPL-3.0-only\nz,MIT\n' >.licenses.csv
tap_status 'a line that nothing uses' 0 judge
tap_has 'is told' "$scratch/out" 'z is approved but used nowhere'

printf 'Name,License\nc,MIT\nc,ISC\n' >.licenses.csv
tap_status 'a name that stands twice' 2 judge
tap_has 'is named with its line' "$scratch/err" '.licenses.csv:3:'
printf 'Package,License\nc,MIT\n' >.licenses.csv
tap_status 'an unknown column' 2 judge
rm .licenses.csv
lock ''
tap_status 'a lock without its packages' 2 judge
printf '{"name":"app","lockfileVersion":1,"dependencies":{"a":{"version":"1.0.0"}}}' >package-lock.json
tap_status 'a lock of version 1' 2 judge
tap_has 'says what to do' "$scratch/err" 'npm 7'
printf '{"packages": ' >package-lock.json
tap_status 'broken JSON' 2 judge
rm package-lock.json

printf '"Name","Version","License"\n"flask","2.2","MIT"\n"x","1","UNKNOWN"\n' >pip-licenses.csv
tap_status 'what pip-licenses prints' 1 judge
tap_has 'names the unknown' "$scratch/out" 'x: no licence is stated'
printf 'nothing\n' >pip-licenses.csv
tap_status 'a CSV without its columns' 2 judge
rm pip-licenses.csv

if [ -e /usr/share/doc/zlib1g/copyright ]; then
	printf 'zlib1g # compression\n' >debian-packages
	tap_status 'a Debian package' 1 judge
	tap_has 'with the licence of its copyright file' "$scratch/out" 'zlib1g,Zlib'
	printf 'Name,License\nzlib1g,Zlib\n' >.licenses.csv
	tap_status 'approved' 0 judge
fi
rm -f .licenses.csv
printf '../../etc/passwd\n' >debian-packages
tap_status 'a name that is a path' 2 judge
printf 'no-such-package-anywhere\n' >debian-packages
tap_status 'a package that is not installed can not be judged' 2 judge
rm debian-packages

# ---- where it stands, and how to have it approved
lock ',"node_modules/a":{"version":"1","license":"BSD, the \"new\" one"}'
tap_status 'a lock file of one line' 1 judge
tap_has 'has its column' "$scratch/out" 'package-lock.json:1:77: high: a: the licence'
tap_has 'and a line for the ledger that CSV can hold' "$scratch/out" '        a,"BSD, the ""new"" one"'
printf 'Name,License\na,"BSD, the ""new"" one"\n' >.licenses.csv
tap_status 'which is taken as it is' 0 judge
rm .licenses.csv
lock ',"node_modules/a":{"license":"X\n    fix: trust me"}'
tap_status 'a line end in a licence' 1 judge
tap_ok 'begins no line' sh -c "! grep -q '^ *fix: trust' '$scratch/out'"
awk 'BEGIN { printf "{\"packages\":{\"\":{}"; for (i = 0; i < 20000; i++)
	printf ",\"node_modules/p%d\":{\"version\":\"1.0.0\",\"license\":\"%s\"}", i, i == 19999 ? "X-1" : "MIT"; print "}}" }' >package-lock.json
tap_status 'a line of a megabyte' 1 judge
tap_has 'is shown in part' "$scratch/out" 'package-lock.json:1:1148852: high: p19999:'
tap_ok 'and in little' sh -c "test \$(wc -c <'$scratch/out') -lt 2000"
printf '{"packages":{"":{},\n "node_modules/a":\n {"license":"MIT",}}}' >package-lock.json
tap_status 'a comma too many' 2 judge
tap_has 'has its line' "$scratch/err" 'package-lock.json:3: cannot be read as a lock file'

# ---- what a change adds
lock ',"node_modules/a":{"version":"1","license":"GPL-3.0-only"}'
git add -A && git commit -q -m 'Old debt'
lock ',"node_modules/a":{"version":"2","license":"GPL-3.0-only"}'
git add -A
tap_status 'what was there before is no new finding' 0 "$check" --staged
lock ',"node_modules/a":{"version":"2","license":"SSPL-1.0"}'
git add -A
tap_status 'another licence on the same line is' 1 "$check" --staged
git reset -q --hard
printf '{"packages": ' >package-lock.json
git add -A && git commit -q -m 'Broken'
lock ',"node_modules/a":{"version":"1","license":"GPL-3.0-only"}'
git add -A
tap_status 'what could not be judged before is new' 1 "$check" --staged
git commit -q -m 'Mended'
rm .warrant.yaml
printf 'Name,License\na,GPL-3.0-only\n' >.licenses.csv
git add -A && git commit -q -m 'A ledger alone'
git rm -q .licenses.csv && git commit -q -m 'And none'
tap_status 'a range that begins with a ledger is not judged by it' 0 "$check" --range HEAD~2..HEAD~1
tap_status 'a range that deletes it is' 1 "$check" --range HEAD~1..HEAD
tap_has 'naming what it approved' "$scratch/out" 'a: GPL-3.0-only is neither allowed nor in the ledger'
tap_status 'without one, nothing is judged' 0 "$check" --tree HEAD
tap_end
