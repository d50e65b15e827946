#include "core/customer/share.h"

#include "base/ids.h"
#include "core/customer/follow.sql.h"
#include "core/customer/share.sql.h"

enum { CODE_CHARS = 16 };

enum err share_make(struct tx *tx, const struct follow *f, struct way *out, str *out_by)
{
	struct card_share_row row;
	bool found;

	if (f->status != FOLLOW_ACTIVE)
		return why(tx->cx, ERR_CLOSED, "chat: it has ended already");
	TRY(way_own(tx, f->corp, f->member, out));
	TRY(card_share_find(tx, f->corp, f->customer, f->member, &row, &found));
	*out_by = found ? row.code : random_text(tx->cx->mem, CODE_CHARS);
	if (found)
		return OK;
	return card_share_insert(tx, f->corp, *out_by, f->customer, f->member,
		tx->cx->now_ms);
}

enum err share_find(struct tx *tx, int64_t corp, int64_t member, str by,
	struct customer *out, bool *out_found)
{
	struct card_share_row row;

	*out_found = false;
	if (!by.n)
		return OK;
	TRY(card_share_select(tx, corp, by, &row, out_found));
	*out_found = *out_found && row.member == member;
	return *out_found ? customer_get(tx, corp, row.customer, out) : OK;
}

enum err share_use(struct tx *tx, struct follow *f, str by)
{
	struct customer sharer;
	bool found;

	TRY(share_find(tx, f->corp, f->member, by, &sharer, &found));
	if (!found || sharer.customer == f->customer)
		return OK;
	f->add_way = ADD_WAY_CARD;
	TRY(follow_set_add_way(tx, f->corp, f->member, f->customer, f->add_way));
	return card_share_use_put(tx, f->corp, f->member, f->customer, sharer.customer,
		tx->cx->now_ms);
}

enum err share_of(struct tx *tx, const struct follow *f, struct customer *out,
	bool *out_found)
{
	struct card_share_use_select_row row;

	*out_found = false;
	if (f->add_way != ADD_WAY_CARD)
		return OK;
	TRY(card_share_use_select(tx, f->corp, f->member, f->customer, &row, out_found));
	return *out_found ? customer_get(tx, f->corp, row.by_customer, out) : OK;
}
