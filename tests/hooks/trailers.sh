#!/bin/sh
# Exceptions that a commit adds are named in its message: the hook that writes the trailers, the ones that ask for them, and the push.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

check=$BUILD/checks/commit-message-check
rule=python-requests-verify-false
message_of() { git cat-file commit HEAD | sed '1,/^$/d'; }
policy() { # LEVEL [LINES of message:]
	printf 'version: 1\nmessage:\n  exceptions: %s\n' "$1" >.warrant.yaml
	shift
	[ $# -eq 0 ] || printf '  %s\n' "$@" >>.warrant.yaml
	git add .warrant.yaml && unjudged
}
# NAME TEXT: the last message is just that
recorded() {
	message_of >"$scratch/got"
	printf '%b\n' "$2" >"$scratch/want"
	cmp -s "$scratch/got" "$scratch/want"
	recorded_ok=$?
	tap_result $recorded_ok "$1"
	[ $recorded_ok -eq 0 ] || sed 's/^/# /' "$scratch/got"
}
# Whether git itself sees the trailers.
trailers_of() { git log -1 --format='%(trailers:key=Exception,valueonly,unfold)' | sed '/^$/d'; }
asked() { # NAME TRAILER COMMAND...: refused, and the trailer is shown
	asked_trailer=$2 asked_head=$(head_of)
	tap_name="$1: refused"
	shift 2
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	asked_got=$?
	[ "$asked_got" -ne 0 ] && [ "$(head_of)" = "$asked_head" ] && grep -qF '[message-exceptions]' "$scratch/err" &&
		grep -qxF "        Exception: $asked_trailer" "$scratch/err"
	asked_ok=$?
	tap_result $asked_ok "$tap_name"
	[ $asked_ok -eq 0 ] || tap_show
}

# ---- asked for by commit-msg, with no hook that writes them
new_repo "$scratch/asked"
rm -f .git/hooks/prepare-commit-msg
plain first.py && git add first.py && unjudged
policy refuse
good client.py && git add client.py
asked 'no trailer' "$rule client.py" commit
asked 'another rule' "$rule client.py" commit -m 'Exception: python-ssl client.py'
asked 'another path' "$rule client.py" commit -m "Exception: $rule server.py"
asked 'no path' "$rule client.py" commit -m "Exception: $rule"
asked 'the trailer as a subject' "$rule client.py" git commit -q -m "Exception: $rule client.py" -m text
asked 'no trailer block' "$rule client.py" commit -m "Exception: $rule client.py" -m 'more text'
tap_status 'a message of trailers alone is empty' 1 git commit -q -m "Exception: $rule client.py"
tap_has 'which is said' "$scratch/err" '[message-empty]'
again() { git reset -q --soft HEAD^; }
passed 'the trailer' commit -m "Exception: $rule client.py"
again
passed 'among others' commit -m "Exception: $rule client.py
Signed-off-by: Ada <ada@example.org>"
again
passed 'key in other case, folded' commit -m "exception: $rule
  client.py"
again
passed 'the code' commit -m 'Exception: TLS01 client.py'
again
passed 'a glob' commit -m "Exception: $rule *.py"
again
mkdir sub && good sub/deep.py && good sub/more.py && git add sub
asked 'one of several files' "$rule sub/deep.py" commit -m "Exception: $rule client.py"
tap_lacks 'the one that is named is not asked for' "$scratch/err" "Exception: $rule client.py"
passed 'one trailer for several files' commit -m "Exception: $rule **/*.py"
good third.py && printf '%s\n' "$good_text" >>third.py && git add third.py
passed 'one trailer for two exceptions in a file' commit -m "Exception: $rule third.py"

# what is no addition
sed 's/host"/other"/' client.py >changed && printf 'x = 1\n' >>client.py && git add client.py
passed 'a change beside an exception' commit
git mv client.py moved.py
passed 'a move' commit
printf '\n\n%s\n' "$good_text" >moved.py && git add moved.py
passed 'the exception elsewhere in its file' commit
git rm -q third.py
passed 'a removal' commit
rm changed
cat sub/deep.py >>moved.py && git add moved.py
asked 'one more of the same' "$rule moved.py" commit
git reset -q --hard
echo 'CVE-2026-1234' >.trivyignore && git add .trivyignore
tap_status 'an ignore entry is refused for its own sake' 1 commit
until=$(date -u -d '+20 days' +%F 2>/dev/null || date -u -v+20d +%F)
printf '# reason: the parser is not used with input from outside\n# until: %s\nCVE-2026-1234\n' "$until" >.trivyignore
git add .trivyignore
tap_status 'and a justified one wants a trailer' 1 commit
tap_has 'with the path' "$scratch/err" ' .trivyignore'
git reset -q --hard && rm -f .trivyignore

# names that no message can hold as they are
odd() { # WHAT NAME SHOWN
	good "$2" && git add -A
	asked "$1" "$rule $3" commit
	passed "$1" commit -m "Exception: $rule $3"
	git reset -q --hard HEAD^
}
odd 'a blank within' 'a  b.py' 'a  b.py'
mkdir ' a' && odd 'a blank before' ' a/b.py' '\x20a/b.py'
odd 'a line end' "$(printf 'a\nb.py')" 'a\x0ab.py'
odd 'like a pattern' '[a]*.py' '[a]*.py'
odd 'beyond ASCII' 'größe.py' 'größe.py'

policy warn
good fourth.py && git add fourth.py
passed 'a warning' commit
tap_has 'is shown' "$scratch/err" '[message-exceptions]'
tap_has 'with the trailer' "$scratch/err" "Exception: $rule fourth.py"
policy '"off"'
good fifth.py && git add fifth.py
passed 'off' commit
tap_lacks 'says nothing' "$scratch/err" Exception

policy refuse
git rm -q fourth.py && git commit -q -m "Change it"
removal=$(head_of)
good fourth.py && git add fourth.py
asked 'a revert that brings one back' "$rule fourth.py" git commit -q -m 'Revert "x."' -m "This reverts commit $removal."
git reset -q --hard

# ---- ranges: each commit against its parent
base=$(head_of)
good sixth.py && git add sixth.py && unjudged
tap_status 'a range without the trailer' 1 "$check" --range "$base..HEAD"
tap_has 'shows it' "$scratch/out" "        Exception: $rule sixth.py"
git commit -q --amend --no-verify -m Subject -m "Exception: TLS01 sixth.py"
tap_status 'a range with the trailer' 0 "$check" --range "$base..HEAD"
plain seventh.py && git add seventh.py && unjudged
tap_status 'a further commit that adds nothing' 0 "$check" --range "$base..HEAD"
git rm -q sixth.py && unjudged
tap_status 'what is added and taken out again was named' 0 "$check" --range "$base..HEAD"
git reset -q --hard "$base"
good sixth.py && git add sixth.py && unjudged && git rm -q sixth.py && unjudged
tap_status 'and not named, each commit counts' 1 "$check" --range "$base..HEAD"
git reset -q --hard "$base"
git checkout -q -b topic && good topic.py && git add topic.py && git commit -q -m Topic -m "Exception: TLS01 topic.py"
git checkout -q main && plain eighth.py && git add eighth.py && unjudged
git merge -q --no-ff -m 'Merge it' topic 2>"$scratch/err"
tap_status 'a merge of what was named' 0 "$check" --range "$base..HEAD"
git reset -q --hard "$base"
policy refuse 'merges: yes' && base=$(head_of)
plain eighth.py && git add eighth.py && unjudged
passed 'a merge in the hook asks for nothing that it brings' git merge -q --no-ff -m 'Merge it' topic
tap_status 'a merge of what was named, when they are judged' 0 "$check" --range "$base..HEAD"
good evil.py && git add evil.py && git commit -q --amend --no-verify -m 'Merge it'
tap_status 'a merge that adds itself' 1 "$check" --range "$base..HEAD"
tap_has 'only what it adds itself' "$scratch/out" "Exception: $rule evil.py"
tap_lacks 'and not the rest' "$scratch/out" "Exception: $rule topic.py"

# ---- the hook that writes them
new_repo "$scratch/written"
policy refuse
git commit -q --allow-empty -m 'Nothing'
good client.py && git add client.py
passed '-m' git commit -q -m Subject
recorded 'a paragraph of its own' "Subject\n\nException: $rule client.py"
[ "$(trailers_of)" = "$rule client.py" ]
tap_result $? 'which git sees'
again
passed '-m with a body' git commit -q -m Subject -m 'Body: with a colon, and text
below'
recorded 'behind the body' "Subject\n\nBody: with a colon, and text\nbelow\n\nException: $rule client.py"
again
passed '--signoff' git commit -q --signoff -m Subject
recorded 'among the trailers' "Subject\n\nSigned-off-by: Ada <ada@example.org>\nException: $rule client.py"
again
passed 'one that is named' git commit -q -m Subject -m 'Exception: TLS01 client.py'
recorded 'is left as it is' "Subject\n\nException: TLS01 client.py"
again
passed '-m, lines with #' git commit -q -m '#12 Subject' -m '# text'
recorded 'above what git reads as comments' "#12 Subject\n\nException: $rule client.py\n\n# text"
again
cat >"$scratch/editor" <<'EOF'
#!/bin/sh
cp "$1" "$shown"
printf 'Subject\n' | cat - "$1" | sed "${edit:-}" >"$1.edited" && mv "$1.edited" "$1"
EOF
chmod +x "$scratch/editor"
export shown="$scratch/shown"
edited() { GIT_EDITOR="$scratch/editor" "$@"; }
passed 'an editor' edited git commit -q
recorded 'below the line for the subject' "Subject\n\nException: $rule client.py"
tap_has 'git'"'"'s comments stay below' "$scratch/shown" '# On branch main'
[ "$(sed -n 3p "$scratch/shown")" = "Exception: $rule client.py" ] && [ -z "$(sed -n 1,2p "$scratch/shown" | tr -d '\n')" ]
tap_result $? 'above git'"'"'s comments'
again
tap_status 'an editor that is left without a subject' 1 env GIT_EDITOR=true git commit -q
tap_has 'is an empty message' "$scratch/err" '[message-empty]'
passed '--verbose' edited git commit -q --verbose
recorded 'above the scissors' "Subject\n\nException: $rule client.py"
again
passed 'another mark' edited git -c core.commentChar=';' commit -q
recorded 'above comments with it' "Subject\n\nException: $rule client.py"
again
passed 'commit.cleanup=scissors' edited git -c commit.cleanup=scissors commit -q
recorded 'above its scissors' "Subject\n\nException: $rule client.py"
good second.py && git add second.py
passed '--amend with one more' git commit -q --amend --no-edit
recorded 'is added to the others' "Subject\n\nException: $rule client.py\nException: $rule second.py"
passed '--amend with nothing more' git commit -q --amend --no-edit
recorded 'changes nothing' "Subject\n\nException: $rule client.py\nException: $rule second.py"
edit="s/^Exception: $rule second.py$/Exception: $rule other.py/"
export edit
good third.py && git add third.py
edit='/third.py/d' asked 'a trailer that was taken out again' "$rule third.py" edited git commit -q
edit=''
git reset -q --hard

# byte for byte
hook=$PWD/.git/hooks/prepare-commit-msg
good third.py && git add third.py
printf 'Subject  \r\n\r\nBody\t\n\n\n\nmore' >message
chmod 640 message
GIT_EDITOR=: "$hook" message message
printf 'Subject  \r\n\r\nBody\t\n\n\n\nmore\n\nException: %s third.py\n' "$rule" >want
cmp -s message want
tap_result $? 'everything else stays as it is'
[ "$(find message -perm 640)" = message ]
tap_result $? 'and who may read it'
cp message before
GIT_EDITOR=: "$hook" message message
cmp -s message before
tap_result $? 'a second time nothing is added'
for origin in merge squash; do
	echo Subject >message
	GIT_EDITOR=: "$hook" message $origin
	[ "$(cat message)" = Subject ]
	tap_result $? "nothing for a $origin"
done
: >message
GIT_EDITOR=: "$hook" message message
[ ! -s message ]
tap_result $? 'nothing for an empty message that nobody edits'
tap_status 'a message that is not there stops nobody' 0 "$hook" none message
tap_has 'but is said' "$scratch/err" 'prepare-commit-msg: none'
tap_status 'called otherwise than by git' 2 "$hook"
rm -f message want before
git reset -q --hard && rm -f third.py
printf 'version: 1\nmessage: {exceptions: [}\n' >.warrant.yaml && git add .warrant.yaml
tap_status 'a broken policy is for the judges' 0 env GIT_EDITOR=: "$hook" .warrant.yaml
tap_has 'and said' "$scratch/err" 'prepare-commit-msg: .warrant.yaml:2'
git reset -q --hard

git commit -q --allow-empty -m 'A start' && git rm -q client.py && git commit -q -m "Change it"
git revert --no-edit HEAD >/dev/null 2>&1
[ "$(trailers_of)" = "$rule client.py" ]
tap_result $? 'a revert that brings one back is completed'

# a pick is no commit to the other hooks
git checkout -q -b picked HEAD^ && good pick.py && git add pick.py && unjudged && git checkout -q main
git cherry-pick picked >/dev/null 2>&1
[ "$(trailers_of)" = "$rule pick.py" ]
tap_result $? 'a cherry-pick is completed'
policy warn
good fourth.py && git add fourth.py
passed 'where trailers are only wished for' git commit -q -m Subject
recorded 'they are written too' "Subject\n\nException: $rule fourth.py"
policy '"off"'
good fifth.py && git add fifth.py
passed 'off' git commit -q -m Subject
recorded 'they are not' Subject

# ---- the hook that was there before
new_repo "$scratch/chained"
policy refuse
cat >.git/hooks/prepare-commit-msg.local <<'EOF'
#!/bin/sh
echo 'Team: red' >>"$1"
EOF
chmod +x .git/hooks/prepare-commit-msg.local
good client.py && git add client.py
passed 'another hook runs first' git commit -q -m Subject -m 'A: b'
recorded 'and its words are kept' "Subject\n\nA: b\nTeam: red\nException: $rule client.py"
printf '#!/bin/sh\nexit 3\n' >.git/hooks/prepare-commit-msg.local
git reset -q --soft HEAD^
tap_status 'and can refuse' 1 git commit -q -m Subject
tap_end
