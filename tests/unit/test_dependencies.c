/* test_dependencies.c - the readers of files that name dependencies: what they hold, where it stands, who brings it in. */
#include "checks/license-check/dependency.h"
#include "tests/support/rows.h"

#include <string.h>
#include <unistd.h>

#define LOCK(packages) "{\"lockfileVersion\":3,\"packages\":{" packages "}}"
#define ROOT(names)    "\"\":{\"dependencies\":{" names "}}"
#define A(fields)      LOCK(ROOT("\"a\":\"1\"") ",\"node_modules/a\":{" fields "}")

/* Sorted as they stand in the file: "name@version=licence", "?" for none, a blank between. */
static const struct row {
	const char *name;
	const char *path;
	const char *text;
	const char *found;
	uint32_t error_line;
	const char *error; /* NULL = it is read */
} rows[] = {
	{ "a package", "package-lock.json", A("\"version\":\"1.2.3\",\"license\":\"MIT\""), "a@1.2.3=MIT", 0,
	  NULL },
	{ "a shrinkwrap in a folder", "x/npm-shrinkwrap.json", A("\"license\":\"MIT\""), "a@=MIT", 0, NULL },
	{ "no dependency at all", "package-lock.json", LOCK("\"\":{}"), "", 0, NULL },
	{ "a byte order mark", "package-lock.json", "\xEF\xBB\xBF" LOCK("\"\":{}"), "", 0, NULL },
	{ "no licence", "package-lock.json", A("\"version\":\"1\""), "a@1=?", 0, NULL },
	{ "an empty licence is none", "package-lock.json", A("\"license\":\"\""), "a@=?", 0, NULL },
	{ "a licence of another type is none", "package-lock.json", A("\"license\":1"), "a@=?", 0, NULL },
	{ "an object", "package-lock.json", A("\"license\":{\"url\":[{}],\"type\":\"MIT\"}"), "a@=MIT", 0,
	  NULL },
	{ "a list is a choice", "package-lock.json",
	  A("\"license\":[\"MIT\",{\"type\":\"ISC\"},null,\"A AND B\"]"), "a@=MIT OR ISC OR A AND B", 0,
	  NULL },
	{ "an empty list is none", "package-lock.json", A("\"license\":[]"), "a@=?", 0, NULL },
	{ "a list too long to be one", "package-lock.json",
	  A("\"license\":[\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\","
	    "\"A\",\"A\",\"A\",\"A\"]"),
	  "a@=(a list of more than 16 licences)", 0, NULL },
	{ "an alias has its real name", "package-lock.json", A("\"name\":\"real\",\"license\":\"MIT\""),
	  "real@=MIT", 0, NULL },
	{ "a scope belongs to the name", "package-lock.json",
	  LOCK("\"\":{},\"node_modules/a/node_modules/@s/b\":{\"license\":\"MIT\"}"), "@s/b@=MIT", 0, NULL },
	{ "a workspace and its link are the project's own", "package-lock.json",
	  LOCK("\"\":{},\"own\":{\"license\":\"X\"},\"node_modules/"
	       "own\":{\"resolved\":\"own\",\"link\":true}"),
	  "", 0, NULL },
	{ "a link to nothing hides nothing", "package-lock.json",
	  LOCK("\"\":{},\"node_modules/a\":{\"resolved\":\"b\",\"link\":true}"), "a@=?", 0, NULL },
	{ "a link to a package hides nothing", "package-lock.json",
	  LOCK("\"\":{},\"node_modules/a\":{\"resolved\":\"node_modules/b\",\"link\":true},"
	       "\"node_modules/b\":{}"),
	  "a@=? b@=?", 0, NULL },
	{ "a link that is none", "package-lock.json",
	  LOCK("\"\":{},\"own\":{},\"node_modules/a\":{\"resolved\":\"own\",\"link\":false}"), "a@=?", 0,
	  NULL },
	{ "a package in a workspace's own folder", "package-lock.json",
	  LOCK("\"\":{},\"own\":{},\"own/node_modules/a\":{\"license\":\"MIT\"}"), "a@=MIT", 0, NULL },
	{ "escapes in keys and values", "package-lock.json",
	  LOCK("\"\":{},\"node_m\\u006fdules/\\u00e9\":{\"\\u006cicense\":\"M\\u0049T\\/\\ud83d\\ude00\"}"),
	  "\xC3\xA9@=MIT/\xF0\x9F\x98\x80", 0, NULL },
	{ "bundled, peer and development packages count", "package-lock.json",
	  LOCK("\"\":{},\"node_modules/a\":{\"dev\":true},\"node_modules/b\":{\"inBundle\":true},"
	       "\"node_modules/c\":{\"peer\":true}"),
	  "a@=? b@=? c@=?", 0, NULL },

	{ "an empty file", "package-lock.json", "", "", 1, "an object is missing" },
	{ "no object", "package-lock.json", "[]", "", 1, "an object is missing" },
	{ "a lock file of version 1", "package-lock.json",
	  "{\"lockfileVersion\":1,\"dependencies\":{\"a\":{\"version\":\"1\"}}}", "", 0, "npm 7" },
	{ "packages is a list", "package-lock.json", "{\"packages\":[]}", "", 1, "an object is missing" },
	{ "an entry is a list", "package-lock.json", LOCK("\"\":[]"), "", 1, "an object is missing" },
	{ "a package that is asked for is not there", "package-lock.json",
	  LOCK(ROOT("\"b\":\"1\"") ",\"node_modules/a\":{}"), "", 0, "asks for node_modules/b" },
	{ "a package for development is not there", "package-lock.json",
	  LOCK("\"\":{\"devDependencies\":{\"b\":\"1\"}}"), "", 0, "asks for node_modules/b" },
	{ "an entry twice", "package-lock.json",
	  "{\"packages\":{\"\":{},\n\"node_modules/a\":{\"license\":\"X\"},\n\"node_modules/\\u0061\":{}}}",
	  "", 3, "stands twice" },
	{ "a field twice", "package-lock.json",
	  "{\"packages\":{\"\":{},\n\"node_modules/a\":{\"license\":\"X\",\n\"license\":\"MIT\"}}}", "", 3,
	  "stands twice" },
	{ "packages twice", "package-lock.json", "{\"packages\":{\"\":{}},\n\"packages\":{\"\":{}}}", "", 2,
	  "stands twice" },
	{ "text behind the end", "package-lock.json", LOCK("\"\":{}") "\n{}", "", 2, "behind the end" },
	{ "a comma too many", "package-lock.json", "{\"packages\":{\"\":{},}}", "", 1, "string is missing" },
	{ "a comma too few", "package-lock.json", "{\"a\":1\n\"packages\":{\"\":{}}}", "", 2, "comma" },
	{ "an object that ends as a list", "package-lock.json", "{\"a\":{\"b\":1]}", "", 1, "comma" },
	{ "a colon too few", "package-lock.json", "{\"a\" 1}", "", 1, "colon" },
	{ "a number with a zero before it", "package-lock.json", "{\"a\":01}", "", 1, "comma" },
	{ "a number without digits", "package-lock.json", "{\"a\":-}", "", 1, "value is missing" },
	{ "a name that JSON does not know", "package-lock.json", "{\"a\":True}", "", 1, "value is missing" },
	{ "an open string", "package-lock.json", "{\"a", "", 1, "not closed" },
	{ "a string over two lines", "package-lock.json", "{\"a\nb\":1}", "", 1, "control character" },
	{ "half of a pair", "package-lock.json", "{\"\\ud83d\":1}", "", 1, "escape" },
	{ "a NUL in disguise", "package-lock.json", "{\"\\u0000\":1}", "", 1, "escape" },
	{ "no UTF-8", "package-lock.json", "{\"\xFF\":1}", "", 1, "no UTF-8" },

	{ "what pip-licenses prints", "pip-licenses.csv",
	  "\"Name\",\"Version\",\"License\"\n\"flask\",\"2.2\",\"BSD\"\n\"x\",\"1\",\"UNKNOWN\"\n\"y\",\"2\","
	  "\"\"\n",
	  "flask@2.2=BSD x@1=? y@2=?", 0, NULL },
	{ "other columns are left out", ".pip-licenses.csv", "URL,license,NAME\nu,MIT,a\n", "a@=MIT", 0,
	  NULL },
	{ "a CSV without its columns", "pip-licenses.csv", "Name,Version\na,1\n", "", 1, "Name and License" },
	{ "a CSV without a package", "pip-licenses.csv", "Name,License\n", "", 0, "names no dependency" },
	{ "an empty CSV", "pip-licenses.csv", "", "", 0, "names no dependency" },
	{ "a CSV line without a licence", "pip-licenses.csv", "Name,License\na,MIT\nb\n", "", 3,
	  "needs a name and a licence" },
	{ "a CSV line without a name", "pip-licenses.csv", "Name,License\n,MIT\n", "", 2,
	  "needs a name and a licence" },
	{ "a CSV that is none", "pip-licenses.csv", "Name,License\n\"a,MIT\n", "", 2, "not closed" },

	{ "no Debian package", "debian-packages", "# none\n\n", "", 0, "names no package" },
	{ "a Debian package that is a path", "debian-packages", "# x\n../../etc/passwd\n", "", 2,
	  "no name of a Debian package" },
	{ "a Debian package that is a folder above", "debian-packages", "..\n", "", 1,
	  "no name of a Debian package" },
	{ "a Debian package in capitals", "debian-packages", "Zlib1g\n", "", 1,
	  "no name of a Debian package" },
	{ "two Debian packages in a line", "debian-packages", "a1 b1\n", "", 1,
	  "no name of a Debian package" },
	{ "a Debian package that is not installed", "debian-packages", "\nno-such-package-anywhere # x\n", "",
	  2, "install the package" },
};

static void add(struct buf *all, const struct dependency *item)
{
	buf_printf(all, "%s%s@%s=%s", all->size > 0 ? " " : "", item->name, item->version,
	           item->license ? item->license : "?");
}

/* The place holds the key or line of the dependency, and its line and column are those of its offset. */
static void check_place(struct slice text, const struct dependency *item)
{
	uint32_t line, column;

	assert_true(item->size > 0 && item->offset + item->size <= text.size);
	text_position(text, item->offset, &line, &column);
	assert_int_equal(item->line, line);
	assert_int_equal(item->offset - item->line_start + 1, column);
	assert_null(memchr(text.data + item->offset, '\n', item->size));
}

static void check(void **state)
{
	const struct row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf all = { 0 };
	struct dependencies set = { .path = row->path, .text = slice_of(row->text) };
	dependencies_reader reader = dependencies_reader_for(row->path);
	struct pol_error err = { 0 };
	enum pol_status status;

	assert_non_null(reader);
	status = reader(&arena, &set, &err);
	if (row->error) {
		assert_true(status == POL_ECONFIG || status == POL_ENOTFOUND);
		assert_string_equal(err.path, row->path);
		assert_int_equal(err.line, row->error_line);
		assert_non_null(strstr(err.message, row->error));
		return;
	}
	assert_int_equal(status, POL_OK);
	for (size_t i = 0; i < set.count; i++) {
		add(&all, &set.items[i]);
		check_place(set.text, &set.items[i]);
	}
	assert_string_equal(all.data ? all.data : "", row->found);
}

/* ---- places ----------------------------------------------------------------------------------------------------------*/

static void check_places(void **state)
{
	static const char text[] = "{\n  \"packages\": {\n\t\"\": {},\r\n\t\"node_modules/a\": {\"x\":\n1},"
				   "\"node_modules/b\":{}\n}}";
	CLEANUP(arena) struct arena arena = { 0 };
	struct dependencies set = { .path = "package-lock.json", .text = slice_of(text) };

	(void)state;
	assert_int_equal(dependencies_read_npm(&arena, &set, NULL), POL_OK);
	assert_int_equal(set.count, 2);
	assert_int_equal(set.items[0].line, 4);
	assert_int_equal(set.items[1].line, 5);
	assert_memory_equal(text + set.items[0].offset, "\"node_modules/a\"", set.items[0].size);
	assert_memory_equal(text + set.items[1].offset, "\"node_modules/b\"", set.items[1].size);
	assert_int_equal(set.items[1].offset - set.items[1].line_start, 3);
}

/* ---- chains ----------------------------------------------------------------------------------------------------------*/

#define M(name)         "\"node_modules/" name "\":{}"
#define MD(name, wants) "\"node_modules/" name "\":{\"dependencies\":{" wants "}}"

static const struct chain_row {
	const char *name;
	const char *packages;
	const char *chains; /* of all, as they stand in the file; ", " between */
} chain_rows[] = {
	{ "direct", ROOT("\"a\":\"1\"") "," M("a"), "a" },
	{ "by another", ROOT("\"a\":\"1\"") "," MD("a", "\"b\":\"1\"") "," M("b"), "a, a › b" },
	{ "the shortest way",
	  ROOT("\"a\":\"1\",\"c\":\"1\"") "," MD("a", "\"b\":\"1\"") "," MD("b", "\"d\":\"1\"") "," MD(
		  "c", "\"d\":\"1\"") "," M("d"),
	  "a, a › b, c, c › d" },
	{ "the nearest of two versions",
	  ROOT("\"a\":\"1\"") "," MD("a", "\"b\":\"1\"") "," M("a/node_modules/b") "," M("b"),
	  "a, a › b, b" },
	{ "up past folders that hold no packages",
	  ROOT("\"a\":\"1\"") "," MD("a", "\"@s/b\":\"1\"") "," MD("a/node_modules/@s/b",
	                                                           "\"c\":\"1\"") "," M("c"),
	  "a, a › @s/b, a › @s/b › c" },
	{ "a ring ends", ROOT("\"a\":\"1\"") "," MD("a", "\"b\":\"1\"") "," MD("b", "\"a\":\"1\""),
	  "a, a › b" },
	{ "what nobody asks for stands alone", ROOT("") "," MD("x", "\"y\":\"1\"") "," M("y"), "x, y" },
	{ "what is optional, of a peer, or for development",
	  "\"\":{\"devDependencies\":{\"a\":\"1\"}},\"node_modules/"
	  "a\":{\"optionalDependencies\":{\"b\":\"1\"}},"
	  "\"node_modules/b\":{\"peerDependencies\":{\"c\":\"1\"}}," M("c"),
	  "a, a › b, a › b › c" },
	{ "what is optional may be absent", "\"\":{\"optionalDependencies\":{\"z\":\"1\"}}," M("a"), "a" },
	{ "by a workspace",
	  ROOT("") ",\"own\":{\"dependencies\":{\"a\":\"1\"}},\"node_modules/own\":{\"resolved\":\"own\","
	           "\"link\":true}," MD("a", "\"b\":\"1\"") "," M("b"),
	  "a, a › b" },
	{ "names with escapes", ROOT("\"\\u0061\":\"1\"") "," MD("a", "\"\\u0062\":\"1\"") "," M("b"),
	  "a, a › b" },
};

static void check_chains(void **state)
{
	const struct chain_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	CLEANUP(buf) struct buf all = { 0 };
	struct dependencies set = { .path = "package-lock.json" };

	buf_printf(&text, LOCK("%s"), row->packages);
	set.text = (struct slice){ text.data, text.size };
	assert_int_equal(dependencies_read_npm(&arena, &set, NULL), POL_OK);
	for (size_t i = 0; i < set.count; i++)
		buf_printf(&all, "%s%s", i > 0 ? ", " : "", dependencies_chain(&arena, &set, i));
	assert_string_equal(all.data, row->chains);
}

static void check_long_chain(void **state)
{
	enum { LONG = 200 };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct dependencies set = { .path = "package-lock.json" };
	const char *chain;

	(void)state;
	buf_add_string(&text, "{\"packages\":{\"\":{\"dependencies\":{\"p0\":\"1\"}}");
	for (int i = 0; i < LONG; i++)
		buf_printf(&text, ",\"node_modules/p%d\":{\"dependencies\":{\"p%d\":\"1\"}}", i, i + 1);
	buf_add_string(&text, "}}");
	set.text = (struct slice){ text.data, text.size };
	assert_int_equal(dependencies_read_npm(&arena, &set, NULL), POL_OK);
	assert_int_equal(set.count, LONG);
	chain = dependencies_chain(&arena, &set, LONG - 1);
	assert_true(strncmp(chain, "… › p136 › p137", strlen("… › p136 › p137")) == 0);
	assert_non_null(strstr(chain, " › p199"));
}

/* Deep folders and many names: a crafted file may not take long, and loses chains, not dependencies. */
static void check_crafted_folders(void **state)
{
	enum { DEPTH = 2000, PACKAGES = 1000 };
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct dependencies set = { .path = "package-lock.json" };

	(void)state;
	buf_add_string(&text, "{\"packages\":{\"\":{\"dependencies\":{\"z\":\"1\"}},\"node_modules/z\":{}");
	for (int i = 0; i < PACKAGES; i++) {
		buf_add_string(&text, ",\"");
		for (int depth = 0; depth < DEPTH; depth++)
			buf_add_string(&text, "x/");
		buf_printf(&text, "w%d\":{\"dependencies\":{\"a\":\"\",\"b\":\"\",\"c\":\"\"}}", i);
	}
	buf_add_string(&text, "}}");
	set.text = (struct slice){ text.data, text.size };
	assert_int_equal(dependencies_read_npm(&arena, &set, NULL), POL_OK);
	assert_int_equal(set.count, 1);
}

static void check_deep_json(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	CLEANUP(buf) struct buf text = { 0 };
	struct dependencies set = { .path = "package-lock.json" };
	struct pol_error err = { 0 };

	(void)state;
	buf_add_string(&text, "{\"a\":\n");
	for (int i = 0; i < 100000; i++)
		buf_add_char(&text, '[');
	set.text = (struct slice){ text.data, text.size };
	assert_int_equal(dependencies_read_npm(&arena, &set, &err), POL_ECONFIG);
	assert_int_equal(err.line, 2);
	assert_non_null(strstr(err.message, "nested"));
}

/* ---- Debian copyright files ------------------------------------------------------------------------------------------*/

#define FORMAT "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"

static const struct copyright_row {
	const char *name;
	const char *text;
	const char *license; /* "" = none */
} copyright_rows[] = {
	{ "the licence of all files", FORMAT "\nFiles: *\nCopyright: x\nLicense: Expat\n text\n", "Expat" },
	{ "no line end at the end", FORMAT "\nFiles: *\nLicense: Expat", "Expat" },
	{ "the stanza's licence before its files", FORMAT "\nLicense: Expat\nFiles: *\n", "Expat" },
	{ "all among others", FORMAT "\nFiles: debian/x\t* y\nLicense: GPL-2+\n", "GPL-2+" },
	{ "all on a line that goes on", FORMAT "\nFiles:\n debian/x\n *\nLicense: Zlib\n", "Zlib" },
	{ "a part of the files", FORMAT "\nFiles: src/*\nLicense: Expat\n", "" },
	{ "the last stanza holds",
	  FORMAT "\nFiles: *\nLicense: A\n\nFiles: *\nLicense: B\n\nFiles: x\nLicense: C\n", "B" },
	{ "a star in another field", FORMAT "\nFiles: x\nCopyright: y\n *\nLicense: Expat\n", "" },
	{ "a comment", FORMAT "\n#Files: *\nFiles: *\n# License: A\nLicense: B\n", "B" },
	{ "the header's licence is not that of the files", FORMAT "License: A\n\nFiles: x\nLicense: B\n",
	  "" },
	{ "a licence stanza", FORMAT "\nLicense: A\n text\n", "" },
	{ "free text", "This package is free.\nFiles: *\nLicense: Expat\n", "" },
	{ "nothing", "", "" },
};

static void check_copyright(void **state)
{
	const struct copyright_row *row = *state;
	struct slice license = dependencies_debian_license(slice_of(row->text));

	assert_true(slice_equal(license, slice_of(row->license)));
}

static void check_installed(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct dependencies set = { .path = "debian-packages", .text = SLICE("# x\n  zlib1g # y\n") };

	(void)state;
	if (access("/usr/share/doc/zlib1g/copyright", R_OK) != 0)
		skip();
	assert_int_equal(dependencies_read_debian(&arena, &set, NULL), POL_OK);
	assert_int_equal(set.count, 1);
	assert_string_equal(set.items[0].license, "Zlib");
	assert_int_equal(set.items[0].line, 2);
	assert_int_equal(set.items[0].offset - set.items[0].line_start, 2);
	assert_int_equal(set.items[0].size, strlen("zlib1g"));
}

/* ---- all readers -----------------------------------------------------------------------------------------------------*/

static void check_names(void **state)
{
	(void)state;
	assert_null(dependencies_reader_for("package.json"));
	assert_null(dependencies_reader_for("my-package-lock.json"));
	assert_null(dependencies_reader_for("package-lock.json/x"));
	assert_ptr_equal(dependencies_reader_for("a/b/package-lock.json"), dependencies_read_npm);
}

/* Reads with the n-th allocation failing, n from 1 on, until all succeed; returns that n. */
static unsigned fail_each(dependencies_reader read, const char *text, size_t count)
{
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	while (status != POL_OK && fail_at < 100) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct dependencies set = { .path = "x", .text = slice_of(text) };
		struct pol_error err = { 0 };

		status = read(&arena, &set, &err);
		assert_true(status == POL_OK || status == POL_ENOMEM);
		assert_int_equal(err.status, status);
		if (status == POL_OK)
			assert_int_equal(set.count, count);
	}
	return fail_at;
}

static void check_memory(void **state)
{
	(void)state;
	assert_in_range(
		fail_each(dependencies_read_npm,
	                  LOCK(ROOT("\"\\u0061\":\"1\"") ",\"own\":{},"
	                                                 "\"node_modules/"
	                                                 "own\":{\"resolved\":\"\\u006fwn\",\"link\":true},"
	                                                 "\"node_modules/"
	                                                 "\\u0061\":{\"name\":\"\\u006e\",\"version\":\"1\","
	                                                 "\"license\":[\"M\\u0049T\",{\"type\":\"X\"}]}"),
	                  1),
		16, 30);
	assert_in_range(fail_each(dependencies_read_csv, "Name,License\n\"a\",MIT\nb,ISC\n", 2), 8, 20);
	if (access("/usr/share/doc/zlib1g/copyright", R_OK) == 0)
		assert_in_range(fail_each(dependencies_read_debian, "zlib1g\n", 1), 4, 10);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(check_places),    cmocka_unit_test(check_long_chain),
		cmocka_unit_test(check_deep_json), cmocka_unit_test(check_crafted_folders),
		cmocka_unit_test(check_installed), cmocka_unit_test(check_names),
		cmocka_unit_test(check_memory),
	};

	return ROWS_RUN("dependencies", rows, check) + ROWS_RUN("chains", chain_rows, check_chains) +
	       ROWS_RUN("copyright", copyright_rows, check_copyright) +
	       cmocka_run_group_tests_name("dependencies whole", others, NULL, NULL);
}
