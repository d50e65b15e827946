/*
 * core/directory/corp_setting.h - rules of a corp that it may change itself.
 *
 * Limits that exist for Tencent's reasons only, and choices between WeCom's way and
 * others.  Each is a row of corp_settings.def; the console shows them all.
 */
#ifndef CORE_DIRECTORY_CORP_SETTING_H
#define CORE_DIRECTORY_CORP_SETTING_H

#include "store/store.h"

enum corp_setting_id {
#define I(id, name, def, min, max, en, zh) CORP_SETTING_##id,
#include "core/directory/corp_settings.def"
#undef I
	CORP_SETTINGS
};

struct corp_setting {
	const char *name;
	int64_t def, min, max;
	const char *en, *zh;
};

const struct corp_setting *corp_setting_info(enum corp_setting_id id);
/* CORP_SETTINGS when there is none of that name. */
enum corp_setting_id corp_setting_find(str name);
/* The corp's own value, or the default. */
enum err corp_setting(struct tx *tx, int64_t corp, enum corp_setting_id id, int64_t *out);
/* ERR_INVALID_ARGUMENT outside its bounds.  Setting the default removes the row. */
enum err corp_setting_set(struct tx *tx, int64_t corp, enum corp_setting_id id,
	int64_t value);

#endif
