#include "core/customer/temp.h"

#include <stdatomic.h>

#include "base/json.h"
#include "base/shape.h"
#include "core/customer/private.h"
#include "core/customer/temp.sql.h"

enum { AT_ONCE = 100 };

static atomic_int_fast64_t hurry = 1;

void temp_hurry(int64_t by)
{
	atomic_store(&hurry, by);
}

enum err temp_met(struct tx *tx, const struct way *w, const struct follow *f, bool is_new)
{
	int64_t ends_ms;

	if (is_new != w->is_temp) /* an old one goes on, a lasting one began */
		return OK;
	if (!w->is_temp)
		return temp_delete(tx, f->corp, f->chat);
	ends_ms = tx->cx->now_ms + w->chat_expires_s * 1000 / atomic_load(&hurry);
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.corp = f->corp,
			.object = ends_ms,
			.data = STR("temp_chat") });
	return temp_insert(tx, f->corp, f->chat, f->member, f->customer, w->way,
		w->conclusions, ends_ms);
}

/* ---- last words ---- */

static enum err say(struct tx *tx, const struct follow *f, const char *type, str body)
{
	struct message m = { .corp = f->corp,
		.chat = f->chat,
		.sender = { PERSON_MEMBER, f->member, 0 },
		.type = str_of(type),
		.body = body };
	bool again;

	return chat_add(tx, &m, &again);
}

static enum err say_text(struct tx *tx, const struct follow *f, str content)
{
	struct message_text text = { .content = content };

	return content.n
		? say(tx, f, "text", shape_text(tx->cx->mem, message_text_shape(), &text))
		: OK;
}

static enum err say_card(struct tx *tx, const struct follow *f, str title, str words,
	str url)
{
	struct message_textcard card = { .title = title,
		.description = words.n ? words : title,
		.url = url };

	return say(tx, f, "textcard",
		shape_text(tx->cx->mem, message_textcard_shape(), &card));
}

static str json_text_of(const cJSON *part, const char *name)
{
	const cJSON *item = json_get(part, name);

	return cJSON_IsString(item) ? str_of(item->valuestring) : STR("");
}

/* A stored picture; by its address alone when it is not ours. */
static enum err say_picture(struct tx *tx, const struct follow *f, const cJSON *image)
{
	str key = json_text_of(image, "media_id");
	struct media m;

	if (key.n && media_get(tx, f->corp, key, &m) == OK)
		return say(tx, f, "image", message_file_body(tx->cx->mem, &m));
	ctx_forgive(tx->cx);
	return say_text(tx, f, json_text_of(image, "pic_url"));
}

static enum err conclude(struct tx *tx, const struct follow *f, str conclusions)
{
	const cJSON *root, *part;

	if (!conclusions.n)
		return OK;
	TRY(json_parse(tx->cx, conclusions, &root));
	part = json_get(root, "text");
	if (part)
		TRY(say_text(tx, f, json_text_of(part, "content")));
	part = json_get(root, "image");
	if (part)
		TRY(say_picture(tx, f, part));
	part = json_get(root, "link");
	if (part)
		TRY(say_card(tx, f, json_text_of(part, "title"),
			json_text_of(part, "desc"), json_text_of(part, "url")));
	part = json_get(root, "miniprogram");
	return part ? say_card(tx, f, json_text_of(part, "title"),
			      json_text_of(part, "page"), STR(""))
		    : OK;
}

/* ---- the end ---- */

static enum err finish(struct tx *tx, struct follow *f, str conclusions)
{
	TRY(temp_delete(tx, f->corp, f->chat));
	TRY(conclude(tx, f, conclusions));
	return follow_conclude(tx, f);
}

enum err temp_close(struct tx *tx, struct follow *f)
{
	struct temp_row row;
	bool found;

	TRY(temp_select(tx, f->corp, f->chat, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_CUSTOMER, "no temporary chat is under way");
	return finish(tx, f, row.conclusions);
}

enum err temp_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct temp_select_next_row next;
	struct temp_row *due;
	size_t n;
	bool found;

	TRY(temp_select_due(tx, corp, tx->cx->now_ms, AT_ONCE, &due, &n));
	for (size_t i = 0; i < n; i++) {
		struct follow f;

		/* Else somebody ended it before. */
		if (follow_by_chat(tx, corp, due[i].chat, &f) == OK &&
			f.status == FOLLOW_ACTIVE)
			TRY(finish(tx, &f, due[i].conclusions));
		else
			TRY(temp_delete(tx, corp, due[i].chat));
		ctx_forgive(tx->cx);
	}
	TRY(temp_select_next(tx, corp, &next, &found));
	*out_next_ms = found ? next.ends_ms : 0;
	return OK;
}
