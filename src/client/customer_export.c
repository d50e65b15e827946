/*
 * client/customer_export.c - a list of customers as a file, and whose hands it went through.
 *
 * Nothing can be taken along unseen: every export has a number, which stands with who and when
 * in the first and last row of the file; the same number follows each name in characters
 * that have no width (doc/exports.md), so that a part of the list tells it too.  The ledger
 * and the audit keep it.  On the desk only members may export to whom a strategy gives it
 * (export_customer_list), and only their own customers.
 */
#include <time.h>

#include "base/ids.h"
#include "client/client.h"
#include "core/account/audit.h"
#include "core/customer/follow.h"
#include "core/customer/tag.h"
#include "core/ledger/ledger.h"
#include "wire/csv.h"

enum { EXPORT_MAX = 50000, STEP = 200, TEXT_BYTES = 64 * 1024 };
enum { MARK_BITS = 2, MARKS = 32 };

#define EXPORT_IN(F, SUB)                                                                \
	F(text, userid, OPTIONAL, 0, 64, "Whose customers; absent: all of the company")
SHAPE(admin_customer_export_in, EXPORT_IN)
NO_OUT(admin_customer_export)
NO_IN(customer_export)
NO_OUT(customer_export)

struct export
{
	struct req *rq;
	int64_t corp, number, rows;
	int64_t member; /* 0: all */
	str userid;     /* who exports */
	str title, mark;
	struct csv_writer csv;
};

/* ---- marks ---- */

/* 64 bits as 32 characters without width, the highest bits first. */
static str mark_of(struct arena *mem, int64_t number)
{
	static const char *const signs[] = { "\xe2\x80\x8b", "\xe2\x80\x8c",
		"\xe2\x80\x8d", "\xe2\x81\xa0" };
	struct buf b;

	buf_init(&b, mem, 3 * MARKS + 1);
	for (int i = MARKS - 1; i >= 0; i--)
		buf_put(&b, str_of(signs[(uint64_t)number >> (i * MARK_BITS) & 3]));
	return buf_str(&b);
}

static enum err make_title(struct tx *tx, struct export *x)
{
	time_t seconds = (time_t)(tx->cx->now_ms / 1000);
	struct member who;
	struct corp corp;
	char when[32];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	TRY(corp_get(tx, x->corp, &corp));
	TRY(member_get(tx, x->corp, tx->cx->actor.id, &who));
	x->userid = who.userid;
	x->mark = mark_of(tx->cx->mem, x->number);
	x->title = arena_printf(tx->cx->mem,
		"# %.*s · 导出人 exported by %.*s (%.*s) · %s · 编号 No. %.*s",
		STR_FMT(corp.name), STR_FMT(who.name), STR_FMT(who.userid), when,
		STR_FMT(id_text(tx->cx->mem, "EX", x->number)));
	return OK;
}

/* ---- rows ---- */

static str joined(struct arena *mem, struct texts list)
{
	struct buf b;

	buf_init(&b, mem, TEXT_BYTES);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", STR_FMT(list.v[i]));
	return buf_str(&b);
}

static enum err tags_of(struct tx *tx, const struct follow *f, str *out)
{
	struct follow_tag *tags;
	struct texts names;

	TRY(follow_tags(tx, f->corp, f->member, f->customer, &tags, &names.n));
	names.v = ARENA_ARRAY(tx->cx->mem, str, names.n);
	for (size_t i = 0; i < names.n; i++)
		names.v[i] = tags[i].name;
	*out = joined(tx->cx->mem, names);
	return OK;
}

static str day_of(struct arena *mem, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	return arena_printf(mem, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday);
}

static enum err put_row(struct tx *tx, struct export *x, const struct follow *f)
{
	struct texts mobiles;
	struct customer c;
	struct member m;
	str tags;

	TRY(customer_get(tx, f->corp, f->customer, &c));
	TRY(member_get(tx, f->corp, f->member, &m));
	TRY(tags_of(tx, f, &tags));
	TRY(follow_mobiles(tx->cx, f, &mobiles));
	csv_put(&x->csv, arena_concat(tx->cx->mem, c.name, x->mark));
	csv_put(&x->csv, f->remark);
	csv_put(&x->csv, f->remark_company);
	csv_put(&x->csv, joined(tx->cx->mem, mobiles));
	csv_put(&x->csv, tags);
	csv_put(&x->csv, f->description);
	csv_put(&x->csv, f->state);
	csv_put(&x->csv, day_of(tx->cx->mem, f->created_ms));
	csv_put(&x->csv, m.userid);
	csv_put(&x->csv, c.external_userid);
	csv_end(&x->csv);
	x->rows++;
	return OK;
}

static void put_head(struct export *x)
{
	static const char *const columns[] = { "名称 name", "备注 remark", "公司 company",
		"电话 mobiles", "标签 tags", "描述 description", "来源 state",
		"添加日期 added", "成员 userid", "客户 external_userid" };

	csv_put(&x->csv, x->title);
	csv_end(&x->csv);
	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		csv_put(&x->csv, str_of(columns[i]));
	csv_end(&x->csv);
}

static enum err next_follows(struct tx *tx, const struct export *x, struct follow *at,
	struct follow **out, size_t *out_n)
{
	return x->member
		? follow_page(tx, x->corp, x->member, at->customer, STEP, out, out_n)
		: follow_served(tx, x->corp, at->customer, at->member, STEP, out, out_n);
}

/* What a step takes in memory is given back before the next: the list may be long. */
static enum err put_step(struct tx *tx, struct export *x, struct follow *at,
	size_t *out_n)
{
	struct arena *mem = tx->cx->mem;
	struct follow *follows;
	enum err err;

	tx->cx->mem = tx->cx->scratch;
	err = next_follows(tx, x, at, &follows, out_n);
	for (size_t i = 0; err == OK && i < *out_n; i++) {
		*at = follows[i];
		err = put_row(tx, x, at);
	}
	tx->cx->mem = mem;
	tx->cx->words = arena_str(mem, tx->cx->words);
	arena_clear(tx->cx->scratch);
	return err;
}

static enum err put_all(struct tx *tx, struct export *x)
{
	struct follow at = { 0 };
	size_t n;

	TRY(make_title(tx, x));
	put_head(x);
	do {
		TRY(put_step(tx, x, &at, &n));
		if (x->rows > EXPORT_MAX)
			return why(tx->cx, ERR_TOO_LARGE,
				"more than %d customers: export them member by member",
				EXPORT_MAX);
	} while (n == STEP);
	csv_put(&x->csv, x->title);
	csv_end(&x->csv);
	return OK;
}

/* ---- doing it ---- */

static enum err record(struct tx *tx, void *arg)
{
	const struct export *x = arg;
	str number = id_text(tx->cx->mem, "EX", x->number);
	str detail = arena_printf(tx->cx->mem, "%.*s %" PRId64 " customers",
		STR_FMT(number), x->rows);

	TRY(ledger_add(tx,
		&(struct ledger_entry){ .corp = x->corp,
			.kind = LEDGER_EXPORTED,
			.member = x->userid,
			.detail = detail }));
	return audit_add(tx, x->corp, "customer.export",
		arena_printf(tx->cx->mem, "member:%.*s", STR_FMT(x->userid)), detail);
}

/* The file leaves only when it is on record. */
static enum err finish(struct req *rq, struct export *x, struct buf *file)
{
	TRY(store_write(rq->house->store, rq->cx, record, x));
	answer_header(rq, STR("Content-Disposition"),
		arena_printf(rq->cx->mem, "attachment; filename=\"customers-%.*s.csv\"",
			STR_FMT(id_text(rq->cx->mem, "EX", x->number))));
	answer_bytes(rq, "text/csv; charset=utf-8", buf_str(file), "no-store");
	return OK;
}

static void begin(struct req *rq, struct export *x, struct buf *file)
{
	buf_init(file, rq->cx->mem, TEXT_BYTES);
	buf_put(file, STR("\xef\xbb\xbf")); /* or spreadsheets in China take it for GBK */
	*x = (struct export){ .rq = rq,
		.corp = rq->cx->actor.corp,
		.number = id_next(),
		.csv = { .out = file, .guard = true } };
}

static enum err read_admins(struct tx *tx, void *arg)
{
	struct export *x = arg;
	const struct admin_customer_export_in *in = x->rq->in;
	struct member m = { 0 };

	if (in->userid.n)
		TRY(member_by_userid_ever(tx, x->corp, in->userid, &m));
	x->member = m.member;
	return put_all(tx, x);
}

static enum err admin_customer_export(struct req *rq)
{
	struct export x;
	struct buf file;

	begin(rq, &x, &file);
	TRY(store_read(rq->house->store, rq->cx, read_admins, &x));
	return finish(rq, &x, &file);
}

static enum err read_members(struct tx *tx, void *arg)
{
	struct export *x = arg;
	bool any, may;

	x->member = tx->cx->actor.id;
	TRY(strategy_allows(tx, x->corp, STRATEGY_CUSTOMER, x->member,
		PRIVILEGE_export_customer_list, &any, &may));
	if (!may)
		return why(tx->cx, ERR_FORBIDDEN,
			"exporting customers needs a strategy that allows it");
	return put_all(tx, x);
}

static enum err customer_export(struct req *rq)
{
	struct export x;
	struct buf file;

	begin(rq, &x, &file);
	TRY(store_read(rq->house->store, rq->cx, read_members, &x));
	return finish(rq, &x, &file);
}

const struct route customer_export_routes[] = {
	ROUTE("POST", "/v1/customers/export", customer_export, member, WAITS,
		"My customers as a file, marked and on record; needs export_customer_list",
		ROUTE_RAW_REPLY),
	ROUTE("POST", "/v1/admin/customers/export", admin_customer_export, admin, WAITS,
		"Customers as a file, marked and on record", ROUTE_RAW_REPLY),
	LAST_ROUTE,
};
