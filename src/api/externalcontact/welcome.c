/*
 * api/externalcontact/welcome.c - first words to a new customer, by an app
 * (document 92137).
 *
 * What cannot be shown here as it is comes as a card: a link, a mini program.
 */
#include "api/api.h"
#include "core/customer/welcome.h"
#include "core/message/content.h"

enum { ATTACHMENTS_MAX = 9, TEXT_BYTES = 4000 };

#define TEXT_IN(F, SUB) F(octets, content, OPTIONAL, 0, INT32_MAX, "At most 4000 bytes")
SHAPE(welcome_text, TEXT_IN)
#define MEDIA_IN(F, SUB)                                                                 \
	F(octets, media_id, OPTIONAL, 0, 128, "From media/upload")                       \
	F(octets, pic_url, OPTIONAL, 0, 2048,                                            \
		"Instead of media_id, in WeCom; refused here")
SHAPE(welcome_media, MEDIA_IN)
#define LINK_IN(F, SUB)                                                                  \
	F(octets, title, OPTIONAL, 0, 128, "Title; required")                            \
	F(octets, picurl, OPTIONAL, 0, 2048, "Its picture; not shown")                   \
	F(octets, desc, OPTIONAL, 0, 512, "Text under it")                               \
	F(octets, url, OPTIONAL, 0, 2048, "Where it leads; required")
SHAPE(welcome_link, LINK_IN)
#define MINIPROGRAM_IN(F, SUB)                                                           \
	F(octets, title, OPTIONAL, 0, 64, "Title; required")                             \
	F(octets, pic_media_id, OPTIONAL, 0, 128, "Its picture; not shown")              \
	F(octets, appid, OPTIONAL, 0, 64, "The mini program; required")                  \
	F(octets, page, OPTIONAL, 0, 1024, "Its page; required")
SHAPE(welcome_miniprogram, MINIPROGRAM_IN)

#define KINDS(SUB)                                                                       \
	SUB(object, image, welcome_media, OPTIONAL, 0, 0, "A picture")                   \
	SUB(object, link, welcome_link, OPTIONAL, 0, 0, "A link")                        \
	SUB(object, miniprogram, welcome_miniprogram, OPTIONAL, 0, 0, "A mini program")
#define ATTACHMENT(F, SUB)                                                               \
	F(octets, msgtype, OPTIONAL, 0, 32,                                              \
		"image, link, miniprogram, video, file; required")                       \
	KINDS(SUB)                                                                       \
	SUB(object, video, welcome_media, OPTIONAL, 0, 0, "A video")                     \
	SUB(object, file, welcome_media, OPTIONAL, 0, 0, "A file")
SHAPE(welcome_attachment, ATTACHMENT)
#define SEND_IN(F, SUB)                                                                  \
	F(octets, welcome_code, OPTIONAL, 0, 128,                                        \
		"From the callback; 20 s, one use; required")                            \
	SUB(object, text, welcome_text, OPTIONAL, 0, 0, "Text")                          \
	SUB(list, attachments, welcome_attachment, OPTIONAL, 0, 100, "At most 9")        \
	KINDS(SUB)
SHAPE(send_welcome_msg_in, SEND_IN)
NO_OUT(send_welcome_msg)

#define MEDIA_ONLY(F, SUB) F(octets, media_id, ALWAYS, 0, 128, "From media/upload")
SHAPE(welcome_media_only, MEDIA_ONLY)

/* The parts of one welcome as they are gathered. */
struct parts {
	struct req *rq;
	struct welcome_part v[1 + ATTACHMENTS_MAX];
	size_t n;
};

static enum err bad(struct req *rq, const char *words)
{
	return why(rq->cx, ERR_WELCOME_PARAMS, "%s", words);
}

static enum err put(struct parts *p, str type, str body)
{
	struct req *rq = p->rq;
	str checked;

	TRY(message_check_app(rq->tx, rq->cx->actor.corp, type, body, &checked));
	p->v[p->n++] = (struct welcome_part){ type, checked };
	return OK;
}

/* Text goes the way of people's messages: 4000 bytes, not message/send's 2048. */
static enum err put_text(struct parts *p, const struct welcome_text *text)
{
	struct message_text body = { .content = text ? text->content : STR_NONE };

	if (!body.content.n)
		return OK;
	if (body.content.n > TEXT_BYTES)
		return bad(p->rq, "text.content: at most 4000 bytes");
	p->v[p->n++] = (struct welcome_part){ STR("text"),
		shape_text(p->rq->cx->mem, message_text_shape(), &body) };
	return OK;
}

static enum err put_media(struct parts *p, str type, const struct welcome_media *media)
{
	struct welcome_media_only ref;

	if (!media || !media->media_id.n)
		return bad(p->rq, "attachments: a media_id is needed");
	ref = (struct welcome_media_only){ .media_id = media->media_id };
	return put(p, type, shape_text(p->rq->cx->mem, welcome_media_only_shape(), &ref));
}

static enum err put_link(struct parts *p, const struct welcome_link *link)
{
	struct message_textcard card = { 0 };

	if (!link || !link->title.n || !link->url.n)
		return bad(p->rq, "link: title and url are needed");
	card.title = link->title;
	card.description = link->desc.n ? link->desc : link->title;
	card.url = link->url;
	return put(p, STR("textcard"),
		shape_text(p->rq->cx->mem, message_textcard_shape(), &card));
}

static enum err put_miniprogram(struct parts *p, const struct welcome_miniprogram *mini)
{
	struct message_textcard card = { 0 };

	if (!mini || !mini->title.n || !mini->appid.n || !mini->page.n)
		return bad(p->rq, "miniprogram: title, appid and page are needed");
	card.title = mini->title;
	card.description =
		arena_printf(p->rq->cx->mem, "小程序 %.*s", STR_FMT(mini->appid));
	return put(p, STR("textcard"),
		shape_text(p->rq->cx->mem, message_textcard_shape(), &card));
}

static enum err put_attachment(struct parts *p, const struct welcome_attachment *a)
{
	if (str_is(a->msgtype, "image"))
		return put_media(p, STR("image"), a->image);
	if (str_is(a->msgtype, "video"))
		return put_media(p, STR("file"), a->video);
	if (str_is(a->msgtype, "file"))
		return put_media(p, STR("file"), a->file);
	if (str_is(a->msgtype, "link"))
		return put_link(p, a->link);
	if (str_is(a->msgtype, "miniprogram"))
		return put_miniprogram(p, a->miniprogram);
	return bad(p->rq, "attachments.msgtype: image, link, miniprogram, video or file");
}

/* The old form: one of them beside the text, without a list. */
static enum err put_old_form(struct parts *p, const struct send_welcome_msg_in *in)
{
	if (in->image)
		return put_media(p, STR("image"), in->image);
	if (in->link)
		return put_link(p, in->link);
	return in->miniprogram ? put_miniprogram(p, in->miniprogram) : OK;
}

static enum err send_welcome_msg(struct req *rq)
{
	const struct send_welcome_msg_in *in = rq->in;
	struct parts p = { .rq = rq };

	if (in->attachments.n > ATTACHMENTS_MAX)
		return bad(rq, "attachments: at most 9");
	TRY(put_text(&p, in->text));
	for (size_t i = 0; i < in->attachments.n; i++)
		TRY(put_attachment(&p, &in->attachments.v[i]));
	if (!in->attachments.n)
		TRY(put_old_form(&p, in));
	if (!p.n)
		return bad(rq, "text and attachments are both empty");
	return welcome_send(rq->tx, rq->cx->actor.corp, in->welcome_code, p.v, p.n);
}

const struct route welcome_routes[] = {
	POST("/cgi-bin/externalcontact/send_welcome_msg", send_welcome_msg,
		customer_write, WRITES, "Welcome a new customer, once"),
	LAST_ROUTE,
};
