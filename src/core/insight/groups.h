/*
 * core/insight/groups.h - what happened in an owner's customer groups (documents 92133).
 *
 * Groups are counted for whoever owns them now.  What is in them at the end of a day is
 * found from now backwards, step by step.
 */
#ifndef CORE_INSIGHT_GROUPS_H
#define CORE_INSIGHT_GROUPS_H

#include "core/group/group.h"
#include "core/insight/insight.h"

struct insight_groups {
	int64_t new_chats, chats, talked_chats;
	int64_t new_persons, persons, talkers, messages;
};

/* One day of one owner's groups. */
enum err insight_groups_of(struct tx *tx, int64_t corp, int64_t owner,
	const struct insight_day *day, struct insight_groups *out);
/* A later day, or another owner's same day (`same_day`), is added. */
void insight_groups_add(struct insight_groups *sum, const struct insight_groups *g,
	bool same_day);

#endif
