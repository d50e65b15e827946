/*
 * core/service/knowledge.h - what customers ask, and what is answered (documents 95971,
 * 95972).
 *
 * Groups hold questions; one group is there from the start.  A question has similar ones,
 * which lead to the same answer: a text and at most four attachments.  The bot finds it
 * by the words it shares with what is asked (knowledge_match).
 */
#ifndef CORE_SERVICE_KNOWLEDGE_H
#define CORE_SERVICE_KNOWLEDGE_H

#include "base/shape.h"
#include "store/store.h"

enum {
	KGROUP_MAX = 100,
	KGROUP_NAME_CHARS = 12,
	INTENTS_MAX = 200, /* of a group */
	QUESTION_CHARS = 200,
	SIMILARS_MAX = 100,
	ANSWER_CHARS = 500,
	INTENT_ATTACHMENTS_MAX = 4,
};

struct kgroup {
	int64_t kgroup;
	str name;
	bool is_default;
};

struct intent {
	int64_t intent, kgroup;
	str question, answer;
	struct texts similars;
	str attachments; /* as attachments_pack made them */
};

/* In order of making; in a write the first group is made. */
enum err kgroup_list(struct tx *tx, int64_t corp, struct kgroup **out, size_t *out_n);
enum err kgroup_add(struct tx *tx, int64_t corp, str name, int64_t *out_kgroup);
/* 40058: unknown, or the first one. */
enum err kgroup_set(struct tx *tx, int64_t corp, int64_t kgroup, str name);
/* With its questions. */
enum err kgroup_drop(struct tx *tx, int64_t corp, int64_t kgroup);

/* Gives the id; 40058 names what is wrong. */
enum err intent_add(struct tx *tx, int64_t corp, struct intent *i);
/* All of it but the group. */
enum err intent_set(struct tx *tx, int64_t corp, const struct intent *i);
enum err intent_drop(struct tx *tx, int64_t corp, int64_t intent);
enum err intent_get(struct tx *tx, int64_t corp, int64_t intent, struct intent *out);
/* By id after `after`; kgroup 0: of all groups. */
enum err intent_list(struct tx *tx, int64_t corp, int64_t kgroup, int64_t after,
	int64_t limit, struct intent **out, size_t *out_n);

/* Questions like this one, the best first: how like, in percent. */
struct match {
	int64_t intent, score;
};
enum { MATCHES_MAX = 3 };
enum err knowledge_match(struct tx *tx, int64_t corp, str words, struct match *out,
	size_t *out_n);

#endif
