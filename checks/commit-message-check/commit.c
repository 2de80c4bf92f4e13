/* commit.c - takes a commit object apart. */
#include "checks/commit-message-check/commit.h"

#include "checks/commit-message-check/encoding.h"

/* Headers end at the first empty line; the empty lines of a signature within begin with a blank. */
static struct slice cut_headers(struct slice *text)
{
	size_t end = slice_find(*text, "\n\n");
	struct slice headers = end == SIZE_MAX ? *text : slice_sub(*text, 0, end + 1);

	*text = end == SIZE_MAX ? (struct slice){ "", 0 } : slice_from(*text, end + 2);
	return headers;
}

/* Whether line is the header name; *ret_value is what stands behind it. */
static bool is_header(struct slice line, const char *name, struct slice *ret_value)
{
	size_t size = slice_of(name).size;

	if (!slice_starts(line, name) || line.size <= size || line.data[size] != ' ')
		return false;
	*ret_value = slice_from(line, size + 1);
	return true;
}

static struct slice find_encoding(struct slice headers)
{
	struct slice line, value;

	while (slice_next_line(&headers, &line)) {
		if (is_header(line, "encoding", &value))
			return value;
	}
	return (struct slice){ "", 0 };
}

static size_t count_parents(struct slice headers)
{
	struct slice line, value;
	size_t count = 0;

	while (slice_next_line(&headers, &line))
		count += is_header(line, "parent", &value);
	return count;
}

static void read_headers(struct slice headers, struct commit *commit)
{
	struct slice line, value;

	while (slice_next_line(&headers, &line)) {
		if (is_header(line, "parent", &value) &&
		    oid_parse(value, &commit->parents[commit->parent_count]))
			commit->parent_count++;
		else if (is_header(line, "author", &value))
			(void)identity_parse(value, &commit->author);
		else if (is_header(line, "committer", &value))
			(void)identity_parse(value, &commit->committer);
	}
}

enum pol_status commit_parse(struct arena *arena, struct slice text, struct commit *ret_commit)
{
	struct slice encoding, headers, message = text;
	struct commit commit = { .parent_count = 0 };

	encoding = find_encoding(cut_headers(&message));
	if (encoding_to_utf8(arena, text, encoding, &message) < 0)
		return POL_ENOMEM;
	headers = cut_headers(&message);
	commit.parents = arena_alloc(arena, count_parents(headers) + 1, sizeof(*commit.parents));
	if (!commit.parents)
		return POL_ENOMEM;
	read_headers(headers, &commit);
	commit.message = message;
	*ret_commit = commit;
	return POL_OK;
}
