/*
 * core/customer/handover_move.c - a customer changes hands.
 *
 * The one chat moves along: it belongs to one follow that is not FOLLOW_TRANSFERRED, so
 * the old follow lets go before the successor's takes hold.
 */
#include "core/customer/follow.sql.h"
#include "core/customer/handover_private.h"
#include "core/customer/tag.sql.h"

static enum err let_go(struct tx *tx, struct follow *f)
{
	f->status = FOLLOW_TRANSFERRED;
	return follow_set_status(tx, f->corp, f->member, f->customer, f->status,
		tx->cx->now_ms);
}

static struct person member_person(int64_t member)
{
	return (struct person){ PERSON_MEMBER, member, 0 };
}

static enum err take(struct tx *tx, const struct handover *h, const struct follow *old)
{
	TRY(follow_take(tx, h->corp, h->to, h->customer, old->remark, old->description,
		old->remark_company, old->remark_mobiles, ADD_WAY_ASSIGNED, old->state,
		old->way, h->oper_userid, old->chat, tx->cx->now_ms));
	TRY(chat_replace(tx, h->corp, old->chat, member_person(h->from),
		member_person(h->to)));
	return chat_announce(tx, h->corp, old->chat);
}

/* The successor follows him already: his notes win, the old ones fill the gaps. */
static enum err unite(struct tx *tx, const struct follow *old, struct follow *mine)
{
	bool has_mobiles = mine->remark_mobiles.n > 2; /* more than "[]" */

	TRY(follow_set_notes(tx, mine->corp, mine->member, mine->customer,
		mine->remark.n ? mine->remark : old->remark,
		mine->description.n ? mine->description : old->description,
		mine->remark_company.n ? mine->remark_company : old->remark_company,
		has_mobiles ? mine->remark_mobiles : old->remark_mobiles,
		tx->cx->now_ms));
	TRY(chat_replace(tx, old->corp, old->chat, member_person(old->member),
		member_person(mine->member)));
	return chat_close(tx, old->corp, old->chat, true);
}

/* What the customer reads: who follows, and what that one says first. */
static enum err say(struct tx *tx, const struct handover *h, int64_t chat)
{
	struct message_text text = { .content = h->words };
	struct message m = { .corp = h->corp,
		.chat = chat,
		.sender = member_person(h->to),
		.type = STR("text"),
		.via = MESSAGE_HANDOVER };
	struct member successor;
	bool again;

	TRY(member_get(tx, h->corp, h->to, &successor));
	TRY(follow_say(tx, h->corp, chat,
		&(struct follow_line){ "handed_over", successor.name,
			h->due_ms > tx->cx->now_ms ? h->due_ms : 0 }));
	if (!h->words.n)
		return OK;
	m.body = shape_text(tx->cx->mem, message_text_shape(), &text);
	return chat_add(tx, &m, &again);
}

static enum err tell(struct tx *tx, const struct follow *old, const struct follow *now,
	bool is_new, int64_t by_app)
{
	follow_tell(tx, old, "deleted");
	follow_tell(tx, now, is_new ? "added" : "changed");
	TRY(follow_callback(tx, old,
		&(struct follow_news){ .change = "del_external_contact",
			.source = STR("DELETE_BY_TRANSFER"),
			.but = by_app }));
	if (!is_new)
		return OK;
	return follow_callback(tx, now,
		&(struct follow_news){ .change = "add_external_contact",
			.state = now->state,
			.but = by_app });
}

/* The picture beside the notes, unless the successor has one. */
static enum err take_picture(struct tx *tx, const struct follow *old, int64_t to)
{
	struct follow mine = { .corp = old->corp,
		.member = to,
		.customer = old->customer };
	str his, key;

	TRY(follow_picture(tx, old, &key));
	if (!key.n)
		return OK;
	TRY(follow_picture(tx, &mine, &his));
	return his.n ? OK : follow_picture_set(tx, &mine, key);
}

enum err handover_move(struct tx *tx, const struct handover *h, struct follow *old,
	int64_t by_app)
{
	struct follow mine;
	bool known = follow_get(tx, h->corp, h->to, h->customer, &mine) == OK;

	ctx_forgive(tx->cx);
	TRY(let_go(tx, old));
	if (known)
		TRY(unite(tx, old, &mine));
	else
		TRY(take(tx, h, old));
	TRY(follow_tag_copy(tx, h->corp, h->customer, h->from, h->to));
	TRY(take_picture(tx, old, h->to));
	TRY(follow_get(tx, h->corp, h->to, h->customer, &mine));
	TRY(follow_index(tx, &mine));
	TRY(say(tx, h, mine.chat));
	TRY(follow_record(tx, old, LEDGER_HANDED_OVER, h->to,
		h->kind == HANDOVER_RESIGNED ? STR("resigned") : STR("in service")));
	return tell(tx, old, &mine, !known, by_app);
}

enum err handover_tell_failure(struct tx *tx, const struct handover *h,
	const char *reason)
{
	struct follow f = { .corp = h->corp, .member = h->to, .customer = h->customer };

	return follow_callback(tx, &f,
		&(struct follow_news){ .change = "transfer_fail",
			.fail_reason = str_of(reason) });
}

enum err handover_undo(struct tx *tx, const struct handover *h, struct follow *successor)
{
	struct follow old;

	TRY(follow_find_any(tx, h->corp, h->from, h->customer, &old));
	TRY(let_go(tx, successor));
	if (old.status != FOLLOW_TRANSFERRED || old.chat != h->chat) {
		/* He came back to the old member by himself, and has a chat there. */
		TRY(chat_close(tx, h->corp, h->chat, true));
	} else {
		TRY(follow_set_status(tx, h->corp, h->from, h->customer, FOLLOW_ACTIVE,
			tx->cx->now_ms));
		TRY(chat_replace(tx, h->corp, h->chat, member_person(h->to),
			member_person(h->from)));
		TRY(chat_announce(tx, h->corp, h->chat));
		follow_tell(tx, &old, "added");
	}
	follow_tell(tx, successor, "deleted");
	return OK;
}
