/*
 * wire/mime.c - media types by first bytes and by name.
 *
 * One table of kinds, one of signatures.  A signature is bytes at an offset
 * (WHATWG MIME Sniffing 6 and 7 for the pictures; the others from their own
 * formats: AMR RFC 4867 5, ISO 14496-12 4.3 for MP4, APPNOTE 4.3.7 for ZIP).
 * HTML and SVG are deliberately no kinds of ours: they are text, and text is
 * never shown from our origin.
 */
#include "wire/mime.h"

enum { SNIFF_BYTES = 512 };

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define PPTX "application/vnd.openxmlformats-officedocument.presentationml.presentation"
#define ZIP "application/zip"
#define OLE "application/x-ole-storage"
#define TEXT "text/plain"
#define MP4 "video/mp4"

/* Of several endings for a type the first is the usual one. */
static const struct kind {
	const char *ending, *type, *container;
} kinds[] = {
	{ ".jpg", "image/jpeg", NULL },
	{ ".jpeg", "image/jpeg", NULL },
	{ ".png", "image/png", NULL },
	{ ".gif", "image/gif", NULL },
	{ ".webp", "image/webp", NULL },
	{ ".bmp", "image/bmp", NULL },
	{ ".amr", "audio/amr", NULL },
	{ ".awb", "audio/amr-wb", NULL },
	{ ".mp3", "audio/mpeg", NULL },
	{ ".wav", "audio/wav", NULL },
	{ ".ogg", "audio/ogg", NULL },
	{ ".m4a", "audio/mp4", MP4 },
	{ ".mp4", MP4, NULL },
	{ ".mov", "video/quicktime", MP4 },
	{ ".webm", "video/webm", NULL },
	{ ".pdf", "application/pdf", NULL },
	{ ".zip", ZIP, NULL },
	{ ".rar", "application/vnd.rar", NULL },
	{ ".7z", "application/x-7z-compressed", NULL },
	{ ".gz", "application/gzip", NULL },
	{ ".docx", DOCX, ZIP },
	{ ".xlsx", XLSX, ZIP },
	{ ".pptx", PPTX, ZIP },
	{ ".doc", "application/msword", OLE },
	{ ".xls", "application/vnd.ms-excel", OLE },
	{ ".ppt", "application/vnd.ms-powerpoint", OLE },
	{ ".wps", "application/vnd.ms-works", OLE },
	{ ".odt", "application/vnd.oasis.opendocument.text", ZIP },
	{ ".ods", "application/vnd.oasis.opendocument.spreadsheet", ZIP },
	{ ".odp", "application/vnd.oasis.opendocument.presentation", ZIP },
	{ ".epub", "application/epub+zip", ZIP },
	{ ".apk", "application/vnd.android.package-archive", ZIP },
	{ ".txt", TEXT, NULL },
	{ ".csv", "text/csv", TEXT },
	{ ".md", "text/markdown", TEXT },
	{ ".xml", "application/xml", TEXT },
	{ ".json", "application/json", TEXT },
};

#define SIGN(at, bytes, type)                                                            \
	{                                                                                \
		at, bytes, sizeof(bytes) - 1, type                                       \
	}

static const struct signature {
	size_t at;
	const char *bytes;
	size_t n;
	const char *type;
} signatures[] = {
	SIGN(0, "\xff\xd8\xff", "image/jpeg"),
	SIGN(0, "\x89PNG\r\n\x1a\n", "image/png"),
	SIGN(0, "GIF87a", "image/gif"),
	SIGN(0, "GIF89a", "image/gif"),
	SIGN(8, "WEBPVP8", "image/webp"),
	SIGN(0, "BM", "image/bmp"),
	SIGN(0, "#!AMR\n", "audio/amr"),
	SIGN(0, "#!AMR-WB\n", "audio/amr-wb"),
	SIGN(0, "ID3", "audio/mpeg"),
	SIGN(0, "\xff\xfb", "audio/mpeg"),
	SIGN(8, "WAVE", "audio/wav"),
	SIGN(0, "OggS", "audio/ogg"),
	SIGN(4, "ftyp", MP4),
	SIGN(0, "\x1a\x45\xdf\xa3", "video/webm"),
	SIGN(0, "%PDF-", "application/pdf"),
	SIGN(0, "PK\x03\x04", ZIP),
	SIGN(0, "PK\x05\x06", ZIP),
	SIGN(0, "Rar!\x1a\x07", "application/vnd.rar"),
	SIGN(0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
	SIGN(0, "\x1f\x8b", "application/gzip"),
	SIGN(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
};

static bool is_type(const char *type, const char *other)
{
	return strcmp(type, other) == 0;
}

static const struct kind *kind_of_name(str name)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t n = strlen(kinds[i].ending);

		if (name.n > n &&
			str_same_folded(str_skip(name, name.n - n),
				str_of(kinds[i].ending)))
			return &kinds[i];
	}
	return NULL;
}

const char *mime_of_name(str file_name)
{
	const struct kind *k = kind_of_name(file_name);

	return k ? k->type : MIME_UNKNOWN;
}

/* RIFF formats are told by their form, so the "RIFF" before it must be there;
 * two letters are not enough for a BMP, whose header length is small. */
static bool is_plausible(str bytes, const struct signature *s)
{
	if (s->at == 8)
		return str_starts(bytes, STR("RIFF"));
	if (is_type(s->type, "image/bmp"))
		return bytes.n > 17 && bytes.p[6] == 0 && bytes.p[7] == 0 &&
			bytes.p[15] == 0;
	return true;
}

static const char *by_signature(str bytes)
{
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++) {
		const struct signature *s = &signatures[i];

		if (bytes.n >= s->at &&
			str_starts(str_skip(bytes, s->at), str_make(s->bytes, s->n)) &&
			is_plausible(bytes, s))
			return s->type;
	}
	return NULL;
}

static unsigned le16(const char *p)
{
	return (unsigned)(unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

static uint32_t le32(const char *p)
{
	return le16(p) | (uint32_t)le16(p + 2) << 16;
}

/* Walks a ZIP's local headers (APPNOTE 4.3.7) as far as sizes are told ahead,
 * for the folder that gives an office file away. */
static const char *office_inside(str zip)
{
	for (int i = 0; i < 32 && zip.n > 30 && str_starts(zip, STR("PK\x03\x04")); i++) {
		unsigned name_bytes = le16(zip.p + 26), extra_bytes = le16(zip.p + 28);
		str name = str_sub(zip, 30, name_bytes);

		if (str_starts(name, STR("word/")))
			return DOCX;
		if (str_starts(name, STR("xl/")))
			return XLSX;
		if (str_starts(name, STR("ppt/")))
			return PPTX;
		if (le16(zip.p + 6) & 8) /* sizes follow the data: cannot go on */
			return NULL;
		zip = str_skip(zip,
			30 + (size_t)name_bytes + extra_bytes + le32(zip.p + 18));
	}
	return NULL;
}

/* No control characters but blanks: UTF-8, or GBK, which nobody can tell from
 * other bytes above 0x7f. */
static bool is_text(str bytes)
{
	bytes = str_sub(bytes, 0, SNIFF_BYTES);
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (c == 0x7f || (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b))
			return false;
	}
	return bytes.n > 0;
}

/* The name may only choose within the container the bytes show. */
static const char *refine(const char *type, str bytes, str file_name)
{
	const char *inside = is_type(type, ZIP) ? office_inside(bytes) : NULL;

	if (inside)
		return inside;
	const struct kind *k = kind_of_name(file_name);
	return k && k->container && is_type(k->container, type) ? k->type : type;
}

const char *mime_sniff(str first_bytes, str file_name)
{
	const char *type = by_signature(first_bytes);

	if (!type && is_text(first_bytes))
		type = TEXT;
	return type ? refine(type, first_bytes, file_name) : MIME_UNKNOWN;
}

const char *mime_extension(const char *type)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (is_type(kinds[i].type, type))
			return kinds[i].ending;
	return "";
}

bool mime_is_picture(const char *type)
{
	return is_type(type, "image/jpeg") || is_type(type, "image/png") ||
		is_type(type, "image/gif") || is_type(type, "image/webp");
}

const char *mime_media_kind(const char *type)
{
	if (is_type(type, "image/jpeg") || is_type(type, "image/png"))
		return "image";
	if (is_type(type, "audio/amr") || is_type(type, "audio/amr-wb"))
		return "voice";
	return is_type(type, MP4) ? "video" : "file";
}

/* --- Content-Disposition (RFC 6266) ------------------------------------- */

/* What a quoted-string may hold without escapes, and no '%', which some
 * clients decode there (RFC 6266, appendix D). */
static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
}

/* Each char that is not plain becomes one '_'. */
static void put_ascii(struct buf *b, str name, bool *out_lossy)
{
	*out_lossy = false;
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool plain = is_plain(c), follows = c >= 0x80 && c < 0xc0;

		if (!follows)
			buf_char(b, plain ? (char)c : '_');
		*out_lossy |= !plain;
	}
}

str mime_disposition(struct arena *mem, bool attachment, str file_name)
{
	struct buf b;
	bool lossy;

	buf_init(&b, mem, 64 + 4 * file_name.n);
	buf_lit(&b, attachment ? "attachment; filename=\"" : "inline; filename=\"");
	put_ascii(&b, file_name, &lossy);
	buf_char(&b, '"');
	if (lossy && str_is_utf8(file_name)) {
		buf_lit(&b, "; filename*=UTF-8''");
		buf_url_value(&b, file_name);
	}
	return buf_str(&b);
}
