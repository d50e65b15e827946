#include "core/customer/handover.h"

#include <stdatomic.h>

#include "base/ids.h"
#include "core/customer/handover.sql.h"
#include "core/customer/handover_private.h"

enum { STEP = 200, DAY_MS = 24 * 3600 * 1000, LATE_MS = 3600 * 1000 };

static atomic_int_fast64_t hurry = 1;

void handover_hurry(int64_t by)
{
	atomic_store(&hurry, by);
}

static void fill(struct handover *h, int64_t corp, const struct handover_row *r)
{
	*h = (struct handover){
		.corp = corp,
		.handover = r->handover,
		.kind = (enum handover_kind)r->kind,
		.status = (enum handover_status)r->status,
		.customer = r->customer,
		.from = r->from_member,
		.to = r->to_member,
		.chat = r->chat,
		.oper_userid = r->oper_userid,
		.words = r->words,
		.created_ms = r->created_ms,
		.due_ms = r->due_ms,
		.done_ms = r->done_ms,
		.rule = r->rule,
	};
}

static enum err settle(struct tx *tx, struct handover *h, enum handover_status status)
{
	h->status = status;
	h->done_ms = tx->cx->now_ms;
	return handover_set_status(tx, h->corp, h->handover, status, h->done_ms);
}

/* ---- may it be? ---- */

static bool is_gone(const struct member *m)
{
	return m->status == MEMBER_DISABLED || m->status == MEMBER_LEFT;
}

bool handover_can_take(const struct member *m)
{
	return !is_gone(m) && m->serves_customers;
}

static enum err check_members(struct ctx *cx, const struct handover_order *o)
{
	if (o->from.member == o->to.member)
		return why(cx, ERR_SAME_MEMBER, "takeover_userid: the same member");
	if (o->kind == HANDOVER_RESIGNED && !is_gone(&o->from))
		return why(cx, ERR_NOT_LEFT, "handover_userid: has not left");
	if (o->kind == HANDOVER_IN_SERVICE && is_gone(&o->from))
		return why(cx, ERR_NO_USER,
			"handover_userid: has left: use resigned/transfer_customer");
	if (is_gone(&o->to))
		return why(cx, ERR_SUCCESSOR_BLOCKED, "takeover_userid: may not act");
	if (!o->to.serves_customers)
		return why(cx, ERR_WAY_MEMBER,
			"takeover_userid: may not serve customers");
	return OK;
}

enum err handover_begin(struct tx *tx, int64_t corp, enum handover_kind kind, str from,
	str to, struct handover_order *out)
{
	struct corp owner;

	*out = (struct handover_order){ .corp = corp, .kind = kind };
	TRY(corp_get(tx, corp, &owner));
	TRY(member_by_userid_ever(tx, corp, from, &out->from));
	TRY(member_by_userid(tx, corp, to, &out->to));
	out->at_once = owner.handover_at_once;
	return check_members(tx->cx, out);
}

/* ---- one customer ---- */

static enum err oper_userid(struct tx *tx, str *out)
{
	const struct actor *a = &tx->cx->actor;
	struct member m;

	*out = STR("");
	if (a->kind != ACTOR_MEMBER)
		return OK;
	TRY(member_get(tx, a->corp, a->id, &m));
	*out = m.userid;
	return OK;
}

/* Waiting: both are told in the chat, and the clock. */
static enum err announce(struct tx *tx, const struct handover *h, const struct follow *f,
	const struct handover_order *o)
{
	TRY(follow_say(tx, h->corp, h->chat,
		&(struct follow_line){ "assigned", o->to.name, h->due_ms }));
	follow_tell(tx, f, "changed");
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.data = STR("handover"),
			.corp = h->corp,
			.object = h->due_ms });
	return follow_record(tx, f, LEDGER_ASSIGNED, h->to, STR(""));
}

enum err handover_start(struct tx *tx, const struct handover_order *o, struct follow *f)
{
	struct handover h = {
		.corp = o->corp,
		.handover = id_next(),
		.kind = o->kind,
		.status = o->at_once ? HANDOVER_DONE : HANDOVER_WAITING,
		.customer = f->customer,
		.from = o->from.member,
		.to = o->to.member,
		.chat = f->chat,
		.words = o->words,
		.created_ms = tx->cx->now_ms,
		.due_ms = tx->cx->now_ms + HANDOVER_WAIT_MS / atomic_load(&hurry),
		.rule = o->rule,
		.oper_userid = o->oper_userid,
	};

	if (!h.oper_userid.n)
		TRY(oper_userid(tx, &h.oper_userid));
	TRY(handover_insert(tx, h.corp, h.handover, h.kind, h.status, h.customer, h.from,
		h.to, h.chat, h.oper_userid, h.words, h.created_ms, h.due_ms, h.rule));
	if (!o->at_once)
		return announce(tx, &h, f, o);
	TRY(handover_move(tx, &h, f, o->by_app));
	return settle(tx, &h, HANDOVER_DONE);
}

/* In service a customer passes at most twice in 90 days. */
static enum err is_too_often(struct tx *tx, const struct handover_order *o,
	int64_t customer, bool *out)
{
	int64_t since = id_of_ms(tx->cx->now_ms - (int64_t)HANDOVER_TIMES_DAYS * DAY_MS);
	struct handover_count_since_row row;
	bool found;

	*out = false;
	if (o->kind != HANDOVER_IN_SERVICE)
		return OK;
	TRY(handover_count_since(tx, o->corp, customer, o->kind, since, &row, &found));
	*out = row.n >= HANDOVER_TIMES_MAX;
	return OK;
}

enum err handover_add(struct tx *tx, const struct handover_order *o, str external_userid,
	enum err *out_code)
{
	struct handover waiting;
	struct customer c;
	struct follow f;
	bool waits, often;

	*out_code = ERR_BAD_EXTERNAL_USERID;
	if (customer_by_external(tx, o->corp, external_userid, &c) != OK)
		goto alone;
	*out_code = ERR_NOT_FOLLOWER;
	if (follow_get(tx, o->corp, o->from.member, c.customer, &f) != OK)
		goto alone;
	TRY(handover_waiting(tx, o->corp, o->from.member, c.customer, &waiting, &waits));
	TRY(is_too_often(tx, o, c.customer, &often));
	*out_code = waits ? ERR_BEING_TRANSFERRED : often ? ERR_TRANSFERRED_OFTEN : OK;
	if (*out_code == OK)
		return handover_start(tx, o, &f);
alone:
	ctx_forgive(tx->cx);
	return OK;
}

/* ---- all of them ---- */

/* A handover that waits is overtaken by this one. */
static enum err overtake(struct tx *tx, const struct handover_order *o, int64_t customer)
{
	struct handover h;
	bool waits;

	TRY(handover_waiting(tx, o->corp, o->from.member, customer, &h, &waits));
	return waits ? settle(tx, &h, HANDOVER_FAILED) : OK;
}

static enum err start_one(struct tx *tx, void *arg, int64_t customer)
{
	const struct handover_order *o = arg;
	struct follow f;

	TRY(overtake(tx, o, customer));
	TRY(follow_get(tx, o->corp, o->from.member, customer, &f));
	return handover_start(tx, o, &f);
}

/* The next customers after one, as ids. */
static enum err next_ids(struct tx *tx, int64_t corp, int64_t member, int64_t after,
	int64_t limit, int64_t ids[STEP], size_t *out_n)
{
	struct follow *follows;

	TRY(follow_page(tx, corp, member, after, limit, &follows, out_n));
	for (size_t i = 0; i < *out_n; i++)
		ids[i] = follows[i].customer;
	return OK;
}

enum err handover_each(struct tx *tx, int64_t corp, int64_t member, int64_t max,
	int64_t *after, enum err (*fn)(struct tx *tx, void *arg, int64_t customer),
	void *arg, int64_t *out_n)
{
	struct ctx *cx = tx->cx;
	struct arena *mem = cx->mem;
	int64_t ids[STEP], step = STEP;
	enum err err = OK;
	size_t n = STEP;

	*out_n = 0;
	cx->mem = cx->scratch;
	while (err == OK && n == (size_t)step && *out_n < max) {
		step = max - *out_n < STEP ? max - *out_n : STEP;
		err = next_ids(tx, corp, member, *after, step, ids, &n);
		for (size_t i = 0; err == OK && i < n; i++) {
			arena_clear(cx->scratch);
			*after = ids[i];
			err = fn(tx, arg, ids[i]);
			++*out_n;
		}
	}
	cx->mem = mem;
	cx->words = arena_str(mem, cx->words);
	arena_clear(cx->scratch);
	return err;
}

enum err handover_to(struct tx *tx, int64_t corp, str from, str to,
	struct handover_order *out)
{
	struct member m;

	TRY(member_by_userid_ever(tx, corp, from, &m));
	TRY(handover_begin(tx, corp,
		is_gone(&m) ? HANDOVER_RESIGNED : HANDOVER_IN_SERVICE, from, to, out));
	out->at_once = true;
	return OK;
}

enum err handover_take(struct tx *tx, const struct handover_order *o, str external_userid,
	enum err *out_code)
{
	struct customer c;
	struct follow f;

	*out_code = ERR_BAD_EXTERNAL_USERID;
	if (customer_by_external(tx, o->corp, external_userid, &c) == OK)
		*out_code = ERR_NOT_FOLLOWER;
	if (*out_code == ERR_NOT_FOLLOWER &&
		follow_get(tx, o->corp, o->from.member, c.customer, &f) == OK)
		*out_code = OK;
	if (*out_code != OK) {
		ctx_forgive(tx->cx);
		return OK;
	}
	TRY(overtake(tx, o, c.customer));
	return handover_start(tx, o, &f);
}

enum err handover_all(struct tx *tx, int64_t corp, str from, str to, int64_t *out_n)
{
	struct handover_order o;
	int64_t after = 0;

	*out_n = 0;
	TRY(handover_to(tx, corp, from, to, &o));
	return handover_each(tx, corp, o.from.member, INT64_MAX, &after, start_one, &o,
		out_n);
}

/* ---- results ---- */

enum err handover_page(struct tx *tx, const struct handover_order *o, int64_t after,
	int64_t limit, struct handover **out, size_t *out_n)
{
	struct handover_row *rows;
	size_t n;

	TRY(handover_select_page(tx, o->corp, o->kind, o->from.member, o->to.member,
		after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct handover, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], o->corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err handover_log(struct tx *tx, int64_t corp, int64_t from, int64_t before,
	int64_t limit, struct handover **out, size_t *out_n)
{
	int64_t below = before ? before : INT64_MAX;
	struct handover_row *rows;
	size_t n;

	TRY(from ? handover_select_from(tx, corp, from, below, limit, &rows, &n)
		 : handover_select_newest(tx, corp, below, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct handover, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err handover_waiting(struct tx *tx, int64_t corp, int64_t from, int64_t customer,
	struct handover *out, bool *out_found)
{
	struct handover_row row;

	TRY(handover_select_waiting(tx, corp, customer, from, &row, out_found));
	if (*out_found)
		fill(out, corp, &row);
	return OK;
}

enum err handover_of(struct tx *tx, const struct handover_order *o, int64_t customer,
	struct handover *out)
{
	struct handover_row row;
	bool found;

	TRY(handover_select_of(tx, o->corp, customer, o->from.member, o->to.member, &row,
		&found));
	if (!found)
		return why(tx->cx, ERR_BAD_EXTERNAL_USERID,
			"external_userid: was not handed over between these two");
	fill(out, o->corp, &row);
	return OK;
}

/* The customers of one who has left, as far as there is room. */
static enum err add_unassigned(struct tx *tx, int64_t corp, const struct member_gone *m,
	int64_t after, size_t limit, struct unassigned *out, size_t *n)
{
	struct follow *follows;
	size_t found;

	TRY(follow_page(tx, corp, m->member, after, (int64_t)(limit - *n), &follows,
		&found));
	for (size_t i = 0; i < found; i++) {
		struct customer c;

		TRY(customer_get(tx, corp, follows[i].customer, &c));
		out[(*n)++] = (struct unassigned){ m->member, c.customer, m->left_ms,
			m->userid, c.external_userid };
	}
	return OK;
}

enum err handover_unassigned(struct tx *tx, int64_t corp, int64_t after_member,
	int64_t after_customer, size_t limit, struct unassigned **out, size_t *out_n)
{
	int64_t before = after_member - 1; /* the member of the place comes again */
	struct member_gone *gone;
	size_t n;

	*out = ARENA_ARRAY(tx->cx->mem, struct unassigned, limit);
	*out_n = 0;
	do {
		TRY(member_gone_page(tx, corp, before, STEP, &gone, &n));
		for (size_t i = 0; i < n && *out_n < limit; i++) {
			before = gone[i].member;
			TRY(add_unassigned(tx, corp, &gone[i],
				before == after_member ? after_customer : 0, limit, *out,
				out_n));
		}
	} while (n == STEP && *out_n < limit);
	return OK;
}

/* ---- refusing ---- */

static enum err refuse_done(struct tx *tx, const struct handover *h)
{
	struct follow f;

	if (follow_get(tx, h->corp, h->to, h->customer, &f) != OK || f.chat != h->chat)
		return why(tx->cx, ERR_CLOSED, "chat: the handover is over");
	return handover_undo(tx, h, &f);
}

enum err handover_refuse(struct tx *tx, int64_t corp, int64_t chat)
{
	struct follow refused = { .corp = corp };
	struct handover_row row;
	struct member successor;
	struct handover h;
	bool found;

	TRY(handover_select_by_chat(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat: there is no handover to refuse");
	fill(&h, corp, &row);
	if (h.status == HANDOVER_REFUSED || h.status == HANDOVER_FAILED ||
		tx->cx->now_ms >= h.due_ms)
		return why(tx->cx, ERR_CLOSED, "chat: the handover is over");
	if (h.status == HANDOVER_DONE)
		TRY(refuse_done(tx, &h));
	TRY(settle(tx, &h, HANDOVER_REFUSED));
	TRY(member_get(tx, corp, h.to, &successor));
	TRY(follow_say(tx, corp, chat,
		&(struct follow_line){ .event = "refused", .member = successor.name }));
	refused.member = h.from;
	refused.customer = h.customer;
	refused.chat = chat;
	follow_tell(tx, &refused, "changed");
	TRY(follow_record(tx, &refused, LEDGER_REFUSED, h.to, STR("")));
	return handover_tell_failure(tx, &h, "customer_refused");
}

/* ---- by time ---- */

static enum err fail(struct tx *tx, struct handover *h, struct follow *f)
{
	TRY(settle(tx, h, HANDOVER_FAILED));
	TRY(follow_record(tx, f, LEDGER_FAILED, h->to, STR("")));
	return handover_tell_failure(tx, h, "customer_limit_exceed");
}

/* A day is long: the relation may have ended, the successor may have left. */
static enum err finish(struct tx *tx, struct handover *h)
{
	struct member to;
	struct follow f;

	TRY(follow_find_any(tx, h->corp, h->from, h->customer, &f));
	if (f.status != FOLLOW_ACTIVE)
		return settle(tx, h,
			f.status == FOLLOW_LEFT ? HANDOVER_REFUSED : HANDOVER_FAILED);
	TRY(member_get(tx, h->corp, h->to, &to));
	if (is_gone(&to))
		return fail(tx, h, &f);
	TRY(handover_move(tx, h, &f, 0));
	return settle(tx, h, HANDOVER_DONE);
}

static enum err finish_due(struct tx *tx, int64_t corp)
{
	struct handover_row *rows;
	size_t n;

	TRY(handover_select_due(tx, corp, tx->cx->now_ms, STEP, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct handover h;

		fill(&h, corp, &rows[i]);
		TRY(finish(tx, &h));
	}
	return OK;
}

/* Nobody acts when time is over: the ledger has who assigned in an entry before. */
enum err handover_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct actor actor = tx->cx->actor;
	struct handover_select_next_row next;
	enum err err;
	bool found;

	tx->cx->actor = (struct actor){ .kind = ACTOR_NOBODY, .corp = corp };
	err = finish_due(tx, corp);
	tx->cx->actor = actor;
	TRY(err);
	TRY(handover_select_next(tx, corp, &next, &found));
	*out_next_ms = found ? next.due_ms : 0;
	return OK;
}

enum err handover_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct handover_select_next_row next;
	bool found;

	TRY(handover_select_next(tx, corp, &next, &found));
	if (found && next.due_ms + LATE_MS < tx->cx->now_ms)
		report(arg, STR("a handover has waited for an hour past its time"));
	return OK;
}
