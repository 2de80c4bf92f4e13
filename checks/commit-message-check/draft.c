/* draft.c - gathers what is known about a message before it is recorded. */
#include "checks/commit-message-check/draft.h"

#include "checks/commit-message-check/encoding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The path of a file beside the message's. */
static const char *beside(const struct settings *settings, struct arena *arena, const char *path,
                          const char *name)
{
	const char *slash = strrchr(path, '/');
	int size = slash ? (int)(slash - path) + 1 : 0;

	if (*path == '/')
		return arena_printf(arena, "%.*s%s", size, path, name);
	return arena_printf(arena, "%s/%.*s%s", source_top(settings->source), size, path, name);
}

/* ---- the text --------------------------------------------------------------------------------------------------------*/

static enum pol_status read_origin(struct settings *settings, struct arena *arena, struct slice raw,
                                   struct message_origin *origin, struct pol_error *err)
{
	enum pol_status status;

	if (!form_needs_settings(raw, origin))
		return POL_OK;
	status = settings_read(settings, "commit.cleanup", arena, &origin->cleanup, err);
	if (status == POL_OK)
		status = settings_read(settings, "core.commentString", arena, &origin->mark, err);
	if (status == POL_OK && !origin->mark)
		status = settings_read(settings, "core.commentChar", arena, &origin->mark, err);
	return status;
}

static enum pol_status convert(struct settings *settings, struct arena *arena, struct slice raw,
                               struct slice *ret_text, struct pol_error *err)
{
	const char *encoding = NULL;
	enum pol_status status;

	*ret_text = raw;
	if (text_is_utf8(raw))
		return POL_OK;
	status = settings_read(settings, "i18n.commitEncoding", arena, &encoding, err);
	if (status == POL_OK && encoding_to_utf8(arena, raw, slice_of(encoding), ret_text) < 0)
		return pol_fail_memory(err);
	return status;
}

enum pol_status draft_read(struct settings *settings, struct arena *arena, const char *path, struct slice raw,
                           struct draft *ret_draft, struct pol_error *err)
{
	struct message_origin origin = { .editor = getenv("GIT_EDITOR"),
		                         .in_hook = getenv("GIT_INDEX_FILE") != NULL };
	const char *merge = beside(settings, arena, path, "MERGE_HEAD");
	struct draft draft = { .in_hook = origin.in_hook };
	enum pol_status status;

	if (!merge)
		return pol_fail_memory(err);
	draft.is_merge = access(merge, F_OK) == 0;
	status = convert(settings, arena, raw, &draft.text, err);
	if (status == POL_OK)
		status = read_origin(settings, arena, draft.text, &origin, err);
	if (status < 0)
		return status;
	draft.form = form_of(draft.text, &origin);
	*ret_draft = draft;
	return POL_OK;
}

/* ---- who --------------------------------------------------------------------------------------------------------------*/

/* The value of NAME='…' in a file as git am writes it for the shell; NULL when it is not there. */
static enum pol_status read_quoted(struct arena *arena, struct slice script, const char *name,
                                   const char **ret_value)
{
	struct slice line;
	size_t size = strlen(name), to = 0;
	char *value;

	*ret_value = NULL;
	while (slice_next_line(&script, &line)) {
		if (!slice_starts(line, name) || line.size <= size || line.data[size] != '=')
			continue;
		line = slice_from(line, size + 1);
		value = arena_alloc(arena, line.size + 1, 1);
		if (!value)
			return POL_ENOMEM;
		for (size_t i = 0; i < line.size; i++) {
			if (line.data[i] == '\\' && i + 1 < line.size)
				value[to++] = line.data[++i];
			else if (line.data[i] != '\'')
				value[to++] = line.data[i];
		}
		*ret_value = value;
		return POL_OK;
	}
	return POL_OK;
}

enum { MAX_SCRIPT_BYTES = 64 * 1024 };

/* The author of the patch that git am applies; *identity stays empty when it is none. */
static enum pol_status read_patch_author(struct arena *arena, const char *path, struct identity *identity)
{
	char *text = arena_alloc(arena, MAX_SCRIPT_BYTES, 1);
	FILE *file = text ? fopen(path, "re") : NULL;
	const char *name, *mail;
	struct slice script;

	if (!file)
		return text ? POL_OK : POL_ENOMEM;
	script = (struct slice){ text, fread(text, 1, MAX_SCRIPT_BYTES, file) };
	(void)fclose(file);
	if (read_quoted(arena, script, "GIT_AUTHOR_NAME", &name) < 0 ||
	    read_quoted(arena, script, "GIT_AUTHOR_EMAIL", &mail) < 0)
		return POL_ENOMEM;
	if (name && mail)
		*identity = (struct identity){ slice_of(name), slice_of(mail) };
	return POL_OK;
}

/* The first of them that is set: a variable of the environment, then keys of the configuration, with NULL at their end. */
static enum pol_status first_set(struct settings *settings, struct arena *arena, const char *variable,
                                 const char *const *keys, struct slice *ret_value, struct pol_error *err)
{
	const char *value = getenv(variable);
	enum pol_status status = POL_OK;

	for (; !(value && *value) && *keys && status == POL_OK; keys++)
		status = settings_read(settings, *keys, arena, &value, err);
	if (status == POL_OK)
		*ret_value = slice_of(value);
	return status;
}

static enum pol_status read_person(struct settings *settings, struct arena *arena,
                                   const char *const variables[2], const char *const names[],
                                   const char *const mails[], struct identity *ret_person,
                                   struct pol_error *err)
{
	struct identity person = { { "", 0 }, { "", 0 } };
	enum pol_status status = first_set(settings, arena, variables[0], names, &person.name, err);

	if (status == POL_OK)
		status = first_set(settings, arena, variables[1], mails, &person.mail, err);
	if (status == POL_OK && person.mail.size == 0)
		person.mail = slice_of(getenv("EMAIL"));
	if (status == POL_OK && person.name.size > 0 && person.mail.size > 0)
		*ret_person = person;
	return status;
}

enum pol_status draft_people(struct settings *settings, struct arena *arena, const char *path,
                             struct identity *ret_author, struct identity *ret_committer,
                             struct pol_error *err)
{
	static const char *const author[] = { "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL" };
	static const char *const author_names[] = { "author.name", "user.name", NULL };
	static const char *const author_mails[] = { "author.email", "user.email", NULL };
	static const char *const committer[] = { "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL" };
	static const char *const committer_names[] = { "committer.name", "user.name", NULL };
	static const char *const committer_mails[] = { "committer.email", "user.email", NULL };
	const char *script = beside(settings, arena, path, "author-script");
	enum pol_status status = POL_OK;

	*ret_author = *ret_committer = (struct identity){ { "", 0 }, { "", 0 } };
	if (!script || read_patch_author(arena, script, ret_author) < 0)
		return pol_fail_memory(err);
	if (!identity_is_known(ret_author))
		status = read_person(settings, arena, author, author_names, author_mails, ret_author, err);
	return status < 0 ? status
	                  : read_person(settings, arena, committer, committer_names, committer_mails,
	                                ret_committer, err);
}
