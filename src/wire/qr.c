/*
 * wire/qr.c - libqrencode's modules drawn as SVG and PNG.
 */
#include "wire/qr.h"

#include <errno.h>
#include <png.h>
#include <qrencode.h>
#include <setjmp.h>

#include "base/buf.h"

enum { MARGIN = 4, MAX_SCALE = 32 };

static void free_code(void *code)
{
	QRcode_free(code);
}

/* The symbol, freed with the arena. */
static enum err encode(struct ctx *cx, str text, const QRcode **out)
{
	if (text.n == 0)
		return why(cx, ERR_EMPTY_CONTENT, "no text for a QR code");
	if (text.n > 2331) /* version 40, level M, bytes */
		return why(cx, ERR_CONTENT_TOO_LONG, "too long for a QR code");
	QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0,
		QR_ECLEVEL_M);
	if (!code)
		return why(cx, ERR_CONTENT_TOO_LONG, "too long for a QR code");
	arena_defer(cx->mem, free_code, code);
	*out = code;
	return OK;
}

static bool is_dark(const QRcode *code, int x, int y)
{
	bool inside = x >= 0 && y >= 0 && x < code->width && y < code->width;

	return inside && (code->data[y * code->width + x] & 1);
}

/* A run of dark modules is one flat rectangle of the path. */
static void put_row(struct buf *b, const QRcode *code, int y)
{
	for (int x = 0; x < code->width; x++) {
		int run = 0;

		while (is_dark(code, x + run, y))
			run++;
		if (!run)
			continue;
		buf_printf(b, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, run, run);
		x += run;
	}
}

enum err qr_svg(struct ctx *cx, str text, str *out_svg)
{
	const QRcode *code;

	TRY(encode(cx, text, &code));
	int side = code->width + 2 * MARGIN;
	struct buf b;
	buf_init(&b, cx->mem, 16 * 1024);
	buf_printf(&b,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
		"<path d=\"",
		side, side, side, side);
	for (int y = 0; y < code->width; y++)
		put_row(&b, code, y);
	buf_lit(&b, "\"/></svg>\n");
	*out_svg = buf_str(&b);
	return OK;
}

/* --- PNG ---------------------------------------------------------------- */

static void on_png_bytes(png_structp png, png_bytep p, png_size_t n)
{
	buf_put(png_get_io_ptr(png), str_make(p, n));
}

static void on_png_flush(png_structp png)
{
	(void)png;
}

/* One pixel row of a module row: 1 is white, the first pixel the highest bit. */
static void fill_row(const QRcode *code, int y, int scale, png_bytep row,
	size_t row_bytes)
{
	memset(row, 0xff, row_bytes);
	int side = (code->width + 2 * MARGIN) * scale;
	for (int x = 0; x < side; x++)
		if (is_dark(code, x / scale - MARGIN, y - MARGIN))
			row[x / 8] &= (png_byte) ~(0x80 >> (x % 8));
}

/* libpng leaves by longjmp when it fails, which with our writer it does not;
 * nothing on this stack frame is touched after that but the result. */
static bool write_png(png_structp png, png_infop info, const QRcode *code, int scale,
	png_bytep row, size_t row_bytes)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	int modules = code->width + 2 * MARGIN;
	png_set_IHDR(png, info, (png_uint_32)(modules * scale),
		(png_uint_32)(modules * scale), 1, PNG_COLOR_TYPE_GRAY,
		PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (int y = 0; y < modules * scale; y++) {
		fill_row(code, y / scale, scale, row, row_bytes);
		png_write_row(png, row);
	}
	png_write_end(png, info);
	return true;
}

enum err qr_png(struct ctx *cx, str text, int scale, str *out_png)
{
	const QRcode *code;

	TRY(encode(cx, text, &code));
	scale = scale < 1 ? 1 : scale > MAX_SCALE ? MAX_SCALE : scale;
	size_t row_bytes = ((size_t)(code->width + 2 * MARGIN) * (size_t)scale + 7) / 8;
	png_bytep row = arena_alloc(cx->mem, row_bytes);
	struct buf b;
	buf_init(&b, cx->mem, 8 * 1024);
	png_structp png =
		png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	BUG_IF(!info, "no memory for a picture");
	png_set_write_fn(png, &b, on_png_bytes, on_png_flush);
	bool ok = write_png(png, info, code, scale, row, row_bytes);
	png_destroy_write_struct(&png, &info);
	if (!ok)
		return why(cx, ERR_BUSY, "the picture could not be written");
	*out_png = buf_str(&b);
	return OK;
}
