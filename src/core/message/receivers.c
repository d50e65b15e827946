/*
 * core/message/receivers.c - whom an app's message reaches (document 90236).
 *
 * Who is unknown, gone, disabled or outside the app's visible range is reported and
 * not sent to; a department stands for everybody in it and below it.
 */
#include "core/message/receivers.h"

enum { USERS_MAX = 1000, PARTIES_MAX = 100, TAGS_MAX = 100 };

struct gathering {
	struct tx *tx;
	int64_t corp, app;
	int64_t *ids;
	size_t n, cap;
};

static void add(struct gathering *g, int64_t member)
{
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 64;
		int64_t *ids = ARENA_ARRAY(g->tx->cx->mem, int64_t, cap);

		if (g->n)
			memcpy(ids, g->ids, g->n * sizeof(*ids));
		g->ids = ids;
		g->cap = cap;
	}
	g->ids[g->n++] = member;
}

/* ---- lists "a|b" ---- */

static bool next_item(str *rest, str *out)
{
	while (rest->n) {
		*out = str_trim(str_cut(rest, '|'));
		if (out->n)
			return true;
	}
	return false;
}

static enum err check_count(struct ctx *cx, const char *field, str list, size_t max)
{
	size_t n = 0;
	str item;

	while (next_item(&list, &item))
		n++;
	return n <= max ? OK
			: why(cx, ERR_BAD_USERID_LIST_SIZE, "field `%s`: at most %zu",
				  field, max);
}

static void report(struct buf *b, str item)
{
	if (b->n)
		buf_char(b, '|');
	for (size_t i = 0; i < item.n; i++) {
		char c = item.p[i];

		buf_char(b, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	}
}

/* ---- each kind ---- */

static bool takes_messages(int64_t status)
{
	return status == MEMBER_ACTIVE || status == MEMBER_NOT_ACTIVATED;
}

static enum err add_user(struct gathering *g, str userid, bool *out_good)
{
	struct member m;
	enum err err = member_by_userid(g->tx, g->corp, userid, &m);

	*out_good = false;
	if (err == ERR_STORE)
		return err;
	ctx_forgive(g->tx->cx);
	if (err != OK || !takes_messages(m.status))
		return OK;
	TRY(app_sees_member(g->tx, g->corp, g->app, m.member, out_good));
	if (*out_good)
		add(g, m.member);
	return OK;
}

static enum err add_department(struct gathering *g, int64_t department)
{
	struct ints ids;

	TRY(member_ids_in(g->tx, g->corp, department, true, &ids));
	for (size_t i = 0; i < ids.n; i++) {
		enum member_status status;
		bool admin;

		TRY(member_standing(g->tx, g->corp, ids.v[i], &status, &admin));
		if (takes_messages(status))
			add(g, ids.v[i]);
	}
	return OK;
}

static enum err add_party(struct gathering *g, str text, bool *out_good)
{
	struct department d;
	int64_t id;
	enum err err;

	*out_good = false;
	if (!str_int(text, &id))
		return OK;
	err = department_get(g->tx, g->corp, id, &d);
	if (err == ERR_STORE)
		return err;
	ctx_forgive(g->tx->cx);
	if (err != OK)
		return OK;
	TRY(app_sees_department(g->tx, g->corp, g->app, id, out_good));
	return *out_good ? add_department(g, id) : OK;
}

static enum err add_all(struct gathering *g)
{
	struct app_range range;
	struct ints departments;

	TRY(app_sees_from(g->tx, g->corp, g->app, &departments));
	for (size_t i = 0; i < departments.n; i++)
		TRY(add_department(g, departments.v[i]));
	TRY(app_range_get(g->tx, g->corp, g->app, &range));
	for (size_t i = 0; i < range.members.n; i++) {
		enum member_status status;
		bool admin;

		TRY(member_standing(g->tx, g->corp, range.members.v[i], &status, &admin));
		if (takes_messages(status))
			add(g, range.members.v[i]);
	}
	return OK;
}

/* ---- together ---- */

static void finish(struct gathering *g, struct receivers *out)
{
	out->members = (struct ints){ g->ids, g->n };
	ints_unite(&out->members);
}

static enum err gather_named(struct gathering *g, const struct receivers_in *in,
	struct receivers *out)
{
	struct arena *mem = g->tx->cx->mem;
	struct buf users, parties, tags;
	bool good, any = false;
	str list, item;

	buf_init(&users, mem, 64);
	buf_init(&parties, mem, 64);
	buf_init(&tags, mem, 64);
	for (list = in->users; next_item(&list, &item); any |= good) {
		TRY(add_user(g, item, &good));
		if (!good)
			report(&users, item);
	}
	for (list = in->parties; next_item(&list, &item); any |= good) {
		TRY(add_party(g, item, &good));
		if (!good)
			report(&parties, item);
	}
	/* Tags of members come with a later issue: none exists yet. */
	for (list = in->tags; next_item(&list, &item);)
		report(&tags, item);
	out->invalid_users = buf_str(&users);
	out->invalid_parties = buf_str(&parties);
	out->invalid_tags = buf_str(&tags);
	return any
		? OK
		: why(g->tx->cx, ERR_ALL_RECEIVERS_BAD,
			  "invaliduser: \"%.*s\", invalidparty: \"%.*s\", invalidtag: \"%.*s\"",
			  STR_FMT(str_first_bytes(out->invalid_users, 200)),
			  STR_FMT(str_first_bytes(out->invalid_parties, 200)),
			  STR_FMT(str_first_bytes(out->invalid_tags, 200)));
}

enum err receivers_find(struct tx *tx, int64_t corp, int64_t app,
	const struct receivers_in *in, struct receivers *out)
{
	struct gathering g = { .tx = tx, .corp = corp, .app = app };
	str users = in->users, parties = in->parties, tags = in->tags, item;

	*out = (struct receivers){ 0 };
	if (str_is(str_trim(users), "@all")) {
		TRY(add_all(&g));
		finish(&g, out);
		return OK;
	}
	if (!next_item(&users, &item) && !next_item(&parties, &item) &&
		!next_item(&tags, &item))
		return why(tx->cx, ERR_NO_RECEIVER,
			"one of touser, toparty and totag is needed");
	TRY(check_count(tx->cx, "touser", in->users, USERS_MAX));
	TRY(check_count(tx->cx, "toparty", in->parties, PARTIES_MAX));
	TRY(check_count(tx->cx, "totag", in->tags, TAGS_MAX));
	TRY(gather_named(&g, in, out));
	finish(&g, out);
	return OK;
}
