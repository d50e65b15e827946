/*
 * wire/callback_xml.c - the outbox's JSON text written as XML, in order.
 *
 * cJSON checks the text and gives its tree, but a double cannot hold a 64-bit
 * MsgId.  The tree is in the order of the text, so the writer reads beside it:
 * whenever it meets a number in the tree, the next number token of the text is
 * the one to copy.
 */
#include "wire/callback_xml.h"

#include "base/buf.h"
#include "base/json.h"

enum { MAX_DEPTH = 16, MAX_NAME = 64 };

struct writer {
	struct ctx *cx;
	str rest; /* the text behind the last number copied */
	struct buf out;
};

/* The string token at the front, quotes included, of text known to be JSON. */
static str take_string_token(str *rest)
{
	size_t i = 1;
	while (i < rest->n && rest->p[i] != '"')
		i += rest->p[i] == '\\' ? 2 : 1;
	str token = str_sub(*rest, 0, i + 1);
	*rest = str_skip(*rest, i + 1);
	return token;
}

static bool is_number_char(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' ||
		c == 'E';
}

/* The next number token outside strings.  Words hold e's, so it starts with a
 * digit or a minus. */
static str take_number_token(str *rest)
{
	while (rest->n) {
		char c = rest->p[0];
		if (c == '"') {
			take_string_token(rest);
		} else if (c == '-' || (c >= '0' && c <= '9')) {
			size_t n = 1;
			while (n < rest->n && is_number_char(rest->p[n]))
				n++;
			str token = str_sub(*rest, 0, n);
			*rest = str_skip(*rest, n);
			return token;
		} else {
			*rest = str_skip(*rest, 1);
		}
	}
	return STR_NONE;
}

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
		buf_put(&w->out, take_number_token(&w->rest));
	else if (cJSON_IsBool(v))
		buf_lit(&w->out, cJSON_IsTrue(v) ? "true" : "false");
	else
		return why(w->cx, ERR_BAD_JSON,
			"callback body: an array within an array");
	return OK;
}

static enum err put_element(struct writer *w, const char *name, const cJSON *v, int depth)
{
	if (cJSON_IsNull(v))
		return OK;
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
	struct writer w = { .cx = cx, .rest = json };
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
	struct buf b;
	buf_init(&b, cx->mem, json.n + 2);
	while (json.n) {
		char c = json.p[0];
		if (c == '"') {
			buf_put(&b, take_string_token(&json));
			continue;
		}
		if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
			buf_char(&b, c);
		json = str_skip(json, 1);
	}
	if (b.n == 0)
		buf_lit(&b, "{}");
	*out_json = buf_str(&b);
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
