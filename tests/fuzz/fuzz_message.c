/* fuzz_message.c - commit messages, commits and the lines of a push: a cleaned message has no empty line at either end and never two
 * in a row, its trailers stand in its last lines and have a key, a commit's parts lie within; what is read of a push is whole. */
#include "checks/commit-message-check/commit.h"
#include "checks/commit-message-check/trailer.h"
#include "checks/push-check/push.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_message(const struct message *message)
{
	for (size_t i = 0; i < message->count; i++) {
		bool is_edge = i == 0 || i + 1 == message->count;

		demand(message->lines[i].text.size > 0 || !(is_edge || message->lines[i - 1].text.size == 0));
		demand(slice_find_char(message->lines[i].text, '\0') == SIZE_MAX);
	}
}

static void check_trailers(const struct message *message, const struct trailers *trailers)
{
	demand(trailers->start <= trailers->end && trailers->end <= message->count);
	demand(trailers->count <= trailers->end - trailers->start);
	for (size_t i = 0; i < trailers->count; i++) {
		const struct trailer *trailer = &trailers->items[i];

		demand(trailer->key.size > 0 && slice_find_char(trailer->key, ':') == SIZE_MAX);
		demand(slice_find_char(trailer->value, '\n') == SIZE_MAX);
		demand(trailer->line >= trailers->start && trailer->line < trailers->end);
	}
}

static void check_draft(struct arena *arena, struct slice text, const struct message_origin *origin)
{
	struct message_form form = form_of(text, origin);
	struct message message;
	struct trailers trailers;

	demand(message_clean(arena, text, form, &message) == POL_OK);
	check_message(&message);
	/* A comment is no part of it. */
	demand(form.mark.size == 0 || message.count == 0 || form.keeps_comments ||
	       !slice_equal(slice_sub(message.lines[0].text, 0, form.mark.size), form.mark));
	demand(trailers_parse(arena, &message, form.mark.size > 0 ? form.mark : SLICE("#"), &trailers) ==
	       POL_OK);
	check_trailers(&message, &trailers);
}

static void check_commit(struct arena *arena, struct slice text)
{
	struct commit commit;

	demand(commit_parse(arena, text, &commit) == POL_OK);
	demand(commit.message.size <= 3 * text.size);
	demand(commit.parent_count <= text.size / 40);
}

static void check_push(struct arena *arena, struct slice text)
{
	struct push push = { .remote_name = "origin" };
	struct pol_error err = { 0 };

	if (push_read(arena, text, 1000, &push, &err) < 0)
		return;
	for (size_t i = 0; i < push.count; i++)
		demand(push.refs[i].local && push.refs[i].remote && push.refs[i].local_oid.size > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct message_origin origins[] = {
		{ .editor = ":" },
		{ .editor = "vi", .in_hook = true },
		{ .editor = "vi", .in_hook = true, .cleanup = "scissors", .mark = "//" },
		{ .editor = NULL, .cleanup = "strip", .mark = "auto" },
	};
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { size > 0 ? (const char *)data : "", size };

	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		check_draft(&arena, text, &origins[i]);
	check_commit(&arena, text);
	check_push(&arena, text);
	return 0;
}
