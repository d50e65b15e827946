#include "core/message/content.h"

SHAPE_TABLE(message_text, MESSAGE_TEXT)
SHAPE_TABLE(message_file, MESSAGE_FILE)
SHAPE_TABLE(message_markdown, MESSAGE_MARKDOWN)
SHAPE_TABLE(message_textcard, MESSAGE_TEXTCARD)
SHAPE_TABLE(message_product, MESSAGE_PRODUCT)
SHAPE_TABLE(message_link, MESSAGE_LINK)
SHAPE_TABLE(message_miniprogram, MESSAGE_MINIPROGRAM)

enum { PREVIEW_CHARS = 80, APP_TEXT_BYTES = 2048, TEXT_CHARS = 4000 };

/* A text before its limits are looked at. */
#define LOOSE_TEXT(F, SUB) F(octets, content, OPTIONAL, 0, INT64_MAX, "The text")
SHAPE(loose_text, LOOSE_TEXT)

/* What message/send says of a file. */
#define MEDIA_REF(F, SUB) F(octets, media_id, OPTIONAL, 0, 128, "From media/upload")
SHAPE(media_ref, MEDIA_REF)

/* Text of apps is cut, not refused, at 2048 bytes. */
#define APP_TEXT(F, SUB) F(octets, content, OPTIONAL | CUT, 0, APP_TEXT_BYTES, "The text")
SHAPE(app_text, APP_TEXT)

/* What every card has. */
#define TITLED(F, SUB) F(octets, title, OPTIONAL, 0, INT64_MAX, "Title")
SHAPE(titled, TITLED)

static bool is_file(str type)
{
	return str_is(type, "image") || str_is(type, "file") || str_is(type, "voice") ||
		str_is(type, "video");
}

bool message_has_media(str type)
{
	return is_file(type) || str_is(type, "link") || str_is(type, "miniprogram");
}

enum err message_check_text(struct ctx *cx, str content, str *out_body)
{
	struct buf b;

	if (!content.n)
		return why(cx, ERR_INVALID_ARGUMENT, "field `body.content` is required");
	/* Bytes within the limit are chars within it; counting is for the rest. */
	if (content.n > TEXT_CHARS && str_chars(content) > TEXT_CHARS)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `body.content`: at most %d characters", TEXT_CHARS);
	if (!str_trim(content).n)
		return why(cx, ERR_EMPTY_CONTENT, "field `body.content` is blank");
	buf_init(&b, cx->mem, content.n + 64);
	buf_lit(&b, "{\"content\":");
	buf_json_str(&b, content);
	buf_char(&b, '}');
	*out_body = buf_str(&b);
	return OK;
}

enum err message_check(struct ctx *cx, str type, str body, str *out_body)
{
	struct loose_text text = { 0 };

	if (!str_is(type, "text"))
		return why(cx, ERR_BAD_MSGTYPE,
			"field `type`: text; files come by upload");
	TRY(shape_parse(cx, loose_text_shape(), body, &text));
	return message_check_text(cx, text.content, out_body);
}

/* message/send has numbers of its own for what is missing or too long. */
static enum err check_text(struct ctx *cx, str body, str *out_body)
{
	struct app_text text = { 0 };

	TRY(shape_parse(cx, app_text_shape(), body, &text));
	if (!text.content.n)
		return why(cx, ERR_EMPTY_CONTENT, "field `text.content` is empty");
	*out_body = shape_text(cx->mem, app_text_shape(), &text);
	return OK;
}

static enum err check_markdown(struct ctx *cx, str body, str *out_body)
{
	struct message_markdown md = { 0 };
	struct app_text loose = { 0 };

	TRY(shape_parse(cx, app_text_shape(), body, &loose));
	if (!loose.content.n)
		return why(cx, ERR_EMPTY_CONTENT, "field `markdown.content` is empty");
	if (shape_parse(cx, message_markdown_shape(), body, &md) != OK)
		return why(cx, ERR_CONTENT_TOO_LONG,
			"field `markdown.content`: at most 2048 bytes");
	*out_body = shape_text(cx->mem, message_markdown_shape(), &md);
	return OK;
}

static enum err check_textcard(struct ctx *cx, str body, str *out_body)
{
	struct message_textcard card = { 0 };

	TRY(shape_parse(cx, message_textcard_shape(), body, &card));
	if (card.url.n && !str_starts(card.url, STR("http://")) &&
		!str_starts(card.url, STR("https://")))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `textcard.url` must begin with http:// or https://");
	if (!card.btntxt.n)
		card.btntxt = STR("详情");
	*out_body = shape_text(cx->mem, message_textcard_shape(), &card);
	return OK;
}

static enum err check_media(struct tx *tx, int64_t corp, str type, str body,
	str *out_body)
{
	struct media_ref ref = { 0 };
	struct media m;

	TRY(shape_parse(tx->cx, media_ref_shape(), body, &ref));
	if (!ref.media_id.n)
		return why(tx->cx, ERR_BAD_MEDIA_ID, "field `%.*s.media_id` is required",
			STR_FMT(type));
	TRY(media_get(tx, corp, ref.media_id, &m));
	if (!str_is(type, "file") && !str_same(m.kind, type))
		return why(tx->cx, ERR_BAD_MEDIA_ID,
			"field `%.*s.media_id` was uploaded as another type",
			STR_FMT(type));
	if (tx->writes)
		TRY(media_keep(tx, corp, ref.media_id));
	*out_body = message_file_body(tx->cx->mem, &m);
	return OK;
}

enum err message_check_app(struct tx *tx, int64_t corp, str type, str body, str *out_body)
{
	if (str_is(type, "text"))
		return check_text(tx->cx, body, out_body);
	if (str_is(type, "markdown"))
		return check_markdown(tx->cx, body, out_body);
	if (str_is(type, "textcard"))
		return check_textcard(tx->cx, body, out_body);
	if (is_file(type))
		return check_media(tx, corp, type, body, out_body);
	return why(tx->cx, ERR_BAD_MSGTYPE,
		"field `msgtype`: text, markdown, textcard, image, voice, video or file");
}

str message_file_body(struct arena *mem, const struct media *m)
{
	struct message_file f = {
		.media_id = m->key,
		.name = m->name,
		.mime = m->mime,
		.size = m->size,
		.width = m->width,
		.height = m->height,
	};

	return shape_text(mem, message_file_shape(), &f);
}

static enum err file_shown(struct ctx *cx, str body, str *out_body)
{
	struct message_file f = { 0 };

	TRY(shape_parse(cx, message_file_shape(), body, &f));
	f.media_id = STR_NONE;
	memset(f.has, 0, sizeof(f.has));
	*out_body = shape_text(cx->mem, message_file_shape(), &f);
	return OK;
}

static enum err link_shown(struct ctx *cx, str body, str *out_body)
{
	struct message_link l = { 0 };

	TRY(shape_parse(cx, message_link_shape(), body, &l));
	l.picture = l.media_id.n > 0;
	l.media_id = STR_NONE;
	memset(l.has, 0, sizeof(l.has));
	*out_body = shape_text(cx->mem, message_link_shape(), &l);
	return OK;
}

static enum err miniprogram_shown(struct ctx *cx, str body, str *out_body)
{
	struct message_miniprogram m = { 0 };

	TRY(shape_parse(cx, message_miniprogram_shape(), body, &m));
	m.picture = m.media_id.n > 0;
	m.media_id = STR_NONE;
	memset(m.has, 0, sizeof(m.has));
	*out_body = shape_text(cx->mem, message_miniprogram_shape(), &m);
	return OK;
}

enum err message_body_shown(struct ctx *cx, str type, str body, str *out_body)
{
	*out_body = body;
	if (is_file(type))
		return file_shown(cx, body, out_body);
	if (str_is(type, "link"))
		return link_shown(cx, body, out_body);
	if (str_is(type, "miniprogram"))
		return miniprogram_shown(cx, body, out_body);
	return OK;
}

/* What every body with bytes has in common. */
enum err message_media_key(struct ctx *cx, str type, str body, str *out_key)
{
	struct media_ref ref = { 0 };

	if (!message_has_media(type))
		return why(cx, ERR_NOT_FOUND, "the message has no file");
	TRY(shape_parse(cx, media_ref_shape(), body, &ref));
	if (!ref.media_id.n)
		return why(cx, ERR_NOT_FOUND, "the message has no picture");
	*out_key = ref.media_id;
	return OK;
}

/* The first line that is not blank. */
static str first_line(str s)
{
	while (s.n) {
		str line = str_trim(str_cut(&s, '\n'));

		if (line.n)
			return str_first_chars(line, PREVIEW_CHARS);
	}
	return STR_NONE;
}

str message_preview(struct ctx *cx, str type, str body)
{
	struct message_text text = { 0 };
	struct titled card = { 0 };
	struct message_product product = { 0 };
	struct message_file file = { 0 };

	if (str_is(type, "text") || str_is(type, "markdown")) {
		if (shape_parse(cx, message_text_shape(), body, &text) == OK)
			return first_line(text.content);
	} else if (str_is(type, "textcard") || str_is(type, "link") ||
		str_is(type, "miniprogram")) {
		if (shape_parse(cx, titled_shape(), body, &card) == OK)
			return first_line(card.title);
	} else if (str_is(type, "product")) {
		if (shape_parse(cx, message_product_shape(), body, &product) == OK)
			return first_line(product.description);
	} else if (str_is(type, "file")) {
		if (shape_parse(cx, message_file_shape(), body, &file) == OK)
			return file.name;
	}
	return STR_NONE;
}
