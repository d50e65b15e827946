/*
 * store/faultvfs.c - see faultvfs.h.
 *
 * A node is a file as SQLite sees it, with the operations since its last sync; it
 * is found by path and outlives its descriptors.  A vfile is one descriptor: the
 * methods of the database and its log go to the node, locks and shared memory to
 * the real file, and other kinds of files (temporary ones) are not touched.
 */
#include "store/faultvfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"

struct op {
	struct op *next;
	sqlite3_int64 at; /* below 0: cut the file to `n` bytes */
	size_t n;
	char bytes[];
};

struct node {
	struct node *next;
	char *path;
	char *bytes;
	sqlite3_int64 size, cap;
	struct op *first, **last;
	sqlite3_file *real; /* one that is open, or NULL */
	int opens;
};

struct vfile {
	sqlite3_file base;
	struct node *node;
	sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct node *nodes;
static sqlite3_vfs vfs, *under;
static sqlite3_int64 room = -1;
static int64_t syncs_left;
static uint64_t cut_seed;
static bool syncs_fail;

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct vfile *)f)->real;
}

/* ---- nodes ---- */

static struct node *node_find(const char *path)
{
	struct node *n;

	for (n = nodes; n && strcmp(n->path, path) != 0; n = n->next)
		;
	return n;
}

static void node_grow(struct node *n, sqlite3_int64 size)
{
	if (size > n->cap) {
		n->cap = size * 2;
		n->bytes = realloc(n->bytes, (size_t)n->cap);
		BUG_IF(!n->bytes, "out of memory");
	}
	if (size > n->size) {
		memset(n->bytes + n->size, 0, (size_t)(size - n->size));
		n->size = size;
	}
}

static void forget_ops(struct node *n)
{
	for (struct op *o = n->first, *next; o; o = next) {
		next = o->next;
		free(o);
	}
	n->first = NULL;
	n->last = &n->first;
}

static struct op *op_add(struct node *n, sqlite3_int64 at, const void *bytes, size_t size)
{
	struct op *o = malloc(sizeof(*o) + (bytes ? size : 0));

	BUG_IF(!o, "out of memory");
	o->next = NULL;
	o->at = at;
	o->n = size;
	if (bytes)
		memcpy(o->bytes, bytes, size);
	*n->last = o;
	n->last = &o->next;
	return o;
}

static int op_apply(sqlite3_file *real, const struct op *o, size_t n)
{
	if (o->at < 0)
		return real->pMethods->xTruncate(real, (sqlite3_int64)o->n);
	return real->pMethods->xWrite(real, o->bytes, (int)n, o->at);
}

static int node_load(struct node *n, sqlite3_file *real)
{
	sqlite3_int64 size = 0;
	int rc = real->pMethods->xFileSize(real, &size);

	if (rc != SQLITE_OK || !size)
		return rc;
	node_grow(n, size);
	return real->pMethods->xRead(real, n->bytes, (int)size, 0);
}

static int node_open(const char *path, sqlite3_file *real, struct node **out)
{
	struct node *n = node_find(path);

	if (!n) {
		n = calloc(1, sizeof(*n));
		BUG_IF(!n, "out of memory");
		n->path = strdup(path);
		n->last = &n->first;
		n->next = nodes;
		nodes = n;
		if (node_load(n, real) != SQLITE_OK)
			return SQLITE_IOERR_READ;
	}
	n->opens++;
	n->real = real;
	*out = n;
	return SQLITE_OK;
}

/* A node whose file is synced says nothing that the file does not. */
static void node_drop(struct node *n)
{
	struct node **at = &nodes;

	while (*at != n)
		at = &(*at)->next;
	*at = n->next;
	forget_ops(n);
	free(n->bytes);
	free(n->path);
	free(n);
}

/* ---- power ---- */

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *seed >> 33;
}

static _Noreturn void cut(uint64_t seed)
{
	for (struct node *n = nodes; n && seed; n = n->next)
		for (struct op *o = n->first; o && n->real; o = o->next) {
			uint64_t r = next_random(&seed);
			size_t whole =
				o->at >= 0 && r % 8 == 0 ? o->n / 1024 * 512 : o->n;

			if (r % 2 == 0)
				(void)op_apply(n->real, o, whole);
		}
	/* Past every handler, also the sanitizers'. */
	syscall(SYS_exit_group, FAULTVFS_EXIT);
	__builtin_unreachable();
}

void faultvfs_cut(uint64_t seed)
{
	pthread_mutex_lock(&lock);
	cut(seed);
}

void faultvfs_cut_at_sync(int64_t n, uint64_t seed)
{
	pthread_mutex_lock(&lock);
	syncs_left = n;
	cut_seed = seed;
	pthread_mutex_unlock(&lock);
}

void faultvfs_set_room(int64_t bytes)
{
	pthread_mutex_lock(&lock);
	room = bytes;
	pthread_mutex_unlock(&lock);
}

void faultvfs_fail_syncs(int fail)
{
	pthread_mutex_lock(&lock);
	syncs_fail = fail;
	pthread_mutex_unlock(&lock);
}

static bool has_room(const struct node *n, sqlite3_int64 size)
{
	sqlite3_int64 all = size > n->size ? size - n->size : 0;

	if (room < 0 || !all)
		return true;
	for (const struct node *o = nodes; o; o = o->next)
		all += o->size;
	return all <= room;
}

/* ---- the file's methods ---- */

static int f_close(sqlite3_file *f)
{
	struct vfile *v = (struct vfile *)f;
	int rc;

	pthread_mutex_lock(&lock);
	if (--v->node->opens == 0) {
		v->node->real = NULL;
		if (!v->node->first)
			node_drop(v->node);
	}
	rc = v->real->pMethods->xClose(v->real);
	pthread_mutex_unlock(&lock);
	return rc;
}

static int f_read(sqlite3_file *f, void *to, int amount, sqlite3_int64 at)
{
	struct node *n = ((struct vfile *)f)->node;
	sqlite3_int64 have;

	pthread_mutex_lock(&lock);
	have = at < n->size ? n->size - at : 0;
	if (have > amount)
		have = amount;
	if (have)
		memcpy(to, n->bytes + at, (size_t)have);
	pthread_mutex_unlock(&lock);
	if (have == amount)
		return SQLITE_OK;
	memset((char *)to + have, 0, (size_t)(amount - have));
	return SQLITE_IOERR_SHORT_READ;
}

static int f_write(sqlite3_file *f, const void *from, int amount, sqlite3_int64 at)
{
	struct node *n = ((struct vfile *)f)->node;
	int rc = SQLITE_FULL;

	pthread_mutex_lock(&lock);
	if (has_room(n, at + amount)) {
		node_grow(n, at + amount);
		memcpy(n->bytes + at, from, (size_t)amount);
		op_add(n, at, from, (size_t)amount);
		rc = SQLITE_OK;
	}
	pthread_mutex_unlock(&lock);
	return rc;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct node *n = ((struct vfile *)f)->node;

	pthread_mutex_lock(&lock);
	node_grow(n, size);
	n->size = size;
	op_add(n, -1, NULL, (size_t)size);
	pthread_mutex_unlock(&lock);
	return SQLITE_OK;
}

static int f_sync(sqlite3_file *f, int flags)
{
	struct vfile *v = (struct vfile *)f;
	int rc = SQLITE_OK;

	pthread_mutex_lock(&lock);
	if (syncs_left > 0 && --syncs_left == 0)
		cut(cut_seed);
	if (syncs_fail)
		rc = SQLITE_IOERR_FSYNC;
	for (struct op *o = v->node->first; o && rc == SQLITE_OK; o = o->next)
		rc = op_apply(v->real, o, o->n);
	if (rc == SQLITE_OK)
		forget_ops(v->node);
	pthread_mutex_unlock(&lock);
	return rc;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *out)
{
	pthread_mutex_lock(&lock);
	*out = ((struct vfile *)f)->node->size;
	pthread_mutex_unlock(&lock);
	return SQLITE_OK;
}

static int f_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int f_check_lock(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

/* What would change the real file's size is not for us. */
static int f_control(sqlite3_file *f, int op, void *arg)
{
	if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE ||
		op == SQLITE_FCNTL_MMAP_SIZE)
		return SQLITE_NOTFOUND;
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int f_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int f_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void f_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int f_shm_unmap(sqlite3_file *f, int drop)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), drop);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = f_close,
	.xRead = f_read,
	.xWrite = f_write,
	.xTruncate = f_truncate,
	.xSync = f_sync,
	.xFileSize = f_size,
	.xLock = f_lock,
	.xUnlock = f_unlock,
	.xCheckReservedLock = f_check_lock,
	.xFileControl = f_control,
	.xSectorSize = f_sector,
	.xDeviceCharacteristics = f_traits,
	.xShmMap = f_shm_map,
	.xShmLock = f_shm_lock,
	.xShmBarrier = f_shm_barrier,
	.xShmUnmap = f_shm_unmap,
};

/* ---- the VFS's methods ---- */

static int v_open(sqlite3_vfs *self, const char *name, sqlite3_file *f, int flags,
	int *out_flags)
{
	struct vfile *v = (struct vfile *)f;
	int rc;

	if (!name || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		return under->xOpen(under, name, f, flags, out_flags);
	v->base.pMethods = NULL;
	v->real = (sqlite3_file *)(v + 1);
	rc = under->xOpen(under, name, v->real, flags, out_flags);
	if (rc != SQLITE_OK)
		return rc;
	pthread_mutex_lock(&lock);
	rc = node_open(name, v->real, &v->node);
	pthread_mutex_unlock(&lock);
	if (rc != SQLITE_OK)
		v->real->pMethods->xClose(v->real);
	else
		v->base.pMethods = &methods;
	return rc;
}

static int v_delete(sqlite3_vfs *self, const char *name, int sync)
{
	struct node *n;

	pthread_mutex_lock(&lock);
	n = node_find(name);
	if (n && !n->opens)
		node_drop(n);
	pthread_mutex_unlock(&lock);
	return under->xDelete(under, name, sync);
}

/* An unsynced log is there, though the real file is empty still. */
static int v_access(sqlite3_vfs *self, const char *name, int flags, int *out)
{
	struct node *n;

	pthread_mutex_lock(&lock);
	n = node_find(name);
	*out = n && n->size > 0;
	pthread_mutex_unlock(&lock);
	return *out ? SQLITE_OK : under->xAccess(under, name, flags, out);
}

static void set_up(void)
{
	under = sqlite3_vfs_find(NULL);
	vfs = *under;
	vfs.zName = FAULTVFS_NAME;
	vfs.szOsFile = (int)sizeof(struct vfile) + under->szOsFile;
	vfs.xOpen = v_open;
	vfs.xDelete = v_delete;
	vfs.xAccess = v_access;
	sqlite3_vfs_register(&vfs, 0);
}

void faultvfs_register(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, set_up);
}
