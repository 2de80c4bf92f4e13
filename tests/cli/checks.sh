#!/bin/sh
# The command line that all check programs share, on a small repository: sources, options, formats, misuse.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

check=$BUILD/checks/justification-check
repo=$scratch/repo
git init -q "$repo" && cd "$repo" || exit 1
printf 'import requests\nrequests.get("https://x", verify=False)\n' >client.py
printf 'x = 1  # noqa: E501\n' >style.py
git add -A && git commit -q -m 'Begin'
git tag begin
mkdir sub && printf 'import requests\nrequests.get("https://y", verify=False)  # reason: a test double\n' >sub/more.py
git add -A && git commit -q -m 'More'

# ---- asking about the program
for program in justification-check trivyignore-check license-check commit-message-check push-check; do
	tap_status "$program --help" 0 "$BUILD/checks/$program" --help
	tap_has "$program --help tells the exit status" "$scratch/out" 'refused'
	tap_status "$program --version" 0 "$BUILD/checks/$program" --version
	tap_has "$program --version names it" "$scratch/out" "$program 0."
	tap_status "$program refuses an unknown option" 2 "$BUILD/checks/$program" --nonsense
done
tap_status '--list-rules' 0 "$check" --list-rules
tap_has 'is a table' "$scratch/out" '| TLS01 | python-requests-verify-false |'
tap_status '--list-rules as JSON' 0 "$check" --list-rules --format json
tap_ok 'has every key of the contract' sh -c "jq -e 'length > 300 and all(.[]; has(\"id\") and has(\"code\") and has(\"kind\")
	and has(\"severity\") and has(\"cwe\") and has(\"title\") and has(\"files\") and has(\"message\") and has(\"fix\"))' <'$scratch/out'"
tap_status '--explain by id' 0 "$check" --explain python-requests-verify-false
tap_has 'names the CWE' "$scratch/out" 'https://cwe.mitre.org/data/definitions/295.html'
tap_has 'shows how to justify it' "$scratch/out" '# reason:'
tap_status '--explain by code' 0 "$check" --explain TLS05
tap_status '--explain something unknown' 2 "$check" --explain nonsense
tap_status '--list-problems' 0 "$check" --list-problems
tap_status '--print-policy' 0 "$check" --print-policy
cp "$scratch/out" "$scratch/policy.yaml"
tap_status 'prints a policy that can be used as it is' 1 "$check" --all --policy "$scratch/policy.yaml"

# ---- sources
tap_status '--all' 1 "$check" --all
tap_has 'finds the first' "$scratch/out" 'client.py:2:27: high:'
tap_status 'the default is --all' 1 "$check"
tap_status '--tree of an old commit' 1 "$check" --tree begin
tap_lacks 'knows nothing newer' "$scratch/out" 'sub/more.py'
tap_status '--range' 1 "$check" --range begin..HEAD
tap_lacks 'old debt does not count' "$scratch/out" 'client.py:'
tap_has 'a shortfall does' "$scratch/out" 'sub/more.py:2:27: high: no last day is given'
tap_status '--staged with nothing staged' 0 "$check" --staged
tap_status 'a file' 1 "$check" client.py
tap_status 'a folder, from elsewhere' 1 "$check" -C "$repo" sub
tap_status 'outside a repository' 1 "$check" -C / "$repo/client.py"
tap_status 'a file that is not there' 2 "$check" nothing.py
mkfifo "$scratch/pipe"
tap_status 'a pipe is not passed over' 2 "$check" -C / "$scratch/pipe"
tap_has 'and said' "$scratch/err" 'not judged: neither a file nor a folder'
tap_status 'a revision that is not there' 2 "$check" --tree nonsense
tap_status 'two sources at once' 2 "$check" --staged --all
tap_status 'outside a repository, without a path' 2 "$check" -C / --all

# ---- options
tap_status '--today that is no date' 2 "$check" --today 2026-02-30
tap_status '--max-days that is no number' 2 "$check" --max-days many
printf 'x = 1\n' >plain.py
tap_status '-q says nothing of a clean file' 0 "$check" -q plain.py
tap_ok 'not a byte' test ! -s "$scratch/out"
tap_status '--color always' 1 "$check" --color always
tap_has 'has escapes' "$scratch/out" "$(printf '\033[')"
tap_status 'a pipe gets none' 1 "$check"
tap_lacks 'not one' "$scratch/out" "$(printf '\033')"
mkdir tests && cp client.py tests/client.py
tap_status 'a setting in a test' 0 "$check" tests
tap_has 'is told in the summary' "$scratch/out" 'in 1 file, and 1 that does not block (in tests)'
tap_lacks 'and not shown' "$scratch/out" 'client.py:'
tap_status 'a setting in a test and one elsewhere' 1 "$check" -v tests client.py
tap_has 'are both shown by -v' "$scratch/out" 'tests/client.py:2:27: low: TLS certificate verification'
tap_status 'a setting in a test, in JSON' 0 "$check" --format json tests
tap_ok 'is marked' jq -e '.exceptions[0].in_tests and (.findings[0].blocking | not)' "$scratch/out"
printf 'require: [{kind: setting, tests: yes, block: yes}]\n' >"$scratch/strict.yaml"
tap_status 'where the policy asks for it' 1 "$check" --policy "$scratch/strict.yaml" tests
tap_lacks 'tests are judged like the rest' "$scratch/out" 'in tests'
rm -r tests
printf 'nonsense: true\n' >"$scratch/bad.yaml"
tap_status 'a broken policy' 2 "$check" --policy "$scratch/bad.yaml"
tap_has 'is named with its line' "$scratch/err" 'bad.yaml:1:'
printf 'owners: [a, b]\nowners: [c]\n' >"$scratch/bad.yaml"
tap_status 'a key that stands twice' 2 "$check" --policy "$scratch/bad.yaml"
tap_has 'with its line too' "$scratch/err" 'bad.yaml:2:'
if [ -e /dev/full ]; then
	tap_status 'output that gets lost' 2 sh -c "'$check' --all >/dev/full"
fi

# ---- formats
tap_status 'JSON' 1 "$check" --format json
cat >"$scratch/contract.jq" <<'EOF'
(.tool | has("name") and has("version")) and (.source | has("kind") and has("base") and has("head")) and
(.today | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")) and
(.exceptions | length == 3 and all(.[]; has("check") and has("rule") and has("kind") and has("severity") and
	has("path") and has("line") and has("column") and has("end_line") and has("end_column") and has("id") and
	has("text") and has("accepted") and has("justification") and has("days_left"))) and
(.findings | length > 0 and all(.[]; has("check") and has("rule") and has("kind") and has("problem") and
	has("severity") and has("blocking") and has("path") and has("line") and has("column") and has("message") and
	has("fix") and has("fingerprint"))) and
(.summary | .files == 3 and has("bytes") and .exceptions == 3 and has("findings") and has("blocking") and
	has("elapsed_ms"))
EOF
cp "$scratch/out" "$scratch/report.json"
tap_ok 'holds what the contract says' jq -e -f "$scratch/contract.jq" "$scratch/report.json"
printf '@SuppressWarnings({\n  "unchecked",\n  "java:S106"\n})\nclass A {}\n' >"$scratch/A.java"
tap_status 'a marker with a list' 1 "$check" --format json "$scratch/A.java"
tap_ok 'has its ids as a plain list' jq -e '.exceptions[0].id == "unchecked, java:S106"' "$scratch/out"
for format in sarif gitlab; do
	tap_status "$format" 1 "$check" --format $format
	cp "$scratch/out" "$scratch/report.json"
	tap_ok "$format is JSON" jq -e . "$scratch/report.json"
done
tap_status 'github' 1 "$check" --format github
tap_has 'is an annotation' "$scratch/out" '::error file=client.py,line=2,'
tap_status 'junit' 1 "$check" --format junit
tap_has 'is XML' "$scratch/out" '<testsuites'
tap_status 'several, one to a file' 1 "$check" --format text --format "sarif=$scratch/report.sarif"
tap_ok 'which is whole' jq -e '.version == "2.1.0"' "$scratch/report.sarif"
tap_status 'an unknown format' 2 "$check" --format nonsense

# ---- the policy of a range
cat >.warrant.yaml <<'EOF'
require:
  - block: no
exceptions:
  - rule: python-requests-verify-false
    path: third.py
    reason: the peer is this very process
    until: 2026-06-30
EOF
printf 'import requests\nrequests.get("https://z", verify=False)\n' >third.py
cp third.py fourth.py
git add -A && git commit -q -m 'Loosen the policy'
tap_status 'a change cannot loosen what judges it' 1 "$check" --range HEAD~1..HEAD --today 2026-06-01
tap_has 'what it did not justify is refused' "$scratch/out" 'fourth.py:2:'
tap_lacks 'its exceptions: count' "$scratch/out" 'third.py:2:'
tap_status 'and is told' 1 "$check" --range HEAD~1..HEAD --today 2026-06-01 --format json
cp "$scratch/out" "$scratch/report.json"
tap_ok 'as an exception of kind policy' jq -e '.exceptions | any(.kind == "policy")' "$scratch/report.json"
git rm -q third.py && git commit -q -m 'Take it away'
tap_status 'an entry that matches nothing' 1 "$check" --all
tap_has 'is stale' "$scratch/out" '[stale-policy-exception]'

# ---- files that are wanted by name
printf 'CVE-2020-0001\n\0\nCVE-2020-0002\n' >.trivyignore
git add -A
tap_status 'a NUL byte hides no ignore file' 1 "$BUILD/checks/trivyignore-check" --staged -v
tap_has 'nor what follows it' "$scratch/out" '.trivyignore:3:'
dd if=/dev/zero of=.trivyignore bs=1 count=1 seek=33554432 2>"$scratch/dd"
tap_status 'nor does its size' 2 "$BUILD/checks/trivyignore-check" --format json .trivyignore
cp "$scratch/out" "$scratch/report.json"
tap_ok 'and the check that wanted it says so' \
	jq -e '.findings[0] | .check == "trivyignore-check" and .rule == "file-too-large"' "$scratch/report.json"
mv .trivyignore film.bin
tap_status 'a film that no check wants is left alone' 0 "$check" film.bin
tap_end
