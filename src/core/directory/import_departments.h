/*
 * core/directory/import_departments - departments by path, made when missing; for
 * this folder.
 *
 * The map holds the tree as the import's transactions see it.  Its version is the
 * corp's: when they differ (another changed the tree, or a transaction was rolled
 * back) it is read anew.
 */
#ifndef CORE_DIRECTORY_IMPORT_DEPARTMENTS_H
#define CORE_DIRECTORY_IMPORT_DEPARTMENTS_H

#include "core/directory/directory.h"

struct department_map;

struct department_map *department_map_new(int64_t corp);
void department_map_free(struct department_map *map);
/* At the beginning of each transaction. */
enum err department_map_begin(struct tx *tx, struct department_map *map);
/* A department's id ("12") or path ("总部/门店/一店", with or without the root's name),
 * made as far as it is missing.  ERR_BAD_DEPARTMENT, ERR_INVALID_ARGUMENT. */
enum err department_map_get(struct tx *tx, struct department_map *map, str path,
	int64_t *out);
/* At the end: gives the corp its new version, if departments were made. */
enum err department_map_end(struct tx *tx, struct department_map *map, int64_t *out_made);

#endif
