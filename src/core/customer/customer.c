#include "core/customer/customer.h"

#include "base/ids.h"
#include "core/customer/customer.sql.h"
#include "core/customer/private.h"

enum { EXTERNAL_RANDOM = 30 };

static void fill(struct customer *c, int64_t corp, const struct customer_row *r)
{
	*c = (struct customer){
		.corp = corp,
		.customer = r->customer,
		.consumer = r->consumer,
		.gender = r->gender,
		.created_ms = r->created_ms,
		.external_userid = r->external_userid,
		.name = r->name,
		.avatar = r->avatar,
	};
}

enum err customer_get(struct tx *tx, int64_t corp, int64_t customer, struct customer *out)
{
	struct customer_row row;
	bool found;

	TRY(customer_select(tx, corp, customer, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_EXTERNAL_USERID, "no such customer");
	fill(out, corp, &row);
	return OK;
}

enum err customer_some(struct tx *tx, int64_t corp, struct ints customers,
	struct customer **out, size_t *out_n)
{
	struct customer_row *rows;
	size_t n;

	TRY(customer_select_some(tx, corp, customers, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct customer, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err customer_by_external(struct tx *tx, int64_t corp, str external_userid,
	struct customer *out)
{
	struct customer_row row;
	bool found = false;

	if (external_userid.n)
		TRY(customer_select_by_external(tx, corp, external_userid, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_EXTERNAL_USERID, "field `external_userid`");
	fill(out, corp, &row);
	return OK;
}

/* The key of his own picture is not the corp's: it gets one when it gets the customer. */
static enum err picture_for(struct tx *tx, int64_t corp, str avatar, str *out)
{
	struct media m;

	*out = STR("");
	if (!avatar.n)
		return OK;
	TRY(media_get(tx, 0, avatar, &m));
	m.corp = corp;
	m.expires_ms = -1;
	TRY(media_add(tx, &m));
	*out = m.key;
	return OK;
}

/* external_userid is random, not made from the consumer, so two corps cannot match theirs. */
enum err customer_of_consumer(struct tx *tx, int64_t corp, const struct consumer *c,
	struct customer *out)
{
	struct customer_row row;
	bool found;

	TRY(customer_select_by_consumer(tx, corp, c->consumer, &row, &found));
	if (found) {
		fill(out, corp, &row);
		return OK;
	}
	*out = (struct customer){
		.corp = corp,
		.customer = id_next(),
		.consumer = c->consumer,
		.created_ms = tx->cx->now_ms,
		.external_userid = arena_concat(tx->cx->mem, STR("wm"),
			random_text(tx->cx->mem, EXTERNAL_RANDOM)),
		.name = c->name,
	};
	TRY(picture_for(tx, corp, c->avatar, &out->avatar));
	return customer_insert(tx, corp, out->customer, out->external_userid,
		out->consumer, out->name, out->avatar, out->created_ms);
}

enum err customer_rename(struct tx *tx, int64_t corp, int64_t customer, str name)
{
	return customer_set_name(tx, corp, customer, name);
}

enum err customer_show(struct tx *tx, int64_t corp, int64_t customer, str avatar)
{
	return customer_set_avatar(tx, corp, customer, avatar);
}

enum err customer_count(struct tx *tx, int64_t corp, int64_t *out)
{
	struct customer_select_count_row row;
	bool found;

	TRY(customer_select_count(tx, corp, &row, &found));
	*out = row.n;
	return OK;
}
