/*
 * Kinds, sizes and names of uploads.
 */
#include "wire/mime.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static struct arena *mem;

static int begin(void **state)
{
	(void)state;
	mem = arena_new(1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static void assert_sniff(str bytes, const char *name, const char *want)
{
	assert_string_equal(mime_sniff(bytes, str_of(name)), want);
}

static void bytes_tell_the_type(void **state)
{
	(void)state;
	assert_sniff(STR("\xff\xd8\xff\xe0\0\x10JFIF"), "a.png", "image/jpeg");
	assert_sniff(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "", "image/png");
	assert_sniff(STR("GIF89a\1\0\1\0"), "", "image/gif");
	assert_sniff(STR("RIFF\x10\0\0\0WEBPVP8 "), "", "image/webp");
	assert_sniff(STR("RIFF\x10\0\0\0WAVEfmt "), "", "audio/wav");
	assert_sniff(STR("xxxx\x10\0\0\0WEBPVP8 "), "", MIME_UNKNOWN);
	assert_sniff(STR("#!AMR\n\x3c"), "a.mp3", "audio/amr");
	assert_sniff(STR("#!AMR-WB\n"), "", "audio/amr-wb");
	assert_sniff(STR("\0\0\0\x18"
			 "ftypmp42"),
		"a.jpg", "video/mp4");
	assert_sniff(STR("\0\0\0\x18"
			 "ftypqt  "),
		"a.MOV", "video/quicktime");
	assert_sniff(STR("%PDF-1.7\n"), "", "application/pdf");
	assert_sniff(STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.xls",
		"application/vnd.ms-excel");
	assert_sniff(STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.png",
		"application/x-ole-storage");
	assert_sniff(STR_NONE, "a.png", MIME_UNKNOWN);
	assert_sniff(STR("\0\1\2\3"), "a.png", MIME_UNKNOWN);
}

static void text_is_only_text(void **state)
{
	(void)state;
	assert_sniff(STR("hello\r\n"), "", "text/plain");
	assert_sniff(STR("BMW and others"), "a.bmp", "text/plain");
	assert_sniff(STR("<html><script>alert(1)</script>"), "a.html", "text/plain");
	assert_sniff(STR("<svg onload=alert(1)>"), "a.svg", "text/plain");
	assert_sniff(STR("<svg onload=alert(1)>"), "a.png", "text/plain");
	assert_sniff(STR("a,b\n"), "A.CSV", "text/csv");
	assert_sniff(STR("\xc4\xe3\xba\xc3"), "gbk.txt", "text/plain");
}

/* A local header as APPNOTE 4.3.7 lays it out, sizes known. */
#define LOCAL(flags, size, name, content)                                                \
	"PK\x03\x04\x14\0" flags "\0\0\0\0\0\0\0\0\0\0" size size name content

static void office_files_are_told_apart(void **state)
{
	(void)state;
	str docx = STR(LOCAL("\0\0", "\3\0\0\0", "\x13\0\0\0", "[Content_Types].xmlabc")
			LOCAL("\0\0", "\1\0\0\0", "\x11\0\0\0", "word/document.xmlx"));
	assert_sniff(docx, "", DOCX);
	assert_sniff(docx, "a.xlsx", DOCX);
	str unknown =
		STR(LOCAL("\x08\0", "\0\0\0\0", "\x13\0\0\0", "[Content_Types].xmlabc"));
	assert_sniff(unknown, "a.xlsx", XLSX);
	assert_sniff(unknown, "a.zip", "application/zip");
	assert_sniff(unknown, "a.png", "application/zip");
	/* A length that leads out of the file. */
	assert_sniff(STR(LOCAL("\0\0", "\xff\xff\xff\xff", "\x03\0\0\0", "abc")), "",
		"application/zip");
	assert_sniff(STR("PK\x03\x04"), "", "application/zip");
}

static void names_and_endings(void **state)
{
	(void)state;
	assert_string_equal(mime_of_name(STR("照片.JPEG")), "image/jpeg");
	assert_string_equal(mime_of_name(STR("a.docx")), DOCX);
	assert_string_equal(mime_of_name(STR(".docx")), MIME_UNKNOWN);
	assert_string_equal(mime_of_name(STR("a.exe")), MIME_UNKNOWN);
	assert_string_equal(mime_extension("image/jpeg"), ".jpg");
	assert_string_equal(mime_extension("x/y"), "");
	assert_true(mime_is_picture("image/webp"));
	assert_false(mime_is_picture("image/bmp"));
	assert_false(mime_is_picture("image/svg+xml"));
	assert_string_equal(mime_media_kind("image/png"), "image");
	assert_string_equal(mime_media_kind("image/gif"), "file");
	assert_string_equal(mime_media_kind("audio/amr"), "voice");
	assert_string_equal(mime_media_kind("video/mp4"), "video");
}

static void assert_size(str bytes, int width, int height)
{
	int w = 0, h = 0;

	assert_true(mime_picture_size(bytes, &w, &h));
	assert_int_equal(w, width);
	assert_int_equal(h, height);
}

static void pictures_tell_their_size(void **state)
{
	(void)state;
	assert_size(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06"),
		640, 480);
	assert_size(STR("GIF89a\x80\x02\xe0\x01\0\0"), 640, 480);
	assert_size(
		STR("RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"),
		640, 480);
	assert_size(STR("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0"),
		640, 480);
	/* VP8L: 14 bits of width - 1, 14 of height - 1: 639 | 479 << 14 */
	assert_size(STR("RIFF\x20\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x7f\xc2\x77\0"), 640, 480);
}

#define JPEG_FRAME "\xff\xc0\0\x0b\x08\x01\xe0\x02\x80\x01\x01\x11\0"
#define EXIF(bo, magic, ifd, count, tag, value)                                          \
	"\xff\xe1\0\x22"                                                                 \
	"Exif\0\0" bo magic ifd count tag value "\0\0\0\0"

static void jpegs_tell_their_size(void **state)
{
	(void)state;
	assert_size(STR("\xff\xd8\xff\xe0\0\x04xx\xff" JPEG_FRAME), 640, 480);
	/* progressive, behind a huffman table, which is no frame */
	assert_size(STR("\xff\xd8\xff\xc4\0\x03x\xff\xc2\0\x08\x08\x01\xe0\x02\x80\x01"),
		640, 480);
	assert_size(STR("\xff\xd8" EXIF("MM", "\0*", "\0\0\0\x08", "\0\x01",
			    "\x01\x12\0\x03\0\0\0\x01", "\0\x06\0\0") JPEG_FRAME),
		480, 640);
	assert_size(STR("\xff\xd8" EXIF("II", "*\0", "\x08\0\0\0", "\x01\0",
			    "\x12\x01\x03\0\x01\0\0\0", "\x03\0\0\0") JPEG_FRAME),
		640, 480);
}

static void broken_pictures_have_no_size(void **state)
{
	(void)state;
	int w = -1, h = -1;
	const str broken[] = { STR_NONE, STR("text"), STR("\xff\xd8\xff"),
		STR("\xff\xd8\xff\xc0\0\x0b\x08\x01"),    /* cut short */
		STR("\xff\xd8\xff\xe0\0\0"),              /* a length below 2 */
		STR("\xff\xd8\xff\xda\0\x02" JPEG_FRAME), /* data before any frame */
		STR("\xff\xd8\xff\xc0\0\x0b\x08\0\0\x02\x80\x01\x01\x11\0"), /* no height */
		STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x80\0\0\0\0\0\x01\xe0\x08\x06"),
		STR("GIF89a\x80"), STR("RIFF\x20\0\0\0WEBPVP8X"),
		STR("RIFF\x20\0\0\0WEBPVP8 ") };
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_false(mime_picture_size(broken[i], &w, &h));
	assert_int_equal(w, -1);
}

static void clips_tell_their_length(void **state)
{
	(void)state;
	char clip[6 + 50 * 32] = "#!AMR\n";
	int64_t ms = -1;
	for (int i = 0; i < 50; i++)
		clip[6 + 32 * i] = 0x3c; /* 12.2 kbit/s, good */
	assert_true(mime_amr_ms(str_make(clip, sizeof(clip)), &ms));
	assert_int_equal(ms, 1000);
	assert_false(mime_amr_ms(str_make(clip, sizeof(clip) - 1), &ms));
	clip[6] = 0x78; /* type 15 is one byte; what follows is no header */
	clip[7] = 0x70; /* type 14 may not occur */
	assert_false(mime_amr_ms(str_make(clip, sizeof(clip)), &ms));
	assert_false(mime_amr_ms(STR("ID3"), &ms));
	assert_true(mime_amr_ms(STR("#!AMR-WB\n"), &ms));
	assert_int_equal(ms, 0);
}

/* A box: size, type, content. */
static str box(const char *type, str content)
{
	uint32_t n = (uint32_t)content.n + 8;
	const char head[8] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n,
		type[0], type[1], type[2], type[3] };

	return arena_concat(mem, str_make(head, 8), content);
}

static void assert_film(str bytes, int64_t want)
{
	int64_t ms = -1;

	assert_int_equal(mime_mp4_ms(bytes, &ms), want >= 0);
	assert_int_equal(ms, want);
}

static void films_tell_their_length(void **state)
{
	(void)state;
	char narrow[32] = { 0 }, wide[32] = { 1 };
	str start = box("ftyp", STR("mp42isom")), end = box("mdat", STR("pixels"));

	narrow[14] = 2, narrow[15] = 0x58;    /* 600 a second */
	narrow[18] = 0x46, narrow[19] = 0x50; /* 18000 of them */
	wide[22] = 3, wide[23] = (char)0xe8;  /* 1000 a second */
	wide[31] = 99;
	str mvhd = str_make(narrow, sizeof(narrow));
	str moov =
		box("moov", arena_concat(mem, box("iods", STR("x")), box("mvhd", mvhd)));
	assert_film(arena_concat(mem, arena_concat(mem, start, end), moov), 30000);
	assert_film(box("moov", box("mvhd", str_make(wide, sizeof(wide)))), 99);
	/* a size of 0 reaches to the end, one of 1 is followed by 64 bits */
	assert_film(arena_concat(mem, STR("\0\0\0\0moov"), box("mvhd", mvhd)), 30000);
	assert_film(arena_concat(mem, STR("\0\0\0\1moov\0\0\0\0\0\0\0\x38"),
			    box("mvhd", mvhd)),
		30000);
	assert_film(arena_concat(mem, start, end), -1);
	assert_film(box("moov", box("mvhd", str_sub(mvhd, 0, 20))), -1);
	assert_film(str_sub(moov, 0, moov.n - 1), -1);
	assert_film(STR("\0\0\0\7moov"), -1);
	assert_film(STR("\0\0\0\1moov\xff\xff\xff\xff\xff\xff\xff\xff"), -1);
	narrow[14] = narrow[15] = 0;
	assert_film(box("moov", box("mvhd", mvhd)), -1);
	assert_film(STR_NONE, -1);
}

static void assert_disposition(const char *name, const char *want)
{
	str got = mime_disposition(mem, true, str_of(name));

	assert_string_equal(arena_cstr(mem, got), want);
}

static void dispositions_are_safe(void **state)
{
	(void)state;
	assert_disposition("a b.txt", "attachment; filename=\"a b.txt\"");
	assert_disposition("报价.xlsx",
		"attachment; filename=\"__.xlsx\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7.xlsx");
	assert_disposition("a\"b\\c%41\r\nSet-Cookie: x",
		"attachment; filename=\"a_b_c_41__Set-Cookie: x\"; "
		"filename*=UTF-8''a%22b%5Cc%2541%0D%0ASet-Cookie%3A%20x");
	assert_disposition("\xff.txt", "attachment; filename=\"_.txt\"");
	assert_true(str_is(mime_disposition(mem, false, STR("a.png")),
		"inline; filename=\"a.png\""));
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(bytes_tell_the_type),
		T(text_is_only_text),
		T(office_files_are_told_apart),
		T(names_and_endings),
		T(pictures_tell_their_size),
		T(jpegs_tell_their_size),
		T(broken_pictures_have_no_size),
		T(clips_tell_their_length),
		T(films_tell_their_length),
		T(dispositions_are_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
