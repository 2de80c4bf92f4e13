# Reads --list-rules (| code | id | kind | severity | title |) and prints one row a family of settings, one for the markers.
BEGIN {
	split("TLS:certificate or host verification off, clear text|VER:old protocol versions, weak cipher suites|" \
	      "CRY:weak cryptography|DBG:debug modes and disclosure|NET:listening on all addresses|" \
	      "WEB:web application defences off|EXE:code execution and deserialisation|" \
	      "PRM:file permissions, temporary files|DOC:images and containers|K8S:workloads and clusters|" \
	      "IAC:cloud resources|CI:pipelines|SRV:servers and hosts|BLD:compiler and linker hardening off|" \
	      "GATE:a check whose result is ignored, hooks bypassed|MOB:mobile applications", rows, "|")
	for (i = 1; i in rows; i++) {
		split(rows[i], part, ":")
		order[i] = part[1]
		what[part[1]] = part[2]
	}
	families = i - 1
}
$2 ~ /^[A-Z0-9]+$/ && $3 ~ /^[a-z]/ {
	code = $2
	if (code ~ /^SUP[0-9][0-9]$/) { supply++; next }
	if (code ~ /^SUP[0-9][0-9][0-9]$/) { markers++; next }
	if (code ~ /^SWT/) { switches++; next }
	if (code ~ /^K8S/) { count["K8S"]++; next }
	sub(/[0-9]+$/, "", code)
	count[code]++
}
END {
	print "| family | rules | what they recognise |"
	print "|---|---|---|"
	print "| SUP001 … | " markers " | inline markers of linters and scanners: `# nosec`, `eslint-disable`, `NOLINT`, `checkov:skip` … |"
	print "| SWT | " switches " | checks switched off in configuration: `sonar.exclusions`, `per-file-ignores`, `skip-check` … |"
	for (i = 1; i <= families; i++)
		if (count[order[i]])
			print "| " order[i] " | " count[order[i]] " | " what[order[i]] " |"
	print "| SUP01 … SUP03 | " supply " | checksums, signatures, lock files bypassed |"
}
