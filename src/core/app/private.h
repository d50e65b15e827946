/*
 * core/app/private - between the files of this folder.
 */
#ifndef CORE_APP_PRIVATE_H
#define CORE_APP_PRIVATE_H

#include "core/app/app.h"

struct app_row;

void app_of_row(int64_t corp, const struct app_row *row, struct app *out);
enum err app_row_get(struct tx *tx, int64_t corp, int64_t app, struct app_row *out);
/* What binds a sealed value to its place: "app/3/1000002/secret". */
str app_seal_context(struct arena *mem, int64_t corp, int64_t app, const char *what);
str app_secret_hash(struct arena *mem, str secret);
/* Range checked and written; NULL is the whole corp. */
enum err app_range_put(struct tx *tx, int64_t corp, int64_t app,
	const struct app_range *range);

#endif
