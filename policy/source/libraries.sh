#!/bin/sh
# Prints the libraries to link as make variables: static ones without the network where the machine has them, since
# they decide how fast a hook starts (policy/source/offline.c); the shared ones, with a warning, where it has not.
set -eu
variant=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat >"$dir/probe.c" <<'C'
#include <git2.h>
#include <popt.h>
#include <jansson.h>
#include <yaml.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
int main(void)
{
	git_repository *repo = 0;
	return git_libgit2_init() < 0 || git_repository_open_ext(&repo, ".", 0, 0) == 0 || !json_object() ||
	       !yaml_get_version_string() || !poptStrerror(0) || pcre2_config(PCRE2_CONFIG_JIT, 0) < 0;
}
C
archives='-lgit2 -lhttp_parser -lmbedcrypto -lyaml -ljansson -lpopt -lpcre2-8 -lz'
static="-Wl,-Bstatic $archives -Wl,-Bdynamic"
shared='-lgit2 -lyaml -ljansson -lpopt -lpcre2-8 -lz'

# The probe's warnings say nothing of use: it is tried, and either links or not.
links() { # OPTIONS
	# reason: a list of linker options is meant to be split
	# owner: @warrant/maintainers
	# shellcheck disable=SC2086
	${CC:-cc} -w -pthread "$dir/probe.c" policy/source/offline.c $1 -o "$dir/probe" 2>"$dir/log"
}

if links "$static"; then
	libs=$static
	hook_libs=$static
	# Without any shared library at all; programs under sanitizers can't be.
	if [ "$variant" = release ] && links "-static $archives"; then
		hook_libs="-static $archives"
	fi
	rulec='-Wl,-Bstatic -lyaml -lpcre2-8 -Wl,-Bdynamic'
else
	echo "warning: no static libgit2 that links without a network: hooks will start slower" >&2
	sed 's/^/warning: /' "$dir/log" | head -n 3 >&2
	libs=$shared
	hook_libs=$shared
	rulec='-lyaml -lpcre2-8'
fi
echo "# written by policy/source/libraries.sh $variant"
echo "LIBS := $libs"
echo "HOOK_LIBS := $hook_libs"
echo "RULEC_LIBS := $rulec"
echo "APP_LIBS := -lmicrohttpd -lsqlite3"
