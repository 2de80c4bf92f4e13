#!/bin/sh
# Reads the includes and proves that layers point one way, and that each third-party library is included in one folder.
set -eu
cd "$(dirname "$0")/../.."
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT

# FOLDER-GLOB  what its files may include, as one extended regular expression over the path of our own headers
allowed() {
	for file in $1; do
		[ -f "$file" ] || continue
		grep -nE '^#include "' "$file" | grep -vE "^[0-9]+:#include \"($2)" | sed "s|^|$file:|" >>"$bad" || true
	done
}
# LIBRARY-HEADER  the only place that may include it, as an extended regular expression over files
only() {
	git ls-files -co --exclude-standard '*.c' '*.h' | grep -vE '^tests/' | xargs grep -nE "^#include <$1>" |
		grep -vE "^($2)" >>"$bad" || true
}

allowed 'policy/base/*.[ch]' 'policy/base/'
allowed 'policy/source/*.[ch]' 'policy/(base|source)/'
allowed 'policy/rules/*.[ch]' 'policy/(base|rules)/'
allowed 'policy/config/*.[ch]' 'policy/(base|rules|config)/'
allowed 'policy/justification*.[ch]' 'policy/(base/|rules/|justification)'
allowed 'policy/report/*.[ch]' 'policy/(base/|rules/|report/|justification.h)'
allowed 'policy/judge*.[ch] policy/hint.[ch]' 'policy/(base/|rules/|config/|report/|judge|hint|justification.h)'
allowed 'checks/*.[ch] checks/*/*.[ch]' '(policy|checks)/'
allowed 'hooks/*.[ch]' '(policy|checks|hooks)/'
allowed 'app/*.[ch]' '(app|policy/base)/'

only 'git2.h' 'policy/source/'
only 'pcre2.h' 'policy/rules/'
only 'yaml.h' 'policy/config/'
only 'jansson.h' 'policy/report/|checks/license-check/'
only 'popt.h' 'checks/'
only 'sqlite3.h' 'app/'
only 'microhttpd.h' 'app/'
only 'curl/.*' 'none'

if [ -s "$bad" ]; then
	echo "includes that point the wrong way:"
	cat "$bad"
	exit 1
fi
