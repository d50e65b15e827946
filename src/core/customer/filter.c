/*
 * core/customer/filter.c - walking the index that says most.
 *
 *	members      one stream a member, of follow_by_time
 *	labels       one stream of the rarest label of tags_all, or one for each of tags_any,
 *	             of follow_tag_by_tag
 *	neither      one stream of the corp, of follow_by_added
 *
 * Streams are sorted newest first and merged; what comes twice (two of tags_any) is taken
 * once.  All else is asked of each row that comes up, cheap questions first.
 *
 * Beside a label's stream the other labels are streams, too, all in the same order: each
 * is wound on to the row in question and looked at (has).  So two labels cost what is read
 * of two indexes in order, and no look at a follow that has but one of them.
 */
#include "core/customer/filter.h"

#include "base/fold.h"
#include "core/customer/follow.sql.h"
#include "core/customer/personal_tag.h"
#include "core/customer/private.h"
#include "core/customer/tag.sql.h"

enum {
	BATCH_FIRST = 32,
	BATCH_MAX = 512,
	LOOK_MAX = 50000,
	RARE_ENOUGH = 2000,
	DENSE = 8
};

enum stream_kind { BY_CORP, BY_MEMBER, BY_TAG };

struct stream {
	enum stream_kind kind;
	int64_t id;                /* member or tag */
	struct follow_place place; /* of its last row read */
	struct follow *rows;       /* by tag: keys only */
	size_t at, n, batch;
	size_t asked; /* of the rows read last: a dense stream is read in large pieces */
	bool ended;
};

struct walk {
	struct tx *tx;
	int64_t corp;
	const struct follow_filter *f;
	str like[FILTER_TERMS];
	bool has_words;
	struct stream *streams;
	size_t n;
	struct stream *all, *any, *none; /* BY_TAG: to be asked; one for each label */
};

/* ---- words ---- */

static str pattern_of(struct arena *mem, str term)
{
	struct buf b;

	buf_init(&b, mem, term.n + 2);
	buf_char(&b, '%');
	for (size_t i = 0; i < term.n; i++) {
		if (term.p[i] == '%' || term.p[i] == '_' || term.p[i] == '!')
			buf_char(&b, '!');
		buf_char(&b, term.p[i]);
	}
	buf_char(&b, '%');
	return buf_str(&b);
}

static void read_words(struct walk *w)
{
	str rest = fold(w->tx->cx->mem, str_trim(w->f->q));

	for (size_t i = 0; i < FILTER_TERMS; i++) {
		str term = STR_NONE;

		while (rest.n && !term.n)
			term = str_cut(&rest, ' ');
		w->has_words = w->has_words || term.n;
		w->like[i] = term.n ? pattern_of(w->tx->cx->mem, term) : STR("%");
	}
}

/* ---- streams ---- */

static bool is_before(const struct follow_place *a, const struct follow_place *b)
{
	if (a->ms != b->ms)
		return a->ms > b->ms;
	if (a->customer != b->customer)
		return a->customer > b->customer;
	return a->member > b->member;
}

static struct follow_place place_of(const struct follow *f)
{
	return (struct follow_place){ f->created_ms, f->customer, f->member };
}

static enum err fill_rows(struct walk *w, struct stream *s, const struct follow_row *rows,
	size_t n)
{
	s->rows = ARENA_ARRAY(w->tx->cx->mem, struct follow, n);
	for (size_t i = 0; i < n; i++)
		follow_fill(&s->rows[i], w->corp, &rows[i]);
	s->n = n;
	return OK;
}

/* The place is in all streams the same; in a member's, ties with a greater member are
 * behind it, ties with a smaller one before it. */
static enum err read_member(struct walk *w, struct stream *s)
{
	struct follow_row *rows;
	size_t n;
	int64_t customer = s->place.customer;

	if (s->id < s->place.member && customer < INT64_MAX)
		customer++;
	TRY(follow_select_of_member(w->tx, w->corp, s->id, w->f->from_ms, s->place.ms,
		customer, w->like[0], w->like[1], w->like[2], (int64_t)s->batch, &rows,
		&n));
	return fill_rows(w, s, rows, n);
}

static enum err read_corp(struct walk *w, struct stream *s)
{
	struct follow_row *rows;
	size_t n;

	TRY(follow_select_of_corp(w->tx, w->corp, w->f->from_ms, s->place.ms,
		s->place.customer, s->place.member, w->like[0], w->like[1], w->like[2],
		(int64_t)s->batch, &rows, &n));
	return fill_rows(w, s, rows, n);
}

static enum err read_tag(struct walk *w, struct stream *s)
{
	struct follow_tag_select_newest_row *rows;
	size_t n;

	TRY(follow_tag_select_newest(w->tx, w->corp, s->id, w->f->from_ms, s->place.ms,
		s->place.customer, s->place.member, (int64_t)s->batch, &rows, &n));
	s->rows = ARENA_ARRAY(w->tx->cx->mem, struct follow, n);
	for (size_t i = 0; i < n; i++)
		s->rows[i] = (struct follow){ .corp = w->corp,
			.member = rows[i].member,
			.customer = rows[i].customer,
			.created_ms = rows[i].created_ms };
	s->n = n;
	return OK;
}

static enum err read_more(struct walk *w, struct stream *s)
{
	static enum err (*const read[])(struct walk *, struct stream *) = { read_corp,
		read_member, read_tag };

	TRY(read[s->kind](w, s));
	s->at = 0;
	s->ended = s->n < s->batch;
	if (s->n)
		s->place = place_of(&s->rows[s->n - 1]);
	s->batch = s->batch * 2 < BATCH_MAX ? s->batch * 2 : BATCH_MAX;
	return OK;
}

/* The newest row of all streams, taken off each that has it; NULL at the end. */
static enum err take(struct walk *w, const struct follow **out)
{
	const struct follow *best = NULL;
	struct follow_place place = { 0 };

	for (size_t i = 0; i < w->n; i++) {
		struct stream *s = &w->streams[i];
		struct follow_place p;

		if (s->at == s->n && !s->ended)
			TRY(read_more(w, s));
		if (s->at == s->n)
			continue;
		p = place_of(&s->rows[s->at]);
		if (!best || is_before(&p, &place)) {
			best = &s->rows[s->at];
			place = p;
		}
	}
	for (size_t i = 0; best && i < w->n; i++) {
		struct stream *s = &w->streams[i];

		s->at += s->at < s->n && s->rows[s->at].created_ms == place.ms &&
			s->rows[s->at].customer == place.customer &&
			s->rows[s->at].member == place.member;
	}
	*out = best;
	return OK;
}

/* Winds a label's stream on to a place; is the very row there?  Places only go on. */
static enum err has(struct walk *w, struct stream *s, const struct follow_place *p,
	bool *out)
{
	struct follow_place here;

	*out = false;
	s->asked++;
	for (;;) {
		for (; s->at < s->n; s->at++) {
			here = place_of(&s->rows[s->at]);
			if (!is_before(&here, p))
				goto reached;
		}
		if (s->ended)
			return OK;
		s->place = *p;
		s->place.member++; /* the row itself is behind it */
		if (s->asked < DENSE)
			s->batch = BATCH_FIRST;
		s->asked = 0;
		TRY(read_more(w, s));
	}
reached:
	*out = !is_before(p, &here);
	return OK;
}

static enum err rarest(struct walk *w, int64_t *out)
{
	struct ints tags = w->f->tags_all;
	int64_t least = INT64_MAX;

	*out = tags.v[0];
	for (size_t i = 0; tags.n > 1 && i < tags.n; i++) {
		struct follow_tag_count_row row;
		bool found;

		TRY(follow_tag_count(w->tx, w->corp, tags.v[i], w->f->from_ms,
			RARE_ENOUGH, &row, &found));
		if (row.n >= least)
			continue;
		least = row.n;
		*out = tags.v[i];
	}
	return OK;
}

static struct stream *streams_of(struct walk *w, enum stream_kind kind,
	const struct ints *ids, const struct follow_place *from)
{
	struct stream *v = ARENA_ARRAY(w->tx->cx->mem, struct stream, ids->n);

	for (size_t i = 0; i < ids->n; i++)
		v[i] = (struct stream){ .kind = kind,
			.id = ids->v[i],
			.place = *from,
			.batch = BATCH_FIRST };
	return v;
}

static enum err open_streams(struct walk *w, const struct follow_place *place)
{
	const struct follow_filter *f = w->f;
	struct follow_place from = *place;
	struct ints ids = f->members;
	enum stream_kind kind = BY_MEMBER;
	int64_t one = 0;

	if (!from.ms)
		from = (struct follow_place){ f->until_ms ? f->until_ms : INT64_MAX,
			f->until_ms ? 0 : INT64_MAX, 0 };
	if (!ids.n && f->tags_all.n) {
		TRY(rarest(w, &one));
		ids = (struct ints){ &one, 1 };
		kind = BY_TAG;
	} else if (!ids.n && f->tags_any.n) {
		ids = f->tags_any;
		kind = BY_TAG;
	} else if (!ids.n) {
		ids = (struct ints){ &one, 1 };
		kind = BY_CORP;
	}
	w->streams = streams_of(w, kind, &ids, &from);
	w->n = ids.n;
	w->all = streams_of(w, BY_TAG, &f->tags_all, &from);
	w->any = streams_of(w, BY_TAG, &f->tags_any, &from);
	w->none = streams_of(w, BY_TAG, &f->no_tags, &from);
	return OK;
}

/* ---- what is asked of each ---- */

static size_t common(const struct ints *wanted, const struct ints *there)
{
	size_t n = 0;

	for (size_t i = 0; i < wanted->n; i++)
		n += ints_sorted_has(there, wanted->v[i]);
	return n;
}

/* By the labels that the follow has. */
static enum err tags_fit(struct walk *w, const struct follow *f, bool *out)
{
	struct follow_tag_select_ids_row *rows;
	struct ints there;
	size_t n;

	*out = true;
	if (!w->f->tags_all.n && !w->f->tags_any.n && !w->f->no_tags.n)
		return OK;
	TRY(follow_tag_select_ids(w->tx, w->corp, f->member, f->customer, &rows, &n));
	there = (struct ints){ ARENA_ARRAY(w->tx->cx->mem, int64_t, n), n };
	for (size_t i = 0; i < n; i++)
		there.v[i] = rows[i].tag;
	*out = common(&w->f->tags_all, &there) == w->f->tags_all.n &&
		(!w->f->tags_any.n || common(&w->f->tags_any, &there)) &&
		!common(&w->f->no_tags, &there);
	return OK;
}

/* By the labels' streams, without a look at the follow. */
static enum err streams_fit(struct walk *w, const struct follow *f, bool *out)
{
	const struct follow_filter *q = w->f;
	struct follow_place p = place_of(f);
	bool yes = true, any = true;

	*out = false;
	for (size_t i = 0; i < q->tags_all.n; i++) {
		if (q->tags_all.v[i] != w->streams[0].id)
			TRY(has(w, &w->all[i], &p, &yes));
		if (!yes)
			return OK;
	}
	if (q->tags_all.n) /* else they are the streams themselves */
		any = !q->tags_any.n;
	for (size_t i = 0; !any && i < q->tags_any.n; i++)
		TRY(has(w, &w->any[i], &p, &any));
	for (size_t i = 0; any && i < q->no_tags.n; i++) {
		TRY(has(w, &w->none[i], &p, &yes));
		any = !yes;
	}
	*out = any;
	return OK;
}

static bool notes_fit(const struct walk *w, const struct follow *f)
{
	const struct follow_filter *q = w->f;

	return f->status == (q->status ? q->status : FOLLOW_ACTIVE) &&
		(q->add_way == FILTER_ANY_SOURCE || f->add_way == q->add_way) &&
		(!q->way || f->way == q->way) &&
		(!q->state.n || str_same(f->state, q->state));
}

static enum err unread_fits(struct walk *w, const struct follow *f, bool *out)
{
	struct chat_person me;
	struct chat chat;

	*out = !w->f->has_unread;
	if (*out)
		return OK;
	TRY(chat_get(w->tx, w->corp, f->chat, &chat));
	if (chat_person_get(w->tx, w->corp, f->chat, PERSON_MEMBER, f->member, &me) == OK)
		*out = me.read_seq < chat.last_seq;
	ctx_forgive(w->tx->cx);
	return OK;
}

/* A key of a label's stream: the rest of the row, and the words, which other streams have
 * looked for themselves. */
static enum err complete(struct walk *w, struct follow *f, bool *out)
{
	struct follow_select_like_row like;
	struct follow_row row;
	bool found;

	*out = false;
	TRY(follow_select(w->tx, w->corp, f->member, f->customer, &row, &found));
	if (!found)
		return OK;
	follow_fill(f, w->corp, &row);
	*out = true;
	if (w->has_words)
		TRY(follow_select_like(w->tx, w->corp, f->member, f->customer, w->like[0],
			w->like[1], w->like[2], &like, out));
	return OK;
}

/* Of a stream by label that comes from all members. */
static enum err fits_by_tag(struct walk *w, struct follow *f, bool *out)
{
	TRY(streams_fit(w, f, out));
	return *out ? complete(w, f, out) : OK;
}

static enum err fits(struct walk *w, struct follow *f, bool *out)
{
	bool by_tag = w->streams[0].kind == BY_TAG;

	*out = true;
	if (by_tag)
		TRY(fits_by_tag(w, f, out));
	if (!*out || !notes_fit(w, f)) {
		*out = false;
		return OK;
	}
	if (!by_tag)
		TRY(tags_fit(w, f, out));
	if (*out && w->f->personal_tag.n)
		TRY(personal_tag_has(w->tx, f, w->f->personal_tag, out));
	return *out ? unread_fits(w, f, out) : OK;
}

/* ---- one page ---- */

enum err follow_filter(struct tx *tx, int64_t corp, const struct follow_filter *f,
	struct follow_place *place, size_t limit, struct follow **out, size_t *out_n,
	bool *out_more)
{
	struct walk w = { .tx = tx, .corp = corp, .f = f };
	const struct follow *next = NULL;
	size_t n = 0;

	read_words(&w);
	TRY(open_streams(&w, place));
	*out = ARENA_ARRAY(tx->cx->mem, struct follow, limit);
	for (size_t looked = 0; n < limit && looked < LOOK_MAX; looked++) {
		bool fit;

		TRY(take(&w, &next));
		if (!next)
			break;
		*place = place_of(next);
		(*out)[n] = *next;
		TRY(fits(&w, &(*out)[n], &fit));
		n += fit;
	}
	*out_n = n;
	*out_more = next != NULL;
	return OK;
}
