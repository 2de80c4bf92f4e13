#!/bin/sh
# Two clean builds of what is committed, in two folders of different names, must give the same bytes.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in first another-second; do
	git clone -q . "$work/$name"
	make -s -C "$work/$name" all >/dev/null
	(cd "$work/$name/build" && find hooks checks app -type f -exec sha256sum {} +) | sort >"$work/$name.sums"
done
cmp "$work/first.sums" "$work/another-second.sums"
echo "the same bytes twice: $(wc -l <"$work/first.sums") programs"
