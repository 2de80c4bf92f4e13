#!/bin/sh
# Under other hook managers: the snippets of the README, tried with the real ones where they are installed (on PATH, or in the
# folder that MANAGERS names, such as node_modules/.bin).
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"
PATH=$BUILD/checks:${MANAGERS:+$MANAGERS:}$PATH
export PATH PRE_COMMIT_HOME="$HOME/pre-commit" PREK_HOME="$HOME/prek" CI=true

has() { command -v "$1" >/dev/null 2>&1; }
fresh() { git init -q "$1" && cd "$1" || exit 1; }
# What every manager must do: refuse the bad, pass the good, whatever the work tree holds.
judged() { # NAME
	git add -A && unjudged
	both "$1"
	bad hidden.py && git add hidden.py && plain hidden.py
	refused "$1, bad only in the index" commit
	git reset -q --hard
}

# ---- pre-commit and prek: .pre-commit-hooks.yaml
git init -q "$scratch/hooks-repository"
cp "$root/.pre-commit-hooks.yaml" "$scratch/hooks-repository/"
git -C "$scratch/hooks-repository" add -A && git -C "$scratch/hooks-repository" commit -q -m 'Hooks'
git -C "$scratch/hooks-repository" tag v1

pre_commit_config() {
	cat >.pre-commit-config.yaml <<EOF
repos:
  - repo: $scratch/hooks-repository
    rev: v1
    hooks:
      - id: justification-check
      - id: trivyignore-check
      - id: license-check
      - id: commit-message-check
EOF
}
for manager in pre-commit prek; do
	has $manager || {
		tap_skip "$manager" 'not installed'
		continue
	}
	fresh "$scratch/with-$manager" && pre_commit_config
	tap_ok "$manager install" $manager install --hook-type pre-commit --hook-type commit-msg
	judged "$manager"
	# Enabled beside it, both run.
	tap_ok "$manager: install.sh beside it" "$root/install.sh" --enable-only --repo . --build "$BUILD"
	both "$manager and the hooks of install.sh" beside.py
	tap_ok "$manager: --status" "$root/install.sh" --status --repo .
done
if has pre-commit; then
	fresh "$scratch/after" && pre_commit_config && put_hooks .git/hooks
	tap_ok 'pre-commit, installed over ours' pre-commit install
	judged 'pre-commit over ours'
fi

# ---- lefthook
if has lefthook; then
	fresh "$scratch/with-lefthook"
	cat >lefthook.yml <<'EOF'
pre-commit:
  commands:
    justification: {run: justification-check --staged}
    trivyignore: {run: trivyignore-check --staged}
    license: {run: license-check --staged}
commit-msg:
  commands:
    message: {run: 'commit-message-check {1}'}
pre-push:
  commands:
    push: {run: 'push-check {1}', use_stdin: true}
EOF
	tap_ok 'lefthook install' lefthook install
	judged 'lefthook'
	tap_ok 'lefthook: install.sh beside it' "$root/install.sh" --enable-only --repo . --build "$BUILD"
	both 'lefthook and the hooks of install.sh' beside.py
	git init -q --bare "$scratch/lefthook.git" && git remote add origin "$scratch/lefthook.git"
	bad pushed.py && git add pushed.py && unjudged
	refused 'lefthook, at the push' git push -q origin HEAD:refs/heads/topic
else
	tap_skip 'lefthook' 'not installed'
fi

# ---- husky
if has husky; then
	fresh "$scratch/with-husky" && echo '{}' >package.json
	tap_ok 'husky' husky
	printf '%s\n' 'justification-check --staged' 'trivyignore-check --staged' 'license-check --staged' >.husky/pre-commit
	echo "commit-message-check \"\$1\"" >.husky/commit-msg
	judged 'husky'
	tap_ok 'husky: install.sh beside it' "$root/install.sh" --enable-only --repo . --build "$BUILD"
	echo 'echo husky was here' >.husky/pre-commit
	both 'husky and the hooks of install.sh' beside.py
	tap_has 'husky runs first' "$scratch/err" 'husky was here'
	husky >/dev/null 2>&1
	tap_ok 'husky run again, as npm install does, does not take ours out' "$root/install.sh" --status --repo .
	git worktree add -q "$scratch/husky-second" && cd "$scratch/husky-second" || exit 1
	both 'in a new work tree, where husky has no folder' second.py
else
	tap_skip 'husky' 'not installed'
fi
tap_end
