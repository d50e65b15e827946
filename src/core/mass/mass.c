/*
 * core/mass/mass.c - keeping mass messages: making, preparing, pausing, ending.
 */
#include "core/mass/mass.h"

#include "base/ids.h"
#include "core/directory/corp_setting.h"
#include "core/mass/mass.sql.h"
#include "core/mass/private.h"
#include "core/word/word.h"

/* Who made a mass message prepares it; the clock does when it has not by then. */
enum { DAY_MS = 24 * 3600 * 1000, TELL_MAX = 20000, PATIENCE_MS = 30000 };

/* ---- reading ---- */

str mass_id_text(struct arena *mem, int64_t mass)
{
	return id_text(mem, "msg", mass);
}

static void fill(int64_t corp, const struct mass_row *row, struct mass *out)
{
	*out = (struct mass){
		.corp = corp,
		.mass = row->mass,
		.app = row->app,
		.creator = row->creator,
		.targets = row->targets,
		.sent = row->sent,
		.failed = row->failed,
		.created_ms = row->created_ms,
		.kind = (enum mass_kind)row->kind,
		.state = (enum mass_state)row->state,
		.personal = row->personal,
		.allow_select = row->allow_select,
		.direct = row->direct,
		.text = row->text,
		.attachments = row->attachments,
	};
}

enum err mass_get(struct tx *tx, int64_t corp, int64_t mass, struct mass *out)
{
	struct mass_row row;
	bool found;

	TRY(mass_select(tx, corp, mass, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_MASS_ID, "field `msgid`");
	fill(corp, &row, out);
	return OK;
}

enum err mass_by_id(struct tx *tx, int64_t corp, str msgid, struct mass *out)
{
	int64_t mass;

	if (!msgid.n)
		return why(tx->cx, ERR_NO_MASS_ID, "field `msgid`");
	if (!id_parse(msgid, "msg", &mass))
		return why(tx->cx, ERR_BAD_MASS_ID, "field `msgid`");
	return mass_get(tx, corp, mass, out);
}

enum err mass_get_prepared(struct tx *tx, int64_t corp, int64_t mass, struct mass *out)
{
	enum err err = mass_get(tx, corp, mass, out);

	if (err == ERR_BAD_MASS_ID)
		return why(tx->cx, ERR_NO_RECIPIENTS, "nobody is to get it");
	return err;
}

enum err mass_page(struct tx *tx, int64_t corp, enum mass_kind kind, int64_t from_ms,
	int64_t to_ms, int64_t personal, int64_t creator, struct mass_place before,
	int64_t limit, struct mass **out, size_t *out_n)
{
	struct mass_row *rows;
	size_t n;

	TRY(mass_select_page(tx, corp, kind, from_ms, to_ms,
		before.mass ? before.ms : INT64_MAX, before.mass, personal, creator,
		limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct mass, n);
	for (size_t i = 0; i < n; i++)
		fill(corp, &rows[i], &(*out)[i]);
	*out_n = n;
	return OK;
}

/* ---- news ---- */

void mass_due(struct tx *tx, int64_t corp, int64_t in_ms)
{
	event_emit(tx,
		&(struct event){ .kind = EVENT_DUE,
			.corp = corp,
			.object = tx->cx->now_ms + in_ms,
			.data = STR("mass") });
}

void mass_tell(struct tx *tx, int64_t corp, const int64_t *members, size_t n)
{
	struct event e = { .kind = EVENT_MASS, .corp = corp, .audience_n = n };

	if (!n)
		return;
	e.audience = ARENA_ARRAY(tx->cx->mem, struct person, n);
	for (size_t i = 0; i < n; i++)
		e.audience[i] = (struct person){ PERSON_MEMBER, members[i], 0 };
	event_emit(tx, &e);
}

/* Everybody with a task that waits for him. */
enum err mass_tell_asked(struct tx *tx, int64_t corp, int64_t mass)
{
	struct mass_task_select_unsent_row *rows;
	int64_t *members;
	size_t n;

	TRY(mass_task_select_unsent(tx, corp, mass, TELL_MAX, &rows, &n));
	members = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	for (size_t i = 0; i < n; i++)
		members[i] = rows[i].member;
	mass_tell(tx, corp, members, n);
	return OK;
}

/* ---- making ---- */

static enum err check_words(struct tx *tx, const struct mass *m)
{
	struct word_found found;

	TRY(word_check(tx, m->corp, m->creator, m->text, &found));
	if (found.intercept == WORD_STOP)
		return why(tx->cx, ERR_WORD_STOPS, "%.*s", STR_FMT(found.word));
	if (found.intercept == WORD_WARN && !m->anyway)
		return why(tx->cx, ERR_WORD_WARNS, "%.*s", STR_FMT(found.word));
	return OK;
}

enum err mass_begin(struct tx *tx, struct mass *m, const struct mass_wanted *w)
{
	int64_t direct;
	str wanted;

	if (m->text.n > MASS_TEXT_BYTES)
		return why(tx->cx, ERR_CONTENT_TOO_LONG,
			"field `text.content`: at most %d bytes", MASS_TEXT_BYTES);
	if (!str_trim(m->text).n && m->attachments.n <= 2)
		return why(tx->cx, ERR_EMPTY_CONTENT,
			"fields `text` and `attachments` are both empty");
	if (m->personal)
		TRY(check_words(tx, m));
	TRY(wanted_pack(tx->cx, w, &wanted));
	TRY(corp_setting(tx, m->corp, CORP_SETTING_MASS_DIRECT, &direct));
	m->direct = m->personal || direct;
	m->mass = id_next();
	m->state = MASS_PREPARING;
	m->created_ms = tx->cx->now_ms;
	TRY(mass_insert(tx, m->corp, m->mass, m->kind, m->personal, m->app, m->creator,
		m->allow_select, m->direct, m->text, m->attachments, wanted,
		m->created_ms));
	mass_due(tx, m->corp, PATIENCE_MS);
	return OK;
}

/* ---- its end ---- */

enum err mass_close_if_over(struct tx *tx, int64_t corp, int64_t mass)
{
	struct mass_task_select_open_row row;
	bool found;

	TRY(mass_task_select_open(tx, corp, mass, &row, &found));
	return found ? OK : mass_set_state(tx, corp, mass, MASS_DONE);
}

static enum err refuse_cancelled(struct tx *tx, const struct mass *m)
{
	if (m->state == MASS_CANCELLED)
		return why(tx->cx, ERR_MASS_CANCELLED, "field `msgid`");
	return OK;
}

enum err mass_pause(struct tx *tx, struct mass *m, bool pause)
{
	TRY(refuse_cancelled(tx, m));
	if (m->state != (pause ? MASS_OPEN : MASS_PAUSED))
		return why(tx->cx, ERR_CONFLICT,
			pause ? "only what is being sent can be paused"
			      : "it is not paused");
	m->state = pause ? MASS_PAUSED : MASS_OPEN;
	TRY(mass_set_state(tx, m->corp, m->mass, m->state));
	if (!pause)
		mass_due(tx, m->corp, 0);
	return OK;
}

enum err mass_cancel(struct tx *tx, struct mass *m)
{
	TRY(refuse_cancelled(tx, m));
	if (m->state == MASS_DONE)
		return OK; /* nobody is left who has not sent it */
	TRY(mass_tell_asked(tx, m->corp, m->mass));
	m->state = MASS_CANCELLED;
	return mass_set_state(tx, m->corp, m->mass, m->state);
}

enum err mass_remind(struct tx *tx, struct mass *m)
{
	struct mass_reminder_count_row count;
	int64_t most;
	bool found;

	TRY(refuse_cancelled(tx, m));
	TRY(corp_setting(tx, m->corp, CORP_SETTING_MASS_REMIND_MAX, &most));
	TRY(mass_reminder_count(tx, m->corp, m->mass, id_of_ms(tx->cx->now_ms - DAY_MS),
		&count, &found));
	if (found && count.n >= most)
		return why(tx->cx, ERR_MASS_REMINDED, "%" PRId64 " times in 24 hours",
			most);
	TRY(mass_reminder_insert(tx, m->corp, m->mass, id_next()));
	TRY(mass_task_remind(tx, m->corp, m->mass, tx->cx->now_ms));
	return mass_tell_asked(tx, m->corp, m->mass);
}
