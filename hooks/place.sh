# shellcheck shell=sh
# place.sh - puts hooks where git finds them, tells whether they run, and takes them out again. Part of install.sh, which sets:
#
#   build        the hooks are in $build/hooks
#   repo         the repository; for --global not used
#   at           pre-commit, commit-msg or both: which hook judges the change; empty = as it was, else pre-commit
#
# Where the hooks go:
#
#   in place     into the repository's own folder, .git/hooks, if nothing is in the way there: no setting is touched, and the
#                hooks still run when the repository is moved.
#   beside       if core.hooksPath is set (husky, a folder of the project's), or .git/hooks holds other hooks or is a link:
#                into .git/warrant/hooks, with one more core.hooksPath after the one that is there (the last one counts). Each
#                hook runs its predecessor in the folder that counted before; what is there is neither moved nor changed.
#   on a server  a bare repository gets one hook, pre-receive, in place or beside in the same way.
#   for all      (--global) into a folder of the user's, as core.hooksPath of the user's git configuration. Chosen over a
#                template, which reaches new repositories only, puts copies into each of them, and can't be taken back. Each
#                hook runs the repository's own hook of that name.
#
# Hooks are copies, so that `make clean` does not leave a repository without them.

: "${build:?}" "${repo:?}"
mark="placed by Warrant's install.sh, version"
own_hooks="\$GIT_COMMON_DIR/hooks" # hooks/previous.h
global_folder=${XDG_DATA_HOME:-$HOME/.local/share}/warrant/hooks

# All of githooks(5) but push-to-checkout and proc-receive: with a hook of these names, even one that does nothing, git no longer
# does the work itself.
every_hook='applypatch-msg commit-msg fsmonitor-watchman p4-changelist p4-post-changelist p4-pre-submit p4-prepare-changelist
post-applypatch post-checkout post-commit post-index-change post-merge post-receive post-rewrite post-update pre-applypatch
pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase pre-receive prepare-commit-msg reference-transaction
sendemail-validate update'

is_ours() { [ -f "$1" ] && LC_ALL=C grep -qF "$mark" "$1"; }
is_there() { [ -e "$1" ] || [ -L "$1" ]; }
in_repo() { git -C "$repo" "$@"; }
as_regex() { printf '%s\n' "$1" | sed 's/[][\.*^$+?(){}|]/\\&/g; s/.*/^&$/'; }

# ---- where things are

# Sets common (the folder that work trees share), top (where git starts hooks), own (our folder there), effective (what
# core.hooksPath is, empty if unset) and bare (whether this is a server's repository).
find_repository() {
	common=$(in_repo rev-parse --git-common-dir) || die "$repo is no git repository"
	common=$(cd "$repo" && cd "$common" && pwd)
	top=$(in_repo rev-parse --show-toplevel 2>/dev/null) || top=$common
	own=$common/warrant/hooks
	effective=$(in_repo config --type=path --get core.hooksPath) || effective=
	bare=$(in_repo rev-parse --is-bare-repository)
}

# The hooks of ours that a repository gets: PROGRAM NAME lines.
# git am has hooks of its own, and the one for the change costs git commit nothing.
wanted_hooks() {
	if [ "${bare:-false}" = true ]; then
		echo 'pre-receive pre-receive'
		return
	fi
	[ "$at" = commit-msg ] || printf '%s\n' 'pre-commit pre-commit' 'pre-commit pre-merge-commit'
	printf '%s\n' 'pre-commit pre-applypatch' 'prepare-commit-msg prepare-commit-msg' 'commit-msg commit-msg' \
		'commit-msg applypatch-msg' 'pre-push pre-push'
}

# FOLDER: at, if it was not given, as it is in a folder of ours.
keep_placement() {
	[ "${bare:-false}" = false ] || at=pre-commit # nothing is committed there
	[ -z "$at" ] || return 0
	at=pre-commit
	[ ! -e "$1/commit-msg.changes" ] || at=both
	[ "$at" != both ] || is_judge "$1/pre-commit" || at=commit-msg
}

# Whether a hook is ours and more than a forwarder; it says so itself.
is_judge() { is_ours "$1" && ! WARRANT_STATUS=1 "$1" </dev/null 2>&1 | grep -q 'hands on'; }

# Whether a hook of somebody else's is in the way in a folder.
is_taken() { # FOLDER
	for name in pre-commit pre-merge-commit pre-applypatch prepare-commit-msg commit-msg applypatch-msg pre-push pre-receive; do
		if is_there "$1/$name" && ! is_ours "$1/$name"; then
			return 0
		fi
	done
	return 1
}

# ---- files

put() { # PROGRAM FOLDER NAME: the file is there whole or not at all, whenever git looks
	[ -x "$build/hooks/$1" ] || die "$build/hooks/$1 is not there: run make first, or name the build with --build"
	if is_there "$2/$3" && ! is_ours "$2/$3"; then
		die "$2/$3 is not Warrant's: move it away"
	fi
	rm -f "$2/.$3.new"
	# The same program under a second name takes no second place.
	if [ "$1" = "$3" ] || ! cmp -s "$build/hooks/$1" "$2/$1" || ! ln "$2/$1" "$2/.$3.new" 2>/dev/null; then
		cp "$build/hooks/$1" "$2/.$3.new"
	fi
	chmod 755 "$2/.$3.new"
	mv -f "$2/.$3.new" "$2/$3"
}

# FOLDER: takes out all that is ours. A NAME.local that a user put beside a hook is the user's.
take_out() {
	for file in "$1"/*; do
		is_ours "$file" || continue
		rm -f "$file"
		[ ! -e "$file.local" ] || say "$file.local is yours and stays; it runs no more unless you call it $(basename "$file")"
	done
	rm -f "$1/commit-msg.changes"
}

# FOLDER NAME...: our hooks as at says, and forwarders under the other names; then nothing else of ours. In this order, so that
# no commit meanwhile finds a folder without hooks.
fill() {
	folder=$1
	shift
	plan=$(wanted_hooks)
	for name in "$@"; do
		echo "$plan" | grep -q " $name\$" || plan=$(printf '%s\nforward %s' "$plan" "$name")
	done
	echo "$plan" | while read -r program name; do
		put "$program" "$folder" "$name"
	done
	[ "$at" = pre-commit ] || : >"$folder/commit-msg.changes"
	for file in "$folder"/*; do
		! is_ours "$file" || echo "$plan" | grep -q " $(basename "$file")\$" || rm -f "$file"
	done
	[ "$at" != pre-commit ] || rm -f "$folder/commit-msg.changes"
}

# FOLDER: the names of the hooks that are there, taken from where git starts hooks
hooks_in() {
	case $1 in
	'') return ;;
	"$own_hooks") set -- "$common/hooks" ;;
	esac
	cd "$top" || return
	for name in $every_hook push-to-checkout proc-receive; do
		[ ! -f "$1/$name" ] || [ ! -x "$1/$name" ] || is_ours "$1/$name" || echo "$name"
	done
}

# ---- core.hooksPath: one value is added and taken away again, no line of the user's is rewritten

# SCOPE: the file that git config --SCOPE writes
config_file() {
	case $1 in
	--local) echo "$common/config" ;;
	--worktree) echo "$(in_repo rev-parse --absolute-git-dir)/config.worktree" ;;
	--global)
		if [ -n "${GIT_CONFIG_GLOBAL:-}" ]; then
			echo "$GIT_CONFIG_GLOBAL"
		elif [ ! -e "$HOME/.gitconfig" ] && [ -e "${XDG_CONFIG_HOME:-$HOME/.config}/git/config" ]; then
			echo "${XDG_CONFIG_HOME:-$HOME/.config}/git/config"
		else
			echo "$HOME/.gitconfig"
		fi
		;;
	esac
}

# SCOPE FOLDER NOTES: adds core.hooksPath = FOLDER; keeps in NOTES what the file was before and after.
add_path() {
	file=$(config_file "$1")
	rm -f "$3/config.before" "$3/config.after"
	[ ! -e "$file" ] || cp -p "$file" "$3/config.before"
	git -C "${repo:-/}" config "$1" --add core.hooksPath "$2"
	cp -p "$file" "$3/config.after"
}

# FILE FOLDER NOTES: takes it away. Byte for byte if nobody changed the file since.
remove_path() {
	[ -e "$1" ] || return 0
	if [ -e "$3/config.after" ] && cmp -s "$1" "$3/config.after"; then
		if [ -e "$3/config.before" ]; then
			cat "$3/config.before" >"$1"
		else
			rm -f "$1"
		fi
		return 0
	fi
	git config --file "$1" --unset-all core.hooksPath "$(as_regex "$2")" || [ $? -eq 5 ] # 5: no such value
}

# ---- one repository

enable_in_place() {
	mkdir -p "$common/warrant"
	if [ ! -d "$common/hooks" ]; then
		mkdir -p "$common/hooks"
		: >"$common/warrant/made-hooks-folder"
	fi
	keep_placement "$common/hooks"
	fill "$common/hooks"
	rmdir "$common/warrant" 2>/dev/null || true
	say "hooks enabled in $common/hooks"
}

# PREVIOUS: the folder that counts without us, as core.hooksPath gives it
enable_beside() {
	mkdir -p "$own"
	keep_placement "$own"
	printf '%s\n' "$1" >"$own/previous"
	# reason: names of hooks hold no blanks
	# owner: @warrant/maintainers
	# shellcheck disable=SC2046
	fill "$own" $(hooks_in "$1")
	if [ "$effective" != "$own" ]; then
		scope=--local
		! in_repo config --show-scope --get core.hooksPath 2>/dev/null | grep -q '^worktree' || scope=--worktree
		remove_path "$(config_file "$scope")" "$own" "$own/.."
		add_path "$scope" "$own" "$own/.."
	fi
	if [ "$(in_repo config --type=path --get core.hooksPath)" != "$own" ]; then
		remove_path "$(config_file "$scope")" "$own" "$own/.."
		die "core.hooksPath is set somewhere that counts more than $(config_file "$scope"): take it away there first"
	fi
	take_out_in_place
	say "hooks enabled in $own; core.hooksPath names it"
	say "the hooks that were there are kept, and run first: ${1:-none}"
}

enable_hooks() {
	find_repository
	if [ "$effective" = "$own" ]; then
		enable_beside "$(cat "$own/previous")"
	elif [ "$effective" = "$global_folder" ]; then
		say "hooks enabled in $effective, for all repositories: nothing to do here"
		return
	elif in_repo config --get core.hooksPath >/dev/null; then
		enable_beside "$effective"
	elif [ -L "$common/hooks" ] || is_taken "$common/hooks"; then
		enable_beside "$own_hooks"
	else
		enable_in_place
	fi
	if [ "$bare" = true ]; then
		say "what is pushed is judged by: pre-receive"
	else
		say "the change is judged by: $(placement_in_words)"
	fi
}

placement_in_words() {
	case $at in
	commit-msg) echo 'commit-msg' ;;
	both) echo 'pre-commit, pre-merge-commit and commit-msg' ;;
	*) echo 'pre-commit and pre-merge-commit' ;;
	esac
}

take_out_in_place() {
	[ -L "$common/hooks" ] || take_out "$common/hooks"
	if [ -e "$common/warrant/made-hooks-folder" ]; then
		rm -f "$common/warrant/made-hooks-folder"
		rmdir "$common/hooks" 2>/dev/null || true
	fi
	rmdir "$common/warrant" 2>/dev/null || true
}

# The work trees of the repository, one a line; for a bare one without any itself.
work_trees() {
	in_repo worktree list --porcelain | awk '
		/^worktree / { tree = substr($0, 10) }
		/^HEAD / { print tree; found = 1 }
		END { if (!found) print tree }' | while read -r tree; do
		[ ! -d "$tree" ] || echo "$tree"
	done
}

disable_hooks() {
	find_repository
	if [ -d "$own" ]; then
		remove_path "$common/config" "$own" "$own/.."
		work_trees | while read -r tree; do
			remove_path "$(git -C "$tree" rev-parse --absolute-git-dir)/config.worktree" "$own" "$own/.."
		done
		rm -rf "$own" "$common/warrant/config.before" "$common/warrant/config.after"
	fi
	take_out_in_place
	say "hooks taken out of $repo"
}

# ---- all repositories of the user

enable_global() {
	repo='' common=/nonexistent top=/
	before=$(cd / && git config --type=path --get core.hooksPath) || before=$own_hooks
	[ "$before" != "$global_folder" ] || before=$(cat "$global_folder/previous")
	mkdir -p "$global_folder"
	keep_placement "$global_folder"
	printf '%s\n' "$before" >"$global_folder/previous"
	# reason: names of hooks hold no blanks
	# owner: @warrant/maintainers
	# shellcheck disable=SC2046,SC2086
	case $before in
	/*) fill "$global_folder" $(hooks_in "$before") ;;
	*) fill "$global_folder" $every_hook ;;
	esac
	if ! git config --global --get-all core.hooksPath "$(as_regex "$global_folder")" >/dev/null; then
		add_path --global "$global_folder" "$global_folder/.."
	fi
	say "hooks enabled in $global_folder for all your repositories; core.hooksPath in $(config_file --global) names it"
	say "hooks of a repository's own are kept, and run first: $before"
	say "a repository that sets core.hooksPath itself (husky does) wants --repo DIR as well"
}

disable_global() {
	[ ! -d "$global_folder" ] || remove_path "$(config_file --global)" "$global_folder" "$global_folder/.."
	rm -rf "$global_folder" "${global_folder%/hooks}/config.before" "${global_folder%/hooks}/config.after"
	rmdir "${global_folder%/hooks}" 2>/dev/null || true
	say "hooks taken out of your git configuration"
}

# ---- do they run?

# NAME: starts the hook as git would, with a question in the environment that any hook of ours answers.
ask_hook() {
	name=$1
	case $1 in
	commit-msg | applypatch-msg | prepare-commit-msg) set -- /dev/null ;;
	pre-push) set -- origin here ;;
	# pre-receive has no arguments and reads what is pushed: nothing
	*) set -- ;;
	esac
	if git hook run --ignore-missing no-such-hook 2>/dev/null; then
		WARRANT_STATUS=1 git -C "$repo" hook run "$name" -- "$@" </dev/null 2>&1 || true
	else
		(cd "$top" && WARRANT_STATUS=1 "$folder/$name" "$@" </dev/null 2>&1) || true
	fi
}

# NAME: says whether it runs in $repo; false when not.
show_hook() {
	answer=$(ask_hook "$1")
	case $answer in
	*'hands on'*) say "$repo: $1 only hands on to the hook that was there before" ;;
	*"$mark"*)
		say "$repo: $1 runs, version ${answer##*"$mark" }"
		return 0
		;;
	*) say "$repo: $1 does NOT run${answer:+: $answer}" ;;
	esac
	return 1
}

# Each hook that should run in the work tree $repo.
show_tree() {
	find_repository
	folder=$(cd "$repo" && cd "$(git rev-parse --git-path hooks)" 2>/dev/null && pwd) || folder=/nonexistent
	at='' good=yes
	keep_placement "$folder"
	for name in $(wanted_hooks | cut -d' ' -f2); do
		show_hook "$name" || good=no
	done
	if [ -e "$folder/previous" ]; then
		previous=$(cat "$folder/previous")
		say "$repo: hooks that were there before run first: ${previous:-none}"
		for name in $(hooks_in "$previous"); do
			is_ours "$folder/$name" || {
				say "$repo: $name came after Warrant and does NOT run: enable the hooks again"
				good=no
			}
		done
	fi
	[ $good = yes ]
}

show_status() {
	find_repository
	all=yes
	trees=$repo
	[ "$bare" = true ] || trees=$(work_trees)
	while read -r repo; do
		show_tree || all=no
	done <<EOF
$trees
EOF
	[ $all = yes ]
}

# Whether the user's git configuration leads to our folder; the hooks are tried in a repository that is made for it.
show_global_status() {
	repo=$(mktemp -d)
	git init -q "$repo"
	if show_tree; then all=yes; else all=no; fi
	rm -rf "$repo"
	[ $all = yes ]
}
