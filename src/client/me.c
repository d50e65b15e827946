/*
 * client/me.c - the signed-in person: himself, his sessions, his password, and
 * pictures.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/me.h"
#include "core/account/account.h"
#include "core/customer/consumer.h"
#include "core/media/media.h"
#include "wire/mime.h"

SHAPE_TABLE(view_me, VIEW_ME)

NO_IN(me)
#define ME_OUT(F, SUB) SUB(object, me, view_me, ALWAYS, 0, 0, "The signed-in person")
SHAPE(me_out, ME_OUT)

NO_IN(sessions)
#define SESSION_ITEM(F, SUB)                                                             \
	F(id, session, ALWAYS, 1, INT64_MAX, "Its number")                               \
	F(text, device, ALWAYS, 0, 128, "What signed in, as it called itself")           \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	F(time, seen, ALWAYS, 0, INT64_MAX, "Last used, to about an hour")               \
	F(flag, current, ALWAYS, 0, 1, "The one that asks")
SHAPE(session_item, SESSION_ITEM)
#define SESSIONS_OUT(F, SUB)                                                             \
	SUB(list, sessions, session_item, ALWAYS, 0, 100, "Newest first")
SHAPE(sessions_out, SESSIONS_OUT)

#define SESSION_REVOKE_IN(F, SUB) F(id, session, REQUIRED, 1, INT64_MAX, "Which to end")
SHAPE(session_revoke_in, SESSION_REVOKE_IN)
NO_OUT(session_revoke)

#define PASSWORD_IN(F, SUB)                                                              \
	F(text, old, REQUIRED | SECRET, 0, 128, "The password until now")                \
	F(text, new, REQUIRED | SECRET, 8, 128, "The new one; other sessions end")
SHAPE(password_in, PASSWORD_IN)
NO_OUT(password)

#define AVATAR_IN(F, SUB) F(octets, id, REQUIRED, 1, 128, "As avatar fields give it")
SHAPE(avatar_in, AVATAR_IN)
NO_OUT(avatar)

/* ---- himself ---- */

enum err view_me_member(struct tx *tx, int64_t corp, int64_t member, struct view_me *out)
{
	struct member m;

	TRY(member_get(tx, corp, member, &m));
	out->kind = STR("member");
	out->id = m.userid;
	out->name = m.name;
	out->avatar = view_avatar(tx->cx->mem, corp, m.avatar);
	out->position = m.position;
	out->corp = ARENA_NEW(tx->cx->mem, struct view_corp);
	out->admin = m.admin;
	TRY(view_corp_of(tx, corp, out->corp));
	return account_must_change(tx, corp, member, &out->must_change_password);
}

enum err view_me_consumer(struct tx *tx, int64_t consumer, struct view_me *out)
{
	struct consumer c;

	TRY(consumer_get(tx, consumer, &c));
	out->kind = STR("consumer");
	out->id = id_text(tx->cx->mem, "c", consumer);
	out->name = c.name;
	out->language = c.language;
	out->avatar = view_avatar(tx->cx->mem, 0, c.avatar);
	out->position = STR("");
	out->corp = ARENA_NEW(tx->cx->mem, struct view_corp); /* none of his own */
	return OK;
}

static enum err me(struct req *rq)
{
	struct me_out *out = rq->out;
	const struct actor *a = &rq->cx->actor;

	out->me = ARENA_NEW(rq->cx->mem, struct view_me);
	if (a->kind == ACTOR_CONSUMER)
		return view_me_consumer(rq->tx, a->id, out->me);
	return view_me_member(rq->tx, a->corp, a->id, out->me);
}

/* ---- sessions and password ---- */

static enum err sessions(struct req *rq)
{
	struct sessions_out *out = rq->out;
	const struct actor *a = &rq->cx->actor;
	struct session *list;
	size_t n;

	TRY(account_sessions(rq->tx, a->corp, a->id, &list, &n));
	out->sessions.v = ARENA_ARRAY(rq->cx->mem, struct session_item, n);
	out->sessions.n = n;
	for (size_t i = 0; i < n; i++) {
		struct session_item *item = &out->sessions.v[i];

		item->session = list[i].session;
		item->device = list[i].device;
		item->created = list[i].created_ms;
		item->seen = list[i].seen_ms;
		item->current = list[i].session == a->session;
	}
	return OK;
}

static enum err session_revoke(struct req *rq)
{
	const struct session_revoke_in *in = rq->in;
	const struct actor *a = &rq->cx->actor;

	return account_end(rq->tx, a->corp, a->id, in->session);
}

static enum err password(struct req *rq)
{
	const struct password_in *in = rq->in;

	return account_password_change(rq->house->store, rq->cx, in->old, in->new);
}

/* ---- pictures ---- */

/* Anybody may see a picture whose name he knows; nothing else is given out here. */
static enum err avatar(struct req *rq)
{
	const struct avatar_in *in = rq->in;
	struct answer_file f = { .inline_image = true,
		.cache = "public, max-age=31536000, immutable" };
	struct media m;
	int64_t corp;
	str key;

	if (!media_public_parse(in->id, &corp, &key) ||
		media_get(rq->tx, corp, key, &m) != OK || !media_is_public(&m) ||
		!mime_is_picture(arena_cstr(rq->cx->mem, m.mime))) {
		ctx_forgive(rq->cx);
		return why(rq->cx, ERR_NOT_FOUND, "field `id`: no such picture");
	}
	TRY(media_open(rq->cx, &m, &f.fd));
	f.size = m.size;
	f.mime = m.mime;
	f.name = m.name;
	return answer_file(rq, &f);
}

const struct route me_routes[] = {
	GET("/v1/me", me, session, READS, "Who is signed in"),
	GET("/v1/sessions", sessions, member, READS, "Where the member is signed in"),
	POST("/v1/session/revoke", session_revoke, member, WRITES,
		"End one of these sessions"),
	POST("/v1/password", password, member, WAITS, "Change one's password"),
	GET_RAW("/v1/avatar", avatar, none, READS, "A picture of a person or an app"),
	LAST_ROUTE,
};
