#include "core/directory/corp_setting.h"

#include "core/directory/corp_setting.sql.h"

static const struct corp_setting settings[] = {
#define I(id, name, def, min, max, en, zh) { #name, def, min, max, en, zh },
#include "core/directory/corp_settings.def"
#undef I
};

const struct corp_setting *corp_setting_info(enum corp_setting_id id)
{
	return &settings[id];
}

enum corp_setting_id corp_setting_find(str name)
{
	enum corp_setting_id id = 0;

	while (id < CORP_SETTINGS && !str_is(name, settings[id].name))
		id++;
	return id;
}

enum err corp_setting(struct tx *tx, int64_t corp, enum corp_setting_id id, int64_t *out)
{
	struct corp_setting_select_row row;
	bool found;

	TRY(corp_setting_select(tx, corp, str_of(settings[id].name), &row, &found));
	*out = found ? row.value : settings[id].def;
	return OK;
}

enum err corp_setting_set(struct tx *tx, int64_t corp, enum corp_setting_id id,
	int64_t value)
{
	const struct corp_setting *s = &settings[id];

	if (value < s->min || value > s->max)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `%s`: from %" PRId64 " to %" PRId64, s->name, s->min,
			s->max);
	if (value == s->def)
		return corp_setting_delete(tx, corp, str_of(s->name));
	return corp_setting_put(tx, corp, str_of(s->name), value);
}
