/*
 * client/remark_pic.c - the picture beside a member's notes on a customer.
 */
#include "client/client.h"
#include "core/customer/follow.h"
#include "core/media/media.h"
#include "wire/mime.h"

#define REMARK_PIC_IN(F, SUB) F(octets, external_userid, REQUIRED, 1, 64, "The customer")
SHAPE(remark_pic_in, REMARK_PIC_IN)
NO_OUT(remark_pic)

static enum err remark_pic(struct req *rq)
{
	const struct remark_pic_in *in = rq->in;
	struct answer_file file = { .cache = "private, no-cache" };
	int64_t corp = rq->cx->actor.corp;
	struct customer c;
	struct follow f;
	struct media m;
	str key;

	TRY(customer_by_external(rq->tx, corp, in->external_userid, &c));
	TRY(follow_get(rq->tx, corp, rq->cx->actor.id, c.customer, &f));
	TRY(follow_picture(rq->tx, &f, &key));
	if (!key.n)
		return why(rq->cx, ERR_NOT_FOUND, "picture");
	TRY(media_get(rq->tx, corp, key, &m));
	file.size = m.size;
	file.mime = m.mime;
	file.name = m.name;
	file.inline_image = mime_is_picture(arena_cstr(rq->cx->mem, m.mime));
	TRY(media_open(rq->cx, &m, &file.fd));
	return answer_file(rq, &file);
}

const struct route remark_pic_routes[] = {
	GET_RAW("/v1/customer/remark_pic", remark_pic, member, READS,
		"The picture beside the member's notes"),
	LAST_ROUTE,
};
