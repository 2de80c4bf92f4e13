/* settings.c - opens the repository for its configuration when it must. */
#include "checks/commit-message-check/settings.h"

void settings_free(struct settings *settings)
{
	if (settings->is_own)
		repo_free(settings->repo);
	*settings = (struct settings){ .source = settings->source };
}

static enum pol_status find_repo(struct settings *settings, struct pol_error *err)
{
	enum pol_status status;

	if (settings->is_looked_for)
		return POL_OK;
	settings->repo = source_repo(settings->source);
	if (!settings->repo) {
		/* The file lies outside of a work tree: in the git folder of a linked one, or anywhere. */
		status = repo_open(source_top(settings->source), &settings->repo, err);
		if (status < 0 && status != POL_ENOTFOUND)
			return status;
		settings->is_own = status == POL_OK;
	}
	settings->is_looked_for = true;
	return POL_OK;
}

enum pol_status settings_read(struct settings *settings, const char *key, struct arena *arena,
                              const char **ret_value, struct pol_error *err)
{
	CLEANUP(buf) struct buf value = { 0 };
	enum pol_status status = find_repo(settings, err);

	if (status < 0)
		return status;
	*ret_value = NULL;
	status = settings->repo ? repo_config(settings->repo, key, &value, err) : POL_ENOTFOUND;
	if (status == POL_ENOTFOUND)
		return POL_OK;
	if (status < 0)
		return status;
	*ret_value = arena_copy(arena, value.data ? value.data : "", value.size);
	return *ret_value ? POL_OK : pol_fail_memory(err);
}
