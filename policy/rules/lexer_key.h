/* lexer_key.h - collecting the keys above a place; shared by lexer_key*.c only. */
#ifndef POLICY_RULES_LEXER_KEY_H
#define POLICY_RULES_LEXER_KEY_H

#include "policy/rules/lexer.h"
#include "policy/rules/syntax.h"

enum {
	KEY_DEPTH_MAX = 64,   /* keys in a path; what lies further out is left off */
	KEY_LINES_MAX = 5000, /* looked back */
	KEY_BYTES_MAX = 256 * 1024
};

/* The keys found so far, innermost first. */
struct key_list {
	struct slice keys[KEY_DEPTH_MAX];
	size_t count;
};

/* One reader per style: fills list with the keys above offset. */
typedef void key_reader(const struct lexed *lexed, size_t offset, struct key_list *list);
key_reader keys_yaml;              /* lexer_key_yaml.c */
key_reader keys_json, keys_hcl;    /* lexer_key_brace.c */
key_reader keys_section, keys_xml; /* lexer_key_section.c */

/* Empty keys and those beyond KEY_DEPTH_MAX are left out. */
void key_add(struct key_list *list, struct slice key);
/* Adds the parts of a dotted key, the last one first; quoted parts may hold dots. */
void key_add_dotted(struct key_list *list, struct slice key);
/* Without quotes around. */
struct slice key_unquote(struct slice key);
/* Where looking back from offset ends. */
size_t key_floor(const struct lexed *lexed, size_t offset);

/* Goes backwards through the code of a file whose strings end on their line, byte by byte, past comments and strings. */
struct key_cursor {
	const struct lexed *lexed;
	size_t pos;   /* the byte given last */
	size_t floor; /* nothing before it is looked at */
	size_t span;  /* index of the span that holds pos */
	bool quoted;
};
void key_cursor_init(struct key_cursor *cursor, const struct lexed *lexed, size_t offset);
/* The next byte before, '\0' when there is none. Brackets and quotes within strings are passed over. */
char key_cursor_back(struct key_cursor *cursor);
/* The same up to the next bracket that is not closed before the place where the cursor began. */
char key_cursor_outward(struct key_cursor *cursor);

#endif
