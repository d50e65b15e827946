/*
 * client/mass_desk.c - mass messages on a member's desk: what the company asks him to
 * send, and his own.
 */
#include "client/client.h"
#include "client/mass_view.h"
#include "core/group/group.h"
#include "base/ids.h"

enum { PAGE_DEFAULT = 20, PAGE_MAX = 100, TARGETS_DEFAULT = 100, TARGETS_MAX = 500 };

#define TASKS_IN(F, SUB)                                                                 \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 20 if absent")
SHAPE(mass_tasks_in, TASKS_IN)
#define TASKS_OUT(F, SUB)                                                                \
	SUB(list, tasks, view_mass_task, ALWAYS, 0, PAGE_MAX, "Newest first")            \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")
SHAPE(mass_tasks_out, TASKS_OUT)

#define MASS_IN(F, SUB) F(octets, mass, REQUIRED, 1, 64, "Its name")
SHAPE(mass_task_in, MASS_IN)
#define TASK_OUT(F, SUB) SUB(object, task, view_mass_task, ALWAYS, 0, 0, "As it is now")
SHAPE(mass_task_out, TASK_OUT)

#define TARGETS_IN(F, SUB)                                                               \
	F(octets, mass, REQUIRED, 1, 64, "Its name")                                     \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, TARGETS_MAX, "At most so many; 100 if absent")
SHAPE(mass_customers_in, TARGETS_IN)
#define TARGETS_OUT(F, SUB)                                                              \
	SUB(list, targets, view_mass_target, ALWAYS, 0, TARGETS_MAX, "In order")         \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(mass_customers_out, TARGETS_OUT)

#define CONFIRM_IN(F, SUB)                                                               \
	F(octets, mass, REQUIRED, 1, 64, "Its name")                                     \
	F(texts, leave_out, OPTIONAL, 0, MASS_LIST_MAX, "Customers who are not to get it")
SHAPE(mass_send_in, CONFIRM_IN)
#define mass_send_out_shape mass_task_out_shape
#define mass_skip_in_shape mass_task_in_shape
#define mass_skip_out_shape mass_task_out_shape

#define COUNT_IN(F, SUB)                                                                 \
	SUB(object, filter, mass_filter, OPTIONAL, 0, 0, "Whom; absent: all")
SHAPE(mass_own_count_in, COUNT_IN)
#define COUNT_OUT(F, SUB)                                                                \
	F(int, customers, ALWAYS, 0, INT64_MAX, "How many would get it")                 \
	F(int, members, ALWAYS, 0, INT64_MAX, "From how many members")                   \
	F(flag, more, ALWAYS, 0, 1, "There are more than were counted")
SHAPE(mass_own_count_out, COUNT_OUT)

#define OWN_IN(F, SUB)                                                                   \
	SUB(object, filter, mass_filter, OPTIONAL, 0, 0, "Whom; absent: all of mine")    \
	F(octets, text, OPTIONAL, 0, 2 * MASS_TEXT_BYTES,                                \
		"At most 4000 bytes; {customer_name}, {member_name}")                    \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")                \
	F(flag, anyway, OPTIONAL, 0, 1, "Though a sensitive word warns")
SHAPE(mass_own_in, OWN_IN)
#define mass_own_out_shape mass_task_out_shape
#define mass_own_cancel_in_shape mass_task_in_shape
#define mass_own_cancel_out_shape mass_task_out_shape

static enum err answer(struct req *rq, struct tx *tx, int64_t mass)
{
	struct mass_task_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct mass_task t;
	struct mass m;

	TRY(mass_get(tx, me->corp, mass, &m));
	TRY(mass_task_get(tx, me->corp, mass, me->id, &t));
	out->task = ARENA_NEW(rq->cx->mem, struct view_mass_task);
	return view_mass_task_of(tx, &m, &t, out->task);
}

/* A task of mine: others' do not exist. */
static enum err find(struct req *rq, str name, struct mass *out)
{
	struct mass_task t;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, name, out));
	return mass_task_get(rq->tx, out->corp, out->mass, rq->cx->actor.id, &t);
}

static enum err mass_tasks_rows(struct req *rq)
{
	const struct mass_tasks_in *in = rq->in;
	struct mass_tasks_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	int64_t limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct mass_task *list;
	size_t n;

	TRY(mass_tasks_of(rq->tx, me->corp, me->id, in->cursor, limit + 1, &list, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = list[n - 1].mass;
	}
	out->tasks.v = ARENA_ARRAY(rq->cx->mem, struct view_mass_task, n);
	for (size_t i = 0; i < n; i++) {
		struct mass m;

		TRY(mass_get(rq->tx, me->corp, list[i].mass, &m));
		if (m.state != MASS_PREPARING)
			TRY(view_mass_task_of(rq->tx, &m, &list[i],
				&out->tasks.v[out->tasks.n++]));
	}
	return OK;
}
#define mass_tasks_rows_in_shape mass_tasks_in_shape
#define mass_tasks_rows_out_shape mass_tasks_out_shape

static enum err mass_task_row(struct req *rq)
{
	const struct mass_task_in *in = rq->in;
	struct mass m;

	TRY(find(rq, in->mass, &m));
	return answer(rq, rq->tx, m.mass);
}
#define mass_task_row_in_shape mass_task_in_shape
#define mass_task_row_out_shape mass_task_out_shape

static enum err mass_customers(struct req *rq)
{
	const struct mass_customers_in *in = rq->in;
	struct mass_customers_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : TARGETS_DEFAULT;
	struct mass_target after = { 0 }, *v;
	struct mass m;
	size_t n;

	TRY(find(rq, in->mass, &m));
	if (in->cursor.n && !id_parse(in->cursor, "c", &after.target))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(mass_targets(rq->tx, m.corp, m.mass, rq->cx->actor.id, after, limit + 1, &v,
		&n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_text(rq->cx->mem, "c", v[n - 1].target);
	}
	out->targets.v = ARENA_ARRAY(rq->cx->mem, struct view_mass_target, n);
	out->targets.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_mass_target_of(rq->tx, &m, &v[i], &out->targets.v[i]));
	return OK;
}

static enum err mass_send(struct req *rq)
{
	const struct mass_send_in *in = rq->in;
	struct ints out_of_it = { ARENA_ARRAY(rq->cx->mem, int64_t, in->leave_out.n), 0 };
	struct mass m;

	TRY(find(rq, in->mass, &m));
	for (size_t i = 0; i < in->leave_out.n; i++) {
		struct customer_group g = { 0 };
		struct customer c = { 0 };

		if (m.kind == MASS_GROUP)
			TRY(group_by_chat_id(rq->tx, m.corp, in->leave_out.v[i], &g));
		else
			TRY(customer_by_external(rq->tx, m.corp, in->leave_out.v[i], &c));
		out_of_it.v[out_of_it.n++] = m.kind == MASS_GROUP ? g.group : c.customer;
	}
	TRY(mass_confirm(rq->tx, m.corp, m.mass, rq->cx->actor.id, &out_of_it));
	return answer(rq, rq->tx, m.mass);
}

static enum err mass_skip(struct req *rq)
{
	const struct mass_task_in *in = rq->in;
	struct mass m;

	TRY(find(rq, in->mass, &m));
	TRY(mass_ignore(rq->tx, m.corp, m.mass, rq->cx->actor.id));
	return answer(rq, rq->tx, m.mass);
}

/* ---- my own ---- */

static enum err may_make(struct req *rq)
{
	struct member me;

	TRY(member_get(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, &me));
	return me.serves_customers ? OK
				   : why(rq->cx, ERR_FORBIDDEN, "you serve no customers");
}

static enum err mass_own_count(struct req *rq)
{
	const struct mass_own_count_in *in = rq->in;
	struct mass_own_count_out *out = rq->out;
	struct mass_counted counted;
	struct mass_wanted w;

	TRY(may_make(rq));
	TRY(mass_filter_read(rq, in->filter, rq->cx->actor.id, &w));
	TRY(mass_count(rq->tx, rq->cx->actor.corp, &w, &counted));
	out->customers = counted.customers;
	out->members = counted.members;
	out->more = counted.more;
	return OK;
}

struct own {
	struct req *rq;
	struct mass_wanted wanted;
	int64_t mass;
};

static enum err read_own(struct tx *tx, void *arg)
{
	struct own *o = arg;
	const struct mass_own_in *in = o->rq->in;

	o->rq->tx = tx;
	TRY(may_make(o->rq));
	return mass_filter_read(o->rq, in->filter, tx->cx->actor.id, &o->wanted);
}

static enum err show_own(struct tx *tx, void *arg)
{
	struct own *o = arg;

	return answer(o->rq, tx, o->mass);
}

static enum err mass_own(struct req *rq)
{
	const struct mass_own_in *in = rq->in;
	struct own o = { .rq = rq };
	struct mass m = { .corp = rq->cx->actor.corp,
		.creator = rq->cx->actor.id,
		.kind = MASS_SINGLE,
		.personal = true,
		.anyway = in->anyway,
		.text = in->text };

	TRY(store_read(rq->house->store, rq->cx, read_own, &o));
	TRY(mass_make(rq, &m, in->attachments.v, in->attachments.n, &o.wanted));
	o.mass = m.mass;
	return store_read(rq->house->store, rq->cx, show_own, &o);
}

static enum err mass_own_cancel(struct req *rq)
{
	const struct mass_task_in *in = rq->in;
	struct mass m;

	TRY(find(rq, in->mass, &m));
	if (!m.personal)
		return why(rq->cx, ERR_FORBIDDEN,
			"a message of the company: ignore it instead");
	TRY(mass_cancel(rq->tx, &m));
	return answer(rq, rq->tx, m.mass);
}

const struct route mass_desk_routes[] = {
	GET("/v1/mass/tasks", mass_tasks_rows, member, READS,
		"Mass messages that wait for me or were sent by me"),
	GET("/v1/mass/task", mass_task_row, member, READS, "One of them"),
	GET("/v1/mass/customers", mass_customers, member, READS,
		"My customers in it, and who has got it"),
	POST("/v1/mass/send", mass_send, member, WRITES, "Send it, but not to these"),
	POST("/v1/mass/skip", mass_skip, member, WRITES, "Do not send it"),
	POST("/v1/mass/count", mass_own_count, member, READS,
		"How many of my customers would get it"),
	POST("/v1/mass/create", mass_own, member, WAITS,
		"A mass message of my own, sent at once"),
	POST("/v1/mass/cancel", mass_own_cancel, member, WRITES,
		"Stop one of my own where it is not sent yet"),
	LAST_ROUTE,
};
