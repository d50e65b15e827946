#include "core/service/private.h"

#include "base/shape.h"

#define LINE(F, SUB)                                                                     \
	F(octets, event, ALWAYS, 0, 64, "service_served, service_ended …")               \
	F(text, member, SOMETIMES, 0, 64, "Who serves")                                  \
	F(id, session, SOMETIMES, 0, INT64_MAX, "Of the end: what may be rated")         \
	F(flag, rate, SOMETIMES, 0, 1, "The customer is asked how it was")               \
	F(int, rating, SOMETIMES, 0, 5, "What he said")
SHAPE(service_line_body, LINE)

enum err say_line(struct tx *tx, const struct visit *v, const struct service_line *line)
{
	struct service_line_body body = { .event = str_of(line->event),
		.member = line->member,
		.session = line->session,
		.rate = line->rate,
		.rating = line->rating };
	struct message m = { .corp = v->corp, .chat = v->chat, .type = STR("system") };
	bool again;

	m.body = shape_text(tx->cx->mem, service_line_body_shape(), &body);
	return chat_add(tx, &m, &again);
}

enum err say_as_account(struct tx *tx, const struct visit *v, str nonce, str type,
	str body, struct message *out, bool *out_again)
{
	*out = (struct message){ .corp = v->corp,
		.chat = v->chat,
		.sender = { PERSON_SERVICE, v->account, 0 },
		.nonce = nonce,
		.type = type,
		.body = body };
	return chat_add(tx, out, out_again);
}

enum err say_words(struct tx *tx, const struct visit *v, str words)
{
	struct message_text text = { .content = words };
	struct message m;
	bool again;

	if (!words.n)
		return OK;
	return say_as_account(tx, v, STR_NONE, STR("text"),
		shape_text(tx->cx->mem, message_text_shape(), &text), &m, &again);
}

enum err tell_servicers(struct tx *tx, const struct service_account *a)
{
	struct event e = { .kind = EVENT_SERVICE, .corp = a->corp, .data = a->open_kfid };
	struct servicing *members;
	size_t n;

	TRY(servicer_members(tx, a, &members, &n));
	e.audience = ARENA_ARRAY(tx->cx->mem, struct person, n);
	e.audience_n = n;
	for (size_t i = 0; i < n; i++)
		e.audience[i] = (struct person){ PERSON_MEMBER, members[i].member, 0 };
	event_emit(tx, &e);
	return OK;
}
