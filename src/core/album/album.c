#include "core/album/album.h"

#include "base/fold.h"
#include "base/ids.h"
#include "core/album/album.sql.h"
#include "core/directory/corp_setting.h"
#include "core/media/media.h"
#include "core/message/content.h"

enum { FIND_STEP = 200, FIND_SCAN_MAX = 20000 };

#define PICTURES(F, SUB) F(texts, keys, ALWAYS, 0, PRODUCT_PICTURES_MAX, "Media keys")
SHAPE(pictures, PICTURES)

str product_id_text(struct arena *mem, int64_t product)
{
	return id_text(mem, "pr", product);
}

static enum err fill(struct tx *tx, int64_t corp, const struct product_row *r,
	struct product *out)
{
	struct pictures pictures = { 0 };

	TRY(shape_parse(tx->cx, pictures_shape(), r->pictures, &pictures));
	*out = (struct product){
		.corp = corp,
		.product = r->product,
		.price = r->price,
		.app = r->app,
		.created_ms = r->created_ms,
		.description = r->description,
		.product_sn = r->product_sn,
		.pictures = pictures.keys,
	};
	return OK;
}

/* ---- checks: numbers of document 95096 ---- */

static bool is_sn(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z')))
			return false;
	}
	return s.n <= PRODUCT_SN_MAX;
}

static enum err check_pictures(struct tx *tx, const struct product *p)
{
	struct media m;

	if (!p->pictures.n)
		return why(tx->cx, ERR_NO_ATTACHMENTS, "field `attachments`");
	if (p->pictures.n > PRODUCT_PICTURES_MAX)
		return why(tx->cx, ERR_MANY_ATTACHMENTS,
			"field `attachments`: at most %d", PRODUCT_PICTURES_MAX);
	for (size_t i = 0; i < p->pictures.n; i++) {
		TRY(media_for(tx, p->corp, MEDIA_FOR_ALBUM, STR("image"),
			p->pictures.v[i], &m));
		TRY(media_keep(tx, p->corp, m.key));
	}
	return OK;
}

static enum err check(struct tx *tx, const struct product *p)
{
	struct ctx *cx = tx->cx;
	int64_t price_max;

	TRY(corp_setting(tx, p->corp, CORP_SETTING_PRODUCT_PRICE_MAX, &price_max));
	if (!str_trim(p->description).n || str_chars(p->description) > PRODUCT_WORDS_MAX)
		return why(cx, ERR_BAD_PRODUCT_WORDS,
			"field `description`: 1 to %d characters", PRODUCT_WORDS_MAX);
	if (p->price < 0 || p->price > price_max)
		return why(cx, ERR_BAD_PRICE, "field `price`: 0 to %" PRId64 " fen",
			price_max);
	if (!is_sn(p->product_sn))
		return why(cx, ERR_BAD_PRODUCT_SN,
			"field `product_sn`: letters and digits, at most %d",
			PRODUCT_SN_MAX);
	return check_pictures(tx, p);
}

static str pack(struct arena *mem, const struct product *p)
{
	return shape_text(mem, pictures_shape(),
		&(struct pictures){ .keys = p->pictures });
}

/* ---- changing ---- */

enum err product_add(struct tx *tx, struct product *p)
{
	TRY(check(tx, p));
	p->product = id_next();
	p->created_ms = tx->cx->now_ms;
	return product_insert(tx, p->corp, p->product, p->description, p->price,
		p->product_sn, pack(tx->cx->mem, p), p->app, p->created_ms);
}

enum err product_set(struct tx *tx, const struct product *p)
{
	TRY(check(tx, p));
	return product_update(tx, p->corp, p->product, p->description, p->price,
		p->product_sn, pack(tx->cx->mem, p), tx->cx->now_ms);
}

enum err product_drop(struct tx *tx, const struct product *p)
{
	return product_update_deleted(tx, p->corp, p->product, tx->cx->now_ms);
}

/* ---- finding ---- */

enum err product_by_id(struct tx *tx, int64_t corp, str product_id, struct product *out)
{
	struct product_row row;
	bool found = false;
	int64_t product;

	if (id_parse(product_id, "pr", &product))
		TRY(product_select(tx, corp, product, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_PRODUCT, "field `product_id`");
	if (row.deleted)
		return why(tx->cx, ERR_PRODUCT_GONE, "field `product_id`");
	return fill(tx, corp, &row, out);
}

static bool matches(struct ctx *cx, str q, const struct product_row *r)
{
	return !q.n || str_find(fold(cx->scratch, r->description), q) != SIZE_MAX ||
		str_find(fold(cx->scratch, r->product_sn), q) != SIZE_MAX;
}

enum err product_page(struct tx *tx, int64_t corp, str q, int64_t before, int64_t limit,
	struct product **out, size_t *out_n)
{
	str wanted = fold(tx->cx->mem, q);
	struct product_row *rows;
	size_t n, scanned = 0;

	*out = ARENA_ARRAY(tx->cx->mem, struct product, (size_t)limit);
	*out_n = 0;
	if (!before)
		before = INT64_MAX;
	do {
		TRY(product_select_page(tx, corp, before, q.n ? FIND_STEP : limit, &rows,
			&n));
		for (size_t i = 0; i < n && *out_n < (size_t)limit; i++)
			if (matches(tx->cx, wanted, &rows[i]))
				TRY(fill(tx, corp, &rows[i], &(*out)[(*out_n)++]));
		if (n)
			before = rows[n - 1].product;
		scanned += n;
	} while (q.n && n == FIND_STEP && *out_n < (size_t)limit &&
		scanned < FIND_SCAN_MAX);
	return OK;
}

str product_body(struct arena *mem, const struct product *p)
{
	struct message_product body = {
		.product_id = product_id_text(mem, p->product),
		.description = p->description,
		.price = p->price,
		.product_sn = p->product_sn,
	};

	body.pictures.v = ARENA_ARRAY(mem, str, p->pictures.n);
	body.pictures.n = p->pictures.n;
	for (size_t i = 0; i < p->pictures.n; i++)
		body.pictures.v[i] = media_public_id(mem, p->corp, p->pictures.v[i]);
	return shape_text(mem, message_product_shape(), &body);
}
