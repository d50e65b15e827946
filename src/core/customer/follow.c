/*
 * core/customer/follow.c - reading the relation, and the member's notes on it.
 */
#include "core/customer/follow.h"

#include "base/fold.h"
#include "core/customer/follow.sql.h"
#include "core/customer/history.h"
#include "core/customer/private.h"
#include "core/customer/tag.sql.h"
#include "core/media/media.h"

void follow_fill(struct follow *f, int64_t corp, const struct follow_row *r)
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
		follow_fill(&(*out)[i], corp, &rows[i]);
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
	follow_fill(out, corp, &row);
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
	follow_fill(out, corp, &row);
	return OK;
}

enum err follow_by_chat(struct tx *tx, int64_t corp, int64_t chat, struct follow *out)
{
	struct follow_row row;
	bool found;

	TRY(follow_select_by_chat(tx, corp, chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "chat");
	follow_fill(out, corp, &row);
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

enum err follow_ever(struct tx *tx, int64_t corp, int64_t customer, struct follow **out,
	size_t *out_n)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_ever(tx, corp, customer, &rows, &n));
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

/* ---- what it is found by ---- */

/* "138-1234 5678" is found as 13812345678, too. */
static void put_number(struct buf *b, str number)
{
	buf_put(b, number);
	buf_char(b, '\n');
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] >= '0' && number.p[i] <= '9')
			buf_char(b, number.p[i]);
	buf_char(b, '\n');
}

static enum err words_of(struct tx *tx, const struct follow *f, str name, str *out)
{
	const str parts[] = { name, f->remark, f->remark_company, f->description };
	struct texts mobiles;
	struct buf b;

	buf_init(&b, tx->cx->mem, 128);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		buf_put(&b, parts[i]);
		buf_char(&b, '\n');
	}
	TRY(follow_mobiles(tx->cx, f, &mobiles));
	for (size_t i = 0; i < mobiles.n; i++)
		put_number(&b, mobiles.v[i]);
	*out = fold(tx->cx->mem, buf_str(&b));
	return OK;
}

enum err follow_index(struct tx *tx, const struct follow *f)
{
	struct customer c;
	str words;

	TRY(customer_get(tx, f->corp, f->customer, &c));
	TRY(words_of(tx, f, c.name, &words));
	TRY(follow_set_words(tx, f->corp, f->member, f->customer, words));
	return follow_tag_set_added(tx, f->corp, f->member, f->customer, f->created_ms);
}

/* ---- notes ---- */

static enum err check_length(struct ctx *cx, const char *field, const str *s, size_t max)
{
	if (s && str_chars(*s) > max)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: at most %zu characters",
			field, max);
	return OK;
}

/* Which of them, and not what they say. */
static enum err tell_history(struct tx *tx, const struct follow *f,
	const struct follow_notes *notes)
{
	str detail = arena_printf(tx->cx->mem, "{\"fields\":[%s%s%s%s\"\"]}",
		notes->remark ? "\"remark\"," : "",
		notes->description ? "\"description\"," : "",
		notes->remark_company ? "\"remark_company\"," : "",
		notes->remark_mobiles ? "\"remark_mobiles\"," : "");

	return customer_event_add(tx,
		&(struct customer_event){ .corp = f->corp,
			.customer = f->customer,
			.member = f->member,
			.kind = "noted",
			.detail = detail });
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
	TRY(follow_index(tx, f));
	TRY(tell_history(tx, f, notes));
	follow_tell(tx, f, "changed");
	TRY(chat_announce(tx, f->corp, f->chat)); /* its title is the remark */
	if (by_app)
		return OK; /* API-made changes cause no customer events */
	return follow_callback(tx, f,
		&(struct follow_news){ .change = "edit_external_contact",
			.state = f->state });
}

enum err follow_picture_set(struct tx *tx, const struct follow *f, str media_key)
{
	if (media_key.n)
		TRY(media_keep(tx, f->corp, media_key));
	return follow_set_picture(tx, f->corp, f->member, f->customer, media_key);
}

enum err follow_picture(struct tx *tx, const struct follow *f, str *out_media_key)
{
	struct follow_select_picture_row row;
	bool found;

	TRY(follow_select_picture(tx, f->corp, f->member, f->customer, &row, &found));
	*out_media_key = found ? row.remark_pic : STR_NONE;
	return OK;
}

enum err follow_served(struct tx *tx, int64_t corp, int64_t customer, int64_t member,
	int64_t limit, struct follow **out, size_t *out_n)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_served(tx, corp, customer, member, limit, &rows, &n));
	return fill_all(tx, corp, rows, n, out, out_n);
}
