/* spdx.c - SPDX licence expressions: an operator-precedence parser to postfix order, and an evaluation on it. */
#include "checks/license-check/spdx.h"

#include "checks/license-check/spdx_ids.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_STEPS = 512, MAX_WORD = 128 };

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_AND, TOKEN_OR, TOKEN_WITH, TOKEN_OPEN, TOKEN_CLOSE };

struct token {
	enum token_kind kind;
	struct slice text;
	size_t offset;
};

/* Shunting-yard: operands go to the output at once, operators wait on a stack. */
struct parser {
	struct arena *arena;
	struct slice text;
	size_t offset;
	struct token token;
	struct spdx_step *output; /* MAX_STEPS of them */
	size_t count;
	enum token_kind *stack; /* as many */
	size_t depth;
	struct spdx_error *error;
};

static enum pol_status reject(struct parser *parser, size_t offset, const char *message)
{
	*parser->error = (struct spdx_error){ offset, message };
	return POL_ENOTFOUND;
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '.' || c == '+' || c == ':';
}

/* Operators are all upper or all lower case (lower since SPDX 3.0). */
static enum token_kind kind_of(struct slice word)
{
	static const struct {
		const char *upper, *lower;
		enum token_kind kind;
	} operators[] = { { "AND", "and", TOKEN_AND },
		          { "OR", "or", TOKEN_OR },
		          { "WITH", "with", TOKEN_WITH } };

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (slice_equal(word, slice_of(operators[i].upper)) ||
		    slice_equal(word, slice_of(operators[i].lower)))
			return operators[i].kind;
	}
	return TOKEN_WORD;
}

static enum pol_status next_token(struct parser *parser)
{
	const char *data = parser->text.data;
	size_t size = parser->text.size, start;

	while (parser->offset < size && isspace((unsigned char)data[parser->offset]))
		parser->offset++;
	start = parser->offset;
	parser->token = (struct token){ TOKEN_END, { data + start, 0 }, start };
	if (start == size)
		return POL_OK;
	if (data[start] == '(' || data[start] == ')') {
		parser->token.kind = data[start] == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
		parser->offset++;
		return POL_OK;
	}
	while (parser->offset < size && is_word_byte(data[parser->offset]))
		parser->offset++;
	parser->token.text.size = parser->offset - start;
	if (parser->token.text.size == 0)
		return reject(parser, start, "a character that no licence id has");
	parser->token.kind = kind_of(parser->token.text);
	return POL_OK;
}

static enum pol_status push(struct parser *parser, enum spdx_kind kind, const char *license)
{
	if (parser->count == MAX_STEPS)
		return reject(parser, parser->token.offset, "too many licences");
	parser->output[parser->count++] = (struct spdx_step){ kind, license };
	return POL_OK;
}

static bool copy_word(struct slice word, char copy[MAX_WORD])
{
	if (word.size == 0 || word.size >= MAX_WORD)
		return false;
	memcpy(copy, word.data, word.size);
	copy[word.size] = '\0';
	return true;
}

/* idstring of the grammar: letters, digits, "-" and "."; a colon or plus is none. */
static bool is_id(struct slice text)
{
	return text.size > 0 && slice_find_char(text, ':') == SIZE_MAX &&
	       slice_find_char(text, '+') == SIZE_MAX;
}

/* ["DocumentRef-" idstring ":"] kind idstring; the case of both prefixes counts. */
static bool is_reference(struct slice word, const char *kind)
{
	const char document[] = "DocumentRef-";
	size_t colon = slice_find_char(word, ':');

	if (colon != SIZE_MAX) {
		if (!slice_starts(word, document) ||
		    !is_id(slice_sub(word, strlen(document), colon - strlen(document))))
			return false;
		word = slice_from(word, colon + 1);
	}
	return slice_starts(word, kind) && is_id(slice_from(word, strlen(kind)));
}

/* "GPL-2.0+" means or later, which the GNU licences have ids for. */
static const char *or_later(struct arena *arena, const char *id)
{
	size_t size = strlen(id);

	if (size > 5 && strcmp(id + size - 5, "-only") == 0)
		return arena_printf(arena, "%.*s-or-later", (int)(size - 5), id);
	if (size > 9 && strcmp(id + size - 9, "-or-later") == 0)
		return id;
	return arena_printf(arena, "%s+", id);
}

/* The canonical form of a licence id; *ret_exception is the one that a deprecated id brings, or NULL. */
static enum pol_status canonical(struct parser *parser, const char **ret_license, const char **ret_exception)
{
	const struct token *token = &parser->token;
	struct slice word = token->text;
	char copy[MAX_WORD];
	const char *id;
	bool plus;

	*ret_exception = NULL;
	if (is_reference(word, "LicenseRef-")) {
		*ret_license = arena_copy(parser->arena, word.data, word.size);
		return *ret_license ? POL_OK : POL_ENOMEM;
	}
	plus = slice_ends(word, "+");
	word.size -= plus ? 1 : 0;
	id = copy_word(word, copy) ? spdx_id(copy) : NULL;
	if (!id)
		return reject(parser, token->offset, "no id of the SPDX list");
	id = spdx_renamed(id, ret_exception);
	*ret_license = plus ? or_later(parser->arena, id) : id;
	return *ret_license ? POL_OK : POL_ENOMEM;
}

/* WITH and what follows it, when it stands there. */
static enum pol_status read_with(struct parser *parser, const char **license, const char *exception)
{
	char copy[MAX_WORD];
	enum pol_status status;

	if (parser->token.kind == TOKEN_WITH) {
		if (exception)
			return reject(parser, parser->token.offset, "an id that has an exception already");
		status = next_token(parser);
		if (status < 0)
			return status;
		exception = copy_word(parser->token.text, copy) ? spdx_exception(copy) : NULL;
		if (!exception && is_reference(parser->token.text, "AdditionRef-"))
			exception = arena_copy(parser->arena, parser->token.text.data,
			                       parser->token.text.size);
		if (!exception)
			return reject(parser, parser->token.offset, "no exception of the SPDX list");
		status = next_token(parser);
		if (status < 0)
			return status;
	}
	if (exception)
		*license = arena_printf(parser->arena, "%s WITH %s", *license, exception);
	return *license ? POL_OK : POL_ENOMEM;
}

static enum pol_status read_license(struct parser *parser)
{
	const char *license, *exception;
	enum pol_status status = canonical(parser, &license, &exception);

	if (status == POL_OK)
		status = next_token(parser);
	if (status == POL_OK)
		status = read_with(parser, &license, exception);
	return status == POL_OK ? push(parser, SPDX_LICENSE, license) : status;
}

/* Operators on the stack that bind at least as strongly as the next one go to the output. */
static enum pol_status pop(struct parser *parser, enum token_kind next)
{
	while (parser->depth > 0) {
		enum token_kind top = parser->stack[parser->depth - 1];
		enum pol_status status;

		if (top == TOKEN_OPEN || (next == TOKEN_AND && top == TOKEN_OR))
			break;
		parser->depth--;
		status = push(parser, top == TOKEN_AND ? SPDX_AND : SPDX_OR, NULL);
		if (status < 0)
			return status;
	}
	return POL_OK;
}

static enum pol_status shift(struct parser *parser)
{
	if (parser->depth == MAX_STEPS)
		return reject(parser, parser->token.offset, "too deeply nested");
	parser->stack[parser->depth++] = parser->token.kind;
	return next_token(parser);
}

static enum pol_status read_operand(struct parser *parser)
{
	enum pol_status status = POL_OK;

	while (status == POL_OK && parser->token.kind == TOKEN_OPEN)
		status = shift(parser);
	if (status < 0)
		return status;
	if (parser->token.kind != TOKEN_WORD)
		return reject(parser, parser->token.offset, "a licence is missing");
	return read_license(parser);
}

static enum pol_status read_close(struct parser *parser)
{
	enum pol_status status = POL_OK;

	while (status == POL_OK && parser->token.kind == TOKEN_CLOSE) {
		status = pop(parser, TOKEN_CLOSE);
		if (status == POL_OK && parser->depth == 0)
			return reject(parser, parser->token.offset, "a ) without its (");
		if (status == POL_OK) {
			parser->depth--;
			status = next_token(parser);
		}
	}
	return status;
}

static enum pol_status read_expression(struct parser *parser)
{
	enum pol_status status = next_token(parser);

	while (status == POL_OK) {
		status = read_operand(parser);
		if (status == POL_OK)
			status = read_close(parser);
		if (status < 0 || parser->token.kind == TOKEN_END)
			break;
		if (parser->token.kind != TOKEN_AND && parser->token.kind != TOKEN_OR)
			return reject(parser, parser->token.offset, "AND or OR is missing");
		status = pop(parser, parser->token.kind);
		if (status == POL_OK)
			status = shift(parser);
	}
	if (status == POL_OK)
		status = pop(parser, TOKEN_END);
	if (status == POL_OK && parser->depth > 0)
		return reject(parser, parser->token.offset, "a ( without its )");
	return status;
}

enum pol_status spdx_parse(struct arena *arena, struct slice text, struct spdx *ret_expression,
                           struct spdx_error *error)
{
	/* 12 KB, which would cost more to clear than most expressions to read. */
	struct spdx_step output[MAX_STEPS];
	enum token_kind stack[MAX_STEPS];
	struct parser parser = {
		.arena = arena, .text = text, .output = output, .stack = stack, .error = error
	};
	struct spdx_step *steps;
	enum pol_status status = read_expression(&parser);

	if (status < 0)
		return status;
	steps = arena_alloc(arena, parser.count, sizeof(*steps));
	if (!steps)
		return POL_ENOMEM;
	memcpy(steps, parser.output, parser.count * sizeof(*steps));
	*ret_expression = (struct spdx){ steps, parser.count };
	return POL_OK;
}

bool spdx_satisfied(const struct spdx *expression, bool (*allowed)(const char *license, const void *data),
                    const void *data)
{
	bool stack[MAX_STEPS] = { false };
	size_t depth = 0;

	for (size_t i = 0; i < expression->count; i++) {
		const struct spdx_step *step = &expression->steps[i];

		if (step->kind == SPDX_LICENSE) {
			stack[depth++] = allowed(step->license, data);
			continue;
		}
		depth--;
		stack[depth - 1] = step->kind == SPDX_AND ? stack[depth - 1] && stack[depth]
		                                          : stack[depth - 1] || stack[depth];
	}
	return stack[0];
}

static bool is_listed(const char *license, const void *data)
{
	const struct spdx *list = data;

	for (size_t i = 0; i < list->count; i++) {
		if (list->steps[i].kind == SPDX_LICENSE && strcasecmp(list->steps[i].license, license) == 0)
			return true;
	}
	return false;
}

/* Whether all operators of an expression are of one kind, so that order says nothing; *ret_kind is SPDX_LICENSE for none. */
static bool has_one_operator(const struct spdx *expression, enum spdx_kind *ret_kind)
{
	*ret_kind = SPDX_LICENSE;
	for (size_t i = 0; i < expression->count; i++) {
		enum spdx_kind kind = expression->steps[i].kind;

		if (kind != SPDX_LICENSE && *ret_kind != SPDX_LICENSE && kind != *ret_kind)
			return false;
		if (kind != SPDX_LICENSE)
			*ret_kind = kind;
	}
	return true;
}

static bool contains_all(const struct spdx *list, const struct spdx *of)
{
	for (size_t i = 0; i < of->count; i++) {
		if (of->steps[i].kind == SPDX_LICENSE && !is_listed(of->steps[i].license, list))
			return false;
	}
	return true;
}

bool spdx_equal(const struct spdx *a, const struct spdx *b)
{
	enum spdx_kind first, second;

	if (has_one_operator(a, &first) && has_one_operator(b, &second))
		return first == second && contains_all(a, b) && contains_all(b, a);
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (a->steps[i].kind != b->steps[i].kind ||
		    (a->steps[i].license && strcasecmp(a->steps[i].license, b->steps[i].license) != 0))
			return false;
	}
	return true;
}
