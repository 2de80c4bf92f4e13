/* policy_hash.c - tells whether two versions of a policy ask for the same. */
#include "policy/config/policy_reader.h"

#include <assert.h>
#include <string.h>

enum { MAX_DEPTH = 16 }; /* yaml.h refuses deeper trees */

/* A collection on the way down. */
struct frame {
	const struct yaml_node *node;
	size_t index; /* of the next item */
	uint64_t sum;
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t hash = text_hash(TEXT_HASH_START, (struct slice){ (const char *)&a, sizeof(a) });

	return text_hash(hash, (struct slice){ (const char *)&b, sizeof(b) });
}

/* Keys of a mapping are added up, so that their order does not count; items of a list are chained. */
static void fold(struct frame *frame, uint64_t value)
{
	if (frame->node->type == YAML_MAPPING) {
		const char *key = frame->node->keys[frame->index]->scalar;

		frame->sum += mix(text_hash(TEXT_HASH_START, slice_of(key)), value);
	} else {
		frame->sum = mix(frame->sum, value);
	}
	frame->index++;
}

static bool is_collection(const struct yaml_node *node)
{
	return node->type == YAML_SEQUENCE || node->type == YAML_MAPPING;
}

static bool is_left_out(const struct frame *frame, size_t depth)
{
	return depth == 1 && frame->node->type == YAML_MAPPING &&
	       strcmp(frame->node->keys[frame->index]->scalar, "exceptions") == 0;
}

uint64_t policy_hash(const struct yaml_node *root)
{
	struct frame stack[MAX_DEPTH] = { { .node = root } };
	size_t depth = 1;

	for (;;) {
		struct frame *top = &stack[depth - 1];
		const struct yaml_node *item;

		if (top->index == top->node->count) {
			/* An empty policy hashes like no policy at all, so the type of the root does not count. */
			uint64_t hash = depth == 1 ? top->sum : mix((uint64_t)top->node->type, top->sum);

			if (--depth == 0)
				return hash;
			fold(&stack[depth - 1], hash);
			continue;
		}
		item = top->node->items[top->index];
		if (is_left_out(top, depth)) {
			top->index++;
		} else if (is_collection(item)) {
			assert(depth < MAX_DEPTH);
			stack[depth++] = (struct frame){ .node = item };
		} else {
			fold(top,
			     mix((uint64_t)item->type, text_hash(TEXT_HASH_START, slice_of(item->scalar))));
		}
	}
}
