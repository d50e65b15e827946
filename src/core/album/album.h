/*
 * core/album - the products a corp shows its customers (document 95096).
 *
 * A product has a description, a price in fen, a number of its own and pictures, which
 * were uploaded for the album (media_for).  They are shown to whoever knows their name:
 * GET /v1/avatar.  A deleted product's row stays, to be told from one that never was.
 */
#ifndef CORE_ALBUM_ALBUM_H
#define CORE_ALBUM_ALBUM_H

#include "base/shape.h"
#include "store/store.h"

enum { PRODUCT_WORDS_MAX = 300, PRODUCT_SN_MAX = 128, PRODUCT_PICTURES_MAX = 9 };

struct product {
	int64_t corp, product, price, app, created_ms;
	str description, product_sn;
	struct texts pictures; /* media keys */
};

str product_id_text(struct arena *mem, int64_t product);

/* Checks and keeps the pictures; gives the number.  `app` 0: the console's.
 * ERR_BAD_PRODUCT_WORDS, ERR_BAD_PRICE, ERR_BAD_PRODUCT_SN, ERR_NO_ATTACHMENTS,
 * ERR_MANY_ATTACHMENTS, ERR_BAD_MEDIA_ID, ERR_MEDIA_PURPOSE. */
enum err product_add(struct tx *tx, struct product *p);
/* ERR_BAD_PRODUCT (41075), ERR_PRODUCT_GONE (41074). */
enum err product_by_id(struct tx *tx, int64_t corp, str product_id, struct product *out);
enum err product_set(struct tx *tx, const struct product *p);
enum err product_drop(struct tx *tx, const struct product *p);
/* Newest first, older than `before` (0: no bound); `q` is in description or number,
 * folded (empty: all). */
enum err product_page(struct tx *tx, int64_t corp, str q, int64_t before, int64_t limit,
	struct product **out, size_t *out_n);

/* The body of a message of type "product". */
str product_body(struct arena *mem, const struct product *p);

#endif
