/*
 * api/externalcontact/way.c - codes that lead to members, over HTTP (document 92228).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "api/externalcontact/way_shape.h"
#include "base/ids.h"
#include "core/customer/temp.h"

enum { LIST_DEFAULT = 100, LIST_MAX = 1000, SCENE_QR = 2 };
static const int64_t LIST_DAYS_MS = INT64_C(90) * 24 * 3600 * 1000;

#define ADD_IN(F, SUB)                                                                   \
	F(int, type, OPTIONAL, INT32_MIN, INT32_MAX, "1 single, 2 multi; required")      \
	F(int, scene, OPTIONAL, INT32_MIN, INT32_MAX,                                    \
		"1 mini program, 2 QR code; required")                                   \
	WAY_MARKS(F)                                                                     \
	F(flag, is_temp, OPTIONAL, 0, 1, "A temporary one, for one member")              \
	F(flag, is_exclusive, OPTIONAL, 0, 1,                                            \
		"One customer is served by one member only")                             \
	SUB(object, conclusions, way_conclusions, OPTIONAL, 0, 0, "Of a temporary one")
SHAPE(add_contact_way_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	F(octets, config_id, ALWAYS, 1, 64, "The way's name for apps")                   \
	F(octets, qr_code, SOMETIMES, 0, 2048, "Picture of the code; scene 2")
SHAPE(add_contact_way_out, ADD_OUT)

#define CONFIG_IN(F, SUB) F(octets, config_id, OPTIONAL, 0, 64, "The way; required")
SHAPE(get_contact_way_in, CONFIG_IN)
SHAPE(del_contact_way_in, CONFIG_IN)
NO_OUT(del_contact_way)

#define WAY(F, SUB)                                                                      \
	F(octets, config_id, ALWAYS, 1, 64, "The way's name for apps")                   \
	F(int, type, ALWAYS, 1, 2, "1 single, 2 multi")                                  \
	F(int, scene, ALWAYS, 1, 2, "1 mini program, 2 QR code")                         \
	F(int, style, SOMETIMES, 0, 3, "Of the button")                                  \
	F(text, remark, ALWAYS, 0, 30, "For the corp")                                   \
	F(flag, skip_verify, ALWAYS, 0, 1, "Nobody needs to confirm")                    \
	F(text, state, ALWAYS, 0, 30, "Comes back with the customer")                    \
	F(octets, qr_code, SOMETIMES, 0, 2048, "Picture of the code; scene 2")           \
	F(texts, user, ALWAYS, 0, WAY_MAX_MEMBERS, "userids")                            \
	F(ints, party, ALWAYS, 0, 1000, "Departments")                                   \
	F(flag, is_temp, ALWAYS, 0, 1, "A temporary one")                                \
	F(int, expires_in, SOMETIMES, 0, WAY_TEMP_MAX_S,                                 \
		"Seconds from its making; temporary ones")                               \
	F(int, chat_expires_in, SOMETIMES, 0, WAY_TEMP_MAX_S, "Seconds; temporary ones") \
	F(octets, unionid, SOMETIMES, 0, 128, "Only this person may use it")             \
	F(flag, is_exclusive, ALWAYS, 0, 1, "One customer is served by one member only") \
	F(flag, mark_source, ALWAYS, 0, 1, "Shows where the customer came from")         \
	SUB(object, conclusions, way_conclusions, SOMETIMES, 0, 0, "Of a temporary one")
SHAPE(contact_way, WAY)
#define GET_OUT(F, SUB) SUB(object, contact_way, contact_way, ALWAYS, 0, 0, "The way")
SHAPE(get_contact_way_out, GET_OUT)

#define UPDATE_IN(F, SUB)                                                                \
	F(octets, config_id, OPTIONAL, 0, 64, "The way; required")                       \
	WAY_MARKS(F)                                                                     \
	SUB(object, conclusions, way_conclusions, OPTIONAL, 0, 0, "Of a temporary one")
SHAPE(update_contact_way_in, UPDATE_IN)
NO_OUT(update_contact_way)

#define LIST_IN(F, SUB)                                                                  \
	F(time, start_time, OPTIONAL, 0, INT32_MAX,                                      \
		"Made since, Unix seconds; 90 days ago if absent")                       \
	F(time, end_time, OPTIONAL, 0, UINT32_MAX, "Made until; now if absent")          \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 0, LIST_MAX, "100 if absent, at most 1000")
SHAPE(list_contact_way_in, LIST_IN)
#define LIST_ITEM(F, SUB) F(octets, config_id, ALWAYS, 1, 64, "A way")
SHAPE(list_contact_way_item, LIST_ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, contact_way, list_contact_way_item, ALWAYS, 0, LIST_MAX,               \
		"By creation")                                                           \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")
SHAPE(list_contact_way_out, LIST_OUT)

#define CLOSE_IN(F, SUB)                                                                 \
	F(octets, userid, OPTIONAL, 0, 64, "The member; required")                       \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")
SHAPE(close_temp_chat_in, CLOSE_IN)
NO_OUT(close_temp_chat)

/* ---- in ---- */

static enum err read_users(struct req *rq, struct texts users, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, users.n);
	out->n = 0;
	for (size_t i = 0; i < users.n; i++) {
		struct member m;
		enum err err = ec_member(rq, users.v[i], &m);

		if (err == ERR_NO_USER)
			return why(rq->cx, ERR_BAD_USERID, "user[%zu]: no such member",
				i);
		TRY(err);
		out->v[out->n++] = m.member;
	}
	return OK;
}

static enum err read_parties(struct req *rq, struct ints parties, struct ints *out)
{
	const struct actor *app = &rq->cx->actor;

	*out = parties;
	for (size_t i = 0; i < parties.n; i++) {
		struct department d;
		bool sees;

		if (department_get(rq->tx, app->corp, parties.v[i], &d) != OK)
			return why(rq->cx, ERR_BAD_PARTY_LIST,
				"party[%zu]: no such department", i);
		TRY(app_sees_department(rq->tx, app->corp, app->id, d.department, &sees));
		if (!sees)
			return why(rq->cx, ERR_NO_PRIVILEGE,
				"party[%zu]: outside the app's visible range", i);
	}
	return OK;
}

/* What add and update have in common; fields that did not come stay. */
#define READ_MARKS(rq, in, w)                                                            \
	do {                                                                             \
		if (HAS(in, remark))                                                     \
			(w)->remark = (in)->remark;                                      \
		if (HAS(in, skip_verify))                                                \
			(w)->skip_verify = (in)->skip_verify;                            \
		if (HAS(in, state))                                                      \
			(w)->state = (in)->state;                                        \
		if (HAS(in, style))                                                      \
			(w)->style = (in)->style;                                        \
		if (HAS(in, unionid))                                                    \
			(w)->unionid = (in)->unionid;                                    \
		if (HAS(in, mark_source))                                                \
			(w)->mark_source = (in)->mark_source;                            \
		if (HAS(in, user))                                                       \
			TRY(read_users((rq), (in)->user, &(w)->members));                \
		if (HAS(in, party))                                                      \
			TRY(read_parties((rq), (in)->party, &(w)->departments));         \
		if ((w)->is_temp && HAS(in, expires_in))                                 \
			(w)->expires_ms = (w)->created_ms + (in)->expires_in * 1000;     \
		if ((w)->is_temp && HAS(in, chat_expires_in))                            \
			(w)->chat_expires_s = (in)->chat_expires_in;                     \
		if ((in)->conclusions)                                                   \
			TRY(way_conclusions_pack((rq), (in)->conclusions,                \
				&(w)->conclusions));                                     \
	} while (0)

static str qr_code(struct req *rq, const struct way *w)
{
	if (w->scene != SCENE_QR)
		return STR_NONE;
	return arena_printf(rq->cx->mem, "%.*s/v1/code.svg?code=%.*s",
		STR_FMT(rq->house->public_url), STR_FMT(w->code));
}

static enum err add_contact_way(struct req *rq)
{
	const struct add_contact_way_in *in = rq->in;
	struct add_contact_way_out *out = rq->out;
	struct way way = {
		.corp = rq->cx->actor.corp,
		.type = in->type,
		.scene = in->scene,
		.skip_verify = true,
		.mark_source = true,
		.is_temp = in->is_temp,
		.is_exclusive = in->is_exclusive,
		.created_ms = rq->cx->now_ms,
	};

	if (way.is_temp) {
		way.expires_ms = way.created_ms + INT64_C(1000) * WAY_TEMP_LIFE_S;
		way.chat_expires_s = WAY_CHAT_LIFE_S;
	}
	READ_MARKS(rq, in, &way);
	TRY(way_add(rq->tx, &way));
	out->config_id = way.config_id;
	out->qr_code = qr_code(rq, &way);
	return OK;
}

/* The way of a config_id, if the app sees all who serve by it. */
static enum err find_way(struct req *rq, str config_id, struct way *out)
{
	if (!config_id.n)
		return why(rq->cx, ERR_WAY_ID, "config_id: missing");
	TRY(way_by_config(rq->tx, rq->cx->actor.corp, config_id, out));
	for (size_t i = 0; i < out->members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, out->corp, out->members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			TRY(ec_sees(rq, "config_id", m.member));
	}
	for (size_t i = 0; i < out->departments.n; i++) {
		bool sees;

		TRY(app_sees_department(rq->tx, out->corp, rq->cx->actor.id,
			out->departments.v[i], &sees));
		if (!sees)
			return why(rq->cx, ERR_NO_PRIVILEGE,
				"config_id: outside the app's visible range");
	}
	return OK;
}

static enum err update_contact_way(struct req *rq)
{
	const struct update_contact_way_in *in = rq->in;
	struct way way;

	TRY(find_way(rq, in->config_id, &way));
	if (way.is_temp && rq->cx->now_ms >= way.expires_ms)
		return why(rq->cx, ERR_WAY_GONE,
			"config_id: the temporary way has expired");
	READ_MARKS(rq, in, &way);
	return way_set(rq->tx, &way);
}

static enum err del_contact_way(struct req *rq)
{
	const struct del_contact_way_in *in = rq->in;
	struct way way;

	TRY(find_way(rq, in->config_id, &way));
	return way_drop(rq->tx, way.corp, way.config_id);
}

static enum err close_temp_chat(struct req *rq)
{
	const struct close_temp_chat_in *in = rq->in;
	struct follow f;

	TRY(ec_follow(rq, in->userid, in->external_userid, &f));
	return temp_close(rq->tx, &f);
}

/* ---- out ---- */

static enum err fill_users(struct req *rq, const struct way *w, struct texts *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, str, w->members.n);
	for (size_t i = 0; i < w->members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, w->corp, w->members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->v[out->n++] = m.userid;
	}
	return OK;
}

static enum err get_contact_way(struct req *rq)
{
	const struct get_contact_way_in *in = rq->in;
	struct get_contact_way_out *out = rq->out;
	struct contact_way *shown = ARENA_NEW(rq->cx->mem, struct contact_way);
	struct way w;

	TRY(find_way(rq, in->config_id, &w));
	*shown = (struct contact_way){
		.config_id = w.config_id,
		.type = w.type,
		.scene = w.scene,
		.style = w.style,
		.remark = w.remark,
		.skip_verify = w.skip_verify,
		.state = w.state,
		.qr_code = qr_code(rq, &w),
		.party = w.departments,
		.is_temp = w.is_temp,
		.expires_in = w.is_temp ? (w.expires_ms - w.created_ms) / 1000 : 0,
		.chat_expires_in = w.chat_expires_s,
		.unionid = w.unionid,
		.is_exclusive = w.is_exclusive,
		.mark_source = w.mark_source,
	};
	TRY(fill_users(rq, &w, &shown->user));
	TRY(way_conclusions_read(rq, w.conclusions, &shown->conclusions));
	out->contact_way = shown;
	return OK;
}

static enum err cursor_parse(struct req *rq, str cursor, int64_t *out_ms,
	int64_t *out_way)
{
	*out_ms = *out_way = 0;
	if (cursor.n && !id_pair_parse(cursor, "c", out_ms, out_way))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

static enum err list_contact_way(struct req *rq)
{
	const struct list_contact_way_in *in = rq->in;
	struct list_contact_way_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : LIST_DEFAULT, ms, way;
	int64_t from_ms = rq->cx->now_ms - LIST_DAYS_MS, to_ms = rq->cx->now_ms;
	struct way_ref *refs;
	size_t n;

	if (in->start_time)
		from_ms = in->start_time * 1000;
	if (in->end_time)
		to_ms = in->end_time * 1000 + 999;
	if (from_ms > to_ms)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"start_time: later than end_time");
	TRY(cursor_parse(rq, in->cursor, &ms, &way));
	TRY(way_page(rq->tx, rq->cx->actor.corp, from_ms, to_ms, ms, way, limit + 1,
		&refs, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "c", refs[n - 1].created_ms,
			refs[n - 1].way);
	}
	out->contact_way.v = ARENA_ARRAY(rq->cx->mem, struct list_contact_way_item, n);
	out->contact_way.n = n;
	for (size_t i = 0; i < n; i++)
		out->contact_way.v[i].config_id = refs[i].config_id;
	return OK;
}

const struct route contact_way_routes[] = {
	POST("/cgi-bin/externalcontact/add_contact_way", add_contact_way, customer_write,
		WRITES, "Make a code that leads to members"),
	POST("/cgi-bin/externalcontact/get_contact_way", get_contact_way, customer_read,
		READS, "Read one contact way"),
	POST("/cgi-bin/externalcontact/list_contact_way", list_contact_way, customer_read,
		READS, "Page over the contact ways made by apps"),
	POST("/cgi-bin/externalcontact/update_contact_way", update_contact_way,
		customer_write, WRITES, "Change a contact way"),
	POST("/cgi-bin/externalcontact/del_contact_way", del_contact_way, customer_write,
		WRITES, "Delete a contact way"),
	POST("/cgi-bin/externalcontact/close_temp_chat", close_temp_chat, customer_write,
		WRITES, "End a temporary chat; its conclusion is said first"),
	LAST_ROUTE,
};
