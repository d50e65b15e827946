#include "core/customer/private.h"
#include "core/customer/tag.h"
#include "core/customer/tag.sql.h"

enum err tag_name(struct tx *tx, int64_t corp, int64_t tag, str *out)
{
	struct tag_select_name_row row;
	bool found;

	TRY(tag_select_name(tx, corp, tag, &row, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_TAG_ID, "no such tag");
	*out = row.name;
	return OK;
}

enum err follow_tags_between(struct tx *tx, int64_t corp, int64_t member, int64_t first,
	int64_t last, int64_t limit, struct follow_tag_id **out, size_t *out_n)
{
	struct follow_tag_select_between_row *rows;
	size_t n;

	TRY(follow_tag_select_between(tx, corp, member, first, last, limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct follow_tag_id, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct follow_tag_id){ rows[i].customer, rows[i].tag };
	*out_n = n;
	return OK;
}

enum err follow_tags(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct follow_tag **out, size_t *out_n)
{
	struct follow_tag_select_row *rows;
	size_t n;

	TRY(follow_tag_select(tx, corp, member, customer, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct follow_tag, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct follow_tag){ rows[i].tag, rows[i].strategy,
			rows[i].name, rows[i].group_name };
	*out_n = n;
	return OK;
}

enum err tag_is_there(struct tx *tx, int64_t corp, int64_t tag, bool *out)
{
	struct tag_select_one_row row;
	bool found;

	TRY(tag_select_one(tx, corp, tag, &row, &found));
	*out = found && !row.deleted && !row.strategy;
	return OK;
}

enum err tag_members(struct tx *tx, int64_t corp, int64_t tag, int64_t after,
	int64_t limit, struct ints *out)
{
	struct follow_tag_select_members_row *rows;
	size_t n;

	TRY(follow_tag_select_members(tx, corp, tag, after, limit, &rows, &n));
	out->v = ARENA_ARRAY(tx->cx->mem, int64_t, n);
	out->n = n;
	for (size_t i = 0; i < n; i++)
		out->v[i] = rows[i].member;
	return OK;
}

static enum err check_tag(struct tx *tx, const struct follow *f, int64_t tag)
{
	struct tag_select_one_row row;
	bool found, holds = true;

	TRY(tag_select_one(tx, f->corp, tag, &row, &found));
	if (!found || row.deleted)
		return why(tx->cx, ERR_BAD_TAG_ID, "no such tag");
	if (row.strategy)
		TRY(strategy_holds(tx, f->corp, row.strategy, f->member, &holds));
	if (!holds)
		return why(tx->cx, ERR_NO_TAG_RIGHT,
			"the tag is of a strategy that does not concern the member");
	return OK;
}

/* "+etA -etB": what was put on and taken off. */
static enum err record(struct tx *tx, const struct follow *f, struct ints add,
	struct ints remove)
{
	struct buf b;

	buf_init(&b, tx->cx->mem, 16 * (add.n + remove.n) + 1);
	for (size_t i = 0; i < add.n + remove.n; i++) {
		bool on = i < add.n;

		buf_lit(&b, i ? (on ? " +" : " -") : (on ? "+" : "-"));
		buf_put(&b,
			tag_id_text(tx->cx->mem, on ? add.v[i] : remove.v[i - add.n]));
	}
	return follow_record(tx, f, LEDGER_TAGGED, 0, buf_str(&b));
}

enum err follow_mark(struct tx *tx, struct follow *f, struct ints add, struct ints remove,
	int64_t by_app)
{
	struct follow_tag *tags;
	size_t n;

	for (size_t i = 0; i < remove.n; i++)
		TRY(follow_tag_delete(tx, f->corp, f->member, f->customer, remove.v[i]));
	for (size_t i = 0; i < add.n; i++) {
		TRY(check_tag(tx, f, add.v[i]));
		TRY(follow_tag_insert(tx, f->corp, f->member, f->customer, add.v[i],
			f->created_ms));
	}
	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &n));
	if (n > TAGS_OF_FOLLOW_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `add_tag`: at most %d tags", TAGS_OF_FOLLOW_MAX);
	TRY(record(tx, f, add, remove));
	follow_tell(tx, f, "changed");
	if (by_app)
		return OK; /* API-made changes cause no customer events */
	return follow_callback(tx, f,
		&(struct follow_news){ .change = "edit_external_contact",
			.state = f->state });
}
