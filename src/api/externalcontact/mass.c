/*
 * api/externalcontact/mass.c - making mass messages, over HTTP (documents 92135, 97610,
 * 97611).
 *
 * The row opens its own transactions: one makes the message, then one for each slice of
 * rows that are prepared, so that chat runs in between.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "core/customer/tag.h"
#include "core/group/group.h"
#include "core/mass/mass.h"

#define TEXT(F, SUB) F(octets, content, OPTIONAL, 0, INT32_MAX, "At most 4000 bytes")
SHAPE(mass_text, TEXT)
#define TAG_LIST(F, SUB)                                                                 \
	F(texts, tag_list, OPTIONAL, 0, FILTER_TAGS_MAX, "He has one of these labels")
SHAPE(mass_tag_list, TAG_LIST)
#define TAG_FILTER(F, SUB)                                                               \
	SUB(list, group_list, mass_tag_list, OPTIONAL, 0, MASS_TAG_GROUPS_MAX,           \
		"He has one of each of these")
SHAPE(mass_tag_filter, TAG_FILTER)
#define ADD_IN(F, SUB)                                                                   \
	F(octets, chat_type, OPTIONAL, 0, 32, "single (if absent) or group")             \
	F(texts, external_userid, OPTIONAL, 0, MASS_LIST_MAX,                            \
		"Customers, single only; goes before tag_filter")                        \
	F(texts, chat_id_list, OPTIONAL, 0, MASS_GROUPS_MAX,                             \
		"Customer groups of the sender, group only; all if absent")              \
	SUB(object, tag_filter, mass_tag_filter, OPTIONAL, 0, 0,                         \
		"Customers with these labels, single only")                              \
	F(text, sender, OPTIONAL, 0, 64, "userid; required for groups")                  \
	F(flag, allow_select, OPTIONAL, 0, 1, "The member may leave customers out")      \
	SUB(object, text, mass_text, OPTIONAL, 0, 0,                                     \
		"{customer_name} and {member_name} are filled in")                       \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")
SHAPE(add_msg_template_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	F(texts, fail_list, ALWAYS, 0, MASS_LIST_MAX, "Who cannot get it")               \
	F(octets, msgid, ALWAYS, 0, 64, "The mass message")
SHAPE(add_msg_template_out, ADD_OUT)

#define MSGID_IN(F, SUB) F(octets, msgid, OPTIONAL, 0, 64, "The mass message; required")
SHAPE(remind_groupmsg_send_in, MSGID_IN)
NO_OUT(remind_groupmsg_send)
SHAPE(cancel_groupmsg_send_in, MSGID_IN)
NO_OUT(cancel_groupmsg_send)

/* What the transactions of one call share. */
struct adding {
	struct req *rq;
	const struct add_msg_template_in *in;
	struct mass_wanted wanted;
	struct mass mass;
	struct texts failed;
};

/* ---- whom ---- */

/* Has the sender, or anybody the app sees, this customer? */
static enum err reaches(struct adding *a, int64_t customer, bool *out)
{
	struct req *rq = a->rq;
	struct follow *v;
	size_t n;

	*out = false;
	TRY(follow_of_customer(rq->tx, a->mass.corp, customer, 0, 500, &v, &n));
	for (size_t i = 0; i < n && !*out; i++)
		if (a->wanted.members.n)
			*out = ints_has(&a->wanted.members, v[i].member);
		else
			TRY(app_sees_member(rq->tx, a->mass.corp, rq->cx->actor.id,
				v[i].member, out));
	return OK;
}

static enum err read_list(struct adding *a)
{
	const struct texts *ids = &a->in->external_userid;
	struct req *rq = a->rq;
	struct ints *out = &a->wanted.customers;

	a->wanted.by_list = true;
	*out = (struct ints){ ARENA_ARRAY(rq->cx->mem, int64_t, ids->n), 0 };
	a->failed = (struct texts){ ARENA_ARRAY(rq->cx->mem, str, ids->n), 0 };
	for (size_t i = 0; i < ids->n; i++) {
		struct customer c;
		enum err err = customer_by_external(rq->tx, a->mass.corp, ids->v[i], &c);
		bool good = err == OK;

		if (err == ERR_BAD_EXTERNAL_USERID)
			ctx_forgive(rq->cx);
		else
			TRY(err);
		if (good)
			TRY(reaches(a, c.customer, &good));
		if (good)
			out->v[out->n++] = c.customer;
		else
			a->failed.v[a->failed.n++] = ids->v[i];
	}
	ints_unite(out);
	return out->n
		? OK
		: why(rq->cx, ERR_NO_RECIPIENTS,
			  "external_userid: none of them is a customer of the sender");
}

static enum err read_tags(struct adding *a)
{
	const struct mass_tag_filter *f = a->in->tag_filter;
	struct mass_wanted *w = &a->wanted;

	w->tags = ARENA_ARRAY(a->rq->cx->mem, struct ints, f->group_list.n);
	for (size_t i = 0; i < f->group_list.n; i++)
		if (f->group_list.v[i].tag_list.n)
			TRY(ec_tag_ids(a->rq, "tag_list", f->group_list.v[i].tag_list,
				&w->tags[w->n_tags++]));
	return OK;
}

static enum err read_sender(struct adding *a)
{
	struct member m;

	TRY(ec_member(a->rq, a->in->sender, &m));
	if (!m.serves_customers)
		return why(a->rq->cx, ERR_WAY_MEMBER, "sender: may not serve customers");
	a->wanted.members.v = ARENA_ARRAY(a->rq->cx->mem, int64_t, 1);
	a->wanted.members.v[0] = m.member;
	a->wanted.members.n = 1;
	return OK;
}

/* The sender's own groups: others, and such as are not there, fail. */
static enum err read_groups(struct adding *a)
{
	const struct texts *ids = &a->in->chat_id_list;
	struct req *rq = a->rq;
	struct ints *out = &a->wanted.customers;

	a->wanted.groups = true;
	a->wanted.by_list = ids->n > 0;
	*out = (struct ints){ ARENA_ARRAY(rq->cx->mem, int64_t, ids->n), 0 };
	a->failed = (struct texts){ ARENA_ARRAY(rq->cx->mem, str, ids->n), 0 };
	for (size_t i = 0; i < ids->n; i++) {
		struct customer_group g;
		enum err err = group_by_chat_id(rq->tx, a->mass.corp, ids->v[i], &g);

		if (err == ERR_NO_GROUP || err == ERR_GROUP_GONE)
			ctx_forgive(rq->cx);
		else
			TRY(err);
		if (err == OK && a->wanted.members.n && g.owner == a->wanted.members.v[0])
			out->v[out->n++] = g.group;
		else
			a->failed.v[a->failed.n++] = ids->v[i];
	}
	if (ids->n && !out->n)
		return why(rq->cx, ERR_NO_RECIPIENTS,
			"chat_id_list: none of them is a group of the sender");
	return OK;
}

static enum err read_wanted(struct tx *tx, void *arg)
{
	struct adding *a = arg;
	const struct add_msg_template_in *in = a->in;

	a->rq->tx = tx;
	a->wanted = (struct mass_wanted){ .app = tx->cx->actor.id };
	if (in->sender.n)
		TRY(read_sender(a));
	if (a->mass.kind == MASS_GROUP)
		return read_groups(a);
	if (in->external_userid.n)
		return read_list(a);
	if (in->tag_filter)
		TRY(read_tags(a));
	if (!in->sender.n && !a->wanted.n_tags)
		return why(tx->cx, ERR_NO_RECIPIENTS,
			"give sender, external_userid or tag_filter");
	return OK;
}

/* ---- making it ---- */

static enum err begin(struct tx *tx, void *arg)
{
	struct adding *a = arg;
	const struct add_msg_template_in *in = a->in;

	TRY(attachments_pack(tx, a->mass.corp, in->attachments.v, in->attachments.n,
		ATTACH_ALL, ATTACHMENTS_MAX, &a->mass.attachments));
	return mass_begin(tx, &a->mass, &a->wanted);
}

static enum err read_back(struct tx *tx, void *arg)
{
	struct adding *a = arg;
	struct mass m;

	return mass_get_prepared(tx, a->mass.corp, a->mass.mass, &m);
}

static enum err add_msg_template(struct req *rq)
{
	const struct add_msg_template_in *in = rq->in;
	struct add_msg_template_out *out = rq->out;
	struct adding a = { .rq = rq,
		.in = in,
		.mass = { .corp = rq->cx->actor.corp,
			.app = rq->cx->actor.id,
			.kind = MASS_SINGLE,
			.allow_select = in->allow_select,
			.text = in->text ? in->text->content : STR_NONE } };
	struct store *store = rq->house->store;

	if (str_is(in->chat_type, "group"))
		a.mass.kind = MASS_GROUP;
	else if (in->chat_type.n && !str_is(in->chat_type, "single"))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "chat_type: single or group");
	if (a.mass.kind == MASS_GROUP && !in->sender.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT, "sender: required for groups");
	TRY(store_read(store, rq->cx, read_wanted, &a));
	TRY(store_write(store, rq->cx, begin, &a));
	/* Should it fail, the clock prepares the rest. */
	IGNORE_ERR(mass_prepare_all(store, &rq->cx->actor, a.mass.corp, a.mass.mass));
	TRY(store_read(store, rq->cx, read_back, &a));
	out->msgid = mass_id_text(rq->cx->mem, a.mass.mass);
	out->fail_list = a.failed;
	return OK;
}

/* ---- changing it ---- */

static enum err remind_groupmsg_send(struct req *rq)
{
	const struct remind_groupmsg_send_in *in = rq->in;
	struct mass m;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->msgid, &m));
	return mass_remind(rq->tx, &m);
}

static enum err cancel_groupmsg_send(struct req *rq)
{
	const struct cancel_groupmsg_send_in *in = rq->in;
	struct mass m;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->msgid, &m));
	return mass_cancel(rq->tx, &m);
}

const struct route mass_routes[] = {
	POST("/cgi-bin/externalcontact/add_msg_template", add_msg_template,
		customer_write, WAITS, "Make a mass message that members confirm"),
	POST("/cgi-bin/externalcontact/remind_groupmsg_send", remind_groupmsg_send,
		customer_write, WRITES, "Remind members of a mass message"),
	POST("/cgi-bin/externalcontact/cancel_groupmsg_send", cancel_groupmsg_send,
		customer_write, WRITES, "Stop a mass message where it is not sent yet"),
	LAST_ROUTE,
};
