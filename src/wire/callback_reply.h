/*
 * wire/callback_reply.h - what an app answers to a callback.
 *
 * WeCom's document 90241.  The answer's body is empty, or the word "success",
 * or an encrypted envelope (XML, or JSON by apps that chose it); its plaintext
 * is one message.  Foreign bytes: hardened as wire/xml.h says, and an element
 * that must be single but comes twice is refused.
 */
#ifndef WIRE_CALLBACK_REPLY_H
#define WIRE_CALLBACK_REPLY_H

#include "wire/wecom_crypto.h"
#include "wire/xml.h"

#define CALLBACK_REPLY_MAX_ARTICLES 8

enum callback_reply_kind {
	REPLY_NONE, /* empty body, "success", or a text without content */
	REPLY_TEXT,
	REPLY_IMAGE,
	REPLY_VOICE,
	REPLY_VIDEO,
	REPLY_NEWS,
	REPLY_UPDATE_BUTTON,
	REPLY_UPDATE_CARD,
};

struct callback_article {
	str title, description, picurl, url;
};

struct callback_reply {
	enum callback_reply_kind kind;
	str to, from;           /* userid; corpid */
	int64_t create_time;    /* seconds, 0 when absent */
	str content;            /* text */
	str media_id;           /* image, voice, video */
	str title, description; /* video */
	struct callback_article articles[CALLBACK_REPLY_MAX_ARTICLES]; /* news */
	size_t n_articles;
	str replace_name;            /* update_button */
	const struct xml_node *card; /* update_template_card: its TemplateCard */
};

/* Takes the envelope apart; *out_empty when the app has nothing to say. */
enum err callback_reply_envelope(struct ctx *cx, str body, bool *out_empty,
	struct wecom_sealed *out);
/* The decrypted message.  Unknown MsgTypes are ERR_BAD_MSGTYPE. */
enum err callback_reply_parse(struct ctx *cx, str plain, struct callback_reply *out);
/* All of it: envelope, signature, decryption, message. */
enum err callback_reply_read(struct ctx *cx, const struct wecom_channel *ch, str body,
	struct callback_reply *out);

#endif
