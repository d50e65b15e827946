/*
 * core/directory/member.c - one member at a time.
 */
#include "base/fold.h"
#include "base/ids.h"
#include "core/directory/check.h"
#include "core/directory/corp.sql.h"
#include "core/directory/member.sql.h"
#include "core/directory/member_row.h"
#include "core/directory/tree.h"

void member_of_row(int64_t corp, const struct member_row *row, struct member *out)
{
	*out = (struct member){
		.corp = corp,
		.member = row->member,
		.number = row->number,
		.userid = row->userid,
		.name = row->name,
		.alias = row->alias,
		.position = row->position,
		.mobile = row->mobile,
		.email = row->email,
		.biz_mail = row->biz_mail,
		.telephone = row->telephone,
		.address = row->address,
		.avatar = row->avatar,
		.external_position = row->external_position,
		.external_profile = row->external_profile,
		.extattr = row->extattr,
		.direct_leader = row->direct_leader,
		.gender = row->gender,
		.main_department = row->main_department,
		.status = row->status,
		.created_ms = row->created_ms,
		.admin = row->admin,
		.serves_customers = row->serves_customers,
	};
}

str userid_fold(struct arena *mem, str userid)
{
	char *p = arena_alloc(mem, userid.n + 1);

	for (size_t i = 0; i < userid.n; i++) {
		char c = userid.p[i];

		p[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return str_make(p, userid.n);
}

/* ---- reading ---- */

enum err member_get(struct tx *tx, int64_t corp, int64_t member, struct member *out)
{
	struct member_row row;
	bool found;

	TRY(member_select(tx, corp, member, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NO_USER, "field `member`: not found");
	member_of_row(corp, &row, out);
	return OK;
}

enum err member_by_userid_ever(struct tx *tx, int64_t corp, str userid,
	struct member *out)
{
	struct member_row row;
	bool found;

	TRY(check_userid(tx->cx, "userid", userid));
	TRY(member_select_by_userid(tx, corp, userid_fold(tx->cx->mem, userid), &row,
		&found));
	if (!found)
		return why(tx->cx, ERR_NO_USER, "userid %.*s: not found",
			STR_FMT(userid));
	member_of_row(corp, &row, out);
	return OK;
}

enum err member_by_userid(struct tx *tx, int64_t corp, str userid, struct member *out)
{
	TRY(member_by_userid_ever(tx, corp, userid, out));
	if (out->status == MEMBER_LEFT)
		return why(tx->cx, ERR_NO_USER, "userid %.*s: not found",
			STR_FMT(userid));
	return OK;
}

enum err member_standing(struct tx *tx, int64_t corp, int64_t member,
	enum member_status *out_status, bool *out_admin)
{
	struct standing_row row;
	bool found;

	TRY(member_standing_select(tx, corp, member, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NO_USER, "field `member`: not found");
	*out_status = (enum member_status)row.status;
	*out_admin = row.admin;
	return OK;
}

enum err member_serving(struct tx *tx, int64_t corp, int64_t member, str *out_userid)
{
	struct serving_row row;
	bool found;

	TRY(member_serving_select(tx, corp, member, &row, &found));
	*out_userid = found && row.serves_customers && row.status != MEMBER_LEFT
		? row.userid
		: STR_NONE;
	return OK;
}

static enum err find_sign_in(struct tx *tx, int64_t corp, str account,
	struct found_row *row, bool *found)
{
	*found = false;
	if (check_userid(tx->cx, "account", account) == OK)
		TRY(member_of_userid(tx, corp, userid_fold(tx->cx->mem, account), row,
			found));
	if (!*found)
		TRY(member_of_mobile(tx, corp, account, row, found));
	if (!*found)
		TRY(member_of_email(tx, corp, fold(tx->cx->mem, account), row, found));
	return OK;
}

enum err member_by_sign_in(struct tx *tx, int64_t corp, str account, struct member *out)
{
	struct found_row row;
	bool found;

	TRY(find_sign_in(tx, corp, account, &row, &found));
	ctx_forgive(tx->cx);
	if (!found)
		return why(tx->cx, ERR_NO_USER, "field `account`: not found");
	return member_get(tx, corp, row.member, out);
}

enum err member_places(struct tx *tx, int64_t corp, int64_t member,
	struct member_place **out, size_t *out_n)
{
	struct place_row *rows;
	size_t n;

	TRY(place_select(tx, corp, member, &rows, &n));
	struct member_place *places = ARENA_ARRAY(tx->cx->mem, struct member_place, n);
	for (size_t i = 0; i < n; i++)
		places[i] = (struct member_place){ rows[i].department, rows[i].sort_order,
			rows[i].is_leader };
	*out = places;
	*out_n = n;
	return OK;
}

/* ---- changing ---- */

enum err member_row_insert(struct tx *tx, const struct member *m)
{
	struct arena *mem = tx->cx->mem;

	TRY(member_insert(tx, m->corp, m->member, m->number, m->userid,
		userid_fold(mem, m->userid), m->name, fold(mem, m->name), m->alias,
		m->position, m->mobile, m->email, fold(mem, m->email), m->biz_mail,
		m->telephone, m->address, m->gender, m->avatar, m->external_position,
		m->external_profile, m->extattr, m->main_department, m->direct_leader,
		m->status, m->admin, m->serves_customers, m->created_ms));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_CONFLICT, "field `userid`: %.*s exists already",
			STR_FMT(m->userid));
	return OK;
}

enum err member_row_update(struct tx *tx, const struct member *m)
{
	struct arena *mem = tx->cx->mem;

	TRY(member_update(tx, m->corp, m->member, m->name, fold(mem, m->name), m->alias,
		m->position, m->mobile, m->email, fold(mem, m->email), m->biz_mail,
		m->telephone, m->address, m->gender, m->avatar, m->external_position,
		m->external_profile, m->extattr, m->main_department, m->direct_leader,
		m->admin, m->serves_customers));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_NO_USER, "userid %.*s: not found",
			STR_FMT(m->userid));
	return OK;
}

enum err member_contact_is_free(struct tx *tx, const struct member *m)
{
	struct found_row row;
	bool found = false;

	if (m->mobile.n)
		TRY(member_of_mobile(tx, m->corp, m->mobile, &row, &found));
	if (found && row.member != m->member)
		return why(tx->cx, ERR_CONFLICT, "field `mobile`: another member has it");
	found = false;
	if (m->email.n)
		TRY(member_of_email(tx, m->corp, fold(tx->cx->mem, m->email), &row,
			&found));
	if (found && row.member != m->member)
		return why(tx->cx, ERR_CONFLICT, "field `email`: another member has it");
	return OK;
}

static enum err check_places(struct tx *tx, const struct member *m,
	const struct member_place *places, size_t n)
{
	const struct tree *t;
	bool has_main = false;

	if (n < 1 || n > MEMBER_MAX_PLACES)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "field `department`: 1 to %d",
			MEMBER_MAX_PLACES);
	TRY(tree_get(tx, m->corp, &t));
	for (size_t i = 0; i < n; i++) {
		if (tree_find(t, places[i].department) == TREE_NONE)
			return why(tx->cx, ERR_BAD_DEPARTMENT,
				"field `department[%zu]`: no department %" PRId64, i,
				places[i].department);
		if (places[i].sort_order < 0 || places[i].sort_order > UINT32_MAX)
			return why(tx->cx, ERR_INVALID_ARGUMENT,
				"field `order[%zu]`: 0 to 4294967295", i);
		has_main |= places[i].department == m->main_department;
	}
	if (!has_main)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `main_department`: not among department");
	return OK;
}

enum err member_places_put(struct tx *tx, const struct member *m,
	const struct member_place *places, size_t n, bool is_new)
{
	if (!is_new)
		TRY(place_delete_all(tx, m->corp, m->member));
	for (size_t i = 0; i < n; i++)
		TRY(place_insert(tx, m->corp, places[i].department, m->member,
			places[i].sort_order, places[i].is_leader));
	return OK;
}

enum err member_add(struct tx *tx, struct member *m, const struct member_place *places,
	size_t n)
{
	static const struct member_place root = { .department = DEPARTMENT_ROOT };
	struct corp_take_numbers_row numbers;
	struct member new = *m;
	bool found;

	if (n == 0) {
		places = &root;
		n = 1;
	}
	if (!new.main_department)
		new.main_department = places[0].department;
	if (!new.status)
		new.status = MEMBER_NOT_ACTIVATED;
	new.member = id_next();
	new.created_ms = tx->cx->now_ms;
	TRY(check_member(tx->cx, &new));
	TRY(check_places(tx, &new, places, n));
	TRY(member_contact_is_free(tx, &new));
	TRY(corp_take_numbers(tx, new.corp, 1, &numbers, &found));
	if (!found)
		return why(tx->cx, ERR_BAD_CORPID, "field `corpid`: no such company");
	new.number = numbers.next_member_number - 1;
	TRY(member_row_insert(tx, &new));
	TRY(member_places_put(tx, &new, places, n, true));
	directory_changed(tx, new.corp);
	*m = new;
	return OK;
}

enum err member_set(struct tx *tx, const struct member *m,
	const struct member_place *places, size_t n)
{
	struct member changed = *m;

	if (places && n && !changed.main_department)
		changed.main_department = places[0].department;
	TRY(check_member(tx->cx, &changed));
	if (places)
		TRY(check_places(tx, &changed, places, n));
	TRY(member_contact_is_free(tx, &changed));
	TRY(member_row_update(tx, &changed));
	if (places)
		TRY(member_places_put(tx, &changed, places, n, false));
	directory_changed(tx, changed.corp);
	return OK;
}

enum err member_set_status(struct tx *tx, int64_t corp, int64_t member,
	enum member_status status)
{
	bool gone = status == MEMBER_DISABLED || status == MEMBER_LEFT;

	TRY(member_update_status(tx, corp, member, status, gone ? tx->cx->now_ms : 0));
	if (tx_changes(tx) != 1)
		return why(tx->cx, ERR_NO_USER, "field `member`: not found");
	if (status == MEMBER_LEFT)
		TRY(place_delete_all(tx, corp, member));
	directory_changed(tx, corp);
	return OK;
}
