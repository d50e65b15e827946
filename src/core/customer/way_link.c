#include "core/customer/way_link.h"

#include "core/acquisition/arrival.h"
#include "core/acquisition/quota.h"
#include "core/customer/way.sql.h"
#include "core/customer/way_turn.h"

enum err way_link_add(struct tx *tx, struct acq_link *l, struct way *w)
{
	TRY(acq_link_add(tx, l));
	w->corp = l->corp;
	w->link = l->link;
	w->kind = WAY_OF_LINK;
	w->type = WAY_MULTI;
	w->scene = 2;
	w->style = 1;
	w->remark = l->name;
	return way_add(tx, w);
}

enum err way_link_way(struct tx *tx, int64_t corp, int64_t link, struct way *out)
{
	struct way_select_by_link_row row;
	bool found;

	TRY(way_select_by_link(tx, corp, link, &row, &found));
	if (!found)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `link_id`: no such link");
	return way_get(tx, corp, row.way, out);
}

enum err way_link_set(struct tx *tx, const struct acq_link *l, const struct way *w)
{
	struct way changed = *w;
	struct acq_link link = *l;

	changed.remark = l->name;
	TRY(acq_link_set(tx, l));
	TRY(way_set(tx, &changed));
	return acq_link_state(tx, &link, changed.disabled);
}

enum err way_link_drop(struct tx *tx, const struct acq_link *l, bool by_console)
{
	struct way w;

	TRY(way_link_way(tx, l->corp, l->link, &w));
	TRY(way_drop_one(tx, l->corp, w.way));
	return acq_link_drop(tx, l, by_console);
}

enum err way_link_looked(struct tx *tx, const struct way *w, str visitor, str channel)
{
	struct acq_link link;
	struct member m;
	bool open = way_member(tx, w, &m) == OK && acq_quota_left(tx, w->corp) == OK;

	ctx_forgive(tx->cx);
	TRY(acq_link_get(tx, w->corp, w->link, &link));
	TRY(acq_link_state(tx, &link, !open));
	return acq_looked(tx, w->corp, w->link, visitor, channel);
}
