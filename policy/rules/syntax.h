/* syntax.h - what the language table holds; only language*.c, lexer*.c and justification_find.c look inside. */
#ifndef POLICY_RULES_SYNTAX_H
#define POLICY_RULES_SYNTAX_H

#include "policy/rules/language.h"

#include <stdint.h>

/* How the text behind a mark is read. */
enum mark_kind {
	MARK_NONE,   /* ends a list of marks */
	MARK_LINE,   /* comment to the end of the line */
	MARK_BLOCK,  /* comment to close, over lines */
	MARK_REST,   /* string (MARK_PROSE: prose) to the end of the file: __END__ */
	MARK_STRING, /* string to close */
	MARK_CHAR,   /* string of one character; otherwise the quote is something else: a lifetime, a prime */
	MARK_REGEX,  /* literal between slashes, where the token before allows no division */
	MARK_HEREDOC,  /* names the word that ends the text which begins on the next line */
	MARK_HASHED,   /* r#"…"#: closed by a quote and as many # as stood before it */
	MARK_RAW,      /* R"x(…)x" */
	MARK_LEVELLED, /* [==[…]==]; the mark ends with the first bracket */
	MARK_SCALAR,   /* YAML's | and > */
	MARK_REPLACE,  /* Perl's s/a/b/: the sign the mark ends with comes twice more on the line */
	MARK_EMBED,    /* a tag: what stands before its end tag (close) is in another language */
	MARK_ENTER,    /* from here on another language, until that one's MARK_LEAVE */
	MARK_LEAVE,
	MARK_KIND_COUNT
};

/* Where a mark counts, and how it ends. */
enum {
	MARK_LINE_START = 1 << 0,  /* only blanks before it on the line */
	MARK_COLUMN_ONE = 1 << 1,  /* the first byte of a line */
	MARK_AFTER_BLANK = 1 << 2, /* at the line's start or after a blank */
	MARK_WORD_START = 1 << 3,  /* the same, or after an operator of a shell */
	MARK_QUOTE_START =
		1 << 4, /* the same, or after = , : and opening brackets: apostrophes in words do not count */
	MARK_VALUE_START = 1 << 5,     /* where a YAML value can begin */
	MARK_NOT_AFTER_COLON = 1 << 6, /* // of a URL is no comment */
	MARK_NOT_AFTER_WORD = 1 << 7,  /* not directly behind a letter, a digit or _ */
	MARK_NOT_IN_NUMBER = 1 << 8,   /* 1'000'000 */
	MARK_NOCASE = 1 << 9,
	MARK_NESTED = 1 << 10,        /* blocks that hold blocks */
	MARK_MULTILINE = 1 << 11,     /* strings that go on over lines; others end at the line's end */
	MARK_DOUBLED = 1 << 12,       /* the closing mark twice stands for itself */
	MARK_CONTINUED = 1 << 13,     /* a backslash at the line's end prolongs a line comment */
	MARK_CLOSE_LINE = 1 << 14,    /* the rest of the line behind close belongs to the block */
	MARK_DASHES = 1 << 15,        /* Haskell: --> and the like are operators */
	MARK_TIGHT = 1 << 16,         /* heredoc: no blank before the word, and the word must come again */
	MARK_CODE_BODY = 1 << 17,     /* heredoc: the body is code, its lines of # are comments */
	MARK_LABEL = 1 << 18,         /* reStructuredText: directives and targets are no comments */
	MARK_NOT_ATTRIBUTE = 1 << 19, /* PHP: #[ opens an attribute */
	MARK_LEAVES = 1 << 20,        /* PHP: a line comment ends before ?> */
	MARK_PROSE = 1 << 21          /* what it opens is text for people */
};

struct mark {
	const char *open;
	const char *close; /* NULL for kinds that need none */
	enum mark_kind kind;
	uint32_t flags;
	char escape;               /* byte that takes the next one's meaning, 0 = none */
	const char *interpolation; /* opens code within the string: "${"; closed by the matching bracket */
	uint8_t embedded;          /* MARK_EMBED and MARK_ENTER: enum language_id */
};

/* The lists of marks, each ended by MARK_NONE (marks_*.c). */
extern const struct mark c_marks[], ada_marks[], asciidoc_marks[], assembly_marks[], awk_marks[],
	batch_marks[], bicep_marks[], cmake_marks[], coffee_marks[], component_marks[], crystal_marks[],
	csharp_marks[], css_marks[], d_marks[], dart_marks[], elixir_marks[], erb_marks[], erlang_marks[],
	fish_marks[], fortran_fixed_marks[], fortran_marks[], fsharp_marks[], go_marks[], graphql_marks[],
	groovy_marks[], handlebars_marks[], hash_blank_marks[], hash_line_marks[], haskell_marks[],
	hcl_marks[], html_marks[], ini_marks[], java_marks[], javascript_marks[], jinja_marks[], json_marks[],
	jsonc_marks[], jsonnet_marks[], julia_marks[], kotlin_marks[], lisp_marks[], lua_marks[], m4_marks[],
	makefile_marks[], markdown_marks[], meson_marks[], nim_marks[], nix_marks[], no_marks[],
	ocaml_marks[], pascal_marks[], perl_marks[], php_marks[], php_outer_marks[], powershell_marks[],
	properties_marks[], proto_marks[], puppet_marks[], python_marks[], r_marks[], razor_marks[],
	rego_marks[], rst_marks[], ruby_marks[], rust_marks[], scala_marks[], scss_marks[], shell_marks[],
	sql_marks[], swift_marks[], systemd_marks[], tcl_marks[], tex_marks[], text_marks[], vb_marks[],
	verilog_marks[], vhdl_marks[], vim_marks[], words_marks[], xml_marks[], yaml_marks[], zig_marks[];

enum key_style { KEYS_NONE, KEYS_YAML, KEYS_JSON, KEYS_HCL, KEYS_TOML, KEYS_INI, KEYS_XML };

enum {
	LANGUAGE_IS_PROSE = 1,
	LANGUAGE_IS_DATA = 2,     /* strings are code */
	LANGUAGE_IS_INDENTED = 4, /* a block is what stands further right */
	LANGUAGE_IS_UNKNOWN = 8,
	LANGUAGE_IS_ANNOTATED = 32, /* lines of @name or #[name] belong to the declaration below */
	LANGUAGE_IS_EMBEDDED = 16   /* code begins after a mark of language `outer`: PHP */
};

enum language_id {
	LANG_TEXT, /* unknown */
	LANG_ADA,
	LANG_APACHE,
	LANG_ASCIIDOC,
	LANG_ASSEMBLY,
	LANG_AWK,
	LANG_BATCH,
	LANG_BICEP,
	LANG_C,
	LANG_CLOJURE,
	LANG_CMAKE,
	LANG_COFFEESCRIPT,
	LANG_CPP,
	LANG_CRYSTAL,
	LANG_CSHARP,
	LANG_CSS,
	LANG_CSV,
	LANG_D,
	LANG_DART,
	LANG_DOCKERFILE,
	LANG_ELIXIR,
	LANG_ELM,
	LANG_ENV,
	LANG_ERB,
	LANG_ERLANG,
	LANG_FISH,
	LANG_FORTRAN,
	LANG_FORTRAN_FIXED,
	LANG_FSHARP,
	LANG_GITIGNORE,
	LANG_GO,
	LANG_GRAPHQL,
	LANG_GROOVY,
	LANG_HANDLEBARS,
	LANG_HASKELL,
	LANG_HCL,
	LANG_HTML,
	LANG_INI,
	LANG_JAVA,
	LANG_JAVASCRIPT,
	LANG_JINJA,
	LANG_JSON,
	LANG_JSONC,
	LANG_JSONNET,
	LANG_JULIA,
	LANG_KOTLIN,
	LANG_LISP,
	LANG_LUA,
	LANG_M4,
	LANG_MAKEFILE,
	LANG_MARKDOWN,
	LANG_MESON,
	LANG_NGINX,
	LANG_NIM,
	LANG_NIX,
	LANG_OBJC,
	LANG_OCAML,
	LANG_PASCAL,
	LANG_PERL,
	LANG_PHP,
	LANG_PHP_OUTER,
	LANG_PLAIN,
	LANG_POWERSHELL,
	LANG_PROPERTIES,
	LANG_PROTO,
	LANG_PUPPET,
	LANG_PYTHON,
	LANG_R,
	LANG_RAZOR,
	LANG_REGO,
	LANG_REQUIREMENTS,
	LANG_RST,
	LANG_RUBY,
	LANG_RUST,
	LANG_SCALA,
	LANG_SCSS,
	LANG_SHELL,
	LANG_SOLIDITY,
	LANG_SQL,
	LANG_STARLARK,
	LANG_SVELTE,
	LANG_SWIFT,
	LANG_SYSTEMD,
	LANG_TCL,
	LANG_TEX,
	LANG_TOML,
	LANG_TYPESCRIPT,
	LANG_VB,
	LANG_VERILOG,
	LANG_VHDL,
	LANG_VIM,
	LANG_VUE,
	LANG_XML,
	LANG_YAML,
	LANG_ZIG,
	LANG_COUNT
};

struct language {
	const char *name;
	const struct mark *marks; /* longer marks before shorter ones that begin alike */
	const char *comment_open; /* for hints; NULL = the language has no comments */
	const char *comment_close;
	enum key_style keys;
	uint32_t flags;
	char code_escape;  /* byte that takes the next one's meaning outside strings, 0 = none */
	char continuation; /* byte that joins a line to the next, 0 = none */
	uint8_t outer;     /* LANGUAGE_IS_EMBEDDED: the language around */
};

extern const struct language languages[LANG_COUNT];

/* From a name to its language; sorted by name (bytes), so that it can be looked up by halving. */
struct language_key {
	const char *name;
	uint8_t language;
};
extern const struct language_key language_files[];      /* whole file names, as written */
extern const struct language_key language_extensions[]; /* lower case, without the dot */
extern const struct language_key language_aliases[];    /* interpreters and editors' modes, lower case */
extern const size_t language_file_count, language_extension_count, language_alias_count;
/* Globs tried in turn after the file names; not sorted. */
extern const struct language_key language_globs[];
extern const size_t language_glob_count;

/* The mark that the comment text begins with (the longest), also one of languages embedded; NULL. */
const struct mark *comment_mark_of(const struct language *language, struct slice text);

#endif
