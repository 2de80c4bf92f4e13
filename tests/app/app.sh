#!/bin/sh
# The demo application over HTTP: list, add, delete, and what it must refuse.
# shellcheck source=tests/support/tap.sh
. "$(dirname "$0")/../support/tap.sh"

"$BUILD/app/task-app" "$scratch/tasks.db" 0 >"$scratch/url" 2>"$scratch/app.err" &
app=$!
trap 'kill $app 2>/dev/null; wait $app; rm -rf "$scratch"' EXIT
# The address is printed once the socket listens.
while ! [ -s "$scratch/url" ] && kill -0 $app 2>/dev/null; do :; done
url=$(cat "$scratch/url")

code() { # CURL-ARGUMENTS... : prints the HTTP status, the body goes to $scratch/body
	curl -s -o "$scratch/body" -w '%{http_code}' "$@"
}
expect() { # NAME STATUS CURL-ARGUMENTS...
	expect_name=$1 expect_want=$2
	shift 2
	tap_ok "$expect_name" test "$(code "$@")" = "$expect_want"
}

expect 'an empty list' 200 "$url"
expect 'health' 200 "${url}health"
expect 'add a task' 303 --data-urlencode 'title=<b>milk</b> & bread' "${url}add"
expect 'list it' 200 "$url"
tap_has 'titles are escaped' "$scratch/body" '&lt;b&gt;milk&lt;/b&gt; &amp; bread'
expect 'an empty title' 400 -d 'title=' "${url}add"
expect 'a title too long' 413 -d "title=$(printf '%0300d' 1)" "${url}add"
expect 'a body too long' 413 -d "title=x&pad=$(printf '%05000d' 1)" "${url}add"
expect 'GET changes nothing' 404 "${url}delete?id=1"
expect 'a form of another site' 403 -H 'Origin: http://example.org' -d id=1 "${url}delete"
expect 'an id that is no number' 400 -d 'id=1 OR 1=1' "${url}delete"
expect 'delete a task' 303 -d id=1 "${url}delete"
expect 'delete it again' 404 -d id=1 "${url}delete"
expect 'another method' 405 -X PUT "$url"
tap_end
