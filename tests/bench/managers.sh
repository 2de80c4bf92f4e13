#!/bin/sh
# What a whole `git commit` of one file costs with Warrant's hooks, in both placements, beside an empty shell hook and beside hook
# managers that run nothing but `true`: medians of ratios to a commit without hooks, in one run. Managers are measured where they
# are installed (on PATH, or in the folder that MANAGERS names, such as node_modules/.bin).
#
#     BUILD=build MANAGERS=DIR tests/bench/managers.sh [FILES...]
set -eu
: "${BUILD:=build}"
root=$(cd "$(dirname "$0")/../.." && pwd)
case $BUILD in /*) ;; *) BUILD=$root/$BUILD ;; esac
PATH=${MANAGERS:+$MANAGERS:}$PATH
pair=$BUILD/tests/bench/pair
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH HOME="$work" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A \
	GIT_COMMITTER_EMAIL=a@example.org
# shellcheck source=tests/bench/repository.sh
. "$root/tests/bench/repository.sh"
[ $# -gt 0 ] || set -- 100 100000

# Hooks in folders of their own, so that one repository serves for all.
mkdir "$work/none" "$work/empty"
printf '#!/bin/sh\nexit 0\n' >"$work/empty/pre-commit"
chmod +x "$work/empty/pre-commit"
keep() { # NAME : what the manager has installed
	mv .git/hooks "$work/$1"
	mkdir .git/hooks
}

set_up() { # in the repository
	"$root/install.sh" --enable-only --repo . --build "$BUILD" >/dev/null 2>&1
	keep "warrant in pre-commit"
	"$root/install.sh" --enable-only --repo . --build "$BUILD" --at commit-msg >/dev/null 2>&1
	keep "warrant in commit-msg"
	printf 'pre-commit:\n  commands:\n    one: {run: "true"}\n' >lefthook.yml
	cat >.pre-commit-config.yaml <<'EOF'
repos:
  - repo: local
    hooks:
      - {id: one, name: one, language: system, entry: "true", always_run: true, pass_filenames: false}
EOF
	for manager in lefthook prek pre-commit; do
		command -v $manager >/dev/null || continue
		"$manager" install >/dev/null 2>&1
		keep $manager
	done
	command -v husky >/dev/null || return 0
	echo '{}' >package.json
	husky >/dev/null
	echo true >.husky/pre-commit
	git config --unset core.hooksPath
	ln -s "$PWD/.husky/_" "$work/husky"
}

for count; do
	make_repo "$count" "$work/repo"
	cd "$work/repo"
	git commit -q -m 'Change something'
	set_up
	for name in empty 'warrant in pre-commit' 'warrant in commit-msg' husky lefthook prek pre-commit; do
		[ -d "$work/$name" ] || continue
		"$pair" -n 21 -- git -c core.hooksPath="$work/$name" commit -q --amend -m x -- \
			git -c core.hooksPath="$work/none" commit -q --amend -m x |
			awk -v name="$name, $count files" '{ printf "%-44s %s times a commit without hooks, +%.1f ms\n", name, $1, $3 - $6 }'
	done
	cd "$work"
	rm -rf repo warrant* husky lefthook prek pre-commit
done
