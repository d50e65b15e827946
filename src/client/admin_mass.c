/*
 * client/admin_mass.c - mass messages of the company: made, watched, paused, stopped,
 * and what came of them.
 */
#include <time.h>

#include "base/ids.h"
#include "client/client.h"
#include "client/mass_view.h"
#include "core/account/audit.h"

enum { PAGE_DEFAULT = 20, PAGE_MAX = 100, ROWS_DEFAULT = 100, ROWS_MAX = 500 };
enum { CSV_PAGE = 1000, CSV_ROW_BYTES = 96 };

#define ADMIN_MASSES_IN(F, SUB)                                                          \
	F(flag, personal, OPTIONAL, 0, 1, "Members' own; the company's if absent")       \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 20 if absent")
SHAPE(admin_masses_in, ADMIN_MASSES_IN)
#define ADMIN_MASSES_OUT(F, SUB)                                                         \
	SUB(list, masses, view_mass, ALWAYS, 0, PAGE_MAX, "Newest first")                \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_masses_out, ADMIN_MASSES_OUT)

#define MASS_IN(F, SUB) F(octets, mass, REQUIRED, 1, 64, "Its name")
SHAPE(admin_mass_in, MASS_IN)
#define MASS_OUT(F, SUB) SUB(object, mass, view_mass, ALWAYS, 0, 0, "As it is now")
SHAPE(admin_mass_out, MASS_OUT)
#define admin_mass_pause_in_shape admin_mass_in_shape
#define admin_mass_pause_out_shape admin_mass_out_shape
#define admin_mass_resume_in_shape admin_mass_in_shape
#define admin_mass_resume_out_shape admin_mass_out_shape
#define admin_mass_cancel_in_shape admin_mass_in_shape
#define admin_mass_cancel_out_shape admin_mass_out_shape
#define admin_mass_remind_in_shape admin_mass_in_shape
#define admin_mass_remind_out_shape admin_mass_out_shape

#define COUNT_IN(F, SUB)                                                                 \
	SUB(object, filter, mass_filter, OPTIONAL, 0, 0, "Whom; absent: all")
SHAPE(admin_mass_count_in, COUNT_IN)
#define COUNT_OUT(F, SUB)                                                                \
	F(int, customers, ALWAYS, 0, INT64_MAX, "How many would get it")                 \
	F(int, members, ALWAYS, 0, INT64_MAX, "From how many members")                   \
	F(flag, more, ALWAYS, 0, 1, "There are more than were counted")
SHAPE(admin_mass_count_out, COUNT_OUT)

#define CREATE_IN(F, SUB)                                                                \
	SUB(object, filter, mass_filter, OPTIONAL, 0, 0, "Whom; absent: all")            \
	F(octets, text, OPTIONAL, 0, 2 * MASS_TEXT_BYTES,                                \
		"At most 4000 bytes; {customer_name}, {member_name}")                    \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")                \
	F(flag, allow_select, OPTIONAL, 0, 1, "Members may leave customers out")
SHAPE(admin_mass_create_in, CREATE_IN)
#define admin_mass_create_out_shape admin_mass_out_shape

#define ROWS_IN(F, SUB)                                                                  \
	F(octets, mass, REQUIRED, 1, 64, "Its name")                                     \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, ROWS_MAX, "At most so many; 100 if absent")
SHAPE(admin_mass_tasks_in, ROWS_IN)
#define TASK_ROW(F, SUB)                                                                 \
	F(octets, userid, ALWAYS, 1, 64, "The member")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(octets, state, ALWAYS, 1, 16,                                                  \
		"asked, sending, sent, ignored, paused or cancelled")                    \
	F(int, targets, ALWAYS, 0, INT64_MAX, "His customers in it")                     \
	F(int, sent, ALWAYS, 0, INT64_MAX, "Who has got it")                             \
	F(int, failed, ALWAYS, 0, INT64_MAX, "Who could not")                            \
	F(time, reminded, SOMETIMES, 0, INT64_MAX, "When last reminded")                 \
	F(time, decided, SOMETIMES, 0, INT64_MAX, "When confirmed or ignored")           \
	F(time, done, SOMETIMES, 0, INT64_MAX, "When all was sent")
SHAPE(admin_mass_task_item, TASK_ROW)
#define TASKS_OUT(F, SUB)                                                                \
	SUB(list, tasks, admin_mass_task_item, ALWAYS, 0, ROWS_MAX, "By member")         \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_mass_tasks_out, TASKS_OUT)

#define TARGETS_IN(F, SUB)                                                               \
	ROWS_IN(F, SUB)                                                                  \
	F(octets, userid, OPTIONAL, 0, 64, "This member's only")
SHAPE(admin_mass_customers_in, TARGETS_IN)
#define TARGETS_OUT(F, SUB)                                                              \
	SUB(list, targets, view_mass_target, ALWAYS, 0, ROWS_MAX,                        \
		"By member and customer")                                                \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(admin_mass_customers_out, TARGETS_OUT)

#define CSV_IN(F, SUB)                                                                   \
	F(octets, mass, REQUIRED, 1, 64, "Its name")                                     \
	F(octets, of, OPTIONAL, 0, 16, "members or customers (if absent)")
SHAPE(admin_mass_csv_in, CSV_IN)
NO_OUT(admin_mass_csv)

/* ---- lists ---- */

static enum err admin_masses(struct req *rq)
{
	const struct admin_masses_in *in = rq->in;
	struct admin_masses_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : PAGE_DEFAULT;
	struct mass_place before = { 0 };
	struct mass *list;
	size_t n;

	if (in->cursor.n && !id_pair_parse(in->cursor, "m", &before.ms, &before.mass))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(mass_page(rq->tx, rq->cx->actor.corp, MASS_SINGLE, 0, INT64_MAX, in->personal,
		-1, before, limit + 1, &list, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_pair_text(rq->cx->mem, "m", list[n - 1].created_ms,
			list[n - 1].mass);
	}
	out->masses.v = ARENA_ARRAY(rq->cx->mem, struct view_mass, n);
	out->masses.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_mass_of(rq->tx, &list[i], &out->masses.v[i]));
	return OK;
}

static enum err answer(struct req *rq, struct tx *tx, const struct mass *m)
{
	struct admin_mass_out *out = rq->out;

	out->mass = ARENA_NEW(rq->cx->mem, struct view_mass);
	return view_mass_of(tx, m, out->mass);
}

static enum err find(struct req *rq, struct mass *out)
{
	const struct admin_mass_in *in = rq->in;

	return mass_by_id(rq->tx, rq->cx->actor.corp, in->mass, out);
}

static enum err admin_mass(struct req *rq)
{
	struct mass m;

	TRY(find(rq, &m));
	return answer(rq, rq->tx, &m);
}

/* ---- making and changing ---- */

static enum err note(struct tx *tx, const struct mass *m, const char *verb)
{
	return audit_add(tx, m->corp, verb,
		arena_printf(tx->cx->mem, "mass:%.*s",
			STR_FMT(mass_id_text(tx->cx->mem, m->mass))),
		arena_printf(tx->cx->mem, "%" PRId64 " of %" PRId64, m->sent,
			m->targets));
}

static enum err admin_mass_pause(struct req *rq)
{
	struct mass m;

	TRY(find(rq, &m));
	TRY(mass_pause(rq->tx, &m, true));
	TRY(note(rq->tx, &m, "mass.pause"));
	return answer(rq, rq->tx, &m);
}

static enum err admin_mass_resume(struct req *rq)
{
	struct mass m;

	TRY(find(rq, &m));
	TRY(mass_pause(rq->tx, &m, false));
	TRY(note(rq->tx, &m, "mass.resume"));
	return answer(rq, rq->tx, &m);
}

static enum err admin_mass_cancel(struct req *rq)
{
	struct mass m;

	TRY(find(rq, &m));
	TRY(mass_cancel(rq->tx, &m));
	TRY(note(rq->tx, &m, "mass.cancel"));
	return answer(rq, rq->tx, &m);
}

static enum err admin_mass_remind(struct req *rq)
{
	struct mass m;

	TRY(find(rq, &m));
	TRY(mass_remind(rq->tx, &m));
	return answer(rq, rq->tx, &m);
}

static enum err admin_mass_count(struct req *rq)
{
	const struct admin_mass_count_in *in = rq->in;
	struct admin_mass_count_out *out = rq->out;
	struct mass_counted counted;
	struct mass_wanted w;

	TRY(mass_filter_read(rq, in->filter, 0, &w));
	TRY(mass_count(rq->tx, rq->cx->actor.corp, &w, &counted));
	out->customers = counted.customers;
	out->members = counted.members;
	out->more = counted.more;
	return OK;
}

struct creating {
	struct req *rq;
	struct mass_wanted wanted;
	struct mass mass;
};

static enum err read_filter(struct tx *tx, void *arg)
{
	struct creating *c = arg;
	const struct admin_mass_create_in *in = c->rq->in;

	c->rq->tx = tx;
	return mass_filter_read(c->rq, in->filter, 0, &c->wanted);
}

static enum err note_made(struct tx *tx, void *arg)
{
	struct creating *c = arg;

	TRY(note(tx, &c->mass, "mass.create"));
	return answer(c->rq, tx, &c->mass);
}

static enum err admin_mass_create(struct req *rq)
{
	const struct admin_mass_create_in *in = rq->in;
	struct creating c = { .rq = rq,
		.mass = { .corp = rq->cx->actor.corp,
			.creator = rq->cx->actor.id,
			.kind = MASS_SINGLE,
			.allow_select = in->allow_select,
			.text = in->text } };

	TRY(store_read(rq->house->store, rq->cx, read_filter, &c));
	TRY(mass_make(rq, &c.mass, in->attachments.v, in->attachments.n, &c.wanted));
	return store_write(rq->house->store, rq->cx, note_made, &c);
}

/* ---- results ---- */

static enum err admin_mass_tasks(struct req *rq)
{
	const struct admin_mass_tasks_in *in = rq->in;
	struct admin_mass_tasks_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : ROWS_DEFAULT, after = 0;
	struct mass_task *list;
	struct mass m;
	size_t n;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->mass, &m));
	if (in->cursor.n && !id_parse(in->cursor, "c", &after))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(mass_tasks(rq->tx, m.corp, m.mass, after, limit + 1, &list, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor = id_text(rq->cx->mem, "c", list[n - 1].member);
	}
	out->tasks.v = ARENA_ARRAY(rq->cx->mem, struct admin_mass_task_item, n);
	out->tasks.n = n;
	for (size_t i = 0; i < n; i++) {
		struct admin_mass_task_item *item = &out->tasks.v[i];
		struct member who;

		TRY(member_get(rq->tx, m.corp, list[i].member, &who));
		item->userid = who.userid;
		item->name = who.name;
		item->state = mass_task_state_name(&m, &list[i]);
		item->targets = list[i].targets;
		item->sent = list[i].sent;
		item->failed = list[i].failed;
		item->reminded = list[i].reminded_ms;
		item->decided = list[i].decided_ms;
		item->done = list[i].done_ms;
	}
	return OK;
}

static enum err admin_mass_customers(struct req *rq)
{
	const struct admin_mass_customers_in *in = rq->in;
	struct admin_mass_customers_out *out = rq->out;
	int64_t limit = in->limit ? in->limit : ROWS_DEFAULT;
	struct mass_target after = { 0 }, *v;
	struct member who = { 0 };
	struct mass m;
	size_t n;

	TRY(mass_by_id(rq->tx, rq->cx->actor.corp, in->mass, &m));
	if (in->userid.n)
		TRY(member_by_userid_ever(rq->tx, m.corp, in->userid, &who));
	if (in->cursor.n && !id_pair_parse(in->cursor, "c", &after.member, &after.target))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(mass_targets(rq->tx, m.corp, m.mass, who.member, after, limit + 1, &v, &n));
	if (n > (size_t)limit) {
		n = (size_t)limit;
		out->next_cursor =
			id_pair_text(rq->cx->mem, "c", v[n - 1].member, v[n - 1].target);
	}
	out->targets.v = ARENA_ARRAY(rq->cx->mem, struct view_mass_target, n);
	out->targets.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(view_mass_target_of(rq->tx, &m, &v[i], &out->targets.v[i]));
	return OK;
}

/* ---- as a table for other programs ---- */

struct csv_out {
	struct buf b;
	int64_t corp, mass;
	struct mass m;
	struct mass_target after; /* and of tasks its member */
	size_t n;
};

/* A cell that begins a formula is made text by a quote before it. */
static void put_cell(struct buf *b, str s, bool last)
{
	bool formula = s.n && strchr("=+-@\t\r", s.p[0]);

	buf_char(b, '"');
	if (formula)
		buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_lit(b, last ? "\"\r\n" : "\",");
}

static str time_text(struct arena *mem, int64_t ms)
{
	time_t at = (time_t)(ms / 1000);
	struct tm t;

	if (!ms)
		return STR_NONE;
	localtime_r(&at, &t);
	return arena_printf(mem, "%04d-%02d-%02d %02d:%02d:%02d", t.tm_year + 1900,
		t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

static enum err put_customers(struct tx *tx, void *arg)
{
	struct csv_out *o = arg;
	struct mass_target *v;

	TRY(mass_targets(tx, o->corp, o->mass, 0, o->after, CSV_PAGE, &v, &o->n));
	for (size_t i = 0; i < o->n; i++) {
		struct view_mass_target t;

		TRY(view_mass_target_of(tx, &o->m, &v[i], &t));
		put_cell(&o->b, t.userid, false);
		put_cell(&o->b, t.external_userid, false);
		put_cell(&o->b, t.name, false);
		put_cell(&o->b, t.status, false);
		put_cell(&o->b, time_text(tx->cx->mem, t.sent), true);
		o->after = v[i];
	}
	return OK;
}

static enum err put_members(struct tx *tx, void *arg)
{
	struct csv_out *o = arg;
	struct arena *mem = tx->cx->mem;
	struct mass_task *v;

	TRY(mass_tasks(tx, o->corp, o->mass, o->after.member, CSV_PAGE, &v, &o->n));
	for (size_t i = 0; i < o->n; i++) {
		struct member who;

		TRY(member_get(tx, o->corp, v[i].member, &who));
		put_cell(&o->b, who.userid, false);
		put_cell(&o->b, who.name, false);
		put_cell(&o->b, mass_task_state_name(&o->m, &v[i]), false);
		buf_printf(&o->b, "%" PRId64 ",%" PRId64 ",%" PRId64 ",", v[i].targets,
			v[i].sent, v[i].failed);
		put_cell(&o->b, time_text(mem, v[i].done_ms), true);
		o->after.member = v[i].member;
	}
	return OK;
}

struct opening {
	struct req *rq;
	struct csv_out *out;
};

static enum err open_csv(struct tx *tx, void *arg)
{
	struct opening *o = arg;
	const struct admin_mass_csv_in *in = o->rq->in;

	return mass_by_id(tx, tx->cx->actor.corp, in->mass, &o->out->m);
}

/* Page by page, each in a snapshot and memory of its own: a hundred thousand rows take
 * no more than their text. */
static enum err admin_mass_csv(struct req *rq)
{
	const struct admin_mass_csv_in *in = rq->in;
	bool members = str_is(in->of, "members");
	struct csv_out out = { .corp = rq->cx->actor.corp };
	struct opening opening = { rq, &out };
	struct ctx *page;
	enum err err = OK;

	TRY(store_read(rq->house->store, rq->cx, open_csv, &opening));
	out.mass = out.m.mass;
	buf_init(&out.b, rq->cx->mem,
		(size_t)(members ? 1000 : out.m.targets + 10) * CSV_ROW_BYTES);
	buf_lit(&out.b, "\xEF\xBB\xBF");
	buf_lit(&out.b,
		members ? "userid,name,state,customers,sent,failed,done\r\n"
			: "userid,external_userid,name,status,sent\r\n");
	page = ctx_new(0);
	do {
		ctx_restart(page);
		err = store_read(rq->house->store, page,
			members ? put_members : put_customers, &out);
	} while (err == OK && out.n == CSV_PAGE);
	ctx_free(page);
	TRY(err);
	answer_header(rq, STR("Content-Disposition"),
		arena_printf(rq->cx->mem, "attachment; filename=\"mass-%s.csv\"",
			members ? "members" : "customers"));
	answer_bytes(rq, "text/csv; charset=utf-8", buf_str(&out.b), "no-store");
	return OK;
}

const struct route admin_mass_routes[] = {
	GET("/v1/admin/mass/list", admin_masses, admin, READS, "Mass messages"),
	GET("/v1/admin/mass", admin_mass, admin, READS, "One mass message"),
	POST("/v1/admin/mass/count", admin_mass_count, admin, READS,
		"How many would get it"),
	POST("/v1/admin/mass/create", admin_mass_create, admin, WAITS,
		"Make a mass message of the company"),
	POST("/v1/admin/mass/pause", admin_mass_pause, admin, WRITES,
		"Pause its sending"),
	POST("/v1/admin/mass/resume", admin_mass_resume, admin, WRITES,
		"Go on with its sending"),
	POST("/v1/admin/mass/cancel", admin_mass_cancel, admin, WRITES,
		"Stop it where it is not sent yet"),
	POST("/v1/admin/mass/remind", admin_mass_remind, admin, WRITES,
		"Remind members who have not decided"),
	GET("/v1/admin/mass/tasks", admin_mass_tasks, admin, READS, "Results by member"),
	GET("/v1/admin/mass/customers", admin_mass_customers, admin, READS,
		"Results by customer"),
	GET_RAW("/v1/admin/mass/results.csv", admin_mass_csv, admin, WAITS,
		"Results as CSV"),
	LAST_ROUTE,
};
