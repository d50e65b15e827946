/*
 * wire/picture.c - sizes of pictures and lengths of clips, from headers only.
 *
 * Nothing is decoded, so nothing here can be made to use much memory or time.
 * PNG 11.2.2 (IHDR), GIF89a 18, WebP container (VP8, VP8L, VP8X chunks), JPEG
 * T.81 B.2.2 (frame header) with EXIF's orientation (EXIF 2.3, tag 0x0112).
 */
#include "wire/mime.h"

enum { MAX_SIDE = 65535 };

static unsigned at8(str s, size_t i)
{
	return i < s.n ? (unsigned char)s.p[i] : 0;
}

static unsigned be16(str s, size_t i)
{
	return at8(s, i) << 8 | at8(s, i + 1);
}

static uint32_t be32(str s, size_t i)
{
	return (uint32_t)be16(s, i) << 16 | be16(s, i + 2);
}

static unsigned le16(str s, size_t i)
{
	return at8(s, i + 1) << 8 | at8(s, i);
}

static uint32_t le24(str s, size_t i)
{
	return (uint32_t)at8(s, i + 2) << 16 | le16(s, i);
}

static bool give(uint32_t width, uint32_t height, int *out_width, int *out_height)
{
	if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
		return false;
	*out_width = (int)width;
	*out_height = (int)height;
	return true;
}

static bool webp_size(str s, int *w, int *h)
{
	str chunk = str_sub(s, 12, 4);

	if (str_is(chunk, "VP8X") && s.n >= 30)
		return give(le24(s, 24) + 1, le24(s, 27) + 1, w, h);
	if (str_is(chunk, "VP8L") && s.n >= 25 && at8(s, 20) == 0x2f) {
		uint32_t bits = (uint32_t)le16(s, 21) | (uint32_t)le16(s, 23) << 16;

		return give((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, w, h);
	}
	if (str_is(chunk, "VP8 ") && s.n >= 30 &&
		str_is(str_sub(s, 23, 3), "\x9d\x01\x2a"))
		return give(le16(s, 26) & 0x3fff, le16(s, 28) & 0x3fff, w, h);
	return false;
}

/* --- JPEG --------------------------------------------------------------- */

static unsigned tiff16(str s, size_t i, bool big)
{
	return big ? be16(s, i) : le16(s, i);
}

static uint32_t tiff32(str s, size_t i, bool big)
{
	return big ? be32(s, i) : (uint32_t)le16(s, i) | (uint32_t)le16(s, i + 2) << 16;
}

/* The orientation, 1 to 8, in an APP1 segment's content; 1 when none is told. */
static unsigned exif_orientation(str app1)
{
	if (!str_starts(app1, STR("Exif\0\0")))
		return 1;
	str tiff = str_skip(app1, 6);
	bool big = str_starts(tiff, STR("MM"));
	if (!big && !str_starts(tiff, STR("II")))
		return 1;
	size_t ifd = tiff32(tiff, 4, big);
	if (ifd >= tiff.n)
		return 1;
	unsigned entries = tiff16(tiff, ifd, big);
	for (size_t i = 0; i < entries && ifd + 2 + 12 * (i + 1) <= tiff.n; i++) {
		size_t entry = ifd + 2 + 12 * i;

		if (tiff16(tiff, entry, big) == 0x0112)
			return tiff16(tiff, entry + 8, big);
	}
	return 1;
}

/* Frame headers: all SOFn but DHT (c4), JPG (c8) and DAC (cc). */
static bool is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
		marker != 0xcc;
}

static bool jpeg_size(str s, int *w, int *h)
{
	unsigned orientation = 1;

	s = str_skip(s, 2);
	while (s.n >= 4 && at8(s, 0) == 0xff) {
		unsigned marker = at8(s, 1);

		if (marker == 0xff) { /* fill bytes */
			s = str_skip(s, 1);
			continue;
		}
		size_t length = be16(s, 2);
		if (length < 2 || length + 2 > s.n || marker == 0xda)
			return false;
		str content = str_sub(s, 4, length - 2);
		if (marker == 0xe1 && orientation == 1)
			orientation = exif_orientation(content);
		if (is_frame(marker)) {
			bool turned = orientation >= 5 && orientation <= 8;

			return turned ? give(be16(content, 1), be16(content, 3), w, h)
				      : give(be16(content, 3), be16(content, 1), w, h);
		}
		s = str_skip(s, length + 2);
	}
	return false;
}

bool mime_picture_size(str s, int *out_width, int *out_height)
{
	const char *type = mime_sniff(s, STR_NONE);

	if (strcmp(type, "image/png") == 0 && s.n >= 24 &&
		str_is(str_sub(s, 12, 4), "IHDR"))
		return give(be32(s, 16), be32(s, 20), out_width, out_height);
	if (strcmp(type, "image/gif") == 0 && s.n >= 10)
		return give(le16(s, 6), le16(s, 8), out_width, out_height);
	if (strcmp(type, "image/webp") == 0)
		return webp_size(s, out_width, out_height);
	if (strcmp(type, "image/jpeg") == 0)
		return jpeg_size(s, out_width, out_height);
	return false;
}

/* --- AMR ---------------------------------------------------------------- */

/* Bytes of a frame by its type, the octet of the header included (RFC 4867 5.3:
 * AMR 12.2 is 244 bits); 0 for types that may not occur. */
static const unsigned char narrow[16] = { 13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0,
	0, 0, 1 };
static const unsigned char wide[16] = { 18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0,
	1, 1 };

bool mime_amr_ms(str s, int64_t *out_ms)
{
	const unsigned char *sizes = narrow;

	if (str_starts(s, STR("#!AMR-WB\n"))) {
		sizes = wide;
		s = str_skip(s, 9);
	} else if (str_starts(s, STR("#!AMR\n"))) {
		s = str_skip(s, 6);
	} else {
		return false;
	}
	int64_t frames = 0;
	while (s.n) {
		size_t n = sizes[at8(s, 0) >> 3 & 15];

		if (n == 0 || n > s.n)
			return false;
		s = str_skip(s, n);
		frames++;
	}
	*out_ms = 20 * frames;
	return true;
}
