#include "core/acquisition/link.h"

#include "base/ids.h"
#include "base/json.h"
#include "core/acquisition/arrival.h"
#include "core/acquisition/link.sql.h"
#include "core/acquisition/news.h"

str acq_link_id(struct arena *mem, int64_t link)
{
	return id_text(mem, "ca", link);
}

bool acq_link_parse(str id, int64_t *out_link)
{
	return id_parse(id, "ca", out_link);
}

/* ---- the list of members, as text ---- */

static str pack(struct arena *mem, const struct ints *list)
{
	struct buf b;

	buf_init(&b, mem, 64);
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&b, "%s%" PRId64, i ? "," : "", list->v[i]);
	return buf_str(&b);
}

static struct ints unpack(struct arena *mem, str text)
{
	struct ints list = { .v = ARENA_ARRAY(mem, int64_t, text.n / 2 + 1) };

	while (text.n) {
		str number = str_cut(&text, ',');

		if (str_int(number, &list.v[list.n]))
			list.n++;
	}
	return list;
}

static void fill(struct arena *mem, struct acq_link *l, int64_t corp,
	const struct acq_link_row *r)
{
	*l = (struct acq_link){
		.corp = corp,
		.link = r->link,
		.app = r->app,
		.name = r->name,
		.priority_type = (enum acq_priority)r->priority_type,
		.priority = unpack(mem, r->priority),
		.unavailable = r->unavailable,
		.created_ms = r->created_ms,
	};
}

/* ---- keeping ---- */

static enum err check(struct tx *tx, const struct acq_link *l)
{
	size_t chars = str_chars(l->name);

	if (!chars || chars > ACQ_NAME_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `link_name`: 1 to %d characters", ACQ_NAME_MAX);
	if ((int)l->priority_type < 0 || l->priority_type > ACQ_PRIORITY_MEMBERS)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `priority_option.priority_type`: 1 or 2");
	if (l->priority_type == ACQ_PRIORITY_MEMBERS && !l->priority.n)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `priority_option.priority_userid_list`: needed for type 2");
	if (l->priority.n > ACQ_PRIORITY_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `priority_option.priority_userid_list`: at most %d",
			ACQ_PRIORITY_MAX);
	return OK;
}

enum err acq_link_add(struct tx *tx, struct acq_link *l)
{
	struct acq_count_links_row all;
	bool found;

	TRY(check(tx, l));
	TRY(acq_count_links(tx, l->corp, &all, &found));
	if (all.n >= ACQ_LINKS_MAX)
		return why(tx->cx, ERR_ACQ_LIMIT, "at most %d links", ACQ_LINKS_MAX);
	l->link = id_next();
	l->created_ms = tx->cx->now_ms;
	return acq_insert_link(tx, l->corp, l->link, l->app, l->name, l->priority_type,
		pack(tx->cx->mem, &l->priority), l->created_ms);
}

enum err acq_link_set(struct tx *tx, const struct acq_link *l)
{
	TRY(check(tx, l));
	return acq_update_link(tx, l->corp, l->link, l->name, l->priority_type,
		pack(tx->cx->mem, &l->priority));
}

enum err acq_link_drop(struct tx *tx, const struct acq_link *l, bool by_console)
{
	TRY(acq_arrivals_drop(tx, l->corp, l->link));
	TRY(acq_delete_link(tx, l->corp, l->link));
	return by_console
		? acq_tell(tx, l->corp, l, &(struct acq_news){ .change = "delete_link" })
		: OK;
}

enum err acq_link_get(struct tx *tx, int64_t corp, int64_t link, struct acq_link *out)
{
	struct acq_link_row row;
	bool found;

	TRY(acq_select_link(tx, corp, link, &row, &found));
	if (!found)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `link_id`: no such link");
	fill(tx->cx->mem, out, corp, &row);
	return OK;
}

enum err acq_link_page(struct tx *tx, int64_t corp, int64_t app, int64_t before,
	int64_t limit, struct acq_link **out, size_t *out_n)
{
	struct acq_link_row *rows;
	size_t n;

	TRY(acq_select_links(tx, corp, app, before ? before : INT64_MAX, limit, &rows,
		&n));
	*out = ARENA_ARRAY(tx->cx->mem, struct acq_link, n);
	for (size_t i = 0; i < n; i++)
		fill(tx->cx->mem, &(*out)[i], corp, &rows[i]);
	*out_n = n;
	return OK;
}

enum err acq_link_state(struct tx *tx, struct acq_link *l, bool unavailable)
{
	if (l->unavailable == unavailable)
		return OK;
	l->unavailable = unavailable;
	TRY(acq_set_unavailable(tx, l->corp, l->link, unavailable));
	return unavailable ? acq_tell(tx, l->corp, l,
				     &(struct acq_news){ .change = "link_unavailable" })
			   : OK;
}
