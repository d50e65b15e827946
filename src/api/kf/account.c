/*
 * api/kf/account.c - service accounts and their links, over HTTP (documents 94661 to
 * 94665).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "core/service/session.h"

enum { LIST_DEFAULT = 100, LIST_MAX = 100 };

#define ADD_IN(F, SUB)                                                                   \
	F(text, name, OPTIONAL, 0, INT32_MAX, "At most 16 characters; required")         \
	F(octets, media_id, OPTIONAL, 0, 128, "A picture, from media/upload; required")
SHAPE(kf_account_add_in, ADD_IN)
#define ADD_OUT(F, SUB) F(octets, open_kfid, ALWAYS, 1, 64, "The account's name for apps")
SHAPE(kf_account_add_out, ADD_OUT)

#define DEL_IN(F, SUB) F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")
SHAPE(kf_account_del_in, DEL_IN)
NO_OUT(kf_account_del)

#define UPDATE_IN(F, SUB)                                                                \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(text, name, OPTIONAL, 0, INT32_MAX, "At most 16 characters")                   \
	F(octets, media_id, OPTIONAL, 0, 128, "A picture, from media/upload")
SHAPE(kf_account_update_in, UPDATE_IN)
NO_OUT(kf_account_update)

#define LIST_IN(F, SUB)                                                                  \
	F(int, offset, OPTIONAL, 0, INT32_MAX, "From 0")                                 \
	F(int, limit, OPTIONAL, 1, LIST_MAX, "100 if absent")
SHAPE(kf_account_list_in, LIST_IN)
#define LIST_ITEM(F, SUB)                                                                \
	F(octets, open_kfid, ALWAYS, 1, 64, "The account")                               \
	F(text, name, ALWAYS, 0, 16, "Its name")                                         \
	F(octets, avatar, ALWAYS, 0, 2048, "Address of its picture")                     \
	F(flag, manage_privilege, ALWAYS, 0, 1, "The calling app may manage it")
SHAPE(kf_account_item, LIST_ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, account_list, kf_account_item, ALWAYS, 0, LIST_MAX,                    \
		"In order of making")
SHAPE(kf_account_list_out, LIST_OUT)

#define WAY_IN(F, SUB)                                                                   \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(octets, scene, OPTIONAL, 0, INT32_MAX,                                         \
		"Comes back with enter_session; at most 32 letters, digits, _ and -")
SHAPE(kf_add_contact_way_in, WAY_IN)
#define WAY_OUT(F, SUB)                                                                  \
	F(octets, url, ALWAYS, 1, 2048,                                                  \
		"Leads to the account; with a scene, &scene_param= may be appended")
SHAPE(kf_add_contact_way_out, WAY_OUT)

static enum err kf_account_add(struct req *rq)
{
	const struct kf_account_add_in *in = rq->in;
	struct kf_account_add_out *out = rq->out;
	struct service_account a = service_account_default(rq->cx->actor.corp);

	if (!in->media_id.n)
		return why(rq->cx, ERR_BAD_MEDIA_ID, "field `media_id` is required");
	a.name = str_trim(in->name);
	a.avatar = in->media_id;
	a.first = FIRST_APP;
	TRY(service_account_add(rq->tx, &a));
	TRY(service_grant(rq->tx, &a, rq->cx->actor.id, true, true));
	out->open_kfid = a.open_kfid;
	return OK;
}

static enum err kf_account_del(struct req *rq)
{
	const struct kf_account_del_in *in = rq->in;
	struct service_account a;

	TRY(kf_account(rq, in->open_kfid, &a));
	return service_close(rq->tx, &a);
}

static enum err kf_account_update(struct req *rq)
{
	const struct kf_account_update_in *in = rq->in;
	struct service_account a;

	TRY(kf_account(rq, in->open_kfid, &a));
	if (HAS(in, name))
		a.name = str_trim(in->name);
	if (in->media_id.n)
		a.avatar = in->media_id;
	return service_account_set(rq->tx, &a);
}

static enum err kf_account_list(struct req *rq)
{
	const struct kf_account_list_in *in = rq->in;
	struct kf_account_list_out *out = rq->out;
	struct service_account *list;
	size_t n;

	TRY(service_account_page(rq->tx, rq->cx->actor.corp, in->offset,
		in->limit ? in->limit : LIST_DEFAULT, &list, &n));
	out->account_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_account_item, n);
	out->account_list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct kf_account_item *item = &out->account_list.v[i];

		item->open_kfid = list[i].open_kfid;
		item->name = list[i].name;
		item->avatar = api_picture_url(rq, list[i].avatar);
		TRY(kf_may(rq, &list[i], &item->manage_privilege));
	}
	return OK;
}

/* A scene's link ends in a query, so that the caller can append to it. */
static enum err kf_add_contact_way(struct req *rq)
{
	const struct kf_add_contact_way_in *in = rq->in;
	struct kf_add_contact_way_out *out = rq->out;
	struct service_account a;
	str code;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(service_way(rq->tx, &a, in->scene, &code));
	out->url = arena_printf(rq->cx->mem, "%.*s/k/%.*s",
		STR_FMT(rq->house->public_url), STR_FMT(code));
	if (in->scene.n)
		out->url = arena_printf(rq->cx->mem, "%.*s?scene=%.*s", STR_FMT(out->url),
			STR_FMT(in->scene));
	return OK;
}

const struct route kf_account_routes[] = {
	POST("/cgi-bin/kf/account/add", kf_account_add, service, WRITES,
		"Make a service account"),
	POST("/cgi-bin/kf/account/del", kf_account_del, service, WRITES,
		"Delete a service account"),
	POST("/cgi-bin/kf/account/update", kf_account_update, service, WRITES,
		"Change its name or picture"),
	POST("/cgi-bin/kf/account/list", kf_account_list, service, READS,
		"Page over the service accounts"),
	POST("/cgi-bin/kf/add_contact_way", kf_add_contact_way, service, WRITES,
		"The link to a service account, by scene"),
	LAST_ROUTE,
};
