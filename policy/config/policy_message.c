/* policy_message.c - reads `message:` of a .warrant.yaml. */
#include "policy/config/policy_reader.h"

enum { MAX_LINE = 10000 };

static const char *const level_names[] = { "off", "warn", "refuse", NULL };

_Static_assert(sizeof(enum message_level) == sizeof(int), "YAML_FIELD_ENUM stores an int");

/* `message:`; its lists are appended to the policy's. */
struct messaging {
	struct message_policy values;
	const char *const *types, *const *scopes, *const *issues, *const *words, *const *bots;
	uint32_t types_line, scopes_line, issues_line, words_line, bots_line;
};

#define LEVEL(key)                                                                                           \
	{                                                                                                    \
#key, YAML_FIELD_ENUM, .offset = offsetof(struct messaging, values.key),                     \
				       .names = level_names                                                  \
	}
#define LIST(key)                                                                                            \
	{                                                                                                    \
#key, YAML_FIELD_STRINGS, .offset = offsetof(struct messaging, key),                         \
					  .line_offset = offsetof(struct messaging, key##_line)              \
	}

static const struct yaml_field message_fields[] = {
	LEVEL(empty),
	LEVEL(subject_length),
	LEVEL(trailing_stop),
	LEVEL(blank_line),
	LEVEL(body_width),
	LEVEL(type),
	LEVEL(issue),
	LEVEL(sign_off),
	LEVEL(forbidden),
	LEVEL(unfinished),
	LEVEL(exceptions),
	LIST(types),
	LIST(scopes),
	LIST(issues),
	LIST(words),
	LIST(bots),
	{ "subject_max", YAML_FIELD_INT, .offset = offsetof(struct messaging, values.subject_max), .min = 1,
	  .max = MAX_LINE },
	{ "body_max", YAML_FIELD_INT, .offset = offsetof(struct messaging, values.body_max), .min = 1,
	  .max = MAX_LINE },
	{ "merges", YAML_FIELD_BOOL, .offset = offsetof(struct messaging, values.merges) },
	{ "reverts", YAML_FIELD_BOOL, .offset = offsetof(struct messaging, values.reverts) },
	{ 0 },
};

/* A text that stands everywhere, or nowhere, was meant otherwise. list may be NULL. */
static enum pol_status check_texts(const struct policy_reader *reader, const char *const *list, uint32_t line)
{
	for (; list && *list; list++) {
		if (!**list)
			return pol_fail(reader->err, POL_ECONFIG, reader->path, line,
			                "an empty text stands in the list");
	}
	return POL_OK;
}

static enum pol_status check_lists(const struct policy_reader *reader, const struct messaging *read)
{
	enum pol_status status;

	if ((status = check_texts(reader, read->types, read->types_line)) < 0 ||
	    (status = check_texts(reader, read->scopes, read->scopes_line)) < 0 ||
	    (status = check_texts(reader, read->issues, read->issues_line)) < 0 ||
	    (status = check_texts(reader, read->words, read->words_line)) < 0)
		return status;
	return policy_check_globs(reader, read->bots, read->bots_line);
}

enum pol_status policy_read_message(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct message_policy *message = &reader->policy->message;
	struct messaging read = { .values = *message };
	enum pol_status status = policy_read_fields(reader, node, message_fields, &read);

	if (status == POL_OK)
		status = check_lists(reader, &read);
	if (status < 0)
		return status;
	*message = read.values;
	if ((status = policy_append(reader, &message->types, read.types)) < 0 ||
	    (status = policy_append(reader, &message->scopes, read.scopes)) < 0 ||
	    (status = policy_append(reader, &message->issues, read.issues)) < 0 ||
	    (status = policy_append(reader, &message->words, read.words)) < 0)
		return status;
	return policy_append(reader, &message->bots, read.bots);
}
