/*
 * tests/unit/api/rows.h - rows as the gate would run them, without sockets: JSON in,
 * JSON or an error out, each in a transaction of its own.  After core/kit.h.
 */
#ifndef TESTS_API_ROWS_H
#define TESTS_API_ROWS_H

#include "frame/route.h"

static struct house rows_house = { .public_url = { "https://im.example", 18 } };

static inline const struct route *rows_find(const struct route *table, const char *path)
{
	for (; table->path; table++)
		if (!strcmp(table->path, path))
			return table;
	fail_msg("no row %s", path);
	return NULL;
}

/* `code` is what must come of it; the answer lives as long as the kit. */
static inline str rows_call(struct kit *k, const struct route *table, const char *path,
	const char *json, enum err code)
{
	const struct route *r = rows_find(table, path);
	struct actor was = k->cx->actor;
	struct http_req http = { .remote = STR("192.0.2.1") };
	struct req rq = { .cx = k->cx, .route = r, .house = &rows_house, .http = &http };
	void *in = arena_alloc(k->cx->mem, r->in()->size);
	enum err err;

	rq.tx = kit_write(k);
	rq.in = in;
	rq.out = arena_alloc(k->cx->mem, r->out()->size);
	err = shape_parse(k->cx, r->in(), str_of(json), in);
	if (err == OK)
		err = r->run(&rq);
	if (err != code)
		print_error("%s %s: %.*s\n", path, json, STR_FMT(k->cx->words));
	if (err == OK)
		kit_commit(k);
	else
		kit_roll_back(k);
	k->cx->actor = was;
	assert_int_equal((int)err, (int)code);
	return err == OK ? shape_text(k->cx->mem, r->out(), rq.out) : STR_NONE;
}

/* Something deep in an answer: "follow_user.0.tags.1.tag_name"; its text, or JSON. */
static inline str rows_get(struct kit *k, str json, const char *path)
{
	const cJSON *at;
	str rest = str_of(path);
	int64_t i;

	assert_int_equal((int)json_parse(k->cx, json, &at), OK);
	while (rest.n && at) {
		str name = str_cut(&rest, '.');

		if (str_int(name, &i))
			at = cJSON_GetArrayItem(at, (int)i);
		else
			at = json_get(at, arena_cstr(k->cx->mem, name));
	}
	if (!at)
		return STR("(absent)");
	return cJSON_IsString(at) ? str_of(at->valuestring) : json_text(k->cx->mem, at);
}

#endif
