/*
 * api/externalcontact/album.c - the product album, over HTTP (document 95096).
 *
 * An app reads all products and changes those it has added; what a product may be is
 * decided in core/album.
 */
#include "api/api.h"
#include "base/ids.h"
#include "core/album/album.h"

enum { LIST_DEFAULT = 50, LIST_MAX = 100 };

#define PRODUCT_IMAGE(F, SUB)                                                            \
	F(octets, media_id, OPTIONAL | ALWAYS, 0, 128, "The picture")
SHAPE(product_image, PRODUCT_IMAGE)
#define PRODUCT_ATTACHMENT(F, SUB)                                                       \
	F(octets, type, OPTIONAL | ALWAYS, 0, 32, "image")                               \
	SUB(object, image, product_image, SOMETIMES, 0, 0,                               \
		"From media/upload_attachment, attachment_type 2")
SHAPE(product_attachment, PRODUCT_ATTACHMENT)

/* Lengths and values are bounded loosely: core has numbers of its own for them. */
#define PRODUCT_FIELDS(F, SUB)                                                           \
	F(text, description, OPTIONAL, 0, 10000, "Name and merits; 1 to 300 characters") \
	F(int, price, OPTIONAL, INT64_MIN, INT64_MAX, "In fen, up to 5,000,000")         \
	F(octets, product_sn, OPTIONAL, 0, 2048,                                         \
		"The corp's number for it; letters and digits, at most 128")             \
	SUB(list, attachments, product_attachment, OPTIONAL, 0, 1000, "1 to 9 pictures")
#define ADD_IN(F, SUB) PRODUCT_FIELDS(F, SUB)
SHAPE(add_product_album_in, ADD_IN)
#define ADD_OUT(F, SUB) F(octets, product_id, ALWAYS, 1, 64, "Its id")
SHAPE(add_product_album_out, ADD_OUT)

#define UPDATE_IN(F, SUB)                                                                \
	F(octets, product_id, OPTIONAL, 0, 64, "The product; required")                  \
	PRODUCT_FIELDS(F, SUB)
SHAPE(update_product_album_in, UPDATE_IN)
NO_OUT(update_product_album)

#define ONE_IN(F, SUB) F(octets, product_id, OPTIONAL, 0, 64, "The product; required")
SHAPE(get_product_album_in, ONE_IN)
#define delete_product_album_in_shape get_product_album_in_shape
NO_OUT(delete_product_album)

#define PRODUCT_SHOWN(F, SUB)                                                            \
	F(octets, product_id, ALWAYS, 1, 64, "The product")                              \
	F(text, description, ALWAYS, 1, PRODUCT_WORDS_MAX, "Name and merits")            \
	F(int, price, ALWAYS, 0, INT64_MAX, "In fen")                                    \
	F(time, create_time, SOMETIMES, 0, INT64_MAX, "Unix seconds; not in lists")      \
	F(octets, product_sn, ALWAYS, 0, PRODUCT_SN_MAX, "The corp's number for it")     \
	SUB(list, attachments, product_attachment, ALWAYS, 0, PRODUCT_PICTURES_MAX,      \
		"Its pictures")
SHAPE(album_product, PRODUCT_SHOWN)
#define GET_OUT(F, SUB) SUB(object, product, album_product, ALWAYS, 0, 0, "The product")
SHAPE(get_product_album_out, GET_OUT)

#define LIST_IN(F, SUB)                                                                  \
	F(int, limit, OPTIONAL, 0, INT32_MAX, "1 to 100; 50 if absent or greater")       \
	F(octets, cursor, OPTIONAL, 0, 64, "next_cursor of the page before")
SHAPE(get_product_album_list_in, LIST_IN)
#define LIST_OUT(F, SUB)                                                                 \
	F(octets, next_cursor, ALWAYS, 0, 64, "Empty at the end")                        \
	SUB(list, product_list, album_product, ALWAYS, 0, LIST_MAX, "Newest first")
SHAPE(get_product_album_list_out, LIST_OUT)

/* ---- in ---- */

static enum err read_attachment(struct req *rq, size_t i,
	const struct product_attachment *a, str *out_key)
{
	if (!str_is(a->type, "image"))
		return why(rq->cx, ERR_BAD_ATTACHMENT, "attachments[%zu].type: image", i);
	if (!a->image || !a->image->media_id.n)
		return why(rq->cx, ERR_BAD_MEDIA_ID,
			"attachments[%zu].image.media_id: missing", i);
	*out_key = a->image->media_id;
	return OK;
}

/* Fields that did not come stay as they are. */
#define READ_FIELDS(rq, in, p)                                                           \
	do {                                                                             \
		if (HAS(in, description))                                                \
			(p)->description = (in)->description;                            \
		if (HAS(in, price))                                                      \
			(p)->price = (in)->price;                                        \
		if (HAS(in, product_sn))                                                 \
			(p)->product_sn = (in)->product_sn;                              \
		if (HAS(in, attachments)) {                                              \
			(p)->pictures.n = (in)->attachments.n;                           \
			(p)->pictures.v =                                                \
				ARENA_ARRAY((rq)->cx->mem, str, (p)->pictures.n);        \
			for (size_t i_ = 0; i_ < (p)->pictures.n; i_++)                  \
				TRY(read_attachment(rq, i_, &(in)->attachments.v[i_],    \
					&(p)->pictures.v[i_]));                          \
		}                                                                        \
	} while (0)

static enum err add_product_album(struct req *rq)
{
	const struct add_product_album_in *in = rq->in;
	struct add_product_album_out *out = rq->out;
	struct product p = {
		.corp = rq->cx->actor.corp,
		.app = rq->cx->actor.id,
		.price = -1,
	};

	READ_FIELDS(rq, in, &p);
	TRY(product_add(rq->tx, &p));
	out->product_id = product_id_text(rq->cx->mem, p.product);
	return OK;
}

/* Others' products are not there to be changed. */
static enum err find_own(struct req *rq, str product_id, struct product *out)
{
	TRY(product_by_id(rq->tx, rq->cx->actor.corp, product_id, out));
	if (out->app != rq->cx->actor.id)
		return why(rq->cx, ERR_BAD_PRODUCT,
			"product_id: added by another app or the console");
	return OK;
}

static enum err update_product_album(struct req *rq)
{
	const struct update_product_album_in *in = rq->in;
	struct product p;

	TRY(find_own(rq, in->product_id, &p));
	READ_FIELDS(rq, in, &p);
	return product_set(rq->tx, &p);
}

static enum err delete_product_album(struct req *rq)
{
	const struct get_product_album_in *in = rq->in;
	struct product p;

	TRY(find_own(rq, in->product_id, &p));
	return product_drop(rq->tx, &p);
}

/* ---- out ---- */

static void fill(struct req *rq, const struct product *p, struct album_product *out)
{
	struct arena *mem = rq->cx->mem;
	size_t n = p->pictures.n;

	out->product_id = product_id_text(mem, p->product);
	out->description = p->description;
	out->price = p->price;
	out->product_sn = p->product_sn;
	out->attachments.v = ARENA_ARRAY(mem, struct product_attachment, n);
	out->attachments.n = n;
	for (size_t i = 0; i < n; i++) {
		struct product_image *image = ARENA_NEW(mem, struct product_image);

		image->media_id = p->pictures.v[i];
		out->attachments.v[i].type = STR("image");
		out->attachments.v[i].image = image;
	}
}

static enum err get_product_album(struct req *rq)
{
	const struct get_product_album_in *in = rq->in;
	struct get_product_album_out *out = rq->out;
	struct product p;

	TRY(product_by_id(rq->tx, rq->cx->actor.corp, in->product_id, &p));
	out->product = ARENA_NEW(rq->cx->mem, struct album_product);
	fill(rq, &p, out->product);
	out->product->create_time = p.created_ms / 1000;
	return OK;
}

static enum err get_product_album_list(struct req *rq)
{
	const struct get_product_album_list_in *in = rq->in;
	struct get_product_album_list_out *out = rq->out;
	size_t limit = LIST_DEFAULT, n;
	struct product *list;
	int64_t before = 0;

	if (in->limit > 0 && in->limit <= LIST_MAX)
		limit = (size_t)in->limit;
	if (in->cursor.n && !id_parse(in->cursor, "c", &before))
		return why(rq->cx, ERR_BAD_CURSOR, "cursor: not one of ours");
	TRY(product_page(rq->tx, rq->cx->actor.corp, STR_NONE, before, (int64_t)limit + 1,
		&list, &n));
	if (n > limit) {
		n = limit;
		out->next_cursor = id_text(rq->cx->mem, "c", list[n - 1].product);
	}
	out->product_list.v = ARENA_ARRAY(rq->cx->mem, struct album_product, n);
	out->product_list.n = n;
	for (size_t i = 0; i < n; i++)
		fill(rq, &list[i], &out->product_list.v[i]);
	return OK;
}

const struct route album_routes[] = {
	POST("/cgi-bin/externalcontact/add_product_album", add_product_album,
		customer_write, WRITES, "Add a product to the album"),
	POST("/cgi-bin/externalcontact/get_product_album", get_product_album,
		customer_read, READS, "Read one product"),
	POST("/cgi-bin/externalcontact/get_product_album_list", get_product_album_list,
		customer_read, READS, "Page over the products"),
	POST("/cgi-bin/externalcontact/update_product_album", update_product_album,
		customer_write, WRITES, "Change a product the app has added"),
	POST("/cgi-bin/externalcontact/delete_product_album", delete_product_album,
		customer_write, WRITES, "Delete a product the app has added"),
	LAST_ROUTE,
};
