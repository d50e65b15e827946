/*
 * wire/qr.h - QR codes (ISO/IEC 18004) as pictures.
 *
 * Level M, a quiet zone of 4 modules, the smallest version that fits (up to
 * 40, some 2,300 bytes); longer texts are ERR_CONTENT_TOO_LONG.
 */
#ifndef WIRE_QR_H
#define WIRE_QR_H

#include "base/ctx.h"

/* One path in a viewBox of one unit a module: sharp at any size. */
enum err qr_svg(struct ctx *cx, str text, str *out_svg);
/* Black and white, 1 bit a pixel, `scale` (1 to 32) pixels a module. */
enum err qr_png(struct ctx *cx, str text, int scale, str *out_png);

#endif
