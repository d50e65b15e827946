/*
 * Any bytes as a request head and as a chunked body, cut differently.  What is taken
 * must be unambiguous: one length, no control characters.
 */
#include "base/err.h"
#include "io/http_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static size_t find(str in, size_t step)
{
	size_t scanned = 0, found = 0;

	for (size_t n = step; !found && n < in.n; n += step)
		found = http_head_find(str_sub(in, 0, n), &scanned);
	return found ? found : http_head_find(in, &scanned);
}

static void check_field(const struct http_field *f)
{
	BUG_IF(!f->name.n, "a field without name");
	for (size_t i = 0; i < f->value.n; i++)
		BUG_IF((uint8_t)f->value.p[i] < ' ' && f->value.p[i] != '\t',
			"a control character");
}

static void parse(str head)
{
	struct http_head h;

	if (http_head_parse(head, 1000, &h) != 200)
		return;
	BUG_IF(h.chunked && h.content_length >= 0, "two lengths");
	BUG_IF(h.target.n > 1000 || !h.target.n, "no target");
	BUG_IF(h.target.p[0] != '/' && h.method != HTTP_OPTIONS,
		"a target of another form");
	for (size_t i = 0; i < h.n_fields; i++)
		check_field(&h.fields[i]);
}

struct result {
	enum http_got got;
	uint64_t hash;
	size_t n;
};

static struct result dechunk(str in, size_t step)
{
	struct result r = { HTTP_MORE, 0, 0 };
	struct http_chunks c = { 0 };
	str data;

	for (size_t at = 0; at < in.n && r.got == HTTP_MORE; at += step) {
		str part = str_sub(in, at, in.n - at < step ? in.n - at : step);

		while ((r.got = http_chunks_next(&c, &part, &data)) == HTTP_DATA) {
			for (size_t i = 0; i < data.n; i++)
				r.hash = r.hash * 31 + (uint8_t)data.p[i];
			r.n += data.n;
		}
	}
	return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct result whole, cut;
	size_t step, head;
	str in;

	if (n < 2)
		return 0;
	step = 1u + p[0];
	in = str_make(p + 1, n - 1);
	head = find(in, in.n);
	BUG_IF(head != find(in, step), "the head ends elsewhere");
	if (head)
		parse(str_sub(in, 0, head));
	whole = dechunk(in, in.n);
	cut = dechunk(in, step);
	BUG_IF(whole.got != cut.got || whole.hash != cut.hash || whole.n != cut.n,
		"cut differently, something else came out");
	return 0;
}
