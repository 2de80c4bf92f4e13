#!/bin/sh
# What is judged is what will be committed, however `git commit` is called and whatever lies in the work tree.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

new_repo "$scratch/repo"
both 'a first commit' first.py
plain clean.py && plain other.py && mkdir sub && plain sub/deep.py && commit_all

# Each case starts from the same commit.
start=$(head_of)
again() {
	git update-index -q --really-refresh >/dev/null 2>&1
	git reset -q --hard "$start" && git clean -qfdx
}

# ---- staged against work tree
bad clean.py && git add clean.py && plain clean.py 2
refused 'bad staged, clean in the work tree' commit
again
plain clean.py 2 && git add clean.py && bad clean.py
passed 'clean staged, bad in the work tree' commit
again
bad untracked.py && plain clean.py 2 && git add clean.py
passed 'bad untracked' commit
again
bad clean.py && git add clean.py && rm clean.py
refused 'bad staged, deleted in the work tree' commit
again
good clean.py && git add clean.py && rm clean.py
passed 'good staged, deleted in the work tree' commit
again
middle='b = 2
c = 3
d = 4
e = 5
f = 6
g = 7
h = 8
i = 9'
printf '%s\n' 'a = 1' "$middle" 'z = 1' >part.py && git add part.py && unjudged
printf '%s\n' "$bad_line" "$middle" 'z = 2' >part.py
printf 'y\nn\n' | git add -p part.py >/dev/null
refused 'the bad hunk staged, a clean one not' commit
git reset -q
printf 'n\ny\n' | git add -p part.py >/dev/null
passed 'the clean hunk staged, a bad one not' commit
again

# ---- ways to call it
bad clean.py
refused 'commit -a' commit -a
good clean.py
passed 'commit -a' commit -a
again
bad clean.py && plain other.py 2
refused 'commit -- the bad path' commit -- clean.py
passed 'commit -- another path' commit -- other.py
again
bad clean.py && git add clean.py && plain other.py 2
passed 'commit -- a path, with another one staged bad' commit -- other.py
again
bad other.py && bad clean.py && git add clean.py
refused 'commit -i path' commit -i other.py
again
cd sub || exit 1
bad deep.py
refused 'from a subfolder, commit -- path' commit -- deep.py
good deep.py
passed 'from a subfolder, commit -- path' commit -- deep.py
cd .. || exit 1
again
bad sub/deep.py
refused 'with -C, commit -a' git -C sub commit -q -a -m 'Change it'
again
bad clean.py && git add clean.py
refused '--amend that adds' commit --amend
good clean.py && git add clean.py
passed '--amend that adds' commit --amend
again
passed '--amend of the message' commit --amend
passed '--allow-empty' commit --allow-empty
again
bad clean.py && git add clean.py
echo Change >"$scratch/message"
refused 'commit -F, no terminal, no input' setsid -w git commit -q -F "$scratch/message"
passed 'commit --dry-run is no commit' git commit --dry-run
again

# ---- kinds of change
bad moved.py && git add moved.py && unjudged
git mv moved.py elsewhere.py
passed 'a rename of what was bad already' commit
echo 'more = 1' >>elsewhere.py && git add elsewhere.py
passed 'a change beside what was bad already' commit
mkdir -p tests vendor
bad tests/listed.py && bad vendor/left_out.py && git add -A
passed 'settings in tests, and what others wrote' commit
git mv tests/listed.py listed.py
refused 'a setting that leaves the tests' commit
git mv listed.py tests/listed.py && git mv vendor/left_out.py left_out.py
refused 'a setting that leaves the folder that skip: names' commit
git mv left_out.py vendor/left_out.py
git mv elsewhere.py back.py && printf '%s\n' "$bad_line" 'x = 1' "$bad_line" >back.py && git add back.py
refused 'a rename that adds' commit
again
plain run.py && git add run.py && unjudged && git update-index --chmod=+x run.py
passed 'a mode change' commit
bad run.py && git add run.py && git update-index --chmod=-x run.py
refused 'a mode change with a bad line' commit
again
ln -s clean.py link.py && git add link.py
passed 'a new symbolic link' commit
rm link.py && bad link.py && git add link.py
refused 'a link replaced by a bad file (T)' commit
good link.py && git add link.py
passed 'a link replaced by a good file (T)' commit
rm link.py && ln -s "$bad_line" link.py && git add link.py
passed 'a file replaced by a link to a bad name' commit
again
git rm -q clean.py
passed 'a removal' commit
again
rm clean.py && mkdir clean.py && bad clean.py/in.py && git add -A
refused 'a file replaced by a folder' commit
again
bad new.py && git add -N new.py && plain clean.py 2 && git add clean.py
passed 'bad but only intended to be added' commit
bad new.py && git add new.py
refused 'then added' commit
again
plain clean.py 2 && git add clean.py && git update-index --assume-unchanged clean.py && bad clean.py
passed 'assume-unchanged, bad in the work tree' commit
git update-index --no-assume-unchanged clean.py && git add clean.py && git update-index --assume-unchanged clean.py && plain clean.py
refused 'assume-unchanged, bad staged' commit
git update-index --no-assume-unchanged clean.py
again
bad clean.py && git add clean.py && git update-index --skip-worktree clean.py && rm clean.py
refused 'skip-worktree, bad staged, not on disk' commit
git update-index --no-skip-worktree clean.py
again

# ---- names
odd() { # WHAT NAME
	bad "$2" && git add -A
	refused "$1" commit
	good "$2" && git add -A
	passed "$1" commit
	again
}
odd 'a name with a blank' 'a b.py'
mkdir 'a '
odd 'a folder whose name ends with a blank' 'a /b.py'
odd 'a name with a line end' 'a
b.py'
odd 'a name with quotes' "a\"b'c.py"
odd 'a name with a backslash' 'a\b.py'
odd 'a name like an option' '-a.py'
odd 'a name like a pattern' '[a]*?.py'
odd 'a name that is not UTF-8' "$(printf 'a\377b.py')"
odd 'a name beyond ASCII' 'größe.py'
odd 'a name with an escape sequence' "$(printf 'a\033[31mb.py')"
bad "$(printf 'a\033[31mb.py')" && git add -A
tap_status 'the escape sequence' 1 commit
cp "$scratch/err" "$scratch/said"
tap_status 'is not sent to the terminal' 1 grep -q "$(printf '\033')" "$scratch/said"
again

# ---- content
printf '*.py text eol=crlf\n*.bin binary\n*.big filter=lfs diff=lfs -text\n' >.gitattributes && git add -A && unjudged
printf '%s\r\n' "$bad_line" >crlf.py && git add crlf.py
refused 'lines that end with CR LF' commit
printf '%s\n' "$good_text" | sed 's/$/\r/' >crlf.py && git add crlf.py
passed 'lines that end with CR LF' commit
printf '%s\r\n' "$bad_line" >raw.txt.py && git -c core.autocrlf=false -c core.attributesFile=/dev/null add raw.txt.py
refused 'CR LF in the object itself' commit
git rm -qf --cached raw.txt.py && rm raw.txt.py
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12345\n' 7 >data.big && git add data.big
passed 'an LFS pointer' commit
printf 'a\0b%s\n' "$bad_line" >blob.py && git add blob.py 2>/dev/null
passed 'a binary file' commit
printf 'marked.py binary\n' >>.gitattributes && bad marked.py && git add -A
refused 'text that .gitattributes calls binary' commit
again
printf '%s' "$bad_line" >noend.py && git add noend.py
refused 'no line end at the end of the file' commit
again
: >empty.py && git add empty.py
passed 'an empty file' commit
tap_end
