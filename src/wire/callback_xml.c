/*
 * wire/callback_xml.c - the outbox's JSON text written as XML, in order.
 *
 * json_parse keeps members in order and the digits of a 64-bit MsgId, so this
 * is one walk over its tree.
 */
#include "wire/callback_xml.h"

#include "base/buf.h"
#include "base/json.h"

enum { MAX_DEPTH = 16, MAX_NAME = 64 };

struct writer {
	struct ctx *cx;
	struct buf out;
};

/* Characters outside XML 1.0's Char (2.2): controls, U+FFFE and U+FFFF. */
static bool is_xml_char(str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return !(c == 0xef && s.n - i >= 3 && (unsigned char)s.p[i + 1] == 0xbf &&
		(unsigned char)s.p[i + 2] >= 0xbe);
}

/* The text without what XML cannot hold; itself when there is nothing. */
static str xml_chars_only(struct arena *mem, str s)
{
	size_t i = 0;

	while (i < s.n && is_xml_char(s, i))
		i++;
	if (i == s.n)
		return s;
	char *p = arena_alloc(mem, s.n);
	size_t n = 0;
	for (i = 0; i < s.n;) {
		if (is_xml_char(s, i))
			p[n++] = s.p[i++];
		else
			i += (unsigned char)s.p[i] < 0x20 ? 1 : 3;
	}
	return str_make(p, n);
}

static bool is_name(const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++) {
		char c = name[i];
		bool letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return n > 0 && n <= MAX_NAME;
}

static enum err put_members(struct writer *w, const cJSON *object, int depth);

static enum err put_value(struct writer *w, const cJSON *v, int depth)
{
	if (cJSON_IsObject(v))
		return put_members(w, v, depth);
	if (cJSON_IsString(v))
		buf_xml_cdata(&w->out,
			xml_chars_only(w->cx->mem, str_of(v->valuestring)));
	else if (cJSON_IsNumber(v))
		json_put(&w->out, v);
	else if (cJSON_IsBool(v))
		buf_lit(&w->out, cJSON_IsTrue(v) ? "true" : "false");
	else
		return why(w->cx, ERR_BAD_JSON,
			"callback body: an array within an array");
	return OK;
}

/* A list of one-byte items under a long name is many times its JSON; a "]]>" in
 * text becomes fifteen bytes, and a copy of the text may be made. */
static bool has_room(const struct writer *w, const cJSON *v)
{
	size_t text_bytes = v->valuestring ? strlen(v->valuestring) : 0;

	return arena_has_room(w->cx->mem, 2 * w->out.cap + 12 * text_bytes + 512);
}

static enum err put_element(struct writer *w, const char *name, const cJSON *v, int depth)
{
	if (cJSON_IsNull(v))
		return OK;
	if (!has_room(w, v))
		return why(w->cx, ERR_TOO_LARGE, "callback body: too long");
	buf_char(&w->out, '<');
	buf_lit(&w->out, name);
	buf_char(&w->out, '>');
	TRY(put_value(w, v, depth));
	buf_lit(&w->out, "</");
	buf_lit(&w->out, name);
	buf_char(&w->out, '>');
	return OK;
}

static enum err put_members(struct writer *w, const cJSON *object, int depth)
{
	if (depth >= MAX_DEPTH)
		return why(w->cx, ERR_BAD_JSON, "callback body: nested too deep");
	const cJSON *m, *item;
	cJSON_ArrayForEach(m, object)
	{
		if (!is_name(m->string))
			return why(w->cx, ERR_BAD_JSON,
				"callback body: not an element's name");
		if (!cJSON_IsArray(m)) {
			TRY(put_element(w, m->string, m, depth + 1));
			continue;
		}
		cJSON_ArrayForEach(item, m)
		{
			TRY(put_element(w, m->string, item, depth + 1));
		}
	}
	return OK;
}

static enum err parse_object(struct ctx *cx, str json, const cJSON **out)
{
	TRY(json_parse(cx, json, out));
	if (!cJSON_IsObject(*out))
		return why(cx, ERR_BAD_JSON, "callback body: not an object");
	return OK;
}

enum err callback_xml_of_json(struct ctx *cx, str json, str *out_xml)
{
	const cJSON *root;

	TRY(parse_object(cx, json, &root));
	if (!arena_has_room(cx->mem, 4 * json.n + 1024))
		return why(cx, ERR_TOO_LARGE, "callback body: too long");
	struct writer w = { .cx = cx };
	buf_init(&w.out, cx->mem, 2 * json.n + 64);
	buf_lit(&w.out, "<xml>");
	TRY(put_members(&w, root, 0));
	buf_lit(&w.out, "</xml>");
	*out_xml = buf_str(&w.out);
	return OK;
}

enum err callback_json_of_json(struct ctx *cx, str json, str *out_json)
{
	const cJSON *root;

	TRY(parse_object(cx, json, &root));
	if (!arena_has_room(cx->mem, 2 * json_text_bound(root)))
		return why(cx, ERR_TOO_LARGE, "callback body: too long");
	*out_json = json_text(cx->mem, root);
	return OK;
}

static void put_cdata_element(struct buf *b, const char *name, str text)
{
	buf_printf(b, "<%s>", name);
	buf_xml_cdata(b, text);
	buf_printf(b, "</%s>", name);
}

str callback_envelope_xml(struct arena *mem, const struct callback_envelope *env)
{
	struct buf b;

	buf_init(&b, mem, env->encrypt.n + 200);
	buf_lit(&b, "<xml>");
	if (env->to.n)
		put_cdata_element(&b, "ToUserName", env->to);
	if (env->agentid.n)
		put_cdata_element(&b, "AgentID", env->agentid);
	put_cdata_element(&b, "Encrypt", env->encrypt);
	buf_lit(&b, "</xml>");
	return buf_str(&b);
}

static void put_json_member(struct buf *b, const char *name, str text)
{
	buf_printf(b, "%s\"%s\":", b->n > 1 ? "," : "", name);
	buf_json_str(b, text);
}

str callback_envelope_json(struct arena *mem, const struct callback_envelope *env)
{
	struct buf b;

	buf_init(&b, mem, env->encrypt.n + 200);
	buf_char(&b, '{');
	if (env->to.n)
		put_json_member(&b, "tousername", env->to);
	put_json_member(&b, "encrypt", env->encrypt);
	if (env->agentid.n)
		put_json_member(&b, "agentid", env->agentid);
	buf_char(&b, '}');
	return buf_str(&b);
}
