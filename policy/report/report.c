/* report.c - gathers exceptions and findings, takes away what was there before a change, orders what is left and tells the
 * verdict. Everything is sorting and walking: a report of 50,000 findings is normal for a first run. */
#include "policy/report/report.h"

#include "policy/report/writers.h"

#include <stdlib.h>
#include <string.h>

/* Marks a finding that report_subtract takes out; no ordinal gets that far. */
#define TAKEN_OUT UINT64_MAX

const char *const report_format_names[FORMAT_COUNT + 1] = { "text",   "json",  "sarif", "github",
	                                                    "gitlab", "junit", NULL };

void report_free(struct report *report)
{
	arena_free(&report->arena);
	*report = (struct report){ 0 };
}

enum pol_status report_add_exception(struct report *report, const struct exception *exception)
{
	struct exception *grown = arena_grow(&report->arena, report->exceptions, report->exception_count,
	                                     &report->exception_capacity, sizeof(*grown));

	if (!grown)
		return POL_ENOMEM;
	report->exceptions = grown;
	report->exceptions[report->exception_count++] = *exception;
	return POL_OK;
}

enum pol_status report_add_finding(struct report *report, const struct finding *finding)
{
	struct finding *grown = arena_grow(&report->arena, report->findings, report->finding_count,
	                                   &report->finding_capacity, sizeof(*grown));

	if (!grown)
		return POL_ENOMEM;
	report->findings = grown;
	report->findings[report->finding_count++] = *finding;
	return POL_OK;
}

static enum pol_status add_note(struct report *report, const char *note)
{
	const char **grown;

	/* Each ref of a push may have the same to say. */
	for (size_t i = 0; i < report->note_count; i++) {
		if (strcmp(report->notes[i], note) == 0)
			return POL_OK;
	}
	grown = arena_grow(&report->arena, report->notes, report->note_count, &report->note_capacity,
	                   sizeof(*grown));
	if (!grown)
		return POL_ENOMEM;
	report->notes = grown;
	report->notes[report->note_count++] = note;
	return POL_OK;
}

enum pol_status report_add_note(struct report *report, const char *format, ...)
{
	va_list args;
	char *note;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	note = length >= 0 ? arena_alloc(&report->arena, (size_t)length + 1, 1) : NULL;
	if (!note)
		return POL_ENOMEM;
	va_start(args, format);
	(void)vsnprintf(note, (size_t)length + 1, format, args);
	va_end(args);
	return add_note(report, note);
}

enum pol_status report_merge(struct report *report, struct report *other)
{
	struct report from = *other;
	enum pol_status status = POL_OK;

	/* The memory changes hands first, so that nothing dangles if it runs out half way. */
	arena_adopt(&report->arena, &other->arena);
	*other = (struct report){ 0 };
	for (size_t i = 0; i < from.exception_count && status == POL_OK; i++)
		status = report_add_exception(report, &from.exceptions[i]);
	for (size_t i = 0; i < from.finding_count && status == POL_OK; i++)
		status = report_add_finding(report, &from.findings[i]);
	for (size_t i = 0; i < from.note_count && status == POL_OK; i++)
		status = add_note(report, from.notes[i]);
	report->counts.files += from.counts.files;
	report->counts.bytes += from.counts.bytes;
	report->counts.binary += from.counts.binary;
	report->counts.skipped += from.counts.skipped;
	return status;
}

/* ---- what makes two findings the same one ----------------------------------------------------------------------------*/

static bool next_word(struct slice *rest, struct slice *ret_word)
{
	size_t size = 0;

	*rest = slice_trim(*rest);
	while (size < rest->size && !strchr(" \t\r\n\v\f", rest->data[size]))
		size++;
	*ret_word = slice_sub(*rest, 0, size);
	*rest = slice_from(*rest, size);
	return size > 0;
}

static int compare_words(struct slice a, struct slice b)
{
	int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* Compares texts word by word, so that indentation and blanks between words do not count. */
static int compare_normalised(const char *a, const char *b)
{
	struct slice rest_a = slice_of(a), rest_b = slice_of(b), word_a, word_b;

	for (;;) {
		bool more_a = next_word(&rest_a, &word_a), more_b = next_word(&rest_b, &word_b);
		int order;

		if (!more_a || !more_b)
			return (int)more_a - (int)more_b;
		order = compare_words(word_a, word_b);
		if (order)
			return order;
	}
}

/* The text that tells a finding from others of its rule and path: its line, or where there is none what it says. */
static const char *key_text(const struct finding *finding)
{
	if (finding->key)
		return finding->key;
	return finding->text && *finding->text ? finding->text : finding->message;
}

static int compare_group(const struct finding *a, const struct finding *b)
{
	int order = strcmp(a->rule->id, b->rule->id);

	if (!order)
		order = strcmp(a->path, b->path);
	return order ? order : compare_normalised(key_text(a), key_text(b));
}

static int compare_place(const struct finding *a, const struct finding *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

bool finding_same_place(const struct finding *a, const struct finding *b)
{
	return compare_place(a, b) == 0 && strcmp(a->rule->id, b->rule->id) == 0 &&
	       strcmp(a->path, b->path) == 0;
}

/* Orders findings so that those of one rule, path and normalised line stand together, by place, then problem. */
static int by_group(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_group(a, b);

	if (!order)
		order = compare_place(a, b);
	return order ? order : (a->problem > b->problem) - (a->problem < b->problem);
}

/* Where the group that begins at start ends. */
static size_t group_end(const struct report *report, size_t start)
{
	size_t end = start + 1;

	while (end < report->finding_count &&
	       compare_group(&report->findings[start], &report->findings[end]) == 0)
		end++;
	return end;
}

static void sort_findings(struct report *report, int (*order)(const void *, const void *))
{
	if (report->finding_count > 1)
		qsort(report->findings, report->finding_count, sizeof(*report->findings), order);
}

/* ---- what a change did not add ---------------------------------------------------------------------------------------*/

/* Findings of one group, by problem, that the old side has and the new side has not used up yet. */
struct old_counts {
	size_t left[PROBLEM_COUNT];
};

/* What counts as the same problem: another fault of the same reason is no new one. */
static enum problem kin_of(enum problem problem)
{
	return problem == PROBLEM_LINK_ONLY_REASON ? PROBLEM_WEAK_REASON : problem;
}

/* What blocks nothing where it stood is news where it does: a file moved out of the tests. */
static bool covers(const struct finding *old, const struct finding *new)
{
	return old->blocking || !new->blocking;
}

/* Takes out what the old side has in just the same way, and keeps for the others which of equals they are. */
static void take_equal(struct finding *group, size_t count, struct old_counts *old)
{
	uint64_t ordinals[PROBLEM_COUNT] = { 0 };

	for (size_t i = 0; i < count; i++) {
		enum problem problem = group[i].problem;

		group[i].fingerprint = ordinals[problem]++;
		if (old->left[kin_of(problem)] == 0)
			continue;
		old->left[kin_of(problem)]--;
		group[i].fingerprint = TAKEN_OUT;
	}
}

static bool is_covered(const struct finding *finding)
{
	const unsigned covered = 1U << PROBLEM_WEAK_REASON | 1U << PROBLEM_LINK_ONLY_REASON |
	                         1U << PROBLEM_MISSING_UNTIL | 1U << PROBLEM_MISSING_OWNER |
	                         1U << PROBLEM_MISSING_TICKET;

	return finding->fingerprint != TAKEN_OUT && (covered >> finding->problem & 1U);
}

/* Where nothing was written before, writing half of it is no new fault: each old missing-reason that is still there
 * covers what one exception still lacks. */
static void take_covered(struct finding *group, size_t count, struct old_counts *old)
{
	const struct finding *place = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!is_covered(&group[i]))
			continue;
		if (!place || compare_place(place, &group[i]) != 0) {
			if (old->left[PROBLEM_MISSING_REASON] == 0)
				return;
			old->left[PROBLEM_MISSING_REASON]--;
			place = &group[i];
		}
		group[i].fingerprint = TAKEN_OUT;
	}
}

static void remove_taken(struct report *report)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].fingerprint != TAKEN_OUT)
			report->findings[kept++] = report->findings[i];
	}
	report->finding_count = kept;
}

void report_subtract(struct report *report, struct report *old)
{
	size_t end, from = 0;

	sort_findings(report, by_group);
	sort_findings(old, by_group);
	for (size_t start = 0; start < report->finding_count; start = end) {
		struct finding *group = &report->findings[start];
		struct old_counts counts = { 0 };

		end = group_end(report, start);
		while (from < old->finding_count && compare_group(&old->findings[from], group) < 0)
			from++;
		for (; from < old->finding_count && compare_group(&old->findings[from], group) == 0; from++)
			counts.left[kin_of(old->findings[from].problem)] += covers(&old->findings[from],
			                                                           group);
		take_equal(group, end - start, &counts);
		take_covered(group, end - start, &counts);
	}
	remove_taken(report);
}

/* ---- order and fingerprints ------------------------------------------------------------------------------------------*/

static uint64_t hash_string(uint64_t hash, const char *string)
{
	/* With its NUL, so that "ab" "c" and "a" "bc" differ. */
	return text_hash(hash, (struct slice){ string, strlen(string) + 1 });
}

static uint64_t fingerprint_of(const struct finding *finding, uint64_t ordinal)
{
	struct slice rest = slice_of(key_text(finding)), word;
	uint64_t hash = hash_string(TEXT_HASH_START, finding->rule->id);
	char number[24];

	hash = hash_string(hash, finding->path);
	while (next_word(&rest, &word)) {
		hash = text_hash(hash, word);
		hash = text_hash(hash, SLICE(" "));
	}
	hash = hash_string(hash, problem_code(finding->problem));
	(void)snprintf(number, sizeof(number), "%llu", (unsigned long long)ordinal);
	return hash_string(hash, number);
}

/* Until here fingerprint holds the least ordinal that a finding may have (report_subtract). */
static void set_fingerprints(struct finding *group, size_t count)
{
	uint64_t next[PROBLEM_COUNT] = { 0 };

	for (size_t i = 0; i < count; i++) {
		uint64_t *ordinal = &next[group[i].problem];

		if (*ordinal < group[i].fingerprint)
			*ordinal = group[i].fingerprint;
		group[i].fingerprint = fingerprint_of(&group[i], (*ordinal)++);
	}
}

static int findings_by_place(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	if (!order)
		order = compare_place(a, b);
	if (!order)
		order = strcmp(a->rule->id, b->rule->id);
	if (!order)
		order = (a->problem > b->problem) - (a->problem < b->problem);
	return order ? order : strcmp(a->message, b->message);
}

static int exceptions_by_place(const void *left, const void *right)
{
	const struct exception *a = left, *b = right;
	int order = strcmp(a->path, b->path);

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	if (!order)
		order = (a->column > b->column) - (a->column < b->column);
	if (!order)
		order = strcmp(a->rule->id, b->rule->id);
	return order ? order : strcmp(a->id ? a->id : "", b->id ? b->id : "");
}

void report_finish(struct report *report)
{
	size_t end;

	sort_findings(report, by_group);
	for (size_t start = 0; start < report->finding_count; start = end) {
		end = group_end(report, start);
		set_fingerprints(&report->findings[start], end - start);
	}
	sort_findings(report, findings_by_place);
	if (report->exception_count > 1)
		qsort(report->exceptions, report->exception_count, sizeof(*report->exceptions),
		      exceptions_by_place);
}

/* ---- verdict ---------------------------------------------------------------------------------------------------------*/

size_t report_count_blocking(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->finding_count; i++)
		count += report->findings[i].blocking;
	return count;
}

enum verdict report_verdict(const struct report *report)
{
	for (size_t i = 0; i < report->finding_count; i++) {
		if (report->findings[i].problem == PROBLEM_NOT_JUDGED)
			return VERDICT_UNKNOWN;
	}
	return report_count_blocking(report) > 0 ? VERDICT_REFUSED : VERDICT_ALLOWED;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------*/

enum pol_status writer_flush(struct buf *buf, FILE *out)
{
	if (buf_failed(buf))
		return POL_ENOMEM;
	/* A failed write leaves its mark on the stream; report_write looks for it. */
	if (buf->size > 0)
		(void)fwrite(buf->data, 1, buf->size, out);
	buf_clear(buf);
	return POL_OK;
}

enum pol_status report_write(const struct report *report, const struct report_context *context,
                             enum report_format format, FILE *out, struct pol_error *err)
{
	static enum pol_status (*const writers[FORMAT_COUNT])(const struct report *,
	                                                      const struct report_context *, FILE *) = {
		[FORMAT_TEXT] = text_write,     [FORMAT_JSON] = json_write,     [FORMAT_SARIF] = sarif_write,
		[FORMAT_GITHUB] = github_write, [FORMAT_GITLAB] = gitlab_write, [FORMAT_JUNIT] = junit_write,
	};

	if (writers[format](report, context, out) < 0)
		return pol_fail_memory(err);
	if (fflush(out) != 0 || ferror(out))
		return pol_fail(err, POL_EIO, NULL, 0, "the report could not be written");
	return POL_OK;
}
