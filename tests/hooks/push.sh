#!/bin/sh
# pre-push: what a push adds in the end (judge: tip) and on the way (judge: every-commit), forced pushes, odd refs, and remotes
# that are known by another name.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

check=$BUILD/checks/justification-check
new_repo "$scratch/repo"
remote=$scratch/remote.git
git init -q --bare "$remote" && git remote add origin "$remote"
# Debt that was there before, on main and on the remote.
plain base.py && bad debt.py && git add -A && unjudged && git push -q --no-verify origin main
main=$(head_of)
again() { git checkout -q -f main && git reset -q --hard "$main" && git clean -qfdx; }
policy() { # TEXT: the policy of main, here and on the remote
	again && printf '%s\n' "$1" >.warrant.yaml && git add -A && unjudged && git push -q --no-verify -f origin main
	main=$(head_of)
}
step() { git add -A && unjudged; }

# ---- the same scenes under both settings: NAME, what tip says, what every-commit says, COMMAND that makes the commits
both_settings() {
	scene_name=$1 scene_tip=$2 scene_every=$3 scene=$4
	for setting in tip every-commit; do
		policy "push: {judge: $setting}"
		git checkout -q -b topic && $scene >"$scratch/scene" 2>&1
		[ $setting = tip ] && scene_want=$scene_tip || scene_want=$scene_every
		case $scene_want in
		pass) passed "$scene_name, judge: $setting" git push -q origin topic ;;
		*) refused "$scene_name, judge: $setting" git push -q origin topic ;;
		esac
		if [ $setting = tip ]; then set --; else set -- --every-commit; fi
		"$check" --range main..topic "$@" >"$scratch/out" 2>"$scratch/err"
		[ $? -eq "$([ "$scene_want" = pass ] && echo 0 || echo 1)" ]
		tap_result $? "$scene_name, judge: $setting: CI says the same"
		again && git branch -q -D topic && git push -q --no-verify origin :topic 2>/dev/null
	done
}
add_and_remove() { bad a.py && step && git rm -q a.py && unjudged; }
stays() { bad a.py && step && plain b.py && step; }
clean() { good a.py && step && plain a.py && step; }
justified_later() { bad a.py && step && good a.py && step; }
reverted() { git rm -q debt.py && unjudged && git revert --no-edit HEAD; }
moved_debt() { git mv debt.py moved.py && unjudged && git mv moved.py again.py && unjudged; }
moved_and_changed() { { plain '/dev/stdout'; cat debt.py; } >moved.py && git rm -q debt.py && step; }
copied() { cp debt.py copy.py && step && git rm -q copy.py && unjudged; }
touched_debt() { echo '# nothing' >>debt.py && step; }
merged_main() { # main goes on, with more debt, and is merged
	git checkout -q main && bad more.py && plain base.py 9 && step && git push -q --no-verify origin main
	git checkout -q topic && plain c.py && step && git merge -q --no-edit main
}
merged_conflict() { # both sides' debt in one file: nothing is added
	git checkout -q main && { cat debt.py; echo 'x = 1'; } >new && mv new debt.py && step && git push -q --no-verify origin main
	git checkout -q topic && { cat debt.py; echo 'y = 1'; } >new && mv new debt.py && step
	git merge -q main || { printf '%s\nx = 1\ny = 1\n' "$bad_line" >debt.py && git add -A && unjudged; }
}
evil_merge() { # the merge itself adds, and the next commit takes it out
	git checkout -q -b side && plain s.py && step && git checkout -q topic && plain t.py && step
	git merge -q --no-commit --no-ff side && bad evil.py && git add -A && unjudged && git rm -q evil.py && unjudged
}
octopus() {
	for side in one two; do git checkout -q -B "$side" main && plain "$side.py" && step; done
	git checkout -q topic && plain three.py && step && git merge -q --no-edit one two && add_and_remove
}
twice() { bad a.py && step && git rm -q a.py && unjudged && bad a.py && step && git rm -q a.py && unjudged; }
deep() { mkdir -p d/e && plain d/e/f.py && step && bad d/e/f.py && step && plain d/e/f.py 2 && step; }
in_a_link() { ln -s base.py link.py && step && rm link.py && bad link.py && step && rm link.py && ln -s base.py link.py && step; }
both_settings 'added and taken out again' pass refuse add_and_remove
both_settings 'added, and still there' refuse refuse stays
both_settings 'nothing bad' pass pass clean
both_settings 'justified by a later commit' pass refuse justified_later
both_settings 'old debt taken out and reverted' pass refuse reverted
both_settings 'old debt moved twice' pass pass moved_debt
both_settings 'old debt moved and changed' pass pass moved_and_changed
both_settings 'old debt copied, and the copy removed' pass refuse copied
both_settings 'old debt touched' pass pass touched_debt
both_settings 'main merged, with debt of its own' pass pass merged_main
both_settings 'a conflict between two sides with debt' pass pass merged_conflict
both_settings 'a merge that adds by itself' pass refuse evil_merge
both_settings 'a merge of three' pass refuse octopus
both_settings 'added twice, removed twice' pass refuse twice
both_settings 'in a folder' pass refuse deep
both_settings 'a link that was a file in between' pass refuse in_a_link

# ---- how it is told
policy 'push: {judge: every-commit}'
git checkout -q -b topic && add_and_remove && commit=$(git rev-parse HEAD~1)
refused 'a bad commit' git push -q origin topic
tap_has 'names the commit' "$scratch/err" "added in commit $(echo "$commit" | cut -c1-12)"
tap_has 'says how to go on' "$scratch/err" 'git rebase -i'
"$check" --range main..topic --every-commit --format json >"$scratch/json" 2>/dev/null
tap_has 'JSON: the whole id' "$scratch/json" "\"commit\":\"$commit\""
tap_has 'JSON: and no exception that is gone in the end' "$scratch/json" '"exceptions": []'
tap_status '--every-commit without a range' 2 "$check" --every-commit --all
again && git branch -q -D topic
git checkout -q -b topic && stays && "$check" --range main..topic --every-commit --format json >"$scratch/json" 2>/dev/null
[ "$(grep -c '"message"' "$scratch/json")" = 1 ]
tap_result $? 'what stays is told once'
again && git branch -q -D topic

# ---- what the remote has
git checkout -q -b topic && add_and_remove
git push -q --no-verify origin topic && git checkout -q -b second && plain d.py && step
passed 'a commit that the remote has is not judged again' git push -q origin second
again && git push -q --no-verify origin :topic :second && git branch -q -D topic second
git checkout -q -b topic && plain d.py && step
passed 'a remote given by its URL' git push -q "$remote" topic
git push -q --no-verify origin :topic
refused 'a remote that is not known: all is new, the old debt too' git push -q "file://$remote" topic
git config remote.other.url "file://$remote" && git config remote.other.fetch '+refs/heads/*:refs/remotes/other/*' && git fetch -q other
passed 'until it is' git push -q "file://$remote" topic
again && git branch -q -D topic && git push -q --no-verify origin :topic
git init -q --bare "$scratch/empty.git"
refused 'an empty remote' git push -q "$scratch/empty.git" main

# ---- forced pushes
policy 'push: {protected: [main], no_force: ["rel-*", "v*"]}'
git push -q --no-verify origin main:rel-1 main:v-branch main:refs/tags/v1 && git fetch -q
git checkout -q -b topic && plain e.py && step
denied() { # NAME TEXT COMMAND...
	denied_name=$1 denied_text=$2
	shift 2
	tap_status "$denied_name" 1 "$@"
	tap_has "$denied_name: says so" "$scratch/err" "$denied_text"
}
denied 'protected: a push' 'refs/heads/main is protected and takes no direct push' git push -q origin topic:main
denied 'protected: a forced push' 'takes no forced push' git push -q -f origin main~1:main
denied 'protected: a deletion' 'may not be deleted' git push -q origin :main
passed 'no_force: a push that adds' git push -q origin topic:rel-1
denied 'no_force: a forced push' 'refs/heads/rel-1 takes no forced push' git push -q -f origin main:rel-1
denied 'no_force: a branch of that name, too' 'refs/heads/v-branch may not be deleted' git push -q origin :v-branch
denied 'no_force: a tag that moves' 'refs/tags/v1 may not be moved' git push -q -f origin topic:refs/tags/v1
denied 'no_force: a tag that goes' 'refs/tags/v1 may not be deleted' git push -q origin :v1
git -C "$remote" update-ref refs/heads/rel-2 "$(git -C "$remote" commit-tree -m 'Not fetched' "$(git rev-parse 'main^{tree}')")"
denied 'no_force: over a commit that was never fetched' 'takes no forced push' git push -q -f origin main:rel-2
passed 'another branch' git push -q origin topic
passed 'takes force' git push -q -f origin main:topic
again && git branch -q -D topic

# ---- odd refs
bad f.py && step && git branch odd && again
refused 'a tree' git push -q origin 'odd~0^{tree}:refs/tags/tree'
refused 'a file' git push -q origin 'odd:f.py:refs/tags/file.py'
feed() { printf '%s\n' "$1" | "$BUILD/hooks/pre-push" origin url; }
tap_status 'a line of another form' 2 feed 'refs/heads/a none'
tap_status 'an id of another kind' 2 feed "a $main$main b $main$main"
tap_status 'ids of two kinds' 2 feed "a $main b ${main}000000000000000000000000"
no_line() { "$BUILD/hooks/pre-push" origin url </dev/null; }
tap_status 'no line' 0 no_line

# ---- many refs
git rev-list --all | head -n 1 >"$scratch/id"
awk -v id="$(cat "$scratch/id")" 'BEGIN { for (i = 0; i < 5000; i++) print "create refs/remotes/origin/many" i " " id }' | git update-ref --stdin
bad g.py && step
refused 'beside thousands of remote refs' git push -q origin main:many
# ---- the program, for other managers and servers: the options that all checks share
policy 'push: {judge: tip}'
git checkout -q -b topic && bad one.py && step
lines="refs/heads/topic $(head_of) refs/heads/topic $(printf %040d 0)"
push_check() { printf '%s\n' "$lines" | "$BUILD/checks/push-check" "$@"; }
tap_status 'push-check: refuses what the hook refuses' 1 push_check origin
tap_status 'push-check: as JSON, from elsewhere' 1 push_check -C "$scratch/repo" --format json origin "$remote"
cp "$scratch/out" "$scratch/report.json"
tap_ok 'push-check: its name and the finding' jq -e '.tool.name == "push-check" and .findings[0].path == "one.py"' "$scratch/report.json"
printf 'rules: {off: [python-requests-verify-false]}\n' >"$scratch/lax.yaml"
tap_status 'push-check: by another policy' 0 push_check --policy "$scratch/lax.yaml" origin
tap_status 'push-check: a policy that is not there' 2 push_check --policy "$scratch/none.yaml" origin
tap_status 'push-check: no source can be named' 2 push_check --all
push_nothing() { "$BUILD/checks/push-check" "$@" </dev/null; }
tap_status 'push-check: a push of nothing is a report too' 0 push_nothing --format json
tap_has 'push-check: without findings' "$scratch/out" '"findings": []'
tap_end
