/* The lexer: each row is a text and, byte by byte, what it is: . code, # comment, s string, p prose. */
#include "policy/rules/lexer.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <string.h>

static const struct row {
	const char *name, *path, *text, *want;
} rows[] = {
	{ "python comment", "a.py", "x = 'a#b'  # c\n", "....sssss..###\n" },
	{ "python prefixes", "a.py", "b = rb\"a\\\"#\" + f\"\"\"x\n#y\"\"\"  # z\n",
	  "......ssssss....ssss\nsssss..###\n" },
	{ "python docstring", "a.py", "def f():\n\t\"\"\"doc # no\n\tline\"\"\"\n",
	  "........\n.sssssssssss\nssssssss\n" },
	{ "python open string ends at line", "a.py", "x = 'abc\n# c\n", "....ssss\n###\n" },
	{ "python escaped line end", "a.py", "x = 'a\\\nb'  # c\n", "....sss\nss..###\n" },
	{ "perl substitution", "a.pl", "$a =~ s/'/\"/g; # c\n", "......ssssss...###\n" },
	{ "perl division", "a.pl", "$s/2; 'a'; $a->s/3; # c\n", "......sss...........###\n" },
	{ "shell words", "a.sh", "a=$# b=${x#y} c=x#y # c\n", "....................###\n" },
	{ "shell operators", "a.sh", "true;# c\n(# d\n", ".....###\n.###\n" },
	{ "shell quotes over lines", "a.sh", "echo 'a\n# no' \"b\n# no\"\n", ".....ss\nsssss.ss\nsssss\n" },
	{ "shell substitution in string", "a.sh", "x=\"$(curl -k \"$u\" # c\n)\"; y\n",
	  "..sss........ssss.###\nss...\n" },
	{ "shell escapes", "a.sh", "echo \\' \\\" \\# x # c\n", "................###\n" },
	{ "shell heredoc", "a.sh", "cat <<'EOF' | b # c\n# no\nEOF\nd # e\n",
	  "................###\nssss\nsss\n..###\n" },
	{ "shell indented heredoc", "a.sh", "cat <<-E\n\tx\n\tE\nd\n", "........\nss\nss\n.\n" },
	{ "shell two heredocs", "a.sh", "a <<A <<B\n1\nA\n2\nB\nc # d\n", ".........\ns\ns\ns\ns\n..###\n" },
	{ "shell open heredoc", "a.sh", "a <<A\nb\n", ".....\ns\n" },
	{ "shell here string", "a.sh", "a <<<'x' # c\n", ".....sss.###\n" },
	{ "shell arithmetic", "a.sh", "a=$((1<<2)) # c\n", "............###\n" },
	{ "shell ansi quotes", "a.sh", "a=$'it\\'s' # c\n", "..ssssssss.###\n" },
	{ "yaml comment after blank", "a.yaml", "a: b#c # d\n# e\n", ".......###\n###\n" },
	{ "yaml apostrophe in text", "a.yaml", "a: it's # c\nb: 'x # y' # z\n",
	  "........###\n...........###\n" },
	{ "yaml doubled quote", "a.yaml", "a: 'it''s # no' # c\n", "................###\n" },
	{ "yaml block scalar", "a.yml", "- run: |\n    # c\n    echo 'x # y' # d\n    it's\n  b: c # e\n",
	  "........\n....###\n.................###\n........\n.......###\n" },
	{ "yaml folded scalar", "a.yml", "a: >-  # h\n  b 'c\nd: e # f\n", ".......###\n......\n.....###\n" },
	{ "yaml document scalar", "a.yml", "--- |\na 'b\n# c\n", ".....\n....\n###\n" },
	{ "yaml sequence quotes", "a.yml", "- \"a # b\" # c\n- - 'd # e'\n", "..........###\n...........\n" },
	{ "yaml tag", "a.yml", "a: !x 'b # c' # d\n", "..............###\n" },
	{ "yaml template comment", "a.yaml", "{{/* c */}}\na: b\n", "###########\n....\n" },
	{ "js regex", "a.js", "a = /[/'\"]#/g; b = c / d / e // f\n", "....ssssssss.................####\n" },
	{ "js regex after keyword", "a.js", "return /'/ // c\n", ".......sss.####\n" },
	{ "js division after call", "a.js", "f() / 2 /* c */ / 3\n", "........#######....\n" },
	{ "js template", "a.js", "a = `b ${c ? `d` : {e: 'f'}} // g`; // h\n",
	  "....sssss....sss.......sss.sssssss..####\n" },
	{ "js string open", "a.js", "a = 'b\n// c\n", "....ss\n####\n" },
	{ "js shebang", "a.js", "#!/usr/bin/env node\na\n", "###################\n.\n" },
	{ "jsx text", "a.jsx", "<a href=\"x\">b</a> // c\n", "........sss.......####\n" },
	{ "go raw", "a.go", "a := `b\n// no\n` // c\n", ".....ss\nsssss\ns.####\n" },
	{ "rust lifetimes", "a.rs", "fn f<'a>(x: &'a str) { '\\'' '\"' } // c\n",
	  ".......................ssss.sss...####\n" },
	{ "rust raw", "a.rs", "r#\"a\"b\"# // c\n", "ssssssss.####\n" },
	{ "rust nested comment", "a.rs", "/* a /* b */ c */ d\n", "#################..\n" },
	{ "rust raw identifier", "a.rs", "r#type = 1; // c\n", "............####\n" },
	{ "c continued comment", "a.c", "// a \\\nb\nc\n", "######\n#\n.\n" },
	{ "c preprocessor", "a.c", "#pragma x // c\n#error don't\nint a;\n",
	  "..........####\n..........ss\n......\n" },
	{ "c numbers", "a.cpp", "1'000'000 // c\n", "..........####\n" },
	{ "cpp raw", "a.cc", "R\"x(a)\" // no)x\" // c\n", "ssssssssssssssss.####\n" },
	{ "csharp verbatim", "a.cs", "@\"a\\\" + $@\"b\"\"c\" // d\n", "sssss...ssssssss.####\n" },
	{ "csharp raw", "a.cs", "\"\"\"a\n\"b\"\"\" // c\n", "ssss\nsssss.####\n" },
	{ "lua brackets", "a.lua", "--[[ a\nb ]] c [=[ d ]] ]=] -- e\n",
	  "######\n####...ssssssssssss.####\n" },
	{ "lua line", "a.lua", "a[b] -- [c\nd\n", ".....#####\n.\n" },
	{ "php template", "a.php", "<p>it's # no</p><?php a('b'); # c ?> it's\n<?= 'x' ?>\n",
	  "........................sss...####.......\n....sss...\n" },
	{ "php without tag", "a.php", "$a = 'b'; # c\n", ".....sss..###\n" },
	{ "php attribute", "a.php", "#[A]\n// c\n", "....\n####\n" },
	{ "php heredoc", "a.php", "<?php $a = <<<'E'\n  # no\n  E;\n# c\n",
	  ".................\nssssss\nsss.\n###\n" },
	{ "ruby interpolation", "a.rb", "a = \"b#{c[\"d\"]}#e\" # f\n", "....ssss..sss.ssss.###\n" },
	{ "ruby heredoc", "a.rb", "a = <<~X.strip # c\n  # no\n  X\nb\n",
	  "...............###\nssssss\nsss\n.\n" },
	{ "ruby shift", "a.rb", "a <<b\nc # d\n", ".....\n..###\n" },
	{ "ruby block comment", "a.rb", "=begin\nx\n=end x\na\n", "######\n#\n######\n.\n" },
	{ "ruby regex", "a.rb", "a =~ /#x/ # c\n", ".....ssss.###\n" },
	{ "perl pod", "a.pl", "=head1 A\n\nb\n\n=cut\n\nc # d\n", "########\n\n#\n\n####\n\n..###\n" },
	{ "perl variables", "a.pl", "$#a; s#a#b#; # c\n", ".............###\n" },
	{ "perl end", "a.pl", "a\n__END__\nb\n", ".\nppppppp\np\n" },
	{ "perl data", "a.pl", "a\n__DATA__\nb\n", ".\nssssssss\ns\n" },
	{ "haskell", "a.hs", "f' x = {- a {- b -} c -} 'y' -- z\na --> b\n",
	  ".......#################.sss.####\n.......\n" },
	{ "sql", "a.sql", "a 'it''s -- no' -- c\n/* d */ e\n", "..sssssssssssss.####\n#######..\n" },
	{ "dockerfile", "Dockerfile", "# c\nRUN a # b\n", "###\n.........\n" },
	{ "makefile", "Makefile", "a: b # c\n\t@echo it's \\# 'x # y' # d\n",
	  ".....###\n.......................###\n" },
	{ "html", "a.html", "<!-- c --> it's <script>a = '//'; // b</script> // d\n",
	  "##########..................ssss..####..............\n" },
	{ "vue", "a.vue", "<template>it's</template>\n<script lang=\"ts\">\n// c\n</script>\n",
	  ".........................\n..................\n####\n.........\n" },
	{ "ini", "a.ini", "; a\n[b]\nc = d # e\nf=\"g # h\" ; i\n", "###\n...\n......###\n..........###\n" },
	{ "properties", "a.properties", "# a\n! b\nc=d # e\n", "###\n###\n.......\n" },
	{ "terraform", "a.tf",
	  "a = \"#${b[\"c\"]}\" // d\nb = <<-E\n  http://x 'y # z\n  # c\n  E\nf = 1 # g\n",
	  ".................####\n........\n.................\n..###\n...\n......###\n" },
	{ "toml", "a.toml", "a = '#' # b\nc = \"\"\"\n# no\"\"\"\n", "........###\n.......\n.......\n" },
	{ "json", "a.json", "{\"a\": \"//b\"} // c\n", ".................\n" },
	{ "jsonc", "tsconfig.json", "{\"a\": \"//b\"} // c\n", ".............####\n" },
	{ "css", "a.css", "a { b: url(http://c) } /* d */\n", ".......................#######\n" },
	{ "scss", "a.scss", "a: url(http://c); // d\n", "..................####\n" },
	{ "markdown", "a.md", "# a 'b\n<!-- c --> d\n", "pppppp\n##########pp\n" },
	{ "rst", "a.rst", ".. note:: a\n.. b\nc\n", "ppppppppppp\n####\np\n" },
	{ "scribble", "a.scrbl", "@cmd{a 'b}\n", "pppppppppp\n" },
	{ "metadata of a wheel", "a.dist-info/METADATA", "A: 'b # c\n", "ppppppppp\n" },
	{ "highlighting", "b/syntax/a.syntax", "keyword 'a # b\n", "pppppppppppppp\n" },
	{ "unknown", "a.unknown", "a # b\n  # c\n// d\n-- e\n", ".....\n..###\n####\n####\n" },
	{ "crlf", "a.py", "a # b\r\n'c\r\nd\r\n", "..###.\nss.\n..\n" },
	{ "open block comment", "a.c", "a /* b\nc\n", "..####\n#\n" },
	{ "powershell", "a.ps1", "a <# b #> \"c`\"#$(d 'e')\" # f\n", "..#######.sssssss..sssss.###\n" },
	{ "powershell here string", "a.ps1", "@'\nit's\n'@ # c\n", "ss\nssss\nss.###\n" },
	{ "batch", "a.bat", "REM a\n:: b\n@rem c\nd\n", "#####\n####\n######\n.\n" },
	{ "vb", "a.vb", "a = \"b'c\" ' d\n", "....sssss.###\n" },
	{ "elixir", "a.ex", "a \"b#{c}\" # d\n", "..ssss.ss.###\n" },
	{ "erlang", "a.erl", "a(\"%\") % b\n", "..sss..###\n" },
	{ "lisp", "a.el", "(a \"b;c\") ; d\n#| e |# f\n", "...sssss..###\n#######..\n" },
	{ "clojure", "a.clj", "(\\\" \\; a) ; b\n", "..........###\n" },
	{ "ada", "a.adb", "X'First & 'c' -- d\n", "..........sss.####\n" },
	{ "kotlin", "a.kt", "\"a ${b(\"c\")} d\" // e\n", "sssss..sss.ssss.####\n" },
	{ "swift", "a.swift", "#\"a\"b\"# \"c \\(d(\"e\")) f\" // g\n", "sssssss.sssss..sss.ssss.####\n" },
	{ "dart", "a.dart", "r'\\' // a\n", "ssss.####\n" },
	{ "jinja", "a.j2", "{# a #} b\n", "#######..\n" },
	{ "erb", "a.erb", "<%# a %> b\n", "########..\n" },
	{ "handlebars", "a.hbs", "{{!-- a --}} b\n", "############..\n" },
	{ "cmake", "CMakeLists.txt", "a #[[ b\nc ]] d # e\n", "..#####\n####...###\n" },
	{ "nix", "a.nix", "a = ''b # ${c \"d\"}''; # e\n", "....ssssssss..ssssss..###\n" },
	{ "graphql", "a.graphql", "\"\"\"a # b\"\"\" c # d\n", "sssssssssss...###\n" },
	{ "groovy", "Jenkinsfile", "sh '''a # b\n// c''' // d\n", "...ssssssss\nsssssss.####\n" },
	{ "fortran", "a.f90", "a ! b\n", "..###\n" },
	{ "tex", "a.tex", "a \\% b % c\n", "ppppppp###\n" },
	{ "gitignore", "x/.gitignore", "# a\nb # c\n", "###\n.....\n" },
	{ "nul bytes", "a.py", "a\0'\0' # \0\n", "..sss.###\n" },
};

static void check(void **state)
{
	const struct row *row = *state;
	size_t size = strlen(row->want);
	struct slice text = { row->text, size };
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;
	char got[256] = "";

	assert_true(size < sizeof(got));
	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	for (size_t i = 0; i < size; i++)
		got[i] = row->want[i] == '\n' ? '\n' : ".#sp"[lexed_kind_at(&lexed, i)];
	assert_string_equal(got, row->want);
	/* Spans begin at 0, go up, and neighbours differ. */
	assert_int_equal(lexed.spans[0].start, 0);
	for (size_t i = 1; i < lexed.span_count; i++) {
		assert_true(lexed.spans[i].start > lexed.spans[i - 1].start);
		assert_int_not_equal(lexed.spans[i].kind, lexed.spans[i - 1].kind);
	}
}

/* The comment on a line: want is NULL for none; whole says that nothing else stands there. */
static const struct comment_row {
	const char *name, *path, *text;
	uint32_t line;
	const char *want;
	bool whole;
} comment_rows[] = {
	{ "none", "a.py", "a\n", 1, NULL, false },
	{ "no such line", "a.py", "# a\n", 3, NULL, false },
	{ "blank line", "a.py", "# a\n\n", 2, NULL, false },
	{ "whole line", "a.py", "  # a b \n", 1, "a b", true },
	{ "several marks", "a.py", "### a\n", 1, "a", true },
	{ "empty comment", "a.py", "#\n", 1, "", true },
	{ "trailing", "a.py", "a = 1  # b # c\n", 1, "b # c", false },
	{ "shebang", "a.sh", "#!/bin/sh\n", 1, "!/bin/sh", true },
	{ "slashes", "a.c", "/// a\n", 1, "a", true },
	{ "doc mark", "a.rs", "//! a\n", 1, "a", true },
	{ "block", "a.c", "/* a */\n", 1, "a", true },
	{ "doc block", "a.c", "/** a **/\n", 1, "a", true },
	{ "block, first line", "a.c", "a /* b\n * c\n */\n", 1, "b", false },
	{ "block, inner line", "a.c", "a /* b\n * c\n */\n", 2, "c", true },
	{ "block, last line", "a.c", "a /* b\n * c\n */\n", 3, "", true },
	{ "block, last line with text", "a.c", "/* b\n   c */ d\n", 2, "c", false },
	{ "block before code", "a.c", "/* a */ b;\n", 1, "a", false },
	{ "block before code, comment behind", "a.c", "/* a */ b; // c\n", 1, "c", false },
	{ "two behind code", "a.c", "b; /* a */ // c\n", 1, "a */ // c", false },
	{ "html", "a.html", "<!-- a -->\n", 1, "a", true },
	{ "markdown", "a.md", "<!-- a -->\n", 1, "a", true },
	{ "markdown text", "a.md", "a\n", 1, NULL, false },
	{ "script in html", "a.html", "<script>\n// a\n</script>\n", 2, "a", true },
	{ "html in php", "a.php", "<!-- a -->\n<?php\n# b\n", 1, "a", true },
	{ "php", "a.php", "<!-- a -->\n<?php\n# b\n", 3, "b", true },
	{ "sql", "a.sql", "--- a\n", 1, "a", true },
	{ "lua block", "a.lua", "--[==[ a\nb ]==]\n", 1, "a", true },
	{ "lua block on one line", "a.lua", "--[=[ a ]=]\n", 1, "a", true },
	{ "batch", "a.bat", "REM a\n", 1, "a", true },
	{ "lisp", "a.el", ";;; a\n", 1, "a", true },
	{ "block scalar", "a.yml", "run: |\n  # a\n  b # c\n", 2, "a", true },
	{ "block scalar, trailing", "a.yml", "run: |\n  # a\n  b # c\n", 3, "c", false },
	{ "unknown", "a.unknown", "; a\n", 1, "a", true },
	{ "jinja", "a.j2", "{# a #}\n", 1, "a", true },
	{ "crlf", "a.py", "# a\r\n", 1, "a", true },
	{ "jsx", "a.tsx", "  {/* a */}\n", 1, "a", true },
	{ "brace before a comment", "a.ts", "} // a\n", 1, "a", false },
	{ "open brace before a comment", "a.ts", "{ /* a */\n", 1, "a", false },
	{ "helm", "a.yaml", "{{- /* a */ -}}\n", 1, "a", true },
	{ "helm, tight", "a.yaml", "{{/* a */}}\n", 1, "a", true },
	{ "blank line in a block", "a.c", "/* a\n\n b */\n", 2, "", true },
	{ "string in data", "a.yaml", "a: '# b'\n", 1, NULL, false },
};

static void check_comment(void **state)
{
	const struct comment_row *row = *state;
	struct slice text = slice_of(row->text), comment;
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;
	bool whole = false, found;

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	found = lexed_comment_on(&lexed, row->line, &comment, &whole);
	assert_int_equal(found, row->want != NULL);
	if (!found)
		return;
	assert_string_equal(arena_copy(&arena, comment.data, comment.size), row->want);
	assert_int_equal(whole, row->whole);
}

static void check_lines(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = SLICE("a\r\n\nbc");
	struct lexed lexed;

	(void)state;
	assert_int_equal(lexer_run(&arena, language_of("a.py", text), text, &lexed), POL_OK);
	assert_int_equal(lexed.line_count, 3);
	assert_int_equal(lexed_line_at(&lexed, 0), 1);
	assert_int_equal(lexed_line_at(&lexed, 2), 1);
	assert_int_equal(lexed_line_at(&lexed, 3), 2);
	assert_int_equal(lexed_line_at(&lexed, 5), 3);
	assert_true(slice_equal(lexed_line(&lexed, 1), SLICE("a")));
	assert_true(slice_equal(lexed_line(&lexed, 2), SLICE("")));
	assert_true(slice_equal(lexed_line(&lexed, 3), SLICE("bc")));
	assert_true(slice_equal(lexed_line(&lexed, 4), SLICE("")));
}

static void check_empty(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = { "", 0 };
	enum span_kind kind;
	struct lexed lexed;

	(void)state;
	assert_int_equal(lexer_run(&arena, language_of("a.py", text), text, &lexed), POL_OK);
	assert_int_equal(lexed.line_count, 0);
	assert_int_equal(lexed_kind_at(&lexed, 0), SPAN_CODE);
	assert_int_equal(lexed_span_at(&lexed, 0, &kind).size, 0);
}

static void check_span(void **state)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct slice text = SLICE("a 'b' # c\nd");
	enum span_kind kind;
	struct lexed lexed;

	(void)state;
	assert_int_equal(lexer_run(&arena, language_of("a.py", text), text, &lexed), POL_OK);
	assert_true(slice_equal(lexed_span_at(&lexed, 3, &kind), SLICE("'b'")));
	assert_int_equal(kind, SPAN_STRING);
	assert_true(slice_equal(lexed_span_at(&lexed, 6, &kind), SLICE("# c")));
	assert_int_equal(kind, SPAN_COMMENT);
	assert_true(slice_equal(lexed_span_at(&lexed, 10, &kind), SLICE("\nd")));
	assert_int_equal(kind, SPAN_CODE);
}

/* Every allocation may fail. */
static void check_memory(void **state)
{
	struct slice text = SLICE("a 'b' # c\n'd' # e\n'f' # g\n'h' # i\n'j' # k\n");
	enum pol_status status = POL_ENOMEM;
	unsigned fail_at = 0;

	(void)state;
	while (status != POL_OK && fail_at < 100) {
		CLEANUP(arena) struct arena arena = { .fail_at = ++fail_at };
		struct lexed lexed;

		status = lexer_run(&arena, language_of("a.py", text), text, &lexed);
		assert_true(status == POL_OK || status == POL_ENOMEM);
	}
	assert_int_equal(status, POL_OK);
	assert_true(fail_at > 2);
}

/* Whether the string that holds X is documentation. */
static const struct documentation_row {
	const char *name, *path, *text;
	bool want;
} documentation_rows[] = {
	{ "of a function", "a.py", "def f():\n    \"\"\"a\n    X\"\"\"\n", true },
	{ "of a module", "a.py", "'''X'''\n", true },
	{ "raw", "a.py", "import a\n\nr\"\"\"X\"\"\"\n", true },
	{ "ansible", "a.py", "DOCUMENTATION = r'''\nX\n'''\n", true },
	{ "ansible results", "a.py", "RETURN = \"\"\"\nX\n\"\"\"\n", true },
	{ "another value", "a.py", "TEXT = '''\nX\n'''\n", false },
	{ "argument", "a.py", "f(\n    '''X'''\n)\n", false },
	{ "second argument", "a.py", "f(a,\n'''X''')\n", false },
	{ "continued line", "a.py", "a = \\\n'''X'''\n", false },
	{ "behind code", "a.py", "return '''X'''\n", false },
	{ "ordinary string", "a.py", "'X'\n", false },
	{ "code", "a.py", "X\n", false },
	{ "another language", "a.jl", "\"\"\"X\"\"\"\n", false },
};

static void check_documentation(void **state)
{
	const struct documentation_row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(lexed_is_documentation(&lexed, slice_find_char(text, 'X')), row->want);
}

/* Whether X, and what is glued to it, is talked about. */
static const struct documentation_row sentence_rows[] = {
	{ "message", "a.js", "throw 'The X must not be used with this'\n", true },
	{ "advice", "a.ts", "log(`Certificate refused. Try adding X to your config.`)\n", true },
	{ "usage", "a.go", "\"  -k X   do not check the certificate of the server\\n\"\n", true },
	{ "line of a longer string", "a.py", "T = '''\nAdd the X flag to it.\n'''\n", true },
	{ "description in data", "a.yaml", "description: If X is set, nothing is checked\n", true },
	{ "unknown text", "a.zzz", "When X is set, nothing is checked\n", true },
	{ "usage that is printed", "a.c", "printf(\"  to \\\"A:X\\\". Changes in release 2.\\n\");\n", true },
	{ "configuration that is written", "a.c",
	  "fprintf(f, \"  to \\\"A:X\\\". Changes in release 2.\\n\");\n", false },
	{ "command", "a.py", "run('curl X https://a/b -o c')\n", false },
	{ "command in data", "a.yaml", "run: curl X https://a/b | sh\n", false },
	{ "loop", "a.yaml", "run: for i in a b; do curl X $i || exit 1; done\n", false },
	{ "rules of a firewall", "a.zzz", "X from any to any\n", false },
	{ "sentence further off", "a.yaml", "run: curl X https://a/b | tee -a b && echo 'it is the end'\n",
	  false },
	{ "another string", "a.js", "f('X', 'it is the end')\n", false },
	{ "line above", "a.py", "T = '''\nThis is the end of it:\nX\n'''\n", false },
	{ "thrown", "a.js", "throw (\n  `Run a X`\n)\n", true },
	{ "raised", "a.py", "raise E('run a X')\n", true },
	{ "not thrown", "a.py", "raised = run('a X')\n", false },
	{ "announced", "a.rb", "puts \"Running 'a -b c/d e:f -g -h -i X -j'\"\n", true },
	{ "announced and run", "a.sh", "echo \"Running $(a -b c/d e:f -g -h -i X -j)\"\n", false },
	{ "run", "a.rb", "run(\"running/a b c/d e:f -g -h -i X -j\")\n", false },
	{ "predicate", "a.json", "[\"X should override y\"]\n", true },
	{ "predicate further off", "a.json", "[\"X a/b can go\"]\n", false },
	{ "code", "a.c", "it is the X of it\n", false },
};

static void check_sentence(void **state)
{
	const struct documentation_row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;
	size_t at = slice_find_char(text, 'X');

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(lexed_is_sentence(&lexed, at, at + 1), row->want);
}

/* Whether X, up to the # that is taken out, is the default of a declared parameter. */
static const struct documentation_row parameter_rows[] = {
	{ "python", "a.py", "def get(url, X=False#):\n", true },
	{ "python over lines", "a.py", "async def get(\n    url,\n    X=False#,\n):\n", true },
	{ "with a type", "a.kt", "fun get(url: String, X: Boolean = false#) {\n", true },
	{ "php", "a.php", "<?php public function get($url, X = false#, $b = 1)\n", true },
	{ "ruby", "a.rb", "def get(url, X: false#)\n", true },
	{ "call", "a.py", "get(url, X=False#)\n", false },
	{ "call in the body", "a.py", "def f(): return get(url, X=False#)\n", false },
	{ "call in a default", "a.py", "def f(client=Client(X=False#)):\n", false },
	{ "value of a call", "a.py", "def f(a=X()#):\n", false },
	{ "groovy variable", "a.groovy", "def client = new Client(X: false#)\n", false },
	{ "callback", "a.js", "it('a', function (done) { get({ X: false# }) })\n", false },
	{ "address", "a.py", "def f(X='0.0.0.0'#):\n", false },
	{ "string", "a.py", "def f(a='X=False#'):\n", false },
	{ "data", "a.yaml", "def: f(X=False#)\n", false },
};

static void check_parameter(void **state)
{
	const struct documentation_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;
	char text[128];
	struct slice rest = slice_of(row->text);
	size_t end = slice_find_char(rest, '#');

	(void)snprintf(text, sizeof(text), "%.*s%s", (int)end, rest.data, rest.data + end + 1);
	rest = slice_of(text);
	assert_int_equal(lexer_run(&arena, language_of(row->path, rest), rest, &lexed), POL_OK);
	assert_int_equal(lexed_is_parameter(&lexed, slice_find_char(rest, 'X'), end), row->want);
}

/* Whether X is what a mock is expected to have been called with. */
static const struct documentation_row expectation_rows[] = {
	{ "python mock", "a.py", "get.assert_called_once_with('u', X)\n", true },
	{ "python mock over lines", "a.py", "get.assert_has_calls([\n    call('u',\n         X)])\n", true },
	{ "jest", "a.ts", "expect(get).toHaveBeenCalledWith({\n  a: 1,\n  X\n});\n", true },
	{ "equality", "A.cs", "Assert.AreEqual (a.Mode, X, \"m\");\n", true },
	{ "expected value", "a.php", "<?php $expected = array('a' => 1,\n  'b' => X);\n", true },
	{ "value that is computed", "a.py", "expected = md5(X)\n", false },
	{ "refused", "A.cs", "Assert.Throws<E>(() => f(X));\n", true },
	{ "call in an equality", "A.java", "assertEquals(200, get(url, X));\n", false },
	{ "call", "a.py", "get('u', X)\n", false },
	{ "statement behind", "a.py", "get.assert_called_once_with('u')\nget(X)\n", false },
	{ "data", "a.yaml", "a: get.assert_called_with(X)\n", false },
};

static void check_expectation(void **state)
{
	const struct documentation_row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(lexed_is_expectation(&lexed, slice_find_char(text, 'X')), row->want);
}

/* Whether the string that holds X is compared with something. */
static const struct documentation_row comparison_rows[] = {
	{ "equal", "a.js", "if (name === 'X') a();\n", true },
	{ "equal, the other way round", "a.c", "if (\"X\" == name) a();\n", true },
	{ "method", "A.java", "if (name.equals(\"a X b\")) a();\n", true },
	{ "looked for", "a.ts", "args.includes('X')\n", true },
	{ "prefix", "a.go", "if strings.HasPrefix(\"X\") {\n", true },
	{ "member", "a.py", "if 'X' not in args:\n", true },
	{ "case", "a.go", "case \"X\":\n", true },
	{ "sought in a list", "a.py", "if o in ['-n', 'X']:\n", true },
	{ "behind the list", "a.py", "if o in ['-n']: run('X')\n", false },
	{ "each of a list", "a.py", "for o in ['-n', 'X']:\n", false },
	{ "unequal in Lua", "a.lua", "if name ~= \"X\" then\n", true },
	{ "second argument of a search", "a.php", "<?php if (strpos($args[0], 'X')) a();\n", true },
	{ "member of a list", "a.php", "<?php if (in_array('X', $args)) a();\n", true },
	{ "second argument", "a.php", "<?php run($args[0], 'X');\n", false },
	{ "argument", "a.js", "run('X')\n", false },
	{ "value", "a.js", "name = 'X'\n", false },
	{ "other string of the line", "a.js", "if (name == 'a') run('X')\n", false },
	{ "word that ends so", "a.rb", "lowercase 'X'\n", false },
	{ "code", "a.js", "if (name == X)\n", false },
	{ "data", "a.yaml", "if: name == 'X'\n", false },
};

static void check_comparison(void **state)
{
	const struct documentation_row *row = *state;
	struct slice text = slice_of(row->text);
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;

	assert_int_equal(lexer_run(&arena, language_of(row->path, text), text, &lexed), POL_OK);
	assert_int_equal(lexed_is_compared(&lexed, slice_find_char(text, 'X')), row->want);
}

/* Whether X…# only names something: declared, listed, translated, tested. */
static const struct documentation_row name_rows[] = {
	{ "method", "A.java", "public void X(#Object o, String n) {\n", true },
	{ "prototype", "a.h", "extern const M *X(#void);\n", true },
	{ "generic type", "A.cs", "public static Func<A, bool> X# { get; }\n", true },
	{ "reference source", "A.cs", "public A B { get { throw null; } set { X#(); } }\n", true },
	{ "constant", "A.java", "static final V X# = new W();\n", true },
	{ "function of swift", "a.swift", "func X(#_ a: Int) {\n", true },
	{ "call", "A.java", "\tX(#o, n);\n", false },
	{ "returned call", "a.c", "\treturn X(#a);\n", false },
	{ "method of an object", "A.java", "view.X(#o, n);\n", false },
	{ "found for its body", "A.kt", "override fun X(a: A) = Unit#\n", false },
	{ "value of a variable", "a.c", "const M *m = X#();\n", false },
	{ "variable and value", "A.java", "boolean X = true#;\n", false },
	{ "statement", "a.go", "go X(#a)\n", false },
	{ "enumeration", "A.cs", "[Flags]\ninternal enum P\n{\n  None = 0,\n  Old = S.X#,\n}\n", true },
	{ "enumeration of java", "A.java", "enum S {\n  A(1, \"X#\"),\n  B(2, \"b\");\n", true },
	{ "behind an enumeration", "A.java", "enum S { A;\n  void f() { g(X#); }\n}\n", false },
	{ "function of an enumeration", "a.c", "enum a f(void)\n{\n  g(X#);\n}\n", false },
	{ "row of a table", "a.c", "  { \"name\", X#, 24 },\n", true },
	{ "row with a setting", "a.go", "  {name: \"a\", skip: X#},\n", false },
	{ "row of values", "A.java", "  {\"X#\", \"b\"},\n", false },
	{ "case to constant", "a.c", "case ENCR_DES:\n  return X_DES#;\n", true },
	{ "case to value", "a.c", "case A_NONE:\n  return X_NONE#;\n", false },
	{ "name to constant", "a.c", "if (!strcmp(name, \"des\")) return X_DES#;\n", true },
	{ "constant to name", "a.c", "case C_1:\n  name = \"X#\";\n", true },
	{ "suite to name", "a.c", "case A_WITH_B:\n  cipher = \"X#\";\n", true },
	{ "expected", "a.c", "  .expectOut = \"X#\"\n", true },
	{ "expected over lines", "a.go", "expected := []T{\n\tX#,\n}\n", true },
	{ "expected far below its name", "a.go",
	  "var expectedConf = &T{\n\tA: U{\n\t\tB: 1,\n\t\tX#: true,\n\t},\n}\n", true },
	{ "behind what is expected", "a.go", "func f() {\n\texpected := T{\n\t\tA: 1,\n\t}\n\tX#(true)\n}\n",
	  false },
	{ "expected among others", "a.c", "struct t t = {\n  .a = 1,\n  .expectOut = \"X#\"\n", true },
	{ "list in an assertion", "A.java", "assertEquals(Arrays.asList(\n  C.X#,\n", true },
	{ "list of names in an assertion", "A.java", "assertEquals(List.of(C.a(), C.X#.a()), b);\n", true },
	{ "checker", "a.go", "c.Check(mode, Equals, X#)\n", true },
	{ "less", "a.c", "if( minor < X# )\n", true },
	{ "put out", "a.cc", "out << X#;\n", false },
	{ "row over lines", "a.c", "  { A, \"a\",\n    X#, 3 },\n", true },
	{ "list over lines", "A.cs", "string[] a =\n{\n  X#, B\n};\n", false },
	{ "expected set", "A.java", "Set<A> expected = set(B.X#);\n", true },
	{ "expected result", "a.py", "expected = get(url, 'X#')\n", false },
	{ "given", "a.go", "given := []T{\n\tX#,\n}\n", false },
	{ "constant over lines", "A.java", "static final V X#\n    = new W();\n", true },
	{ "constant to value", "a.c", "case C_1:\n  list = \"X#\";\n", false },
	{ "compared", "A.java", "if (v == V.X#) {\n", true },
	{ "size", "a.c", "f(a, sizeof(X#));\n", true },
	{ "bit", "a.c", "if ((flags & X#) != 0)\n", true },
	{ "bit taken out", "a.c", "flags &= ~X#;\n", true },
	{ "condition", "a.c", "if (!(flags & X#)) {\n", true },
	{ "cast in a comparison", "A.cs", "if (v > (int)V.X#)\n", true },
	{ "type on the line above", "a.c", "void\nX#(struct a *b)\n{\n", true },
	{ "function of a class", "a.cpp", "V *A::X#()\n{\n", true },
	{ "call of a class's function", "a.cpp", "v = A::X#();\n", false },
	{ "call at the start of a line", "a.c", "X#(a);\n{\n", false },
	{ "bits of an argument", "a.c", "use(flags & X#);\n", false },
	{ "call that is compared", "a.c", "if (-1 == X#(a))\n", false },
	{ "chosen", "a.c", "m = a == b ? X# : c;\n", false },
	{ "import", "A.java", "import static a.C.X#;\n", true },
	{ "data", "a.yaml", "case A: return X#\n", false },
	{ "class of a script", "a.py", "class X#(Base):\n", true },
	{ "constant's number in a script", "a.js", "c={A:1,X#:3}\n", true },
	{ "constant imported by a script", "a.py", "from a import X_Y#\n", true },
	{ "cipher imported by a script", "a.py", "from a import Xy#\n", false },
	{ "constant that php defines", "a.php", "<?php define('X#', 1);\n", true },
	{ "constant of php", "a.php", "<?php define('A', X#);\n", true },
	{ "value in a script", "a.js", "c={A:1,b:X#}\n", false },
	{ "c in a string", "a.py", "T = '''\n static const int X_NO#;\n'''\n", true },
	{ "value of c in a string", "a.py", "T = '''\n static int a = X_NO#;\n'''\n", false },
	{ "statement in a string", "a.py", "T = '''\n use(X_NO#);\n'''\n", false },
};

static void check_name(void **state)
{
	const struct documentation_row *row = *state;
	CLEANUP(arena) struct arena arena = { 0 };
	struct lexed lexed;
	char text[128];
	struct slice rest = slice_of(row->text);
	size_t end = slice_find_char(rest, '#');

	(void)snprintf(text, sizeof(text), "%.*s%s", (int)end, rest.data, rest.data + end + 1);
	rest = slice_of(text);
	assert_int_equal(lexer_run(&arena, language_of(row->path, rest), rest, &lexed), POL_OK);
	assert_int_equal(lexed_is_named_only(&lexed, slice_find_char(rest, 'X'), end), row->want);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(check_lines),
		cmocka_unit_test(check_empty),
		cmocka_unit_test(check_span),
		cmocka_unit_test(check_memory),
	};
	int failed = ROWS_RUN("lexer", rows, check) + ROWS_RUN("comment on", comment_rows, check_comment) +
	             ROWS_RUN("documentation", documentation_rows, check_documentation) +
	             ROWS_RUN("sentence", sentence_rows, check_sentence) +
	             ROWS_RUN("parameter", parameter_rows, check_parameter) +
	             ROWS_RUN("expectation", expectation_rows, check_expectation) +
	             ROWS_RUN("comparison", comparison_rows, check_comparison) +
	             ROWS_RUN("name", name_rows, check_name);

	return failed + cmocka_run_group_tests_name("lexed", others, NULL, NULL);
}
