#!/bin/sh
# pre-receive on a server of one's own: nothing that is refused lands, by whatever way it came, and nothing is left behind.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

new_server() { # NAME [INIT OPTIONS]: a bare repository with our hook; sets server
	server=$scratch/$1
	shift
	git init -q --bare "$@" "$server"
	mkdir -p "$server/hooks"
	cp "$BUILD/hooks/pre-receive" "$server/hooks/"
	server_state=$(state_of)
}
state_of() { git -C "$server" for-each-ref; }
# What git leaves of a push that was refused: nothing, in its object folder.
leftovers() { find "$server" -name 'tmp_objdir*' -o -name 'incoming*' | head -n 1; }

# NAME TEXT COMMAND...: the push fails over TEXT, nothing lands, nothing is left behind
declined() {
	receive_name=$1 receive_text=$2
	shift 2
	server_state=$(state_of)
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	receive_got=$?
	[ $receive_got -ne 0 ] && grep -qF -e "$receive_text" "$scratch/err" && [ "$(state_of)" = "$server_state" ] && [ -z "$(leftovers)" ]
	receive_ok=$?
	tap_result $receive_ok "$receive_name: declined, nothing lands"
	[ $receive_ok -eq 0 ] || {
		echo "# exit status $receive_got, left behind: $(leftovers)"
		tap_show
	}
}
accepted() { # NAME COMMAND...
	tap_name="$1: accepted"
	shift
	tap_ok "$tap_name" "$@"
}
setting='[python-requests-verify-false]'

new_server server.git
git init -q "$scratch/author" && cd "$scratch/author" && git remote add origin "$server" || exit 1
plain base.py && git add -A && unjudged
accepted 'the first push to an empty server' git push -q origin main
first=$(head_of)
again() { git checkout -q -f main && git reset -q --hard "$first" && git clean -qfdx; }
add_bad() { bad "$1" && git add -A && unjudged; }
add_good() { good "$1" && git add -A && unjudged; }

# ---- what --no-verify let through
add_bad a.py
declined 'an update' "$setting" git push -q origin main
tap_has 'each line says where it comes from' "$scratch/err" 'remote: pre-receive: refused, 1 exception without a justification'
tap_status 'without colour' 1 grep -q "$(printf '\033')" "$scratch/err"
declined 'a new branch' "$setting" git push -q origin main:refs/heads/topic
declined 'a ref of no branch' "$setting" git push -q origin main:refs/notes/bad
git config advice.nestedTag false
git tag bad-tag && git tag -a -m 'Tag' bad-annotated && git tag -a -m 'Tag of a tag' bad-nested bad-annotated
declined 'a tag' "$setting" git push -q origin bad-tag
declined 'an annotated tag' "$setting" git push -q origin bad-annotated
declined 'a tag of a tag' "$setting" git push -q origin bad-nested
git tag bad-tree "$(git rev-parse 'main^{tree}')" && git tag bad-blob.py "$(git rev-parse main:a.py)"
declined 'a tag on a tree' "$setting" git push -q origin bad-tree
declined 'a tag on a file' "$setting" git push -q origin bad-blob.py
declined 'a refspec that is no name' "$setting" git push -q origin 'main~0^{tree}:refs/tags/tree'
declined 'two refs, one of them bad' "$setting" git push -q origin "$first:refs/heads/fine" main:refs/heads/topic
again
add_good a.py
accepted 'a good update' git push -q origin main
accepted 'a good branch, tag and tree' git push -q origin main:refs/heads/good 'main:refs/tags/good' 'main^{tree}:refs/tags/tree'
accepted 'a deletion' git push -q origin :refs/heads/good :refs/tags/tree
first=$(head_of)
git checkout -q -b bad-branch && add_bad b.py && again
git cherry-pick bad-branch >/dev/null 2>&1
declined 'a cherry-pick' "$setting" git push -q origin main
again && git cherry-pick bad-branch >/dev/null 2>&1 && git rm -q b.py && unjudged && git revert --no-edit HEAD >/dev/null 2>&1
declined 'a revert that brings it back' "$setting" git push -q origin main
again && git format-patch -q -1 bad-branch --stdout | git am -q
declined 'am' "$setting" git push -q origin main
again && git merge -q --no-ff -m 'Merge' bad-branch
declined 'a merge' "$setting" git push -q origin main
again && git commit -q --allow-empty --allow-empty-message -m ''
declined 'a commit without a message' '[message-empty]' git push -q origin main
again

# ---- a policy of the server's
cat >.warrant.yaml <<'YAML'
push:
  judge: every-commit
  protected: [release]
  no_force: [main, "v*"]
YAML
git add -A && unjudged && git push -q origin main && git push -q origin main:release main:refs/tags/v1 && first=$(head_of)
add_bad c.py && git rm -q c.py && unjudged
declined 'added and taken out again' 'added in commit' git push -q origin main
declined 'the same as a new branch' 'added in commit' git push -q origin main:refs/heads/topic
again && add_bad c.py && printf 'push: {judge: tip}\nrequire: [{reason: no, until: no}]\n' >.warrant.yaml && git add -A && unjudged
declined 'a push that loosens the policy it is judged by' "$setting" git push -q origin main
declined 'a new branch with a policy of its own' "$setting" git push -q origin main:refs/heads/topic
git checkout -q --orphan fresh && git commit -q --no-verify -m 'Fresh'
declined 'a history of its own with a policy of its own' "$setting" git push -q origin fresh
again && git branch -q -D fresh
plain d.py && git add -A && unjudged
declined 'a direct push to a protected branch' 'refs/heads/release is protected and takes no direct push' git push -q origin main:release
git commit -q --amend --no-verify -m 'Another' && accepted 'a push that only adds' git push -q origin main
declined 'a forced push to one' 'refs/heads/release is protected and takes no forced push' git push -q -f origin "$first^:release"
declined 'the deletion of one' 'refs/heads/release is protected and may not be deleted' git push -q origin :release
declined 'no_force: a forced push' 'refs/heads/main takes no forced push' git push -q -f origin "$first:main"
declined 'no_force: the deletion of a tag' 'refs/tags/v1 may not be deleted' git push -q origin :v1
declined 'no_force: a tag that moves' 'refs/tags/v1 may not be moved' git push -q -f origin main:refs/tags/v1
accepted 'another branch' git push -q origin main:refs/heads/topic
accepted 'a forced push to it' git push -q -f origin "$first:refs/heads/topic"
accepted 'its deletion' git push -q origin :topic
again && git fetch -q && git reset -q --hard origin/main && first=$(head_of)

# ---- nobody opts out
git -C "$server" config receive.advertisePushOptions true
add_bad e.py
declined 'a push option' "$setting" git push -q -o WARRANT_SKIP=justification-check -o WARRANT_SKIP_REASON=urgent origin main
declined 'an environment that came along' "$setting" env WARRANT_SKIP=justification-check WARRANT_SKIP_REASON=urgent git push -q origin main
# reason: the flag is given to show that a server does not care for it, in a scratch repository
# until: 2027-02-20
# owner: @warrant/maintainers
declined '--no-verify' "$setting" git push -q --no-verify origin main

# ---- ways to the server
cat >"$scratch/ssh" <<'SSH'
#!/bin/sh
while [ "${1#-}" != "$1" ]; do shift; done
shift
exec sh -c "$*"
SSH
chmod +x "$scratch/ssh"
declined 'by file://' "$setting" git push -q "file://$server" main
declined 'by ssh' "$setting" env GIT_SSH_COMMAND="$scratch/ssh" git push -q "ssh://host$server" main
declined 'by ext::' "$setting" git -c protocol.ext.allow=always push -q "ext::git-receive-pack $server" main
again && add_good e.py
accepted 'by ssh, a good one' env GIT_SSH_COMMAND="$scratch/ssh" git push -q "ssh://host$server" main
first=$(head_of)

# ---- objects elsewhere
git clone -q --bare --shared "$server" "$scratch/fork.git" && origin=$server && server=$scratch/fork.git
mkdir -p "$server/hooks" && cp "$BUILD/hooks/pre-receive" "$server/hooks/"
add_bad f.py
declined 'a server that borrows objects' "$setting" git push -q "$server" main
again && plain f.py && git add -A && unjudged
accepted 'and a good push' git push -q "$server" main
again && server=$origin
# more objects than are unpacked one by one
many() { for i in 1 2 3 4 5 6 7 8 9 10; do for j in 1 2 3 4 5 6 7 8 9 10 11; do plain "many$i-$j.py" "$i$j"; done; done; }
git -C "$server" config receive.unpackLimit 1
many && bad last.py && git add -A && unjudged
declined 'a pack that stays one' "$setting" git push -q origin main
again && many && git add -A && unjudged
accepted 'and a good one' git push -q origin main
first=$(head_of)

# ---- limits
limit() { git -C "$server" config "$1" "$2"; }
lift() { git -C "$server" config --unset "$1"; }
plain g.py && git add -A && unjudged && plain g.py 2 && plain h.py && git add -A && unjudged
limit warrant.maxRefs 1
declined 'too many refs' 'more than 1 refs in one push' git push -q origin main main:refs/heads/second
lift warrant.maxRefs && limit warrant.maxCommits 1
declined 'too many commits' 'more than 1 commits at once' git push -q origin main
tap_has 'says how to go on' "$scratch/err" 'in parts, the oldest first'
accepted 'a part of it' git push -q origin main~1:main
accepted 'and the rest' git push -q origin main
git push -q -f origin "$first:refs/heads/parts"
lift warrant.maxCommits && limit warrant.maxChanges 1
plain i.py && plain j.py && git add -A && unjudged
declined 'too many files' 'more than 1 files' git push -q origin main
lift warrant.maxChanges && limit warrant.maxBytes 10
declined 'too many bytes' 'more than 10 bytes in one push' git push -q origin main
lift warrant.maxBytes && limit warrant.maxBytes some
declined 'a limit that is no number' 'warrant.maxBytes' git push -q origin main
lift warrant.maxBytes && first=$(head_of)
accepted 'within the limits' git push -q origin main
awk 'BEGIN { for (i = 0; i < 700000; i++) print "a line of text that says nothing, but goes on for a while" }' >huge.txt && git add -A && unjudged
declined 'a file that is too large to be judged' '[file-too-large]' git push -q origin main
again && head -c 40000000 /dev/zero >huge.bin && git add -A && unjudged
accepted 'a large file that is no text' git push -q origin main
first=$(head_of)
head -c 40000001 /dev/zero >huge.bin && git add -A && unjudged && limit warrant.maxFile 1m
declined 'one over the limit of what is read' '[file-too-large]' git push -q origin main
lift warrant.maxFile && again
in_server() { (cd "$server" && "$@"); }
head=$(git -C "$server" rev-parse main)
feed() { printf '%s\n' "$1" | in_server env GIT_DIR=. hooks/pre-receive; }
# An object that is a pipe without an end is read for ever.
slow=2222222222222222222222222222222222222222
mkdir -p "$server/objects/22" && mkfifo "$server/objects/22/${slow#22}"
limit warrant.maxSeconds 1
tap_status 'a push that takes too long' 2 feed "$head $slow refs/heads/main"
tap_has 'says so' "$scratch/err" 'the time for one push is over'
rm "$server/objects/22/${slow#22}" && lift warrant.maxSeconds

# ---- lines of another form
no_line() { in_server env GIT_DIR=. hooks/pre-receive </dev/null; }
tap_status 'no line' 0 no_line
tap_status 'a line of two words' 2 feed "$head refs/heads/main"
tap_status 'a line that is no id' 2 feed "$head none refs/heads/main"
tap_status 'ids of two kinds' 2 feed "$head ${head}000000000000000000000000 refs/heads/main"
tap_status 'an object that is missing' 2 feed "$head 1111111111111111111111111111111111111111 refs/heads/main"

# ---- SHA-256
new_server sha256.git --object-format=sha256
git init -q --object-format=sha256 "$scratch/author256" && cd "$scratch/author256" && git remote add origin "$server" || exit 1
plain a.py && git add -A && unjudged
accepted 'SHA-256: the first push' git push -q origin main
first=$(head_of)
plain b.py && git add -A && unjudged && add_bad c.py
declined 'SHA-256: an update' "$setting" git push -q origin main
declined 'SHA-256: a new branch' "$setting" git push -q origin main:refs/heads/topic
again && plain b.py && printf 'push: {judge: every-commit, no_force: ["*"]}\n' >.warrant.yaml && git add -A && unjudged
accepted 'SHA-256: a good update' git push -q origin main main:refs/heads/topic
first=$(head_of)
add_bad c.py && git rm -q c.py && unjudged
declined 'SHA-256: added and taken out again' 'added in commit' git push -q origin main
declined 'SHA-256: a forced push' 'takes no forced push' git push -q -f origin "$first^:main"
declined 'SHA-256: a deletion' 'may not be deleted' git push -q origin :topic
tap_end
