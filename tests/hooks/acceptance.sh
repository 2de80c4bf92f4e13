#!/bin/sh
# What a user gets: hooks enabled by install.sh in a fresh repository, driven by real commits and pushes.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

repo=$scratch/repo
git init -q "$repo"
"$root/install.sh" --enable-only --repo "$repo" --build "$BUILD" >"$scratch/out" 2>&1
tap_has 'install.sh says what it did' "$scratch/out" 'hooks enabled in'
cd "$repo" || exit 1

commit() { git add -A && git commit -q -m "${1:-Change something}"; }
undo() { git reset -q --hard; }

echo 'A tool.' >README.md
tap_status 'a harmless first commit passes' 0 commit 'Begin'

# ---- an insecure setting
cat >client.py <<'EOF'
import requests


def fetch(url):
    return requests.get(url, verify=False)
EOF
tap_status 'verify=False is refused' 1 commit
tap_has 'says where' "$scratch/err" 'client.py:5:30: high:'
tap_has 'says what' "$scratch/err" '[python-requests-verify-false]'
tap_has 'says how to fix it' "$scratch/err" 'fix: '
tap_has 'says how to justify it' "$scratch/err" '# reason: <why'
tap_has 'one summary line' "$scratch/err" 'pre-commit: refused, 1 exception without a justification in 1 file'
until=$(date -u -d '+30 days' +%F 2>/dev/null || date -u -v+30d +%F)
cat >client.py <<EOF
import requests


def fetch(url):
    # reason: the test server's certificate is made anew at each start
    # until: $until
    return requests.get(url, verify=False)
EOF
tap_status 'with the justification it passes' 0 commit

# ---- changes around it
{
	echo '"""Fetches things."""'
	cat client.py
} >moved.py && git rm -q --cached client.py && rm client.py
tap_status 'moving justified code passes' 0 commit 'Move the client'
grep -v '# reason' moved.py >new.py && mv new.py moved.py
tap_status 'removing the justification is refused' 1 commit
tap_has 'names what is missing' "$scratch/err" 'moved.py:'
undo
sed 's/url, verify/url,  verify/' moved.py >new.py && mv new.py moved.py
tap_status 'reformatting the line passes' 0 commit

# ---- markers
echo 'import subprocess  # nosec B404' >run.py
tap_status 'a bare nosec is refused' 1 commit
tap_has 'the hint names the safe place' "$scratch/err" 'on the line above'
printf '# reason: arguments are constants, no shell is involved\nimport subprocess  # nosec B404\n' >run.py
tap_status 'a justified nosec passes' 0 commit

# ---- ignore files
echo 'CVE-2024-0001' >.trivyignore
tap_status 'an ignored vulnerability without a reason is refused' 1 commit
printf '# reason: the parser is not reachable from outside\nCVE-2024-0001\n' >.trivyignore
tap_status 'without a last day it is refused' 1 commit
tap_has 'and the last day is asked for' "$scratch/err" 'until'
printf '# reason: the parser is not reachable from outside\n# until: %s\nCVE-2024-0001\n' \
	"$(date -u -d '+20 days' +%F 2>/dev/null || date -u -v+20d +%F)" >.trivyignore
tap_status 'with both it passes' 0 commit

# ---- dependencies
printf 'Name,License\nleft-pad,WTFPL\n' >.licenses.csv
cat >.warrant.yaml <<'EOF'
licenses:
  allow: [MIT]
push:
  protected: [main]
EOF
lock() { # NAME LICENSE
	cat >package-lock.json <<EOF
{
  "name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "app", "version": "1.0.0", "dependencies": { "direct": "^1.0.0" } },
    "node_modules/direct": { "version": "1.0.0", "license": "MIT", "dependencies": { "$1": "1" } },
    "node_modules/$1": { "version": "1.0.0", "license": "$2" }
  }
}
EOF
}
lock left-pad WTFPL
tap_status 'an approved dependency passes' 0 commit 'Add dependencies'
lock evil-pad GPL-3.0-only
tap_status 'a new dependency that nobody approved is refused' 1 commit
tap_has 'with the chain' "$scratch/err" 'direct › evil-pad'
tap_has 'with the line to add' "$scratch/err" 'evil-pad,GPL-3.0-only'
undo
lock left-pad GPL-3.0-only
tap_status 'another licence than the approved one is refused' 1 commit
undo

# ---- messages
tap_status 'an empty line 2 is asked for, mildly' 0 git commit -q --allow-empty -m 'Subject
body'

# ---- pushes
git init -q --bare "$scratch/remote.git"
git remote add origin "$scratch/remote.git"
tap_status 'the first push of a protected branch passes' 0 git push -q origin main
git commit -q --allow-empty -m 'Another'
tap_status 'a direct push to it is refused' 1 git push -q origin main
tap_has 'and says so' "$scratch/err" 'refs/heads/main is protected'
git checkout -q -b topic
echo 'import requests; requests.get("https://x", verify=False)' >skipped.py
git add skipped.py && git commit -q --no-verify -m 'Skip the hooks'
tap_status 'what --no-verify let through is refused at the push' 1 git push -q origin topic
tap_has 'with its place' "$scratch/err" 'skipped.py:1:'
tap_status 'and in CI, on the same range' 1 "$BUILD/checks/justification-check" --range origin/main..HEAD
tap_status 'as JSON' 1 "$BUILD/checks/justification-check" --range origin/main..HEAD --format json
tap_ok 'which is one object with one finding' \
	sh -c "jq -e '.findings | length == 1 and .[0].path == \"skipped.py\"' <'$scratch/out'"

# ---- an existing hook
other=$scratch/other
git init -q "$other"
printf '#!/bin/sh\necho before >&2\n' >"$other/.git/hooks/pre-commit" && chmod +x "$other/.git/hooks/pre-commit"
tap_ok 'an existing hook is kept' "$root/install.sh" --enable-only --repo "$other" --build "$BUILD"
cd "$other" || exit 1
echo x >x && git add x
tap_status 'and runs first' 0 git commit -q -m 'Try'
tap_has 'its output is there' "$scratch/err" 'before'
printf '#!/bin/sh\nexit 7\n' >.git/hooks/pre-commit
tap_status 'its refusal holds' 1 git commit -q --allow-empty -m 'Try'
tap_ok 'uninstalling' "$root/install.sh" --uninstall --repo "$other"
tap_ok 'leaves it there' grep -q 'exit 7' .git/hooks/pre-commit
tap_end
