/* csv.h - records of a CSV file (RFC 4180: quoted fields may hold commas, line ends and doubled quotes). Strict: what is no
 * CSV is refused, since a record that swallows its neighbours would hide them. */
#ifndef CHECKS_LICENSE_CSV_H
#define CHECKS_LICENSE_CSV_H

#include "policy/base/arena.h"
#include "policy/base/text.h"

enum { CSV_MAX_FIELDS = 32 };

/* Where the reader stands; made by csv_open. */
struct csv {
	struct arena *arena; /* takes the fields */
	const char *path;    /* for messages */
	struct slice text;
	size_t offset;
	uint32_t line; /* of offset */
};

struct csv_record {
	const char *fields[CSV_MAX_FIELDS]; /* trimmed */
	size_t count;                       /* at least 1 */
	uint32_t line;                      /* where it begins */
	size_t offset;                      /* of its first byte, the start of that line */
};

/* A byte order mark at the start is left out. */
struct csv csv_open(struct arena *arena, const char *path, struct slice text);

/* The next record that is neither empty nor a # comment. POL_ENOTFOUND at the end; POL_ECONFIG with the line for a quote that
 * is not closed, text beside a quoted field, a NUL byte, or more than CSV_MAX_FIELDS fields; POL_ENOMEM. */
enum pol_status csv_next(struct csv *csv, struct csv_record *ret_record,
                         struct pol_error *err) POL_MUST_CHECK;

#endif
