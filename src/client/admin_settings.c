/*
 * client/admin_settings.c - rules that a company may set itself.
 */
#include "client/client.h"
#include "core/account/audit.h"
#include "core/directory/corp_setting.h"

#define SETTING_ITEM(F, SUB)                                                             \
	F(octets, name, ALWAYS, 0, 64, "Its name")                                       \
	F(int, value, ALWAYS, INT64_MIN, INT64_MAX, "What holds now")                    \
	F(int, preset, ALWAYS, INT64_MIN, INT64_MAX, "What holds if nobody chooses")     \
	F(int, min, ALWAYS, INT64_MIN, INT64_MAX, "At least; 0 and 1 are a flag's")      \
	F(int, max, ALWAYS, INT64_MIN, INT64_MAX, "At most")                             \
	F(text, en, ALWAYS, 0, 256, "What it is, in English")                            \
	F(text, zh, ALWAYS, 0, 256, "What it is, in Chinese")
SHAPE(setting_item, SETTING_ITEM)
NO_IN(admin_settings)
#define ADMIN_SETTINGS_OUT(F, SUB)                                                       \
	SUB(list, settings, setting_item, ALWAYS, 0, CORP_SETTINGS, "All there are")
SHAPE(admin_settings_out, ADMIN_SETTINGS_OUT)

#define ADMIN_SETTING_SET_IN(F, SUB)                                                     \
	F(octets, name, REQUIRED, 1, 64, "Of the list")                                  \
	F(int, value, REQUIRED, INT64_MIN, INT64_MAX, "Within its bounds")
SHAPE(admin_setting_set_in, ADMIN_SETTING_SET_IN)
#define admin_setting_set_out_shape admin_settings_out_shape

static enum err admin_settings(struct req *rq)
{
	struct admin_settings_out *out = rq->out;

	out->settings.v = ARENA_ARRAY(rq->cx->mem, struct setting_item, CORP_SETTINGS);
	out->settings.n = CORP_SETTINGS;
	for (enum corp_setting_id id = 0; id < CORP_SETTINGS; id++) {
		const struct corp_setting *s = corp_setting_info(id);
		struct setting_item *item = &out->settings.v[id];

		item->name = str_of(s->name);
		item->preset = s->def;
		item->min = s->min;
		item->max = s->max;
		item->en = str_of(s->en);
		item->zh = str_of(s->zh);
		TRY(corp_setting(rq->tx, rq->cx->actor.corp, id, &item->value));
	}
	return OK;
}

static enum err admin_setting_set(struct req *rq)
{
	const struct admin_setting_set_in *in = rq->in;
	enum corp_setting_id id = corp_setting_find(in->name);

	if (id == CORP_SETTINGS)
		return why(rq->cx, ERR_NOT_FOUND, "field `name`: no such setting");
	TRY(corp_setting_set(rq->tx, rq->cx->actor.corp, id, in->value));
	TRY(audit_add(rq->tx, rq->cx->actor.corp, "setting.set", in->name,
		arena_printf(rq->cx->mem, "%" PRId64, in->value)));
	return admin_settings(rq);
}

const struct route admin_setting_routes[] = {
	GET("/v1/admin/settings", admin_settings, admin, READS, "The company's rules"),
	POST("/v1/admin/setting", admin_setting_set, admin, WRITES,
		"Change one rule of the company"),
	LAST_ROUTE,
};
