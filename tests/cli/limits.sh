#!/bin/sh
# Files that are made to be slow: each ends within seconds, and what was not judged is said.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
check=$BUILD/checks/justification-check
cd "$scratch" || exit 1
repeated() { # TEXT COUNT : COUNT a power of two
	text=$1 count=$2
	while [ "$count" -gt 1 ]; do text=$text$text count=$((count / 2)); done
	printf '%s' "$text"
}
ended() { # NAME STATUS COMMAND... : with it, within a minute of a slow machine
	name=$1 expected=$2
	shift 2
	tap_status "$name" "$expected" timeout 60 "$@"
}

head -c 100000000 /dev/zero | tr '\0' a >line.py
ended '100 MB in one line' 2 "$check" line.py
tap_has 'are refused by size' "$scratch/out" 'file-too-large'

# The mistake to find here: asking something of the whole line, or of all that stands before, for each place on it.
repeated 'requests.get(u, verify=False), ' 262144 >dense.py
ended 'a hundred thousand settings in one line' 2 "$check" -q dense.py
tap_has 'a part of it is not judged' "$scratch/out" 'file-not-judged'
{ echo 'x = ['; repeated '  requests.get(u, verify=False),
' 32768; echo ']'; } >statement.py
ended 'a statement of thousands of lines' 1 "$check" -q statement.py
{ printf '['; repeated '{"securityContext": {"privileged": true}},' 32768; printf '{}]\n'; } >wide.json
ended 'a list of thousands in one line' 1 "$check" -q wide.json
{ repeated '(' 131072; printf 'rejectUnauthorized: false'; repeated '{a: [' 131072; } >deep.js
ended 'brackets that are never closed' 1 "$check" -q deep.js
tap_end
