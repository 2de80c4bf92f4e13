/* Which language a file is in. */
#include "policy/rules/language.h"

#include "policy/rules/syntax.h"
#include "tests/support/rows.h"

#include <string.h>

static const struct row {
	const char *name, *path, *head, *want;
} rows[] = {
	{ "extension", "src/a.py", "", "python" },
	{ "extension in capitals", "A.PY", "", "python" },
	{ "last extension", "a.html.erb", "", "erb" },
	{ "file name", "x/Dockerfile", "", "dockerfile" },
	{ "file name with a suffix", "Dockerfile.dev", "", "dockerfile" },
	{ "file name as extension", "dev.Dockerfile", "", "dockerfile" },
	{ "makefile", "sub/Makefile", "", "makefile" },
	{ "makefile part", "rules.mk", "", "makefile" },
	{ "ruby by name", "Gemfile", "", "ruby" },
	{ "bazel", "a/BUILD", "", "starlark" },
	{ "bazel extension", "a/BUILD.bazel", "", "starlark" },
	{ "cmake", "CMakeLists.txt", "", "cmake" },
	{ "jenkins", "ci/Jenkinsfile", "", "groovy" },
	{ "environment", ".env.production", "", "env" },
	{ "npm", ".npmrc", "", "ini" },
	{ "ssh daemon", "etc/ssh/sshd_config", "", "apache" },
	{ "nginx", "conf/nginx.conf", "", "nginx" },
	{ "nginx folder", "nginx/sites/a.conf", "", "nginx" },
	{ "other conf", "a/b.conf", "", "ini" },
	{ "requirements", "requirements-dev.txt", "", "requirements" },
	{ "script with blanks to fill", "run.sh.in", "", "shell" },
	{ "build file with blanks to fill", "CMakeLists.txt.in", "", "cmake" },
	{ "makefile with blanks to fill", "Makefile.in", "", "makefile" },
	{ "name alone with blanks to fill", "run.in", "", "text" },
	{ "text with blanks to fill", "usage.txt.in", "", "plain-text" },
	{ "plain text", "notes.txt", "", "plain-text" },
	{ "json", "package.json", "", "json" },
	{ "json with comments", "tsconfig.build.json", "", "jsonc" },
	{ "editor settings", ".vscode/settings.json", "", "jsonc" },
	{ "notebook", "a.ipynb", "", "json" },
	{ "terraform", "main.tf", "", "hcl" },
	{ "terraform state", "x.tfstate", "", "json" },
	{ "gitlab", ".gitlab-ci.yml", "", "yaml" },
	{ "clang-format", ".clang-format", "", "yaml" },
	{ "ignore file", "x/.foobarignore", "", "gitignore" },
	{ "owners", ".github/CODEOWNERS", "", "gitignore" },
	{ "sanitizer suppressions", "test/tsan_suppressions.txt", "", "gitignore" },
	{ "project file", "a.csproj", "", "xml" },
	{ "shebang", "bin/run", "#!/bin/sh\n", "shell" },
	{ "shebang with env", "run", "#!/usr/bin/env python3\n", "python" },
	{ "shebang with version", "run", "#!/usr/bin/python3.11 -u\n", "python" },
	{ "shebang with options", "run", "#!/usr/bin/env -S A=1 node --x\n", "javascript" },
	{ "shebang with blanks", "run", "#! /bin/bash\r\n", "shell" },
	{ "shebang of nobody", "run", "#!/opt/foo\n", "text" },
	{ "shebang alone", "run", "#!", "text" },
	{ "emacs mode", "run", "# -*- mode: ruby; x: y -*-\n", "ruby" },
	{ "emacs short mode", "run", "# -*- python -*-\n", "python" },
	{ "emacs other variable", "run", "# -*- coding: utf-8 -*-\n", "text" },
	{ "vim mode", "run", "\n# vim: set ts=4 ft=yaml :\n", "yaml" },
	{ "extension before shebang", "a.py", "#!/bin/sh\n", "python" },
	{ "xml head", "run", "<?xml version=\"1.0\"?>", "xml" },
	{ "prose beside a Dockerfile", "x/Dockerfile.dev.md", "", "markdown" },
	{ "list with an open glob", "requirements-dev.txt", "", "requirements" },
	{ "release notes", "a/releasenotes/notes/b.yaml", "", "plain-text" },
	{ "change log", "debian/changelog", "", "plain-text" },
	{ "page in a language", "doc/index.html.fr", "", "html" },
	{ "read me", "debian/README.source", "", "plain-text" },
	{ "read me in Markdown", "README.md", "", "markdown" },
	{ "manual page", "doc/curl.1", ".\\\" curl\n.TH curl 1\n", "plain-text" },
	{ "manual page with macros", "doc/x.3ssl", "'\\\" t\n.TH x 3\n", "plain-text" },
	{ "number without roff", "deploy.1", "#!/bin/sh\n.TH\n", "shell" },
	{ "roff without number", "deploy", ".TH\n", "text" },
	{ "nothing", "run", "", "text" },
	{ "dot at the end", "run.", "", "text" },
	{ "long extension", "a.abcdefghijklmnopqrstuvwxyzabcdef", "", "text" },
};

static void check(void **state)
{
	const struct row *row = *state;

	assert_string_equal(language_name(language_of(row->path, slice_of(row->head))), row->want);
}

static void check_order(const struct language_key *keys, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(keys[i - 1].name, keys[i].name) >= 0)
			fail_msg("\"%s\" stands before \"%s\"", keys[i - 1].name, keys[i].name);
}

static void sorted(void **state)
{
	(void)state;
	check_order(language_files, language_file_count);
	check_order(language_extensions, language_extension_count);
	check_order(language_aliases, language_alias_count);
}

/* Every language is filled in; marks that begin alike stand longest first. */
static void table(void **state)
{
	(void)state;
	for (size_t i = 0; i < LANG_COUNT; i++) {
		const struct language *language = &languages[i];

		assert_non_null(language->name);
		assert_non_null(language->marks);
		for (const struct mark *mark = language->marks; mark->open; mark++)
			for (const struct mark *later = mark + 1; later->open; later++)
				if (strcmp(mark->open, later->open) != 0 &&
				    strncmp(mark->open, later->open, strlen(mark->open)) == 0)
					fail_msg("%s: \"%s\" hides \"%s\"", language->name, mark->open,
					         later->open);
	}
}

static void questions(void **state)
{
	const char *open, *close;

	(void)state;
	assert_true(language_is_prose(language_of("a.md", (struct slice){ 0 })));
	assert_false(language_is_prose(language_of("a.py", (struct slice){ 0 })));
	assert_false(language_is_known(language_of("a.unknown", (struct slice){ 0 })));
	assert_true(language_is_known(language_of("a.txt", (struct slice){ 0 })));
	assert_false(language_has_comments(language_of("a.json", (struct slice){ 0 })));
	assert_false(language_has_comments(language_of("a.csv", (struct slice){ 0 })));
	assert_true(language_has_comments(language_of("a.jsonc", (struct slice){ 0 })));
	language_comment_marks(language_of("a.html", (struct slice){ 0 }), &open, &close);
	assert_string_equal(open, "<!-- ");
	assert_string_equal(close, " -->");
	language_comment_marks(language_of("a.j2", (struct slice){ 0 }), &open, &close);
	assert_string_equal(open, "{# ");
	assert_string_equal(close, " #}");
	language_comment_marks(language_of("a.hbs", (struct slice){ 0 }), &open, &close);
	assert_string_equal(open, "{{!-- ");
	assert_string_equal(close, " --}}");
	language_comment_marks(language_of("a.json", (struct slice){ 0 }), &open, &close);
	assert_string_equal(open, "");
	assert_string_equal(close, "");
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(sorted),
		cmocka_unit_test(table),
		cmocka_unit_test(questions),
	};
	int failed = ROWS_RUN("language", rows, check);

	return failed + cmocka_run_group_tests_name("language table", others, NULL, NULL);
}
