/*
 * client/customers.c - one of a member's customers, and the member's own code.
 */
#include "client/card.h"
#include "client/client.h"
#include "client/customer_view.h"
#include "core/customer/follow.h"
#include "core/customer/history.h"
#include "core/customer/personal_tag.h"
#include "core/customer/tag.h"
#include "core/customer/way.h"

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

/* ---- reading ---- */

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
	return view_follow_of(rq->tx, f, c, out->customer);
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
