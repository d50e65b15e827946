/*
 * api/externalcontact/join_way.c - codes that lead into groups, over HTTP (document 92229).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "core/group/way.h"

enum { GIVEN_MAX = 100 };

#define JOIN_WAY_MARKS(F)                                                                \
	F(int, scene, OPTIONAL, INT32_MIN, INT32_MAX,                                    \
		"1 mini program, 2 QR code; required")                                   \
	F(text, remark, OPTIONAL, 0, 1024, "For the corp; cut at 30 characters")         \
	F(int, auto_create_room, OPTIONAL, 0, 1,                                         \
		"1: a new group when all are full; 1 if absent")                         \
	F(text, room_base_name, OPTIONAL, 0, 1024,                                       \
		"New groups are called this and a number; at most 40 characters")        \
	F(int, room_base_id, OPTIONAL, 0, INT32_MAX, "The first number")                 \
	F(texts, chat_id_list, OPTIONAL, 0, GIVEN_MAX, "At most 5 groups; required")     \
	F(text, state, OPTIONAL, 0, 1024,                                                \
		"Comes back with who joins; at most 30 characters")                      \
	F(flag, mark_source, OPTIONAL, 0, 1,                                             \
		"Show where people came from; true if absent")

#define ADD_IN(F, SUB) JOIN_WAY_MARKS(F)
SHAPE(add_join_way_in, ADD_IN)
#define ADD_OUT(F, SUB) F(octets, config_id, ALWAYS, 1, 64, "The way's name for apps")
SHAPE(add_join_way_out, ADD_OUT)
#define UPDATE_IN(F, SUB)                                                                \
	F(octets, config_id, OPTIONAL, 0, 64, "The way; required")                       \
	JOIN_WAY_MARKS(F)
SHAPE(update_join_way_in, UPDATE_IN)
NO_OUT(update_join_way)
#define CONFIG_IN(F, SUB) F(octets, config_id, OPTIONAL, 0, 64, "The way; required")
SHAPE(get_join_way_in, CONFIG_IN)
SHAPE(del_join_way_in, CONFIG_IN)
NO_OUT(del_join_way)

#define WAY(F, SUB)                                                                      \
	F(octets, config_id, ALWAYS, 1, 64, "The way's name for apps")                   \
	F(int, scene, ALWAYS, 1, 2, "1 mini program, 2 QR code")                         \
	F(text, remark, ALWAYS, 0, 30, "For the corp")                                   \
	F(int, auto_create_room, ALWAYS, 0, 1, "1: a new group when all are full")       \
	F(text, room_base_name, ALWAYS, 0, 40,                                           \
		"New groups are called this and a number")                               \
	F(int, room_base_id, ALWAYS, 0, INT64_MAX, "The next number")                    \
	F(texts, chat_id_list, ALWAYS, 0, GROUP_WAY_GROUPS_MAX, "Where it leads")        \
	F(octets, qr_code, SOMETIMES, 0, 2048, "Picture of the code; scene 2")           \
	F(text, state, ALWAYS, 0, 30, "Comes back with who joins")                       \
	F(flag, mark_source, ALWAYS, 0, 1, "Shows where people came from")
SHAPE(join_way, WAY)
#define GET_OUT(F, SUB) SUB(object, join_way, join_way, ALWAYS, 0, 0, "The way")
SHAPE(get_join_way_out, GET_OUT)

/* Groups whose owners the app sees. */
static enum err read_groups(struct req *rq, struct texts chat_ids, struct ints *out)
{
	if (chat_ids.n > GROUP_WAY_GROUPS_MAX)
		return why(rq->cx, ERR_WAY_GROUPS, "chat_id_list: at most %d groups",
			GROUP_WAY_GROUPS_MAX);
	*out = (struct ints){ .v = ARENA_ARRAY(rq->cx->mem, int64_t, chat_ids.n) };
	for (size_t i = 0; i < chat_ids.n; i++) {
		struct customer_group g;
		enum err err =
			group_by_chat_id(rq->tx, rq->cx->actor.corp, chat_ids.v[i], &g);

		if (err == ERR_NO_GROUP)
			return why(rq->cx, ERR_NOT_GROUP,
				"chat_id_list[%zu]: no customer group", i);
		TRY(err);
		TRY(ec_sees(rq, "chat_id_list", g.owner));
		if (!ints_has(out, g.group))
			out->v[out->n++] = g.group;
	}
	return OK;
}

/* What came replaces the whole value (document 92229). */
#define READ_MARKS(rq, in, w)                                                            \
	do {                                                                             \
		(w)->scene = (in)->scene;                                                \
		(w)->remark = (in)->remark;                                              \
		(w)->auto_create = !HAS(in, auto_create_room) || (in)->auto_create_room; \
		(w)->base_name = (in)->room_base_name;                                   \
		(w)->base_id = HAS(in, room_base_id) ? (in)->room_base_id : 1;           \
		(w)->state = (in)->state;                                                \
		(w)->mark_source = !HAS(in, mark_source) || (in)->mark_source;           \
		TRY(read_groups((rq), (in)->chat_id_list, &(w)->groups));                \
	} while (0)

static enum err add_join_way(struct req *rq)
{
	const struct add_join_way_in *in = rq->in;
	struct add_join_way_out *out = rq->out;
	struct group_way w = { .corp = rq->cx->actor.corp };

	READ_MARKS(rq, in, &w);
	TRY(group_way_add(rq->tx, &w));
	out->config_id = w.config_id;
	return OK;
}

/* The way of a config_id, if the app sees the owners of its groups. */
static enum err find_way(struct req *rq, str config_id, struct group_way *out)
{
	TRY(group_way_by_config(rq->tx, rq->cx->actor.corp, config_id, out));
	for (size_t i = 0; i < out->groups.n; i++) {
		struct customer_group g;

		TRY(group_get(rq->tx, out->corp, out->groups.v[i], &g));
		TRY(ec_sees(rq, "config_id", g.owner));
	}
	return OK;
}

static enum err update_join_way(struct req *rq)
{
	const struct update_join_way_in *in = rq->in;
	struct group_way w;

	TRY(find_way(rq, in->config_id, &w));
	READ_MARKS(rq, in, &w);
	return group_way_set(rq->tx, &w);
}

static enum err del_join_way(struct req *rq)
{
	const struct del_join_way_in *in = rq->in;
	struct group_way w;

	TRY(find_way(rq, in->config_id, &w));
	return group_way_drop(rq->tx, &w);
}

static enum err fill_groups(struct req *rq, const struct group_way *w, struct texts *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, str, w->groups.n);
	for (size_t i = 0; i < w->groups.n; i++) {
		struct customer_group g;

		TRY(group_get(rq->tx, w->corp, w->groups.v[i], &g));
		if (!g.dismissed)
			out->v[out->n++] = g.chat_id;
	}
	return OK;
}

static enum err get_join_way(struct req *rq)
{
	const struct get_join_way_in *in = rq->in;
	struct get_join_way_out *out = rq->out;
	struct join_way *shown = ARENA_NEW(rq->cx->mem, struct join_way);
	struct group_way w;

	TRY(find_way(rq, in->config_id, &w));
	*shown = (struct join_way){
		.config_id = w.config_id,
		.scene = w.scene,
		.remark = w.remark,
		.auto_create_room = w.auto_create,
		.room_base_name = w.base_name,
		.room_base_id = w.base_id,
		.state = w.state,
		.mark_source = w.mark_source,
	};
	if (w.scene == 2)
		shown->qr_code = arena_printf(rq->cx->mem, "%.*s/v1/code.svg?code=%.*s",
			STR_FMT(rq->house->public_url), STR_FMT(w.code));
	TRY(fill_groups(rq, &w, &shown->chat_id_list));
	out->join_way = shown;
	return OK;
}

const struct route join_way_routes[] = {
	POST("/cgi-bin/externalcontact/groupchat/add_join_way", add_join_way,
		customer_write, WRITES, "Make a code that leads into groups"),
	POST("/cgi-bin/externalcontact/groupchat/get_join_way", get_join_way,
		customer_read, READS, "Read one join way"),
	POST("/cgi-bin/externalcontact/groupchat/update_join_way", update_join_way,
		customer_write, WRITES, "Replace a join way"),
	POST("/cgi-bin/externalcontact/groupchat/del_join_way", del_join_way,
		customer_write, WRITES, "Delete a join way"),
	LAST_ROUTE,
};
