/*
 * api/externalcontact/welcome.c - first words to a new customer, by an app
 * (document 92137).
 */
#include "api/api.h"
#include "core/customer/welcome.h"
#include "core/message/attachment.h"

enum { TEXT_BYTES = 4000 };

#define TEXT_IN(F, SUB) F(octets, content, OPTIONAL, 0, INT32_MAX, "At most 4000 bytes")
SHAPE(welcome_text, TEXT_IN)
#define SEND_IN(F, SUB)                                                                  \
	F(octets, welcome_code, OPTIONAL, 0, 128,                                        \
		"From the callback; 20 s, one use; required")                            \
	SUB(object, text, welcome_text, OPTIONAL, 0, 0, "Text")                          \
	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")                \
	ATTACHED_KINDS(F, SUB)
SHAPE(send_welcome_msg_in, SEND_IN)
NO_OUT(send_welcome_msg)

/* The old form: one of them beside the text, without a list. */
static bool old_form(const struct send_welcome_msg_in *in, struct attachment *out)
{
	struct attachment old = {
		.image = in->image,
		.link = in->link,
		.miniprogram = in->miniprogram,
		.video = in->video,
		.file = in->file,
	};

	return !in->attachments.n && attachment_of_old(&old, out);
}

static enum err send_welcome_msg(struct req *rq)
{
	const struct send_welcome_msg_in *in = rq->in;
	int64_t corp = rq->cx->actor.corp;
	str text = in->text ? in->text->content : STR_NONE, kept;
	const struct attachment *v = in->attachments.v;
	size_t n = in->attachments.n;
	struct message_part *parts;
	struct attachment old;

	if (old_form(in, &old)) {
		v = &old;
		n = 1;
	}
	if (text.n > TEXT_BYTES)
		return why(rq->cx, ERR_WELCOME_PARAMS,
			"text.content: at most 4000 bytes");
	if (!text.n && !n)
		return why(rq->cx, ERR_WELCOME_PARAMS,
			"text and attachments are both empty");
	TRY(attachments_pack(rq->tx, corp, v, n, ATTACH_ALL, ATTACHMENTS_MAX, &kept));
	TRY(message_parts(rq->tx, corp, text, kept, &parts, &n));
	return welcome_send(rq->tx, corp, in->welcome_code, parts, n);
}

const struct route welcome_routes[] = {
	POST("/cgi-bin/externalcontact/send_welcome_msg", send_welcome_msg,
		customer_write, WRITES, "Welcome a new customer, once"),
	LAST_ROUTE,
};
