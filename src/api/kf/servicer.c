/*
 * api/kf/servicer.c - who serves at an account, over HTTP (documents 94645 to 94647).
 */
#include "api/api.h"
#include "api/kf/kf.h"
#include "core/service/servicer.h"

enum { USERS_MAX = 100, PARTIES_ADD_MAX = 20, PARTIES_DEL_MAX = 100, LIST_MAX = 3000 };

#define LISTS(F, parties)                                                                \
	F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")                   \
	F(texts, userid_list, OPTIONAL, 0, USERS_MAX, "Members")                         \
	F(ints, department_id_list, OPTIONAL, 0, parties,                                \
		"Departments; at least one of both")
#define ADD_IN(F, SUB) LISTS(F, PARTIES_ADD_MAX)
SHAPE(kf_servicer_add_in, ADD_IN)
#define DEL_IN(F, SUB) LISTS(F, PARTIES_DEL_MAX)
SHAPE(kf_servicer_del_in, DEL_IN)

#define RESULT(F, SUB)                                                                   \
	F(octets, userid, SOMETIMES, 0, 64, "The member, or")                            \
	F(int, department_id, SOMETIMES, 0, INT64_MAX, "the department")                 \
	F(int, errcode, ALWAYS, INT32_MIN, INT32_MAX, "0: done, or so already")          \
	F(text, errmsg, ALWAYS, 0, 256, "success, ignored or what is wrong")
SHAPE(kf_servicer_result, RESULT)
#define RESULTS(F, SUB)                                                                  \
	SUB(list, result_list, kf_servicer_result, ALWAYS, 0,                            \
		USERS_MAX + PARTIES_DEL_MAX, "One for each given")
SHAPE(kf_servicer_add_out, RESULTS)
#define kf_servicer_del_out_shape kf_servicer_add_out_shape

#define LIST_IN(F, SUB) F(octets, open_kfid, OPTIONAL, 0, 64, "The account; required")
SHAPE(kf_servicer_list_in, LIST_IN)
#define ITEM(F, SUB)                                                                     \
	F(octets, userid, SOMETIMES, 0, 64, "A member, or")                              \
	F(int, status, SOMETIMES, 0, 1, "0 he receives, 1 he has stopped")               \
	F(int, stop_type, SOMETIMES, 0, 1, "0 stopped, 1 suspended")                     \
	F(int, department_id, SOMETIMES, 0, INT64_MAX, "a department")
SHAPE(kf_servicer_item, ITEM)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, servicer_list, kf_servicer_item, ALWAYS, 0, LIST_MAX,                  \
		"Members, then departments")
SHAPE(kf_servicer_list_out, LIST_OUT)

typedef enum err change_fn(struct req *rq, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_done);

static enum err add_one(struct req *rq, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_done)
{
	return servicer_add(rq->tx, a, kind, target, out_done);
}

static enum err del_one(struct req *rq, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_done)
{
	return servicer_drop(rq->tx, a, kind, target, out_done);
}

/* Nothing has been written for it: what is wrong with one does not stop the others. */
static void note_failure(struct req *rq, enum err err, struct kf_servicer_result *out)
{
	out->errcode = (int64_t)err;
	out->errmsg = str_of(err_row(err)->english);
	ctx_forgive(rq->cx);
}

static enum err find_member(struct req *rq, str userid, int64_t *out)
{
	const struct actor *app = &rq->cx->actor;
	struct member m;
	bool sees;

	TRY(member_by_userid(rq->tx, app->corp, userid, &m));
	TRY(app_sees_member(rq->tx, app->corp, app->id, m.member, &sees));
	*out = m.member;
	return sees ? OK : ERR_NO_PRIVILEGE;
}

static enum err find_department(struct req *rq, int64_t id)
{
	const struct actor *app = &rq->cx->actor;
	struct department d;
	bool sees;

	TRY(department_get(rq->tx, app->corp, id, &d));
	TRY(app_sees_department(rq->tx, app->corp, app->id, id, &sees));
	return sees ? OK : ERR_NO_PRIVILEGE;
}

static bool is_stores(enum err err)
{
	return err == ERR_STORE || err == ERR_NO_SPACE || err == ERR_BUSY;
}

static enum err change_one(struct req *rq, const struct service_account *a, int64_t kind,
	int64_t target, enum err found, change_fn *change, struct kf_servicer_result *out)
{
	bool done;

	if (is_stores(found))
		return found;
	if (found != OK) {
		note_failure(rq, found, out);
		return OK;
	}
	TRY(change(rq, a, kind, target, &done));
	out->errmsg = done ? STR("success") : STR("ignored");
	return OK;
}

static enum err change_all(struct req *rq, const struct kf_servicer_add_in *in,
	change_fn *change)
{
	struct kf_servicer_add_out *out = rq->out;
	struct kf_servicer_result *r;
	struct service_account a;

	TRY(kf_account(rq, in->open_kfid, &a));
	if (!in->userid_list.n && !in->department_id_list.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"fields `userid_list` and `department_id_list`: give at least one");
	r = ARENA_ARRAY(rq->cx->mem, struct kf_servicer_result,
		in->userid_list.n + in->department_id_list.n);
	out->result_list.v = r;
	for (size_t i = 0; i < in->userid_list.n; i++, r++) {
		int64_t member = 0;
		enum err found = find_member(rq, in->userid_list.v[i], &member);

		r->userid = in->userid_list.v[i];
		TRY(change_one(rq, &a, SERVICER_MEMBER, member, found, change, r));
	}
	for (size_t i = 0; i < in->department_id_list.n; i++, r++) {
		int64_t id = in->department_id_list.v[i];

		r->department_id = id;
		TRY(change_one(rq, &a, SERVICER_DEPARTMENT, id, find_department(rq, id),
			change, r));
	}
	out->result_list.n = (size_t)(r - out->result_list.v);
	return OK;
}

static enum err kf_servicer_add(struct req *rq)
{
	return change_all(rq, rq->in, add_one);
}

/* The two shapes differ in a bound alone. */
static enum err kf_servicer_del(struct req *rq)
{
	const struct kf_servicer_del_in *in = rq->in;
	struct kf_servicer_add_in same = { .open_kfid = in->open_kfid,
		.userid_list = in->userid_list,
		.department_id_list = in->department_id_list };

	return change_all(rq, &same, del_one);
}

static enum err kf_servicer_list(struct req *rq)
{
	const struct kf_servicer_list_in *in = rq->in;
	struct kf_servicer_list_out *out = rq->out;
	struct service_account a;
	struct servicer *list;
	size_t n;

	TRY(kf_account(rq, in->open_kfid, &a));
	TRY(servicer_all(rq->tx, &a, &list, &n));
	out->servicer_list.v = ARENA_ARRAY(rq->cx->mem, struct kf_servicer_item, n);
	for (size_t i = 0; i < n; i++) {
		struct kf_servicer_item *item =
			&out->servicer_list.v[out->servicer_list.n];
		struct member m;

		if (list[i].kind == SERVICER_DEPARTMENT) {
			item->department_id = list[i].target;
			out->servicer_list.n++;
			continue;
		}
		TRY(member_get(rq->tx, a.corp, list[i].target, &m));
		if (m.status == MEMBER_LEFT)
			continue;
		item->userid = m.userid;
		item->status = list[i].stopped;
		item->stop_type = list[i].stop_type;
		GIVE(item, status);
		if (list[i].stopped)
			GIVE(item, stop_type);
		out->servicer_list.n++;
	}
	return OK;
}

const struct route kf_servicer_routes[] = {
	POST("/cgi-bin/kf/servicer/add", kf_servicer_add, service, WRITES,
		"Let members and departments serve at an account"),
	POST("/cgi-bin/kf/servicer/del", kf_servicer_del, service, WRITES,
		"Let them serve there no more"),
	GET("/cgi-bin/kf/servicer/list", kf_servicer_list, service, READS,
		"Who serves at an account"),
	LAST_ROUTE,
};
