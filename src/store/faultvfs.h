/*
 * store/faultvfs.h - a file system under SQLite that can lose power.
 *
 * Built only with the FAULT points.  The VFS "fault" keeps what was written to
 * the database and its log in memory, and lets it reach the real files only
 * when SQLite syncs them.  At a power cut the process ends; what was not synced
 * is gone, or, by the seed, part of it is there, in any order and torn: as on a
 * real disk.  (kill -9 shows nothing of the kind: the kernel keeps the pages.)
 *
 * Files are held whole, so it is for small ones.  Any thread.
 */
#ifndef STORE_FAULTVFS_H
#define STORE_FAULTVFS_H

#include <stdint.h>

#define FAULTVFS_NAME "fault"
#define FAULTVFS_EXIT 77

/* Makes the VFS known to SQLite; again is harmless. */
void faultvfs_register(void);
/* Pulls the plug.  Seed 0 loses all that was not synced. */
__attribute__((noreturn)) void faultvfs_cut(uint64_t seed);
/* Pulls it when the n-th sync from now begins; 0 takes it back. */
void faultvfs_cut_at_sync(int64_t n, uint64_t seed);
/* The disk has so many bytes for all files together; below 0: no bound. */
void faultvfs_set_room(int64_t bytes);
/* From now on every sync fails (true) or works. */
void faultvfs_fail_syncs(int fail);

#endif
