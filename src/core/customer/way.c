/*
 * core/customer/way.c - keeping contact ways.
 */
#include "core/customer/way.h"

#include "base/ids.h"
#include "core/customer/way.sql.h"
#include "core/directory/corp_setting.h"

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
		.kind = (enum way_kind)r->kind,
		.link = r->link,
		.disabled = r->disabled,
		.routing = (enum way_routing)r->routing,
		.keeps_member = r->keeps_member,
		.off_duty_none = r->off_duty,
		.max_customers = r->max_customers,
		.max_a_day = r->max_a_day,
		.added = r->added,
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
	size_t all = w->members.n,
	       most = w->kind == WAY_OF_LINK ? WAY_LINK_MAX_MEMBERS : WAY_MAX_MEMBERS;

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
	if (all > most)
		return why(tx->cx, ERR_WAY_USERS,
			"at most %zu members, with those of `party`", most);
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
	if ((int)w->routing < WAY_ROUND_ROBIN || w->routing > WAY_ON_DUTY)
		return why(cx, ERR_INVALID_ARGUMENT, "field `routing`: 0 to 2");
	TRY(check_members(tx, w));
	return check_size(tx, w);
}

/* A count of all is a walk over an index: only when one is made. */
static enum err check_number(struct tx *tx, const struct way *w)
{
	struct way_select_count_row all;
	int64_t max;
	bool found;

	TRY(corp_setting(tx, w->corp, CORP_SETTING_CONTACT_WAY_MAX, &max));
	TRY(way_select_count(tx, w->corp, &all, &found));
	if (all.n >= max)
		return why(tx->cx, ERR_WAY_LIMIT, "at most %" PRId64 " contact ways",
			max);
	return OK;
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
	TRY(check_number(tx, w));
	w->way = id_next();
	w->created_ms = tx->cx->now_ms;
	w->config_id = make_config_id(tx->cx->mem);
	w->code = make_code(tx->cx->mem, w->corp);
	TRY(way_insert(tx, w->corp, w->way, w->config_id, w->code, w->type, w->scene,
		w->style, w->remark, w->skip_verify, w->state, w->is_temp, w->expires_ms,
		w->chat_expires_s, w->unionid, w->is_exclusive, w->mark_source,
		w->conclusions, w->owner, w->created_ms, w->kind, w->link, w->disabled,
		w->routing, w->keeps_member, w->off_duty_none, w->max_customers,
		w->max_a_day));
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
		w->conclusions, w->disabled, w->routing, w->keeps_member,
		w->off_duty_none, w->max_customers, w->max_a_day));
	return put_range(tx, w);
}

enum err way_drop_one(struct tx *tx, int64_t corp, int64_t way)
{
	TRY(way_delete_range(tx, corp, way));
	TRY(way_delete_shifts(tx, corp, way));
	TRY(way_delete_loads(tx, corp, way));
	return way_delete(tx, corp, way);
}

enum err way_drop(struct tx *tx, int64_t corp, str config_id)
{
	struct way w;

	TRY(way_by_config(tx, corp, config_id, &w));
	return way_drop_one(tx, corp, w.way);
}

/* ---- finding ---- */

enum err way_by_config(struct tx *tx, int64_t corp, str config_id, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select_by_config(tx, corp, config_id, &row, &found));
	if (!found || row.kind != WAY_BY_APP)
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

static enum err fill_all(struct tx *tx, int64_t corp, const struct way_row *rows,
	size_t n, struct way **out, size_t *out_n)
{
	*out = ARENA_ARRAY(tx->cx->mem, struct way, n);
	for (size_t i = 0; i < n; i++)
		TRY(fill(tx, corp, &rows[i], &(*out)[i]));
	*out_n = n;
	return OK;
}

enum err way_of_kind(struct tx *tx, int64_t corp, enum way_kind kind, int64_t before,
	int64_t limit, struct way **out, size_t *out_n)
{
	struct way_row *rows;
	size_t n;

	TRY(way_select_kind(tx, corp, kind, before ? before : INT64_MAX, limit, &rows,
		&n));
	return fill_all(tx, corp, rows, n, out, out_n);
}

enum err way_owned(struct tx *tx, int64_t corp, int64_t member, struct way **out,
	size_t *out_n)
{
	struct way_row *rows;
	size_t n;

	TRY(way_select_owned(tx, corp, member, WAY_OWN_MAX, &rows, &n));
	return fill_all(tx, corp, rows, n, out, out_n);
}

static enum err add_own(struct tx *tx, struct way *w, int64_t member)
{
	w->type = WAY_SINGLE;
	w->scene = 2;
	w->style = 1;
	w->kind = WAY_OWN;
	w->owner = member;
	w->mark_source = true;
	w->members.v = ARENA_ARRAY(tx->cx->mem, int64_t, 1);
	w->members.v[0] = member;
	w->members.n = 1;
	return way_add(tx, w);
}

enum err way_own_add(struct tx *tx, struct way *w, int64_t member)
{
	struct way_row *rows;
	size_t n;

	TRY(way_select_owned(tx, w->corp, member, WAY_OWN_MAX, &rows, &n));
	if (n == WAY_OWN_MAX)
		return why(tx->cx, ERR_WAY_LIMIT, "at most %d codes of your own",
			WAY_OWN_MAX);
	return add_own(tx, w, member);
}

enum err way_own(struct tx *tx, int64_t corp, int64_t member, struct way *out)
{
	struct way_row row;
	bool found;

	TRY(way_select_own(tx, corp, member, &row, &found));
	if (found)
		return fill(tx, corp, &row, out);
	*out = (struct way){ .corp = corp, .skip_verify = true };
	return add_own(tx, out, member);
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
