/*
 * client/companies.c - "my companies": who serves the consumer, and what of him each
 * company has.  doc/decisions/consent.md says what is shown and why.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/company.h"
#include "core/customer/block.h"
#include "core/customer/consent.h"
#include "core/group/group.h"
#include "core/customer/tag.h"

SHAPE_TABLE(company_person, COMPANY_PERSON)
SHAPE_TABLE(company_group, COMPANY_GROUP)
SHAPE_TABLE(company_view, COMPANY_VIEW)
SHAPE_TABLE(company_holds, COMPANY_HOLDS)

NO_IN(companies)
#define COMPANIES_OUT(F, SUB)                                                            \
	SUB(list, companies, company_view, ALWAYS, 0, 10000,                             \
		"Those who serve him, and those he has shut out")
SHAPE(companies_out, COMPANIES_OUT)

#define COMPANY_IN(F, SUB) F(octets, corpid, REQUIRED, 1, 64, "The company")
SHAPE(company_in, COMPANY_IN)
#define COMPANY_OUT(F, SUB)                                                              \
	SUB(object, company, company_view, ALWAYS, 0, 0, "The company")                  \
	SUB(object, holds, company_holds, ALWAYS, 0, 0, "What it has of him")
SHAPE(company_out, COMPANY_OUT)

#define company_withdraw_in_shape company_in_shape
NO_OUT(company_withdraw)

/* ---- what is shown ---- */

static str status_of(const struct follow *f, bool blocked)
{
	if (blocked)
		return STR("blocked");
	return f->status == FOLLOW_ACTIVE  ? STR("active")
		: f->status == FOLLOW_LEFT ? STR("left")
					   : STR("ended");
}

static bool is_blocked(const struct block *blocks, size_t n, int64_t corp, int64_t member)
{
	for (size_t i = 0; i < n; i++)
		if (blocks[i].corp == corp && blocks[i].member == member)
			return true;
	return false;
}

enum err company_person_of(struct tx *tx, int64_t corp, int64_t member,
	struct company_person *out)
{
	struct member m;

	TRY(member_get(tx, corp, member, &m));
	out->person = id_text(tx->cx->mem, "u", member);
	out->name = m.name;
	out->position = m.external_position.n ? m.external_position : m.position;
	out->avatar = view_avatar(tx->cx->mem, corp, m.avatar);
	return OK;
}

struct gathering {
	int64_t consumer;
	struct consumer_chat *chats;
	struct block *blocks;
	size_t n_chats, n_blocks;
};

static enum err gather(struct tx *tx, int64_t consumer, struct gathering *g)
{
	g->consumer = consumer;
	TRY(consumer_chats(tx, consumer, &g->chats, &g->n_chats));
	return blocks_of(tx, consumer, &g->blocks, &g->n_blocks);
}

/* A group, or the chat with a service account: as his list of chats names it. */
static enum err add_group(struct tx *tx, const struct gathering *g, const struct chat *c,
	struct company_view *out)
{
	struct viewer v = { .kind = PERSON_CUSTOMER, .id = g->consumer };
	struct view_chat seen = { 0 };

	if (view_chat_of(tx, &v, c->corp, c->chat, &seen) != OK) {
		ctx_forgive(tx->cx); /* he has left it */
		return OK;
	}
	out->groups.v[out->groups.n++] = (struct company_group){
		.chat = seen.chat,
		.kind = seen.kind,
		.name = seen.peer->name,
		.messages = c->last_seq,
		.closed = c->closed,
	};
	return OK;
}

/* One chat of his there: a person's, or a group. */
static enum err add_chat(struct tx *tx, const struct gathering *g,
	const struct consumer_chat *at, struct company_view *out)
{
	struct company_person *p = &out->people.v[out->people.n];
	struct follow f;
	struct chat chat;

	TRY(chat_get(tx, at->corp, at->chat, &chat));
	out->messages += chat.last_seq;
	if (follow_by_chat(tx, at->corp, at->chat, &f) != OK) {
		ctx_forgive(tx->cx);
		return add_group(tx, g, &chat, out);
	}
	TRY(company_person_of(tx, at->corp, f.member, p));
	p->chat = chat_name(tx->cx->mem, at->corp, at->chat);
	p->added = f.created_ms;
	p->add_way = f.add_way;
	p->messages = chat.last_seq;
	p->status = status_of(&f, is_blocked(g->blocks, g->n_blocks, at->corp, f.member));
	out->people.n++;
	return OK;
}

/* Whom he has shut out and has no chat with any more. */
static enum err add_blocked(struct tx *tx, const struct gathering *g, int64_t corp,
	struct company_view *out)
{
	for (size_t i = 0; i < g->n_blocks; i++) {
		struct company_person *p = &out->people.v[out->people.n];
		str id = id_text(tx->cx->mem, "u", g->blocks[i].member);
		bool there = g->blocks[i].corp != corp || !g->blocks[i].member;

		for (size_t j = 0; j < out->people.n && !there; j++)
			there = str_same(out->people.v[j].person, id);
		if (there)
			continue;
		TRY(company_person_of(tx, corp, g->blocks[i].member, p));
		p->status = STR("blocked");
		out->people.n++;
	}
	return OK;
}

static enum err fill(struct tx *tx, const struct gathering *g, int64_t corp,
	struct company_view *out)
{
	struct customer customer;
	int64_t is = 0;

	out->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	TRY(view_corp_of(tx, corp, out->corp));
	out->blocked = is_blocked(g->blocks, g->n_blocks, corp, 0);
	out->people.v =
		ARENA_ARRAY(tx->cx->mem, struct company_person, g->n_chats + g->n_blocks);
	out->groups.v = ARENA_ARRAY(tx->cx->mem, struct company_group, g->n_chats);
	for (size_t i = 0; i < g->n_chats; i++)
		if (g->chats[i].corp == corp) {
			is = g->chats[i].customer;
			TRY(add_chat(tx, g, &g->chats[i], out));
		}
	TRY(add_blocked(tx, g, corp, out));
	if (!is)
		return OK;
	TRY(customer_get(tx, corp, is, &customer));
	out->since = customer.created_ms;
	return OK;
}

static void note_corp(struct ints *corps, int64_t corp)
{
	if (!ints_has(corps, corp))
		corps->v[corps->n++] = corp;
}

static enum err companies(struct req *rq)
{
	struct companies_out *out = rq->out;
	struct gathering g;
	struct ints corps;

	TRY(gather(rq->tx, rq->cx->actor.id, &g));
	corps = (struct ints){ ARENA_ARRAY(rq->cx->mem, int64_t, g.n_chats + g.n_blocks),
		0 };
	for (size_t i = 0; i < g.n_chats; i++)
		note_corp(&corps, g.chats[i].corp);
	for (size_t i = 0; i < g.n_blocks; i++)
		note_corp(&corps, g.blocks[i].corp);
	out->companies.v = ARENA_ARRAY(rq->cx->mem, struct company_view, corps.n);
	out->companies.n = corps.n;
	for (size_t i = 0; i < corps.n; i++)
		TRY(fill(rq->tx, &g, corps.v[i], &out->companies.v[i]));
	return OK;
}

/* ---- one of them ---- */

enum err company_find(struct tx *tx, str corpid, struct corp *out_corp,
	struct customer *out)
{
	struct consumer_chat *chats;
	size_t n;

	if (corp_by_corpid(tx, corpid, out_corp) != OK)
		return why(tx->cx, ERR_NOT_FOUND, "field `corpid`: not one of yours");
	TRY(consumer_chats(tx, tx->cx->actor.id, &chats, &n));
	for (size_t i = 0; i < n; i++)
		if (chats[i].corp == out_corp->corp)
			return customer_get(tx, out_corp->corp, chats[i].customer, out);
	return why(tx->cx, ERR_NOT_FOUND, "field `corpid`: not one of yours");
}

enum { LABELS_MAX = 200 };

/* The labels that any member has put on him, each once. */
static enum err add_labels(struct tx *tx, const struct follow *f,
	struct company_holds *out)
{
	struct follow_tag *tags;
	size_t n;

	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &n));
	for (size_t i = 0; i < n && out->labels.n < LABELS_MAX; i++) {
		bool there = false;

		for (size_t j = 0; j < out->labels.n; j++)
			there |= str_same(out->labels.v[j], tags[i].name);
		if (!there)
			out->labels.v[out->labels.n++] = tags[i].name;
	}
	return OK;
}

static bool has_notes(const struct follow *f)
{
	return f->remark.n || f->description.n || f->remark_company.n ||
		f->remark_mobiles.n > 2;
}

enum err company_holds_of(struct tx *tx, const struct customer *c,
	struct company_holds *out)
{
	struct follow *follows;
	size_t n;

	out->name = c->name;
	out->avatar = view_avatar(tx->cx->mem, c->corp, c->avatar);
	out->since = c->created_ms;
	out->labels.v = ARENA_ARRAY(tx->cx->mem, str, LABELS_MAX);
	TRY(follow_ever(tx, c->corp, c->customer, &follows, &n));
	for (size_t i = 0; i < n; i++) {
		out->notes |= has_notes(&follows[i]);
		TRY(add_labels(tx, &follows[i], out));
	}
	return OK;
}

enum err company_view_of(struct tx *tx, int64_t corp, struct company_view *out)
{
	struct gathering g;

	TRY(gather(tx, tx->cx->actor.id, &g));
	return fill(tx, &g, corp, out);
}

static enum err company(struct req *rq)
{
	const struct company_in *in = rq->in;
	struct company_out *out = rq->out;
	struct customer customer;
	struct corp corp;

	TRY(company_find(rq->tx, in->corpid, &corp, &customer));
	out->company = ARENA_NEW(rq->cx->mem, struct company_view);
	TRY(company_view_of(rq->tx, corp.corp, out->company));
	out->holds = ARENA_NEW(rq->cx->mem, struct company_holds);
	return company_holds_of(rq->tx, &customer, out->holds);
}

static enum err company_withdraw(struct req *rq)
{
	const struct company_in *in = rq->in;
	struct customer customer;
	struct person me;
	struct corp corp;

	TRY(company_find(rq->tx, in->corpid, &corp, &customer));
	me = (struct person){ PERSON_CUSTOMER, customer.customer, rq->cx->actor.id };
	TRY(group_leave_all(rq->tx, corp.corp, &me));
	return consent_withdraw(rq->tx, rq->cx->actor.id, corp.corp);
}

const struct route company_routes[] = {
	GET("/v1/companies", companies, consumer, READS,
		"All who serve the consumer, by company"),
	GET("/v1/company", company, consumer, READS,
		"One of them, and what it has of him"),
	POST("/v1/company/withdraw", company_withdraw, consumer, WRITES,
		"Take the consent back: he leaves everybody there and is forgotten"),
	LAST_ROUTE,
};
