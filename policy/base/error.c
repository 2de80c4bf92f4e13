/* error.c - fills struct pol_error. */
#include "policy/base/error.h"

#include <stdarg.h>
#include <stdio.h>

enum pol_status pol_fail(struct pol_error *err, enum pol_status status, const char *path, uint32_t line,
                         const char *format, ...)
{
	va_list args;

	if (!err)
		return status;
	err->status = status;
	err->line = line;
	(void)snprintf(err->path, sizeof(err->path), "%s", path ? path : "");
	va_start(args, format);
	(void)vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	return status;
}

enum pol_status pol_fail_memory(struct pol_error *err)
{
	return pol_fail(err, POL_ENOMEM, NULL, 0, "out of memory");
}
