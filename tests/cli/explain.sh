#!/bin/sh
# --explain: what a program tells of a rule, of every check, by id, code and nearly right name.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

check=$BUILD/checks/justification-check
empty=$scratch/empty
mkdir "$empty" && cd "$empty" || exit 1

page() { # RULE, into $scratch/page
	tap_status "--explain $1" 0 "$check" --explain "$1"
	cp "$scratch/out" "$scratch/page"
}
tells() { # WHAT TEXT
	tap_has "tells $1" "$scratch/page" "$2"
}

# ---- a rule of the packs
page python-requests-verify-false
tells 'code and id' 'TLS01  python-requests-verify-false'
tells 'the title' 'Python HTTP client does not verify certificates'
tells 'why it matters' 'Without verification anybody between'
tells 'the weakness' 'CWE-295, https://cwe.mitre.org/data/definitions/295.html'
tells 'the fix' 'pass verify="/path/to/ca.pem"'
tells 'how to justify it' '# reason: <why this is acceptable here>'
tells 'how long' '# until: <at most '
tells 'what else may be done' 'or at the end of the line itself'
tells 'files without comments apart' '*.ipynb: in .warrant.yaml:'
tells 'what is found' 'Found, in example.py'
tells 'an example' '    r = requests.get(url, verify=False)'
tells 'what is not found' 'Not found, in example.py'
tells 'what others call it' '    bandit B501, Sonar S4830, DevSkim DS126186'
tap_ok 'no line is longer than a page is wide' sh -c "! sed '/^files/d; /ound, in/,\$d' '$scratch/page' | grep -q '.\\{101\\}'"

# ---- where words are safe
page bandit-nosec
tells 'where words are not safe' 'not right behind the marker'
page gosec-nosec
tells "the tool's own syntax" "or in the tool's own syntax: // #nosec G304 -- <why>"
printf 'justification: {style: keyed}\n' >"$scratch/keyed.yaml"
tap_status 'under a policy that wants keys' 0 "$check" --explain gosec-nosec --policy "$scratch/keyed.yaml"
tap_lacks "the tool's own syntax is not offered" "$scratch/out" "tool's own syntax"
page eslint-rule-off
tells 'comments of one language' '// reason:'
tells 'and of another' '# reason:'

# ---- by code, in any case
page TLS01
tells 'all rules of the code' 'python-requests-verify-false'
tells 'the others too' 'python-client-tls-option-off'
page tls05
tells 'whatever the case' 'TLS05  go-tls-insecure-skip-verify'

page tls
tells 'what a family holds' '| TLS05 | go-tls-insecure-skip-verify | setting | high |'
tap_lacks 'and no other' "$scratch/page" '| VER'
page k8s
tells 'a family with a digit in its name' '| K8S01 |'

# ---- rules of checks and runs, asked of any program
for pair in message-empty:MSG01 dependency-license:LIC01 push-protected-branch:PSH01 policy-changed:POL01 \
	stale-policy-exception:POL02 file-not-judged:LIM01 file-too-large:LIM02 trivyignore-entry:IGN145; do
	page "${pair#*:}"
	tells "${pair%%:*}" "${pair#*:}  ${pair%%:*}"
done
tap_lacks 'no comment allows an oversized file' "$scratch/page" '<at most 0'
tap_status 'another program' 0 "$BUILD/checks/commit-message-check" --explain TLS05
page file-too-large
tap_lacks 'what cannot be justified offers no words' "$scratch/page" 'reason:'
page dependency-license
tells 'where a licence is justified' 'in .warrant.yaml:'
page expired
tells 'a problem too' 'the last day is over'

# ---- rules of the policy
cat >"$scratch/own.yaml" <<'END'
rules:
  own:
    - id: our-debug-endpoint
      kind: setting
      severity: high
      title: Debug endpoint is open
      why: "\e[31mIt shows too much."
      fix: remove expose_debug
      files: ["*.conf"]
      literals: [expose_debug]
      pattern: '^\s*expose_debug\s+on'
      match: ["expose_debug on"]
END
tap_status 'a rule of the policy' 0 "$check" --explain our-debug-endpoint --policy "$scratch/own.yaml"
cp "$scratch/out" "$scratch/page"
tells 'its title' 'Debug endpoint is open'
tells 'its example' '    expose_debug on'
tap_lacks 'no escape byte reaches the terminal' "$scratch/page" "$(printf '\033')"

# ---- nearly right
nearly() { # NAME MEANT
	tap_status "--explain $1" 2 "$check" --explain "$1"
	tap_has "suggests $2" "$scratch/err" "did you mean $2"
}
nearly python-request-verify-false python-requests-verify-false
nearly go-tls-insecure-skipverify go-tls-insecure-skip-verify
nearly nosec bandit-nosec
nearly LIC02 'dependency-license (LIC01)'
tap_status 'nothing like it' 2 "$check" --explain xyzzyxyzzyx
tap_has 'names the list' "$scratch/err" '--list-rules lists ids and codes'
tap_end
