/*
 * api/directory/user.c - members, over HTTP.
 *
 * This file only translates.  Who is in a department and what an app may see is
 * decided in core/directory and core/app.
 */
#include "api/api.h"
#include "core/app/app.h"

#define USER_GET_IN(F, SUB) F(text, userid, OPTIONAL, 0, 64, "Whom to read; required")
SHAPE(user_get_in, USER_GET_IN)

#define USER(F, SUB)                                                                     \
	F(text, userid, ALWAYS, 1, 64, "His name within the company")                    \
	F(text, name, ALWAYS, 1, 64, "What people call him")                             \
	F(ints, department, ALWAYS, 0, 100, "Departments he is in")                      \
	F(ints, order, ALWAYS, 0, 100, "His place in each, greater stands first")        \
	F(text, position, ALWAYS, 0, 128, "What he does")                                \
	F(text, mobile, ALWAYS, 0, 32, "Mobile number")                                  \
	F(text, gender, ALWAYS, 1, 1, "0 unknown, 1 male, 2 female; a string")           \
	F(text, email, ALWAYS, 0, 64, "E-mail address")                                  \
	F(text, biz_mail, ALWAYS, 0, 64, "E-mail address the company gave him")          \
	F(ints, is_leader_in_dept, ALWAYS, 0, 100, "1 where he leads the department")    \
	F(texts, direct_leader, ALWAYS, 0, 1, "userid of whom he reports to")            \
	F(text, avatar, ALWAYS, 0, 2048, "Picture's address")                            \
	F(text, thumb_avatar, ALWAYS, 0, 2048, "Small picture's address")                \
	F(text, telephone, ALWAYS, 0, 32, "Fixed line")                                  \
	F(text, alias, ALWAYS, 0, 64, "Another name")                                    \
	F(text, address, ALWAYS, 0, 128, "Postal address")                               \
	F(int, main_department, ALWAYS, 1, UINT32_MAX, "The department he belongs to")   \
	F(json, extattr, ALWAYS, 0, 16384, "{attrs:[…]}: what the company added")        \
	F(int, status, ALWAYS, 1, 5, "1 active, 2 disabled, 4 not activated, 5 left")    \
	F(text, external_position, ALWAYS, 0, 12, "What he does, as customers read it")  \
	F(json, external_profile, SOMETIMES, 0, 16384, "What customers may read of him")
SHAPE(user_get_out, USER)

#define USER_LIST_IN(F, SUB)                                                             \
	F(int, department_id, REQUIRED, INT64_MIN, INT64_MAX, "Whose members")           \
	F(flag01, fetch_child, OPTIONAL, 0, 1, "1: with all departments below")
SHAPE(user_list_in, USER_LIST_IN)
#define user_simplelist_in_shape user_list_in_shape

#define USER_LIST_OUT(F, SUB)                                                            \
	SUB(list, userlist, user_get_out, ALWAYS, 0, INT32_MAX, "The members, in full")
SHAPE(user_list_out, USER_LIST_OUT)

#define USER_BRIEF(F, SUB)                                                               \
	F(text, userid, ALWAYS, 1, 64, "His name within the company")                    \
	F(text, name, ALWAYS, 1, 64, "What people call him")                             \
	F(ints, department, ALWAYS, 0, 100, "Departments he is in")
SHAPE(user_brief, USER_BRIEF)

#define USER_SIMPLELIST_OUT(F, SUB)                                                      \
	SUB(list, userlist, user_brief, ALWAYS, 0, INT32_MAX, "The members, in brief")
SHAPE(user_simplelist_out, USER_SIMPLELIST_OUT)

static enum err fill_places(struct req *rq, const struct member *m,
	struct user_get_out *out)
{
	struct member_place *places;
	size_t n;

	TRY(member_places(rq->tx, m->corp, m->member, &places, &n));
	int64_t *v = ARENA_ARRAY(rq->cx->mem, int64_t, 3 * n);
	out->department = (struct ints){ v, n };
	out->order = (struct ints){ v + n, n };
	out->is_leader_in_dept = (struct ints){ v + 2 * n, n };
	for (size_t i = 0; i < n; i++) {
		v[i] = places[i].department;
		v[n + i] = places[i].sort_order;
		v[2 * n + i] = places[i].is_leader;
	}
	return OK;
}

static enum err fill_user(struct req *rq, const struct member *m,
	struct user_get_out *out)
{
	static const str genders[] = { { "0", 1 }, { "1", 1 }, { "2", 1 } };

	out->userid = m->userid;
	out->name = m->name;
	out->position = m->position;
	out->mobile = m->mobile;
	out->gender = genders[m->gender];
	out->email = m->email;
	out->biz_mail = m->biz_mail;
	out->avatar = out->thumb_avatar = api_picture_url(rq, m->avatar);
	out->telephone = m->telephone;
	out->alias = m->alias;
	out->address = m->address;
	out->main_department = m->main_department;
	out->extattr = m->extattr.n ? m->extattr : STR("{\"attrs\":[]}");
	out->status = m->status;
	out->external_position = m->external_position;
	out->external_profile = m->external_profile;
	if (m->direct_leader.n) {
		str *leader = ARENA_NEW(rq->cx->mem, str);

		*leader = m->direct_leader;
		out->direct_leader = (struct texts){ leader, 1 };
	}
	return fill_places(rq, m, out);
}

static enum err user_get(struct req *rq)
{
	const struct user_get_in *in = rq->in;
	const struct actor *app = &rq->cx->actor;
	struct member m;
	bool sees;

	TRY(app_reads_names(rq->tx));
	if (!in->userid.n)
		return why(rq->cx, ERR_NO_USERID, "field `userid` is required");
	TRY(member_by_userid(rq->tx, app->corp, in->userid, &m));
	TRY(app_sees_member(rq->tx, app->corp, app->id, m.member, &sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"field `userid`: outside the app's visible range");
	return fill_user(rq, &m, rq->out);
}

/* The members of the department asked for, if the app may see it. */
static enum err members_asked(struct req *rq, struct member **out, size_t *out_n)
{
	const struct user_list_in *in = rq->in;
	const struct actor *app = &rq->cx->actor;
	struct department d;
	bool sees;

	TRY(app_reads_names(rq->tx));
	TRY(department_get(rq->tx, app->corp, in->department_id, &d));
	TRY(app_sees_department(rq->tx, app->corp, app->id, d.department, &sees));
	if (!sees)
		return why(rq->cx, ERR_NO_PRIVILEGE,
			"field `department_id`: outside the app's visible range");
	return member_page(rq->tx, app->corp, d.department, in->fetch_child, 0, INT64_MAX,
		out, out_n);
}

static enum err user_list(struct req *rq)
{
	struct user_list_out *out = rq->out;
	struct member *members;
	size_t n;

	TRY(members_asked(rq, &members, &n));
	out->userlist.v = ARENA_ARRAY(rq->cx->mem, struct user_get_out, n);
	out->userlist.n = n;
	for (size_t i = 0; i < n; i++)
		TRY(fill_user(rq, &members[i], &out->userlist.v[i]));
	return OK;
}

static enum err user_simplelist(struct req *rq)
{
	struct user_simplelist_out *out = rq->out;
	struct user_get_out places;
	struct member *members;
	size_t n;

	TRY(members_asked(rq, &members, &n));
	out->userlist.v = ARENA_ARRAY(rq->cx->mem, struct user_brief, n);
	out->userlist.n = n;
	for (size_t i = 0; i < n; i++) {
		struct user_brief *brief = &out->userlist.v[i];

		TRY(fill_places(rq, &members[i], &places));
		brief->userid = members[i].userid;
		brief->name = members[i].name;
		brief->department = places.department;
	}
	return OK;
}

const struct route user_routes[] = {
	GET("/cgi-bin/user/get", user_get, contacts_read, READS_QUICK, "Read one member"),
	GET("/cgi-bin/user/simplelist", user_simplelist, contacts_read, READS,
		"Members of a department, in brief"),
	GET("/cgi-bin/user/list", user_list, contacts_read, READS,
		"Members of a department, in full"),
	LAST_ROUTE,
};
