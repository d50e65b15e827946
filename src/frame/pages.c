#include "frame/pages.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"

enum { FILES_MAX = 4096, DEPTH_MAX = 6 };

/* The policy of every page: all from here, nothing inline but style attributes.  Older
 * browsers do not take 'self' for sockets, so the host is named beside it. */
#define POLICY_BEFORE                                                                    \
	"default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "       \
	"style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'"
#define POLICY_AFTER                                                                     \
	"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

struct page {
	str path; /* "/desk/assets/x.js" */
	const char *type;
	bool immutable;
	str plain, br, gz; /* contents; br and gz may be empty */
};

struct pages {
	struct arena *mem;
	struct page *files;
	size_t n;
	bool built;
};

static bool read_file(struct arena *mem, const char *name, str *out)
{
	FILE *f = fopen(name, "rbe");
	long n;

	if (!f)
		return false;
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	if (n >= 0) {
		char *p = arena_alloc(mem, (size_t)n + 1);
		*out = str_make(p, fread(p, 1, (size_t)n, f));
	}
	fclose(f);
	return n >= 0;
}

/* For our own files; what people upload is told from its bytes by wire/mime.h. */
static const char *type_of(str path)
{
	static const struct {
		const char *end, *type;
	} types[] = {
		{ ".html", "text/html; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".jpg", "image/jpeg" },
		{ ".ico", "image/x-icon" },
		{ ".webp", "image/webp" },
		{ ".woff2", "font/woff2" },
		{ ".json", "application/json" },
		{ ".webmanifest", "application/manifest+json" },
		{ ".txt", "text/plain; charset=utf-8" },
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_ends(path, str_of(types[i].end)))
			return types[i].type;
	return "application/octet-stream";
}

static void add_file(struct pages *p, const char *file, str path)
{
	struct page *page = &p->files[p->n];
	const char *br, *gz;

	if (p->n == FILES_MAX || str_ends(path, STR(".br")) || str_ends(path, STR(".gz")))
		return;
	*page = (struct page){ .path = path,
		.type = type_of(path),
		.immutable = str_find(path, STR("/assets/")) != SIZE_MAX };
	if (!read_file(p->mem, file, &page->plain))
		return;
	br = arena_printf(p->mem, "%s.br", file).p;
	gz = arena_printf(p->mem, "%s.gz", file).p;
	if (!read_file(p->mem, br, &page->br))
		page->br = STR_NONE;
	if (!read_file(p->mem, gz, &page->gz))
		page->gz = STR_NONE;
	p->n++;
}

static void read_dir(struct pages *p, const char *dir, str path, int depth)
{
	DIR *d = depth < DEPTH_MAX ? opendir(dir) : NULL;

	for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
		const char *file = arena_printf(p->mem, "%s/%s", dir, e->d_name).p;
		str at = arena_printf(p->mem, "%.*s/%s", STR_FMT(path), e->d_name);
		struct stat st;

		if (e->d_name[0] == '.' || stat(file, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			read_dir(p, file, at, depth + 1);
		else if (S_ISREG(st.st_mode))
			add_file(p, file, at);
	}
	if (d)
		closedir(d);
}

static int page_order(const void *a, const void *b)
{
	return str_order(((const struct page *)a)->path, ((const struct page *)b)->path);
}

struct pages *pages_new(const char *web_dir)
{
	struct pages *p = calloc(1, sizeof(*p));

	BUG_IF(!p, "no memory");
	p->mem = arena_new(0);
	p->files = ARENA_ARRAY(p->mem, struct page, FILES_MAX);
	read_dir(p, arena_printf(p->mem, "%s/desk", web_dir).p, STR("/desk"), 0);
	read_dir(p, arena_printf(p->mem, "%s/console", web_dir).p, STR("/console"), 0);
	read_dir(p, arena_printf(p->mem, "%s/consumer", web_dir).p, STR("/c"), 0);
	qsort(p->files, p->n, sizeof(p->files[0]), page_order);
	if (!p->n)
		log_warn("pages_missing", K_ZSTR("dir", web_dir));
	return p;
}

void pages_free(struct pages *p)
{
	arena_free(p->mem);
	free(p);
}

static const struct page *find_page(const struct pages *p, str path)
{
	struct page key = { .path = path };

	return bsearch(&key, p->files, p->n, sizeof(p->files[0]), page_order);
}

/* "/desk/anything" is a place in the client; "/desk/assets/…" must exist. */
static const struct page *page_for(const struct pages *p, struct arena *mem, str path)
{
	static const struct {
		const char *at, *client;
	} roots[] = { { "/desk/", "/desk/" }, { "/console/", "/console/" },
		{ "/c/", "/c/" }, { "/k/", "/c/" } };
	const struct page *page = find_page(p, path);

	for (size_t i = 0; !page && i < ARRAY_LEN(roots); i++)
		if (str_starts(path, str_of(roots[i].at)) &&
			str_find(path, STR("/assets/")) == SIZE_MAX)
			page = find_page(p,
				arena_printf(mem, "%sindex.html", roots[i].client));
	return page;
}

static str pick_coding(const struct page *page, str accepts, const char **out_coding)
{
	*out_coding = NULL;
	if (page->br.n && str_find(accepts, STR("br")) != SIZE_MAX) {
		*out_coding = "br";
		return page->br;
	}
	if (page->gz.n && str_find(accepts, STR("gzip")) != SIZE_MAX) {
		*out_coding = "gzip";
		return page->gz;
	}
	return page->plain;
}

/* Only what a host may be made of gets into the policy. */
static bool is_host(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) && !strchr(".:-[]", s.p[i]))
			return false;
	return s.n > 0;
}

static str policy_for(struct http_req *http)
{
	str host = http_header(http, "Host");

	if (!is_host(host))
		return STR(POLICY_BEFORE POLICY_AFTER);
	return arena_printf(http->mem, POLICY_BEFORE " ws://%.*s wss://%.*s" POLICY_AFTER,
		STR_FMT(host), STR_FMT(host));
}

static void send_page(struct http_req *http, const struct page *page)
{
	const char *coding;
	struct http_piece piece = {
		.bytes = pick_coding(page, http_header(http, "Accept-Encoding"), &coding)
	};
	struct http_field fields[] = {
		{ STR("Content-Type"), str_of(page->type) },
		{ STR("Cache-Control"),
			page->immutable ? STR("public, max-age=31536000, immutable")
					: STR("no-cache") },
		{ STR("Vary"), STR("Accept-Encoding") },
		{ STR("X-Content-Type-Options"), STR("nosniff") },
		{ STR("Referrer-Policy"), STR("no-referrer") },
		{ STR("Content-Security-Policy"), policy_for(http) },
		{ STR("Content-Encoding"), str_of(coding) },
	};

	http_reply(http,
		&(struct http_reply){ .status = 200,
			.fields = fields,
			.n_fields = ARRAY_LEN(fields) - (coding ? 0 : 1),
			.body = &piece,
			.n_body = 1 });
}

static void redirect(struct http_req *http, str to)
{
	struct http_field fields[] = { { STR("Location"), to } };

	http_reply(http,
		&(struct http_reply){ .status = 302, .fields = fields, .n_fields = 1 });
}

bool pages_handle(struct pages *p, struct http_req *http)
{
	const struct page *page;

	if (http->method != HTTP_GET && http->method != HTTP_HEAD)
		return false;
	if (str_is(http->path, "/") || str_is(http->path, "/desk")) {
		redirect(http, STR("/desk/"));
		return true;
	}
	if (str_is(http->path, "/console") || str_is(http->path, "/c")) {
		redirect(http, arena_printf(http->mem, "%.*s/", STR_FMT(http->path)));
		return true;
	}
	page = page_for(p, http->mem, http->path);
	if (!page)
		return false;
	send_page(http, page);
	return true;
}
