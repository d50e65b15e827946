/*
 * api/agent/agent.c - an app's own settings, over HTTP.
 */
#include "api/api.h"
#include "core/app/app.h"

#define AGENT_GET_IN(F, SUB)                                                             \
	F(int, agentid, OPTIONAL, INT64_MIN, INT64_MAX,                                  \
		"The app the token belongs to; required")
SHAPE(agent_get_in, AGENT_GET_IN)

#define AGENT_USER(F, SUB) F(text, userid, ALWAYS, 1, 64, "A member who sees the app")
SHAPE(agent_user, AGENT_USER)
#define AGENT_USERS(F, SUB)                                                              \
	SUB(list, user, agent_user, ALWAYS, 0, 1000, "Members who see the app")
SHAPE(agent_users, AGENT_USERS)
#define AGENT_PARTIES(F, SUB)                                                            \
	F(ints, partyid, ALWAYS, 0, 1000, "Departments whose members see the app")
SHAPE(agent_parties, AGENT_PARTIES)
#define AGENT_TAGS(F, SUB)                                                               \
	F(ints, tagid, ALWAYS, 0, 1000, "Tags whose members see the app")
SHAPE(agent_tags, AGENT_TAGS)

#define AGENT_GET_OUT(F, SUB)                                                            \
	F(int, agentid, ALWAYS, 1, INT64_MAX, "The app")                                 \
	F(text, name, ALWAYS, 1, 32, "What it is called")                                \
	F(text, square_logo_url, ALWAYS, 0, 2048, "Its picture's address")               \
	F(text, description, ALWAYS, 0, 120, "What it does")                             \
	SUB(object, allow_userinfos, agent_users, ALWAYS, 0, 0, "Visible to members")    \
	SUB(object, allow_partys, agent_parties, ALWAYS, 0, 0, "Visible to departments") \
	SUB(object, allow_tags, agent_tags, ALWAYS, 0, 0, "Visible to tags")             \
	F(flag01, close, ALWAYS, 0, 1, "1: nobody may use it")                           \
	F(text, redirect_domain, ALWAYS, 0, 255, "Trusted domain of its pages")          \
	F(int, report_location_flag, ALWAYS, 0, 1, "1: reports places; always 0 here")   \
	F(int, isreportenter, ALWAYS, 0, 1, "1: reports who opens it; always 0 here")    \
	F(text, home_url, ALWAYS, 0, 2048, "Its page")
SHAPE(agent_get_out, AGENT_GET_OUT)

NO_IN(agent_list)
#define AGENT_ITEM(F, SUB)                                                               \
	F(int, agentid, ALWAYS, 1, INT64_MAX, "The app")                                 \
	F(text, name, ALWAYS, 1, 32, "What it is called")                                \
	F(text, square_logo_url, ALWAYS, 0, 2048, "Its picture's address")
SHAPE(agent_item, AGENT_ITEM)
#define AGENT_LIST_OUT(F, SUB)                                                           \
	SUB(list, agentlist, agent_item, ALWAYS, 0, 300,                                 \
		"Apps this token may see: its own")
SHAPE(agent_list_out, AGENT_LIST_OUT)

static enum err fill_range(struct req *rq, int64_t corp, int64_t app,
	struct agent_get_out *out)
{
	struct arena *mem = rq->cx->mem;
	struct app_range range;

	TRY(app_range_get(rq->tx, corp, app, &range));
	struct agent_users *users = ARENA_NEW(mem, struct agent_users);
	users->user.v = ARENA_ARRAY(mem, struct agent_user, range.members.n);
	for (size_t i = 0; i < range.members.n; i++) {
		struct member m;

		TRY(member_get(rq->tx, corp, range.members.v[i], &m));
		if (m.status != MEMBER_LEFT)
			users->user.v[users->user.n++].userid = m.userid;
	}
	out->allow_userinfos = users;
	out->allow_partys = ARENA_NEW(mem, struct agent_parties);
	out->allow_partys->partyid = range.departments;
	out->allow_tags = ARENA_NEW(mem, struct agent_tags);
	return OK;
}

static enum err agent_get(struct req *rq)
{
	const struct agent_get_in *in = rq->in;
	struct agent_get_out *out = rq->out;
	const struct actor *actor = &rq->cx->actor;
	struct app a;

	if (!HAS(in, agentid))
		return why(rq->cx, ERR_NO_AGENTID, "field `agentid` is required");
	TRY(app_get(rq->tx, actor->corp, in->agentid, &a));
	if (a.app != actor->id)
		return why(rq->cx, ERR_OTHER_AGENT,
			"field `agentid`: the token belongs to another app");
	out->agentid = a.app;
	out->name = a.name;
	out->square_logo_url = api_picture_url(rq, a.logo);
	out->description = a.description;
	out->close = a.closed;
	out->redirect_domain = a.redirect_domain;
	out->home_url = a.home_url;
	return fill_range(rq, actor->corp, a.app, out);
}

static enum err agent_list(struct req *rq)
{
	struct agent_list_out *out = rq->out;
	struct agent_item *item = ARENA_NEW(rq->cx->mem, struct agent_item);
	struct app a;

	TRY(app_get(rq->tx, rq->cx->actor.corp, rq->cx->actor.id, &a));
	item->agentid = a.app;
	item->name = a.name;
	item->square_logo_url = api_picture_url(rq, a.logo);
	out->agentlist.v = item;
	out->agentlist.n = 1;
	return OK;
}

const struct route agent_routes[] = {
	GET("/cgi-bin/agent/get", agent_get, agent, READS,
		"The app's settings and range"),
	GET("/cgi-bin/agent/list", agent_list, agent, READS, "Apps this token may see"),
	LAST_ROUTE,
};
