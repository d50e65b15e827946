#include "core/insight/insight.h"

#include "core/directory/corp_setting.h"
#include "core/insight/insight.sql.h"
#include "core/insight/span.h"

#define MINUTE_MS (INT64_C(60) * 1000)
/* Clocks of nodes and of transactions that began before midnight. */
#define SETTLE_MS (10 * MINUTE_MS)
enum { DOCTOR_DAYS = 7 };

enum err insight_day_of(struct tx *tx, int64_t corp, int64_t ms, int64_t *out_day_ms)
{
	int64_t minutes, local;

	TRY(corp_setting(tx, corp, CORP_SETTING_ZONE_MINUTES, &minutes));
	local = ms + minutes * MINUTE_MS;
	*out_day_ms = local -
		((local % INSIGHT_DAY_MS) + INSIGHT_DAY_MS) % INSIGHT_DAY_MS -
		minutes * MINUTE_MS;
	return OK;
}

static enum err read_members(struct tx *tx, int64_t corp, struct insight_day *out)
{
	struct insight_member_row *rows;

	TRY(insight_member_select(tx, corp, out->day_ms, &rows, &out->n_members));
	out->members = ARENA_ARRAY(tx->cx->mem, struct insight_member, out->n_members);
	for (size_t i = 0; i < out->n_members; i++)
		out->members[i] = (struct insight_member){
			.member = rows[i].member,
			.applies = rows[i].applies,
			.contacts = rows[i].contacts,
			.lost = rows[i].lost,
			.chats = rows[i].chats,
			.messages = rows[i].messages,
			.asked = rows[i].asked,
			.replied = rows[i].replied,
			.reply_ms = rows[i].reply_ms,
		};
	return OK;
}

static enum err read_rest(struct tx *tx, int64_t corp, struct insight_day *out)
{
	struct insight_channel_row *channels;
	struct insight_group_row *groups;

	TRY(insight_channel_select(tx, corp, out->day_ms, &channels, &out->n_channels));
	out->channels = ARENA_ARRAY(tx->cx->mem, struct insight_channel, out->n_channels);
	for (size_t i = 0; i < out->n_channels; i++)
		out->channels[i] = (struct insight_channel){ channels[i].channel,
			channels[i].added, channels[i].talked };
	TRY(insight_group_select(tx, corp, out->day_ms, &groups, &out->n_groups));
	out->groups = ARENA_ARRAY(tx->cx->mem, struct insight_group, out->n_groups);
	for (size_t i = 0; i < out->n_groups; i++)
		out->groups[i] = (struct insight_group){ groups[i].chat,
			groups[i].messages, groups[i].talkers };
	return OK;
}

enum err insight_day_get(struct tx *tx, int64_t corp, int64_t day_ms,
	struct insight_day *out)
{
	struct insight_day_select_row row;
	bool found;

	TRY(insight_day_select(tx, corp, day_ms, &row, &found));
	if (!found)
		return insight_count(tx, corp, day_ms, out);
	*out = (struct insight_day){ .day_ms = day_ms };
	TRY(read_members(tx, corp, out));
	return read_rest(tx, corp, out);
}

void insight_sum(const struct insight_day *day, const struct ints *members,
	struct insight_member *out)
{
	*out = (struct insight_member){ 0 };
	for (size_t i = 0; i < day->n_members; i++) {
		const struct insight_member *m = &day->members[i];

		if (members && !ints_sorted_has(members, m->member))
			continue;
		insight_add(out, m);
	}
}

double insight_percent(int64_t part, int64_t whole)
{
	int64_t hundredths = whole ? part * 10000 / whole : 0;

	return (double)hundredths / 100;
}

/* ---- keeping ---- */

static enum err keep(struct tx *tx, int64_t corp, const struct insight_day *day)
{
	TRY(insight_day_insert(tx, corp, day->day_ms, tx->cx->now_ms));
	for (size_t i = 0; i < day->n_members; i++) {
		const struct insight_member *m = &day->members[i];

		TRY(insight_member_insert(tx, corp, day->day_ms, m->member, m->applies,
			m->contacts, m->lost, m->chats, m->messages, m->asked, m->replied,
			m->reply_ms));
	}
	for (size_t i = 0; i < day->n_channels; i++)
		TRY(insight_channel_insert(tx, corp, day->day_ms,
			day->channels[i].channel, day->channels[i].added,
			day->channels[i].talked));
	for (size_t i = 0; i < day->n_groups; i++)
		TRY(insight_group_insert(tx, corp, day->day_ms, day->groups[i].chat,
			day->groups[i].messages, day->groups[i].talkers));
	return OK;
}

/* The oldest day that is not kept yet: after the last one, or the corp's first. */
static enum err next_day(struct tx *tx, int64_t corp, int64_t *out_day_ms)
{
	struct insight_day_last_row last;
	int64_t oldest = tx->cx->now_ms - INSIGHT_DAYS_BACK * INSIGHT_DAY_MS;
	struct corp c;
	bool found;

	TRY(insight_day_last(tx, corp, &last, &found));
	TRY(corp_get(tx, corp, &c));
	if (oldest < c.created_ms)
		oldest = c.created_ms;
	/* A corp that changed its hour goes on where its new days begin. */
	if (found && last.day_ms + INSIGHT_DAY_MS > oldest)
		oldest = last.day_ms + 2 * INSIGHT_DAY_MS - 1;
	return insight_day_of(tx, corp, oldest, out_day_ms);
}

enum err insight_close(struct tx *tx, int64_t corp, int64_t *out_next_ms)
{
	struct insight_day day;
	int64_t day_ms, over_ms;

	TRY(next_day(tx, corp, &day_ms));
	over_ms = day_ms + INSIGHT_DAY_MS + SETTLE_MS;
	*out_next_ms = over_ms;
	if (tx->cx->now_ms < over_ms)
		return OK;
	TRY(insight_count(tx, corp, day_ms, &day));
	return keep(tx, corp, &day);
}

/* ---- doctor ---- */

/* What is counted the same for ever; whose talk an unanswered one was may change with a
 * handover. */
static bool same_members(const struct insight_day *a, const struct insight_day *b)
{
	struct insight_member x, y;

	insight_sum(a, NULL, &x);
	insight_sum(b, NULL, &y);
	return x.applies == y.applies && x.contacts == y.contacts && x.lost == y.lost &&
		x.chats == y.chats && x.messages == y.messages;
}

static bool same_groups(const struct insight_day *a, const struct insight_day *b)
{
	return a->n_groups == b->n_groups &&
		(!a->n_groups ||
			!memcmp(a->groups, b->groups,
				a->n_groups * sizeof(a->groups[0])));
}

enum err insight_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg)
{
	struct insight_day_last_row last;
	bool found;

	TRY(insight_day_last(tx, corp, &last, &found));
	for (int i = 0; found && i < DOCTOR_DAYS; i++) {
		int64_t day_ms = last.day_ms - i * INSIGHT_DAY_MS;
		struct insight_day kept, now;

		TRY(insight_day_get(tx, corp, day_ms, &kept));
		TRY(insight_count(tx, corp, day_ms, &now));
		if (!same_members(&kept, &now) || !same_groups(&kept, &now))
			report(arg,
				arena_printf(tx->cx->mem,
					"insight: the numbers kept of the day "
					"%" PRId64 " are not those of its messages",
					day_ms));
	}
	return OK;
}
