/* source_text.h - what a source found, as text, and the checks that tests of sources share. */
#ifndef TESTS_SUPPORT_SOURCE_TEXT_H
#define TESTS_SUPPORT_SOURCE_TEXT_H

#include "policy/source/source.h"

#include "tests/support/gitrepo.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

/* One line a file: "A path", "D path", "M path", "R old > new". Bytes that are no printable ASCII as \xNN. */
static inline void describe_path(struct buf *out, const char *path)
{
	for (; *path; path++) {
		if (*path > ' ' && *path < 127)
			buf_add_char(out, *path);
		else
			buf_printf(out, "\\x%02x", (unsigned)(unsigned char)*path);
	}
}

static inline void describe_file(struct buf *out, const struct source_file *file)
{
	if (file->in_new && file->in_old && strcmp(file->path, file->old_path) != 0) {
		buf_add_string(out, "R ");
		describe_path(out, file->old_path);
		buf_add_string(out, " > ");
	} else {
		buf_add_string(out, !file->in_old ? "A " : !file->in_new ? "D " : "M ");
	}
	describe_path(out, file->path);
	buf_add_char(out, '\n');
}

static inline void describe(struct buf *out, const struct source *source)
{
	buf_clear(out);
	buf_add_string(out, "");
	for (size_t i = 0; i < source_count(source); i++) {
		describe_file(out, source_at(source, i));
		if (i > 0)
			assert_true(strcmp(source_at(source, i - 1)->path, source_at(source, i)->path) < 0);
	}
	assert_false(buf_failed(out));
}

static inline struct source *open_spec(const struct source_spec *spec)
{
	struct source *source = NULL;
	struct pol_error err = { 0 };

	if (source_open(spec, &source, &err) != POL_OK)
		fail_msg("%s: %s", err.path, err.message);
	return source;
}

static inline void expect(const struct source_spec *spec, const char *wanted, const char *when)
{
	CLEANUP(source) struct source *source = open_spec(spec);
	CLEANUP(buf) struct buf got = { 0 };

	describe(&got, source);
	if (strcmp(got.data, wanted) != 0)
		fail_msg("%s: wanted\n%sgot\n%s", when, wanted, got.data);
}

static inline void expect_error(const struct source_spec *spec, enum pol_status wanted, const char *part)
{
	CLEANUP(source) struct source *source = NULL;
	struct pol_error err = { 0 };

	assert_int_equal(source_open(spec, &source, &err), wanted);
	if (!strstr(err.message, part))
		fail_msg("'%s' is not in '%s'", part, err.message);
}

static inline struct source_spec staged(const struct gitrepo *repo)
{
	return (struct source_spec){ .kind = SOURCE_STAGED, .dir = repo->path };
}

static inline void expect_staged(const struct gitrepo *repo, const char *wanted, const char *when)
{
	const struct source_spec spec = staged(repo);

	expect(&spec, wanted, when);
}

/* A script that makes a commit to start from: three files in three folders, and a link. */
#define SOURCE_TEXT_BASE                                                                                     \
	"mkdir -p dir/sub; echo alpha >a; echo beta >dir/b; printf '1\\n2\\n3\\n4\\n' >dir/sub/c; "          \
	"ln -s a link; git add .; git commit -qm base; "

#endif
