#!/bin/sh
# What a reason must say: each way of saying nothing, with its problem, and one reason pasted over and over.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

check=$BUILD/checks/justification-check
repo=$scratch/repo
git init -q "$repo" && cd "$repo" || exit 1

# ---- what says nothing
says() { # NAME REASON PROBLEM MESSAGE
	printf 'import requests\n# reason: %s\n# until: 2026-12-01\nrequests.get(url, verify=False)\n' "$2" >one.py
	tap_status "$1: refused" 1 "$check" --today 2026-11-23 --format json one.py
	cp "$scratch/out" "$scratch/report"
	tap_ok "$1: as $3" sh -c "jq -e '.findings | length == 1 and .[0].problem == \"$3\"' <'$scratch/report'"
	tap_has "$1: says why" "$scratch/report" "$4"
}
says 'a placeholder' 'fix it later' weak-reason 'is a placeholder'
says 'what Visual Studio writes' '<Pending>' weak-reason 'the reason \"<Pending>\" is a placeholder'
says 'what Biome writes' '<explanation>' weak-reason 'is a placeholder'
says 'what StyleCop writes' 'Reviewed. Suppression is OK here.' weak-reason 'is a placeholder'
says 'what Snyk writes' '<please specify a reason of ignoring this>' weak-reason 'is a placeholder'
says 'too few characters' 'my proxy' weak-reason 'the reason has 8 characters, the policy asks for 10'
says 'too few words' 'certificate-pinning' weak-reason 'the reason has 1 word, the policy asks for 2'
says 'the rule id' 'python-requests-verify-false' weak-reason 'only repeats what the rule says'
says 'the message' 'TLS certificate verification is switched off.' weak-reason 'only repeats what the rule says'
says 'a link' 'see https://example.org/wiki/42' link-only-reason 'says where but not why'
says 'a ticket' 'SEC-412 and SEC-413' link-only-reason 'says where but not why'
printf 'justification: {min_words: 0, min_chars: 0}\n' >"$scratch/loose.yaml"
tap_status 'a ticket will do where no words are wanted' 0 "$check" --today 2026-11-23 --policy "$scratch/loose.yaml" one.py

# ---- the same reason at many places
paste() { # COUNT...
	echo 'import requests'
	for number; do
		printf '# reason: the test double has no certificate\n# until: 2026-12-01\nrequests.get(url%s, verify=False)\n' "$number"
	done
}
refusals() { # EXPECTED COMMAND...
	expected=$1
	shift
	tap_status "$tap_name" "$((expected > 0))" "$@" --today 2026-11-23 --format json
	cp "$scratch/out" "$scratch/report"
	tap_ok "$tap_name: $expected of repeated-reason" sh -c "jq -e '[.findings[] | select(.problem == \"repeated-reason\")]
		| length == $expected' <'$scratch/report'"
	tap_ok "$tap_name: and as many not accepted" sh -c "jq -e '[.exceptions[] | select(.accepted | not)]
		| length == $expected' <'$scratch/report'"
}
rm one.py
paste 1 2 3 >a.py
paste 1 2 >b.py
tap_name='any number by default'
refusals 0 "$check" --all
echo 'justification: {max_same: 3}' >.warrant.yaml
git add -A && git commit -q -m 'Five times'
tap_name='two more than the policy allows'
refusals 2 "$check" --all
tap_has 'are counted over all files' "$scratch/report" 'the same reason stands at 5 places, the policy allows 3'
tap_name='in a tree too'
refusals 2 "$check" --tree HEAD
git checkout -q -b change
{ echo '# moved'; paste 3 1 2; } >a.py
git add -A
tap_name='moving old copies adds none'
refusals 0 "$check" --staged
paste 1 2 3 4 5 >a.py
git add -A
tap_name='new copies in a file that has too many'
refusals 2 "$check" --staged
tap_ok 'are those that came' sh -c "jq -e '[.findings[].line] == [13, 16]' <'$scratch/report'"
git commit -q -m 'Two more'
tap_name='in a range too'
refusals 2 "$check" --range HEAD^..HEAD
git reset -q --hard HEAD^
git mv b.py c.py && echo '# the end' >>c.py && git add -A
tap_name='a file moved and changed'
refusals 0 "$check" --staged
i=0
while [ $i -lt 150 ]; do
	paste $i >many$i.py
	i=$((i + 1))
done
git add -A
tap_name='over the files of all threads'
refusals 152 "$check" --all
tap_end
