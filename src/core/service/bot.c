/*
 * core/service/bot.c - the built-in bot: it knows what stands in the knowledge base, and
 * passes on what does not.
 */
#include "core/message/attachment.h"
#include "core/service/content.h"
#include "core/service/knowledge.h"
#include "core/service/private.h"

#include "base/ids.h"

enum { LIKE_PERCENT = 15 };
#define HUMAN_ID STR("human")

#define SAID(F, SUB)                                                                     \
	F(text, content, OPTIONAL, 0, 4000, "The words")                                 \
	F(octets, menu_id, OPTIONAL, 0, 128, "The item that was chosen")
SHAPE(bot_said, SAID)

static bool wants_people(const struct bot_said *said)
{
	static const char *const words[] = { "人工", "转人工", "人工客服", "人工服务",
		"转人工服务", "human", "agent" };

	if (str_same(said->menu_id, HUMAN_ID))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_same_folded(str_trim(said->content), str_of(words[i])))
			return true;
	return false;
}

static enum err answer(struct tx *tx, const struct visit *v, int64_t id,
	struct service_session *s)
{
	struct message_part *parts;
	struct intent intent;
	struct message m;
	size_t n;
	bool again;

	TRY(intent_get(tx, v->corp, id, &intent));
	TRY(message_parts(tx, v->corp, intent.answer, intent.attachments, &parts, &n));
	for (size_t i = 0; i < n; i++)
		TRY(say_as_account(tx, v, STR_NONE, parts[i].type, parts[i].body, &m,
			&again));
	s->bot_answered++;
	return OK;
}

/* What it might have been, and a person. */
static enum err offer(struct tx *tx, const struct visit *v, const struct match *like,
	size_t n)
{
	str ids[MATCHES_MAX + 1], contents[MATCHES_MAX + 1];
	struct message m;
	size_t items = 0;
	bool again;

	for (size_t i = 0; i < n && like[i].score >= LIKE_PERCENT; i++) {
		struct intent intent;

		TRY(intent_get(tx, v->corp, like[i].intent, &intent));
		ids[items] = id_text(tx->cx->mem, "k:", intent.intent);
		contents[items++] = intent.question;
	}
	str head = items ? STR("您是不是想问：")
			 : STR("没有找到答案，可以换个说法，或由人工为您服务。");
	ids[items] = HUMAN_ID;
	contents[items++] = STR("转人工服务");
	return say_as_account(tx, v, STR_NONE, STR("msgmenu"),
		service_menu(tx->cx->mem, head, ids, contents, items, STR("")), &m,
		&again);
}

static enum err hear_words(struct tx *tx, const struct service_account *a,
	const struct visit *v, struct service_session *s, const struct bot_said *said)
{
	struct match like[MATCHES_MAX];
	size_t n;

	TRY(knowledge_match(tx, v->corp, said->content, like, &n));
	if (n && like[0].score >= a->threshold)
		return answer(tx, v, like[0].intent, s);
	return offer(tx, v, like, n);
}

enum err bot_hear(struct tx *tx, const struct service_account *a, struct visit *v,
	struct service_session *s, const struct message *m, bool *out_human)
{
	struct bot_said said = { 0 };
	int64_t chosen;

	*out_human = false;
	if (a->first != FIRST_BOT)
		return OK; /* an app answers */
	s->bot_asked++;
	if (!str_is(m->type, "text"))
		return offer(tx, v, NULL, 0);
	TRY(shape_parse(tx->cx, bot_said_shape(), m->body, &said));
	if (wants_people(&said)) {
		s->bot_asked--;
		*out_human = true;
		return OK;
	}
	if (id_parse(said.menu_id, "k:", &chosen)) {
		enum err err = answer(tx, v, chosen, s);

		if (err != ERR_INVALID_ARGUMENT)
			return err;
		ctx_forgive(tx->cx); /* it is gone since */
	}
	return hear_words(tx, a, v, s, &said);
}
