/*
 * core/mass/send.c - sending, a few targets at a time.
 *
 * One slice takes the next unsent targets of the first due task.  Whoever they are, the
 * task's place moves past them, so the next slice goes on behind.
 */
#include <time.h>

#include "core/customer/history.h"
#include "core/directory/corp_setting.h"
#include "core/group/group.h"
#include "core/mass/mass.sql.h"
#include "core/mass/private.h"

/* So many messages a slice, and so long a rest after it: chat comes first. */
enum { SLICE = 30, REST_MS = 4, MONTH_DAYS_MAX = 31, HISTORY_CHARS = 60 };

/* What the targets of a slice share. */
struct sending {
	struct tx *tx;
	int64_t corp, member;
	struct mass_row m;
	struct member who;
	struct message_part *parts; /* the attachments */
	size_t n_parts;
	int64_t month, day, month_max, day_max;
	int64_t sent, failed;
};

/* ---- names in the text ---- */

static const str customer_mark = { "{customer_name}", 15 };
static const str member_mark = { "{member_name}", 13 };

static bool has_marks(str text)
{
	return str_find(text, customer_mark) != SIZE_MAX ||
		str_find(text, member_mark) != SIZE_MAX;
}

static str filled(struct arena *mem, str text, str customer, str member)
{
	struct buf b;

	buf_init(&b, mem, text.n + customer.n + member.n);
	for (size_t i = 0; i < text.n;) {
		str rest = str_skip(text, i);

		if (str_starts(rest, customer_mark)) {
			buf_put(&b, customer);
			i += customer_mark.n;
		} else if (str_starts(rest, member_mark)) {
			buf_put(&b, member);
			i += member_mark.n;
		} else {
			buf_char(&b, text.p[i++]);
		}
	}
	return buf_str(&b);
}

static enum err fill_names(struct tx *tx, enum mass_kind kind, int64_t corp, str text,
	int64_t member, int64_t target, str *out)
{
	struct customer_group g = { 0 };
	struct customer c = { 0 };
	struct member m;

	*out = text;
	if (!has_marks(text))
		return OK;
	TRY(kind == MASS_GROUP ? group_get(tx, corp, target, &g)
			       : customer_get(tx, corp, target, &c));
	TRY(member_get(tx, corp, member, &m));
	*out = filled(tx->cx->mem, text, kind == MASS_GROUP ? g.name : c.name, m.name);
	return OK;
}

enum err mass_fill(struct tx *tx, const struct mass *m, int64_t member, int64_t target,
	str *out)
{
	return fill_names(tx, m->kind, m->corp, m->text, member, target, out);
}

/* ---- how many a customer may get ---- */

static int64_t days_of(const struct tm *t)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = t->tm_year + 1900;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[t->tm_mon] + (t->tm_mon == 1 && leap);
}

static enum err read_limits(struct sending *s)
{
	time_t now = (time_t)(s->tx->cx->now_ms / 1000);
	struct tm t;

	localtime_r(&now, &t);
	s->month = (int64_t)(t.tm_year + 1900) * 100 + t.tm_mon + 1;
	s->day = s->month * 100 + t.tm_mday;
	TRY(corp_setting(s->tx, s->corp, CORP_SETTING_MASS_MONTH_MAX, &s->month_max));
	TRY(corp_setting(s->tx, s->corp, CORP_SETTING_MASS_DAY_MAX, &s->day_max));
	if (!s->month_max)
		s->month_max = days_of(&t);
	return OK;
}

static enum err has_enough(struct sending *s, int64_t target, bool *out)
{
	struct mass_got_select_row got;
	struct mass_target_select_sent_row sent;
	bool found;

	TRY(mass_target_select_sent(s->tx, s->corp, s->m.mass, target, &sent, out));
	if (*out)
		return OK;
	TRY(mass_got_select(s->tx, s->corp, s->m.kind, target, &got, &found));
	if (found)
		*out = (got.month == s->month && got.month_n >= s->month_max) ||
			(s->day_max && got.day == s->day && got.day_n >= s->day_max);
	return OK;
}

/* ---- one target ---- */

static enum err follow_chat(struct sending *s, int64_t customer, int64_t *out)
{
	struct follow f;

	TRY(follow_get(s->tx, s->corp, s->member, customer, &f));
	*out = f.chat;
	return OK;
}

/* Of a group that is still his. */
static enum err group_chat(struct sending *s, int64_t group, int64_t *out)
{
	struct customer_group g;

	TRY(group_get(s->tx, s->corp, group, &g));
	if (g.dismissed || g.owner != s->member)
		return why(s->tx->cx, ERR_NOT_FOUND, "group");
	*out = g.chat;
	return OK;
}

static bool is_no_chat(enum err err)
{
	return err == ERR_NOT_CUSTOMER || err == ERR_NOT_FOUND || err == ERR_NO_GROUP ||
		err == ERR_GROUP_GONE;
}

/* The chat with the target, if it is his and takes messages. */
static enum err find_chat(struct sending *s, int64_t target, int64_t *out_chat)
{
	struct chat_person me;
	struct chat c = { 0 };
	int64_t chat = 0;
	enum err err = s->m.kind == MASS_GROUP ? group_chat(s, target, &chat)
					       : follow_chat(s, target, &chat);

	*out_chat = 0;
	if (err == OK)
		err = chat_get(s->tx, s->corp, chat, &c);
	if (err == OK)
		err = chat_person_get(s->tx, s->corp, chat, PERSON_MEMBER, s->member,
			&me);
	if (is_no_chat(err)) {
		ctx_forgive(s->tx->cx);
		return OK;
	}
	TRY(err);
	if (!c.closed)
		*out_chat = chat;
	return OK;
}

static enum err say(struct sending *s, int64_t chat, size_t number,
	const struct message_part *part, int64_t *out_seq)
{
	struct message m = { .corp = s->corp,
		.chat = chat,
		.sender = { PERSON_MEMBER, s->member, 0 },
		.nonce = arena_printf(s->tx->cx->mem, "=m%" PRId64 "-%zu", s->m.mass,
			number),
		.type = part->type,
		.body = part->body,
		.via = MESSAGE_MASS };
	bool again;

	TRY(chat_add(s->tx, &m, &again));
	if (!*out_seq)
		*out_seq = m.seq;
	return OK;
}

static enum err say_all(struct sending *s, int64_t customer, int64_t chat,
	int64_t *out_seq)
{
	struct message_part *text;
	size_t n = 0;
	str words;

	*out_seq = 0;
	TRY(fill_names(s->tx, (enum mass_kind)s->m.kind, s->corp, s->m.text, s->member,
		customer, &words));
	if (str_trim(words).n)
		TRY(message_parts(s->tx, s->corp, words, STR("[]"), &text, &n));
	for (size_t i = 0; i < n; i++)
		TRY(say(s, chat, i, &text[i], out_seq));
	for (size_t i = 0; i < s->n_parts; i++)
		TRY(say(s, chat, n + i, &s->parts[i], out_seq));
	return customer_event_say(s->tx, s->corp, customer, s->member, "mass",
		str_first_chars(words, HISTORY_CHARS));
}

static enum err send_one(struct sending *s, int64_t target)
{
	enum mass_status status = TARGET_SENT;
	int64_t chat, seq = 0;
	bool enough;

	TRY(find_chat(s, target, &chat));
	TRY(has_enough(s, target, &enough));
	if (!chat)
		status = TARGET_NO_FRIEND;
	else if (enough)
		status = TARGET_HAS_OTHERS;
	if (status == TARGET_SENT) {
		TRY(say_all(s, target, chat, &seq));
		TRY(mass_got_add(s->tx, s->corp, s->m.kind, target, s->month, s->day));
	}
	s->sent += status == TARGET_SENT;
	s->failed += status != TARGET_SENT;
	return mass_target_set(s->tx, s->corp, s->m.mass, s->member, target, status,
		status == TARGET_SENT ? s->tx->cx->now_ms : 0, chat, seq);
}

/* ---- a slice ---- */

static enum err finish_task(struct sending *s)
{
	TRY(mass_task_finish(s->tx, s->corp, s->m.mass, s->member, s->tx->cx->now_ms));
	mass_tell(s->tx, s->corp, &s->member, 1);
	return mass_close_if_over(s->tx, s->corp, s->m.mass);
}

static enum err begin(struct sending *s, int64_t mass)
{
	bool found;

	TRY(mass_select(s->tx, s->corp, mass, &s->m, &found));
	BUG_IF(!found, "a task without its mass message");
	TRY(read_limits(s));
	return message_parts(s->tx, s->corp, STR_NONE, s->m.attachments, &s->parts,
		&s->n_parts);
}

enum err mass_send_some(struct tx *tx, int64_t corp, bool *out_sent)
{
	struct sending s = { .tx = tx, .corp = corp };
	struct mass_task_select_due_row due;
	struct mass_target_row *rows;
	size_t n;

	TRY(mass_task_select_due(tx, corp, &due, out_sent));
	if (!*out_sent)
		return OK;
	s.member = due.member;
	TRY(begin(&s, due.mass));
	TRY(mass_target_select_page(tx, corp, due.mass, due.member, due.place, SLICE,
		&rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].status == TARGET_UNSENT)
			TRY(send_one(&s, rows[i].target));
	TRY(mass_task_count(tx, corp, due.mass, due.member, 0, s.sent, s.failed));
	TRY(mass_count_results(tx, corp, due.mass, 0, s.sent, s.failed));
	if (n)
		TRY(mass_task_set_place(tx, corp, due.mass, due.member,
			rows[n - 1].target));
	return n < SLICE ? finish_task(&s) : OK;
}

enum err mass_run(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct mass_select_preparing_row *rows;
	bool done, some;
	size_t n;

	*out_next_ms = 0;
	TRY(mass_select_preparing(tx, corp, 1, &rows, &n));
	if (n) {
		TRY(mass_prepare(tx, corp, rows[0].mass, &done));
		*out_next_ms = tx->cx->now_ms + REST_MS;
		return OK;
	}
	TRY(mass_send_some(tx, corp, &some));
	if (some)
		*out_next_ms = tx->cx->now_ms + REST_MS;
	return OK;
}
