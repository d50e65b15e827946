#include "core/acquisition/arrival.h"

#include <time.h>

#include "base/ids.h"
#include "core/acquisition/arrival.sql.h"
#include "core/acquisition/news.h"
#include "core/acquisition/quota.h"
#include "core/directory/directory.h"

enum { KEY_RANDOM = 43, DAY_S = 24 * 3600 };

int64_t acq_day_of(int64_t ms)
{
	time_t t = (time_t)(ms / 1000);
	struct tm tm;

	localtime_r(&t, &tm);
	return (ms / 1000 + tm.tm_gmtoff) / DAY_S;
}

enum err acq_looked(struct tx *tx, int64_t corp, int64_t link, str visitor, str channel)
{
	int64_t day = acq_day_of(tx->cx->now_ms);
	struct acq_link l;

	TRY(acq_link_get(tx, corp, link, &l));
	TRY(acq_insert_click(tx, corp, link, day, visitor));
	if (tx_changes(tx) != 1)
		return OK;
	TRY(acq_count(tx, corp, link, day, 1, 0));
	return acq_tell(tx, corp, &l,
		&(struct acq_news){ .change = "open_profile", .state = channel });
}

enum err acq_asked(struct tx *tx, int64_t corp, int64_t link, str channel)
{
	struct acq_link l;

	TRY(acq_link_get(tx, corp, link, &l));
	return acq_tell(tx, corp, &l,
		&(struct acq_news){ .change = "friend_request", .state = channel });
}

enum err acq_added(struct tx *tx, const struct acq_arrival *a)
{
	int64_t now = tx->cx->now_ms;

	TRY(acq_quota_use(tx, a->corp));
	TRY(acq_count(tx, a->corp, a->link, acq_day_of(now), 0, 1));
	return acq_insert_customer(tx, a->corp, a->link, id_next(), a->member,
		a->external_userid, a->chat, a->channel, now);
}

/* ---- what is said ---- */

static enum err tell_started(struct tx *tx, const struct acq_link *l,
	const struct acq_customer_row *c)
{
	struct member m;

	TRY(member_get(tx, l->corp, c->member, &m));
	return acq_tell(tx, l->corp, l,
		&(struct acq_news){ .change = "customer_start_chat",
			.userid = m.userid,
			.external_userid = c->external_userid });
}

static enum err tell_many(struct tx *tx, const struct acq_link *l,
	const struct acq_customer_row *c, int64_t said)
{
	str key = random_text(tx->cx->mem, KEY_RANDOM);

	TRY(acq_insert_key(tx, l->corp, key, l->link, c->entry, said,
		tx->cx->now_ms + ACQ_KEY_LIFE_MS));
	return acq_tell(tx, l->corp, l,
		&(struct acq_news){ .change = "message_from_customer", .chat_key = key });
}

enum err acq_said(struct tx *tx, int64_t corp, int64_t chat, int64_t seq,
	bool by_customer)
{
	struct acq_customer_row c;
	struct acq_link l;
	int64_t said;
	bool found;

	if (seq > ACQ_WATCHED_SEQ)
		return OK;
	TRY(acq_select_by_chat(tx, corp, chat, &c, &found));
	if (!found || (c.started && (!by_customer || c.said >= ACQ_MANY_MESSAGES)))
		return OK;
	said = c.said + by_customer;
	TRY(acq_link_get(tx, corp, c.link, &l));
	TRY(acq_set_said(tx, corp, c.link, c.entry, said));
	if (!c.started)
		TRY(tell_started(tx, &l, &c));
	return by_customer && said == ACQ_MANY_MESSAGES ? tell_many(tx, &l, &c, said)
							: OK;
}

enum err acq_left(struct tx *tx, int64_t corp, int64_t chat)
{
	struct acq_customer_row c;
	struct acq_link l;
	struct member m;
	bool found;

	TRY(acq_select_by_chat(tx, corp, chat, &c, &found));
	if (!found)
		return OK;
	TRY(acq_link_get(tx, corp, c.link, &l));
	TRY(member_get(tx, corp, c.member, &m));
	return acq_tell(tx, corp, &l,
		&(struct acq_news){ .change = "del_follow_user",
			.userid = m.userid,
			.external_userid = c.external_userid,
			.state = c.state });
}

/* ---- reading ---- */

enum err acq_customers(struct tx *tx, int64_t corp, int64_t link, int64_t after,
	int64_t limit, struct acq_person **out, size_t *out_n)
{
	struct acq_customer_row *rows;
	size_t n;

	TRY(acq_select_customers(tx, corp, link, after, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct acq_person, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] =
			(struct acq_person){ rows[i].entry, rows[i].member, rows[i].said,
				rows[i].started, rows[i].external_userid, rows[i].state };
	*out_n = n;
	return OK;
}

enum err acq_chat_info(struct tx *tx, int64_t corp, str key, struct acq_chat_info *out)
{
	struct acq_select_key_row k;
	struct acq_customer_row c;
	bool found;

	TRY(acq_select_key(tx, corp, key, &k, &found));
	if (found && tx->cx->now_ms < k.until_ms)
		TRY(acq_select_customer(tx, corp, k.link, k.entry, &c, &found));
	else
		found = false;
	if (!found)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `chat_key`: unknown, or older than 30 minutes");
	*out = (struct acq_chat_info){ k.link, c.member, k.said, c.external_userid,
		c.state };
	return OK;
}

enum err acq_days(struct tx *tx, int64_t corp, int64_t link, int64_t from_day,
	int64_t to_day, struct acq_day **out, size_t *out_n)
{
	struct acq_select_days_row *rows;
	size_t n;

	TRY(acq_select_days(tx, corp, link, from_day, to_day, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct acq_day, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct acq_day){ rows[i].day, rows[i].clicks, rows[i].adds };
	*out_n = n;
	return OK;
}

enum err acq_arrivals_drop(struct tx *tx, int64_t corp, int64_t link)
{
	TRY(acq_delete_clicks(tx, corp, link));
	TRY(acq_delete_days(tx, corp, link));
	return acq_delete_customers(tx, corp, link);
}
