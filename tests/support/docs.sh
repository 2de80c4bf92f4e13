#!/bin/sh
# Tables in the documentation are what the programs print. Between "<!-- NAME -->" and "<!-- end of NAME -->" stands generated
# text; this compares it, and with UPDATE=1 rewrites it.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build}"
check=$BUILD/checks/justification-check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# What each section holds.
print_section() {
	case $1 in
	rules) "$check" --list-rules ;;
	families) "$check" --list-rules | awk -F' *[|] *' -f tests/support/families.awk ;;
	problems) "$check" --list-problems ;;
	options)
		echo '```'
		"$check" --help
		echo '```'
		;;
	policy)
		echo '```yaml'
		"$check" --print-policy
		echo '```'
		;;
	esac
}

for pair in README.md:families README.md:problems README.md:options policy/rules/README.md:rules; do
	file=${pair%%:*} name=${pair##*:}
	print_section "$name" >"$work/$name"
	awk -v name="$name" -v text="$work/$name" '
		$0 == "<!-- end of " name " -->" { inside = 0 }
		!inside { print }
		$0 == "<!-- " name " -->" { inside = 1; found = 1; while ((getline line < text) > 0) print line }
		END { if (!found) exit 3 }' "$file" >"$work/new"
	if cmp -s "$work/new" "$file"; then
		continue
	fi
	if [ "${UPDATE:-}" = 1 ]; then
		cp "$work/new" "$file"
		echo "$file: $name written"
	else
		echo "$file: the section \"$name\" is not what the program prints; run: make docs"
		diff "$file" "$work/new" | head -n 10
		status=1
	fi
done
exit $status
