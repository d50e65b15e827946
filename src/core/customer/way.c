/*
 * core/customer/way.c - keeping contact ways.
 */
#include "core/customer/way.h"

#include "base/ids.h"
#include "core/customer/way.sql.h"

enum { RANGE_MEMBER = 1, RANGE_DEPARTMENT = 2, CODE_RANDOM = 14 };

static enum err fill_range(struct tx *tx, struct way *w)
{
	struct way_select_range_row *rows;
	size_t n;

	TRY(way_select_range(tx, w->corp, w->way, &rows, &n));
	w->members.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	w->departments.v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind == RANGE_MEMBER)
			w->members.v[w->members.n++] = rows[i].target;
		else
			w->departments.v[w->departments.n++] = rows[i].target;
	return OK;
}

static enum err fill(struct tx *tx, int64_t corp, const struct way_row *r, struct way *w)
{
	*w = (struct way){
		.corp = corp,
		.way = r->way,
		.type = r->type,
		.scene = r->scene,
		.style = r->style,
		.expires_ms = r->expires_ms,
		.chat_expires_s = r->chat_expires_s,
		.owner = r->owner,
		.created_ms = r->created_ms,
		.config_id = r->config_id,
		.code = r->code,
		.remark = r->remark,
		.state = r->state,
		.unionid = r->unionid,
		.conclusions = r->conclusions,
		.skip_verify = r->skip_verify,
		.is_temp = r->is_temp,
		.is_exclusive = r->is_exclusive,
		.mark_source = r->mark_source,
	};
	return fill_range(tx, w);
}

/* ---- checks: numbers of document 92228 ---- */

static enum err check_members(struct tx *tx, const struct way *w)
{
	struct member m;

	if (w->type == WAY_SINGLE && (w->members.n != 1 || w->departments.n))
		return why(tx->cx, ERR_WAY_USERS,
			"field `user`: exactly one member for type 1");
	if (!w->members.n && !w->departments.n)
		return why(tx->cx, ERR_WAY_USERS,
			"fields `user` and `party`: give at least one");
	for (size_t i = 0; i < w->members.n; i++) {
		TRY(member_get(tx, w->corp, w->members.v[i], &m));
		if (!m.serves_customers || m.status == MEMBER_LEFT)
			return why(tx->cx, ERR_WAY_MEMBER,
				"field `user`: %.*s may not serve customers",
				STR_FMT(m.userid));
	}
	return OK;
}

static enum err check_size(struct tx *tx, const struct way *w)
{
	size_t all = w->members.n;

	for (size_t i = 0; i < w->departments.n; i++) {
		struct ints ids;
		struct department d;

		if (department_get(tx, w->corp, w->departments.v[i], &d) != OK)
			return why(tx->cx, ERR_BAD_PARTY_LIST,
				"field `party`: no department %" PRId64,
				w->departments.v[i]);
		TRY(member_ids_in(tx, w->corp, w->departments.v[i], true, &ids));
		all += ids.n;
	}
	if (all > WAY_MAX_MEMBERS)
		return why(tx->cx, ERR_WAY_USERS,
			"at most %d members, with those of `party`", WAY_MAX_MEMBERS);
	return OK;
}

static enum err check(struct tx *tx, const struct way *w)
{
	struct ctx *cx = tx->cx;

	if (w->type != WAY_SINGLE && w->type != WAY_MULTI)
		return why(cx, ERR_WAY_TYPE, "field `type`: 1 or 2");
	if (w->scene != 1 && w->scene != 2)
		return why(cx, ERR_WAY_SCENE, "field `scene`: 1 or 2");
	if (w->style < 0 || w->style > 3)
		return why(cx, ERR_WAY_STYLE, "field `style`: 1 to 3");
	if (str_chars(w->remark) > 30)
		return why(cx, ERR_WAY_REMARK, "field `remark`: at most 30 characters");
	if (str_chars(w->state) > 30)
		return why(cx, ERR_WAY_STATE, "field `state`: at most 30 characters");
	if (w->is_temp && w->type != WAY_SINGLE)
		return why(cx, ERR_WAY_TYPE,
			"field `is_temp`: temporary ways have one member");
	TRY(check_members(tx, w));
	return check_size(tx, w);
}

/* ---- changing ---- */

static enum err put_range(struct tx *tx, const struct way *w)
{
	int64_t at = 0;

	TRY(way_delete_range(tx, w->corp, w->way));
	for (size_t i = 0; i < w->members.n; i++)
		TRY(way_insert_range(tx, w->corp, w->way, RANGE_MEMBER, w->members.v[i],
			at++));
	for (size_t i = 0; i < w->departments.n; i++)
		TRY(way_insert_range(tx, w->corp, w->way, RANGE_DEPARTMENT,
			w->departments.v[i], at++));
	return OK;
}

/* The corp's number, a dash, and what cannot be guessed. */
static str make_code(struct arena *mem, int64_t corp)
{
	return arena_printf(mem, "%.*s-%.*s", STR_FMT(id_text(mem, "", corp)),
		STR_FMT(random_text(mem, CODE_RANDOM)));
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

enum err way_add(struct tx *tx, struct way *w)
{
	TRY(check(tx, w));
	w->way = id_next();
	w->created_ms = tx->cx->now_ms;
	w->config_id = make_config_id(tx->cx->mem);
	w->code = make_code(tx->cx->mem, w->corp);
	TRY(way_insert(tx, w->corp, w->way, w->config_id, w->code, w->type, w->scene,
		w->style, w->remark, w->skip_verify, w->state, w->is_temp, w->expires_ms,
		w->chat_expires_s, w->unionid, w->is_exclusive, w->mark_source,
		w->conclusions, w->owner, w->created_ms));
	return put_range(tx, w);
}

static bool is_over(struct ctx *cx, const struct way *w)
{
	return w->expires_ms && cx->now_ms >= w->expires_ms;
}

enum err way_set(struct tx *tx, const struct way *w)
{
	if (is_over(tx->cx, w))
		return why(tx->cx, ERR_WAY_GONE, "the temporary contact way has expired");
	TRY(check(tx, w));
	TRY(way_update(tx, w->corp, w->way, w->style, w->remark, w->skip_verify, w->state,
		w->expires_ms, w->chat_expires_s, w->unionid, w->mark_source,
		w->conclusions));
	return put_range(tx, w);
}

enum err way_drop(struct tx *tx, int64_t corp, str config_id)
{
	struct way w;

	TRY(way_by_config(tx, corp, config_id, &w));
	TRY(way_delete_range(tx, corp, w.way));
	return way_delete(tx, corp, w.way);
}

/* ---- finding ---- */

enum err way_by_config(struct tx *tx, int64_t corp, str config_id, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select_by_config(tx, corp, config_id, &row, &found));
	if (!found || row.owner)
		return why(tx->cx, ERR_WAY_GONE, "field `config_id`");
	return fill(tx, corp, &row, out);
}

enum err way_named(struct tx *tx, int64_t corp, str config_id, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select_by_config(tx, corp, config_id, &row, &found));
	if (!found)
		return why(tx->cx, ERR_WAY_GONE, "field `config_id`");
	return fill(tx, corp, &row, out);
}

enum err way_get(struct tx *tx, int64_t corp, int64_t way, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select(tx, corp, way, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "contact way");
	return fill(tx, corp, &row, out);
}

enum err way_by_code(struct tx *tx, str code, struct way *out)
{
	str rest = code;
	str number = str_cut(&rest, '-');
	struct way_row row;
	int64_t corp;
	bool found = false;

	if (id_parse(number, "", &corp))
		TRY(way_select_by_code(tx, corp, code, &row, &found));
	if (!found)
		return why(tx->cx, ERR_CODE_GONE, "ask the person for a new one");
	TRY(fill(tx, corp, &row, out));
	if (is_over(tx->cx, out))
		return why(tx->cx, ERR_CODE_GONE,
			"it has expired; ask the person for a new one");
	return OK;
}

enum err way_own(struct tx *tx, int64_t corp, int64_t member, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select_own(tx, corp, member, &row, &found));
	if (found)
		return fill(tx, corp, &row, out);
	*out = (struct way){
		.corp = corp,
		.type = WAY_SINGLE,
		.scene = 2,
		.style = 1,
		.owner = member,
		.skip_verify = true,
		.mark_source = true,
		.members = { .n = 1 },
	};
	out->members.v = ARENA_ARRAY(tx->cx->mem, int64_t, 1);
	out->members.v[0] = member;
	return way_add(tx, out);
}

enum err way_page(struct tx *tx, int64_t corp, int64_t from_ms, int64_t to_ms,
	int64_t after_ms, int64_t after_way, int64_t limit, struct way_ref **out,
	size_t *out_n)
{
	struct way_select_refs_row *rows;
	size_t n;

	TRY(way_select_refs(tx, corp, from_ms, to_ms, after_ms, after_way, limit, &rows,
		&n));
	*out = ARENA_ARRAY(tx->cx->mem, struct way_ref, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct way_ref){ rows[i].way, rows[i].created_ms,
			rows[i].config_id };
	*out_n = n;
	return OK;
}

/* ---- whose turn it is ---- */

static enum err candidates(struct tx *tx, const struct way *w, struct ints *out)
{
	*out = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t,
				      WAY_MAX_MEMBERS + w->members.n) };
	for (size_t i = 0; i < w->members.n; i++)
		out->v[out->n++] = w->members.v[i];
	for (size_t i = 0; i < w->departments.n; i++) {
		struct ints ids;

		TRY(member_ids_in(tx, w->corp, w->departments.v[i], true, &ids));
		for (size_t j = 0; j < ids.n && out->n < WAY_MAX_MEMBERS; j++)
			out->v[out->n++] = ids.v[j];
	}
	return OK;
}

/* Not activated members serve too: their customers wait for them. */
static bool can_serve(const struct member *m)
{
	return m->serves_customers &&
		(m->status == MEMBER_ACTIVE || m->status == MEMBER_NOT_ACTIVATED);
}

enum err way_member(struct tx *tx, const struct way *w, struct member *out)
{
	struct way_take_turn_row turn = { 0 };
	struct ints all;
	bool found;

	TRY(candidates(tx, w, &all));
	if (all.n > 1)
		TRY(tx->writes ? way_take_turn(tx, w->corp, w->way, &turn, &found)
			       : way_see_turn(tx, w->corp, w->way, &turn, &found));
	for (size_t i = 0; i < all.n; i++) {
		size_t at = ((size_t)turn.turn + i) % all.n;

		TRY(member_get(tx, w->corp, all.v[at], out));
		if (can_serve(out))
			return OK;
	}
	return why(tx->cx, ERR_CODE_GONE,
		"nobody serves customers by this code any more");
}
