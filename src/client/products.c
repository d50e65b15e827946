/*
 * client/products.c - the product album: kept in the console, sent from the desk.
 */
#include "base/ids.h"
#include "client/client.h"
#include "client/view.h"
#include "core/account/audit.h"
#include "core/album/album.h"
#include "core/media/media.h"
#include "core/message/message.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { PAGE_DEFAULT = 50, PAGE_MAX = 100, SNIFF_BYTES = 4096 };

#define VIEW_PRODUCT(F, SUB)                                                             \
	F(octets, product_id, ALWAYS, 1, 64, "The product")                              \
	F(text, description, ALWAYS, 0, PRODUCT_WORDS_MAX, "Name and merits")            \
	F(int, price, ALWAYS, 0, INT64_MAX, "In fen")                                    \
	F(octets, product_sn, ALWAYS, 0, PRODUCT_SN_MAX, "The corp's number for it")     \
	F(texts, pictures, ALWAYS, 0, PRODUCT_PICTURES_MAX, "For GET /v1/avatar")        \
	F(texts, media_ids, ALWAYS, 0, PRODUCT_PICTURES_MAX, "To give them again")       \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(view_product, VIEW_PRODUCT)

#define PRODUCTS_IN(F, SUB)                                                              \
	F(text, q, OPTIONAL, 0, 64, "Is in its description or number")                   \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")             \
	F(int, limit, OPTIONAL | CLAMP, 1, PAGE_MAX, "At most so many; 50 if absent")
SHAPE(products_in, PRODUCTS_IN)
#define PRODUCTS_OUT(F, SUB)                                                             \
	SUB(list, products, view_product, ALWAYS, 0, PAGE_MAX, "Newest first")           \
	F(octets, next_cursor, SOMETIMES, 0, 64, "For the next page; absent at the end")
SHAPE(products_out, PRODUCTS_OUT)

#define SEND_IN(F, SUB)                                                                  \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(octets, product_id, REQUIRED, 1, 64, "The product")                            \
	F(text, nonce, REQUIRED, 1, 64, "Made by the client; a repeat adds nothing")
SHAPE(product_send_in, SEND_IN)
#define SEND_OUT(F, SUB)                                                                 \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Its number in the chat")                      \
	F(id, msgid, ALWAYS, 1, INT64_MAX, "Unique")                                     \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(product_send_out, SEND_OUT)

#define SAVE_IN(F, SUB)                                                                  \
	F(octets, product_id, OPTIONAL, 0, 64,                                           \
		"Of the one to change; absent: a new one")                               \
	F(text, description, REQUIRED, 1, PRODUCT_WORDS_MAX, "Name and merits")          \
	F(int, price, REQUIRED, 0, INT64_MAX, "In fen")                                  \
	F(octets, product_sn, OPTIONAL, 0, PRODUCT_SN_MAX, "Letters and digits")         \
	F(texts, media_ids, REQUIRED, 0, 100,                                            \
		"Pictures, from /v1/admin/product/upload; 1 to 9")
SHAPE(product_save_in, SAVE_IN)
#define SAVE_OUT(F, SUB) SUB(object, product, view_product, ALWAYS, 0, 0, "As it is now")
SHAPE(product_save_out, SAVE_OUT)

#define PRODUCT_DROP_IN(F, SUB) F(octets, product_id, REQUIRED, 1, 64, "The product")
SHAPE(product_delete_in, PRODUCT_DROP_IN)
NO_OUT(product_delete)

NO_IN(product_upload)
#define PRODUCT_UPLOAD_OUT(F, SUB)                                                       \
	F(octets, media_id, ALWAYS, 1, 128, "For a product within three days")           \
	F(octets, picture, ALWAYS, 1, 128, "For GET /v1/avatar")
SHAPE(product_upload_out, PRODUCT_UPLOAD_OUT)

static void fill(struct arena *mem, const struct product *p, struct view_product *out)
{
	out->product_id = product_id_text(mem, p->product);
	out->description = p->description;
	out->price = p->price;
	out->product_sn = p->product_sn;
	out->created = p->created_ms;
	out->media_ids = p->pictures;
	out->pictures.v = ARENA_ARRAY(mem, str, p->pictures.n);
	out->pictures.n = p->pictures.n;
	for (size_t i = 0; i < p->pictures.n; i++)
		out->pictures.v[i] = media_public_id(mem, p->corp, p->pictures.v[i]);
}

static enum err products(struct req *rq)
{
	const struct products_in *in = rq->in;
	struct products_out *out = rq->out;
	size_t limit = in->limit ? (size_t)in->limit : PAGE_DEFAULT, n;
	struct product *list;
	int64_t before = 0;

	if (in->cursor.n && !id_parse(in->cursor, "c", &before))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(product_page(rq->tx, rq->cx->actor.corp, in->q, before, (int64_t)limit + 1,
		&list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "c", list[n - 1].product);
	}
	out->products.v = ARENA_ARRAY(rq->cx->mem, struct view_product, n);
	out->products.n = n;
	for (size_t i = 0; i < n; i++)
		fill(rq->cx->mem, &list[i], &out->products.v[i]);
	return OK;
}

/* What stands in the message is the product as it is now: later changes leave it. */
static enum err product_send(struct req *rq)
{
	const struct product_send_in *in = rq->in;
	struct product_send_out *out = rq->out;
	struct viewer v = viewer_of(rq->cx);
	struct message m = { .nonce = in->nonce, .type = STR("product") };
	struct product p;
	bool again;

	TRY(viewer_chat(rq->tx, &v, in->chat, &m.corp, &m.chat, &m.sender));
	TRY(product_by_id(rq->tx, rq->cx->actor.corp, in->product_id, &p));
	m.body = product_body(rq->cx->mem, &p);
	TRY(message_send(rq->tx, &m, &again));
	out->seq = m.seq;
	out->msgid = m.message;
	out->time = m.sent_ms;
	return OK;
}

/* ---- the console ---- */

static enum err product_save(struct req *rq)
{
	const struct product_save_in *in = rq->in;
	struct product_save_out *out = rq->out;
	struct product p = { .corp = rq->cx->actor.corp };

	if (in->product_id.n)
		TRY(product_by_id(rq->tx, p.corp, in->product_id, &p));
	p.description = in->description;
	p.price = in->price;
	p.product_sn = in->product_sn;
	p.pictures = in->media_ids;
	TRY(in->product_id.n ? product_set(rq->tx, &p) : product_add(rq->tx, &p));
	out->product = ARENA_NEW(rq->cx->mem, struct view_product);
	fill(rq->cx->mem, &p, out->product);
	return audit_add(rq->tx, p.corp, "product.save", out->product->product_id,
		STR_NONE);
}

static enum err product_delete(struct req *rq)
{
	const struct product_delete_in *in = rq->in;
	struct product p;

	TRY(product_by_id(rq->tx, rq->cx->actor.corp, in->product_id, &p));
	TRY(product_drop(rq->tx, &p));
	return audit_add(rq->tx, p.corp, "product.delete", in->product_id, STR_NONE);
}

static enum err add_row(struct tx *tx, void *arg)
{
	return media_add(tx, arg);
}

static enum err product_upload(struct req *rq)
{
	struct product_upload_out *out = rq->out;
	struct media m = { .corp = rq->cx->actor.corp };
	const struct multipart_part *part;
	int width = 0, height = 0;
	struct multipart parts;

	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "media: no part with a file");
	m.name = file_name_clean(rq->cx->mem, part->filename);
	m.mime = str_of(mime_sniff(str_sub(part->body, 0, SNIFF_BYTES), m.name));
	m.size = (int64_t)part->body.n;
	if (mime_picture_size(part->body, &width, &height)) {
		m.width = width;
		m.height = height;
	}
	TRY(media_check_attachment(rq->cx, MEDIA_FOR_ALBUM, STR("image"), &m, -1));
	TRY(media_store_file(rq->cx, part->body, &m.sha256));
	TRY(store_write(rq->house->store, rq->cx, add_row, &m));
	out->media_id = m.key;
	out->picture = media_public_id(rq->cx->mem, m.corp, m.key);
	return OK;
}

const struct route product_routes[] = {
	GET("/v1/products", products, member, READS, "The corp's products"),
	POST("/v1/product/send", product_send, member, WRITES,
		"Send a product into a chat"),
	POST("/v1/admin/product/save", product_save, admin, WRITES,
		"Add a product, or change one"),
	POST("/v1/admin/product/delete", product_delete, admin, WRITES,
		"Delete a product"),
	UPLOAD("/v1/admin/product/upload", product_upload, admin, WAITS,
		"A picture for the album"),
	LAST_ROUTE,
};
