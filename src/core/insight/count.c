/*
 * core/insight/count.c - one day, from the messages and the ledger.
 *
 * Messages are read once, in the order in which they were said.  A talk is a chat of that
 * day; what each member said in it is a talk of his own (chat, member).
 */
#include <stdlib.h>

#include "core/insight/insight.h"
#include "core/insight/tally.h"
#include "core/ledger/ledger.h"

struct count {
	struct tx *tx;
	int64_t corp, day_ms;
	struct tally talks;   /* (chat, member), and (chat, 0) for the chat */
	struct tally members; /* (member, 0) */
	struct tally groups;  /* (chat, 0) */
	struct tally talkers; /* (chat, person), of groups */
	struct tally kinds;   /* (chat, 0): of what kind it is */
	struct insight_channel *channels;
	size_t n_channels, cap_channels;
};

/* What (chat, 0) has in its numbers. */
enum { TALK_ASKED_MS, TALK_ANSWERED_MS, TALK_ANSWERED_BY, TALK_BEGUN, TALK_CUSTOMER };
/* What (member, 0) has: as struct insight_member. */
enum {
	M_APPLIES,
	M_CONTACTS,
	M_LOST,
	M_CHATS,
	M_MESSAGES,
	M_ASKED,
	M_REPLIED,
	M_REPLY_MS
};

static int64_t *member_of(struct count *c, int64_t member)
{
	return tally_at(&c->members, member, 0);
}

static void said_by_customer(struct count *c, const struct message *m)
{
	int64_t *talk = tally_at(&c->talks, m->chat, 0);

	talk[TALK_CUSTOMER]++;
	if (!talk[TALK_BEGUN])
		talk[TALK_ASKED_MS] = m->sent_ms;
	talk[TALK_BEGUN] = 1;
}

static void said_by_member(struct count *c, const struct message *m)
{
	int64_t *talk = tally_at(&c->talks, m->chat, 0);

	talk[TALK_BEGUN] = 1;
	if (talk[TALK_ASKED_MS] && !talk[TALK_ANSWERED_MS]) {
		talk[TALK_ANSWERED_MS] = m->sent_ms;
		talk[TALK_ANSWERED_BY] = m->sender.id;
	}
	tally_at(&c->talks, m->chat, m->sender.id)[0]++;
}

static void said_in_group(struct count *c, const struct message *m)
{
	tally_at(&c->groups, m->chat, 0)[0]++;
	tally_at(&c->talkers, m->chat, m->sender.id)[0]++;
}

static enum err kind_of(struct count *c, int64_t chat, enum chat_kind *out)
{
	int64_t *kind = tally_at(&c->kinds, chat, 0);
	struct chat head;

	if (!*kind) {
		TRY(chat_get(c->tx, c->corp, chat, &head));
		*kind = head.kind;
	}
	*out = (enum chat_kind) * kind;
	return OK;
}

static enum err on_message(void *arg, const struct message *m)
{
	struct count *c = arg;
	bool member = m->sender.kind == PERSON_MEMBER;
	enum chat_kind kind;

	if (member && m->via != MESSAGE_BY_HAND)
		return OK;
	if (!member && m->sender.kind != PERSON_CUSTOMER)
		return OK;
	TRY(kind_of(c, m->chat, &kind));
	if (kind == CHAT_GROUP)
		said_in_group(c, m);
	else if (kind == CHAT_CUSTOMER && member)
		said_by_member(c, m);
	else if (kind == CHAT_CUSTOMER)
		said_by_customer(c, m);
	return OK;
}

/* ---- what talks were for members ---- */

/* Who should have answered: the follow's member when nobody did. */
static enum err asked_of(struct count *c, const struct tally_row *talk, int64_t *out)
{
	struct follow f;

	*out = talk->n[TALK_ANSWERED_BY];
	if (*out)
		return OK;
	if (follow_by_chat(c->tx, c->corp, talk->a, &f) == OK)
		*out = f.member;
	else
		ctx_forgive(c->tx->cx);
	return OK;
}

static enum err add_asked(struct count *c, const struct tally_row *talk)
{
	int64_t member, *n;

	TRY(asked_of(c, talk, &member));
	if (!member)
		return OK;
	n = member_of(c, member);
	n[M_ASKED]++;
	if (talk->n[TALK_ANSWERED_MS]) {
		n[M_REPLIED]++;
		n[M_REPLY_MS] += talk->n[TALK_ANSWERED_MS] - talk->n[TALK_ASKED_MS];
	}
	return OK;
}

static enum err add_talks(struct count *c)
{
	for (size_t i = 0; i < c->talks.n; i++) {
		const struct tally_row *talk = &c->talks.rows[i];

		if (talk->b) {
			int64_t *n = member_of(c, talk->b);

			n[M_CHATS]++;
			n[M_MESSAGES] += talk->n[0];
		} else if (talk->n[TALK_ASKED_MS]) {
			TRY(add_asked(c, talk));
		}
	}
	return OK;
}

/* ---- the ledger: who came and went ---- */

static struct insight_channel *channel_of(struct count *c, str name)
{
	for (size_t i = 0; i < c->n_channels; i++)
		if (str_same(c->channels[i].channel, name))
			return &c->channels[i];
	if (c->n_channels == c->cap_channels) {
		size_t cap = c->cap_channels ? 2 * c->cap_channels : 16;
		struct insight_channel *more =
			ARENA_ARRAY(c->tx->cx->mem, struct insight_channel, cap);

		for (size_t i = 0; i < c->n_channels; i++)
			more[i] = c->channels[i];
		c->channels = more;
		c->cap_channels = cap;
	}
	c->channels[c->n_channels] =
		(struct insight_channel){ .channel = arena_str(c->tx->cx->mem, name) };
	return &c->channels[c->n_channels++];
}

/* Did this customer write to this member on the day? */
static enum err has_written(struct count *c, str external_userid, int64_t member,
	bool *out)
{
	const int64_t *talk;
	struct customer who;
	struct follow f;

	*out = false;
	if (customer_by_external(c->tx, c->corp, external_userid, &who) != OK ||
		follow_find_any(c->tx, c->corp, member, who.customer, &f) != OK) {
		ctx_forgive(c->tx->cx);
		return OK;
	}
	talk = tally_find(&c->talks, f.chat, 0);
	*out = talk && talk[TALK_CUSTOMER] > 0;
	return OK;
}

static enum err came(struct count *c, const struct ledger_entry *e, int64_t member)
{
	struct insight_channel *channel = channel_of(c, e->detail);
	bool written;

	TRY(has_written(c, e->customer, member, &written));
	channel->added++;
	channel->talked += written;
	member_of(c, member)[M_CONTACTS]++;
	return OK;
}

static enum err member_named(struct count *c, str userid, int64_t *out)
{
	struct member m;

	*out = 0;
	if (userid.n && member_by_userid_ever(c->tx, c->corp, userid, &m) == OK)
		*out = m.member;
	else
		ctx_forgive(c->tx->cx);
	return OK;
}

static enum err on_entry(void *arg, const struct ledger_entry *e)
{
	struct count *c = arg;
	bool given = !strcmp(e->kind, LEDGER_HANDED_OVER);
	int64_t member;

	TRY(member_named(c, given ? e->other : e->member, &member));
	if (!member)
		return OK;
	if (!strcmp(e->kind, LEDGER_ADDED))
		return came(c, e, member);
	if (given) {
		member_of(c, member)[M_APPLIES]++;
		member_of(c, member)[M_CONTACTS]++;
	} else if (!strcmp(e->kind, LEDGER_LEFT) || !strcmp(e->kind, LEDGER_WITHDRAWN)) {
		member_of(c, member)[M_LOST]++;
	}
	return OK;
}

/* ---- giving ---- */

static void give_members(struct count *c, struct insight_day *out)
{
	tally_sort(&c->members);
	out->n_members = c->members.n;
	out->members = ARENA_ARRAY(c->tx->cx->mem, struct insight_member, out->n_members);
	for (size_t i = 0; i < out->n_members; i++) {
		const int64_t *n = c->members.rows[i].n;

		out->members[i] = (struct insight_member){
			.member = c->members.rows[i].a,
			.applies = n[M_APPLIES],
			.contacts = n[M_CONTACTS],
			.lost = n[M_LOST],
			.chats = n[M_CHATS],
			.messages = n[M_MESSAGES],
			.asked = n[M_ASKED],
			.replied = n[M_REPLIED],
			.reply_ms = n[M_REPLY_MS],
		};
	}
}

static void give_groups(struct count *c, struct insight_day *out)
{
	for (size_t i = 0; i < c->talkers.n; i++)
		tally_at(&c->groups, c->talkers.rows[i].a, 0)[1]++;
	tally_sort(&c->groups);
	out->n_groups = c->groups.n;
	out->groups = ARENA_ARRAY(c->tx->cx->mem, struct insight_group, out->n_groups);
	for (size_t i = 0; i < out->n_groups; i++)
		out->groups[i] = (struct insight_group){ c->groups.rows[i].a,
			c->groups.rows[i].n[0], c->groups.rows[i].n[1] };
}

static int by_name(const void *a, const void *b)
{
	const struct insight_channel *x = a, *y = b;

	size_t n = x->channel.n < y->channel.n ? x->channel.n : y->channel.n;
	int order = n ? memcmp(x->channel.p, y->channel.p, n) : 0;

	return order                          ? order
		: x->channel.n < y->channel.n ? -1
					      : x->channel.n > y->channel.n;
}

enum err insight_count(struct tx *tx, int64_t corp, int64_t day_ms,
	struct insight_day *out)
{
	struct count c = { .tx = tx, .corp = corp, .day_ms = day_ms };
	int64_t until_ms = day_ms + INSIGHT_DAY_MS;

	tally_init(&c.talks, tx->cx->mem);
	tally_init(&c.members, tx->cx->mem);
	tally_init(&c.groups, tx->cx->mem);
	tally_init(&c.talkers, tx->cx->mem);
	tally_init(&c.kinds, tx->cx->mem);
	TRY(chat_each_between(tx, corp, day_ms, until_ms, on_message, &c));
	TRY(ledger_each_between(tx, corp, day_ms, until_ms, on_entry, &c));
	TRY(add_talks(&c));
	*out = (struct insight_day){ .day_ms = day_ms,
		.channels = c.channels,
		.n_channels = c.n_channels };
	if (c.n_channels)
		qsort(c.channels, c.n_channels, sizeof(c.channels[0]), by_name);
	give_members(&c, out);
	give_groups(&c, out);
	return OK;
}
