/*
 * client/insight.c - what was done with customers, for the console and for oneself.
 */
#include "client/client.h"
#include "client/view.h"
#include "core/customer/way.h"
#include "core/insight/span.h"
#include "wire/csv.h"

#define SPAN_IN(F, SUB)                                                                  \
	F(time, from, REQUIRED, 0, INT64_MAX, "Unix milliseconds; the day it lies in")   \
	F(time, until, REQUIRED, 0, INT64_MAX, "In the last day")
SHAPE(insight_in, SPAN_IN)

#define NUMBERS(F)                                                                       \
	F(int, contacts, ALWAYS, 0, INT64_MAX, "New customers")                          \
	F(int, applies, ALWAYS, 0, INT64_MAX, "Of them, given by a handover")            \
	F(int, lost, ALWAYS, 0, INT64_MAX, "Customers who left")                         \
	F(int, chats, ALWAYS, 0, INT64_MAX, "Chats in which the member wrote")           \
	F(int, messages, ALWAYS, 0, INT64_MAX, "Messages the member wrote")              \
	F(int, asked, ALWAYS, 0, INT64_MAX, "Chats that customers began")                \
	F(int, replied, ALWAYS, 0, INT64_MAX, "Of them, answered on the day")            \
	F(real, reply_percentage, OPTIONAL, 0, 100, "Absent when nobody asked")          \
	F(real, reply_minutes, OPTIONAL, 0, 100000,                                      \
		"Until the first answer, on average; absent without one")
#define INSIGHT_DAY(F, SUB)                                                              \
	F(time, day, ALWAYS, 0, INT64_MAX, "When it began, Unix milliseconds")           \
	NUMBERS(F)
SHAPE(insight_day_item, INSIGHT_DAY)
#define INSIGHT_MEMBER(F, SUB)                                                           \
	F(octets, userid, ALWAYS, 0, 64, "The member")                                   \
	F(text, name, ALWAYS, 0, 64, "His name")                                         \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar")                          \
	F(int, department, ALWAYS, 0, INT64_MAX, "His main department")                  \
	NUMBERS(F)
SHAPE(insight_member_item, INSIGHT_MEMBER)
#define INSIGHT_DEPARTMENT(F, SUB)                                                       \
	F(int, department, ALWAYS, 0, INT64_MAX, "Its id")                               \
	F(text, name, ALWAYS, 0, 64, "Its name")                                         \
	NUMBERS(F)
SHAPE(insight_department_item, INSIGHT_DEPARTMENT)
#define INSIGHT_CHANNEL(F, SUB)                                                          \
	F(text, channel, ALWAYS, 0, 128, "Name or config_id of the code")                \
	F(text, name, ALWAYS, 0, 128, "Its remark, or whose code it is")                 \
	F(int, added, ALWAYS, 0, INT64_MAX, "Customers who came by it")                  \
	F(int, talked, ALWAYS, 0, INT64_MAX, "Of them, who wrote on the same day")
SHAPE(insight_channel_item, INSIGHT_CHANNEL)

#define INSIGHT_SUM(F, SUB) NUMBERS(F)
SHAPE(insight_sum_item, INSIGHT_SUM)
#define ADMIN_INSIGHT_OUT(F, SUB)                                                        \
	SUB(object, all, insight_sum_item, ALWAYS, 0, 0, "All of it")                    \
	SUB(list, days, insight_day_item, ALWAYS, 0, INSIGHT_DAYS_BACK, "By day")        \
	SUB(list, members, insight_member_item, ALWAYS, 0, INT32_MAX,                    \
		"By member; who did nothing is not there")                               \
	SUB(list, departments, insight_department_item, ALWAYS, 0, INT32_MAX,            \
		"By the members' main departments")                                      \
	SUB(list, channels, insight_channel_item, ALWAYS, 0, INT32_MAX,                  \
		"By the code that customers came by")
SHAPE(admin_insight_out, ADMIN_INSIGHT_OUT)
#define admin_insight_in_shape insight_in_shape

#define INSIGHT_OUT(F, SUB)                                                              \
	SUB(object, all, insight_sum_item, ALWAYS, 0, 0, "All of it")                    \
	SUB(list, days, insight_day_item, ALWAYS, 0, INSIGHT_DAYS_BACK, "By day")
SHAPE(insight_out, INSIGHT_OUT)

#define CSV_IN(F, SUB)                                                                   \
	F(octets, by, REQUIRED, 1, 16, "day, member, department or channel")             \
	SPAN_IN(F, SUB)
SHAPE(admin_insight_csv_in, CSV_IN)
NO_OUT(admin_insight_csv)

#define PUT_NUMBERS(out, m)                                                              \
	do {                                                                             \
		(out)->contacts = (m)->contacts;                                         \
		(out)->applies = (m)->applies;                                           \
		(out)->lost = (m)->lost;                                                 \
		(out)->chats = (m)->chats;                                               \
		(out)->messages = (m)->messages;                                         \
		(out)->asked = (m)->asked;                                               \
		(out)->replied = (m)->replied;                                           \
		if ((m)->asked) {                                                        \
			(out)->reply_percentage =                                        \
				insight_percent((m)->replied, (m)->asked);               \
			GIVE(out, reply_percentage);                                     \
		}                                                                        \
		if ((m)->replied) {                                                      \
			(out)->reply_minutes = minutes_of(m);                            \
			GIVE(out, reply_minutes);                                        \
		}                                                                        \
	} while (0)

/* To one digit. */
static double minutes_of(const struct insight_member *m)
{
	int64_t tenths = m->reply_ms * 10 / m->replied / 60000;

	return (double)tenths / 10;
}

static struct insight_sum_item *sum_of(struct req *rq, const struct insight_member *m)
{
	struct insight_sum_item *out = ARENA_NEW(rq->cx->mem, struct insight_sum_item);

	PUT_NUMBERS(out, m);
	return out;
}

static struct insight_day_item *days_of(struct req *rq, const struct insight_span *s)
{
	struct insight_day_item *out =
		ARENA_ARRAY(rq->cx->mem, struct insight_day_item, s->n_days);

	for (size_t i = 0; i < s->n_days; i++) {
		out[i] = (struct insight_day_item){ .day = s->first_ms +
				(int64_t)i * INSIGHT_DAY_MS };
		PUT_NUMBERS(&out[i], &s->days[i]);
	}
	return out;
}

static enum err members_of(struct req *rq, const struct insight_span *s,
	struct insight_member_item **out)
{
	*out = ARENA_ARRAY(rq->cx->mem, struct insight_member_item, s->n_members);
	for (size_t i = 0; i < s->n_members; i++) {
		struct insight_member_item *item = &(*out)[i];
		struct member m;

		TRY(member_get(rq->tx, rq->cx->actor.corp, s->members[i].member, &m));
		*item = (struct insight_member_item){
			.userid = m.userid,
			.name = m.name,
			.avatar = view_avatar(rq->cx->mem, m.corp, m.avatar),
			.department = m.main_department,
		};
		PUT_NUMBERS(item, &s->members[i]);
	}
	return OK;
}

/* ---- by department ---- */

struct department_sum {
	int64_t department;
	struct insight_member sum;
};

static struct department_sum *department_at(struct department_sum *all, size_t *n,
	int64_t department)
{
	for (size_t i = 0; i < *n; i++)
		if (all[i].department == department)
			return &all[i];
	all[*n] = (struct department_sum){ .department = department };
	return &all[(*n)++];
}

static enum err departments_of(struct req *rq, const struct insight_span *s,
	const struct insight_member_item *members, struct insight_department_item **out,
	size_t *out_n)
{
	struct department_sum *sums =
		ARENA_ARRAY(rq->cx->mem, struct department_sum, s->n_members);

	*out_n = 0;
	for (size_t i = 0; i < s->n_members; i++)
		insight_add(&department_at(sums, out_n, members[i].department)->sum,
			&s->members[i]);
	*out = ARENA_ARRAY(rq->cx->mem, struct insight_department_item, *out_n);
	for (size_t i = 0; i < *out_n; i++) {
		struct department d = { 0 };

		/* He may have left, and be in none. */
		if (department_get(rq->tx, rq->cx->actor.corp, sums[i].department, &d) !=
			OK)
			ctx_forgive(rq->cx);
		(*out)[i] = (struct insight_department_item){ .department =
								      sums[i].department,
			.name = d.name };
		PUT_NUMBERS(&(*out)[i], &sums[i].sum);
	}
	return OK;
}

/* ---- by channel ---- */

static enum err channel_name(struct req *rq, str channel, str *out)
{
	int64_t corp = rq->cx->actor.corp;
	struct member owner;
	struct way w;

	*out = STR("");
	if (way_named(rq->tx, corp, channel, &w) != OK) {
		ctx_forgive(rq->cx);
		return OK;
	}
	*out = w.remark;
	if (w.remark.n || !w.owner)
		return OK;
	TRY(member_get(rq->tx, corp, w.owner, &owner));
	*out = owner.name;
	return OK;
}

static enum err channels_of(struct req *rq, const struct insight_span *s,
	struct insight_channel_item **out)
{
	*out = ARENA_ARRAY(rq->cx->mem, struct insight_channel_item, s->n_channels);
	for (size_t i = 0; i < s->n_channels; i++) {
		const struct insight_channel *c = &s->channels[i];

		(*out)[i] = (struct insight_channel_item){ .channel = c->channel,
			.added = c->added,
			.talked = c->talked };
		TRY(channel_name(rq, c->channel, &(*out)[i].name));
	}
	return OK;
}

/* ---- rows ---- */

static enum err admin_insight(struct req *rq)
{
	const struct insight_in *in = rq->in;
	struct admin_insight_out *out = rq->out;
	struct insight_span s;

	TRY(insight_span(rq->tx, rq->cx->actor.corp, in->from, in->until, 0, &s));
	out->all = sum_of(rq, &s.all);
	out->days.v = days_of(rq, &s);
	out->days.n = s.n_days;
	TRY(members_of(rq, &s, &out->members.v));
	out->members.n = s.n_members;
	TRY(departments_of(rq, &s, out->members.v, &out->departments.v,
		&out->departments.n));
	TRY(channels_of(rq, &s, &out->channels.v));
	out->channels.n = s.n_channels;
	return OK;
}

static enum err insight(struct req *rq)
{
	const struct insight_in *in = rq->in;
	struct insight_out *out = rq->out;
	struct insight_span s;

	TRY(insight_span(rq->tx, rq->cx->actor.corp, in->from, in->until,
		rq->cx->actor.id, &s));
	out->all = sum_of(rq, &s.all);
	out->days.v = days_of(rq, &s);
	out->days.n = s.n_days;
	return OK;
}

/* ---- as a table ---- */

static void put_words(struct csv_writer *w, const char *const *words)
{
	for (; *words; words++)
		csv_put(w, str_of(*words));
}

static const char *const number_words[] = { "contacts", "applies", "lost", "chats",
	"messages", "asked", "replied", "reply_ms", NULL };

static void put_numbers(struct csv_writer *w, const struct insight_member *m)
{
	const int64_t n[] = { m->contacts, m->applies, m->lost, m->chats, m->messages,
		m->asked, m->replied, m->reply_ms };

	for (size_t i = 0; i < ARRAY_LEN(n); i++)
		csv_put_int(w, n[i]);
	csv_end(w);
}

static void put_head(struct csv_writer *w, const char *const *words)
{
	put_words(w, words);
	put_words(w, number_words);
	csv_end(w);
}

static enum err csv_days(struct req *rq, struct csv_writer *w,
	const struct insight_span *s)
{
	put_head(w, (const char *const[]){ "day_unix_ms", NULL });
	for (size_t i = 0; i < s->n_days; i++) {
		csv_put_int(w, s->first_ms + (int64_t)i * INSIGHT_DAY_MS);
		put_numbers(w, &s->days[i]);
	}
	return OK;
}

static enum err csv_members(struct req *rq, struct csv_writer *w,
	const struct insight_span *s)
{
	struct insight_member_item *items;

	TRY(members_of(rq, s, &items));
	put_head(w, (const char *const[]){ "userid", "name", "department", NULL });
	for (size_t i = 0; i < s->n_members; i++) {
		csv_put(w, items[i].userid);
		csv_put(w, items[i].name);
		csv_put_int(w, items[i].department);
		put_numbers(w, &s->members[i]);
	}
	return OK;
}

static enum err csv_departments(struct req *rq, struct csv_writer *w,
	const struct insight_span *s)
{
	struct insight_department_item *items;
	struct insight_member_item *members;
	size_t n;

	TRY(members_of(rq, s, &members));
	TRY(departments_of(rq, s, members, &items, &n));
	put_words(w,
		(const char *const[]){ "department", "name", "contacts", "applies",
			"lost", "chats", "messages", "asked", "replied", NULL });
	csv_end(w);
	for (size_t i = 0; i < n; i++) {
		const struct insight_department_item *d = &items[i];
		const int64_t all[] = { d->contacts, d->applies, d->lost, d->chats,
			d->messages, d->asked, d->replied };

		csv_put_int(w, d->department);
		csv_put(w, d->name);
		for (size_t j = 0; j < ARRAY_LEN(all); j++)
			csv_put_int(w, all[j]);
		csv_end(w);
	}
	return OK;
}

static enum err csv_channels(struct req *rq, struct csv_writer *w,
	const struct insight_span *s)
{
	struct insight_channel_item *items;

	TRY(channels_of(rq, s, &items));
	put_words(w, (const char *const[]){ "channel", "name", "added", "talked", NULL });
	csv_end(w);
	for (size_t i = 0; i < s->n_channels; i++) {
		csv_put(w, items[i].channel);
		csv_put(w, items[i].name);
		csv_put_int(w, items[i].added);
		csv_put_int(w, items[i].talked);
		csv_end(w);
	}
	return OK;
}

typedef enum err csv_fn(struct req *rq, struct csv_writer *w,
	const struct insight_span *s);

static csv_fn *table_of(str by)
{
	return str_is(by, "day")           ? csv_days
		: str_is(by, "member")     ? csv_members
		: str_is(by, "department") ? csv_departments
		: str_is(by, "channel")    ? csv_channels
					   : NULL;
}

static enum err admin_insight_csv(struct req *rq)
{
	const struct admin_insight_csv_in *in = rq->in;
	csv_fn *table = table_of(in->by);
	struct insight_span s;
	struct buf b;

	if (!table)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"field `by`: day, member, department or channel");
	TRY(insight_span(rq->tx, rq->cx->actor.corp, in->from, in->until, 0, &s));
	buf_init(&b, rq->cx->mem, 4096);
	buf_lit(&b, "\xEF\xBB\xBF"); /* so that spreadsheets read UTF-8 */
	TRY(table(rq, &(struct csv_writer){ .out = &b, .guard = true }, &s));
	answer_header(rq, STR("Content-Disposition"),
		arena_printf(rq->cx->mem, "attachment; filename=\"insight-%.*s.csv\"",
			STR_FMT(in->by)));
	answer_bytes(rq, "text/csv; charset=utf-8", buf_str(&b), NULL);
	return OK;
}

const struct route insight_routes[] = {
	GET("/v1/insight", insight, member, READS, "What I did with customers, by days"),
	GET("/v1/admin/insight", admin_insight, admin, READS,
		"What was done with customers, by day, member, department and channel"),
	GET_RAW("/v1/admin/insight.csv", admin_insight_csv, admin, READS,
		"The same as a table"),
	LAST_ROUTE,
};
