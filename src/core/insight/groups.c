#include "core/insight/groups.h"

enum { PAGE = 500 };

static const struct insight_group *talk_of(const struct insight_day *day, int64_t chat)
{
	for (size_t i = 0; i < day->n_groups; i++)
		if (day->groups[i].chat == chat)
			return &day->groups[i];
	return NULL;
}

/* As they are now, and what was said in them that day. */
static enum err look_at_groups(struct tx *tx, int64_t corp, int64_t owner,
	const struct insight_day *day, struct insight_groups *out)
{
	int64_t after = 0;
	size_t n;

	do {
		struct customer_group *g;

		TRY(group_page(tx, corp, owner, after, PAGE, &g, &n));
		for (size_t i = 0; i < n; i++) {
			const struct insight_group *talk = talk_of(day, g[i].chat);

			after = g[i].group;
			out->chats++;
			out->persons += g[i].persons;
			out->talked_chats += talk != NULL;
			out->talkers += talk ? talk->talkers : 0;
			out->messages += talk ? talk->messages : 0;
		}
	} while (n == PAGE);
	return OK;
}

/* What happened on the day is counted; what happened since is taken back. */
static void take_step(const struct group_step *s, int64_t until_ms,
	struct insight_groups *out)
{
	bool since = s->at_ms >= until_ms;

	switch (s->verb) {
	case GROUP_MADE:
		out->new_chats += !since;
		out->chats -= since;
		break;
	case GROUP_CAME:
		out->new_persons += !since;
		out->persons -= since;
		break;
	case GROUP_WENT:
	case GROUP_REMOVED:
		out->persons += since;
		break;
	case GROUP_DISMISSED:
		out->chats += since;
		break;
	}
}

enum err insight_groups_of(struct tx *tx, int64_t corp, int64_t owner,
	const struct insight_day *day, struct insight_groups *out)
{
	int64_t after = 0, until_ms = day->day_ms + INSIGHT_DAY_MS;
	size_t n;

	*out = (struct insight_groups){ 0 };
	TRY(look_at_groups(tx, corp, owner, day, out));
	do {
		struct group_step *steps;

		TRY(group_steps(tx, corp, owner, day->day_ms, INT64_MAX, after, PAGE,
			&steps, &n));
		for (size_t i = 0; i < n; i++) {
			after = steps[i].step;
			take_step(&steps[i], until_ms, out);
		}
	} while (n == PAGE);
	return OK;
}

void insight_groups_add(struct insight_groups *sum, const struct insight_groups *g,
	bool same_day)
{
	sum->new_chats += g->new_chats;
	sum->new_persons += g->new_persons;
	sum->messages += g->messages;
	if (same_day) {
		sum->chats += g->chats;
		sum->persons += g->persons;
		sum->talked_chats += g->talked_chats;
		sum->talkers += g->talkers;
		return;
	}
	sum->chats = g->chats;
	sum->persons = g->persons;
	if (sum->talked_chats < g->talked_chats)
		sum->talked_chats = g->talked_chats;
	if (sum->talkers < g->talkers)
		sum->talkers = g->talkers;
}
