/*
 * client/apps.c - the apps a member may open, and the chat with each.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/app/app.h"
#include "core/message/message.h"

NO_IN(apps)
#define DESK_APP(F, SUB)                                                                 \
	F(int, agentid, ALWAYS, 1, INT64_MAX, "The app")                                 \
	F(text, name, ALWAYS, 1, 32, "What it is called")                                \
	F(text, description, ALWAYS, 0, 120, "What it does")                             \
	F(octets, logo, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")         \
	F(octets, chat, SOMETIMES, 0, 64, "The member's chat with it, when there is one")
SHAPE(desk_app, DESK_APP)
#define APPS_OUT(F, SUB) SUB(list, apps, desk_app, ALWAYS, 0, APP_MAX, "By agentid")
SHAPE(apps_out, APPS_OUT)

#define APP_OPEN_IN(F, SUB) F(int, agentid, REQUIRED, 1, INT64_MAX, "The app")
SHAPE(app_open_in, APP_OPEN_IN)
#define APP_OPEN_OUT(F, SUB)                                                             \
	SUB(object, chat, view_chat, ALWAYS, 0, 0, "The chat with it")
SHAPE(app_open_out, APP_OPEN_OUT)

static enum err apps(struct req *rq)
{
	struct apps_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct app *list;
	size_t n;

	TRY(app_visible_to(rq->tx, me->corp, me->id, &list, &n));
	out->apps.v = ARENA_ARRAY(rq->cx->mem, struct desk_app, n);
	out->apps.n = n;
	for (size_t i = 0; i < n; i++) {
		struct desk_app *a = &out->apps.v[i];
		struct chat c;
		bool found;

		a->agentid = list[i].app;
		a->name = list[i].name;
		a->description = list[i].description;
		a->logo = view_avatar(rq->cx->mem, me->corp, list[i].logo);
		TRY(message_app_chat_find(rq->tx, me->corp, list[i].app, me->id, &c,
			&found));
		if (found)
			a->chat = chat_name(rq->cx->mem, me->corp, c.chat);
	}
	return OK;
}

static enum err app_open(struct req *rq)
{
	const struct app_open_in *in = rq->in;
	struct app_open_out *out = rq->out;
	const struct actor *me = &rq->cx->actor;
	struct viewer v = viewer_of(rq->cx);
	struct app a;
	struct chat c;
	bool sees;

	TRY(app_get(rq->tx, me->corp, in->agentid, &a));
	TRY(app_sees_member(rq->tx, me->corp, in->agentid, me->id, &sees));
	if (a.kind != APP_BUSINESS || a.closed || !sees)
		return why(rq->cx, ERR_BAD_AGENTID, "field `agentid`: no app of yours");
	TRY(message_app_chat(rq->tx, me->corp, in->agentid, me->id, &c));
	out->chat = ARENA_NEW(rq->cx->mem, struct view_chat);
	return view_chat_of(rq->tx, &v, me->corp, c.chat, out->chat);
}

const struct route desk_app_routes[] = {
	GET("/v1/apps", apps, member, READS, "Apps the member may open"),
	POST("/v1/app/open", app_open, member, WRITES, "Open the chat with an app"),
	LAST_ROUTE,
};
