#include "core/customer/report.h"

#include "base/ids.h"
#include "core/customer/report.sql.h"

SHAPE_TABLE(reported_message, REPORTED_MESSAGE)

static const char *const reasons[] = { "spam", "fraud", "harassment", "illegal",
	"privacy", "other" };

static enum err check(struct ctx *cx, const struct report *r, struct ints seqs)
{
	if (str_chars(r->words) > REPORT_WORDS_MAX)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `words`: at most %d characters", REPORT_WORDS_MAX);
	if (seqs.n > REPORT_MESSAGES_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "field `seqs`: at most %d messages",
			REPORT_MESSAGES_MAX);
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (str_is(r->reason, reasons[i]))
			return OK;
	return why(cx, ERR_INVALID_ARGUMENT,
		"field `reason`: spam, fraud, harassment, illegal, privacy or other");
}

static str text_of(struct ctx *cx, const struct message *m)
{
	struct message_text text = { 0 };
	struct message_file file = { 0 };

	if (str_is(m->type, "text") &&
		shape_parse(cx, message_text_shape(), m->body, &text) == OK)
		return text.content;
	if ((str_is(m->type, "image") || str_is(m->type, "file")) &&
		shape_parse(cx, message_file_shape(), m->body, &file) == OK)
		return file.name;
	ctx_forgive(cx);
	return message_preview(cx, m->type, m->body);
}

static enum err copy(struct tx *tx, const struct report *r, struct ints seqs, str *out)
{
	struct buf b;

	buf_init(&b, tx->cx->mem, 256);
	buf_char(&b, '[');
	for (size_t i = 0; i < seqs.n; i++) {
		struct reported_message seen = { 0 };
		struct message m;

		TRY(chat_message(tx, r->corp, r->chat, seqs.v[i], &m));
		seen.seq = m.seq;
		seen.time = m.sent_ms;
		seen.by_customer = m.sender.kind == PERSON_CUSTOMER;
		seen.type = m.type;
		seen.text = text_of(tx->cx, &m);
		if (i)
			buf_char(&b, ',');
		shape_encode(&b, reported_message_shape(), &seen);
	}
	buf_char(&b, ']');
	*out = buf_str(&b);
	return OK;
}

enum err report_add(struct tx *tx, struct report *r, struct ints seqs)
{
	TRY(check(tx->cx, r, seqs));
	TRY(copy(tx, r, seqs, &r->messages));
	r->report = id_next();
	r->created_ms = id_time_ms(r->report);
	return report_insert(tx, r->corp, r->report, r->customer, r->member, r->chat,
		r->reason, r->words, r->messages);
}

static void fill(struct report *r, int64_t corp, const struct report_row *row)
{
	*r = (struct report){
		.corp = corp,
		.report = row->report,
		.created_ms = id_time_ms(row->report),
		.customer = row->customer,
		.member = row->member,
		.chat = row->chat,
		.closed_ms = row->closed_ms,
		.reason = row->reason,
		.words = row->words,
		.closed_by = row->closed_by,
		.note = row->note,
		.messages = row->messages,
	};
}

enum err report_get(struct tx *tx, int64_t corp, int64_t report, struct report *out)
{
	struct report_row row;
	bool found;

	TRY(report_select(tx, corp, report, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "field `report`: not found");
	fill(out, corp, &row);
	return OK;
}

enum err report_page(struct tx *tx, int64_t corp, bool open, int64_t before,
	int64_t limit, struct report **out, size_t *out_n)
{
	int64_t from = before ? before : INT64_MAX;
	struct report_row *rows;
	size_t n;

	if (open)
		TRY(report_select_open(tx, corp, from, limit, &rows, &n));
	else
		TRY(report_select_page(tx, corp, from, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct report, n);
	for (size_t i = 0; i < n; i++)
		fill(&(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err report_close(struct tx *tx, int64_t corp, int64_t report, bool closed, str note)
{
	struct report r;
	str by;

	TRY(report_get(tx, corp, report, &r));
	if (str_chars(note) > REPORT_NOTE_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `note`: at most %d characters", REPORT_NOTE_MAX);
	TRY(actor_text(tx, &by));
	return report_set_state(tx, corp, report, closed ? tx->cx->now_ms : 0,
		closed ? by : STR(""), note);
}

enum err report_open_count(struct tx *tx, int64_t corp, int64_t *out)
{
	struct report_count_open_row row;
	bool found;

	TRY(report_count_open(tx, corp, &row, &found));
	*out = row.n;
	return OK;
}
