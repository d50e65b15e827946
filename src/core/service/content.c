#include "core/service/content.h"

#include "core/customer/way.h"
#include "core/message/content.h"

#define CLICK(F, SUB)                                                                    \
	F(octets, id, OPTIONAL, 1, MENU_ID_BYTES, "Comes back as menu_id")               \
	F(octets, content, REQUIRED, 1, 128, "Its words")
SHAPE(menu_click, CLICK)
#define VIEW(F, SUB)                                                                     \
	F(octets, url, REQUIRED, 1, 2048, "Where it leads")                              \
	F(octets, content, REQUIRED, 1, 1024, "Its words")
SHAPE(menu_view, VIEW)
#define PROGRAM(F, SUB)                                                                  \
	F(octets, appid, REQUIRED, 1, 32, "The mini program")                            \
	F(octets, pagepath, REQUIRED, 1, 1024, "Its page")                               \
	F(octets, content, REQUIRED, 1, 1024, "Its words")
SHAPE(menu_miniprogram, PROGRAM)
#define WORDS(F, SUB)                                                                    \
	F(octets, content, REQUIRED, 1, 256, "Plain words")                              \
	F(int, no_newline, SOMETIMES, 0, 1, "The next goes on in the same line")
SHAPE(menu_text, WORDS)
#define ITEM(F, SUB)                                                                     \
	F(octets, type, ALWAYS, 0, 32, "click, view, miniprogram or text")               \
	SUB(object, click, menu_click, SOMETIMES, 0, 0, "Said by the customer")          \
	SUB(object, view, menu_view, SOMETIMES, 0, 0, "A link")                          \
	SUB(object, miniprogram, menu_miniprogram, SOMETIMES, 0, 0, "A mini program")    \
	SUB(object, text, menu_text, SOMETIMES, 0, 0, "Words")
SHAPE(menu_item, ITEM)
#define MENU(F, SUB)                                                                     \
	F(octets, head_content, SOMETIMES, 0, 1024, "Before the items")                  \
	SUB(list, list, menu_item, SOMETIMES, 0, INT32_MAX, "The items")                 \
	F(octets, tail_content, SOMETIMES, 0, 1024, "After them")
SHAPE(service_menu_body, MENU)

#define LOCATION(F, SUB)                                                                 \
	F(text, name, SOMETIMES, 0, 256, "Of the place")                                 \
	F(text, address, SOMETIMES, 0, 1024, "Its address")                              \
	F(json, latitude, REQUIRED, 0, 32, "-90 to 90")                                  \
	F(json, longitude, REQUIRED, 0, 32, "-180 to 180")
SHAPE(service_location, LOCATION)

#define LINK(F, SUB)                                                                     \
	F(octets, title, REQUIRED, 1, 128, "Title")                                      \
	F(octets, desc, OPTIONAL, 0, 512, "Text under it")                               \
	F(octets, url, REQUIRED, 1, 2048, "Where it leads")                              \
	F(octets, thumb_media_id, OPTIONAL, 0, 128, "Its picture; required")
SHAPE(service_link, LINK)
#define MINIPROGRAM(F, SUB)                                                              \
	F(octets, appid, REQUIRED, 1, 64, "The mini program")                            \
	F(octets, title, OPTIONAL, 0, 64, "Title")                                       \
	F(octets, thumb_media_id, OPTIONAL, 0, 128, "Its picture; required")             \
	F(octets, pagepath, REQUIRED, 1, 1024, "Its page")
SHAPE(service_miniprogram, MINIPROGRAM)
#define CA_LINK(F, SUB)                                                                  \
	F(octets, link_url, REQUIRED, 1, 2048, "Of a customer acquisition link")
SHAPE(service_ca_link, CA_LINK)

#define CARD_IN(F, SUB) F(octets, userid, REQUIRED, 1, 64, "The member")
SHAPE(service_card_in, CARD_IN)
#define CARD(F, SUB)                                                                     \
	F(text, name, ALWAYS, 0, 64, "The member")                                       \
	F(text, position, SOMETIMES, 0, 128, "What he does")                             \
	F(octets, code, ALWAYS, 0, 64, "Leads to him")
SHAPE(service_card, CARD)

/* ---- menus ---- */

static enum err check_item(struct ctx *cx, const struct menu_item *m, size_t i,
	size_t *clicks)
{
	bool right = (str_is(m->type, "click") && m->click) ||
		(str_is(m->type, "view") && m->view) ||
		(str_is(m->type, "miniprogram") && m->miniprogram) ||
		(str_is(m->type, "text") && m->text);

	if (!right)
		return why(cx, ERR_KF_MENU_TYPE,
			"field `msgmenu.list[%zu].type`: click, view, miniprogram or text, "
			"and the object of that name",
			i);
	if (m->view && !str_starts(m->view->url, STR("http://")) &&
		!str_starts(m->view->url, STR("https://")))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `msgmenu.list[%zu].view.url` must begin with http:// or "
			"https://",
			i);
	*clicks += !str_is(m->type, "text");
	return OK;
}

static enum err check_menu(struct ctx *cx, str body, str *out_body)
{
	struct service_menu_body menu = { 0 };
	size_t clicks = 0;

	TRY(shape_parse(cx, service_menu_body_shape(), body, &menu));
	if (!menu.head_content.n && !menu.list.n && !menu.tail_content.n)
		return why(cx, ERR_EMPTY_CONTENT, "field `msgmenu` is empty");
	for (size_t i = 0; i < menu.list.n; i++)
		TRY(check_item(cx, &menu.list.v[i], i, &clicks));
	if (menu.list.n > MENU_ITEMS_MAX || clicks > MENU_CLICKS_MAX)
		return why(cx, ERR_KF_MENU, "at most %d items, %d of them to be clicked",
			MENU_ITEMS_MAX, MENU_CLICKS_MAX);
	*out_body = shape_text(cx->mem, service_menu_body_shape(), &menu);
	return OK;
}

enum err service_click(struct ctx *cx, str menu_body, str id, str *out_content)
{
	struct service_menu_body menu = { 0 };

	TRY(shape_parse(cx, service_menu_body_shape(), menu_body, &menu));
	for (size_t i = 0; i < menu.list.n; i++)
		if (menu.list.v[i].click && str_same(menu.list.v[i].click->id, id)) {
			*out_content = menu.list.v[i].click->content;
			return OK;
		}
	return why(cx, ERR_NOT_FOUND, "menu item");
}

str service_click_body(struct arena *mem, str content, str id)
{
	struct buf b;

	buf_init(&b, mem, content.n + id.n + 64);
	buf_lit(&b, "{\"content\":");
	buf_json_str(&b, content);
	if (id.n) {
		buf_lit(&b, ",\"menu_id\":");
		buf_json_str(&b, id);
	}
	buf_char(&b, '}');
	return buf_str(&b);
}

str service_menu(struct arena *mem, str head, const str *ids, const str *contents,
	size_t n, str tail)
{
	struct service_menu_body menu = { .head_content = head, .tail_content = tail };

	menu.list.v = ARENA_ARRAY(mem, struct menu_item, n);
	menu.list.n = n;
	for (size_t i = 0; i < n; i++) {
		struct menu_item *item = &menu.list.v[i];

		item->type = STR("click");
		item->click = ARENA_NEW(mem, struct menu_click);
		item->click->id = ids[i];
		item->click->content = str_first_bytes(contents[i], 128);
	}
	return shape_text(mem, service_menu_body_shape(), &menu);
}

/* ---- places, cards, links ---- */

static enum err check_degrees(struct ctx *cx, const char *field, str json, double most)
{
	char *end;
	double d = strtod(arena_cstr(cx->mem, json), &end);

	if (*end || !(d >= -most && d <= most))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `location.%s`: a number to %d", field, (int)most);
	return OK;
}

static enum err check_location(struct ctx *cx, str body, str *out_body)
{
	struct service_location at = { 0 };

	TRY(shape_parse(cx, service_location_shape(), body, &at));
	TRY(check_degrees(cx, "latitude", at.latitude, 90));
	TRY(check_degrees(cx, "longitude", at.longitude, 180));
	*out_body = shape_text(cx->mem, service_location_shape(), &at);
	return OK;
}

/* The picture of a link or mini program. */
static enum err check_thumb(struct tx *tx, int64_t corp, const char *type, str key)
{
	struct media m;

	if (!key.n)
		return why(tx->cx, ERR_BAD_MEDIA_ID,
			"field `%s.thumb_media_id` is required", type);
	TRY(media_get(tx, corp, key, &m));
	if (!str_is(m.kind, "image"))
		return why(tx->cx, ERR_BAD_MEDIA_ID,
			"field `%s.thumb_media_id` is no picture", type);
	return tx->writes ? media_keep(tx, corp, key) : OK;
}

static enum err check_link(struct tx *tx, int64_t corp, str body, str *out_body)
{
	struct service_link in = { 0 };
	struct message_link out = { .picture = true };

	TRY(shape_parse(tx->cx, service_link_shape(), body, &in));
	TRY(check_thumb(tx, corp, "link", in.thumb_media_id));
	if (!str_starts(in.url, STR("http://")) && !str_starts(in.url, STR("https://")))
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `link.url` must begin with http:// or https://");
	out.title = in.title;
	out.desc = in.desc;
	out.url = in.url;
	out.media_id = in.thumb_media_id;
	*out_body = shape_text(tx->cx->mem, message_link_shape(), &out);
	return OK;
}

static enum err check_miniprogram(struct tx *tx, int64_t corp, str body, str *out_body)
{
	struct service_miniprogram in = { 0 };
	struct message_miniprogram out = { .picture = true };

	TRY(shape_parse(tx->cx, service_miniprogram_shape(), body, &in));
	TRY(check_thumb(tx, corp, "miniprogram", in.thumb_media_id));
	out.title = in.title;
	out.appid = in.appid;
	out.page = in.pagepath;
	out.media_id = in.thumb_media_id;
	*out_body = shape_text(tx->cx->mem, message_miniprogram_shape(), &out);
	return OK;
}

static enum err check_ca_link(struct ctx *cx, str body, str *out_body)
{
	struct service_ca_link in = { 0 };
	struct message_link out = { .title = STR("获客链接") };

	TRY(shape_parse(cx, service_ca_link_shape(), body, &in));
	if (!str_starts(in.link_url, STR("http://")) &&
		!str_starts(in.link_url, STR("https://")))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `ca_link.link_url` must begin with http:// or https://");
	out.url = in.link_url;
	*out_body = shape_text(cx->mem, message_link_shape(), &out);
	return OK;
}

static enum err check_card(struct tx *tx, int64_t corp, str body, str *out_body)
{
	struct service_card_in in = { 0 };
	struct service_card out = { 0 };
	struct member m;
	struct way w;

	TRY(shape_parse(tx->cx, service_card_in_shape(), body, &in));
	TRY(member_by_userid(tx, corp, in.userid, &m));
	TRY(way_own(tx, corp, m.member, &w));
	out.name = m.name;
	out.position = m.external_position.n ? m.external_position : m.position;
	out.code = w.code;
	*out_body = shape_text(tx->cx->mem, service_card_shape(), &out);
	return OK;
}

enum err service_content(struct tx *tx, int64_t corp, str type, str body, str *out_type,
	str *out_body)
{
	*out_type = type;
	if (str_is(type, "msgmenu"))
		return check_menu(tx->cx, body, out_body);
	if (str_is(type, "location"))
		return check_location(tx->cx, body, out_body);
	if (str_is(type, "link"))
		return check_link(tx, corp, body, out_body);
	if (str_is(type, "miniprogram"))
		return check_miniprogram(tx, corp, body, out_body);
	if (str_is(type, "business_card"))
		return check_card(tx, corp, body, out_body);
	if (str_is(type, "ca_link")) {
		*out_type = STR("link");
		return check_ca_link(tx->cx, body, out_body);
	}
	if (str_is(type, "text") || str_is(type, "image") || str_is(type, "voice") ||
		str_is(type, "video") || str_is(type, "file"))
		return message_check_app(tx, corp, type, body, out_body);
	return why(tx->cx, ERR_BAD_MSGTYPE,
		"field `msgtype`: text, image, voice, video, file, link, miniprogram, "
		"msgmenu, location, business_card or ca_link");
}

/* ---- what is pulled ---- */

#define MEDIA(F, SUB) F(octets, media_id, ALWAYS, 0, 128, "For media/get")
SHAPE(service_media, MEDIA)
#define LINK_OUT(F, SUB)                                                                 \
	F(text, title, ALWAYS, 0, 128, "Title")                                          \
	F(text, desc, SOMETIMES, 0, 512, "Text under it")                                \
	F(octets, url, ALWAYS, 0, 2048, "Where it leads")                                \
	F(octets, pic_url, SOMETIMES, 0, 2048, "Its picture")
SHAPE(service_link_out, LINK_OUT)
#define PROGRAM_OUT(F, SUB)                                                              \
	F(text, title, ALWAYS, 0, 64, "Title")                                           \
	F(octets, appid, ALWAYS, 0, 64, "The mini program")                              \
	F(octets, pagepath, ALWAYS, 0, 1024, "Its page")                                 \
	F(octets, thumb_media_id, SOMETIMES, 0, 128, "Its picture")
SHAPE(service_miniprogram_out, PROGRAM_OUT)

enum err service_shown(struct ctx *cx, str type, str body, str *out_type, str *out_body)
{
	struct message_link link = { 0 };
	struct message_miniprogram program = { 0 };
	struct service_media media = { 0 };

	*out_type = type;
	*out_body = body;
	if (str_is(type, "link")) {
		TRY(shape_parse(cx, message_link_shape(), body, &link));
		*out_body = shape_text(cx->mem, service_link_out_shape(),
			&(struct service_link_out){ .title = link.title,
				.desc = link.desc,
				.url = link.url,
				.pic_url = link.picurl });
	} else if (str_is(type, "miniprogram")) {
		TRY(shape_parse(cx, message_miniprogram_shape(), body, &program));
		*out_body = shape_text(cx->mem, service_miniprogram_out_shape(),
			&(struct service_miniprogram_out){ .title = program.title,
				.appid = program.appid,
				.pagepath = program.page,
				.thumb_media_id = program.media_id });
	} else if (message_has_media(type)) {
		TRY(message_media_key(cx, type, body, &media.media_id));
		*out_body = shape_text(cx->mem, service_media_shape(), &media);
	}
	return OK;
}
