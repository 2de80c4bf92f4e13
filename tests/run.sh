#!/bin/sh
# Runs test programs that print TAP, shows what failed, and ends with one line "N passed, N failed". A program that exits
# non-zero without a failed test, or prints no test at all, counts as one failure.
#
#     tests/run.sh PROGRAM...
set -u
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for program in "$@"; do
	CMOCKA_MESSAGE_OUTPUT=TAP "$program" >"$log" 2>&1
	status=$?
	ok=$(grep -c '^ok ' "$log")
	bad=$(grep '^not ok ' "$log" | grep -vc '# SKIP')
	if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
		bad=1
		echo "not ok - $program: exit status $status, $ok tests" >>"$log"
	fi
	passed=$((passed + ok))
	failed=$((failed + bad))
	if [ "$bad" -ne 0 ]; then
		echo "FAILED $program"
		grep -v '^ok ' "$log" | tail -n 60
	else
		echo "ok $program ($ok)"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
