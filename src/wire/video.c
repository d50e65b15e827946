/*
 * wire/video.c - how long a film runs, from its headers only.
 *
 * An MP4 file is a row of boxes (ISO/IEC 14496-12 4.2): size, type, content; a size
 * of 1 is followed by 64 bits of it, 0 reaches to the end.  The movie header (8.2.2)
 * lies in moov/mvhd: version 0 has times of 32 bits, version 1 of 64.
 */
#include "wire/mime.h"

enum { HEAD = 8, LARGE_HEAD = 16 };

static uint64_t number(str s, size_t at, size_t bytes)
{
	uint64_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)s.p[at + i];
	return n;
}

/* The content of the first box of that type; false without one, or when sizes lie. */
static bool box_find(str s, const char *type, str *out)
{
	while (s.n >= HEAD) {
		size_t head = HEAD;
		uint64_t size = number(s, 0, 4);

		if (size == 1 && s.n >= LARGE_HEAD) {
			size = number(s, HEAD, 8);
			head = LARGE_HEAD;
		} else if (size == 0) {
			size = s.n;
		}
		if (size < head || size > s.n)
			return false;
		if (str_is(str_sub(s, 4, 4), type)) {
			*out = str_sub(s, head, (size_t)size - head);
			return true;
		}
		s = str_skip(s, (size_t)size);
	}
	return false;
}

bool mime_mp4_ms(str bytes, int64_t *out_ms)
{
	str moov, mvhd;

	if (!box_find(bytes, "moov", &moov) || !box_find(moov, "mvhd", &mvhd) ||
		mvhd.n < 32)
		return false;
	bool wide = mvhd.p[0] == 1;
	uint64_t scale = number(mvhd, wide ? 20 : 12, 4);
	uint64_t length = wide ? number(mvhd, 24, 8) : number(mvhd, 16, 4);

	if (scale == 0 || length > INT64_MAX / 1000)
		return false;
	*out_ms = (int64_t)(length * 1000 / scale);
	return true;
}
