/* prepare.c - finds the trailers that a message lacks and puts them where they belong. */
#include "checks/commit-message-check/prepare.h"

#include "checks/commit-message-check/draft.h"
#include "checks/commit-message-check/rules.h"
#include "checks/run_policy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- whether anything is to be done ----------------------------------------------------------------------------------*/

/* The staged policy, as commit-msg takes it, if it asks for trailers; else *ret_policy stays NULL. The hook runs at every commit, so what
 * can be told without the index, or from the text, is not left to the reader of YAML. */
static enum pol_status load_policy(struct policy **ret_policy, struct pol_error *err)
{
	CLEANUP(policy) struct policy *policy = NULL;
	CLEANUP(buf) struct buf data = { 0 };
	struct slice text;
	bool found = false;
	enum pol_status status = POL_OK;

	if (access(POLICY_FILE_NAME, F_OK) == 0)
		status = run_policy_read_staged(&data, &found, err);
	if (status < 0 || !found)
		return status;
	text = slice_of_buf(&data);
	if (slice_find(text, "message") == SIZE_MAX || slice_find(text, "exceptions") == SIZE_MAX)
		return POL_OK;
	status = policy_load(text, POLICY_FILE_NAME, &policy, err);
	if (status < 0 || policy->message.exceptions == LEVEL_OFF)
		return status;
	*ret_policy = policy;
	policy = NULL;
	return POL_OK;
}

/* ---- the message -----------------------------------------------------------------------------------------------------*/

/* A message file and what it lacks. */
struct preparation {
	struct arena *arena;
	struct added added;   /* what is staged */
	struct added missing; /* of that, what the message does not name */
	struct slice raw;
	struct message_form form;
	struct message message;
	struct trailers trailers;
};

/* Takes the text apart, and finds what it lacks. */
static enum pol_status parse(struct preparation *preparation, struct slice raw)
{
	struct message_form *form = &preparation->form;
	struct added *missing = &preparation->missing;
	const struct added *added = &preparation->added;

	missing->count = added->count;
	missing->items = arena_alloc(preparation->arena, added->count + 1, sizeof(*missing->items));
	if (!missing->items)
		return POL_ENOMEM;
	memcpy(missing->items, added->items, added->count * sizeof(*missing->items));
	preparation->raw = raw;
	if (message_clean(preparation->arena, raw, *form, &preparation->message) < 0 ||
	    trailers_parse(preparation->arena, &preparation->message,
	                   form->mark.size > 0 ? form->mark : SLICE("#"), &preparation->trailers) < 0)
		return POL_ENOMEM;
	return added_drop_named(preparation->arena, &preparation->trailers, missing);
}

/* Whether the policy wants nothing of this message, or git will refuse it anyway. */
static bool is_left_alone(const struct preparation *preparation, const struct draft *draft)
{
	if (draft->is_merge || preparation->missing.count == 0)
		return true;
	return preparation->message.count == 0 && preparation->form.mark.size == 0;
}

/* Where in the file the trailers go: behind the line end of the last line that counts. */
static size_t find_place(const struct preparation *preparation)
{
	const struct message *message = &preparation->message;
	struct slice rest, line;

	if (message->count == 0 || preparation->trailers.end == 0)
		return 0;
	line = message->lines[preparation->trailers.end - 1].text;
	rest = slice_from(preparation->raw, (size_t)(line.data - preparation->raw.data));
	(void)slice_next_line(&rest, &line);
	return preparation->raw.size - rest.size;
}

static void compose(const struct preparation *preparation, struct buf *text)
{
	size_t place = find_place(preparation);

	buf_add(text, preparation->raw.data, place);
	if (place == 0)
		buf_add_char(text, '\n'); /* for the subject */
	else if (preparation->raw.data[place - 1] != '\n')
		buf_add_char(text, '\n');
	if (preparation->trailers.start == preparation->trailers.end)
		buf_add_char(text, '\n');
	added_write(&preparation->missing, "", text);
	buf_add(text, preparation->raw.data + place, preparation->raw.size - place);
}

/* ---- the file --------------------------------------------------------------------------------------------------------*/

static enum pol_status fail_write(const char *path, struct pol_error *err)
{
	return pol_fail(err, POL_EIO, path, 0, "the message could not be written: %s", strerror(errno));
}

static enum pol_status write_new(const char *path, mode_t mode, struct slice text, struct pol_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	enum pol_status status = POL_OK;

	if (fd < 0)
		return fail_write(path, err);
	while (text.size > 0 && status == POL_OK) {
		ssize_t size = write(fd, text.data, text.size);

		if (size >= 0)
			text = slice_from(text, (size_t)size);
		else if (errno != EINTR)
			status = fail_write(path, err);
	}
	if (status == POL_OK && fchmod(fd, mode & 07777) != 0)
		status = fail_write(path, err);
	if (close(fd) != 0 && status == POL_OK)
		status = fail_write(path, err);
	return status;
}

/* The file is there whole, old or new, whenever somebody looks. */
static enum pol_status replace(const char *path, struct slice text, struct pol_error *err)
{
	CLEANUP(buf) struct buf beside = { 0 };
	struct stat info;
	enum pol_status status;

	if (lstat(path, &info) != 0)
		return fail_write(path, err);
	if (!S_ISREG(info.st_mode))
		return pol_fail(err, POL_EIO, path, 0, "the message is no regular file");
	buf_printf(&beside, "%s.%ld.new", path, (long)getpid());
	if (buf_failed(&beside))
		return pol_fail_memory(err);
	status = write_new(beside.data, info.st_mode, text, err);
	if (status == POL_OK && rename(beside.data, path) != 0)
		status = fail_write(path, err);
	if (status < 0)
		(void)unlink(beside.data);
	return status;
}

/* ---- all of it -------------------------------------------------------------------------------------------------------*/

/* What comes out must be read as it was meant, else the file stays as it is: somebody has to look. */
static enum pol_status write_message(struct preparation *preparation, const char *path, struct pol_error *err)
{
	bool had_text = preparation->message.count > 0;
	CLEANUP(buf) struct buf text = { 0 };
	struct slice whole;

	compose(preparation, &text);
	if (buf_failed(&text))
		return pol_fail_memory(err);
	whole = (struct slice){ text.data, text.size };
	if (parse(preparation, whole) < 0)
		return pol_fail_memory(err);
	if (had_text && preparation->missing.count > 0)
		return pol_fail(err, POL_EIO, path, 0,
		                "the trailers for %s could not be added to this message",
		                preparation->missing.items[0].shown);
	return replace(path, whole, err);
}

static enum pol_status prepare_text(struct preparation *preparation, struct source *source, const char *path,
                                    struct slice raw, struct pol_error *err)
{
	CLEANUP(settings) struct settings settings = { .source = source };
	struct draft draft;
	enum pol_status status = draft_read(&settings, preparation->arena, path, raw, &draft, err);

	if (status < 0)
		return status;
	preparation->form = draft.form;
	if (parse(preparation, raw) < 0)
		return pol_fail_memory(err);
	return is_left_alone(preparation, &draft) ? POL_OK : write_message(preparation, path, err);
}

static enum pol_status prepare_file(struct preparation *preparation, const char *path, struct pol_error *err)
{
	CLEANUP(source) struct source *source = NULL;
	CLEANUP(source_reader) struct source_reader *reader = NULL;
	const char *paths[] = { path, NULL };
	const struct source_spec spec = { .kind = SOURCE_PATHS, .dir = ".", .paths = paths, .no_repo = true };
	struct slice raw;
	enum pol_status status = source_open(&spec, &source, err);

	if (status == POL_OK && source_count(source) != 1)
		return pol_fail(err, POL_EIO, path, 0, "the message is no regular file");
	if (status == POL_OK)
		status = source_reader_open(source, &reader, err);
	if (status == POL_OK)
		status = source_read(reader, source_at(source, 0), SIDE_NEW, &raw, err);
	return status < 0 ? status : prepare_text(preparation, source, path, raw, err);
}

enum pol_status prepare_message(const char *path, struct pol_error *err)
{
	static const struct source_spec staged = { .kind = SOURCE_STAGED, .dir = "." };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(policy) struct policy *policy = NULL;
	struct preparation preparation = { .arena = &arena };
	struct judge judge = { .today = date_today(), .max_days = -1 };
	enum pol_status status = load_policy(&policy, err);

	if (status < 0 || !policy)
		return status;
	judge.policy = policy;
	status = added_find(&judge, &staged, &arena, &preparation.added, err);
	if (status < 0 || preparation.added.count == 0)
		return status;
	return prepare_file(&preparation, path, err);
}
