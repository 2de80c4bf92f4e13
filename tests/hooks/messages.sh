#!/bin/sh
# Commit messages as git makes them: what is judged is what git records, whoever strips comments and however the commit is made.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

# Puts $text above what git has in the file, and $below under it.
cat >"$scratch/editor" <<'EOF'
#!/bin/sh
{ printf '%b' "$text"; cat "$1"; printf '%b' "$below"; } >"$1.edited" && mv "$1.edited" "$1"
EOF
chmod +x "$scratch/editor"
export text='' below=''

policy() { # LINES of message:
	printf 'version: 1\nmessage:\n' >.warrant.yaml
	printf '  %s\n' "$@" >>.warrant.yaml
	git add .warrant.yaml && unjudged
}
message_of() { git log -1 --format=%B; }
edited() { GIT_EDITOR="$scratch/editor" "$@"; }

# ---- cleaning. The word is forbidden: a commit is to be refused just when git records it.
new_repo "$scratch/cleaning"
policy 'words: [tabuword]' 'body_width: "off"'
agrees() { # WANT NAME COMMAND...
	agrees_want=$1 agrees_name=$2 agrees_got=passes agrees_recorded=passes
	agrees_start=$(head_of)
	shift 2
	rm -f .git/index.lock
	"$@" --no-verify >"$scratch/out" 2>"$scratch/err" </dev/null
	! message_of | grep -qw tabuword || agrees_recorded=refused
	[ "$(head_of)" != "$agrees_start" ] || agrees_recorded='not recorded'
	git reset -q --soft "$agrees_start"
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null || agrees_got=refused
	[ "$agrees_got $agrees_recorded" = "$agrees_want $agrees_want" ]
	agrees_ok=$?
	tap_result $agrees_ok "$agrees_name: $agrees_want"
	[ $agrees_ok -eq 0 ] || {
		echo "# git: $agrees_recorded, hook: $agrees_got"
		tap_show
	}
	git reset -q --soft "$agrees_start"
}
empty() { git "$@" --allow-empty -q; }

agrees refused '-m' empty commit -m 'A tabuword'
agrees passes '-m' empty commit -m 'A word'
agrees passes '-m, part of a word' empty commit -m 'A tabuwords'
agrees refused '-m, a line with # stays' empty commit -m '#12 A tabuword'
agrees refused '-m, a block of # stays' empty commit -m Subject -m "$(printf '# a\n# b\n#\n# tabuword')"
agrees refused '-m, --cleanup of the configuration' empty -c commit.cleanup=whitespace commit -m Subject -m '# tabuword'
agrees passes '-m, commit.cleanup=strip' empty -c commit.cleanup=strip commit -m Subject -m '# tabuword'
agrees refused '-m, commit.cleanup=strip' empty -c commit.cleanup=strip commit -m Subject -m 'tabuword'
agrees refused '-m, commit.cleanup=strip, another mark' \
	empty -c commit.cleanup=strip -c core.commentChar=';' commit -m Subject -m '# tabuword'
agrees refused '-m, scissors are text' \
	empty commit -m Subject -m "$(printf '# ------------------------ >8 ------------------------\ntabuword')"
printf '#12 a tabuword\n' >"$scratch/file"
agrees refused '-F' empty commit -F "$scratch/file"
text='Subject\n\n# tabuword\n' agrees passes 'an editor' edited empty commit
text='# tabuword\nSubject\n' agrees passes 'an editor, the first line a comment' edited empty commit
text='Subject\n\ntabuword\n' agrees refused 'an editor' edited empty commit
text='Subject\n' below='tabuword\n' agrees refused 'an editor, text below the template' edited empty commit
text='Subject\n' below='# tabuword\n' agrees passes 'an editor, a comment below the template' edited empty commit
text='Subject\n\n# tabuword\n' agrees passes 'an editor, commit.status=false' edited empty -c commit.status=false commit
text='Subject\n\ntabuword\n' agrees refused 'an editor, commit.status=false' edited empty -c commit.status=false commit
text='Subject\n\n# tabuword\n' agrees refused 'an editor, another mark' edited empty -c core.commentChar=';' commit
text='Subject\n\n; tabuword\n' agrees passes 'an editor, another mark' edited empty -c core.commentChar=';' commit
text='Subject\n\n- tabuword\n' agrees passes 'an editor, a mark that lists have too' edited empty -c core.commentChar=- commit
git config core.commentChar ';'
text='Subject\n\n; tabuword\n' agrees passes 'an editor, the mark in the configuration, no template' \
	edited empty -c commit.status=false commit
text='Subject\n\n# tabuword\n' agrees refused 'an editor, the mark in the configuration, no template' \
	edited empty -c commit.status=false commit
git config --unset core.commentChar
printf '# with a comment of its own\n' >"$scratch/template"
# git chooses a mark that no line of the template begins with.
text='Subject\n\n; tabuword\n' agrees passes 'core.commentChar=auto' \
	edited empty -c core.commentChar=auto -c commit.template="$scratch/template" commit
text='Subject\n\n# tabuword\n' agrees refused 'core.commentChar=auto' \
	edited empty -c core.commentChar=auto -c commit.template="$scratch/template" commit
text='Subject\n\n# tabuword\n' agrees passes 'a template with comments' \
	edited empty -c commit.template="$scratch/template" commit
text='Subject\n\n# tabuword\n' agrees refused 'commit.cleanup=scissors' edited empty -c commit.cleanup=scissors commit
text='Subject\n' below='tabuword\n' agrees passes 'commit.cleanup=scissors' edited empty -c commit.cleanup=scissors commit
text='Subject\n\n# tabuword\n' agrees refused '--cleanup=scissors' edited empty commit --cleanup=scissors
text='Subject\n' below='tabuword\n' agrees passes '--cleanup=scissors' edited empty commit --cleanup=scissors
text='Subject\n\n# tabuword\n' agrees refused 'commit.cleanup=whitespace' edited empty -c commit.cleanup=whitespace commit
text='Subject\n\n# tabuword\n' agrees refused 'commit.cleanup=verbatim' edited empty -c commit.cleanup=verbatim commit
text='Subject\n\n#plain\n' agrees passes 'commit.cleanup=verbatim' edited empty -c commit.cleanup=verbatim commit
echo tabuword >staged && git add staged
text='Subject\n' agrees passes '--verbose' edited empty commit --verbose
text='Subject\n\ntabuword\n' agrees refused '--verbose' edited empty commit --verbose
text='Subject\n' agrees passes '--verbose, another mark' edited empty -c core.commentChar='%' commit --verbose
text='Subject\n' agrees passes '--verbose, cleanup=scissors' edited empty -c commit.cleanup=scissors commit --verbose
text='Subject\n' below='# tabuword\n' agrees passes 'GIT_EDITOR=: of a script' env GIT_EDITOR=: git commit -q --allow-empty -m Subject -e
agrees refused '--amend' empty commit --amend -m 'A tabuword'
agrees passes '--amend' empty commit --amend --no-edit
mkdir -p sub && cd sub || exit 1
agrees refused 'from a subfolder' empty commit -m 'A tabuword'
cd .. || exit 1
git worktree add -q "$scratch/linked" 2>/dev/null && cd "$scratch/linked" || exit 1
tap_status 'a linked work tree' 1 empty commit -m 'A tabuword'
tap_status 'a linked work tree, another message' 0 empty commit -m 'A word'
text='Subject\n\n# tabuword\n'
tap_status 'a linked work tree, an editor' 0 edited empty commit
text=''
cd "$scratch/cleaning" || exit 1

# ---- merges, reverts, rebase, am
says_refused() { # NAME RULE COMMAND...
	says_rule=$2
	tap_name="$1: refused"
	shift 2
	says_head=$(head_of)
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	says_got=$?
	[ "$says_got" -ne 0 ] && [ "$(head_of)" = "$says_head" ] && grep -qF "[message-$says_rule]" "$scratch/err"
	says_ok=$?
	tap_result $says_ok "$tap_name"
	[ $says_ok -eq 0 ] || {
		echo "# exit status $says_got"
		tap_show
	}
}
git reset -q --hard && git checkout -q -b topic && echo t >t && git add t && unjudged
git checkout -q main && echo m >m && git add m && unjudged
git tag here
passed 'a merge with any message' git merge -q --no-ff -m 'A tabuword' topic
git reset -q --hard here
policy 'words: [tabuword]' 'merges: yes'
says_refused 'a merge, when they are judged' forbidden git merge -q --no-ff -m 'A tabuword' topic
git merge --abort 2>/dev/null || git reset -q --hard
passed 'a merge, when they are judged' git merge -q --no-ff -m 'A word' topic
git reset -q --hard HEAD^
git merge -q --no-commit --no-ff topic >/dev/null 2>&1
says_refused 'git commit that ends a merge' forbidden git commit -q -m 'A tabuword'
git merge --abort
policy 'words: [tabuword]'
git merge -q --no-commit --no-ff topic >/dev/null 2>&1
passed 'git commit that ends a merge, when they are not judged' git commit -q -m 'A tabuword'
empty commit --no-verify -m 'A tabuword'
bad_commit=$(head_of)
says_refused 'a message like a revert' forbidden empty commit -m 'Reverted "A tabuword"'
passed 'a revert' empty commit -m 'Revert "A tabuword"' -m "This reverts commit $bad_commit."
policy 'words: [tabuword]' 'reverts: yes'
says_refused 'a revert, when they are judged' forbidden \
	empty commit -m 'Revert "A tabuword"' -m "This reverts commit $bad_commit."
passed 'a revert, when they are judged' empty commit -m 'Revert "Something"' -m "This reverts commit $bad_commit."
policy 'words: [tabuword]' 'bots: ["*[[]bot] <*>"]'
passed 'a bot' empty commit --author 'dep[bot] <dep@example.org>' -m 'A tabuword'
says_refused 'no bot' forbidden empty commit --author 'dep <dep@example.org>' -m 'A tabuword'
# reword is a commit; a pick is none, and is left to the push
echo n >n && git add n && git commit -q -m 'To be reworded'
text='A tabuword\n'
says_refused 'rebase, reword' forbidden \
	env GIT_SEQUENCE_EDITOR='sed -i.b s/^pick/reword/' GIT_EDITOR="$scratch/editor" git rebase -q -i HEAD^
text=''
git rebase --abort 2>/dev/null || true
git format-patch -q -1 --stdout >"$scratch/patch" && git reset -q --hard HEAD^
sed 's/^Subject: .*/Subject: A tabuword/' "$scratch/patch" >"$scratch/bad.patch"
says_refused 'git am' forbidden git am -q "$scratch/bad.patch"
git am --abort
passed 'git am' git am -q "$scratch/patch"

# ---- who signs off
policy 'sign_off: refuse' 'merges: yes'
says_refused 'no sign-off' sign-off empty commit -m Subject
passed 'a sign-off' empty commit -s -m Subject
says_refused 'somebody else signs off' sign-off empty commit -m Subject -m 'Signed-off-by: Bob <bob@example.org>'
passed 'the author signs off' \
	empty commit --author 'Bob <bob@example.org>' -m Subject -m 'Signed-off-by: Bob <BOB@example.org>'
passed 'the committer signs off' empty commit --author 'Bob <bob@example.org>' -s -m Subject
nameless() { env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL "$@"; }
git config user.name Eve && git config user.email eve@example.org
passed 'whom the configuration names' nameless git commit -q --allow-empty -s -m Subject
says_refused 'whom it does not name' sign-off \
	nameless git commit -q --allow-empty -m Subject -m 'Signed-off-by: Ada <ada@example.org>'
passed 'git -c user.name' nameless git -c user.name=Zoe commit -q --allow-empty -s -m Subject
start=$(head_of)
git checkout -q -b signed here && echo s >s && git add s && unjudged && git checkout -q main
says_refused 'a merge' sign-off nameless git merge -q --no-ff -m 'Merge it' signed
git reset -q --hard "$start"
passed 'a merge, signed off' nameless git merge -q --no-ff --signoff -m 'Merge it' signed
git reset -q --hard "$start"
echo b >b && git add b
git commit -q --author "Bob O'Neil <bob@example.org>" --no-verify -m Subject -m "Signed-off-by: Bob O'Neil <bob@example.org>"
git format-patch -q -1 --stdout >"$scratch/patch" && git reset -q --hard HEAD^
passed 'git am, the author has signed off' git am -q "$scratch/patch"
git reset -q --hard HEAD^
sed 's/^Signed-off-by: .*/Signed-off-by: X <x@example.org>/' "$scratch/patch" >"$scratch/bad.patch"
says_refused 'git am, somebody else has' sign-off git am -q "$scratch/bad.patch"
git am --abort

# ---- what a range holds; the hook lets work in progress pass
policy 'unfinished: refuse' 'type: refuse' 'types: [fix]'
start=$(head_of)
passed 'a fixup' empty commit -m 'fixup! fix: it'
check=$BUILD/checks/commit-message-check
tap_status 'a range with a fixup' 1 "$check" --range "$start..HEAD"
tap_has 'names the commit' "$scratch/out" "commit $(git rev-parse HEAD | cut -c1-12):1:1: "
tap_has 'and the rule' "$scratch/out" '[message-unfinished]'
empty commit --no-verify --amend -m 'Fix it'
tap_status 'a range without a type' 1 "$check" --range "$start..HEAD"
empty commit --no-verify --amend -m 'fix: it'
tap_status 'a range with one' 0 "$check" --range "$start..HEAD"
git checkout -q -b side && empty commit --no-verify -m 'fix: more' && git checkout -q main
git merge -q --no-ff --no-verify -m 'WIP merge' side
tap_status 'a range with a merge' 0 "$check" --range "$start..HEAD"
empty commit --no-verify -m 'Revert "fix: it"' -m "This reverts commit $start."
empty commit --no-verify --author 'b[bot] <b@x>' -m 'Bump it'
tap_status 'a range with a revert and a bot' 1 "$check" --range "$start..HEAD"
tap_has 'the bot is judged' "$scratch/out" "commit $(git rev-parse HEAD | cut -c1-12):1:1: "
tap_lacks 'the revert is not' "$scratch/out" "commit $(git rev-parse HEAD^ | cut -c1-12):"
printf 'version: 1\nmessage: {type: refuse, reverts: yes, merges: yes, bots: ["*[[]bot] <*>"]}\n' >"$scratch/policy.yaml"
tap_status 'by another policy' 1 "$check" --policy "$scratch/policy.yaml" --range "$start..HEAD"
tap_lacks 'the bot is not' "$scratch/out" "commit $(git rev-parse HEAD | cut -c1-12):"
tap_has 'the revert is' "$scratch/out" "commit $(git rev-parse HEAD^ | cut -c1-12):1:1: "
tap_has 'and the merge' "$scratch/out" "commit $(git rev-parse HEAD^^ | cut -c1-12):1:1: "

# ---- encodings
policy 'subject_length: refuse' 'subject_max: 8'
passed 'eight characters of sixteen bytes' empty commit -m 'ääääääää'
says_refused 'nine characters' subject-length empty commit -m 'äääääääää'
latin=$(printf '\344\344\344\344\344\344\344\344')
passed 'eight characters of Latin-1' empty -c i18n.commitEncoding=ISO-8859-1 commit -m "$latin"
says_refused 'nine characters of Latin-1' subject-length empty -c i18n.commitEncoding=ISO-8859-1 commit -m "a$latin"
kana=$(printf '\244\342\244\342\244\342\244\342\244\342')
passed 'five characters of EUC-JP' empty -c i18n.commitEncoding=EUC-JP commit -m "$kana"
start=$(head_of)
empty -c i18n.commitEncoding=EUC-JP commit --no-verify -m "$kana$(printf '\244\342\244\342\244\342')"
tap_status 'a range, eight characters of EUC-JP' 0 "$check" --range "$start..HEAD"
empty -c i18n.commitEncoding=EUC-JP commit --no-verify -m "$kana$kana"
tap_status 'a range, ten characters of EUC-JP' 1 "$check" --range "$start..HEAD"
tap_has 'counted' "$scratch/out" '10 characters, at most 8'
git reset -q --soft "$start"
empty -c i18n.commitEncoding=x-unheard-of commit --no-verify -m abcdefgh 2>/dev/null
tap_status 'a range, an unknown encoding' 0 "$check" --range "$start..HEAD"
tap_lacks 'which is not spoken of' "$scratch/err" unheard
git reset -q --soft "$start"

# ---- what only warns is seen, and stops nothing
policy 'subject_max: 8'
passed 'a warning' empty commit -m 'Far too long'
tap_has 'is shown' "$scratch/err" '[message-subject-length]'
tap_has 'as one' "$scratch/err" 'this does not block'
tap_lacks 'without a summary' "$scratch/err" 'commit-msg:'
remote=$scratch/remote.git
git init -q --bare "$remote"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do empty commit --no-verify -m "Far too long $i"; done
passed 'a push of many warnings' git push -q "$remote" HEAD:refs/heads/many
shown=$(grep -c 'message-subject-length' "$scratch/err")
[ "$shown" -eq 20 ] && grep -q '^and [0-9]* more that do not block$' "$scratch/err"
tap_result $? 'shows some of them'
echo Short >"$scratch/message"
tap_status 'commit-message-check of a file that is good' 0 "$check" "$scratch/message"
echo 'Far too long' >msg
tap_status 'commit-message-check of a file that is warned of' 0 "$check" msg
tap_has 'shows it' "$scratch/out" '[message-subject-length]'
tap_status 'commit-message-check -q' 0 "$check" -q msg
tap_lacks 'shows nothing' "$scratch/out" 'message'
printf 'a\0b' >msg
tap_status 'a file with a NUL is still a message' 0 "$check" msg
: >msg
tap_status 'an empty file is an empty message' 1 "$check" msg
rm msg

# ---- outside of any repository
mkdir "$scratch/outside" && cd "$scratch/outside" || exit 1
printf 'Subject\n\nBody\n' >good.txt
: >empty.txt
printf 'version: 1\nmessage: {trailing_stop: refuse}\n' >strict.yaml
echo 'Subject.' >stop.txt
tap_status 'outside of a repository' 0 "$check" good.txt
tap_status 'no rule is unexplained' 0 "$check" --explain MSG11
tap_has 'by its id too' "$scratch/out" message-exceptions
tap_status 'outside of a repository, an empty message' 1 "$check" empty.txt
tap_has 'by the built-in policy' "$scratch/out" '[message-empty]'
tap_status 'with a policy' 1 "$check" --policy strict.yaml stop.txt
tap_status 'with another' 0 "$check" stop.txt
tap_status 'a file that is not there' 2 "$check" none.txt
tap_end
