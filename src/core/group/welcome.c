#include "core/group/welcome.h"

#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/group/group.sql.h"
#include "core/group/welcome.sql.h"

enum { ID_RANDOM = 29, ID_MAX = 64, LIST_MAX = 1000, NAMES_MAX = 10, OFFERS_MAX = 500 };

static void fill(struct group_welcome *w, int64_t corp, const struct group_welcome_row *r)
{
	*w = (struct group_welcome){ corp, r->welcome, r->app, r->agentid, r->created_ms,
		r->template_id, r->text, r->attachment };
}

static enum err check(struct tx *tx, struct group_welcome *w,
	const struct attachment *attached)
{
	if (!w->text.n && !attached)
		return why(tx->cx, ERR_EMPTY_CONTENT, "text or one of the others");
	if (w->text.n > GROUP_WELCOME_TEXT_BYTES)
		return why(tx->cx, ERR_CONTENT_TOO_LONG, "text.content: at most %d bytes",
			GROUP_WELCOME_TEXT_BYTES);
	w->attachment = STR("");
	return attached ? attachments_pack(tx, w->corp, attached, 1, ATTACH_ALL, 1,
				  &w->attachment)
			: OK;
}

enum err group_welcome_add(struct tx *tx, struct group_welcome *w,
	const struct attachment *attached)
{
	struct group_welcome_count_row row;
	int64_t limit;
	bool found;

	TRY(corp_setting(tx, w->corp, CORP_SETTING_GROUP_WELCOME_MAX, &limit));
	TRY(group_welcome_count(tx, w->corp, &row, &found));
	if (row.n >= limit)
		return why(tx->cx, ERR_TEMPLATES_FULL, "at most %" PRId64, limit);
	TRY(check(tx, w, attached));
	w->welcome = id_next();
	w->created_ms = tx->cx->now_ms;
	w->template_id = arena_concat(tx->cx->mem, STR("msg"),
		random_text(tx->cx->mem, ID_RANDOM));
	return group_welcome_insert(tx, w->corp, w->welcome, w->template_id, w->app,
		w->agentid, w->text, w->attachment, w->created_ms);
}

enum err group_welcome_set(struct tx *tx, struct group_welcome *w,
	const struct attachment *attached)
{
	TRY(check(tx, w, attached));
	return group_welcome_update(tx, w->corp, w->welcome, w->agentid, w->text,
		w->attachment);
}

enum err group_welcome_drop(struct tx *tx, const struct group_welcome *w)
{
	return group_welcome_delete(tx, w->corp, w->welcome);
}

enum err group_welcome_get(struct tx *tx, int64_t corp, str template_id,
	struct group_welcome *out)
{
	struct group_welcome_row row;
	bool found;

	if (!template_id.n || template_id.n > ID_MAX)
		return why(tx->cx, ERR_TEMPLATE_ID_SIZE, "field `template_id`");
	TRY(group_welcome_by_template(tx, corp, template_id, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_TEMPLATE_ID, "field `template_id`");
	fill(out, corp, &row);
	return OK;
}

enum err group_welcome_find(struct tx *tx, int64_t corp, int64_t welcome,
	struct group_welcome *out, bool *out_found)
{
	struct group_welcome_row row;

	*out_found = false;
	if (welcome)
		TRY(group_welcome_select(tx, corp, welcome, &row, out_found));
	if (*out_found)
		fill(out, corp, &row);
	return OK;
}

enum err group_welcome_all(struct tx *tx, int64_t corp, struct group_welcome **out,
	size_t *out_n)
{
	struct group_welcome_row *rows;
	size_t n;

	TRY(group_welcome_list(tx, corp, LIST_MAX, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct group_welcome, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err group_set_welcome(struct tx *tx, struct customer_group *g, int64_t welcome)
{
	g->welcome = welcome;
	return customer_group_set_welcome(tx, g->corp, g->group, welcome);
}

/* ---- offering it ---- */

static enum err offer_to(struct tx *tx, const struct group_welcome *w, int64_t owner,
	str body)
{
	struct message m;
	bool sees;

	TRY(app_sees_member(tx, w->corp, w->app, owner, &sees));
	return sees ? message_from_app(tx, w->corp, w->app, owner, STR("text"), body,
			      STR_NONE, &m)
		    : OK;
}

enum err group_welcome_offer(struct tx *tx, const struct group_welcome *w)
{
	struct message_text text = { .content = arena_concat(tx->cx->mem,
					     STR("新的入群欢迎语 · New group welcome\n"),
					     w->text) };
	str body = shape_text(tx->cx->mem, message_text_shape(), &text);
	struct customer_group_owners_row *owners;
	struct app app;
	size_t n;

	TRY(app_get(tx, w->corp, w->app, &app));
	if (app.kind != APP_BUSINESS) /* the others have no chats */
		return OK;
	TRY(customer_group_owners(tx, w->corp, 0, OFFERS_MAX, &owners, &n));
	for (size_t i = 0; i < n; i++)
		TRY(offer_to(tx, w, owners[i].owner, body));
	return OK;
}

/* ---- saying it ---- */

/* "小明、Anna" */
static enum err names_of(struct tx *tx, int64_t corp, const struct person *persons,
	size_t n, str *out)
{
	size_t named = 0;
	struct buf b;

	buf_init(&b, tx->cx->mem, 128);
	for (size_t i = 0; i < n && named < NAMES_MAX; i++) {
		struct customer c;

		if (persons[i].kind != PERSON_CUSTOMER)
			continue;
		TRY(customer_get(tx, corp, persons[i].id, &c));
		if (named++)
			buf_lit(&b, "、");
		buf_put(&b, c.name);
	}
	*out = buf_str(&b);
	return OK;
}

static str name_in(struct arena *mem, str text, str names)
{
	static const str mark = { "%NICKNAME%", 10 };
	struct buf b;
	size_t at;

	buf_init(&b, mem, text.n + names.n);
	while ((at = str_find(text, mark)) != SIZE_MAX) {
		buf_put(&b, str_sub(text, 0, at));
		buf_put(&b, names);
		text = str_skip(text, at + mark.n);
	}
	buf_put(&b, text);
	return buf_str(&b);
}

enum err group_welcome_say(struct tx *tx, const struct customer_group *g,
	const struct person *persons, size_t n)
{
	struct group_welcome w;
	struct message_part *parts;
	str names;
	bool found;
	size_t n_parts;

	TRY(names_of(tx, g->corp, persons, n, &names));
	TRY(group_welcome_find(tx, g->corp, g->welcome, &w, &found));
	if (!found || !names.n)
		return OK;
	TRY(message_parts(tx, g->corp, name_in(tx->cx->mem, w.text, names),
		w.attachment.n ? w.attachment : STR("[]"), &parts, &n_parts));
	for (size_t i = 0; i < n_parts; i++) {
		struct message m = { .corp = g->corp,
			.chat = g->chat,
			.sender = { PERSON_MEMBER, g->owner, 0 },
			.type = parts[i].type,
			.body = parts[i].body,
			.via = MESSAGE_WELCOME };
		bool again;

		TRY(chat_add(tx, &m, &again));
	}
	return OK;
}
