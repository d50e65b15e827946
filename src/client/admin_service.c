/*
 * client/admin_service.c - the console's side of customer service: accounts, who serves
 * at them, when, in what words, and which apps take part.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"
#include "core/service/item.h"
#include "core/service/knowledge.h"
#include "core/service/servicer.h"
#include "core/service/stat.h"
#include "core/service/upgrade.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { ACCOUNTS_PAGE = 200, PEOPLE_MAX = 2000, APPS_MAX = 300, PICTURE_BYTES = 2 << 20 };
enum { QUESTIONS_MAX = 2000 };

#define VIEW_TARGET(F, SUB)                                                              \
	F(octets, userid, SOMETIMES, 0, 64, "A member, or")                              \
	F(int, department, SOMETIMES, 0, INT64_MAX, "a department")                      \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	F(flag, stopped, SOMETIMES, 0, 1, "He receives nobody just now")
SHAPE(view_target, VIEW_TARGET)

#define ACCOUNT_WORDS(F, need)                                                           \
	F(int, first, need, 0, 2, "Who answers first: 0 an app, 1 the bot, 2 people")    \
	F(int, routing, need, 0, 2, "0 servicers take, 1 in turn, 2 the least busy")     \
	F(flag, prefers_last, need, 0, 1, "Who served him before goes first")            \
	F(int, max_sessions, need, 0, 1000, "Of one servicer at once, 0 without bound")  \
	F(int, silence_s, need, 0, 172800, "A customer's silence that ends it, 0 never") \
	F(int, threshold, need, 1, 100, "How sure the bot must be, percent")             \
	F(json, hours, need, 0, 4096,                                                    \
		"offset_min and spans of days, from, to in minutes; {}: always")         \
	F(text, welcome, need, 0, SERVICE_WORDS_CHARS, "First words")                    \
	F(text, away_words, need, 0, SERVICE_WORDS_CHARS, "Outside the hours")           \
	F(text, end_words, need, 0, SERVICE_WORDS_CHARS, "Last words")                   \
	F(flag, asks_rating, need, 0, 1, "The customer is asked how it was")

#define VIEW_ADMIN_ACCOUNT(F, SUB)                                                       \
	F(octets, open_kfid, ALWAYS, 0, 64, "Its name for apps")                         \
	F(text, name, ALWAYS, 0, 64, "Its name for customers")                           \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(octets, code, ALWAYS, 0, 64, "The end of its link")                            \
	F(octets, url, ALWAYS, 0, 2048, "Its link")                                      \
	ACCOUNT_WORDS(F, ALWAYS)                                                         \
	F(ints, agentids, ALWAYS, 0, APPS_MAX, "Apps that manage it")                    \
	SUB(list, servicers, view_target, ALWAYS, 0, PEOPLE_MAX + 20, "Who serves")      \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(view_admin_account, VIEW_ADMIN_ACCOUNT)

NO_IN(admin_service_accounts)
#define ACCOUNTS_OUT(F, SUB)                                                             \
	SUB(list, accounts, view_admin_account, ALWAYS, 0, ACCOUNTS_PAGE, "By making")
SHAPE(admin_service_accounts_out, ACCOUNTS_OUT)

#define CREATE_IN(F, SUB) F(text, name, REQUIRED, 1, 64, "Its name for customers")
SHAPE(admin_service_create_in, CREATE_IN)
#define ACCOUNT_OUT(F, SUB)                                                              \
	SUB(object, account, view_admin_account, ALWAYS, 0, 0, "The account")
SHAPE(admin_service_create_out, ACCOUNT_OUT)

#define UPDATE_IN(F, SUB)                                                                \
	F(octets, open_kfid, REQUIRED, 1, 64, "The account")                             \
	F(text, name, OPTIONAL, 1, 64, "Its name for customers")                         \
	ACCOUNT_WORDS(F, OPTIONAL)                                                       \
	F(ints, agentids, OPTIONAL, 0, APPS_MAX, "Apps that manage it; all of them")     \
	F(texts, userids, OPTIONAL, 0, PEOPLE_MAX, "Members who serve; all of them")     \
	F(ints, departments, OPTIONAL, 0, 20, "Departments that serve; all of them")
SHAPE(admin_service_update_in, UPDATE_IN)
#define admin_service_update_out_shape admin_service_create_out_shape

#define ONE_IN(F, SUB) F(octets, open_kfid, REQUIRED, 1, 64, "The account")
SHAPE(admin_service_delete_in, ONE_IN)
NO_OUT(admin_service_delete)
#define admin_service_avatar_in_shape admin_service_delete_in_shape
#define admin_service_avatar_out_shape admin_service_create_out_shape

NO_IN(admin_service_upgrade)
#define UPGRADE(F, SUB)                                                                  \
	F(texts, userids, ALWAYS, 0, 500, "Members who may be recommended")              \
	F(ints, departments, ALWAYS, 0, 100, "Departments")                              \
	F(texts, chat_ids, ALWAYS, 0, 100, "Customer groups")
SHAPE(admin_service_upgrade_out, UPGRADE)
#define admin_service_upgrade_set_in_shape admin_service_upgrade_out_shape
NO_OUT(admin_service_upgrade_set)

NO_IN(admin_knowledge)
#define VIEW_QUESTION(F, SUB)                                                            \
	F(octets, intent, ALWAYS, 0, 64, "Its id")                                       \
	F(text, question, ALWAYS, 0, QUESTION_CHARS, "What is asked")                    \
	F(texts, similars, ALWAYS, 0, SIMILARS_MAX, "Or so")                             \
	F(text, answer, ALWAYS, 0, ANSWER_CHARS, "What the bot answers")
SHAPE(view_question, VIEW_QUESTION)
#define KNOWLEDGE_OUT(F, SUB)                                                            \
	SUB(list, questions, view_question, ALWAYS, 0, QUESTIONS_MAX,                    \
		"In order of making")
SHAPE(admin_knowledge_out, KNOWLEDGE_OUT)
#define PUT_IN(F, SUB)                                                                   \
	F(octets, intent, OPTIONAL, 0, 64, "The one to change; a new one if absent")     \
	F(text, question, REQUIRED, 1, QUESTION_CHARS, "What is asked")                  \
	F(texts, similars, OPTIONAL, 0, SIMILARS_MAX, "Or so")                           \
	F(text, answer, REQUIRED, 1, ANSWER_CHARS, "What the bot answers")
SHAPE(admin_knowledge_put_in, PUT_IN)
#define admin_knowledge_put_out_shape admin_knowledge_out_shape
#define DROP_IN(F, SUB) F(octets, intent, REQUIRED, 1, 64, "The question")
SHAPE(admin_knowledge_drop_in, DROP_IN)
#define admin_knowledge_drop_out_shape admin_knowledge_out_shape

#define STAT_IN(F, SUB)                                                                  \
	F(octets, open_kfid, REQUIRED, 1, 64, "The account")                             \
	F(int, days, OPTIONAL, 1, STAT_DAYS_MAX, "With today; 7 if absent")
SHAPE(admin_service_stats_in, STAT_IN)
#define NUMBERS(F)                                                                       \
	F(int, sessions, ALWAYS, 0, INT64_MAX, "Consultations begun")                    \
	F(int, customers, ALWAYS, 0, INT64_MAX, "Customers who asked")                   \
	F(int, customer_messages, ALWAYS, 0, INT64_MAX, "Their messages")                \
	F(int, servicer_messages, ALWAYS, 0, INT64_MAX, "Messages of servicers")         \
	F(int, served, ALWAYS, 0, INT64_MAX, "Consultations served by people")           \
	F(int, replied, ALWAYS, 0, INT64_MAX, "Of these, replied to")                    \
	F(int, first_reply_s, ALWAYS, 0, INT64_MAX, "Seconds until then, all together")  \
	F(int, asked, ALWAYS, 0, INT64_MAX, "Asked how it was")                          \
	F(int, rated, ALWAYS, 0, INT64_MAX, "Who said so")                               \
	F(int, rating_sum, ALWAYS, 0, INT64_MAX, "Of 1 to 5")                            \
	F(int, good, ALWAYS, 0, INT64_MAX, "4 and 5")                                    \
	F(int, fair, ALWAYS, 0, INT64_MAX, "3")                                          \
	F(int, bad, ALWAYS, 0, INT64_MAX, "1 and 2")                                     \
	F(int, ai_sessions, ALWAYS, 0, INT64_MAX, "Answered by the bot")                 \
	F(int, ai_passed, ALWAYS, 0, INT64_MAX, "Of these, passed to people")            \
	F(int, ai_asked, ALWAYS, 0, INT64_MAX, "Questions to the bot")                   \
	F(int, ai_answered, ALWAYS, 0, INT64_MAX, "Of these, answered")
#define STAT_DAY(F, SUB)                                                                 \
	F(time, day, ALWAYS, 0, INT64_MAX, "Midnight, Unix milliseconds")                \
	NUMBERS(F)
SHAPE(view_service_day, STAT_DAY)
#define STAT_MEMBER(F, SUB)                                                              \
	F(octets, userid, ALWAYS, 0, 64, "Who served")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	NUMBERS(F)
SHAPE(view_service_member_stat, STAT_MEMBER)
#define STAT_OUT(F, SUB)                                                                 \
	SUB(list, days, view_service_day, ALWAYS, 0, STAT_DAYS_MAX, "Day by day")        \
	SUB(list, members, view_service_member_stat, ALWAYS, 0, PEOPLE_MAX,              \
		"By whom they were served, over these days")
SHAPE(admin_service_stats_out, STAT_OUT)

/* ---- the view ---- */

static enum err put_servicers(struct req *rq, const struct service_account *a,
	struct view_admin_account *out)
{
	struct servicer *list;
	size_t n;

	TRY(servicer_all(rq->tx, a, &list, &n));
	out->servicers.v = ARENA_ARRAY(rq->cx->mem, struct view_target, n);
	for (size_t i = 0; i < n; i++) {
		struct view_target *t = &out->servicers.v[out->servicers.n];
		struct department d;
		struct member m;

		if (list[i].kind == SERVICER_DEPARTMENT) {
			if (department_get(rq->tx, a->corp, list[i].target, &d) != OK) {
				ctx_forgive(rq->cx);
				continue;
			}
			t->department = d.department;
			t->name = d.name;
		} else {
			TRY(member_get(rq->tx, a->corp, list[i].target, &m));
			if (m.status == MEMBER_LEFT)
				continue;
			t->userid = m.userid;
			t->name = m.name;
			t->stopped = list[i].stopped;
		}
		out->servicers.n++;
	}
	return OK;
}

static enum err put_account(struct req *rq, const struct service_account *a,
	struct view_admin_account *out)
{
	*out = (struct view_admin_account){
		.open_kfid = a->open_kfid,
		.name = a->name,
		.avatar = view_avatar(rq->cx->mem, a->corp, a->avatar),
		.first = a->first,
		.routing = a->routing,
		.prefers_last = a->prefers_last,
		.max_sessions = a->max_sessions,
		.silence_s = a->silence_s,
		.threshold = a->threshold,
		.hours = a->hours.n ? a->hours : STR("{}"),
		.welcome = a->welcome,
		.away_words = a->away_words,
		.end_words = a->end_words,
		.asks_rating = a->asks_rating,
		.created = a->created_ms,
	};
	TRY(service_way(rq->tx, a, STR(""), &out->code));
	out->url = arena_printf(rq->cx->mem, "%.*s/k/%.*s",
		STR_FMT(rq->house->public_url), STR_FMT(out->code));
	TRY(service_grants(rq->tx, a, &out->agentids));
	return put_servicers(rq, a, out);
}

/* A GET that writes, once: the link is made when it is first looked at. */
static enum err admin_service_accounts(struct req *rq)
{
	struct admin_service_accounts_out *out = rq->out;
	struct service_account *list;
	size_t n;

	TRY(service_account_page(rq->tx, rq->cx->actor.corp, 0, ACCOUNTS_PAGE, &list,
		&n));
	out->accounts.v = ARENA_ARRAY(rq->cx->mem, struct view_admin_account, n);
	out->accounts.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(put_account(rq, &list[i], &out->accounts.v[i]));
	return OK;
}

static enum err answer(struct req *rq, const struct service_account *a)
{
	struct admin_service_create_out *out = rq->out;

	out->account = ARENA_NEW(rq->cx->mem, struct view_admin_account);
	return put_account(rq, a, out->account);
}

/* ---- changing ---- */

static enum err admin_service_create(struct req *rq)
{
	const struct admin_service_create_in *in = rq->in;
	struct service_account a = service_account_default(rq->cx->actor.corp);

	a.name = str_trim(in->name);
	TRY(service_account_add(rq->tx, &a));
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "service.create", a.open_kfid, a.name));
	return answer(rq, &a);
}

static void read_words(const struct admin_service_update_in *in,
	struct service_account *a)
{
#define TAKE(kind, field, need, min, max, doc)                                           \
	if (HAS(in, field))                                                              \
		a->field = in->field;
	ACCOUNT_WORDS(TAKE, OPTIONAL)
#undef TAKE
	if (HAS(in, name))
		a->name = str_trim(in->name);
	if (str_is(a->hours, "{}"))
		a->hours = STR("");
}

static enum err set_apps(struct req *rq, const struct service_account *a,
	struct ints wanted)
{
	struct ints now;
	struct app app;

	TRY(service_grants(rq->tx, a, &now));
	for (size_t i = 0; i < wanted.n; i++) {
		TRY(app_get(rq->tx, a->corp, wanted.v[i], &app));
		if (!ints_has(&now, wanted.v[i]))
			TRY(service_grant(rq->tx, a, wanted.v[i], true, false));
	}
	for (size_t i = 0; i < now.n; i++)
		if (!ints_has(&wanted, now.v[i]))
			TRY(service_grant(rq->tx, a, now.v[i], false, false));
	return OK;
}

/* All of a kind from now on. */
static enum err set_servicers(struct req *rq, const struct service_account *a,
	int64_t kind, struct ints wanted)
{
	struct servicer *now;
	size_t n;
	bool done;

	TRY(servicer_all(rq->tx, a, &now, &n));
	for (size_t i = 0; i < n; i++)
		if (now[i].kind == kind && !ints_has(&wanted, now[i].target))
			TRY(servicer_drop(rq->tx, a, kind, now[i].target, &done));
	for (size_t i = 0; i < wanted.n; i++)
		TRY(servicer_add(rq->tx, a, kind, wanted.v[i], &done));
	return OK;
}

static enum err members_of(struct req *rq, struct texts userids, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, userids.n);
	out->n = userids.n;
	for (size_t i = 0; i < userids.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, rq->cx->actor.corp, userids.v[i], &m));
		out->v[i] = m.member;
	}
	return OK;
}

static enum err check_departments(struct req *rq, struct ints ids)
{
	for (size_t i = 0; i < ids.n; i++) {
		struct department d;

		TRY(department_get(rq->tx, rq->cx->actor.corp, ids.v[i], &d));
	}
	return OK;
}

static enum err admin_service_update(struct req *rq)
{
	const struct admin_service_update_in *in = rq->in;
	struct service_account a;
	struct ints members;

	TRY(service_account_by_open(rq->tx, rq->cx->actor.corp, in->open_kfid, &a));
	read_words(in, &a);
	TRY(service_account_set(rq->tx, &a));
	if (HAS(in, agentids))
		TRY(set_apps(rq, &a, in->agentids));
	if (HAS(in, userids)) {
		TRY(members_of(rq, in->userids, &members));
		TRY(set_servicers(rq, &a, SERVICER_MEMBER, members));
	}
	if (HAS(in, departments)) {
		TRY(check_departments(rq, in->departments));
		TRY(set_servicers(rq, &a, SERVICER_DEPARTMENT, in->departments));
	}
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "service.update", a.open_kfid, a.name));
	TRY(service_route(rq->tx, &a));
	return answer(rq, &a);
}

static enum err admin_service_delete(struct req *rq)
{
	const struct admin_service_delete_in *in = rq->in;
	struct service_account a;

	TRY(service_account_by_open(rq->tx, rq->cx->actor.corp, in->open_kfid, &a));
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "service.delete", a.open_kfid, a.name));
	return service_close(rq->tx, &a);
}

/* ---- its picture ---- */

struct picturing {
	struct req *rq;
	struct media media;
};

static enum err set_picture(struct tx *tx, void *arg)
{
	struct picturing *p = arg;
	const struct admin_service_delete_in *in = p->rq->in;
	struct service_account a;

	TRY(service_account_by_open(tx, tx->cx->actor.corp, in->open_kfid, &a));
	TRY(media_add(tx, &p->media));
	a.avatar = p->media.key;
	TRY(service_account_set(tx, &a));
	TRY(audit_add(tx, tx->cx->actor.corp, "service.picture", a.open_kfid, a.name));
	p->rq->tx = tx;
	return answer(p->rq, &a);
}

static enum err admin_service_avatar(struct req *rq)
{
	struct picturing p = { .rq = rq };
	const struct multipart_part *part;
	struct multipart parts;

	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "field `media`: no part with a file");
	p.media = (struct media){ .corp = rq->cx->actor.corp,
		.kind = STR("avatar"),
		.name = STR("avatar"),
		.size = (int64_t)part->body.n,
		.expires_ms = -1 };
	p.media.mime = str_of(mime_sniff(str_sub(part->body, 0, 4096), part->filename));
	if (!str_is(p.media.mime, "image/png") && !str_is(p.media.mime, "image/jpeg"))
		return why(rq->cx, ERR_BAD_MEDIA_TYPE, "field `media`: PNG or JPEG");
	if (part->body.n > PICTURE_BYTES)
		return why(rq->cx, ERR_MEDIA_TOO_LARGE, "field `media`: at most 2 MB");
	TRY(media_store_file(rq->cx, part->body, &p.media.sha256));
	return store_write(rq->house->store, rq->cx, set_picture, &p);
}

/* ---- to whom customers may be passed on ---- */

static enum err admin_service_upgrade(struct req *rq)
{
	struct admin_service_upgrade_out *out = rq->out;
	struct service_upgrade u;

	TRY(service_upgrade_get(rq->tx, rq->cx->actor.corp, &u));
	out->departments = u.departments;
	out->chat_ids = u.groups;
	out->userids.v = ARENA_ARRAY(rq->cx->mem, str, u.members.n);
	for (size_t i = 0; i < u.members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, rq->cx->actor.corp, u.members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			out->userids.v[out->userids.n++] = m.userid;
	}
	return OK;
}

static enum err admin_service_upgrade_set(struct req *rq)
{
	const struct admin_service_upgrade_out *in = rq->in;
	struct service_upgrade u = { .departments = in->departments,
		.groups = in->chat_ids };

	TRY(members_of(rq, in->userids, &u.members));
	TRY(check_departments(rq, in->departments));
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "service.upgrade", STR(""), STR("")));
	return service_upgrade_set(rq->tx, rq->cx->actor.corp, &u);
}

/* ---- what the bot knows ---- */

static enum err admin_knowledge(struct req *rq)
{
	struct admin_knowledge_out *out = rq->out;
	struct intent *list;
	size_t n;

	TRY(intent_list(rq->tx, rq->cx->actor.corp, 0, 0, QUESTIONS_MAX, &list, &n));
	out->questions.v = ARENA_ARRAY(rq->cx->mem, struct view_question, n);
	out->questions.n = n;
	for (size_t i = 0; i < n; i++) {
		struct view_question *q = &out->questions.v[i];

		q->intent = id_text(rq->cx->mem, "", list[i].intent);
		q->question = list[i].question;
		q->similars = list[i].similars;
		q->answer = list[i].answer;
	}
	return OK;
}

/* A new one goes into the first group; the open API knows more of groups. */
static enum err admin_knowledge_put(struct req *rq)
{
	const struct admin_knowledge_put_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp, id = 0;
	struct intent i = { .attachments = STR("[]") };
	struct kgroup *groups;
	size_t n;

	if (in->intent.n && !id_parse(in->intent, "", &id))
		return why(rq->cx, ERR_NOT_FOUND, "intent");
	if (id)
		TRY(intent_get(rq->tx, corp, id, &i));
	TRY(kgroup_list(rq->tx, corp, &groups, &n));
	i.kgroup = id ? i.kgroup : groups[0].kgroup;
	i.question = in->question;
	i.similars = in->similars;
	i.answer = in->answer;
	TRY(id ? intent_set(rq->tx, corp, &i) : intent_add(rq->tx, corp, &i));
	TRY(audit_add(rq->tx, corp, "service.knowledge", i.question, STR("")));
	return admin_knowledge(rq);
}

static enum err admin_knowledge_drop(struct req *rq)
{
	const struct admin_knowledge_drop_in *in = rq->in;
	int64_t id;

	if (!id_parse(in->intent, "", &id))
		return why(rq->cx, ERR_NOT_FOUND, "intent");
	TRY(intent_drop(rq->tx, rq->cx->actor.corp, id));
	return admin_knowledge(rq);
}

/* ---- numbers ---- */

#define COPY(kind, name, need, min, max, doc) to->name = from->name;

static void put_day(const struct service_stat *from, struct view_service_day *to)
{
	to->day = from->day_s * 1000;
	NUMBERS(COPY)
}

static enum err put_member(struct req *rq, const struct service_member_stat *s,
	struct view_service_member_stat *to)
{
	const struct service_stat *from = &s->stat;
	struct member m;

	TRY(member_get(rq->tx, rq->cx->actor.corp, s->member, &m));
	to->userid = m.userid;
	to->name = m.name;
	NUMBERS(COPY)
	return OK;
}

static enum err admin_service_stats(struct req *rq)
{
	const struct admin_service_stats_in *in = rq->in;
	struct admin_service_stats_out *out = rq->out;
	int64_t to_s = service_midnight_s(rq->cx->now_ms / 1000);
	int64_t from_s = to_s - ((in->days ? in->days : 7) - 1) * STAT_DAY_S;
	struct service_member_stat *members;
	struct service_account a;
	struct service_stat *days;
	size_t n;

	TRY(service_account_by_open(rq->tx, rq->cx->actor.corp, in->open_kfid, &a));
	TRY(service_stats(rq->tx, &a, 0, from_s, to_s, &days, &n));
	out->days.v = ARENA_ARRAY(rq->cx->mem, struct view_service_day, n);
	out->days.n = n;
	for (size_t i = 0; i < n; i++)
		put_day(&days[i], &out->days.v[i]);
	TRY(service_member_stats(rq->tx, &a, from_s, to_s, &members, &n));
	out->members.v = ARENA_ARRAY(rq->cx->mem, struct view_service_member_stat, n);
	out->members.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(put_member(rq, &members[i], &out->members.v[i]));
	return OK;
}

const struct route admin_service_routes[] = {
	GET("/v1/admin/service/accounts", admin_service_accounts, admin, WRITES,
		"Service accounts"),
	POST("/v1/admin/service/account/create", admin_service_create, admin, WRITES,
		"Make one"),
	POST("/v1/admin/service/account/update", admin_service_update, admin, WRITES,
		"Change it, who serves, and which apps manage it"),
	POST("/v1/admin/service/account/delete", admin_service_delete, admin, WRITES,
		"Delete it; its consultations end"),
	UPLOAD("/v1/admin/service/account/picture", admin_service_avatar, admin, WAITS,
		"Change its picture"),
	GET("/v1/admin/service/knowledge", admin_knowledge, admin, READS,
		"What the bot knows"),
	POST("/v1/admin/service/knowledge/put", admin_knowledge_put, admin, WRITES,
		"Add a question and its answer, or change one"),
	POST("/v1/admin/service/knowledge/drop", admin_knowledge_drop, admin, WRITES,
		"Delete a question"),
	GET("/v1/admin/service/statistics", admin_service_stats, admin, READS,
		"How it went, day by day and member by member"),
	GET("/v1/admin/service/upgrade", admin_service_upgrade, admin, READS,
		"To whom customers may be passed on"),
	POST("/v1/admin/service/upgrade", admin_service_upgrade_set, admin, WRITES,
		"Change that"),
	LAST_ROUTE,
};
