# The rules of messages, from --list-rules, with the level that the built-in policy (its lines in the file keys) gives each.
BEGIN {
	while ((getline line < keys) > 0)
		if (match(line, /^  [a-z_]+:/)) {
			key = substr(line, 3, RLENGTH - 3)
			split(substr(line, RLENGTH + 1), words, " ")
			gsub(/"/, "", words[1])
			level[key] = words[1]
		}
	print "| rule | key | built in | refused or warned of |"
	print "|---|---|---|---|"
}
$2 ~ /^MSG/ {
	key = substr($3, length("message-") + 1)
	gsub(/-/, "_", key)
	print "| " $2 " | `" key "` | " level[key] " | " $6 " |"
}
