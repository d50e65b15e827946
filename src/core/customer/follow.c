/*
 * core/customer/follow.c - reading the relation, and the member's notes on it.
 */
#include "core/customer/follow.h"

#include "base/fold.h"
#include "core/customer/follow.sql.h"
#include "core/customer/private.h"
#include "core/customer/tag.h"

enum { FIND_STEP = 500, FIND_SCAN_MAX = 50000 };

static void fill(struct follow *f, int64_t corp, const struct follow_row *r)
{
	*f = (struct follow){
		.corp = corp,
		.member = r->member,
		.customer = r->customer,
		.add_way = r->add_way,
		.way = r->way,
		.chat = r->chat,
		.created_ms = r->created_ms,
		.changed_ms = r->changed_ms,
		.status = (enum follow_status)r->status,
		.remark = r->remark,
		.description = r->description,
		.remark_company = r->remark_company,
		.remark_mobiles = r->remark_mobiles,
		.state = r->state,
		.oper_userid = r->oper_userid,
	};
}

static enum err fill_all(struct tx *tx, int64_t corp, const struct follow_row *rows,
	size_t n, struct follow **out, size_t *out_n)
{
	*out = ARENA_ARRAY(tx->cx->mem, struct follow, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err follow_find_any(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow *out)
{
	struct follow_row row;
	bool found;

	TRY(follow_select(tx, corp, member, customer, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "customer");
	fill(out, corp, &row);
	return OK;
}

enum err follow_get(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow *out)
{
	struct follow_row row;
	bool found;

	TRY(follow_select(tx, corp, member, customer, &row, &found));
	if (!found || row.status != FOLLOW_ACTIVE)
		return why(tx->cx, ERR_NOT_CUSTOMER, "not a customer of this member");
	fill(out, corp, &row);
	return OK;
}

enum err follow_by_chat(struct tx *tx, int64_t corp, int64_t chat, struct follow *out)
{
	struct follow_row row;
	bool found;

	TRY(follow_select_by_chat(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	fill(out, corp, &row);
	return OK;
}

enum err follow_page(struct tx *tx, int64_t corp, int64_t member, int64_t after,
	int64_t limit, struct follow **out, size_t *out_n)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_page(tx, corp, member, after, limit, &rows, &n));
	return fill_all(tx, corp, rows, n, out, out_n);
}

enum err follow_of_customer(struct tx *tx, int64_t corp, int64_t customer, int64_t after,
	int64_t limit, struct follow **out, size_t *out_n)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_of_customer(tx, corp, customer, after, limit, &rows, &n));
	return fill_all(tx, corp, rows, n, out, out_n);
}

enum err follow_count(struct tx *tx, int64_t corp, int64_t member, int64_t *out)
{
	struct follow_select_count_row row;
	bool found;

	TRY(follow_select_count(tx, corp, member, &row, &found));
	*out = row.n;
	return OK;
}

/* ---- finding ---- */

static bool matches(struct arena *mem, str q, const struct customer_follow *cf)
{
	return !q.n || str_find(fold(mem, cf->follow.remark), q) != SIZE_MAX ||
		str_find(fold(mem, cf->customer.name), q) != SIZE_MAX ||
		str_find(fold(mem, cf->follow.remark_company), q) != SIZE_MAX;
}

static enum err is_wanted(struct tx *tx, const struct follow_query *q, str folded,
	struct customer_follow *cf, bool *out)
{
	struct follow_tag *tags;
	size_t n;

	*out = false;
	if (cf->follow.status != FOLLOW_ACTIVE)
		return OK;
	TRY(customer_get(tx, cf->follow.corp, cf->follow.customer, &cf->customer));
	if (!matches(tx->cx->mem, folded, cf))
		return OK;
	*out = !q->tag;
	if (!q->tag)
		return OK;
	TRY(follow_tags(tx, cf->follow.corp, cf->follow.member, cf->follow.customer,
		&tags, &n));
	for (size_t i = 0; i < n && !*out; i++)
		*out = tags[i].tag == q->tag;
	return OK;
}

/* Looks through the member's customers in order of time.  A member has thousands of
 * them, not millions; search over the whole corp comes with the search issue. */
enum err follow_find(struct tx *tx, int64_t corp, const struct follow_query *q,
	struct customer_follow **out, size_t *out_n)
{
	str folded = fold(tx->cx->mem, str_trim(q->q));
	int64_t ms = q->before_ms ? q->before_ms : INT64_MAX;
	int64_t customer = q->before_ms ? q->before_customer : INT64_MAX;
	size_t found = 0, n = FIND_STEP;

	*out = ARENA_ARRAY(tx->cx->mem, struct customer_follow, (size_t)q->limit);
	for (size_t seen = 0; n == FIND_STEP && seen < FIND_SCAN_MAX; seen += n) {
		struct follow_row *rows;

		TRY(follow_select_recent(tx, corp, q->member, ms, customer, FIND_STEP,
			&rows, &n));
		for (size_t i = 0; i < n; i++) {
			struct customer_follow cf;
			bool wanted;

			fill(&cf.follow, corp, &rows[i]);
			TRY(is_wanted(tx, q, folded, &cf, &wanted));
			if (wanted)
				(*out)[found++] = cf;
			if (found == (size_t)q->limit)
				goto full;
		}
		if (n) {
			ms = rows[n - 1].created_ms;
			customer = rows[n - 1].customer;
		}
	}
full:
	*out_n = found;
	return OK;
}

/* ---- notes ---- */

static enum err check_length(struct ctx *cx, const char *field, const str *s, size_t max)
{
	if (s && str_chars(*s) > max)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: at most %zu characters",
			field, max);
	return OK;
}

enum err follow_note(struct tx *tx, struct follow *f, const struct follow_notes *notes,
	int64_t by_app)
{
	TRY(check_length(tx->cx, "remark", notes->remark, REMARK_MAX));
	TRY(check_length(tx->cx, "description", notes->description, DESCRIPTION_MAX));
	TRY(check_length(tx->cx, "remark_company", notes->remark_company, REMARK_MAX));
	if (notes->remark)
		f->remark = *notes->remark;
	if (notes->description)
		f->description = *notes->description;
	if (notes->remark_company)
		f->remark_company = *notes->remark_company;
	if (notes->remark_mobiles)
		f->remark_mobiles = *notes->remark_mobiles;
	f->changed_ms = tx->cx->now_ms;
	TRY(follow_set_notes(tx, f->corp, f->member, f->customer, f->remark,
		f->description, f->remark_company, f->remark_mobiles, f->changed_ms));
	follow_tell(tx, f, "changed");
	TRY(chat_announce(tx, f->corp, f->chat)); /* its title is the remark */
	if (by_app)
		return OK; /* API-made changes cause no customer events */
	return follow_callback(tx, f,
		&(struct follow_news){ .change = "edit_external_contact",
			.state = f->state });
}
