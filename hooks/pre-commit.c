/* pre-commit - judges what `git commit` is about to record; under the names pre-merge-commit and pre-applypatch, what `git merge`
 * and `git am` are. Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "hooks/chain.h"
#include "hooks/changes.h"

#include <string.h>

/* The name that reports are signed with. */
static const char *name_of(const char *hook)
{
	static const char *const names[] = { "pre-merge-commit", "pre-applypatch" };
	const char *slash = strrchr(hook, '/');

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(slash ? slash + 1 : hook, names[i]) == 0)
			return names[i];
	}
	return "pre-commit";
}

int main(int argc, char **argv)
{
	int status = chain_run(argv, (struct slice){ NULL, 0 });

	(void)argc;
	if (status != 0)
		return status;
	return changes_judge(name_of(argv[0]));
}
