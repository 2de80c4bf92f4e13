/* regex.c - PCRE2 with limits of steps, depth and memory, and machine code only for patterns that are used often:
 * making it costs as much as some sixty matches of a line. */
#include "policy/rules/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

/* One attempt at one line takes some tens of steps; patterns over several lines some thousands. What needs more is
 * hostile or broken, and not worth a second of anybody's time. */
enum {
	STEPS_MAX = 200000,
	DEPTH_MAX = 20000,
	HEAP_MAX_KIB = 8 * 1024,
	PATTERN_MAX = 16 * 1024,
	NESTING_MAX = 100,
	GROUPS_MAX = 64, /* with the whole match */
	JIT_USES = 32,
	JIT_BYTES = 64 * 1024,
};

static const uint32_t compile_options = PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF |
                                        PCRE2_NEVER_UCP | PCRE2_MULTILINE;

struct regex {
	pcre2_code *code;
	uint32_t uses;
	size_t bytes;
	bool jit_tried;
};

struct regex_engine {
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_match_data *data;
};

void regex_engine_free(struct regex_engine *engine)
{
	if (!engine)
		return;
	pcre2_match_data_free(engine->data);
	pcre2_match_context_free(engine->match);
	pcre2_compile_context_free(engine->compile);
	free(engine);
}

enum pol_status regex_engine_open(struct regex_engine **ret_engine, struct pol_error *err)
{
	struct regex_engine *engine = calloc(1, sizeof(*engine));

	if (!engine)
		return pol_fail_memory(err);
	engine->compile = pcre2_compile_context_create(NULL);
	engine->match = pcre2_match_context_create(NULL);
	engine->data = pcre2_match_data_create(GROUPS_MAX, NULL);
	if (!engine->compile || !engine->match || !engine->data) {
		regex_engine_free(engine);
		return pol_fail_memory(err);
	}
	(void)pcre2_set_newline(engine->compile, PCRE2_NEWLINE_LF);
	(void)pcre2_set_max_pattern_length(engine->compile, PATTERN_MAX);
	(void)pcre2_set_parens_nest_limit(engine->compile, NESTING_MAX);
	(void)pcre2_set_match_limit(engine->match, STEPS_MAX);
	(void)pcre2_set_depth_limit(engine->match, DEPTH_MAX);
	(void)pcre2_set_heap_limit(engine->match, HEAP_MAX_KIB);
	*ret_engine = engine;
	return POL_OK;
}

static enum pol_status fail_compile(int code, size_t offset, struct pol_error *err)
{
	PCRE2_UCHAR text[160] = "";

	if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED)
		return pol_fail_memory(err);
	(void)pcre2_get_error_message(code, text, sizeof(text));
	return pol_fail(err, POL_ECONFIG, NULL, 0, "the regular expression is wrong at byte %zu: %s",
	                offset + 1, (const char *)text);
}

enum pol_status regex_compile(const struct regex_engine *engine, const char *pattern,
                              struct regex **ret_regex, struct pol_error *err)
{
	struct regex *regex = calloc(1, sizeof(*regex));
	uint32_t groups = 0;
	PCRE2_SIZE offset;
	int code;

	if (!regex)
		return pol_fail_memory(err);
	regex->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, compile_options, &code,
	                            &offset, engine->compile);
	if (!regex->code) {
		free(regex);
		return fail_compile(code, offset, err);
	}
	(void)pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups >= GROUPS_MAX) {
		regex_free(regex);
		return pol_fail(
			err, POL_ECONFIG, NULL, 0,
			"the regular expression has %u groups, over %d; write (?:…) where no name is needed",
			groups, GROUPS_MAX - 1);
	}
	*ret_regex = regex;
	return POL_OK;
}

void regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	free(regex);
}

/* Where machine code may not be made (hardened kernels), the interpreter goes on. */
static void count_use(struct regex *regex, size_t bytes)
{
	regex->uses++;
	regex->bytes += bytes;
	if (regex->jit_tried || (regex->uses < JIT_USES && regex->bytes < JIT_BYTES))
		return;
	regex->jit_tried = true;
	(void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
}

enum regex_answer regex_match(struct regex_engine *engine, struct regex *regex,
                              const struct regex_subject *subject, size_t from)
{
	uint32_t options = (subject->not_bol ? PCRE2_NOTBOL : 0) | (subject->not_eol ? PCRE2_NOTEOL : 0);
	PCRE2_SPTR data = (PCRE2_SPTR)(subject->data ? subject->data : "");
	int rc;

	count_use(regex, subject->size - from);
	rc = pcre2_match(regex->code, data, subject->size, from, options, engine->data, engine->match);
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(regex->code, data, subject->size, from, options | PCRE2_NO_JIT, engine->data,
		                 engine->match);
	if (rc == PCRE2_ERROR_NOMATCH)
		return REGEX_NO;
	return rc >= 0 ? REGEX_YES : REGEX_LIMIT;
}

/* A name may stand for several groups, one in each alternative: the first that took part counts. */
static bool find_named(const struct regex_engine *engine, const struct regex *regex, const char *name,
                       uint32_t *ret_group)
{
	const PCRE2_SIZE *places = pcre2_get_ovector_pointer(engine->data);
	PCRE2_SPTR first, last;
	int size = pcre2_substring_nametable_scan(regex->code, (PCRE2_SPTR)name, &first, &last);

	for (; size > 0 && first <= last; first += size) {
		uint32_t group = (uint32_t)first[0] << 8 | first[1];

		if (group < GROUPS_MAX && places[(size_t)2 * group] != PCRE2_UNSET) {
			*ret_group = group;
			return true;
		}
	}
	return false;
}

bool regex_group(const struct regex_engine *engine, const struct regex *regex, const char *name,
                 size_t *ret_start, size_t *ret_end)
{
	const PCRE2_SIZE *places = pcre2_get_ovector_pointer(engine->data);
	uint32_t group = 0;

	if (name && !find_named(engine, regex, name, &group))
		return false;
	/* \K can put the start behind the end. */
	*ret_start = places[(size_t)2 * group];
	*ret_end = places[(size_t)2 * group + 1];
	if (*ret_start > *ret_end)
		*ret_start = *ret_end;
	return true;
}
