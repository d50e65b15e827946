/*
 * core/schema.h - the tables' history, for store_config.migrations.
 */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include "store/store.h"

/* Made by sqlbox of core/schema/NNNN_*.sql. */
extern const struct migration schema_migrations[];

#endif
