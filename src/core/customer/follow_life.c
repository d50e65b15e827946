/*
 * core/customer/follow_life.c - how the relation begins and ends.
 *
 * Everything that belongs to it happens in the caller's transaction: whoever sees
 * the follow sees the chat, the first message and the outbox rows too.
 */
#include "base/ids.h"
#include "core/acquisition/arrival.h"
#include "core/acquisition/quota.h"
#include "core/customer/block.h"
#include "core/customer/follow.h"
#include "core/customer/follow.sql.h"
#include "core/customer/private.h"
#include "core/customer/request.h"
#include "core/customer/temp.h"
#include "core/customer/way_turn.h"
#include "core/customer/welcome.h"

/* Document 92130. */
#define CONTACT_EVENT(F, SUB)                                                            \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "sys")                                    \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "change_external_contact")                       \
	F(octets, ChangeType, ALWAYS, 0, 64, "add_external_contact …")                   \
	F(octets, UserID, ALWAYS, 0, 64, "The member")                                   \
	F(octets, ExternalUserID, ALWAYS, 0, 64, "The customer")                         \
	F(octets, State, SOMETIMES, 0, 128, "Of the contact way")                        \
	F(octets, WelcomeCode, SOMETIMES, 0, 128, "For send_welcome_msg, 20 s")          \
	F(octets, Source, SOMETIMES, 0, 64, "Who deleted")                               \
	F(octets, FailReason, SOMETIMES, 0, 64, "Why a handover failed")
SHAPE(contact_event, CONTACT_EVENT)

#define SYSTEM_EVENT(F, SUB)                                                             \
	F(octets, event, ALWAYS, 0, 64,                                                  \
		"added, deleted, left, returned, concluded, handed_over …")              \
	F(text, member, SOMETIMES, 0, 64, "Of a handover: the successor's name")         \
	F(time, until, SOMETIMES, 0, INT64_MAX, "Till when the customer may refuse")
SHAPE(system_event, SYSTEM_EVENT)

void follow_tell(struct tx *tx, const struct follow *f, const char *change)
{
	struct person member = { PERSON_MEMBER, f->member, 0 };

	event_emit(tx,
		&(struct event){
			.kind = EVENT_CUSTOMER,
			.corp = f->corp,
			.chat = f->chat,
			.object = f->customer,
			.data = str_of(change),
			.audience = &member,
			.audience_n = 1,
		});
}

enum err follow_callback(struct tx *tx, const struct follow *f,
	const struct follow_news *news)
{
	struct contact_event e = {
		.FromUserName = STR("sys"),
		.CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("change_external_contact"),
		.ChangeType = str_of(news->change),
		.State = news->state,
		.WelcomeCode = news->welcome_code,
		.Source = news->source,
		.FailReason = news->fail_reason,
	};
	struct callback c = { .corp = f->corp,
		.name = STR("change_external_contact"),
		.change = str_of(news->change),
		.expires_ms = news->expires_ms };
	struct app *apps;
	struct corp corp;
	struct member member;
	struct customer customer;
	size_t n;

	TRY(app_listeners(tx, f->corp, SCOPE_customer_read, &apps, &n));
	if (!n)
		return OK; /* ten thousand who change hands need not be read for nobody */
	TRY(corp_get(tx, f->corp, &corp));
	TRY(member_get(tx, f->corp, f->member, &member));
	TRY(customer_get(tx, f->corp, f->customer, &customer));
	e.ToUserName = corp.corpid;
	e.UserID = member.userid;
	e.ExternalUserID = customer.external_userid;
	c.fields = shape_text(tx->cx->mem, contact_event_shape(), &e);
	return callback_put_seen(tx, &c, SCOPE_customer_read, news->but, f->member);
}

enum err follow_say(struct tx *tx, int64_t corp, int64_t chat,
	const struct follow_line *line)
{
	struct system_event body = { .event = str_of(line->event),
		.member = line->member,
		.until = line->until_ms };
	struct message m = { .corp = corp, .chat = chat, .type = STR("system") };
	bool again;

	m.body = shape_text(tx->cx->mem, system_event_shape(), &body);
	return chat_add(tx, &m, &again);
}

static enum err add_system_line(struct tx *tx, const struct follow *f, const char *event)
{
	return follow_say(tx, f->corp, f->chat, &(struct follow_line){ .event = event });
}

enum err follow_record(struct tx *tx, const struct follow *f, const char *kind,
	int64_t other, str detail)
{
	struct member member, second = { .userid = STR("") };
	struct customer customer;

	TRY(member_get(tx, f->corp, f->member, &member));
	TRY(customer_get(tx, f->corp, f->customer, &customer));
	if (other)
		TRY(member_get(tx, f->corp, other, &second));
	return ledger_add(tx,
		&(struct ledger_entry){ .corp = f->corp,
			.kind = kind,
			.customer = customer.external_userid,
			.member = member.userid,
			.other = second.userid,
			.detail = detail });
}

/* A new relation has a new chat; who comes back finds the old one open again.  It is
 * the customer who adds, so oper_userid is his (document 92114). */
static enum err make(struct tx *tx, const struct way *w, str state,
	const struct member *m, const struct customer *c, struct follow *f)
{
	struct person persons[] = { { PERSON_MEMBER, m->member, 0 },
		{ PERSON_CUSTOMER, c->customer, c->consumer } };
	int64_t now = tx->cx->now_ms,
		add_way = w->link ? ADD_WAY_LINK
		: w->way          ? ADD_WAY_QR
				  : ADD_WAY_UNKNOWN;
	struct chat chat;
	bool known, returning;

	known = follow_find_any(tx, w->corp, m->member, c->customer, f) == OK;
	ctx_forgive(tx->cx);
	returning =
		known && f->status != FOLLOW_TRANSFERRED; /* else it is a successor's */
	if (returning) {
		chat.chat = f->chat;
		TRY(chat_close(tx, w->corp, f->chat, false));
	} else {
		TRY(chat_open(tx, w->corp, CHAT_CUSTOMER, STR_NONE, persons,
			ARRAY_LEN(persons), &chat));
		TRY(consumer_chat_add(tx, c->consumer, w->corp, chat.chat, c->customer));
	}
	if (known)
		TRY(follow_revive(tx, w->corp, m->member, c->customer, add_way, state,
			w->way, c->external_userid, chat.chat, now));
	else
		TRY(follow_insert(tx, w->corp, m->member, c->customer, add_way, state,
			w->way, c->external_userid, chat.chat, now));
	TRY(follow_get(tx, w->corp, m->member, c->customer, f));
	TRY(follow_index(tx, f));
	return add_system_line(tx, f, returning ? "returned" : "added");
}

static bool leads_to(const struct way *w, const struct follow *f)
{
	if (f->way == w->way)
		return true;
	for (size_t i = 0; i < w->members.n; i++)
		if (w->members.v[i] == f->member)
			return true;
	return false;
}

enum err follow_by_way(struct tx *tx, const struct way *w, int64_t customer,
	struct follow *out, bool *out_there)
{
	struct follow *follows;
	size_t n;

	*out_there = false;
	TRY(follow_of_customer(tx, w->corp, customer, 0, INT32_MAX, &follows, &n));
	for (size_t i = 0; i < n && !*out_there; i++) {
		struct member m;

		if (!leads_to(w, &follows[i]))
			continue;
		TRY(member_get(tx, w->corp, follows[i].member, &m));
		*out_there = m.status == MEMBER_ACTIVE;
		*out = follows[i];
	}
	return OK;
}

static enum err tell_link(struct tx *tx, const struct way *w, const struct follow *f)
{
	struct acq_arrival a = { .corp = f->corp,
		.link = w->link,
		.member = f->member,
		.chat = f->chat,
		.channel = f->state };
	struct customer c;

	if (!w->link)
		return OK;
	TRY(customer_get(tx, f->corp, f->customer, &c));
	a.external_userid = c.external_userid;
	return acq_added(tx, &a);
}

enum err follow_begin(struct tx *tx, const struct coming *coming, const struct member *m,
	const struct customer *c, struct follow *out)
{
	const struct way *w = coming->way;
	struct follow_news news = { .change = "add_external_contact",
		.state = coming->state.n ? coming->state : w->state };

	TRY(make(tx, w, news.state, m, c, out));
	if (w->way)
		TRY(way_took(tx, w, m->member));
	TRY(tell_link(tx, w, out));
	TRY(welcome_begin(tx, out, &news.welcome_code, &news.expires_ms));
	TRY(follow_callback(tx, out, &news));
	TRY(follow_record(tx, out, LEDGER_ADDED, 0, w->config_id));
	TRY(temp_met(tx, w, out, true));
	follow_tell(tx, out, "added");
	return chat_announce(tx, w->corp, out->chat);
}

/* A temporary way may be for one person only: apps name him by his id in this corp. */
static enum err check_person(struct tx *tx, const struct way *w, const struct customer *c)
{
	if (!w->is_temp || !w->unionid.n || str_same(w->unionid, c->external_userid))
		return OK;
	return why(tx->cx, ERR_CODE_NOT_YOURS, "ask the person for one of your own");
}

/* Is he there already?  A lasting way makes a temporary chat last. */
static enum err meet(struct tx *tx, const struct way *w, struct arrival *out)
{
	return w->is_temp ? OK : temp_met(tx, w, &out->follow, false);
}

enum err follow_come(struct tx *tx, const struct coming *coming, struct arrival *out)
{
	const struct way *w = coming->way;
	struct customer customer;
	struct member member;
	struct request request;
	bool there;

	*out = (struct arrival){ 0 };
	TRY(customer_of_consumer(tx, w->corp, coming->consumer, &customer));
	TRY(check_person(tx, w, &customer));
	TRY(follow_by_way(tx, w, customer.customer, &out->follow, &there));
	if (there)
		return meet(tx, w, out);
	TRY(way_member_for(tx, w, customer.customer, &member));
	if (follow_get(tx, w->corp, member.member, customer.customer, &out->follow) == OK)
		return meet(tx, w, out);
	ctx_forgive(tx->cx);
	TRY(block_check(tx, w->corp, coming->consumer->consumer, member.member));
	if (w->link)
		TRY(acq_quota_left(tx, w->corp));
	out->is_new = true;
	if (w->skip_verify)
		return follow_begin(tx, coming, &member, &customer, &out->follow);
	out->waits = true;
	TRY(request_add(tx, w, &member, &customer,
		coming->state.n ? coming->state : w->state, coming->words, &request));
	out->request = request.request;
	return OK;
}

enum err follow_add(struct tx *tx, const struct way *w, const struct consumer *c,
	struct follow *out, bool *out_new)
{
	struct way open = *w;
	struct coming coming = { .way = &open, .consumer = c };
	struct arrival a;

	open.skip_verify = true;
	TRY(follow_come(tx, &coming, &a));
	*out = a.follow;
	*out_new = a.is_new;
	return OK;
}

static enum err end(struct tx *tx, struct follow *f, enum follow_status status,
	const char *line, const struct follow_news *news)
{
	TRY(follow_set_status(tx, f->corp, f->member, f->customer, status,
		tx->cx->now_ms));
	f->status = status;
	TRY(add_system_line(tx, f, line));
	TRY(follow_record(tx, f, status == FOLLOW_LEFT ? LEDGER_LEFT : LEDGER_DELETED, 0,
		STR("")));
	TRY(chat_close(tx, f->corp, f->chat, true));
	follow_tell(tx, f, "deleted");
	return news ? follow_callback(tx, f, news) : OK;
}

enum err follow_delete(struct tx *tx, struct follow *f)
{
	return end(tx, f, FOLLOW_DELETED, "deleted",
		&(struct follow_news){ .change = "del_external_contact" });
}

enum err follow_leave(struct tx *tx, struct follow *f)
{
	TRY(acq_left(tx, f->corp, f->chat));
	return end(tx, f, FOLLOW_LEFT, "left",
		&(struct follow_news){ .change = "del_follow_user" });
}

enum err follow_conclude(struct tx *tx, struct follow *f)
{
	return end(tx, f, FOLLOW_DELETED, "concluded", NULL);
}
