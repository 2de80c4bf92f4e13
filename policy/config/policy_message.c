/* policy_message.c - reads `message:` of a .warrant.yaml. */
#include "policy/config/policy_reader.h"

enum { MAX_LINE = 10000 };

static const char *const level_names[] = { "off", "warn", "refuse", NULL };

_Static_assert(sizeof(enum message_level) == sizeof(int), "YAML_FIELD_ENUM stores an int");

/* `message:`; its lists are appended to the policy's. */
struct messaging {
	struct message_policy values;
	const char *const *types, *const *scopes, *const *issues, *const *words, *const *bots;
	uint32_t bots_line;
};

#define LEVEL(key)                                                                                           \
	{                                                                                                    \
#key, YAML_FIELD_ENUM, .offset = offsetof(struct messaging, values.key),                     \
				       .names = level_names                                                  \
	}
#define LIST(key)                                                                                            \
	{                                                                                                    \
#key, YAML_FIELD_STRINGS, .offset = offsetof(struct messaging, key)                          \
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
	{ "bots", YAML_FIELD_STRINGS, .offset = offsetof(struct messaging, bots),
	  .line_offset = offsetof(struct messaging, bots_line) },
	{ "subject_max", YAML_FIELD_INT, .offset = offsetof(struct messaging, values.subject_max), .min = 1,
	  .max = MAX_LINE },
	{ "body_max", YAML_FIELD_INT, .offset = offsetof(struct messaging, values.body_max), .min = 1,
	  .max = MAX_LINE },
	{ "merges", YAML_FIELD_BOOL, .offset = offsetof(struct messaging, values.merges) },
	{ "reverts", YAML_FIELD_BOOL, .offset = offsetof(struct messaging, values.reverts) },
	{ 0 },
};

enum pol_status policy_read_message(const struct policy_reader *reader, const struct yaml_node *node)
{
	struct message_policy *message = &reader->policy->message;
	struct messaging read = { .values = *message };
	enum pol_status status = policy_read_fields(reader, node, message_fields, &read);

	if (status == POL_OK)
		status = policy_check_globs(reader, read.bots, read.bots_line);
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
