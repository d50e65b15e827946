#include "core/insight/span.h"

#include <stdlib.h>

#include "core/insight/tally.h"

enum { INSIGHT_CHANNELS_MAX = 10000 };

void insight_add(struct insight_member *sum, const struct insight_member *m)
{
	sum->applies += m->applies;
	sum->contacts += m->contacts;
	sum->lost += m->lost;
	sum->chats += m->chats;
	sum->messages += m->messages;
	sum->asked += m->asked;
	sum->replied += m->replied;
	sum->reply_ms += m->reply_ms;
}

static enum err check_span(struct tx *tx, int64_t corp, int64_t from_ms, int64_t until_ms,
	struct insight_span *out)
{
	int64_t last_ms;

	if (until_ms < from_ms)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `until` lies before `from`");
	TRY(insight_day_of(tx, corp, from_ms, &out->first_ms));
	TRY(insight_day_of(tx, corp, until_ms, &last_ms));
	out->n_days = (size_t)((last_ms - out->first_ms) / INSIGHT_DAY_MS) + 1;
	if (out->n_days > INSIGHT_DAYS_BACK ||
		out->first_ms < tx->cx->now_ms - (INSIGHT_DAYS_BACK + 1) * INSIGHT_DAY_MS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `from`: at most %d days back", INSIGHT_DAYS_BACK);
	return OK;
}

/* Days are added up as they come: members and channels at their places in the tally. */
struct adding {
	struct tx *tx;
	struct insight_span *span;
	struct tally places; /* member -> place + 1 */
	size_t cap_members, cap_channels;
};

static struct insight_member *place_of(struct adding *a, int64_t member)
{
	struct insight_span *s = a->span;
	int64_t *place = tally_at(&a->places, member, 0);

	if (*place)
		return &s->members[*place - 1];
	if (s->n_members == a->cap_members) {
		struct insight_member *old = s->members;

		a->cap_members = a->cap_members ? 2 * a->cap_members : 64;
		s->members = ARENA_ARRAY(a->tx->cx->mem, struct insight_member,
			a->cap_members);
		for (size_t i = 0; i < s->n_members; i++)
			s->members[i] = old[i];
	}
	s->members[s->n_members] = (struct insight_member){ .member = member };
	*place = (int64_t)++s->n_members;
	return &s->members[s->n_members - 1];
}

static void add_channel(struct adding *a, const struct insight_channel *c)
{
	struct insight_span *s = a->span;
	size_t i = 0;

	while (i < s->n_channels && !str_same(s->channels[i].channel, c->channel))
		i++;
	if (i == s->n_channels) {
		if (s->n_channels == INSIGHT_CHANNELS_MAX)
			return;
		if (s->n_channels == a->cap_channels) {
			struct insight_channel *old = s->channels;

			a->cap_channels = a->cap_channels ? 2 * a->cap_channels : 16;
			s->channels = ARENA_ARRAY(a->tx->cx->mem, struct insight_channel,
				a->cap_channels);
			for (size_t j = 0; j < s->n_channels; j++)
				s->channels[j] = old[j];
		}
		s->channels[s->n_channels++] =
			(struct insight_channel){ .channel = c->channel };
	}
	s->channels[i].added += c->added;
	s->channels[i].talked += c->talked;
}

static int by_member(const void *a, const void *b)
{
	const struct insight_member *x = a, *y = b;

	return x->member < y->member ? -1 : x->member > y->member;
}

static void add_day(struct adding *a, const struct insight_day *day, int64_t member,
	struct insight_member *sum)
{
	for (size_t i = 0; i < day->n_members; i++) {
		const struct insight_member *m = &day->members[i];

		if (member && m->member != member)
			continue;
		insight_add(sum, m);
		insight_add(place_of(a, m->member), m);
	}
	for (size_t i = 0; !member && i < day->n_channels; i++)
		add_channel(a, &day->channels[i]);
}

enum err insight_span(struct tx *tx, int64_t corp, int64_t from_ms, int64_t until_ms,
	int64_t member, struct insight_span *out)
{
	struct adding a = { .tx = tx, .span = out };

	*out = (struct insight_span){ 0 };
	TRY(check_span(tx, corp, from_ms, until_ms, out));
	tally_init(&a.places, tx->cx->mem);
	out->days = ARENA_ARRAY(tx->cx->mem, struct insight_member, out->n_days);
	for (size_t i = 0; i < out->n_days; i++) {
		struct insight_day day;

		out->days[i] = (struct insight_member){ 0 };
		TRY(insight_day_get(tx, corp, out->first_ms + (int64_t)i * INSIGHT_DAY_MS,
			&day));
		add_day(&a, &day, member, &out->days[i]);
		insight_add(&out->all, &out->days[i]);
	}
	if (out->n_members)
		qsort(out->members, out->n_members, sizeof(out->members[0]), by_member);
	return OK;
}
