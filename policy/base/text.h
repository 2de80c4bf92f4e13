/* text.h - slices of text, and the few questions asked of them everywhere. ASCII only where case or blanks matter:
 * the locale never decides what a rule sees. */
#ifndef POLICY_BASE_TEXT_H
#define POLICY_BASE_TEXT_H

#include "policy/base/arena.h"
#include "policy/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A view of bytes that somebody else owns; need not be NUL-terminated, may hold any byte. */
struct slice {
	const char *data;
	size_t size;
};

#define SLICE(literal) ((struct slice){ "" literal, sizeof(literal) - 1 })

struct slice slice_of(const char *string);        /* NULL gives an empty slice */
struct slice slice_of_buf(const struct buf *buf); /* a view of what it holds; its data is never NULL */
bool slice_equal(struct slice a, struct slice b);
bool slice_equal_nocase(struct slice a, struct slice b);
bool slice_starts(struct slice text, const char *prefix);
bool slice_starts_nocase(struct slice text, const char *prefix);
bool slice_ends(struct slice text, const char *suffix);
/* Whether text is one of words, or ends in one of suffixes; the lists end with NULL. */
bool slice_is_one_of(struct slice text, const char *const *words);
bool slice_ends_in_one_of(struct slice text, const char *const *suffixes);
struct slice slice_trim(struct slice text); /* without blanks, tabs, CR, LF, VT, FF at both ends */
struct slice slice_from(struct slice text, size_t offset); /* the rest from offset (cut to size) */
struct slice slice_sub(struct slice text, size_t offset, size_t size); /* cut to what there is */
/* First place of needle (or of byte c) in text, SIZE_MAX = nowhere. */
size_t slice_find(struct slice text, const char *needle);
size_t slice_find_nocase(struct slice text, const char *needle);
size_t slice_find_char(struct slice text, char c);
size_t slice_find_last_char(struct slice text, char c); /* the last place */
/* Cuts the next line off *rest: *ret_line without its LF, CRLF or CR-before-LF; false when *rest is empty. */
bool slice_next_line(struct slice *rest, struct slice *ret_line);
/* Words separated by blanks, tabs or line ends: how many there are. */
size_t slice_count_words(struct slice text);

/* The line (1-based) and column (1-based, bytes) of offset in text. */
void text_position(struct slice text, size_t offset, uint32_t *ret_line, uint32_t *ret_column);
/* The line that holds offset, without its line end. */
struct slice text_line_at(struct slice text, size_t offset);
/* Offset of the first byte of that line. */
size_t text_line_start(struct slice text, size_t offset);

bool text_is_utf8(
	struct slice text); /* valid UTF-8: no overlong forms, surrogates or code points over 10FFFF */
size_t text_count_chars(struct slice text); /* code points; each invalid byte counts as one */

/* Appends text for a terminal or a log: printable UTF-8 as it is; a tab as a blank when keep_tab is false; every other
 * control byte, DEL, C1 control, bidirectional control and invalid byte as \xNN. Nothing that comes out can move a cursor. */
void text_add_escaped(struct buf *buf, struct slice text, bool keep_tab);
/* The same with only invalid UTF-8 escaped as \xNN: for JSON, whose writer escapes controls itself. */
void text_add_utf8(struct buf *buf, struct slice text);

/* FNV-1a, 64 bits; chain with the result of the call before. Start with TEXT_HASH_START. */
#define TEXT_HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t text_hash(uint64_t hash, struct slice text);

#endif
