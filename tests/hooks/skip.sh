#!/bin/sh
# WARRANT_SKIP leaves a check out of a hook, with a reason, with a trace, and only where the policy lets.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

new_repo "$scratch/repo"
plain clean.py && commit_all
start=$(head_of)
why='the host moves tonight, SEC-77 follows it up'
again() { git reset -q --hard "$start" && bad clean.py && git add clean.py; }
commit_skipping() { # CHECKS REASON [GIT COMMIT OPTIONS]
	skip_checks=$1 skip_reason=$2
	shift 2
	WARRANT_SKIP=$skip_checks WARRANT_SKIP_REASON=$skip_reason git commit -q -m 'Change it' "$@"
}
stays() { [ "$(head_of)" = "$start" ]; }

again
tap_status 'a check is left out' 0 commit_skipping justification-check "$why"
tap_has 'what is skipped is said' "$scratch/err" 'pre-commit: note: justification-check is skipped: the host moves tonight'
again
tap_status 'a short name' 0 commit_skipping justification "$why"
again
tap_status 'several checks' 0 commit_skipping 'license-check, justification' "$why"
tap_has 'several checks: the first is said' "$scratch/err" 'license-check is skipped'
tap_has 'several checks: the second is said' "$scratch/err" 'justification-check is skipped'
again
refused 'another check is left out' commit_skipping license-check "$why"
tap_has 'the skip is in the report of what was refused' "$scratch/err" 'note: license-check is skipped'
again
tap_status 'a message check is left out' 0 commit_skipping justification,commit-message "$why" --allow-empty-message -m ''
tap_has 'commit-msg says so' "$scratch/err" 'commit-msg: note: commit-message-check is skipped'

again
tap_status 'no reason' 1 env WARRANT_SKIP=justification-check git commit -q -m x
tap_ok 'no reason: nothing is committed' stays
tap_status 'no reason: says what to set' 1 env WARRANT_SKIP=justification-check git commit -q -m x
tap_has 'no reason: says what to set, too' "$scratch/err" 'say in WARRANT_SKIP_REASON why justification-check can be left out'
tap_status 'a weak reason' 1 commit_skipping justification-check todo
tap_has 'a weak reason: says so' "$scratch/err" 'WARRANT_SKIP_REASON is too weak'
tap_status 'an unknown check' 1 commit_skipping justificaton "$why"
tap_has 'an unknown check: names those there are' "$scratch/err" "no check with 'justificaton'; there are justification-check,"
tap_status 'one unknown among others' 1 commit_skipping 'license,,x' "$why"
tap_ok 'still nothing is committed' stays
tap_status 'an empty variable skips nothing' 1 commit_skipping '' "$why"
tap_has 'an empty variable skips nothing: refused for the change' "$scratch/err" '[python-requests-verify-false]'
plain clean.py 2 && git add clean.py
tap_status 'a reason alone skips nothing' 0 commit_skipping '' "$why"
tap_lacks 'a reason alone says nothing' "$scratch/err" skipped

# The policy refuses; the one that is staged counts.
again
printf 'skips: refuse\n' >.warrant.yaml && git add .warrant.yaml
refused 'the policy lets nothing be skipped' commit_skipping justification-check "$why"
tap_has 'the policy lets nothing be skipped: says so' "$scratch/err" 'nothing is skipped: the policy does not let'
git reset -q .warrant.yaml
tap_status 'a policy in the work tree alone does not count' 0 commit_skipping justification-check "$why"

# A push, of two refs.
git reset -q --hard "$start"
git init -q --bare "$scratch/remote.git" && git remote add origin "$scratch/remote.git" && git push -q origin main
bad clean.py && git add clean.py && unjudged && git branch second
push_skipping() { WARRANT_SKIP=justification-check WARRANT_SKIP_REASON=$why git push -q "$@"; }
refused 'a push skips nothing by itself' git push -q origin main
tap_status 'a check is left out of a push' 0 push_skipping origin main second
tap_has 'a check is left out of a push: is said' "$scratch/err" 'pre-push: note: justification-check is skipped: the host'
tap_ok 'a check is left out of a push: is said once' test "$(grep -c 'is skipped' "$scratch/err")" = 1
tap_status 'a push with a weak reason' 1 env WARRANT_SKIP=push-check WARRANT_SKIP_REASON=todo git push -q origin main:third
git reset -q --hard "$start"
printf 'skips: refuse\n' >.warrant.yaml && git add -A && git commit -q -m 'Refuse skips' && git push -q -f origin main
bad clean.py && git add -A && unjudged
refused 'the policy of the base lets no push skip' push_skipping origin main
git reset -q --hard "$start" && bad clean.py && git add -A && unjudged

# Checks by themselves, as CI runs them, look at no such variable.
tap_status 'CI judges what was skipped' 1 env WARRANT_SKIP=justification-check "WARRANT_SKIP_REASON=$why" \
	"$BUILD/checks/justification-check" --range "$start..HEAD"

tap_end
