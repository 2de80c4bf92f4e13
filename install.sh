#!/bin/sh
# One command on a fresh machine: packages, build, hooks enabled in a repository, all checks run once. `./install.sh --help`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

usage() {
	cat <<'EOF'
usage: ./install.sh [OPTIONS]

Installs the packages that Warrant needs, builds it, enables its hooks in this repository and runs every check once.

  --repo DIR        enable the hooks in the repository at DIR instead of this one; a bare one, on a server, gets
                    pre-receive, which judges what is pushed to it
  --global          enable them in every repository of yours, through core.hooksPath of your git configuration
  --at HOOK         which hook judges the change: pre-commit (default; git merge runs pre-merge-commit), commit-msg (saves git
                    a second reading of a big index, but you write the message first), or both
  --no-deps         the packages are there: install none
  --no-hooks        enable no hooks
  --enable-only     only enable the hooks: what is built is there
  --build DIR       take the hooks from DIR/hooks instead of build/hooks
  --prefix DIR      also install programs, manual pages and completions below DIR (make install)
  --status          start each hook the way git does, in the repository and its linked work trees: 0 if all are there, else 1
  --uninstall       take the hooks out of the repository (or with --global, of your configuration) again
  --packages-only G install the packages of group G (build, test, lint) and stop
  --help            this text

Packages are installed with apt-get, dnf, apk, pacman or brew, as root or through sudo. Hooks that were there before, and
core.hooksPath, are kept: they run first, and are as they were after --uninstall.
EOF
}

# One line a package: group, then its name for apt, dnf, apk, pacman, brew; - where the system has it or needs none.
packages() {
	cat <<'EOF'
build gcc              gcc              gcc             gcc          -
build make             make             make            make         make
build git              git              git             git          git
build pkg-config       pkgconf          pkgconf         pkgconf      pkg-config
build libc6-dev        glibc-devel      musl-dev        glibc        -
build libgit2-dev      libgit2-devel    libgit2-dev     libgit2      libgit2
build libpcre2-dev     pcre2-devel      pcre2-dev       pcre2        pcre2
build libyaml-dev      libyaml-devel    yaml-dev        libyaml      libyaml
build libjansson-dev   jansson-devel    jansson-dev     jansson      jansson
build libpopt-dev      popt-devel       popt-dev        popt         popt
build zlib1g-dev       zlib-devel       zlib-dev        zlib         -
build libsqlite3-dev   sqlite-devel     sqlite-dev      sqlite       sqlite
build libmicrohttpd-dev libmicrohttpd-devel libmicrohttpd-dev libmicrohttpd libmicrohttpd
test  libcmocka-dev    libcmocka-devel  cmocka-dev      cmocka       cmocka
test  curl             curl             curl            curl         -
test  jq               jq               jq              jq           jq
lint  clang            clang            clang           clang        llvm
lint  clang-format-14  clang-tools-extra clang-extra-tools clang     clang-format
lint  clang-tidy-14    clang-tools-extra clang-extra-tools clang     llvm
lint  cppcheck         cppcheck         cppcheck        cppcheck     cppcheck
lint  shellcheck       ShellCheck       shellcheck      shellcheck   shellcheck
lint  ripgrep          ripgrep          ripgrep         ripgrep      ripgrep
EOF
}

say() { echo "install.sh: $*"; }
die() {
	echo "install.sh: $*" >&2
	exit 2
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		die "packages are missing and this is neither root nor sudo: install them, then use --no-deps: $wanted"
	fi
}

# COLUMN GROUP: the packages of a group for one package manager
names() { packages | awk -v column="$1" -v group="$2" '$1 == group && $column != "-" { print $column }' | sort -u; }

install_packages() { # GROUP
	if command -v apt-get >/dev/null 2>&1; then
		wanted=
		for name in $(names 2 "$1"); do
			dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || wanted="$wanted $name"
		done
		[ -n "$wanted" ] || return 0
		say "installing$wanted"
		as_root apt-get update -qq
		# reason: a list of package names, none of which holds a blank, is meant to be split
		# owner: @warrant/maintainers
		# shellcheck disable=SC2086
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
		return 0
	fi
	if command -v dnf >/dev/null 2>&1; then
		manager='dnf install -y -q' column=3
	elif command -v apk >/dev/null 2>&1; then
		manager='apk add --quiet' column=4
	elif command -v pacman >/dev/null 2>&1; then
		manager='pacman -S --needed --noconfirm' column=5
	elif command -v brew >/dev/null 2>&1; then
		names 6 "$1" | xargs brew install
		return 0
	else
		die "no package manager that this script knows: install the packages it lists by hand, then use --no-deps"
	fi
	wanted=$(names $column "$1" | tr '\n' ' ')
	# reason: a command with its options, and a list of package names, are meant to be split
	# owner: @warrant/maintainers
	# shellcheck disable=SC2086
	as_root $manager $wanted
}

build=$here/build repo=$here deps=yes hooks=yes prefix='' action=install scope=repo at=''
folder_of() { (cd "$1" 2>/dev/null && pwd) || die "$1: no such folder"; }
while [ $# -gt 0 ]; do
	case $1 in
	--repo | --build | --prefix | --packages-only | --at)
		[ $# -ge 2 ] || die "$1 wants a value"
		case $1 in
		--repo) repo=$(folder_of "$2") ;;
		--build) build=$(folder_of "$2") ;;
		--prefix)
			mkdir -p "$2"
			prefix=$(folder_of "$2")
			;;
		--at)
			case $2 in
			pre-commit | commit-msg | both) at=$2 ;;
			*) die "--at wants pre-commit, commit-msg or both, not $2" ;;
			esac
			;;
		--packages-only)
			install_packages "$2"
			exit 0
			;;
		esac
		shift 2
		continue
		;;
	--global) scope=global ;;
	--no-deps) deps=no ;;
	--no-hooks) hooks=no ;;
	--enable-only) action=enable ;;
	--status) action=status ;;
	--uninstall) action=uninstall ;;
	--help)
		usage
		exit 0
		;;
	*) die "unknown option $1; see --help" ;;
	esac
	shift
done

# A hook or a GUI may have set them for another repository.
# reason: a list of names of variables is meant to be split
# owner: @warrant/maintainers
# shellcheck disable=SC2046
unset $(git rev-parse --local-env-vars 2>/dev/null) || true

# shellcheck source=hooks/place.sh
. "$here/hooks/place.sh"

case $action-$scope in
enable-repo) enable_hooks ;;
enable-global) enable_global ;;
status-repo) show_status ;;
status-global) show_global_status ;;
uninstall-repo) disable_hooks ;;
uninstall-global) disable_global ;;
install-*)
	[ $deps = no ] || install_packages build
	cd "$here"
	make -j"$(getconf _NPROCESSORS_ONLN)"
	[ -z "$prefix" ] || make install PREFIX="$prefix"
	[ $hooks = no ] || [ $scope = global ] || enable_hooks
	[ $hooks = no ] || [ $scope = repo ] || enable_global
	make check
	;;
esac
