#include "client/mass_view.h"

#include "base/ids.h"
#include "client/view.h"
#include "core/app/app.h"
#include "core/customer/tag.h"
#include "core/group/group.h"

SHAPE_TABLE(mass_filter, MASS_FILTER)
SHAPE_TABLE(view_mass, VIEW_MASS)
SHAPE_TABLE(view_mass_task, VIEW_MASS_TASK)
SHAPE_TABLE(view_mass_target, VIEW_MASS_TARGET)

/* ---- whom ---- */

static enum err read_tags(struct req *rq, const char *field, struct texts in,
	struct ints *out)
{
	*out = (struct ints){ ARENA_ARRAY(rq->cx->mem, int64_t, in.n), 0 };
	for (size_t i = 0; i < in.n; i++)
		if (!tag_id_parse(in.v[i], &out->v[out->n++]))
			return why(rq->cx, ERR_BAD_TAG_ID, "field `filter.%s[%zu]`",
				field, i);
	return OK;
}

static enum err read_members(struct req *rq, const struct mass_filter *in,
	struct ints *out)
{
	struct arena *mem = rq->cx->mem;
	int64_t corp = rq->cx->actor.corp;
	size_t n = in->userids.n;
	struct ints *of = ARENA_ARRAY(mem, struct ints, in->departments.n);

	for (size_t i = 0; i < in->departments.n; i++) {
		TRY(member_ids_in(rq->tx, corp, in->departments.v[i], true, &of[i]));
		n += of[i].n;
	}
	*out = (struct ints){ ARENA_ARRAY(mem, int64_t, n), 0 };
	for (size_t i = 0; i < in->userids.n; i++) {
		struct member m;

		TRY(member_by_userid(rq->tx, corp, in->userids.v[i], &m));
		out->v[out->n++] = m.member;
	}
	for (size_t i = 0; i < in->departments.n; i++)
		for (size_t j = 0; j < of[i].n; j++)
			out->v[out->n++] = of[i].v[j];
	ints_unite(out);
	/* A department without members is not everybody. */
	if (!out->n && in->departments.n)
		return why(rq->cx, ERR_NO_RECIPIENTS,
			"nobody stands in these departments");
	return OK;
}

static enum err read_customers(struct req *rq, struct texts in, struct ints *out)
{
	*out = (struct ints){ ARENA_ARRAY(rq->cx->mem, int64_t, in.n), 0 };
	for (size_t i = 0; i < in.n; i++) {
		struct customer c;

		TRY(customer_by_external(rq->tx, rq->cx->actor.corp, in.v[i], &c));
		out->v[out->n++] = c.customer;
	}
	ints_unite(out);
	return OK;
}

enum err mass_filter_read(struct req *rq, const struct mass_filter *in, int64_t me,
	struct mass_wanted *out)
{
	static const struct mass_filter everybody;
	struct arena *mem = rq->cx->mem;
	struct ints all, any;

	in = in ? in : &everybody;
	*out = (struct mass_wanted){ .from_ms = in->from, .until_ms = in->until };
	if (me) {
		out->members = (struct ints){ ARENA_ARRAY(mem, int64_t, 1), 1 };
		out->members.v[0] = me;
	} else {
		TRY(read_members(rq, in, &out->members));
	}
	out->by_list = in->external_userids.n > 0;
	TRY(read_customers(rq, in->external_userids, &out->customers));
	TRY(read_tags(rq, "tags_all", in->tags_all, &all));
	TRY(read_tags(rq, "tags_any", in->tags_any, &any));
	TRY(read_tags(rq, "no_tags", in->no_tags, &out->no_tags));
	out->tags = ARENA_ARRAY(mem, struct ints, all.n + 1);
	if (any.n)
		out->tags[out->n_tags++] = any;
	for (size_t i = 0; i < all.n; i++)
		out->tags[out->n_tags++] = (struct ints){ &all.v[i], 1 };
	return OK;
}

/* ---- what is shown ---- */

static str state_name(enum mass_state state)
{
	switch (state) {
	case MASS_PREPARING:
		return STR("preparing");
	case MASS_PAUSED:
		return STR("paused");
	case MASS_CANCELLED:
		return STR("cancelled");
	case MASS_DONE:
		return STR("done");
	case MASS_OPEN:
		break;
	}
	return STR("open");
}

static enum err fill_maker(struct tx *tx, const struct mass *m, struct view_mass *out)
{
	struct member member;
	struct app app;

	if (m->creator) {
		TRY(member_get(tx, m->corp, m->creator, &member));
		out->maker = member.userid;
		out->maker_name = member.name;
		return OK;
	}
	TRY(app_get(tx, m->corp, m->app, &app));
	out->maker_name = app.name;
	return OK;
}

enum err view_mass_of(struct tx *tx, const struct mass *m, struct view_mass *out)
{
	struct attachment *v;
	size_t n;

	*out = (struct view_mass){
		.mass = mass_id_text(tx->cx->mem, m->mass),
		.personal = m->personal,
		.text = m->text,
		.allow_select = m->allow_select,
		.direct = m->direct,
		.state = state_name(m->state),
		.targets = m->targets,
		.sent = m->sent,
		.failed = m->failed,
		.created = m->created_ms,
	};
	TRY(attachments_unpack(tx->cx, m->attachments, &v, &n));
	out->attachments.v = v;
	out->attachments.n = n;
	return fill_maker(tx, m, out);
}

str mass_task_state_name(const struct mass *m, const struct mass_task *t)
{
	bool over = t->state == TASK_SENT || t->state == TASK_IGNORED;

	if (!over && (m->state == MASS_CANCELLED || m->state == MASS_PAUSED))
		return state_name(m->state);
	switch (t->state) {
	case TASK_SENDING:
		return STR("sending");
	case TASK_SENT:
		return STR("sent");
	case TASK_IGNORED:
		return STR("ignored");
	case TASK_ASKED:
		break;
	}
	return STR("asked");
}

enum err view_mass_task_of(struct tx *tx, const struct mass *m, const struct mass_task *t,
	struct view_mass_task *out)
{
	struct mass_target none = { 0 }, *first;
	size_t n;

	*out = (struct view_mass_task){
		.state = mass_task_state_name(m, t),
		.preview = m->text,
		.targets = t->targets,
		.sent = t->sent,
		.failed = t->failed,
		.reminded = t->reminded_ms,
		.decided = t->decided_ms,
		.done = t->done_ms,
	};
	TRY(mass_targets(tx, m->corp, m->mass, t->member, none, 1, &first, &n));
	if (n)
		TRY(mass_fill(tx, m, t->member, first[0].target, &out->preview));
	out->message = ARENA_NEW(tx->cx->mem, struct view_mass);
	return view_mass_of(tx, m, out->message);
}

str mass_status_name(enum mass_status status)
{
	switch (status) {
	case TARGET_SENT:
		return STR("sent");
	case TARGET_NO_FRIEND:
		return STR("gone");
	case TARGET_HAS_OTHERS:
		return STR("enough");
	case TARGET_LEFT_OUT:
		return STR("left_out");
	case TARGET_UNSENT:
		break;
	}
	return STR("unsent");
}

static enum err fill_customer(struct tx *tx, int64_t corp, const struct mass_target *t,
	struct view_mass_target *out)
{
	struct customer c;
	struct follow f;

	TRY(customer_get(tx, corp, t->target, &c));
	out->external_userid = c.external_userid;
	out->name = c.name;
	out->avatar = view_avatar(tx->cx->mem, corp, c.avatar);
	if (follow_find_any(tx, corp, t->member, t->target, &f) == OK)
		out->remark = f.remark;
	ctx_forgive(tx->cx);
	return OK;
}

static enum err fill_group(struct tx *tx, int64_t corp, const struct mass_target *t,
	struct view_mass_target *out)
{
	struct customer_group g;

	TRY(group_get(tx, corp, t->target, &g));
	out->external_userid = g.chat_id;
	out->name = g.name;
	return OK;
}

enum err view_mass_target_of(struct tx *tx, const struct mass *m,
	const struct mass_target *t, struct view_mass_target *out)
{
	struct member who;

	TRY(member_get(tx, m->corp, t->member, &who));
	*out = (struct view_mass_target){
		.userid = who.userid,
		.status = mass_status_name(t->status),
		.sent = t->sent_ms,
	};
	return m->kind == MASS_GROUP ? fill_group(tx, m->corp, t, out)
				     : fill_customer(tx, m->corp, t, out);
}

/* ---- making one ---- */

struct making {
	struct mass *m;
	const struct attachment *v;
	size_t n;
	const struct mass_wanted *w;
};

static enum err begin(struct tx *tx, void *arg)
{
	struct making *mk = arg;

	TRY(attachments_pack(tx, mk->m->corp, mk->v, mk->n, ATTACH_ALL, ATTACHMENTS_MAX,
		&mk->m->attachments));
	return mass_begin(tx, mk->m, mk->w);
}

static enum err read_back(struct tx *tx, void *arg)
{
	struct making *mk = arg;

	return mass_get_prepared(tx, mk->m->corp, mk->m->mass, mk->m);
}

enum err mass_make(struct req *rq, struct mass *m, const struct attachment *v, size_t n,
	const struct mass_wanted *w)
{
	struct making mk = { .m = m, .v = v, .n = n, .w = w };
	struct store *store = rq->house->store;

	TRY(store_write(store, rq->cx, begin, &mk));
	/* Should it fail, the clock prepares the rest. */
	IGNORE_ERR(mass_prepare_all(store, &rq->cx->actor, m->corp, m->mass));
	return store_read(store, rq->cx, read_back, &mk);
}
