/*
 * api/externalcontact/staff.c - who may serve customers (document 92571).
 */
#include "api/api.h"
#include "core/app/app.h"

NO_IN(get_follow_user_list)
#define FOLLOW_USERS(F, SUB)                                                             \
	F(texts, follow_user, ALWAYS, 0, INT32_MAX, "userids within the visible range")
SHAPE(get_follow_user_list_out, FOLLOW_USERS)

/* All members in the range, each once. */
static enum err members_seen(struct req *rq, struct ints *out)
{
	const struct actor *app = &rq->cx->actor;
	struct app_range range;
	struct ints from, *parts;
	size_t all;

	TRY(app_sees_from(rq->tx, app->corp, app->id, &from));
	TRY(app_range_get(rq->tx, app->corp, app->id, &range));
	parts = ARENA_ARRAY(rq->cx->mem, struct ints, from.n + 1);
	parts[from.n] = range.members;
	all = range.members.n;
	for (size_t i = 0; i < from.n; i++) {
		TRY(member_ids_in(rq->tx, app->corp, from.v[i], true, &parts[i]));
		all += parts[i].n;
	}
	*out = (struct ints){ .v = ARENA_ARRAY(rq->cx->mem, int64_t, all) };
	for (size_t i = 0; i <= from.n; i++)
		for (size_t j = 0; j < parts[i].n; j++)
			out->v[out->n++] = parts[i].v[j];
	ints_unite(out);
	return OK;
}

static enum err get_follow_user_list(struct req *rq)
{
	struct get_follow_user_list_out *out = rq->out;
	struct ints ids;

	TRY(members_seen(rq, &ids));
	out->follow_user.v = ARENA_ARRAY(rq->cx->mem, str, ids.n);
	for (size_t i = 0; i < ids.n; i++) {
		str *userid = &out->follow_user.v[out->follow_user.n];

		TRY(member_serving(rq->tx, rq->cx->actor.corp, ids.v[i], userid));
		out->follow_user.n += userid->n > 0;
	}
	return OK;
}

const struct route staff_routes[] = {
	GET("/cgi-bin/externalcontact/get_follow_user_list", get_follow_user_list,
		customer_read, READS, "Members who may serve customers"),
	LAST_ROUTE,
};
