/*
 * Uploads as clients really write them, and as they should not.
 */
#include "wire/multipart.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/buf.h"

#define FORM "multipart/form-data; boundary=XX"
#define HEAD(params) "--XX\r\nContent-Disposition: form-data; " params "\r\n\r\n"
#define LAST "\r\n--XX--\r\n"

static struct ctx *cx;

static int begin(void **state)
{
	(void)state;
	cx = ctx_new(4 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_free(cx);
	return 0;
}

static void assert_str(str got, const char *want)
{
	assert_string_equal(arena_cstr(cx->mem, got), want);
}

static struct multipart parsed(str type, str body)
{
	struct multipart mp = { 0 };
	enum err e = multipart_parse(cx, type, body, &mp);

	if (e != OK)
		print_error("%.*s\n", STR_FMT(cx->words));
	assert_int_equal(e, OK);
	return mp;
}

static void assert_refused(const char *type, str body)
{
	struct multipart mp = { 0 };
	enum err e = multipart_parse(cx, str_of(type), body, &mp);

	assert_int_equal(e, ERR_BAD_MULTIPART);
	assert_null(mp.parts);
}

/* The file name of a part whose disposition has these parameters. */
static str name_of(const char *params)
{
	str body = arena_printf(cx->mem,
		"--XX\r\nContent-Disposition: form-data; name=\"media\"; %s\r\n\r\nx" LAST,
		params);
	struct multipart mp = parsed(STR(FORM), body);

	assert_true(mp.parts[0].has_filename);
	assert_str(mp.parts[0].name, "media");
	return mp.parts[0].filename;
}

/* As document 90253 shows it. */
static void wecom_sample(void **state)
{
	(void)state;
	struct multipart mp = parsed(
		STR("multipart/form-data; boundary=-------------------------acebdf13572468"),
		STR("---------------------------acebdf13572468\r\n"
		    "Content-Disposition: form-data; name=\"media\";filename=\"wework.txt\"; "
		    "filelength=6\r\n"
		    "Content-Type: application/octet-stream\r\n"
		    "\r\n"
		    "mytext\r\n"
		    "---------------------------acebdf13572468--"));
	assert_int_equal(mp.n, 1);
	assert_str(mp.parts[0].name, "media");
	assert_str(mp.parts[0].filename, "wework.txt");
	assert_str(mp.parts[0].content_type, "application/octet-stream");
	assert_int_equal(mp.parts[0].filelength, 6);
	assert_str(mp.parts[0].body, "mytext");
}

static void several_parts(void **state)
{
	(void)state;
	struct multipart mp = parsed(
		STR("Multipart/Form-Data; charset=utf-8; boundary=\"XX\""),
		STR("preamble\r\n" HEAD("name=type") "image\r\n" HEAD(
			"name=\"empty\"") "\r\n" HEAD("name=f; filename=\"\"") "a\r\n\r\nb" LAST
									       "epilogue"));
	assert_int_equal(mp.n, 3);
	assert_str(multipart_find(&mp, "type")->body, "image");
	assert_false(multipart_find(&mp, "type")->has_filename);
	assert_int_equal(multipart_find(&mp, "type")->filelength, -1);
	assert_int_equal(multipart_find(&mp, "empty")->body.n, 0);
	assert_true(multipart_find(&mp, "f")->has_filename);
	assert_str(multipart_find(&mp, "f")->body, "a\r\n\r\nb");
	assert_null(multipart_find(&mp, "none"));
}

static void bytes_are_not_touched(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM),
		STR(HEAD("name=media; filename=a") "\0\r\n--X\r\n--XXX\r\n"
						   "--XX x\n--XX\r\r\n" LAST));
	assert_int_equal(mp.n, 1);
	assert_memory_equal(mp.parts[0].body.p,
		"\0\r\n--X\r\n--XXX\r\n--XX x\n--XX\r\r\n", 29);
	assert_int_equal(mp.parts[0].body.n, 29);
}

static void file_names_in_every_form(void **state)
{
	(void)state;
	assert_str(name_of("filename=\"a.txt\""), "a.txt");
	assert_str(name_of("filename=a.txt"), "a.txt");
	assert_str(name_of("FileName = \"a; b.txt\" "), "a; b.txt");
	assert_str(name_of("filename=\"a \\\"b\\\" \\\\c.txt\""), "a \"b\" \\c.txt");
	assert_str(name_of("filename=\"C:\\dir\\a.txt\""), "C:\\dir\\a.txt");
	assert_str(name_of("filename=\"%22a%22%20.txt\""), "\"a\"%20.txt");
	assert_str(name_of("filename=\"报价 表.xlsx\""), "报价 表.xlsx");
	assert_str(name_of("filename*=UTF-8''%E6%8A%A5%E4%BB%B7+1.xlsx"), "报价+1.xlsx");
	assert_str(name_of("filename*=utf-8'zh'%e6%8a%a5.txt; filename=\"x.txt\""),
		"报.txt");
	assert_str(name_of("filename=\"x.txt\"; filename*=GBK''%B1%A8.txt"), "x.txt");
	assert_str(name_of("filename=\"x.txt\"; filename*=UTF-8''%B1%A8.txt"), "x.txt");
	assert_str(name_of("filename=\"unended"), "unended");
}

static void lf_clients(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM),
		STR("--XX\nContent-Disposition: form-data; name=a\nContent-Type: text/plain\n\none\n"
		    "two\n--XX\ncontent-disposition: form-data; name=b\n\nx\r\n\n--XX--\n"));
	assert_int_equal(mp.n, 2);
	assert_str(mp.parts[0].body, "one\ntwo");
	assert_str(mp.parts[0].content_type, "text/plain");
	assert_str(mp.parts[1].body, "x\r\n");
}

static void lf_delimiters_do_not_cut_crlf_bodies(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM),
		STR(HEAD("name=a") "one\n--XX\nContent-Disposition: form-data; "
				   "name=b\n\ntwo" LAST));
	assert_int_equal(mp.n, 1);
}

static void folded_headers_and_blanks(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM),
		STR("--XX \t\r\nContent-Disposition:form-data;\r\n\tname=\"a\";\r\n filename=\"b\"\r\n"
		    "X-Other: 1\r\nContent-Type:  image/png \r\n\r\nx" LAST));
	assert_str(mp.parts[0].name, "a");
	assert_str(mp.parts[0].filename, "b");
	assert_str(mp.parts[0].content_type, "image/png");
}

static void a_missing_final_mark_is_forgiven(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM), STR(HEAD("name=a") "x\r\n--XX\r\n"));
	assert_int_equal(mp.n, 1);
	mp = parsed(STR(FORM), STR("--XX--\r\n"));
	assert_int_equal(mp.n, 0);
}

static void the_upload_is_found(void **state)
{
	(void)state;
	struct multipart mp = parsed(STR(FORM),
		STR(HEAD("name=media") "text\r\n" HEAD("name=file; filename=f") "f\r\n" HEAD(
			"name=media; filename=m") "m" LAST));
	assert_str(multipart_file(&mp, "media")->body, "m");
	assert_str(multipart_file(&mp, "file")->body, "f");
	assert_str(multipart_file(&mp, "other")->body, "f");
	mp = parsed(STR(FORM), STR(HEAD("name=media") "text" LAST));
	assert_str(multipart_file(&mp, "media")->body, "text");
	assert_null(multipart_file(&mp, "other"));
}

static void malformed_bodies_are_refused(void **state)
{
	(void)state;
	str good = STR(HEAD("name=a") "x" LAST);
	assert_refused("", good);
	assert_refused("application/json", good);
	assert_refused("multipart/mixed; boundary=XX", good);
	assert_refused("multipart/form-data", good);
	assert_refused("multipart/form-data; boundary=", good);
	assert_refused("multipart/form-data; boundary=\"\"", good);
	assert_refused("multipart/form-data; boundary=YY", good);
	assert_refused(
		"multipart/form-data; boundary=12345678901234567890123456789012345678901234"
		"567890123456789012345678901",
		good);
	assert_refused(FORM, STR_NONE);
	assert_refused(FORM, STR("--XX"));
	assert_refused(FORM, STR("--XX\r\n"));
	assert_refused(FORM, STR(HEAD("name=a") "x"));
	assert_refused(FORM, STR(HEAD("name=a") "x--XX--"));
	assert_refused(FORM, STR(HEAD("filename=a") "x" LAST));
	assert_refused(FORM, STR(HEAD("name=\"\"") "x" LAST));
	assert_refused(FORM, STR(HEAD("name=\"\xff\"") "x" LAST));
	assert_refused(FORM, STR("--XX\r\n\r\nx" LAST));
	assert_refused(FORM, STR("--XX\r\nContent-Disposition: form-data; name=a" LAST));
}

static str many_parts(size_t n)
{
	struct buf b;

	buf_init(&b, cx->mem, n * 64);
	for (size_t i = 0; i < n; i++)
		buf_lit(&b, HEAD("name=a") "x\r\n");
	buf_lit(&b, "--XX--");
	return buf_str(&b);
}

static str long_header(size_t bytes)
{
	struct buf b;

	buf_init(&b, cx->mem, bytes + 100);
	buf_lit(&b, "--XX\r\nContent-Disposition: form-data; name=a\r\nX: ");
	for (size_t i = b.n; i < bytes + 6; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\r\n\r\n" LAST);
	return buf_str(&b);
}

static void bounds_hold(void **state)
{
	(void)state;
	assert_int_equal(parsed(STR(FORM), many_parts(MULTIPART_MAX_PARTS)).n,
		MULTIPART_MAX_PARTS);
	assert_refused(FORM, many_parts(MULTIPART_MAX_PARTS + 1));
	assert_int_equal(parsed(STR(FORM), long_header(MULTIPART_MAX_HEADER)).n, 1);
	assert_refused(FORM, long_header(MULTIPART_MAX_HEADER + 1));
}

/* Thousands of tiny parameters in one header must not take quadratic room. */
static void tiny_parameters_take_little_room(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, cx->mem, 9000);
	buf_lit(&b, "--XX\r\nContent-Disposition: form-data; name=a");
	while (b.n < 8000)
		buf_lit(&b, ";x=\"\"");
	buf_lit(&b, "\r\n\r\n" LAST);
	size_t before = arena_used(cx->mem);
	assert_int_equal(parsed(STR(FORM), buf_str(&b)).n, 1);
	assert_true(arena_used(cx->mem) - before < 256 * 1024);
}

static void assert_clean(const char *raw, const char *want)
{
	assert_str(file_name_clean(cx->mem, str_of(raw)), want);
}

static void names_become_harmless(void **state)
{
	(void)state;
	assert_clean("a.txt", "a.txt");
	assert_clean("报价单 (2).xlsx", "报价单 (2).xlsx");
	assert_clean("👨‍👩‍👧.png", "👨‍👩‍👧.png");
	assert_clean("../../etc/passwd", "passwd");
	assert_clean("C:\\Users\\me\\a.txt", "a.txt");
	assert_clean("..", "file");
	assert_clean("", "file");
	assert_clean("/", "file");
	assert_clean(" .hidden. ", "hidden");
	assert_clean("a\r\nb\x7f\xc2\x85.txt", "ab.txt");
	assert_clean("a<b>c:\"d|e?f*.txt", "a_b_c__d_e_f_.txt");
	assert_clean("photo\xe2\x80\xaegpj.exe", "photogpj.exe");
	assert_clean("\xef\xbb\xbf"
		     "a\xe2\x80\x8b.txt",
		"a.txt");
	assert_clean("\xb1\xa8\xbc\xdb.txt", "____.txt");
	assert_str(file_name_clean(cx->mem, STR("a\0.txt")), "a_.txt");
}

static void long_names_keep_their_ending(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, cx->mem, 2000);
	for (int i = 0; i < 400; i++)
		buf_lit(&b, "长");
	buf_lit(&b, ".docx");
	str name = file_name_clean(cx->mem, buf_str(&b));
	assert_true(name.n <= FILE_NAME_MAX_BYTES && name.n > FILE_NAME_MAX_BYTES - 3);
	assert_true(str_is_utf8(name));
	assert_true(str_ends(name, STR("长.docx")));
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, begin, end)
	const struct CMUnitTest tests[] = {
		T(wecom_sample),
		T(several_parts),
		T(bytes_are_not_touched),
		T(file_names_in_every_form),
		T(lf_clients),
		T(lf_delimiters_do_not_cut_crlf_bodies),
		T(folded_headers_and_blanks),
		T(a_missing_final_mark_is_forgiven),
		T(the_upload_is_found),
		T(malformed_bodies_are_refused),
		T(bounds_hold),
		T(tiny_parameters_take_little_room),
		T(names_become_harmless),
		T(long_names_keep_their_ending),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
