/*
 * core/directory/import_row.c - columns by name, cells by kind.
 */
#include "base/fold.h"
#include "core/directory/check.h"
#include "core/directory/import_row.h"

/* The first name is the one errors use.  The Chinese ones are those of WeCom's own
 * import sheet and of its console. */
static const char *const names[COLUMN_COUNT] = {
	[COLUMN_USERID] = "userid|账号|帐号|成员账号|成员userid",
	[COLUMN_NAME] = "name|姓名|名字",
	[COLUMN_DEPARTMENT] = "department|departments|部门|所在部门",
	[COLUMN_ORDER] = "order|排序",
	[COLUMN_LEADER] =
		"is_leader|is_leader_in_dept|leader|部门负责人|是否部门内领导|是否负责人",
	[COLUMN_POSITION] = "position|职务|职位",
	[COLUMN_MOBILE] = "mobile|手机|手机号|手机号码",
	[COLUMN_EMAIL] = "email|邮箱|个人邮箱",
	[COLUMN_BIZ_MAIL] = "biz_mail|企业邮箱",
	[COLUMN_GENDER] = "gender|性别",
	[COLUMN_ALIAS] = "alias|别名|英文名",
	[COLUMN_TELEPHONE] = "telephone|座机|电话",
	[COLUMN_ADDRESS] = "address|地址",
	[COLUMN_DIRECT_LEADER] = "direct_leader|直属上级|直接上级",
	[COLUMN_EXTERNAL_POSITION] = "external_position|对外职务",
	[COLUMN_ADMIN] = "admin|管理员|是否管理员",
	[COLUMN_SERVES_CUSTOMERS] = "serves_customers|客户联系|是否客户联系",
	[COLUMN_PASSWORD] = "password|密码|初始密码",
};

/* ---- the header ---- */

const char *import_column_name(enum import_column column)
{
	static const char *const short_names[COLUMN_COUNT] = {
		"userid",
		"name",
		"department",
		"order",
		"is_leader",
		"position",
		"mobile",
		"email",
		"biz_mail",
		"gender",
		"alias",
		"telephone",
		"address",
		"direct_leader",
		"external_position",
		"admin",
		"serves_customers",
		"password",
	};

	return short_names[column];
}

/* Sheets mark what is required by a star. */
static str header_name(struct arena *mem, str cell)
{
	cell = str_trim(cell);
	while (str_starts(cell, STR("*")))
		cell = str_skip(cell, 1);
	while (str_ends(cell, STR("*")))
		cell.n--;
	return fold(mem, str_trim(cell));
}

static int column_of(str name)
{
	for (int column = 0; column < COLUMN_COUNT; column++) {
		str rest = str_of(names[column]);

		while (rest.n)
			if (str_same(str_cut(&rest, '|'), name))
				return column;
	}
	return -1;
}

enum err import_header_read(struct ctx *cx, const struct import_cells *cells,
	struct import_header *out, struct texts *out_ignored)
{
	size_t n = cells->n < IMPORT_MAX_COLUMNS ? cells->n : IMPORT_MAX_COLUMNS;
	struct texts ignored = { ARENA_ARRAY(cx->mem, str, n), 0 };

	for (int i = 0; i < COLUMN_COUNT; i++)
		out->at[i] = SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		str name = header_name(cx->mem, cells->v[i]);
		int column = column_of(name);

		if (column < 0 && name.n)
			ignored.v[ignored.n++] =
				arena_str(cx->mem, str_trim(cells->v[i]));
		if (column < 0)
			continue;
		if (out->at[column] != SIZE_MAX)
			return why(cx, ERR_BAD_CSV,
				"field `%s`: stands in the header twice",
				import_column_name((enum import_column)column));
		out->at[column] = i;
	}
	if (out->at[COLUMN_USERID] == SIZE_MAX)
		return why(cx, ERR_BAD_CSV,
			"field `userid`: no such column in the header");
	*out_ignored = ignored;
	return OK;
}

/* ---- cells ---- */

static bool is_one_of(str s, const char *words)
{
	str rest = str_of(words);

	while (rest.n)
		if (str_same_folded(str_cut(&rest, '|'), s))
			return true;
	return false;
}

/* -1 for an empty cell. */
static enum err flag(struct ctx *cx, str s, int *out)
{
	if (!s.n)
		*out = -1;
	else if (is_one_of(s, "1|true|yes|y|是"))
		*out = 1;
	else if (is_one_of(s, "0|false|no|n|否"))
		*out = 0;
	else
		return why(cx, ERR_INVALID_ARGUMENT, "1 or 0, yes or no, 是 or 否");
	return OK;
}

static enum err gender(struct ctx *cx, str s, int64_t *out)
{
	if (!s.n)
		*out = -1;
	else if (is_one_of(s, "1|male|m|男"))
		*out = 1;
	else if (is_one_of(s, "2|female|f|女"))
		*out = 2;
	else if (is_one_of(s, "0|unknown|未知"))
		*out = 0;
	else
		return why(cx, ERR_INVALID_ARGUMENT, "1 or 2, male or female, 男 or 女");
	return OK;
}

static str next_part(str *rest)
{
	return str_trim(str_cut(rest, ';'));
}

static enum err departments(struct ctx *cx, struct import_row *row)
{
	str rest = row->cells[COLUMN_DEPARTMENT];

	while (rest.n) {
		str part = next_part(&rest);

		if (!part.n)
			continue;
		if (row->n_places == MEMBER_MAX_PLACES)
			return why(cx, ERR_INVALID_ARGUMENT, "at most %d",
				MEMBER_MAX_PLACES);
		if (!str_is_utf8(part))
			return why(cx, ERR_BAD_CHARACTERS, "not UTF-8");
		row->departments[row->n_places++] = part;
	}
	return OK;
}

static enum err orders(struct ctx *cx, struct import_row *row)
{
	str rest = row->cells[COLUMN_ORDER];

	for (size_t i = 0; rest.n && i < row->n_places; i++) {
		str part = next_part(&rest);
		int64_t *order = &row->places[i].sort_order;

		if (part.n &&
			(!str_int(part, order) || *order < 0 || *order > UINT32_MAX))
			return why(cx, ERR_INVALID_ARGUMENT,
				"numbers from 0 to 4294967295");
	}
	return OK;
}

/* One flag for each department, or one for all. */
static enum err leaders(struct ctx *cx, struct import_row *row)
{
	str rest = row->cells[COLUMN_LEADER];
	bool one = str_find_char(rest, ';') == SIZE_MAX;
	int is = -1;

	for (size_t i = 0; i < row->n_places; i++) {
		if (i == 0 || !one)
			TRY(flag(cx, next_part(&rest), &is));
		row->places[i].is_leader = is == 1;
	}
	return OK;
}

static enum err password(struct ctx *cx, struct import_row *row)
{
	return check_line(cx, "password", row->cells[COLUMN_PASSWORD], 0, 128);
}

static enum err userid(struct ctx *cx, struct import_row *row)
{
	return check_userid(cx, "userid", row->cells[COLUMN_USERID]);
}

static enum err flag_admin(struct ctx *cx, struct import_row *row)
{
	return flag(cx, row->cells[COLUMN_ADMIN], &row->admin);
}

static enum err flag_serves(struct ctx *cx, struct import_row *row)
{
	return flag(cx, row->cells[COLUMN_SERVES_CUSTOMERS], &row->serves_customers);
}

static enum err set_gender(struct ctx *cx, struct import_row *row)
{
	return gender(cx, row->cells[COLUMN_GENDER], &row->gender);
}

/* In this order: places before what stands beside them.  Lines of the member
 * himself are checked by check_member, when it is known what he was. */
static const struct {
	enum import_column column;
	enum err (*read)(struct ctx *cx, struct import_row *row);
} readers[] = {
	{ COLUMN_USERID, userid },
	{ COLUMN_DEPARTMENT, departments },
	{ COLUMN_ORDER, orders },
	{ COLUMN_LEADER, leaders },
	{ COLUMN_GENDER, set_gender },
	{ COLUMN_ADMIN, flag_admin },
	{ COLUMN_SERVES_CUSTOMERS, flag_serves },
	{ COLUMN_PASSWORD, password },
};

enum err import_row_read(struct ctx *cx, const struct import_header *h,
	const struct import_cells *cells, struct import_row *out,
	enum import_column *out_column)
{
	*out = (struct import_row){ .line = cells->line };
	for (int i = 0; i < COLUMN_COUNT; i++)
		if (h->at[i] != SIZE_MAX)
			out->cells[i] = h->at[i] < cells->n ? str_trim(cells->v[h->at[i]])
							    : STR("");
	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		enum err err = readers[i].read(cx, out);

		*out_column = readers[i].column;
		TRY(err);
	}
	return OK;
}

/* ---- over a member ---- */

static void take(const struct import_row *row, enum import_column column, str *field)
{
	if (row->cells[column].p)
		*field = row->cells[column];
}

void import_row_apply(const struct import_row *row, struct member *m)
{
	take(row, COLUMN_NAME, &m->name);
	take(row, COLUMN_POSITION, &m->position);
	take(row, COLUMN_MOBILE, &m->mobile);
	take(row, COLUMN_EMAIL, &m->email);
	take(row, COLUMN_BIZ_MAIL, &m->biz_mail);
	take(row, COLUMN_ALIAS, &m->alias);
	take(row, COLUMN_TELEPHONE, &m->telephone);
	take(row, COLUMN_ADDRESS, &m->address);
	take(row, COLUMN_DIRECT_LEADER, &m->direct_leader);
	take(row, COLUMN_EXTERNAL_POSITION, &m->external_position);
	if (row->gender >= 0 && row->cells[COLUMN_GENDER].p)
		m->gender = row->gender;
	if (row->admin >= 0 && row->cells[COLUMN_ADMIN].p)
		m->admin = row->admin;
	if (row->serves_customers >= 0 && row->cells[COLUMN_SERVES_CUSTOMERS].p)
		m->serves_customers = row->serves_customers;
}
