/*
 * core/message/content.h - the bodies of messages, by type.
 *
 * A body is stored as JSON by one of these shapes.  People may type text, image
 * and file; apps also markdown and textcard, with WeCom's limits (document 90236);
 * link, miniprogram, voice and video come by attachments and service accounts.
 * What has bytes holds their media key, which clients never see: they fetch them
 * by chat and seq (message_body_shown takes it out).
 */
#ifndef CORE_MESSAGE_CONTENT_H
#define CORE_MESSAGE_CONTENT_H

#include "base/shape.h"
#include "core/media/media.h"

#define MESSAGE_TEXT(F, SUB)                                                             \
	F(text, content, REQUIRED, 1, 4000, "The text; \\n breaks lines")
SHAPE_STRUCT(message_text, MESSAGE_TEXT)

#define MESSAGE_FILE(F, SUB)                                                             \
	F(octets, media_id, SOMETIMES, 0, 128, "Where the bytes are; inside the server") \
	F(text, name, ALWAYS, 0, 255, "File name")                                       \
	F(octets, mime, ALWAYS, 0, 100, "Type of the bytes")                             \
	F(int, size, ALWAYS, 0, INT64_MAX, "Bytes")                                      \
	F(int, width, SOMETIMES, 0, 100000, "Of a picture, pixels")                      \
	F(int, height, SOMETIMES, 0, 100000, "Of a picture, pixels")
SHAPE_STRUCT(message_file, MESSAGE_FILE)

#define MESSAGE_MARKDOWN(F, SUB)                                                         \
	F(octets, content, REQUIRED, 1, 2048, "WeCom's subset of markdown")
SHAPE_STRUCT(message_markdown, MESSAGE_MARKDOWN)

#define MESSAGE_TEXTCARD(F, SUB)                                                         \
	F(text, title, REQUIRED, 1, 128, "Title")                                        \
	F(text, description, REQUIRED, 1, 512,                                           \
		"Text under it; <br> and <div class> allowed")                           \
	F(octets, url, OPTIONAL, 0, 2048, "Where a tap leads")                           \
	F(text, btntxt, OPTIONAL | CUT, 0, 4, "Words of the button")
SHAPE_STRUCT(message_textcard, MESSAGE_TEXTCARD)

/* From the product album; its pictures are public (GET /v1/avatar). */
#define MESSAGE_PRODUCT(F, SUB)                                                          \
	F(octets, product_id, ALWAYS, 1, 64, "In the album")                             \
	F(text, description, ALWAYS, 1, 300, "Name and merits")                          \
	F(int, price, ALWAYS, 0, INT64_MAX, "In fen")                                    \
	F(octets, product_sn, SOMETIMES, 0, 128, "The corp's number for it")             \
	F(texts, pictures, ALWAYS, 0, 9, "For GET /v1/avatar")
SHAPE_STRUCT(message_product, MESSAGE_PRODUCT)

/* A card that leads somewhere.  Its picture is bytes of ours or the address that
 * media/uploadimg gave; clients load nothing from elsewhere. */
#define MESSAGE_LINK(F, SUB)                                                             \
	F(text, title, REQUIRED, 1, 128, "Title")                                        \
	F(text, desc, SOMETIMES, 0, 512, "Text under it")                                \
	F(octets, url, SOMETIMES, 0, 2048, "Where it leads")                             \
	F(octets, picurl, SOMETIMES, 0, 2048, "Address of its picture")                  \
	F(octets, media_id, SOMETIMES, 0, 128, "Its picture; inside the server")         \
	F(flag, picture, SOMETIMES, 0, 1, "It has one, to be fetched as a file is")
SHAPE_STRUCT(message_link, MESSAGE_LINK)

#define MESSAGE_MINIPROGRAM(F, SUB)                                                      \
	F(text, title, ALWAYS, 0, 64, "Title")                                           \
	F(octets, appid, REQUIRED, 1, 64, "The mini program")                            \
	F(octets, page, SOMETIMES, 0, 1024, "Its page")                                  \
	F(octets, media_id, SOMETIMES, 0, 128, "Its picture; inside the server")         \
	F(flag, picture, SOMETIMES, 0, 1, "It has one, to be fetched as a file is")
SHAPE_STRUCT(message_miniprogram, MESSAGE_MINIPROGRAM)

/* A stranger's or colleague's text: checked, written canonically.
 * ERR_BAD_MSGTYPE for other types: files come by upload. */
enum err message_check(struct ctx *cx, str type, str body, str *out_body);

/* The same for a text that is no JSON any more: the realtime socket's way. */
enum err message_check_text(struct ctx *cx, str content, str *out_body);

/* An app's body as message/send gives it: text, markdown, textcard (from JSON), image,
 * voice, video and file (from media_id).  40008, 44004, 45002, 40007. */
enum err message_check_app(struct tx *tx, int64_t corp, str type, str body,
	str *out_body);

/* The body of an image, voice, video or file message of stored media. */
str message_file_body(struct arena *mem, const struct media *m);
/* Do bodies of this type name bytes: is message_body_shown needed? */
bool message_has_media(str type);
/* A body as clients may see it: without media_id. */
enum err message_body_shown(struct ctx *cx, str type, str body, str *out_body);
/* The media key of a message with bytes, or of its picture; ERR_NOT_FOUND for others. */
enum err message_media_key(struct ctx *cx, str type, str body, str *out_key);
/* One line for lists of chats: the text's beginning; empty for types without text. */
str message_preview(struct ctx *cx, str type, str body);

#endif
