/* fuzz_message.c - commit messages and the lines of a push: a cleaned message has no empty line at either end and never two in
 * a row; what is read of a push is whole. */
#include "checks/commit-message-check/message.h"
#include "checks/push-check/push.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_message(const struct message *message)
{
	for (size_t i = 0; i < message->count; i++) {
		bool is_edge = i == 0 || i + 1 == message->count;

		if (message->lines[i].text.size == 0 && (is_edge || message->lines[i - 1].text.size == 0))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { size > 0 ? (const char *)data : "", size };
	struct pol_error err = { 0 };
	struct push push = { .remote_name = "origin" };
	struct message message;

	if (message_clean(&arena, text, message_comment_char(text), &message) < 0)
		abort();
	check_message(&message);
	if (push_read(&arena, text, &push, &err) < 0)
		return 0;
	for (size_t i = 0; i < push.count; i++) {
		if (!push.refs[i].local || !push.refs[i].remote || push.refs[i].local_oid.size == 0)
			abort();
	}
	return 0;
}
