#!/bin/sh
# Manual pages and completions: installed, taken away again, and of a form that their readers take.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
prefix=$scratch/usr
has() { command -v "$1" >/dev/null 2>&1; }
# In a make of its own: flags of the one that runs the tests are not for it.
make_there() { env -u MAKEFLAGS -u MAKELEVEL make -s -C "$root" B="$BUILD" PREFIX="$prefix" "$@"; }

tap_status 'make install' 0 make_there install
for check in justification-check trivyignore-check license-check commit-message-check push-check; do
	tap_ok "$check runs from there" "$prefix/bin/$check" --version
	tap_has "$check has a page" "$prefix/share/man/man1/$check.1" '.SH NAME'
done
tap_has 'the page of the policy explains its keys' "$prefix/share/man/man5/warrant.yaml.5" 'max_days'
if has groff; then
	for page in "$prefix"/share/man/man*/*; do
		tap_ok "$(basename "$page") has no errors" sh -c "groff -k -man -Tutf8 -ww '$page' 2>&1 >/dev/null | { ! grep .; }"
	done
else
	tap_skip 'pages have no errors' 'no groff'
fi

completed() { # PROGRAM WORDS... : what bash offers for the last one
	bash -c '
		. "$1/${2##*/}" && shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"_${1##*/}" "$1" && printf "%s\n" "${COMPREPLY[@]}"' bash "$prefix/share/bash-completion/completions" "$@"
}
tap_status 'bash: an option' 0 completed license-check --ra
tap_ok 'bash: an option: that one alone' test "$(completed license-check --ra)" = --range
tap_ok 'bash: none that the program does not take' test -z "$(completed push-check --ra)"
tap_status 'bash: a value' 0 completed license-check --format = js
tap_has 'bash: a value: the format' "$scratch/out" json
tap_lacks 'bash: a value: no other' "$scratch/out" sarif
tap_status 'bash: a rule' 0 completed "$prefix/bin/justification-check" --explain python-requests-ver
tap_has 'bash: a rule: its id' "$scratch/out" python-requests-verify-false
for shell in zsh fish; do
	if has $shell; then
		tap_ok "$shell can read it" find "$prefix/share/$shell" -type f -exec $shell -n {} \;
	else
		tap_skip "$shell can read it" "no $shell"
	fi
done
tap_has 'zsh: describes options' "$prefix/share/zsh/site-functions/_license-check" "'--range=[what B adds since merge-base(A, B)]"
tap_lacks 'zsh: only those of the program' "$prefix/share/zsh/site-functions/_push-check" --range
tap_has 'fish: describes options' "$prefix/share/fish/vendor_completions.d/license-check.fish" '-l tree -r'

tap_status 'make uninstall' 0 make_there uninstall
tap_ok 'nothing is left' test -z "$(find "$prefix" -type f)"
tap_end
