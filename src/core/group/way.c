/*
 * core/group/way.c - codes that lead into groups.
 *
 * Groups that an app gave stand at positions from 0, those the way made itself from MADE
 * on, so an update of the one leaves the other.
 */
#include "core/group/way.h"

#include "base/ids.h"
#include "core/customer/block.h"
#include "core/directory/corp_setting.h"
#include "core/group/way.sql.h"

enum { CODE_RANDOM = 14, MADE = 1000, SCENE_MINIPROGRAM = 1, SCENE_QR = 2 };
static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

static enum err fill(struct tx *tx, int64_t corp, const struct group_way_row *r,
	struct group_way *w)
{
	struct group_way_targets_row *rows;
	size_t n;

	*w = (struct group_way){
		.corp = corp,
		.way = r->way,
		.scene = r->scene,
		.base_id = r->base_id,
		.own_group = r->own_group,
		.expires_ms = r->expires_ms,
		.created_ms = r->created_ms,
		.config_id = r->config_id,
		.code = r->code,
		.remark = r->remark,
		.base_name = r->base_name,
		.state = r->state,
		.auto_create = r->auto_create,
		.mark_source = r->mark_source,
	};
	TRY(group_way_targets(tx, corp, w->way, &rows, &n));
	w->groups.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++)
		if (!rows[i].made)
			w->groups.v[w->groups.n++] = rows[i].customer_group;
	return OK;
}

/* ---- changing ---- */

static enum err check(struct tx *tx, struct group_way *w)
{
	struct ctx *cx = tx->cx;

	if (w->scene != SCENE_MINIPROGRAM && w->scene != SCENE_QR)
		return why(cx, ERR_WAY_SCENE, "field `scene`: 1 or 2");
	if (str_chars(w->state) > GROUP_WAY_STATE_MAX)
		return why(cx, ERR_WAY_STATE, "field `state`: at most %d characters",
			GROUP_WAY_STATE_MAX);
	if (str_chars(w->base_name) > GROUP_WAY_NAME_MAX)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `room_base_name`: at most %d characters",
			GROUP_WAY_NAME_MAX);
	if (!w->groups.n)
		return why(cx, ERR_INVALID_ARGUMENT, "field `chat_id_list`: missing");
	if (w->groups.n > GROUP_WAY_GROUPS_MAX)
		return why(cx, ERR_WAY_GROUPS, "field `chat_id_list`: at most %d groups",
			GROUP_WAY_GROUPS_MAX);
	w->remark = str_first_chars(w->remark, GROUP_WAY_REMARK_MAX);
	return OK;
}

static enum err has_room(struct tx *tx, int64_t corp)
{
	struct group_way_count_row row;
	int64_t limit;
	bool found;

	TRY(corp_setting(tx, corp, CORP_SETTING_CONTACT_WAY_MAX, &limit));
	TRY(group_way_count(tx, corp, &row, &found));
	if (row.n >= limit)
		return why(tx->cx, ERR_WAY_LIMIT, "at most %" PRId64, limit);
	return OK;
}

static enum err put_groups(struct tx *tx, const struct group_way *w)
{
	TRY(group_way_target_clear(tx, w->corp, w->way, 0, MADE));
	for (size_t i = 0; i < w->groups.n; i++)
		TRY(group_way_target_insert(tx, w->corp, w->way, (int64_t)i,
			w->groups.v[i], 0));
	return OK;
}

static str make_config_id(struct arena *mem)
{
	uint8_t bytes[16];
	struct buf b;

	random_bytes(bytes, sizeof(bytes));
	buf_init(&b, mem, 33);
	for (size_t i = 0; i < sizeof(bytes); i++)
		buf_printf(&b, "%02x", bytes[i]);
	return buf_str(&b);
}

enum err group_way_add(struct tx *tx, struct group_way *w)
{
	struct arena *mem = tx->cx->mem;

	TRY(check(tx, w));
	TRY(has_room(tx, w->corp));
	w->way = id_next();
	w->created_ms = tx->cx->now_ms;
	w->config_id = make_config_id(mem);
	w->code = arena_printf(mem, "%.*s_%.*s", STR_FMT(id_text(mem, "", w->corp)),
		STR_FMT(random_text(mem, CODE_RANDOM)));
	TRY(group_way_insert(tx, w->corp, w->way, w->config_id, w->code, w->scene,
		w->remark, w->auto_create, w->base_name, w->base_id, w->state,
		w->mark_source, w->own_group, w->expires_ms, w->created_ms));
	return put_groups(tx, w);
}

enum err group_way_set(struct tx *tx, struct group_way *w)
{
	TRY(check(tx, w));
	TRY(group_way_update(tx, w->corp, w->way, w->scene, w->remark, w->auto_create,
		w->base_name, w->base_id, w->state, w->mark_source));
	return put_groups(tx, w);
}

enum err group_way_drop(struct tx *tx, const struct group_way *w)
{
	TRY(group_way_target_clear(tx, w->corp, w->way, 0, INT64_MAX));
	return group_way_delete(tx, w->corp, w->way);
}

/* ---- finding ---- */

enum err group_way_by_config(struct tx *tx, int64_t corp, str config_id,
	struct group_way *out)
{
	struct group_way_row row;
	bool found = false;

	if (config_id.n)
		TRY(group_way_by_config_id(tx, corp, config_id, &row, &found));
	if (!found || row.own_group)
		return why(tx->cx, ERR_WAY_GONE, "field `config_id`");
	return fill(tx, corp, &row, out);
}

bool group_way_is_code(str code)
{
	return str_find_char(code, '_') != SIZE_MAX;
}

static bool is_over(struct ctx *cx, const struct group_way *w)
{
	return w->expires_ms && cx->now_ms >= w->expires_ms;
}

enum err group_way_by_code(struct tx *tx, str code, struct group_way *out)
{
	str rest = code;
	str number = str_cut(&rest, '_');
	struct group_way_row row;
	int64_t corp;
	bool found = false;

	if (id_parse(number, "", &corp))
		TRY(group_way_select_by_code(tx, corp, code, &row, &found));
	if (!found)
		return why(tx->cx, ERR_CODE_GONE, "ask in the group for a new one");
	TRY(fill(tx, corp, &row, out));
	if (is_over(tx->cx, out))
		return why(tx->cx, ERR_CODE_GONE,
			"it has expired; ask in the group for a new one");
	return OK;
}

static enum err make_own(struct tx *tx, const struct customer_group *g,
	struct group_way *out)
{
	int64_t days;

	TRY(corp_setting(tx, g->corp, CORP_SETTING_GROUP_CODE_DAYS, &days));
	*out = (struct group_way){
		.corp = g->corp,
		.scene = SCENE_QR,
		.own_group = g->group,
		.mark_source = true,
		.expires_ms = tx->cx->now_ms + days * DAY_MS,
		.groups = { .n = 1 },
	};
	out->groups.v = ARENA_ARRAY(tx->cx->mem, int64_t, 1);
	out->groups.v[0] = g->group;
	return group_way_add(tx, out);
}

enum err group_way_own(struct tx *tx, const struct customer_group *g,
	struct group_way *out)
{
	struct group_way_row row;
	bool found;

	TRY(group_way_select_own(tx, g->corp, g->group, &row, &found));
	if (!found || row.expires_ms - tx->cx->now_ms < DAY_MS)
		return make_own(tx, g, out);
	return fill(tx, g->corp, &row, out);
}

/* ---- coming by it ---- */

static enum err is_in(struct tx *tx, const struct customer_group *g, int64_t customer,
	bool *out)
{
	struct group_person p;

	*out = customer && group_person_get(tx, g, PERSON_CUSTOMER, customer, &p) == OK;
	ctx_forgive(tx->cx);
	return OK;
}

/* The first group with room is kept, unless he is in one. */
enum err group_way_look(struct tx *tx, const struct group_way *w, int64_t customer,
	struct customer_group *out, enum group_way_end *out_end)
{
	struct group_way_targets_row *rows;
	struct customer_group g;
	int64_t limit;
	bool any = false, in;
	size_t n;

	*out_end = w->auto_create ? GROUP_WAY_NEW : GROUP_WAY_FULL;
	TRY(corp_setting(tx, w->corp, CORP_SETTING_GROUP_CODE_MAX, &limit));
	TRY(group_way_targets(tx, w->corp, w->way, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool room;

		TRY(group_get(tx, w->corp, rows[i].customer_group, &g));
		if (g.dismissed)
			continue;
		TRY(is_in(tx, &g, customer, &in));
		room = g.persons < limit && *out_end != GROUP_WAY_ROOM;
		if (!any || room || in)
			*out = g;
		any = true;
		if (room)
			*out_end = GROUP_WAY_ROOM;
		if (in) {
			*out_end = GROUP_WAY_IN;
			return OK;
		}
	}
	return any ? OK : why(tx->cx, ERR_CODE_GONE, "the group is there no more");
}

/* Like the one at hand, with the next number. */
static enum err make_next(struct tx *tx, const struct group_way *w,
	struct customer_group *g)
{
	struct group_way_targets_row *rows;
	int64_t position = MADE;
	str name = str_first_chars(w->base_name.n ? w->base_name : g->name,
		GROUP_WAY_NAME_MAX);
	size_t n;

	TRY(group_way_targets(tx, w->corp, w->way, &rows, &n));
	if (n && rows[n - 1].position >= MADE)
		position = rows[n - 1].position + 1;
	name = arena_printf(tx->cx->mem, "%.*s%" PRId64, STR_FMT(name), w->base_id);
	TRY(group_create(tx, w->corp, g->owner, name, g));
	TRY(group_way_take_number(tx, w->corp, w->way));
	return group_way_target_insert(tx, w->corp, w->way, position, g->group, 1);
}

enum err group_way_join(struct tx *tx, const struct group_way *w,
	const struct consumer *c, struct customer_group *out, bool *out_new)
{
	struct group_coming how = { GROUP_BY_CODE, 0, w->way, w->state };
	struct customer customer;
	enum group_way_end end;
	struct person who;
	bool kept_out;
	size_t n;

	*out_new = false;
	TRY(customer_of_consumer(tx, w->corp, c, &customer));
	TRY(group_way_look(tx, w, customer.customer, out, &end));
	if (end == GROUP_WAY_IN)
		return OK;
	if (end == GROUP_WAY_FULL)
		return why(tx->cx, ERR_GROUP_FULL, "ask in the group for another code");
	TRY(block_check(tx, w->corp, c->consumer, out->owner));
	TRY(group_keeps_out(tx, out, customer.customer, &kept_out));
	if (kept_out)
		return why(tx->cx, ERR_GROUP_TWICE, "you are in a group of theirs");
	if (end == GROUP_WAY_NEW)
		TRY(make_next(tx, w, out));
	who = (struct person){ PERSON_CUSTOMER, customer.customer, c->consumer };
	TRY(group_take_in(tx, out, &who, 1, &how, &n));
	*out_new = n;
	return OK;
}
