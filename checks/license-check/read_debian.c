/* read_debian.c - licences of Debian packages, from the copyright files that each package installs. */
#include "checks/license-check/dependency.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MAX_COPYRIGHT = 1024 * 1024, QUOTE_MAX = 100 };

/* Debian policy 5.6.7: lower case letters, digits, + - . */
static bool is_package_name(struct slice name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789+-.";

	for (size_t i = 0; i < name.size; i++) {
		if (!memchr(allowed, name.data[i], sizeof(allowed) - 1))
			return false;
	}
	return name.size >= 2 && name.data[0] != '.' && name.data[0] != '-' && name.data[0] != '+';
}

static enum pol_status read_copyright(const char *name, struct buf *text)
{
	CLEANUP(buf) struct buf path = { 0 };
	char chunk[16384];
	ssize_t size;
	int fd;

	buf_printf(&path, "/usr/share/doc/%s/copyright", name);
	if (buf_failed(&path))
		return POL_ENOMEM;
	fd = open(path.data, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? POL_ENOTFOUND : POL_EIO;
	text->limit = MAX_COPYRIGHT;
	while ((size = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(text, chunk, (size_t)size);
	(void)close(fd);
	return size < 0 || buf_failed(text) ? POL_EIO : POL_OK;
}

static bool take_value(struct slice line, const char *field, struct slice *value)
{
	if (!slice_starts_nocase(line, field))
		return false;
	*value = slice_trim(slice_from(line, strlen(field)));
	return true;
}

/* Whether "*" is one of the patterns, which stand between blanks. */
static bool names_all(struct slice patterns)
{
	for (patterns = slice_trim(patterns); patterns.size > 0; patterns = slice_trim(patterns)) {
		size_t size = 0;

		while (size < patterns.size && patterns.data[size] != ' ' && patterns.data[size] != '\t')
			size++;
		if (slice_equal(slice_sub(patterns, 0, size), SLICE("*")))
			return true;
		patterns = slice_from(patterns, size);
	}
	return false;
}

/* One stanza as far as it has been read. */
struct stanza {
	struct slice license;
	bool in_files; /* the lines that go on belong to Files: */
	bool is_for_all;
};

static void read_line(struct stanza *stanza, struct slice line)
{
	struct slice patterns;

	if (line.data[0] == '#')
		return;
	if (line.data[0] == ' ' || line.data[0] == '\t') {
		stanza->is_for_all = stanza->is_for_all || (stanza->in_files && names_all(line));
		return;
	}
	stanza->in_files = take_value(line, "Files:", &patterns);
	if (stanza->in_files)
		stanza->is_for_all = names_all(patterns);
	else
		(void)take_value(line, "License:", &stanza->license);
}

struct slice dependencies_debian_license(struct slice copyright)
{
	struct stanza stanza = { 0 };
	struct slice line, license = { NULL, 0 };

	if (!slice_starts_nocase(copyright, "Format:"))
		return license;
	while (slice_next_line(&copyright, &line)) {
		bool is_end = slice_trim(line).size == 0;

		if (!is_end)
			read_line(&stanza, line);
		/* The last stanza that matches a file is the one that holds. */
		if ((is_end || copyright.size == 0) && stanza.is_for_all)
			license = stanza.license;
		if (is_end)
			stanza = (struct stanza){ 0 };
	}
	return license;
}

static enum pol_status read_license(struct arena *arena, struct dependency *dependency)
{
	CLEANUP(buf) struct buf text = { 0 };
	struct slice license;
	enum pol_status status = read_copyright(dependency->name, &text);

	if (status < 0)
		return status;
	license = dependencies_debian_license(slice_of_buf(&text));
	if (license.size == 0)
		return POL_OK;
	dependency->license = arena_copy(arena, license.data, license.size);
	return dependency->license ? POL_OK : POL_ENOMEM;
}

/* name is a view of the set's text, on the line that begins at line_start. */
static enum pol_status add(struct arena *arena, struct dependencies *set, struct slice name,
                           const struct dependency *place, struct pol_error *err)
{
	struct dependency *dependency;
	enum pol_status status;

	if (!is_package_name(name))
		return pol_fail(err, POL_ECONFIG, set->path, place->line,
		                "\"%.*s\" is no name of a Debian package",
		                (int)(name.size < QUOTE_MAX ? name.size : QUOTE_MAX), name.data);
	dependency = dependencies_add(arena, set);
	if (!dependency || !(dependency->name = arena_copy(arena, name.data, name.size)))
		return pol_fail_memory(err);
	dependency->line = place->line;
	dependency->line_start = place->line_start;
	dependency->offset = (size_t)(name.data - set->text.data);
	dependency->size = name.size;
	status = read_license(arena, dependency);
	if (status == POL_ENOMEM)
		return pol_fail_memory(err);
	if (status < 0)
		return pol_fail(
			err, status, set->path, place->line,
			"the licence of %.100s cannot be read: install the package, it is needed to judge it",
			dependency->name);
	return POL_OK;
}

enum pol_status dependencies_read_debian(struct arena *arena, struct dependencies *set, struct pol_error *err)
{
	struct slice rest = slice_from(set->text, slice_starts(set->text, "\xEF\xBB\xBF") ? 3 : 0), line;
	struct dependency place = { .line_start = set->text.size - rest.size };
	enum pol_status status = POL_OK;

	while (status == POL_OK && slice_next_line(&rest, &line)) {
		size_t comment = slice_find_char(line, '#');
		struct slice name = slice_trim(comment == SIZE_MAX ? line : slice_sub(line, 0, comment));

		place.line++;
		if (name.size > 0)
			status = add(arena, set, name, &place, err);
		place.line_start = set->text.size - rest.size;
	}
	if (status == POL_OK && set->count == 0)
		return pol_fail(err, POL_ECONFIG, set->path, 0, "the file names no package");
	return status;
}
