/*
 * wire/callback_reply.c - an app's answer, from bytes to a message.
 *
 * Documents 90241 (what may be said) and 90968 (how it is wrapped).  XML and
 * JSON become the same small tree, so everything below reads one form.  A
 * table says which elements each MsgType must have.
 */
#include "wire/callback_reply.h"

/* Elements that may come once only: their second coming is an attempt to have
 * checks look at one and effects at the other. */
static enum err must_be_single(struct ctx *cx, const struct xml_node *node,
	const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (xml_count(node, names[i]) > 1)
			return why(cx, ERR_INVALID_ARGUMENT, "%s comes twice", names[i]);
	return OK;
}

static enum err parse_tree(struct ctx *cx, str text, const struct xml_node **out_root)
{
	const cJSON *json;

	if (!str_starts(text, STR("{")))
		return xml_parse(cx, text, out_root);
	/* A cJSON item and a node for as little as two bytes of text. */
	if (text.n > XML_MAX_BYTES || !arena_has_room(cx->mem, 96 * text.n))
		return why(cx, ERR_TOO_LARGE, "the reply is too long");
	TRY(json_parse(cx, text, &json));
	*out_root = xml_of_json(cx, "xml", json);
	return OK;
}

static bool says_nothing(str body)
{
	return body.n == 0 || str_same_folded(body, STR("success")) ||
		str_same_folded(body, STR("\"success\"")) ||
		str_same_folded(body, STR("ok"));
}

/* A member under its XML name, or, in JSON envelopes, its lower-case one. */
static str either(const struct xml_node *root, const char *xml, const char *json)
{
	str s = xml_text(root, xml);

	return s.n ? s : xml_text(root, json);
}

/* A byte-order mark and blanks around a body are the doing of frameworks. */
static str bare(str body)
{
	if (str_starts(body, STR("\xef\xbb\xbf")))
		body = str_skip(body, 3);
	return str_trim(body);
}

enum err callback_reply_envelope(struct ctx *cx, str body, bool *out_empty,
	struct wecom_sealed *out)
{
	static const char *const single[] = { "Encrypt", "MsgSignature", "TimeStamp",
		"Nonce", "encrypt", "msgsignature", "timestamp", "nonce" };
	const struct xml_node *root;
	body = bare(body);
	*out_empty = says_nothing(body);
	if (*out_empty)
		return OK;
	TRY(parse_tree(cx, body, &root));
	TRY(must_be_single(cx, root, single, ARRAY_LEN(single)));
	struct wecom_sealed s = {
		.encrypt = either(root, "Encrypt", "encrypt"),
		.signature = either(root, "MsgSignature", "msgsignature"),
		.timestamp = either(root, "TimeStamp", "timestamp"),
		.nonce = either(root, "Nonce", "nonce"),
	};
	if (!s.encrypt.n || !s.signature.n)
		return why(cx, ERR_INVALID_ARGUMENT,
			"the reply lacks Encrypt or MsgSignature");
	*out = s;
	return OK;
}

static enum err need(struct ctx *cx, str value, const char *name)
{
	if (value.n == 0)
		return why(cx, ERR_INVALID_ARGUMENT, "the reply lacks %s", name);
	return OK;
}

static enum err read_text(struct ctx *cx, const struct xml_node *root,
	struct callback_reply *r)
{
	const struct xml_node *content = xml_find(root, "Content");

	(void)cx;
	r->content = content ? content->text : STR_NONE;
	if (r->content.n == 0)
		r->kind = REPLY_NONE;
	return OK;
}

static enum err read_media(struct ctx *cx, const struct xml_node *root,
	struct callback_reply *r)
{
	static const char *const group[] = {
		[REPLY_IMAGE] = "Image",
		[REPLY_VOICE] = "Voice",
		[REPLY_VIDEO] = "Video",
	};
	static const char *const single[] = { "MediaId", "Title", "Description" };
	const struct xml_node *g = xml_find(root, group[r->kind]);
	TRY(must_be_single(cx, root, &group[r->kind], 1));
	TRY(must_be_single(cx, g, single, ARRAY_LEN(single)));
	r->media_id = xml_text(g, "MediaId");
	r->title = xml_text(g, "Title");
	r->description = xml_text(g, "Description");
	return need(cx, r->media_id, "MediaId");
}

static enum err read_article(struct ctx *cx, const struct xml_node *item,
	struct callback_article *a)
{
	static const char *const single[] = { "Title", "Description", "PicUrl", "Url" };
	TRY(must_be_single(cx, item, single, ARRAY_LEN(single)));
	a->title = xml_text(item, "Title");
	a->description = xml_text(item, "Description");
	a->picurl = xml_text(item, "PicUrl");
	a->url = xml_text(item, "Url");
	return need(cx, a->title, "Title of an article");
}

static enum err read_news(struct ctx *cx, const struct xml_node *root,
	struct callback_reply *r)
{
	static const char *const single[] = { "Articles", "ArticleCount" };
	TRY(must_be_single(cx, root, single, ARRAY_LEN(single)));
	const struct xml_node *item = xml_find(xml_find(root, "Articles"), "item");
	for (; item; item = xml_again(item)) {
		if (r->n_articles == CALLBACK_REPLY_MAX_ARTICLES)
			return why(cx, ERR_ARTICLES, "more than %d articles",
				CALLBACK_REPLY_MAX_ARTICLES);
		TRY(read_article(cx, item, &r->articles[r->n_articles++]));
	}
	if (r->n_articles == 0)
		return why(cx, ERR_ARTICLES, "no article");
	return OK;
}

static enum err read_button(struct ctx *cx, const struct xml_node *root,
	struct callback_reply *r)
{
	r->replace_name = xml_text(xml_find(root, "Button"), "ReplaceName");
	return need(cx, r->replace_name, "ReplaceName");
}

static enum err read_card(struct ctx *cx, const struct xml_node *root,
	struct callback_reply *r)
{
	r->card = xml_find(root, "TemplateCard");
	return need(cx, xml_text(r->card, "CardType"), "CardType");
}

static const struct reply_row {
	const char *msgtype;
	enum callback_reply_kind kind;
	enum err (*read)(struct ctx *cx, const struct xml_node *root,
		struct callback_reply *r);
} rows[] = {
	{ "text", REPLY_TEXT, read_text },
	{ "image", REPLY_IMAGE, read_media },
	{ "voice", REPLY_VOICE, read_media },
	{ "video", REPLY_VIDEO, read_media },
	{ "news", REPLY_NEWS, read_news },
	{ "update_button", REPLY_UPDATE_BUTTON, read_button },
	{ "update_template_card", REPLY_UPDATE_CARD, read_card },
};

static const struct reply_row *row_of(str msgtype)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_is(msgtype, rows[i].msgtype))
			return &rows[i];
	return NULL;
}

enum err callback_reply_parse(struct ctx *cx, str plain, struct callback_reply *out)
{
	static const char *const single[] = { "ToUserName", "FromUserName", "CreateTime",
		"MsgType", "Content", "Button", "TemplateCard" };
	const struct xml_node *root;
	plain = bare(plain);
	struct callback_reply r = { .kind = REPLY_NONE };
	if (says_nothing(plain)) {
		*out = r;
		return OK;
	}
	TRY(parse_tree(cx, plain, &root));
	TRY(must_be_single(cx, root, single, ARRAY_LEN(single)));
	const struct reply_row *row = row_of(xml_text(root, "MsgType"));
	if (!row)
		return why(cx, ERR_BAD_MSGTYPE,
			"MsgType of the reply is not one of ours");
	r.kind = row->kind;
	r.to = xml_text(root, "ToUserName");
	r.from = xml_text(root, "FromUserName");
	if (!str_int(xml_text(root, "CreateTime"), &r.create_time))
		r.create_time = 0;
	TRY(row->read(cx, root, &r));
	*out = r;
	return OK;
}

enum err callback_reply_read(struct ctx *cx, const struct wecom_channel *ch, str body,
	struct callback_reply *out)
{
	struct wecom_sealed sealed;
	str plain;
	bool empty;

	TRY(callback_reply_envelope(cx, body, &empty, &sealed));
	if (empty) {
		*out = (struct callback_reply){ .kind = REPLY_NONE };
		return OK;
	}
	TRY(wecom_open(cx, ch, &sealed, &plain));
	return callback_reply_parse(cx, plain, out);
}
