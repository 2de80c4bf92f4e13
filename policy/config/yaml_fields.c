/* yaml_fields.c - reads a YAML mapping into a struct by a table of its keys. */
#include "policy/base/date.h"
#include "policy/base/distance.h"
#include "policy/config/yaml.h"

#include <stdio.h>
#include <string.h>

/* One value being read into one member. */
struct reading {
	struct arena *arena;
	const char *path;
	const struct yaml_field *field;
	const struct yaml_node *value;
	void *member;
	struct pol_error *err;
};

static enum pol_status fail_value(const struct reading *reading, const char *wanted)
{
	const struct yaml_node *value = reading->value;
	const char *is = value->type == YAML_SCALAR ? value->scalar : yaml_type_names[value->type];

	return pol_fail(reading->err, POL_ECONFIG, reading->path, value->line,
	                "'%s' must be %s, not %s%.60s%s", reading->field->key, wanted,
	                value->type == YAML_SCALAR ? "'" : "", is, value->type == YAML_SCALAR ? "'" : "");
}

static enum pol_status read_string(const struct reading *reading)
{
	if (reading->value->type != YAML_SCALAR)
		return fail_value(reading, "a text");
	memcpy(reading->member, &reading->value->scalar, sizeof(reading->value->scalar));
	return POL_OK;
}

static enum pol_status read_switch(const struct reading *reading)
{
	static const char *const words[] = { "false", "true", "no", "yes", "off", "on" }; /* odd ones hold */

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		int value = (int)(i % 2);

		if (reading->value->type == YAML_SCALAR && !reading->value->quoted &&
		    slice_equal_nocase(slice_of(words[i]), slice_of(reading->value->scalar))) {
			memcpy(reading->member, &value, sizeof(value));
			return POL_OK;
		}
	}
	return fail_value(reading, "yes or no");
}

static enum pol_status read_bool(const struct reading *reading)
{
	struct reading inner = *reading;
	int value = 0;
	enum pol_status status;

	inner.member = &value;
	status = read_switch(&inner);
	if (status == POL_OK)
		*(bool *)reading->member = value != 0;
	return status;
}

/* The number that text spells, one over the bounds of int32_t where it is larger. False when it is no whole number. */
static bool parse_int(const char *text, int64_t *ret_number)
{
	bool is_negative = *text == '-';
	int64_t number = 0;

	text += is_negative;
	if (!*text)
		return false;
	for (; *text >= '0' && *text <= '9'; text++)
		number = number > INT32_MAX ? number : number * 10 + (*text - '0');
	*ret_number = is_negative ? -number : number;
	return *text == '\0';
}

static enum pol_status read_int(const struct reading *reading)
{
	const struct yaml_field *field = reading->field;
	char wanted[64];
	int64_t number;
	int32_t value;

	if (reading->value->type == YAML_SCALAR && !reading->value->quoted &&
	    parse_int(reading->value->scalar, &number) && number >= field->min && number <= field->max) {
		value = (int32_t)number;
		memcpy(reading->member, &value, sizeof(value));
		return POL_OK;
	}
	(void)snprintf(wanted, sizeof(wanted), "a whole number from %d to %d", (int)field->min,
	               (int)field->max);
	return fail_value(reading, wanted);
}

static enum pol_status read_enum(const struct reading *reading)
{
	const struct yaml_field *field = reading->field;
	CLEANUP(buf) struct buf wanted = { 0 };

	buf_add_string(&wanted, "one of ");
	for (int i = 0; (field->max == 0 || i < field->max) && field->names[i]; i++) {
		if (reading->value->type == YAML_SCALAR &&
		    strcmp(field->names[i], reading->value->scalar) == 0) {
			memcpy(reading->member, &i, sizeof(i));
			return POL_OK;
		}
		buf_printf(&wanted, "%s%s", i > 0 ? ", " : "", field->names[i]);
	}
	return buf_failed(&wanted) ? pol_fail_memory(reading->err) : fail_value(reading, wanted.data);
}

static enum pol_status read_date(const struct reading *reading)
{
	int32_t day;

	if (reading->value->type != YAML_SCALAR || !date_parse(slice_of(reading->value->scalar), &day))
		return fail_value(reading, "a day of the calendar, written YYYY-MM-DD");
	memcpy(reading->member, &day, sizeof(day));
	return POL_OK;
}

static enum pol_status read_strings(const struct reading *reading)
{
	const struct yaml_node *value = reading->value;
	bool is_list = value->type == YAML_SEQUENCE;
	size_t count = is_list ? value->count : value->type == YAML_SCALAR;
	const char **list;

	if (value->type == YAML_MAPPING)
		return fail_value(reading, "a text or a list of texts");
	list = arena_alloc(reading->arena, count + 1, sizeof(*list));
	if (!list)
		return pol_fail_memory(reading->err);
	for (size_t i = 0; i < count; i++) {
		struct reading item = *reading;

		item.value = is_list ? value->items[i] : value;
		if (item.value->type != YAML_SCALAR)
			return fail_value(&item, "a list of texts");
		list[i] = item.value->scalar;
	}
	memcpy(reading->member, &list, sizeof(list));
	return POL_OK;
}

static enum pol_status read_node(const struct reading *reading)
{
	memcpy(reading->member, &reading->value, sizeof(reading->value));
	return POL_OK;
}

static enum pol_status (*const readers[])(const struct reading *) = {
	[YAML_FIELD_STRING] = read_string,   [YAML_FIELD_BOOL] = read_bool, [YAML_FIELD_SWITCH] = read_switch,
	[YAML_FIELD_INT] = read_int,         [YAML_FIELD_ENUM] = read_enum, [YAML_FIELD_DATE] = read_date,
	[YAML_FIELD_STRINGS] = read_strings, [YAML_FIELD_NODE] = read_node,
};

/* ---- keys --------------------------------------------------------------------------------------------------------- */

/* The field whose key looks most like key; NULL when none is close. */
static const struct yaml_field *nearest_field(const struct yaml_field *fields, struct slice key)
{
	const struct yaml_field *best = NULL;
	size_t best_distance = text_distance_limit(key.size);

	for (; fields->key; fields++) {
		size_t distance = text_distance(key, slice_of(fields->key));

		if (distance <= best_distance && (!best || distance < best_distance)) {
			best = fields;
			best_distance = distance;
		}
	}
	return best;
}

static enum pol_status fail_key(const struct yaml_node *key, const char *path,
                                const struct yaml_field *fields, struct pol_error *err)
{
	const struct yaml_field *nearest = nearest_field(fields, slice_of(key->scalar));
	CLEANUP(buf) struct buf known = { 0 };

	if (nearest)
		return pol_fail(err, POL_ECONFIG, path, key->line, "unknown key '%.60s', did you mean '%s'?",
		                key->scalar, nearest->key);
	for (const struct yaml_field *field = fields; field->key; field++)
		buf_printf(&known, "%s%s", field == fields ? "" : ", ", field->key);
	if (buf_failed(&known))
		return pol_fail_memory(err);
	return pol_fail(err, POL_ECONFIG, path, key->line, "unknown key '%.60s'; the keys here are %s",
	                key->scalar, known.data ? known.data : "none");
}

static const struct yaml_field *find_field(const struct yaml_field *fields, const char *key)
{
	while (fields->key && strcmp(fields->key, key) != 0)
		fields++;
	return fields->key ? fields : NULL;
}

static enum pol_status check_required(const struct yaml_node *node, const char *path,
                                      const struct yaml_field *fields, struct pol_error *err)
{
	for (; fields->key; fields++)
		if (fields->required && !yaml_get(node, fields->key))
			return pol_fail(err, POL_ECONFIG, path, node->line, "the key '%s' is missing here",
			                fields->key);
	return POL_OK;
}

enum pol_status yaml_read_fields(struct arena *arena, const struct yaml_node *node, const char *path,
                                 const struct yaml_field *fields, void *object, struct pol_error *err)
{
	if (node->type != YAML_MAPPING && node->type != YAML_NULL)
		return pol_fail(err, POL_ECONFIG, path, node->line, "expected keys with values here, not %s",
		                yaml_type_names[node->type]);
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_field *field = find_field(fields, node->keys[i]->scalar);
		struct reading reading = { arena, path, field, node->items[i], NULL, err };
		enum pol_status status;

		if (!field)
			return fail_key(node->keys[i], path, fields, err);
		reading.member = (char *)object + field->offset;
		status = readers[field->type](&reading);
		if (status < 0)
			return status;
		if (field->line_offset > 0)
			memcpy((char *)object + field->line_offset, &reading.value->line, sizeof(uint32_t));
	}
	return check_required(node, path, fields, err);
}
