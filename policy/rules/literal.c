/* literal.c - judges the literals of rules. Every place where a literal stands costs a run of the rule's regular
 * expression, so texts that stand on very many lines of ordinary code are refused. */
#include "policy/rules/literal.h"

#include <string.h>

/* Alone they are too common; with a neighbour ("exec(", "verify=false") they will do. */
static const char *const common[] = {
	"args",   "array",       "async",   "await",    "base",    "body",   "bool",     "boolean",
	"break",  "build",       "call",    "case",     "char",    "class",  "code",     "config",
	"const",  "context",     "copy",    "count",    "create",  "data",   "date",     "default",
	"delete", "description", "else",    "enum",     "error",   "exec",   "export",   "false",
	"field",  "file",        "find",    "float",    "from",    "func",   "function", "group",
	"have",   "home",        "host",    "http",     "https",   "image",  "import",   "index",
	"info",   "init",        "input",   "int ",     "item",    "items",  "json",     "key:",
	"keys",   "kind",        "label",   "length",   "level",   "line",   "list",     "local",
	"long",   "main",        "message", "method",   "mode",    "model",  "module",   "name",
	"name:",  "names",       "new ",    "node",     "none",    "null",   "number",   "object",
	"open",   "option",      "options", "output",   "package", "param",  "parent",   "path",
	"port",   "print",       "private", "property", "public",  "read",   "require",  "result",
	"return", "role",        "root",    "self",     "self.",   "server", "service",  "size",
	"source", "spec",        "start",   "state",    "static",  "status", "string",   "struct",
	"switch", "system",      "table",   "target",   "test",    "text",   "that",     "the ",
	"then",   "this",        "this.",   "time",     "title",   "token",  "true",     "type",
	"type:",  "undefined",   "unit",    "update",   "user",    "using",  "value",    "version",
	"void",   "when",        "while",   "with",     "write",   "yaml",
};

static bool is_common(struct slice literal)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (slice_equal(slice_of(common[i]), literal))
			return true;
	return false;
}

static bool is_alphanumeric(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			return false;
	}
	return true;
}

const char *literal_weakness(struct slice literal, bool strict)
{
	if (literal.size < LITERAL_SHORT || slice_trim(literal).size < LITERAL_SHORT - 1)
		return "is shorter than 3 bytes; choose a longer text that stands in every match";
	if (literal.size > LITERAL_MAX)
		return "is longer than 255 bytes; the first part of it will do";
	if (memchr(literal.data, '\n', literal.size) || memchr(literal.data, '\r', literal.size))
		return "holds a line end, but is looked for on one line";
	if (!strict)
		return NULL;
	if (literal.size < LITERAL_MIN && is_alphanumeric(literal))
		return "is shorter than 4 letters; choose a longer text that stands in every match";
	if (is_common(literal))
		return "stands on very many lines of ordinary code; choose a rarer text, for instance with "
		       "the sign "
		       "that follows it";
	return NULL;
}
