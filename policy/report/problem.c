/* problem.c - the names and meanings of what can be wrong. */
#include "policy/report/problem.h"

#include <assert.h>

static const struct {
	const char *code;
	const char *meaning;
} problems[PROBLEM_COUNT] = {
#define PROBLEM_ROW(name, code, meaning) [PROBLEM_##name] = { code, meaning },
	PROBLEMS(PROBLEM_ROW)
#undef PROBLEM_ROW
};

const char *problem_code(enum problem problem)
{
	assert((unsigned)problem < PROBLEM_COUNT);
	return problems[problem].code;
}

const char *problem_meaning(enum problem problem)
{
	assert((unsigned)problem < PROBLEM_COUNT);
	return problems[problem].meaning;
}
