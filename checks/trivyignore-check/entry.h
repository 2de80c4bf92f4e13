/* entry.h - the entries of an ignore file, whatever its format. A reader per format fills them; all that is judged is
 * judged on them. */
#ifndef CHECKS_TRIVYIGNORE_ENTRY_H
#define CHECKS_TRIVYIGNORE_ENTRY_H

#include "policy/justification.h"
#include "policy/report/problem.h"

/* One thing that is ignored. Slices and texts live as long as the file's text or the arena given to the reader. */
struct ignore_entry {
	struct slice id;        /* empty when the entry has none */
	struct slice where;     /* what a report points at: the id in the text, else the entry's line */
	uint32_t line;          /* 1-based */
	struct slice line_text; /* without its line end */
	bool is_license;        /* stands under licenses:, where any name or expression is an id */
	uint32_t twin_line;     /* where the same id stood before, 0 = nowhere; filled by the check */
	struct justification justification;
	const char *malformed_fix;
	const char *malformed; /* why Trivy would not understand it, one sentence; NULL = it would */
};

struct ignore_entries {
	struct ignore_entry *items;
	size_t count, capacity;
};

/* A new entry at the end, zeroed but for justification.until; NULL when out of memory. */
struct ignore_entry *entries_add(struct arena *arena, struct ignore_entries *entries) POL_MUST_CHECK;

/* Reads a .trivyignore: one id a line, # comments, "exp:YYYY-MM-DD" behind the id. A comment block followed (at most one
 * empty line between) by a run of ids justifies them all; a comment after an id opens a new group. POL_ENOMEM. */
enum pol_status entries_read_plain(struct arena *arena, struct slice text,
                                   struct ignore_entries *entries) POL_MUST_CHECK;

/* Reads a .trivyignore.yaml: lists of entries {id, paths, purls, expired_at, statement} under vulnerabilities,
 * misconfigurations, secrets and licenses. What is no YAML at all is one malformed entry. POL_ENOMEM. */
enum pol_status entries_read_yaml(struct arena *arena, const char *path, struct slice text,
                                  struct ignore_entries *entries) POL_MUST_CHECK;

#endif
