#!/bin/sh
# Repositories of every shape: a bad change is refused, a good one passes, whatever the index, the objects or the folders are.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"
# shellcheck source=tests/support/hooks.sh
. "$root/tests/support/hooks.sh"

# A repository with a few folders and a commit.
filled() { # DIR [INIT OPTIONS]
	new_repo "$@"
	mkdir -p in/deep out
	plain in/deep/a.py && plain out/b.py && plain c.py
	git add -A && unjudged
}

filled "$scratch/plain"
both 'a plain repository'

# ---- the index
filled "$scratch/split"
git config core.splitIndex true && git update-index --split-index
both 'a split index'
filled "$scratch/v4"
git update-index --index-version 4
both 'index version 4'
filled "$scratch/many"
git config feature.manyFiles true && git update-index --index-version 4
both 'feature.manyFiles'
filled "$scratch/sparse"
git sparse-checkout set --no-cone '/in/' '/probe.py' >/dev/null
both 'sparse checkout'
printf '%s\n' "$bad_line" >"$scratch/bad.py"
git update-index --add --cacheinfo "100644,$(git hash-object -w "$scratch/bad.py"),out/b.py" && git update-index --skip-worktree out/b.py
refused 'sparse checkout, bad outside of it' commit
filled "$scratch/cone"
git sparse-checkout set --cone --sparse-index in >/dev/null
both 'a sparse index'
both 'a sparse index, inside' in/deep/a.py
filled "$scratch/untracked"
git config core.untrackedCache true && git update-index --untracked-cache && git status -s >/dev/null
both 'an untracked cache'
filled "$scratch/nohash"
git config index.skipHash true
both 'index.skipHash'
filled "$scratch/shared"
git config core.sharedRepository group
both 'core.sharedRepository'

# ---- formats and extensions
if git init -q --object-format=sha256 "$scratch/try256" 2>/dev/null; then
	filled "$scratch/sha256" --object-format=sha256
	both 'SHA-256'
	new_repo "$scratch/first256" --object-format=sha256
	both 'SHA-256, the first commit'
else
	tap_skip 'SHA-256' 'this git has none'
fi
if git init -q --ref-format=reftable "$scratch/tryreftable" 2>/dev/null; then
	filled "$scratch/reftable" --ref-format=reftable
	both 'reftable'
else
	tap_skip 'reftable' 'this git has none'
fi
filled "$scratch/extension"
git config extensions.worktreeConfig true && git config core.repositoryFormatVersion 1
both 'extensions.worktreeConfig'
filled "$scratch/precious"
git config extensions.preciousObjects true && git config core.repositoryFormatVersion 1
both 'extensions.preciousObjects'

# ---- objects elsewhere
git clone -q --no-local "$scratch/plain" "$scratch/full"
filled "$scratch/origin" && plain c.py 2 && git add -A && unjudged
git config uploadpack.allowFilter true
git clone -q --no-local --depth 1 "file://$scratch/origin" "$scratch/shallow" && put_hooks "$scratch/shallow/.git/hooks"
cd "$scratch/shallow" && both 'a shallow clone'
git clone -q --no-local --filter=blob:none --no-checkout "file://$scratch/origin" "$scratch/partial"
put_hooks "$scratch/partial/.git/hooks" && cd "$scratch/partial" && git reset -q
both 'a partial clone'
git clone -q --shared "$scratch/origin" "$scratch/borrowing" && put_hooks "$scratch/borrowing/.git/hooks"
cd "$scratch/borrowing" && both 'objects of another repository'
filled "$scratch/packed" && git gc -q && git pack-refs --all
both 'packed objects and refs'
filled "$scratch/lost" && plain c.py 3 && git add c.py
bad probe.py && git add probe.py && rm -f ".git/objects/$(git rev-parse :probe.py | sed 's|^..|&/|')"
tap_status 'a staged object that is missing blocks' 1 commit
tap_has 'and is named' "$scratch/err" 'pre-commit: '

# ---- folders elsewhere
filled "$scratch/main" && git worktree add -q "$scratch/linked" -b linked
cd "$scratch/linked" && both 'a linked work tree'
git -C "$scratch/main" config extensions.worktreeConfig true
git config --worktree core.sparseCheckout false
both 'a linked work tree with a configuration of its own' other.py
cd "$scratch/main" && git worktree move "$scratch/linked" "$scratch/moved" && cd "$scratch/moved" || exit 1
both 'a linked work tree that was moved' third.py
git init -q --separate-git-dir "$scratch/apart.git" "$scratch/apart" && put_hooks "$scratch/apart.git/hooks"
cd "$scratch/apart" && both 'a git folder apart'
filled "$scratch/super" && mkdir gap
git -c protocol.file.allow=always submodule -q add "$scratch/origin" module 2>/dev/null
passed 'a new submodule' commit
put_hooks "$scratch/super/.git/modules/module/hooks" && cd module && both 'inside a submodule'
cd .. && git add module
passed 'a submodule that moved on' commit
bad probe.py && git add module probe.py
refused 'a bad file beside a submodule' commit
ln -s "$scratch/plain" "$scratch/by-link" && cd "$scratch/by-link" && both 'reached through a symbolic link' link.py
filled "$scratch/a b'c\"d" && both 'a folder with blanks and quotes'
filled "$(printf '%s/not-\377-utf8' "$scratch")" && both 'a folder that is not UTF-8'

# ---- what GUIs, scripts and git itself set
filled "$scratch/set"
export GIT_DIR="$scratch/set/.git" GIT_WORK_TREE="$scratch/set"
cd / && bad "$scratch/set/probe.py" && git add -A
refused 'GIT_DIR and GIT_WORK_TREE, from elsewhere' commit
good "$scratch/set/probe.py" && git add -A
passed 'GIT_DIR and GIT_WORK_TREE, from elsewhere' commit
unset GIT_DIR GIT_WORK_TREE
mkdir "$scratch/home-tree" && git init -q --bare "$scratch/dotfiles" && put_hooks "$scratch/dotfiles/hooks"
cd "$scratch/home-tree" && bad probe.py
dotfiles() { git --git-dir="$scratch/dotfiles" --work-tree="$scratch/home-tree" "$@"; }
dotfiles config core.bare false && dotfiles add probe.py
tap_status 'a bare repository with a work tree elsewhere: refused' 1 dotfiles commit -q -m 'Change it'
good probe.py && dotfiles add probe.py
tap_ok 'a bare repository with a work tree elsewhere: passes' dotfiles commit -q -m 'Change it'
cd "$scratch/plain" && cp .git/index "$scratch/scratch-index"
export GIT_INDEX_FILE="$scratch/scratch-index"
bad another.py && git add another.py
refused 'an index of the caller' commit
good another.py && git add another.py
passed 'an index of the caller' commit
unset GIT_INDEX_FILE && git reset -q
filled "$scratch/quarantine" && mkdir "$scratch/objects"
export GIT_OBJECT_DIRECTORY="$scratch/objects" GIT_ALTERNATE_OBJECT_DIRECTORIES="$scratch/quarantine/.git/objects"
both 'objects in a folder of the caller'
unset GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
filled "$scratch/detached" && git checkout -q --detach
both 'a detached HEAD'
git checkout -q --orphan fresh
bad c.py && git add -A
refused 'an orphan branch' commit
git rm -rqf . && plain c.py && git add -A
passed 'an orphan branch' commit

# ---- what cannot be judged blocks
filled "$scratch/broken" && plain c.py 2 && printf 'require: [\n' >.warrant.yaml && git add -A
tap_status 'a broken policy blocks' 1 commit
tap_has 'and says where' "$scratch/err" '.warrant.yaml:'
tap_end
