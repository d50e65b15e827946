/*
 * core/message/attachment.h - what goes with a text: welcomes, mass messages, moments,
 * group welcomes (messages.md section 7; documents 92137, 92135, 92366, 95094).
 *
 * An app gives a list of {"msgtype":"image","image":{…}}.  It is checked once, kept as
 * compact JSON of the same form, given back in answers, and turned into messages when
 * it is sent.
 *
 *	SUB(list, attachments, attachment, OPTIONAL, 0, 100, "At most 9")
 *	...
 *	TRY(attachments_pack(tx, corp, in->attachments.v, in->attachments.n,
 *		ATTACH_ALL, 9, &kept));
 */
#ifndef CORE_MESSAGE_ATTACHMENT_H
#define CORE_MESSAGE_ATTACHMENT_H

#include "core/message/content.h"

enum { ATTACHMENTS_MAX = 9 };

#define ATTACHED_MEDIA(F, SUB)                                                           \
	F(octets, media_id, SOMETIMES, 0, 128, "From media/upload")                      \
	F(octets, pic_url, SOMETIMES, 0, 2048,                                           \
		"Pictures: instead of it, the address that media/uploadimg gave")
SHAPE_STRUCT(attached_media, ATTACHED_MEDIA)
#define ATTACHED_LINK(F, SUB)                                                            \
	F(octets, title, SOMETIMES, 0, 128, "Title; required")                           \
	F(octets, picurl, SOMETIMES, 0, 2048, "Address of its picture")                  \
	F(octets, desc, SOMETIMES, 0, 512, "Text under it")                              \
	F(octets, url, SOMETIMES, 0, 2048, "Where it leads; required")                   \
	F(octets, media_id, SOMETIMES, 0, 128, "Its picture, in moments")
SHAPE_STRUCT(attached_link, ATTACHED_LINK)
#define ATTACHED_MINIPROGRAM(F, SUB)                                                     \
	F(octets, title, SOMETIMES, 0, 64, "Title; required")                            \
	F(octets, pic_media_id, SOMETIMES, 0, 128, "Its picture")                        \
	F(octets, appid, SOMETIMES, 0, 64, "The mini program; required")                 \
	F(octets, page, SOMETIMES, 0, 1024, "Its page; required")
SHAPE_STRUCT(attached_miniprogram, ATTACHED_MINIPROGRAM)

/* The five beside each other, as old calls and templates have them without msgtype. */
#define ATTACHED_KINDS(F, SUB)                                                           \
	SUB(object, image, attached_media, SOMETIMES, 0, 0, "A picture")                 \
	SUB(object, link, attached_link, SOMETIMES, 0, 0, "A link")                      \
	SUB(object, miniprogram, attached_miniprogram, SOMETIMES, 0, 0,                  \
		"A mini program")                                                        \
	SUB(object, video, attached_media, SOMETIMES, 0, 0, "A video")                   \
	SUB(object, file, attached_media, SOMETIMES, 0, 0, "A file")
#define ATTACHMENT(F, SUB)                                                               \
	F(octets, msgtype, SOMETIMES, 0, 32,                                             \
		"image, link, miniprogram, video or file; required")                     \
	ATTACHED_KINDS(F, SUB)
SHAPE_STRUCT(attachment, ATTACHMENT)

/* Which kinds a call takes. */
enum attach {
	ATTACH_IMAGE = 1,
	ATTACH_LINK = 2,
	ATTACH_MINIPROGRAM = 4,
	ATTACH_VIDEO = 8,
	ATTACH_FILE = 16,
	ATTACH_ALL = 31,
	ATTACH_MOMENT = 32 /* files come from media/upload_attachment for moments */
};

/* Checks them and, in a write, keeps their files for good; gives a JSON list, "[]" for none.
 * ERR_MANY_ATTACHMENTS (41064), ERR_BAD_ATTACHMENT (41065: kind or a missing field,
 * which it names), ERR_BAD_MEDIA_ID (40007). */
enum err attachments_pack(struct tx *tx, int64_t corp, const struct attachment *v,
	size_t n, unsigned kinds, size_t max, str *out_json);
/* Of the old form: the first of image, link, miniprogram, file, video that is there. */
bool attachment_of_old(const struct attachment *old, struct attachment *out);
enum err attachments_unpack(struct ctx *cx, str json, struct attachment **out,
	size_t *out_n);

/* A message to be added: as message_send wants it. */
struct message_part {
	str type, body;
};
/* Text (may be empty) and kept attachments as messages, in this order.  A file that has
 * been swept since is left out. */
enum err message_parts(struct tx *tx, int64_t corp, str text, str attachments,
	struct message_part **out, size_t *out_n);

#endif
