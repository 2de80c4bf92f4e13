# shellcheck shell=sh
# repository.sh - the repositories that hooks are measured in. Source it.

# COUNT files in folders of 100, by way of a fast-import stream; then one staged file of 20 KB.
make_repo() { # COUNT FOLDER
	git init -q -b main "$2"
	awk -v count="$1" 'BEGIN {
		print "commit refs/heads/main\ncommitter A <a@example.org> 0 +0000\ndata 5\nBegin"
		for (i = 0; i < count; i++) {
			text = "static int value_" i " = " i ";\n"
			printf "M 100644 inline d%d/e%d/f%d.c\ndata %d\n%s\n", i / 10000, i / 100, i, length(text), text
		}
	}' | git -C "$2" fast-import --quiet
	git -C "$2" reset -q --hard
	awk 'BEGIN { for (i = 0; i < 500; i++) print "int function_" i "(int argument) { return argument + 1; }" }' >"$2/staged.c"
	git -C "$2" add staged.c
	git -C "$2" write-tree >/dev/null # as git leaves the index when it calls the hook
}
