/*
 * api/externalcontact/way_shape.h - the fields of a contact way (document 92228), and
 * what a temporary one says at its end.
 */
#ifndef API_EXTERNALCONTACT_WAY_SHAPE_H
#define API_EXTERNALCONTACT_WAY_SHAPE_H

#include "core/customer/way.h"
#include "frame/route.h"

/* Lengths and values are bounded loosely: core has numbers of its own for them. */
#define WAY_MARKS(F)                                                                     \
	F(text, remark, OPTIONAL, 0, 1024, "For the corp; at most 30 characters")        \
	F(flag, skip_verify, OPTIONAL, 0, 1, "Nobody needs to confirm; true if absent")  \
	F(text, state, OPTIONAL, 0, 1024,                                                \
		"Comes back with the customer; at most 30 characters")                   \
	F(texts, user, OPTIONAL, 0, 1000, "userids; exactly one for type 1")             \
	F(ints, party, OPTIONAL, 0, 1000, "Departments; type 2")                         \
	F(int, style, OPTIONAL, INT32_MIN, INT32_MAX, "Of the button, 1 to 3")           \
	F(int, expires_in, OPTIONAL, 1, WAY_TEMP_MAX_S,                                  \
		"Seconds; temporary ways; 7 days if absent")                             \
	F(int, chat_expires_in, OPTIONAL, 1, WAY_TEMP_MAX_S,                             \
		"Seconds; temporary ways; 24 hours if absent")                           \
	F(octets, unionid, OPTIONAL, 0, 128, "Only this person may use it")              \
	F(flag, mark_source, OPTIONAL, 0, 1,                                             \
		"Show where the customer came from; true if absent")

#define WAY_LINK(F, SUB)                                                                 \
	F(octets, title, REQUIRED, 1, 128, "Title")                                      \
	F(octets, picurl, SOMETIMES, 0, 2048, "Its picture")                             \
	F(octets, desc, SOMETIMES, 0, 512, "Text under it")                              \
	F(octets, url, REQUIRED, 1, 2048, "Where it leads")
SHAPE_STRUCT(way_link, WAY_LINK)
#define WAY_IMAGE(F, SUB)                                                                \
	F(octets, media_id, SOMETIMES, 0, 128, "From media/upload; or pic_url")          \
	F(octets, pic_url, SOMETIMES, 0, 2048, "Address of the picture")
SHAPE_STRUCT(way_image, WAY_IMAGE)
#define WAY_MINIPROGRAM(F, SUB)                                                          \
	F(octets, title, REQUIRED, 1, 64, "Title")                                       \
	F(octets, pic_media_id, SOMETIMES, 0, 128, "Its picture")                        \
	F(octets, appid, REQUIRED, 1, 64, "The mini program")                            \
	F(octets, page, REQUIRED, 1, 1024, "Its page")
SHAPE_STRUCT(way_miniprogram, WAY_MINIPROGRAM)
#define WAY_TEXT(F, SUB) F(octets, content, SOMETIMES, 0, 4000, "Text")
SHAPE_STRUCT(way_text, WAY_TEXT)
/* Of the last three the first one given counts. */
#define WAY_CONCLUSIONS(F, SUB)                                                          \
	SUB(object, text, way_text, SOMETIMES, 0, 0, "Last words")                       \
	SUB(object, image, way_image, SOMETIMES, 0, 0, "And a picture")                  \
	SUB(object, link, way_link, SOMETIMES, 0, 0, "Or a link")                        \
	SUB(object, miniprogram, way_miniprogram, SOMETIMES, 0, 0, "Or a mini program")
SHAPE_STRUCT(way_conclusions, WAY_CONCLUSIONS)

/* Checked and with its pictures kept, as text for the table. */
enum err way_conclusions_pack(struct req *rq, const struct way_conclusions *c,
	str *out_text);
/* From the table; a picture has its address. */
enum err way_conclusions_read(struct req *rq, str text, struct way_conclusions **out);

#endif
