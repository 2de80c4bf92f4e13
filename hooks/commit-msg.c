/* commit-msg - judges the message in the file that git names. With a file NAME.changes beside it, which install.sh --at
 * commit-msg puts there, it judges the change as well: with no pre-commit hook git need not read a big index twice.
 * Exit status: 0 allowed, 1 refused, 2 could not tell. */
#include "checks/cli.h"
#include "hooks/chain.h"
#include "hooks/changes.h"

#include <stdio.h>
#include <unistd.h>

static bool judges_changes(const char *hook)
{
	CLEANUP(buf) struct buf path = { 0 };

	buf_printf(&path, "%s.changes", hook);
	/* Out of memory the answer is yes: judging too much lets nothing pass. */
	return buf_failed(&path) || access(path.data, F_OK) == 0;
}

int main(int argc, char **argv)
{
	static const struct check *const checks[] = { &commit_message_check, NULL };
	static const struct cli_program program = {
		.name = "commit-msg",
		.about = "Judge a commit message.",
		.checks = checks,
	};
	const char *paths[] = { argc == 2 ? argv[1] : NULL, NULL };
	const struct source_spec message = {
		.kind = SOURCE_PATHS, .dir = ".", .paths = paths, .no_repo = true
	};
	int of_changes = VERDICT_ALLOWED;
	int status;

	status = chain_run(argv, (struct slice){ NULL, 0 });
	if (status != 0)
		return status;
	if (argc != 2) {
		(void)fprintf(stderr, "commit-msg: expected the path of a message file, as git gives it\n");
		return VERDICT_UNKNOWN;
	}
	if (judges_changes(argv[0]))
		of_changes = changes_judge("commit-msg");
	status = cli_hook(&program, &message);
	return status > of_changes ? status : of_changes;
}
