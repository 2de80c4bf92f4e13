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
printf '../../etc/passwd\n' >debian-packages
tap_status 'a name that is a path' 2 judge
printf 'no-such-package-anywhere\n' >debian-packages
tap_status 'a package that is not installed can not be judged' 2 judge
tap_end
