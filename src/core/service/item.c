/*
 * core/service/item.c - items, the word to apps that there are some, and codes.
 *
 *	token = corp "-" account "-" issued_ms "-" mac   (numbers as id_text)
 */
#include "core/service/item.h"

#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/keys.h"
#include "core/service/item.sql.h"
#include "core/service/private.h"

enum { CODE_RANDOM = 40, MAC_HEX = 32, CODES_AT_ONCE = 200 };
enum { SHORT_CODE_MS = 20 * 1000, CODE_OVER = 2 };
static const int64_t LONG_CODE_MS = INT64_C(48) * 3600 * 1000;
static const int64_t CODE_KEEP_MS = INT64_C(7) * 24 * 3600 * 1000;

/* ---- tokens ---- */

static str mac_of(struct arena *mem, const struct service_account *a, str issued)
{
	uint8_t mac[32];
	struct buf b;

	keys_sign(arena_printf(mem, "kf-sync/%" PRId64 "/%" PRId64 "/%.*s", a->corp,
			  a->account, STR_FMT(issued)),
		mac);
	buf_init(&b, mem, MAC_HEX + 1);
	for (size_t i = 0; i < MAC_HEX / 2; i++)
		buf_printf(&b, "%02x", mac[i]);
	return buf_str(&b);
}

static str token_make(struct ctx *cx, const struct service_account *a)
{
	str issued = id_text(cx->mem, "", cx->now_ms);

	return arena_printf(cx->mem, "%.*s-%.*s", STR_FMT(issued),
		STR_FMT(mac_of(cx->mem, a, issued)));
}

enum err service_token_check(struct ctx *cx, const struct service_account *a, str token)
{
	str rest = token, issued = str_cut(&rest, '-');
	int64_t ms;

	if (!id_parse(issued, "", &ms) ||
		!str_same_secret(rest, mac_of(cx->mem, a, issued)))
		return why(cx, ERR_KF_TOKEN, "field `token`: not one of this account");
	if (cx->now_ms - ms > SERVICE_TOKEN_LIFE_MS)
		return why(cx, ERR_KF_TOKEN, "field `token`: it has expired");
	return OK;
}

/* ---- the word to apps ---- */

/* Document 94670: no FromUserName, no AgentID. */
#define NEWS(F, SUB)                                                                     \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "kf_msg_or_event")                               \
	F(octets, Token, ALWAYS, 0, 128, "For sync_msg, ten minutes")                    \
	F(octets, OpenKfId, ALWAYS, 0, 64, "The account")
SHAPE(service_news, NEWS)

static enum err put_news(struct tx *tx, const struct service_account *a, str fields,
	int64_t app)
{
	return callback_put(tx,
		&(struct callback){ .corp = a->corp,
			.app = app,
			.name = STR("kf_msg_or_event"),
			.fields = fields });
}

static enum err tell(struct tx *tx, const struct service_account *a)
{
	struct service_news news = { .CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("kf_msg_or_event"),
		.Token = token_make(tx->cx, a),
		.OpenKfId = a->open_kfid };
	struct ints apps;
	struct corp corp;
	str fields;

	TRY(corp_get(tx, a->corp, &corp));
	news.ToUserName = corp.corpid;
	fields = shape_text(tx->cx->mem, service_news_shape(), &news);
	TRY(service_grants(tx, a, &apps));
	for (size_t i = 0; i < apps.n; i++)
		if (apps.v[i] != AGENT_CUSTOMER_CONTACT)
			TRY(put_news(tx, a, fields, apps.v[i]));
	return put_news(tx, a, fields, AGENT_CUSTOMER_CONTACT);
}

static enum err listens(struct tx *tx, int64_t corp, int64_t app, bool *out)
{
	struct app a;

	TRY(app_get(tx, corp, app, &a));
	*out = a.callback_url.n && !a.closed;
	return OK;
}

enum err service_has_listener(struct tx *tx, const struct service_account *a, bool *out)
{
	struct ints apps;

	TRY(listens(tx, a->corp, AGENT_CUSTOMER_CONTACT, out));
	TRY(service_grants(tx, a, &apps));
	for (size_t i = 0; i < apps.n && !*out; i++)
		TRY(listens(tx, a->corp, apps.v[i], out));
	return OK;
}

/* ---- adding ---- */

enum err item_add_message(struct tx *tx, const struct service_account *a,
	const struct visit *v, const struct message *m)
{
	TRY(service_item_insert(tx, a->corp, a->account, id_next(), m->chat, m->seq,
		v->customer, STR("")));
	return tell(tx, a);
}

#define EVENT(F, SUB)                                                                    \
	F(octets, event_type, ALWAYS, 0, 64, "What happened")                            \
	F(octets, open_kfid, ALWAYS, 0, 64, "The account")                               \
	F(octets, external_userid, SOMETIMES, 0, 64, "The customer")                     \
	F(octets, scene, SOMETIMES, 0, 32, "enter_session: of the link")                 \
	F(octets, scene_param, SOMETIMES, 0, 128, "enter_session: what was appended")    \
	F(octets, welcome_code, SOMETIMES, 0, 64, "enter_session: 20 s")                 \
	F(octets, fail_msgid, SOMETIMES, 0, 64, "msg_send_fail")                         \
	F(int, fail_type, SOMETIMES, 0, 100, "msg_send_fail")                            \
	F(octets, servicer_userid, SOMETIMES, 0, 64, "Who receives or rejects")          \
	F(int, status, SOMETIMES, 0, 2, "servicer_status_change: 1 receives, 2 stopped") \
	F(int, stop_type, SOMETIMES, 0, 1, "0 stopped, 1 suspended")                     \
	F(int, change_type, SOMETIMES, 0, 4,                                             \
		"session_status_change: 1 from the queue, 2 passed, 3 ended, 4 resumed") \
	F(octets, old_servicer_userid, SOMETIMES, 0, 64, "Who served")                   \
	F(octets, new_servicer_userid, SOMETIMES, 0, 64, "Who serves")                   \
	F(octets, msg_code, SOMETIMES, 0, 64, "Answers it")                              \
	F(int, reject_switch, SOMETIMES, 0, 1, "1: his messages are refused")
SHAPE(service_event, EVENT)

static enum err userid_of(struct tx *tx, int64_t corp, int64_t member, str *out)
{
	struct member m;

	if (!member)
		return OK;
	TRY(member_get(tx, corp, member, &m));
	*out = m.userid;
	return OK;
}

enum err item_add_event(struct tx *tx, const struct service_account *a,
	const struct visit *v, const struct item_event *e)
{
	struct service_event out = { .event_type = e->event_type,
		.open_kfid = a->open_kfid,
		.scene = e->scene,
		.scene_param = e->scene_param,
		.welcome_code = e->welcome_code,
		.fail_msgid = e->fail_msgid,
		.fail_type = e->fail_type,
		.status = e->status,
		.stop_type = e->stop_type,
		.change_type = e->change_type,
		.msg_code = e->msg_code,
		.reject_switch = e->reject_switch };
	struct customer c;

	if (v->customer) {
		TRY(customer_get(tx, a->corp, v->customer, &c));
		out.external_userid = c.external_userid;
	}
	TRY(userid_of(tx, a->corp, e->servicer, &out.servicer_userid));
	TRY(userid_of(tx, a->corp, e->old_servicer, &out.old_servicer_userid));
	TRY(userid_of(tx, a->corp, e->new_servicer, &out.new_servicer_userid));
	if (e->status == 2)
		GIVE(&out, stop_type);
	if (str_is(e->event_type, "reject_customer_msg_switch_change"))
		GIVE(&out, reject_switch);
	TRY(service_item_insert(tx, a->corp, a->account, id_next(), 0, 0, v->customer,
		shape_text(tx->cx->mem, service_event_shape(), &out)));
	return tell(tx, a);
}

enum err service_items(struct tx *tx, const struct service_account *a, int64_t after,
	int64_t limit, struct service_item **out, size_t *out_n, bool *out_more)
{
	struct service_item_row *rows;
	int64_t oldest = id_of_ms(tx->cx->now_ms - SERVICE_ITEM_KEEP_MS);
	size_t n;

	TRY(service_item_page(tx, a->corp, a->account, after > oldest ? after : oldest,
		limit + 1, &rows, &n));
	*out_more = n > (size_t)limit;
	if (*out_more)
		n--;
	*out = ARENA_ARRAY(tx->cx->mem, struct service_item, n);
	*out_n = n;
	for (size_t i = 0; i < n; i++) {
		struct service_item *item = &(*out)[i];

		*item = (struct service_item){ .item = rows[i].item,
			.customer = rows[i].customer,
			.event = rows[i].event };
		if (rows[i].seq)
			TRY(chat_message(tx, a->corp, rows[i].chat, rows[i].seq,
				&item->message));
	}
	return OK;
}

enum err items_sweep(struct tx *tx, const struct service_account *a)
{
	return service_item_drop_old(tx, a->corp, a->account,
		id_of_ms(tx->cx->now_ms - SERVICE_ITEM_KEEP_MS));
}

/* ---- codes ---- */

enum err code_make(struct tx *tx, const struct visit *v, enum service_code_kind kind,
	str *out_code)
{
	int64_t life_ms =
		kind == CODE_REPLY ? LONG_CODE_MS : service_hurried(SHORT_CODE_MS);
	int64_t expires_ms = tx->cx->now_ms + life_ms;

	*out_code = random_text(tx->cx->mem, CODE_RANDOM);
	TRY(service_code_insert(tx, v->corp, *out_code, kind, v->account, v->customer,
		expires_ms));
	if (kind == CODE_WELCOME)
		event_emit(tx,
			&(struct event){ .kind = EVENT_DUE,
				.data = STR("service"),
				.corp = v->corp,
				.object = expires_ms });
	return OK;
}

enum err service_code_get(struct tx *tx, int64_t corp, str code,
	enum service_code_kind *out_kind, struct service_account *out_a,
	struct visit *out_v)
{
	struct service_code_row row;
	bool found;

	TRY(service_code_select(tx, corp, code, &row, &found));
	if (!found || (row.used != 1 && tx->cx->now_ms >= row.expires_ms))
		return why(tx->cx, ERR_KF_TOKEN, "field `code`: unknown or expired");
	if (row.used)
		return why(tx->cx, ERR_KF_CODE_USED, "field `code`");
	*out_kind = (enum service_code_kind)row.kind;
	TRY(service_account_get(tx, corp, row.account, out_a));
	return visit_get(tx, corp, row.account, row.customer, out_v);
}

/* No app has welcomed him in time: the account does. */
enum err codes_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct service_code_next_due_row next;
	struct service_code_row *due;
	size_t n;
	bool found;

	TRY(service_code_select_due(tx, corp, CODE_WELCOME, tx->cx->now_ms, CODES_AT_ONCE,
		&due, &n));
	for (size_t i = 0; i < n; i++) {
		struct service_account a;
		struct visit v;

		TRY(service_account_get(tx, corp, due[i].account, &a));
		TRY(visit_get(tx, corp, due[i].account, due[i].customer, &v));
		if (!a.deleted)
			TRY(say_words(tx, &v, a.welcome));
		TRY(service_code_set_used(tx, corp, due[i].code, CODE_OVER));
	}
	TRY(service_code_next_due(tx, corp, CODE_WELCOME, &next, &found));
	*out_next_ms = found ? next.expires_ms : 0;
	return OK;
}

enum err codes_sweep(struct tx *tx, int64_t corp)
{
	int64_t before = tx->cx->now_ms - CODE_KEEP_MS;

	for (int64_t kind = CODE_WELCOME; kind <= CODE_END; kind++)
		for (int64_t used = 0; used <= CODE_OVER; used++)
			TRY(service_code_drop_old(tx, corp, kind, used, before));
	return OK;
}

/* ---- what apps write ---- */

static enum err check_window(struct tx *tx, const struct visit *v)
{
	int64_t most, hours;

	TRY(corp_setting(tx, v->corp, CORP_SETTING_SERVICE_SEND_MAX, &most));
	TRY(corp_setting(tx, v->corp, CORP_SETTING_SERVICE_SEND_HOURS, &hours));
	if (!v->said_ms)
		return why(tx->cx, ERR_KF_NEVER, "he has not spoken yet");
	if (tx->cx->now_ms - v->said_ms > hours * 3600 * 1000)
		return why(tx->cx, ERR_KF_LATE, "more than %" PRId64 " hours", hours);
	if (v->state == STATE_ENDED)
		return why(tx->cx, ERR_KF_ENDED,
			"it begins anew when the customer speaks");
	if (v->state != STATE_NEW && v->state != STATE_BOT)
		return why(tx->cx, ERR_KF_CANNOT_SEND, "people serve him");
	if (v->app_sent >= most)
		return why(tx->cx, ERR_KF_SENT_ALL, "at most %" PRId64, most);
	return OK;
}

/* The customer wants none: that is found out later, as in WeCom. */
static enum err not_delivered(struct tx *tx, const struct service_account *a,
	const struct visit *v, str msgid)
{
	enum { FAIL_REFUSED = 10 };
	struct item_event e = { .event_type = STR("msg_send_fail"),
		.fail_msgid = msgid,
		.fail_type = FAIL_REFUSED };

	return item_add_event(tx, a, v, &e);
}

static enum err say(struct tx *tx, const struct service_account *a, struct visit *v,
	str msgid, str type, str body, str *out_msgid, bool *out_again)
{
	struct message m;

	*out_msgid = msgid.n ? msgid : random_text(tx->cx->mem, MAC_HEX);
	*out_again = false;
	if (v->refuses)
		return not_delivered(tx, a, v, *out_msgid);
	return say_as_account(tx, v, *out_msgid, type, body, &m, out_again);
}

enum err service_send(struct tx *tx, const struct service_account *a, struct visit *v,
	str msgid, str type, str body, str *out_msgid)
{
	bool again;

	TRY(check_window(tx, v));
	TRY(say(tx, a, v, msgid, type, body, out_msgid, &again));
	if (again)
		return OK;
	v->app_sent++;
	return visit_put(tx, v);
}

enum err service_answer(struct tx *tx, const struct service_account *a, struct visit *v,
	str code, str msgid, str type, str body, str *out_msgid)
{
	bool again;

	TRY(service_code_set_used(tx, v->corp, code, 1));
	return say(tx, a, v, msgid, type, body, out_msgid, &again);
}
