/*
 * client/chat_file.c - pictures and files of a conversation.
 *
 * An upload stores the file and sends the message, in one call: the file is on disk
 * before its row, and the row commits with the message.  Who may read a file is who is
 * in the chat: it is asked for by chat and seq, never by a key.  Pictures that every
 * browser draws from pixels are shown inline; all else is handed out as attachment.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/message/message.h"
#include "frame/rate.h"
#include "wire/mime.h"
#include "wire/multipart.h"

enum { SNIFF_BYTES = 4096, CONSUMER_UPLOADS = 30 };

#define UPLOAD_IN(F, SUB)                                                                \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(text, nonce, REQUIRED, 1, 64, "Made by the client; a repeat adds nothing")     \
	F(octets, type, REQUIRED, 1, 32, "image or file")                                \
	F(flag, anyway, OPTIONAL, 0, 1, "Though a sensitive word warns")
SHAPE(upload_in, UPLOAD_IN)
#define UPLOAD_OUT(F, SUB)                                                               \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Its number in the chat")                      \
	F(id, msgid, ALWAYS, 1, INT64_MAX, "Unique")                                     \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(upload_out, UPLOAD_OUT)

#define CHAT_FILE_IN(F, SUB)                                                             \
	F(octets, chat, REQUIRED, 1, 64, "The chat's name")                              \
	F(int, seq, REQUIRED, 1, INT64_MAX, "The message's number")                      \
	F(flag, download, OPTIONAL, 0, 1, "As an attachment in any case")
SHAPE(chat_file_in, CHAT_FILE_IN)
NO_OUT(chat_file)

struct upload {
	struct viewer viewer;
	str chat;
	struct media media;
	struct message message;
};

/* Before the bytes are stored: strangers may not fill the disk. */
static enum err may_send(struct tx *tx, void *arg)
{
	struct upload *u = arg;
	struct message *m = &u->message;
	struct chat c;

	TRY(viewer_chat(tx, &u->viewer, u->chat, &m->corp, &m->chat, &m->sender));
	TRY(chat_get(tx, m->corp, m->chat, &c));
	if (c.closed)
		return why(tx->cx, ERR_CLOSED,
			"this conversation takes no messages any more");
	return OK;
}

static enum err add(struct tx *tx, void *arg)
{
	struct upload *u = arg;
	bool again;

	u->media.corp = u->message.corp;
	u->media.expires_ms = 0;
	TRY(media_add(tx, &u->media));
	u->message.body = message_file_body(tx->cx->mem, &u->media);
	TRY(message_send(tx, &u->message, &again));
	/* From a repeat nothing refers to it: then it goes in three days. */
	return again ? OK : media_keep(tx, u->media.corp, u->media.key);
}

/* A picture no browser draws, or an odd one, goes as a file; its bytes decide. */
static enum err look_at(struct req *rq, str type, const struct multipart_part *part,
	struct media *m)
{
	int width = 0, height = 0;

	m->kind = type;
	m->name = file_name_clean(rq->cx->mem, part->filename);
	m->mime = str_of(mime_sniff(str_sub(part->body, 0, SNIFF_BYTES), m->name));
	m->size = (int64_t)part->body.n;
	TRY(media_check(rq->cx, STR("file"), m->mime, m->size, 0));
	if (str_is(type, "image") && !mime_is_picture(m->mime.p))
		return why(rq->cx, ERR_BAD_MEDIA_TYPE,
			"media: not a picture; send it as a file");
	if (mime_is_picture(m->mime.p) &&
		mime_picture_size(part->body, &width, &height)) {
		m->width = width;
		m->height = height;
	}
	return OK;
}

static enum err upload(struct req *rq)
{
	const struct upload_in *in = rq->in;
	struct upload_out *out = rq->out;
	struct upload u = {
		.viewer = viewer_of(rq->cx),
		.chat = in->chat,
		.message = { .nonce = in->nonce, .type = in->type, .anyway = in->anyway },
	};
	const struct multipart_part *part;
	struct multipart parts;

	if (!str_is(in->type, "image") && !str_is(in->type, "file"))
		return why(rq->cx, ERR_BAD_MSGTYPE, "field `type`: image or file");
	if (u.viewer.kind == PERSON_CUSTOMER) /* a stranger may not fill the disk */
		TRY(rate_person(rq, "upload", CONSUMER_UPLOADS));
	TRY(store_read(rq->house->store, rq->cx, may_send, &u));
	TRY(multipart_parse(rq->cx, http_header(rq->http, "Content-Type"), rq->http->body,
		&parts));
	part = multipart_file(&parts, "media");
	if (!part)
		return why(rq->cx, ERR_EMPTY_MEDIA, "media: no part with a file");
	TRY(look_at(rq, in->type, part, &u.media));
	TRY(media_store_file(rq->cx, part->body, &u.media.sha256));
	TRY(store_write(rq->house->store, rq->cx, add, &u));
	out->seq = u.message.seq;
	out->msgid = u.message.message;
	out->time = u.message.sent_ms;
	return OK;
}

static enum err chat_file(struct req *rq)
{
	const struct chat_file_in *in = rq->in;
	struct viewer v = viewer_of(rq->cx);
	struct answer_file f = { .cache = "private, max-age=31536000, immutable" };
	struct chat_person reader;
	struct message m;
	struct person me;
	struct media media;
	int64_t corp, chat;
	str key;

	TRY(viewer_chat(rq->tx, &v, in->chat, &corp, &chat, &me));
	TRY(chat_person_get(rq->tx, corp, chat, me.kind, me.id, &reader));
	if (in->seq <= reader.from_seq)
		return why(rq->cx, ERR_NOT_FOUND, "message");
	TRY(chat_message(rq->tx, corp, chat, in->seq, &m));
	TRY(message_media_key(rq->cx, m.type, m.body, &key));
	TRY(media_get(rq->tx, corp, key, &media));
	f.size = media.size;
	f.mime = media.mime;
	f.name = media.name;
	f.inline_image =
		!in->download && mime_is_picture(arena_cstr(rq->cx->mem, media.mime));
	TRY(media_open(rq->cx, &media, &f.fd));
	return answer_file(rq, &f);
}

const struct route chat_file_routes[] = {
	UPLOAD("/v1/chat/upload", upload, session, WAITS,
		"Send a picture or a file into a chat"),
	GET_RAW("/v1/chat/file", chat_file, session, READS,
		"The bytes of a picture or file"),
	LAST_ROUTE,
};
