/*
 * client/customers.c - a member's customers, and his own code.
 */
#include "base/ids.h"
#include "client/card.h"
#include "client/client.h"
#include "core/customer/follow.h"
#include "core/customer/tag.h"
#include "core/customer/way.h"

enum { CUSTOMERS_DEFAULT = 50, CUSTOMERS_MAX = 200 };

#define VIEW_FOLLOW_TAG(F, SUB)                                                          \
	F(octets, tag_id, ALWAYS, 1, 64, "The label")                                    \
	F(text, name, ALWAYS, 1, TAG_NAME_MAX, "Its name")                               \
	F(text, group_name, ALWAYS, 1, TAG_NAME_MAX, "Its group's")
SHAPE(view_follow_tag, VIEW_FOLLOW_TAG)
#define VIEW_FOLLOW(F, SUB)                                                              \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer")                        \
	F(text, name, ALWAYS, 1, 64, "What he calls himself")                            \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(text, remark, ALWAYS, 0, REMARK_MAX, "What the member calls him")              \
	F(text, description, ALWAYS, 0, DESCRIPTION_MAX, "What the member knows of him") \
	F(text, remark_company, ALWAYS, 0, REMARK_MAX, "His company")                    \
	F(texts, remark_mobiles, ALWAYS, 0, REMARK_MOBILES_MAX, "His numbers")           \
	SUB(list, tags, view_follow_tag, ALWAYS, 0, TAGS_OF_FOLLOW_MAX, "Labels")        \
	F(text, state, ALWAYS, 0, 30, "Of the contact way he came by")                   \
	F(int, add_way, ALWAYS, 0, 202, "How he came: 1 by a code")                      \
	F(text, way_remark, ALWAYS, 0, 30, "The corp's name for that way")               \
	F(time, created, ALWAYS, 0, INT64_MAX, "When he was added, Unix milliseconds")   \
	F(octets, chat, ALWAYS, 1, 64, "The chat with him")                              \
	F(octets, status, ALWAYS, 1, 16,                                                 \
		"active, deleted (by the member), left or transferred")
SHAPE(view_follow, VIEW_FOLLOW)

#define CUSTOMERS_IN(F, SUB)                                                             \
	F(text, q, OPTIONAL, 0, 64, "Is in his name, remark or company")                 \
	F(octets, tag, OPTIONAL, 0, 64, "Has this label")                                \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, CUSTOMERS_MAX, "At most so many; 50 if absent")
SHAPE(customers_in, CUSTOMERS_IN)
#define CUSTOMERS_OUT(F, SUB)                                                            \
	SUB(list, customers, view_follow, ALWAYS, 0, CUSTOMERS_MAX, "Newest first")      \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(customers_out, CUSTOMERS_OUT)

#define CUSTOMER_IN(F, SUB) F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(customer_in, CUSTOMER_IN)
#define CUSTOMER_OUT(F, SUB)                                                             \
	SUB(object, customer, view_follow, ALWAYS, 0, 0, "The customer")
SHAPE(customer_out, CUSTOMER_OUT)

#define CUSTOMER_NOTE_IN(F, SUB)                                                         \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(text, remark, OPTIONAL, 0, REMARK_MAX, "What the member calls him")            \
	F(text, description, OPTIONAL, 0, DESCRIPTION_MAX,                               \
		"What the member knows of him")                                          \
	F(text, remark_company, OPTIONAL, 0, REMARK_MAX, "His company")                  \
	F(texts, remark_mobiles, OPTIONAL, 0, REMARK_MOBILES_MAX, "His numbers; replaces")
SHAPE(customer_note_in, CUSTOMER_NOTE_IN)
#define customer_note_out_shape customer_out_shape

#define CUSTOMER_TAGS_IN(F, SUB)                                                         \
	F(octets, external_userid, REQUIRED, 1, 64, "The customer")                      \
	F(texts, tag_ids, REQUIRED, 0, TAGS_OF_FOLLOW_MAX, "All his labels from now on")
SHAPE(customer_tags_in, CUSTOMER_TAGS_IN)
#define customer_tags_out_shape customer_out_shape

#define customer_drop_in_shape customer_in_shape
NO_OUT(customer_drop)

NO_IN(tags)
#define VIEW_TAG(F, SUB)                                                                 \
	F(octets, tag_id, ALWAYS, 1, 64, "The label")                                    \
	F(text, name, ALWAYS, 1, TAG_NAME_MAX, "Its name")
SHAPE(view_tag, VIEW_TAG)
#define VIEW_TAG_GROUP(F, SUB)                                                           \
	F(octets, group_id, ALWAYS, 1, 64, "The group")                                  \
	F(text, name, ALWAYS, 1, TAG_NAME_MAX, "Its name")                               \
	SUB(list, tags, view_tag, ALWAYS, 0, TAGS_MAX, "Its labels, in order")
SHAPE(view_tag_group, VIEW_TAG_GROUP)
#define TAGS_OUT(F, SUB)                                                                 \
	SUB(list, groups, view_tag_group, ALWAYS, 0, TAGS_MAX,                           \
		"The corp's labels, in order")
SHAPE(tags_out, TAGS_OUT)

NO_IN(my_code)
#define MY_CODE_OUT(F, SUB)                                                              \
	F(octets, code, ALWAYS, 1, 64, "The end of the link")                            \
	F(octets, url, ALWAYS, 1, 2048, "The link")                                      \
	SUB(object, card, view_card, ALWAYS, 0, 0, "What a customer sees behind it")
SHAPE(my_code_out, MY_CODE_OUT)

/* ---- what is shown ---- */

static enum err fill_tags(struct tx *tx, const struct follow *f, struct view_follow *out)
{
	struct follow_tag *tags;
	size_t n;

	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &n));
	out->tags.v = ARENA_ARRAY(tx->cx->mem, struct view_follow_tag, n);
	out->tags.n = n;
	for (size_t i = 0; i < n; i++) {
		out->tags.v[i].tag_id = tag_id_text(tx->cx->mem, tags[i].tag);
		out->tags.v[i].name = tags[i].name;
		out->tags.v[i].group_name = tags[i].group_name;
	}
	return OK;
}

static str status_name(enum follow_status status)
{
	switch (status) {
	case FOLLOW_DELETED:
		return STR("deleted");
	case FOLLOW_LEFT:
		return STR("left");
	case FOLLOW_TRANSFERRED:
		return STR("transferred");
	case FOLLOW_ACTIVE:
		break;
	}
	return STR("active");
}

static enum err fill(struct tx *tx, const struct follow *f, const struct customer *c,
	struct view_follow *out)
{
	struct way way;
	bool has_way = f->way && way_get(tx, f->corp, f->way, &way) == OK;

	ctx_forgive(tx->cx); /* a way may be gone since */
	*out = (struct view_follow){
		.external_userid = c->external_userid,
		.name = c->name,
		.avatar = view_avatar(tx->cx->mem, f->corp, c->avatar),
		.remark = f->remark,
		.description = f->description,
		.remark_company = f->remark_company,
		.state = f->state,
		.add_way = f->add_way,
		.way_remark = has_way ? way.remark : STR(""),
		.created = f->created_ms,
		.chat = chat_name(tx->cx->mem, f->corp, f->chat),
		.status = status_name(f->status),
	};
	TRY(follow_mobiles(tx->cx, f, &out->remark_mobiles));
	return fill_tags(tx, f, out);
}

/* ---- reading ---- */

static enum err cursor_parse(struct ctx *cx, str cursor, struct follow_query *q)
{
	if (cursor.n && !id_pair_parse(cursor, "k", &q->before_ms, &q->before_customer))
		return why(cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	return OK;
}

static str cursor_text(struct arena *mem, const struct follow *f)
{
	return id_pair_text(mem, "k", f->created_ms, f->customer);
}

static enum err customers(struct req *rq)
{
	const struct customers_in *in = rq->in;
	struct customers_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : CUSTOMERS_DEFAULT, n;
	struct follow_query q = { .member = rq->cx->actor.id,
		.q = in->q,
		.limit = (int64_t)limit + 1 };
	struct customer_follow *list;

	TRY(cursor_parse(rq->cx, in->cursor, &q));
	if (in->tag.n && !tag_id_parse(in->tag, &q.tag))
		return why(rq->cx, ERR_BAD_TAG_ID, "tag: no such label");
	TRY(follow_find(rq->tx, rq->cx->actor.corp, &q, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = cursor_text(rq->cx->mem, &list[n - 1].follow);
	}
	out->customers.v = ARENA_ARRAY(rq->cx->mem, struct view_follow, n);
	out->customers.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq->tx, &list[i].follow, &list[i].customer,
			&out->customers.v[i]));
	return OK;
}

/* The member's relation with a customer, in any status or only while it lives. */
static enum err find(struct req *rq, str external_userid, bool active, struct follow *f,
	struct customer *c)
{
	const struct actor *me = &rq->cx->actor;

	if (customer_by_external(rq->tx, me->corp, external_userid, c) != OK)
		return why(rq->cx, ERR_NOT_FOUND, "external_userid: no such customer");
	return active ? follow_get(rq->tx, me->corp, me->id, c->customer, f)
		      : follow_find_any(rq->tx, me->corp, me->id, c->customer, f);
}

static enum err answer(struct req *rq, const struct follow *f, const struct customer *c)
{
	struct customer_out *out = rq->out;

	out->customer = ARENA_NEW(rq->cx->mem, struct view_follow);
	return fill(rq->tx, f, c, out->customer);
}

static enum err customer(struct req *rq)
{
	const struct customer_in *in = rq->in;
	struct follow f;
	struct customer c;

	TRY(find(rq, in->external_userid, false, &f, &c));
	return answer(rq, &f, &c);
}

static enum err tags(struct req *rq)
{
	struct tags_out *out = rq->out;
	struct tag_group *groups;
	size_t n;

	TRY(tag_groups_of_member(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, &groups,
		&n));
	out->groups.v = ARENA_ARRAY(rq->cx->mem, struct view_tag_group, n);
	out->groups.n = n;
	for (size_t i = 0; i < n; i++) {
		struct view_tag_group *g = &out->groups.v[i];

		g->group_id = tag_id_text(rq->cx->mem, groups[i].tag_group);
		g->name = groups[i].name;
		g->tags.n = groups[i].n_tags;
		g->tags.v = ARENA_ARRAY(rq->cx->mem, struct view_tag, g->tags.n);
		for (size_t j = 0; j < g->tags.n; j++) {
			g->tags.v[j].tag_id =
				tag_id_text(rq->cx->mem, groups[i].tags[j].tag);
			g->tags.v[j].name = groups[i].tags[j].name;
		}
	}
	return OK;
}

/* ---- changing ---- */

static enum err customer_note(struct req *rq)
{
	const struct customer_note_in *in = rq->in;
	struct follow_notes notes = { 0 };
	struct follow f;
	struct customer c;
	str mobiles;

	TRY(find(rq, in->external_userid, true, &f, &c));
	if (HAS(in, remark))
		notes.remark = &in->remark;
	if (HAS(in, description))
		notes.description = &in->description;
	if (HAS(in, remark_company))
		notes.remark_company = &in->remark_company;
	if (HAS(in, remark_mobiles)) {
		TRY(follow_mobiles_pack(rq->cx, in->remark_mobiles, &mobiles));
		notes.remark_mobiles = &mobiles;
	}
	TRY(follow_note(rq->tx, &f, &notes, 0));
	return answer(rq, &f, &c);
}

/* From the labels he shall have, and those he has, what to put on and take off. */
static enum err tag_changes(struct req *rq, const struct follow *f, struct texts wanted,
	struct ints *add, struct ints *remove)
{
	struct ints has, all = { .v = ARENA_ARRAY(rq->cx->mem, int64_t, wanted.n) };
	struct follow_tag *now;
	size_t n;

	TRY(follow_tags(rq->tx, f->corp, f->member, f->customer, &now, &n));
	has.v = ARENA_ARRAY(rq->cx->mem, int64_t, n);
	remove->v = ARENA_ARRAY(rq->cx->mem, int64_t, n);
	add->v = ARENA_ARRAY(rq->cx->mem, int64_t, wanted.n);
	has.n = add->n = remove->n = 0;
	for (size_t i = 0; i < n; i++)
		has.v[has.n++] = now[i].tag;
	for (size_t i = 0; i < wanted.n; i++) {
		int64_t tag;

		if (!tag_id_parse(wanted.v[i], &tag))
			return why(rq->cx, ERR_BAD_TAG_ID, "tag_ids[%zu]: no such label",
				i);
		if (!ints_has(&has, tag) && !ints_has(add, tag))
			add->v[add->n++] = tag;
		all.v[all.n++] = tag;
	}
	for (size_t i = 0; i < has.n; i++)
		if (!ints_has(&all, has.v[i]))
			remove->v[remove->n++] = has.v[i];
	return OK;
}

static enum err customer_tags(struct req *rq)
{
	const struct customer_tags_in *in = rq->in;
	struct ints add, remove;
	struct follow f;
	struct customer c;

	TRY(find(rq, in->external_userid, true, &f, &c));
	TRY(tag_changes(rq, &f, in->tag_ids, &add, &remove));
	if (add.n || remove.n)
		TRY(follow_mark(rq->tx, &f, add, remove, 0));
	return answer(rq, &f, &c);
}

static enum err customer_drop(struct req *rq)
{
	const struct customer_in *in = rq->in;
	struct follow f;
	struct customer c;

	TRY(find(rq, in->external_userid, true, &f, &c));
	return follow_delete(rq->tx, &f);
}

/* ---- the member's own code ---- */

/* A GET that writes, once: the code is made when it is first looked at. */
static enum err my_code(struct req *rq)
{
	struct my_code_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct member m;
	struct way w;

	TRY(way_own(rq->tx, me->corp, me->id, &w));
	TRY(member_get(rq->tx, me->corp, me->id, &m));
	out->code = w.code;
	out->url = card_url(rq, &w);
	out->card = ARENA_NEW(rq->cx->mem, struct view_card);
	return view_card_of(rq->tx, &w, &m, out->card);
}

const struct route customer_routes[] = {
	GET("/v1/customers", customers, member, READS, "The member's customers"),
	GET("/v1/customer", customer, member, READS, "One of them"),
	POST("/v1/customer/remark", customer_note, member, WRITES,
		"Change the notes on him"),
	POST("/v1/customer/tags", customer_tags, member, WRITES, "Set his labels"),
	POST("/v1/customer/delete", customer_drop, member, WRITES,
		"End the relation; the corp keeps the history"),
	GET("/v1/tags", tags, member, READS, "The corp's labels"),
	GET("/v1/my_code", my_code, member, WRITES,
		"The code by which customers add the member"),
	LAST_ROUTE,
};
