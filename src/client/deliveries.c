/*
 * client/deliveries.c - callbacks on their way to apps, for administrators.
 */
#include "base/ids.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/callback/callback.h"
#include "wire/callback_xml.h"

enum { DELIVERIES_DEFAULT = 50, DELIVERIES_MAX = 200 };

#define ADMIN_DELIVERY(F, SUB)                                                           \
	F(id, event, ALWAYS, 1, INT64_MAX, "As in the header X-Liaison-Event")           \
	F(int, agentid, ALWAYS, 1, INT64_MAX, "The app")                                 \
	F(text, app, ALWAYS, 0, 64, "Its name")                                          \
	F(octets, name, ALWAYS, 0, 64, "change_external_contact; text: a message")       \
	F(octets, change, ALWAYS, 0, 64, "add_external_contact; empty without one")      \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	F(int, tries, ALWAYS, 0, INT64_MAX, "So far")                                    \
	F(octets, status, ALWAYS, 0, 16, "waiting, delivered, parked or expired")        \
	F(int, http_status, ALWAYS, 0, 999, "Of the last answer; 0: there was none")     \
	F(text, error, ALWAYS, 0, 512, "What went wrong last")                           \
	F(time, next, ALWAYS, 0, INT64_MAX, "The next try, Unix milliseconds; 0: none")  \
	F(time, delivered, ALWAYS, 0, INT64_MAX, "Unix milliseconds; 0: not yet")
SHAPE(admin_delivery, ADMIN_DELIVERY)

#define ADMIN_DELIVERIES_IN(F, SUB)                                                      \
	F(int, agentid, OPTIONAL, 0, INT64_MAX, "Only of this app")                      \
	F(octets, status, OPTIONAL, 0, 16,                                               \
		"Only these: waiting, delivered, parked, expired")                       \
	F(id, cursor, OPTIONAL, 0, INT64_MAX, "next_cursor of the page before")          \
	F(int, limit, OPTIONAL | CLAMP, 1, DELIVERIES_MAX,                               \
		"At most so many; 50 if absent")
SHAPE(admin_deliveries_in, ADMIN_DELIVERIES_IN)
#define ADMIN_DELIVERIES_OUT(F, SUB)                                                     \
	SUB(list, deliveries, admin_delivery, ALWAYS, 0, DELIVERIES_MAX, "Newest first") \
	F(id, next_cursor, SOMETIMES, 0, INT64_MAX,                                      \
		"For the next page; absent at the end")
SHAPE(admin_deliveries_out, ADMIN_DELIVERIES_OUT)

#define ADMIN_DELIVERY_IN(F, SUB) F(id, event, REQUIRED, 1, INT64_MAX, "Which")
SHAPE(admin_delivery_one_in, ADMIN_DELIVERY_IN)
#define ADMIN_DELIVERY_OUT(F, SUB)                                                       \
	SUB(object, delivery, admin_delivery, ALWAYS, 0, 0, "The delivery")              \
	F(octets, payload, ALWAYS, 0, 1 << 20, "What the app receives, before encryption")
SHAPE(admin_delivery_one_out, ADMIN_DELIVERY_OUT)
#define admin_delivery_replay_in_shape admin_delivery_one_in_shape
NO_OUT(admin_delivery_replay)

static const struct {
	const char *name;
	enum outbox_status status;
} statuses[] = {
	{ "waiting", OUTBOX_WAITING },
	{ "delivered", OUTBOX_DELIVERED },
	{ "parked", OUTBOX_PARKED },
	{ "expired", OUTBOX_EXPIRED },
};

static enum err status_parse(struct ctx *cx, str name, int64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (str_is(name, statuses[i].name))
			*out = statuses[i].status;
	if (name.n && !*out)
		return why(cx, ERR_INVALID_ARGUMENT,
			"status: waiting, delivered, parked or expired");
	return OK;
}

static str status_name(enum outbox_status status)
{
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (statuses[i].status == status)
			return str_of(statuses[i].name);
	return STR("");
}

static enum err fill(struct tx *tx, const struct callback *c, struct admin_delivery *out)
{
	struct app app;

	TRY(app_get(tx, c->corp, c->app, &app));
	*out = (struct admin_delivery){
		.event = c->event,
		.agentid = c->app,
		.app = app.name,
		.name = c->name,
		.change = c->change,
		.created = id_time_ms(c->event),
		.tries = c->tries,
		.status = status_name(c->status),
		.http_status = c->http_status,
		.error = c->error,
		.next = c->status == OUTBOX_WAITING ? c->next_ms : 0,
		.delivered = c->status == OUTBOX_DELIVERED ? c->done_ms : 0,
	};
	return OK;
}

static enum err admin_deliveries(struct req *rq)
{
	const struct admin_deliveries_in *in = rq->in;
	struct admin_deliveries_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : DELIVERIES_DEFAULT, n;
	struct callback *list;
	int64_t status;

	TRY(status_parse(rq->cx, in->status, &status));
	TRY(callback_page(rq->tx, rq->cx->actor.corp, in->agentid, status, in->cursor,
		(int64_t)limit + 1, &list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = list[n - 1].event;
	}
	out->deliveries.v = ARENA_ARRAY(rq->cx->mem, struct admin_delivery, n);
	out->deliveries.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill(rq->tx, &list[i], &out->deliveries.v[i]));
	return OK;
}

static enum err admin_delivery_one(struct req *rq)
{
	const struct admin_delivery_one_in *in = rq->in;
	struct admin_delivery_one_out *out = rq->out;
	struct callback c;

	TRY(callback_get(rq->tx, rq->cx->actor.corp, in->event, &c));
	out->delivery = ARENA_NEW(rq->cx->mem, struct admin_delivery);
	TRY(fill(rq->tx, &c, out->delivery));
	return callback_xml_of_json(rq->cx, c.fields, &out->payload);
}

static enum err admin_delivery_replay(struct req *rq)
{
	const struct admin_delivery_one_in *in = rq->in;
	struct arena *mem = rq->cx->mem;

	TRY(callback_replay(rq->tx, rq->cx->actor.corp, in->event));
	return audit_add(rq->tx, rq->cx->actor.corp, "delivery.replay",
		arena_printf(mem, "event:%" PRId64, in->event), STR(""));
}

const struct route delivery_routes[] = {
	GET("/v1/admin/deliveries", admin_deliveries, admin, READS,
		"Callbacks, newest first"),
	GET("/v1/admin/delivery", admin_delivery_one, admin, READS,
		"One of them, with its content"),
	POST("/v1/admin/delivery/replay", admin_delivery_replay, admin, WRITES,
		"Deliver it once more, with the same event id"),
	LAST_ROUTE,
};
