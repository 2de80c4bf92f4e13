#!/bin/sh
# All benchmarks.
set -eu
folder=$(dirname "$0")
sh "$folder/hooks.sh"
sh "$folder/tree.sh"
sh "$folder/managers.sh"
sh "$folder/range.sh"
