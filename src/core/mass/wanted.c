/*
 * core/mass/wanted.c - whom a mass message is for: kept as JSON, walked in slices.
 */
#include "base/ids.h"
#include "core/app/app.h"
#include "core/customer/tag.h"
#include "core/group/group.h"
#include "core/mass/private.h"

enum { FOLLOWERS_MAX = 500 };

/* ---- kept ---- */

#define WANTED_TAGS(F, SUB) F(texts, tags, ALWAYS, 0, FILTER_TAGS_MAX, "One of them")
SHAPE(wanted_tags, WANTED_TAGS)
#define WANTED(F, SUB)                                                                   \
	F(int, app, SOMETIMES, 0, INT64_MAX, "Only members it sees")                     \
	F(flag, groups, SOMETIMES, 0, 1, "Of groups, not customers")                     \
	F(flag, by_list, SOMETIMES, 0, 1, "customers counts")                            \
	F(texts, customers, SOMETIMES, 0, MASS_LIST_MAX, "Numbers of customers")         \
	F(texts, members, SOMETIMES, 0, MASS_MEMBERS_MAX, "Numbers of members")          \
	SUB(list, tags, wanted_tags, SOMETIMES, 0, MASS_TAG_GROUPS_MAX, "All of them")   \
	F(texts, no_tags, SOMETIMES, 0, FILTER_TAGS_MAX, "None of them")                 \
	F(id, from, SOMETIMES, 0, INT64_MAX, "Unix milliseconds")                        \
	F(id, until, SOMETIMES, 0, INT64_MAX, "Unix milliseconds")
SHAPE(wanted, WANTED)

/* JSON numbers are no place for 63 bits. */
static struct texts to_texts(struct arena *mem, struct ints in)
{
	struct texts out = { ARENA_ARRAY(mem, str, in.n), in.n };

	for (size_t i = 0; i < in.n; i++)
		out.v[i] = id_text(mem, "", in.v[i]);
	return out;
}

static struct ints to_ints(struct arena *mem, struct texts in)
{
	struct ints out = { ARENA_ARRAY(mem, int64_t, in.n), 0 };

	for (size_t i = 0; i < in.n; i++)
		if (id_parse(in.v[i], "", &out.v[out.n]))
			out.n++;
	return out;
}

enum err wanted_pack(struct ctx *cx, const struct mass_wanted *w, str *out)
{
	struct wanted kept = { .app = w->app,
		.by_list = w->by_list,
		.groups = w->groups,
		.customers = to_texts(cx->mem, w->customers),
		.members = to_texts(cx->mem, w->members),
		.no_tags = to_texts(cx->mem, w->no_tags),
		.from = w->from_ms,
		.until = w->until_ms };

	if (w->customers.n > MASS_LIST_MAX || w->members.n > MASS_MEMBERS_MAX)
		return why(cx, ERR_INVALID_ARGUMENT, "too many customers or members");
	kept.tags.v = ARENA_ARRAY(cx->mem, struct wanted_tags, w->n_tags);
	kept.tags.n = w->n_tags;
	for (size_t i = 0; i < w->n_tags; i++)
		kept.tags.v[i].tags = to_texts(cx->mem, w->tags[i]);
	*out = shape_text(cx->mem, wanted_shape(), &kept);
	return OK;
}

enum err wanted_unpack(struct ctx *cx, str json, struct mass_wanted *out)
{
	struct wanted kept = { 0 };

	TRY(shape_parse(cx, wanted_shape(), json, &kept));
	*out = (struct mass_wanted){ .app = kept.app,
		.by_list = kept.by_list,
		.groups = kept.groups,
		.customers = to_ints(cx->mem, kept.customers),
		.members = to_ints(cx->mem, kept.members),
		.no_tags = to_ints(cx->mem, kept.no_tags),
		.from_ms = kept.from,
		.until_ms = kept.until,
		.tags = ARENA_ARRAY(cx->mem, struct ints, kept.tags.n),
		.n_tags = kept.tags.n };
	for (size_t i = 0; i < kept.tags.n; i++)
		out->tags[i] = to_ints(cx->mem, kept.tags.v[i].tags);
	return OK;
}

/* ---- walked ---- */

static void remember(struct arena *mem, struct ints *list, int64_t x)
{
	if (!list->n || !(list->n & (list->n - 1))) {
		int64_t *v = ARENA_ARRAY(mem, int64_t, list->n ? 2 * list->n : 1);

		if (list->n)
			memcpy(v, list->v, list->n * sizeof(*v));
		list->v = v;
	}
	list->v[list->n++] = x;
}

static enum err ask_member(struct tx *tx, int64_t corp, const struct mass_wanted *w,
	int64_t member, bool *out)
{
	struct member m;

	*out = !w->members.n || ints_has(&w->members, member);
	if (*out) {
		TRY(member_get(tx, corp, member, &m));
		*out = m.serves_customers && m.status != MEMBER_LEFT &&
			m.status != MEMBER_DISABLED;
	}
	return *out && w->app ? app_sees_member(tx, corp, w->app, member, out) : OK;
}

/* Members come again and again: each is asked for once. */
static enum err may_send(struct tx *tx, int64_t corp, struct wanted_walk *walk,
	int64_t member, bool *out)
{
	*out = ints_has(&walk->may, member);
	if (*out || ints_has(&walk->may_not, member))
		return OK;
	TRY(ask_member(tx, corp, walk->w, member, out));
	remember(tx->cx->mem, *out ? &walk->may : &walk->may_not, member);
	return OK;
}

static bool has_one(const struct follow_tag *tags, size_t n, const struct ints *wanted)
{
	for (size_t i = 0; i < n; i++)
		if (ints_has(wanted, tags[i].tag))
			return true;
	return false;
}

/* Of the lists of labels the filter took the first; the rest is asked here. */
static enum err has_labels(struct tx *tx, const struct mass_wanted *w,
	const struct follow *f, size_t from, bool *out)
{
	struct follow_tag *tags;
	size_t n;

	*out = true;
	if (from >= w->n_tags)
		return OK;
	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &n));
	for (size_t i = from; i < w->n_tags && *out; i++)
		*out = has_one(tags, n, &w->tags[i]);
	return OK;
}

static enum err keep_good(struct tx *tx, int64_t corp, struct wanted_walk *walk,
	size_t labels_from, struct follow *v, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		bool good;

		TRY(may_send(tx, corp, walk, v[i].member, &good));
		if (good)
			TRY(has_labels(tx, walk->w, &v[i], labels_from, &good));
		if (good)
			v[kept++] = v[i];
	}
	*n = kept;
	return OK;
}

static enum err next_of_filter(struct tx *tx, int64_t corp, struct wanted_walk *walk,
	size_t limit, struct follow **out, size_t *out_n)
{
	const struct mass_wanted *w = walk->w;
	struct follow_filter f = { .add_way = FILTER_ANY_SOURCE,
		.no_tags = w->no_tags,
		.from_ms = w->from_ms,
		.until_ms = w->until_ms };

	if (w->members.n <= FILTER_MEMBERS_MAX)
		f.members = w->members;
	if (w->n_tags)
		f.tags_any = w->tags[0];
	TRY(follow_filter(tx, corp, &f, &walk->place, limit, out, out_n, &walk->more));
	return keep_good(tx, corp, walk, 1, *out, out_n);
}

static enum err next_of_list(struct tx *tx, int64_t corp, struct wanted_walk *walk,
	size_t limit, struct follow **out, size_t *out_n)
{
	const struct ints *list = &walk->w->customers;
	struct follow *v = ARENA_ARRAY(tx->cx->mem, struct follow, limit + FOLLOWERS_MAX);
	size_t n = 0;

	while (n < limit && walk->at < (int64_t)list->n) {
		struct follow *of;
		size_t m;

		TRY(follow_of_customer(tx, corp, list->v[walk->at], 0, FOLLOWERS_MAX, &of,
			&m));
		for (size_t i = 0; i < m; i++)
			v[n++] = of[i];
		walk->at++;
	}
	walk->more = walk->at < (int64_t)list->n;
	*out = v;
	*out_n = n;
	return keep_good(tx, corp, walk, 0, v, out_n);
}

/* Groups stand in the rows as customers do: by number, with their chat. */
static enum err next_of_groups(struct tx *tx, int64_t corp, struct wanted_walk *walk,
	size_t limit, struct follow **out, size_t *out_n)
{
	const struct mass_wanted *w = walk->w;
	struct customer_group *list;
	size_t n;

	TRY(group_page(tx, corp, w->members.n ? w->members.v[0] : 0, walk->at,
		(int64_t)limit, &list, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct follow, n);
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		walk->at = list[i].group;
		if (!w->by_list || ints_has(&w->customers, list[i].group))
			(*out)[(*out_n)++] = (struct follow){ .corp = corp,
				.member = list[i].owner,
				.customer = list[i].group,
				.chat = list[i].chat };
	}
	walk->more = n == limit;
	return OK;
}

enum err wanted_next(struct tx *tx, int64_t corp, struct wanted_walk *walk, size_t limit,
	struct follow **out, size_t *out_n)
{
	if (walk->w->groups)
		return next_of_groups(tx, corp, walk, limit, out, out_n);
	return walk->w->by_list ? next_of_list(tx, corp, walk, limit, out, out_n)
				: next_of_filter(tx, corp, walk, limit, out, out_n);
}

enum err mass_count(struct tx *tx, int64_t corp, const struct mass_wanted *w,
	struct mass_counted *out)
{
	enum { PAGE = 2000 };
	struct wanted_walk walk = { .w = w, .more = true };
	struct ints customers = { .v = ARENA_ARRAY(tx->cx->mem, int64_t,
					  MASS_COUNT_MAX + PAGE + FOLLOWERS_MAX) };
	struct ints members = { 0 };

	*out = (struct mass_counted){ 0 };
	while (walk.more && customers.n < MASS_COUNT_MAX) {
		struct follow *v;
		size_t n;

		TRY(wanted_next(tx, corp, &walk, PAGE, &v, &n));
		for (size_t i = 0; i < n; i++) {
			customers.v[customers.n++] = v[i].customer;
			if (!ints_has(&members, v[i].member))
				remember(tx->cx->mem, &members, v[i].member);
		}
	}
	ints_unite(&customers);
	out->customers = (int64_t)customers.n;
	out->members = (int64_t)members.n;
	out->more = walk.more;
	return OK;
}
