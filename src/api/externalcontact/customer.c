/*
 * api/externalcontact/customer.c - customers and who follows them, over HTTP
 * (documents 92113, 92114, 92994, 92115).
 *
 * A unionid is of this corp only, or two corps could match their customers by it.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/digest.h"
#include "base/ids.h"
#include "core/customer/personal_tag.h"
#include "core/customer/tag.h"
#include "core/keys.h"
#include "core/media/media.h"

enum { FOLLOWERS_PAGE = 500, BATCH_MEMBERS = 100, BATCH_DEFAULT = 50, BATCH_MAX = 100 };
enum { LIST_STEP = 1000, CONSUMER_TYPE = 1 };
enum { TAG_OF_CORP = 1, TAG_OF_MEMBER = 2, TAG_OF_STRATEGY = 3 };

#define LIST_IN(F, SUB) F(octets, userid, OPTIONAL, 0, 64, "Whose customers; required")
SHAPE(customer_list_in, LIST_IN)
#define LIST_OUT(F, SUB) F(texts, external_userid, ALWAYS, 0, INT32_MAX, "His customers")
SHAPE(customer_list_out, LIST_OUT)

#define EXTERNAL_CONTACT(F, SUB)                                                         \
	F(octets, external_userid, ALWAYS, 1, 64, "The customer; differs per corp")      \
	F(text, name, ALWAYS, 1, 64, "What he calls himself")                            \
	F(octets, avatar, ALWAYS, 0, 2048, "Picture's address")                          \
	F(int, type, ALWAYS, 1, 2, "1: a person outside")                                \
	F(int, gender, ALWAYS, 0, 2, "0 unknown, 1 male, 2 female; a number")            \
	F(octets, unionid, ALWAYS, 0, 64, "The person, in this corp; for no other")      \
	F(text, position, SOMETIMES, 0, 128, "Of type 2, as are those that follow")      \
	F(text, corp_name, SOMETIMES, 0, 64, "His company's short name")                 \
	F(text, corp_full_name, SOMETIMES, 0, 128, "And its full one")                   \
	F(json, external_profile, SOMETIMES, 0, 4096, "What his company shows of him")
SHAPE(external_contact, EXTERNAL_CONTACT)

#define FOLLOW_TAG(F, SUB)                                                               \
	F(text, group_name, ALWAYS, 0, 30, "The label's group; empty of a member's own") \
	F(text, tag_name, ALWAYS, 1, 30, "The label")                                    \
	F(octets, tag_id, SOMETIMES, 1, 64, "Its id; a member's own have none")          \
	F(int, type, ALWAYS, 1, 3, "1: the corp's, 2: the member's own, 3: a strategy's")
SHAPE(follow_user_tag, FOLLOW_TAG)

#define FOLLOW_NOTES(F)                                                                  \
	F(octets, userid, ALWAYS, 1, 64, "The member")                                   \
	F(text, remark, ALWAYS, 0, REMARK_MAX, "What he calls the customer")             \
	F(text, description, ALWAYS, 0, DESCRIPTION_MAX, "What he knows of him")         \
	F(time, createtime, ALWAYS, 0, INT64_MAX, "When he was added, Unix seconds")     \
	F(text, remark_corp_name, SOMETIMES, 0, REMARK_MAX, "The customer's company")    \
	F(texts, remark_mobiles, ALWAYS, 0, REMARK_MOBILES_MAX,                          \
		"The customer's numbers")                                                \
	F(octets, oper_userid, ALWAYS, 0, 64, "Who added: the customer, by a code")      \
	F(int, add_way, ALWAYS, 0, 202, "How he came: 1 by a code")                      \
	F(text, state, ALWAYS, 0, 30, "Of the contact way he came by")                   \
	F(json, wechat_channels, SOMETIMES, 0, 512, "Of add_way 10, which is none here")

#define FOLLOW_USER(F, SUB)                                                              \
	FOLLOW_NOTES(F)                                                                  \
	SUB(list, tags, follow_user_tag, ALWAYS, 0, TAGS_OF_FOLLOW_MAX, "Labels")
SHAPE(follow_user, FOLLOW_USER)
#define FOLLOW_INFO(F, SUB)                                                              \
	FOLLOW_NOTES(F)                                                                  \
	F(texts, tag_id, ALWAYS, 0, TAGS_OF_FOLLOW_MAX, "Labels")
SHAPE(follow_info, FOLLOW_INFO)

#define GET_IN(F, SUB)                                                                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "Whom to read; required")            \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(customer_read_in, GET_IN)
#define GET_OUT(F, SUB)                                                                  \
	SUB(object, external_contact, external_contact, ALWAYS, 0, 0, "The customer")    \
	SUB(list, follow_user, follow_user, ALWAYS, 0, FOLLOWERS_PAGE,                   \
		"Who follows him")                                                       \
	F(octets, next_cursor, SOMETIMES, 0, 64, "When there are more than 500")
SHAPE(customer_read_out, GET_OUT)

#define BATCH_IN(F, SUB)                                                                 \
	F(texts, userid_list, REQUIRED, 0, BATCH_MEMBERS, "Whose customers")             \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 0, BATCH_MAX, "50 if absent, at most 100")
SHAPE(batch_get_by_user_in, BATCH_IN)
#define BATCH_ITEM(F, SUB)                                                               \
	SUB(object, external_contact, external_contact, ALWAYS, 0, 0, "The customer")    \
	SUB(object, follow_info, follow_info, ALWAYS, 0, 0, "As this member knows him")
SHAPE(batch_item, BATCH_ITEM)
#define FAIL_INFO(F, SUB)                                                                \
	F(texts, unlicensed_userid_list, ALWAYS, 0, BATCH_MEMBERS, "Always empty here")
SHAPE(batch_fail_info, FAIL_INFO)
#define BATCH_OUT(F, SUB)                                                                \
	SUB(list, external_contact_list, batch_item, ALWAYS, 0, BATCH_MAX, "Customers")  \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(object, fail_info, batch_fail_info, ALWAYS, 0, 0, "Who could not be asked")
SHAPE(batch_get_by_user_out, BATCH_OUT)

#define REMARK_IN(F, SUB)                                                                \
	F(octets, userid, OPTIONAL, 0, 64, "Whose notes; required")                      \
	F(octets, external_userid, OPTIONAL, 0, 64, "On whom; required")                 \
	F(text, remark, OPTIONAL, 0, REMARK_MAX, "What he calls him")                    \
	F(text, description, OPTIONAL, 0, DESCRIPTION_MAX, "What he knows of him")       \
	F(text, remark_company, OPTIONAL, 0, REMARK_MAX, "His company")                  \
	F(texts, remark_mobiles, OPTIONAL, 0, REMARK_MOBILES_MAX,                        \
		"Replaces; [\"\"] clears")                                               \
	F(octets, remark_pic_mediaid, OPTIONAL, 0, 128,                                  \
		"A picture beside the notes; empty takes it away")
SHAPE(customer_remark_in, REMARK_IN)
NO_OUT(customer_remark)

/* ---- what is shown ---- */

/* "o" and 27 characters, as WeChat's are: of the corp and the person, but only the server
 * can tell whose. */
static str unionid(struct req *rq, const struct customer *c)
{
	uint8_t digest[32];
	str what = arena_printf(rq->cx->mem, "unionid %" PRId64 " %" PRId64, c->corp,
		c->customer); /* not the consumer: who took his consent back stays unknown */

	keys_sign(what, digest);
	return arena_concat(rq->cx->mem, STR("o"),
		str_first_bytes(hex_of(rq->cx->mem, digest, sizeof(digest)), 27));
}

static struct external_contact *contact_of(struct req *rq, const struct customer *c)
{
	struct external_contact *out = ARENA_NEW(rq->cx->mem, struct external_contact);

	out->external_userid = c->external_userid;
	out->name = c->name;
	out->avatar = api_picture_url(rq, c->avatar);
	out->type = CONSUMER_TYPE;
	out->gender = c->gender;
	out->unionid = unionid(rq, c);
	return out;
}

/* The fields that follow_user and follow_info have in common. */
#define FILL_NOTES(rq, f, m, out)                                                        \
	do {                                                                             \
		(out)->userid = (m)->userid;                                             \
		(out)->remark = (f)->remark;                                             \
		(out)->description = (f)->description;                                   \
		(out)->createtime = (f)->created_ms / 1000;                              \
		(out)->remark_corp_name = (f)->remark_company;                           \
		(out)->oper_userid = (f)->oper_userid;                                   \
		(out)->add_way = (f)->add_way;                                           \
		(out)->state = (f)->state;                                               \
		TRY(follow_mobiles((rq)->cx, (f), &(out)->remark_mobiles));              \
	} while (0)

static enum err fill_user(struct req *rq, const struct follow *f, const struct member *m,
	struct follow_user *out)
{
	struct follow_tag *tags;
	struct texts own;
	size_t n;

	FILL_NOTES(rq, f, m, out);
	TRY(follow_tags(rq->tx, f->corp, f->member, f->customer, &tags, &n));
	TRY(personal_tags(rq->tx, f->corp, f->member, f->customer, &own));
	out->tags.v = ARENA_ARRAY(rq->cx->mem, struct follow_user_tag, n + own.n);
	out->tags.n = n + own.n;
	for (size_t i = 0; i < own.n; i++) {
		out->tags.v[n + i].tag_name = own.v[i];
		out->tags.v[n + i].type = TAG_OF_MEMBER;
	}
	for (size_t i = 0; i < n; i++) {
		struct follow_user_tag *t = &out->tags.v[i];

		t->group_name = tags[i].group_name;
		t->tag_name = tags[i].name;
		t->tag_id = tag_id_text(rq->cx->mem, tags[i].tag);
		t->type = tags[i].strategy ? TAG_OF_STRATEGY : TAG_OF_CORP;
	}
	return OK;
}

/* ---- list ---- */

static enum err customer_list(struct req *rq)
{
	const struct customer_list_in *in = rq->in;
	struct customer_list_out *out = rq->out;
	struct member m;
	int64_t all, after = 0;
	struct follow *follows;
	size_t n;

	TRY(ec_member(rq, in->userid, &m));
	TRY(follow_count(rq->tx, m.corp, m.member, &all));
	if (!all)
		return why(rq->cx, ERR_NOT_CUSTOMER,
			"userid: the member has no customers");
	out->external_userid.v = ARENA_ARRAY(rq->cx->mem, str, (size_t)all);
	do {
		TRY(follow_page(rq->tx, m.corp, m.member, after, LIST_STEP, &follows,
			&n));
		for (size_t i = 0; i < n; i++) {
			struct customer c;

			after = follows[i].customer;
			TRY(customer_get(rq->tx, m.corp, after, &c));
			out->external_userid.v[out->external_userid.n++] =
				c.external_userid;
		}
	} while (n == LIST_STEP);
	return OK;
}

/* ---- get ---- */

/* Of a page of followers those the app may see. */
static enum err fill_followers(struct req *rq, const struct follow *follows, size_t n,
	struct customer_read_out *out)
{
	const struct actor *app = &rq->cx->actor;
	struct app_sight sight;

	TRY(app_sight_read(rq->tx, app->corp, app->id, &sight));
	out->follow_user.v = ARENA_ARRAY(rq->cx->mem, struct follow_user, n);
	for (size_t i = 0; i < n; i++) {
		struct member m;
		bool sees;

		TRY(app_sight_has(rq->tx, &sight, follows[i].member, &sees));
		if (!sees)
			continue;
		TRY(member_get(rq->tx, app->corp, follows[i].member, &m));
		TRY(fill_user(rq, &follows[i], &m,
			&out->follow_user.v[out->follow_user.n++]));
	}
	return OK;
}

/* Does the app see anybody who follows him?  Asked when a page shows nobody: its cursor
 * may be made up. */
static enum err is_in_sight(struct req *rq, int64_t customer, bool *out)
{
	const struct actor *app = &rq->cx->actor;
	int64_t after = 0;
	struct follow *follows;
	size_t n;

	*out = false;
	do {
		TRY(follow_of_customer(rq->tx, app->corp, customer, after, FOLLOWERS_PAGE,
			&follows, &n));
		for (size_t i = 0; i < n && !*out; i++) {
			after = follows[i].member;
			TRY(app_sees_member(rq->tx, app->corp, app->id, after, out));
		}
	} while (n == FOLLOWERS_PAGE && !*out);
	return OK;
}

static enum err customer_read(struct req *rq)
{
	const struct customer_read_in *in = rq->in;
	struct customer_read_out *out = rq->out;
	int64_t corp = rq->cx->actor.corp, after = 0;
	struct customer c;
	struct follow *follows;
	size_t n;
	bool sees;

	if (in->cursor.n && !id_parse(in->cursor, "f", &after))
		return why(rq->cx, ERR_NO_CUSTOMER_CONTACT, "cursor: not one of ours");
	TRY(customer_by_external(rq->tx, corp, in->external_userid, &c));
	TRY(follow_of_customer(rq->tx, corp, c.customer, after, FOLLOWERS_PAGE + 1,
		&follows, &n));
	if (!n && !after)
		return why(rq->cx, ERR_NOT_CUSTOMER,
			"external_userid: nobody follows him");
	if (n > FOLLOWERS_PAGE) {
		n = FOLLOWERS_PAGE;
		out->next_cursor = id_text(rq->cx->mem, "f", follows[n - 1].member);
	}
	TRY(fill_followers(rq, follows, n, out));
	sees = out->follow_user.n;
	if (!sees)
		TRY(is_in_sight(rq, c.customer, &sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"external_userid: followed by nobody in the app's visible range");
	out->external_contact = contact_of(rq, &c);
	return OK;
}

/* ---- batch/get_by_user ---- */

/* Where a page begins: a place in the list of members, and the customer before it. */
struct place {
	size_t at;
	int64_t after;
};

static enum err cursor_parse(struct req *rq, str cursor, const struct member *members,
	size_t n, struct place *out)
{
	int64_t member;

	*out = (struct place){ 0 };
	if (!cursor.n)
		return OK;
	if (id_pair_parse(cursor, "m", &member, &out->after))
		for (out->at = 0; out->at < n; out->at++)
			if (members[out->at].member == member)
				return OK;
	return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of this list");
}

/* Each member once, in the order given. */
static enum err read_members(struct req *rq, struct texts userids, struct member **out,
	size_t *out_n)
{
	struct member *v = ARENA_ARRAY(rq->cx->mem, struct member, userids.n);
	size_t n = 0, j;

	if (!userids.n)
		return why(rq->cx, ERR_BAD_USERID_LIST, "userid_list: empty");
	for (size_t i = 0; i < userids.n; i++) {
		enum err err = ec_member(rq, userids.v[i], &v[n]);

		if (err == ERR_NO_USER)
			return why(rq->cx, ERR_BAD_USERID,
				"userid_list[%zu]: no such member", i);
		TRY(err);
		for (j = 0; j < n && v[j].member != v[n].member; j++)
			;
		n += j == n;
	}
	*out = v;
	*out_n = n;
	return OK;
}

/* What a page of a member's customers needs, read at once; all by customer. */
struct page {
	struct customer *customers;
	struct follow_tag_id *tags;
	size_t n_customers, n_tags, customer, tag;
};

static enum err read_page(struct req *rq, const struct member *m,
	const struct follow *follows, size_t n, struct page *out)
{
	struct ints ids = { ARENA_ARRAY(rq->cx->mem, int64_t, n), n };

	*out = (struct page){ 0 };
	if (!n)
		return OK;
	for (size_t i = 0; i < n; i++)
		ids.v[i] = follows[i].customer;
	TRY(customer_some(rq->tx, m->corp, ids, &out->customers, &out->n_customers));
	return follow_tags_between(rq->tx, m->corp, m->member, ids.v[0], ids.v[n - 1],
		INT32_MAX, &out->tags, &out->n_tags);
}

/* The customer's labels: those that come next. */
static void take_tags(struct req *rq, struct page *p, int64_t customer, struct texts *out)
{
	size_t from;

	while (p->tag < p->n_tags && p->tags[p->tag].customer < customer)
		p->tag++;
	for (from = p->tag; p->tag < p->n_tags && p->tags[p->tag].customer == customer;)
		p->tag++;
	out->n = p->tag - from;
	out->v = ARENA_ARRAY(rq->cx->mem, str, out->n);
	for (size_t i = 0; i < out->n; i++)
		out->v[i] = tag_id_text(rq->cx->mem, p->tags[from + i].tag);
}

static enum err add_item(struct req *rq, const struct member *m, const struct follow *f,
	struct page *p, struct batch_item *item)
{
	const struct customer *c;

	while (p->customer < p->n_customers &&
		p->customers[p->customer].customer < f->customer)
		p->customer++;
	BUG_IF(p->customer == p->n_customers, "a follow without a customer");
	c = &p->customers[p->customer];
	item->external_contact = contact_of(rq, c);
	item->follow_info = ARENA_NEW(rq->cx->mem, struct follow_info);
	FILL_NOTES(rq, f, m, item->follow_info);
	take_tags(rq, p, f->customer, &item->follow_info->tag_id);
	return OK;
}

static enum err add_items(struct req *rq, const struct member *m,
	const struct follow *follows, size_t n, struct batch_get_by_user_out *out)
{
	struct page page;

	TRY(read_page(rq, m, follows, n, &page));
	for (size_t i = 0; i < n; i++)
		TRY(add_item(rq, m, &follows[i], &page,
			&out->external_contact_list.v[out->external_contact_list.n++]));
	return OK;
}

static enum err batch_get_by_user(struct req *rq)
{
	const struct batch_get_by_user_in *in = rq->in;
	struct batch_get_by_user_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : BATCH_DEFAULT, n_members, n;
	struct member *members;
	struct follow *follows;
	struct place p;

	TRY(read_members(rq, in->userid_list, &members, &n_members));
	TRY(cursor_parse(rq, in->cursor, members, n_members, &p));
	out->external_contact_list.v = ARENA_ARRAY(rq->cx->mem, struct batch_item, limit);
	for (; p.at < n_members; p.at++, p.after = 0) {
		const struct member *m = &members[p.at];
		size_t left = limit - out->external_contact_list.n;

		TRY(follow_page(rq->tx, m->corp, m->member, p.after, (int64_t)left + 1,
			&follows, &n));
		TRY(add_items(rq, m, follows, n < left ? n : left, out));
		if (n > left) { /* with none left over, p.after says where to go on */
			out->next_cursor = id_pair_text(rq->cx->mem, "m", m->member,
				left ? follows[left - 1].customer : p.after);
			break;
		}
	}
	out->fail_info = ARENA_NEW(rq->cx->mem, struct batch_fail_info);
	return OK;
}

/* ---- remark ---- */

static enum err check_picture(struct req *rq, str media_id)
{
	struct media m;

	if (!media_id.n)
		return OK;
	TRY(media_get(rq->tx, rq->cx->actor.corp, media_id, &m));
	if (!str_is(m.kind, "image"))
		return why(rq->cx, ERR_BAD_MEDIA_ID, "remark_pic_mediaid: no picture");
	return OK;
}

static enum err customer_remark(struct req *rq)
{
	const struct customer_remark_in *in = rq->in;
	struct follow_notes notes = { 0 };
	struct follow f;
	str mobiles;

	if (!HAS(in, remark) && !HAS(in, description) && !HAS(in, remark_company) &&
		!HAS(in, remark_mobiles) && !HAS(in, remark_pic_mediaid))
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"remark: nothing to change is given");
	TRY(ec_follow(rq, in->userid, in->external_userid, &f));
	TRY(check_picture(rq, in->remark_pic_mediaid));
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
	if (HAS(in, remark_pic_mediaid))
		TRY(follow_picture_set(rq->tx, &f, in->remark_pic_mediaid));
	return follow_note(rq->tx, &f, &notes, rq->cx->actor.id);
}

/* The oldest form of the same (document 92114). */
#define crm_get_external_contact_in_shape customer_read_in_shape
#define crm_get_external_contact_out_shape customer_read_out_shape
static enum err crm_get_external_contact(struct req *rq)
{
	return customer_read(rq);
}

const struct route customer_contact_routes[] = {
	GET("/cgi-bin/externalcontact/list", customer_list, customer_read, READS,
		"Customers of one member"),
	GET("/cgi-bin/externalcontact/get", customer_read, customer_read, READS,
		"One customer and who follows him"),
	GET("/cgi-bin/crm/get_external_contact", crm_get_external_contact, customer_read,
		READS, "The same, by its oldest name"),
	POST("/cgi-bin/externalcontact/batch/get_by_user", batch_get_by_user,
		customer_read, READS, "Customers of up to 100 members, paged"),
	POST("/cgi-bin/externalcontact/remark", customer_remark, customer_write, WRITES,
		"Change a member's notes on a customer"),
	LAST_ROUTE,
};
