#include "core/service/servicer.h"

#include "base/ids.h"
#include "core/service/private.h"
#include "core/service/servicer.sql.h"

enum { ACCOUNTS_MAX = 200 };

static enum err check_room(struct tx *tx, const struct service_account *a, int64_t kind)
{
	int64_t most =
		kind == SERVICER_MEMBER ? SERVICER_MEMBERS_MAX : SERVICER_DEPARTMENTS_MAX;
	struct servicer_count_row row;
	bool found;

	TRY(servicer_count(tx, a->corp, a->account, kind, &row, &found));
	if (row.n >= most)
		return why(tx->cx, ERR_INVALID_ARGUMENT, "at most %" PRId64 " %s", most,
			kind == SERVICER_MEMBER ? "members" : "departments");
	return OK;
}

enum err servicer_add(struct tx *tx, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_new)
{
	struct servicer_row row;
	bool found;

	*out_new = false;
	TRY(servicer_select(tx, a->corp, a->account, kind, target, &row, &found));
	if (found)
		return OK;
	TRY(check_room(tx, a, kind));
	*out_new = true;
	return servicer_insert(tx, a->corp, a->account, kind, target, tx->cx->now_ms);
}

enum err servicer_drop(struct tx *tx, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_there)
{
	TRY(servicer_delete(tx, a->corp, a->account, kind, target));
	*out_there = tx_changes(tx) > 0;
	return OK;
}

enum err servicer_drop_all(struct tx *tx, const struct service_account *a)
{
	return servicer_delete_all(tx, a->corp, a->account);
}

static enum err status_of(struct tx *tx, const struct service_account *a, int64_t member,
	struct servicing *out)
{
	struct servicer_status_row row;
	bool found;

	TRY(servicer_status_select(tx, a->corp, a->account, member, &row, &found));
	*out = (struct servicing){ .member = member };
	if (found) {
		out->stopped = row.stopped;
		out->stop_type = row.stop_type;
		out->given = row.given;
	}
	return OK;
}

enum err servicer_all(struct tx *tx, const struct service_account *a,
	struct servicer **out, size_t *out_n)
{
	struct servicer_row *rows;
	struct servicing s;
	size_t n;

	TRY(servicer_select_all(tx, a->corp, a->account, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct servicer, n);
	*out_n = n;
	for (size_t i = 0; i < n; i++) {
		(*out)[i] = (struct servicer){ .kind = rows[i].kind,
			.target = rows[i].target };
		if (rows[i].kind != SERVICER_MEMBER)
			continue;
		TRY(status_of(tx, a, rows[i].target, &s));
		(*out)[i].stopped = s.stopped;
		(*out)[i].stop_type = s.stop_type;
	}
	return OK;
}

/* The members behind the rows, each once, sorted. */
static enum err open_members(struct tx *tx, const struct service_account *a,
	struct ints *out)
{
	struct servicer_row *rows;
	struct ints *parts;
	size_t n, all = 0;

	TRY(servicer_select_all(tx, a->corp, a->account, &rows, &n));
	parts = ARENA_ARRAY(tx->cx->mem, struct ints, n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == SERVICER_DEPARTMENT)
			TRY(member_ids_in(tx, a->corp, rows[i].target, true, &parts[i]));
		else
			parts[i] = (struct ints){ .v = &rows[i].target, .n = 1 };
		all += parts[i].n;
	}
	*out = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t, all) };
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < parts[i].n; j++)
			out->v[out->n++] = parts[i].v[j];
	ints_unite(out);
	return OK;
}

enum err servicer_members(struct tx *tx, const struct service_account *a,
	struct servicing **out, size_t *out_n)
{
	struct servicer_status_row *rows;
	struct ints members;
	size_t n, at = 0;

	TRY(open_members(tx, a, &members));
	TRY(servicer_status_all(tx, a->corp, a->account, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct servicing, members.n);
	*out_n = members.n;
	for (size_t i = 0; i < members.n; i++) {
		struct servicing *s = &(*out)[i];

		*s = (struct servicing){ .member = members.v[i] };
		while (at < n && rows[at].member < s->member)
			at++;
		if (at == n || rows[at].member != s->member)
			continue;
		s->stopped = rows[at].stopped;
		s->stop_type = rows[at].stop_type;
		s->given = rows[at].given;
	}
	return OK;
}

enum err servicer_find(struct tx *tx, const struct service_account *a, int64_t member,
	struct servicing *out, bool *out_is)
{
	struct servicer_row *rows;
	struct member_place *places;
	size_t n, n_places;

	*out_is = false;
	TRY(servicer_select_all(tx, a->corp, a->account, &rows, &n));
	TRY(member_places(tx, a->corp, member, &places, &n_places));
	for (size_t i = 0; i < n && !*out_is; i++) {
		if (rows[i].kind == SERVICER_MEMBER)
			*out_is = rows[i].target == member;
		for (size_t j = 0;
			rows[i].kind == SERVICER_DEPARTMENT && !*out_is && j < n_places;
			j++)
			TRY(department_is_below(tx, a->corp, places[j].department,
				rows[i].target, out_is));
	}
	return status_of(tx, a, member, out);
}

enum err servicer_accounts(struct tx *tx, int64_t corp, int64_t member,
	struct service_account **out, size_t *out_n)
{
	struct service_account *all;
	size_t n, kept = 0;

	TRY(service_account_page(tx, corp, 0, ACCOUNTS_MAX, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct servicing s;
		bool is;

		TRY(servicer_find(tx, &all[i], member, &s, &is));
		if (is)
			all[kept++] = all[i];
	}
	*out = all;
	*out_n = kept;
	return OK;
}

enum err servicer_given(struct tx *tx, const struct service_account *a, int64_t member)
{
	return servicer_status_give(tx, a->corp, a->account, member, id_next(),
		tx->cx->now_ms);
}

enum err servicer_say(struct tx *tx, const struct service_account *a, int64_t member,
	bool stopped, int64_t stop_type, bool *out_changed)
{
	struct servicing now;

	TRY(status_of(tx, a, member, &now));
	*out_changed = now.stopped != stopped || now.stop_type != stop_type;
	if (!*out_changed)
		return OK;
	return servicer_status_put(tx, a->corp, a->account, member, stopped, stop_type,
		tx->cx->now_ms);
}
