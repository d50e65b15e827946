/*
 * api/externalcontact/contact_list.c - everybody who is served, over HTTP (document 99434).
 *
 * A scan goes over all relations in order.  Its ids are of the scan: made from its time, so
 * that they match within it and with nothing else; scan and ids live four hours.
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "base/digest.h"
#include "base/ids.h"
#include "core/keys.h"

enum { PAGE_MAX = 1000, SCAN_LIFE_MS = 4 * 3600 * 1000, OPENID_HEX = 30 };

#define LIST_IN(F, SUB)                                                                  \
	F(octets, cursor, OPTIONAL, 0, 128,                                              \
		"next_cursor of the page before, for 4 hours")                           \
	F(int, limit, OPTIONAL | CLAMP, 0, PAGE_MAX, "1000 if absent, and at most")
SHAPE(contact_list_in, LIST_IN)
#define CONTACT(F, SUB)                                                                  \
	F(flag, is_customer, ALWAYS, 0, 1, "A member follows him")                       \
	F(octets, tmp_openid, ALWAYS, 1, 64, "The person, within this scan")             \
	F(octets, external_userid, SOMETIMES, 0, 64, "Of customers")                     \
	F(text, name, SOMETIMES, 0, 64, "Of others, masked")                             \
	F(octets, follow_userid, SOMETIMES, 0, 64, "The member who added him")           \
	F(octets, chat_id, SOMETIMES, 0, 64, "Or the customer group he is in")           \
	F(text, chat_name, SOMETIMES, 0, 128, "Its name")                                \
	F(time, add_time, ALWAYS, 0, INT64_MAX, "Unix seconds")
SHAPE(served_contact, CONTACT)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, info_list, served_contact, ALWAYS, 0, PAGE_MAX,                        \
		"One for each relation")                                                 \
	F(octets, next_cursor, SOMETIMES, 0, 128, "Absent at the end")
SHAPE(contact_list_out, LIST_OUT)

struct scan {
	int64_t began_ms, customer, member; /* where it stands */
};

static enum err scan_parse(struct req *rq, str cursor, struct scan *out)
{
	str rest = cursor;
	str a = str_cut(&rest, '-'), b = str_cut(&rest, '-');

	*out = (struct scan){ .began_ms = rq->cx->now_ms };
	if (!cursor.n)
		return OK;
	if (!id_parse(a, "c", &out->began_ms) || !id_parse(b, "", &out->customer) ||
		!id_parse(rest, "", &out->member))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	if (rq->cx->now_ms - out->began_ms > SCAN_LIFE_MS)
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: older than 4 hours");
	return OK;
}

static str scan_text(struct arena *mem, const struct scan *s)
{
	return arena_printf(mem, "%.*s-%.*s-%.*s",
		STR_FMT(id_text(mem, "c", s->began_ms)),
		STR_FMT(id_text(mem, "", s->customer)),
		STR_FMT(id_text(mem, "", s->member)));
}

static str tmp_openid(struct req *rq, const struct scan *s, int64_t customer)
{
	uint8_t digest[32];

	keys_sign(arena_printf(rq->cx->mem, "tmp_openid %" PRId64 " %" PRId64 " %" PRId64,
			  rq->cx->actor.corp, s->began_ms, customer),
		digest);
	return arena_concat(rq->cx->mem, STR("to"),
		str_first_bytes(hex_of(rq->cx->mem, digest, sizeof(digest)), OPENID_HEX));
}

static enum err fill(struct req *rq, const struct scan *s, const struct follow *f,
	struct served_contact *out)
{
	struct customer c;
	struct member m;

	TRY(customer_get(rq->tx, f->corp, f->customer, &c));
	TRY(member_get(rq->tx, f->corp, f->member, &m));
	*out = (struct served_contact){
		.is_customer = true,
		.tmp_openid = tmp_openid(rq, s, f->customer),
		.external_userid = c.external_userid,
		.follow_userid = m.userid,
		.add_time = f->created_ms / 1000,
	};
	return OK;
}

static enum err contact_list(struct req *rq)
{
	const struct contact_list_in *in = rq->in;
	struct contact_list_out *out = rq->out;
	const struct actor *app = &rq->cx->actor;
	size_t limit = in->limit ? (size_t)in->limit : PAGE_MAX, n;
	struct follow *follows;
	struct scan s;

	TRY(scan_parse(rq, in->cursor, &s));
	TRY(follow_served(rq->tx, app->corp, s.customer, s.member, (int64_t)limit + 1,
		&follows, &n));
	out->info_list.v = ARENA_ARRAY(rq->cx->mem, struct served_contact, n);
	for (size_t i = 0; i < n && i < limit; i++) {
		bool sees;

		s.customer = follows[i].customer;
		s.member = follows[i].member;
		TRY(app_sees_member(rq->tx, app->corp, app->id, s.member, &sees));
		if (sees)
			TRY(fill(rq, &s, &follows[i],
				&out->info_list.v[out->info_list.n++]));
	}
	if (n > limit)
		out->next_cursor = scan_text(rq->cx->mem, &s);
	return OK;
}

const struct route contact_list_routes[] = {
	POST("/cgi-bin/externalcontact/contact_list", contact_list, customer_read, READS,
		"Everybody who is served, with ids for this scan"),
	LAST_ROUTE,
};
