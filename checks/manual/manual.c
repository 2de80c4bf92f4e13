/* manual.c - writes the manual page of a check program, or completions for a shell, from the table that the programs parse
 * their options with. A tool of the build; nothing of it is installed.
 *
 *     manual man|bash|zsh|fish PROGRAM | manual policy */
#include "checks/check.h"
#include "checks/options.h"

#include <ctype.h>
#include <string.h>

static const struct check *const checks[] = { &justification_check, &trivyignore_check, &license_check,
	                                      &commit_message_check, &push_check };

enum { CHECKS = sizeof(checks) / sizeof(checks[0]) };

/* What an option's value may be, beside a free text. */
static const struct {
	const char *option, *values;
} values[] = {
	{ "format", "text json sarif github gitlab junit" },
	{ "color", "auto always never" },
};

/* The check of that name; NULL = none. */
static const struct check *find_check(const char *name)
{
	for (size_t i = 0; name && i < CHECKS; i++) {
		if (strcmp(checks[i]->name, name) == 0)
			return checks[i];
	}
	return NULL;
}

static enum cli_input input_of(const struct check *check)
{
	return check == &push_check ? INPUT_PUSH : INPUT_SOURCE;
}

static const char *values_of(const struct option_row *row)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (row->name && strcmp(row->name, values[i].option) == 0)
			return values[i].values;
	}
	return NULL;
}

/* ---- manual pages ----------------------------------------------------------------------------------------------------*/

/* Text for troff: a backslash and a dash are said, a point or quote at the start of a line is no request. */
static void put_roff(const char *text)
{
	bool at_start = true;

	for (; *text; text++) {
		if (at_start && (*text == '.' || *text == '\''))
			(void)fputs("\\&", stdout);
		if (*text == '\\')
			(void)fputs("\\e", stdout);
		else if (*text == '-')
			(void)fputs("\\-", stdout);
		else
			(void)putchar(*text);
		at_start = *text == '\n';
	}
}

static void put_heading(const char *name, const char *section, const char *about)
{
	(void)fputs(".TH \"", stdout);
	for (const char *c = name; *c; c++)
		(void)putchar(toupper((unsigned char)*c));
	(void)printf("\" %s \"\" \"Warrant %s\"\n.SH NAME\n", section, WARRANT_VERSION);
	put_roff(name);
	(void)fputs(" \\- ", stdout);
	put_roff(about);
	(void)putchar('\n');
}

static void put_options(enum cli_input input)
{
	const char *section = NULL;
	struct option_row row;

	for (size_t i = 0; options_at(input, i, &row); i++) {
		if (row.section != section) {
			(void)fputs(".SS ", stdout);
			put_roff(row.section);
			(void)putchar('\n');
			section = row.section;
		}
		(void)fputs(".TP\n", stdout);
		if (row.letter)
			(void)printf("\\fB\\-%c\\fR%s", row.letter, row.name ? ", " : "");
		if (row.name)
			(void)printf("\\fB\\-\\-%s\\fR", row.name);
		if (row.argument) {
			(void)printf("%s\\fI", row.name ? "=" : " ");
			put_roff(row.argument);
			(void)fputs("\\fR", stdout);
		}
		(void)putchar('\n');
		put_roff(row.help);
		(void)putchar('\n');
	}
}

static void write_page(const struct check *check)
{
	put_heading(check->name, "1", check->about);
	(void)fputs(".SH SYNOPSIS\n.B ", stdout);
	put_roff(check->name);
	(void)putchar('\n');
	put_roff(options_synopsis[input_of(check)]);
	if (check == &push_check)
		(void)fputs("\n.SH DESCRIPTION\nReads the lines that git gives to its pre\\-push hook:\n"
		            ".I local-ref local-oid remote-ref remote-oid",
		            stdout);
	(void)fputs("\n.SH OPTIONS\n", stdout);
	put_options(input_of(check));
	(void)fputs(".SH EXIT STATUS\n.nf\n", stdout);
	put_roff(options_exit_status);
	(void)fputs(".fi\n.SH FILES\n.TP\n.I .warrant.yaml\nthe policy, at the top of the repository\n.SH "
	            "SEE ALSO\n"
	            ".BR warrant.yaml (5)\n",
	            stdout);
}

static void write_policy(const struct check *none)
{
	(void)none;
	put_heading("warrant.yaml", "5", "what a justification must hold");
	(void)fputs(".SH DESCRIPTION\nThe file\n.I .warrant.yaml\nat the top of a repository is read on top "
	            "of the "
	            "policy that is built in:\n.PP\n.nf\n",
	            stdout);
	put_roff(policy_builtin_text());
	(void)fputs(".fi\n", stdout);
}

/* ---- completions -----------------------------------------------------------------------------------------------------*/

static void write_bash(const struct check *check)
{
	const enum cli_input input = input_of(check);
	struct option_row row;

	(void)printf("_%s() {\n", check->name);
	(void)fputs("\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	            "\t[ \"$word\" != = ] || word=\n"
	            "\t[ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
	            "\tCOMPREPLY=()\n"
	            "\tcase $before in\n",
	            stdout);
	for (size_t i = 0; options_at(input, i, &row); i++) {
		if (values_of(&row))
			(void)printf("\t--%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")) ;;\n", row.name,
			             values_of(&row));
	}
	(void)fputs("\t--explain) COMPREPLY=($(compgen -W \"$(\"$1\" --list-rules 2>/dev/null | "
	            "cut -d ' ' -f 4)\" -- \"$word\")) ;;\n"

	            "\t*)\n"
	            "\t\tcase $word in\n"
	            "\t\t-*) COMPREPLY=($(compgen -W '",
	            stdout);
	for (size_t i = 0; options_at(input, i, &row); i++) {
		if (row.name)
			(void)printf("%s--%s", i > 0 ? " " : "", row.name);
		else
			(void)printf("%s-%c", i > 0 ? " " : "", row.letter);
	}
	(void)printf("' -- \"$word\")) ;;\n\t\tesac\n\t\t;;\n\tesac\n}\n"
	             "complete -o default -F _%s %s\n",
	             check->name, check->name);
}

/* A word in single quotes for zsh and fish; a quote in it is put as an apostrophe that needs none. */
static void put_quoted(const char *text, const char *escaped)
{
	for (; *text; text++) {
		if (strchr(escaped, *text))
			(void)putchar('\\');
		if (*text == '\'')
			(void)fputs("’", stdout);
		else
			(void)putchar(*text);
	}
}

static void write_zsh(const struct check *check)
{
	struct option_row row;

	(void)printf("#compdef %s\n_arguments -S \\\n", check->name);
	for (size_t i = 0; options_at(input_of(check), i, &row); i++) {
		if (row.name)
			(void)printf("\t'--%s%s[", row.name, row.argument ? "=" : "");
		else
			(void)printf("\t'-%c%s[", row.letter, row.argument ? "+" : "");
		put_quoted(row.help, "[]:\\");
		(void)putchar(']');
		if (values_of(&row))
			(void)printf(":value:(%s)", values_of(&row));
		else if (row.argument)
			(void)fputs(":value:_files", stdout);
		(void)fputs("' \\\n", stdout);
	}
	(void)fputs("\t'*:file:_files'\n", stdout);
}

static void write_fish(const struct check *check)
{
	struct option_row row;

	for (size_t i = 0; options_at(input_of(check), i, &row); i++) {
		(void)printf("complete -c %s", check->name);
		if (row.name)
			(void)printf(" -l %s", row.name);
		if (row.letter)
			(void)printf(" -s %c", row.letter);
		if (row.argument)
			(void)fputs(values_of(&row) ? " -x" : " -r", stdout);
		if (values_of(&row))
			(void)printf(" -a '%s'", values_of(&row));
		(void)fputs(" -d '", stdout);
		put_quoted(row.help, "\\");
		(void)fputs("'\n", stdout);
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*write)(const struct check *check);
		bool of_check;
	} forms[] = {
		{ "man", write_page, true }, { "policy", write_policy, false }, { "bash", write_bash, true },
		{ "zsh", write_zsh, true },  { "fish", write_fish, true },
	};
	const struct check *check = argc > 2 ? find_check(argv[2]) : NULL;

	for (size_t i = 0; argc > 1 && i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(argv[1], forms[i].name) == 0 && (check || !forms[i].of_check)) {
			forms[i].write(check);
			return fflush(stdout) == 0 ? 0 : 2;
		}
	}
	(void)fputs("usage: manual man|bash|zsh|fish PROGRAM | policy\n", stderr);
	return 2;
}
