/* manual.c - writes the manual page of a check program, or completions for a shell, from the table that the programs parse
 * their options with. A tool of the build; nothing of it is installed.
 *
 *     manual man PROGRAM | manual policy | manual bash | manual zsh | manual fish */
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

static enum cli_input input_of(const char *program)
{
	return strcmp(program, push_check.name) == 0 ? INPUT_PUSH : INPUT_SOURCE;
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

static int write_page(const char *name)
{
	size_t i = 0;

	while (i < CHECKS && (!name || strcmp(checks[i]->name, name) != 0))
		i++;
	if (i == CHECKS)
		return 2;
	put_heading(name, "1", checks[i]->about);
	(void)fputs(".SH SYNOPSIS\n.B ", stdout);
	put_roff(name);
	(void)putchar('\n');
	put_roff(options_synopsis[input_of(name)]);
	if (checks[i] == &push_check)
		(void)fputs("\n.SH DESCRIPTION\nReads the lines that git gives to its pre\\-push hook:\n"
		            ".I local-ref local-oid remote-ref remote-oid",
		            stdout);
	(void)fputs("\n.SH OPTIONS\n", stdout);
	put_options(input_of(name));
	(void)fputs(".SH EXIT STATUS\n.nf\n", stdout);
	put_roff(options_exit_status);
	(void)fputs(".fi\n.SH FILES\n.TP\n.I .warrant.yaml\nthe policy, at the top of the repository\n.SH "
	            "SEE ALSO\n"
	            ".BR warrant.yaml (5)\n",
	            stdout);
	return 0;
}

static int write_policy(const char *name)
{
	(void)name;
	put_heading("warrant.yaml", "5", "what a justification must hold");
	(void)fputs(".SH DESCRIPTION\nThe file\n.I .warrant.yaml\nat the top of a repository is read on top "
	            "of the "
	            "policy that is built in:\n.PP\n.nf\n",
	            stdout);
	put_roff(policy_builtin_text());
	(void)fputs(".fi\n", stdout);
	return 0;
}

/* ---- completions -----------------------------------------------------------------------------------------------------*/

static void put_names(void)
{
	for (size_t i = 0; i < CHECKS; i++)
		(void)printf(" %s", checks[i]->name);
	(void)putchar('\n');
}

static int write_bash(const char *name)
{
	struct option_row row;

	(void)name;
	(void)fputs("_warrant() {\n"
	            "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	            "\t[ \"$word\" != = ] || word=\n"
	            "\t[ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
	            "\tCOMPREPLY=()\n"
	            "\tcase $before in\n",
	            stdout);
	for (size_t i = 0; options_at(INPUT_SOURCE, i, &row); i++) {
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
	for (size_t i = 0; options_at(INPUT_SOURCE, i, &row); i++) {
		if (row.name)
			(void)printf("%s--%s", i > 0 ? " " : "", row.name);
		else
			(void)printf("%s-%c", i > 0 ? " " : "", row.letter);
	}
	(void)fputs("' -- \"$word\")) ;;\n\t\tesac\n\t\t;;\n\tesac\n}\ncomplete -o default -F _warrant",
	            stdout);
	put_names();
	return 0;
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

static int write_zsh(const char *name)
{
	struct option_row row;

	(void)name;
	(void)fputs("#compdef", stdout);
	put_names();
	(void)fputs("_arguments -S \\\n", stdout);
	for (size_t i = 0; options_at(INPUT_SOURCE, i, &row); i++) {
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
	return 0;
}

static int write_fish(const char *name)
{
	struct option_row row;

	if (!name)
		return 2;
	for (size_t i = 0; options_at(input_of(name), i, &row); i++) {
		(void)printf("complete -c %s", name);
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
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*write)(const char *program);
	} forms[] = {
		{ "man", write_page }, { "policy", write_policy }, { "bash", write_bash },
		{ "zsh", write_zsh },  { "fish", write_fish },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(argv[1], forms[i].name) == 0) {
			int status = forms[i].write(argc > 2 ? argv[2] : NULL);

			return fflush(stdout) == 0 ? status : 2;
		}
	}
	(void)fputs("usage: manual man PROGRAM | policy | bash | zsh | fish PROGRAM\n", stderr);
	return 2;
}
