/* error.h - how every fallible function of Warrant reports failure.
 *
 * A function that can fail returns enum pol_status; results go to ret_* parameters, which stay untouched on failure;
 * the last parameter is the caller's struct pol_error (may be NULL), filled by the lowest function that knows the file
 * and line. Findings are data, never errors. */
#ifndef POLICY_BASE_ERROR_H
#define POLICY_BASE_ERROR_H

#include <stdint.h>

#define POL_MUST_CHECK        __attribute__((warn_unused_result))
#define POL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum pol_status {
	POL_OK = 0,
	POL_ENOMEM = -1,  /* out of memory, or over an arena's limit */
	POL_EIO = -2,     /* a file could not be read or written */
	POL_EGIT = -3,    /* the repository, a revision or an object could not be read */
	POL_ECONFIG = -4, /* a policy, rule or ledger file is wrong; path and line are set */
	POL_ELIMIT = -5,  /* input over a bound of size, depth, time or regex steps */
	POL_EUSAGE = -6,  /* the command line is wrong */
	POL_ENOTFOUND =
		-7, /* what was asked for does not exist; callers often treat this as a normal answer */
};

/* Why a call failed. Owned by the caller and free of heap, so it can be filled when memory is gone. */
struct pol_error {
	enum pol_status status;
	uint32_t line;  /* 1-based line in path, 0 = no particular line */
	char path[256]; /* the file at fault, "" = none; cut at 255 bytes, always terminated */
	char message
		[512]; /* one sentence without final stop or newline; may hold raw bytes of untrusted names */
};

/* Fills *err (when not NULL) and returns status, so that `return pol_fail(...)` reads as one step. path may be NULL. */
enum pol_status pol_fail(struct pol_error *err, enum pol_status status, const char *path, uint32_t line,
                         const char *format, ...) POL_PRINTF(5, 6);

/* pol_fail for POL_ENOMEM: "out of memory". */
enum pol_status pol_fail_memory(struct pol_error *err);

#endif
