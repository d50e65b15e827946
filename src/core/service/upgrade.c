#include "core/service/upgrade.h"

#include "core/customer/way.h"
#include "core/service/account.sql.h"
#include "core/service/private.h"

enum { UPGRADE_MEMBER = 1, UPGRADE_DEPARTMENT = 2, UPGRADE_GROUP = 3 };
enum { RECOMMENDED_MEMBER = 1, RECOMMENDED_GROUP = 2 };

/* What the customer's page shows. */
#define SHOWN(F, SUB)                                                                    \
	F(octets, kind, ALWAYS, 0, 16, "member or group")                                \
	F(text, name, SOMETIMES, 0, 64, "The member")                                    \
	F(text, position, SOMETIMES, 0, 128, "What he does")                             \
	F(octets, code, SOMETIMES, 0, 64, "Leads to him")                                \
	F(octets, chat_id, SOMETIMES, 0, 64, "The group")                                \
	F(text, wording, SOMETIMES, 0, 1024, "What goes with it")
SHAPE(service_recommended, SHOWN)

enum err service_upgrade_get(struct tx *tx, int64_t corp, struct service_upgrade *out)
{
	struct service_upgrade_row *rows;
	size_t n;

	TRY(service_upgrade_all(tx, corp, &rows, &n));
	out->members = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t, n) };
	out->departments = (struct ints){ .v = ARENA_ARRAY(tx->cx->mem, int64_t, n) };
	out->groups = (struct texts){ .v = ARENA_ARRAY(tx->cx->mem, str, n) };
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind == UPGRADE_MEMBER)
			out->members.v[out->members.n++] = rows[i].target;
		else if (rows[i].kind == UPGRADE_DEPARTMENT)
			out->departments.v[out->departments.n++] = rows[i].target;
		else
			out->groups.v[out->groups.n++] = rows[i].name;
	return OK;
}

enum err service_upgrade_set(struct tx *tx, int64_t corp, const struct service_upgrade *u)
{
	TRY(service_upgrade_delete_all(tx, corp));
	for (size_t i = 0; i < u->members.n; i++)
		TRY(service_upgrade_insert(tx, corp, UPGRADE_MEMBER, u->members.v[i],
			STR("")));
	for (size_t i = 0; i < u->departments.n; i++)
		TRY(service_upgrade_insert(tx, corp, UPGRADE_DEPARTMENT,
			u->departments.v[i], STR("")));
	for (size_t i = 0; i < u->groups.n; i++)
		TRY(service_upgrade_insert(tx, corp, UPGRADE_GROUP, 0, u->groups.v[i]));
	return OK;
}

static enum err is_among(struct tx *tx, int64_t corp, int64_t member, bool *out)
{
	struct service_upgrade u;
	struct member_place *places;
	size_t n;

	TRY(service_upgrade_get(tx, corp, &u));
	*out = ints_has(&u.members, member);
	TRY(member_places(tx, corp, member, &places, &n));
	for (size_t i = 0; i < u.departments.n && !*out; i++)
		for (size_t j = 0; j < n && !*out; j++)
			TRY(department_is_below(tx, corp, places[j].department,
				u.departments.v[i], out));
	return OK;
}

static enum err offer(struct tx *tx, const struct service_account *a, struct visit *v,
	const struct member *m, str wording)
{
	struct service_recommended out = { .kind = STR("member"),
		.name = m->name,
		.position = m->external_position.n ? m->external_position : m->position,
		.wording = wording };
	struct way w;

	TRY(way_own(tx, a->corp, m->member, &w));
	out.code = w.code;
	return service_recommend(tx, a, v, RECOMMENDED_MEMBER, m->member,
		shape_text(tx->cx->mem, service_recommended_shape(), &out));
}

enum err service_upgrade_member(struct tx *tx, const struct service_account *a,
	struct visit *v, const struct member *m, str wording)
{
	bool among;

	TRY(is_among(tx, a->corp, m->member, &among));
	if (!among)
		return why(tx->cx, ERR_KF_UPGRADE, "field `member.userid`");
	return offer(tx, a, v, m, wording);
}

enum err service_offer_self(struct tx *tx, const struct service_account *a,
	struct visit *v, int64_t member, str wording)
{
	struct member m;

	TRY(member_get(tx, a->corp, member, &m));
	if (!m.serves_customers)
		return why(tx->cx, ERR_WAY_MEMBER, "%.*s may not serve customers",
			STR_FMT(m.userid));
	return offer(tx, a, v, &m, wording);
}

enum err service_upgrade_group(struct tx *tx, const struct service_account *a,
	struct visit *v, str chat_id, str wording)
{
	struct service_recommended out = { .kind = STR("group"),
		.chat_id = chat_id,
		.wording = wording };
	struct service_upgrade u;

	TRY(service_upgrade_get(tx, a->corp, &u));
	for (size_t i = 0; i < u.groups.n; i++)
		if (str_same(u.groups.v[i], chat_id))
			return service_recommend(tx, a, v, RECOMMENDED_GROUP, 0,
				shape_text(tx->cx->mem, service_recommended_shape(),
					&out));
	return why(tx->cx, ERR_KF_UPGRADE, "field `groupchat.chat_id`");
}
