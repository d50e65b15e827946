/*
 * QR codes: the two pictures are read back and compared module by module, and
 * the finder patterns of ISO/IEC 18004 6.3.3 looked for where they must be.
 */
#include "wire/qr.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MOST = 200 };

static struct ctx *cx;

struct grid {
	int side;
	bool dark[MOST][MOST];
};

static int begin(void **state)
{
	(void)state;
	cx = ctx_new(8 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_free(cx);
	return 0;
}

/* Draws the path's "Mx yhNv1h-Nz" rectangles. */
static void grid_of_svg(str svg, struct grid *g)
{
	int n = 0, used = 0;
	char *z = arena_cstr(cx->mem, svg);

	*g = (struct grid){ 0 };
	char *box = strstr(z, "viewBox=\"0 0 "), *path = strstr(z, "<path d=\"");
	assert_non_null(box);
	assert_non_null(path);
	assert_int_equal(sscanf(box, "viewBox=\"0 0 %d", &g->side), 1);
	for (path += strlen("<path d=\""); *path == 'M'; path += used) {
		int x, y, width, back;

		n = sscanf(path, "M%d %dh%dv1h-%dz%n", &x, &y, &width, &back, &used);
		assert_int_equal(n, 4);
		assert_int_equal(width, back);
		for (int i = 0; i < width; i++)
			g->dark[y][x + i] = true;
	}
	assert_int_equal(*path, '"');
}

static void grid_of_png(str bytes, int scale, struct grid *g)
{
	png_image image = { .version = PNG_IMAGE_VERSION };

	assert_true(png_image_begin_read_from_memory(&image, bytes.p, bytes.n));
	image.format = PNG_FORMAT_GRAY;
	assert_int_equal(image.width, image.height);
	assert_int_equal(image.width % (unsigned)scale, 0);
	png_byte *pixels = arena_alloc(cx->mem, PNG_IMAGE_SIZE(image));
	assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
	*g = (struct grid){ .side = (int)image.width / scale };
	for (unsigned y = 0; y < image.height; y++)
		for (unsigned x = 0; x < image.width; x++) {
			bool dark = pixels[y * image.width + x] == 0;
			bool *module = &g->dark[y / (unsigned)scale][x / (unsigned)scale];

			if (y % (unsigned)scale || x % (unsigned)scale)
				assert_int_equal(dark, *module);
			*module = dark;
		}
}

static void assert_finder(const struct grid *g, int left, int top)
{
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++) {
			bool ring = x == 0 || x == 6 || y == 0 || y == 6;
			bool core = x >= 2 && x <= 4 && y >= 2 && y <= 4;

			assert_int_equal(g->dark[top + y][left + x], ring || core);
		}
}

static void both_pictures_agree(void **state)
{
	(void)state;
	static struct grid a, b;
	str text = STR("https://liaison.example.com/c/8Zk2QpW4"), svg, png;
	assert_int_equal(qr_svg(cx, text, &svg), OK);
	assert_int_equal(qr_png(cx, text, 3, &png), OK);
	grid_of_svg(svg, &a);
	grid_of_png(png, 3, &b);
	assert_int_equal(a.side, b.side);
	assert_int_equal((a.side - 8 - 17) % 4, 0);
	assert_memory_equal(a.dark, b.dark, sizeof(a.dark));
	assert_finder(&a, 4, 4);
	assert_finder(&a, a.side - 11, 4);
	assert_finder(&a, 4, a.side - 11);
	for (int i = 0; i < a.side; i++)
		for (int edge = 0; edge < 4; edge++)
			assert_false(a.dark[i][edge] || a.dark[edge][i]);
}

static void texts_change_the_picture(void **state)
{
	(void)state;
	str a, b, again;
	assert_int_equal(qr_svg(cx, STR("a"), &a), OK);
	assert_int_equal(qr_svg(cx, STR("b"), &b), OK);
	assert_int_equal(qr_svg(cx, STR("a"), &again), OK);
	assert_false(str_same(a, b));
	assert_true(str_same(a, again));
}

static void bounds_hold(void **state)
{
	(void)state;
	static struct grid g;
	char text[2400];
	str out = STR("kept");
	memset(text, 'x', sizeof(text));
	assert_int_equal(qr_svg(cx, STR_NONE, &out), ERR_EMPTY_CONTENT);
	assert_int_equal(qr_svg(cx, str_make(text, 2332), &out), ERR_CONTENT_TOO_LONG);
	assert_int_equal(qr_png(cx, str_make(text, 2400), 1, &out), ERR_CONTENT_TOO_LONG);
	assert_true(str_is(out, "kept"));
	assert_int_equal(qr_svg(cx, str_make(text, 2331), &out), OK);
	grid_of_svg(out, &g);
	assert_int_equal(g.side, 177 + 8);
	assert_int_equal(qr_png(cx, STR("a"), 0, &out), OK);
	grid_of_png(out, 1, &g);
	assert_int_equal(g.side, 21 + 8);
	assert_int_equal(qr_png(cx, STR("a"), 1000, &out), OK);
	grid_of_png(out, 32, &g);
	assert_int_equal(g.side, 21 + 8);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(both_pictures_agree),
		T(texts_change_the_picture),
		T(bounds_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
