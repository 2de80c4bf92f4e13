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

# Rules that are in no pack: those of checks, and of runs themselves.
print_checks() {
	printf '\n### checks\n\nWhat checks find by their own code, and what a run objects to itself.\n\n'
	printf '| code | rule | kind | severity | what it finds |\n|---|---|---|---|---|\n'
	for code in LIM01 LIM02 POL01 POL02 PSH01; do
		"$check" --explain $code | awk 'NR == 1 { code = $1; id = $2 } NR == 2 { title = $0 }
			/^kind:/ { kind = $2 } /^severity:/ { printf "| %s | %s | %s | %s | %s |\n", code, id, kind, $2, title }'
	done
	for program in license-check trivyignore-check commit-message-check; do
		"$BUILD/checks/$program" --list-rules | tail -n +3
	done
}

# What each section holds.
print_section() {
	case $1 in
	rules) "$BUILD/rulec" reference policy/rules/packs/*.yaml && print_checks ;;
	families) "$check" --list-rules | awk -F' *[|] *' -f tests/support/families.awk ;;
	problems) "$check" --list-problems ;;
	messages)
		"$check" --print-policy | sed '1,/^message:/d' >"$work/message-keys"
		"$BUILD/checks/commit-message-check" --list-rules |
			awk -F' *[|] *' -v keys="$work/message-keys" -f tests/support/messages.awk
		;;
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

for pair in README.md:families README.md:messages README.md:problems README.md:options policy/rules/README.md:rules; do
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
