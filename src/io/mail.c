#include "io/mail.h"

#include <curl/curl.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"

enum { ADDRESS_MAX = 254, AT_ONCE = 2, TIMEOUT_MS = 10000, CONNECT_MS = 5000, LINE = 76 };

static atomic_int waiting;

bool mail_is_address(str s)
{
	size_t at = str_find_char(s, '@');

	if (at == SIZE_MAX || at == 0 || at > 64 || at + 3 > s.n || s.n > ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c >= 0x7f || strchr("<>()[]\\,;:\"", c) ||
			(c == '@' && i != at))
			return false;
	}
	return str_find_char(str_skip(s, at), '.') != SIZE_MAX && s.p[s.n - 1] != '.' &&
		s.p[at + 1] != '.';
}

/* RFC 2047: the whole line as one encoded word a piece of 42 bytes, never within a char. */
static void put_words(struct buf *b, str text)
{
	while (text.n) {
		str piece = str_first_bytes(text, 42);

		buf_lit(b, "=?UTF-8?B?");
		buf_put(b, base64_of(b->mem, piece));
		buf_lit(b, "?=");
		text = str_skip(text, piece.n);
		if (text.n)
			buf_lit(b, "\r\n ");
	}
}

static void put_body(struct buf *b, str text)
{
	str coded = base64_of(b->mem, text);

	while (coded.n) {
		buf_put(b, str_sub(coded, 0, LINE));
		buf_lit(b, "\r\n");
		coded = str_skip(coded, coded.n < LINE ? coded.n : LINE);
	}
}

static str letter(struct arena *mem, const struct mail_server *server,
	const struct mail *mail)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t now = clock_now_ms() / 1000;
	struct tm tm;
	struct buf b;

	gmtime_r(&now, &tm);
	buf_init(&b, mem, 1024);
	buf_printf(&b, "From: <%s>\r\nTo: <%.*s>\r\nSubject: ", server->from,
		STR_FMT(mail->to));
	put_words(&b, mail->subject);
	buf_printf(&b, "\r\nDate: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n",
		days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
		tm.tm_hour, tm.tm_min, tm.tm_sec);
	buf_printf(&b, "Message-ID: <%.*s@liaison>\r\n", STR_FMT(random_text(mem, 24)));
	buf_lit(&b,
		"Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n");
	put_body(&b, mail->text);
	return buf_str(&b);
}

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	str *left = arg, piece = str_sub(*left, 0, size * n);

	memcpy(to, piece.p, piece.n);
	*left = str_skip(*left, piece.n);
	return piece.n;
}

static CURLcode talk(struct ctx *cx, CURL *e, const struct mail_server *server,
	const struct mail *mail, char *words)
{
	str left = letter(cx->mem, server, mail);
	struct curl_slist *to = curl_slist_append(NULL, arena_cstr(cx->mem, mail->to));
	CURLcode got;

	curl_easy_setopt(e, CURLOPT_URL, server->url);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	if (server->user[0]) {
		curl_easy_setopt(e, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(e, CURLOPT_PASSWORD, server->password);
	}
	curl_easy_setopt(e, CURLOPT_MAIL_FROM, server->from);
	curl_easy_setopt(e, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(e, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(e, CURLOPT_READDATA, &left);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, words);
	got = curl_easy_perform(e);
	curl_slist_free_all(to);
	return got;
}

enum err mail_send(struct ctx *cx, const struct mail_server *server,
	const struct mail *mail)
{
	char words[CURL_ERROR_SIZE] = "";
	CURLcode got = CURLE_OUT_OF_MEMORY;
	CURL *e;

	if (!mail_is_address(mail->to))
		return why(cx, ERR_INVALID_ARGUMENT, "not an e-mail address");
	if (atomic_fetch_add(&waiting, 1) >= AT_ONCE) {
		atomic_fetch_sub(&waiting, 1);
		return why(cx, ERR_BUSY, "too many mails at once, try again");
	}
	e = curl_easy_init();
	if (e) {
		got = talk(cx, e, server, mail, words);
		curl_easy_cleanup(e);
	}
	atomic_fetch_sub(&waiting, 1);
	if (got == CURLE_OK)
		return OK;
	return why(cx, ERR_UNREACHABLE, "mail: %s",
		words[0] ? words : curl_easy_strerror(got));
}
