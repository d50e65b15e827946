#include "client/customer_view.h"

#include "client/view.h"
#include "core/customer/block.h"
#include "core/customer/share.h"
#include "core/customer/way.h"

SHAPE_TABLE(view_follow_tag, VIEW_FOLLOW_TAG)
SHAPE_TABLE(view_follow, VIEW_FOLLOW)

static enum err fill_tags(struct tx *tx, const struct follow *f, struct view_follow *out)
{
	struct follow_tag *tags;
	size_t n;

	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &n));
	out->tags.v = ARENA_ARRAY(tx->cx->mem, struct view_follow_tag, n);
	out->tags.n = n;
	for (size_t i = 0; i < n; i++) {
		out->tags.v[i].tag_id = tag_id_text(tx->cx->mem, tags[i].tag);
		out->tags.v[i].name = tags[i].name;
		out->tags.v[i].group_name = tags[i].group_name;
	}
	return OK;
}

static str status_name(enum follow_status status)
{
	switch (status) {
	case FOLLOW_DELETED:
		return STR("deleted");
	case FOLLOW_LEFT:
		return STR("left");
	case FOLLOW_TRANSFERRED:
		return STR("transferred");
	case FOLLOW_ACTIVE:
		break;
	}
	return STR("active");
}

/* Of a chat that is his no more, nothing. */
static enum err count_unread(struct tx *tx, const struct follow *f, int64_t *out)
{
	struct chat_person me;
	struct chat chat;

	*out = 0;
	if (chat_person_get(tx, f->corp, f->chat, PERSON_MEMBER, f->member, &me) != OK) {
		ctx_forgive(tx->cx);
		return OK;
	}
	TRY(chat_get(tx, f->corp, f->chat, &chat));
	*out = chat.last_seq - me.read_seq;
	return OK;
}

enum err view_follow_of(struct tx *tx, const struct follow *f, const struct customer *c,
	struct view_follow *out)
{
	struct customer sharer;
	bool shared;
	struct way way;
	bool has_way = f->way && way_get(tx, f->corp, f->way, &way) == OK;

	ctx_forgive(tx->cx); /* a way may be gone since */
	*out = (struct view_follow){
		.external_userid = c->external_userid,
		.name = c->name,
		.avatar = view_avatar(tx->cx->mem, f->corp, c->avatar),
		.remark = f->remark,
		.description = f->description,
		.remark_company = f->remark_company,
		.state = f->state,
		.add_way = f->add_way,
		.way_remark = has_way ? way.remark : STR(""),
		.created = f->created_ms,
		.chat = chat_name(tx->cx->mem, f->corp, f->chat),
		.status = status_name(f->status),
	};
	TRY(follow_mobiles(tx->cx, f, &out->remark_mobiles));
	TRY(share_of(tx, f, &sharer, &shared));
	if (shared)
		out->shared_by = sharer.name;
	if (f->status != FOLLOW_ACTIVE)
		TRY(block_is_customer(tx, f, &out->blocked));
	TRY(personal_tags(tx, f->corp, f->member, f->customer, &out->personal_tags));
	TRY(count_unread(tx, f, &out->unread));
	return fill_tags(tx, f, out);
}
