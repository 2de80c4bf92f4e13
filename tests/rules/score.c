/* score - how well the packs find labelled cases. Reads lines of "code TAB bad|ok TAB extension TAB JSON string", scans
 * each text as a file of that extension, and prints a table: per code how many bad cases were found (by any rule, by one
 * of the code's family, by one of the code itself) and how many ok cases were reported by the code's family or the code.
 *
 *     score [-v] CASES.tsv       -v lists the cases that went wrong
 *
 * A rule that is off counts for cases of its own code. Exit status: 0 all as labelled, 1 some not, 2 could not tell. */
#include "policy/rules/scanner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 4, CODES_MAX = 400, LINE_MAX_BYTES = 1 << 20 };

struct tally {
	char code[16];
	unsigned bad, found, family, same;
	unsigned ok, reported, reported_same;
};

struct score {
	struct scanner *scanner;
	struct tally tallies[CODES_MAX];
	size_t count;
	unsigned long line;
	bool verbose;
};

struct sample {
	struct slice code, label, extension;
	struct slice text;
};

/* What the scanner said of one text. */
struct answer {
	bool any, family, same;
	char rules[256]; /* their ids, for the list of what went wrong */
};

/* ---- reading --------------------------------------------------------------------------------------------------------- */

static bool split(struct slice line, struct slice fields[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++) {
		size_t end = i + 1 < FIELDS ? slice_find_char(line, '\t') : line.size;

		if (end == SIZE_MAX)
			return false;
		fields[i] = slice_sub(line, 0, end);
		line = slice_from(line, end + 1);
	}
	return true;
}

static void add_utf8(struct buf *out, unsigned long point)
{
	if (point < 0x80) {
		buf_add_char(out, (char)point);
	} else if (point < 0x800) {
		buf_add_char(out, (char)(0xc0 | (point >> 6)));
		buf_add_char(out, (char)(0x80 | (point & 0x3f)));
	} else {
		buf_add_char(out, (char)(0xe0 | (point >> 12)));
		buf_add_char(out, (char)(0x80 | ((point >> 6) & 0x3f)));
		buf_add_char(out, (char)(0x80 | (point & 0x3f)));
	}
}

/* What stands behind a backslash, from offset; returns how many bytes it took, 0 when it is no JSON. */
static size_t add_escape(struct buf *out, struct slice json, size_t offset)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	char digits[5] = "", *end;
	const char *name;
	unsigned long point;

	if (offset >= json.size)
		return 0;
	name = json.data[offset] ? strchr(names, json.data[offset]) : NULL;
	if (name) {
		buf_add_char(out, values[name - names]);
		return 1;
	}
	if (json.data[offset] != 'u' || json.size - offset < 5)
		return 0;
	memcpy(digits, json.data + offset + 1, 4);
	point = strtoul(digits, &end, 16);
	if (end != digits + 4)
		return 0;
	add_utf8(out, point);
	return 5;
}

static bool unquote(struct slice json, struct buf *out)
{
	if (json.size < 2 || json.data[0] != '"' || json.data[json.size - 1] != '"')
		return false;
	json = slice_sub(json, 1, json.size - 2);
	for (size_t i = 0; i < json.size; i++) {
		size_t taken;

		if (json.data[i] != '\\') {
			buf_add_char(out, json.data[i]);
			continue;
		}
		taken = add_escape(out, json, i + 1);
		if (taken == 0)
			return false;
		i += taken;
	}
	return !buf_failed(out);
}

/* ---- judging --------------------------------------------------------------------------------------------------------- */

static struct slice family_of(struct slice code)
{
	size_t size = 0;

	while (size < code.size && code.data[size] >= 'A' && code.data[size] <= 'Z')
		size++;
	return slice_sub(code, 0, size);
}

static bool is_setting(const struct rule *rule, const void *data)
{
	(void)data;
	return rule->kind == KIND_SETTING;
}

static void take_match(const struct match *match, struct slice code, struct answer *answer)
{
	struct slice own = slice_of(match->rule->code);
	size_t used = strlen(answer->rules);

	if (match->rule->off && !slice_equal(own, code))
		return;
	answer->any = true;
	answer->family |= slice_equal(family_of(own), family_of(code));
	answer->same |= slice_equal(own, code);
	if (used + strlen(match->rule->id) + 2 < sizeof(answer->rules))
		(void)snprintf(answer->rules + used, sizeof(answer->rules) - used, " %s", match->rule->id);
}

static enum pol_status ask(struct score *score, const struct sample *sample, struct answer *ret_answer,
                           struct pol_error *err)
{
	CLEANUP(arena) struct arena arena = { 0 };
	struct matches matches = { 0 };
	struct answer answer = { 0 };
	char path[64];
	enum pol_status status;

	(void)snprintf(path, sizeof(path), "sample.%.*s", (int)slice_sub(sample->extension, 0, 32).size,
	               sample->extension.data);
	status = scanner_run(score->scanner, &arena, path, sample->text, &matches, err);
	if (status < 0)
		return status;
	for (size_t i = 0; i < matches.count; i++)
		take_match(&matches.items[i], sample->code, &answer);
	*ret_answer = answer;
	return POL_OK;
}

static struct tally *tally_of(struct score *score, struct slice code)
{
	struct tally *tally;

	for (size_t i = 0; i < score->count; i++)
		if (slice_equal(slice_of(score->tallies[i].code), code))
			return &score->tallies[i];
	if (score->count == CODES_MAX || code.size >= sizeof(score->tallies[0].code))
		return NULL;
	tally = &score->tallies[score->count++];
	memcpy(tally->code, code.data, code.size);
	return tally;
}

static void count(struct score *score, struct tally *tally, const struct sample *sample,
                  const struct answer *answer)
{
	bool is_bad = slice_equal(sample->label, SLICE("bad"));
	bool is_reported = is_bad ? answer->any : answer->family;

	if (is_bad) {
		tally->bad++;
		tally->found += answer->any;
		tally->family += answer->family;
		tally->same += answer->same;
	} else {
		tally->ok++;
		tally->reported += answer->family;
		tally->reported_same += answer->same;
	}
	if (score->verbose && is_bad != is_reported)
		(void)printf("%lu: %s %s, but%s: %.*s\n", score->line, tally->code, is_bad ? "bad" : "ok",
		             is_reported ? answer->rules : " not found",
		             (int)slice_sub(slice_trim(sample->text), 0, 200).size,
		             slice_trim(sample->text).data);
}

static enum pol_status judge_line(struct score *score, struct slice line, struct pol_error *err)
{
	CLEANUP(buf) struct buf text = { .limit = LINE_MAX_BYTES };
	struct slice fields[FIELDS];
	struct sample sample;
	struct answer answer;
	struct tally *tally;
	enum pol_status status;

	if (line.size == 0 || line.data[0] == '#' || slice_starts(line, "code\t"))
		return POL_OK;
	if (!split(line, fields) || !unquote(fields[3], &text))
		return pol_fail(err, POL_EUSAGE, NULL, 0, "line %lu is no case", score->line);
	sample = (struct sample){ fields[0], fields[1], fields[2], { text.data, text.size } };
	tally = tally_of(score, sample.code);
	if (!tally)
		return pol_fail(err, POL_ELIMIT, NULL, 0, "too many codes, or a code too long");
	status = ask(score, &sample, &answer, err);
	if (status == POL_OK)
		count(score, tally, &sample, &answer);
	return status;
}

/* ---- the table ------------------------------------------------------------------------------------------------------- */

static void print_row(const struct tally *row)
{
	(void)printf("%-8s %5u %6u %7u %6u %6.1f%%   %5u %9u %6u\n", row->code, row->bad, row->found,
	             row->family, row->same, row->bad ? 100.0 * row->found / row->bad : 100.0, row->ok,
	             row->reported, row->reported_same);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->code, ((const struct tally *)b)->code);
}

/* True when every case went as labelled. */
static bool print_table(struct score *score)
{
	struct tally sum = { .code = "all" };

	(void)printf("code       bad  found  family   code  recall      ok  reported   code\n");
	qsort(score->tallies, score->count, sizeof(score->tallies[0]), by_code);
	for (size_t i = 0; i < score->count; i++) {
		const struct tally *row = &score->tallies[i];

		print_row(row);
		sum.bad += row->bad;
		sum.found += row->found;
		sum.family += row->family;
		sum.same += row->same;
		sum.ok += row->ok;
		sum.reported += row->reported;
		sum.reported_same += row->reported_same;
	}
	print_row(&sum);
	return sum.found == sum.bad && sum.reported == 0;
}

static enum pol_status judge_file(struct score *score, FILE *file, struct pol_error *err)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t size;
	enum pol_status status = POL_OK;

	while (status == POL_OK && (size = getline(&line, &capacity, file)) >= 0) {
		score->line++;
		while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
			size--;
		status = judge_line(score, (struct slice){ line, (size_t)size }, err);
	}
	if (status == POL_OK && ferror(file))
		status = pol_fail(err, POL_EIO, NULL, 0, "the cases could not be read");
	free(line);
	return status;
}

static int run(const char *path, bool verbose)
{
	const struct ruleset *sets[] = { ruleset_builtin() };
	struct score *score = calloc(1, sizeof(*score));
	struct pol_error err = { 0 };
	FILE *file = fopen(path, "r");
	enum pol_status status = POL_EIO;
	bool good = false;

	if (score && file) {
		score->verbose = verbose;
		status = scanner_open(sets, 1, is_setting, NULL, &score->scanner, &err);
		if (status == POL_OK)
			status = judge_file(score, file, &err);
		if (status == POL_OK)
			good = print_table(score);
		scanner_free(score->scanner);
	}
	if (status < 0)
		(void)fprintf(stderr, "score: %s: %s\n", path,
		              err.message[0] ? err.message : "can't be read");
	if (file)
		(void)fclose(file);
	free(score);
	return status < 0 ? 2 : !good;
}

int main(int argc, char **argv)
{
	bool verbose = argc == 3 && strcmp(argv[1], "-v") == 0;

	if (argc != 2 + verbose) {
		(void)fputs("usage: score [-v] CASES.tsv\n", stderr);
		return 2;
	}
	return run(argv[argc - 1], verbose);
}
