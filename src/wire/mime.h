/*
 * wire/mime.h - what kind of bytes an upload is, and how to hand it back.
 *
 * What a client claims is not believed: the first bytes decide, and the file
 * name only chooses among what they allow (a ZIP may be a .docx, plain text a
 * .csv; a script is never a picture).  Types come back as static strings.
 */
#ifndef WIRE_MIME_H
#define WIRE_MIME_H

#include "base/buf.h"

#define MIME_UNKNOWN "application/octet-stream"

/* The type by content; file_name may be empty.  512 bytes suffice, more let
 * office files be told apart without their name. */
const char *mime_sniff(str first_bytes, str file_name);
/* By the name's ending alone; MIME_UNKNOWN for others. */
const char *mime_of_name(str file_name);
/* The usual ending with its dot, "" for unknown types. */
const char *mime_extension(const char *type);
/* Pictures a browser may show from our origin; all else goes as attachment. */
bool mime_is_picture(const char *type);
/* The type of document 90253 ("image", "voice", "video") the bytes may be
 * uploaded as, or "file". */
const char *mime_media_kind(const char *type);

/* Width and height of a JPEG, PNG, GIF or WEBP from its headers; EXIF's
 * quarter turns are taken into account.  False when they are not there. */
bool mime_picture_size(str bytes, int *out_width, int *out_height);
/* Length of an MP4 film from its movie header; false when there is none. */
bool mime_mp4_ms(str bytes, int64_t *out_ms);
/* Length of an AMR (narrow or wide band) clip; false when it is not one. */
bool mime_amr_ms(str bytes, int64_t *out_ms);

/* Value of a Content-Disposition header (RFC 6266): an ASCII filename for old
 * clients and filename*=UTF-8''... for the others.  Safe for any name. */
str mime_disposition(struct arena *mem, bool attachment, str file_name);

#endif
