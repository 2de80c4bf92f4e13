/* content.h - is this text? */
#ifndef POLICY_SOURCE_CONTENT_H
#define POLICY_SOURCE_CONTENT_H

#include "policy/base/buf.h"
#include "policy/base/text.h"

enum content_kind {
	CONTENT_TEXT,    /* judged as it is */
	CONTENT_UTF16,   /* begins with a UTF-16 mark: judged after content_decode */
	CONTENT_BINARY,  /* holds a NUL in its first 8,000 bytes (git's test): not judged, counted */
	CONTENT_POINTER, /* a Git LFS pointer: its content is elsewhere; not judged, counted */
};

enum content_kind content_kind(struct slice content);
/* UTF-16 (either order, by its mark) to UTF-8 into *utf8 (cleared first); broken surrogates become U+FFFD. */
void content_decode(struct slice utf16, struct buf *utf8);

#endif
