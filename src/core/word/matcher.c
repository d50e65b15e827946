/*
 * core/word/matcher.c - the machine, and the matchers that are kept.
 *
 *	words "she" "he":   0 -s-> 1 -h-> 2 -e-> 3 (she)
 *	                    0 -h-> 4 -e-> 5 (he)        fail(2) = 4, fail(3) = 5
 *
 * A node's edges stand in one hash table of (node, byte).  `longer` of a node is the
 * nearest node on the way of its fails at which a word ends, itself included: that is
 * where found words are read from.
 */
#include "core/word/matcher.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/fold.h"
#include "core/word/semantic.h"

enum { NONE = -1, KEPT_MAX = 256 };

struct edge {
	uint64_t key; /* node << 8 | byte, plus 1; 0 empty */
	uint32_t to;
};

struct pattern {
	size_t rule;
	str word;
	int32_t next; /* another that ends at the same node */
};

struct matcher {
	atomic_int refs;
	struct arena *mem;
	struct word_rule *rules;
	size_t n_rules;
	struct pattern *patterns;
	struct edge *edges;
	size_t mask; /* of the table of edges */
	uint32_t n_nodes;
	uint32_t *fail, *longer;
	int32_t *first; /* pattern that ends here, NONE */
};

/* ---- edges ---- */

static struct edge *edge_at(const struct matcher *m, uint32_t node, uint8_t byte)
{
	uint64_t key = ((uint64_t)node << 8 | byte) + 1;
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & m->mask;

	while (m->edges[at].key && m->edges[at].key != key)
		at = (at + 1) & m->mask;
	return &m->edges[at];
}

static bool go(const struct matcher *m, uint32_t node, uint8_t byte, uint32_t *out)
{
	const struct edge *e = edge_at(m, node, byte);

	if (e->key)
		*out = e->to;
	return e->key != 0;
}

/* From a node by a byte, by the fails when it has no such edge. */
static uint32_t step(const struct matcher *m, uint32_t node, uint8_t byte)
{
	uint32_t to = 0;

	while (!go(m, node, byte, &to) && node)
		node = m->fail[node];
	return to;
}

/* ---- making it ---- */

struct maker {
	struct matcher *m;
	uint32_t *parent, *depth;
	uint8_t *byte;
	uint32_t deepest;
};

static uint32_t put_word(struct maker *mk, str folded)
{
	struct matcher *m = mk->m;
	uint32_t node = 0;

	for (size_t i = 0; i < folded.n; i++) {
		uint8_t byte = (uint8_t)folded.p[i];
		struct edge *e = edge_at(m, node, byte);

		if (!e->key) {
			e->key = ((uint64_t)node << 8 | byte) + 1;
			e->to = m->n_nodes++;
			mk->parent[e->to] = node;
			mk->byte[e->to] = byte;
			mk->depth[e->to] = (uint32_t)i + 1;
			m->first[e->to] = NONE;
		}
		node = e->to;
	}
	if (folded.n > mk->deepest)
		mk->deepest = (uint32_t)folded.n;
	return node;
}

/* The nodes by depth: those above are done before those below. */
static uint32_t *by_depth(struct maker *mk)
{
	uint32_t n = mk->m->n_nodes;
	uint32_t *order = ARENA_ARRAY(mk->m->mem, uint32_t, n);
	uint32_t *place = ARENA_ARRAY(mk->m->mem, uint32_t, mk->deepest + 2);

	for (uint32_t i = 0; i < n; i++)
		place[mk->depth[i] + 1]++;
	for (uint32_t d = 0; d <= mk->deepest; d++)
		place[d + 1] += place[d];
	for (uint32_t i = 0; i < n; i++)
		order[place[mk->depth[i]]++] = i;
	return order;
}

static void link_nodes(struct maker *mk)
{
	struct matcher *m = mk->m;
	const uint32_t *order = by_depth(mk);

	for (uint32_t i = 1; i < m->n_nodes; i++) {
		uint32_t v = order[i], p = mk->parent[v];

		m->fail[v] = p ? step(m, m->fail[p], mk->byte[v]) : 0;
		m->longer[v] = m->first[v] != NONE ? v : m->longer[m->fail[v]];
	}
}

static void copy_rule(struct arena *mem, const struct word_rule *from,
	struct word_rule *to)
{
	const struct ints *lists[] = { &from->semantics, &from->members,
		&from->departments };
	struct ints *copies[] = { &to->semantics, &to->members, &to->departments };

	*to = *from;
	to->name = arena_str(mem, from->name);
	to->words.v = ARENA_ARRAY(mem, str, from->words.n);
	for (size_t i = 0; i < from->words.n; i++)
		to->words.v[i] = arena_str(mem, from->words.v[i]);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		copies[i]->v = ARENA_ARRAY(mem, int64_t, lists[i]->n);
		if (lists[i]->n)
			memcpy(copies[i]->v, lists[i]->v, lists[i]->n * sizeof(int64_t));
	}
	ints_unite(&to->members);
}

static void make_room(struct maker *mk, size_t bytes, size_t words)
{
	struct matcher *m = mk->m;
	size_t cap = 16, nodes = bytes + 1;

	while (cap < 2 * nodes)
		cap *= 2;
	m->edges = ARENA_ARRAY(m->mem, struct edge, cap);
	m->mask = cap - 1;
	m->patterns = ARENA_ARRAY(m->mem, struct pattern, words);
	m->fail = ARENA_ARRAY(m->mem, uint32_t, nodes);
	m->longer = ARENA_ARRAY(m->mem, uint32_t, nodes);
	m->first = ARENA_ARRAY(m->mem, int32_t, nodes);
	mk->parent = ARENA_ARRAY(m->mem, uint32_t, nodes);
	mk->depth = ARENA_ARRAY(m->mem, uint32_t, nodes);
	mk->byte = ARENA_ARRAY(m->mem, uint8_t, nodes);
	m->n_nodes = 1;
	m->first[0] = NONE;
}

static void put_words(struct maker *mk, str *const *folded)
{
	struct matcher *m = mk->m;
	int32_t at = 0;

	for (size_t r = 0; r < m->n_rules; r++)
		for (size_t i = 0; i < m->rules[r].words.n; i++) {
			uint32_t node = put_word(mk, folded[r][i]);

			if (!node)
				continue; /* folds to nothing */
			m->patterns[at] = (struct pattern){ r, m->rules[r].words.v[i],
				m->first[node] };
			m->first[node] = at++;
		}
}

struct matcher *matcher_new(const struct word_rule *rules, size_t n)
{
	struct matcher *m = calloc(1, sizeof(*m));
	struct maker mk = { .m = m };
	size_t bytes = 0, words = 0;
	str **folded;

	BUG_IF(!m, "out of memory");
	atomic_init(&m->refs, 1);
	m->mem = arena_new(0);
	m->n_rules = n;
	m->rules = ARENA_ARRAY(m->mem, struct word_rule, n);
	folded = ARENA_ARRAY(m->mem, str *, n);
	for (size_t r = 0; r < n; r++) {
		copy_rule(m->mem, &rules[r], &m->rules[r]);
		folded[r] = ARENA_ARRAY(m->mem, str, rules[r].words.n);
		for (size_t i = 0; i < rules[r].words.n; i++) {
			folded[r][i] = fold(m->mem, rules[r].words.v[i]);
			bytes += folded[r][i].n;
			words++;
		}
	}
	make_room(&mk, bytes, words);
	put_words(&mk, folded);
	link_nodes(&mk);
	return m;
}

void matcher_unref(struct matcher *m)
{
	if (!m || atomic_fetch_sub(&m->refs, 1) > 1)
		return;
	arena_free(m->mem);
	free(m);
}

size_t matcher_rules(const struct matcher *m)
{
	return m->n_rules;
}

const struct word_rule *matcher_rule(const struct matcher *m, size_t i)
{
	return &m->rules[i];
}

/* ---- running it ---- */

static bool tell(const struct matcher *m, uint32_t node, matcher_fn *fn, void *arg)
{
	for (node = m->longer[node]; node; node = m->longer[m->fail[node]])
		for (int32_t p = m->first[node]; p != NONE; p = m->patterns[p].next)
			if (!fn(arg, m->patterns[p].rule, m->patterns[p].word))
				return false;
	return true;
}

void matcher_run(const struct matcher *m, str folded, matcher_fn *fn, void *arg)
{
	uint32_t node = 0;

	for (size_t i = 0; i < folded.n; i++) {
		node = step(m, node, (uint8_t)folded.p[i]);
		if (m->longer[node] && !tell(m, node, fn, arg))
			return;
	}
	for (size_t r = 0; r < m->n_rules; r++)
		for (size_t i = 0; i < m->rules[r].semantics.n; i++) {
			str found = word_find_semantic(folded,
				(enum word_semantic)m->rules[r].semantics.v[i]);

			if (found.n && !fn(arg, r, found))
				return;
		}
}

/* ---- those that are kept ---- */

struct kept {
	int64_t corp, until_ms, tainted; /* the commits there were at a change, plus 1 */
	struct matcher *matcher;         /* NULL with `none`: there are no rules */
	bool none;
};

static const struct matcher nothing;

static struct {
	pthread_mutex_t lock;
	struct kept slots[KEPT_MAX];
} memory = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int64_t commits(struct tx *tx)
{
	struct store_stats stats;

	store_stats(tx->store, &stats);
	return stats.commits + 1;
}

static void let_go(void *arg)
{
	matcher_unref(arg);
}

/* With the lock held.  Corps may share a slot: the last one asked for has it. */
static struct kept *slot_of(int64_t corp)
{
	return &memory.slots[(uint64_t)corp % KEPT_MAX];
}

static const struct matcher *find(struct tx *tx, int64_t corp)
{
	struct matcher *m = NULL;
	struct kept *k = slot_of(corp);
	bool known, none = false;

	pthread_mutex_lock(&memory.lock);
	known = k->corp == corp && tx->cx->now_ms < k->until_ms;
	if (known && k->none)
		none = true;
	else if (known && k->matcher) {
		m = k->matcher;
		atomic_fetch_add(&m->refs, 1);
	}
	pthread_mutex_unlock(&memory.lock);
	if (m)
		arena_defer(tx->cx->mem, let_go, m);
	return none ? &nothing : m;
}

static void keep(struct tx *tx, int64_t corp, struct matcher *m)
{
	struct kept *k = slot_of(corp);
	int64_t now = commits(tx);
	struct matcher *old = NULL;
	bool none = !m->n_rules;

	pthread_mutex_lock(&memory.lock);
	if (k->tainted != now) {
		old = k->matcher;
		if (!none)
			atomic_fetch_add(&m->refs, 1);
		*k = (struct kept){ corp, tx->cx->now_ms + MATCHER_LIFE_MS, 0,
			none ? NULL : m, none };
	}
	pthread_mutex_unlock(&memory.lock);
	matcher_unref(old);
}

enum err matcher_get(struct tx *tx, int64_t corp, const struct matcher **out)
{
	struct word_rule *rules;
	struct matcher *m;
	size_t n;

	*out = find(tx, corp);
	if (*out)
		return OK;
	TRY(word_rules(tx, corp, &rules, &n));
	m = matcher_new(rules, n);
	if (tx->writes)
		keep(tx, corp, m);
	arena_defer(tx->cx->mem, let_go, m);
	*out = m;
	return OK;
}

void matcher_forget(struct tx *tx, int64_t corp)
{
	struct kept *k = slot_of(corp);
	int64_t now = commits(tx);
	struct matcher *old;

	pthread_mutex_lock(&memory.lock);
	old = k->matcher;
	*k = (struct kept){ corp, 0, now, NULL, false };
	pthread_mutex_unlock(&memory.lock);
	matcher_unref(old);
}
