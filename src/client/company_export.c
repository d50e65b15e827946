/*
 * client/company_export.c - all that a company has of a consumer, as a file of his own.
 *
 * A zip: data.json and index.html (the company, who served him, labels), chats/N.json and
 * chats/N.html (all messages), files/ (pictures and files of them).  Pages carry no
 * script and need nothing from anywhere.  It is written into a file without a name, page
 * by page, so its size costs no memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/client.h"
#include "client/company.h"
#include "core/message/content.h"
#include "frame/rate.h"
#include "wire/mime.h"
#include "wire/zip.h"

enum { PAGE = 200, EXPORTS_PER_MINUTE = 2 };

#define COMPANY_EXPORT_IN(F, SUB)                                                        \
	F(octets, corpid, REQUIRED, 1, 64, "The company")                                \
	F(octets, lang, OPTIONAL, 0, 8, "zh or en: the language of its pages")
SHAPE(company_export_in, COMPANY_EXPORT_IN)
NO_OUT(company_export)

#define EXPORT_DATA(F, SUB)                                                              \
	SUB(object, company, company_view, ALWAYS, 0, 0, "The company")                  \
	SUB(object, holds, company_holds, ALWAYS, 0, 0, "What it has of him")            \
	F(time, exported, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(export_data, EXPORT_DATA)

struct export
{
	struct req *rq;
	struct zip *zip;
	struct ctx *cx; /* of one page of messages */
	bool chinese;
	struct export_data data;
	/* the chat that is written */
	str name, title;
	int number;
	int64_t after;
	struct view_message *page;
	size_t n;
	bool more;
	struct media *files; /* of the page, size -1 where there is none */
};

/* ---- pages for people ---- */

static const char style[] =
	"body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;"
	"padding:0 1em;color:#222}h1{font-size:1.4em}table{border-"
	"collapse:collapse}td,th{text-align:left;padding:.3em 1em .3em 0;"
	"border-bottom:1px solid #ddd;vertical-align:top}.t{color:#777;"
	"font-size:.85em}.m{margin:.8em 0;white-space:pre-wrap;"
	"overflow-wrap:anywhere}";

static const char *say(const struct export *x, const char *chinese, const char *english)
{
	return x->chinese ? chinese : english;
}

static void html_begin(struct buf *b, const struct export *x, str title)
{
	buf_printf(b,
		"<!doctype html>\n<html lang=\"%s\"><meta charset=\"utf-8\">"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'unsafe-inline'; img-src 'self' file:\"><title>",
		x->chinese ? "zh-CN" : "en");
	buf_xml_text(b, title);
	buf_printf(b, "</title><style>%s</style><h1>", style);
	buf_xml_text(b, title);
	buf_lit(b, "</h1>\n");
}

static void put_time(struct buf *b, int64_t ms)
{
	time_t s = ms / 1000;
	struct tm tm;

	gmtime_r(&s, &tm);
	buf_printf(b, "%04d-%02d-%02d %02d:%02d:%02d UTC", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void put_row(struct buf *b, const char *what, str value)
{
	buf_printf(b, "<tr><th>%s<td>", what);
	buf_xml_text(b, value);
	buf_lit(b, "\n");
}

static str group_name(const struct export *x, const struct company_group *g)
{
	return g->name.n ? g->name : str_of(say(x, "群聊", "Group"));
}

static void put_people(struct buf *b, const struct export *x)
{
	const struct company_view *c = x->data.company;

	buf_printf(b, "<h2>%s</h2><table>\n", say(x, "服务您的人", "Who serves you"));
	for (size_t i = 0; i < c->people.n; i++) {
		const struct company_person *p = &c->people.v[i];

		buf_lit(b, "<tr><td>");
		buf_xml_text(b, p->name);
		buf_lit(b, "<td>");
		buf_xml_text(b, p->position);
		buf_lit(b, "<td>");
		put_time(b, p->added);
		if (p->chat.n)
			buf_printf(b, "<td><a href=\"chats/%zu.html\">%s</a>", i + 1,
				say(x, "聊天记录", "Messages"));
		buf_lit(b, "\n");
	}
	for (size_t i = 0; i < c->groups.n; i++) {
		buf_lit(b, "<tr><td>");
		buf_xml_text(b, group_name(x, &c->groups.v[i]));
		buf_printf(b, "<td><td><td><a href=\"chats/%zu.html\">%s</a>\n",
			c->people.n + i + 1, say(x, "聊天记录", "Messages"));
	}
	buf_lit(b, "</table>\n");
}

static str index_html(struct export *x)
{
	const struct company_holds *h = x->data.holds;
	struct buf b, labels;

	buf_init(&b, x->rq->cx->mem, 4096);
	buf_init(&labels, x->rq->cx->mem, 256);
	for (size_t i = 0; i < h->labels.n; i++) {
		buf_lit(&labels, i ? ", " : "");
		buf_put(&labels, h->labels.v[i]);
	}
	html_begin(&b, x, x->data.company->corp->name);
	buf_printf(&b, "<p class=t>%s ", say(x, "导出时间", "Exported"));
	put_time(&b, x->data.exported);
	buf_lit(&b, "</p><table>\n");
	put_row(&b, say(x, "您的名字", "Your name"), h->name);
	put_row(&b, say(x, "标签", "Labels"), buf_str(&labels));
	put_row(&b, say(x, "员工备注", "Employees' notes"),
		str_of(h->notes ? say(x, "有，请向企业索取",
					  "There are some; ask the company")
				: say(x, "无", "None")));
	buf_printf(&b, "<tr><th>%s<td>", say(x, "成为客户", "Customer since"));
	put_time(&b, h->since);
	buf_lit(&b, "</table>\n");
	put_people(&b, x);
	return buf_str(&b);
}

/* ---- messages ---- */

static str file_path(struct arena *mem, const struct export *x, int64_t seq, str name)
{
	return arena_printf(mem, "files/%d-%" PRId64 "-%.*s", x->number, seq,
		STR_FMT(name));
}

static enum err find_file(struct tx *tx, int64_t corp, const struct message *m,
	struct media *out)
{
	str key;

	out->size = -1;
	if (message_media_key(tx->cx, m->type, m->body, &key) != OK ||
		media_get(tx, corp, key, out) != OK) {
		ctx_forgive(tx->cx);
		out->size = -1;
	}
	return OK;
}

static enum err read_page(struct tx *tx, void *arg)
{
	struct export *x = arg;
	struct viewer v = viewer_of(tx->cx);
	struct chat_person reader;
	struct message *list;
	struct person me;
	int64_t corp, chat;

	TRY(viewer_chat(tx, &v, x->name, &corp, &chat, &me));
	TRY(chat_person_get(tx, corp, chat, me.kind, me.id, &reader));
	TRY(chat_messages_for(tx, corp, chat, &reader, x->after, 0, PAGE, &list, &x->n,
		&x->more));
	x->page = ARENA_ARRAY(tx->cx->mem, struct view_message, x->n);
	x->files = ARENA_ARRAY(tx->cx->mem, struct media, x->n);
	for (size_t i = 0; i < x->n; i++) {
		TRY(view_message_of(tx, &v, me, &list[i], &x->page[i]));
		TRY(find_file(tx, corp, &list[i], &x->files[i]));
	}
	return OK;
}

static void put_json(struct buf *b, struct export *x, bool first)
{
	for (size_t i = 0; i < x->n; i++) {
		x->page[i].nonce = STR_NONE;
		if (x->page[i].mine)
			x->page[i].from->id = STR("me");
		if (!first || i)
			buf_lit(b, ",\n");
		shape_encode(b, view_message_shape(), &x->page[i]);
	}
}

static void put_html(struct buf *b, struct export *x)
{
	struct message_text text;

	for (size_t i = 0; i < x->n; i++) {
		const struct view_message *m = &x->page[i];
		struct media *f = &x->files[i];

		text = (struct message_text){ 0 };
		buf_lit(b, "<div class=m><b>");
		buf_xml_text(b, m->from->name);
		buf_lit(b, "</b> <span class=t>");
		put_time(b, m->time);
		buf_lit(b, "</span>\n");
		if (f->size >= 0) {
			str path = file_path(x->cx->mem, x, m->seq, f->name);

			buf_lit(b, "<a href=\"../");
			buf_xml_text(b, path);
			buf_lit(b, "\">");
			buf_xml_text(b, f->name);
			buf_lit(b, "</a>");
		} else if (str_is(m->type, "text") &&
			shape_parse(x->cx, message_text_shape(), m->body, &text) == OK) {
			buf_xml_text(b, text.content);
		} else {
			buf_lit(b, "<span class=t>");
			buf_xml_text(b, m->type);
			buf_lit(b, " ");
			buf_xml_text(b, m->body);
			buf_lit(b, "</span>");
		}
		buf_lit(b, "</div>\n");
	}
}

enum pass { AS_JSON, AS_HTML, AS_FILES };

static enum err put_files(struct export *x)
{
	for (size_t i = 0; i < x->n; i++) {
		struct media *f = &x->files[i];
		enum err err;
		int fd;

		if (f->size < 0 || media_open(x->cx, f, &fd) != OK)
			continue;
		err = zip_entry(x->zip, file_path(x->cx->mem, x, x->page[i].seq, f->name),
			x->page[i].time);
		if (err == OK)
			err = zip_copy(x->zip, fd);
		close(fd);
		TRY(err);
	}
	return OK;
}

/* One walk over a chat's timeline. */
static enum err walk(struct export *x, enum pass pass)
{
	bool first = true;

	x->after = 0;
	x->more = true;
	while (x->more) {
		struct buf b;

		ctx_restart(x->cx);
		x->cx->actor = x->rq->cx->actor;
		TRY(store_read(x->rq->house->store, x->cx, read_page, x));
		if (!x->n)
			break;
		x->after = x->page[x->n - 1].seq;
		buf_init(&b, x->cx->mem, 64 << 10);
		if (pass == AS_FILES)
			TRY(put_files(x));
		else if (pass == AS_JSON)
			put_json(&b, x, first);
		else
			put_html(&b, x);
		TRY(zip_write(x->zip, buf_str(&b)));
		first = false;
	}
	return OK;
}

static enum err put_chat(struct export *x, str chat, str title, int number)
{
	struct arena *mem = x->rq->cx->mem;
	struct buf b;

	x->name = chat;
	x->title = title;
	x->number = number;
	TRY(zip_entry(x->zip, arena_printf(mem, "chats/%d.json", number),
		x->data.exported));
	TRY(zip_write(x->zip, STR("[")));
	TRY(walk(x, AS_JSON));
	TRY(zip_write(x->zip, STR("]\n")));
	buf_init(&b, mem, 1024);
	html_begin(&b, x, title);
	TRY(zip_entry(x->zip, arena_printf(mem, "chats/%d.html", number),
		x->data.exported));
	TRY(zip_write(x->zip, buf_str(&b)));
	TRY(walk(x, AS_HTML));
	return walk(x, AS_FILES);
}

static enum err put_chats(struct export *x)
{
	const struct company_view *c = x->data.company;

	for (size_t i = 0; i < c->people.n; i++)
		if (c->people.v[i].chat.n)
			TRY(put_chat(x, c->people.v[i].chat, c->people.v[i].name,
				(int)i + 1));
	for (size_t i = 0; i < c->groups.n; i++)
		TRY(put_chat(x, c->groups.v[i].chat, group_name(x, &c->groups.v[i]),
			(int)(c->people.n + i) + 1));
	return OK;
}

/* ---- the whole ---- */

static enum err read_data(struct tx *tx, void *arg)
{
	struct export *x = arg;
	const struct company_export_in *in = x->rq->in;
	struct customer customer;
	struct corp corp;

	TRY(company_find(tx, in->corpid, &corp, &customer));
	x->data.company = ARENA_NEW(tx->cx->mem, struct company_view);
	x->data.holds = ARENA_NEW(tx->cx->mem, struct company_holds);
	TRY(company_view_of(tx, corp.corp, x->data.company));
	return company_holds_of(tx, &customer, x->data.holds);
}

static enum err write_all(struct export *x, int fd)
{
	struct arena *mem = x->rq->cx->mem;

	x->data.exported = x->rq->cx->now_ms;
	TRY(zip_new(x->rq->cx, fd, &x->zip));
	TRY(zip_entry(x->zip, STR("index.html"), x->data.exported));
	TRY(zip_write(x->zip, index_html(x)));
	TRY(zip_entry(x->zip, STR("data.json"), x->data.exported));
	TRY(zip_write(x->zip, shape_text(mem, export_data_shape(), &x->data)));
	TRY(put_chats(x));
	return zip_end(x->zip);
}

/* A file that nobody else can open, gone with its descriptor. */
static int nameless(const char *dir)
{
	char name[4096];
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	(void)snprintf(name, sizeof(name), "%s/export-XXXXXX", dir);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

static enum err company_export(struct req *rq)
{
	const struct company_export_in *in = rq->in;
	struct export x = { .rq = rq, .chinese = !str_is(in->lang, "en") };
	struct answer_file f = { .mime = STR("application/zip"), .cache = "no-store" };
	struct stat st;
	enum err err;

	TRY(rate_person(rq, "export", EXPORTS_PER_MINUTE));
	TRY(store_read(rq->house->store, rq->cx, read_data, &x));
	f.fd = nameless(rq->house->data_dir);
	if (f.fd < 0)
		return why(rq->cx, ERR_STORE, "export: %s", strerror(errno));
	x.cx = ctx_new(0);
	err = write_all(&x, f.fd);
	if (err != OK && x.cx->words.n)
		err = why(rq->cx, err, "%.*s", STR_FMT(x.cx->words));
	ctx_free(x.cx);
	if (err != OK || fstat(f.fd, &st) != 0) {
		close(f.fd);
		return err != OK ? err : why(rq->cx, ERR_STORE, "export: cannot stat");
	}
	f.size = st.st_size;
	f.name = arena_printf(rq->cx->mem, "%.*s.zip", STR_FMT(in->corpid));
	return answer_file(rq, &f);
}

const struct route company_export_routes[] = {
	GET_RAW("/v1/company/export", company_export, consumer, WAITS,
		"All that a company has of the consumer, as a zip"),
	LAST_ROUTE,
};
