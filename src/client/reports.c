/*
 * client/reports.c - what customers report, and what administrators make of it.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"
#include "core/customer/report.h"
#include "frame/rate.h"

enum { REPORTS_DEFAULT = 50, REPORTS_MAX = 100, REPORTS_PER_MINUTE = 5 };

#define REPORT_IN(F, SUB)                                                                \
	F(octets, chat, REQUIRED, 1, 64, "The chat it is about")                         \
	F(octets, reason, REQUIRED, 1, 16,                                               \
		"spam, fraud, harassment, illegal, privacy or other")                    \
	F(text, words, OPTIONAL, 0, REPORT_WORDS_MAX, "What happened")                   \
	F(ints, seqs, OPTIONAL, 0, REPORT_MESSAGES_MAX, "Messages that show it")
SHAPE(report_in, REPORT_IN)
NO_OUT(report)

#define ADMIN_REPORT(F, SUB)                                                             \
	F(id, report, ALWAYS, 1, INT64_MAX, "Which")                                     \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	F(octets, external_userid, ALWAYS, 0, 64, "Who reports")                         \
	F(text, customer, ALWAYS, 0, 64, "His name")                                     \
	F(text, userid, ALWAYS, 0, 64, "Whom; empty for a group")                        \
	F(text, member, ALWAYS, 0, 64, "His name")                                       \
	F(octets, reason, ALWAYS, 1, 16, "spam, fraud …")                                \
	F(text, words, ALWAYS, 0, REPORT_WORDS_MAX, "What happened")                     \
	F(json, messages, ALWAYS, 0, 1 << 20,                                            \
		"As they were: [{seq, time, by_customer, type, text}]")                  \
	F(flag, open, ALWAYS, 0, 1, "Nobody has closed it")                              \
	F(time, closed, ALWAYS, 0, INT64_MAX, "Unix milliseconds; 0: open")              \
	F(octets, closed_by, ALWAYS, 0, 128, "member:admin")                             \
	F(text, note, ALWAYS, 0, REPORT_NOTE_MAX, "What came of it")
SHAPE(admin_report, ADMIN_REPORT)

#define ADMIN_REPORTS_IN(F, SUB)                                                         \
	F(flag, open, OPTIONAL, 0, 1, "Only those still open")                           \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, REPORTS_MAX, "At most so many; 50 if absent")
SHAPE(admin_reports_in, ADMIN_REPORTS_IN)
#define ADMIN_REPORTS_OUT(F, SUB)                                                        \
	SUB(list, reports, admin_report, ALWAYS, 0, REPORTS_MAX, "Newest first")         \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")                                  \
	F(int, open, ALWAYS, 0, INT64_MAX, "How many are open")
SHAPE(admin_reports_out, ADMIN_REPORTS_OUT)

#define ADMIN_REPORT_CLOSE_IN(F, SUB)                                                    \
	F(id, report, REQUIRED, 1, INT64_MAX, "Which")                                   \
	F(text, note, OPTIONAL, 0, REPORT_NOTE_MAX, "What came of it")
SHAPE(admin_report_close_in, ADMIN_REPORT_CLOSE_IN)
NO_OUT(admin_report_close)
#define admin_report_reopen_in_shape admin_report_close_in_shape
NO_OUT(admin_report_reopen)

/* A group has no one member. */
static int64_t member_of(struct tx *tx, int64_t corp, int64_t chat)
{
	struct follow f;

	if (follow_by_chat(tx, corp, chat, &f) == OK)
		return f.member;
	ctx_forgive(tx->cx);
	return 0;
}

struct reporting {
	struct req *rq;
};

static enum err put(struct tx *tx, void *arg)
{
	struct reporting *g = arg;
	const struct report_in *in = g->rq->in;
	struct viewer v = viewer_of(tx->cx);
	struct report r = { .reason = in->reason, .words = in->words };
	struct person me;

	TRY(viewer_chat(tx, &v, in->chat, &r.corp, &r.chat, &me));
	r.customer = me.id;
	r.member = member_of(tx, r.corp, r.chat);
	return report_add(tx, &r, in->seqs);
}

/* WAITS, so that the rate is taken once however often the write runs. */
static enum err report(struct req *rq)
{
	struct reporting g = { rq };

	TRY(rate_person(rq, "report", REPORTS_PER_MINUTE));
	return store_write(rq->house->store, rq->cx, put, &g);
}

/* ---- for administrators ---- */

static enum err fill(struct tx *tx, const struct report *r, struct admin_report *out)
{
	struct customer c;
	struct member m = { .userid = STR(""), .name = STR("") };

	TRY(customer_get(tx, r->corp, r->customer, &c));
	if (r->member)
		TRY(member_get(tx, r->corp, r->member, &m));
	*out = (struct admin_report){
		.report = r->report,
		.created = r->created_ms,
		.external_userid = c.external_userid,
		.customer = c.name,
		.userid = m.userid,
		.member = m.name,
		.reason = r->reason,
		.words = r->words,
		.messages = r->messages,
		.open = !r->closed_ms,
		.closed = r->closed_ms,
		.closed_by = r->closed_by,
		.note = r->note,
	};
	return OK;
}

static enum err admin_reports(struct req *rq)
{
	const struct admin_reports_in *in = rq->in;
	struct admin_reports_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : REPORTS_DEFAULT, n;
	int64_t corp = rq->cx->actor.corp;
	struct report *list;

	TRY(report_page(rq->tx, corp, in->open, in->cursor, (int64_t)limit + 1, &list,
		&n));
	if (n > limit) {
		n = limit;
		out->next_cursor = list[n - 1].report;
	}
	out->reports.v = ARENA_ARRAY(rq->cx->mem, struct admin_report, n);
	out->reports.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq->tx, &list[i], &out->reports.v[i]));
	return report_open_count(rq->tx, corp, &out->open);
}

static enum err set_state(struct req *rq, bool closed)
{
	const struct admin_report_close_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;

	TRY(report_close(rq->tx, corp, in->report, closed, in->note));
	return audit_add(rq->tx, corp, closed ? "report.close" : "report.reopen",
		arena_printf(rq->cx->mem, "report:%" PRId64, in->report), in->note);
}

static enum err admin_report_close(struct req *rq)
{
	return set_state(rq, true);
}

static enum err admin_report_reopen(struct req *rq)
{
	return set_state(rq, false);
}

const struct route report_routes[] = {
	POST("/v1/report", report, consumer, WAITS,
		"Report somebody to his company's administrators"),
	GET("/v1/admin/reports", admin_reports, admin, READS, "What customers report"),
	POST("/v1/admin/report/close", admin_report_close, admin, WRITES,
		"Say what came of it"),
	POST("/v1/admin/report/reopen", admin_report_reopen, admin, WRITES,
		"It is open again"),
	LAST_ROUTE,
};
