#include "api/externalcontact/follower.h"

#include "core/customer/tag.h"

enum err ec_sees(struct req *rq, const char *field, int64_t member)
{
	const struct actor *app = &rq->cx->actor;
	bool sees;

	TRY(app_sees_member(rq->tx, app->corp, app->id, member, &sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"%s: outside the app's visible range", field);
	return OK;
}

enum err ec_member(struct req *rq, str userid, struct member *out)
{
	if (!userid.n)
		return why(rq->cx, ERR_BAD_USERID, "userid: missing");
	TRY(member_by_userid(rq->tx, rq->cx->actor.corp, userid, out));
	return ec_sees(rq, "userid", out->member);
}

enum err ec_follow(struct req *rq, str userid, str external_userid, struct follow *out)
{
	struct member m;
	struct customer c;

	TRY(ec_member(rq, userid, &m));
	TRY(customer_by_external(rq->tx, m.corp, external_userid, &c));
	return follow_get(rq->tx, m.corp, m.member, c.customer, out);
}

enum err ec_tag_ids(struct req *rq, const char *field, struct texts ids, struct ints *out)
{
	out->v = ARENA_ARRAY(rq->cx->mem, int64_t, ids.n);
	out->n = ids.n;
	for (size_t i = 0; i < ids.n; i++)
		if (!tag_id_parse(ids.v[i], &out->v[i]))
			return why(rq->cx, ERR_BAD_TAG_ID, "%s[%zu]", field, i);
	return OK;
}
