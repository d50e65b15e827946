#include "core/chat/chat.h"
#include "core/chat/chat.sql.h"
#include "core/chat/message.sql.h"

enum { PAGE = 500 };

static enum err check_chat(struct tx *tx, int64_t corp, const struct chat_row *c,
	doctor_fn *report, void *arg)
{
	struct message_doctor_span_row span;
	struct chat_person *persons;
	size_t n;
	bool found;
	str name = chat_name(tx->cx->mem, corp, c->chat);

	TRY(message_doctor_span(tx, corp, c->chat, &span, &found));
	if (span.last != c->last_seq)
		report(arg,
			arena_printf(tx->cx->mem,
				"chat %.*s: last_seq is %" PRId64
				", its last message %" PRId64,
				STR_FMT(name), c->last_seq, span.last));
	if (span.count != span.last || (span.count && span.first != 1))
		report(arg,
			arena_printf(tx->cx->mem,
				"chat %.*s: %" PRId64 " messages from %" PRId64
				" to %" PRId64 ": not dense",
				STR_FMT(name), span.count, span.first, span.last));
	TRY(chat_persons(tx, corp, c->chat, &persons, &n));
	if (!n)
		report(arg,
			arena_printf(tx->cx->mem, "chat %.*s: nobody is in it",
				STR_FMT(name)));
	for (size_t i = 0; i < n; i++)
		if (persons[i].read_seq > c->last_seq)
			report(arg,
				arena_printf(tx->cx->mem,
					"chat %.*s: a read mark stands behind the end",
					STR_FMT(name)));
	return OK;
}

enum err chat_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct chat_row *rows;
	int64_t after = 0;
	size_t n;

	do {
		TRY(chat_doctor_page(tx, corp, after, PAGE, &rows, &n));
		for (size_t i = 0; i < n; i++)
			TRY(check_chat(tx, corp, &rows[i], report, arg));
		if (n)
			after = rows[n - 1].chat;
	} while (n == PAGE);
	return OK;
}
