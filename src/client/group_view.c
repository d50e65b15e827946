#include "client/group_view.h"

#include "core/group/welcome.h"

SHAPE_TABLE(view_group, VIEW_GROUP)
SHAPE_TABLE(view_group_person, VIEW_GROUP_PERSON)

enum err group_of_chat(struct req *rq, str chat, struct customer_group *out,
	struct person *out_me)
{
	struct viewer v = viewer_of(rq->cx);
	int64_t corp, number;

	TRY(viewer_chat(rq->tx, &v, chat, &corp, &number, out_me));
	return group_by_chat(rq->tx, corp, number, out);
}

enum err group_to_change(struct req *rq, str chat, struct customer_group *out,
	struct person *out_me)
{
	TRY(group_of_chat(rq, chat, out, out_me));
	return out->dismissed ? why(rq->cx, ERR_GROUP_GONE, "chat: it was dismissed")
			      : OK;
}

static enum err fill_role(struct tx *tx, const struct customer_group *g,
	const struct person *me, str *out)
{
	struct group_person p;

	*out = STR("");
	if (!me)
		return OK;
	TRY(group_person_get(tx, g, me->kind, me->id, &p));
	*out = me->kind == PERSON_CUSTOMER ? STR("customer")
		: me->id == g->owner       ? STR("owner")
		: p.admin                  ? STR("admin")
					   : STR("member");
	return OK;
}

/* What only the company's people see. */
static enum err fill_inside(struct tx *tx, const struct customer_group *g,
	struct view_group *out)
{
	struct group_welcome w;
	enum group_status status;
	bool found;

	TRY(group_status_of(tx, g, &status));
	TRY(group_welcome_find(tx, g->corp, g->welcome, &w, &found));
	out->chat_id = g->chat_id;
	out->status = status;
	if (found)
		out->welcome = w.template_id;
	return OK;
}

enum err view_group_of(struct tx *tx, const struct viewer *v, const struct person *me,
	const struct customer_group *g, struct view_group *out)
{
	struct person owner = { PERSON_MEMBER, g->owner, 0 };

	*out = (struct view_group){
		.chat = chat_name(tx->cx->mem, g->corp, g->chat),
		.opengid = g->opengid,
		.name = g->name,
		.notice = g->notice,
		.noticed = g->notice_ms,
		.owner = ARENA_NEW(tx->cx->mem, struct view_who),
		.corp = ARENA_NEW(tx->cx->mem, struct view_corp),
		.members = g->persons,
		.customers = g->customers,
		.dismissed = g->dismissed,
		.created = g->created_ms,
	};
	TRY(view_who_of(tx, v->kind, g->corp, owner, out->owner));
	TRY(view_corp_of(tx, g->corp, out->corp));
	TRY(fill_role(tx, g, me, &out->role));
	return v->kind == PERSON_MEMBER ? fill_inside(tx, g, out) : OK;
}

str group_way_url(struct req *rq, const struct group_way *w)
{
	return arena_printf(rq->cx->mem, "%.*s/c/%.*s", STR_FMT(rq->house->public_url),
		STR_FMT(w->code));
}
